"""Blank fields, found by walking the agenda and the entries."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain import conditions as c
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness.gap import Gap, name_of
from panelkit.domain.fields import fields_of, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import Stops


def blank_answers(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """Fields of the agenda that are needed and blank."""
    for item in meeting.agenda:
        if not c.holds(item.held, meeting, area):
            continue
        for field in item.fields:
            if field.stops is Stops.NOTHING or not c.is_needed(field, meeting, area):
                continue
            if not meeting.text(item.code, field.key).strip():
                yield Gap(
                    item=item.code,
                    field=field.key,
                    message=f"{field.label}: not recorded",
                    stops=field.stops,
                    why=field.why or item.guidance,
                    can_park=field.can_park,
                )


def blank_entries(meeting: Meeting) -> Iterator[Gap]:
    """Fields of entries that are needed and blank."""
    for kind in e.ENTRIES:
        described = [field for field in fields_of(kind) if field.stops is not Stops.NOTHING]
        for row in meeting.live(kind):
            if isinstance(row, e.Action) and row.set_at != meeting.number:
                continue
            for field in described:
                if not show_text(getattr(row, field.key)).strip():
                    yield Gap(
                        item=_item_of(row),
                        field=f"{kind.kind}.{field.key}",
                        message=f"{name_of(row)}: {field.label[0].lower()}{field.label[1:]} is blank",
                        stops=field.stops,
                        why=field.why,
                        entry=row.id,
                    )


def _item_of(row: e.Entry) -> str:
    place = getattr(row, "place", "") or getattr(row, "at_item", "") or row.item
    return str(place) or "A18"
