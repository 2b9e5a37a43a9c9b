"""Referrals that were answered: what was asked for and given, how many days the answer took, and what
came afterwards that suggests that it was wrong. Pure.

What the record does not show is said as that: a referral that led to no case here cannot be followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from panelkit.domain.allocating import followed_by
from panelkit.domain.area import Area
from panelkit.domain.referrals import Referral, answer_due
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.timescales import add_months, working_days_between
from panelkit.domain.vocabulary import Level, Term

DAYS: Final = "referral_answer_working_days"
WATCHED: Final = "referral_watched_months"
"""Figures of the area file."""
LEVELS: Final = (Level.TWO, Level.THREE)


class After(Term):
    """What came after an answer, in the months that are watched."""

    RAISED = "raised", "Raised to another level"
    LOWERED = "lowered", "Lowered to another level"
    HELD = "held", "At the level that was given throughout"
    LEFT = "left", "Left Level 2 and 3, no other level"
    ACCEPTED = "accepted", "Accepted on a later referral"
    NOT_ACCEPTED = "not_accepted", "Referred again, not accepted"
    TOO_EARLY = "too_early", "Too early to say"
    UNKNOWN = "unknown", "Cannot be followed"

    @property
    def suggests(self) -> bool:
        """Whether it suggests that the answer was wrong; it proves nothing."""
        return self in (After.RAISED, After.LOWERED, After.ACCEPTED)

    @property
    def says(self) -> bool:
        """Whether the record says either way."""
        return self.suggests or self in (After.HELD, After.NOT_ACCEPTED)


OF_ACCEPTED: Final = (
    After.RAISED, After.LOWERED, After.HELD, After.LEFT, After.TOO_EARLY, After.UNKNOWN,
)  # fmt: skip
OF_REJECTED: Final = (After.ACCEPTED, After.NOT_ACCEPTED, After.TOO_EARLY, After.UNKNOWN)


class LevelSpan(NamedTuple):
    """A level that held of a case; both days are included."""

    case_id: str
    value: str
    first: str
    last: str
    """Blank while it holds."""
    end_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One referral with its answer and what came after it."""

    id: str
    ref: str
    agency: str
    asked: Level
    received: date
    decided: date
    answer: str
    """``Level 2 given``, ``Rejected``."""
    is_given: bool
    """Whether Level 2 or 3 was given."""
    days: int
    """Working days from receipt to the answer."""
    in_time: bool
    after: After = After.UNKNOWN

    @property
    def quarter(self) -> str:
        """In which it was answered."""
        return ReportQuarter.of(self.decided).label


def answered(
    referrals: Sequence[Referral], area: Area, *, first: date, last: date, today: date,
    spans: Iterable[LevelSpan] = (), again: Mapping[str, str] | None = None,
) -> tuple[Answered, ...]:  # fmt: skip
    """Those that were answered in these days, by number. ``again`` says of a later referral which
    earlier one was of the same individual.
    """
    held: dict[str, list[LevelSpan]] = {}
    for span in sorted(spans, key=lambda one: one.first):
        held.setdefault(span.case_id, []).append(span)
    look = _Looking({one.id: one for one in referrals}, held, again or {}, area, today)
    found = []
    for one in sorted(referrals, key=lambda each: each.number):
        said = one.settled if one.is_live else None
        if said is not None and first <= said.decided_on <= last:
            found.append(look.at(one))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Looking:
    by_id: Mapping[str, Referral]
    held: Mapping[str, Sequence[LevelSpan]]
    again: Mapping[str, str]
    area: Area
    today: date

    def at(self, one: Referral) -> Answered:
        said = one.settled
        if said is None:
            msg = f"{one.ref} is not answered"
            raise ValueError(msg)
        given = said.level_given if said.level_given in LEVELS else None
        day = said.decided_on
        answer = f"{said.level_given.label} given" if said.level_given else said.decision.label
        return Answered(
            id=one.id, ref=one.ref, agency=one.agency.label, asked=one.level_asked,
            received=one.received_on, decided=day, answer=answer, is_given=given is not None,
            days=working_days_between(one.received_on, day, self.area.calendar),
            in_time=day <= answer_due(one, self.area),
            after=self._level_after(one, given, day) if given else self._accepted_after(one, day),
        )  # fmt: skip

    def _until(self, day: date) -> date:
        return add_months(day, self.area.figure(WATCHED))

    def _level_after(self, one: Referral, given: Level, day: date) -> After:
        start, end = day.isoformat(), self._until(day)
        spans = self.held.get(one.case_id, ()) if one.case_id else ()
        mine = [s for s in spans if not s.last or s.last >= start]
        later = [s for s in mine if start <= s.first <= end.isoformat()]
        other = next((span for span in later if span.value != given), None)
        if other is not None:
            return After.RAISED if other.value > given else After.LOWERED
        if not mine:  # with no case, or none whose level is known from then on
            return After.TOO_EARLY if one.case_id and self.today <= end else After.UNKNOWN
        last = mine[-1]
        if last.end_reason and last.last and last.last <= end.isoformat():
            return After.LEFT
        if self.today <= end:
            return After.TOO_EARLY
        throughout = any(
            span.value == given and span.first <= end.isoformat() and (not span.last or span.last >= end.isoformat())
            for span in mine
        )  # fmt: skip
        return After.HELD if throughout else After.UNKNOWN

    def _accepted_after(self, one: Referral, day: date) -> After:
        end = self._until(day)
        later = [self.by_id[key] for key in followed_by(self.again, one.id) if key in self.by_id]
        live = [each for each in later if each.is_live]
        for each in live:
            said = each.settled
            if said is not None and said.level_given in LEVELS and day <= said.decided_on <= end:
                return After.ACCEPTED
        if self.today <= end:
            return After.TOO_EARLY
        return After.NOT_ACCEPTED if live else After.UNKNOWN
