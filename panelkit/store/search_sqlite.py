"""Search in a file: SQLite's FTS5, told by triggers. The twin of :mod:`panelkit.store.search_postgres`.

The full-text table keeps words and where they stand, and no text (``content=''``); ``search`` says
which row of the record each of its numbers stands for. A number begins with the day of its meeting,
so that the newest are read first, and reading stops as soon as a page is full. Of a word that is
taken out something may stay in the pages until they are merged: :func:`forgotten` merges all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, column, select, table, text

from panelkit.domain.asking import Asked, Group
from panelkit.store import access
from panelkit.store.searched import SEARCHED, Searched
from panelkit.store.searched_sql import (
    LAST_DAY,
    SEARCH,
    SHIFT,
    case_of,
    changes,
    date_of,
    first_of,
    has_words,
    key_of,
    said_of,
)

_TABLE: Final = """
    CREATE TABLE search (
        doc INTEGER NOT NULL PRIMARY KEY, place TEXT NOT NULL, row_id TEXT NOT NULL,
        case_id TEXT NOT NULL, chars INTEGER NOT NULL,
        CONSTRAINT uq_search_row_id_place UNIQUE (row_id, place)
    )"""
_WORDS: Final = """
    CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2'
    )"""
_INDEX: Final = table("search_words", column("rowid"), column("search_words"))
TABLES: Final = ("search", "search_words")
_VERBS: Final = ("insert", "update", "delete")


def made() -> Iterator[str]:
    """The statements that make the index, empty."""
    yield _TABLE
    yield _WORDS


def dropped() -> Iterator[str]:
    """The statements that take it away."""
    for name in reversed(TABLES):
        yield f"DROP TABLE {name}"


def has_table(connection: Connection, name: str) -> bool:
    """Whether there is a table of that name."""
    asked = text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name")
    return connection.execute(asked, {"name": name}).first() is not None


def _day(place: Searched, row: str) -> str:
    day = date_of(place, row)
    if day == "''":
        return str(LAST_DAY)
    year, month, of_month = (f"CAST(substr({day}, {at}, {n}) AS INTEGER)" for at, n in ((1, 4), (6, 2), (9, 2)))  # fmt: skip
    number = f"({year} - 1900) * 372 + ({month} - 1) * 31 + {of_month}"
    return f"min(max(coalesce({number}, 0), 0), {LAST_DAY - 1})"


def _taken_out(place: Searched) -> str:
    here = f"row_id = {key_of(place, 'OLD')} AND place = '{place.table}'"
    return (
        "INSERT INTO search_words (search_words, rowid, words) "
        f"SELECT 'delete', doc, {said_of(place, 'OLD')} FROM search WHERE {here}; "
        f"DELETE FROM search WHERE {here};"
    )


def _put_in(place: Searched) -> str:
    key, said = key_of(place, "NEW"), said_of(place, "NEW")
    first = f"day << {SHIFT}"
    return (
        "INSERT INTO search (doc, place, row_id, case_id, chars) "  # noqa: S608 - the program's own list
        f"SELECT 1 + coalesce((SELECT max(doc) FROM search WHERE doc > ({first}) "
        f"AND doc < ((day + 1) << {SHIFT})), {first}), '{place.table}', {key}, whose, length({said}) "
        f"FROM (SELECT {_day(place, 'NEW')} AS day, {case_of(place, 'NEW')} AS whose) "
        f"WHERE whose IS NOT NULL AND {has_words(place, 'NEW')}; "
        f"INSERT INTO search_words (rowid, words) SELECT doc, {said} FROM search "
        f"WHERE row_id = {key} AND place = '{place.table}';"
    )


def _names(place: Searched) -> tuple[str, ...]:
    return tuple(f"search_{place.table}_{verb}" for verb in _VERBS)


def followed(place: Searched) -> Iterator[str]:
    """The statements that make a table tell the index of its changes."""
    on_insert, on_update, on_delete = _names(place)
    table, columns = f'"{place.table}"', changes(place)
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    yield (
        f"CREATE TRIGGER {on_insert} AFTER INSERT ON {table} WHEN {has_words(place, 'NEW')} "
        f"BEGIN {_put_in(place)} END"
    )
    yield (
        f"CREATE TRIGGER {on_update} AFTER UPDATE OF {named} ON {table} WHEN {differs} "
        f"BEGIN {_taken_out(place)} {_put_in(place)} {_with_it(place)} END"
    )
    yield f"CREATE TRIGGER {on_delete} AFTER DELETE ON {table} BEGIN {_taken_out(place)} END"


def _with_it(place: Searched) -> str:
    """What hangs from a referral goes to its case with it."""
    if place.table != "referral":
        return ""
    return (
        "UPDATE search SET case_id = NEW.case_id WHERE place = 'screening' AND row_id IN "
        "(SELECT id FROM screening WHERE referral_id = NEW.id);"
    )


def _there(connection: Connection) -> set[str]:
    asked = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {str(name) for name in connection.execute(asked).scalars()}


def unfollowed(connection: Connection) -> Iterator[str]:
    """The statements after which nothing tells it."""
    for name in sorted(_there(connection) & {name for each in SEARCHED for name in _names(each)}):
        yield f"DROP TRIGGER {name}"


def untold(connection: Connection) -> Iterator[str]:
    """Tables that do not tell it of every change, in this panelkit's words."""
    asked = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    there = {row.name: row.sql for row in connection.execute(asked)}
    for place in SEARCHED:
        wanted = dict(zip(_names(place), followed(place), strict=True))
        if any(there.get(name) != sql for name, sql in wanted.items()):
            yield place.table


def filled(places: Sequence[Searched]) -> Iterator[str]:
    """The statements that make all of it anew."""
    yield "DELETE FROM search"
    yield "INSERT INTO search_words (search_words) VALUES ('delete-all')"
    for place in places:
        key = key_of(place, "r")
        yield (
            "INSERT INTO search (doc, place, row_id, case_id, chars) "  # noqa: S608 - the program's own list
            f"SELECT (day << {SHIFT}) + {first_of(place)} + row_number() OVER (PARTITION BY day), "
            f"'{place.table}', named, whose, chars FROM (SELECT {_day(place, 'r')} AS day, {key} AS named, "
            f"{case_of(place, 'r')} AS whose, length({said_of(place, 'r')}) AS chars "
            f'FROM "{place.table}" AS r WHERE {has_words(place, "r")}) WHERE whose IS NOT NULL'
        )
        yield (
            f"INSERT INTO search_words (rowid, words) SELECT s.doc, {said_of(place, 'r')} "  # noqa: S608 - likewise
            f'FROM "{place.table}" AS r JOIN search AS s ON s.row_id = {key} '
            f"AND s.place = '{place.table}' ORDER BY s.doc"
        )
    yield from forgotten()


def forgotten() -> Iterator[str]:
    """The statements after which no page holds a word that was taken out."""
    yield "INSERT INTO search_words (search_words) VALUES ('optimize')"


# -- looking -----------------------------------------------------------------------------------


def said(asked: Asked) -> str:
    """The question in FTS5's words. Those of a question are letters and digits alone, so that there
    is nothing in it to be taken for anything else."""
    wanted = " AND ".join(_phrase(group) for group in asked.wanted)
    return "".join([f"({wanted})", *(f" NOT {_phrase(group)}" for group in asked.unwanted)])


def _phrase(group: Group) -> str:
    return f'"{" ".join(group.words)}"{" *" if group.is_open else ""}'


def found(
    connection: Connection, asked: Asked, places: Sequence[str], most: int, below: int
) -> list[Any]:
    """Numbers, tables, rows and cases, the newest first."""
    return [tuple(row) for row in connection.execute(statement(connection, asked, places, most, below))]


def statement(
    connection: Connection, asked: Asked, places: Sequence[str], most: int, below: int
) -> Any:
    """What :func:`found` asks."""
    return (
        select(SEARCH.c.doc, SEARCH.c.place, SEARCH.c.row_id, SEARCH.c.case_id)
        .select_from(_INDEX.join(SEARCH, SEARCH.c.doc == _INDEX.c.rowid))
        .where(_INDEX.c.search_words.op("MATCH")(said(asked)), _INDEX.c.rowid < below)
        .where(SEARCH.c.place.in_(places), access.may_open(connection, SEARCH.c.case_id))
        .order_by(_INDEX.c.rowid.desc())
        .limit(most)
    )
