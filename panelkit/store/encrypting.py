"""Encrypted records: made, opened, given other keys, and made of records that were not encrypted.

Writing a record anew with other keys is safe at every moment: the new file is filled and checked
beside the old one, the slots hold both keys while the names change places, and whichever key
opens the file is the right one. No word is on the disk unencrypted at any moment of it. Nobody
else may have the record open: what they wrote would go into the old file.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from panelkit.domain.errors import BadInput, NotSaved, PanelkitError, Refused
from panelkit.store import places
from panelkit.store.arriving import must_be_free, replacing
from panelkit.store.belongings import is_encrypted, keys_of
from panelkit.store.engine import LOCK_WAIT
from panelkit.store.keys import Keys, Opened, raw, unlock
from panelkit.store.record import Record
from panelkit.store.slots import Slots
from panelkit.store.sqlite import APPLICATION_ID

UNKNOWN = "The record does not know that key slot, or knows another in its place."


def new_slots() -> Slots:
    """For a record that is about to be made, or encrypted."""
    return Slots.made(str(uuid.uuid4()))


def create(path: Path, slots: Slots, keys: Keys, person: str) -> Record:
    """An empty encrypted record at ``path``; its slots beside it. Raises Refused, NotSaved."""
    for place in (path, keys_of(path)):
        must_be_free(place)
    try:
        places.make_folder(path.parent)
    except OSError as failed:
        msg = f"{path.parent} cannot be made: {failed.strerror or 'it failed'}."
        raise NotSaved(msg, remedy="Choose a folder of your own with --db.") from None
    slots.holding(keys).write(keys_of(path))
    try:
        return Record.open(path, opened=Opened(keys, person), create=True)
    except BaseException:
        keys_of(path).unlink(missing_ok=True)
        raise


def open_with(path: Path, slots: Slots, person: str, candidates: tuple[Keys, ...]) -> Record:
    """The record, with whichever of the keys opens it; slots that hold more are tidied.

    Raises BadInput where none does, Refused for a slot that the record does not know.
    """
    last: PanelkitError = BadInput(f"{path} is not a panelkit record.")
    for at, keys in enumerate(candidates):
        if keys.record != slots.record:
            raise BadInput(
                "The key slots are those of another record.", remedy="Bring back its own."
            )
        try:
            record = Record.open(path, opened=Opened(keys, person))
        except BadInput as failed:
            last = failed
            continue
        try:
            _must_be_known(record, slots, person)
        except BaseException:
            record.close()
            raise
        if len(candidates) > 1:
            with contextlib.suppress(NotSaved):  # tidied at the next opening
                replace(slots, sealed=(slots.sealed[at],)).write(keys_of(path))
        return record
    raise last


def _must_be_known(record: Record, slots: Slots, person: str) -> None:
    found, slot = record.person(person), slots.slot(person)
    if found is None or found.removed or slot is None or slot.mark not in found.mark.split():
        raise Refused(UNKNOWN, remedy="Ask whoever looks after the record.")


def must_be_the_records(record: Record, slots: Slots) -> None:
    """Every slot is one that the record knows: keys are sealed to no other. Raises BadInput."""
    known = {person.id: person.mark.split() for person in record.people() if not person.removed}
    if any(slot.mark not in known.get(slot.id, ()) for slot in slots.slots):
        raise BadInput(UNKNOWN, remedy="Bring the key slots back from a copy.")


def rewrite(path: Path, slots: Slots, new: Keys, old: Keys | None) -> None:
    """The record at ``path`` once more with the keys ``new``, in its own place.

    ``old`` is None for a record that is not encrypted. ``slots`` hold ``new`` afterwards. The
    record must be closed. Raises NotSaved while another program has it open, or where there is
    no space; the record is then as it was. A kill leaves it as it was, or with the new keys.
    """
    if is_encrypted(path) != (old is not None):
        msg = "the keys do not fit the record"
        raise ValueError(msg)
    try:
        with _alone(path, old) as connection, replacing(path) as part:
            _fill(connection, part, new)
            slots.holding(new, also=old).write(keys_of(path))
    except (dbapi2.Error, OSError) as failed:
        raise _why_not(failed) from None
    slots.holding(new).write(keys_of(path))


@contextmanager
def _alone(path: Path, keys: Keys | None) -> Iterator[Any]:
    """A connection while nobody else has the record open; its log is put away."""
    connection = dbapi2.connect(str(path), timeout=LOCK_WAIT, isolation_level=None)
    try:
        unlock(connection, keys.database if keys is not None else None)
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        # Leaving the log mode needs that nobody else has the file open, and empties the log: a
        # log of the old file beside the new one would be read into it.
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode != "delete" or path.with_name(f"{path.name}-wal").exists():
            raise dbapi2.OperationalError("database is locked")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # in this mode the lock stays until the connection is closed
        yield connection
    finally:
        connection.close()


def _fill(connection: Any, part: Path, keys: Keys) -> None:
    connection.execute(f'ATTACH DATABASE ? AS anew KEY "{raw(keys.database)}"', (str(part),))
    try:
        connection.execute("SELECT sqlcipher_export('anew')")
        connection.execute(f"PRAGMA anew.application_id = {APPLICATION_ID}")
        if not _are_the_same(connection):
            msg = "The new file does not check; the record is as it was."
            raise NotSaved(msg, remedy="Look at the disk.")
    finally:
        connection.execute("DETACH DATABASE anew")


def _are_the_same(connection: Any) -> bool:
    def schema(name: str) -> list[Any]:
        found = f"SELECT type, name, tbl_name, sql FROM {name}.sqlite_master ORDER BY type, name"  # noqa: S608 - two names
        return list(connection.execute(found).fetchall())

    if schema("main") != schema("anew"):
        return False
    if connection.execute("PRAGMA anew.integrity_check(1)").fetchone()[0] != "ok":
        return False
    for kind, table, _of, sql in schema("main"):
        # A table of the search holds nothing itself: what it keeps is in tables beside it.
        if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
            both = (
                connection.execute(f'SELECT count(*) FROM {name}."{table}"').fetchone()[0]  # noqa: S608 - names from the schema
                for name in ("main", "anew")
            )
            if len(set(both)) != 1:
                return False
    return True


def _why_not(failed: Exception) -> NotSaved:
    words = str(failed).lower()
    if "locked" in words or "busy" in words:
        msg = "The record is open in another program."
        return NotSaved(msg, remedy="Close panelkit everywhere, and try again.")
    return NotSaved(
        "The record cannot be written anew; it is as it was.",
        remedy="Look at the disk’s space and the folder’s rights.",
    )
