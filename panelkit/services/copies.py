"""Copies of the record: made while it is in use, looked at, and brought back beside it.

    made = backup(record, folder, clock)          # a dated name, checked
    found = look(made.path, record)               # what it holds, against the record here
    found = restore(made.path, new_file, record)  # the same, written as a record of its own

A copy never takes the place of a file, and bringing one back never touches the record in use.
That a copy was made, or tried by opening all of it, is remembered in the record it belongs to.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from panelkit.domain.errors import BadInput, PanelkitError, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.services.acting import must_may
from panelkit.services.clock import Clock, room_time
from panelkit.store import belongings, care, copies
from panelkit.store.arriving import for_a_while, must_be_free
from panelkit.store.heads import RESTORED
from panelkit.store.journal import Checked
from panelkit.store.keys import Opened
from panelkit.store.meetings import Summary
from panelkit.store.record import Record

READ_TOGETHER: Final = 200
"""Meetings held in memory at once while a copy is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy holds."""

    path: Path
    meetings: tuple[Summary, ...]
    newest: datetime | None
    """When its last journal entry was made; None while there is none."""
    checked: Checked
    """Its journal, its issued documents and its words, looked through."""
    summed: bool = False
    """Whether a checksum stood beside it, and it is as it was written to the last bit."""
    against: Against | None = None
    """Beside the record in use; None where there is none."""
    remembered: bool = False
    """Whether the record in use now knows that the copy was made, or tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A copy beside the record in use: what the record has that the copy has not."""

    path: Path
    """The record in use."""
    same_history: bool
    """Whether the record went on from where the copy was made."""
    added: tuple[str, ...]
    """References of meetings that the copy has not."""
    changed: tuple[str, ...]
    """References of meetings that were changed after the copy was made."""
    gone: tuple[str, ...]
    """References of meetings that only the copy has."""


def place_of(target: Path, clock: Clock) -> Path:
    """Where a copy goes: ``target``, or a dated name in it where it is a folder."""
    return target / dated_name(clock) if target.is_dir() else target


def backup(record: Record, target: Path, clock: Clock, who: str = "") -> Copied:
    """A copy of ``record`` at ``target``, or under a dated name in the folder ``target``.

    It is opened and looked through before it counts. Raises Refused where something has that
    name, NotSaved; then nothing is left there.
    """
    must_may(record, Act.COPY)
    path = place_of(target, clock)
    found: list[Copied] = []

    def look_at(part: Path) -> None:
        with for_a_while(part.parent) as folder:
            found.append(_look_through(part, folder / "looked-at.db", record))

    record.copy_to(path, look_at)
    made = replace(found[0], path=path, summed=True)
    return replace(made, remembered=_remember(record, care.COPIED, made, clock, who))


def _remember(record: Record, what: str, found: Copied, clock: Clock, who: str) -> bool:
    """Whether the record could be told; a copy is one also where it could not."""
    by = By(who or "somebody", clock())
    try:
        record.note_care(what, str(found.path.absolute()), found.checked.head, by)
    except PanelkitError:
        return False
    return True


def dated_name(clock: Clock) -> str:
    """``panelkit-20261128-120500.db``: a day and a time, never a name."""
    return f"panelkit-{room_time(clock()):%Y%m%d-%H%M%S}.db"


def look(copy: Path, record: Record | None, *, opened: Opened | None = None) -> Copied:
    """What a copy holds; with ``record``, what that has beyond it. Nothing is changed.

    ``opened`` has the copy's own keys, where they are not those of ``record``. Raises NotFound, BadInput, Refused, NotSaved as ``restore``.
    """
    must_may(record, Act.COPY)
    beside = record.path.parent if record is not None else None
    with for_a_while(beside) as folder:
        found = _look_through(copy, folder / "looked-at.db", record, opened)
    return _against(found, record)


def try_out(copy: Path, record: Record, clock: Clock, who: str) -> Copied:
    """Bring ``copy`` back for a moment, read all of it, and remember when that was well.

    Raises as ``look``, and Refused for a copy of another record.
    """
    must_may(record, Act.COPY)
    with for_a_while(record.path.parent) as folder:
        found = _look_through(copy, folder / "tried.db", record, whole=True)
    found = _against(found, record)
    if found.against is not None and not found.against.same_history:
        msg = f"{copy} is a copy of another record."
        raise Refused(msg, remedy="Name the record it was made of with --db.")
    if found.checked.is_good:
        found = replace(found, remembered=_remember(record, care.TRIED, found, clock, who))
    return found


def restore(
    copy: Path, to: Path, record: Record | None = None, *, by: By | None = None,
    opened: Opened | None = None,
) -> Copied:  # fmt: skip
    """The copy as a record of its own at ``to``, where nothing is yet; ``copy`` stays as it is.

    Where ``by`` says who does it, the new record's journal says so: whoever has the record
    remembered as newer than the copy is then told what became of it.

    One that was made by an older panelkit is brought up to date there. Raises NotFound,
    BadInput for a file that is no record or is damaged, Refused for a name that is taken or a
    record in use, NotSaved.
    """
    must_may(record, Act.COPY)
    must_be_free(to)
    found = replace(_against(_look_through(copy, to, record, opened), record), path=to)
    if by is not None:
        made = Record.open(to, opened=opened or (record.opened if record else None))
        head = found.checked.head
        try:
            made.note_of_record(RESTORED, by, old=head, new=head, command=str(uuid.uuid4()))
        finally:
            made.close()
    return found


def _look_through(
    copy: Path,
    at: Path,
    record: Record | None,
    opened: Opened | None = None,
    *,
    whole: bool = False,
) -> Copied:
    """Duplicate, open and walk it: what cannot be opened again is no copy.

    ``whole`` reads every meeting as the screens do. Whatever fails, nothing is left at ``at``.
    """
    if record is not None and opened is None:
        summed = record.duplicate(copy, at)
    else:
        keys = opened.keys if opened is not None else None
        summed = copies.duplicate(copy, at, key=keys.database if keys else None)
    try:
        if record is not None and opened is None:
            made = record.open_copy(at)
        else:
            made = Record.open(at, opened=opened, copy_first=False)
        try:
            if whole:
                _read_all(made)
            return Copied(
                path=copy, meetings=tuple(made.meetings()), newest=made.last_written(),
                checked=made.verify(), summed=summed,
            )  # fmt: skip
        finally:
            made.close()
    except BaseException:
        for path in belongings.files_of(at):
            path.unlink(missing_ok=True)
        raise


def _read_all(record: Record) -> None:
    ids = [summary.id for summary in record.meetings()]
    for begin in range(0, len(ids), READ_TOGETHER):
        some = ids[begin : begin + READ_TOGETHER]
        if set(record.load_many(some)) != set(some):
            raise BadInput("A meeting of the copy cannot be read.", remedy="Take another copy.")


def _against(found: Copied, record: Record | None) -> Copied:
    if record is None:
        return found
    there = {s.id: s.ref for s in found.meetings}
    here = {s.id: s.ref for s in record.meetings()}
    later = record.changed_since(found.checked.head)
    against = Against(
        path=record.path, same_history=later is not None,
        added=tuple(sorted(ref for key, ref in here.items() if key not in there)),
        changed=tuple(sorted(here[k] for k in later or () if k in here and k in there)),
        gone=tuple(sorted(ref for key, ref in there.items() if key not in here)),
    )  # fmt: skip
    return replace(found, against=against)
