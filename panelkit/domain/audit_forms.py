"""Audit forms as data: questions with a scale of their own, some scores and some codes.

A score is better the larger it is; a code is a name that happens to be a number, 1 being
best. The two are never added to one another, nor is one form to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from panelkit.domain.errors import NotFound
from panelkit.domain.vocabulary import Term

NOT_APPLICABLE: Final = "not_applicable"
"""The answer that takes a question out of the denominator; every question may have it."""


class Counts(Term):
    """What the numbers of a scale are."""

    SCORES = "scores", "Scores: the larger, the better"
    CODES = "codes", "Codes: 1 is best; they are counted and never added"


class Method(Term):
    """Who can answer a question."""

    AUTO = "AUTO", "the record answers"
    AUTO_H = "AUTO+H", "the record answers, a person may overrule it with a reason"
    HEUR = "HEUR", "reading the words suggests, a person answers"
    HUMAN = "HUMAN", "only a person answers"


class FormKind(Term):
    """What a form looks at."""

    CASE = "case", "The case, from its minutes"
    MEETING = "meeting", "The meeting, as it was held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that a question offers."""

    key: str
    """The same for the same meaning, whatever number a form gives it: ``one_missing``."""
    label: str
    value: int
    """Its score or its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, with the scale it is answered on."""

    id: str
    """``K4.1``."""
    section: str
    text: str
    """Our wording; the meaning is the form's."""
    method: Method
    counts: Counts
    options: tuple[Option, ...]
    """Best first."""
    source: str
    standing: str
    """How sure we are of the source: seen, recalled or inferred."""
    official: bool = False
    """Whether the question and its scale are of the published form. The wording never is."""
    answer: str = ""
    """Name of the function that fills it in; blank where only a person can."""
    note: str = ""
    """How our answer is worked out, where the form does not say."""
    observed: bool = False
    """Whether somebody who only sat in the meeting can judge it."""
    matter: str = ""
    """What it is about, which says whose doing it is; blank stands in nobody's letter."""

    @property
    def most(self) -> int | None:
        """The largest score; None for codes, which have none."""
        if self.counts is Counts.CODES:
            return None
        return max(option.value for option in self.options if option.key != NOT_APPLICABLE)

    def option(self, key: str) -> Option | None:
        """The option with this key; None for "not applicable" that has no number.

        Raises NotFound for an answer that the question does not offer.
        """
        for option in self.options:
            if option.key == key:
                return option
        if key == NOT_APPLICABLE:
            return None
        msg = f"{self.id} has no answer {key}."
        raise NotFound(msg, remedy=f"It has: {', '.join(option.key for option in self.options)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One audit form, official questions first, then those of our own and of the area."""

    id: str
    title: str
    place: str
    """Where it is used."""
    kind: FormKind
    source: str
    complete: bool = False
    """Whether every question of the published form is here."""
    unseen: str = ""
    """What could not be seen of it, in words."""
    observed_of: str = ""
    """The label of the whole form, where this is the part of it that an observer answers."""
    questions: tuple[Question, ...] = ()

    @property
    def seen(self) -> int:
        """How many questions of the published form are here."""
        return sum(question.official for question in self.questions)

    @property
    def label(self) -> str:
        """``K (14 questions seen)``: what stands wherever the form is named."""
        if self.observed_of:
            return f"{self.observed_of}: {len(self.questions)} as observed"
        return self.id if self.complete else f"{self.id} ({self.seen} questions seen)"

    def question(self, question_id: str) -> Question:
        """One question. Raises NotFound."""
        for question in self.questions:
            if question.id == question_id:
                return question
        msg = f"Form {self.id} has no question {question_id}."
        raise NotFound(msg)


class How(Term):
    """How an answer came about."""

    RECORDED = "recorded", "from the record"
    SUGGESTED = "suggested", "a suggestion, to be confirmed"
    PERSON = "person", "for a person to judge"
    NOT_APPLICABLE = "not_applicable", "does not apply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words, and where they stand in the record."""

    words: str
    item: str = ""
    field: str = ""
    entry: str = ""
    place: str = ""
    """The place in words."""

    @property
    def sentence(self) -> str:
        """With the place in front."""
        where = " ".join(part for part in (self.item, self.place) if part)
        return f"{where}: {self.words}" if where else self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the record says to a question, before any person has looked."""

    question: str
    how: How
    option: str = ""
    """Blank where a person must answer."""
    evidence: tuple[Evidence, ...] = ()

    @property
    def words(self) -> str:
        """The evidence as one text."""
        return "; ".join(part.sentence for part in self.evidence)
