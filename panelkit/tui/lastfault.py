"""Where the program was when a fault of its own stopped it: a mark for the next start.

A draft or an answer that makes drawing fail would stop every start after it. So the next
start does not open the place again by itself: it says what happened and asks. The mark
holds names of places only, nothing that anybody typed.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Final

from panelkit.store.server import Location, identity

DRAWING: Final = (
    "compose",
    "render",
    "follow",
    "_content",
    "understood",
    "show_",
    "get_line",
    "rows",
)
"""In the name of a function that draws; a fault under one comes again as soon as it is drawn."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A fault, by where it was met."""

    meeting: str = ""
    """Id of the meeting that was open; blank for none."""
    place: str = ""
    """Agenda item, or section of the draft."""
    field: str = ""
    entry: str = ""
    """Id of the entry whose field it is; blank for an answer."""
    line: str = ""
    """The one-line editor that was open; blank for none."""
    drafting: bool = False
    """Whether it was the minute taker's desk."""
    drawing: bool = False
    """Whether it was met while drawing."""
    times: int = 1
    """How often in a row it was here."""
    asked: bool = False
    """Whether somebody was asked since."""

    @property
    def comes_again(self) -> bool:
        """Whether opening the same place is likely to fail again."""
        return self.drawing or self.times > 1


def mark_path(folder: Path, record: Location, who: str) -> Path:
    """One mark for a record and a person."""
    name = hashlib.sha256(f"{identity(record)}\0{who}".encode("utf-8", "surrogatepass"))
    return folder / f"stopped-{name.hexdigest()[:16]}.json"


def read(path: Path) -> Stopped | None:
    """The mark, if one is there that can be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
        return Stopped(**found)
    except (OSError, ValueError, TypeError):
        return None


def write(path: Path, stopped: Stopped) -> None:
    """Keep it for the next start, for the owner's eyes."""
    before = read(path)
    same = before is not None and (before.meeting, before.place) == (stopped.meeting, stopped.place)
    if same and before is not None and not stopped.asked:
        stopped = replace(stopped, times=before.times + 1)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(stopped), file)


def forget(path: Path) -> None:
    """The program was left as it should be."""
    path.unlink(missing_ok=True)


def met_while_drawing(error: BaseException | None) -> bool:
    """Whether any function on the way to the fault, or to what led to it, draws."""
    for _ in range(8):
        if error is None:
            return False
        trace: TracebackType | None = error.__traceback__
        while trace is not None:
            module = str(trace.tb_frame.f_globals.get("__name__", ""))
            name = trace.tb_frame.f_code.co_name
            if not module.startswith("asyncio") and any(part in name for part in DRAWING):
                return True
            trace = trace.tb_next
        error = error.__cause__ or error.__context__
    return False
