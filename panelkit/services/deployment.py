"""Whether a server is fit to hold a record: what is wrong, with what to do, and what was not seen.

Anybody with a login may ask; nothing of a case is read.
"""

from __future__ import annotations

from panelkit.services.clock import Clock
from panelkit.store.deployed import Check, Looked, Looking, look
from panelkit.store.deployed_record import RECORD
from panelkit.store.deployed_server import SERVER
from panelkit.store.keeper import looking
from panelkit.store.server import Server

CHECKS: tuple[Check, ...] = (*SERVER, *RECORD)
"""Everything that is looked at."""


def look_at(server: Server, clock: Clock) -> Looked:
    """Every check, as the login that the address names. Raises NotSaved, NotFound, NotAllowed where it
    does not get in.
    """
    with looking(server) as connection:
        return look(Looking(connection, server, clock), CHECKS)
