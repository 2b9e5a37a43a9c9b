"""Changes of guidance and forms, key by key; what is asserted is what was stored. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from panelkit.domain.guidance import Decided
from panelkit.domain.people import Role
from panelkit.services.desk import Desk
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.changes.decided import DecidedList
from panelkit.tui.screens.changes.walk import ChangesScreen
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.widgets.rowlist import RowList
from panelkit.wiring import Settings, open_desk
from tests.desk import Clock, until
from tests.tui.program import Program, settle
from tests.tui.test_roles import desk_as

AREA = """
name = "Riverdale"
extends = "national"
[timescales]
minutes_l2_working_days = { value = 8, source = "Riverdale protocol 4.2 [V]" }
[agenda.A9]
say = "Victim liaison first."
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An area whose figure and whose words changed since the record began to look."""
    file = tmp_path / "riverdale.toml"
    file.write_text(AREA)
    settings = Settings(area=str(file), who="Ana Example", clock=Clock())
    open_desk(settings, tmp_path / "r.db", create=True, demo=True).caseload.record.close()
    file.write_text(
        AREA.replace("value = 8", "value = 12").replace("liaison first", "liaison last")
    )
    return open_desk(settings, tmp_path / "r.db", demo=True)


def at_home(app: Program, many: int) -> bool:
    """Whether home has its line for so many changes, whole at any width."""
    lines = [" ".join(line.split()) for line in app.shown().splitlines()]
    return "GUIDANCE AND FORMS" in lines and any(
        line.startswith(f"changes {many} to look at Enter walks through them") for line in lines
    )


async def walked(pilot: Pilot[None], app: Program) -> ChangesScreen:
    """The walk, by the line of the home screen."""
    await until(pilot, lambda: at_home(app, 2))
    rows = app.screen.query_one(RowList)
    await pilot.press("home")
    for _ in range(rows.option_count):
        if rows.current == "changes|all":
            break
        await pilot.press("down")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ChangesScreen))
    await settle(pilot)
    assert isinstance(app.screen, ChangesScreen)
    return app.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_home_says_how_many_and_each_is_accepted_or_kept(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = Program(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await walked(pilot, app)
        assert "liaison [-first-]{+last+}" in app.shown().replace("\n", " ") or size[0] == 80
        await pilot.press("l")
        await settle(pilot)
        assert "Minutes Level 2 working days" in app.shown()
        await pilot.press("k")
        await until(pilot, lambda: isinstance(app.screen, Because))
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Because), "a reason is needed"
        assert desk.guidance.decided() == ()
        await pilot.press(*"board", "ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        (kept,) = desk.guidance.decided()
        assert (kept.decided, kept.reason, kept.typed_by) == (Decided.KEPT, "board", "Ana Example")
        await pilot.press("a")
        await settle(pilot)
        assert desk.guidance.changes() == ()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await settle(pilot)
        assert "changes of guidance" not in app.shown()
        # It holds at once: what is opened from here has the figure that was kept, and the new words.
        assert app.desk is not None
        assert app.desk.area.figure("minutes_l2_working_days") == 8
        words = next(item.say for item in app.desk.caseload.agenda if item.code == "A9")
        assert words == "Victim liaison last."


async def test_a_decision_is_taken_back_on_its_list(desk: Desk, tmp_path: Path) -> None:
    desk.guidance.keep(desk.guidance.find("timescales.minutes_l2_working_days"), "our board")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: at_home(app, 1))
        await pilot.press("ctrl+f", "j")
        await until(pilot, lambda: isinstance(app.screen, ChangesScreen))
        await settle(pilot)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, DecidedList))
        await settle(pilot)
        assert "because our board" in app.shown()
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Because))
        await pilot.press(*"mistake", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, DecidedList))
        assert [one.withdrawn for one in desk.guidance.decided()] == ["mistake"]
        await pilot.press("escape")
        await until(pilot, lambda: "2 changes of guidance or forms to look at" in app.shown())


async def test_what_cannot_be_kept_says_why_and_asks_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "riverdale.toml"
    file.write_text(f'{AREA}[agenda.A9.fields.school]\nlabel = "What the school was told"\n')
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("ctrl+f", "j")
        await until(pilot, lambda: isinstance(app.screen, ChangesScreen))
        await settle(pilot)
        await pilot.press("k")
        await settle(pilot)
        assert isinstance(app.screen, ChangesScreen)
        assert "That cannot be kept. There was nothing before it" in app.shown()
        assert desk.guidance.decided() == ()


async def test_a_chair_is_told_nothing_on_home_and_may_not_decide(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.CHAIR)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.board is not None
        assert app.screen.board.changes == 0
