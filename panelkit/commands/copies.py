"""Copies of the record: made, looked at, brought back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput, NotFound, NotSaved, PanelkitError, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By
from panelkit.services.clock import room_time
from panelkit.store import places
from panelkit.wiring import (
    Settings,
    keep_reason,
    open_record,
    record_in_use,
    who_works,
    wrong_tries,
)

if TYPE_CHECKING:
    from panelkit.services.copies import Copied
    from panelkit.services.desk import Desk
    from panelkit.store.keys import Opened
    from panelkit.store.record import Record


def backup(settings: Settings, target: Path, *, as_json: bool) -> int:
    """A checked copy of the record, while it may be in use."""
    from panelkit.services import copies
    from panelkit.store.belongings import is_encrypted

    with record_in_use(settings) as record:
        encrypted = is_encrypted(record.path)
        place = copies.place_of(target, settings.clock)
        _must_be_fit(settings, place, encrypted=encrypted)
        made = copies.backup(record, target, settings.clock, who_works(settings, record))
        keep_reason(record, settings, place)
    if as_json:
        say_json(as_data(made))
    else:
        say(f"{made.path}: {holds(made)}")
        _say_wrong(made)
        if not encrypted:
            say("It is not encrypted: keep it where you would keep the record.")
    return 0 if made.checked.is_good else 1


def restore(
    settings: Settings, copy: Path, to: Path | None, *, test: bool = False, as_json: bool
) -> int:
    """What a copy would bring back; with ``to``, the copy as a record of its own.

    ``test`` brings it back for a moment and reads all of it, and the record remembers when.
    """
    from panelkit.services import copies

    if test and to is not None:
        raise Refused("--test and --to are two things.", remedy="Give one of them.")
    if to is not None:
        _must_be_fit(settings, to, encrypted=False)
    record = _record_in_use(settings, needed=test, as_json=as_json)
    opened = _keys_of(settings, copy, record)
    who = who_works(settings, record)
    by = By(who, settings.clock())
    try:
        if test and record is not None:
            found = copies.try_out(copy, record, settings.clock, who)
        elif to is None:
            found = copies.look(copy, record, opened=opened)
        else:
            found = copies.restore(copy, to, record, by=by, opened=opened)
            if record is not None:
                keep_reason(record, settings, to)
    finally:
        if record is not None:
            record.close()
    if as_json:
        say_json(as_data(found))
    else:
        _say_restored(copy, found, to, tried=test)
    return 0 if found.checked.is_good and (found.remembered or not test) else 1


def _record_in_use(settings: Settings, *, needed: bool, as_json: bool) -> Record | None:
    """The record that the copy is held against; None where there is none.

    One that cannot be opened is what copies are for: it goes on without it.
    """
    where = settings.database
    if isinstance(where, Path) and not where.is_file():
        if needed:
            msg = f"There is no record at {settings.database}."
            raise NotFound(msg, remedy="Name the one the copy was made of with --db.")
        return None
    try:
        return open_record(settings, settings.database)
    except (BadInput, NotSaved) as failed:
        if needed:
            raise
        if not as_json:
            say(f"Not held against the record in use: {failed.message}")
        return None


def _keys_of(settings: Settings, copy: Path, record: Record | None) -> Opened | None:
    """The copy's own keys, by the passphrase of when it was made, where the record's are others.

    None where the copy is not encrypted, or opens as the record does. Raises as ``enter``.
    """
    from panelkit.services.entering import unlock
    from panelkit.store.belongings import is_encrypted

    if not copy.is_file() or not is_encrypted(copy):
        return None
    if record is not None and record.opens_too(copy):
        return None
    said = settings.ask(f"Passphrase for {copy.name}: ")
    return unlock(copy, settings.claimed, settings.account, said, wrong_tries(), settings.clock)


def _must_be_fit(settings: Settings, place: Path, *, encrypted: bool) -> None:
    """Raises Refused for a place that nobody answered for."""
    places.must_be_fit(
        place, settings.machine(), reason=settings.reason_for_place, encrypted_copy=encrypted
    )


def at_close(desk: Desk) -> None:
    """The copy that is due when the program is left, made and said in a line.

    Where it fails the record is as it was; the next time that the program is left tries again.
    """
    try:
        keeping = desk.keeping
        if desk.demo or not keeping.is_due():
            return
        keeping.tidy()
        made = keeping.make()
    except PanelkitError as failed:
        say(f"No copy was made: {failed.sentence} What you typed is in the record.")
        return
    say(f"A copy was made: {made.path} ({holds(made)}).")
    _say_wrong(made)


def holds(found: Copied) -> str:
    """``17 meetings, 4211 journal entries, the last of 28 November 2026 12:05``."""
    number = len(found.meetings)
    said = f"{number} meeting{'' if number == 1 else 's'}, {found.checked.entries} journal entries"
    if found.newest is None:
        return said
    last = room_time(found.newest)
    return f"{said}, the last of {long_date(last.date())} {last:%H:%M}"


def as_data(found: Copied) -> dict[str, Any]:
    """What other programs read; more keys may be added."""
    beside = found.against
    return {
        "path": str(found.path), "ok": found.checked.is_good, "checksum": found.summed,
        "remembered": found.remembered,
        "meetings": [s.ref for s in found.meetings], "entries": found.checked.entries,
        "newest": found.newest.isoformat() if found.newest else None,
        "record": None if beside is None else {
            "path": str(beside.path), "same_history": beside.same_history,
            "added": list(beside.added), "changed": list(beside.changed), "gone": list(beside.gone),
        },
    }  # fmt: skip


def _say_restored(copy: Path, found: Copied, to: Path | None, *, tried: bool) -> None:
    say(f"{copy}: {holds(found)}")
    _say_wrong(found)
    if found.summed:
        say("It is as it was written, to the last bit (its checksum stands beside it).")
    else:
        say("No checksum stands beside it: damage that its journal does not know is not seen.")
    beside = found.against
    if beside is not None:
        say(f"\nBeside the record in use, {beside.path}:")
        if not beside.same_history:
            say("  it did not go on from this copy: they have different histories.")
        lists = (
            ("the copy has not", beside.added),
            ("changed after the copy was made", beside.changed),
            ("only the copy has", beside.gone),
        )
        for words, refs in lists:
            if refs:
                say(f"  {words}: {', '.join(refs)}")
        if beside.same_history and not any(refs for _words, refs in lists):
            say("  nothing in it is newer than the copy.")
    if tried:
        read = "It was brought back for a moment and read in full."
        kept = "The record remembers it." if found.remembered else "The record could NOT be told."
        say(f"\n{read} {kept}" if found.checked.is_good else "\nIt does not count as tried.")
    elif to is None:
        say("\nNothing was changed. --to FILE writes the copy as a record of its own.")
    else:
        say(f"\nWritten to {to}. Open it with --db {to}; the record in use was not touched.")


def _say_wrong(found: Copied) -> None:
    if not found.checked.is_good:
        say("NOT as it was written: panelkit verify says what. Keep it, and take another copy too.")
