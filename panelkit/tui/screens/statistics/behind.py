"""Which cases and meetings are behind one cell; Enter opens a meeting as every list does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult

from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportYear
from panelkit.services.annual import Behind
from panelkit.services.desk import Desk
from panelkit.tui.screens.statistics import casehistory
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import cell_words
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp

KEYS = "Enter opens the meeting   h histories of the case   Esc back"


class OpensBehind(ListPanel):
    """Meetings and cases that were counted, by rows ``meeting:REF`` and ``case:REF``."""

    needs = Act.FIGURES
    comes_back = True
    """A meeting opened from here comes back here when it is left."""

    desk: Desk

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        what, _, ref = (event.option.id or "").partition(":")
        if what == "meeting":
            self.changed = True  # what is written in it may change what is counted
            cast("PanelkitApp", self.app).open_meeting(ref)
        elif what == "case":
            self._histories(ref)

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        what, _, ref = event.row.partition(":")
        if what in ("meeting", "case"):
            self._histories(ref.rpartition("-")[0] if what == "meeting" else ref)

    def _histories(self, case_ref: str) -> None:
        def back(changed: bool | None) -> None:  # noqa: FBT001 - what a screen returns
            self.changed = self.changed or bool(changed)

        casehistory.show_histories(self.app, self.desk, case_ref, back)


class BehindScreen(OpensBehind):
    """Case by case, with the meetings of the year. Returns whether a history was changed.

    | Key | Does |
    |---|---|
    | Enter | opens the meeting; of a case without one in the year, its histories |
    | h | the histories of the case |
    """

    def __init__(self, desk: Desk, year: ReportYear, behind: Behind) -> None:
        """``behind`` is the cell's, as the service gave it."""
        super().__init__()
        self.desk = desk
        self.year = year
        self.behind = behind

    def compose(self) -> ComposeResult:
        """Which cell, its cases, what cannot be said, the keys."""
        found = self.behind
        head = cell_words(found.table, found.row, found.column, found.cell)
        rows = RowList(self._rows(), (14, 13, 22, 30), letters="h")
        return self.laid(f"{self.year.label}   {head}", rows, KEYS)

    def _rows(self) -> list[Row]:
        rows = []
        for ref in self.behind.refs:
            mine = [one for one in self.behind.meetings if one.case_ref == ref]
            rows += [
                Row(
                    f"meeting:{one.ref}",
                    (one.ref, short_date(one.held_on), f"{one.level.label} {one.kind.label}", one.state.label),
                )
                for one in mine
            ] or [Row(f"case:{ref}", (ref, "", "", f"no meeting in {self.year.label}"))]  # fmt: skip
        return rows

    def _under(self) -> str:
        found, many = self.behind, len(self.behind.refs)
        lines = [f"{many} case{'' if many == 1 else 's'}, of those that are open to you."]
        if by_hand := (found.cell.value or 0) - len(found.cell.cases):
            lines.append(f"The other {by_hand} are entered by hand, or are counted in two cells.")
        return "\n".join(lines)

    def on_mount(self) -> None:
        """The list takes the keys; under it stands what cannot be said."""
        self.say(self._under())
        self.query_one(RowList).focus()
