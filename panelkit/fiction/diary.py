"""When panels sit: on which days, how many beside one another, who comes after whom."""

from __future__ import annotations

import uuid
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from panelkit.domain.sitting import Sitting
from panelkit.domain.timescales import Calendar
from panelkit.domain.vocabulary import Level
from panelkit.fiction.world import World

OF_A_SITTING: Final = 8
"""Meetings that a sitting at Level 2 takes; at Level 3 half as many."""
USUAL: Final = 7.0
"""Meetings that a sitting is planned for."""
_STARTS: Final = time(9, 30)
_WEEKDAYS: Final = (1, 2, 3)
"""Tuesday to Thursday."""
_NAMES: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Booked:
    """A place in a sitting."""

    day: date
    sitting: Sitting
    slot: time


@dataclass(slots=True)
class _Session:
    sitting: Sitting
    taken: int
    ends: datetime


class Diary:
    """Books meetings into sittings; of a day it keeps only the sitting that has room."""

    def __init__(
        self, world: World, calendar: Calendar, first: date, last: date, *, each_year: float, seed: str
    ) -> None:  # fmt: skip
        """``each_year`` is how many meetings are held in one: with few, fewer days have a panel."""
        self.world = world
        self.seed = seed
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        working = [d for d in days if d.weekday() in _WEEKDAYS and calendar.is_working_day(d)]
        apart = round(len(_WEEKDAYS) * 50 * USUAL / max(each_year, 1))
        self.days = working[:: min(max(apart, 1), 2 * len(_WEEKDAYS))]
        self._open: dict[tuple[date, Level], _Session] = {}
        self._made: dict[date, int] = {}
        self.fresh: list[Sitting] = []
        """Sittings that were opened since somebody last took them."""

    def day(self, target: date, *, latest: date | None = None) -> date:
        """The first day with a panel from ``target`` on; else the last before ``latest``, if there
        is one that is not earlier than a fortnight before the target."""
        place = bisect_left(self.days, target)
        found = self.days[min(place, len(self.days) - 1)]
        if latest is None or found <= latest:
            return found
        before = self.days[max(bisect_right(self.days, latest) - 1, 0)]
        return before if before >= target - timedelta(days=14) else found

    def book(self, day: date, level: Level, minutes: int) -> Booked:
        """The next free slot of a panel on that day; another panel sits where the first is full."""
        there = self._open.get((day, level))
        room = OF_A_SITTING if level is Level.TWO else OF_A_SITTING // 2
        if there is None or there.taken >= room:
            there = self._open[day, level] = self._opened(day, level)
        slot = there.ends.time()
        there.taken += 1
        there.ends += timedelta(minutes=minutes)
        return Booked(day, there.sitting, slot)

    def _opened(self, day: date, level: Level) -> _Session:
        number = self._made[day] = self._made.get(day, 0) + 1
        made = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.seed}:sitting:{day}:{number}"))
        mode = self.world.draw(f"mode_l{level}", Random(made))  # noqa: S311  # no secret
        letter = _NAMES[(number - 1) % len(_NAMES)]
        sitting = Sitting(
            id=made, held_on=day, name=f"{self.world.said['name']} panel {letter}, Level {level}",
            mode=mode, starts=_STARTS,
        )  # fmt: skip
        self.fresh.append(sitting)
        return _Session(sitting, 0, datetime.combine(day, _STARTS))

    def take_fresh(self) -> tuple[Sitting, ...]:
        """Sittings opened since this was last asked."""
        found, self.fresh = tuple(self.fresh), []
        return found
