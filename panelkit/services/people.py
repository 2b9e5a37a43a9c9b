"""People who work with the record: added, given roles, barred from a case, removed.

    made = found(path, "Ruth Calloway", roles, passphrase, clock)     # a new encrypted record
    made = encrypt(path, "Ruth Calloway", roles, passphrase, clock)   # one that was not encrypted
    People(record, clock).add("Omar Okafor", roles, passphrase)

Removing somebody gives the record other keys, for which nobody else may have it open.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Access, Act, Person, Role
from panelkit.domain.text import gate_line
from panelkit.sealing import passphrase as passphrases
from panelkit.services.acting import acting
from panelkit.services.clock import Clock
from panelkit.services.entering import RECOVERY
from panelkit.store import encrypting
from panelkit.store.belongings import keys_of
from panelkit.store.keys import Keys, Opened
from panelkit.store.record import Record
from panelkit.store.slots import Slots

FIRST: frozenset[Role] = frozenset(
    {Role.ADMINISTRATOR, Role.COORDINATOR, Role.CHAIR, Role.MINUTE_TAKER}
)
"""What the first person may do unless somebody says otherwise: a record needs somebody for each."""
_WHAT = "A passphrase"


@dataclass(frozen=True, slots=True, repr=False)
class Founded:
    """An encrypted record, open, with the passphrase of its sealed way in: shown once, kept nowhere."""

    record: Record
    recovery: str


def offered() -> str:
    """Eight words that nobody else has."""
    return passphrases.offered()


def found(path: Path, name: str, roles: Iterable[Role], passphrase: str, clock: Clock) -> Founded:
    """A new encrypted record with its first person. Raises Refused, BadInput, NotSaved."""
    person, slots, recovery, sealed = _first(name, roles, passphrase)
    keys = Keys.new(slots.record)
    record = encrypting.create(path, slots, keys, person.id)
    _store(record, (person, sealed), By(person.name, clock()))
    return Founded(record, recovery)


def encrypt(path: Path, name: str, roles: Iterable[Role], passphrase: str, clock: Clock) -> Founded:
    """The record at ``path``, that was not encrypted, encrypted in its place.

    Nobody may have it open. Raises Refused, BadInput, NotSaved; it is then as it was. What lies
    beside it (copies, earlier files) is not touched, and neither is what the disk keeps of the
    old file: words deleted are not words gone.
    """
    person, slots, recovery, sealed = _first(name, roles, passphrase)
    record = Record.open(path)
    try:
        if any(not each.removed for each in record.people()):
            raise Refused(
                "This record has people already.", remedy="Look at it with panelkit people."
            )
        _store(record, (person, sealed), By(person.name, clock()))
        entries = record.verify().entries
    finally:
        record.close()
    keys = Keys.new(slots.record, chain_from=entries + 1)
    try:
        encrypting.rewrite(path, slots, keys, None)
    except BaseException:
        _take_back(path, (person, sealed), By(person.name, clock()))
        raise
    record = Record.open(path, opened=Opened(keys, person.id))
    record.note_of_record("encrypted", By(person.name, clock()), command=_new())
    return Founded(record, recovery)


def _take_back(path: Path, people: Iterable[Person], by: By) -> None:
    """Nobody has a way in after all: the record is not encrypted."""
    record = Record.open(path)
    try:
        for person in people:
            record.save_person(
                person, replace(person, removed=True, revision=2), by, command=_new()
            )
    finally:
        record.close()


def _first(name: str, roles: Iterable[Role], passphrase: str) -> tuple[Person, Slots, str, Person]:
    name = clean_name(name)
    chosen = frozenset(roles) | {Role.ADMINISTRATOR}
    slots, recovery = encrypting.new_slots(), passphrases.offered()
    person, sealed = (
        Person(_new(), name, chosen),
        Person(_new(), RECOVERY, frozenset({Role.ADMINISTRATOR}), is_recovery=True),
    )
    slots = slots.added(person.id, name, passphrases.must_do(passphrase, _WHAT))
    slots = slots.added(sealed.id, RECOVERY, passphrases.as_told(recovery))
    return marked(person, slots), slots, recovery, marked(sealed, slots)


def marked(person: Person, slots: Slots) -> Person:
    """With the mark of their slot; blank where they have none."""
    slot = slots.slot(person.id)
    return replace(person, mark=slot.mark if slot else "")


def _store(record: Record, people: Iterable[Person], by: By) -> None:
    for person in people:
        record.save_person(None, person, by, command=_new())


class OwnPassphrase:
    """What everybody does, whatever their role: change their own passphrase."""

    def __init__(self, record: Record, clock: Clock) -> None:
        """``record`` was opened with a passphrase."""
        self.record = record
        self.clock = clock

    def _by(self) -> By:
        me = self.record.me
        return By(me.name if me else "", self.clock())

    def change_passphrase(self, old: str, new: str) -> None:
        """One's own. Raises Refused where ``old`` is not it, BadInput for a short one."""
        me = self.record.me
        slots, _keys = self._slots()
        slot = slots.slot(me.id) if me else None
        if me is None or slot is None:
            raise Refused("This record asks nobody for a passphrase.")
        slots.open_slot(slot, passphrases.as_told(old))
        self._give_slot(me, passphrases.must_do(new, _WHAT))

    def _give_slot(self, person: Person, passphrase: str) -> None:
        slots, keys = self._slots()
        slots = slots.added(person.id, person.name, passphrases.as_told(passphrase)).holding(keys)
        new = marked(person, slots)
        # The record knows both slots while the file beside it changes: whichever is there when
        # the program is killed opens it.
        both = replace(new, mark=f"{person.mark} {new.mark}".strip(), revision=person.revision + 1)
        self.record.save_person(person, both, self._by(), command=_new())
        slots.write(keys_of(self.record.path))
        after = replace(new, revision=both.revision + 1)
        self.record.save_person(both, after, self._by(), command=_new())

    def _slots(self) -> tuple[Slots, Keys]:
        keys = self.record.opened.keys
        if self.record.is_on_server:
            msg = "On a server people come in with their logins, and the record has no passphrases."
            raise Refused(msg, remedy="Whoever looks after the server changes a login’s password.")
        if keys is None:
            msg = "This record is not encrypted: people are claimed names."
            raise Refused(msg, remedy="Encrypt it with panelkit encrypt.")
        slots = Slots.read(keys_of(self.record.path))
        for person in self.record.people():
            if person.removed:
                slots = slots.without(person.id)
        encrypting.must_be_the_records(self.record, slots)
        return slots, keys


@acting(Act.PEOPLE, change_passphrase=Act.ENTER)
class People(OwnPassphrase):
    """What an administrator does."""

    def every(self) -> tuple[Person, ...]:
        """Everybody who works with the record; the sealed way in and removed people too."""
        return self.record.people()

    def find(self, name: str) -> Person:
        """Somebody by name. Raises NotFound."""
        for person in self.record.people():
            if not person.removed and _same(person.name, name):
                return person
        msg = f"Nobody called {name} works with this record."
        raise NotFound(msg, remedy="See panelkit people list.")

    def add(self, name: str, roles: Iterable[Role], passphrase: str) -> Person:
        """Somebody new, with a way in. Raises Refused for a name that is taken, BadInput."""
        name, chosen = clean_name(name), frozenset(roles)
        if not chosen:
            raise BadInput("Say which role, with --role.")
        self._must_be_new(name)
        person = Person(_new(), name, chosen)
        slots, keys = self._slots()
        slots = slots.added(person.id, name, passphrases.must_do(passphrase, _WHAT))
        person = marked(person, slots)
        # First the person, then the way in: a slot that the record does not know opens nothing.
        self.record.save_person(None, person, self._by(), command=_new())
        slots.holding(keys).write(keys_of(self.record.path))
        return person

    def change_roles(self, name: str, roles: Iterable[Role]) -> Person:
        """Other roles. Raises Refused where nobody would be administrator, or for the sealed way in."""
        before, chosen = self.find(name), frozenset(roles)
        if before.is_recovery:
            raise Refused("The sealed way in has no other role.")
        if not chosen:
            raise BadInput("Say which role, with --role.")
        if Role.ADMINISTRATOR not in chosen:
            self._must_leave_an_administrator(before)
        after = replace(before, roles=chosen, revision=before.revision + 1)
        self.record.save_person(before, after, self._by(), command=_new())
        return after

    def remove(self, name: str) -> Person:
        """Their way in is gone, and the record has other keys: what they carried away opens none
        of what is written from now on. The record is closed afterwards.

        Raises Refused for oneself and the last administrator, NotSaved while somebody else has
        the record open: then they are removed, and the keys are changed by the next ``remove``
        or ``rekey``.
        """
        before = self.find(name)
        if before.is_recovery:
            raise Refused("The sealed way in is not removed.", remedy="Change it: people recovery.")
        if before.id == self.record.opened.person:
            raise Refused("Nobody removes themselves.", remedy="Ask another administrator.")
        self._must_leave_an_administrator(before)
        after = replace(before, removed=True, revision=before.revision + 1)
        self.record.save_person(before, after, self._by(), command=_new())
        if not self.record.is_on_server:  # there the server takes their rights in the same moment
            self.rekey()
        return after

    def rekey(self) -> None:
        """Other keys for everybody who is not removed; the record is closed afterwards."""
        slots, keys = self._slots()
        self.record.note_of_record("keys changed", self._by(), command=_new())
        slots.holding(keys).write(keys_of(self.record.path))
        path = self.record.path
        self.record.close()
        encrypting.rewrite(path, slots, keys.rekeyed(), keys)

    def new_recovery(self) -> str:
        """Another passphrase for the sealed way in, and the old one opens nothing; shown once."""
        sealed = next((p for p in self.record.people() if p.is_recovery), None)
        if sealed is None:
            sealed = Person(_new(), RECOVERY, frozenset({Role.ADMINISTRATOR}), is_recovery=True)
            self.record.save_person(None, sealed, self._by(), command=_new())
        recovery = passphrases.offered()
        self._give_slot(sealed, recovery)
        return recovery

    def reset_passphrase(self, name: str, passphrase: str) -> None:
        """Another passphrase for somebody who forgot theirs. Raises NotFound, BadInput."""
        self._give_slot(self.find(name), passphrases.must_do(passphrase, _WHAT))

    # -- one person and one case -----------------------------------------------------------

    def set_access(self, case_ref: str, name: str, said: Access | None) -> None:
        """Bar somebody from a case, make them a member, or neither. Raises NotFound, Refused."""
        person, case_id = self.find(name), self._case(case_ref)
        self.record.set_access(case_id, person.id, said, self._by(), command=_new())

    def access_to(self, case_ref: str) -> tuple[tuple[Person, Access], ...]:
        """What is said of a case, by name. Raises NotFound."""
        said = self.record.access(self._case(case_ref))
        return tuple((p, said[p.id]) for p in self.record.people() if p.id in said)

    def _case(self, case_ref: str) -> str:
        found = self.record.case_id(case_ref)
        if found is None:
            raise NotFound(f"There is no case {case_ref} in this record.")
        return found

    def _must_be_new(self, name: str) -> None:
        if any(_same(p.name, name) for p in self.record.people() if not p.removed):
            raise Refused(f"{name} works with this record already.")

    def _must_leave_an_administrator(self, leaving: Person) -> None:
        others = (
            p for p in self.record.people()
            if p.id != leaving.id and not p.removed and not p.is_recovery
        )  # fmt: skip
        if not any(Role.ADMINISTRATOR in p.roles for p in others):
            msg = f"{leaving.name} is the only administrator."
            raise Refused(msg, remedy="Make somebody else administrator first.")


def clean_name(name: str) -> str:
    clean = " ".join(gate_line(name).text.split())
    if not clean or len(clean) > 120:
        raise BadInput("Say the name of the person.", remedy="With --as, or after add.")
    if _same(clean, RECOVERY):
        raise BadInput(f"Nobody is called {RECOVERY}: that is the sealed way in.")
    return clean


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _new() -> str:
    return str(uuid.uuid4())
