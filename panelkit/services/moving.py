"""A record moved to a server, or from one to a file.

    moved = to_server(record, server, {"Ruth Calloway": "ruth"}, by)
    moved = to_file(server, path, "Ruth Calloway", passphrase, clock)

Key slots belong to a file and logins to a server: neither goes with somebody to the other. Each of
those changes is an entry of the journal, after everything that went across.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Act, Person, Role
from panelkit.sealing import passphrase as passphrases
from panelkit.services.acting import must_may
from panelkit.services.clock import Clock
from panelkit.services.entering import RECOVERY
from panelkit.services.logins import clean_login, must_have_logins
from panelkit.services.people import FIRST, clean_name, marked
from panelkit.store import care, moving
from panelkit.store.moving import Moved, Slotted
from panelkit.store.record import Record
from panelkit.store.server import Server
from panelkit.store.slots import Slots


@dataclass(frozen=True, slots=True, repr=False)
class MovedToFile:
    """What went across, and the passphrase of the new sealed way in: shown once, kept nowhere."""

    moved: Moved
    recovery: str


def logins_said(said: Sequence[str]) -> dict[str, str]:
    """Logins by people's names, of words like ``Ruth Calloway=ruth``. Raises BadInput."""
    found: dict[str, str] = {}
    for each in said:
        name, equals, login = each.rpartition("=")
        if not equals:
            raise BadInput(f"“{each}” is no login.", remedy='Write --login "Ruth Calloway=ruth".')
        clean = clean_name(name)
        if any(_same(clean, other) for other in found):
            raise BadInput(f"{clean} is given two logins.", remedy="Say one.")
        found[clean] = clean_login(login)
    if len(set(found.values())) != len(found):
        raise BadInput(
            "Two people are given one login.", remedy="Each person has a login of their own."
        )
    return found


def to_server(record: Record, server: Server, logins: Mapping[str, str], clock: Clock, who: str) -> Moved:  # fmt: skip
    """The record on ``server``, with these logins; ``record`` keeps a note of it and is else as it was.

    Raises NotAllowed for somebody who is no administrator, Refused where no administrator has a
    login or there is a record already, NotFound for a name that nobody has, BadInput, NotSaved.
    """
    must_may(record, Act.PEOPLE)
    by = By(who, clock())
    moved = moving.to_server(record, server, lambda people: _with_logins(people, logins), by)
    record.note_care(care.MOVED, str(server), moved.head, by)
    return moved


def _with_logins(people: Sequence[Person], logins: Mapping[str, str]) -> moving.Changes:
    """Who comes in with which login; key slots stay with the file."""
    active = [each for each in people if not each.removed and not each.is_recovery]
    if not active:
        return _first_of_all(logins)
    given = {_of(active, name).id: login for name, login in logins.items()}
    changes: list[tuple[Person | None, Person]] = []
    for before in people:
        after = replace(before, mark="", login=given.get(before.id, ""))
        if after.login:
            must_have_logins(after.roles)
        if after != before:
            changes.append((before, replace(after, revision=before.revision + 1)))
    if not any(a.login and Role.ADMINISTRATOR in a.roles for _b, a in changes):
        who = ", ".join(each.name for each in active if Role.ADMINISTRATOR in each.roles)
        raise Refused(
            "No administrator would come in on the server.",
            remedy=f'Give one a login with --login "NAME=LOGIN": {who}.',
        )
    # Whoever loses a login comes first: somebody else may have it now.
    return sorted(changes, key=lambda change: bool(change[1].login))


def _first_of_all(logins: Mapping[str, str]) -> moving.Changes:
    """A record in which people were claimed names has nobody yet: the first is made."""
    if len(logins) != 1:
        raise Refused(
            "Nobody is known to this record yet: it was never encrypted.",
            remedy='Say who is its first administrator, with one --login "NAME=LOGIN".',
        )
    ((name, login),) = logins.items()
    return [(None, Person(str(uuid.uuid4()), name, FIRST, login=login))]


def to_file(server: Server, path: Path, name: str, passphrase: str, clock: Clock) -> MovedToFile:
    """The record on ``server`` as an encrypted file at ``path``, which ``name`` opens.

    The others get a passphrase from them (``panelkit people reset``). Raises NotAllowed for a
    login that does not see all of it, NotFound for a name that nobody has, Refused for somebody
    who is no administrator and where there is a file, BadInput for a short passphrase, NotSaved.
    """
    given = passphrases.must_do(passphrase, "A passphrase")
    recovery = passphrases.offered()

    def settle(people: tuple[Person, ...], record: str) -> Slotted:
        first = _of([p for p in people if not p.removed and not p.is_recovery], clean_name(name))
        if Role.ADMINISTRATOR not in first.roles:
            raise Refused(
                f"{first.name} is no administrator of the record.",
                remedy="Whoever opens the file first gives the others their passphrases.",
            )
        sealed = next((p for p in people if p.is_recovery and not p.removed), None)
        way_in = sealed or Person(
            str(uuid.uuid4()), RECOVERY, frozenset({Role.ADMINISTRATOR}), is_recovery=True
        )
        slots = Slots.made(record).added(first.id, first.name, given)
        slots = slots.added(way_in.id, RECOVERY, passphrases.as_told(recovery))
        changes: list[tuple[Person | None, Person]] = []
        for before in people:
            after = marked(replace(before, mark="", login=""), slots)
            if after != before:
                changes.append((before, replace(after, revision=before.revision + 1)))
        if sealed is None:
            changes.append((None, marked(way_in, slots)))
        return Slotted(changes, slots, first.id)

    moved = moving.to_file(server, path, settle, By(clean_name(name), clock()))
    return MovedToFile(moved, recovery)


def _of(people: Sequence[Person], name: str) -> Person:
    for person in people:
        if _same(person.name, name):
            return person
    raise NotFound(f"Nobody called {name} works with this record.")


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
