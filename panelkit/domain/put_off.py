"""Meetings that were not held on the day they were planned for: cancelled, or postponed.

The meeting stays in the record. A cancelled one is in no denominator, a postponed one counts as
late (quality notes section 6 [I]).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState, Term


class PutOffKind(Term):
    """What became of the day."""

    CANCELLED = "cancelled", "Cancelled"
    POSTPONED = "postponed", "Postponed"


class PutOffReason(Term):
    """Why, coded; the list is ours [I]."""

    NOT_QUORATE = "not_quorate", "Not quorate"
    STAFFING = "staffing", "Staffing"
    REPORTS = "reports", "Reports not there"
    LEAD = "lead_absent", "Lead officer absent"
    CUSTODY = "custody", "In custody, or release moved"
    NOT_NEEDED = "not_needed", "No longer needed"
    BROUGHT_FORWARD = "brought_forward", "An emergency panel was held instead"
    TECHNICAL = "technical", "Room or connection"
    OTHER = "other", "Other"


NO_CANCELLATION: Final = frozenset({PutOffReason.BROUGHT_FORWARD})
"""Reasons for a day given up that another meeting took; nothing was postponed with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """One day on which a meeting was not held."""

    id: str
    meeting_id: str
    number: int = 0
    """Its place among those of its meeting."""
    kind: PutOffKind
    reason: PutOffReason
    decided_on: date
    planned_for: date
    """The day that was given up."""
    new_day: date | None = None
    """The day it was postponed to."""
    words: str = ""
    """Restricted: what happened."""
    withdrawn: str = ""
    """Why it was not so; blank where it was."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn

    @property
    def words_of_it(self) -> str:
        """``Postponed from 3 June 2022 to 10 June 2022: Staffing``."""
        to = f" to {long_date(self.new_day)}" if self.new_day else ""
        by = "from " if self.kind is PutOffKind.POSTPONED else "on "
        return f"{self.kind.label} {by}{long_date(self.planned_for)}{to}: {self.reason.label}"


class Planned(Protocol):
    """What of a meeting says whether it stands cancelled: its own facts will do."""

    @property
    def state(self) -> MeetingState:
        """How far it is."""
        ...

    @property
    def held_on(self) -> date:
        """Its day."""
        ...


def is_cancelled(meeting: Planned, put_off: Sequence[PutOff]) -> bool:
    """Whether the meeting stands cancelled: not held, and given no other day since."""
    live = [one for one in put_off if one.is_live]
    if meeting.state is not MeetingState.PLANNED or not live:
        return False
    last = live[-1]
    return last.kind is PutOffKind.CANCELLED and last.planned_for == meeting.held_on


def standing(meeting: Planned, put_off: Sequence[PutOff]) -> str:
    """How far a meeting is, as every list says it: ``cancelled``, or ``postponed to 3 May 2026``
    while it waits for the day it was postponed to; else its state.
    """
    if is_cancelled(meeting, put_off):
        return "cancelled"
    live = [one for one in put_off if one.is_live]
    if meeting.state is MeetingState.PLANNED and live and live[-1].new_day == meeting.held_on:
        return f"postponed to {long_date(meeting.held_on)}"
    return meeting.state.label


def must_be_right(meeting: Meeting, there: Sequence[PutOff], new: PutOff, today: date) -> None:
    """Raises Refused for a meeting that has begun or stands cancelled, BadInput for a wrong day."""
    if meeting.state is not MeetingState.PLANNED:
        raise Refused(f"{meeting.ref} is {meeting.state.label}: it was not put off.")
    if is_cancelled(meeting, there):
        raise Refused(f"{meeting.ref} stands cancelled already.", remedy="Plan it for another day.")
    if new.decided_on > today:
        raise BadInput(f"{long_date(new.decided_on)} is still to come.")
    if new.reason is PutOffReason.OTHER and not new.words:
        raise BadInput("Another reason needs its words.", remedy="With --words.")
    if new.kind is PutOffKind.POSTPONED:
        if new.reason in (PutOffReason.NOT_NEEDED, *NO_CANCELLATION):
            raise BadInput(f"{new.reason.label}: that is cancelled, not postponed.")
        if new.new_day is None or new.new_day <= new.planned_for:
            planned = long_date(new.planned_for)
            raise BadInput(
                f"{meeting.ref} is planned for {planned}: it is postponed to a later day."
            )
