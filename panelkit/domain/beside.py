"""What a pack may say of a case beside its meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from panelkit.domain.outcomes import Outcome
from panelkit.domain.put_off import PutOff
from panelkit.domain.referrals import Referral
from panelkit.domain.spans import Span, SpanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Histories, outcome events, referrals that led to the case, days its meetings were put off."""

    spans: tuple[Span, ...] = ()
    events: tuple[Outcome, ...] = ()
    referrals: tuple[Referral, ...] = ()
    put_off: tuple[PutOff, ...] = ()
    """Of every meeting of the pack."""
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    """By id, where each stands in the file: ``history.2 (line 41)``."""

    @property
    def told(self) -> frozenset[SpanKind]:
        """The histories that are said, and so are not worked out from the meetings."""
        return frozenset(span.kind for span in self.spans)

    def place(self, of: str) -> str:
        """Where what has that id stands."""
        return self.places.get(of, "this pack")
