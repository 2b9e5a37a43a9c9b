"""Sittings planned: which meetings are heard, in which order, by whom, and what does not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.chasing import called, short
from panelkit.domain.clashes import Booking, Clash, clashes
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import is_cancelled
from panelkit.domain.sitting import (
    Sitting,
    following,
    in_order,
    moved,
    taken_out,
    timed,
    with_officers,
)
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import Level, MeetingState, Mode
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.words import line
from panelkit.store.record import Record, Summary

NEWEST = 500
"""Sittings that a list offers."""
TO_COME: Final = (
    MeetingState.PLANNED,
    MeetingState.OPEN,
    MeetingState.PAUSED,
    MeetingState.PART_HEARD,
)
"""States in which a meeting takes somebody's time on its day."""
LONGEST: Final = 24 * 60
"""Minutes of a sitting, at most: it is of one day."""


def ref_of(sitting: Sitting) -> str:
    """``S-3FA9C2``: what a sitting is called by, beside its day."""
    return f"S-{short(sitting.id)}"


@acting(
    Act.PLAN,
    sittings=Act.READ,
    sitting=Act.READ,
    named=Act.READ,
    meetings=Act.READ,
    may_join=Act.READ,
    next_after=Act.READ,
    check=Act.READ,
)
class Planning:
    """What a coordinator does before a sitting."""

    def __init__(self, record: Record, area: Area, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else who they say they are."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    def sittings(self) -> tuple[Sitting, ...]:
        """The newest sittings, at most ``NEWEST``, the last first."""
        return self.record.newest_sittings(NEWEST)

    def sitting(self, sitting_id: str) -> Sitting:
        """One by id. Raises NotFound."""
        found = self.record.find_sitting(sitting_id)
        if found is not None:
            return found
        msg = "That sitting is not in this record."
        raise NotFound(msg)

    def named(self, words: str) -> Sitting:
        """One by the day it is held on, where that has one, else by ``S-3FA9C2``.

        Raises NotFound; BadInput, naming them, where a day has several.
        """
        try:
            day = date.fromisoformat(words.strip())
        except ValueError:
            return called(words, "S-", self.sittings(), "sitting", "panelkit sitting list")
        there = self.record.sittings_between(day, day)
        if not there:
            msg = f"No sitting is planned for {long_date(day)}."
            raise NotFound(msg, remedy="See panelkit sitting list.")
        if len(there) > 1:
            msg = f"{long_date(day)} has {len(there)} sittings."
            raise BadInput(msg, remedy=f"Say which: {', '.join(map(ref_of, reversed(there)))}.")
        return there[0]

    def plan(
        self, held_on: date, starts: time, *, name: str = "", mode: str = "", chair: str = "",
        minute_taker: str = "", booked_minutes: int = 0, level: str = "",
    ) -> Sitting:  # fmt: skip
        """A new sitting, without meetings yet. Raises BadInput for one that cannot be so."""
        fresh = self._right(
            Sitting(
                id=new_id(), held_on=held_on, starts=starts, name=line(name), mode=mode,
                chair=line(chair), minute_taker=line(minute_taker), booked_minutes=booked_minutes,
                level=level,
            )
        )  # fmt: skip
        self.record.add_sitting(fresh, self._by(), command=new_id())
        return fresh

    def change(self, sitting: Sitting, **facts: object) -> Sitting:
        """Its day, start, name, mode, length, level, chair or minute taker changed; meetings not yet
        begun follow.

        Raises Refused for another day once one of its meetings has begun, BadInput for what cannot
        be so.
        """
        facts = {k: line(v) if isinstance(v, str) else v for k, v in facts.items()}
        after = self._right(dataclasses.replace(sitting, **facts))  # type: ignore[arg-type]
        meetings = self.meetings(sitting)
        begun = [m.ref for m in meetings if m.state is not MeetingState.PLANNED]
        if begun and after.held_on != sitting.held_on:
            msg = f"{begun[0]} of this sitting has begun: its day stays."
            raise Refused(msg, remedy="Plan another sitting for the rest.")
        self.record.save_sitting(sitting, after, self._by(), command=new_id())
        self._save(
            meetings, self._seated(sitting, after, timed(after, meetings)), "sitting changed"
        )
        return after

    def say_joining(self, sitting: Sitting, words: str) -> Sitting:
        """How it is joined, such as a link and a number to ring; blank for nothing to say.

        Other words are counted: who was sent the old ones is told so. Raises StaleRecord.
        """
        clean = gate(words).text.strip()
        if clean == sitting.joining:
            return sitting
        after = dataclasses.replace(
            sitting, joining=clean, joining_number=sitting.joining_number + 1
        )
        self.record.save_sitting(sitting, after, self._by(), command=new_id())
        return after

    def _right(self, sitting: Sitting) -> Sitting:
        if not 0 <= sitting.booked_minutes <= LONGEST:
            msg = f"A sitting is booked for up to {LONGEST} minutes, not {sitting.booked_minutes}."
            raise BadInput(msg, remedy="Say when it ends on the same day.")
        end = sitting.planned_end
        if end is not None and end.date() != sitting.held_on and end.time() != time():
            msg = f"It would end on {long_date(end.date())}: a sitting is of one day."
            raise BadInput(msg, remedy="Say an earlier end, or plan two sittings.")
        if sitting.mode and sitting.mode not in tuple(map(str, Mode)):
            raise BadInput("How is it held?", remedy=f"Say one of {', '.join(Mode)}.")
        if sitting.level not in ("", str(Level.TWO), str(Level.THREE)):
            raise BadInput("A sitting is for Level 2, for Level 3, or for both.")
        return sitting

    def meetings(self, sitting: Sitting) -> tuple[Meeting, ...]:
        """Its meetings, in order."""
        here = [s.id for s in self.record.of_sittings([sitting.id])]
        return in_order([*self.record.load_many(here).values()])

    def may_join(self) -> tuple[Summary, ...]:
        """Planned meetings that are in no sitting."""
        planned = self.record.in_states([MeetingState.PLANNED])
        return in_order([meeting for meeting in planned if not meeting.sitting])

    def add(self, sitting: Sitting, ref: str) -> Meeting:
        """A planned meeting put last in the sitting; it takes the sitting's day, a time, its chair and
        its minute taker.

        Raises Refused for one that has begun or stands cancelled, and for a case that is in the
        sitting already.
        """
        meeting = self.record.load(ref)
        if meeting.state is not MeetingState.PLANNED:
            msg = f"{meeting.ref} is {meeting.state.label}: only a planned meeting joins a sitting."
            raise Refused(msg)
        if self.record.is_cancelled(meeting):
            msg = f"{meeting.ref} stands cancelled."
            raise Refused(msg, remedy="Plan it for another day first.")
        there = [m for m in self.meetings(sitting) if m.id != meeting.id]
        twice = next((m for m in there if m.case.id == meeting.case.id), None)
        if twice is not None:
            msg = f"{twice.ref} of the same case is in that sitting."
            raise Refused(msg, remedy="A case is heard once in a sitting.")
        was = self.record.find_sitting(meeting.sitting) if meeting.sitting else None
        before = (*there, meeting)
        placed = timed(sitting, before)
        last = self._seated(was, sitting, placed[-1:])
        self._save(before, (*placed[:-1], *last), "joined a sitting")
        return last[0]

    def take_out(self, sitting: Sitting, ref: str) -> None:
        """A planned meeting taken out; those after it move up. Raises Refused once it has begun."""
        there = self.meetings(sitting)
        gone = next((m for m in there if m.ref == ref), None)
        if gone is None:
            return
        if gone.state is not MeetingState.PLANNED:
            msg = f"{gone.ref} is {gone.state.label}: it stays in its sitting."
            raise Refused(msg)
        rest = [m for m in there if m.id != gone.id]
        self._save((gone, *rest), (taken_out(gone), *timed(sitting, rest)), "left a sitting")

    def move(self, sitting: Sitting, ref: str, by: int) -> None:
        """One meeting earlier (-1) or later (1); the times follow."""
        there = moved(self.meetings(sitting), ref, by)
        self._save(there, timed(sitting, there), "sitting in another order")

    def next_after(self, meeting: Meeting) -> Meeting | None:
        """The next meeting of its sitting still to be held; on the same day where it is in none."""
        if meeting.sitting:
            here = self.record.of_sittings([meeting.sitting])
        else:
            here = self.record.held_between(meeting.held_on, meeting.held_on)
        return following([*self.record.load_many([s.id for s in here]).values()], meeting)

    # -- what does not fit -----------------------------------------------------------------

    def check(self, sitting: Sitting) -> tuple[Clash, ...]:
        """What cannot work of one sitting, beside everything else of its day; nothing stops for it.

        What is said of somebody who declared an interest is restricted.
        """
        day = sitting.held_on
        found = [
            one for one in self.record.held_between(day, day) if one.state in TO_COME
        ]  # fmt: skip
        ids = [one.id for one in found]
        people = self.record.officers_of(ids)
        mine = {one.case_ref for one in found if one.sitting == sitting.id}
        declared = self.record.declared_in(sorted(mine))
        off = self.record.put_off_of(ids)
        bookings = [
            Booking(
                ref=one.ref, case_ref=one.case_ref, held_on=one.held_on, slot=one.slot,
                booked_minutes=one.booked_minutes, level=one.level, sitting=one.sitting,
                officers=people.get(one.id, ()), declared=declared.get(one.case_ref, ()),
            )
            for one in found
            if not is_cancelled(one, off.get(one.id, ()))
        ]  # fmt: skip
        others = self.record.sittings_between(day, day)
        return clashes(sitting, others, bookings, self.area.calendar)

    def _seated(
        self, before: Sitting | None, after: Sitting, meetings: Iterable[Meeting]
    ) -> tuple[Meeting, ...]:
        """Those that are still to be held with the chair and the minute taker of their sitting."""
        agencies = {name.casefold(): agency for name, agency in self.area.organisations}
        by = self._by()
        return tuple(
            with_officers(one, before, after, agencies, by)
            if one.state is MeetingState.PLANNED
            else one
            for one in meetings
        )

    def _save(self, before: Sequence[Meeting], after: Sequence[Meeting], what: str) -> None:
        pairs = [(old, new) for old, new in zip(before, after, strict=True) if old is not new]
        if pairs:
            self.record.save_all(pairs, self._by(), command=new_id(), what=what)
