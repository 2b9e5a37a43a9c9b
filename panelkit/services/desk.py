"""Everything a screen may ask, in one value: the services, the area, the clock, who works."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.services.answering import Answering
from panelkit.services.caseload import Caseload
from panelkit.services.chairing import Chairing
from panelkit.services.clock import Clock
from panelkit.services.distribution import Distribution
from panelkit.services.handing_over import HandingOver
from panelkit.services.minute_taking import MinuteTaking
from panelkit.services.minutes_life import MinutesLife
from panelkit.services.planning import Planning
from panelkit.services.taking_back import TakingBack
from panelkit.store.record import Record

if TYPE_CHECKING:
    # The rules of the audit are loaded when somebody audits, not at every start.
    from panelkit.services.audits import Audits
    from panelkit.services.figures import KeyFigures


class Services(TypedDict):
    """What one person may do, over one record."""

    caseload: Caseload
    chairing: Chairing
    minute_taking: MinuteTaking
    planning: Planning
    minutes_life: MinutesLife
    distribution: Distribution
    taking_back: TakingBack


def services_of(
    record: Record, area: Area, agenda: tuple[AgendaItem, ...], clock: Clock, who: str,
    templates: Path, own_templates: Path | None = None,
) -> Services:  # fmt: skip
    """Every service, acting as ``who``; the one place where they are put together."""
    taking = MinuteTaking(record, area, clock, who, templates, own_templates)
    return Services(
        caseload=Caseload(record, area, agenda, clock, who),
        chairing=Chairing(record, area, clock, who),
        minute_taking=taking,
        planning=Planning(record, area, clock, who),
        minutes_life=MinutesLife(taking),
        distribution=Distribution(taking),
        taking_back=TakingBack(record, clock, who),
    )


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

    @property
    def handing_over(self) -> HandingOver:
        """Meetings to another desk and back, over the same record."""
        return HandingOver(self.caseload)

    @property
    def audits(self) -> Audits:
        """Audits by people, over the same record."""
        from panelkit.services.audits import Audits

        return Audits(self.caseload.record, self.area, self.clock, self.who)

    @property
    def key_figures(self) -> KeyFigures:
        """The key figures, over the same record."""
        from panelkit.services.figures import KeyFigures

        return KeyFigures(self.caseload.record, self.area, self.clock)

    def acting_as(self, who: str) -> Desk:
        """The same desk with somebody else at it."""
        record, agenda = self.caseload.record, self.caseload.agenda
        taking = self.minute_taking
        services = services_of(
            record, self.area, agenda, self.clock, who, taking.templates, taking.own_templates
        )
        return dataclasses.replace(self, who=who, **services)
