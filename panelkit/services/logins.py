"""People of a record on a server: each comes in with a login of their own.

    found_at(server, "Ruth Calloway", roles, "ruth", clock)     # a new record in an empty database
    Logins(record, clock).add("Omar Okafor", roles, "omar")

The logins are made and their passwords changed by whoever looks after the server; which rights a
login has follows from its person's roles, and the server sees to that itself.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Act, Person, Role
from panelkit.domain.text import gate_line
from panelkit.services.acting import acting
from panelkit.services.clock import Clock
from panelkit.services.people import People, clean_name
from panelkit.store import logins
from panelkit.store.grants import NOT_HERE
from panelkit.store.server import Server


def found_at(server: Server, name: str, roles: Iterable[Role], login: str, clock: Clock) -> Person:
    """A new record with its first person. Raises Refused, BadInput, NotSaved, NotAllowed."""
    chosen = must_have_logins(frozenset(roles) | {Role.ADMINISTRATOR})
    person = Person(str(uuid.uuid4()), clean_name(name), chosen, login=clean_login(login))
    if person.login == server.login:
        raise Refused(
            "Whoever owns the tables does not work with them: the server's rules would not bind them.",
            remedy="Name another login with --login, and keep this one for upgrades.",
        )
    logins.found(server, person, By(person.name, clock()))
    return person


@acting(Act.PEOPLE, change_passphrase=Act.ENTER)
class Logins(People):
    """What an administrator does where people have logins."""

    def add(self, name: str, roles: Iterable[Role], login: str) -> Person:
        """Somebody new, who comes in with ``login``. Raises Refused for a name or login that is
        taken, BadInput for a login that the server does not know.
        """
        name, chosen = clean_name(name), must_have_logins(frozenset(roles))
        self._must_be_new(name)
        person = Person(str(uuid.uuid4()), name, chosen, login=clean_login(login))
        self.record.save_person(None, person, self._by(), command=str(uuid.uuid4()))
        return person

    def change_roles(self, name: str, roles: Iterable[Role]) -> Person:
        """Other roles; the server gives the login other rights in the same moment."""
        return super().change_roles(name, must_have_logins(frozenset(roles)))

    def change_login(self, name: str, login: str) -> Person:
        """Another login; the old one has no right any more. Raises NotFound, Refused, BadInput."""
        before = self.find(name)
        after = replace(before, login=clean_login(login), revision=before.revision + 1)
        self.record.save_person(before, after, self._by(), command=str(uuid.uuid4()))
        return after


def must_have_logins(roles: frozenset[Role]) -> frozenset[Role]:
    """The roles, where a server has a place for each. Raises BadInput for none, Refused."""
    if not roles:
        raise BadInput("Say which role, with --role.")
    if roles & NOT_HERE:
        raise Refused(
            "A lay adviser has no login on a server.",
            remedy="Their sheet goes to them in Word and is read in (panelkit audit REF --sheet, panelkit observe FILE).",
        )
    return roles


def clean_login(login: str) -> str:
    """A login as a server can have one. Raises BadInput."""
    clean = gate_line(login).text.strip()
    if not clean or len(clean.encode()) > 63 or any(each.isspace() for each in clean):
        raise BadInput(
            "Say the login of the person.", remedy="With --login, as the server calls them."
        )
    return clean
