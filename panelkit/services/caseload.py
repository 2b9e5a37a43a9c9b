"""Cases and their meetings: create, start, list, bring in, take out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.beside import Beside
from panelkit.domain.case import REF, Case
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.deadlines import minutes_due
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOff, standing
from panelkit.domain.sitting import in_order
from panelkit.domain.starting import (
    brought_forward,
    first_meeting,
    next_meeting,
    planned_again,
)
from panelkit.domain.vocabulary import (
    Category,
    CustodyStatus,
    Level,
    MeetingKind,
    MeetingState,
    Stops,
)
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock, room_time
from panelkit.store.record import Record, Summary

TOGETHER = 100
"""Meetings that are read together where all are."""
NEWEST = 500
"""Meetings that a list to choose from offers; typing part of a reference offers others."""


def must_be_reference(ref: str) -> None:
    """Raises Refused for words that cannot be a case's reference."""
    if not REF.fullmatch(ref):
        msg = "A case reference is letters, digits and single hyphens, such as WM-0143."
        raise Refused(msg)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a listing."""

    ref: str
    case_ref: str
    held_on: date
    level: Level
    kind: MeetingKind
    state: MeetingState
    standing: str
    """How far it is, in words: also where it was cancelled or postponed."""
    slot: str
    closing: int
    """Gaps that stop closing."""
    approval: int
    """Gaps that stop approval."""
    minutes_due: date


def listed_as(
    meeting: Meeting, area: Area, put_off: Sequence[PutOff], *, counted: bool = True
) -> Listed:
    """A meeting's line, where both are read already; its gaps are 0 where they are not ``counted``."""
    gaps = completeness(meeting, area) if counted else ()
    return Listed(
        ref=meeting.ref,
        case_ref=meeting.case.ref,
        held_on=meeting.held_on,
        level=meeting.level,
        kind=meeting.kind,
        state=meeting.state,
        standing=standing(meeting, put_off),
        slot=meeting.slot.strftime("%H:%M") if meeting.slot else "",
        closing=len(stopping(gaps, Stops.CLOSING)),
        approval=len(stopping(gaps, Stops.APPROVAL)),
        minutes_due=minutes_due(meeting, area),
    )


@acting(
    Act.READ,
    create_case=Act.PLAN,
    open_case=Act.PLAN,
    open_next=Act.PLAN,
    take_in=Act.CARRY,
    take_out=Act.CARRY,
)
class Caseload:
    """What a coordinator or chair does before and between meetings."""

    def __init__(
        self, record: Record, area: Area, agenda: tuple[AgendaItem, ...], clock: Clock, who: str
    ) -> None:
        """``agenda`` is what new meetings are opened with."""
        self.record = record
        self.area = area
        self.agenda = agenda
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    def today(self) -> date:
        """The date on the room's clock."""
        return room_time(self.clock()).date()

    # -- reading -----------------------------------------------------------------------

    def find(self, ref: str) -> Meeting:
        """``WM-0143-3``, or a bare case reference for its open meeting. Raises NotFound."""
        return self.record.load(ref)

    def latest(self, case_ref: str) -> Meeting | None:
        """The last meeting of a case; None where there is none."""
        return self.record.latest(case_ref)

    def same_sitting(self, meeting: Meeting) -> list[Meeting]:
        """Other meetings of its sitting, the one just before it first; where it is in none, or
        alone in it, those held on the same day. Their people may stay for this one."""
        same = self.record.of_sittings([meeting.sitting]) if meeting.sitting else []
        if not any(s.id != meeting.id for s in same):
            same = self.record.held_between(meeting.held_on, meeting.held_on)
        others = [s.id for s in same if s.id != meeting.id]
        ordered = in_order([*self.record.load_many(others).values()])
        here = (meeting.slot is None, meeting.slot or time(), meeting.ref)
        earlier = [m for m in ordered if (m.slot is None, m.slot or time(), m.ref) < here]
        return [*reversed(earlier), *(m for m in ordered if m not in earlier)]

    def beside(self, meeting: Meeting) -> list[Meeting]:
        """Meetings that run beside this one: of the same sitting (or day), begun and not ended."""
        running = (MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD)
        return [m for m in self.same_sitting(meeting) if m.state in running]

    def to_open_beside(self, meeting: Meeting) -> list[Meeting]:
        """Those that may be opened beside this one: running ones first, then planned ones,
        linked cases before others."""
        linked = {row.case_ref.strip().casefold() for row in meeting.live(e.LinkedCase)}
        states = {MeetingState.OPEN: 0, MeetingState.PAUSED: 0, MeetingState.PART_HEARD: 0}
        states[MeetingState.PLANNED] = 1
        found = [m for m in self.same_sitting(meeting) if m.state in states]
        return sorted(found, key=lambda m: (states[m.state], m.case.ref.casefold() not in linked))

    def every(self) -> list[Meeting]:
        """Every meeting with its content, newest first. All of it: for records that are small."""
        return [meeting for meeting, _put_off in self._each()]

    def listing(self) -> list[Listed]:
        """Every meeting, newest first, with what it owes."""
        return list(self.each_listed())

    def each_listed(self) -> Iterator[Listed]:
        """The same, read as far as it is asked for."""
        for meeting, put_off in self._each():
            yield listed_as(meeting, self.area, put_off)

    def _each(self) -> Iterator[tuple[Meeting, tuple[PutOff, ...]]]:
        ids = [summary.id for summary in self.record.meetings()]
        for at in range(0, len(ids), TOGETHER):
            some = ids[at : at + TOGETHER]
            there, put_off = self.record.load_many(some), self.record.put_off_of(some)
            for meeting in there.values():
                yield meeting, put_off.get(meeting.id, ())

    def first_cases(self) -> tuple[str, ...]:
        """References of some cases, as examples of what a reference looks like here."""
        return self.record.first_case_refs(8)

    def planned(self) -> list[Summary]:
        """Planned meetings, the last first, at most ``NEWEST``."""
        return self.record.in_states([MeetingState.PLANNED], limit=NEWEST)

    def newest(self, called: str = "") -> list[Summary]:
        """The newest meetings, at most ``NEWEST``; ``called`` leaves those whose case's reference
        has it somewhere."""
        return self.record.newest(NEWEST, called)

    def standing(self, meeting: Meeting) -> str:
        """How far a meeting is, in words, as :meth:`listing` says it."""
        return standing(meeting, self.record.put_off(meeting.id).get(meeting.id, ()))

    # -- starting ----------------------------------------------------------------------

    def create_case(self, case: Case) -> Case:
        """A new case. Raises Refused for a reference that is taken or cannot be one."""
        must_be_reference(case.ref)
        self.record.add_case(case, self.by(), command=new_id())
        return case

    def open_case(
        self,
        case: Case,
        *,
        level: Level,
        kind: MeetingKind,
        held_on: date,
        where: CustodyStatus | None = None,
    ) -> Meeting:
        """A new case with its first meeting; a refusal makes neither.

        ``where`` the individual is changes who is needed and what is asked.
        """
        meeting = first_meeting(
            case, level=level, kind=kind, held_on=held_on, by=self.by(), area=self.area,
            meeting_id=new_id(), agenda=self.agenda, where=where,
        )  # fmt: skip
        must_be_reference(case.ref)
        self.record.begin(case, meeting, self.by(), command=new_id())
        return meeting

    def open_next(
        self, case_ref: str, *, level: Level, kind: MeetingKind, held_on: date
    ) -> Meeting:
        """A review or emergency meeting from the last one, what is carried stamped.

        An emergency takes the place of a meeting that is planned and has not begun; one that was
        cancelled gets this day and level, and stays the kind that it is.
        """
        last = self.record.latest(case_ref)
        if last is None:
            msg = f"{case_ref} has no meeting yet."
            raise NotFound(msg, remedy="Start an initial meeting.")
        if kind is MeetingKind.EMERGENCY and last.state is MeetingState.PLANNED:
            sooner = brought_forward(
                last, level=level, held_on=held_on, by=self.by(), area=self.area, new_id=new_id()
            )
            self.record.save(last, sooner, self.by(), command=new_id(), what="emergency")
            return sooner
        if self.record.is_cancelled(last):
            return self._planned_again(last, level, held_on)
        meeting = next_meeting(
            last, level=level, kind=kind, held_on=held_on, by=self.by(), area=self.area,
            meeting_id=new_id(), agenda=self.agenda,
        )  # fmt: skip
        return self._save_new(meeting)

    def _planned_again(self, last: Meeting, level: Level, held_on: date) -> Meeting:
        """A cancelled meeting with another day: it keeps its number and what is in it."""
        if held_on == last.held_on:
            msg = f"{last.ref} is cancelled for that day."
            raise Refused(msg, remedy="Say another day, or take the cancellation back.")
        again = planned_again(last, level=level, held_on=held_on, area=self.area)
        self.record.save(last, again, self.by(), command=new_id(), what="planned again")
        return again

    def _save_new(self, meeting: Meeting) -> Meeting:
        self.record.save(None, meeting, self.by(), command=new_id())
        return meeting

    # -- packs -------------------------------------------------------------------------

    def take_in(
        self, meetings: Sequence[Meeting], beside: Beside | None = None
    ) -> tuple[str, bool]:
        """A pack's meetings, earlier ones first, and what it says ``beside`` them, stored: all of
        it or nothing; the reference and whether it is new.

        The same pack again changes nothing. Raises Refused for a different one under the
        same reference, and for a real Category 4 case that this area may not hold; naming the
        place, for a line that cannot stand beside what is here.
        """
        last, beside = meetings[-1], beside or Beside()
        case = last.case
        self.must_be_held_here(case)
        there = self.record.find(last.ref)
        if there is not None:
            if not same_content(there, last):
                raise _differs(last, "Import into another record, or rename the pack's case.")
            if lacking := self.record.lacks(beside):
                msg = f"{last.ref} is already in this record, without {lacking}."
                raise Refused(msg, remedy="Nothing was changed. Enter it on screen or by command.")
            return last.ref, False
        known = self.record.find_case(case.ref)
        if known is not None and known != case:
            msg = f"Case {case.ref} is already in this record, with different facts."
            raise Refused(msg, remedy="Nothing was changed.")
        new = []
        for meeting in meetings:
            found = self.record.find(meeting.ref)
            if found is None:
                new.append(dataclasses.replace(meeting, case=case))
            elif not same_content(found, meeting):
                raise _differs(meeting)
        self.record.take_in(
            None if known is not None else case, new, beside, self.by(), command=new_id()
        )
        return last.ref, True

    def must_be_held_here(self, case: Case) -> None:
        """Raises Refused for a real Category 4 case that this area may not hold."""
        if (
            case.category is Category.FOUR
            and not case.fiction
            and not self.area.category_four_approved_on
        ):
            msg = (
                "Category 4 cases are not held here: the area file gives no approval by the board."
            )
            raise Refused(msg)

    def take_out(self, ref: str, reason: str) -> tuple[Meeting, tuple[Meeting, ...]]:
        """A meeting with its earlier ones, for a pack. A real one needs a reason, journaled."""
        meeting = self.find(ref)
        self.record.must_be_no_practice("taken out as a pack")
        if not meeting.case.fiction:
            if not reason.strip():
                msg = f"{meeting.ref} is a real meeting: say why it leaves the record."
                raise Refused(msg, remedy="Use --reason.")
            for each in (*self.record.earlier(meeting), meeting):
                self.record.note_life(each.id, "exported", self.by(), reason)
        return meeting, self.record.earlier(meeting)

    def told_beside(self, meeting: Meeting) -> Beside:
        """What a pack of the meeting says beside it: the days on which it and the earlier ones were
        put off; with the last meeting of a case its histories, events and referrals too.
        """
        record, case_id = self.record, meeting.case.id
        days = Beside(
            put_off=tuple(
                day
                for each in (*record.earlier(meeting), meeting)
                for day in record.put_off(each.id).get(each.id, ())
            )
        )
        last = record.latest(meeting.case.ref)
        if last is None or last.id != meeting.id:
            return days  # what came later is no part of it
        referrals = tuple(one for one in record.referrals() if one.case_id == case_id)
        return dataclasses.replace(
            days, spans=record.spans(case_id), events=record.events(case_id), referrals=referrals
        )


def _differs(meeting: Meeting, remedy: str = "") -> Refused:
    msg = f"{meeting.ref} is already in this record, with different content."
    return Refused(msg, remedy=f"Nothing was changed. {remedy}".strip())


def same_content(one: Meeting, other: Meeting) -> bool:
    """Whether two values of a meeting hold the same record, in whatever order its rows came."""
    return _ordered(one) == _ordered(other)


def _ordered(meeting: Meeting) -> Meeting:
    rows = {
        kind: tuple(sorted(found, key=lambda row: row.id))
        for kind, found in meeting.rows.items()
        if found
    }
    return dataclasses.replace(meeting, rows=rows)
