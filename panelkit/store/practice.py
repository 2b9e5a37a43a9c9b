"""A practice is a record of its own kind: its rows say so, and no other door opens it.

The mark is a row that is written when a practice is made, before anything else is. A record that
has it is opened to practise and in no other way; one that has it not is never opened to practise.
What a learner was told is kept beside the mark, so that they see how it went on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from panelkit.domain.errors import BadInput, NotSaved, PanelkitError, Refused
from panelkit.domain.meeting import By
from panelkit.store import journal
from panelkit.store.care import keep
from panelkit.store.part import Part
from panelkit.store.tables import CARE

if TYPE_CHECKING:
    from panelkit.store.record import Record

PRACTICE: Final = "practice"
"""The mark: whoever has this row is a practice, of the scenario that it names."""
TOLD: Final = "practice_told"
"""What a learner was told of how it goes, in figures."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a practice stood when somebody asked."""

    at: datetime
    figures: str
    """As it was given to be kept."""


class KeepsPractice(Part):
    """The part of a record that knows whether it is a practice."""

    @property
    def is_practice(self) -> bool:
        """Whether it was opened to practise; nothing else opens one."""
        return self.opened.practice

    @property
    def practised(self) -> str:
        """The scenario that it is a practice of; blank for a record that is none."""
        with self._reading() as connection:
            mark = select(CARE.c.about).where(CARE.c.what == PRACTICE).limit(1)
            return str(connection.execute(mark).scalar() or "")

    def must_be_no_practice(self, done: str) -> None:
        """Raises Refused in a practice; ``done`` completes ``Nothing of a practice is …``."""
        if self.is_practice:
            msg = f"Nothing of a practice is {done}: it stays apart from every record."
            raise Refused(msg, remedy="Documents of it may be written; they say what they are.")

    def mark_as_practice(self, scenario: str, by: By) -> None:
        """It is one from now on. Raises Refused for a record that something was written in, NotSaved."""
        if not self._is_fresh():
            msg = "A record that was written in is not turned into a practice."
            raise Refused(msg, remedy="panelkit practice makes one of its own.")
        with self._writing() as connection:
            keep(connection, PRACTICE, scenario, "invented throughout", by)

    def _is_fresh(self) -> bool:
        with self._reading() as connection:
            return journal.newest(connection) is None

    def keep_told(self, figures: str, by: By) -> None:
        """What a learner was told, kept. Raises NotSaved, and Refused in a record that is no practice."""
        if not self.is_practice:
            msg = "That is kept in a practice alone."
            raise Refused(msg)
        with self._writing() as connection:
            keep(connection, TOLD, "", figures, by)

    def told(self) -> tuple[Told, ...]:
        """Everything that was told in this practice, the oldest first."""
        kept = select(CARE.c.at, CARE.c.words).where(CARE.c.what == TOLD).order_by(CARE.c.at)
        with self._reading() as connection:
            rows = connection.execute(kept).all()
        return tuple(Told(datetime.fromisoformat(row.at), row.words) for row in rows)


def must_be_as_opened(record: Record) -> None:
    """A practice is opened to practise, and nothing else is. Raises Refused; then it is closed.

    A damaged record whose rows cannot be read here is opened all the same, to be rescued: whatever
    reads them says so. To practise in, it is not.
    """
    try:
        try:
            scenario = record.practised
        except (BadInput, NotSaved):
            if record.is_practice:
                raise
            return
        if scenario and not record.is_practice:
            msg = f"{record.path} is a practice: everything in it is invented, and it is never a record."
            raise Refused(msg, remedy="panelkit practice --list says what is practised here.")
        if record.is_practice and not scenario:
            msg = f"{record.path} is not a practice, and is not opened to practise in."
            raise Refused(msg, remedy="It was left as it is. Move it out of the practice folder.")
    except PanelkitError:
        record.close()
        raise
