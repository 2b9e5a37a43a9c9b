"""People and their roles, stored; each change of one in the journal."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, select

from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.people import Person, Role
from panelkit.store import journal
from panelkit.store.cases import must_be_next
from panelkit.store.tables import PERSON

_ACTIVE: Final = "active"
_REMOVED: Final = "removed"
_RECOVERY: Final = "recovery"


def every(connection: Connection) -> tuple[Person, ...]:
    """Everybody, removed ones too, by name."""
    found = connection.execute(select(PERSON).order_by(PERSON.c.name)).mappings()
    return tuple(_person(row) for row in found)


def find(connection: Connection, person_id: str) -> Person | None:
    """One of them; None where there is none."""
    row = connection.execute(select(PERSON).where(PERSON.c.id == person_id)).mappings().first()
    return _person(row) if row else None


def insert(connection: Connection, person: Person) -> list[journal.Change]:
    """Somebody new. Raises Refused for a login that is somebody else's."""
    _must_be_theirs(connection, person)
    connection.execute(PERSON.insert(), _columns(person))
    return _changes(None, person)


def update(connection: Connection, before: Person, after: Person) -> list[journal.Change]:
    """What changed. Raises StaleRecord where somebody else changed it meanwhile."""
    must_be_next(before.revision, after.revision)
    _must_be_theirs(connection, after)
    here = PERSON.update().where(PERSON.c.id == before.id, PERSON.c.revision == before.revision)
    if connection.execute(here, _columns(after)).rowcount != 1:
        msg = f"{before.name} was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="person.roles")
    return _changes(before, after)


def _must_be_theirs(connection: Connection, person: Person) -> None:
    here = (PERSON.c.login == person.login) & (PERSON.c.id != person.id)
    if person.login and connection.execute(select(PERSON.c.name).where(here)).first():
        msg = f"The login {person.login} is somebody else’s."
        raise Refused(msg, remedy="Each person has a login of their own.")


def _changes(before: Person | None, after: Person) -> list[journal.Change]:
    changes = []
    old: dict[str, Any] = _columns(before) if before else {}
    for name, now in _columns(after).items():
        was = old.get(name, "")
        if name not in ("id", "revision") and now != was:
            salt = journal.new_salt()
            changes.append(
                journal.Change(
                    "",
                    "person",
                    after.id,
                    name,
                    journal.salted(was, salt),
                    journal.salted(now, salt),
                )
            )
    return changes


def _columns(person: Person) -> dict[str, Any]:
    state = _REMOVED if person.removed else _RECOVERY if person.is_recovery else _ACTIVE
    return {
        "id": person.id, "name": person.name, "mark": person.mark, "state": state,
        "roles": " ".join(str(role) for role in Role if role in person.roles),
        "login": person.login, "revision": person.revision,
    }  # fmt: skip


def _person(row: Any) -> Person:
    return Person(
        id=row["id"], name=row["name"], roles=frozenset(Role(r) for r in row["roles"].split()),
        mark=row["mark"], removed=row["state"] == _REMOVED,
        is_recovery=row["state"] == _RECOVERY, login=row["login"], revision=row["revision"],
    )  # fmt: skip
