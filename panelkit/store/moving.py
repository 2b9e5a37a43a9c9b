"""A whole record from a file to a server, or from a server to a file: every row as it is.

    to_server(record, server, Settling(...), by)
    to_file(server, path, settle, by)

Rows go across table by table, a few hundred in memory at once, in one transaction on the side that
is written: before it ends, every table is read back there and compared with what was read here, and
the journal is walked on both sides. Then, and only then, what has to differ is changed, with journal
entries that say so: key slots belong to a file, logins to a server.
"""

from __future__ import annotations

import dataclasses
import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Integer, LargeBinary, Table, func, select

from panelkit.domain.errors import BadInput, NotAllowed, NotSaved, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Person
from panelkit.store import entry, heads, journal, people, searching, whole
from panelkit.store.arriving import arriving, must_be_free
from panelkit.store.belongings import keys_of
from panelkit.store.engine import NEWEST, make_schema, open_engine, reading, writing
from panelkit.store.guarding import guard, unguard
from panelkit.store.keeper import as_keeper, logins_there, seeing_all, standing
from panelkit.store.keys import Keys, Opened
from panelkit.store.postgres import SCHEMA, revision
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from panelkit.store.server import Server
from panelkit.store.slots import Slots
from panelkit.store.triggers import POSTGRESQL

STAY: Final = frozenset({"chain_key", "here_now"})
"""Tables that do not go across as they are: the keys have another place in a file, and who has a
meeting open is true of one place only."""
TOGETHER: Final = 500
"""Rows in memory at once; of a table that holds documents, a twentieth of it."""
MOVED: Final = "moved"
"""The journal's word for it, of the whole record."""

Changes = Sequence[tuple[Person | None, Person]]
"""People before and after; None for somebody new."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a table held on both sides."""

    table: str
    rows: int
    digest: str
    """SHA-256 over every row, in the order of the key."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A copy that was compared with what it was made of."""

    tables: tuple[Counted, ...]
    checked: journal.Checked
    """Of both sides: they are the same."""
    head: str
    """The journal's head when the rows had gone across; the same on both sides."""
    added: int
    """Journal entries that came after it on the new side, about people and the copy itself."""
    size: int
    """Bytes of text and documents that went across."""
    seconds: float

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(each.rows for each in self.tables)


@dataclass(frozen=True, slots=True)
class Slotted:
    """What a new file needs beside the rows."""

    changes: Changes
    slots: Slots
    """With a slot for everybody who can open it, and no keys in them yet."""
    person: str
    """Id of whoever opens it first."""


def to_server(
    record: Record, server: Server, settle: Callable[[tuple[Person, ...]], Changes], by: By
) -> Moved:
    """The open ``record`` in the empty database ``server``, whose login owns the tables afterwards.

    ``settle`` says of its people what they are on a server. Raises Refused where there is a record
    already, BadInput for a login that the server does not know or a row that a server cannot hold,
    NotAllowed, NotSaved; then the database is as it was.
    """
    opened = Opened()
    with reading(record.engine) as here, as_keeper(server, opened) as there:
        changes = settle(people.every(here))
        _logins_must_fit(there, [after.login for _before, after in changes if after.login])
        _must_be_empty(there, server)
        # A record that was never encrypted has no key to chain with: entries from here on have.
        last = here.execute(select(func.max(METADATA.tables["journal"].c.seq))).scalar() or 0
        opened.keys = record.opened.keys or Keys.new(str(uuid.uuid4()), chain_from=last + 1)
        moved = _across(here, there)
        entry.keep_chain_keys(there, opened.keys)
        moved = _settled(there, moved, changes, by)
        guard(there)
        return moved


def to_file(
    server: Server, path: Path, settle: Callable[[tuple[Person, ...], str], Slotted], by: By
) -> Moved:
    """The record on ``server`` as a new encrypted file at ``path``, with its key slots beside it.

    ``settle`` is told its people and its id. Raises NotAllowed for a login that does not see all
    of it, Refused where something has that name, NotFound, NotSaved; then there is no file.
    """
    must_be_free(keys_of(path))
    source = Opened()
    with seeing_all(server, source) as here:
        _must_be_this(here, server)
        source.keys = entry.chain_keys(here)
        last = here.execute(select(func.max(METADATA.tables["journal"].c.seq))).scalar() or 0
        keys = source.keys or Keys.new(str(uuid.uuid4()), chain_from=last + 1)
        keys = keys.rekeyed()
        slotted = settle(people.every(here), keys.record)
        has_keys = False
        try:
            with arriving(path) as part:
                moved = _filled(here, part, keys, slotted, by)
                must_be_free(keys_of(path))
                has_keys = True
                slotted.slots.holding(keys).write(keys_of(path))
        except BaseException:
            if has_keys:
                keys_of(path).unlink(missing_ok=True)
            raise
    return moved


def _filled(here: Connection, part: Path, keys: Keys, slotted: Slotted, by: By) -> Moved:
    engine = open_engine(part, opened=Opened(keys, slotted.person), create=True)
    try:
        with writing(engine) as there:
            return _settled(there, _across(here, there), slotted.changes, by)
    finally:
        engine.dispose()


def _settled(there: Connection, moved: Moved, changes: Changes, by: By) -> Moved:
    """What has to differ from now on, with entries that say so."""
    command = str(uuid.uuid4())
    journal.note_command(there, command, by, MOVED)
    noted = [heads.note(MOVED, moved.head, "")]
    for before, after in changes:
        noted += (
            people.insert(there, after) if before is None else people.update(there, before, after)
        )
    journal.write(there, noted, by, command)
    return dataclasses.replace(moved, added=len(noted))


# -- what must be so before -------------------------------------------------------------------


def _must_be_empty(there: Connection, server: Server) -> None:
    """A database without a record, or with one that nobody ever was in."""
    stored = revision(there)
    if stored is None:
        there.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        make_schema(there)
        return
    me = standing(there)
    if not me.owns_all:
        msg = f"The login {me.login} does not own the tables in the database {server.name}."
        raise NotAllowed(msg, remedy="Copy as their owner; nothing was changed.")
    # Every record has somebody and an entry that says so: without both nobody ever was in it.
    held = any(
        there.execute(select(func.count()).select_from(METADATA.tables[name])).scalar()
        for name in ("person", "journal", "command")
    )
    if stored != NEWEST or held:
        msg = f"There is already a record in the database {server.name}."
        raise Refused(msg, remedy="Copy into an empty one; nothing was changed.")
    unguard(there)


def _must_be_this(here: Connection, server: Server) -> None:
    stored = revision(here)
    if stored is None:
        raise BadInput(f"There is no record in the database {server.name}.")
    if stored != NEWEST:
        msg = "The record on the server is of another panelkit than this one."
        raise Refused(msg, remedy="Copy it with the same version, or upgrade it there first.")


def _logins_must_fit(there: Connection, logins: Sequence[str]) -> None:
    found = logins_there(there, logins)
    for login in logins:
        if login not in found:
            raise BadInput(
                f"The server has no login {login}.",
                remedy="Whoever looks after it makes it first: CREATE ROLE … LOGIN.",
            )
        if found[login]:
            raise Refused(
                f"The server’s rules would not bind the login {login}.",
                remedy="Nobody works with a login that owns the tables, is superuser or has BYPASSRLS.",
            )


# -- across -----------------------------------------------------------------------------------


def _across(here: Connection, there: Connection) -> Moved:
    """Every table, compared afterwards. Raises NotSaved where the two are not the same."""
    started, counted, size = monotonic(), [], 0
    put = _copied_in if there.dialect.name == POSTGRESQL else _inserted
    if there.dialect.name != POSTGRESQL:
        from panelkit.store.sqlite import check_keys_at_the_end

        check_keys_at_the_end(there)
    # The index is no part of what is moved: it is made there, of what has arrived.
    searching.unfollow(there)
    for table in METADATA.sorted_tables:
        if table.name in STAY:
            continue
        read = _Walk(here, table)
        put(there, table, read)
        counted.append(read.counted())
        size += read.size
    for found in counted:
        arrived = _Walk(there, METADATA.tables[found.table])
        for _row in arrived:
            pass
        if arrived.counted() != found:
            msg = f"What arrived in the table {found.table} is not what was sent."
            raise NotSaved(msg, remedy="Nothing was changed; panelkit verify looks at the record.")
    checked, arrived_so = _checked(here), _checked(there)
    if checked != arrived_so:
        msg = "The journal does not run on the new side as it does here."
        raise NotSaved(msg, remedy="Nothing was changed; panelkit verify looks at the record.")
    searching.follow(there)
    searching.fill(there)
    return Moved(tuple(counted), checked, checked.head, 0, size, monotonic() - started)


def _checked(connection: Connection) -> journal.Checked:
    found = whole.check(connection)
    return dataclasses.replace(
        found, issued_wrong=tuple(sorted(found.issued_wrong)),
        words_wrong=tuple(sorted(found.words_wrong)),
        templates_wrong=tuple(sorted(found.templates_wrong)),
        copies_wrong=tuple(sorted(found.copies_wrong)),
    )  # fmt: skip


class _Walk:
    """Every row of a table, in the order of its key, hashed as it passes."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._kinds: tuple[Any, ...] = tuple(_kind_of(column) for column in table.c)
        self._hash, self._rows, self.size = hashlib.sha256(), 0, 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        held = TOGETHER // 20 if bytes in self._kinds else TOGETHER
        every = select(*self._table.c).order_by(*self._table.primary_key.columns)
        with self._connection.execute(every.execution_options(yield_per=held)) as rows:
            for row in rows:
                yield self._hashed(tuple(row))

    def _hashed(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        self._rows += 1
        plain: list[Any] = []
        for kind, value in zip(self._kinds, row, strict=True):
            if type(value) is not kind or (kind is str and "\0" in value):
                # Said here and not by a server, which would write the words into its log.
                msg = f"Row {self._rows} of the table {self._table.name} holds what no text is."
                raise BadInput(msg, remedy="panelkit verify says whether it is as it was written.")
            if kind is not int:
                self.size += len(value)
            plain.append(hashlib.sha256(value).digest() if kind is bytes else value)
        self._hash.update(repr(plain).encode())
        return row

    def counted(self) -> Counted:
        """Of everything that passed."""
        return Counted(self._table.name, self._rows, self._hash.hexdigest())


def _kind_of(column: Any) -> type:
    if isinstance(column.type, LargeBinary):
        return bytes
    return int if isinstance(column.type, Integer) else str


def _inserted(there: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    names, waiting = [column.name for column in table.c], []
    for row in rows:
        waiting.append(dict(zip(names, row, strict=True)))
        if len(waiting) == TOGETHER:
            there.execute(table.insert(), waiting)
            waiting = []
    if waiting:
        there.execute(table.insert(), waiting)


def _copied_in(there: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    quoted = there.dialect.identifier_preparer.quote
    columns = ", ".join(quoted(column.name) for column in table.c)
    bare = there.connection.driver_connection
    assert bare is not None  # noqa: S101 - it is open
    try:
        with (
            bare.cursor() as cursor,
            cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as into,
        ):
            for row in rows:
                into.write_row(row)
    except psycopg.Error as failed:
        # What the server says of it may hold words of a case: it is not repeated.
        msg = f"The server did not take the table {table.name} ({failed.sqlstate or 'no answer'})."
        raise NotSaved(msg, remedy="Nothing was changed; panelkit db check looks at it.") from None
