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
    BETWEEN,
    LAST_DAY,
    LONGEST,
    SEARCH,
    SHIFT,
    case_of,
    date_of,
    first_of,
    has_words,
    joined,
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
TABLES: Final = ("search", "search_words", "search_change")
_CHANGE: Final = """
    CREATE VIEW search_change (place, row_id, meeting_id, case_id, day, was, said) AS
    SELECT '', '', '', '', '', '', '' WHERE 0"""
"""What a table tells of one row: NULL for ``was`` where it is new, for ``said`` where it is gone."""
_VERBS: Final = ("insert", "update", "delete")
_HERE: Final = "row_id = NEW.row_id AND place = NEW.place"


def _changed() -> str:
    """One trigger does for all tables what each tells: a program reads them all when it starts.

    FTS5 takes out the words that it is told were there. Where something else was (somebody turned a
    trigger off), nothing is taken out: the number is gone, and what is left leads nowhere.
    """
    held = "(SELECT held_on FROM meeting WHERE id = NEW.meeting_id)"
    whose = "(SELECT case_id FROM meeting WHERE id = NEW.meeting_id)"
    return f"""
    CREATE TRIGGER search_changed INSTEAD OF INSERT ON search_change WHEN NEW.was IS NOT NEW.said BEGIN
        INSERT INTO search_words (search_words, rowid, words)
            SELECT 'delete', doc, substr(NEW.was, 1, {LONGEST}) FROM search
            WHERE {_HERE} AND chars = length(substr(NEW.was, 1, {LONGEST}));
        DELETE FROM search WHERE {_HERE};
        INSERT INTO search (doc, place, row_id, case_id, chars)
            SELECT 1 + coalesce((SELECT max(doc) FROM search
                WHERE doc > (day << {SHIFT}) AND doc < ((day + 1) << {SHIFT})), day << {SHIFT}),
                NEW.place, NEW.row_id, whose, length(substr(NEW.said, 1, {LONGEST}))
            FROM (SELECT coalesce(NEW.case_id, {whose}) AS whose,
                {_number_of(f"coalesce(NEW.day, {held})")} AS day)
            WHERE whose IS NOT NULL AND replace(NEW.said, '{BETWEEN}', '') <> '';
        INSERT INTO search_words (rowid, words)
            SELECT doc, substr(NEW.said, 1, {LONGEST}) FROM search WHERE {_HERE};
    END"""


def made() -> Iterator[str]:
    """The statements that make the index, empty."""
    yield _TABLE
    yield _WORDS
    yield _CHANGE
    yield _changed()


def dropped() -> Iterator[str]:
    """The statements that take it away."""
    yield "DROP VIEW search_change"
    yield "DROP TABLE search_words"
    yield "DROP TABLE search"


def has_table(connection: Connection, name: str) -> bool:
    """Whether there is a table of that name."""
    asked = text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name")
    return connection.execute(asked, {"name": name}).first() is not None


def _number_of(day: str) -> str:
    """A day as a number that grows with it; of what is no day, 0, and the last of all for a blank."""
    year, month, of_month = (f"CAST(substr(at, {at}, {n}) AS INTEGER)" for at, n in ((1, 4), (6, 2), (9, 2)))  # fmt: skip
    number = f"({year} - 1900) * 372 + ({month} - 1) * 31 + {of_month}"
    said = f"CASE at WHEN '' THEN {LAST_DAY} ELSE min(max({number}, 0), {LAST_DAY - 1}) END"
    return f"(SELECT coalesce({said}, 0) FROM (SELECT {day} AS at))"


def _names(place: Searched) -> tuple[str, ...]:
    return tuple(f"search_{place.table}_{verb}" for verb in _VERBS)


def _told(place: Searched, row: str, was: str, said: str) -> str:
    meeting, case, day = "NULL", "NULL", "NULL"
    if place.through == "meeting":
        meeting = f"{row}.meeting_id"
    elif place.through == "audit":
        meeting = f"(SELECT meeting_id FROM audit WHERE id = {row}.audit_id)"
    else:
        case, day = case_of(place, row), date_of(place, row)
    told = f"'{place.table}', {key_of(place, row)}, {meeting}, {case}, {day}, {was}, {said}"
    return f"BEGIN INSERT INTO search_change VALUES ({told});"


def followed(place: Searched) -> Iterator[str]:
    """The statements that make a table tell the index of its changes."""
    was, said = joined(place, "OLD"), joined(place, "NEW")
    told = (
        _told(place, "NEW", "NULL", said), _told(place, "NEW", was, said),
        _told(place, "OLD", was, "NULL"),
    )  # fmt: skip
    for name, verb, tells in zip(_names(place), _VERBS, told, strict=True):
        with_it = _with_it(place) if verb == "update" else ""
        yield f'CREATE TRIGGER {name} AFTER {verb.upper()} ON "{place.table}" {tells}{with_it} END'


def _with_it(place: Searched) -> str:
    """A referral and what was decided on it go to its case."""
    if place.table != "referral":
        return ""
    return (
        " UPDATE search SET case_id = NEW.case_id WHERE case_id <> NEW.case_id AND (row_id = NEW.id "
        "AND place = 'referral' OR place = 'screening' AND row_id IN "
        "(SELECT id FROM screening WHERE referral_id = NEW.id));"
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
    if there.get("search_changed") != _changed().strip():
        yield "search"
    for place in SEARCHED:
        wanted = dict(zip(_names(place), followed(place), strict=True))
        if any(there.get(name) != sql for name, sql in wanted.items()):
            yield place.table


def filled(places: Sequence[Searched]) -> Iterator[str]:
    """The statements that make all of it anew."""
    yield "PRAGMA cache_size = -131072"  # keys come in no order: a page is met again and again
    yield "DELETE FROM search"
    yield "INSERT INTO search_words (search_words) VALUES ('delete-all')"
    for place in places:
        key = key_of(place, "r")
        yield (
            "INSERT INTO search (doc, place, row_id, case_id, chars) "
            f"SELECT (day << {SHIFT}) + {first_of(place)} + row_number() OVER (PARTITION BY day), "
            f"'{place.table}', named, whose, chars FROM (SELECT {_number_of(date_of(place, 'r'))} AS day, {key} AS named, "
            f"{case_of(place, 'r')} AS whose, length({said_of(place, 'r')}) AS chars "
            f'FROM "{place.table}" AS r WHERE {has_words(place, "r")}) WHERE whose IS NOT NULL'
        )
        yield (
            f"INSERT INTO search_words (rowid, words) SELECT s.doc, {said_of(place, 'r')} "
            f'FROM "{place.table}" AS r JOIN search AS s ON s.row_id = {key} '
            f"AND s.place = '{place.table}' ORDER BY s.doc"
        )
    yield from forgotten()
    yield "PRAGMA cache_size = -2000"


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
    connection: Connection, asked: Asked, places: Sequence[str], most: int, below: int, case_id: str
) -> list[Any]:
    """Numbers, tables, rows and cases, the newest first."""
    stated = statement(connection, asked, places, most, below, case_id)
    return [tuple(row) for row in connection.execute(stated)]


def statement(
    connection: Connection, asked: Asked, places: Sequence[str], most: int, below: int, case_id: str
) -> Any:
    """What :func:`found` asks."""
    stated = (
        select(SEARCH.c.doc, SEARCH.c.place, SEARCH.c.row_id, SEARCH.c.case_id)
        .select_from(_INDEX.join(SEARCH, SEARCH.c.doc == _INDEX.c.rowid))
        .where(_INDEX.c.search_words.op("MATCH")(said(asked)), _INDEX.c.rowid < below)
        .where(SEARCH.c.place.in_(places), access.may_open(connection, SEARCH.c.case_id))
        .order_by(_INDEX.c.rowid.desc())
        .limit(most)
    )
    return stated.where(SEARCH.c.case_id == case_id) if case_id else stated
