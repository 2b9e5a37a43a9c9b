"""Any meeting by typing: the newest are listed, others are looked for by their reference."""

from __future__ import annotations

from datetime import date

from panelkit.domain.area import Area
from panelkit.domain.deadlines import minutes_due_on
from panelkit.domain.fields import short_date
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.caseload import NEWEST
from panelkit.services.desk import Desk
from panelkit.store.record import Summary
from panelkit.tui.screens.listing import Listing
from panelkit.tui.widgets.rowlist import Row

WIDTHS = (17, 12, 14, 10, 13, 44)
"""As on the home screen: when, reference, level and kind, number, state, minutes."""


class FindMeeting(Listing):
    """Returns the meeting chosen, as any list does.

    Of a record with more meetings than are listed, what is typed is looked for among the references
    of all; so nothing reads every meeting.
    """

    def __init__(self, desk: Desk) -> None:
        """``desk`` is whose meetings they are."""
        self.desk = desk
        newest = desk.caseload.newest()
        self.is_whole = len(newest) < NEWEST
        more = (
            "" if self.is_whole else f"; the newest {NEWEST} are listed, a reference finds others"
        )
        super().__init__(
            "Find a meeting", self._rows(newest), WIDTHS,
            foot=f"type any of it; Enter opens{more}", shared=True,
        )  # fmt: skip

    def kept(self, typed: str) -> list[Row]:
        """The rows that have every word; then, of a large record, those whose reference is typed."""
        found = super().kept(typed)
        if self.is_whole or not typed.strip():
            return found
        called = typed.split(maxsplit=1)[0]
        case, _, number = called.rpartition("-")
        if case and number.isdecimal() and len(number) < 3:
            called = case
        there = {row.id for row in found}
        others = self._rows(self.desk.caseload.newest(called))
        words = typed.casefold().split()
        return found + [
            row for row in others
            if row.id not in there and all(w in " ".join(row.cells).casefold() for w in words)
        ]  # fmt: skip

    def _rows(self, meetings: list[Summary]) -> list[Row]:
        today = self.desk.caseload.today()
        return [found_row(meeting, self.desk.area, today) for meeting in meetings]


def found_row(meeting: Summary, area: Area, today: date) -> Row:
    """One meeting by its own facts: when, which, what, how far, when its minutes are due."""
    words, late = "", False
    if meeting.state in (MeetingState.CLOSED, MeetingState.APPROVED):
        due = minutes_due_on(meeting.held_on, meeting.level, area)
        late = due < today
        words = f"minutes {'LATE, were ' if late else ''}due {short_date(due)}"
    slot = f"{meeting.slot:%H:%M}" if meeting.slot else ""
    cells = (
        f"{short_date(meeting.held_on)} {slot}".rstrip(), meeting.ref, f"L{meeting.level} {meeting.kind.label}",
        f"meeting {meeting.number}", meeting.state.label.removeprefix("minutes "), words,
    )  # fmt: skip
    return Row(meeting.ref, cells, strong=late)
