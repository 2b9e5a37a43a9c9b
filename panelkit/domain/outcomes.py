"""Outcome events: what became of somebody on a day, coded (statistics notes sections 3 and 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from panelkit.domain.fields import long_date
from panelkit.domain.spans import Span, SpanKind, live
from panelkit.domain.vocabulary import Term


class OutcomeKind(Term):
    """What happened. The first two are counted in T7 (statistics notes section 2 [V1])."""

    RETURNED_LICENCE = "returned_licence", "Returned to custody for breach of licence"
    RETURNED_SHPO = "returned_shpo", "Returned to custody for breach of SHPO"
    CHARGED = "charged", "Charged with a further serious offence"
    CONVICTED = "convicted", "Convicted of a further serious offence"

    @property
    def returns(self) -> bool:
        """Whether the individual was in custody from that day."""
        return self in (OutcomeKind.RETURNED_LICENCE, OutcomeKind.RETURNED_SHPO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One event of one case."""

    id: str
    case_id: str
    kind: OutcomeKind
    day: date
    note: str = ""
    """Restricted: where it was heard of, in words."""
    withdrawn: str = ""
    """Why it did not happen, in words; blank where it did."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn

    @property
    def words(self) -> str:
        """``Returned to custody for breach of licence on 3 June 2022``."""
        return f"{self.kind.label} on {long_date(self.day)}"


def wrong_events(events: Iterable[Outcome], spans: Sequence[Span]) -> tuple[str, ...]:
    """Events that cannot be so beside the level history of their case, as sentences."""
    levels = live(spans, SpanKind.LEVEL)
    found, seen = [], set()
    for event in sorted((e for e in events if e.is_live), key=lambda e: e.day):
        if not levels:
            found.append(f"{event.words}: the case has no level history yet.")
        elif event.day < levels[0].from_day:
            began = long_date(levels[0].from_day)
            found.append(f"{event.words}: that is before the case began, on {began}.")
        if (event.kind, event.day) in seen:
            found.append(f"{event.words} is there twice.")
        seen.add((event.kind, event.day))
    return tuple(found)
