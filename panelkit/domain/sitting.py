"""A sitting: one session of a panel, in which several meetings are held one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from panelkit.domain.fields import short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One session of a panel; meetings name it by its id."""

    id: str
    held_on: date
    name: str = ""
    mode: str = ""
    """How it is held: the value of a ``Mode``; blank where it is not said."""
    starts: time | None = None

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


def ends(sitting: Sitting, meetings: Sequence[Booked]) -> time | None:
    """When the last meeting should end; None where no start is said."""
    if sitting.starts is None:
        return None
    start = datetime.combine(sitting.held_on, sitting.starts)
    return (start + timedelta(minutes=sum(m.booked_minutes for m in meetings))).time()
