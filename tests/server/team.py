"""A record on a server with somebody for each role, and every kind of row in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from panelkit.domain.people import Role
from panelkit.packs.reader import Pack, read_pack
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
    refs: tuple[str, ...] = ()
    """Of the meetings in it."""

    @classmethod
    def on(cls, cluster: Cluster, *roles: Role) -> Team:
        """A fresh record with somebody for each of ``roles``; without any, for each there is."""
        return cls(cluster, cluster.record())._joined(roles)

    @classmethod
    def with_meetings(cls, cluster: Cluster, *roles: Role) -> Team:
        """The same, with every sample meeting, taken in by Ruth Calloway."""
        refs = tuple(pack.meeting.ref for pack in _samples())
        return cls(cluster, cluster.record(sample_meetings), refs)._joined(roles)

    def _joined(self, roles: Sequence[Role]) -> Team:
        team, cluster = self, self.cluster
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


def sample_meetings(server: Server) -> None:
    """Ruth Calloway takes in every sample."""
    with _Closing(server) as record:
        desk = desk_over(Settings(), record)
        for pack in _samples():
            desk.caseload.take_in([*pack.earlier, pack.meeting], pack.beside)


@cache
def _samples() -> tuple[Pack, ...]:
    return tuple(read_pack(sample) for sample in sample_packs())


class _Closing:
    def __init__(self, server: Server) -> None:
        self._server = server

    def __enter__(self) -> Record:
        self._record = Record.open(self._server)
        return self._record

    def __exit__(self, *_: object) -> None:
        self._record.close()
