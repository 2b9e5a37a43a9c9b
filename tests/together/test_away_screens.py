"""The server is away, or slow, and somebody goes from screen to screen: a sentence and a way on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.screen import Screen

from panelkit.domain.reached import Reached
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.waiting import Waiting
from tests.together.desks import CHAIR, REF, Shared
from tests.together.proxy import Way
from tests.tui.program import Program, settle

pytestmark = pytest.mark.usefixtures("ring")
LONGEST = 1.8
"""Seconds that a key may take on this machine, which does other things as well: less than a screen
stands still for one answer (``reach.GLANCE``)."""


class Reads(Screen[None]):
    """Reads the record as it comes up, as many do."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program

    def on_mount(self) -> None:
        self.program.at.caseload.every()


async def until(seen: Callable[[], bool], seconds: float = 30) -> None:
    """Let the program run until somebody sees it."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end, "not seen in time"
        await asyncio.sleep(0.05)


async def pressed(pilot: object, *keys: str) -> float:
    """How long the keys took."""
    begun = time.monotonic()
    await pilot.press(*keys)  # type: ignore[attr-defined]
    return time.monotonic() - begun


async def test_opening_a_meeting_while_the_server_is_away_says_so_at_once_and_opens_later(
    on_server: Shared, way: Way, tmp_path: Path
) -> None:
    app = Program(on_server.desk(CHAIR, way.port), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: REF in app.shown())
        way.cut()
        assert await pressed(pilot, "enter") < LONGEST
        await until(lambda: isinstance(app.screen, Waiting))
        assert "Esc goes back" in app.shown()
        await until(lambda: "does not answer" in app.shown())
        way.mend()
        await until(lambda: isinstance(app.screen, MeetingScreen))
    assert not app.return_code


async def test_going_back_instead_shows_the_meetings_as_they_were(
    on_server: Shared, way: Way, tmp_path: Path
) -> None:
    app = Program(on_server.desk(CHAIR, way.port), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: REF in app.shown())
        way.cut()
        await pressed(pilot, "enter")
        await until(lambda: isinstance(app.screen, Waiting))
        assert await pressed(pilot, "escape") < LONGEST
        await until(lambda: isinstance(app.screen, HomeScreen))
        await until(lambda: "This is as it was at" in app.shown())
        await until(lambda: app.at.caseload.record.reached is not Reached.QUICKLY)
        assert REF in app.shown()
        for key in ("f4", "f9", "f6", "ctrl+s", "f7", "ctrl+t", "f3"):
            assert await pressed(pilot, key) < LONGEST, key
            await settle(pilot)
            if not isinstance(app.screen, HomeScreen):
                await pilot.press("escape")
                await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        way.mend()
        await until(lambda: "This is as it was at" not in app.shown())
    assert not app.return_code


async def test_a_screen_that_can_no_longer_be_read_closes_and_the_program_goes_on(
    on_server: Shared, way: Way, tmp_path: Path
) -> None:
    app = Program(on_server.desk(CHAIR, way.port), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: REF in app.shown())
        way.cut()
        app.push_screen(Reads(app))
        await until(lambda: isinstance(app.screen, HomeScreen))
        assert any("That was not done" in told.message for told in app._notifications)
        way.mend()
        await until(lambda: app.at.caseload.record.reached is Reached.QUICKLY)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MeetingScreen))
    assert not app.return_code


async def test_a_slow_server_s_meeting_opens_by_itself_and_takes_words(
    on_server: Shared, way: Way, tmp_path: Path
) -> None:
    app = Program(on_server.desk(CHAIR, way.port), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: REF in app.shown())
        way.slow(0.3)
        assert await pressed(pilot, "enter") < LONGEST
        await until(lambda: isinstance(app.screen, Waiting))
        await until(lambda: isinstance(app.screen, MeetingScreen), 90)
        await settle(pilot)
        assert app.meeting_screen.session.meeting.ref == REF
        way.mend()
        await until(lambda: app.at.caseload.record.reached is Reached.QUICKLY)
    assert not app.return_code
