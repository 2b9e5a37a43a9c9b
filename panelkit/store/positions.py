"""Where a person was in a meeting, and a line begun there; the last writer wins."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from panelkit.domain.meeting import Place
from panelkit.domain.text import gate
from panelkit.store.tables import DRAFT, POSITION
from panelkit.store.triggers import POSTGRESQL


def position(connection: Connection, meeting_id: str, who: str) -> Place | None:
    """The item and field where this person was."""
    row = connection.execute(
        select(POSITION).where(POSITION.c.meeting_id == meeting_id, POSITION.c.who == who)
    ).first()
    return (row.item, row.field) if row else None


def set_position(connection: Connection, meeting_id: str, who: str, item: str, field: str) -> None:
    """Keep it."""
    key = {"meeting_id": meeting_id, "who": who}
    _keep(connection, POSITION, key, {"item": item, "field": field})


def draft(connection: Connection, meeting_id: str, who: str, line: str) -> str:
    """A line begun and not taken; blank where there is none."""
    found = select(DRAFT.c.text).where(
        DRAFT.c.meeting_id == meeting_id, DRAFT.c.who == who, DRAFT.c.line == line
    )
    return str(connection.execute(found).scalar() or "")


def drafts(connection: Connection, meeting_id: str, who: str) -> dict[str, str]:
    """Every line begun and not taken, by name; blank ones left out."""
    found = select(DRAFT.c.line, DRAFT.c.text).where(
        DRAFT.c.meeting_id == meeting_id, DRAFT.c.who == who, DRAFT.c.text != ""
    )
    return {row.line: row.text for row in connection.execute(found.order_by(DRAFT.c.line))}


def set_draft(connection: Connection, meeting_id: str, who: str, line: str, words: str) -> None:
    """Keep a line that was begun; blank forgets its words.

    It comes straight from a terminal: what a database could not hold is made visible in it.
    """
    key = {"meeting_id": meeting_id, "who": who, "line": line}
    _keep(connection, DRAFT, key, {"text": gate(words).text})


def _keep(connection: Connection, table: Any, key: dict[str, str], values: dict[str, str]) -> None:
    if connection.dialect.name == POSTGRESQL:
        # One statement: two windows of one person may say it at once, and neither has the turn.
        from sqlalchemy.dialects.postgresql import insert

        said = insert(table).values(key | values)
        connection.execute(said.on_conflict_do_update(index_elements=list(key), set_=values))
        return
    here = (table.c[name] == value for name, value in key.items())
    if connection.execute(table.update().where(*here), values).rowcount == 0:
        connection.execute(table.insert(), {**key, **values})
