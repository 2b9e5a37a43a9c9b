"""A meeting to come as a calendar file (RFC 5545), which a calendar program adds or replaces.

It names the case by reference only. The time is the room's, in Europe/London, and the zone
is written out in the file, so that summer time is right wherever it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from panelkit.documents.compose.parts import LONDON
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.domain.occasion import Occasion

if TYPE_CHECKING:
    from icalendar import Event

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def write(occasion: Occasion, template: Template, *, now: datetime) -> bytes:
    """Return the calendar file of one meeting; see :func:`write_all`."""
    return write_all((occasion,), template, now=now)


def write_all(occasions: Sequence[Occasion], template: Template, *, now: datetime) -> bytes:
    """Return the calendar file of several meetings, at least one.

    The UID is the meeting's own; the sequence counts minutes, so that whichever file was
    written last wins. Without a time it is a whole day. Raises BadInput for a broken wording.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//panelkit//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for occasion in occasions:
        calendar.add_component(_event(occasion, template, now))
    first = min(occasion.day for occasion in occasions)
    last = max(occasion.day for occasion in occasions)
    calendar.add_missing_timezones(first_date=first, last_date=last + timedelta(days=366))
    return bytes(calendar.to_ical())


def _event(occasion: Occasion, template: Template, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{occasion.uid}@panelkit")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", int((now - _EPOCH) / timedelta(minutes=1)))
    values = {"reference": occasion.ref, "mode": occasion.mode}
    event.add("summary", fill_wording(template, "summary.j2", values))
    event.add("description", fill_wording(template, "description.j2", values))
    event.add("class", "CONFIDENTIAL")
    if occasion.starts is None:
        event.add("dtstart", occasion.day)
        event.add("dtend", occasion.day + timedelta(days=1))
    else:
        start = datetime.combine(occasion.day, occasion.starts, tzinfo=LONDON)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=occasion.minutes))
    if occasion.mode:
        event.add("location", occasion.mode)
    return event
