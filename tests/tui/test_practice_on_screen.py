"""A practice on screen, key by key, from the list to what is told at its end. All of it invented."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from panelkit.commands.practice import open_attempt
from panelkit.domain import entries as e
from panelkit.domain.meeting import Meeting
from panelkit.domain.practice import MARKING
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.desk import Desk
from panelkit.tui.practising import PracticeApp
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.practice.choose import PracticeList
from panelkit.tui.screens.practice.strip import SaidHere
from panelkit.tui.screens.practice.told import PracticeTold
from panelkit.wiring import Settings
from tests.desk import make_desk
from tests.plain.meetings import led_by_services, pack_called
from tests.practice.begun import file_of, meeting_of, shelf
from tests.tui.program import Program, settle


def opens(called: str, anew: bool) -> Desk:
    there = shelf()
    return open_attempt(Settings(), there, there.scenario(called), again=anew)


class Practice(PracticeApp):
    """The program while somebody practises."""

    shown: Callable[[PracticeApp], str] = Program.shown  # type: ignore[assignment]

    def __init__(self, folder: Path) -> None:
        super().__init__(shelf(), opens, crash_folder=folder)

    @property
    def at(self) -> Desk:
        assert self.desk is not None
        return self.desk


async def chosen(pilot: object, app: Practice, called: str) -> None:
    await settle(pilot)
    rows = app.screen.query_one("RowList")
    rows.highlighted = rows.get_option_index(called)  # type: ignore[attr-defined]
    await pilot.press("enter")  # type: ignore[attr-defined]
    await settle(pilot)
    while isinstance(app.screen, MeetingScreen) and not app.screen.query(SaidHere):
        await settle(pilot)


def as_carried(meeting: Meeting) -> Meeting:
    """The sample as it ends, what the practice carries having the names that it has there."""
    target = pack_called("l2_review_carried_actions").meeting

    def place(row: e.Entry) -> tuple[object, ...]:
        return (row.kind, getattr(row, "set_at", 0), row.number)

    there = {place(row): row.id for rows in meeting.rows.values() for row in rows}
    rows = {
        kind: tuple(dataclasses.replace(row, id=there.get(place(row), row.id)) for row in rows)
        for kind, rows in target.rows.items()
    }
    return dataclasses.replace(target, rows=rows)


async def test_a_whole_practice_as_chair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = Practice(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, PracticeList)
        assert MARKING in app.shown().splitlines()[0]
        assert "not practised yet" in app.shown()
        await chosen(pilot, app, "flat")
        screen = app.screen
        assert isinstance(screen, MeetingScreen)
        assert MARKING in app.shown().splitlines()[0], "over every screen of a practice, in words"
        lines = app.at.practice.said_at("A1")  # type: ignore[union-attr]
        strip = screen.query_one(SaidHere)
        assert lines[0].words[:30] in strip.content.plain  # type: ignore[union-attr]
        await pilot.press("f6")
        assert lines[1].words[:30] in strip.content.plain  # type: ignore[union-attr]
        assert "(2 of 2" in strip.content.plain  # type: ignore[union-attr]
        await pilot.press("ctrl+f", "p")
        await settle(pilot)
        assert meeting_of(app.at).state is MeetingState.OPEN
        await pilot.press("f7")
        await settle(pilot)
        told = app.screen
        assert isinstance(told, PracticeTold)
        assert "niece" in app.shown()
        assert "A reader asks" in app.shown()
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is screen

        await pilot.press("ctrl+f", "q")
        await settle(pilot)
        assert isinstance(app.screen, PracticeList)
        assert "attempt 1:" in app.shown()

        # A new attempt, led by the services as each key would, to its close.
        await pilot.press("f5")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, MeetingScreen)
        assert meeting_of(app.at).state is MeetingState.PLANNED
        desk, meeting = app.at, meeting_of(app.at)
        done = led_by_services(desk, meeting, as_carried(meeting))
        assert done.state is MeetingState.CLOSED
        screen.session.reload()
        await pilot.press("ctrl+f", "q")
        await settle(pilot)
        told = app.screen
        assert isinstance(told, PracticeTold), "how it went is told at its end, unasked"
        assert "not reached" not in app.shown()
        assert "Attempt 1 ended with" in app.shown()
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, PracticeList)
        assert "attempt 2:" in app.shown()
        assert not any(isinstance(one, HomeScreen) for one in app.screen_stack)
    assert file_of("flat", 2).exists()
    assert list(Path("panelkit-practice").glob("PRACTICE-invented_flat_attempt2_feedback.docx"))


async def test_a_minute_taker_goes_to_the_draft_and_is_told_there(tmp_path: Path) -> None:
    app = Practice(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await chosen(pilot, app, "faults")
        assert isinstance(app.screen, DraftScreen)
        assert MARKING in app.shown().splitlines()[0]
        await pilot.press("f7")
        await settle(pilot)
        assert isinstance(app.screen, PracticeTold)
        assert "Still as it was planted" in app.shown()
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, DraftScreen)


async def test_enter_goes_to_the_item_and_each_has_its_own_lines(tmp_path: Path) -> None:
    app = Practice(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await chosen(pilot, app, "flat")
        screen = app.screen
        assert isinstance(screen, MeetingScreen)
        desk, meeting = app.at, meeting_of(app.at)
        meeting = desk.chairing.start(meeting)
        desk.chairing.statement_given(meeting, "read")
        screen.session.reload()
        await pilot.press("f7")
        await settle(pilot)
        rows = app.screen.query_one("RowList")
        rows.highlighted = rows.get_option_index("A7")  # type: ignore[attr-defined]
        await settle(pilot)
        assert "has not come to it yet" in app.shown()
        await pilot.press("enter")
        await settle(pilot)
        await app.workers.wait_for_complete()
        assert screen.current == "A7"
        strip = screen.query_one(SaidHere)
        strip.follow()
        assert "Marcus Oyelade" in strip.content.plain  # type: ignore[union-attr]


async def test_throwing_away_asks_first(tmp_path: Path) -> None:
    opens("flat", anew=True).caseload.record.close()
    app = Practice(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        rows = app.screen.query_one("RowList")
        rows.highlighted = rows.get_option_index("flat")  # type: ignore[attr-defined]
        await pilot.press("delete")
        await settle(pilot)
        await pilot.press("n", "o", "enter")
        await settle(pilot)
        assert file_of("flat").exists()
        await pilot.press("delete")
        await settle(pilot)
        await pilot.press("y", "e", "s", "enter")
        await settle(pilot)
        assert not file_of("flat").exists()


async def test_from_home_the_record_is_left_first_and_only_when_somebody_is_sure(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+f", "x")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert not app.wants_practice
        await pilot.press("ctrl+f", "x")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert app.wants_practice


async def test_the_keys_of_a_practice_do_nothing_in_a_record(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = Program(desk, tmp_path, "WM-0143-3")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f7", "f6")
        await settle(pilot)
        assert isinstance(app.screen, MeetingScreen)
        assert not app.screen.query(SaidHere)
        assert MARKING not in app.shown()
