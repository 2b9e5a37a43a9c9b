"""What is due when, computed from the day of the meeting, each with its figure and source."""

from __future__ import annotations

from datetime import date, timedelta

from panelkit.domain.area import Area
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import Deadline, add_working_days
from panelkit.domain.vocabulary import MeetingKind


def deadlines(meeting: Meeting, area: Area) -> tuple[Deadline, ...]:
    """Action list, draft to chair, minutes issued, upload, and the review backstop; after an
    emergency panel the papers in writing and the review target too."""
    level = f"l{meeting.level}"
    emergency = meeting.kind is MeetingKind.EMERGENCY
    keys = (
        (
            "Action list circulated",
            "action_list_emergency_working_days" if emergency else "action_list_working_days",
        ),
        (
            "Draft to the chair",
            "draft_emergency_working_days" if emergency else f"draft_{level}_working_days",
        ),
        *((("Papers in writing", "emergency_papers_working_days"),) if emergency else ()),
        ("Minutes issued", f"minutes_{level}_working_days"),
        ("Uploaded to ViSOR/MAPPS", f"upload_{level}_working_days"),
    )
    found = [_working(what, key, meeting.held_on, area) for what, key in keys]
    if emergency:
        found.append(_weeks("Full review, target", f"review_{level}_target_weeks", meeting, area))
    found.append(_weeks("Review, at the latest", f"review_{level}_backstop_weeks", meeting, area))
    return tuple(found)


def _weeks(what: str, key: str, meeting: Meeting, area: Area) -> Deadline:
    weeks = area.figure(key)
    return Deadline(
        what, meeting.held_on + timedelta(weeks=weeks), f"{weeks} weeks", area.source(key),
        area.calendar.name,
    )  # fmt: skip


def _working(what: str, key: str, start: date, area: Area) -> Deadline:
    days = area.figure(key)
    return Deadline(
        what, add_working_days(start, days, area.calendar),
        f"{days} working day{'' if days == 1 else 's'}" if days else "the same day",
        area.source(key), area.calendar.name,
    )  # fmt: skip


def minutes_due(meeting: Meeting, area: Area) -> date:
    """The day the minutes must be issued."""
    return add_working_days(
        meeting.held_on, area.figure(f"minutes_l{meeting.level}_working_days"), area.calendar
    )
