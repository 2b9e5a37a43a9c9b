"""A row of its own: written where nobody else wrote, each field that changed journaled."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, TableClause

from panelkit.domain.errors import StaleRecord
from panelkit.store import convert, journal

NOT_JOURNALED: Final = frozenset({"id", "case_id", "typed_by", "typed_at", "revision"})
"""What a row of the journal says by itself."""


def written(
    connection: Connection, table: TableClause, entity: str, old: Mapping[str, Any] | None,
    new: Mapping[str, Any], *, meeting_id: str = "", but: frozenset[str] = NOT_JOURNALED,
) -> list[journal.Change]:  # fmt: skip
    """A new row, or what changed of one. Raises StaleRecord where somebody changed it meanwhile."""
    if old is None:
        connection.execute(table.insert(), dict(new))
    else:
        here = (table.c.id == old["id"]) & (table.c.revision == old["revision"])
        if connection.execute(table.update().where(here), dict(new)).rowcount != 1:
            msg = "It was changed by somebody else meanwhile."
            raise StaleRecord(msg, place=entity)
    return journal.field_changes(entity, new["id"], old or {}, new, but, meeting_id)


def columns_of(value: Any, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """A flat dataclass as its columns: days and instants as ISO text, None as blank."""
    found = {}
    for each in dataclasses.fields(value):
        if each.name not in but:
            found[each.name] = _plain(getattr(value, each.name))
    return found


def _plain(value: Any) -> str | int:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return convert.instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def day_of(text: str) -> date | None:
    """The day that a column holds; None for a blank."""
    return date.fromisoformat(text) if text else None
