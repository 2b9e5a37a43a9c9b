"""The part of a record that chasing is read from and kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import TableClause

from panelkit.domain.action_filter import ActionFilter
from panelkit.domain.chasing import Chased, Escalation, Reminded, Reminder, Spoc
from panelkit.domain.meeting import By
from panelkit.domain.missing import Invited
from panelkit.domain.updates import Entered
from panelkit.store import chasing, journal
from panelkit.store.cases import must_be_next
from panelkit.store.kept import columns_of, written
from panelkit.store.part import Part
from panelkit.store.tables import ENTERED, ESCALATION, REMINDED, REMINDER, SPOC

_NOT_JOURNALED: Final = frozenset(
    {"id", "case_id", "meeting_id", "reminder_id", "typed_by", "typed_at", "revision"}
)
_TABLES: Final[dict[type[Any], tuple[TableClause, str]]] = {
    Reminder: (REMINDER, "reminder"), Reminded: (REMINDED, "reminded"),
    Escalation: (ESCALATION, "escalation"), Spoc: (SPOC, "spoc"), Entered: (ENTERED, "entered"),
}  # fmt: skip
Kept = Reminder | Reminded | Escalation | Spoc | Entered


class KeepsChasing(Part):
    """Actions as they stand, reminders, escalations, contacts, what was entered elsewhere."""

    def chased(
        self, wanted: ActionFilter, today: date, organisations_of: Mapping[str, Sequence[str]],
        limit: int = 0,
    ) -> list[Chased]:  # fmt: skip
        """Actions that a filter means; see :func:`panelkit.store.chasing.found`."""
        with self._reading() as connection:
            return chasing.found(connection, wanted, today, organisations_of, limit)

    def chased_by(self, keys: Sequence[str]) -> list[Chased]:
        """Actions by their names in the record; one that is gone is left out."""
        with self._reading() as connection:
            return chasing.by_keys(connection, keys)

    def organisations_acting(self, *, also_done: bool = False) -> dict[str, int]:
        """How many open actions each organisation has; with ``also_done`` how many at all."""
        with self._reading() as connection:
            return chasing.organisations(connection, also_done=also_done)

    def reminders(self) -> tuple[Reminder, ...]:
        """Every reminder that was written, the oldest first."""
        with self._reading() as connection:
            return chasing.reminders(connection)

    def reminded(self, reminder_id: str) -> tuple[Reminded, ...]:
        """The actions that a reminder asked about."""
        with self._reading() as connection:
            return chasing.reminded(connection, reminder_id)

    def reminded_of(self, actions: Sequence[tuple[str, int, int]]) -> tuple[Reminded, ...]:
        """Whatever reminder asked about these actions: case, meeting that set it, number."""
        with self._reading() as connection:
            return chasing.reminded(connection, keys=actions) if actions else ()

    def escalations(self) -> tuple[Escalation, ...]:
        """Every escalation, withdrawn ones too, the oldest first."""
        with self._reading() as connection:
            return chasing.escalations(connection)

    def spocs(self) -> tuple[Spoc, ...]:
        """Every single point of contact, also those that no longer are."""
        with self._reading() as connection:
            return chasing.spocs(connection)

    def invited_between(self, first: date, last: date) -> list[Invited]:
        """Attendance at every meeting held in these days."""
        with self._reading() as connection:
            return chasing.invited(connection, first, last)

    def ended_between(self, first: date, last: date) -> list[str]:
        """Ids of meetings that were closed and held in these days, the oldest first."""
        with self._reading() as connection:
            return chasing.ended_between(connection, first, last)

    def entered(self, meeting_ids: Sequence[str]) -> tuple[Entered, ...]:
        """What somebody says was entered in ViSOR or MAPPS of these meetings."""
        with self._reading() as connection:
            return chasing.entered(connection, meeting_ids)

    def keep_chasing(
        self, changes: Sequence[tuple[Kept | None, Kept]], by: By, *, command: str, what: str
    ) -> None:
        """Each what it was, or None for what is new, with what it is; all of them or none, journaled.

        It is the log of this office and changes no meeting: it goes on while another desk has the
        pen. Raises StaleRecord where somebody changed one meanwhile.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, what):
                return
            noted: list[journal.Change] = []
            for before, after in changes:
                if before is not None:
                    must_be_next(before.revision, after.revision)
                table, entity = _TABLES[type(after)]
                noted += written(
                    connection, table, entity, _columns(before) if before else None,
                    _columns(after), but=_NOT_JOURNALED,
                )  # fmt: skip
            journal.write(connection, noted, by, command)


def _columns(value: Kept) -> dict[str, Any]:
    columns = columns_of(value)
    return {
        name: int(each) if isinstance(getattr(value, name), bool) else each
        for name, each in columns.items()
    }
