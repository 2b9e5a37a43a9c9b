"""What a table of somebody else's may hold, and the words that people head and fill it with.

One list each. Words are compared by their letters and figures alone. A word that stands for two
things is listed twice on purpose: then it is refused, and whoever reads the file says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from panelkit.domain.manual_figures import ASKED, QUARTERLY, QUARTERS, of_quarter
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.vocabulary import Category, Level, Term

T = TypeVar("T")
W = TypeVar("W", bound=Term)
NOT_READ: Final = "-"
"""Said in place of a field: the column is left alone."""


class Holds(Term):
    """What a line of the table is."""

    FIGURES = "figures", "figures of a year"
    EVENTS = "events", "what became of somebody"


@dataclass(frozen=True, slots=True)
class HeldField:
    """What a column can be taken for."""

    key: str
    label: str
    words: tuple[str, ...]
    """Headings that say it; the key and the label do as well."""
    needed: bool = False

    @property
    def phrases(self) -> tuple[str, ...]:
        """Everything that says it."""
        return tuple(dict.fromkeys((self.key, self.label, *self.words)))


FIELDS: Final = MappingProxyType(
    {
        Holds.FIGURES: (
            HeldField("figure", "figure", ("table", "measure", "item")),
            HeldField("level", "level", ("MAPPA level", "level of management")),
            HeldField("category", "category", ("MAPPA category", "cat")),
            HeldField("value", "number", ("count", "total", "cases", "individuals", "people", "caseload", "persons"), needed=True),
            HeldField("year", "report year", ("financial year", "reporting year")),
            HeldField("as_at", "day it holds for", ("as at", "date", "snapshot date", "position at", "as of")),
            HeldField("reference", "reference", ("estimate", "source reference")),
            HeldField("published", "day it was published", ("published", "date", "published on", "date published", "publication date")),
            HeldField("source", "source", ("supplied by", "provided by", "data source")),
        ),
        Holds.EVENTS: (
            HeldField("case", "case", ("case reference", "case ref", "reference", "ref", "MAPPA reference", "MAPPA ref", "case number"), needed=True),
            HeldField("kind", "event", ("outcome", "outcome type", "event type", "type", "what happened", "type of return"), needed=True),
            HeldField("day", "day", ("date", "event date", "date of event", "on", "date returned", "return date", "date of return", "date of return to custody", "recall date", "date of recall"), needed=True),
            HeldField("note", "note", ("notes", "comment", "comments", "remarks")),
        ),
    }
)  # fmt: skip
"""What each kind of table may hold; a heading that is listed under two of them is asked about."""

_KINDS: Final = (
    ("recalled for breach of licence", OutcomeKind.RETURNED_LICENCE),
    ("recall for breach of licence", OutcomeKind.RETURNED_LICENCE),
    ("return to custody for breach of licence", OutcomeKind.RETURNED_LICENCE),
    ("returned to custody (licence)", OutcomeKind.RETURNED_LICENCE),
    ("return to custody for breach of SHPO", OutcomeKind.RETURNED_SHPO),
    ("returned to custody (SHPO)", OutcomeKind.RETURNED_SHPO),
    ("returned to custody for breach of a sexual harm prevention order", OutcomeKind.RETURNED_SHPO),
    ("returned to custody", OutcomeKind.RETURNED_LICENCE), ("returned to custody", OutcomeKind.RETURNED_SHPO),
    ("return to custody", OutcomeKind.RETURNED_LICENCE), ("return to custody", OutcomeKind.RETURNED_SHPO),
    ("charge", OutcomeKind.CHARGED), ("charged with further offence", OutcomeKind.CHARGED),
    ("conviction", OutcomeKind.CONVICTED), ("convicted of further offence", OutcomeKind.CONVICTED),
    ("further offence", OutcomeKind.CHARGED), ("further offence", OutcomeKind.CONVICTED),
    ("further serious offence", OutcomeKind.CHARGED), ("further serious offence", OutcomeKind.CONVICTED),
    ("SFO", OutcomeKind.CHARGED), ("SFO", OutcomeKind.CONVICTED),
)  # fmt: skip
_CATEGORIES: Final = (
    ("registered sexual offenders", Category.ONE), ("RSO", Category.ONE),
    ("subject to notification", Category.ONE),
    ("violent and other sexual offenders", Category.TWO), ("violent", Category.TWO),
    ("other dangerous offenders", Category.THREE), ("other dangerous", Category.THREE),
    ("sexual offenders", Category.ONE), ("sexual offenders", Category.TWO),
    ("terrorism", Category.FOUR),
)  # fmt: skip
_FIGURES: Final = (
    ("breach of notification requirements", "T3"), ("notification breaches", "T3"),
    ("lifetime notification revoked", "T4"), ("revocations", "T4"),
    ("SHPO", "T5.SHPO"), ("SHPO", "T5.SHPO-TRAVEL"),
    ("SHPO with foreign travel restriction", "T5.SHPO-TRAVEL"), ("notification orders", "T5.NO"),
    ("breach of Sexual Risk Order", "T6"), ("population", "T8.population"), ("T8", "T8.population"),
    ("population aged 10 and over", "T8.population"),
)  # fmt: skip

CASELOAD: Final = ("T1", "caseload", "eligible individuals", "MAPPA-eligible individuals", "MAPPA-eligible individuals on 31 March")  # fmt: skip
"""What a line of T1 may call its figure: which one it is, its level and category say."""


def plainly(words: str) -> str:
    """Words as they are compared: letters and figures, in whichever letters, single spaces."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def meant(words: str, known: Iterable[tuple[str, T]]) -> tuple[T, ...]:
    """Everything that ``words`` stand for, each once; nothing for words without a letter or figure."""
    asked = plainly(words)
    return tuple(dict.fromkeys(one for said, one in known if asked and plainly(said) == asked))


def fields_for(holds: Holds, heading: str) -> tuple[HeldField, ...]:
    """The fields that a heading could be."""
    return meant(heading, ((said, one) for one in FIELDS[holds] for said in one.phrases))


def kinds_for(words: str) -> tuple[OutcomeKind, ...]:
    """The kinds of event that ``words`` could be."""
    return meant(words, (*_said(OutcomeKind), *_KINDS))


def levels_for(words: str) -> tuple[Level, ...]:
    """The levels that ``words`` could be."""
    return meant(words, (*_said(Level), *((f"L{one}", one) for one in Level)))


def categories_for(words: str) -> tuple[Category, ...]:
    """The categories that ``words`` could be."""
    short = (
        (f"{before}{one}", one) for one in Category.known() for before in ("C", "Cat ", "Category ")
    )
    return meant(words, (*_said(Category.known()), *short, *_CATEGORIES))


def figures_for(words: str) -> tuple[str, ...]:
    """The names of the figures that ``words`` could be; a quarterly one needs its quarter."""
    yearly = ((said, one.id) for one in ASKED for said in (one.id, one.label))
    quarterly = (
        (said, asked.id)
        for number in QUARTERS for one in QUARTERLY for asked in (of_quarter(number, one),)
        for said in (asked.id, one.id, one.label)
    )  # fmt: skip
    return meant(words, (*yearly, *quarterly, *_FIGURES))


def _said(kind: Iterable[W]) -> Iterator[tuple[str, W]]:
    for one in kind:
        yield str(one), one
        yield one.label, one
