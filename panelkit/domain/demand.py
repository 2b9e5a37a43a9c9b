"""Capacity against demand: how many minutes of panel are wanted by which day, and which sittings have
room for them.

    plan = fit(asks, rooms, today)

What is wanted is taken in the order of the days it is due; each goes into the first sitting with room
for all of it that is on or before its day, and of its level. That is a suggestion: nothing is listed by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from panelkit.domain.timescales import Calendar
from panelkit.domain.vocabulary import Level, Term


class WantKind(Term):
    """Why a meeting is wanted."""

    REVIEW = "review", "review due, not listed"
    AFTERWARDS = "after_emergency", "review after an emergency panel, not listed"
    FIRST = "first", "accepted referral, no first meeting"
    LATE_FIRST = "first_late", "first meeting planned after its day"
    AGAIN = "again", "cancelled, no new day"
    LOOSE = "loose", "planned, in no sitting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """As many meetings of one kind, level and length that are due on one day."""

    kind: WantKind
    due: date
    level: Level
    minutes: int
    """Of each."""
    count: int = 1

    @property
    def all_minutes(self) -> int:
        """Of all of them."""
        return self.minutes * self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A sitting to come, and what is free of it."""

    sitting: str
    held_on: date
    booked: int
    """Minutes for which it is booked; 0 where that is not said."""
    taken: int
    """Minutes of its meetings."""
    level: str = ""
    """The value of the one level that it is for; blank for both."""
    meetings: int = 0

    @property
    def free(self) -> int:
        """Minutes that are left; none where it is not said for how long it is booked."""
        return max(0, self.booked - self.taken)

    def takes(self, level: Level) -> bool:
        """Whether a meeting of this level may be held in it."""
        return self.level in ("", str(level))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where some of an ask would fit."""

    sitting: str
    held_on: date
    count: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """An ask, and where it fits."""

    ask: Ask
    in_time: tuple[Placed, ...] = ()
    late: tuple[Placed, ...] = ()
    """In sittings after the day it is due."""

    @property
    def fits(self) -> int:
        """How many fit by their day."""
        return sum(one.count for one in self.in_time)

    @property
    def left(self) -> int:
        """How many do not fit by their day."""
        return self.ask.count - self.fits

    @property
    def nowhere(self) -> int:
        """How many fit into no sitting at all that is looked at."""
        return self.left - sum(one.count for one in self.late)

    def of(self, place: int) -> Placed | None:
        """Where the one at this place of the ask fits, counted from 0; None for nowhere."""
        for one in (*self.in_time, *self.late):
            if place < one.count:
                return one
            place -= one.count
        return None


def fit(asks: Sequence[Ask], rooms: Sequence[Room], today: date) -> tuple[Fitted, ...]:
    """Every ask in the order given, with where it fits. Sittings before ``today`` have no room."""
    ahead = sorted((one for one in rooms if one.held_on >= today), key=_first)
    free = {one.sitting: one.free for one in ahead}
    found: dict[int, Fitted] = {}
    due = sorted(range(len(asks)), key=lambda at: (asks[at].due, -asks[at].minutes, at))
    for at in due:
        found[at] = Fitted(asks[at], _into(asks[at], asks[at].count, ahead, free, late=False))
    # What is late takes only what nothing that is in time needs.
    for at in due:
        one = found[at]
        if one.left:
            found[at] = Fitted(
                one.ask, one.in_time, _into(one.ask, one.left, ahead, free, late=True)
            )
    return tuple(found[at] for at in range(len(asks)))


def _first(room: Room) -> tuple[date, bool, str]:
    """Earlier ones first; of a day those that are for one level alone."""
    return (room.held_on, not room.level, room.sitting)


def _into(
    ask: Ask, count: int, rooms: Iterable[Room], free: dict[str, int], *, late: bool
) -> tuple[Placed, ...]:
    placed = []
    for room in rooms:
        if count == 0:
            break
        if (room.held_on > ask.due) is not late or not room.takes(ask.level) or ask.minutes <= 0:
            continue
        here = min(count, free[room.sitting] // ask.minutes)
        if here:
            free[room.sitting] -= here * ask.minutes
            count -= here
            placed.append(Placed(room.sitting, room.held_on, here))
    return tuple(placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of the outlook; the first one has what is late already."""

    first: date
    """Its Monday, or the day it is looked at."""
    last: date
    working_days: int
    sittings: int = 0
    booked: int = 0
    taken: int = 0
    free: tuple[tuple[str, int], ...] = ()
    """Free minutes by level: its value, blank for sittings of both."""
    wanted: tuple[tuple[Level, int], ...] = ()
    """Minutes wanted by level."""
    meetings: int = 0
    """How many meetings are wanted."""
    unfit: int = 0
    """How many of them do not fit by their day."""
    unfit_minutes: int = 0
    late: int = 0
    """How many of them were due before the outlook begins."""
    unsaid: int = 0
    """Sittings that do not say for how long they are booked: their room is not known."""
    kinds: tuple[tuple[WantKind, int], ...] = field(default=())
    """How many of each kind."""

    @property
    def all_free(self) -> int:
        """Free minutes, of every level."""
        return sum(minutes for _level, minutes in self.free)

    @property
    def all_wanted(self) -> int:
        """Minutes wanted, of every level."""
        return sum(minutes for _level, minutes in self.wanted)


def weeks_of(
    fitted: Sequence[Fitted], rooms: Sequence[Room], today: date, weeks: int, calendar: Calendar
) -> tuple[Week, ...]:
    """The outlook week by week from ``today`` on: capacity, demand, what does not fit.

    What was due before today is wanted in the first week, and never fits in time.
    """
    found, first = [], today
    for number in range(weeks):
        last = first + timedelta(days=6 - first.weekday())
        here = [one for one in rooms if first <= one.held_on <= last]
        mine = [
            one for one in fitted
            if first <= one.ask.due <= last or (number == 0 and one.ask.due < first)
        ]  # fmt: skip
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        levels = ("", *(str(level) for level in (Level.TWO, Level.THREE)))
        found.append(
            Week(
                first=first, last=last, working_days=sum(map(calendar.is_working_day, days)),
                sittings=len(here), booked=sum(one.booked for one in here),
                taken=sum(one.taken for one in here),
                free=tuple((level, sum(r.free for r in here if r.level == level)) for level in levels),
                wanted=tuple(
                    (level, sum(one.ask.all_minutes for one in mine if one.ask.level is level))
                    for level in (Level.TWO, Level.THREE)
                ),
                meetings=sum(one.ask.count for one in mine), unfit=sum(one.left for one in mine),
                unfit_minutes=sum(one.left * one.ask.minutes for one in mine),
                late=sum(one.ask.count for one in mine if one.ask.due < today),
                unsaid=sum(not one.booked for one in here),
                kinds=tuple(
                    (kind, many) for kind in WantKind
                    if (many := sum(one.ask.count for one in mine if one.ask.kind is kind))
                ),
            )
        )  # fmt: skip
        first = last + timedelta(days=1)
    return tuple(found)
