"""When a case is next considered: what an invitation and a calendar entry may say."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, time

from panelkit.domain.area import Area
from panelkit.domain.errors import Refused
from panelkit.domain.fields import show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import Calendar, previous_working_day
from panelkit.domain.vocabulary import TO_COME, Level, LevelDecision, MeetingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One meeting to come; nothing of the case but its reference."""

    uid: str
    """The same for the same meeting however often it is moved, so that an update replaces."""
    ref: str
    number: int
    level: Level
    kind: MeetingKind
    day: date
    starts: time | None
    """None where no time was set."""
    minutes: int
    mode: str
    """How it is held; blank where that is not settled."""


def next_occasion(meeting: Meeting, area: Area) -> Occasion:
    """The meeting itself while it is still to be held, else the one that it set at A18.

    Raises Refused where the panel set none, or decided on a level that has no meeting.
    """
    if meeting.state in TO_COME:
        starts = meeting.value("A1", "scheduled_start")
        return Occasion(
            uid=_uid(meeting, meeting.number), ref=meeting.ref, number=meeting.number,
            level=meeting.level, kind=meeting.kind, day=meeting.held_on,
            starts=starts if isinstance(starts, time) else meeting.slot,
            minutes=meeting.booked_minutes, mode=show_text(meeting.value("A1", "mode")),
        )  # fmt: skip
    day = meeting.day("A18", "next_review_date")
    decided = meeting.chosen("A15", "level_decision", LevelDecision)
    level = meeting.chosen("A18", "next_level", Level) or (decided.level if decided else None)
    if day is None or level is None or level is Level.ONE:
        msg = f"{meeting.ref} sets no next Level 2 or Level 3 meeting."
        raise Refused(msg, remedy="The date and the level are recorded at A18 and A15.")
    at = meeting.value("A18", "next_review_time")
    number = meeting.number + 1
    return Occasion(
        uid=_uid(meeting, number), ref=f"{meeting.case.ref}-{number}", number=number, level=level,
        kind=MeetingKind.REVIEW, day=day, starts=at if isinstance(at, time) else None,
        minutes=area.planned_minutes(level, MeetingKind.REVIEW), mode="",
    )  # fmt: skip


def _uid(meeting: Meeting, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{meeting.case.id}:meeting:{number}"))


def report_by(day: date, working_days: int, calendar: Calendar) -> date:
    """The last working day that is that many working days before ``day``."""
    for _ in range(working_days):
        day = previous_working_day(date.fromordinal(day.toordinal() - 1), calendar)
    return day
