"""Copies of the record: made while it is in use, looked at, and brought back beside it.

    made = backup(record, folder, clock)          # a dated name, checked
    found = look(made.path, record)               # what it holds, against the record here
    found = restore(made.path, new_file, record)  # the same, written as a record of its own

A copy never takes the place of a file, and bringing one back never touches the record in use.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from panelkit.domain.errors import PanelkitError
from panelkit.services.clock import Clock, room_time
from panelkit.store import copies
from panelkit.store.journal import Checked
from panelkit.store.meetings import Summary
from panelkit.store.record import Record


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


def backup(record: Record, target: Path, clock: Clock) -> Copied:
    """A copy of ``record`` at ``target``, or under a dated name in the folder ``target``.

    It is opened and looked through before it counts. Raises Refused where something has that
    name, NotSaved; then nothing is left there.
    """
    path = target / dated_name(clock) if target.is_dir() else target
    for place in (path, copies.sum_beside(path)):
        copies.must_be_free(place)
    record.copy_to(path)
    try:
        copies.write_sum(path)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".panelkit-") as folder:
            made = _look_through(path, Path(folder) / "looked-at.db")
    except BaseException:
        path.unlink(missing_ok=True)
        copies.sum_beside(path).unlink(missing_ok=True)
        raise
    return made


def dated_name(clock: Clock) -> str:
    """``panelkit-20261128-120500.db``: a day and a time, never a name."""
    return f"panelkit-{room_time(clock()):%Y%m%d-%H%M%S}.db"


def look(copy: Path, record: Record | None) -> Copied:
    """What a copy holds; with ``record``, what that has beyond it. Nothing is changed.

    Raises NotFound, BadInput, Refused, NotSaved as ``restore``.
    """
    beside = record.path.parent if record is not None else None
    with tempfile.TemporaryDirectory(dir=beside, prefix=".panelkit-") as folder:
        found = _look_through(copy, Path(folder) / "looked-at.db")
    return _against(found, record)


def restore(copy: Path, to: Path, record: Record | None = None) -> Copied:
    """The copy as a record of its own at ``to``, where nothing is yet; ``copy`` stays as it is.

    One that was made by an older panelkit is brought up to date there. Raises NotFound,
    BadInput for a file that is no record or is damaged, Refused for a name that is taken or a
    record in use, NotSaved.
    """
    return replace(_against(_look_through(copy, to), record), path=to)


def _look_through(copy: Path, at: Path) -> Copied:
    """Duplicate, open and walk it: what cannot be opened again is no copy."""
    summed = copies.duplicate(copy, at)
    try:
        opened = Record.open(at)
        try:
            return Copied(
                path=copy, meetings=tuple(opened.meetings()), newest=opened.last_written(),
                checked=opened.verify(), summed=summed,
            )  # fmt: skip
        finally:
            opened.close()
    except PanelkitError:
        at.unlink(missing_ok=True)
        raise


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
