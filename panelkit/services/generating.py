"""An empty record filled with invented work, for tests, demonstration and measuring.

    generating = Generating(record, area, agenda, clock, who)
    generating.years(wanted_years(clock, 3, seed=7))     # plausible years
    generating.year(totals_of(text), seed=7)             # one whose annual tables are asked for

Of the second the numbers are asked for; that they come back is the counting's work, from cases.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from panelkit.audit.forms import form_named, forms_for
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.filled import Filled
from panelkit.domain.meeting import Answer, By, Meeting
from panelkit.domain.observing import observed
from panelkit.domain.outcomes import Outcome
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import Span, SpanKind
from panelkit.domain.timescales import add_months, room_day
from panelkit.domain.vocabulary import (
    HELD,
    Category,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingState,
)
from panelkit.fiction.world import harrowmere
from panelkit.fiction.years import Wanted, years
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.stats.fiction import Somebody, invented
from panelkit.stats.totals import Totals
from panelkit.store.record import Record

WEEKS: Final = MappingProxyType({"2": 14, "3": 7})
"""Between two meetings of one case: within the backstops of the national file."""
YEARS: Final = (1, 20)
MEETINGS: Final = (10, 25_000)
GROWTHS: Final = (-50, 100)
"""Least and most that is made: what a year of all England and Wales needs, and a bound for the work."""
MOST: Final = 1_000_000
"""Meetings in all: growth over the years soon has no bounds."""
EARLIEST: Final = 2000
"""The arrangements began in 2001."""
USUAL: Final = 600
"""Meetings of a large area in a year."""
GROWTH: Final = 6
_DECIDED: Final = MappingProxyType(
    {"1": LevelDecision.L1, "2": LevelDecision.L2, "3": LevelDecision.L3}
)


@dataclass(frozen=True, slots=True)
class Generated:
    """What was made."""

    cases: int
    meetings: int
    events: int


@dataclass(frozen=True, slots=True)
class GeneratedYears:
    """What was made of plausible years."""

    first: date
    until: date
    cases: int
    meetings: int
    """That were held."""
    emergencies: int
    """Of them."""
    referrals: int


@dataclass(slots=True)
class _Count:
    """Counts what passes, so that nothing of it need be kept."""

    cases: int = 0
    meetings: int = 0
    emergencies: int = 0
    referrals: int = 0

    def counted(self, everything: Iterable[Filled]) -> Iterator[Filled]:
        for one in everything:
            held = [meeting for meeting in one.meetings if meeting.state in HELD]
            self.cases += one.case is not None
            self.meetings += len(held)
            self.emergencies += sum(meeting.kind is MeetingKind.EMERGENCY for meeting in held)
            self.referrals += len(one.referrals)
            yield one


def wanted_years(
    clock: Clock, many: int, *, meetings: int = USUAL, until: date | None = None,
    growth: int = GROWTH, seed: int = 1, brief: bool = False,
) -> Wanted:  # fmt: skip
    """So many years up to ``until``, else to the last 31 March; ``meetings`` are held in the first,
    about, and ``growth`` in a hundred more in each that follows.

    Raises BadInput for what is out of bounds, Refused for a last day that is not over.
    """
    today = room_day(clock())
    for name, number, (least, most) in (
        ("years", many, YEARS), ("meetings", meetings, MEETINGS), ("growth", growth, GROWTHS),
    ):  # fmt: skip
        if not least <= number <= most:
            raise BadInput(f"--{name} is a whole number from {least} to {most}.")
    if sum(meetings * (1 + growth / 100) ** year for year in range(many)) > MOST:
        raise BadInput(
            f"That is more than {MOST} meetings.", remedy="Ask for fewer years, or less growth."
        )
    last = until or ReportYear.of(today).before.end
    if last >= today:
        raise Refused(f"{long_date(last)} is not over.", remedy="Name an earlier --until.")
    if last.year - many < EARLIEST:
        raise BadInput(f"The first day is before {EARLIEST}.", remedy="Name a later --until.")
    return Wanted(
        first=add_months(last, -12 * many) + timedelta(days=1), until=last, each_year=meetings,
        growth=growth / 100, seed=seed, brief=brief, today=today,
    )  # fmt: skip


@acting(Act.PLAN)
class Generating:
    """Fills an empty record."""

    def __init__(
        self, record: Record, area: Area, agenda: tuple[AgendaItem, ...], clock: Clock, who: str
    ) -> None:
        """``agenda`` is what the meetings are opened with."""
        self.record = record
        self.area = area
        self.agenda = agenda
        self.clock = clock
        self.who = who

    def years(self, wanted: Wanted) -> GeneratedYears:
        """What :func:`wanted_years` says. Raises Refused for a record that is not empty."""
        by, count = By(self.who, self.clock()), _Count()
        lay = form_named(self.area, self.area.observation_form)
        # An area audits on the forms of its own country.
        forms = [form for form in forms_for(self.area) if form.place == lay.place]
        everything = years(harrowmere(), self.area, self.agenda, wanted, by, forms, observed(lay))
        self.record.fill(count.counted(everything), by, command=new_id())
        return GeneratedYears(
            wanted.first, wanted.until, count.cases, count.meetings, count.emergencies,
            count.referrals,
        )  # fmt: skip

    def year(self, totals: Totals, seed: int) -> Generated:
        """One area-year. Raises Refused for a record that is not empty, or a year not yet over."""
        if room_day(self.clock()) <= totals.year.end:
            raise Refused(f"{totals.year.label} is not over.", remedy="Ask for a year that is.")
        by = By(self.who, self.clock())
        stem = f"{totals.year.label}:{seed}:{new_id()}"
        made = [
            self._filled(one, number, f"{stem}:{number}", totals.year.end, by)
            for number, one in enumerate(invented(totals, seed), 1)
        ]
        self.record.fill(made, by, command=new_id())
        return Generated(
            len(made), sum(len(one.meetings) for one in made), sum(len(one.events) for one in made)
        )

    def _filled(self, one: Somebody, number: int, stem: str, until: date, by: By) -> Filled:
        def made(what: str) -> str:
            return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{stem}:{what}"))

        case = Case(
            id=made("case"), ref=f"GN-{number:05}", category=Category(one.category), fiction=True,
            name=f"Invented Person {number}",
        )  # fmt: skip
        meetings = tuple(self._meetings(one, case, until, by))
        by_day = {meeting.held_on: meeting.id for meeting in meetings}
        spans = tuple(
            Span(
                id=made(f"span {place}"), case_id=case.id, kind=turn.kind, value=turn.value,
                from_day=turn.first, to_day=turn.last, reason=turn.reason, end_reason=turn.end_reason,
                meeting_id=by_day.get(turn.first, "") if turn.kind is SpanKind.LEVEL else "",
            )
            for place, turn in enumerate(one.turns)
        )  # fmt: skip
        events = tuple(
            Outcome(
                id=made(f"event {place}"), case_id=case.id, kind=kind, day=day, typed_by=by.name,
                typed_at=by.at,
            )
            for place, (kind, day) in enumerate(one.events)
        )  # fmt: skip
        return Filled(case=case, spans=spans, events=events, meetings=meetings)

    def _meetings(self, one: Somebody, case: Case, until: date, by: By) -> Iterator[Meeting]:
        for number, (day, held_at, decision) in enumerate(_held(one, until), 1):
            said = {
                ("A3", "mappa_category"): one.category,
                ("A15", "level_decision"): str(decision),
            }
            answers = {
                place: Answer(item=place[0], field=place[1], text=text, typed_by=by.name, typed_at=by.at)
                for place, text in said.items()
            }  # fmt: skip
            level = Level(held_at)
            kind = MeetingKind.INITIAL if number == 1 else MeetingKind.REVIEW
            yield Meeting(
                id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{case.id}:{number}")), case=case, number=number,
                level=level, kind=kind, held_on=day, state=MeetingState.CLOSED, agenda=self.agenda,
                booked_minutes=self.area.planned_minutes(level, kind),
                answers=MappingProxyType(answers),
            )  # fmt: skip


def _held(one: Somebody, until: date) -> Iterator[tuple[date, str, LevelDecision]]:
    """Day, level and decision of each meeting: at every change of level, and reviews between until a day."""
    levels = one.of(SpanKind.LEVEL)
    if levels[0].value == Level.ONE:
        yield levels[0].first, str(Level.TWO), LevelDecision.L1
        return
    before = levels[0].value
    for turn in levels:
        yield turn.first, before, _DECIDED[turn.value]
        if turn.value == Level.ONE:
            return
        last = turn.last or until
        day = turn.first + timedelta(weeks=WEEKS[turn.value])
        while day < last:
            yield day, turn.value, _DECIDED[turn.value]
            day += timedelta(weeks=WEEKS[turn.value])
        before = turn.value
    if levels[-1].last is not None:
        yield levels[-1].last + timedelta(days=1), before, LevelDecision.EXIT
