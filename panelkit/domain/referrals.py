"""Referrals to Level 2 and 3 and how each was screened (statistics notes section 5 [V1]).

A referral may be about somebody who never becomes a case: it has a reference of its own, and no
name. What its form claims is kept as codes and lines without a name. Screening is a list of dated
decisions, each with the tests as they were found: more information may be asked for before the
answer, and what was asked for in one quarter stays in that quarter's figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.screening import (
    TESTS,
    Answers,
    Check,
    EligibleBy,
    Found,
    Standing,
    found_of,
    standing,
    words_of,
)
from panelkit.domain.timescales import add_working_days, age_on
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level, Term


class Disagrees(BadInput):
    """A decision that its own tests, or the level asked for, speak against."""


class Screened(Term):
    """What was decided of a referral."""

    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    MORE_INFORMATION = "more_information", "More information asked for"
    ANOTHER_LEVEL = "another_level", "Accepted at another level"

    @property
    def settles(self) -> bool:
        """Whether the referral is answered with it."""
        return self is not Screened.MORE_INFORMATION

    @property
    def accepts(self) -> bool:
        """Whether a case comes of it, at the level asked for or at another."""
        return self in (Screened.ACCEPTED, Screened.ANOTHER_LEVEL)


OFFERED: Final = (
    Screened.ACCEPTED, Screened.ANOTHER_LEVEL, Screened.MORE_INFORMATION, Screened.REJECTED,
)  # fmt: skip
"""Decisions in the order in which they are offered."""


class ScreenedBecause(Term):
    """Why, coded; the list is ours [I], after the tests of a level (glossary section 4)."""

    ADDS_VALUE = "adds_value", "Formal meetings add value"
    SENIOR = "senior", "Senior representation is needed"
    LOWER_ENOUGH = "lower_enough", "The lower level is enough"
    NOT_ELIGIBLE = "not_eligible", "Not MAPPA-eligible"
    LEVEL_ONE = "level_one", "Can be managed at Level 1"
    ELSEWHERE = "elsewhere", "Another arrangement deals with it"
    OTHER_AREA = "other_area", "Belongs to another area"
    WITHDRAWN = "referrer_withdrew", "Withdrawn by the referrer"
    ALREADY_THERE = "already_there", "Managed at that level already"
    NO_BASIS = "no_basis", "Eligibility not shown"
    FORM = "form_incomplete", "Form incomplete"
    NO_PLAN = "no_plan", "No risk management plan"
    NO_ASSESSMENT = "no_assessment", "Assessment missing or out of date"
    OTHER = "other", "Other"


_ADULT: Final = 18
_B: Final = ScreenedBecause
REASONS: Final = MappingProxyType(
    {
        Screened.ACCEPTED: (_B.ADDS_VALUE, _B.SENIOR, _B.OTHER),
        Screened.ANOTHER_LEVEL: (_B.LOWER_ENOUGH, _B.SENIOR, _B.ADDS_VALUE, _B.OTHER),
        Screened.REJECTED: (
            _B.NOT_ELIGIBLE, _B.LEVEL_ONE, _B.ELSEWHERE, _B.OTHER_AREA, _B.WITHDRAWN, _B.NO_PLAN,
            _B.NO_ASSESSMENT, _B.FORM, _B.ALREADY_THERE, _B.OTHER,
        ),
        Screened.MORE_INFORMATION: (_B.FORM, _B.NO_PLAN, _B.NO_ASSESSMENT, _B.NO_BASIS, _B.OTHER),
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
    """Restricted: the reason in words, without a name. The letter to the referrer prints it."""
    eligible: str = ""
    """Restricted, as each test here: ``yes``, ``no`` or ``not_known``, and perhaps a line: ``no: why``."""
    in_category: str = ""
    adds_value: str = ""
    high_risk: str = ""
    coordination: str = ""
    stepping_down: str = ""
    resources: str = ""
    profile: str = ""
    withdrawn: str = ""
    """Why it was never decided so; blank where it was."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn

    @property
    def answers(self) -> Answers:
        """The tests that were answered."""
        return _answers(self, Check)


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
    category: Category | None = None
    """The category that the referrer claims; None where it was not said."""
    eligible_by: EligibleBy | None = None
    """What makes the individual eligible, as the referrer claims."""
    age: AgeGroup | None = None
    """Child or adult on the day it was received; no date of birth is kept."""
    adds_value: str = ""
    """Restricted, as each test here: what the referrer says of it, as in :class:`Screening`."""
    high_risk: str = ""
    coordination: str = ""
    stepping_down: str = ""
    resources: str = ""
    profile: str = ""
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

    def came_before(self, later: Referral) -> bool:
        """Whether it came first; of one day the lower number did."""
        return (self.received_on, self.number) < (later.received_on, later.number)

    @property
    def settled(self) -> Screening | None:
        """The decision that answered it; None while it waits."""
        return next((s for s in self.screening if s.is_live and s.decision.settles), None)

    @property
    def waits(self) -> bool:
        """Whether an answer is owed: it came, and was neither accepted nor rejected."""
        return self.is_live and self.settled is None

    @property
    def answers(self) -> Answers:
        """What the referrer says of the tests."""
        return _answers(self, TESTS)

    @property
    def found(self) -> Answers:
        """The tests as the last decision that counts found them; empty before the first."""
        live = [one for one in self.screening if one.is_live]
        return live[-1].answers if live else {}

    @property
    def state(self) -> str:
        """How far it is, in words."""
        live = [one for one in self.screening if one.is_live]
        if self.withdrawn:
            return "withdrawn"
        return live[-1].decision.label.lower() if live else "not screened yet"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a referral says beside who asks for which level."""

    category: Category | None = None
    eligible_by: EligibleBy | None = None
    age: AgeGroup | None = None
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Came:
    """A referral that came, before it is kept."""

    received_on: date
    organisation: str
    agency: AgencyType
    level: Level
    claimed: Claimed = field(default_factory=Claimed)
    about: str = ""
    """Reference of the case of this record that it is about; looked at, and not kept."""


def _answers(of: Referral | Screening, checks: Iterable[Check]) -> Answers:
    return {check: said for check in checks if (said := getattr(of, check))}


def columns(answers: Answers) -> dict[str, str]:
    """Answers by the names of the fields that hold them."""
    return {str(check): said for check, said in answers.items()}


def bare(of: Referral | Screening) -> dict[str, str]:
    """Every answer without its line, by field: what stays when words are emptied."""
    return {
        str(check): str(found_of(said) or "")
        for check, said in of.answers.items() if words_of(said)
    }  # fmt: skip


def other_level(level: Level) -> Level:
    """Of the two levels that can be asked for, the one that was not."""
    return Level.TWO if level is Level.THREE else Level.THREE


def has_words(referral: Referral) -> bool:
    """Whether anything in words is kept with it or its screening."""
    return bool(bare(referral)) or any(one.words or bare(one) for one in referral.screening)


def age_group(born: date, day: date) -> AgeGroup:
    """Child or adult on a day."""
    return AgeGroup.CHILD if age_on(born, day) < _ADULT else AgeGroup.ADULT


OLDEST: Final = 110
"""Years; nobody referred is older."""


def must_be_alive(born: date, day: date) -> None:
    """Raises BadInput for a date of birth that is nobody's who lives on ``day``."""
    if not 0 <= age_on(born, day) <= OLDEST:
        msg = f"The date of birth is not one of somebody alive on {long_date(day)}."
        raise BadInput(msg, remedy="Look at the year, or leave it blank.")


def must_be_of_age(age: AgeGroup | None, born: date, day: date) -> None:
    """Raises BadInput where somebody is called an adult who is a child on ``day``, or a child who
    is none. The date itself is never said.
    """
    is_child = age_group(born, day) is AgeGroup.CHILD
    if age is not None and is_child is not (age is AgeGroup.CHILD):
        was = "under 18" if is_child else "18 or over"
        called = "an adult" if is_child else "a child"
        msg = f"By the date of birth the individual was {was} on {long_date(day)}, and is marked as {called}."
        raise BadInput(msg, remedy="Ask the referrer which of the two is wrong, and correct it.")


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
    must_be_answers(referral)
    if referral.received_on > today:
        raise BadInput(f"{long_date(referral.received_on)} is still to come.")


def must_be_answers(of: Referral | Screening) -> None:
    """Raises BadInput for a test that is answered with anything but yes, no or not known."""
    for check, said in of.answers.items():
        try:
            found_of(said)
        except ValueError:
            msg = f"{check.label}: that is no answer."
            raise BadInput(
                msg, remedy="Say yes, no or not_known, and perhaps why: no: the plan holds."
            ) from None


def must_follow(referral: Referral, screening: Screening, today: date) -> None:
    """Raises BadInput for a decision that cannot be so, Refused for one on a settled referral."""
    ref, day = referral.ref, screening.decided_on
    must_be_answers(screening)
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


def must_agree(referral: Referral, screening: Screening) -> None:
    """Raises Disagrees for a decision that its own tests, or the level asked for, speak against.

    Of what a person decides now: what was decided before, or elsewhere, stands as it was said.
    """
    decision, asked, given = screening.decision, referral.level_asked, screening.level_given
    if decision is Screened.ACCEPTED and given is not asked:
        msg = f"{referral.ref} asks for {asked.label}."
        raise Disagrees(
            msg, remedy=f"Say {Screened.ANOTHER_LEVEL} where it is accepted at another."
        )
    if decision is Screened.ANOTHER_LEVEL and given is asked:
        raise Disagrees(f"{asked.label} is the level that {referral.ref} asks for.", remedy="Say accepted.")  # fmt: skip
    if screening.because is ScreenedBecause.LOWER_ENOUGH and given is Level.THREE:
        msg = f"{given.label} is not the lower level."
        raise Disagrees(msg, remedy="Give another reason for the higher one.")
    eligible = found_of(screening.answers.get(Check.ELIGIBLE, ""))
    if decision.accepts and eligible is Found.NO:
        msg = "Somebody who is not eligible cannot be accepted."
        raise Disagrees(msg, remedy="Reject it as not eligible, or correct that answer.")
    if screening.because is ScreenedBecause.NOT_ELIGIBLE and eligible is Found.YES:
        msg = "It cannot be rejected as not eligible: eligible is answered with yes."
        raise Disagrees(msg, remedy="Give another reason, or correct that answer.")
    if given is None or screening.words:
        return
    if standing(given, screening.answers) is Standing.NOT_MET:
        msg = f"The tests of {given.label}, as they are answered, are not met."
        raise Disagrees(msg, remedy="Say in words why it is accepted all the same, or correct the answers.")  # fmt: skip


def _level(screening: Screening) -> None:
    if screening.decision.accepts:
        if screening.level_given not in (Level.TWO, Level.THREE):
            raise BadInput("Say the level that was given: 2 or 3.", remedy="With --level.")
    elif screening.level_given is not None:
        raise BadInput("A level is given where a referral is accepted, and nowhere else.")
