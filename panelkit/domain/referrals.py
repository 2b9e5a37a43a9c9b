"""Referrals to Level 2 and 3 and how each was screened (statistics notes section 5 [V1]).

A referral may be about somebody who never becomes a case: it has a reference of its own, and no
name. Screening is a list of dated decisions: more information may be asked for before the answer,
and what was asked for in one quarter stays in that quarter's figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.timescales import add_working_days
from panelkit.domain.vocabulary import AgencyType, Level, Term


class Screened(Term):
    """What was decided of a referral."""

    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    MORE_INFORMATION = "more_information", "More information asked for"

    @property
    def settles(self) -> bool:
        """Whether the referral is answered with it."""
        return self is not Screened.MORE_INFORMATION


class ScreenedBecause(Term):
    """Why, coded; the list is ours [I], after the tests of a level (glossary section 4)."""

    ADDS_VALUE = "adds_value", "Formal meetings add value"
    SENIOR = "senior", "Senior representation is needed"
    NOT_ELIGIBLE = "not_eligible", "Not MAPPA-eligible"
    LEVEL_ONE = "level_one", "Can be managed at Level 1"
    ELSEWHERE = "elsewhere", "Another arrangement deals with it"
    OTHER_AREA = "other_area", "Belongs to another area"
    WITHDRAWN = "referrer_withdrew", "Withdrawn by the referrer"
    FORM = "form_incomplete", "Form incomplete"
    NO_PLAN = "no_plan", "No risk management plan"
    NO_ASSESSMENT = "no_assessment", "Assessment missing or out of date"
    OTHER = "other", "Other"


_B: Final = ScreenedBecause
REASONS: Final = MappingProxyType(
    {
        Screened.ACCEPTED: (_B.ADDS_VALUE, _B.SENIOR, _B.OTHER),
        Screened.REJECTED: (
            _B.NOT_ELIGIBLE, _B.LEVEL_ONE, _B.ELSEWHERE, _B.OTHER_AREA, _B.WITHDRAWN, _B.NO_PLAN,
            _B.NO_ASSESSMENT, _B.FORM, _B.OTHER,
        ),
        Screened.MORE_INFORMATION: (_B.FORM, _B.NO_PLAN, _B.NO_ASSESSMENT, _B.OTHER),
    }
)  # fmt: skip
"""The reasons that each decision may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One decision on a referral."""

    id: str
    referral_id: str
    decision: Screened
    because: ScreenedBecause
    decided_on: date
    level_given: Level | None = None
    """Two or three where it was accepted; None else."""
    words: str = ""
    """Restricted: the reason in words, without a name."""
    withdrawn: str = ""
    """Why it was never decided so; blank where it was."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One referral, with its screening in order of days."""

    id: str
    number: int = 0
    """Counts referrals of this record; 0 until it is stored."""
    received_on: date
    organisation: str
    agency: AgencyType
    level_asked: Level
    case_id: str = ""
    """The case that came of it; blank while there is none, or where it was let go."""
    withdrawn: str = ""
    """Why it never came, in words; blank where it did."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1
    screening: tuple[Screening, ...] = ()

    @property
    def ref(self) -> str:
        """``R-0012``: its own reference, whoever it is about."""
        return f"R-{self.number:04d}"

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn

    @property
    def settled(self) -> Screening | None:
        """The decision that answered it; None while it waits."""
        return next((s for s in self.screening if s.is_live and s.decision.settles), None)

    @property
    def waits(self) -> bool:
        """Whether an answer is owed: it came, and was neither accepted nor rejected."""
        return self.is_live and self.settled is None

    @property
    def state(self) -> str:
        """How far it is, in words."""
        live = [one for one in self.screening if one.is_live]
        if self.withdrawn:
            return "withdrawn"
        return live[-1].decision.label.lower() if live else "not screened yet"


def answer_due(referral: Referral, area: Area) -> date:
    """The last day on which its answer is in time, by the area's working days."""
    days = area.figure("referral_answer_working_days")
    return add_working_days(referral.received_on, days, area.calendar)


def first_meeting_due(referral: Referral, area: Area) -> date | None:
    """The last day on which the first meeting of an accepted one is in time (key figure K-INIT);
    None for a referral that is not accepted.
    """
    said = referral.settled
    if said is None or said.level_given is None:
        return None
    days = area.figure(f"initial_l{said.level_given}_working_days")
    return add_working_days(said.decided_on, days, area.calendar)


def must_be_right(referral: Referral, today: date) -> None:
    """Raises BadInput for a referral that cannot be so, naming what is wrong."""
    if not referral.organisation:
        raise BadInput("Say which organisation referred.", remedy="With --from.")
    if not referral.agency.takes_part:
        raise BadInput(f"{referral.agency.label} makes no referrals.", remedy="Say another agency.")
    if referral.level_asked is Level.ONE:
        raise BadInput("Level 1 is not asked for: a referral is to Level 2 or 3.")
    if referral.received_on > today:
        raise BadInput(f"{long_date(referral.received_on)} is still to come.")


def must_follow(referral: Referral, screening: Screening, today: date) -> None:
    """Raises BadInput for a decision that cannot be so, Refused for one on a settled referral."""
    ref, day = referral.ref, screening.decided_on
    if not referral.is_live:
        raise Refused(f"{ref} was withdrawn.")
    if referral.settled is not None:
        said = referral.settled
        msg = f"{ref} was {said.decision.label.lower()} on {long_date(said.decided_on)}."
        raise Refused(msg, remedy="Take that back first, with panelkit referral undo.")
    if day < referral.received_on:
        came = long_date(referral.received_on)
        raise BadInput(f"{ref}: {long_date(day)} is before it was received, on {came}.")
    if day > today:
        raise BadInput(f"{long_date(day)} is still to come.")
    if (later := _later(referral.screening, day)) is not None:
        msg = f"{ref}: {long_date(day)} is before its last decision, of {long_date(later)}."
        raise BadInput(msg)
    known = REASONS[screening.decision]
    if screening.because not in known:
        msg = f"{screening.because.label} is no reason for: {screening.decision.label.lower()}."
        raise BadInput(msg, remedy=f"Say one of {', '.join(known)}.")
    if screening.because is ScreenedBecause.OTHER and not screening.words:
        raise BadInput("Another reason needs its words.", remedy="With --words, and no name.")
    _level(screening)


def _later(screening: Sequence[Screening], day: date) -> date | None:
    return next((s.decided_on for s in screening if s.is_live and s.decided_on > day), None)


def _level(screening: Screening) -> None:
    if screening.decision is Screened.ACCEPTED:
        if screening.level_given not in (Level.TWO, Level.THREE):
            raise BadInput("Say the level that was given: 2 or 3.", remedy="With --level.")
    elif screening.level_given is not None:
        raise BadInput("A level is given where a referral is accepted, and nowhere else.")
