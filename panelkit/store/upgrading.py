"""Bringing a record on a server up to the newest revision: in one transaction, by the owner of its
tables, while nobody else writes or reads. The server's rules are said again at its end.

Twin of :mod:`panelkit.store.upgrade`, which does it for a file. No copy is made here: a server is
backed up by whoever looks after it, who says where.
"""

from __future__ import annotations

from dataclasses import dataclass

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from panelkit.domain.errors import NotAllowed, NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.store import care
from panelkit.store.engine import NEWEST
from panelkit.store.guarding import guard
from panelkit.store.keeper import as_keeper, standing, unforce
from panelkit.store.keys import Opened
from panelkit.store.postgres import revision
from panelkit.store.server import Server
from panelkit.store.upgrade import config


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done."""

    before: str
    """The revision that the record was at."""
    after: str
    steps: tuple[tuple[str, str], ...]
    """Each revision that was carried out with its title, in order; none where it was the newest."""


def upgrade_server(server: Server, backed_up: str, by: By) -> Upgraded:
    """Upgrade the record on ``server`` and say the server's rules again; all of it or nothing.

    Raises Refused for a record that a newer panelkit made, and for an older one where nobody says
    where its backup is; NotAllowed for a login that does not own every table; NotFound, NotSaved.
    """
    with as_keeper(server, Opened()) as connection:
        stored = revision(connection)
        if stored is None:
            raise NotFound(f"There is no record in the database {server.name}.")
        steps = _steps(connection, stored)
        me = standing(connection)
        if not me.owns_all:
            raise NotAllowed(
                f"The login {me.login} does not own the tables.",
                remedy=f"Upgrade as {' and '.join(me.owners)}; nothing was changed.",
            )
        if steps and not backed_up.strip():
            raise Refused(
                f"The record would go from {stored} to {NEWEST}, and nothing undoes that.",
                remedy="Have a backup made and tried first, and say where it is: --backed-up WHERE.",
            )
        # Rows of a case are hidden from the owner as well: a revision has to see all of them.
        unforce(connection, me.forced)
        if steps:
            command.upgrade(config(connection), "head")
        guard(connection)
        if steps:
            words = f"{stored} to {NEWEST}"
            care.keep(connection, care.UPGRADED, backed_up.strip(), words, by)
        return Upgraded(stored, NEWEST, steps)


def _steps(connection: Connection, stored: str) -> tuple[tuple[str, str], ...]:
    scripts = ScriptDirectory.from_config(config(connection))
    known = {script.revision for script in scripts.walk_revisions()}
    if stored not in known:
        msg = "This record was made by a newer panelkit."
        raise Refused(msg, remedy="Install that version; nothing was changed.")
    later = list(scripts.iterate_revisions("head", stored))
    return tuple((each.revision, _title(each.doc)) for each in reversed(later))


def _title(words: str | None) -> str:
    return (words or "").strip().partition("\n")[0].rstrip(".")
