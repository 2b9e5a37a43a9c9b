"""The part of a record that has to do with who works with it."""

from __future__ import annotations

from sqlalchemy import func, select

from panelkit.domain.errors import NotSaved
from panelkit.domain.meeting import By
from panelkit.domain.people import Access, Person
from panelkit.store import access, journal, people
from panelkit.store.keys import Opened
from panelkit.store.part import Part
from panelkit.store.tables import CASE


class KeepsPeople(Part):
    """People, roles, and who may open which case."""

    opened: Opened
    _me: Person | None = None

    def people(self) -> tuple[Person, ...]:
        """Everybody, removed ones and the sealed way in too, by name."""
        with self._reading() as connection:
            return people.every(connection)

    def person(self, person_id: str) -> Person | None:
        """One of them, by id; None where there is none."""
        with self._reading() as connection:
            return people.find(connection, person_id)

    @property
    def me(self) -> Person | None:
        """Whoever opened the record with a passphrase or a login, as they stand now; None where identity
        is only claimed. While a server does not answer, as they stood last."""
        if not self.opened.person:
            return None
        try:
            self._me = self.person(self.opened.person)
        except NotSaved:
            # What somebody may do a server holds to itself; a screen goes by what was said last.
            if self._me is None or not self.is_on_server:
                raise
        return self._me

    def save_person(self, before: Person | None, after: Person, by: By, *, command: str) -> None:
        """Somebody new, or what changed. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "people"):
                changes = (
                    people.insert(connection, after)
                    if before is None
                    else people.update(connection, before, after)
                )
                journal.write(connection, changes, by, command)

    def case_id(self, case_ref: str) -> str | None:
        """A case's id, also of one that whoever opened the record may not open: for saying who may."""
        asked = select(CASE.c.id).where(CASE.c.ref == case_ref)
        if self.opened.login:
            asked = select(func.case_called(case_ref))
        with self._reading() as connection:
            found = connection.execute(asked).scalar()
        return str(found) if found else None

    def access(self, case_id: str) -> dict[str, Access]:
        """What is said of a case, by the person's id."""
        with self._reading() as connection:
            return access.of_case(connection, case_id)

    def set_access(
        self, case_id: str, person_id: str, said: Access | None, by: By, *, command: str
    ) -> None:
        """Say it of one person and one case; None takes it back. Raises Refused."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "access"):
                changes = access.set_access(connection, case_id, person_id, said)
                journal.write(connection, changes, by, command)
