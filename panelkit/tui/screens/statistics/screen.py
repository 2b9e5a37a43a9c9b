"""The annual tables of a report year, every cell open to the cases behind it.

A count is no field of anybody's, and what is counted (level, category, whereabouts) is marked
open in the agenda; so the tables may be shown while the screen is shared. Words that somebody
typed beside them, and every list of cases, may not.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.errors import NotFound, PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportYear
from panelkit.opened.sharing import MASKED, SHARING, Shareable
from panelkit.opened.showing import hidden
from panelkit.services.annual import AnnualReport
from panelkit.services.desk import Desk
from panelkit.services.histories import WorkedOut
from panelkit.stats.annual import ANNUAL
from panelkit.stats.tables import Status
from panelkit.store.record import Record
from panelkit.tui.keys import STATISTICS_KEYS, bindings
from panelkit.tui.screens.listing import Listing, Page, lead
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.statistics import casehistory, layout
from panelkit.tui.screens.statistics.behind import BehindScreen
from panelkit.tui.screens.statistics.counting import beside
from panelkit.tui.screens.statistics.grid import CellGrid
from panelkit.tui.screens.statistics.layout import laid_out
from panelkit.tui.screens.statistics.missing import MissingScreen
from panelkit.tui.screens.statistics.quarter import QuarterScreen
from panelkit.tui.screens.statistics.wording import cell_words, said, standing
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.rowlist import Row

WIDE = 150
"""From this many cells across, notes and rules stand beside the tables instead of under them."""
TABLES = 84
"""Cells across of the tables, where the notes stand beside them."""
LAST = ("help", "from_meetings", "app.mask")
"""Keys at the end of the foot, where a narrow screen has no room."""


class StatisticsScreen(Shareable, Screen[None]):
    """T1 to T8 of a year; the keys are :data:`panelkit.tui.keys.STATISTICS_KEYS`."""

    needs = Act.FIGURES
    DEFAULT_CSS = """
    StatisticsScreen { layout: vertical; }
    StatisticsScreen #top { height: 1; background: $primary; text-style: bold; }
    StatisticsScreen #state { height: auto; max-height: 6; text-style: bold; padding: 0 1; }
    StatisticsScreen Horizontal { height: 1fr; padding: 1 1 0 1; }
    StatisticsScreen CellGrid { width: 1fr; }
    StatisticsScreen #beside { width: 1fr; display: none; padding: 0 1 0 3; }
    StatisticsScreen.-wide #beside { display: block; }
    StatisticsScreen.-wide CellGrid { width: 88; }
    StatisticsScreen #cell { height: 1; color: $text-muted; padding: 0 1; }
    StatisticsScreen #keys { height: 1; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Home", id="statistics-leave"),
        *bindings(STATISTICS_KEYS),
    ]

    def __init__(self, desk: Desk, year: ReportYear | None = None) -> None:
        """``year`` is the one shown first; else the one that ended last, where the record has it."""
        super().__init__()
        self.desk = desk
        self.all_years: tuple[ReportYear, ...] = ()
        self.year = year or ReportYear.of(desk.caseload.today())
        self._chosen = year is not None
        self.report: AnnualReport | None = None
        self.problem: PanelkitError | None = None
        """Why there are no tables; None while they are counted, and where they are."""

    def compose(self) -> ComposeResult:
        """The top line, where the year stands, the tables, the cell, the keys."""
        yield Static(Content(""), id="top")
        yield Static(Content(""), id="state")
        with Horizontal():
            yield CellGrid(id="tables")
            with VerticalScroll(id="beside"):
                yield Static(Content(""), id="beside-words")
        yield Static(Content(""), id="cell")
        yield Static(Content(""), id="keys")

    def on_mount(self) -> None:
        """The frame first; the tables come when they are counted."""
        self.query_one(CellGrid).focus()
        self.follow()
        self.count()

    def on_resize(self) -> None:
        """Laid out for the width there is."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        self.call_after_refresh(self.follow)

    # -- counting ------------------------------------------------------------------------

    def count(self) -> None:
        """Count the year in a thread; one that is counted already is given up."""
        self.run_worker(self._count(), group="statistics", exclusive=True)

    async def _count(self) -> None:
        self.report, self.problem = None, None
        self.follow()

        def read(record: Record) -> tuple[tuple[ReportYear, ...], ReportYear, AnnualReport | PanelkitError]:  # fmt: skip
            annual = self.desk.annual_over(record)
            years = annual.years()
            year = self.year if self._chosen else _first(years)
            try:
                return years, year, annual.report(year)
            except PanelkitError as failed:
                return years, year, failed

        try:
            self.all_years, self.year, found = await beside(self.desk, read)
        except PanelkitError as failed:
            found = failed
        self._chosen = True
        if isinstance(found, PanelkitError):
            self.problem = found
        else:
            self.report = found
        self.follow()

    # -- showing -------------------------------------------------------------------------

    def follow(self) -> None:
        """What is known now, for the width there is, masked or not."""
        if not self.query("#keys"):
            return
        self.query_one("#top", Static).update(self._top_content())
        self.query_one("#state", Static).update(self._state_content())
        self.query_one("#keys", Static).update(self._keys_content())
        grid = self.query_one(CellGrid)
        wide = self.has_class("-wide")
        if self.report is None:
            grid.display = False
            self.query_one("#beside-words", Static).update(Content(""))
        else:
            back, grid.display = not grid.display, True
            across = min(self.app.size.width - 3, TABLES if wide else 200)
            grid.lay(laid_out(self.report, across, with_words=not wide))
            words = layout.beside(self.report, self.app.size.width - TABLES - 12) if wide else []
            self.query_one("#beside-words", Static).update(Content("\n").join(words))
            if back:  # what is hidden loses the keys
                grid.focus()
        self._say_cell()

    follow_mask = follow

    def _top_content(self) -> Content:
        today = self.desk.caseload.today()
        mask = f" {MASKED}  " if SHARING.on else ""
        demo = "   DEMONSTRATION: fictional" if self.desk.demo else ""
        state = "published" if self.report and self.report.published else "draft"
        return as_typed_line(
            f" {mask}{self.desk.area.marking}   Annual tables {self.year.label}   {state}   {self.desk.who_said}{demo}   {today:%a} {long_date(today)}",
            self.app.size.width,
        )

    def _state_content(self) -> Content:
        if self.report is not None:
            return as_typed(standing(self.report))
        if self.problem is None:
            return as_typed(f"Counting {self.year.label} …   Esc leaves")
        if isinstance(self.problem, NotFound):
            return as_typed(
                f"{self.problem.message}\nF5 enters figures; F6 opens the histories of a case; F9 works them out from meetings held before."
            )
        # It may name a case.
        problem = hidden(said(self.problem))
        return as_typed(
            f"No table is given out for {self.year.label}.\n{problem}\nF6 opens the histories of a case, where it is corrected."
        )

    def _keys_content(self) -> Content:
        keys = [key for key in STATISTICS_KEYS if key.shown]
        keys.sort(key=lambda key: LAST.index(key.id) if key.id in LAST else -1)
        parts = ["Enter Cases", *(f"{key.display} {key.label}" for key in keys), "Esc Home"]
        return fitting_content(parts, self.app.size.width)

    def _say_cell(self, more: str = "") -> None:
        place, words = self.query_one(CellGrid).place, ""
        if self.report is not None and place is not None:
            cell = self.report.tables.tables[place.table].cell(place.row, place.column)
            words = cell_words(place.table, place.row, place.column, cell) + more
        self.query_one("#cell", Static).update(as_typed_line(words, self.app.size.width - 2))

    @on(CellGrid.At)
    def _at(self, event: CellGrid.At) -> None:
        event.stop()
        self._say_cell()

    # -- opening -------------------------------------------------------------------------

    @on(CellGrid.Chosen)
    def _behind(self, event: CellGrid.Chosen) -> None:
        event.stop()
        report, place = self.report, event.place
        if report is None:
            return
        cell = report.tables.tables[place.table].cell(place.row, place.column)
        if cell.cases:
            try:
                found = self.desk.annual.behind_in(report, place.table, place.row, place.column)
            except PanelkitError as failed:
                notify_typed(self.app, said(failed), "warning")
                return
            self.app.push_screen(BehindScreen(self.desk, self.year, found), self._back)
            return
        needs = next(spec.needs for spec in ANNUAL if spec.id == place.table)
        if needs and cell.status not in (Status.COUNTED, Status.IMPOSSIBLE):
            self._open_missing(needs)
        else:
            self._say_cell(more=". No case is behind it")

    def _back(self, changed: bool | None) -> None:  # noqa: FBT001 - what a screen returns
        if changed:
            self.count()

    def _open_missing(self, needs: tuple[str, ...] = ()) -> None:
        self.app.push_screen(MissingScreen(self.desk, self.year, needs), self._back)

    def action_missing(self) -> None:
        """What is still missing before the year can be published."""
        self._open_missing()

    def action_histories(self) -> None:
        """The histories of a case."""
        casehistory.choose_case(self.app, self.desk, self._back)

    def action_quarter(self) -> None:
        """The board's figures of a quarter."""
        self.app.push_screen(QuarterScreen(self.desk, self.all_years))

    # -- years ---------------------------------------------------------------------------

    def show_year(self, year: ReportYear) -> None:
        """Another year, counted."""
        if year != self.year:
            self.year, self._chosen = year, True
            self.count()

    def action_years(self) -> None:
        """Among those that the record has, newest first."""
        running = ReportYear.of(self.desk.caseload.today())
        rows = [
            Row(
                str(year.begins),
                (year.label, f"{long_date(year.start)} to {long_date(year.end)}",
                 "now running" if year == running else ""),
            )
            for year in self.all_years or (running,)
        ]  # fmt: skip

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                self.show_year(ReportYear(int(result[0])))

        foot = "Enter chooses   type to filter   Esc back"
        listing = Listing("Which report year?", rows, (10, 38, 14), foot=foot, shared=True)
        self.app.push_screen(listing, chosen)

    def action_earlier_year(self) -> None:
        """The newest that the record has before this one."""
        before = [year for year in self.all_years if year < self.year]
        if before:
            self.show_year(max(before))

    def action_later_year(self) -> None:
        """The oldest that the record has after this one."""
        after = [year for year in self.all_years if year > self.year]
        if after:
            self.show_year(min(after))

    # -- from meetings -------------------------------------------------------------------

    def action_from_meetings(self) -> None:
        """Ask, then work histories out."""
        asked = OneLine(
            "Work out level, category and whereabouts of every case from meetings that were held? "
            "Each is marked as worked out; what is entered already stays, and doing it again changes nothing.",
            lambda _text: "Enter works them out, where the word is yes.",
            hint="Type yes; Esc leaves it.",
            sure=self._work_out_now,
        )
        self.app.push_screen(asked)

    def _work_out_now(self) -> None:
        self.run_worker(self._work_out(), group="histories")

    async def _work_out(self) -> None:
        self.report, self.problem = None, None
        self.follow()
        self.query_one("#state", Static).update(as_typed("Reading the meetings …"))

        def derive(record: Record) -> WorkedOut:
            return self.desk.histories_over(record).derive()

        try:
            done = await beside(self.desk, derive)
        except PanelkitError as failed:
            notify_typed(self.app, said(failed), "error")
        else:
            many = len(done.changed)
            words = f"{many} histor{'y was' if many == 1 else 'ies were'} worked out from meetings."
            notify_typed(self.app, words, is_open=True)
            for problem in done.problems[:5]:
                notify_typed(self.app, problem, "warning")
        self.count()

    # -- help ----------------------------------------------------------------------------

    def action_help(self) -> None:
        """What this screen is for."""
        lines = [
            "The tables of an annual report, counted from the record, with what is entered by hand.",
            "A dash means that no figure can exist; 0 is a real zero; what is not supplied says so.",
            "Enter on a cell lists the cases and meetings behind it. A case that is not open to you",
            "is not counted, and a note says whose tables these are. Arrows go from cell to cell.",
            "",
            *(f"{key.display:<4} ^F {key.letter}   {key.label:<14} {key.tooltip}" for key in STATISTICS_KEYS),
            "",
            "While masked for sharing (F12) the tables stay; sources, names and lists do not.",
            THEME_HELP,
        ]  # fmt: skip
        self.app.push_screen(Page("Annual tables", as_typed("\n".join(lines)), shared=True))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self, STATISTICS_KEYS)

    def action_leave(self) -> None:
        """Back; a count that is not done is given up."""
        self.workers.cancel_group(self, "statistics")
        self.dismiss(None)


def _first(years: tuple[ReportYear, ...]) -> ReportYear:
    """The year that ended last, where the record has it: it is the one that is reported."""
    running = years[0]
    return running.before if running.before in years else running
