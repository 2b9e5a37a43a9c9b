"""The database behind a record: a file, or a server. How it is opened, written and read.

What only one of the two knows stands in :mod:`panelkit.store.sqlite` and its twin
:mod:`panelkit.store.postgres`; everything else of the store goes through here. One connection
serves the program; writers take turns and wait a quarter of a second for each other, so that a
locked record never freezes the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InterfaceError

from panelkit.domain.errors import NotSaved, PanelkitError
from panelkit.store.keys import Opened
from panelkit.store.server import Location, Server
from panelkit.store.signalling import begin, told
from panelkit.store.triggers import POSTGRESQL, TRIGGERS

NEWEST: Final = "0032"
"""The newest schema revision; the one that ``migrations`` ends in."""
LOCK_WAIT: Final = 0.25
"""Seconds a writer waits for another; then the screen says so and tries again."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ways:
    """How one kind of engine begins a transaction, and what its faults mean to whoever works."""

    write: Callable[[Engine], tuple[str, ...]]
    """Statements that begin one as the only writer."""
    read: str
    """Begins one that sees a single moment of the record."""
    note: tuple[str, ...]
    """Statements that begin one that waits for nobody, whether or not others write."""
    noted: str
    """Says that whoever writes next waits again; blank where nothing was said."""
    why_not_saved: Callable[[DBAPIError], PanelkitError | None]
    """What is said of a fault in writing; None for one that is the program's own."""
    why_not_read: Callable[[DBAPIError], PanelkitError]
    must_answer: Callable[[Engine], None] = lambda _engine: None
    """Raises NotSaved where there is no answer now, and somebody who types would wait for one."""
    failed: Callable[[Engine, DBAPIError], None] = lambda _engine, _failed: None
    """Is told of every fault."""
    is_gone: Callable[[DBAPIError], bool] = lambda _failed: False
    """Whether a fault says that the connection is lost."""


def ways_of(engine: Engine) -> Ways:
    """Of the kind that ``engine`` is."""
    if engine.dialect.name == POSTGRESQL:
        from panelkit.store import postgres

        return postgres.WAYS
    from panelkit.store import sqlite

    return sqlite.WAYS


def open_engine(
    where: Location, *, key: bytes | None = None, opened: Opened | None = None, create: bool = False,
    copy_first: bool = True,
) -> Engine:  # fmt: skip
    """An engine on the record at ``where``; made with its schema where ``create`` and missing.

    ``opened`` says who opens it with which keys; ``key`` is a database key by itself, with a
    journal that is not keyed. An older record in a file is upgraded, after a copy unless without
    ``copy_first``; one on a server is refused until its owner upgrades it. Raises Refused, before
    anything is written, for one that a newer panelkit made; NotFound where there is none, BadInput
    for what is not a record or whose key is another, NotSaved where it cannot be written or a
    server does not answer.
    """
    if isinstance(where, Server):
        from panelkit.store import postgres

        return postgres.open_engine(where, opened or Opened(), create=create)
    from panelkit.store import sqlite

    return sqlite.open_engine(where, key=key, opened=opened, create=create, copy_first=copy_first)


def make_schema(connection: Connection) -> None:
    """Every table, index and trigger, and the revision they are at."""
    from panelkit.store import rows, searching

    rows.METADATA.create_all(connection)
    searching.make(connection)
    searching.follow(connection)
    for trigger in TRIGGERS:
        for statement in trigger.made(connection.dialect.name):
            connection.exec_driver_sql(statement)
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": NEWEST})


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that begins as the only writer: all of it is stored, or none.

    Raises NotSaved, in words for the person at the desk, where it cannot be stored.
    """
    ways = ways_of(engine)
    with _connected_to(engine, ways) as connection:
        try:
            _start(connection, ways, *ways.write(engine))
            begin(connection)
            yield connection
            if connection.dialect.name == POSTGRESQL and (news := told(connection)):
                connection.exec_driver_sql(news)
            connection.exec_driver_sql("COMMIT")
        except BaseException as failed:
            _told_of(engine, ways, failed)
            roll_back(connection)
            said = ways.why_not_saved(failed) if isinstance(failed, DBAPIError) else None
            if said is not None:
                raise said from None
            raise


@contextmanager
def noting(engine: Engine) -> Iterator[Connection]:
    """A transaction for what is no part of the record, and for which nobody is kept waiting.

    In a file it is given up at once while another program writes; on a server it needs no turn.
    Nobody is told of it unless the caller says so. Raises NotSaved where it was given up.
    """
    ways = ways_of(engine)
    with _connected_to(engine, ways) as connection:
        try:
            _start(connection, ways, *ways.note)
            yield connection
            connection.exec_driver_sql("COMMIT")
        except BaseException as failed:
            _told_of(engine, ways, failed)
            roll_back(connection)
            if isinstance(failed, DBAPIError):
                said = ways.why_not_saved(failed)
                raise (said or NotSaved("It was not noted.", remedy="It is tried again.")) from None
            raise
        finally:
            if ways.noted and not connection.invalidated:
                connection.exec_driver_sql(ways.noted)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One moment of the record: what others write meanwhile is not seen in part.

    Raises NotSaved where another program holds it or a server does not answer, BadInput where it
    is damaged.
    """
    ways = ways_of(engine)
    with _connected_to(engine, ways) as connection:
        try:
            _start(connection, ways, ways.read)
            yield connection
            connection.exec_driver_sql("COMMIT")
        except BaseException as failed:
            _told_of(engine, ways, failed)
            roll_back(connection)
            if isinstance(failed, (DatabaseError, InterfaceError)):
                raise ways.why_not_read(failed) from None
            raise


def glancing(engine: Engine, ask: Callable[[Connection], T]) -> T:
    """What ``ask`` finds in one statement, or in several that need not be of one moment.

    On a server no transaction is begun for it: there and back once for each statement. It may be
    asked again where the connection was lost. Raises as :func:`reading`.
    """
    if engine.dialect.name != POSTGRESQL:
        with reading(engine) as connection:
            return ask(connection)
    return _alone(engine, ask, lambda ways, failed: ways.why_not_read(failed))


def storing(engine: Engine, act: Callable[[Connection], T]) -> T:
    """Carry out ``act``, whose one statement is stored as it stands; only ever on a server.

    It may be carried out again where the connection was lost, and what it does twice is to be what
    it does once. Raises as :func:`writing`.
    """
    return _alone(engine, act, lambda ways, failed: ways.why_not_saved(failed))


def _alone(
    engine: Engine, act: Callable[[Connection], T],
    why: Callable[[Ways, DBAPIError], PanelkitError | None],
) -> T:  # fmt: skip
    ways = ways_of(engine)
    with _connected_to(engine, ways) as connection:
        try:
            return _taken_up(connection, ways, act)
        except DBAPIError as failed:
            ways.failed(engine, failed)
            said = why(ways, failed)
            if said is not None:
                raise said from None
            raise


def _start(connection: Connection, ways: Ways, *statements: str) -> None:
    """Begin a transaction."""

    def begun(there: Connection) -> None:
        for statement in statements:
            there.exec_driver_sql(statement)

    _taken_up(connection, ways, begun)


def _taken_up(connection: Connection, ways: Ways, act: Callable[[Connection], T]) -> T:
    """Carry out ``act``; once more with a new connection where this one was lost since it was used.

    Nobody asks a connection whether it is still there: the first statement shows it. Somebody who
    types waits for no new one, see :mod:`panelkit.store.reach`.
    """
    try:
        return act(connection)
    except DBAPIError as failed:
        if not ways.is_gone(failed):
            raise
        ways.failed(connection.engine, failed)
        if not connection.invalidated:
            connection.invalidate(failed)
        connection.rollback()
    return act(connection)


@contextmanager
def trying(connection: Connection) -> Iterator[None]:
    """A statement that may be refused as what is there already; the transaction goes on after it.

    The IntegrityError is raised for the caller to explain. On a server every statement after a
    refused one would be refused too, were it not undone by itself.
    """
    on_a_server = connection.dialect.name == POSTGRESQL
    if on_a_server:
        connection.exec_driver_sql("SAVEPOINT trying")
    try:
        yield
    except IntegrityError:
        if on_a_server:
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT trying")
        raise
    if on_a_server:
        connection.exec_driver_sql("RELEASE SAVEPOINT trying")


def _connected_to(engine: Engine, ways: Ways) -> Connection:
    """Raises as :func:`reading` where what was opened is no longer there."""
    ways.must_answer(engine)
    try:
        return engine.connect()
    except DBAPIError as failed:
        ways.failed(engine, failed)
        raise ways.why_not_read(failed) from None


def _told_of(engine: Engine, ways: Ways, failed: BaseException) -> None:
    if isinstance(failed, DBAPIError):
        ways.failed(engine, failed)


def roll_back(connection: Connection) -> None:
    """End the transaction; afterwards the connection can begin another, whatever happened."""
    if connection.invalidated:
        return
    try:
        connection.exec_driver_sql("ROLLBACK")
    except DBAPIError as failed:
        # Most often the failed statement ended the transaction itself. Where it did not, the
        # connection is given up, so that the next save is not refused for ever.
        if failed.connection_invalidated:
            return
        held = connection.connection.dbapi_connection
        if held is not None and getattr(held, "in_transaction", True):
            connection.invalidate()


def unreachable(why: str, remedy: str) -> NotSaved:
    """That the record is where it cannot be reached now."""
    return NotSaved(why, remedy=remedy, title="Not reached")
