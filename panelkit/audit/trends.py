"""Questions over quarters: the mean of each with how many answers stand behind it.

Scores have a mean, codes are counted and never averaged, and each form stands for itself:
Scotland's never with England and Wales's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from panelkit.audit.scoring import Spread, spread
from panelkit.domain.audit_forms import Counts, Form, Question
from panelkit.domain.auditing import Audit


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a calendar year."""

    start: date

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day is in."""
        return cls(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1))

    @property
    def end(self) -> date:
        """Its last day."""
        later = self.start + timedelta(days=95)
        return date(later.year, later.month, 1) - timedelta(days=1)

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.start - timedelta(days=1))

    @property
    def after(self) -> Quarter:
        """The quarter after it."""
        return Quarter.of(self.end + timedelta(days=1))

    @property
    def label(self) -> str:
        """``Jul–Sep 2026``."""
        return f"{self.start:%b}–{self.end:%b} {self.start.year}"


def quarters(until: date, count: int = 4) -> tuple[Quarter, ...]:
    """So many quarters, oldest first, the last of them the one that ``until`` is in."""
    found = [Quarter.of(until)]
    while len(found) < count:
        found.append(found[-1].before)
    return tuple(reversed(found))


def spreads_of(form: Form, audits: Sequence[Audit]) -> tuple[Spread, ...]:
    """Each question of a form over several audits of that form: n, mean, how often.

    Audits made with an older form count where the question and its scale are the same.
    """
    mine = [one for one in audits if one.form.id == form.id]
    found = []
    for question in form.questions:
        answers = [
            one.answers.get(question.id, "")
            for one in mine
            for asked in one.form.questions
            if asked.id == question.id and asked.options == question.options
        ]
        found.append(spread(question, answers))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One question of one form, quarter by quarter."""

    form: Form
    question: Question
    points: tuple[tuple[Quarter, Spread], ...]
    """Oldest first; a quarter without an answer has n 0 and no mean."""

    @property
    def latest(self) -> Spread:
        """The last quarter."""
        return self.points[-1][1]

    @property
    def n(self) -> int:
        """Answers in all quarters together."""
        return sum(point.n for _quarter, point in self.points)

    @property
    def is_coded(self) -> bool:
        """Whether it is answered with codes, which have no mean."""
        return self.question.counts is Counts.CODES

    @property
    def share(self) -> float | None:
        """Where the last quarter lies between the lowest score and the highest, 0 to 1; None
        for codes and where nobody answered."""
        mean, most = self.latest.mean, self.question.most
        if mean is None or most is None:
            return None
        least = min(option.value for option in self.question.options)
        return (mean - least) / (most - least) if most > least else 1.0


def best_of(point: Spread) -> int:
    """How many answers are the best that the question offers."""
    return point.times[0][1] if point.times else 0


def trends(
    forms: Sequence[Form], audits: Sequence[tuple[Quarter, Sequence[Audit]]]
) -> tuple[Trend, ...]:
    """Every question of ``forms`` that somebody answered; ``audits`` by quarter, oldest first."""
    found = []
    for form in forms:
        columns = [(quarter, spreads_of(form, mine)) for quarter, mine in audits]
        for place, question in enumerate(form.questions):
            points = tuple((quarter, column[place]) for quarter, column in columns)
            one = Trend(form=form, question=question, points=points)
            if one.n:
                found.append(one)
    return tuple(found)


def lowest(found: Sequence[Trend], many: int, least: int = 1) -> tuple[Trend, ...]:
    """Scored questions with ``least`` answers or more in the last quarter, the lowest first."""
    scored = [
        (share, n, one)
        for n, one in enumerate(found)
        if (share := one.share) is not None and one.latest.n >= least
    ]
    ranked = sorted(scored, key=lambda row: row[:2])
    return tuple(one for _share, _n, one in ranked[:many])
