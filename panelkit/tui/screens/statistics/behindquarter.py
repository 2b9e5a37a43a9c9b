"""Which meetings, cases and referrals are behind one line of the board's figures."""

from __future__ import annotations

from collections import Counter
from typing import Final

from textual.app import ComposeResult

from panelkit.domain.fields import short_date
from panelkit.domain.report_year import ReportQuarter
from panelkit.services.desk import Desk
from panelkit.services.quarter_behind import Behind
from panelkit.stats.quarter import Line
from panelkit.stats.quarterly import Figure
from panelkit.tui.screens.statistics.behind import OpensBehind
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS = "Enter opens the meeting, or the histories of the case   h histories   Esc back"
_MET: Final = {True: "yes", False: "no", None: ""}
_KNOWN: Final = {True: "yes", False: "no", None: "not recorded"}


class BehindQuarterScreen(OpensBehind):
    """What was counted in one line. Returns whether something was changed.

    | Key | Does |
    |---|---|
    | Enter | opens the meeting; of a case, its histories |
    | h | the histories of the case |
    """

    def __init__(
        self, desk: Desk, quarter: ReportQuarter, figure: Figure, line: Line,
        found: tuple[Behind, ...],
    ) -> None:  # fmt: skip
        """``found`` is what the service gave for the line."""
        super().__init__()
        self.desk = desk
        self.quarter = quarter
        self.figure = figure
        self.line = line
        self.found = found

    def compose(self) -> ComposeResult:
        """Which line, what was counted in it, the keys."""
        head = f"{self.quarter.label}   {self.figure.name(self.line.row)}: {self.line.shown}"
        rows = RowList(self._rows(), (18, 13, 24, 14, 14), letters="h")
        return self.laid(head, rows, KEYS)

    def _rows(self) -> list[Row]:
        return [self._row(number, one) for number, one in enumerate(self.found)]

    def _row(self, number: int, one: Behind) -> Row:
        met = (_KNOWN if self.line.is_share else _MET)[one.met]
        if one.meeting is not None:
            held = one.meeting
            what = f"{held.level.label} {held.kind.label}"
            return Row(f"meeting:{one.ref}", (one.ref, short_date(held.held_on), what, held.state.label, met))  # fmt: skip
        if one.kind is None:
            return Row(f"other:{number}", (one.ref, "", "", "", met))
        return Row(f"{one.kind}:{one.ref}", (one.ref, "", str(one.kind), "", met))

    def _under(self) -> str:
        kinds = Counter(str(one.kind) for one in self.found if one.kind)
        parts = [f"{many} {kind}{'' if many == 1 else 's'}" for kind, many in kinds.items()]
        said = f"{', '.join(parts) or 'Nothing'}, of those that are open to you."
        if self.line.is_share:
            said += " Yes and no say which of them are counted as met."
        return said

    def on_mount(self) -> None:
        """The list takes the keys; under it stands what it is a list of."""
        self.say(self._under())
        self.query_one(RowList).focus()
