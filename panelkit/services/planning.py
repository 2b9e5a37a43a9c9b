"""Sittings planned: which meetings are heard, in which order, and what waits on whom."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, time

from panelkit.domain.area import Area
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.sitting import Sitting, following, in_order, moved, taken_out, timed
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.store.record import Record, Summary

NEWEST = 500
"""Sittings that a list offers."""


@acting(
    Act.PLAN,
    sittings=Act.READ,
    sitting=Act.READ,
    meetings=Act.READ,
    may_join=Act.READ,
    next_after=Act.READ,
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

    def plan(self, held_on: date, starts: time, *, name: str = "", mode: str = "") -> Sitting:
        """A new sitting, without meetings yet."""
        fresh = Sitting(id=new_id(), held_on=held_on, starts=starts, name=name, mode=mode)
        self.record.add_sitting(fresh, self._by(), command=new_id())
        return fresh

    def change(self, sitting: Sitting, **facts: object) -> Sitting:
        """Its day, start, name or mode changed; meetings not yet begun follow.

        Raises Refused for another day once one of its meetings has begun.
        """
        after = dataclasses.replace(sitting, **facts)  # type: ignore[arg-type]
        meetings = self.meetings(sitting)
        begun = [m.ref for m in meetings if m.state is not MeetingState.PLANNED]
        if begun and after.held_on != sitting.held_on:
            msg = f"{begun[0]} of this sitting has begun: its day stays."
            raise Refused(msg, remedy="Plan another sitting for the rest.")
        self.record.save_sitting(sitting, after, self._by(), command=new_id())
        self._save(meetings, timed(after, meetings), "sitting changed")
        return after

    def meetings(self, sitting: Sitting) -> tuple[Meeting, ...]:
        """Its meetings, in order."""
        here = [s.id for s in self.record.of_sittings([sitting.id])]
        return in_order([*self.record.load_many(here).values()])

    def may_join(self) -> tuple[Summary, ...]:
        """Planned meetings that are in no sitting."""
        planned = self.record.in_states([MeetingState.PLANNED])
        return in_order([meeting for meeting in planned if not meeting.sitting])

    def add(self, sitting: Sitting, ref: str) -> Meeting:
        """A planned meeting put last in the sitting; it takes the sitting's day and a time.

        Raises Refused for one that has begun.
        """
        meeting = self.record.load(ref)
        if meeting.state is not MeetingState.PLANNED:
            msg = f"{meeting.ref} is {meeting.state.label}: only a planned meeting joins a sitting."
            raise Refused(msg)
        there = [m for m in self.meetings(sitting) if m.id != meeting.id]
        before = (*there, meeting)
        after = timed(sitting, before)
        self._save(before, after, "joined a sitting")
        return after[-1]

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

    def _save(self, before: Sequence[Meeting], after: Sequence[Meeting], what: str) -> None:
        pairs = [(old, new) for old, new in zip(before, after, strict=True) if old is not new]
        if pairs:
            self.record.save_all(pairs, self._by(), command=new_id(), what=what)
