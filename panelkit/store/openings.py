"""Who opened a case, and when: one journal row, without words, that no other desk need follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, not_, select

from panelkit.store import journal
from panelkit.store.tables import COMMAND, JOURNAL

ENTITY: Final = "case"
FIELD: Final = "opened"


def notes(opened: Sequence[tuple[str, str]]) -> list[journal.Change]:
    """A row for each meeting that was opened, with its case."""
    return [journal.Change(meeting, ENTITY, case, FIELD, "", "") for meeting, case in opened]


def not_openings() -> ColumnElement[bool]:
    """For a query of the journal: rows that say that something was changed."""
    return not_(and_(JOURNAL.c.entity == ENTITY, JOURNAL.c.field == FIELD))


def of_meeting(connection: Connection, meeting_id: str) -> list[tuple[str, str, str]]:
    """When (ISO, UTC), who, and by what, oldest first."""
    found = select(JOURNAL.c.at, JOURNAL.c.actor, COMMAND.c.what)
    found = found.select_from(
        JOURNAL.join(COMMAND, COMMAND.c.id == JOURNAL.c.command_id, isouter=True)
    )
    found = found.where(JOURNAL.c.meeting_id == meeting_id, not_(not_openings()))
    rows = connection.execute(found.order_by(JOURNAL.c.seq))
    return [(row.at, row.actor, row.what or "") for row in rows]


def written_after(connection: Connection, seq: int, meeting_id: str) -> tuple[int, bool]:
    """The newest row's number, and whether one after ``seq`` is more than an opening, and of that
    meeting or of none (a case's facts, people)."""
    here = JOURNAL.c.meeting_id.in_((meeting_id, ""))
    more = select(JOURNAL.c.seq).where(JOURNAL.c.seq > seq, here, not_openings())
    newest = select(JOURNAL.c.seq).order_by(JOURNAL.c.seq.desc()).limit(1)
    row = connection.execute(select(newest.scalar_subquery(), more.exists())).one()
    return int(row[0] or 0), bool(row[1])
