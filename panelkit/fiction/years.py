"""Years of an invented area, one case after another as its referral came.

    for one in years(harrowmere(), area, agenda, Wanted(first=..., until=..., each_year=600), by):
        ...                                     # a ``Filled``; nothing of those before it is kept

The same ``Wanted`` makes the same, whoever asks and whenever, but for who typed it and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.audit_forms import Form
from panelkit.domain.auditing import Audit
from panelkit.domain.deadlines import minutes_due
from panelkit.domain.filled import Filled
from panelkit.domain.level_history import Decided, decided_at
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.minutes import Fact, Happened
from panelkit.domain.observing import lay_advisers
from panelkit.domain.outcomes import Outcome
from panelkit.domain.put_off import PutOff
from panelkit.domain.timescales import add_working_days
from panelkit.domain.vocabulary import Category, Level, MeetingState
from panelkit.fiction.audits import audit_of
from panelkit.fiction.beside import boards, figures
from panelkit.fiction.cast import Cast, cast_of
from panelkit.fiction.course import MEETINGS_OF_A_CASE, Course, Courses, Held, arrivals
from panelkit.fiction.diary import Diary
from panelkit.fiction.histories import new_id, spans_of
from panelkit.fiction.minutes import Minutes
from panelkit.fiction.referrals import Referrals
from panelkit.fiction.world import World

BEFORE: Final = 900
"""Days before the first from which cases are made, so that the record begins with a caseload."""
REJECTED: Final = 0.33
"""Referrals that are rejected, for each that is accepted."""
IN_TIME: Final = 0.86
"""Minutes that are issued by the day they are due."""
NEVER: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How much of it."""

    first: date
    until: date
    """Included."""
    each_year: int
    """Meetings that are held in the first year, about."""
    growth: float = 0.06
    """By how much more is done in each year than in the one before."""
    seed: int = 1
    brief: bool = False
    """Without the words that no figure is counted from."""
    today: date
    """A meeting that is planned for a day before it is left out: it was neither held nor put off."""


def years(
    world: World, area: Area, agenda: tuple[AgendaItem, ...], wanted: Wanted, by: By,
    forms: Sequence[Form] = (), observed: Form | None = None,
) -> Iterator[Filled]:  # fmt: skip
    """Every case that was managed in the days, with its referral; then the board and the figures.

    ``forms`` are what some meetings are audited on, ``observed`` what a lay adviser answers.
    """
    return _Years(world, area, agenda, wanted, by, forms, observed).made()


@dataclass(slots=True)
class _Heard:
    """What the meetings of one case leave behind."""

    meetings: list[Meeting] = field(default_factory=list)
    off: list[PutOff] = field(default_factory=list)
    minutes: list[tuple[str, Fact]] = field(default_factory=list)
    audits: list[Audit] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)


class _Years:
    def __init__(
        self, world: World, area: Area, agenda: tuple[AgendaItem, ...], wanted: Wanted, by: By,
        forms: Sequence[Form], observed: Form | None,
    ) -> None:  # fmt: skip
        self.world, self.area, self.agenda = world, area, agenda
        self.wanted, self.by = wanted, by
        self.forms, self.observed = forms, observed
        asked = (wanted.seed, wanted.first, wanted.until, wanted.each_year, wanted.growth)
        self.seed = ":".join(str(one) for one in asked)
        self.diary = Diary(
            world, area.calendar, wanted.first - timedelta(days=BEFORE),
            wanted.until + timedelta(days=400), each_year=wanted.each_year, seed=self.seed,
        )  # fmt: skip
        self.courses = Courses(world, area, self.diary, wanted.first, wanted.until, wanted.growth)
        self.referrals = Referrals(world, wanted.until, by)
        self.cases = 0

    def made(self) -> Iterator[Filled]:
        wanted, chance = self.wanted, self._chance("arrivals")
        each_year = wanted.each_year / MEETINGS_OF_A_CASE
        for number, day in enumerate(
            arrivals(wanted.first, wanted.until, each_year, wanted.growth, chance, BEFORE)
        ):
            if (found := self._case(day, self._chance(number))) is not None:
                yield found
            if day >= wanted.first and chance.random() < REJECTED:
                yield Filled(referrals=(self.referrals.rejected(day, chance),))
        beside = self._chance("beside")
        yield Filled(
            boards=tuple(boards(self.world, self.area, wanted.first, wanted.until, self.by, beside)),
            figures=tuple(figures(wanted.first, wanted.until, wanted.each_year, self.by, beside)),
        )  # fmt: skip

    def _chance(self, what: object) -> Random:
        return Random(f"{self.seed}:{what}")  # noqa: S311  # no secret: it must come out the same

    # -- one case ------------------------------------------------------------------------

    def _case(self, received: date, chance: Random) -> Filled | None:
        """None for somebody of whom nothing falls in the days."""
        wanted, course = self.wanted, self.courses.of(received, chance)
        if course.accepted > wanted.until:
            waits = received >= wanted.first
            return Filled(referrals=(self.referrals.of(course, "", chance),)) if waits else None
        if not self._is_there(course):
            return None
        self.cases += 1
        cast = cast_of(self.world, course, self.cases, chance)
        heard = self._heard(course, cast, chance)
        spans = spans_of(course, cast.case.id, heard.decided, wanted.first, chance)
        begins = spans[0].from_day if spans else wanted.until
        events = (
            Outcome(
                id=new_id(chance), case_id=cast.case.id, kind=kind, day=day,
                typed_by=self.by.name, typed_at=self.by.at,
            )
            for kind, day in course.events if day >= max(wanted.first, begins)
        )  # fmt: skip
        first = heard.meetings[0].number if heard.meetings else 0
        referred = course.accepted >= wanted.first or first == 1
        return Filled(
            case=cast.case, spans=spans, events=tuple(events), sittings=self.diary.take_fresh(),
            meetings=tuple(heard.meetings), put_off=tuple(heard.off), minutes=tuple(heard.minutes),
            audits=tuple(heard.audits),
            referrals=(self.referrals.of(course, cast.case.id, chance),) if referred else (),
        )  # fmt: skip

    def _heard(self, course: Course, cast: Cast, chance: Random) -> _Heard:
        """Every meeting of a case that is in the days; of those before only what was decided."""
        wanted, heard = self.wanted, _Heard()
        minutes = Minutes(self.world, self.area, self.agenda, cast, chance, brief=wanted.brief)
        for held in course.meetings:
            if held.day < wanted.first and held.state == "held":
                heard.decided.append(_decided_before(held, cast, new_id(chance)))
            elif self._is_kept(held):
                meeting = minutes.of(held) if held.state == "held" else minutes.planned(held)
                if held.state == "held":
                    meeting, facts = self._minuted(meeting, cast, chance)
                    heard.minutes += facts
                    heard.audits += self._audits(meeting, chance)
                if (said := decided_at(meeting)) is not None:
                    heard.decided.append(said)
                heard.meetings.append(meeting)
                heard.off += self._put_off(held, meeting.id, chance)
        return heard

    def _is_there(self, course: Course) -> bool:
        """Whether anything of it is in the days: a meeting, or a level that still held."""
        last = course.meetings[-1]
        if course.transferred_on is not None and course.transferred_on < self.wanted.first:
            return False
        return last.stays or last.day >= self.wanted.first

    def _is_kept(self, held: Held) -> bool:
        if held.state == "to_come":
            return held.day >= self.wanted.today or bool(held.off)
        return held.day >= self.wanted.first

    def _minuted(
        self, meeting: Meeting, cast: Cast, chance: Random
    ) -> tuple[Meeting, list[tuple[str, Fact]]]:
        """Sent to the chair, approved and issued, in time or late; a few never were."""
        due, calendar = minutes_due(meeting, self.area), self.area.calendar
        lot = chance.random()
        if lot < NEVER:
            return meeting, []
        in_time = lot < NEVER + IN_TIME
        issued = (
            add_working_days(meeting.held_on, chance.randint(2, 5 if meeting.level is Level.THREE else 10), calendar)
            if in_time else add_working_days(due, chance.randint(1, 15), calendar)
        )  # fmt: skip
        if issued >= self.wanted.today:
            return meeting, []
        taker, chair = cast.minute_taker.name, cast.chair.name
        facts = (
            (Happened.SENT_TO_CHAIR, taker, 9), (Happened.APPROVED, chair, 14),
            (Happened.ISSUED, taker, 15),
        )  # fmt: skip
        return replace(meeting, state=MeetingState.ISSUED), [
            (
                meeting.id,
                Fact(what=str(what), who=who, at=datetime.combine(issued, time(hour), UTC)),
            )
            for what, who, hour in facts
        ]

    def _audits(self, meeting: Meeting, chance: Random) -> Iterator[Audit]:
        day = meeting.held_on + timedelta(days=chance.randint(14, 50))
        share = min(0.05, 30 / self.wanted.each_year)
        if day > self.wanted.until:
            return
        if self.forms and chance.random() < share:
            form = chance.choice(self.forms)
            who = chance.choice(self.world.auditors).name
            yield audit_of(self.world, meeting, form, who, day, chance)
        if self.observed is not None and chance.random() < 6 * share:
            for who in lay_advisers(meeting):
                yield audit_of(self.world, meeting, self.observed, who, day, chance)

    def _put_off(self, held: Held, meeting_id: str, chance: Random) -> Iterator[PutOff]:
        for number, one in enumerate(held.off, 1):
            yield PutOff(
                id=new_id(chance), meeting_id=meeting_id, number=number, kind=one.kind,
                reason=one.reason, decided_on=one.decided_on, planned_for=one.planned_for,
                new_day=one.new_day, typed_by=self.by.name, typed_at=self.by.at,
            )  # fmt: skip


def _decided_before(held: Held, cast: Cast, meeting_id: str) -> Decided:
    """What a meeting decided that was held before the record begins, and is not in it."""
    return Decided(
        meeting_id=meeting_id, case_id=cast.case.id, held_on=held.day, effective=held.day,
        held_at=held.level, is_first=held.number == 1, decision=held.decision,
        exit_reason=held.exit_reason, category=Category(cast.case.category), whereabouts=held.where,
    )  # fmt: skip
