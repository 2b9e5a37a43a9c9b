"""Copies of the record: made, looked at, brought back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.printing import say, say_json
from panelkit.domain.fields import long_date
from panelkit.services.clock import room_time
from panelkit.wiring import Settings

if TYPE_CHECKING:
    from panelkit.services.copies import Copied


def backup(settings: Settings, target: Path, *, as_json: bool) -> int:
    """A checked copy of the record, while it may be in use."""
    from panelkit.services import copies
    from panelkit.store.record import Record

    record = Record.open(settings.database)
    try:
        made = copies.backup(record, target, settings.clock)
    finally:
        record.close()
    if as_json:
        say_json(as_data(made))
    else:
        say(f"{made.path}: {holds(made)}")
        _say_wrong(made)
        say("It is not encrypted: keep it where you would keep the record.")
    return 0 if made.checked.is_good else 1


def restore(settings: Settings, copy: Path, to: Path | None, *, as_json: bool) -> int:
    """What a copy would bring back; with ``to``, the copy as a record of its own."""
    from panelkit.services import copies
    from panelkit.store.record import Record

    record = Record.open(settings.database) if settings.database.is_file() else None
    try:
        found = copies.look(copy, record) if to is None else copies.restore(copy, to, record)
    finally:
        if record is not None:
            record.close()
    if as_json:
        say_json(as_data(found))
    else:
        _say_restored(copy, found, to)
    return 0 if found.checked.is_good else 1


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
        "meetings": [s.ref for s in found.meetings], "entries": found.checked.entries,
        "newest": found.newest.isoformat() if found.newest else None,
        "record": None if beside is None else {
            "path": str(beside.path), "same_history": beside.same_history,
            "added": list(beside.added), "changed": list(beside.changed), "gone": list(beside.gone),
        },
    }  # fmt: skip


def _say_restored(copy: Path, found: Copied, to: Path | None) -> None:
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
    if to is None:
        say("\nNothing was changed. --to FILE writes the copy as a record of its own.")
    else:
        say(f"\nWritten to {to}. Open it with --db {to}; the record in use was not touched.")


def _say_wrong(found: Copied) -> None:
    if not found.checked.is_good:
        say("NOT as it was written: panelkit verify says what. Keep it, and take another copy too.")
