"""The statistics screens, key by key; what is asserted is what was stored. Everything is invented."""

from __future__ import annotations

import dataclasses
import re
import threading
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from textual.pilot import Pilot
from textual.widgets import Static

from panelkit.domain.case import Case
from panelkit.domain.manual_figures import ASKED
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.people import Access, Role
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import SpanKind, live
from panelkit.domain.vocabulary import Category, Level, MeetingKind
from panelkit.services.annual import Annual
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.entering import enter
from panelkit.services.people import FIRST, People, found
from panelkit.stats.tables import Status
from panelkit.store.engine import writing
from panelkit.store.tries import Tries
from panelkit.tui.keys import STATISTICS_KEYS
from panelkit.tui.masking import NOT_SHARED
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.statistics.behind import BehindScreen
from panelkit.tui.screens.statistics.casehistory import HistoryScreen
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.screens.statistics.grid import CellGrid
from panelkit.tui.screens.statistics.layout import laid_out
from panelkit.tui.screens.statistics.missing import EnterFigure, MissingScreen
from panelkit.tui.screens.statistics.screen import StatisticsScreen
from panelkit.tui.widgets.rowlist import RowList
from panelkit.wiring import Settings, desk_over
from tests.desk import CHAIR, Clock, make_desk, until
from tests.stats.rows import PUBLISHED
from tests.tui.program import Program, settle

YEAR = ReportYear.named("2022-23")
OTHER = "Omar Okafor"
SIZES = ((80, 24), (120, 40), (200, 60))
HELD = date(2022, 6, 14)


def case_of(desk: Desk, ref: str, category: Category = Category.TWO, *, meets: bool = False) -> str:
    """At Level 2 and in the community from 1 May 2022; with a meeting in June where it ``meets``."""
    case = Case(id=f"id-{ref}", ref=ref, category=category, name="Invented Person", fiction=True)
    if meets:
        desk.caseload.open_case(case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=HELD)
    else:
        desk.caseload.record.add_case(case, desk.caseload.by(), command=new_id())
    for kind, value in ((SpanKind.LEVEL, "2"), (SpanKind.WHEREABOUTS, "community")):
        desk.histories.begin(ref, kind, value, date(2022, 5, 1), because="a letter")
    return ref


def supply(desk: Desk, *but: str) -> None:
    """Every figure but those, by two people."""
    for asked in ASKED:
        if asked.id not in but:
            desk.annual.set_figure(YEAR, asked.id, str(PUBLISHED[asked.id]), source="invented")
            desk.acting_as(OTHER).annual.confirm(YEAR, asked.id)


async def counted(pilot: Pilot[None], app: Program) -> StatisticsScreen:
    """The tables on screen, once they are counted."""
    screen = next(s for s in reversed(app.screen_stack) if isinstance(s, StatisticsScreen))
    await until(pilot, lambda: screen.report is not None or screen.problem is not None)
    await settle(pilot)
    return screen


async def tables(pilot: Pilot[None], app: Program, year: ReportYear = YEAR) -> StatisticsScreen:
    """From home to the tables of a year, with keys."""
    await settle(pilot)
    await pilot.press("ctrl+t")
    await settle(pilot)
    screen = await counted(pilot, app)
    while screen.year != year:
        await pilot.press("f3")
        screen = await counted(pilot, app)
    return screen


async def to_cell(pilot: Pilot[None], screen: StatisticsScreen, table: str, row: str, column: str) -> None:  # fmt: skip
    """The cursor to a cell, with arrows alone."""
    grid = screen.query_one(CellGrid)
    await pilot.press("home")
    rows = [places[0] for places in grid.laid.rows]
    down = next(n for n, place in enumerate(rows) if (place.table, place.row) == (table, row))
    await pilot.press(*["down"] * down)
    columns = [place.column for place in grid.laid.rows[down]]
    await pilot.press(*["right"] * columns.index(column))
    await settle(pilot)
    assert grid.place is not None
    assert (grid.place.table, grid.place.row, grid.place.column) == (table, row, column)


async def fill(pilot: Pilot[None], form: FigureForm, **answers: str) -> None:
    """Type into questions by name; a choice is given by its number."""
    for name, words in answers.items():
        form.query_one(f"#{name}").focus()
        await settle(pilot)
        if form.query(f"Line#{name}"):
            await pilot.press("ctrl+u")
        await pilot.press(
            *[{" ": "space", "-": "minus", ".": "full_stop"}.get(c, c) for c in words]
        )
    await settle(pilot)


def wrong(form: FigureForm) -> dict[str, str]:
    """What the form says is wrong, by question; the whole under ""."""
    said = {str(at.id)[3:]: str(at.content) for at in form.query(".at.-shown").results(Static)}
    whole = str(form.query_one(".problem", Static).content)
    return said | ({"": whole} if whole else {})


# -- the tables ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_every_cell_of_every_table_is_on_screen_as_the_service_counts_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    case_of(desk, "HM-2", Category.ONE)
    desk.histories.happened("HM-2", OutcomeKind.RETURNED_LICENCE, date(2022, 10, 2))
    supply(desk, "T4", "T6")
    expected = desk.annual.report(YEAR)
    app = Program(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await tables(pilot, app)
        grid, seen = screen.query_one(CellGrid), 0
        await pilot.press("home")
        for places in grid.laid.rows:
            line = grid.laid.lines[places[0].line].plain
            for place in places:
                cell = expected.tables.tables[place.table].cell(place.row, place.column)
                assert line[place.start : place.end].strip() == str(cell.shown), place
                assert place.end <= grid.size.width, "no cell is cut"
                seen += 1
            await pilot.pause()
            assert line.strip() in app.shown(), "the row of the cursor is in sight"
            await pilot.press("down")
        assert seen == sum(len(t.rows) * len(t.columns) for t in expected.tables.tables.values())
        words = {" ".join(app.shown().split())}
        for _ in range(12):
            await pilot.press("pagedown")
            await settle(pilot)
            words.add(" ".join(app.shown().split()))
        await pilot.press("home")
        await pilot.pause()
        first = grid.laid.lines[grid.laid.rows[0][0].line].plain.strip()
        assert first in app.shown(), "the first cell is in sight again"
        told = " ".join(words)
        for sentence in (
            "How it was counted".upper(),
            "NOTES",
            "Category 4 is in no table",
            "T4, T6",
        ):
            assert sentence in told, sentence
        shown = {str(c.shown) for t in expected.tables.tables.values() for c in t.cells.values()}
        assert {"–", "0", "not supplied", "62"} <= shown


async def test_years_are_those_of_the_record_and_the_one_running(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+t")
        screen = await counted(pilot, app)
        assert screen.year.label == "2025-26", "the one that ended last is the one to report"
        await pilot.press("f4", "f4")
        screen = await counted(pilot, app)
        assert screen.year.label == "2026-27", "none after the one that runs"
        assert "ends on 31 March 2027" in " ".join(laid.plain for laid in screen.query_one(CellGrid).laid.lines)  # fmt: skip
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, Listing)
        labels = [row.cells[0] for row in app.screen.all_rows]
        assert labels == ["2026-27", "2025-26", "2024-25", "2023-24", "2022-23"]
        await pilot.press(*"2022", "enter")
        screen = await counted(pilot, app)
        assert screen.year == YEAR
        assert screen.report is not None
        assert "Annual tables 2022-23" in app.shown()


async def test_a_record_with_nothing_says_what_to_do_and_no_table_is_drawn(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    with writing(desk.caseload.record.engine) as there:  # as a record from before it kept them
        there.execute(text("delete from span"))
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+t")
        screen = await counted(pilot, app)
        assert "Nothing is recorded for 2026-27" in app.shown()
        assert "panelkit stats" not in app.shown(), "a command is no help on a screen"
        assert not screen.query_one(CellGrid).display
        await pilot.press("f9")
        await settle(pilot)
        assert isinstance(app.screen, OneLine)
        await pilot.press(*"yes", "enter")
        await until(pilot, lambda: screen.report is not None)
        assert desk.histories.history("WM-0143").spans
        assert all(span.derived for span in desk.histories.history("WM-0143").spans)


async def test_a_history_that_cannot_be_so_is_named_and_no_table_is_given_out(tmp_path: Path) -> None:  # fmt: skip
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    with writing(desk.caseload.record.engine) as there:
        there.execute(text("insert into span select 'x', case_id, kind, '3', '2022-06-01', '', reason, '', '', '', 0, '', '', '', '', 1 from span where kind = 'level'"))  # fmt: skip
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await tables(pilot, app)
        assert "No table is given out for 2022-23" in app.shown()
        assert "HM-1: the level 2 from 2022-05-01 overlaps the level 3 from 2022-06-01" in app.shown()  # fmt: skip
        assert not screen.query_one(CellGrid).display
        await pilot.press("f12")
        await settle(pilot)
        assert "HM-1" not in app.shown()


# -- who is behind a cell --------------------------------------------------------------------


async def test_a_cell_opens_to_its_cases_and_a_meeting_opens_and_comes_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", meets=True)
    case_of(desk, "HM-2")
    case_of(desk, "HM-3", Category.ONE)
    meeting = desk.caseload.find("HM-1-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await tables(pilot, app)
        await to_cell(pilot, screen, "T2", "Level 2", "Category 2")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, BehindScreen)
        rows = [row.id for row in app.screen.query_one(RowList).shown]
        assert rows == ["meeting:HM-1-1", "case:HM-2"]
        assert "HM-3" not in app.shown()
        assert desk.caseload.record.openings(meeting.id) == (), "a list opens nothing"
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen))
        await settle(pilot)
        ((_at, who, what),) = desk.caseload.record.openings(meeting.id)
        assert (who, what) == (CHAIR, "opened: the meeting")
        await pilot.press("ctrl+f", "q")
        await until(pilot, lambda: isinstance(app.screen, BehindScreen))
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen), "a case without a meeting opens its histories"
        assert app.screen.history.ref == "HM-2"
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, StatisticsScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_cells_with_nobody_behind_them_say_so_or_lead_to_what_is_missing(tmp_path: Path) -> None:  # fmt: skip
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await tables(pilot, app)
        for cell, words in (
            (("T2", "Level 3", "Category 1"), "No case is behind it"),
            (("T1", "Level 1", "Category 3"), "no figure can exist"),
        ):
            await to_cell(pilot, screen, *cell)
            await pilot.press("enter")
            await settle(pilot)
            assert app.screen is screen
            assert words in app.shown()
        await to_cell(pilot, screen, "T5", "Notification Order", "Number")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, MissingScreen)
        assert app.screen.query_one(RowList).current == "T5.SHPO", "what the table is made of"


@pytest.mark.usefixtures("cheap_slots")
async def test_a_case_that_is_barred_is_shown_nowhere(tmp_path: Path) -> None:
    path, clock = tmp_path / "r.db", Clock()
    made = found(path, CHAIR, FIRST, "a passphrase of Ruth", clock)
    desk = desk_over(Settings(clock=clock), made.record)
    case_of(desk, "HM-1", meets=True)
    case_of(desk, "HM-2", meets=True)
    people = People(made.record, clock)
    people.add(OTHER, [Role.COORDINATOR], "passphrase of Omar")
    people.set_access("HM-1", OTHER, Access.BARRED)
    made.record.close()
    record = enter(path, OTHER, "", "passphrase of Omar", Tries(tmp_path / "t"), clock)
    theirs = desk_over(Settings(clock=clock), record)
    app = Program(theirs, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await tables(pilot, app)
        await to_cell(pilot, screen, "T2", "Total", "Total")
        assert "T2, Total, Total: 1" in app.shown()
        lines = [line.plain for line in screen.query_one(CellGrid).laid.lines]
        assert f"- Counted over the cases that {OTHER} may open." in lines
        await pilot.press("enter")
        await settle(pilot)
        assert "HM-2-1" in app.shown()
        assert "HM-1" not in app.shown()
        assert "1 case, of those that are open to you" in app.shown()
        await pilot.press("escape", "f6")
        await settle(pilot)
        assert [row.cells[0] for row in app.screen.query_one(RowList).shown] == ["HM-2"]
    record.close()


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_list_leaves_room_for_its_keys_under_the_red_line(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = dataclasses.replace(make_desk(tmp_path), demo=False)
    for number in range(70):
        case_of(desk, f"HM-{number}")
    app = Program(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await tables(pilot, app)
        await to_cell(pilot, screen, "T2", "Level 2", "Category 2")
        for key in ("enter", "f5"):
            await pilot.press(key)
            await settle(pilot)
            assert "NOT ENCRYPTED" in app.shown()
            assert "Esc back" in app.shown(), type(app.screen).__name__
            await pilot.press("escape")
            await settle(pilot)


# -- what is still missing -----------------------------------------------------------------


async def test_one_person_enters_a_figure_and_another_confirms_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await tables(pilot, app)
        await pilot.press("f5")
        await settle(pilot)
        missing = app.screen
        assert isinstance(missing, MissingScreen)
        assert "9 of 9 still missing" in app.shown()
        missing.query_one(RowList).show_current("T8.population")
        await pilot.press("enter")
        await settle(pilot)
        form = app.screen
        assert isinstance(form, EnterFigure)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert set(wrong(form)) == {"value"}
        await fill(pilot, form, value="0", source="ONS, invented", reference="mid-2021 estimate")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "T8.population is 1 or more" in wrong(form)["value"]
        await fill(pilot, form, value="2540000", published="the other day")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert list(wrong(form)) == ["published"]
        assert form.line("value") == "2540000", "what was typed stays"
        assert desk.annual.entered(YEAR) == ()
        await fill(pilot, form, published="21 December 2022", as_at="30 June 2021")
        await pilot.press("ctrl+s")
        await settle(pilot)
        (figure,) = desk.annual.entered(YEAR)
        assert (figure.value, figure.source, figure.reference) == (2_540_000, "ONS, invented", "mid-2021 estimate")  # fmt: skip
        assert (figure.as_at, figure.published) == (date(2021, 6, 30), date(2022, 12, 21))
        assert (figure.entered_by, figure.is_supplied) == (CHAIR, False)
        await pilot.press("c")
        await settle(pilot)
        assert app.screen is missing, "whoever entered it is not asked"
        assert "a second person confirms it" in str(missing.query_one(".said", Static).content)
        assert not desk.annual.entered(YEAR)[0].is_supplied
        await pilot.press("escape")
        screen = await counted(pilot, app)
        assert "1 of them entered and waiting for a second person" in " ".join(app.shown().split())
        screen.desk = desk.acting_as(OTHER)
        await pilot.press("f5")
        await settle(pilot)
        app.screen.query_one(RowList).show_current("T8.population")
        await pilot.press("c")
        await settle(pilot)
        assert isinstance(app.screen, OneLine)
        assert "2540000" in app.shown()
        await pilot.press(*"no", "enter")
        await settle(pilot)
        assert not desk.annual.entered(YEAR)[0].is_supplied
        await pilot.press("c", *"yes", "enter")
        await settle(pilot)
        (figure,) = desk.annual.entered(YEAR)
        assert (figure.confirmed_by, figure.is_supplied) == (OTHER, True)


async def test_a_figure_that_somebody_else_entered_meanwhile_is_not_overwritten(tmp_path: Path) -> None:  # fmt: skip
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await tables(pilot, app)
        await pilot.press("f5", "enter")
        await settle(pilot)
        form = app.screen
        assert isinstance(form, EnterFigure)
        desk.acting_as(OTHER).annual.set_figure(YEAR, form.asked.id, "41", source="theirs")
        await fill(pilot, form, value="40", source="mine")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.screen is form
        assert "entered by somebody else meanwhile" in wrong(form)[""]
        assert [figure.value for figure in desk.annual.entered(YEAR)] == [41]
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is form, "typed words are not left without asking"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, MissingScreen)


async def test_what_is_confirmed_is_what_was_seen(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    desk.acting_as(OTHER).annual.set_figure(YEAR, "T3", "62", source="court results")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await tables(pilot, app)
        await pilot.press("f5")
        await settle(pilot)
        app.screen.query_one(RowList).show_current("T3")
        await pilot.press("c")
        await settle(pilot)
        desk.acting_as(OTHER).annual.set_figure(YEAR, "T3", "99", source="court results")
        await pilot.press(*"yes", "enter")
        await settle(pilot)
        assert "changed by somebody else meanwhile" in app.shown()
    (figure,) = desk.annual.entered(YEAR)
    assert (figure.value, figure.is_supplied) == (99, False)


async def test_publishing_says_what_it_does_and_is_refused_while_something_is_missing(tmp_path: Path) -> None:  # fmt: skip
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    supply(desk, "T3")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await tables(pilot, app)
        await pilot.press("f5", "p")
        await settle(pilot)
        assert isinstance(app.screen, MissingScreen)
        assert "T3 of 2022-23: not supplied" in app.shown()
        assert "panelkit stats" not in app.shown(), "a command is no remedy on a screen"
        desk.annual.set_figure(YEAR, "T3", "62", source="court results")
        desk.acting_as(OTHER).annual.confirm(YEAR, "T3")
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, OneLine)
        asked = " ".join(app.shown().split())
        for words in ("kept as they are counted now", "for good", "Nothing is sent anywhere"):
            assert words in asked
        await pilot.press("escape")
        await settle(pilot)
        assert desk.caseload.record.published(YEAR) is None
        await pilot.press("p", *"yes", "enter")
        await settle(pilot)
        published = desk.caseload.record.published(YEAR)
        assert published is not None
        assert (published.number, published.who) == (1, CHAIR)
        await pilot.press("escape")
        await settle(pilot)
        await until(pilot, lambda: screen.report is not None)
        await settle(pilot)
        assert f"Published on 23 November 2026 by {CHAIR}, number 1." in app.shown()
        case_of(desk, "HM-2")
        screen.count()
        await settle(pilot)
        await counted(pilot, app)
        assert "cells counted otherwise since" in app.shown()


# -- histories -------------------------------------------------------------------------------


async def open_form(pilot: Pilot[None], app: Program, row: str, *keys: str) -> FigureForm:
    """A form from the list of histories."""
    rows = app.screen.query_one(RowList)
    name = next(shown.id for shown in rows.shown if shown.id.startswith(row))
    rows.show_current(name)
    await pilot.press(*(keys or ("enter",)))
    await settle(pilot)
    assert isinstance(app.screen, FigureForm), app.shown()
    return app.screen


async def keep(pilot: Pilot[None], app: Program) -> None:
    await pilot.press("ctrl+s")
    await settle(pilot)
    assert isinstance(app.screen, HistoryScreen), app.shown()


async def test_intervals_and_events_are_added_corrected_and_withdrawn_with_a_reason(tmp_path: Path) -> None:  # fmt: skip
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    record = desk.caseload.record
    app = Program(desk, tmp_path)

    def held(kind: SpanKind) -> list[tuple[str, date, date | None]]:
        spans = live(record.spans("id-HM-1"), kind)
        return [(s.value, s.from_day, s.to_day) for s in spans]

    async with app.run_test(size=(120, 40)) as pilot:
        screen = await tables(pilot, app)
        await pilot.press("f6", "enter")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)

        form = await open_form(pilot, app, "+:level")
        await fill(
            pilot, form, value="3", first="1 September 2022", because="a letter of the board"
        )
        await keep(pilot, app)
        assert held(SpanKind.LEVEL) == [("2", date(2022, 5, 1), date(2022, 8, 31)), ("3", date(2022, 9, 1), None)]  # fmt: skip

        form = await open_form(pilot, app, "+:level")
        await fill(pilot, form, value="1", first="1 June 2022", because="x")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Level 3 from 1 September 2022 stands there" in wrong(form)["last"]
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert len(held(SpanKind.LEVEL)) == 2, "what comes after is not taken away unsaid"

        form = await open_form(pilot, app, "span:", "enter")
        assert form.line("first") == "1 May 2022"
        await fill(pilot, form, last="1 October 2022", because="the letter says so")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.screen is form, "an overlap is refused"
        assert "Level 2 from 1 May 2022 to 1 October 2022 overlaps Level 3" in wrong(form)[""]
        assert form.line("last") == "1 October 2022"
        await fill(pilot, form, last="31 August 2022", first="4 May 2022")
        await keep(pilot, app)
        assert held(SpanKind.LEVEL)[0] == ("2", date(2022, 5, 4), date(2022, 8, 31))

        form = await open_form(pilot, app, "+:event")
        await fill(pilot, form, kind="1", day="1 April 2022", note="custody suite")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "before the case began, on 4 May 2022" in wrong(form)["day"]
        assert record.events("id-HM-1") == ()
        await fill(pilot, form, day="2 October 2022")
        await keep(pilot, app)
        (event,) = record.events("id-HM-1")
        assert (event.kind, event.day, event.note) == (OutcomeKind.RETURNED_LICENCE, date(2022, 10, 2), "custody suite")  # fmt: skip
        assert held(SpanKind.WHEREABOUTS)[-1] == ("recalled", date(2022, 10, 2), None)

        form = await open_form(pilot, app, "event:", "delete")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert list(wrong(form)) == ["because"], "no reason, no withdrawal"
        await fill(pilot, form, because="another person")
        await keep(pilot, app)
        assert [one.withdrawn for one in record.events("id-HM-1")] == ["another person"]
        assert "WITHDRAWN: another person" in app.shown(), "it stays in sight"

        form = await open_form(pilot, app, "h:", "l")
        await fill(pilot, form, day="1 November 2022", reason="4", because="now with another area")
        await keep(pilot, app)
        assert held(SpanKind.LEVEL)[-1] == ("3", date(2022, 9, 1), date(2022, 10, 31))

        await pilot.press("escape")
        await settle(pilot)
        await until(pilot, lambda: screen.report is not None)
        assert screen.report.tables.tables["T2"].cell("Level 3", "Category 2").value == 1, (  # type: ignore[union-attr]
            "the tables are counted again"
        )
    assert record.verify().is_good


async def test_what_is_wrong_in_a_form_is_said_beside_its_question(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    before = desk.caseload.record.head()
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await tables(pilot, app)
        await pilot.press("f6", "enter")
        await settle(pilot)
        before = desk.caseload.record.head()
        form = await open_form(pilot, app, "+:whereabouts")
        steps: tuple[tuple[dict[str, str], str], ...] = (
            ({}, "value"), ({"value": "2"}, "first"), ({"first": "1 June 2099"}, "first"),
            ({"first": "1 June"}, "first"), ({"first": "1 June 2022", "last": "1 May 2022"}, "last"),
            ({"last": "1 July 2022"}, "because"),
        )  # fmt: skip
        for answers, name in steps:
            await fill(pilot, form, **answers)
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert app.screen is form
            assert list(wrong(form)) == [name], answers
            assert app.focused is not None
            assert app.focused.id == name, "the cursor is where it has to be mended"
            assert wrong(form)[name][:30] in app.shown(), "in sight at 80x24"
        await fill(pilot, form, because="[/x] [b]prison[/] \\[")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "overlaps" in wrong(form)[""]
        assert "overlaps" in app.shown()
        assert desk.caseload.record.head() == before, "nothing was written"


async def test_a_line_that_somebody_else_changed_meanwhile_is_not_corrected(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await tables(pilot, app)
        await pilot.press("f6", "enter")
        await settle(pilot)
        form = await open_form(pilot, app, "span:")
        theirs = desk.acting_as(OTHER).histories
        shown = form.span  # type: ignore[attr-defined]
        number = [span.id for span in theirs.history("HM-1").spans].index(shown.id) + 1
        theirs.correct("HM-1", number, "their letter", from_day=date(2022, 5, 9))
        await fill(pilot, form, first="4 May 2022", because="my letter")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.screen is form
        assert "changed by somebody else meanwhile" in wrong(form)[""]
        assert form.line("because") == "my letter"
    spans = {span.id: span for span in desk.histories.history("HM-1").spans}
    assert (spans[shown.id].from_day, spans[shown.id].because) == (date(2022, 5, 9), "their letter")


async def test_from_a_meeting_the_histories_of_its_case_open_and_it_is_no_new_opening(tmp_path: Path) -> None:  # fmt: skip
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", meets=True)
    meeting = desk.caseload.find("HM-1-1")
    app = Program(desk, tmp_path, "HM-1-1")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+f", "S")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert "since 1 May 2022" in app.shown()
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, MeetingScreen)
    assert len(desk.caseload.record.openings(meeting.id)) == 1, "it was open already"


async def test_opening_the_histories_of_a_case_is_journaled(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", meets=True)
    case_of(desk, "HM-2")
    meeting = desk.caseload.find("HM-1-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await tables(pilot, app)
        for row in (0, 1):
            await pilot.press("f6", *["down"] * row, "enter")
            await settle(pilot)
            assert isinstance(app.screen, HistoryScreen)
            await pilot.press("escape")
            await settle(pilot)
    opened = desk.caseload.record.openings(meeting.id)
    assert [what for _at, _who, what in opened] == ["opened: its histories"]
    with desk.caseload.record._reading() as connection:
        asked = text("select entity_id from journal where entity = 'case' and field = 'opened'")
        assert {row[0] for row in connection.execute(asked)} == {"id-HM-1", "id-HM-2"}


# -- shared, hostile, slow -------------------------------------------------------------------


async def test_shared_the_tables_stay_and_no_list_and_no_source_is_seen(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", meets=True)
    supply(desk)
    desk.annual.set_figure(YEAR, "T8.population", "2540000", source="told by Imran Sarwar")
    desk.acting_as(OTHER).annual.confirm(YEAR, "T8.population")
    desk.annual.publish(YEAR)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(200, 90)) as pilot:
        screen = await tables(pilot, app)
        assert "told by Imran Sarwar" in app.shown()
        assert f"by {CHAIR}, number 1" in app.shown()
        await pilot.press("f12")
        await settle(pilot)
        assert "MASKED FOR SHARING" in app.shown()
        assert "3638" in app.shown()
        assert "Imran Sarwar" not in app.shown()
        assert f"by {CHAIR}, number 1" not in app.shown()
        await to_cell(pilot, screen, "T2", "Total", "Total")
        for keys in (("enter",), ("f5",)):
            await pilot.press(*keys)
            await settle(pilot)
            assert NOT_SHARED[:30] in app.shown(), keys
            await pilot.press("escape")
            await settle(pilot)
        await pilot.press("f12", *"yes", "enter")
        await settle(pilot)
        assert "told by Imran Sarwar" in app.shown()


def test_no_table_is_cut_where_the_screen_is_80_wide(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    laid = laid_out(desk.annual.report(YEAR), 77)
    assert max(line.cell_length for line in laid.lines) <= 77
    assert all(place.end <= 77 for row in laid.rows for place in row)
    labels = {row[0].row for row in laid.rows}
    assert all(any(label in line.plain for line in laid.lines) for label in labels)


async def test_counting_holds_up_neither_the_first_frame_nor_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    go, late, asked, done = threading.Event(), threading.Event(), [], []
    whole = Annual.report

    def slow(self: Annual, year: ReportYear) -> object:
        asked.append((year.label, threading.current_thread() is threading.main_thread()))
        (go if year == YEAR else late).wait(20)
        found = whole(self, year)
        done.append(year)
        return found

    monkeypatch.setattr(Annual, "report", slow)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: bool(asked))
        screen = app.screen
        assert isinstance(screen, StatisticsScreen)
        assert "Counting" in app.shown()
        screen.all_years = (ReportYear(2025), ReportYear(2024), YEAR)
        screen.show_year(YEAR)
        await until(pilot, lambda: ("2022-23", False) in asked)
        await pilot.press("f1")
        await settle(pilot)
        assert "Enter on a cell lists the cases" in app.shown(), "a key is answered meanwhile"
        await pilot.press("escape")
        go.set()
        await until(pilot, lambda: screen.report is not None)
        late.set()
        await until(pilot, lambda: len(done) == 2)
        await settle(pilot)
        await pilot.pause(0.2)
        assert screen.year == screen.report.tables.year == YEAR, "what was given up comes too late"  # type: ignore[union-attr]
        go.clear()
        screen.count()
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen), "left while it counts"
        go.set()
        await settle(pilot)
        assert not app._fault
    assert not any(in_main for _year, in_main in asked)


async def test_the_palette_offers_the_tables_where_they_open(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        offered = {command.title: command for command in app.get_system_commands(app.screen)}
        offered["Annual tables"].callback()
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, StatisticsScreen)
        titles = [command.title for command in app.get_system_commands(screen)]
        assert "Annual tables" not in titles


def test_every_key_of_the_tables_is_its_own_and_does_something() -> None:
    keys = [key.key for key in STATISTICS_KEYS if key.key]
    letters = [key.letter for key in STATISTICS_KEYS]
    assert len(keys) == len(set(keys))
    assert len(letters) == len(set(letters))
    for key in STATISTICS_KEYS:
        assert key.id.startswith("app.") or hasattr(StatisticsScreen, f"action_{key.id}"), key.id
        assert key.tooltip.endswith(".")


def test_every_status_of_a_cell_is_said_in_words(tmp_path: Path) -> None:
    from panelkit.tui.screens.statistics.wording import HOW

    assert set(HOW) == set(Status)
    assert all(re.fullmatch(r"[A-Za-z0-9 :]+", words) for words in HOW.values())
