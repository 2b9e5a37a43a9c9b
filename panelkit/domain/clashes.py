"""What of a planned sitting cannot work: the same person or case in two places, more than fits, a day
that is not worked. Each is named with its place and a way on; none of them stops anybody.

    clashes(sitting, others, bookings, area.calendar)

What is looked at are the sittings and meetings of one day; whether two of them meet is asked of the
hours that the record says, and where it says none nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from panelkit.domain.fields import long_date
from panelkit.domain.sitting import OFFICERS, Sitting, in_order, officer, same_person
from panelkit.domain.timescales import Calendar, say_bank_holidays
from panelkit.domain.vocabulary import InterestHandling, Level, MeetingRole, Term


class ClashKind(Term):
    """What does not fit."""

    CHAIR = "chair", "Chair in two places"
    MINUTE_TAKER = "minute_taker", "Minute taker in two places"
    CASE = "case", "Case listed twice"
    INTEREST = "interest", "Declared interest"
    OVERLAP = "overlap", "Sittings at the same time"
    OVERFULL = "overfull", "More than fits"
    LEVEL = "level", "Another level"
    SAID = "said", "Somebody else is on the list"
    NOBODY = "nobody", "Nobody is named"
    DAY = "day", "No working day"
    CALENDAR = "calendar", "Bank holidays not known"


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that does not fit."""

    kind: ClashKind
    place: str
    """Which sitting or meeting: never a name."""
    words: str
    """What is wrong; restricted, for it may name who declared an interest."""
    remedy: str
    """A way on."""

    @property
    def sentence(self) -> str:
        """All of it."""
        return f"{self.place}: {self.words} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Declared:
    """An interest that somebody declared in a case, at one of its meetings."""

    name: str
    handling: InterestHandling | None
    at: str
    """The meeting's reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What of a meeting is looked at."""

    ref: str
    case_ref: str
    held_on: date
    slot: time | None
    booked_minutes: int
    level: Level
    sitting: str = ""
    officers: tuple[tuple[MeetingRole, str], ...] = ()
    """Who is on its own list as chair and as minute taker."""
    declared: tuple[Declared, ...] = field(default_factory=tuple)

    def on_list(self, role: MeetingRole) -> str:
        """Who is on its list in this role; blank for nobody."""
        return next((name for each, name in self.officers if each is role), "")


@dataclass(frozen=True, slots=True)
class _Span:
    """Somebody is wanted somewhere from one time to another."""

    place: str
    sitting: str
    name: str
    start: datetime
    end: datetime

    def meets(self, other: _Span) -> bool:
        return self.start < other.end and other.start < self.end


_HANDLED: Final = (InterestHandling.STAYS,)
"""Ways to deal with an interest after which somebody still chairs, or takes the minutes."""


def clashes(
    sitting: Sitting, others: Iterable[Sitting], bookings: Iterable[Booking], calendar: Calendar
) -> tuple[Clash, ...]:
    """Everything that does not fit of one sitting, the order of :class:`ClashKind`.

    ``others`` are the other sittings of its day, ``bookings`` the meetings of that day that are still
    to be held, in whichever sitting or none.
    """
    beside = [one for one in others if one.id != sitting.id and one.held_on == sitting.held_on]
    every = [one for one in bookings if one.held_on == sitting.held_on]
    mine = list(in_order([one for one in every if one.sitting == sitting.id]))
    found = [
        *_two_places(sitting, beside, every), *_twice(sitting, mine, every), *_interests(sitting, mine),
        *_overlaps(sitting, beside, every), *_overfull(sitting, mine), *_levels(sitting, mine),
        *_said(sitting, mine), *_nobody(sitting, mine), *_day(sitting, calendar),
    ]  # fmt: skip
    order = list(ClashKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def _end(sitting: Sitting, bookings: Sequence[Booking]) -> datetime | None:
    """When it is over: as it is booked, or as its meetings last, whichever is later."""
    if sitting.starts is None:
        return None
    start = datetime.combine(sitting.held_on, sitting.starts)
    ends = [
        datetime.combine(sitting.held_on, one.slot) + timedelta(minutes=one.booked_minutes)
        for one in bookings
        if one.sitting == sitting.id and one.slot is not None
    ]
    planned = sitting.planned_end
    return max([start, *ends, *([planned] if planned else [])])


def _hours(sitting: Sitting, bookings: Sequence[Booking]) -> str:
    end = _end(sitting, bookings)
    starts = f"{sitting.starts:%H:%M}" if sitting.starts else ""
    return f"{sitting.title}, {starts} to {end:%H:%M}" if end else sitting.title


# -- one person, one case, in two places ----------------------------------------------------------


def _spans(
    role: MeetingRole, said: str, sittings: Sequence[Sitting], bookings: Sequence[Booking]
) -> Iterator[_Span]:
    """Where somebody is wanted in a role: for a sitting all of it, for a meeting its own slot."""
    there = {one.id: one for one in sittings}
    for one in sittings:
        end, name = _end(one, bookings), officer(getattr(one, said)).name
        if name and end is not None and one.starts is not None:
            start = datetime.combine(one.held_on, one.starts)
            yield _Span(one.title, one.id, name, start, end)
    for each in bookings:
        name = each.on_list(role)
        own = there.get(each.sitting)
        if not name or each.slot is None:
            continue
        if own is not None and same_person(officer(getattr(own, said)).name, name):
            continue  # the whole sitting was counted
        start = datetime.combine(each.held_on, each.slot)
        end = start + timedelta(minutes=each.booked_minutes)
        yield _Span(each.ref, each.sitting, name, start, end)


def _two_places(
    sitting: Sitting, beside: Sequence[Sitting], every: Sequence[Booking]
) -> Iterator[Clash]:
    for role, said in OFFICERS:
        kind = ClashKind.CHAIR if role is MeetingRole.CHAIR else ClashKind.MINUTE_TAKER
        spans = list(_spans(role, said, [sitting, *beside], every))
        for here in (one for one in spans if one.sitting == sitting.id):
            for other in spans:
                inside = other.sitting == sitting.id
                if other is here or (inside and other.place <= here.place):
                    continue
                if same_person(here.name, other.name) and here.meets(other):
                    yield Clash(
                        kind, here.place,
                        f"{here.name} is wanted there from {here.start:%H:%M} to {here.end:%H:%M}, and at {other.place} from {other.start:%H:%M} to {other.end:%H:%M}.",
                        f"Name another {role.label.lower()}, or move one of them.",
                    )  # fmt: skip


def _twice(sitting: Sitting, mine: Sequence[Booking], every: Sequence[Booking]) -> Iterator[Clash]:
    for one in mine:
        for other in every:
            inside = other.sitting == sitting.id
            if other.case_ref != one.case_ref or other.ref == one.ref:
                continue
            if inside and other.ref < one.ref:
                continue
            yield Clash(
                ClashKind.CASE, one.ref, f"the same case is listed that day as {other.ref} too.",
                "Take one of them out of its sitting.",
            )  # fmt: skip


def _interests(sitting: Sitting, mine: Sequence[Booking]) -> Iterator[Clash]:
    for one in mine:
        for role, said in OFFICERS:
            name = one.on_list(role) or officer(getattr(sitting, said)).name
            for each in one.declared:
                if each.handling in _HANDLED or not same_person(each.name, name):
                    continue
                how = each.handling.label.lower() if each.handling else "not said how it is handled"
                yield Clash(
                    ClashKind.INTEREST, one.ref,
                    f"{name}, its {role.label.lower()}, declared an interest at {each.at}: {how}.",
                    f"Name another {role.label.lower()} for it, or list it in another sitting.",
                )  # fmt: skip


# -- the sitting itself -----------------------------------------------------------------------------


def _overlaps(
    sitting: Sitting, beside: Sequence[Sitting], every: Sequence[Booking]
) -> Iterator[Clash]:
    end = _end(sitting, every)
    if sitting.starts is None or end is None:
        return
    start = datetime.combine(sitting.held_on, sitting.starts)
    for other in beside:
        until = _end(other, every)
        if other.starts is None or until is None:
            continue
        begins = datetime.combine(other.held_on, other.starts)
        if (start < until and begins < end) or start == begins:
            yield Clash(
                ClashKind.OVERLAP, _hours(sitting, every),
                f"{_hours(other, every)} is at the same time: whoever belongs to both cannot be at both.",
                "Move one of them, or leave it where two rooms and two chairs are meant.",
            )  # fmt: skip


def _overfull(sitting: Sitting, mine: Sequence[Booking]) -> Iterator[Clash]:
    planned = sitting.planned_end
    for one in mine:
        if planned is None or one.slot is None:
            continue
        end = datetime.combine(sitting.held_on, one.slot) + timedelta(minutes=one.booked_minutes)
        if end > planned:
            over = int((end - planned) / timedelta(minutes=1))
            yield Clash(
                ClashKind.OVERFULL, one.ref,
                f"it ends at {end:%H:%M}, {over} minutes after the sitting, which is booked until {planned:%H:%M}.",
                "List it in another sitting, or book this one for longer.",
            )  # fmt: skip
    for one, after in pairwise(one for one in mine if one.slot is not None):
        if one.slot is None or after.slot is None:
            continue
        until = datetime.combine(sitting.held_on, one.slot) + timedelta(minutes=one.booked_minutes)
        if datetime.combine(sitting.held_on, after.slot) < until:
            yield Clash(
                ClashKind.OVERFULL, after.ref,
                f"it is booked for {after.slot:%H:%M}, when {one.ref} still has until {until:%H:%M}.",
                "Move one of them in the order: the times follow.",
            )  # fmt: skip


def _levels(sitting: Sitting, mine: Sequence[Booking]) -> Iterator[Clash]:
    for one in mine:
        if sitting.level and str(one.level) != sitting.level:
            yield Clash(
                ClashKind.LEVEL, one.ref,
                f"it is a {one.level.label} meeting in a sitting for Level {sitting.level}.",
                "List it in another sitting, or say that this one is for both levels.",
            )  # fmt: skip


def _said(sitting: Sitting, mine: Sequence[Booking]) -> Iterator[Clash]:
    for one in mine:
        for role, said in OFFICERS:
            theirs, ours = one.on_list(role), officer(getattr(sitting, said)).name
            if theirs and ours and not same_person(theirs, ours):
                yield Clash(
                    ClashKind.SAID, one.ref,
                    f"its list at A1 names {theirs} as {role.label.lower()}, the sitting {ours}.",
                    "Right where it was meant so; else change the list at A1.",
                )  # fmt: skip


def _nobody(sitting: Sitting, mine: Sequence[Booking]) -> Iterator[Clash]:
    for role, said in OFFICERS:
        if officer(getattr(sitting, said)).name:
            continue
        bare = [one.ref for one in mine if not one.on_list(role)]
        if bare or not mine:
            of = f" of {', '.join(bare)}" if bare else ""
            yield Clash(
                ClashKind.NOBODY, sitting.title, f"it names no {role.label.lower()}{of}.",
                "Name one for the sitting: its meetings take it.",
            )  # fmt: skip


def _day(sitting: Sitting, calendar: Calendar) -> Iterator[Clash]:
    day = sitting.held_on
    if not calendar.knows(day.year):
        words, remedy = say_bank_holidays(day.year)
        yield Clash(ClashKind.CALENDAR, sitting.title, words, remedy)
    if not calendar.is_working_day(day):
        why = "a weekend" if day.weekday() >= 5 else "a bank holiday"
        yield Clash(
            ClashKind.DAY, sitting.title, f"{day:%A} {long_date(day)} is {why}.",
            "Plan it for a working day, unless it is meant so.",
        )  # fmt: skip
