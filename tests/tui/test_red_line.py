"""A record that is older than it was: home says so in red, nobody is kept from working."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.redline import HeadLooked
from tests.desk import until
from tests.services.test_remembering import copy_of, make_desk, memory_of, put_back, record_of, work


def app_of(folder: Path, *, ref: str = "") -> PanelkitApp:
    desk = make_desk(folder)
    work(desk, "HM-0901")
    copy = copy_of(desk, folder / "copy.db")
    work(desk, "HM-0902")
    memory_of(desk).remember(record_of(desk))
    return PanelkitApp(put_back(copy, desk), ref=ref, crash_folder=folder / "faults")


def line(app: PanelkitApp) -> Static:
    return app.screen.query_one("#red-line", Static)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_home_says_it_and_the_reason_that_ends_it_is_journaled(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_of(tmp_path)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.head_found is not None)
        await pilot.pause()
        assert line(app).display
        assert "journal entries are missing" in str(line(app).render())
        await pilot.press("ctrl+f", "w")
        await pilot.pause()
        assert isinstance(app.screen, Listing)
        await pilot.press("escape")
        await pilot.pause()
        assert line(app).display, "looking ends nothing"
        await pilot.press("ctrl+f", "w")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert not line(app).display
    assert app.desk is not None
    note = record_of(app.desk).explained_since(0)
    assert note is not None
    assert note[0] == "accepted_restored"


async def test_on_a_meeting_it_is_told_once_and_the_meeting_opens(tmp_path: Path) -> None:
    app = app_of(tmp_path, ref="HM-0901-1")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(app._notifications))
        (told,) = app._notifications
        assert "This record is older than" in told.message
        assert type(app.screen).__name__ == "MeetingScreen"


async def test_what_is_found_as_the_program_ends_is_kept_for_no_screen(tmp_path: Path) -> None:
    app = app_of(tmp_path)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.head_found is not None)
        found = app.head_found
        assert app.desk is not None
        home = HomeScreen(app.desk)
        home.show_red_line()  # found before its first line is built: shown once it is
    assert found is not None
    assert not app.screen_stack
    app.on_head_looked(HeadLooked(found))
    assert app.head_found is found


async def test_a_record_as_it_was_shows_nothing_and_is_remembered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    app = PanelkitApp(desk, crash_folder=tmp_path / "faults")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.head_found is not None)
        assert not line(app).display
    assert memory_of(desk).heads()[-1] == record_of(desk).newest_head()
