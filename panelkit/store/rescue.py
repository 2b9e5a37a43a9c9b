"""For a record that is damaged: the newest copy beside it that is as it was written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from panelkit.domain.errors import PanelkitError
from panelkit.store import belongings, copies


def newest_good(record: Path) -> Path | None:
    """The newest copy of ``record`` in its folder of copies whose checksum holds; None for none."""
    folder = belongings.copies_folder(record)
    beginnings = (f"{record.stem}-daily-", f"{record.name}.before-")
    try:
        found = [
            (path.stat().st_mtime, path)
            for path in folder.iterdir()
            if path.name.startswith(beginnings) and copies.sum_beside(path).is_file()
        ]
    except OSError:
        return None
    for _made, path in sorted(found, reverse=True):
        try:
            if copies.must_be_as_written(path):
                return path
        except PanelkitError:
            continue
    return None


def offer(record: Path) -> str:
    """A sentence that says how to go on from there."""
    good = newest_good(record)
    if good is None:
        return "If it is one, keep it as it is, and bring a copy back with panelkit restore."
    made = datetime.fromtimestamp(good.stat().st_mtime).astimezone()
    return (
        f"If it is one it is damaged: keep it as it is. The copy of {made:%d.%m.%Y %H:%M} is as it was "
        f"written: panelkit restore {good} says what it holds, and --to FILE brings it back."
    )
