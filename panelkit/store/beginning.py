"""A case made together with its first meeting, in one transaction; and every case, to compare with."""

from __future__ import annotations

from sqlalchemy import select

from panelkit.domain.case import Case
from panelkit.domain.meeting import By, Meeting
from panelkit.store import access, cases, convert, journal
from panelkit.store.part import Part
from panelkit.store.saving import Saving
from panelkit.store.tables import CASE


class BeginsCases(Part):
    """The part of a record that cases begin in."""

    def begin(self, case: Case, meeting: Meeting, by: By, *, command: str, what: str = "") -> None:
        """A new case with its first meeting: both, or neither. The same ``command`` again changes
        nothing. Raises Refused where the reference is taken, NotSaved.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, what):
                return
            journal.write(connection, cases.insert(connection, case), by, command)
            Saving(connection, by, command, "").save(None, meeting)

    def known_cases(self) -> tuple[Case, ...]:
        """Every case that whoever works here may open, by reference."""
        with self._reading() as connection:
            may = access.may_open(connection, CASE.c.id)
            rows = connection.execute(select(CASE).where(may).order_by(CASE.c.ref)).mappings()
            return tuple(convert.case_of(row) for row in rows)
