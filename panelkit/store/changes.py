"""What one save gathers while it writes: journal rows, and words kept from before."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, TableClause, func, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.meeting import By
from panelkit.store import journal
from panelkit.store.engine import trying
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

    def insert(self, table: TableClause, columns: Mapping[str, Any]) -> None:
        """A new row. Raises IntegrityError where it is there already; the transaction goes on."""
        with trying(self.connection):
            self.connection.execute(table.insert(), dict(columns))

    def update(
        self, table: TableClause, here: Mapping[str, Any], columns: Mapping[str, Any]
    ) -> bool:
        """The row whose columns are as ``here`` says, changed; whether there was one."""
        where = [table.c[name] == value for name, value in here.items()]
        return self.connection.execute(table.update().where(*where), dict(columns)).rowcount == 1

    def move(self, meeting_id: str, states: tuple[str, str], revision: int) -> bool:
        """On a server: the meeting, at that revision, goes from one state to another; whether it was there."""
        asked = func.meeting_moves(meeting_id, *states, revision)
        return bool(self.connection.execute(select(asked)).scalar())

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

    def kept(self, spot: Spot) -> tuple[ColumnElement[int], ColumnElement[int]]:
        """For a query: how often words of a field were kept, and how often in this visit."""
        here = (
            (SUPERSEDED.c.meeting_id == spot.meeting_id)
            & (SUPERSEDED.c.entity == spot.entity)
            & (SUPERSEDED.c.entity_id == spot.entity_id)
            & (SUPERSEDED.c.field == spot.field)
        )
        count = select(func.count()).select_from(SUPERSEDED).where(here)
        now = count.where(SUPERSEDED.c.visit == self.visit)
        return count.scalar_subquery(), now.scalar_subquery()

    def supersede(
        self, spot: Spot, text: str, salt: str, typed_by: str, typed_at: str,
        kept: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """Keep the words found on arrival: one row for each visit to a field.

        ``kept`` is what :meth:`kept` found, where it was asked already.
        """
        if kept is None:
            found = self.connection.execute(select(*self.kept(spot))).one()
            kept = int(found[0]), int(found[1])
        if kept[1]:
            return
        self.insert(
            SUPERSEDED,
            {
                "id": str(uuid.uuid4()), "meeting_id": spot.meeting_id, "entity": spot.entity,
                "entity_id": spot.entity_id, "field": spot.field, "number": kept[0] + 1,
                "text": text, "salt": salt, "typed_by": typed_by, "typed_at": typed_at,
                "visit": self.visit,
            },
        )  # fmt: skip

    def write(self, by: By, command: str) -> None:
        """Append the journal rows."""
        journal.write(self.connection, self.made, by, command)


@dataclass(frozen=True, slots=True)
class Step:
    """One row that is to be written."""

    table: TableClause
    columns: Mapping[str, Any]
    here: Mapping[str, Any] | None = None
    """What the row to change holds now; None for a new one."""


@dataclass(slots=True)
class Planned(Changes):
    """The changes of one save that is not written yet: rows are put down, in order."""

    steps: list[Step] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    """The meeting whose state changes, from what, to what, and its revision; empty for none."""

    def insert(self, table: TableClause, columns: Mapping[str, Any]) -> None:
        """Put down; that it is not there yet is seen when it is written."""
        self.steps.append(Step(table, columns))

    def update(
        self, table: TableClause, here: Mapping[str, Any], columns: Mapping[str, Any]
    ) -> bool:
        """Put down; whether the row is as ``here`` says is seen when it is written."""
        self.steps.append(Step(table, columns, here))
        return True

    def move(self, meeting_id: str, states: tuple[str, str], revision: int) -> bool:
        """Put down; whether it may is seen when it is written."""
        self.moves = [meeting_id, *states, str(revision)]
        return True


def is_orphan(failed: IntegrityError) -> bool:
    """Whether a row was refused for what it hangs from, and not for what is there already."""
    return "foreign key" in str(failed.orig).lower()
