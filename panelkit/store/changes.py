"""What one save gathers while it writes: journal rows, and words kept from before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.meeting import By
from panelkit.store import journal
from panelkit.store.tables import SUPERSEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One field of one thing in a meeting."""

    meeting_id: str
    entity: str
    entity_id: str
    field: str


@dataclass(slots=True)
class Changes:
    """The changes of one save, inside its transaction."""

    connection: Connection
    visit: str
    """The stay in a field that the words were typed in."""
    made: list[journal.Change] = field(default_factory=list)

    def note(self, spot: Spot, old: str, new: str, *, salt: str = "") -> None:
        """A journal row for a field that changed, both sides hashed with one salt."""
        salt = salt or journal.new_salt()
        self.note_hashes(spot, journal.salted(old, salt), journal.salted(new, salt))

    def note_hashes(self, spot: Spot, old_hash: str, new_hash: str) -> None:
        """The same for words that were hashed already."""
        self.made.append(
            journal.Change(
                spot.meeting_id, spot.entity, spot.entity_id, spot.field, old_hash, new_hash
            )
        )

    def supersede(self, spot: Spot, text: str, salt: str, typed_by: str, typed_at: str) -> None:
        """Keep the words found on arrival: one row for each visit to a field."""
        here = (
            (SUPERSEDED.c.meeting_id == spot.meeting_id)
            & (SUPERSEDED.c.entity == spot.entity)
            & (SUPERSEDED.c.entity_id == spot.entity_id)
            & (SUPERSEDED.c.field == spot.field)
        )
        kept = self.connection.execute(select(SUPERSEDED.c.visit).where(here)).scalars().all()
        if self.visit in kept:
            return
        self.connection.execute(
            SUPERSEDED.insert(),
            {
                "id": str(uuid.uuid4()), "meeting_id": spot.meeting_id, "entity": spot.entity,
                "entity_id": spot.entity_id, "field": spot.field, "number": len(kept) + 1,
                "text": text, "salt": salt, "typed_by": typed_by, "typed_at": typed_at,
                "visit": self.visit,
            },
        )  # fmt: skip

    def write(self, by: By, command: str) -> None:
        """Append the journal rows."""
        journal.write(self.connection, self.made, by, command)


def is_orphan(failed: IntegrityError) -> bool:
    """Whether a row was refused for what it hangs from, and not for what is there already."""
    return "foreign key" in str(failed.orig).lower()
