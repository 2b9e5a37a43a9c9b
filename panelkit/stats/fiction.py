"""Invented people whose year, counted, gives the numbers that were asked for.

The same totals and seed make the same people. Among them are some who must not be counted (at
Category 4, in custody all year, gone before 1 April, never accepted): a counting that is wrong
shows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import SpanKind, SpanReason
from panelkit.domain.vocabulary import CustodyStatus, Level
from panelkit.stats.counts import CATEGORIES, LEVELS
from panelkit.stats.totals import Totals

_LOW, _HIGH = LEVELS
_OUT: Final = str(CustodyStatus.COMMUNITY)
_IN: Final = str(CustodyStatus.CUSTODY)
_BACK: Final = str(CustodyStatus.RECALLED)


@dataclass(slots=True)
class Turn:
    """Something that held from a day, until the next of its kind or until it ended."""

    kind: SpanKind
    value: str
    first: date
    reason: SpanReason
    last: date | None = None
    end_reason: SpanReason | None = None


@dataclass(slots=True)
class Somebody:
    """One invented person's year."""

    category: str
    turns: list[Turn] = field(default_factory=list)
    events: list[tuple[OutcomeKind, date]] = field(default_factory=list)

    def turn(self, kind: SpanKind, value: str, day: date, reason: SpanReason) -> None:
        """From ``day`` on; what held before ends the day before."""
        self.end(kind, day)
        self.turns.append(Turn(kind, value, day, reason))

    def end(self, kind: SpanKind, day: date, reason: SpanReason | None = None) -> None:
        """Nothing of the kind holds from ``day`` on."""
        for one in self.turns:
            if one.kind is kind and one.last is None:
                one.last, one.end_reason = day - timedelta(days=1), reason

    def of(self, kind: SpanKind) -> list[Turn]:
        """Turns of one kind, in order."""
        return [one for one in self.turns if one.kind is kind]


@dataclass(slots=True)
class _Plan:
    """What one person's year must show."""

    category: str
    top: str
    """The level at which T2 counts them."""
    last: str = ""
    """The level on 31 March, in the community; blank where T1 does not count them."""
    back_low: list[OutcomeKind] = field(default_factory=list)
    back_top: list[OutcomeKind] = field(default_factory=list)
    """Returns to custody at Level 2 before a step up, and at the level where T2 counts."""


def invented(totals: Totals, seed: int) -> Iterator[Somebody]:
    """Everybody whom the totals ask for, and those who must not be counted."""
    chance = random.Random(f"{seed}:{totals.year.label}")  # noqa: S311  # no secret: it must come out the same
    plans = [plan for category in CATEGORIES for plan in _plans(totals, category)]
    _shpo(plans, totals)
    for plan in plans:
        yield _lived(plan, totals.year, chance)
    for number in range(max(1, len(plans) // 40)):
        yield from _uncounted(totals.year, chance, number)


def _plans(totals: Totals, category: str) -> list[_Plan]:
    low = [_Plan(category, _LOW) for _ in range(totals.managed[_LOW, category])]
    high = [_Plan(category, _HIGH) for _ in range(totals.managed[_HIGH, category])]
    there = totals.snapshot[_HIGH, category]
    for plan in high[:there]:
        plan.last = _HIGH
    for plan in (low + high[there:])[: totals.snapshot[_LOW, category]]:
        plan.last = _LOW
    # From the other end, so that who was returned is as seldom as can be out again by 31 March.
    for plan in high[::-1][: totals.returned[_HIGH, category]]:
        plan.back_top.append(OutcomeKind.RETURNED_LICENCE)
    back = totals.returned[_LOW, category]
    for plan in low[::-1][:back]:
        plan.back_top.append(OutcomeKind.RETURNED_LICENCE)
    for plan in high[: max(0, back - len(low))]:
        plan.back_low.append(OutcomeKind.RETURNED_LICENCE)
    return low + high


def _shpo(plans: list[_Plan], totals: Totals) -> None:
    """Category 1 first: it is those on notification that mostly have such an order."""
    for level in LEVELS:
        mine = sorted(
            (plan for plan in plans if plan.top == level),
            key=lambda plan: (bool(plan.back_top), bool(plan.last), plan.category),
        )
        for plan in mine[: totals.returned_shpo[level]]:
            plan.back_top.append(OutcomeKind.RETURNED_SHPO)


def _lived(plan: _Plan, year: ReportYear, chance: random.Random) -> Somebody:
    """A year in which everything that the plan asks for happens in its order."""
    one = Somebody(plan.category)
    start = year.start + timedelta(days=chance.randint(-200, 40))
    steps = _steps(plan, chance)
    days = sorted(chance.sample(range(60, 355), len(steps)))
    first = _LOW if plan.top == _LOW or "up" in steps else _HIGH
    one.turn(SpanKind.CATEGORY, plan.category, start, SpanReason.ACCEPTED)
    one.turn(SpanKind.LEVEL, first, start, SpanReason.ACCEPTED)
    where = _IN if steps[:1] == ["out"] else _OUT
    one.turn(SpanKind.WHEREABOUTS, where, start, SpanReason.BEFORE_RECORD)
    for step, after in zip(steps, days, strict=True):
        _take(one, step, year.start + timedelta(days=after), chance)
    return one


def _steps(plan: _Plan, chance: random.Random) -> list[str]:
    """In order: ``out`` released, ``back:`` returned, ``up`` and ``down`` a level, ``leave``."""
    steps = ["out"] if chance.random() < 0.25 else []
    for kind in plan.back_low:
        steps += [f"back:{kind}", "out"]
    # Who was returned at Level 2 was at Level 2 first; of the others, half.
    if plan.top == _HIGH and (plan.back_low or chance.random() < 0.5):
        steps.append("up")
    for kind in plan.back_top:
        steps += [f"back:{kind}", "out"]
        if chance.random() < 0.15:
            steps += [f"back:{kind}", "out"]
    if plan.last == _LOW and plan.top == _HIGH:
        return [*steps, "down"]
    if plan.last:
        return steps
    if steps[-2:-1] and steps[-2].startswith("back:") and chance.random() < 0.5:
        return steps[:-1]  # still inside on 31 March, and so not in T1
    return [*steps, "leave"]


def _take(one: Somebody, step: str, day: date, chance: random.Random) -> None:
    if step == "out":
        one.turn(SpanKind.WHEREABOUTS, _OUT, day, SpanReason.RELEASED)
    elif step.startswith("back:"):
        one.events.append((OutcomeKind(step.removeprefix("back:")), day))
        one.turn(SpanKind.WHEREABOUTS, _BACK, day, SpanReason.RETURNED)
    elif step == "up":
        one.turn(SpanKind.LEVEL, _HIGH, day, SpanReason.STEPPED_UP)
    elif step == "down":
        one.turn(SpanKind.LEVEL, _LOW, day, SpanReason.STEPPED_DOWN)
    elif one.category == "3" or chance.random() < 0.3:
        why = SpanReason.RISK_REDUCED if one.category == "3" else SpanReason.ELIGIBILITY_ENDED
        one.end(SpanKind.LEVEL, day, why)
    else:
        one.turn(SpanKind.LEVEL, str(Level.ONE), day, SpanReason.STEPPED_DOWN)


def _uncounted(year: ReportYear, chance: random.Random, number: int) -> Iterator[Somebody]:
    """One of each kind of case that no table counts."""
    start = year.start - timedelta(days=chance.randint(100, 300))
    level = LEVELS[number % 2]
    for category, first, where in (("4", level, _OUT), ("2", level, _IN), ("1", _LOW, _OUT), ("2", "1", _OUT)):  # fmt: skip
        one = Somebody(category)
        one.turn(SpanKind.CATEGORY, category, start, SpanReason.ACCEPTED)
        one.turn(SpanKind.LEVEL, first, start, SpanReason.ACCEPTED)
        one.turn(SpanKind.WHEREABOUTS, where, start, SpanReason.BEFORE_RECORD)
        if category == "4":
            _take(one, f"back:{OutcomeKind.RETURNED_LICENCE}", year.start + timedelta(days=30), chance)  # fmt: skip
        if category == "1":
            one.end(SpanKind.LEVEL, year.start, SpanReason.ELIGIBILITY_ENDED)
        yield one
