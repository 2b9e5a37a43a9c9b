"""Whole meetings of a record on a server in one statement; its twin for a file asks table by table,
which costs nothing where the file is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from panelkit.store.tables import ENTRY_TABLES

_OF_KINDS: Final = ", ".join(
    f'(SELECT json_agg(one ORDER BY one.number, one.id) FROM "{kind}" AS one '
    f'WHERE one.meeting_id = meeting.id) AS "{kind}"'
    for kind in ENTRY_TABLES
)
_WHOLE: Final = f"""
    SELECT to_json(meeting) AS head,
    (SELECT to_json(one) FROM "case" AS one WHERE one.id = meeting.case_id) AS of_case,
    (SELECT json_agg(one) FROM answer AS one WHERE one.meeting_id = meeting.id) AS answers,
    {_OF_KINDS}
    FROM meeting WHERE meeting.id = """


def rows_of(connection: Connection, meeting_id: str) -> Mapping[str, Any] | None:
    """Its own row as ``head``, its case's as ``of_case``, its ``answers``, and under the name of each
    kind of entry the rows of that kind in order, None for none. None where there is no such meeting."""
    one = f"{_WHOLE}%(meeting)s"
    found = connection.exec_driver_sql(one, {"meeting": meeting_id}).mappings().first()
    return dict(found) if found is not None else None


def rows_of_many(connection: Connection, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """The same of each of these meetings, by its id; one that is not there is left out."""
    found = connection.exec_driver_sql(f"{_WHOLE}ANY (%(meetings)s)", {"meetings": list(ids)})
    return {row["head"]["id"]: dict(row) for row in found.mappings()}
