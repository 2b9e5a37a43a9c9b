"""What a letter of feedback says: to whom, what was met, what to do next time.

Made from findings and finished audits by ``panelkit.audit.feedback``; a document is composed
of it. Nothing here compares one person with another, and no case is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panelkit.domain.vocabulary import Term


class Doing(Term):
    """Whose doing a matter is, and so whose letter it stands in."""

    CHAIR = "chair", "the chair"
    MINUTES = "minutes", "the minute taker"
    OTHERS = "others", "neither: the co-ordinator or an agency"


TO: tuple[Doing, ...] = (Doing.CHAIR, Doing.MINUTES)
"""Who has a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words as they stand, and where."""

    place: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Something that was met."""

    matter: str
    title: str
    evidence: tuple[str, ...]
    """What shows it."""
    why: str
    """Why it matters."""
    said: tuple[str, ...] = ()
    """What auditors answered and wrote."""
    is_suggestion: bool = False
    """Only rules that read prose say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do next time."""

    matter: str
    title: str
    quotes: tuple[Quote, ...]
    more: int
    """Places of the same kind that are not quoted."""
    advice: str
    why: str
    said: tuple[str, ...] = ()
    is_suggestion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDone:
    """A finished audit that the letter draws on."""

    form: str
    """``K (14 questions seen)``."""
    auditor: str
    finished_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Feedback on one meeting, to one person."""

    to: Doing
    name: str
    """Blank where the record names nobody in this part."""
    ref: str
    held_on: date
    meeting: str
    """``Level 2 review meeting``."""
    minutes: str
    """How far the minutes were when they were read: ``draft``, ``approved``, ``issued``."""
    strengths: tuple[Strength, ...]
    steps: tuple[Step, ...]
    left: int
    """Matters with something to look at that are not in this letter."""
    to_judge: tuple[str, ...]
    """Questions that only a person can answer, and nobody has."""
    remarks: tuple[str, ...]
    """Comments of auditors beside questions that they did not answer."""
    audits: tuple[AuditDone, ...]
    fiction: bool
