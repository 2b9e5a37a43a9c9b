"""What an audit says: one finding, and the rule that found it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panelkit.domain.vocabulary import Term

if TYPE_CHECKING:
    from panelkit.audit.context import Context


class Severity(Term):
    """How much a finding matters. Anything without one is green."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"


class Standing(Term):
    """How sure we are of the guidance behind a rule."""

    SEEN = "seen", "seen in a published document"
    RECALLED = "recalled", "recalled from practice or guidance, not seen again"
    INFERRED = "inferred", "inferred: our own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the record shows, with the words and the place. A person judges it."""

    rule: str
    """Id of the rule."""
    severity: Severity
    item: str
    """The agenda item; blank for the facts of the case."""
    field: str
    """A field of the item (``imminence``), or a kind of entry with its field (``actions.due``)."""
    entry: str = ""
    """Id of the entry, where it is in one."""
    place: str = ""
    """The place in words: ``Action 3.1``, ``When the risk is greatest``."""
    evidence: str
    """The words as they stand, quoted, or what is not there."""
    advice: str
    """What would put it right."""
    matter: str
    """What it is about, by its id in ``matters``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a check returns, before the rule puts its name to it."""

    item: str
    field: str
    evidence: str
    advice: str = ""
    """Blank where the rule's own advice fits."""
    entry: str = ""
    place: str = ""
    severity: Severity | None = None
    """Only where it differs from the rule's own."""
    matter: str = ""
    """Only where it differs from the rule's own."""


Check = Callable[["Context"], Iterator[Found]]
"""Answers a rule's question from one meeting. Pure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One question an auditor asks, and how the record answers it."""

    id: str
    """Small letters and underscores; area files name it."""
    matter: str
    """What it is about, by its id in ``matters``, which says whose doing it is."""
    topic: str
    """The heading it stands under in the manual."""
    asks: str
    """The question, as an auditor would put it: yes is good."""
    why: str
    """Why it is asked, with the guidance."""
    standing: Standing
    """How sure we are of that guidance."""
    severity: Severity
    advice: str
    """What would put it right."""
    check: Check
    on: bool = True
    """Whether it is asked where an area says nothing."""
    reads: bool = False
    """It reads prose and only suggests; otherwise the record itself answers."""
