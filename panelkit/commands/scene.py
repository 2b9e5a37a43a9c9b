"""What the demonstration opens on: a Wednesday morning in a fictional area, one meeting under way.

The samples are brought to where each stands that morning by the services that people use, at
the hours at which people would: planned, running, closed, with its chair, approved, issued.
"""

from __future__ import annotations

import time as machine
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from panelkit.domain import rewound
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.starting import next_meeting
from panelkit.domain.vocabulary import MeetingRole
from panelkit.services.clock import LONDON
from panelkit.services.minutes_life import everything_confirmed

if TYPE_CHECKING:
    from panelkit.services.desk import Desk

TODAY: Final = date(2026, 11, 18)
BEGAN: Final = time(10, 2)
NOW: Final = time(10, 26)
AT: Final = "A10"
"""The item that the running meeting has come to."""

CHAIR: Final = "Ruth Calloway"
"""Whom somebody is who looks round without saying who they are: the running meeting's chair."""


class Stands(Enum):
    """Where a sample stands that morning."""

    RUNNING = auto()
    PLANNED_TODAY = auto()
    PLANNED = auto()
    DRAFT = auto()
    WITH_CHAIR = auto()
    APPROVED = auto()
    ISSUED = auto()


SCENE: Final[dict[str, Stands]] = {
    "l2_review_carried_actions": Stands.RUNNING,
    "child_cross_force": Stands.PLANNED_TODAY,
    "poor_record": Stands.PLANNED,
    "l3_emergency_dissent": Stands.DRAFT,
    "l2_initial": Stands.WITH_CHAIR,
    "category_four": Stands.APPROVED,
    "exit_category_three": Stands.ISSUED,
    "l3_review": Stands.DRAFT,
}
"""By the name of the sample; one that is not named here is planned."""


class SceneClock:
    """Begins at the scene's moment and goes on at the pace of the machine's own clock."""

    def __init__(self, pace: float = 1.0) -> None:
        """At the moment when the demonstration opens; at pace 0 it stands still."""
        self._pace = pace
        self.set(moment(TODAY, NOW))

    def set(self, at: datetime) -> None:
        """It is ``at`` now."""
        self._at, self._since = at, machine.monotonic()

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return self._at + timedelta(seconds=self._pace * (machine.monotonic() - self._since))


def moment(day: date, hour: time) -> datetime:
    """The instant when the room's clock shows it."""
    return datetime.combine(day, hour, LONDON).astimezone(UTC)


def set_out(desk: Desk, clock: SceneClock, samples: dict[str, list[Meeting]]) -> None:
    """Every sample brought to where it stands; ``samples`` by name, each with its earlier meetings."""
    in_order = sorted(samples.items(), key=lambda named: _when(*named))
    for name, meetings in in_order:
        stands, last = SCENE.get(name, Stands.PLANNED), meetings[-1]
        clock.set(moment(min(last.held_on, TODAY), time(8, 30)))
        if stands is Stands.RUNNING:
            desk.caseload.take_in([*meetings[:-1], _running(desk, meetings[-2], last)])
        elif stands in (Stands.PLANNED, Stands.PLANNED_TODAY):
            _planned(desk, meetings, TODAY if stands is Stands.PLANNED_TODAY else last.held_on)
        else:
            ref, _new = desk.caseload.take_in(meetings)
            _held(desk, clock, desk.caseload.find(ref), stands)
    clock.set(moment(TODAY, NOW))


def _running(desk: Desk, last: Meeting, whole: Meeting) -> Meeting:
    """The meeting under way, the first of this morning's sitting."""
    sitting = desk.planning.plan(TODAY, time(10), name="Harrowmere morning panel", mode="remote")
    today = whole.with_facts(held_on=TODAY, sitting=sitting.id)
    began, now = moment(TODAY, BEGAN), moment(TODAY, NOW)
    fresh = next_meeting(
        last, level=whole.level, kind=whole.kind, held_on=TODAY, by=By(desk.who, began),
        area=desk.area, meeting_id=whole.id, agenda=whole.agenda,
    )  # fmt: skip
    return rewound.in_progress(today, fresh, AT, began, now)


def _planned(desk: Desk, meetings: list[Meeting], day: date) -> None:
    """The next meeting of the case, started from the last; today's joins the sitting."""
    *earlier, whole = meetings
    desk.caseload.take_in(earlier)
    made = desk.caseload.open_next(whole.case.ref, level=whole.level, kind=whole.kind, held_on=day)
    if day == TODAY:
        desk.planning.add(desk.planning.sittings()[0], made.ref)


def _when(name: str, meetings: list[Meeting]) -> tuple[date, int]:
    """Samples go in by the day that they stand for, so that the journal's days follow each other."""
    stands = SCENE.get(name, Stands.PLANNED)
    later = (Stands.RUNNING, Stands.PLANNED_TODAY, Stands.PLANNED)
    return (TODAY, later.index(stands)) if stands in later else (meetings[-1].held_on, 0)


def _held(desk: Desk, clock: SceneClock, meeting: Meeting, stands: Stands) -> None:
    """Closed on its day; then as far on its way as it stands."""
    taker, chair = (
        person.name if (person := meeting.role(role)) else desk.who
        for role in (MeetingRole.MINUTE_TAKER, MeetingRole.CHAIR)
    )
    start = meeting.slot or time(10)
    ends = moment(meeting.held_on, start) + timedelta(minutes=meeting.booked_minutes)
    clock.set(ends)
    meeting = desk.acting_as(chair).chairing.close(meeting)
    if stands is Stands.DRAFT:
        return
    clock.set(ends + timedelta(hours=2))
    meeting = desk.acting_as(taker).minutes_life.send_to_chair(meeting)
    if stands is Stands.WITH_CHAIR:
        return
    clock.set(ends + timedelta(days=1))
    life = desk.acting_as(chair).minutes_life
    meeting = life.approve(meeting, everything_confirmed(desk.area))
    if stands is Stands.ISSUED:
        clock.set(ends + timedelta(days=1, hours=1))
        desk.acting_as(taker).minutes_life.issue(meeting)
