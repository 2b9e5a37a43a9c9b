"""What is due when, computed from the day of the meeting, each with its figure and source."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from panelkit.domain.area import Area
from panelkit.domain.timescales import Deadline, add_working_days
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
    """Action list, draft to chair, minutes issued, upload, and the review backstop."""
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
        ("Minutes issued", f"minutes_{level}_working_days"),
        ("Uploaded to ViSOR/MAPPS", f"upload_{level}_working_days"),
    )
    found = [_working(what, key, meeting.held_on, area) for what, key in keys]
    weeks = f"review_{level}_backstop_weeks"
    found.append(
        Deadline(
            "Review, at the latest", meeting.held_on + timedelta(weeks=area.figure(weeks)),
            f"{area.figure(weeks)} weeks", area.source(weeks), area.calendar.name,
        )
    )  # fmt: skip
    return tuple(found)


def _working(what: str, key: str, start: date, area: Area) -> Deadline:
    days = area.figure(key)
    return Deadline(
        what, add_working_days(start, days, area.calendar),
        f"{days} working day{'' if days == 1 else 's'}" if days else "the same day",
        area.source(key), area.calendar.name,
    )  # fmt: skip


def minutes_due(meeting: Held, area: Area) -> date:
    """The day the minutes must be issued."""
    return minutes_due_on(meeting.held_on, meeting.level, area)


def minutes_due_on(held_on: date, level: Level, area: Area) -> date:
    """The same of a meeting of which only the day and the level are known."""
    return add_working_days(held_on, area.figure(f"minutes_l{level}_working_days"), area.calendar)
