"""Every act has a command id, stored with what it does: whatever comes twice is done once.

Where a server's answer was lost nobody knows whether the act was stored. The next one asks, in its
own transaction: if it was, that is said and nothing is done; if not, its command is taken, so that
what may still be on its way is refused whole when it comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, select

from panelkit.domain.errors import Refused, StoredAfterAll, Unanswered
from panelkit.domain.meeting import By
from panelkit.store import journal
from panelkit.store.part import Part
from panelkit.store.tables import COMMAND

GIVEN_UP: Final = "given up"
"""What an act is called that never came, and never will."""


class KnowsActs(Part):
    """The part of a record that knows which acts were stored."""

    _act = ""
    """The command of the transaction that is under way; blank for words, which are sent again."""
    _lost: tuple[str, ...] = ()
    """Commands of acts whose answers were lost."""

    @contextmanager
    def _answered(self) -> Iterator[None]:
        """One transaction; where its answer is lost, its act is remembered."""
        self._act = ""
        try:
            yield
        except Unanswered:
            if self._act and self._act not in self._lost:
                self._lost = (*self._lost, self._act)
            raise
        if self._act:
            self._lost = ()

    def _is_done(
        self, connection: Connection, command: str, by: By, what: str, *, words: bool = False
    ) -> bool:
        """Whether this command was stored before; else it is now, with what it does.

        ``words`` are no act: whoever sends them sends them again. Raises StoredAfterAll, once,
        where the act before was stored and its answer lost.
        """
        if not words:
            self._settle(connection, command, by)
            self._act = command
        there = _what(connection, command)
        if there is None:
            journal.note_command(connection, command, by, what)
        elif there == GIVEN_UP:
            msg = "That was given up before it came to the record."
            raise Refused(msg, remedy="Do it again.")
        return there is not None

    def _settle(self, connection: Connection, command: str, by: By) -> None:
        for lost in [each for each in self._lost if each != command]:
            there = _what(connection, lost)
            if there is None:
                journal.note_command(connection, lost, by, GIVEN_UP)
            elif there != GIVEN_UP:
                self._lost = tuple(each for each in self._lost if each != lost)
                raise StoredAfterAll

    def was_stored(self, command: str) -> bool:
        """Whether an act was; one that is still on its way may be later. Raises NotSaved."""
        with self._reading() as connection:
            return _what(connection, command) not in (None, GIVEN_UP)


def _what(connection: Connection, command: str) -> str | None:
    """What a command is stored as; None where it is not."""
    found = connection.execute(select(COMMAND.c.what).where(COMMAND.c.id == command)).first()
    return None if found is None else str(found.what)
