"""What home lists, read as far as it is looked at: which meetings first, each by an index; what is
said of them from the meetings themselves, a page at a time.

    near = Near(record, area, clock, who)
    heads = near.heads({})          # what is near or owed, a line for each
    near.contents(ids)              # the meetings that are in view

A section that is longer than ``PAGE`` says how much more there is, and grows by as much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from panelkit.domain.area import Area
from panelkit.domain.deadlines import minutes_due_on
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOff
from panelkit.domain.sitting import Sitting
from panelkit.domain.timescales import add_working_days, room_day
from panelkit.domain.vocabulary import HELD_AT, Level, MeetingState
from panelkit.domain.waiting import SOON_DAYS
from panelkit.services.acting import acting
from panelkit.services.clock import Clock
from panelkit.store.falls_due import (
    ACTION,
    AFTERWARDS,
    APPROVE,
    CANCELLED,
    ISSUE,
    PLANNED,
    REVIEW,
    TRANSFER,
)
from panelkit.store.record import Due, Record, Summary

PAGE: Final = 100
"""Lines of a section at first, and how many more each time."""
SECTIONS: Final = ("later", "cancelled", "ended", "mine", "others")
"""Those that may be long."""
RUNNING: Final = (MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD)
UNISSUED: Final = (MeetingState.CLOSED, MeetingState.APPROVED)
MOST: Final = 1000
"""Things of a kind that are counted at most: home need not know how many thousands there are."""
ISSUED_SHOWN: Final = 20
"""Of meetings that owe nothing any more, the newest."""


ON_NOBODY: Final = frozenset({REVIEW, AFTERWARDS, TRANSFER})
"""What waits on no one person: a review that is not listed, what agencies owe."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A meeting of which something waits, and by when."""

    due: date
    ref: str
    found: Due


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section(Generic[T]):
    """As much of a section as is shown."""

    shown: tuple[T, ...] = ()
    more: int = 0
    """How many there are beside them; of what waits, decisions to be written up are not counted,
    which stand under the minutes of their meeting."""
    is_counted: bool = True
    """Whether that is all; False where it is at least so many."""


@dataclass(frozen=True, slots=True)
class Heads:
    """What is near or owed, without content."""

    today: date
    coming: tuple[Sitting, ...] = ()
    """Sittings of today and later, the last first."""
    in_sittings: tuple[Summary, ...] = ()
    """Meetings of those."""
    running: tuple[Summary, ...] = ()
    planned_today: tuple[Summary, ...] = ()
    """In no sitting of today or later, and not cancelled."""
    later: Section[Summary] = field(default_factory=Section)
    """Planned, in no such sitting, not for today, not cancelled; by day."""
    cancelled: Section[Summary] = field(default_factory=Section)
    ended: Section[Summary] = field(default_factory=Section)
    """Minutes not issued, newest first."""
    issued: tuple[Summary, ...] = ()
    mine: Section[Waiting] = field(default_factory=Section)
    others: Section[Waiting] = field(default_factory=Section)
    away: Mapping[str, str] = field(default_factory=dict)
    """Who holds the pen of meetings that are read-only here, by the meeting's id."""
    referrals: int = 0
    """Those that wait for an answer."""
    referrals_late: int = 0
    referrals_with: int | None = None
    """Those of them that somebody has; None where no referral was ever given to anybody."""
    half_read: int = 0
    """Minutes made elsewhere that whoever works began to go through, and has not stored."""


@acting(Act.READ)
class Near:
    """What home asks."""

    def __init__(self, record: Record, area: Area, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who

    def contents(self, ids: Sequence[str]) -> dict[str, Meeting]:
        """Whole meetings by id; one that is gone is left out."""
        return self.record.load_many(list(ids)) if ids else {}

    def put_off(self, ids: Sequence[str]) -> dict[str, tuple[PutOff, ...]]:
        """Days on which these were not held."""
        return self.record.put_off_of(ids)

    def heads(self, pages: Mapping[str, int]) -> Heads:
        """Everything that is near or owed; ``pages`` says how many lines of which section (a name
        of a field of :class:`Heads`), ``PAGE`` where it says nothing.
        """
        with self.record.at_one_moment():
            return self._heads({name: pages.get(name, PAGE) for name in SECTIONS})

    def _heads(self, many: Mapping[str, int]) -> Heads:
        record, today = self.record, room_day(self.clock())
        coming = record.sittings_from(today)
        in_sittings = tuple(record.of_sittings([one.id for one in coming]))
        here = {meeting.id for meeting in in_sittings}
        todays = {one.id for one in coming if one.held_on == today}
        at_once = {meeting.id for meeting in in_sittings if meeting.sitting in todays}
        now, later, cancelled = self._planned(today, many, here, at_once)
        waits = record.referrals_waiting()
        return Heads(
            today, coming, in_sittings,
            tuple(m for m in record.in_states(RUNNING) if m.id not in at_once), now, later, cancelled,
            self._ended(here, many["ended"]), self._issued(here), *self._waiting(today, many),
            away={key: held.words for key, held in record.pens_elsewhere().items()},
            referrals=len(waits.since),
            referrals_late=sum(self._answer_due(day) < today for day in waits.since),
            referrals_with=waits.held,
            half_read=record.half_read_many(self.who),
        )  # fmt: skip

    # -- meetings ------------------------------------------------------------------------

    def _planned(
        self, today: date, many: Mapping[str, int], here: set[str], at_once: set[str]
    ) -> tuple[tuple[Summary, ...], Section[Summary], Section[Summary]]:
        """Those of today in no sitting, those of later, those that stand cancelled."""
        record = self.record
        on_day = record.planned(on=today)
        now = tuple(m for m in on_day if not m.sitting)
        beside = here | {m.id for m in now}
        planned = record.planned(limit=many["later"] + 1 + len(beside))
        off = record.planned(cancelled=True, limit=many["cancelled"] + 1 + len(at_once))
        return (
            now,
            _section(
                [m for m in planned if m.id not in beside], many["later"],
                lambda: record.how_many_due(PLANNED, date.max, MOST),
            ),
            _section(
                [m for m in off if m.id not in at_once], many["cancelled"],
                lambda: record.how_many_due(CANCELLED, date.max, MOST),
            ),
        )  # fmt: skip

    def _ended(self, here: set[str], many: int) -> Section[Summary]:
        found = self.record.in_states(UNISSUED, limit=many + 1 + len(here))
        return _section([m for m in found if m.id not in here], many, self._minutes)

    def _minutes(self) -> int:
        return _up_to_most(
            self.record.how_many_due(what, date.max, MOST) for what in (APPROVE, ISSUE)
        )

    def _issued(self, here: set[str]) -> tuple[Summary, ...]:
        found = self.record.in_states([MeetingState.ISSUED], limit=ISSUED_SHOWN + len(here))
        return tuple(m for m in found if m.id not in here)[:ISSUED_SHOWN]

    def _answer_due(self, day: date) -> date:
        days = self.area.figure("referral_answer_working_days")
        return add_working_days(day, days, self.area.calendar)

    # -- what waits ----------------------------------------------------------------------

    def _waiting(
        self, today: date, many: Mapping[str, int]
    ) -> tuple[Section[Waiting], Section[Waiting]]:
        """On whoever works, and on others: the most pressing first."""
        mine = self._due(today, many["mine"] + 1, is_theirs=True)
        others = self._due(today, many["others"] + 1, is_theirs=False)
        more = max(0, len(mine) - many["mine"])
        if len(others) <= many["others"]:
            return Section(mine[: many["mine"]], more), Section(others)
        counted = _up_to_most(
            self.record.how_many_due(what, before, MOST, but=self.who)
            for what, before in self._kinds(today)
        )
        return (
            Section(mine[: many["mine"]], more),
            _shown(others, many["others"], counted),
        )

    def _kinds(self, today: date) -> tuple[tuple[str, date], ...]:
        soon, ever = today + timedelta(days=SOON_DAYS + 1), date.max
        return (
            (APPROVE, ever), (ISSUE, ever), (REVIEW, soon), (AFTERWARDS, ever), (TRANSFER, ever),
            (ACTION, today),
        )  # fmt: skip

    def _due(self, today: date, many: int, *, is_theirs: bool) -> tuple[Waiting, ...]:
        found: list[Waiting] = []
        for what, before in self._kinds(today):
            if what in ON_NOBODY and is_theirs:
                continue
            # Minutes of one level are due in the order in which the meetings were held.
            levels: tuple[Level | None, ...] = HELD_AT if what in (APPROVE, ISSUE) else (None,)
            for level in levels:
                found += [
                    Waiting(self._day(due), due.case_ref if what == REVIEW else due.ref, due)
                    for due in self.record.first_due(
                        what, before, self.who, is_theirs=is_theirs, limit=many, level=level
                    )
                ]
        found.sort(key=lambda one: (one.due, one.ref))
        return tuple(found[:many])

    def _day(self, due: Due) -> date:
        if due.what in (APPROVE, ISSUE):
            return minutes_due_on(due.day, due.level, self.area)
        if due.what == AFTERWARDS:
            days = self.area.figure("emergency_papers_working_days")
            return add_working_days(due.day, days, self.area.calendar)
        return due.day


def _section(found: Sequence[Summary], many: int, count: Callable[[], int]) -> Section[Summary]:
    """As many as are shown, and how many more there are; those of sittings to come are among them."""
    if len(found) <= many:
        return Section(tuple(found))
    return _shown(found, many, count())


def _up_to_most(counts: Iterable[int]) -> int:
    """Their sum; once it is ``MOST`` the rest is not counted."""
    found = 0
    for count in counts:
        if (found := found + count) >= MOST:
            break
    return found


def _shown(found: Sequence[T], many: int, counted: int) -> Section[T]:
    return Section(tuple(found[:many]), max(1, counted - many), is_counted=counted < MOST)
