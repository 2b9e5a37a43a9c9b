"""Hands on a record's database without the program: whoever has the file, or the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import StaticPool

from panelkit.store.keys import Keys, Opened
from panelkit.store.record import Record
from panelkit.store.server import Location, Server

REFUSES = tuple((table, what) for table in ("journal", "issued") for what in ("update", "delete"))


def open_at(place: Location, *, keyed: bool = False) -> Record:
    """The record there, made where it is a file. ``keyed``: its journal is, as always on a server."""
    if isinstance(place, Server):
        return Record.open(place)
    opened = Opened(Keys.new("invented")) if keyed else None
    return Record.open(place, opened=opened, create=True)


class Hands:
    """What the owner of a database can do, who need not care for the record."""

    def __init__(self, record: Record, superuser: str) -> None:
        """``superuser`` of the server; blank for a file, which anybody is who has it."""
        self.record = record
        self._engine = record.engine
        self._forges = False
        if superuser:
            self._engine = _owners(record, superuser)

    @contextmanager
    def owner(self) -> Iterator[Connection]:
        """A connection whose rights end at nothing but the triggers."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def forger(self) -> Iterator[Connection]:
        """The same without triggers."""
        with self.owner() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET session_replication_role = replica")
            elif not self._forges:
                for table, what in REFUSES:
                    connection.exec_driver_sql(f"DROP TRIGGER {table}_refuses_{what}")
            self._forges = True
            yield connection
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET session_replication_role = origin")

    def forge(self, sql: str, **bound: object) -> None:
        """One statement past every rule."""
        with self.forger() as connection:
            connection.execute(text(sql), {n: v for n, v in bound.items() if f":{n}" in sql})

    def rows(self, sql: str) -> list[Any]:
        """What a statement finds."""
        with self.owner() as connection:
            return list(connection.execute(text(sql)).all())

    def freeze(self, *, thaw: bool = False) -> None:
        """The database takes no writing any more from the program's own connection; or again."""
        with self.record.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                mode = "WRITE" if thaw else "ONLY"
                connection.exec_driver_sql(
                    f"SET SESSION CHARACTERISTICS AS TRANSACTION READ {mode}"
                )
            else:
                connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if thaw else 'ON'}")

    def close(self) -> None:
        """Let the database go."""
        if self._engine is not self.record.engine:
            self._engine.dispose()


def _owners(record: Record, superuser: str) -> Engine:
    assert isinstance(record.location, Server)
    told = record.location.with_login(superuser).told()
    return create_engine(
        record.location.url, isolation_level="AUTOCOMMIT", poolclass=StaticPool,
        connect_args={**told, "options": "-c search_path=panelkit"},
    )  # fmt: skip
