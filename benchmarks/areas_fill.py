"""Fills one record with the meetings of many areas over ten years, for `benchmarks/areas.py`.

What it is: ten years of one area are made by `panelkit generate` twice, once in full and once
`--brief`, and copied by plain statements until the record holds as many meetings as were asked for,
each copy standing for an area. In a copy every id, every reference (``GN17-00042``), the number of
every referral and every day is another (0 to 2 weeks earlier), and the words of every passage are
changed for others that are about as frequent, so that a name or a word of one area is not that of the next. Every
table that `generate` fills is copied: cases, sittings, meetings, answers, attendance, actions,
decisions, views and the rest of a meeting, levels, referrals, days put off, facts of the minutes'
life, audits with their marks. Every third area is full (about 60 answers and 40 other rows to a meeting),
the others are brief (about 21 and 25): a record of nothing but full ones would take twice the time
and the disk.

What it is not: the journal. `generate` writes some 350 rows of it for a full meeting, which would be
nine tenths of the file; here each meeting has three, chained as they should be. So `panelkit verify`
finds the chain whole and says of the words that the journal does not know them. Nothing was typed
twice, so that nothing is superseded; nothing was printed, sent or handed over; the board's meetings
and figures are those of one area. The passages make no sense.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import sqlcipher3

from panelkit.commands import generate
from panelkit.domain.agenda import AGENDA
from panelkit.domain.case import Case
from panelkit.domain.entries import ENTRIES
from panelkit.domain.fields import Field, FieldKind, fields_of
from panelkit.store import journal, searching
from panelkit.store.rows import METADATA
from panelkit.store.tables import JOURNAL
from panelkit.wiring import Settings

UNTIL: Final = date(2026, 3, 31)
"""The last day of the ten years."""
NOW: Final = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)
"""When it is in the record: what is late or near is so on this day, whenever it is measured."""
AREAS: Final = 42
A_FULL_ONE: Final = 3
"""Every so-manyth area is full."""
FIRST_YEAR: Final = 0.0715
"""Share of an area's meetings that its first of ten years holds, each having 6 % more than the last."""
SHARED: Final = ("agenda", "audit_form", "board", "at_board", "manual_figure")
"""The same for every area, and copied with the first."""
NOT_COPIED: Final = (
    "journal", "command", "alembic_version", "chain_key", "person", "falls_due", "standing_action",
)  # fmt: skip
"""Of the record itself, or worked out when all meetings are there."""
TOGETHER: Final = 20_000
JOURNALED: Final = ("planned", "open", "closed")
"""What the three journal rows of a meeting say of its state."""
_WORD: Final = re.compile(r"[A-Za-z]{5,}")
_TYPED: Final = (FieldKind.WORDS, FieldKind.LINE, FieldKind.PERSON)

Sink = Callable[[str, Sequence[str], Iterator[tuple[Any, ...]]], None]
"""Takes the rows of a table: its name, its columns, the rows."""


def seed(path: Path, meetings: int, *, brief: bool) -> Path:
    """Ten years of one area with about so many meetings; one that is there already is used."""
    if not path.exists():
        begun = path.with_suffix(".begun")  # two fills at once never take what is half made
        begun.unlink(missing_ok=True)
        settings = Settings(
            db=str(begun), area="west_midlands", who="Somebody", clock=lambda: NOW,
            place_reason="a benchmark",
        )  # fmt: skip
        first = max(10, round(meetings * FIRST_YEAR))
        generate.years(
            settings, 10, meetings=first, until=UNTIL.isoformat(), growth=6, seed=1, brief=brief
        )
        begun.rename(path)
    return path


# -- what becomes of each column -------------------------------------------------------


@cache
def _answers_of_words() -> frozenset[tuple[str, str]]:
    return frozenset(
        (item.code, each.key) for item in AGENDA for each in item.fields if each.kind in _TYPED
    )


def _typed(described: Sequence[Field]) -> set[str]:
    return {each.key for each in described if each.kind in _TYPED}


_WORDS: Final[dict[str, set[str]]] = {
    "case": _typed(fields_of(Case)) | {"ref"},
    "life": {"who"}, "audit": {"auditor", "remarks"},
    "audit_mark": {"marked_by", "comment", "reason"}, "span": {"because"},
    "screening": {"words"}, "put_off": {"words"}, "answer": {"text", "typed_by"},
    **{kind.kind: _typed(fields_of(kind)) | {"typed_by", "carried_from"} for kind in ENTRIES},
}  # fmt: skip
"""Columns of words and names, by table; those of ``answer`` only where the field is one of words."""


@dataclass
class Vocabulary:
    """Every longer word of a seed, the most frequent first, so that each can become its neighbour."""

    ranked: list[list[str]] = field(default_factory=list)

    @classmethod
    def of(cls, connection: Any) -> Vocabulary:
        """All that the words of a seed are made of."""
        counted: Counter[str] = Counter()
        for table, columns in _WORDS.items():
            there = _columns(connection, table)
            for name in columns & set(there):
                where = " WHERE text LIKE '% %'" if table == "answer" and name == "text" else ""
                for (text,) in connection.execute(f'SELECT "{name}" FROM "{table}"{where}'):
                    counted.update(_WORD.findall(text or ""))
        names = [word for word, _ in counted.most_common() if word[0].isupper()]
        plain = [word for word, _ in counted.most_common() if not word[0].isupper()]
        bands = [kind[at : at + 12] for kind in (plain, names) for at in range(0, len(kind), 12)]
        return cls(bands)

    def permuted(self, area: int) -> dict[str, str]:
        """Which word becomes which in an area."""
        chance, said = Random(area), {}
        for band in self.ranked:
            other = band[:]
            chance.shuffle(other)
            said |= dict(zip(band, other, strict=True))
        return said


class Copying:
    """How the values of a seed become those of one area."""

    def __init__(self, area: int, vocabulary: Vocabulary) -> None:
        self.area = area
        self.mark = f"{area:02x}"
        self.days = timedelta(days=-7 * (area % 3))
        self.words = vocabulary.permuted(area)
        self._said: dict[str, str] = {}
        self._day: dict[str, str] = {}

    def id(self, value: str) -> str:
        """Another id; blank stays blank."""
        return self.mark + value[2:] if value else value

    def day(self, value: str) -> str:
        """A day, or an instant, some weeks before."""
        head = value[:10]
        if head not in self._day:
            self._day[head] = (date.fromisoformat(head) + self.days).isoformat() if head else ""
        return self._day[head] + value[10:]

    def text(self, value: str) -> str:
        """Other words, and this area's references."""
        found = self._said.get(value)
        if found is None:
            said = _WORD.sub(lambda word: self.words.get(word[0], word[0]), value)
            found = self._said[value] = said.replace("GN-", f"GN{self.area:02}-")
        return found


def _columns(connection: Any, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 36 and value[8] == value[13] == "-"


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(re.match(r"\d{4}-\d\d-\d\d($|T)", value))


def _kinds(connection: Any, table: str, names: Sequence[str]) -> tuple[list[int], list[int]]:
    """Which columns of a table hold ids, and which hold days."""
    ids, days = set(), set()
    for row in connection.execute(f'SELECT * FROM "{table}" LIMIT 5000'):
        for place, value in enumerate(row):
            if _is_id(value):
                ids.add(place)
            elif _is_day(value) and names[place] != "text":
                days.add(place)
    return sorted(ids), sorted(days)


def copied(connection: Any, table: str, how: Copying, left: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as they are in one area; ``left`` is where its referrals' numbers begin."""
    names = _columns(connection, table)
    key = [c.name for c in METADATA.tables[table].primary_key]
    ids, days = _kinds(connection, table, names)
    wordy = [names.index(name) for name in sorted(_WORDS.get(table, set())) if name in names]
    number = names.index("number") if table == "referral" else None
    prose, text_at = _answers_of_words(), names.index("text") if table == "answer" else -1
    order = ", ".join(f'"{name}"' for name in key)
    for found in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):
        row = list(found)
        for at in ids:
            if row[at]:
                row[at] = how.id(row[at])
        for at in days:
            if row[at]:
                row[at] = how.day(row[at])
        for at in wordy:
            if row[at] and (at != text_at or (row[1], row[2]) in prose):
                row[at] = how.text(row[at])
        if text_at >= 0 and _is_day(row[text_at]):
            row[text_at] = how.day(row[text_at])
        if number is not None:
            row[number] += left
        yield tuple(row)


def journaled(meetings: Iterator[tuple[str, str]], chain: Callable[[int], bytes | None], seq: int, head: str) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """Three rows for each meeting (its id, its day), chained after the row ``seq`` with its hash."""
    names = [column.name for column in JOURNAL.c]
    for meeting_id, day in meetings:
        was = ""
        for state in JOURNALED:
            seq += 1
            now = journal.salted(state, meeting_id)
            row: dict[str, Any] = {
                "seq": seq, "at": f"{day}T09:30:00+00:00", "actor": "Somebody", "os_user": "fill",
                "desk": "fill", "command_id": "fill", "meeting_id": meeting_id, "entity": "meeting",
                "entity_id": meeting_id, "field": "state", "old_hash": was, "new_hash": now,
                "prev_hash": head,
            }  # fmt: skip
            head = row["hash"] = journal.chained(row, chain(seq))
            was = now
            yield tuple(row[name] for name in names)


def pour(full: Path, brief: Path, meetings: int, sink: Sink, say: Callable[[str], None]) -> int:
    """Areas until there are so many meetings; how many there are."""
    seeds = {True: sqlcipher3.connect(full), False: sqlcipher3.connect(brief)}
    words = {kind: Vocabulary.of(connection) for kind, connection in seeds.items()}
    tables = [table.name for table in METADATA.sorted_tables if table.name not in NOT_COPIED]
    made = area = referrals = 0
    while made < meetings:
        area += 1
        connection = seeds[area % A_FULL_ONE == 1]
        how = Copying(area, words[area % A_FULL_ONE == 1])
        for table in tables:
            if table in SHARED:
                if area == 1:
                    sink(table, _columns(connection, table), iter(connection.execute(f'SELECT * FROM "{table}"')))  # fmt: skip
            elif connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():
                rows = copied(connection, table, how, referrals)
                sink(table, _columns(connection, table), rows)
        made += connection.execute("SELECT count(*) FROM meeting").fetchone()[0]
        referrals += connection.execute("SELECT max(number) FROM referral").fetchone()[0]
        say(f"area {area}: {made} meetings")
    for connection in seeds.values():
        connection.close()
    return made


def in_file(path: Path, full: Path, brief: Path, meetings: int, say: Callable[[str], None]) -> int:
    """Fill a new record in a file."""
    from panelkit.store.record import Record

    record = Record.open(path, create=True)
    with record._writing() as connection:
        searching.unfollow(connection)  # the index is made at the end, of everything at once
    record.close()
    raw = sqlcipher3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-600000"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("BEGIN")

    def sink(table: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
        marks = ",".join("?" * len(names))
        listed = ",".join(f'"{name}"' for name in names)
        raw.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', rows)

    made = pour(full, brief, meetings, sink, say)
    every = raw.execute("SELECT id, held_on FROM meeting ORDER BY held_on, id").fetchall()
    names = [column.name for column in JOURNAL.c]
    sink("journal", names, journaled(iter(every), lambda _seq: None, 0, journal.START))
    raw.execute("COMMIT")
    wrong = raw.execute("PRAGMA foreign_key_check").fetchone()
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()
    if wrong:
        raise SystemExit(f"A row hangs from nothing: {wrong}")
    say("the lists and the index of the search")
    record = Record.open(path)
    record.index_again()
    record.close()
    return made


def on_server(address: str, full: Path, brief: Path, meetings: int, say: Callable[[str], None]) -> int:  # fmt: skip
    """Fill a record that is made on a server; ``address`` is that of a superuser.

    The database is made, and two logins where they are missing: ``scale_keeper``, who owns the
    tables, and ``scale_ruth``, with every role but a reader's, whose eyes it is measured with.
    """
    import psycopg
    from psycopg import sql

    from panelkit.domain.people import Role
    from panelkit.services.logins import found_at
    from panelkit.store.indexing import index_server
    from panelkit.store.keys import opened
    from panelkit.store.record import Record
    from panelkit.store.server import Server

    server = Server.named(address)
    told = {"host": server.host, "port": server.port, "user": server.login or "postgres"}
    with psycopg.connect(**told, dbname="postgres", autocommit=True) as bare:
        for login in (KEEPER, RUTH):
            if not bare.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone():
                bare.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(login)))
        bare.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(server.database), sql.Identifier(KEEPER)
            )
        )
    roles = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.CHAIR, Role.MINUTE_TAKER})
    found_at(server.with_login(KEEPER), "Ruth Calloway", roles, RUTH, lambda: NOW)
    record = Record.open(server.with_login(RUTH))
    with record._reading() as connection:
        chain = opened(connection).chain
    head = record.head()
    record.close()
    options = (
        "-c search_path=panelkit -c session_replication_role=replica -c synchronous_commit=off"
    )
    with psycopg.connect(**told, dbname=server.database, options=options) as raw:

        def sink(table: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
            listed = sql.SQL(",").join(sql.Identifier(name) for name in names)
            copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), listed)
            with raw.cursor().copy(copy) as into:
                for row in rows:
                    into.write_row(row)

        made = pour(full, brief, meetings, sink, say)
        last = raw.execute("SELECT max(seq) FROM journal").fetchone()
        every = raw.execute("SELECT id, held_on FROM meeting ORDER BY held_on, id").fetchall()
        names = [column.name for column in JOURNAL.c]
        sink("journal", names, journaled(iter(every), chain, last[0] if last and last[0] else 0, head))  # fmt: skip
        raw.commit()
        say("the lists and the index of the search")
        index_server(server.with_login(KEEPER))
        raw.autocommit = True
        raw.execute("VACUUM ANALYZE")  # as the server's own housekeeping would have by morning
    return made


KEEPER: Final = "scale_keeper"
RUTH: Final = "scale_ruth"
