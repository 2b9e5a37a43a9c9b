"""Capacity against demand: what is wanted of the sittings to come, what fits, and a case listed.

look = demand.look(8)                        # eight weeks
demand.list_case(sitting, "WM-0143")         # its next meeting, planned in the sitting
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.demand import Ask, Fitted, Placed, Room, WantKind, Week, fit, weeks_of
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.sitting import Sitting
from panelkit.domain.starting import next_level
from panelkit.domain.timescales import (
    add_working_days,
    room_day,
    say_bank_holidays,
    unknown_years,
    working_days_between,
)
from panelkit.domain.vocabulary import HELD_AT, Level, MeetingKind, MeetingState
from panelkit.services.acting import acting
from panelkit.services.caseload import Caseload
from panelkit.services.clock import Clock
from panelkit.services.planning import TO_COME, Planning
from panelkit.store.record import Record
from panelkit.store.wanted import Accepted, Many

WEEKS: Final = 8
"""Weeks that are looked at unless somebody says otherwise."""
MOST_WEEKS: Final = 52
LINES: Final = 100
"""Meetings of each kind that are listed by themselves; all are counted."""
LOOK_BACK: Final = 366
"""Days back to which a referral that led to a case is looked for a first meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One meeting that is wanted."""

    kind: WantKind
    ref: str
    """Of a case, of a meeting that is planned, or ``R-0012``."""
    due: date
    level: Level
    meeting_kind: MeetingKind
    minutes: int
    working_days: int
    """Working days until it is due; negative where it is late."""
    placed: Placed | None = None
    """The sitting that has room for it; None for none."""

    @property
    def in_time(self) -> bool:
        """Whether a sitting on or before its day has room."""
        return self.placed is not None and self.placed.held_on <= self.due


@dataclass(frozen=True, slots=True)
class Outlook:
    """The weeks to come."""

    today: date
    last: date
    weeks: tuple[Week, ...]
    wants: tuple[Want, ...]
    """The most pressing first, of each kind at most ``LINES``."""
    more: int
    """How many there are beside them."""
    rooms: tuple[Room, ...]
    calendar: str


@acting(Act.READ, list_case=Act.PLAN)
class Demand:
    """What a coordinator plans by."""

    def __init__(self, planning: Planning, caseload: Caseload, clock: Clock) -> None:
        """Over the record and the area of ``planning``."""
        self.planning = planning
        self.caseload = caseload
        self.record: Record = planning.record
        self.area: Area = planning.area
        self.clock = clock

    def today(self) -> date:
        """The date on the room's clock."""
        return room_day(self.clock())

    # -- looking ---------------------------------------------------------------------------

    def look(self, weeks: int = WEEKS, start: date | None = None) -> Outlook:
        """What is wanted and what there is in so many weeks from ``start`` on, else from today.

        Raises BadInput for a number of weeks that is none, a day that is over, and for a year of
        which the calendar has no bank holidays: a working day would be a guess.
        """
        today = self.today()
        first = start or today
        if not 1 <= weeks <= MOST_WEEKS:
            raise BadInput(f"{weeks} weeks cannot be looked at.", remedy=f"Say 1 to {MOST_WEEKS}.")
        if first < today:
            raise BadInput("The outlook begins today or later.", remedy="Say a day to come.")
        last = first + timedelta(days=7 * weeks - 1 - first.weekday())
        if unknown := unknown_years(first, last, self.area.calendar):
            msg, remedy = say_bank_holidays(unknown[0])
            raise BadInput(msg, remedy=remedy)
        with self.record.at_one_moment():
            rooms = self._rooms(first, last)
            firsts = [
                one for one in self.record.accepted_since(today - timedelta(days=LOOK_BACK))
                if self._due(one) <= last and _is_wanted(one, self._due(one))
            ]  # fmt: skip
            many = self.record.how_many_wanted(last + timedelta(days=1))
            asks = self._asks(many, firsts)
            fitted = fit(asks, rooms, first)
            wants = self._wants(fitted, firsts, last)
        counted = sum(one.ask.count for one in fitted)
        return Outlook(
            today=today, last=last, weeks=weeks_of(fitted, rooms, first, weeks, self.area.calendar),
            wants=wants, more=counted - len(wants), rooms=rooms, calendar=self.area.calendar.name,
        )  # fmt: skip

    def rooms(self, day: date) -> tuple[Room, ...]:
        """The sittings from today to a day and half a year, each with what is free of it."""
        today = self.today()
        return self._rooms(today, max(day, today) + timedelta(days=182))

    def _rooms(self, first: date, last: date) -> tuple[Room, ...]:
        sittings = self.record.sittings_between(first, last)
        taken: dict[str, int] = defaultdict(int)
        count: dict[str, int] = defaultdict(int)
        here = self.record.of_sittings([one.id for one in sittings])
        for one in here:
            if one.state in TO_COME:
                taken[one.sitting] += one.booked_minutes
                count[one.sitting] += 1
        return tuple(
            Room(
                sitting=one.id, held_on=one.held_on, booked=one.booked_minutes, taken=taken[one.id],
                level=one.level, meetings=count[one.id],
            )
            for one in reversed(sittings)
        )  # fmt: skip

    def _due(self, one: Accepted) -> date:
        days = self.area.figure(f"initial_l{one.level}_working_days")
        return add_working_days(one.accepted_on, days, self.area.calendar)

    def _asks(self, many: Sequence[Many], firsts: Sequence[Accepted]) -> list[Ask]:
        """All that is wanted, as many of one kind, day, level and length together."""
        counted: dict[tuple[WantKind, date, Level, int], int] = defaultdict(int)
        for each in many:
            minutes = each.booked_minutes or self._minutes(each.level, each.meeting_kind)
            counted[each.kind, each.due, each.level, minutes] += each.count
        for one in firsts:
            counted[self._key(one)] += 1
            if one.first_on is not None and not one.sitting:
                # It is among those in no sitting too, and is wanted once.
                loose = (
                    WantKind.LOOSE, one.first_on, one.first_level or one.level, one.booked_minutes
                )  # fmt: skip
                if counted.get(loose):
                    counted[loose] -= 1
        return [
            Ask(kind=kind, due=due, level=level, minutes=minutes, count=count)
            for (kind, due, level, minutes), count in counted.items()
            if count
        ]

    def _key(self, one: Accepted) -> tuple[WantKind, date, Level, int]:
        kind = WantKind.LATE_FIRST if one.first_ref else WantKind.FIRST
        level = one.first_level or one.level
        minutes = one.booked_minutes or self._minutes(level, MeetingKind.INITIAL)
        return kind, self._due(one), level, minutes

    def _minutes(self, level: Level, kind: MeetingKind) -> int:
        return self.area.planned_minutes(level if level in HELD_AT else Level.TWO, kind)

    def _wants(
        self, fitted: Sequence[Fitted], firsts: Sequence[Accepted], last: date
    ) -> tuple[Want, ...]:
        """The first of each kind in a line each, with the sitting that has room for it."""
        by_key = {
            (one.ask.kind, one.ask.due, one.ask.level, one.ask.minutes): one for one in fitted
        }
        counted: dict[tuple[WantKind, date, Level, int], int] = defaultdict(int)
        today, found = self.today(), []

        def want(
            key: tuple[WantKind, date, Level, int], ref: str, kind: MeetingKind
        ) -> None:  # fmt: skip
            group = by_key.get(key)
            if group is None or counted[key] >= group.ask.count:
                return
            placed = group.of(counted[key])
            counted[key] += 1
            found.append(
                Want(
                    kind=key[0], ref=ref, due=key[1], level=key[2], meeting_kind=kind, minutes=key[3],
                    placed=placed,
                    working_days=working_days_between(today, key[1], self.area.calendar),
                )
            )  # fmt: skip

        for one in firsts[:LINES]:
            ref = one.first_ref or one.case_ref or f"R-{one.number:04d}"
            want(self._key(one), ref, MeetingKind.INITIAL)
        late = {one.first_ref for one in firsts if one.first_ref}
        for kind in (WantKind.REVIEW, WantKind.AFTERWARDS, WantKind.AGAIN, WantKind.LOOSE):
            for each in self.record.first_wanted(kind, last + timedelta(days=1), LINES):
                if each.ref in late and kind is WantKind.LOOSE:
                    continue
                minutes = each.booked_minutes or self._minutes(each.level, each.meeting_kind)
                key = (kind, each.due, each.level, minutes)
                want(key, each.ref, each.meeting_kind)
        found.sort(key=lambda one: (one.due, one.ref))
        return tuple(found)

    # -- listing ---------------------------------------------------------------------------

    def list_case(self, sitting: Sitting, ref: str) -> Meeting:
        """A case's next meeting planned in a sitting, last in its order: one that is planned or stands
        cancelled is put there, a review that is due is made from the last meeting.

        ``ref`` is of a meeting or a case. Raises NotFound; Refused for a case whose meeting has begun
        or that left, and for a sitting that is over.
        """
        if sitting.held_on < self.today():
            msg = f"{sitting.title} is over."
            raise Refused(msg, remedy="List it in a sitting to come.")
        if ref.strip().upper().startswith("R-") and self.record.find_case(ref) is None:
            msg = f"{ref} led to no case yet: it has no meeting to list."
            raise Refused(
                msg, remedy="Make its case with its first meeting, F5 on the home screen."
            )
        last = self.record.find(ref) or self.record.latest(ref)
        if last is None:
            msg = f"{ref} has no meeting yet."
            raise NotFound(msg, remedy="Make its first meeting, F5 on the home screen.")
        twice = [m for m in self.planning.meetings(sitting) if m.case.id == last.case.id]
        if twice and twice[0].id != last.id:
            msg = f"{twice[0].ref} of the same case is in that sitting."
            raise Refused(msg, remedy="A case is heard once in a sitting.")
        planned = last.state is MeetingState.PLANNED
        if not planned or self.record.is_cancelled(last):
            # The day that was given up cannot be its day again, whatever the sitting.
            level = last.level if planned else next_level(last)
            last = self.caseload.open_next(
                last.case.ref, level=level, kind=MeetingKind.REVIEW, held_on=sitting.held_on
            )
        return self.planning.add(sitting, last.ref)


def _is_wanted(one: Accepted, due: date) -> bool:
    """Whether its first meeting is still to be planned, or is planned after its day."""
    return one.first_on is None or one.first_on > due
