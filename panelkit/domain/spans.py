"""What held of a case for how long: its level, its category, where the individual was.

Three histories of one shape (statistics notes section 3: "level history is an interval table").
Both days of a span are included; a span without a last day still holds. A decision holds from
its day: what held before ends the day before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import Category, CustodyStatus, Level, Term


class SpanKind(Term):
    """Which of the histories of a case."""

    LEVEL = "level", "Level"
    CATEGORY = "category", "Category"
    WHEREABOUTS = "whereabouts", "Whereabouts"


VALUES: Final = MappingProxyType(
    {
        SpanKind.LEVEL: Level,
        SpanKind.CATEGORY: Category,
        SpanKind.WHEREABOUTS: CustodyStatus,
    }
)
"""What each history is made of."""


def values_of(kind: SpanKind) -> tuple[Term, ...]:
    """What may hold in a history; a category that is to be confirmed is none that held."""
    return Category.known() if kind is SpanKind.CATEGORY else tuple(VALUES[kind])


OPEN: Final = "9999-12-31"
"""The last day of what still holds, where days are compared as text."""


class SpanReason(Term):
    """Why a span began, or why nothing came after it."""

    ACCEPTED = "accepted", "Referral accepted"
    STEPPED_UP = "stepped_up", "Stepped up"
    STEPPED_DOWN = "stepped_down", "Stepped down"
    TRANSFERRED_IN = "transferred_in", "Transferred from another area"
    BEFORE_RECORD = "before_record", "Held before this record begins"
    CHANGED = "changed", "Changed"
    RELEASED = "released", "Released"
    RETURNED = "returned", "Returned to custody"
    ELIGIBILITY_ENDED = "eligibility_ended", "Eligibility ended"
    DEATH = "death", "Death"
    RISK_REDUCED = "risk_reduced", "Risk reduced"
    TRANSFERRED_OUT = "transferred_out", "Transferred to another area"
    NOT_SAID = "not_said", "Not said"


ENDS: Final = frozenset(
    {
        SpanReason.ELIGIBILITY_ENDED, SpanReason.DEATH, SpanReason.RISK_REDUCED,
        SpanReason.TRANSFERRED_OUT, SpanReason.NOT_SAID,
    }
)  # fmt: skip
"""Reasons for which a case leaves, and nothing follows. Transfer is no exit from MAPPA, and is one
from this area's tables (statistics notes section 3: counted where the level is held)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One thing that held of one case, from a day to a day."""

    id: str
    case_id: str
    kind: SpanKind
    value: str
    """As the vocabulary of the kind stores it: ``2`` for Level 2."""
    from_day: date
    to_day: date | None = None
    """The last day on which it held; None while it does."""
    reason: SpanReason = SpanReason.NOT_SAID
    """Why it began."""
    end_reason: SpanReason | None = None
    """Why it ended where nothing of its kind follows it."""
    meeting_id: str = ""
    """The meeting that decided it, where one did."""
    end_meeting_id: str = ""
    """The meeting that ended it, where one did."""
    derived: bool = False
    """Worked out from meetings that were held before, not decided or entered as such."""
    because: str = ""
    """Why it was entered or corrected by hand, in words."""
    withdrawn: str = ""
    """Why it never held, in words; blank where it did."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.is_live and self.to_day is None

    @property
    def term(self) -> Term:
        """What held, from the vocabulary of its kind."""
        return VALUES[self.kind](self.value)

    def holds_on(self, day: date) -> bool:
        """Whether it held on ``day``."""
        return self.is_live and self.from_day <= day and (self.to_day is None or day <= self.to_day)

    @property
    def words(self) -> str:
        """``Level 2 from 1 May 2022 to 3 June 2022``."""
        last = f" to {long_date(self.to_day)}" if self.to_day else ""
        return f"{self.term.label} from {long_date(self.from_day)}{last}"


def value_of(kind: SpanKind, words: str) -> str:
    """What ``words`` stand for in the vocabulary of a kind, as it is stored. Raises BadInput."""
    plain = words.strip().casefold()
    for member in values_of(kind):
        if plain in (str(member), member.label.casefold(), f"{kind} {member}"):
            return str(member)
    known = ", ".join(str(member) for member in values_of(kind))
    raise BadInput(f"{kind.label} is one of {known}.")


def live(spans: Iterable[Span], kind: SpanKind) -> list[Span]:
    """Spans of a kind that count, the earliest first."""
    return sorted((s for s in spans if s.kind is kind and s.is_live), key=lambda s: s.from_day)


def held_on(spans: Iterable[Span], kind: SpanKind, day: date) -> Span | None:
    """What held of that kind on a day; None where the record does not say."""
    return next((s for s in spans if s.kind is kind and s.holds_on(day)), None)


def wrong_in(spans: Sequence[Span]) -> tuple[str, ...]:
    """Everything that cannot be so in the histories of one case, as sentences without a name."""
    found = []
    for kind in SpanKind:
        mine = live(spans, kind)
        found += [
            f"{span.words}: the last day is before the first."
            for span in mine
            if span.to_day is not None and span.to_day < span.from_day
        ]
        found += [
            f"{one.words} overlaps {other.words}."
            for one, other in pairwise(mine)
            if one.to_day is None or one.to_day >= other.from_day
        ]
    # Category 3 is managed by meetings: never at Level 1 (guidance 2022 ch.6-7 [V]).
    found += [
        f"{level.words} overlaps {other.words}: Category 3 is never at Level 1."
        for level in live(spans, SpanKind.LEVEL)
        if level.value == Level.ONE
        for other in live(spans, SpanKind.CATEGORY)
        if other.value == Category.THREE and _overlap(level, other)
    ]
    return tuple(found)


def _overlap(one: Span, other: Span) -> bool:
    return (one.to_day is None or other.from_day <= one.to_day) and (
        other.to_day is None or one.from_day <= other.to_day
    )
