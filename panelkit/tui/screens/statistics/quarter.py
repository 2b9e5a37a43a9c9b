"""The board's figures of a quarter beside the three before it; every line open to what is behind it.

Rows bear names of organisations that somebody typed, so the screen is not shown while the mask is on.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportQuarter, ReportYear
from panelkit.services.auditing import Progress
from panelkit.services.desk import Desk
from panelkit.services.quarter_behind import Behind
from panelkit.stats.quarter import Line, Shape
from panelkit.stats.quarterly import Figure, Quarterly
from panelkit.store.record import Record
from panelkit.tui.keys import QUARTER_KEYS, bindings
from panelkit.tui.screens.audits.paper import Making, Paper, Write
from panelkit.tui.screens.listing import Listing, Page, lead
from panelkit.tui.screens.statistics.behindquarter import BehindQuarterScreen
from panelkit.tui.screens.statistics.counting import beside
from panelkit.tui.screens.statistics.missing import MissingScreen
from panelkit.tui.screens.statistics.quarterrows import (
    id_of,
    quarters_shown,
    rows_of,
    widths_of,
    words_of,
)
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content
from panelkit.tui.widgets.rowlist import Row, RowList, row_content


class QuarterScreen(Screen[None]):
    """Eleven blocks of figures; the keys are :data:`panelkit.tui.keys.QUARTER_KEYS`."""

    needs = Act.FIGURES
    DEFAULT_CSS = """
    QuarterScreen { layout: vertical; }
    QuarterScreen #top { height: 1; background: $primary; text-style: bold; }
    QuarterScreen #state { height: auto; max-height: 4; text-style: bold; padding: 0 1; }
    QuarterScreen #columns { height: 1; padding: 0 1; color: $text-muted; }
    QuarterScreen RowList { height: 1fr; max-height: 100%; padding: 0 1; }
    QuarterScreen #line { height: auto; max-height: 3; color: $text-muted; padding: 0 1; }
    QuarterScreen #keys { height: 1; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="quarter-leave"),
        *bindings(QUARTER_KEYS),
    ]

    def __init__(
        self, desk: Desk, years: tuple[ReportYear, ...], quarter: ReportQuarter | None = None
    ) -> None:
        """``years`` are those that the record has; without ``quarter`` the last that ended."""
        super().__init__()
        self.desk = desk
        running = ReportQuarter.of(desk.caseload.today())
        self.quarters = tuple(
            one for year in sorted(years) for one in year.quarters if one <= running
        ) or (running,)
        last = running.before if running.before in self.quarters else self.quarters[-1]
        self.quarter = quarter or last
        self.report: Quarterly | None = None
        self.problem: PanelkitError | None = None
        """Why there are no figures; None while they are counted, and where they are."""

    def compose(self) -> ComposeResult:
        """The top line, where it stands, the quarters' labels, the rows, the row, the keys."""
        yield Static(Content(""), id="top")
        yield Static(Content(""), id="state")
        yield Static(Content(""), id="columns")
        yield RowList((), (30, 16))
        yield Static(Content(""), id="line")
        yield Static(Content(""), id="keys")

    def on_mount(self) -> None:
        """The frame first; the figures come when they are counted."""
        self.query_one(RowList).focus()
        self.follow()
        self.count()

    def on_resize(self) -> None:
        """As many quarters as there is room for."""
        self.call_after_refresh(self.follow)

    # -- counting ------------------------------------------------------------------------

    def count(self) -> None:
        """Count the quarter in a thread; one that is counted already is given up."""
        self.run_worker(self._count(), group="statistics", exclusive=True)

    async def _count(self) -> None:
        self.report, self.problem = None, None
        self.follow()
        quarter = self.quarter

        def read(record: Record) -> Quarterly:
            # The defects take reading every meeting's minutes: the report has them.
            return self.desk.quarterly_over(record).report(quarter, with_defects=False)

        try:
            self.report = await beside(self.desk, read)
        except PanelkitError as failed:
            self.problem = failed
        self.follow()

    # -- showing -------------------------------------------------------------------------

    def follow(self) -> None:
        """What is known now, for the width there is."""
        if not self.query("#keys"):
            return
        across = self.app.size.width
        today = self.desk.caseload.today()
        demo = "   DEMONSTRATION: fictional" if self.desk.demo else ""
        top = f" {self.desk.area.marking}   The board’s figures {self.quarter.label}   {self.desk.who_said}{demo}   {today:%a} {long_date(today)}"
        self.query_one("#top", Static).update(as_typed_line(top, across))
        self.query_one("#state", Static).update(as_typed(self._state()))
        self.query_one("#keys", Static).update(self._keys_content())
        rows = self.query_one(RowList)
        rows.display = self.report is not None
        if self.report is not None:
            rows.use_widths(widths_of(across))
            rows.follow(tuple(rows_of(self.report, across)))
            labels = [one.label for one in self.report.quarters][-quarters_shown(across) :]
            head_content = row_content(Row("", (" ", *labels)), rows.fitted())
            self.query_one("#columns", Static).update(head_content)
            if self.focused is None:  # what was hidden lost the keys
                rows.focus()
        else:
            self.query_one("#columns", Static).update(Content(""))
        self._say_line()

    def _state(self) -> str:
        if self.report is not None:
            return "  ".join(self.report.notes)
        if self.problem is None:
            return f"Counting {self.quarter.label} …   Esc leaves"
        return said(self.problem)

    def _keys_content(self) -> Content:
        keys = [key for key in QUARTER_KEYS if key.shown]
        keys.sort(key=lambda key: key.id == "help")
        parts = ["Enter Meetings", *(f"{key.display} {key.label}" for key in keys), "Esc Back"]
        return fitting_content(parts, self.app.size.width)

    def _line(self, row: str) -> tuple[Figure, Line] | None:
        if self.report is not None:
            for figure in self.report.figures:
                for line in figure.lines[self.quarter]:
                    if id_of(figure, line) == row:
                        return figure, line
        return None

    def _say_line(self, more: str = "") -> None:
        found = self._line(self.query_one(RowList).current)
        words = words_of(*found) if found and not more else more
        self.query_one("#line", Static).update(as_typed(words))

    @on(OptionList.OptionHighlighted)
    def _at(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._say_line()

    # -- behind a line -------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _chosen(self, event: RowList.OptionSelected) -> None:
        event.stop()
        found = self._line(event.option.id or "")
        if found is None:
            return
        figure, line = found
        if figure.measure.shape is Shape.MANUAL:
            self._open_missing((f"Q{self.quarter.number}.{figure.measure.manual}",))
        elif not line.value and not line.of:
            self._say_line("Nothing is behind it: " + words_of(figure, line))
        else:
            self.run_worker(self._behind(figure, line), group="behind", exclusive=True)

    async def _behind(self, figure: Figure, line: Line) -> None:
        self._say_line("Looking for what is behind it …")
        quarter = self.quarter

        def read(record: Record) -> tuple[Behind, ...]:
            return self.desk.quarter_behind_over(record).of(quarter, figure.measure.id, line.row)

        try:
            found = await beside(self.desk, read)
        except PanelkitError as failed:
            self._say_line(said(failed))
            return
        self._say_line()
        if self.is_mounted and self.app.screen is self:
            self.app.push_screen(BehindQuarterScreen(self.desk, quarter, figure, line, found), self._back)  # fmt: skip

    def _back(self, changed: bool | None) -> None:  # noqa: FBT001 - what a screen returns
        if changed:
            self.count()

    def _open_missing(self, at: tuple[str, ...] = ()) -> None:
        screen = MissingScreen(self.desk, self.quarter.year, at, quarter=self.quarter.number)
        self.app.push_screen(screen, self._back)

    def action_missing(self) -> None:
        """Figures of the quarter that are entered by hand."""
        self._open_missing()

    # -- the report ----------------------------------------------------------------------

    def action_report(self) -> None:
        """To read, and to write as Word."""
        self._open_report(leaving=False)

    def action_outside(self) -> None:
        """The same to leave the area."""
        self._open_report(leaving=True)

    def _open_report(self, *, leaving: bool) -> None:
        desk, quarter = self.desk, self.quarter

        def read(record: Record, progress: Progress) -> Quarterly:
            return desk.quarterly_over(record).report(quarter, leaving=leaving, progress=progress)

        def show(report: Quarterly) -> tuple[str, Write]:
            papers = desk.quarterly_papers
            paper = papers.paper(report)
            return papers.text(paper), lambda: (papers.write(paper, desk.documents),)

        who = "to leave the area" if leaving else "for the board"
        title = f"Quarterly report {who}, {quarter.label}"
        self.app.push_screen(Paper(desk, title, making=Making(read, show)))

    # -- quarters ------------------------------------------------------------------------

    def show_quarter(self, quarter: ReportQuarter) -> None:
        """Another quarter, counted."""
        if quarter != self.quarter:
            self.quarter = quarter
            self.count()

    def action_quarters(self) -> None:
        """Among those that the record has, newest first."""
        running = ReportQuarter.of(self.desk.caseload.today())
        rows = [
            Row(
                one.label,
                (one.label, f"{long_date(one.start)} to {long_date(one.end)}",
                 "now running" if one == running else ""),
            )
            for one in reversed(self.quarters)
        ]  # fmt: skip

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                self.show_quarter(ReportQuarter.named(result[0]))

        foot = "Enter chooses   type to filter   Esc back"
        listing = Listing("Which quarter?", rows, (12, 42, 14), foot=foot, shared=True)
        self.app.push_screen(listing, chosen)

    def action_earlier_quarter(self) -> None:
        """The one before, where the record has it."""
        if self.quarter.before in self.quarters:
            self.show_quarter(self.quarter.before)

    def action_later_quarter(self) -> None:
        """The one after, where it has begun."""
        if self.quarter.after in self.quarters:
            self.show_quarter(self.quarter.after)

    # -- help ----------------------------------------------------------------------------

    def action_help(self) -> None:
        """What this screen is for."""
        lines = [
            "The board's figures, counted from the record: four quarters beside each other.",
            "A share says of how many; 0 is a real zero; what the record does not know says so.",
            "Enter on a row lists the meetings, cases and referrals behind it in the last quarter",
            "shown. What stands under the rows says what the row counts.",
            "",
            *(f"{key.display:<4} ^F {key.letter}   {key.label:<18} {key.tooltip}" for key in QUARTER_KEYS),
            "",
            "While masked for sharing (F12) this screen is covered: organisations are named in it.",
            THEME_HELP,
        ]  # fmt: skip
        self.app.push_screen(Page("The board’s figures", as_typed("\n".join(lines)), shared=True))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self, QUARTER_KEYS)

    def action_leave(self) -> None:
        """Back; a count that is not done is given up."""
        self.workers.cancel_group(self, "statistics")
        self.dismiss(None)
