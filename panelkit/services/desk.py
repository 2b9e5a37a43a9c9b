"""Everything a screen may ask, in one value: the services, the area, the clock, who works."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.services.caseload import Caseload
from panelkit.services.chairing import Chairing
from panelkit.services.clock import Clock
from panelkit.services.minute_taking import MinuteTaking
from panelkit.store.record import Record

if TYPE_CHECKING:
    # What a meeting does not need to open is loaded when somebody asks for it.
    from panelkit.services.answering import Answering
    from panelkit.services.audits import Audits
    from panelkit.services.board import Board
    from panelkit.services.distribution import Distribution
    from panelkit.services.feedback import Feedback
    from panelkit.services.figures import KeyFigures
    from panelkit.services.handing_over import HandingOver
    from panelkit.services.lay_sheets import LaySheets
    from panelkit.services.minutes_life import MinutesLife
    from panelkit.services.observations import Observations
    from panelkit.services.planning import Planning
    from panelkit.services.reading import Reading
    from panelkit.services.taking_back import TakingBack


class Services(TypedDict):
    """What every screen needs of one person at one record; the rest is made when asked for."""

    caseload: Caseload
    chairing: Chairing
    minute_taking: MinuteTaking


def services_of(
    record: Record, area: Area, agenda: tuple[AgendaItem, ...], clock: Clock, who: str,
    templates: Path, own_templates: Path | None = None,
) -> Services:  # fmt: skip
    """The services that a desk is made of, acting as ``who``."""
    taking = MinuteTaking(record, area, clock, who, templates, own_templates)
    return Services(
        caseload=Caseload(record, area, agenda, clock, who),
        chairing=Chairing(record, area, clock, who),
        minute_taking=taking,
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one desk, over one record."""

    caseload: Caseload
    chairing: Chairing
    minute_taking: MinuteTaking
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
    def planning(self) -> Planning:
        """Sittings, over the same record."""
        from panelkit.services.planning import Planning

        return Planning(self.caseload.record, self.area, self.clock, self.who)

    @property
    def minutes_life(self) -> MinutesLife:
        """The steps of minutes: to the chair, approval, issue, amendment."""
        from panelkit.services.minutes_life import MinutesLife

        return MinutesLife(self.minute_taking)

    @property
    def distribution(self) -> Distribution:
        """Copies, and the register of who has which."""
        from panelkit.services.distribution import Distribution

        return Distribution(self.minute_taking)

    @property
    def taking_back(self) -> TakingBack:
        """Drafts edited elsewhere, taken back."""
        from panelkit.services.taking_back import TakingBack

        return TakingBack(self.caseload.record, self.clock, self.who)

    @property
    def answering(self) -> Answering:
        """Requests from outside, over the same record."""
        from panelkit.services.answering import Answering

        return Answering(self.minute_taking)

    @property
    def handing_over(self) -> HandingOver:
        """Meetings to another desk and back, over the same record."""
        from panelkit.services.handing_over import HandingOver

        return HandingOver(self.caseload)

    @property
    def audits(self) -> Audits:
        """Audits by people, over the same record."""
        from panelkit.services.audits import Audits

        return Audits(self.caseload.record, self.area, self.clock, self.who)

    @property
    def observations(self) -> Observations:
        """Observations by lay advisers, over the same record."""
        from panelkit.services.observations import Observations

        return Observations(self.caseload.record, self.area, self.clock, self.who)

    @property
    def lay_sheets(self) -> LaySheets:
        """Observation sheets in Word, written and read back."""
        from panelkit.services.lay_sheets import LaySheets

        return LaySheets(self.minute_taking)

    @property
    def feedback(self) -> Feedback:
        """Letters to chair and minute taker, over the same record."""
        from panelkit.services.feedback import Feedback

        choosing = self.minute_taking.choosing
        return Feedback(self.caseload.record, self.area, self.clock, choosing)

    @property
    def reading(self) -> Reading:
        """The minutes with what the audit found in them."""
        from panelkit.services.auditing import Auditing
        from panelkit.services.drafting import Drafting
        from panelkit.services.reading import Reading

        drafting = Drafting(self.minute_taking, self.chairing)
        return Reading(drafting, Auditing(self.caseload.record, self.area))

    def board_over(self, record: Record) -> Board:
        """The board's page, over a record of its own: it reads many meetings, in a thread."""
        from panelkit.services.board import Board

        return Board(record, self.area, self.clock, self.minute_taking.choosing)

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
