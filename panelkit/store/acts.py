"""Every act has a command id, stored with what it does: whatever comes twice is done once."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By
from panelkit.store import journal
from panelkit.store.part import Part
from panelkit.store.tables import COMMAND

GIVEN_UP: Final = "given up"
"""What an act is called that never came, and never will."""


class KnowsActs(Part):
    """The part of a record that knows which acts were stored."""

    def _is_done(self, connection: Connection, command: str, by: By, what: str) -> bool:
        """Whether this command was stored before; else it is now, with what it does."""
        there = connection.execute(select(COMMAND.c.what).where(COMMAND.c.id == command)).first()
        if there is None:
            journal.note_command(connection, command, by, what)
        elif there.what == GIVEN_UP:
            msg = "That was given up before it came to the record."
            raise Refused(msg, remedy="Do it again.")
        return there is not None

    def was_stored(self, command: str) -> bool:
        """Whether an act was; one that is still on its way may be later. Raises NotSaved."""
        with self._reading() as connection:
            return _there(connection, command)

    def give_up(self, command: str, by: By) -> bool:
        """Whether an act was stored whose answer was lost; where it was not, it never will be.

        What may still be on its way to a server finds its command taken, and is refused whole.
        Raises NotSaved.
        """
        with self._writing() as connection:
            what = select(COMMAND.c.what).where(COMMAND.c.id == command)
            there = connection.execute(what).first()
            if there is None:
                journal.note_command(connection, command, by, GIVEN_UP)
            return there is not None and there.what != GIVEN_UP


def _there(connection: Connection, command: str) -> bool:
    found = select(COMMAND.c.id).where(COMMAND.c.id == command, COMMAND.c.what != GIVEN_UP)
    return connection.execute(found).first() is not None
