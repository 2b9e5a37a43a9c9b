"""Bringing a record's schema up to the newest revision, after a verified copy.

Alembic is loaded here and nowhere else, and only when a record is behind.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from panelkit.domain.errors import NotSaved, Refused

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def config(connection: Connection) -> Config:
    """Alembic's configuration for one connection."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection, stored: str) -> Path:
    """Upgrade from ``stored`` to the newest revision; returns the copy made before.

    Raises Refused for a record that a newer panelkit made (nothing is written to it), and
    NotSaved where the copy cannot be made or does not check.
    """
    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if stored not in known:
        msg = "This record was made by a newer panelkit."
        raise Refused(msg, remedy="Install that version; nothing was changed.")
    copy = _verified_copy(connection)
    connection.execute(text("PRAGMA foreign_keys = OFF"))
    try:
        command.upgrade(settings, "head")
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    finally:
        connection.execute(text("PRAGMA foreign_keys = ON"))
    if broken:
        msg = "The upgrade left rows without their meeting."
        raise NotSaved(msg, remedy=f"Put back the copy made before: {copy}.")
    return copy


def _verified_copy(connection: Connection) -> Path:
    here = Path(str(connection.execute(text("PRAGMA database_list")).all()[0][2]))
    copy = here.with_name(f"{here.name}.before-upgrade-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    connection.execute(text("VACUUM INTO :copy"), {"copy": str(copy)})
    os.chmod(copy, 0o600)  # noqa: PTH101 - the same on every system
    connection.execute(text("ATTACH DATABASE :copy AS copied"), {"copy": str(copy)})
    try:
        if connection.execute(text("PRAGMA copied.quick_check")).scalar() != "ok":
            msg = "The copy made before the upgrade does not check."
            raise NotSaved(msg, remedy="Nothing was changed; look at the disk.")
    finally:
        connection.execute(text("DETACH DATABASE copied"))
    return copy
