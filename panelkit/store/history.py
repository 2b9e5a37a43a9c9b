"""Words that stood before, each checked against what the journal knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from panelkit.store import convert, disposal, journal
from panelkit.store.tables import ANSWER, ENTRY_TABLES, JOURNAL, SUPERSEDED

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
    """Places whose words, as they stand or as they were kept, are not as the journal has them.

    Words that are gone are named too: a field that was wiped, an entry that was deleted.
    """
    known = _Known.read(connection)
    wrong: dict[_Spot, None] = {}
    standing: set[_Spot] = set()
    for row in connection.execute(select(ANSWER)):
        spot = (row.meeting_id, "answer", f"{row.item}.{row.field}", "text")
        standing.add(spot)
        if not known.stands(spot, journal.salted(row.text, row.salt)):
            wrong[spot] = None
    for row in connection.execute(select(SUPERSEDED)):
        spot = (row.meeting_id, row.entity, row.entity_id, row.field)
        if not known.stood(spot, journal.salted(row.text, row.salt)):
            wrong[spot] = None
    wrong |= dict.fromkeys(spot for spot in known.answers() if spot not in standing)
    wrong |= dict.fromkeys(known.entries_gone(connection))
    return tuple(" ".join(spot) for spot in wrong)


@dataclass(slots=True)
class _Known:
    """What the journal knows of each field: the hashes it came to have, and those it lost."""

    came: dict[_Spot, set[str]]
    went: dict[_Spot, set[str]]

    @classmethod
    def read(cls, connection: Connection) -> _Known:
        came: dict[_Spot, set[str]] = {}
        went: dict[_Spot, set[str]] = {}
        names = ("meeting_id", "entity", "entity_id", "field", "old_hash", "new_hash")
        unseen = disposal.out_of_sight(connection)
        every = select(*(JOURNAL.c[name] for name in names))
        for row in connection.execute(every.execution_options(yield_per=journal.TOGETHER)):
            if row.meeting_id in unseen:
                continue
            spot = (row.meeting_id, row.entity, row.entity_id, row.field)
            came.setdefault(spot, set()).add(row.new_hash)
            went.setdefault(spot, set()).add(row.old_hash)
        return cls(came, went)

    def stands(self, spot: _Spot, hashed: str) -> bool:
        """Whether words may stand now: written once, and not replaced since.

        Each writing has a salt of its own, so that older words put back have a hash that went.
        """
        if hashed not in self.came.get(spot, ()):
            return False
        return not hashed or hashed not in self.went.get(spot, ())

    def stood(self, spot: _Spot, hashed: str) -> bool:
        """Whether words stood there at some time."""
        return hashed in self.came.get(spot, ()) or hashed in self.went.get(spot, ())

    def answers(self) -> list[_Spot]:
        """Every answer that was ever written: none is ever deleted."""
        return [spot for spot in self.came if spot[1] == "answer" and spot[3] == "text"]

    def entries_gone(self, connection: Connection) -> list[_Spot]:
        """A field of each entry that was written and is no longer there: none is ever deleted."""
        there = {
            kind: set(connection.execute(select(table.c.id)).scalars())
            for kind, table in ENTRY_TABLES.items()
        }
        gone = {
            spot[:3]: spot
            for spot in self.came
            if spot[1] in there and spot[2] not in there[spot[1]]
        }
        return list(gone.values())


def _hashes(connection: Connection, spot: _Spot) -> set[str]:
    found: Any = select(JOURNAL.c.old_hash, JOURNAL.c.new_hash).where(
        JOURNAL.c.meeting_id == spot[0], JOURNAL.c.entity == spot[1],
        JOURNAL.c.entity_id == spot[2], JOURNAL.c.field == spot[3],
    )  # fmt: skip
    return {value for row in connection.execute(found) for value in row}
