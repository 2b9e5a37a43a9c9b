"""The record on a PostgreSQL server: the twin of :mod:`panelkit.store.sqlite`.

Everything lies in one schema of one database. Text is compared byte by byte (``COLLATE "C"``), so
that every list has the order it has in a file. Whoever writes holds one lock of the whole record
until the transaction ends, as in a file: the journal is one chain. A reading sees one moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Text, create_engine, event, text
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import QueuePool

from panelkit.domain.errors import (
    BadInput,
    NotAllowed,
    NotFound,
    NotSaved,
    PanelkitError,
    Refused,
    Unanswered,
)
from panelkit.domain.people import Person
from panelkit.store import entry, narrow
from panelkit.store.engine import LOCK_WAIT, NEWEST, Ways, roll_back, unreachable
from panelkit.store.keys import Opened
from panelkit.store.reach import POOLED, Reach
from panelkit.store.server import Server
from panelkit.store.signalling import Ear


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as the record knew them, for as long as nothing of the record as a whole changes."""

    person: Person
    epoch: int
    """What the program's ear had counted of such changes."""


EARS: Final[WeakKeyDictionary[Engine, Ear]] = WeakKeyDictionary()
"""Who hears for the program that has this engine."""
REACHES: Final[WeakKeyDictionary[Engine, Reach]] = WeakKeyDictionary()
"""Whether the server behind an engine answers."""
SCHEMA: Final = "panelkit"
"""Where every table of a record lies."""
SLOW: Final = 20
"""Seconds after which the server gives a statement up; nothing here takes as long."""
LOST: Final = 8
"""Seconds after which a server that says nothing is taken for gone."""
TURN: Final = f"SELECT {narrow.TURN}"
"""Takes the turn to write, for whoever needs no roles."""
KNOWN: Final[WeakKeyDictionary[Engine, Known]] = WeakKeyDictionary()
"""By whose roles the program that has this engine goes; nobody's where they are to be asked for."""


def known(engine: Engine) -> int | None:
    """The revision of whoever's roles the program goes by; None while it goes by nobody's."""
    found = KNOWN.get(engine)
    return found.person.revision if found is not None else None


@compiles(Text, "postgresql")
def _byte_by_byte(_kind: Text, _compiler: Any, **said: Any) -> str:
    """A column of words; in a cast, which takes no collation, words alone."""
    return 'TEXT COLLATE "C"' if said.get("type_expression") is not None else "TEXT"


def connected(server: Server, name: str = "panelkit") -> Engine:
    """An engine that speaks to the server; nothing is asked of it yet."""
    told = server.told() | {
        "client_encoding": "utf8",
        "options": (
            # The name is among them so that the server's answer shows whether they were heard.
            f"-c application_name={name.replace(' ', chr(92) + ' ')} "
            f"-c search_path={SCHEMA} -c timezone=UTC -c statement_timeout={SLOW * 1000} "
            # Compiling a statement takes longer than any of ours: half a second of each search.
            "-c jit=off "
            f"-c lock_timeout={int(LOCK_WAIT * 1000)} "
            "-c idle_in_transaction_session_timeout=60000 "
            r"-c default_transaction_isolation=read\ committed"
        ),
        "keepalives_idle": str(LOST), "keepalives_interval": "2", "keepalives_count": "2",
        "tcp_user_timeout": str(LOST * 1000),
        "prepare_threshold": 3,
    }  # fmt: skip
    password = entry.password_from_keyring(server)
    if password:
        told["password"] = password
    told["dbname"] = server.database
    reach = Reach(told, name)
    engine = create_engine(
        server.url, creator=reach.connect, poolclass=QueuePool, pool_size=1, max_overflow=0,
        pool_timeout=LOST, isolation_level="AUTOCOMMIT", hide_parameters=True,
    )  # fmt: skip
    REACHES[engine] = reach
    return engine


def open_engine(server: Server, opened: Opened, *, create: bool = False) -> Engine:
    """See :func:`panelkit.store.engine.open_engine`, for a server.

    With ``create`` the schema is made where it is missing, and nobody has to be anybody yet;
    else the login is a person's of the record, who is ``opened`` afterwards. Raises NotAllowed
    for a login that is nobody's.
    """
    engine = connected(server)
    ear = EARS[engine] = Ear(opened)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, pooled: Any) -> None:
        pooled.info["opened"] = opened
        opened.by_password = bool(connection.pgconn.used_password)
        ear.on(connection)

    try:
        with engine.connect() as connection:
            stored = revision(connection)
            if stored is None:
                if not create:
                    msg = f"There is no record in the database {server.name}."
                    raise NotFound(msg, remedy="Make one with panelkit init.")
                _make(connection)
            elif stored != NEWEST:
                _must_be_this(stored)
            if not create:
                entry.step_in(connection, opened)
    except DBAPIError as failed:
        engine.dispose()
        raise why_not_opened(server, failed) from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def prove(server: Server, password: str) -> None:
    """Returns where it is the password of the server's login. Raises NotAllowed where it is not,
    NotSaved where the server does not answer.
    """
    import psycopg

    asked = "password,md5,scram-sha-256"  # a way in without a password would prove nothing
    try:
        psycopg.connect(
            **server.told(), dbname=server.database, password=password, require_auth=asked
        ).close()
    except psycopg.Error as failed:
        if "password authentication failed" in str(failed) or "no password" in str(failed):
            raise NotAllowed("That is not the password.", remedy="Type it again.") from None
        raise unreachable(
            f"The server of {server.name} does not answer.", "Try again in a moment."
        ) from None


def revision(connection: Connection) -> str | None:
    """The schema's revision; None where there is no record."""
    there = text("SELECT to_regclass(:name) IS NOT NULL")
    if not connection.execute(there, {"name": f"{SCHEMA}.alembic_version"}).scalar():
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _must_be_this(stored: str) -> None:
    if stored > NEWEST:
        msg = "This record was made by a newer panelkit."
        raise Refused(msg, remedy="Install that version; nothing was changed.")
    msg = "This record is of an older panelkit than this one."
    raise Refused(msg, remedy="Whoever looks after the server runs panelkit db upgrade.")


def _make(connection: Connection) -> None:
    from panelkit.store.engine import make_schema
    from panelkit.store.guarding import guard

    connection.exec_driver_sql("BEGIN")
    try:
        # Another program may be making it too: it waits here, and finds it made.
        connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('panelkit init'))")
        if revision(connection) is None:
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            make_schema(connection)
            guard(connection)
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


# -- what a fault means -----------------------------------------------------------------------

_BUSY: Final = {"55P03", "40001", "40P01"}
_GONE: Final = {
    "57P01",
    "57P02",
    "57P03",
    "57P05",
    "25P03",
    "08000",
    "08003",
    "08006",
    "08001",
    "08004",
}
_FULL: Final = {"53100", "53200"}
_NO_RIGHT: Final = {"42501"}
_STANDBY: Final = {"25006"}


def _state_of(failed: DBAPIError) -> str:
    return str(getattr(failed.orig, "sqlstate", None) or "")


def _is_gone(failed: DBAPIError) -> bool:
    return failed.connection_invalidated or _state_of(failed) in _GONE or (
        not _state_of(failed) and isinstance(failed, (OperationalError, InterfaceError))
    )  # fmt: skip


def _failed(engine: Engine, failed: DBAPIError) -> None:
    if _is_gone(failed) or _state_of(failed) in (narrow.OTHER_ROLES, *_NO_RIGHT):
        KNOWN.pop(engine, None)
    if _is_gone(failed):
        REACHES[engine].lost()


_AGAIN: Final = "It is tried again."
_TELL: Final = "Tell whoever looks after it; it is tried again."
_SAID: Final = {
    **dict.fromkeys(_BUSY, ("Another program is writing to the record.", _AGAIN)),
    **dict.fromkeys(_FULL, ("The server has no space left.", _TELL)),
    **dict.fromkeys(_STANDBY, ("The server takes no writing now.", _TELL)),
    "57014": ("The server is too slow to answer.", _AGAIN),
    "53300": ("The server has no connection left.", _AGAIN),
    narrow.OTHER_ROLES: ("Your roles were changed at this moment.", "Try again."),
}
"""Why nothing is stored now, and what to do, by what the server calls it."""


def _why_not_saved(failed: DBAPIError) -> PanelkitError | None:
    state = _state_of(failed)
    if state in _SAID:
        message, remedy = _SAID[state]
        return NotSaved(message, remedy=remedy)
    if state in _NO_RIGHT:
        return NotAllowed(
            "The server does not allow your login to do that.",
            remedy="Ask an administrator of the record which roles you have.",
        )
    if state == "42704":
        return BadInput(
            "The server has no such login.",
            remedy="Whoever looks after the server makes it first: CREATE ROLE … LOGIN.",
        )
    if state == "22003":
        return BadInput("A number is larger than the record can hold.")
    if isinstance(failed, DataError) and "NUL" in str(failed.orig):
        # The driver refuses it itself. What people type is gated; this is a reference or a search.
        return BadInput("A NUL character is in no record.", remedy="Type it without.")
    if _is_gone(failed):
        return Unanswered(
            "The server does not answer.", remedy="Go on typing; it is sent when it is back."
        )
    if isinstance(failed, OperationalError):
        return NotSaved("The server cannot write the record.", remedy="It is tried again.")
    return None


def _why_not_read(failed: DBAPIError) -> PanelkitError:
    said = _why_not_saved(failed)
    if isinstance(said, (NotAllowed, BadInput)):
        return said
    if said is not None:
        return unreachable(said.message, "Try again in a moment.")
    return BadInput(
        "The record on the server cannot be read.",
        remedy="Whoever looks after it runs panelkit db check.",
    )


_WORDS: Final = (
    ("password authentication failed", "The server does not know that login with that password.",
     "Set PGPASSWORD, write it in .pgpass, or put it in the keyring."),
    ("no password supplied", "The server asks for a password.",
     "Set PGPASSWORD, write it in .pgpass, or put it in the keyring."),
    ("too many connections", "The server has no connection left.", "Try again in a moment."),
    ("remaining connection slots", "The server has no connection left.", "Try again in a moment."),
    ("does not match host name", "The server’s certificate is another host’s.",
     ("Write the host into the address as the certificate has it. Where you did, nothing was sent: ask "
     "whoever looks after it before you try again.")),
    ("root certificate file", "The file with the root certificate is not there.",
     "Name it with sslrootcert in the address, or sslrootcert=system for those of this machine."),
    ("could not read root certificate", "The file with the root certificate cannot be read.",
     "Get it again from whoever looks after the server."),
    ("certificate", "The server does not take this machine’s certificate, or its key.",
     "Look at sslcert and sslkey in the address; ask whoever looks after it."),
    ("does not support ssl", "The server does not encrypt what goes to it.",
     "Ask whoever looks after it: nothing of a case goes there unencrypted."),
    ("unsupported startup parameter", *POOLED),
    ("starting up", "The server is starting.", "Try again in a moment."),
    ("permission denied for database", "Your login may not enter that database.",
     "Ask an administrator of the record to add you."),
    ("pg_hba.conf", "The server does not let that login in from this machine.",
     "Ask whoever looks after it."),
)  # fmt: skip
"""What the server or the driver says when nobody gets in, and what that is in plain words."""


def why_not_opened(server: Server, failed: DBAPIError) -> PanelkitError:
    """What is said of a fault while nobody has come in yet."""
    words, state = str(failed.orig).lower(), _state_of(failed)
    if "certificate verify failed" in words:
        from panelkit.store.proving import why_unproven  # seldom asked, and slow to load

        return unreachable(*why_unproven(server))
    for said, message, remedy in _WORDS:
        if said in words:
            return unreachable(message, remedy)
    if "database" in words and "does not exist" in words:
        return NotFound(
            f"There is no database {server.name}.", remedy="Ask whoever looks after the server."
        )
    if "role" in words and "does not exist" in words:
        return NotAllowed("The server does not know that login.", remedy="Ask an administrator.")
    if state in _NO_RIGHT:
        return NotAllowed(
            "Your login has no right to this record.",
            remedy="Ask an administrator of the record to add you.",
        )
    if state in {"3F000", "42P01"}:
        return BadInput(f"The database {server.name} holds no panelkit record.")
    return unreachable(
        f"The server of {server.name} does not answer.",
        "Look at the network, and whether it runs. What you typed here before is kept.",
    )


def _write(engine: Engine) -> tuple[str, str]:
    revision = known(engine)
    turn = TURN if revision is None else f"SELECT take_turn({revision})"
    return "BEGIN ISOLATION LEVEL READ COMMITTED", turn


WAYS: Final = Ways(
    write=_write,
    read="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    note=("BEGIN ISOLATION LEVEL READ COMMITTED",),
    noted="",
    why_not_saved=_why_not_saved,
    why_not_read=_why_not_read,
    must_answer=lambda engine: REACHES[engine].must_answer(),
    failed=_failed,
    is_gone=_is_gone,
)
"""A writer takes its turn in a statement of its own: what follows sees what the last one wrote."""
