"""The analysis of referrals: asked against given, days to the answer, what came afterwards.

Every line opens the list of referrals that it counts: references and what was counted of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import on
from textual.app import ComposeResult

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportQuarter
from panelkit.services.desk import Desk
from panelkit.stats.quarterly import TOTAL
from panelkit.stats.referral_analysis import Answered
from panelkit.stats.referral_figures import Analysis, Counted, Figure
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = (
    "Enter which referrals   b the quarter before   n the next   y a year or a quarter   Esc back"
)
YEAR: Final = 4
"""Quarters of the longer view."""
NOT_SHOWN: Final = frozenset({"RA-BOTH"})
"""Too long for a screen; the CSV has it."""
WIDEST, NAME, CELL, SHOWN = 120, 56, 10, 18
"""Cells of a line, of a row's name at most, of a number in a grid, of one beside a name."""


class AnalysisScreen(ListPanel):
    """Figures of referrals answered in a quarter, or in four. Returns whether something was changed.

    | Key | Does |
    |---|---|
    | Enter | the referrals behind the line |
    | b | the quarter before |
    | n | the next quarter |
    | y | the four quarters up to this one, or this one alone |
    """

    needs = Act.FIGURES

    def __init__(self, desk: Desk) -> None:
        """This quarter and the three before it."""
        super().__init__()
        self.desk = desk
        self.quarter = ReportQuarter.of(desk.caseload.today())
        self.is_year = True
        self.found: Analysis | None = None
        self.behind: dict[str, tuple[str, Sequence[Answered]]] = {}

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("Referrals answered", RowList((), (70,), letters="bny", under_lines=4), KEYS)  # fmt: skip

    def on_mount(self) -> None:
        """The first line is under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def on_resize(self) -> None:
        """Columns for the width there is."""
        self._draw()
        super().on_resize()

    def follow(self) -> None:
        """The figures as the record gives them now."""
        first = self.quarter
        for _ in range(YEAR - 1 if self.is_year else 0):
            first = first.before
        try:
            self.found = self.desk.referral_analysis.of(first.start, self.quarter.end)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        self._draw()

    def _draw(self) -> None:
        found = self.found
        if found is None:
            return
        total = found.figures[0].lines[-1].line.shown
        days = f"{long_date(found.first)} to {long_date(found.last)}"
        self.show_title("\n".join([f"Referrals answered   {days}: {total}", *found.notes]))
        self.behind = {}
        rows: list[Row] = []
        for one in found.figures:
            if one.id not in NOT_SHOWN:
                rows.append(Row(f"h:{one.id}", (one.title.upper(),), heading=True, under=one.how))
                rows += self._grid(one) if one.is_grid else self._lines(one)
        self.query_one(RowList).follow(rows)

    @property
    def _room(self) -> int:
        """Cells of a line: what is shown are the program's own words, a cell a letter."""
        return min(WIDEST, int(self.app.size.width * 0.96) - 6)

    def _grid(self, one: Figure) -> list[Row]:
        """Each row with its cells; what is 0 in all of them is left out, and said so."""
        heads = list(dict.fromkeys(column for cells in one.grid.values() for column in cells))
        name = min(NAME, self._room - CELL * len(heads))
        rows = [Row(f"c:{one.id}", (_padded("", name, map(_short, heads)),), heading=True)]
        quiet = 0
        for row, cells in one.grid.items():
            last = cells.get(TOTAL)
            if row != TOTAL and last is not None and not last.line.value:
                quiet += 1
                continue
            shown = [cells[head].line.shown if head in cells else "" for head in heads]
            rows.append(self._row(one, row, _padded(row, name, shown), last))
        if quiet:
            many = "1 row of 0 is" if quiet == 1 else f"{quiet} rows of 0 are"
            rows.append(Row(f"q:{one.id}", (f"{many} left out here.",), heading=True))
        return rows

    def _lines(self, one: Figure) -> list[Row]:
        name = min(NAME, self._room - SHOWN)
        return [
            self._row(one, each.line.row, f"{each.line.row[:name]:<{name}} {each.line.shown}", each)
            for each in one.lines
        ]

    def _row(self, one: Figure, row: str, words: str, behind: Counted | None) -> Row:
        key = f"r:{one.id}:{row}"
        self.behind[key] = (f"{one.title}: {row}\n{one.how}", behind.behind if behind else ())
        return Row(key, (words,))

    # -- acting --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        heading, behind = self.behind.get(event.option.id or "", ("", ()))
        if not behind:
            self.say("Nothing is counted in it.")
            return
        self.say("")
        rows = [_listed(each) for each in behind]
        foot = "of what is open to you   type to filter   Esc back"
        self.app.push_screen(Listing(heading, rows, (8, 18, 9, 16, 12, 10, 30), foot=foot))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        today = ReportQuarter.of(self.desk.caseload.today())
        if event.letter == "y":
            self.is_year = not self.is_year
        elif event.letter == "b":
            self.quarter = self.quarter.before
        elif self.quarter < today:
            self.quarter = self.quarter.after
        else:
            self.say(f"{today.label} is the last quarter that has begun.")
            return
        self.say("")
        self.follow()


def _short(column: str) -> str:
    """``L2 given``: a column's head in few letters."""
    return column.replace("Level ", "L")[: CELL - 1]


def _padded(name: str, wide: int, cells: Iterable[str]) -> str:
    return f"{name[:wide]:<{wide}}" + "".join(f"{cell:>{CELL}}" for cell in cells)


def _listed(one: Answered) -> Row:
    days = f"{one.days} day{'' if one.days == 1 else 's'}"
    return Row(
        one.ref,
        (
            one.ref, one.agency, f"asked L{one.asked}", one.answer, short_date(one.decided),
            days if one.in_time else f"{days} LATE", one.after.label,
        ),
    )  # fmt: skip
