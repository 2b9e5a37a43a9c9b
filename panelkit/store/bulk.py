"""Many meetings read together: one query for each kind of content, not one for each meeting; on a
server one for all of it.

For work that walks the whole record. Values are the same as those of ``meetings.Reader``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Select, bindparam, select

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.entries import ENTRIES, Entry
from panelkit.domain.meeting import Answer, Meeting, Place
from panelkit.store import access, convert, gathered
from panelkit.store.meetings import meeting_of, whole_of
from panelkit.store.tables import ANSWER, CASE, ENTRY_TABLES, MEETING
from panelkit.store.triggers import POSTGRESQL

_THESE: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_ENTRIES: Final[dict[str, Select[Any]]] = {
    kind: select(table).where(table.c.meeting_id.in_(_THESE)).order_by(table.c.number, table.c.id)
    for kind, table in ENTRY_TABLES.items()
}


def sequence(connection: Connection) -> list[tuple[str, str]]:
    """Every meeting's id, with that of the one before it in its case or blank; case by case."""
    found = select(MEETING.c.id, MEETING.c.case_id).order_by(MEETING.c.case_id, MEETING.c.number)
    found = found.where(access.may_open(connection, MEETING.c.case_id))
    rows = [(row[0], row[1]) for row in connection.execute(found)]
    before = ("", "")
    return [
        (here[0], last[0] if last[1] == here[1] else "") for last, here in pairwise([before, *rows])
    ]


def load_many(
    connection: Connection,
    ids: Sequence[str],
    agenda_of: Callable[[Connection, str], tuple[AgendaItem, ...]],
) -> dict[str, Meeting]:
    """The meetings with these ids, by id in their order; one that is gone is left out."""
    if connection.dialect.name == POSTGRESQL:
        whole = gathered.rows_of_many(connection, ids)
        return {
            key: whole_of(whole[key], agenda_of(connection, whole[key]["head"]["agenda_id"]))
            for key in ids
            if key in whole
        }
    these = {"ids": list(ids)}
    wanted_here = MEETING.c.id.in_(_THESE), access.may_open(connection, MEETING.c.case_id)
    heads = connection.execute(select(MEETING).where(*wanted_here), these).mappings()
    there = {row["id"]: row for row in heads}
    meetings = {key: there[key] for key in ids if key in there}
    these = {"ids": list(meetings)}
    wanted = {"ids": list({row["case_id"] for row in meetings.values()})}
    found = connection.execute(select(CASE).where(CASE.c.id.in_(_THESE)), wanted).mappings()
    cases = {row["id"]: convert.case_of(row) for row in found}
    answers: dict[str, dict[Place, Answer]] = {key: {} for key in meetings}
    for row in connection.execute(select(ANSWER).where(ANSWER.c.meeting_id.in_(_THESE)), these).mappings():  # fmt: skip
        answer = convert.answer_of(row)
        answers[row["meeting_id"]][answer.place] = answer
    rows: dict[str, dict[str, list[Entry]]] = {key: {} for key in meetings}
    for kind in ENTRIES:
        for row in connection.execute(_ENTRIES[kind.kind], these).mappings():
            entry = convert.entry_of(kind, row)
            rows[row["meeting_id"]].setdefault(kind.kind, []).append(entry)
    return {
        key: meeting_of(
            row, cases[row["case_id"]], agenda_of(connection, row["agenda_id"]),
            MappingProxyType(answers[key]),
            {kind: tuple(found) for kind, found in rows[key].items()},
        )
        for key, row in meetings.items()
    }  # fmt: skip
