"""What is due when, computed from the day of the meeting, each with its figure and source."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from panelkit.domain.area import Area
from panelkit.domain.timescales import Deadline, add_working_days, weekdays_only
from panelkit.domain.vocabulary import Level, MeetingKind


class Held(Protocol):
    """What of a meeting says what is due when: its own facts will do."""

    @property
    def held_on(self) -> date:
        """Its day."""
        ...

    @property
    def level(self) -> Level:
        """The level it is held at."""
        ...

    @property
    def kind(self) -> MeetingKind:
        """What kind of meeting it is."""
        ...


def deadlines(meeting: Held, area: Area) -> tuple[Deadline, ...]:
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


def _weeks(what: str, key: str, meeting: Held, area: Area) -> Deadline:
    weeks = area.figure(key)
    return Deadline(
        what, meeting.held_on + timedelta(weeks=weeks), f"{weeks} weeks", area.source(key),
        area.calendar.name,
    )  # fmt: skip


def _working(what: str, key: str, start: date, area: Area) -> Deadline:
    days = area.figure(key)
    due = add_working_days(start, days, area.calendar)
    rule = f"{days} working day{'' if days == 1 else 's'}" if days else "the same day"
    return Deadline(
        what, due, f"{rule}{weekdays_only(start, due, area.calendar) if days else ''}", area.source(key), area.calendar.name,
    )  # fmt: skip


def minutes_due(meeting: Held, area: Area) -> date:
    """The day the minutes must be issued."""
    return minutes_due_on(meeting.held_on, meeting.level, area)


def minutes_due_on(held_on: date, level: Level, area: Area) -> date:
    """The same of a meeting of which only the day and the level are known."""
    return add_working_days(held_on, area.figure(f"minutes_l{level}_working_days"), area.calendar)
