"""The way into an encrypted record: a name and a passphrase, at the start and at the lock.

record = enter(path, "Ruth Calloway", "ruth", passphrase, tries, clock)
OpensWith(record, tries, clock).open_again(passphrase)     # at the lock; the record stays open
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from panelkit.domain.errors import NotAllowed, Refused
from panelkit.sealing.passphrase import as_told
from panelkit.services.clock import Clock
from panelkit.store import encrypting
from panelkit.store.belongings import is_encrypted, keys_of
from panelkit.store.keys import Keys, Opened
from panelkit.store.record import Record
from panelkit.store.slots import WRONG, Slot, Slots
from panelkit.store.tries import Tries, until

NOT_IT: Final = "That is not the password."
RECOVERY: Final = "recovery"
"""What the sealed way in is called."""


def needs_passphrase(path: Path) -> bool:
    """Whether the record at ``path`` is encrypted. Raises NotSaved where it cannot be read."""
    return path.is_file() and is_encrypted(path)


def enter(
    path: Path, claimed: str, account: str, passphrase: str, tries: Tries, clock: Clock
) -> Record:
    """The record, opened by whoever is called ``claimed``.

    Where nobody says who they are, by the person with the name of the ``account``, else by the
    only person beside the sealed way in: on a laptop of one person nobody has to say it. Raises
    Refused for a wrong passphrase and while it must be waited, NotFound, BadInput, NotSaved.
    """
    slots, slot, keys = _keys(path, claimed, account, passphrase, tries, clock)
    return encrypting.open_with(path, slots, slot.id, keys)


def unlock(
    copy: Path, claimed: str, account: str, passphrase: str, tries: Tries, clock: Clock
) -> Opened:
    """The keys of the copy at ``copy``, which is only read: by a passphrase of when it was made.

    Raises as :func:`enter`.
    """
    _slots, slot, keys = _keys(copy, claimed, account, passphrase, tries, clock)
    return Opened(keys[0], slot.id)


def _keys(
    path: Path, claimed: str, account: str, passphrase: str, tries: Tries, clock: Clock
) -> tuple[Slots, Slot, tuple[Keys, ...]]:
    slots = Slots.read(keys_of(path))
    slot = slots.finds(claimed) if claimed else slots.finds(account) or _only(slots)
    with _counted(slots.record, tries, clock):
        if slot is None:
            slots.open(claimed or account, as_told(passphrase))  # takes as long, and refuses
            raise Refused(WRONG)
        return slots, slot, slots.open_slot(slot, as_told(passphrase))


def _only(slots: Slots) -> Slot | None:
    sealed = slots.finds(RECOVERY)
    people = [slot for slot in slots.slots if slot != sealed]
    return people[0] if len(people) == 1 else None


class _counted:  # noqa: N801 - reads as a verb where it is used
    """Waits are asked for before, and a wrong passphrase is counted after."""

    def __init__(self, record: str, tries: Tries, clock: Clock) -> None:
        self._record, self._tries, self._clock = record, tries, clock

    def __enter__(self) -> None:
        left = self._tries.seconds_left(self._record, self._clock())
        if left:
            msg = "Too many wrong passphrases."
            raise Refused(msg, remedy=f"Try again {until(left)}.")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._tries.right(self._record)
        elif isinstance(error, Refused) and error.message in (WRONG, NOT_IT):
            wait = self._tries.wrong(self._record, self._clock())
            if wait:
                raise Refused(error.message, remedy=f"Try again {until(wait)}.") from None


class OpensWithLogin:
    """Whoever came in with a login of a server, asked for its password again."""

    asks_for = "password"

    def __init__(self, record: Record, tries: Tries, clock: Clock) -> None:
        """``record`` is on a server that asked for a password."""
        self._record, self._tries, self._clock = record, tries, clock

    def open_again(self, passphrase: str) -> None:
        """Returns where it is right. Raises Refused, in words; NotSaved where nobody answers."""
        from panelkit.store.postgres import prove
        from panelkit.store.server import Server, identity

        where = self._record.location
        if not isinstance(where, Server):
            msg = "a record in a file has a passphrase"
            raise TypeError(msg)
        login = where.with_login(self._record.opened.login)
        with _counted(identity(where), self._tries, self._clock):
            try:
                prove(login, passphrase)
            except NotAllowed as wrong:
                raise Refused(NOT_IT) from wrong


class OpensWith:
    """Whoever opened the record, asked for their passphrase again."""

    asks_for = "passphrase"

    def __init__(self, record: Record, tries: Tries, clock: Clock) -> None:
        """``record`` was opened with a passphrase."""
        self._record, self._tries, self._clock = record, tries, clock

    def open_again(self, passphrase: str) -> None:
        """Returns where it is right. Raises Refused, in words; NotFound, BadInput."""
        slots = Slots.read(keys_of(self._record.path))
        slot = slots.slot(self._record.opened.person)
        me = self._record.person(self._record.opened.person)
        if slot is None or me is None or me.removed:
            raise Refused("You no longer have a way into this record.", remedy="Leave with ^Q.")
        with _counted(slots.record, self._tries, self._clock):
            slots.open_slot(slot, as_told(passphrase))
