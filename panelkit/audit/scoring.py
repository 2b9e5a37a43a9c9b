"""Sums of a form: points of the maxima of what was answered, or codes counted one by one.

Not applicable leaves the denominator; unanswered is said and never counted as a score.
Points and codes are two types: adding one to the other, or one form to another, is an
error and not a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from panelkit.domain.audit_forms import NOT_APPLICABLE, Counts, Form, Option, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What the scores of one part of a form come to."""

    part: str
    """``K``, or ``K-local`` for the questions that are not of the published form."""
    score: int
    most: int
    """Sum of the maxima of the questions that were answered."""
    answered: int
    unanswered: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()

    @property
    def percent(self) -> float | None:
        """Of the maxima; None where nothing was answered, which is not 0 %."""
        return 100 * self.score / self.most if self.most else None

    def __add__(self, other: Points) -> Points:
        """The same part of several audits together. TypeError for anything else."""
        if not isinstance(other, Points) or other.part != self.part:
            msg = f"points of {self.part} are added to points of {self.part} only"
            raise TypeError(msg)
        return Points(
            part=self.part, score=self.score + other.score, most=self.most + other.most,
            answered=self.answered + other.answered,
            unanswered=self.unanswered + other.unanswered,
            not_applicable=self.not_applicable + other.not_applicable,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCount:
    """How often each code was given, question by question. It has no sum and no percentage."""

    part: str
    counts: tuple[tuple[str, int, int], ...]
    """Question, code, how often."""
    unanswered: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        """How many answers there are."""
        return sum(times for _question, _code, times in self.counts)

    @property
    def best(self) -> int:
        """How many of them are the best code of their question, which is 1."""
        return sum(times for _question, code, times in self.counts if code == 1)

    def __add__(self, other: CodeCount) -> CodeCount:
        """The same part of several audits, counted together. TypeError for anything else."""
        if not isinstance(other, CodeCount) or other.part != self.part:
            msg = f"codes of {self.part} are counted with codes of {self.part} only"
            raise TypeError(msg)
        together: Counter[tuple[str, int]] = Counter()
        for question, code, times in (*self.counts, *other.counts):
            together[question, code] += times
        return CodeCount(
            part=self.part,
            counts=tuple((question, code, times) for (question, code), times in together.items()),
            unanswered=self.unanswered + other.unanswered,
            not_applicable=self.not_applicable + other.not_applicable,
        )


Total = Points | CodeCount


def part_of(form: Form, question: Question) -> str:
    """The part of a form that a question is added up in: official and local stay apart."""
    part = form.id if question.official else f"{form.id}-local"
    mixed = {q.counts for q in form.questions if q.official == question.official}
    return f"{part}-{question.counts}" if len(mixed) > 1 else part


def totals(form: Form, answers: Mapping[str, str]) -> tuple[Total, ...]:
    """A total for each part of the form, in its order; ``answers`` are options by question."""
    parts: dict[str, list[Question]] = {}
    for question in form.questions:
        parts.setdefault(part_of(form, question), []).append(question)
    return tuple(_total(part, questions, answers) for part, questions in parts.items())


def _total(part: str, questions: list[Question], answers: Mapping[str, str]) -> Total:
    unanswered = tuple(q.id for q in questions if not answers.get(q.id))
    left_out = tuple(q.id for q in questions if answers.get(q.id) == NOT_APPLICABLE)
    counted = [(q, option.value) for q in questions if (option := _counts(q, answers))]
    if questions[0].counts is Counts.CODES:
        codes = tuple((question.id, value, 1) for question, value in counted)
        return CodeCount(part=part, counts=codes, unanswered=unanswered, not_applicable=left_out)
    return Points(
        part=part, score=sum(value for _question, value in counted),
        most=sum(question.most or 0 for question, _value in counted), answered=len(counted),
        unanswered=unanswered, not_applicable=left_out,
    )  # fmt: skip


def _counts(question: Question, answers: Mapping[str, str]) -> Option | None:
    said = answers.get(question.id, "")
    return question.option(said) if said and said != NOT_APPLICABLE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One question over several audits."""

    question: Question
    n: int
    """How many answered it with something that counts."""
    mean: float | None
    """Of the scores; None for codes, which have no mean, and where nobody answered."""
    times: tuple[tuple[str, int], ...]
    """How often each option was given, best first."""


def spread(question: Question, answers: Iterable[str]) -> Spread:
    """What several audits of one form answered to one question."""
    times = Counter(said for said in answers if said and said != NOT_APPLICABLE)
    given = tuple((o.key, times[o.key]) for o in question.options if o.key != NOT_APPLICABLE)
    n = sum(many for _key, many in given)
    mean = None
    if n and question.counts is Counts.SCORES:
        values = {option.key: option.value for option in question.options}
        mean = fmean(values[key] for key, many in given for _ in range(many))
    return Spread(question=question, n=n, mean=mean, times=given)
