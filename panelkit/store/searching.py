"""Full-text search over what is kept: one door, with a twin behind it for each engine.

    with reading(engine) as connection:
        hits = searching.found(connection, read("harrow road"), places, most=200)
        rows = searching.rows(connection, hits)

The index is no part of the record: it is made of it, follows every row by triggers of the database
itself, and can be made again at any time (:func:`fill`). It holds no text. What is shown of a hit is
read from its own row, where the rules of the record hold once more, and is looked at again before it
is shown. The newest come first; nothing is weighed by how often a word is written elsewhere, since
that would tell of cases that somebody may not open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from sqlalchemy import Connection, TableClause, column, select, table, text

from panelkit.domain.asking import Asked
from panelkit.domain.errors import Refused
from panelkit.store import search_postgres, search_sqlite
from panelkit.store.searched import BY_TABLE, SEARCHED, Searched
from panelkit.store.searched_sql import NEWEST_DOC, SEARCH, has_words, key_of, said_of
from panelkit.store.tables import AUDIT
from panelkit.store.triggers import POSTGRESQL

TOGETHER: Final = 400
"""Rows that one statement asks for by name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that holds what was looked for."""

    doc: int
    """Its number in the index: the higher, the newer."""
    place: str
    """The table that it is in."""
    row_id: str
    case_id: str
    """Blank for a referral that led to no case."""


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a hit, as they stand now."""

    hit: Hit
    texts: tuple[str, ...]
    """One for each column of its place."""
    meeting_id: str
    """Blank for what hangs from a case."""
    row: Any
    """The row's own columns that say where it is: number, item, field."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How the index differs from the record."""

    missing: int
    """Rows whose words it does not hold, or not as they stand."""
    extra: int
    """Rows that it still holds and that are gone."""
    untold: tuple[str, ...]
    """Tables that would not tell it of a change."""

    @property
    def is_good(self) -> bool:
        """Whether it is as it should be."""
        return not (self.missing or self.extra or self.untold)


def _twin(connection: Connection) -> ModuleType:
    return search_postgres if connection.dialect.name == POSTGRESQL else search_sqlite


# -- looking -----------------------------------------------------------------------------------


def found(
    connection: Connection, asked: Asked, places: Sequence[str], *, most: int, below: int = NEWEST_DOC,
    case_id: str = "",
) -> list[Hit]:  # fmt: skip
    """At most ``most`` rows that may hold what is asked, the newest first; of cases that whoever
    opened the record may open only.

    ``below`` goes on after an earlier answer: the number of its last hit. ``case_id`` looks in one
    case alone. An empty question, or no place, finds nothing. Raises Refused where there is no index.
    """
    if asked.is_empty or not places:
        return []
    if not is_there(connection):
        msg = "This record has no index to search."
        raise Refused(msg, remedy="panelkit db index makes it.")
    rows_of = _twin(connection).found(connection, asked, places, most, below, case_id)
    return [Hit(*row) for row in rows_of]


def rows(connection: Connection, hits: Sequence[Hit]) -> list[Found]:
    """The words of these hits, in their order; one that is gone, or hidden, is left out."""
    read: dict[tuple[str, str], Found] = {}
    for place in {hit.place for hit in hits}:
        mine = [hit for hit in hits if hit.place == place]
        for start in range(0, len(mine), TOGETHER):
            for one in _read(connection, BY_TABLE[place], mine[start : start + TOGETHER]):
                read[place, one.hit.row_id] = one
    return [found for hit in hits if (found := read.get((hit.place, hit.row_id))) is not None]


_BESIDE: Final = {
    "answer": ("item", "field"), "case": (), "request": ("number",), "life": ("fact",),
    "dispatch": ("version", "copy_number"), "put_off": ("number", "planned_for"),
    "hand_over": ("number",), "span": ("kind", "from_day"), "outcome": ("kind", "day"),
    "referral": ("number", "received_on"), "screening": ("referral_id", "decided_on"),
    "retention": (), "audit": ("form", "auditor"), "audit_mark": ("number", "audit_id"),
    "notes": ("number", "place"), "parked": ("number", "place"), "visits": ("number", "place"),
    "section_words": ("number", "section"), "actions": ("number", "set_at"),
}  # fmt: skip
"""Columns beside the words that say where a row is; of other kinds of entry, its number."""


def _clause(place: Searched) -> TableClause:
    names = {*place.key, *place.columns, *_BESIDE.get(place.table, ("number",))}
    if place.through == "meeting":
        names.add("meeting_id")
    return table(place.table, *(column(name) for name in sorted(names)))


def _read(connection: Connection, place: Searched, hits: Sequence[Hit]) -> Iterator[Found]:
    rows_of = _clause(place)
    by_key = {tuple(hit.row_id.split("/", len(place.key) - 1)): hit for hit in hits}
    asked = select(rows_of)
    if place.through == "audit":
        asked = select(rows_of, AUDIT.c.meeting_id).join(AUDIT, AUDIT.c.id == rows_of.c.audit_id)
    first = rows_of.c[place.key[0]]
    asked = asked.where(first.in_({key[0] for key in by_key}))
    for row in connection.execute(asked).mappings():
        hit = by_key.get(tuple(str(row[name]) for name in place.key))
        if hit is not None:
            words = tuple(str(row[name] or "") for name in place.columns)
            yield Found(hit, words, str(row.get("meeting_id", "") or ""), row)


# -- the index itself --------------------------------------------------------------------------


def is_there(connection: Connection) -> bool:
    """Whether the record has an index: one that a program of an older revision left has none."""
    return bool(_twin(connection).has_table(connection, SEARCH.name))


def make(connection: Connection) -> None:
    """The index, empty; nothing tells it of anything until :func:`follow`."""
    for statement in _twin(connection).made():
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """No index, and nothing that would tell one."""
    unfollow(connection)
    for statement in _twin(connection).dropped():
        connection.exec_driver_sql(statement)


def follow(connection: Connection) -> None:
    """From now on every change of a searched row changes the index."""
    twin = _twin(connection)
    for place in SEARCHED:
        if twin.has_table(connection, place.table):
            for statement in twin.followed(place):
                connection.exec_driver_sql(statement)


def unfollow(connection: Connection) -> None:
    """Nothing tells the index any more, until :func:`follow`: before tables are changed or filled."""
    twin = _twin(connection)
    for statement in twin.unfollowed(connection):
        connection.exec_driver_sql(statement)


def fill(connection: Connection) -> None:
    """The whole index made anew from what is there, whatever it held; nothing of that is left in it."""
    twin = _twin(connection)
    places = [place for place in SEARCHED if twin.has_table(connection, place.table)]
    for statement in twin.filled(places):
        connection.exec_driver_sql(statement)


def again(connection: Connection) -> None:
    """The index, and what tells it of changes, as this panelkit makes them; whatever was there."""
    if is_there(connection):
        drop(connection)
    make(connection)
    follow(connection)
    fill(connection)


def forget_for_good(connection: Connection) -> None:
    """What was taken out of the index is left in none of its pages.

    On a server whoever looks after it does that: ``panelkit db index`` (docs/search.md).
    """
    for statement in _twin(connection).forgotten():
        connection.exec_driver_sql(statement)


def lag(connection: Connection) -> Lag:
    """Whether the index is as the record is; every row is looked at."""
    twin = _twin(connection)
    if not is_there(connection):
        return Lag(0, 0, tuple(place.table for place in SEARCHED))
    missing = extra = 0
    held = {place.table: 0 for place in SEARCHED}
    counted = text("SELECT place, count(*) AS rows FROM search GROUP BY place")
    held |= {row.place: int(row.rows) for row in connection.execute(counted)}
    for place in SEARCHED:
        row = connection.execute(text(_compared(place))).one()
        missing += int(row.rows) - int(row.good)
        extra += held.pop(place.table) - int(row.there)
    return Lag(missing, extra + sum(held.values()), tuple(twin.untold(connection)))


def _compared(place: Searched) -> str:
    said = said_of(place, "r")
    return (
        f"SELECT count(*) AS rows, count(s.doc) AS there, "
        f"count(CASE WHEN s.chars = length({said}) THEN 1 END) AS good "
        f'FROM "{place.table}" AS r LEFT JOIN search AS s '
        f"ON s.row_id = {key_of(place, 'r')} AND s.place = '{place.table}' "
        f"WHERE {has_words(place, 'r')}"
    )
