"""The record in a file: how it is opened, made, checked and locked.

SQLCipher's SQLite is the driver, with a key for real work and without for the demonstration.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from panelkit.domain.errors import BadInput, NotFound, NotSaved
from panelkit.store import places
from panelkit.store.engine import LOCK_WAIT, NEWEST, Ways, make_schema, roll_back
from panelkit.store.keys import Opened, unlock
from panelkit.store.newer import must_not_be_newer

APPLICATION_ID: Final = 0x504B4954
"""``PKIT``: this file is a panelkit record."""


def open_engine(
    path: Path, *, key: bytes | None = None, opened: Opened | None = None, create: bool = False,
    copy_first: bool = True,
) -> Engine:  # fmt: skip
    """See :func:`panelkit.store.engine.open_engine`, for a file."""
    opened = opened or Opened()
    if key is None and opened.keys is not None:
        key = opened.keys.database
    if not create and (not path.exists() or path.stat().st_size == 0):
        msg = f"There is no record at {path}."
        raise NotFound(msg, remedy="Make one with panelkit init, or name another with --db.")
    try:
        if not path.exists():
            places.make_folder(path.parent)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        must_not_be_newer(path, NEWEST, key)
        engine = _engine(path, key, opened)
        with engine.connect() as connection:
            _prepare(connection, create=create, copy_first=copy_first)
    except OSError as failed:
        msg = f"{path} cannot be made: {failed.strerror or 'the folder cannot be written'}."
        raise NotSaved(msg, remedy="Choose a folder of your own with --db.") from failed
    except DatabaseError as failed:
        # An empty file may stay behind: removing it could remove what another program just made.
        raise _why_not_opened(path, failed) from None
    return engine


def _engine(path: Path, key: bytes | None, opened: Opened | None = None) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        module=dbapi2,
        poolclass=StaticPool,
        connect_args={"timeout": LOCK_WAIT, "check_same_thread": False, "isolation_level": None},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, pooled: Any) -> None:
        pooled.info["opened"] = opened or Opened()
        connection.isolation_level = None
        cursor = connection.cursor()
        unlock(cursor, key)
        if _is_ours(cursor):
            # A file of somebody else's is left as it is: WAL would be written into it.
            for pragma in PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _is_ours(cursor: Any) -> bool:
    named = cursor.execute("PRAGMA application_id").fetchone()[0]
    empty = cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    return named == APPLICATION_ID or (named == 0 and bool(empty))


PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)
"""Set on every connection; why each, in the architecture notes of the store."""


def _prepare(connection: Connection, *, create: bool, copy_first: bool) -> None:
    if create and _is_empty(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            # Another program may have made the schema while this one waited.
            if _is_empty(connection):
                make_schema(connection)
                connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            roll_back(connection)
            raise
    named = connection.execute(text("PRAGMA application_id")).scalar()
    if named != APPLICATION_ID:
        msg = "That file is a database, and not a panelkit record."
        raise BadInput(msg, remedy="Name another with --db.")
    stored = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if stored != NEWEST:
        from panelkit.store.upgrade import upgrade

        upgrade(connection, str(stored), copy_first=copy_first)


def _is_empty(connection: Connection) -> bool:
    named = connection.execute(text("PRAGMA application_id")).scalar()
    return not named and not connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()


def _why_not_opened(path: Path, failed: DatabaseError) -> BadInput | NotSaved:
    words = str(failed.orig).lower()
    if "locked" in words or "busy" in words:
        return NotSaved(
            f"{path} is being written by another program.", remedy="Try again in a moment."
        )
    if "readonly" in words or "unable to open" in words or "full" in words:
        return NotSaved(
            f"{path} cannot be written.", remedy="Look at its folder’s rights and the disk’s space."
        )
    from panelkit.store.rescue import offer

    return BadInput(
        f"{path} is not a panelkit record, or its key is another.",
        remedy=f"Name another with --db. {offer(path)}",
    )


def _why_not_read(failed: DBAPIError) -> NotSaved | BadInput:
    words = str(failed.orig).lower()
    if "locked" in words or "busy" in words:
        return NotSaved("Another program holds the record.", remedy="Try again.", title="Not read")
    return BadInput(
        "The record cannot be read: it is damaged, or the disk is.",
        remedy="Keep it as it is, and bring a copy back with panelkit restore.",
    )


def _why_not_saved(failed: DBAPIError) -> NotSaved | None:
    words = str(failed.orig).lower()
    if not (isinstance(failed, OperationalError) or "disk" in words):
        return None
    if "locked" in words or "busy" in words:
        return NotSaved("Another program is writing to the record.", remedy="It is tried again.")
    if "full" in words or "disk i/o" in words:
        return NotSaved(
            "The disk is full or does not answer.", remedy="Free some space; it is tried again."
        )
    return NotSaved(
        "The record cannot be written.", remedy="Look at the folder’s rights; it is tried again."
    )


WAYS: Final = Ways(
    write=lambda _engine: ("BEGIN IMMEDIATE",), read="BEGIN", note=("PRAGMA busy_timeout = 0", "BEGIN IMMEDIATE"),
    noted=f"PRAGMA busy_timeout = {int(LOCK_WAIT * 1000)}", why_not_saved=_why_not_saved,
    why_not_read=_why_not_read,
)  # fmt: skip


def data_version(connection: Connection) -> int:
    """Changes whenever another connection wrote to the file."""
    return int(connection.execute(text("PRAGMA data_version")).scalar() or 0)


def put_away_log(connection: Connection) -> bool:
    """Nothing of what was deleted is left in the log beside the record; False while another
    program reads it, and the log is then emptied when the last one closes it."""
    busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).first()
    return busy is not None and not busy[0]


def pages_wrong(connection: Connection) -> int:
    """Pages of an encrypted file whose seal does not hold, also those that no query reads."""
    return len(connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall())


def check_keys_at_the_end(connection: Connection) -> None:
    """Rows may come before those that they belong to, until the transaction ends."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
