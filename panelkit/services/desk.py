"""Everything a screen may ask, in one value: the services, the area, the clock, who works."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypedDict

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.people import Act
from panelkit.services.caseload import Caseload
from panelkit.services.chairing import Chairing
from panelkit.services.clock import Clock
from panelkit.services.minute_taking import MinuteTaking
from panelkit.store.record import Record

if TYPE_CHECKING:
    # What a meeting does not need to open is loaded when somebody asks for it.
    from panelkit.services.action_papers import ActionPapers
    from panelkit.services.allocating import Allocating
    from panelkit.services.annual import Annual
    from panelkit.services.answering import Answering
    from panelkit.services.audits import Audits
    from panelkit.services.board import Board
    from panelkit.services.chasing import Chasing
    from panelkit.services.demand import Demand
    from panelkit.services.disposing import Disposing
    from panelkit.services.distribution import Distribution
    from panelkit.services.emergency import Emergency
    from panelkit.services.feedback import Feedback
    from panelkit.services.figures import KeyFigures
    from panelkit.services.finding import Finding
    from panelkit.services.guidance import Guidance
    from panelkit.services.handing_over import HandingOver
    from panelkit.services.histories import Histories
    from panelkit.services.keeping import Keeping, Rule
    from panelkit.services.lay_sheets import LaySheets
    from panelkit.services.minutes_life import MinutesLife
    from panelkit.services.near import Near
    from panelkit.services.observations import Observations
    from panelkit.services.owing import Owing
    from panelkit.services.planning import Planning
    from panelkit.services.practising import Practising
    from panelkit.services.putting_off import PuttingOff
    from panelkit.services.quarter_behind import QuarterBehind
    from panelkit.services.quarterly import QuarterlyReport
    from panelkit.services.quarterly_papers import QuarterlyPapers
    from panelkit.services.reading import Reading
    from panelkit.services.referral_analysis import ReferralAnalysis
    from panelkit.services.referral_forms import ReferralForms
    from panelkit.services.referrals import Referrals
    from panelkit.services.remembering import Memory
    from panelkit.services.reminding import Reminding
    from panelkit.services.return_taking import ReturnTaking
    from panelkit.services.returns import Returns
    from panelkit.services.sitting_papers import SittingPapers
    from panelkit.services.smb import BoardMeetings
    from panelkit.services.taking_back import TakingBack
    from panelkit.services.taking_on import TakingOn


class OpensAgain(Protocol):
    """What the lock asks."""

    asks_for: str
    """What it is called: a passphrase, or a password."""

    def open_again(self, passphrase: str) -> None:
        """Returns where it is right. Raises Refused, in words: wrong, or to be waited for."""


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
    taking = MinuteTaking(record, area, clock, who, templates, own_templates, agenda)
    return Services(
        caseload=Caseload(record, area, agenda, clock, who),
        chairing=Chairing(record, area, clock, who, agenda),
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
    """Whether the record is encrypted, or on a server, which keeps its own disks; the top line says
    so when neither is true."""
    demo: bool
    """Whether it holds the demonstration."""
    documents: Path
    """Where documents are written unless somebody says otherwise."""
    opens_again: OpensAgain | None = None
    """Asks whoever opened the record for their passphrase; None where it has none."""

    practice: Practising | None = None
    """What is practised; None for a real record and for the demonstration."""

    @property
    def who_said(self) -> str:
        """Who works, as a screen's top line says it: a name that no passphrase or login proves is a
        claim."""
        opened = self.caseload.record.opened
        return self.who if opened.person else f"{self.who} (claimed)"

    def why_not(self, act: Act) -> str:
        """Why whoever works may not; blank where they may."""
        from panelkit.services.acting import refusal

        me = self.caseload.record.me
        return refusal(me, act) if me is not None and not me.may(act) else ""

    memory: Memory | None = None
    """What is remembered of the record outside it; None where nothing is."""
    copy_rule: Rule | None = None
    """When copies make themselves; None where they do not."""

    @property
    def keeping(self) -> Keeping:
        """The copies of the record, over the same record."""
        return self.keeping_over(self.caseload.record)

    def keeping_over(self, record: Record) -> Keeping:
        """The same over a record of its own, for a thread: a copy takes longer than a key."""
        from panelkit.services.keeping import Keeping, Rule

        rule = self.copy_rule or Rule(off=True)
        return Keeping(record, self.clock, self.who, rule)

    @property
    def near(self) -> Near:
        """What home lists, over the same record."""
        from panelkit.services.near import Near

        return Near(self.caseload.record, self.area, self.clock, self.who)

    @property
    def planning(self) -> Planning:
        """Sittings, over the same record."""
        from panelkit.services.planning import Planning

        return Planning(self.caseload.record, self.area, self.clock, self.who)

    @property
    def sitting_papers(self) -> SittingPapers:
        """The papers of a whole sitting, over the same record."""
        from panelkit.services.sitting_papers import SittingPapers

        return SittingPapers(self.planning, self.minute_taking)

    @property
    def demand(self) -> Demand:
        """Capacity against demand, over the same record."""
        from panelkit.services.demand import Demand

        return Demand(self.planning, self.caseload, self.clock)

    @property
    def chasing(self) -> Chasing:
        """Actions across meetings, escalations, who misses meetings; over the same record."""
        from panelkit.services.chasing import Chasing

        record, area = self.caseload.record, self.area
        return Chasing(record, area, self.clock, self.who, self.chairing)

    @property
    def action_papers(self) -> ActionPapers:
        """Lists of actions as files, over the same record."""
        from panelkit.services.action_papers import ActionPapers

        return ActionPapers(self.chasing, self.minute_taking.choosing)

    @property
    def reminding(self) -> Reminding:
        """Reminders to organisations, over the same record."""
        from panelkit.services.reminding import Reminding

        return Reminding(self.chasing, self.minute_taking.choosing)

    @property
    def guidance(self) -> Guidance:
        """Changes of guidance and forms, over the same record."""
        from panelkit.services.guidance import Guidance

        taking = self.minute_taking
        forms = taking.templates, taking.own_templates
        return Guidance(self.caseload.record, self.area, forms, self.clock, self.who)

    @property
    def returns(self) -> Returns:
        """Returns of organisations before a meeting, over the same record."""
        from panelkit.services.returns import Returns

        record, choosing = self.caseload.record, self.minute_taking.choosing
        return Returns(record, self.area, self.clock, self.who, choosing)

    @property
    def return_taking(self) -> ReturnTaking:
        """Lines of returns taken into the record while the panel meets."""
        from panelkit.services.return_taking import ReturnTaking

        return ReturnTaking(self.caseload.record, self.clock, self.who)

    @property
    def owing(self) -> Owing:
        """What is owed to ViSOR or MAPPS, over the same record."""
        from panelkit.services.owing import Owing

        return Owing(self.caseload.record, self.area, self.clock, self.who)

    @property
    def putting_off(self) -> PuttingOff:
        """Planned meetings cancelled and postponed, over the same record."""
        from panelkit.services.putting_off import PuttingOff

        return PuttingOff(self.caseload.record, self.clock, self.who)

    @property
    def emergency(self) -> Emergency:
        """Emergency panels called, rung round and followed up, over the same record."""
        from panelkit.services.emergency import Emergency

        return Emergency(
            self.caseload.record, self.area, self.caseload.agenda, self.clock, self.who
        )

    @property
    def taking_on(self) -> TakingOn:
        """Live cases taken on from minutes made elsewhere, over the same record."""
        from panelkit.services.taking_on import TakingOn

        return TakingOn(self.caseload.record, self.area, self.caseload.agenda, self.clock, self.who)

    @property
    def referrals(self) -> Referrals:
        """Referrals and their screening, over the same record."""
        from panelkit.services.referrals import Referrals

        return Referrals(self.caseload.record, self.clock, self.who)

    @property
    def referral_forms(self) -> ReferralForms:
        """Referral forms, read back, and the letters that answer referrals."""
        from panelkit.services.referral_forms import ReferralForms

        return ReferralForms(self.referrals, self.area, self.minute_taking.choosing)

    @property
    def allocating(self) -> Allocating:
        """Who has which referral and case, over the same record."""
        from panelkit.services.allocating import Allocating

        return Allocating(self.caseload.record, self.area, self.clock, self.who)

    @property
    def referral_analysis(self) -> ReferralAnalysis:
        """What was asked for and given, how long it took, what came after; over the same record."""
        from panelkit.services.referral_analysis import ReferralAnalysis

        return ReferralAnalysis(self.caseload.record, self.area, self.clock)

    @property
    def finding(self) -> Finding:
        """Words found in everything that is kept, over the same record."""
        from panelkit.services.finding import Finding

        return Finding(self.caseload.record, self.clock, self.who)

    @property
    def board_meetings(self) -> BoardMeetings:
        """Meetings of the Strategic Management Board, over the same record."""
        from panelkit.services.smb import BoardMeetings

        return BoardMeetings(self.caseload.record, self.clock, self.who)

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
    def disposing(self) -> Disposing:
        """Keeping cases and letting them go, over the same record."""
        from panelkit.services.disposing import Disposing

        return Disposing(self.caseload.record, self.clock, self.who)

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

    @property
    def annual(self) -> Annual:
        """The annual tables and the figures entered by hand for them, over the same record."""
        return self.annual_over(self.caseload.record)

    def annual_over(self, record: Record) -> Annual:
        """The same over a record of its own, for a thread: a big record takes longer than a key."""
        from panelkit.services.annual import Annual

        return Annual(record, self.area, self.clock, self.who)

    def quarterly_over(self, record: Record) -> QuarterlyReport:
        """The board's figures, over a record of its own: they are counted in a thread."""
        from panelkit.services.quarterly import QuarterlyReport

        return QuarterlyReport(record, self.area, self.clock)

    def quarter_behind_over(self, record: Record) -> QuarterBehind:
        """What is behind a line of them, likewise."""
        from panelkit.services.quarter_behind import QuarterBehind

        return QuarterBehind(record, self.area, self.clock)

    @property
    def quarterly_papers(self) -> QuarterlyPapers:
        """The board's quarterly report."""
        from panelkit.services.quarterly_papers import QuarterlyPapers

        choosing = self.minute_taking.choosing
        return QuarterlyPapers(self.caseload.record, self.area, self.clock, choosing)

    @property
    def histories(self) -> Histories:
        """The histories of cases, over the same record."""
        return self.histories_over(self.caseload.record)

    def histories_over(self, record: Record) -> Histories:
        """The same over a record of its own, for a thread."""
        from panelkit.services.histories import Histories

        return Histories(record, self.clock, self.who)

    def with_guidance(self) -> Desk:
        """The same desk with the area and its agenda as they are said and kept now.

        Raises BadInput where the area's file cannot be read.
        """
        from panelkit.areas.loader import load_agenda, load_area

        record, taking = self.caseload.record, self.minute_taking
        kept = record.kept_local(self.area.name)
        area, agenda = load_area(self.area.file, kept), load_agenda(self.area.file, kept)
        services = services_of(
            record, area, agenda, self.clock, self.who, taking.templates, taking.own_templates
        )
        return dataclasses.replace(self, area=area, **services)

    def acting_as(self, who: str) -> Desk:
        """The same desk with somebody else at it."""
        record, agenda = self.caseload.record, self.caseload.agenda
        taking = self.minute_taking
        services = services_of(
            record, self.area, agenda, self.clock, who, taking.templates, taking.own_templates
        )
        return dataclasses.replace(self, who=who, **services)
