"""A record on a server with somebody for each role, and every kind of row in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from panelkit.domain.people import Role
from panelkit.packs.reader import read_pack
from panelkit.services.clock import system_clock
from panelkit.services.desk import Desk
from panelkit.services.logins import Logins
from panelkit.store.grants import NOT_HERE
from panelkit.store.record import Record
from panelkit.store.server import Server
from panelkit.wiring import Settings, desk_over, sample_packs
from tests.servers import Cluster

NAMES = {role: f"Test {role.label}" for role in Role}
"""Invented people, one for each role."""


@dataclass
class Team:
    """Ruth Calloway administers; everybody else has one role."""

    cluster: Cluster
    server: Server

    @classmethod
    def on(cls, cluster: Cluster, *roles: Role) -> Team:
        """A fresh record with somebody for each of ``roles``; without any, for each there is."""
        team = cls(cluster, cluster.record())
        with team.opened() as record:
            for role in roles or [role for role in Role if role not in NOT_HERE]:
                login = cluster.login(str(role))
                Logins(record, system_clock).add(NAMES[role], [role], login)
        return team

    def opened(self, role: Role | None = None) -> _Closing:
        """The record, opened by whoever has the role; by Ruth Calloway without one."""
        return _Closing(self.address(role))

    def address(self, role: Role | None = None) -> Server:
        """How that person's program is told of it."""
        return self.server.with_login(self.login(role)) if role else self.server

    def login(self, role: Role) -> str:
        """What the server calls them."""
        return f"{role}_{self.cluster.mark}"

    def desk(self, record: Record) -> Desk:
        """A desk over an open record."""
        return desk_over(Settings(), record)

    @cached_property
    def refs(self) -> tuple[str, ...]:
        """Every sample meeting, taken in by Ruth Calloway the first time they are asked for."""
        with self.opened() as record:
            desk = self.desk(record)
            packs = [read_pack(sample, desk.caseload.agenda) for sample in sample_packs()]
            return tuple(
                desk.caseload.take_in([*pack.earlier, pack.meeting], pack.beside)[0]
                for pack in packs
            )


class _Closing:
    def __init__(self, server: Server) -> None:
        self._server = server

    def __enter__(self) -> Record:
        self._record = Record.open(self._server)
        return self._record

    def __exit__(self, *_: object) -> None:
        self._record.close()
