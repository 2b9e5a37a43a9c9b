"""What happens to one invented individual: referred, heard, reviewed, returned, released, gone.

Only days and codes; the words of each meeting are made elsewhere. What is drawn by lot is drawn
from the case's own source, so that a case is the same whatever comes before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.put_off import PutOffKind, PutOffReason
from panelkit.domain.spans import SpanReason
from panelkit.domain.timescales import add_working_days
from panelkit.domain.vocabulary import (
    Category,
    CustodyStatus,
    EmergencyCause,
    ExitReason,
    Level,
    LevelDecision,
    MeetingKind,
)
from panelkit.fiction.diary import Booked, Diary
from panelkit.fiction.world import World

MEETINGS_OF_A_CASE: Final = 4.25
"""How many are held on average, with what follows; it sets how many cases a year needs."""

# Chances, each of one meeting or of the weeks to the next.
EMERGENCY: Final = 0.05
"""That a panel is called for something other than a return or a release; it rises with the years."""
AFTER_RETURN: Final = 0.3
BEFORE_RELEASE: Final = 0.12
OVERDUE_CALLED: Final = 0.3
"""That a review which is overdue is held as an emergency panel."""
RETURNED: Final = 0.15
"""Of those in the community; in a year about a third."""
CHARGED: Final = 0.02
CONVICTED: Final = 0.3
"""Of those charged."""
FIRST_LATE: Final = 0.13
REVIEW_LATE: Final = 0.06
POSTPONED: Final = 0.06
CANCELLED: Final = 0.015
TRANSFERRED: Final = 0.012
LEVEL_THREE_ASKED: Final = 0.07
IN_CUSTODY: Final = 0.36
STEP_DOWN: Final = (0.08, 0.3, 0.42)
"""To Level 1 at the first, the second and any later meeting at Level 2."""
THREE_TO_TWO: Final = (0.2, 0.45, 0.5)

Move = tuple[date, CustodyStatus, SpanReason]
"""From a day on the individual is somewhere else."""


@dataclass(slots=True)
class Off:
    """A day that was given up."""

    kind: PutOffKind
    reason: PutOffReason
    decided_on: date
    planned_for: date
    new_day: date | None = None


@dataclass(slots=True)
class Held:
    """One meeting: when, why, and what it decided."""

    number: int
    kind: MeetingKind
    level: Level
    booked: Booked | None
    """None for an emergency panel: it is in no sitting."""
    day: date
    where: CustodyStatus
    cause: EmergencyCause | None = None
    decision: LevelDecision = LevelDecision.L2
    exit_reason: ExitReason | None = None
    next_day: date | None = None
    """The day that was set for the next; None where none follows."""
    off: list[Off] = field(default_factory=list)
    state: str = "held"
    """``held``, ``cancelled`` or ``to_come``."""

    @property
    def stays(self) -> bool:
        """Whether another meeting follows."""
        return self.decision in (LevelDecision.L2, LevelDecision.L3)


@dataclass(slots=True)
class Course:
    """Everything that happened."""

    category: Category
    received: date
    level_asked: Level
    more_asked_on: date | None
    accepted: date
    level_given: Level
    where_first: CustodyStatus
    meetings: list[Held] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    events: list[tuple[OutcomeKind, date]] = field(default_factory=list)
    transferred_on: date | None = None


class Courses:
    """Makes them, within an area's timescales."""

    def __init__(
        self, world: World, area: Area, diary: Diary, first: date, until: date, growth: float
    ) -> None:
        """``growth`` is by how much more is done each year: 0.06 for six in a hundred."""
        self.world = world
        self.area = area
        self.diary = diary
        self.first = first
        self.until = until
        self.growth = growth
        self.weeks = {
            level: tuple(
                area.figure(f"review_l{level}_{what}_weeks")
                for what in ("earliest", "target", "backstop")
            )
            for level in (Level.TWO, Level.THREE)
        }

    def more(self, day: date) -> float:
        """How much more there is on a day than in the first year."""
        years = max(0.0, (day - self.first).days / 365.25)
        return float((1 + self.growth) ** years)

    def of(self, received: date, chance: Random) -> Course:
        """Somebody whose referral came on a day and was accepted."""
        asked = Level.THREE if chance.random() < LEVEL_THREE_ASKED else Level.TWO
        given = asked
        if asked is Level.THREE and chance.random() < 0.35:
            given = Level.TWO
        elif asked is Level.TWO and chance.random() < 0.015:
            given = Level.THREE
        more = received + timedelta(days=chance.randint(1, 5)) if chance.random() < 0.16 else None
        accepted = (more or received) + timedelta(days=chance.randint(1, 9 if more is None else 16))
        course = Course(
            category=Category(self.world.draw("category", chance)), received=received,
            level_asked=asked, more_asked_on=more, accepted=accepted, level_given=given,
            where_first=CustodyStatus.CUSTODY if chance.random() < IN_CUSTODY else CustodyStatus.COMMUNITY,
        )  # fmt: skip
        _Lived(self, course, chance).live()
        return course


class _Lived:
    """One course while it is made: where the individual is now, and when that ends."""

    def __init__(self, courses: Courses, course: Course, chance: Random) -> None:
        self.by = courses
        self.course = course
        self.chance = chance
        self.level = course.level_given
        self.where = course.where_first
        self.out_on: date | None = None
        if self.where is CustodyStatus.CUSTODY:
            self.out_on = course.accepted + timedelta(days=chance.randint(25, 190))
        self.at_level = 0
        """Meetings held at the present level."""

    def live(self) -> None:
        first = self._first()
        meeting: Held | None = first
        while meeting is not None:
            if meeting.day > self.by.until:
                self._to_come(meeting)
                return
            self._book(meeting)
            self._decide(meeting)
            self.course.meetings.append(meeting)
            meeting = self._next(meeting) if meeting.stays else None

    def _to_come(self, meeting: Held) -> None:
        """As it is planned on the last day: what would happen afterwards is not known yet."""
        meeting.state = "to_come"
        self._move_to(self.by.until)
        meeting.off = [off for off in meeting.off if off.decided_on <= self.by.until]
        if not meeting.off and self.course.meetings:
            meeting.day = self.course.meetings[-1].next_day or meeting.day
        if meeting.kind is MeetingKind.EMERGENCY:
            meeting.kind, meeting.cause = MeetingKind.REVIEW, None
        self.course.meetings.append(meeting)

    def _book(self, meeting: Held) -> None:
        self._move_to(meeting.day)
        meeting.where = self.where
        if meeting.kind is not MeetingKind.EMERGENCY and meeting.day >= self.by.first:
            minutes = self.by.area.planned_minutes(meeting.level, meeting.kind)
            meeting.booked = self.by.diary.book(meeting.day, meeting.level, minutes)

    def _move_to(self, day: date) -> None:
        """Released by then, where a release was due."""
        if self.out_on is not None and self.out_on <= day:
            self.where = CustodyStatus.COMMUNITY
            self.course.moves.append((self.out_on, self.where, SpanReason.RELEASED))
            self.out_on = None

    def _first(self) -> Held:
        """In time, as the area's days have it; of some it is late."""
        days = self.by.area.figure(f"initial_l{self.level}_working_days")
        late = self.chance.random() < FIRST_LATE
        after = self.chance.randint(days + 1, days * 2) if late else self.chance.randint(3, days)
        calendar = self.by.area.calendar
        target = add_working_days(self.course.accepted, after, calendar)
        last = None if late else add_working_days(self.course.accepted, days, calendar)
        day = max(self.by.diary.day(target, latest=last), self.course.accepted)
        return Held(1, MeetingKind.INITIAL, self.level, None, day, self.where)

    # -- what a meeting decides --------------------------------------------------------

    def _decide(self, meeting: Held) -> None:
        chance, place = self.chance, min(self.at_level, 2)
        lot = chance.random()
        held_in = self.where is not CustodyStatus.COMMUNITY
        emergency = meeting.kind is MeetingKind.EMERGENCY
        self.at_level += 1
        meeting.decision = LevelDecision(f"L{self.level}")
        if self.level is Level.THREE:
            if not emergency and lot < THREE_TO_TWO[place]:
                self._at(Level.TWO, meeting)
            return
        if lot < (0.11 if emergency else 0.012):
            self._at(Level.THREE, meeting)
        elif not emergency and lot > 1 - STEP_DOWN[place] * (0.6 if held_in else 1):
            self._leave(meeting)

    def _at(self, level: Level, meeting: Held) -> None:
        self.level, self.at_level = level, 0
        meeting.decision = LevelDecision(f"L{level}")

    def _leave(self, meeting: Held) -> None:
        """Category 3 leaves MAPPA with Level 2; the others go to Level 1, or are no longer eligible."""
        lot = self.chance.random()
        meeting.decision = LevelDecision.EXIT
        if lot < 0.012:
            meeting.exit_reason = ExitReason.DEATH
        elif self.course.category is Category.THREE:
            meeting.exit_reason = ExitReason.RISK_REDUCED
        elif self.course.category is not Category.ONE and lot < 0.16:
            meeting.exit_reason = ExitReason.ELIGIBILITY_ENDED
        else:
            meeting.decision = LevelDecision.L1

    # -- the weeks between -------------------------------------------------------------

    def _next(self, last: Held) -> Held | None:
        """The next meeting; None for somebody who was transferred to another area."""
        earliest, target, backstop = self.by.weeks[self.level]
        chance = self.chance
        weeks = chance.triangular(earliest, backstop - 0.4, target)
        latest = last.day + timedelta(weeks=backstop)
        planned = self.by.diary.day(last.day + timedelta(days=round(weeks * 7)), latest=latest)
        planned = max(planned, last.day + timedelta(days=7))
        last.next_day = planned
        meeting = Held(last.number + 1, MeetingKind.REVIEW, self.level, None, planned, self.where)
        if chance.random() < TRANSFERRED:
            day = last.day + timedelta(days=chance.randint(10, 60))
            self.course.transferred_on = day if day <= self.by.until else None
            return None
        if (called := self._called(last.day, planned)) is not None:
            self._brought_forward(meeting, *called)
        else:
            meeting = self._put_off(meeting, latest)
        return meeting

    def _called(self, after: date, before: date) -> tuple[date, EmergencyCause] | None:
        """The day and the cause of an emergency panel before the review, where one is called."""
        chance, room = self.chance, (before - after).days - 4
        if room < 8:
            return None
        cause: EmergencyCause | None = None
        day = after + timedelta(days=chance.randint(3, room))
        much = self.by.more(day)
        returned = self._return(day) if self.where is CustodyStatus.COMMUNITY else False
        if returned:
            day += timedelta(days=chance.randint(1, 3))
            cause = EmergencyCause.BREACH if chance.random() < AFTER_RETURN * much else None
        elif self.out_on is not None and after < self.out_on < before:
            if chance.random() < BEFORE_RELEASE * much:
                day, cause = max(after + timedelta(days=3), self.out_on - timedelta(days=6)), EmergencyCause.RELEASE  # fmt: skip
        elif chance.random() < EMERGENCY * much:
            cause = EmergencyCause(self.by.world.draw("cause_else", chance))
            if cause is EmergencyCause.RELEASE and self.where is CustodyStatus.COMMUNITY:
                cause = EmergencyCause.THREAT
        self._offence(after, before)
        if cause is None:
            return None
        while not self.by.area.calendar.is_working_day(day):
            day += timedelta(days=1)
        return (day, cause) if after < day < before else None

    def _return(self, day: date) -> bool:
        if day > self.by.until or self.chance.random() >= RETURNED:
            return False
        shpo = self.course.category is Category.ONE and self.chance.random() < 0.12
        kind = OutcomeKind.RETURNED_SHPO if shpo else OutcomeKind.RETURNED_LICENCE
        self.course.events.append((kind, day))
        self.where = CustodyStatus.RECALLED
        self.course.moves.append((day, self.where, SpanReason.RETURNED))
        fixed = self.chance.random() < 0.5
        self.out_on = day + timedelta(days=28 if fixed else self.chance.randint(56, 230))
        return True

    def _offence(self, after: date, before: date) -> None:
        if self.chance.random() < CHARGED:
            day = after + timedelta(days=self.chance.randint(2, max(3, (before - after).days - 2)))
            found = [(OutcomeKind.CHARGED, day)]
            if self.chance.random() < CONVICTED:
                found.append((OutcomeKind.CONVICTED, day + timedelta(days=self.chance.randint(60, 200))))  # fmt: skip
            self.course.events += [one for one in found if one[1] <= self.by.until]

    def _brought_forward(self, meeting: Held, day: date, cause: EmergencyCause) -> None:
        planned = meeting.day
        meeting.kind, meeting.cause, meeting.day = MeetingKind.EMERGENCY, cause, day
        if self.chance.random() < 0.5:
            meeting.off.append(
                Off(PutOffKind.CANCELLED, PutOffReason.BROUGHT_FORWARD, day, planned)
            )

    def _put_off(self, meeting: Held, latest: date) -> Held:
        """Postponed, overdue or cancelled; most are none of it."""
        chance, planned, lot = self.chance, meeting.day, self.chance.random()
        if lot < POSTPONED:
            reason = PutOffReason(self.by.world.draw("postponed_because", chance))
            new = self.by.diary.day(planned + timedelta(days=chance.randint(6, 24)))
            said = planned - timedelta(days=chance.randint(0, 5))
            if new > planned:
                meeting.off.append(Off(PutOffKind.POSTPONED, reason, said, planned, new))
                meeting.day = new
        elif lot < POSTPONED + REVIEW_LATE:
            meeting.day = self.by.diary.day(latest + timedelta(days=chance.randint(3, 40)))
            if chance.random() < OVERDUE_CALLED:
                meeting.kind, meeting.cause = MeetingKind.EMERGENCY, EmergencyCause.LATE_REVIEW
        elif lot < POSTPONED + REVIEW_LATE + CANCELLED and planned <= self.by.until:
            return self._cancelled(meeting)
        return meeting

    def _cancelled(self, meeting: Held) -> Held:
        """It stays in the record as not held; the one after it has the next number."""
        chance, planned = self.chance, meeting.day
        reason = PutOffReason(self.by.world.draw("cancelled_because", chance))
        said = planned - timedelta(days=chance.randint(0, 6))
        meeting.off.append(Off(PutOffKind.CANCELLED, reason, said, planned))
        meeting.state = "cancelled"
        self.course.meetings.append(meeting)
        day = self.by.diary.day(planned + timedelta(days=chance.randint(14, 45)))
        return Held(meeting.number + 1, MeetingKind.REVIEW, self.level, None, day, self.where)


def arrivals(
    first: date, until: date, each_year: float, growth: float, chance: Random, before: int
) -> Iterator[date]:
    """Days on which a referral came that was accepted, from so many days before the first.

    ``each_year`` is in the first year; before it as many, after it more by the growth.
    """
    day = float(-before)
    last = (until - first).days
    while True:
        years = max(0.0, day / 365.25)
        rate = each_year * (1 + growth) ** years / 365.25
        # Not quite by chance: a year's few hundred would hide a growth of some in a hundred.
        day += chance.uniform(0.1, 1.9) / rate
        if day > last:
            return
        yield first + timedelta(days=int(day // 1))
