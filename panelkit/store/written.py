"""Drafts that were written as files, so that one which comes back edited is known again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from panelkit.domain.errors import NotFound
from panelkit.domain.meeting import By
from panelkit.store import convert, journal
from panelkit.store.tables import WRITTEN

_STEM: Final = 12
"""Digits of a draft's id that its bookmarks carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a file that was written from the record."""

    id: str
    meeting_id: str
    kind: str
    version: int
    at: datetime | None
    who: str
    sha256: str
    """Of the file as it was written."""
    path: str
    """Where it went, in full."""
    outline: str = ""
    """What was printed and where each text stands in the record; blank for one that cannot be
    taken back."""
    taken_sha256: str = ""
    """Of the file as it was when its changes were last gone through; blank before."""
    taken_at: datetime | None = None
    taken_by: str = ""


def keep(connection: Connection, draft: Draft, by: By) -> list[journal.Change]:
    """A file that was written; its hash goes into the journal."""
    here = WRITTEN.c.meeting_id == draft.meeting_id
    there = connection.execute(select(func.count()).select_from(WRITTEN).where(here)).scalar()
    connection.execute(
        WRITTEN.insert(),
        {
            "id": draft.id, "meeting_id": draft.meeting_id, "number": int(there or 0) + 1, "kind": draft.kind,
            "version": draft.version, "at": convert.instant_text(by.at), "who": by.name,
            "sha256": draft.sha256, "path": draft.path, "outline": draft.outline,
            "taken_sha256": "", "taken_at": "", "taken_by": "",
        },
    )  # fmt: skip
    return [journal.Change(draft.meeting_id, "written", draft.id, "sha256", "", draft.sha256)]


def taken(connection: Connection, draft_id: str, sha256: str, by: By) -> list[journal.Change]:
    """The changes in an edited file were gone through. Raises NotFound."""
    before = find(connection, draft_id)
    columns = {
        "taken_sha256": sha256, "taken_at": convert.instant_text(by.at), "taken_by": by.name,
    }  # fmt: skip
    connection.execute(WRITTEN.update().where(WRITTEN.c.id == draft_id), columns)
    return [
        journal.Change(
            before.meeting_id, "written", draft_id, "taken_sha256", before.taken_sha256, sha256
        )
    ]


def find(connection: Connection, draft_id: str) -> Draft:
    """A draft by its id, or by its first twelve digits. Raises NotFound."""
    here = WRITTEN.c.id == draft_id
    if len(draft_id) == _STEM:
        here = func.substr(WRITTEN.c.id, 1, _STEM) == draft_id
    found = connection.execute(select(WRITTEN).where(here)).mappings().first()
    if found is None:
        raise NotFound("That draft was not written from this record.")
    return _draft(found)


def every(connection: Connection, meeting_id: str) -> tuple[Draft, ...]:
    """The files of a meeting, oldest first, without their outlines."""
    columns = [column for column in WRITTEN.c if column.name != "outline"]
    found = select(*columns).where(WRITTEN.c.meeting_id == meeting_id)
    found = found.order_by(WRITTEN.c.number)
    return tuple(_draft(row) for row in connection.execute(found).mappings())


def _draft(row: convert.Row) -> Draft:
    values = {name: value for name, value in row.items() if name != "number"}
    for name in ("at", "taken_at"):
        values[name] = convert.instant_of(values[name])
    return Draft(**values)
