"""The board's figures on screen, key by key; what is asserted is what was stored or written.

Everything in it is invented.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import docx
import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from panelkit.domain.report_year import ReportQuarter
from panelkit.services.desk import Desk
from panelkit.services.histories import Histories
from panelkit.stats.quarter_grids import in_short
from panelkit.stats.quarterly import MEASURES
from panelkit.tui.keys import QUARTER_KEYS
from panelkit.tui.screens.audits.paper import Paper
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.statistics.behindquarter import BehindQuarterScreen
from panelkit.tui.screens.statistics.missing import EnterFigure, MissingScreen
from panelkit.tui.screens.statistics.quarter import QuarterScreen
from panelkit.tui.screens.statistics.screen import StatisticsScreen
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import CHAIR, make_desk, until
from tests.services.many_meetings import fill
from tests.tui.program import Program, settle

Q2 = ReportQuarter.named("2026-27-Q2")
DAYS = [date(2026, 7, 2), date(2026, 7, 9), date(2026, 8, 3), date(2026, 5, 1)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path)
    fill(made, tmp_path, DAYS, ("l2_initial", "l3_review"))
    Histories(made.caseload.record, made.clock, CHAIR).derive()
    return dataclasses.replace(made, documents=tmp_path / "documents")


async def figures(pilot: Pilot[None], app: Program) -> QuarterScreen:
    """From home to the figures of the quarter that ended last, with keys."""
    await settle(pilot)
    await pilot.press("ctrl+t")
    await settle(pilot)
    tables = app.screen
    assert isinstance(tables, StatisticsScreen)
    await until(pilot, lambda: tables.report is not None or tables.problem is not None)
    await pilot.press("f7")
    await settle(pilot)
    return await counted(pilot, app)


async def counted(pilot: Pilot[None], app: Program) -> QuarterScreen:
    screen = next(one for one in reversed(app.screen_stack) if isinstance(one, QuarterScreen))
    await until(pilot, lambda: screen.report is not None or screen.problem is not None)
    await settle(pilot)
    return screen


async def to_row(pilot: Pilot[None], screen: QuarterScreen, row: str) -> None:
    """The cursor to a row, with arrows alone."""
    rows = [one.id for one in screen.query_one(RowList).shown if not one.heading]
    await pilot.press("home", *["down"] * rows.index(row))
    await settle(pilot)
    assert screen.query_one(RowList).current == row


@pytest.mark.parametrize(("size", "many"), [((80, 24), 2), ((120, 40), 4)])
async def test_every_figure_stands_there_as_the_service_counts_it(
    desk: Desk, tmp_path: Path, size: tuple[int, int], many: int
) -> None:
    told = desk.quarterly_over(desk.caseload.record).report(Q2, with_defects=False)
    app = Program(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await figures(pilot, app)
        assert screen.quarter == Q2
        shown = {row.id: row.cells for row in screen.query_one(RowList).shown if not row.heading}
        assert {row.partition("|")[0] for row in shown} == {measure.id for measure in MEASURES}
        for figure in told.figures:
            for place, line in enumerate(figure.lines[Q2]):
                values = [in_short(lines[place]) for lines in figure.lines.values()]
                cells = shown.get(f"{figure.measure.id}|{line.row}")
                assert cells is None or list(cells[1:]) == values[-many:]
                assert cells is not None or not line.value, (figure.measure.id, line)
        columns = str(screen.query_one("#columns", Static).content).split()
        assert columns == [quarter.label for quarter in told.quarters][-many:]
        await pilot.press("f3")
        earlier = await counted(pilot, app)
        assert earlier.quarter == Q2.before
        await pilot.press("f4")
        assert (await counted(pilot, app)).quarter == Q2


async def test_enter_goes_from_a_figure_to_its_meetings_and_back(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await figures(pilot, app)
        await to_row(pilot, screen, "MEET-HELD|Level 2, Total")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BehindQuarterScreen))
        behind = app.screen
        assert [row.cells[0] for row in behind.query_one(RowList).shown] == ["ZZ-0001-1", "ZZ-0003-1"]  # fmt: skip
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen))
        assert app.screen.session.meeting.ref == "ZZ-0003-1"
        await pilot.press("ctrl+f", "q")
        await until(pilot, lambda: app.screen is behind)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await counted(pilot, app)
        await to_row(pilot, screen, "MEET-CAUSE|Total")
        await pilot.press("enter")
        await settle(pilot)
        assert str(screen.query_one("#line", Static).content).startswith("Nothing is behind it")


async def test_a_figure_of_the_quarter_is_entered_by_hand_from_its_row(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await figures(pilot, app)
        await to_row(pilot, screen, "OUT-SFO|Serious Further Offences notified")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MissingScreen))
        rows = app.screen.query_one(RowList)
        assert [row.id for row in rows.shown if not row.heading] == ["Q2.SFO", "Q2.SFO-REVIEW", "Q2.SCR"]  # fmt: skip
        assert rows.current == "Q2.SFO"
        await pilot.press("p")  # nothing is published from here
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EnterFigure))
        await pilot.press("2", "tab", *"probation", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, MissingScreen))
        (entered,) = desk.annual.entered(Q2.year)
        assert (entered.figure, entered.value, entered.source) == ("Q2.SFO", 2, "probation")
        desk.acting_as("Omar Okafor").annual.confirm(Q2.year, "Q2.SFO")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await counted(pilot, app)
        shown = {row.id: row.cells for row in screen.query_one(RowList).shown}
        assert shown["OUT-SFO|Serious Further Offences notified"][-1] == "2"


@pytest.mark.parametrize(("key", "name"), [("f6", "board_2026-27-Q2.docx"), ("f7", "board_2026-27-Q2_outside.docx")])  # fmt: skip
async def test_the_report_is_read_and_written_as_word(
    desk: Desk, tmp_path: Path, key: str, name: str
) -> None:
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await figures(pilot, app)
        await pilot.press(key)
        await until(
            pilot, lambda: isinstance(app.screen, Paper) and app.screen.write is not None, 20
        )
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert name in str(app.screen.query_one(".said", Static).content)
    found = docx.Document(str(desk.documents / name))
    cells = {tuple(cell.text for cell in row.cells) for table in found.tables for row in table.rows}
    held = next(row for row in cells if row[0] == "Held: all")
    assert held[-1] == ("3" if key == "f6" else "*")
    assert "ZZ-0001" not in str(cells)


async def test_while_masked_for_sharing_it_is_covered(desk: Desk, tmp_path: Path) -> None:
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await figures(pilot, app)
        assert "Held: Level 2" in app.shown()
        await pilot.press("f12")
        await settle(pilot)
        assert app.screen is not screen
        assert "Held: Level 2" not in app.shown()
        await pilot.press("f12", *"yes", "enter")
        await until(pilot, lambda: app.screen is screen)
        assert "Held: Level 2" in app.shown()


def test_every_key_of_the_figures_is_its_own_and_does_something() -> None:
    for of in ("key", "letter"):
        named = [getattr(key, of) for key in QUARTER_KEYS if getattr(key, of)]
        assert len(named) == len(set(named))
    for key in QUARTER_KEYS:
        assert key.id.startswith("app.") or hasattr(QuarterScreen, f"action_{key.id}"), key.id
        assert key.tooltip.endswith(".")
