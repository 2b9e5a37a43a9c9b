"""The way to a record on a server for whoever looks after it, and is nobody in it.

    with as_keeper(server, opened) as connection:     # one transaction: all of it, or nothing
    with seeing_all(server, opened) as connection:    # one moment of all of it; nothing is changed

Whoever owns the tables is bound by the server's rules too (``FORCE``), so that a program which
works with that login by mistake shows nothing. What is here lifts that for one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError

from panelkit.domain.errors import NotAllowed, NotSaved, PanelkitError
from panelkit.store.engine import roll_back
from panelkit.store.keys import Opened
from panelkit.store.postgres import TURN, WAYS, connected, why_not_opened
from panelkit.store.server import Server

PATIENT: Final = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL lock_timeout = '10s'",
)
"""A whole record takes longer than anything at a desk does."""
_TABLES: Final = text(
    "SELECT relname AS name, relforcerowsecurity AS forced, pg_get_userbyid(relowner) AS owner "
    "FROM pg_class WHERE relnamespace = to_regnamespace('panelkit') AND relkind IN ('r', 'p') "
    "ORDER BY relname"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a login is to the tables of a record."""

    login: str
    sees_past: bool
    """Whether the server's rules do not bind it: a superuser, or BYPASSRLS."""
    owners: tuple[str, ...]
    """Whose the tables are; none where there are none."""
    forced: tuple[str, ...]
    """Tables whose rules bind their owner."""

    @property
    def owns_all(self) -> bool:
        """Whether every table is this login's, by name and not by being a superuser."""
        return self.owners == (self.login,)


def standing(connection: Connection) -> Standing:
    """What the login of this connection is to the tables."""
    login, sees_past = connection.execute(
        text(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
    ).one()
    tables = connection.execute(_TABLES).all()
    return Standing(
        str(login), bool(sees_past), tuple(sorted({row.owner for row in tables})),
        tuple(row.name for row in tables if row.forced),
    )  # fmt: skip


def logins_there(connection: Connection, logins: Sequence[str]) -> dict[str, bool]:
    """Those that the server has, each with whether its rules would not bind it."""
    asked = text(
        "SELECT rolname AS name, rolsuper OR rolbypassrls OR rolname = current_user AS past "
        "FROM pg_roles WHERE rolname = ANY(:logins) AND rolcanlogin"
    )
    found = connection.execute(asked, {"logins": list(logins)})
    return {row.name: bool(row.past) for row in found}


def unforce(connection: Connection, tables: tuple[str, ...]) -> None:
    """Their owner sees every row of them, in this transaction; nobody else may use them meanwhile.

    Raises DBAPIError where somebody does.
    """
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')


@contextmanager
def as_keeper(server: Server, opened: Opened) -> Iterator[Connection]:
    """One transaction that writes, as the only writer of the record: all of it is stored, or none.

    Raises NotFound, NotAllowed, NotSaved, BadInput, in words.
    """
    with _connection(server, opened) as connection, _explained():
        try:
            connection.exec_driver_sql("BEGIN ISOLATION LEVEL READ COMMITTED")
            for statement in (*PATIENT, TURN):
                connection.exec_driver_sql(statement)
            yield connection
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            roll_back(connection)
            raise


@contextmanager
def seeing_all(server: Server, opened: Opened) -> Iterator[Connection]:
    """One moment of every row of the record; nothing is changed, whatever the caller does.

    An owner has the record for itself meanwhile: the rules that bind it are lifted in a
    transaction that is rolled back. Raises NotAllowed for a login that rows would be hidden from,
    and as :func:`as_keeper`.
    """
    with _connection(server, opened) as connection, _explained():
        me = standing(connection)
        if not (me.sees_past or me.owns_all):
            raise NotAllowed(
                f"The login {me.login} may not see all of the record.",
                remedy="Copy it as the owner of the tables: a part of a record is no copy of it.",
            )
        try:
            read_only = " READ ONLY" if me.sees_past else ""
            connection.exec_driver_sql(f"BEGIN ISOLATION LEVEL REPEATABLE READ{read_only}")
            for statement in (*PATIENT, "SET LOCAL row_security = off"):
                connection.exec_driver_sql(statement)
            if not me.sees_past:
                unforce(connection, me.forced)
            yield connection
        finally:
            roll_back(connection)


@contextmanager
def looking(server: Server) -> Iterator[Connection]:
    """A connection of any login, each statement by itself, that only ever reads. Raises as
    :func:`as_keeper`."""
    with _connection(server, Opened()) as connection, _explained():
        connection.exec_driver_sql("SET default_transaction_read_only = on")
        yield connection


@contextmanager
def _connection(server: Server, opened: Opened) -> Iterator[Connection]:
    engine: Engine = connected(server, "panelkit db")

    @event.listens_for(engine, "connect")
    def _connected(_connection: Any, pooled: Any) -> None:
        pooled.info["opened"] = opened

    try:
        try:
            connection = engine.connect()
        except DBAPIError as failed:
            raise why_not_opened(server, failed) from None
        with connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except DBAPIError as failed:
        said = WAYS.why_not_saved(failed)
        if said is None:
            raise
        raise _nothing_changed(said) from None


def _nothing_changed(said: PanelkitError) -> PanelkitError:
    """Nothing is tried again here: the transaction is undone, and whoever asked asks again."""
    if not isinstance(said, NotSaved):
        return said
    if said.message.startswith("Another program"):
        msg = "The record is in use."
        return NotSaved(
            msg, remedy="Close panelkit everywhere, and try again; nothing was changed."
        )
    return NotSaved(said.message, remedy="Nothing was changed.")
