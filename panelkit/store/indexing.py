"""The index of the search and the lists beside it on a server, made anew by whoever owns the tables.

Twin of :meth:`panelkit.store.findable.FindsWords.index_again`, which does it in a file. What cases
that were let go had in the index is then in no file of the server either (its backups are others').
"""

from __future__ import annotations

from panelkit.domain.errors import NotAllowed, NotFound, Refused
from panelkit.store import listed, searching
from panelkit.store.engine import NEWEST
from panelkit.store.guarding import guard
from panelkit.store.keeper import as_keeper, standing, unforce
from panelkit.store.keys import Opened
from panelkit.store.listed import Lists
from panelkit.store.postgres import revision
from panelkit.store.searching import Lag
from panelkit.store.server import Server


def index_server(server: Server) -> tuple[Lag, Lists]:
    """Make them of what is there, in one transaction; returns how they differed before.

    Nobody else writes or reads meanwhile. Raises NotAllowed for a login that does not own the tables,
    Refused for a record of another panelkit, NotFound, NotSaved.
    """
    with as_keeper(server, Opened()) as connection:
        stored = revision(connection)
        if stored is None:
            raise NotFound(f"There is no record in the database {server.name}.")
        if stored != NEWEST:
            raise Refused("The record is of another panelkit.", remedy="Run panelkit db upgrade.")
        me = standing(connection)
        if not me.owns_all:
            raise NotAllowed(
                f"The login {me.login} does not own the tables.",
                remedy=f"Do it as {' and '.join(me.owners)}; nothing was changed.",
            )
        unforce(connection, me.forced)
        before = (searching.lag(connection), listed.wrong(connection))
        listed.work_out(connection)
        searching.again(connection)
        guard(connection)  # the rules bind their owner again, and logins may ask the new function
        return before
