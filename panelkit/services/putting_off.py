"""A planned meeting cancelled or postponed; why an emergency panel was called.

The meeting stays with everything typed into it. A cancelled one is planned again with
``Caseload.open_next``; a postponed one has its new day at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from panelkit.domain import put_off as p
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.words import because, line
from panelkit.store.record import Record


@acting(Act.PLAN, of=Act.READ, is_cancelled=Act.READ)
class PuttingOff:
    """What a co-ordinator does with a day that cannot be kept."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    def of(self, ref: str) -> tuple[Meeting, tuple[PutOff, ...]]:
        """A meeting with the days on which it was not held; their places, from 1, are the numbers
        that people use. Raises NotFound."""
        meeting = self.record.load(ref)
        return meeting, self.record.put_off(meeting.id).get(meeting.id, ())

    def is_cancelled(self, ref: str) -> bool:
        """Whether it stands cancelled. Raises NotFound."""
        return self.record.is_cancelled(self.record.load(ref))

    def cancel(
        self, ref: str, reason: PutOffReason, day: date | None = None, words: str = ""
    ) -> tuple[PutOff, ...]:
        """It is not held on the day it was planned for, and has no other; decided on ``day``, else
        today. Raises NotFound, BadInput, Refused once it has begun, PenElsewhere.
        """
        return self._put_off(ref, PutOffKind.CANCELLED, reason, day, words, None)

    def postpone(
        self, ref: str, to: date, reason: PutOffReason, day: date | None = None, words: str = ""
    ) -> tuple[PutOff, ...]:
        """It is held on a later day instead, and counts as late. Raises as :meth:`cancel`."""
        return self._put_off(ref, PutOffKind.POSTPONED, reason, day, words, to)

    def _put_off(
        self, ref: str, kind: PutOffKind, reason: PutOffReason, day: date | None, words: str,
        to: date | None,
    ) -> tuple[PutOff, ...]:  # fmt: skip
        meeting, there = self.of(ref)
        today = room_day(self.clock())
        new = PutOff(
            id=new_id(), meeting_id=meeting.id, number=len(there) + 1, kind=kind, reason=reason,
            decided_on=day or today, planned_for=meeting.held_on, new_day=to,
            words=line(words), typed_by=self.who, typed_at=self.clock(),
        )  # fmt: skip
        p.must_be_right(meeting, there, new, today)
        # It leaves its sitting: that goes on without it.
        after = meeting.with_facts(sitting="", slot=None, held_on=to or meeting.held_on)
        self.record.keep_put_off((meeting, after), None, new, self._by(), command=new_id())
        return self.of(ref)[1]

    def undo(self, ref: str, number: int, why: str) -> tuple[PutOff, ...]:
        """It was not so: the line stays in sight with the reason, and the meeting has its day again
        where it has not begun. Raises NotFound, BadInput, Refused for one that is not the last.
        """
        meeting, there = self.of(ref)
        clean = because(why)
        if not 1 <= number <= len(there):
            msg = f"{meeting.ref} has no line {number}."
            raise NotFound(msg, remedy="See panelkit meeting days.")
        before = there[number - 1]
        if not before.is_live:
            raise Refused(f"Line {number} of {meeting.ref} was withdrawn.")
        if any(one.is_live for one in there[number:]):
            raise Refused(f"{meeting.ref} was put off again since.", remedy="Take that back first.")
        gone = replace(
            before, withdrawn=clean, typed_by=self.who, typed_at=self.clock(),
            revision=before.revision + 1,
        )  # fmt: skip
        moved = before.kind is PutOffKind.POSTPONED and before.new_day == meeting.held_on
        after = meeting
        if moved and meeting.state is MeetingState.PLANNED:
            after = meeting.with_facts(held_on=before.planned_for)
        self.record.keep_put_off((meeting, after), before, gone, self._by(), command=new_id())
        return self.of(ref)[1]
