"""Words that stood before, each checked against what the journal knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from panelkit.store import convert, journal
from panelkit.store.tables import ANSWER, JOURNAL, SUPERSEDED

_Spot = tuple[str, str, str, str]
"""Meeting, entity, id of the entity, field."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Words as one visit to a field found them."""

    number: int
    """Counts from the oldest."""
    text: str
    typed_by: str
    typed_at: datetime | None
    visit: str
    checked: bool
    """Whether the journal has the hash of these words for this field."""


def of(
    connection: Connection, meeting_id: str, entity: str, entity_id: str, field: str
) -> tuple[Kept, ...]:
    """What stood in a field before, oldest first; what stands now is in the meeting.

    An answer is ``("answer", "A6.index_offence", "text")``, an entry its kind, id and field.
    """
    spot = (meeting_id, entity, entity_id, field)
    known = _hashes(connection, spot)
    names = ("meeting_id", "entity", "entity_id", "field")
    here = (SUPERSEDED.c[name] == part for name, part in zip(names, spot, strict=True))
    rows = connection.execute(select(SUPERSEDED).where(*here).order_by(SUPERSEDED.c.number))
    return tuple(
        Kept(
            row.number, row.text, row.typed_by, convert.instant_of(row.typed_at), row.visit,
            journal.salted(row.text, row.salt) in known,
        )
        for row in rows
    )  # fmt: skip


def unknown_words(connection: Connection) -> tuple[str, ...]:
    """Places whose words, as they stand or as they were kept, the journal does not know."""
    known: dict[_Spot, set[str]] = {}
    columns = [
        JOURNAL.c[name]
        for name in ("meeting_id", "entity", "entity_id", "field", "old_hash", "new_hash")
    ]
    for row in connection.execute(select(*columns)):
        spot = (row.meeting_id, row.entity, row.entity_id, row.field)
        known.setdefault(spot, set()).update((row.old_hash, row.new_hash))
    wrong = {
        f"{spot[0]} {spot[1]} {spot[2]} {spot[3]}": None
        for spot, hashed in _words(connection)
        if hashed not in known.get(spot, ())
    }
    return tuple(wrong)


def _words(connection: Connection) -> Iterator[tuple[_Spot, str]]:
    for row in connection.execute(select(ANSWER)):
        place = f"{row.item}.{row.field}"
        yield (row.meeting_id, "answer", place, "text"), journal.salted(row.text, row.salt)
    for row in connection.execute(select(SUPERSEDED)):
        spot = (row.meeting_id, row.entity, row.entity_id, row.field)
        yield spot, journal.salted(row.text, row.salt)


def _hashes(connection: Connection, spot: _Spot) -> set[str]:
    found: Any = select(JOURNAL.c.old_hash, JOURNAL.c.new_hash).where(
        JOURNAL.c.meeting_id == spot[0], JOURNAL.c.entity == spot[1],
        JOURNAL.c.entity_id == spot[2], JOURNAL.c.field == spot[3],
    )  # fmt: skip
    return {value for row in connection.execute(found) for value in row}
