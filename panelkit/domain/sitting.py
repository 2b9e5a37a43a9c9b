"""A sitting: one session of a panel, in which several meetings are held one after another."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol, TypeVar

from panelkit.domain.entries import Attendance
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import short_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.vocabulary import AgencyType, MeetingRole, MeetingState, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One session of a panel; meetings name it by its id."""

    id: str
    held_on: date
    name: str = ""
    mode: str = ""
    """How it is held: the value of a ``Mode``; blank where it is not said."""
    starts: time | None = None
    chair: str = ""
    """Who chairs it: a name, or a name and an organisation after a comma; blank where it is not said."""
    minute_taker: str = ""
    """Who takes its minutes, said likewise."""
    booked_minutes: int = 0
    """For how long it is booked; 0 where that is not said: then it has no room that is known."""
    level: str = ""
    """The level its chair may chair: the value of a ``Level``, blank for Level 2 and Level 3 alike."""
    joining: str = ""
    """Restricted: how to join, such as a link and a number to ring. Printed in invitations alone."""
    joining_number: int = 0
    """Counts the joining instructions it had, so that who has old ones is known."""

    @property
    def planned_end(self) -> datetime | None:
        """When it is booked until; None where its start or its length is not said."""
        if self.starts is None or not self.booked_minutes:
            return None
        start = datetime.combine(self.held_on, self.starts)
        return start + timedelta(minutes=self.booked_minutes)

    @property
    def mode_label(self) -> str:
        """``Remote``; blank where it is not said, the words as stored where not of our list."""
        return next((mode.label for mode in Mode if str(mode) == self.mode), self.mode)

    @property
    def title(self) -> str:
        """Its name, else its day: what a list calls it."""
        return self.name or f"Sitting of {short_date(self.held_on)}"


class Booked(Protocol):
    """What of a meeting says where it stands in its sitting: its own facts will do."""

    @property
    def ref(self) -> str:
        """Its reference."""
        ...

    @property
    def slot(self) -> time | None:
        """The time it is booked for."""
        ...

    @property
    def booked_minutes(self) -> int:
        """For how long."""
        ...


B = TypeVar("B", bound=Booked)


def in_order(meetings: Sequence[B]) -> tuple[B, ...]:
    """By the time each is booked for; those without one last, by reference."""
    return tuple(sorted(meetings, key=lambda m: (m.slot is None, m.slot or time(), m.ref)))


def timed(sitting: Sitting, meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """The meetings in this order, each booked when the one before it should end.

    A meeting that has begun keeps its time, and the next follows it. A sitting always has a
    start where it is planned on screen; one that came without counts from nine o'clock.
    """
    at = datetime.combine(sitting.held_on, sitting.starts or time(9))
    placed = []
    for meeting in meetings:
        facts = {"sitting": sitting.id, "slot": at.time(), "held_on": sitting.held_on}
        same = all(getattr(meeting, name) == value for name, value in facts.items())
        if meeting.state is MeetingState.PLANNED and not same:
            placed.append(meeting.with_facts(**facts))
        else:
            placed.append(meeting)
        if meeting.state is not MeetingState.PLANNED and meeting.slot is not None:
            at = max(at, datetime.combine(sitting.held_on, meeting.slot))
        at += timedelta(minutes=meeting.booked_minutes)
    return tuple(placed)


def taken_out(meeting: Meeting) -> Meeting:
    """The meeting in no sitting; its day stays."""
    return meeting.with_facts(sitting="", slot=None)


def moved(meetings: Sequence[Meeting], ref: str, by: int) -> tuple[Meeting, ...]:
    """The same meetings with one earlier or later in the order; at an end it stays."""
    order = list(meetings)
    here = next((place for place, meeting in enumerate(order) if meeting.ref == ref), None)
    if here is None or not 0 <= here + by < len(order):
        return tuple(order)
    order.insert(here + by, order.pop(here))
    return tuple(order)


def following(meetings: Sequence[Meeting], here: Meeting) -> Meeting | None:
    """The next meeting of the sitting that is still to be held; None after the last."""
    order = in_order(meetings)
    place = next((i for i, meeting in enumerate(order) if meeting.id == here.id), -1)
    waits = (MeetingState.PLANNED, MeetingState.PAUSED, MeetingState.OPEN)
    later = [m for m in (*order[place + 1 :], *order[: max(place, 0)]) if m.state in waits]
    return later[0] if later else None


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who chairs a sitting or takes its minutes."""

    name: str
    organisation: str = ""


def officer(words: str) -> Officer:
    """``DI Sam Okoro, Harrowmere Police`` as a person and an organisation; a name alone has none."""
    name, _, organisation = (part.strip() for part in words.partition(","))
    return Officer(name, organisation)


def same_person(one: str, other: str) -> bool:
    """Whether two names are one, whatever their capitals and spaces; nobody is the same as nobody."""
    first, second = (" ".join(name.casefold().split()) for name in (one, other))
    return bool(first) and first == second


OFFICERS: Final = ((MeetingRole.CHAIR, "chair"), (MeetingRole.MINUTE_TAKER, "minute_taker"))
"""What a sitting says of its meetings, unless they say otherwise: the role and the field of both."""


def with_officers(
    meeting: Meeting, before: Sitting | None, after: Sitting, agencies: Mapping[str, AgencyType],
    by: By,
) -> Meeting:  # fmt: skip
    """A planned meeting with the chair and the minute taker of its sitting on its list at A1.

    Where somebody else is on it already, that was said otherwise and stays; whom it had from the
    sitting (``before``, as it was) follows the sitting. ``agencies`` are the organisations that the
    area names, by their names in small letters.
    """
    for role, field in OFFICERS:
        was = officer(getattr(before, field)) if before else Officer("")
        now = officer(getattr(after, field))
        there = meeting.role(role)
        if not now.name or (there is not None and same_person(there.name, now.name)):
            continue
        agency = agencies.get(now.organisation.casefold())
        if there is None:
            every = meeting.of(Attendance)
            gone = (row.name for row in every if row.withdrawn and row.meeting_role is role)
            if any(same_person(name, now.name) for name in gone):
                continue  # taken off the list again: that was said otherwise
            stem = f"{meeting.id}:{after.id}:{role}:{len(every)}"
            entry_id = str(uuid.uuid5(uuid.NAMESPACE_OID, stem))
            row = Attendance(
                id=entry_id, name=now.name, organisation=now.organisation, agency=agency,
                meeting_role=role,
            )  # fmt: skip
            meeting = meeting.add(row, by)
        elif same_person(there.name, was.name) and not there.carried_from:
            meeting = meeting.change(
                Attendance,
                there.id,
                by,
                name=now.name,
                organisation=now.organisation,
                agency=agency,
            )
    return meeting


def minutes_until(starts: time, until: time) -> int:
    """Minutes from a start to an end of the same day. Raises BadInput for an end before its start."""
    day = date.min
    long = (datetime.combine(day, until) - datetime.combine(day, starts)) / timedelta(minutes=1)
    if long <= 0:
        msg = f"It ends at {until:%H:%M}, and starts at {starts:%H:%M}."
        raise BadInput(msg, remedy="Say an end after its start, on the same day.")
    return int(long)


def ends(sitting: Sitting, meetings: Sequence[Booked]) -> time | None:
    """When the last meeting should end; None where no start is said."""
    if sitting.starts is None:
        return None
    start = datetime.combine(sitting.held_on, sitting.starts)
    return (start + timedelta(minutes=sum(m.booked_minutes for m in meetings))).time()
