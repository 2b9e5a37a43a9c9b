"""Everything a screen may ask, in one value: the services, the area, the clock, who works."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from panelkit.domain.area import Area
from panelkit.services.answering import Answering
from panelkit.services.caseload import Caseload
from panelkit.services.chairing import Chairing
from panelkit.services.clock import Clock
from panelkit.services.distribution import Distribution
from panelkit.services.minute_taking import MinuteTaking
from panelkit.services.minutes_life import MinutesLife
from panelkit.services.planning import Planning
from panelkit.services.taking_back import TakingBack


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one desk, over one record."""

    caseload: Caseload
    chairing: Chairing
    minute_taking: MinuteTaking
    planning: Planning
    minutes_life: MinutesLife
    distribution: Distribution
    taking_back: TakingBack
    area: Area
    clock: Clock
    who: str
    encrypted: bool
    """Whether the record is encrypted; the top line says so when it is not."""
    demo: bool
    """Whether it holds the demonstration."""
    documents: Path
    """Where documents are written unless somebody says otherwise."""

    @property
    def answering(self) -> Answering:
        """Requests from outside, over the same record."""
        return Answering(self.minute_taking)

    def acting_as(self, who: str) -> Desk:
        """The same desk with somebody else at it."""
        taking = self.minute_taking
        theirs = MinuteTaking(taking.record, self.area, self.clock, who, taking.templates)
        caseload = Caseload(self.caseload.record, self.area, self.caseload.agenda, self.clock, who)
        return dataclasses.replace(
            self, who=who, caseload=caseload, minute_taking=theirs,
            chairing=Chairing(self.chairing.record, self.area, self.clock, who),
            minutes_life=MinutesLife(theirs), distribution=Distribution(theirs),
        )  # fmt: skip
