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
    _known_me: Person | None = None

    def people(self) -> tuple[Person, ...]:
        """Everybody, removed ones and the sealed way in too, by name."""
        with self._reading() as connection:
            return people.every(connection)

    def person(self, person_id: str) -> Person | None:
        """One of them, by id; None where there is none."""
        return self._glance(lambda connection: people.find(connection, person_id))

    @property
    def me(self) -> Person | None:
        """Whoever opened the record with a passphrase or a login, as they stand now; None where identity
        is only claimed. While a server is away, as they stood when it last answered: it holds the
        rules itself, and what is asked meanwhile is only what to show.
        """
        if not self.opened.person:
            return None
        try:
            self._known_me = self.person(self.opened.person)
        except NotSaved:
            if not self.opened.login or self._known_me is None:
                raise
        return self._known_me

    @property
    def me_lately(self) -> Person | None:
        """The same, as far as it was heard that anything of them changed.

        Of a server it is remembered until news of any person or case comes. What they may write is
        never older than that: whoever writes takes the turn as the person that was remembered, and is
        refused (NotSaved) where somebody's roles are others by then.
        """
        if not self.opened.login:
            return self.me
        from panelkit.store.postgres import EARS, KNOWN, Known

        known = KNOWN.get(self.engine)
        if not self._lock.acquire(blocking=False):  # another thread asks the server meanwhile
            return known.person if known is not None else self.me
        try:
            epoch = EARS[self.engine].epoch()
            if known is not None and known.epoch == epoch:
                return known.person
            person = self.me
            if person is not None:
                KNOWN[self.engine] = Known(person, epoch)
            return person
        finally:
            self._lock.release()

    def me_anew(self) -> Person | None:
        """The same, asked now and remembered from now on."""
        if self.opened.login:
            from panelkit.store.postgres import KNOWN

            KNOWN.pop(self.engine, None)
        return self.me_lately

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
