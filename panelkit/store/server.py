"""Where a record is: a file, or a PostgreSQL server named by an address.

    Server.named("postgresql+psycopg://ruth@db.example.test/panels")

An address never carries a password: a command line can be read by other accounts of the machine.
It is taken from PGPASSWORD, from .pgpass, or from the keyring of the operating system.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from panelkit.domain.errors import BadInput, Refused

SCHEMES: Final = ("postgresql+psycopg://", "postgresql://")
"""How an address of a server begins."""
GUARDED: Final = "verify-full"
"""Encrypted, by a certificate of the host that was asked for: nothing less leaves this machine
unless somebody says why."""
PASSED_ON: Final = frozenset({
    "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "connect_timeout", "service",
    "passfile", "channel_binding", "gssencmode", "krbsrvname",
})  # fmt: skip
"""What an address may say after its question mark; the driver is told it as it stands."""
USUAL_PORT: Final = 5432
WAIT: Final = "5"
"""Seconds for a server to answer when a program first asks."""


@dataclass(frozen=True, slots=True)
class Server:
    """A record on a PostgreSQL server: one database for each area."""

    host: str
    """Blank for the socket of this machine, as the driver finds it."""
    port: int
    database: str
    login: str
    """Blank for the name of the account, as the driver takes it."""
    said: tuple[tuple[str, str], ...] = ()
    """What else the address said, by name."""

    @classmethod
    def named(cls, address: str) -> Server:
        """The server at ``address``. Raises BadInput for one that cannot be read."""
        try:
            url = make_url(address)
        except (ArgumentError, ValueError):
            raise BadInput(
                "That address cannot be read.",
                remedy="Write it like postgresql+psycopg://ruth@db.example.test/panels.",
            ) from None
        if not address.startswith(SCHEMES):
            raise BadInput(
                "Only a file or a PostgreSQL server can hold the record.",
                remedy="Name a file with --db, or an address that begins postgresql+psycopg://.",
            )
        if url.password is not None:
            raise BadInput(
                "An address carries no password: other accounts could read it.",
                remedy="Set PGPASSWORD, write it in .pgpass, or put it in the keyring.",
            )
        if not url.database:
            raise BadInput("That address names no database.", remedy="Put one at its end: /panels.")
        said = {name: value for name, value in url.query.items() if name != "host"}
        unknown = sorted(set(said) - PASSED_ON)
        if unknown or any(not isinstance(value, str) for value in url.query.values()):
            raise BadInput(
                f"An address does not say {', '.join(unknown) or 'the same thing twice'}.",
                remedy=f"It may say {', '.join(sorted(PASSED_ON))}.",
            )
        host = url.host or str(url.query.get("host", ""))
        return cls(
            host, url.port or USUAL_PORT, url.database, url.username or "",
            tuple(sorted((name, str(value)) for name, value in said.items())),
        )  # fmt: skip

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, so that nothing goes over a network."""
        if not self.host or self.host.startswith(("/", "@")) or self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def guard(self) -> str:
        """How the way there is guarded: ``sslmode`` in PostgreSQL's words."""
        return dict(self.said).get("sslmode", "prefer" if self.is_here else GUARDED)

    @property
    def is_guarded(self) -> bool:
        """Whether nobody on the way can read what goes there, or answer in its place."""
        return self.is_here or self.guard == GUARDED

    def must_be_guarded(self, reason: str) -> None:
        """Raises Refused where words could be read on the way, and nobody gives a reason."""
        if self.is_guarded or reason.strip():
            return
        msg = f"{self.host} is another machine, and sslmode={self.guard} would not prove which."
        raise Refused(
            msg, remedy=f"Leave sslmode out ({GUARDED} is asked for), or give --place-reason."
        )

    @property
    def url(self) -> URL:
        """For SQLAlchemy; it holds no password."""
        return URL.create("postgresql+psycopg", database=self.database)

    def told(self) -> dict[str, Any]:
        """What the driver is told, beside the password."""
        told: dict[str, Any] = {"connect_timeout": WAIT, **dict(self.said), "sslmode": self.guard}
        if self.host:
            told["host"] = self.host
        told["port"] = str(self.port)
        if self.login:
            told["user"] = self.login
        named = "sslrootcert" in told or bool(os.environ.get("PGSSLROOTCERT"))
        if self.guard == GUARDED and not named and not own_roots().exists():
            told["sslrootcert"] = "system"
        return told

    @property
    def name(self) -> str:
        """What people call it: the database and its host."""
        return f"{self.database} on {self.host or 'this machine'}"

    def with_login(self, login: str) -> Server:
        """The same for somebody else."""
        return Server(self.host, self.port, self.database, login, self.said)

    def __str__(self) -> str:
        """The address, as it can be given again."""
        user = f"{self.login}@" if self.login else ""
        socket = self.host.startswith(("/", "@"))
        port = f":{self.port}" if self.port != USUAL_PORT else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        at = port if socket or not self.host else f"{host}:{self.port}"
        said = dict(self.said) | ({"host": self.host} if socket else {})
        query = "&".join(f"{name}={value}" for name, value in said.items())
        return f"postgresql+psycopg://{user}{at}/{self.database}{'?' if query else ''}{query}"


def own_roots() -> Path:
    """Where somebody's own root certificates lie; those of the system hold where there are none."""
    return Path.home() / ".postgresql" / "root.crt"


Location = Path | Server
"""Where a record is."""


def identity(where: Location) -> str:
    """The same for one record whoever opens it, and however its file was named."""
    if isinstance(where, Server):
        return f"postgresql://{where.host}:{where.port}/{where.database}"
    return str(where.resolve())


def is_address(named: str) -> bool:
    """Whether it is the address of something, and not a file's name."""
    return "://" in named and not named.startswith("sqlite:///")


def _must_be_installed() -> None:
    try:
        import psycopg  # noqa: F401 - the driver, with the library that it needs
    except ImportError:
        msg = "This panelkit was installed without what speaks to a server."
        raise Refused(msg, remedy="Install it with: pip install 'panelkit[server]'.") from None


def location_of(named: str) -> Location:
    """A file or a server, as somebody named it.

    Raises BadInput; Refused for a server where this panelkit has nothing to speak to one with.
    """
    if is_address(named):
        _must_be_installed()
    return Server.named(named) if is_address(named) else Path(named.removeprefix("sqlite:///"))
