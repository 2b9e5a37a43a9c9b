"""Bringing a record's schema up to the newest revision, after a verified copy.

Either the whole upgrade is stored or none of it, whenever the program is killed. Alembic is
loaded here and nowhere else, and only when a record is behind.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from panelkit.domain.errors import NotSaved, Refused
from panelkit.store import belongings, copies
from panelkit.store.engine import NEWEST, roll_back

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def config(connection: Connection) -> Config:
    """Alembic's configuration for one connection."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(
    connection: Connection, stored: str, *, to: str = "head", copy_first: bool = True
) -> Path | None:
    """Upgrade from ``stored`` to the newest revision; returns the copy made before.

    None without ``copy_first``, for what is a copy itself and lies elsewhere as it was.

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
    copy = _verified_copy(connection) if copy_first else None
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
                raise NotSaved(msg, remedy="Nothing was changed; keep the record as it is.")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            roll_back(connection)
            raise
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    return copy


def _changes(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA data_version")).scalar() or 0)


def _must_be_as_copied(connection: Connection, seen: int, copy: Path | None) -> None:
    if _changes(connection) != seen:
        if copy is not None:
            copies.remove(copy)
        msg = "Another program wrote to the record while it was copied."
        raise NotSaved(msg, remedy="Close it there, and start again; nothing was changed.")


def _verified_copy(connection: Connection) -> Path:
    here = Path(str(connection.execute(text("PRAGMA database_list")).all()[0][2]))
    copy = _free_name(here)
    try:
        copies.take(connection, here, copy)
    except NotSaved as failed:
        msg = f"The copy before the upgrade cannot be made. {failed.message}"
        raise NotSaved(msg, remedy=f"Nothing was changed. {failed.remedy}") from failed
    return copy


def _free_name(here: Path) -> Path:
    """Among the other copies of the record: ``copies/panelkit.db.before-0011``."""
    number = 1
    while True:
        tail = f"-{number}" if number > 1 else ""
        copy = belongings.copies_folder(here) / f"{here.name}.before-{NEWEST}{tail}"
        if not any(os.path.lexists(path) for path in (copy, copies.sum_beside(copy))):
            return copy
        number += 1
