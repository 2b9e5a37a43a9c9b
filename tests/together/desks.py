"""A record that several desks have open at once: in a file, or on a server."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

from panelkit.domain.people import Role
from panelkit.services.clock import system_clock
from panelkit.services.desk import Desk
from panelkit.services.logins import Logins
from panelkit.store.record import Record
from panelkit.store.server import Location, Server
from panelkit.wiring import Settings, open_desk
from tests.desk import Clock, fresh_meeting
from tests.servers import FIRST, Cluster

CHAIR = "Ruth Calloway"
TAKER = "Dylan Ashgrove"
READER = "Petra Lindqvist"
REF = "HM-0900-1"
WRITES = frozenset({Role.CHAIR, Role.MINUTE_TAKER})
PEOPLE = {CHAIR: WRITES, TAKER: WRITES, READER: frozenset({Role.READER})}


@dataclass
class Shared:
    """One record, and every desk that opened it."""

    where: Location
    folder: Path
    cluster: Cluster | None = None
    desks: list[Desk] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)

    @property
    def is_on_server(self) -> bool:
        return isinstance(self.where, Server)

    def address(self, who: str, port: int = 0) -> Location:
        """How somebody names it; through ``port`` of this machine where one is given."""
        if not isinstance(self.where, Server) or self.cluster is None:
            return self.where
        there = self.where.with_login(self.cluster.login(who.split(maxsplit=1)[0].casefold()))
        return dataclasses.replace(there, host="127.0.0.1", port=port) if port else there

    def desk(self, who: str, port: int = 0) -> Desk:
        """Somebody opens it."""
        settings = Settings(who=who, clock=self.clock, area="national")
        desk = open_desk(settings, self.address(who, port), demo=not self.is_on_server)
        desk = dataclasses.replace(desk, documents=self.folder / "documents")
        self.desks.append(desk)
        return desk

    def close(self) -> None:
        for desk in self.desks:
            desk.caseload.record.close()


def shared_file(folder: Path) -> Shared:
    """A record in a file, with a meeting of ten people."""
    found = Shared(folder / "record.db", folder)
    Record.open(found.where, create=True).close()
    _with_meeting(found)
    return found


def shared_server(cluster: Cluster, folder: Path) -> Shared:
    """The same on a server, where everybody has a login."""
    assert FIRST == CHAIR
    found = Shared(cluster.record(), folder, cluster)
    record = Record.open(found.where)
    for name, roles in PEOPLE.items():
        if name != FIRST:
            login = cluster.login(name.split()[0].casefold())
            Logins(record, system_clock).add(name, roles, login)
    record.close()
    _with_meeting(found)
    return found


def _with_meeting(found: Shared) -> None:
    desk = found.desk(CHAIR)
    desk.chairing.start(fresh_meeting(desk))
