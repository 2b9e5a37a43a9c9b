"""What is wrong with a server that holds a record: what every check is made of.

A check is a question with what is said where its answer is no. Those about the server itself stand
in :mod:`panelkit.store.deployed_server`, those about logins, rights and tables in
:mod:`panelkit.store.deployed_record`; both are lists that a test walks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from panelkit.store.server import Server

NO_RIGHT: Final = "42501"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is wrong."""

    what: str
    remedy: str


class NotSeen(Exception):  # noqa: N818 - says what happened
    """The login may not see what would have to be known."""


@dataclass
class Looking:
    """One look at a server, as one login."""

    connection: Connection
    server: Server
    now: Callable[[], datetime]
    """The clock of this machine."""
    _kept: dict[str, list[Any]] = field(default_factory=dict)

    def rows(self, asked: str, **said: Any) -> list[Any]:
        """What the server answers. Raises NotSeen where the login may not ask."""
        try:
            return list(self.connection.execute(text(asked), said))
        except DBAPIError as failed:
            if getattr(failed.orig, "sqlstate", "") == NO_RIGHT:
                raise NotSeen from None
            raise

    def value(self, asked: str, **said: Any) -> Any:
        """The first column of the first row; None where there is none."""
        found = self.rows(asked, **said)
        return found[0][0] if found else None

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """The server's settings that this login may see, as they hold for most."""
        return {
            row.name: row.reset_val for row in self.rows("SELECT name, reset_val FROM pg_settings")
        }

    def setting(self, name: str) -> str:
        """One of them. Raises NotSeen."""
        if name not in self.settings:
            raise NotSeen
        return self.settings[name]

    def wherever(self, names: Iterable[str]) -> list[tuple[str, str, str]]:
        """Whose, name and value of these settings: the server's, and each that holds for a login or
        this database only. Raises NotSeen.
        """
        wanted = set(names)
        hidden = {
            row.name
            for row in self.rows(
                "SELECT name FROM pg_settings WHERE source IN ('database', 'user', 'database user')"
            )
        }  # what holds here hides what the server says
        said = [("the server", name, self.setting(name)) for name in sorted(wanted - hidden)]
        return [*said, *(each for each in self._own_settings if each[1] in wanted)]

    @cached_property
    def _own_settings(self) -> list[tuple[str, str, str]]:
        found = self.rows(
            "SELECT coalesce('the login ' || pg_get_userbyid(nullif(setrole, 0)), 'this database') "
            "AS whose, unnest(setconfig) AS said FROM pg_db_role_setting WHERE setdatabase IN (0, "
            "(SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return [(row.whose, *row.said.partition("=")[::2]) for row in found]

    @cached_property
    def has_record(self) -> bool:
        """Whether there are tables of a record."""
        return bool(
            self.value(
                "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'alembic_version' "
                "AND relnamespace = to_regnamespace('panelkit'))"
            )
        )

    @cached_property
    def people(self) -> dict[str, str]:
        """Names of active people by their logins. Raises NotSeen."""
        found = self.rows(
            "SELECT login, name FROM panelkit.person WHERE login <> '' AND state = 'active'"
        )
        if not found and self.hides("person"):
            raise NotSeen
        return {row.login: row.name for row in found}

    @cached_property
    def roles(self) -> dict[str, frozenset[str]]:
        """Roles of active people by their logins. Raises NotSeen."""
        found = self.rows(
            "SELECT login, roles FROM panelkit.person WHERE login <> '' AND state = 'active'"
        )
        if not found and self.hides("person"):
            raise NotSeen
        return {row.login: frozenset(row.roles.split()) for row in found}

    def hides(self, table: str) -> bool:
        """Whether rows of a table may be hidden from whoever asks."""
        return bool(
            self.value("SELECT row_security_active('panelkit.' || cast(:name AS text))", name=table)
        )

    @cached_property
    def owners(self) -> frozenset[str]:
        """Whose the tables are."""
        return frozenset(
            row.owner
            for row in self.rows(
                "SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class "
                "WHERE relnamespace = to_regnamespace('panelkit') AND relkind IN ('r', 'p')"
            )
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One question about a server."""

    name: str
    """For other programs; it stays the same."""
    about: str
    """What is looked at, as people read it."""
    look: Callable[[Looking], Iterable[Said]]
    """What is wrong. Raises NotSeen."""
    of_record: bool = False
    """Whether it needs the tables of a record."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    check: str
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """All that was looked at."""

    looked_at: tuple[str, ...]
    """Names of the checks, in order."""
    wrong: tuple[Finding, ...]
    unseen: tuple[Finding, ...]
    """Checks that the login may not see the answer of: not said to be well."""


def look(looking: Looking, checks: Iterable[Check]) -> Looked:
    """Every check in turn. Raises DBAPIError where the server goes away."""
    names, wrong, unseen = [], [], []
    for check in checks:
        names.append(check.name)
        if check.of_record and not looking.has_record:
            unseen.append(
                Finding(check.name, f"{check.about}: there is no record in this database.")
            )
            continue
        try:
            wrong += [Finding(check.name, said.what, said.remedy) for said in check.look(looking)]
        except NotSeen:
            unseen.append(Finding(check.name, f"{check.about}: your login may not see it."))
    return Looked(tuple(names), tuple(wrong), tuple(unseen))
