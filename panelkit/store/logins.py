"""Records on a server: made with their first person; people by their logins."""

from __future__ import annotations

import uuid

from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Person
from panelkit.store import entry, journal, people
from panelkit.store.engine import open_engine, writing
from panelkit.store.keys import Keys, Opened
from panelkit.store.server import Server


def found(server: Server, person: Person, by: By) -> None:
    """A new record in an empty database, with its first person; all of it or nothing but tables.

    Whoever does it owns the tables and is nobody in the record. Raises Refused where there is a
    record already, BadInput where the server does not know the person's login, NotSaved.
    """
    opened = Opened(keys=Keys.new(str(uuid.uuid4())))
    engine = open_engine(server, opened=opened, create=True)
    try:
        with writing(engine) as connection:
            if people.every(connection):
                msg = f"There is already a record in the database {server.name}."
                raise Refused(msg, remedy="Name another database with --db.")
            assert opened.keys is not None  # noqa: S101 - made above
            entry.keep_chain_keys(connection, opened.keys)
            command = str(uuid.uuid4())
            journal.note_command(connection, command, by, "people")
            journal.write(connection, people.insert(connection, person), by, command)
    finally:
        engine.dispose()
