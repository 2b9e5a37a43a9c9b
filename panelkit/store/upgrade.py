"""Bringing a record's schema up to the newest revision, after a verified copy.

Either the whole upgrade is stored or none of it, whenever the program is killed. Alembic is
loaded here and nowhere else, and only when a record is behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from panelkit.domain.errors import NotSaved, Refused
from panelkit.store import copies
from panelkit.store.engine import NEWEST, roll_back

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def config(connection: Connection) -> Config:
    """Alembic's configuration for one connection."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection, stored: str, *, to: str = "head") -> Path:
    """Upgrade from ``stored`` to the newest revision; returns the copy made before.

    Raises Refused for a record that a newer panelkit made (nothing is written to it), and
    NotSaved where the copy cannot be made or does not check, or rows would be left without
    their meeting; the record is then as it was.
    """
    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if stored not in known:
        msg = "This record was made by a newer panelkit."
        raise Refused(msg, remedy="Install that version; nothing was changed.")
    seen = _changes(connection)
    copy = _verified_copy(connection)
    # Off before the transaction: a batch that rebuilds a parent would delete every child, and
    # inside a transaction the pragma does nothing. The check before COMMIT stands in for it.
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            _must_be_as_copied(connection, seen, copy)
            command.upgrade(settings, to)
            if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                msg = "The upgrade would leave rows without their meeting."
                raise NotSaved(msg, remedy=f"Nothing was changed; there is a copy at {copy}.")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            roll_back(connection)
            raise
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    return copy


def _changes(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA data_version")).scalar() or 0)


def _must_be_as_copied(connection: Connection, seen: int, copy: Path) -> None:
    if _changes(connection) != seen:
        copy.unlink()
        msg = "Another program wrote to the record while it was copied."
        raise NotSaved(msg, remedy="Close it there, and start again; nothing was changed.")


def _verified_copy(connection: Connection) -> Path:
    here = Path(str(connection.execute(text("PRAGMA database_list")).all()[0][2]))
    copy = _new_file(here)
    try:
        if not copies.fill(connection, copy):
            msg = "The copy made before the upgrade does not check."
            raise NotSaved(msg, remedy="Nothing was changed; look at the disk.")
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _new_file(here: Path) -> Path:
    """An empty file beside the record that only its owner reads, before any word is in it."""
    number = 1
    while True:
        tail = f"-{number}" if number > 1 else ""
        copy = here.with_name(f"{here.name}.before-{NEWEST}{tail}")
        try:
            copies.new_file(copy)
        except FileExistsError:
            number += 1
        else:
            return copy
