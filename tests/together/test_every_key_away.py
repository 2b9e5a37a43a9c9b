"""The server is away and a person goes on pressing keys: each is answered, none ends the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from panelkit.opened.session import Spot
from panelkit.services.desk import Desk
from panelkit.tui.keys import DRAFT_KEYS, HOME_KEYS, LEADER, MEETING_KEYS, Key
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.widgets.frame import save_light
from tests.desk import until
from tests.together.desks import CHAIR, REF, Shared
from tests.together.proxy import Way
from tests.tui.test_every_key import Bench, answers, back_to

LEAVES = frozenset({"leave"})
"""Keys that take their own screen away; home is under all of them."""
WORDS = "heron at dawn"


pytestmark = pytest.mark.usefixtures("ring")


def of_meeting(desk: Desk) -> Screen[object]:
    return MeetingScreen(desk, desk.caseload.find(REF))  # type: ignore[return-value]


def of_draft(desk: Desk) -> Screen[object]:
    return DraftScreen(desk, desk.caseload.find(REF))  # type: ignore[return-value]


SCREENS: dict[str, tuple[Callable[[Desk], Screen[object]], tuple[Key, ...]]] = {
    "home": (HomeScreen, HOME_KEYS),  # type: ignore[dict-item]
    "meeting": (of_meeting, MEETING_KEYS),
    "draft": (of_draft, DRAFT_KEYS),
}


async def open_over_home(pilot: Pilot[None], app: Bench, base: Screen[object]) -> None:
    await until(pilot, lambda: bool(app.screen.query("#keys")))
    await app.push_screen(base)
    await until(pilot, lambda: app.screen is base and bool(base.query("#keys")))


@pytest.mark.reliability
@pytest.mark.parametrize("name", SCREENS)
async def test_no_key_ends_the_program(on_server: Shared, way: Way, name: str) -> None:
    make, keys = SCREENS[name]
    app = Bench(on_server.desk(CHAIR, way.port), on_server.folder)
    async with asyncio.timeout(280), app.run_test(size=(120, 40)) as pilot:
        base = make(app.at)
        await open_over_home(pilot, app, base)
        way.cut()
        ways = [((key.key,) if key.key else (), (LEADER, key.letter)) for key in keys]
        pressed = [
            (key.id, presses)
            for key, both in zip(keys, ways, strict=True)
            for presses in both
            if presses and key.id not in LEAVES
        ]
        for what, presses in pressed:
            await pilot.press(*presses)
            await pilot.pause()
            for more in ("x", "enter"):  # whatever was opened is filled in and sent
                if app.screen is not base:
                    await pilot.press(more)
                    await pilot.pause()
            await answers(pilot, app, base, what)


@pytest.mark.reliability
async def test_an_idle_program_knows_before_a_word_is_typed(on_server: Shared, way: Way) -> None:
    app = Bench(on_server.desk(CHAIR, way.port), on_server.folder)
    async with asyncio.timeout(120), app.run_test(size=(120, 40)) as pilot:
        base = MeetingScreen(app.at, app.at.caseload.find(REF))
        await open_over_home(pilot, app, base)  # type: ignore[arg-type]
        way.cut()
        await until(pilot, lambda: bool(base.session.problem), 20)
        assert save_light(base.session) == "NOT SAVED"
        spot = Spot("A1", "purpose_statement")
        await base.go_to("A1", "purpose_statement")
        await pilot.press(*(letter if letter != " " else "space" for letter in WORDS))
        await pilot.press("f4", "f3")
        await back_to(app, base)  # type: ignore[arg-type]
        assert base.session.text(spot) == WORDS
        way.mend()
        await until(pilot, lambda: not base.session.problem and not base.session.unsaved, 30)
        assert not app._fault
    again = on_server.desk(CHAIR).caseload.find(REF)
    assert again.text("A1", "purpose_statement") == WORDS


@pytest.mark.reliability
async def test_home_fills_itself_when_the_server_is_back(on_server: Shared, way: Way) -> None:
    app = Bench(on_server.desk(CHAIR, way.port), on_server.folder)
    async with asyncio.timeout(120), app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#keys")))
        home = app.screen
        assert isinstance(home, HomeScreen)
        await until(pilot, lambda: home.board is not None, 30)  # what is to stay was read
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is not home)
        way.cut()
        shown = home.board
        await pilot.press("escape")
        said = home.query_one("#keeping", Static)
        await until(pilot, lambda: app.screen is home and "as it was at" in str(said.content), 30)
        assert home.board is shown, "as it was read last"
        way.mend()
        await until(pilot, lambda: home.board is not shown, 30)
