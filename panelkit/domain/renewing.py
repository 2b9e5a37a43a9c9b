"""A planned meeting takes the agenda of the day on which it is opened; nothing typed is lost by it."""

from __future__ import annotations

import dataclasses

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.entries import BY_KIND
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState


def renewed(meeting: Meeting, agenda: tuple[AgendaItem, ...]) -> Meeting:
    """The meeting with ``agenda``; unchanged unless it is planned, or where that is its agenda.

    A field or an item that the new agenda lacks stays where something is written in it, and so does
    a field whose new description cannot read what is written: what was typed can be read and goes
    into the minutes, whatever became of the form meanwhile.
    """
    if meeting.state is not MeetingState.PLANNED or meeting.agenda == agenda:
        return meeting
    return dataclasses.replace(meeting, agenda=_with_what_is_written(meeting, agenda))


def _with_what_is_written(
    meeting: Meeting, agenda: tuple[AgendaItem, ...]
) -> tuple[AgendaItem, ...]:
    before = {item.code: item for item in meeting.agenda}
    found = [
        dataclasses.replace(item, fields=_fields(meeting, item, before.get(item.code)))
        for item in agenda
    ]
    codes = [item.code for item in agenda]
    placed = {kind for item in agenda for kind in item.entries}
    for at, item in enumerate(meeting.agenda):
        if item.code in codes or not _is_written(meeting, item, placed):
            continue
        # Behind the item that it came after; where that is gone too, at the end.
        earlier = (one.code for one in reversed(meeting.agenda[:at]))
        after = next((code for code in earlier if code in codes), "")
        place = codes.index(after) + 1 if after else len(codes)
        found.insert(place, item)
        codes.insert(place, item.code)
    return tuple(found)


def _fields(meeting: Meeting, item: AgendaItem, before: AgendaItem | None) -> tuple[Field, ...]:
    if before is None:
        return item.fields
    old = {field.key: field for field in before.fields}
    here = tuple(
        old[field.key] if field.key in old and not _reads(field, meeting, item.code) else field
        for field in item.fields
    )
    keys = {field.key for field in here}
    lacking = (
        field for key, field in old.items()
        if key not in keys and meeting.text(item.code, key).strip()
    )  # fmt: skip
    return (*here, *lacking)


def _reads(field: Field, meeting: Meeting, code: str) -> bool:
    text = meeting.text(code, field.key)
    try:
        field.parse(text)
    except BadInput:
        return not text.strip()
    return True


def _is_written(meeting: Meeting, item: AgendaItem, placed: set[str]) -> bool:
    if any(meeting.text(item.code, field.key).strip() for field in item.fields):
        return True
    return any(
        kind not in placed and meeting.of(BY_KIND[kind]) for kind in item.entries if kind in BY_KIND
    )
