"""What others hold, read from CSV or XLSX: shown as it was understood, stored only when asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.headings import Holds
from panelkit.domain.held import HeldRow, Origin, Status, Understood
from panelkit.domain.mapping import Told
from panelkit.domain.report_year import ReportYear
from panelkit.wiring import Settings, area_of, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.domain.grids import Grid

_STORED = {Status.NEW: "entered", Status.CHANGED: "entered in place of what was there"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was said on the command line of a file and how to read it."""

    file: Path
    columns: Sequence[str]
    words: Sequence[str]
    map_file: Path | None
    sheet: str
    head: int
    separator: str
    largest: int
    source: str
    leave: str
    because: str
    store: bool
    as_json: bool

    def told(self, holds: Holds) -> Told:
        """What is said of headings and words, here and in the mapping's file. Raises BadInput."""
        mine = Told(
            _pairs(self.columns, "--map", "Date of recall=day"),
            _pairs(self.words, "--word", "Recall=returned_licence"), self.sheet, self.head,
        )  # fmt: skip
        if self.map_file is None:
            return mine
        from panelkit.documents.held_map import read_map

        return mine.over(read_map(self.map_file, holds))

    @property
    def origin(self) -> Origin:
        """Who holds the table, and which lines are left out. Raises BadInput."""
        numbers = [part.strip() for part in self.leave.split(",")] if self.leave else []
        if not all(re.fullmatch("[1-9][0-9]{0,6}", number) for number in numbers):
            raise BadInput("--leave is one line or several, such as 7,12.")
        if self.because and not numbers:
            raise BadInput("--because goes with --leave.", remedy="Leave it out.")
        return Origin(self.source, tuple(sorted({int(n) for n in numbers})), self.because)

    def grid(self, told: Told) -> Grid:
        """The table in the file. Raises NotFound, BadInput."""
        from panelkit.documents.grid_reading import read_grid

        return read_grid(
            self.file, sheet=told.sheet, head=told.head, separator=self.separator,
            largest=self.largest,
        )  # fmt: skip


def figures(settings: Settings, asked: Asked, year: str) -> int:
    """Figures of a year; exit 1 where something was not understood."""
    from panelkit.services.annual import Annual
    from panelkit.services.held import HeldFigures

    of = ReportYear.named(year) if year else None
    told, origin = asked.told(Holds.FIGURES), asked.origin
    grid = asked.grid(told)
    with record_in_use(settings) as record:
        area, _agenda = area_of(settings, record)
        read = HeldFigures(Annual(record, area, settings.clock, who_works(settings, record)))
        understood = read.understand(grid, told, of, origin)
        return _done(asked, told, Holds.FIGURES, understood, read.store)


def events(settings: Settings, asked: Asked) -> int:
    """Outcome events; exit 1 where something was not understood."""
    from panelkit.services.held import HeldEvents
    from panelkit.services.histories import Histories

    told, origin = asked.told(Holds.EVENTS), asked.origin
    grid = asked.grid(told)
    with record_in_use(settings) as record:
        read = HeldEvents(Histories(record, settings.clock, who_works(settings, record)))
        understood = read.understand(grid, told, origin)
        return _done(asked, told, Holds.EVENTS, understood, read.store)


def _pairs(said: Sequence[str], option: str, example: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in said:
        words, sign, code = one.rpartition("=")
        if not sign or not words.strip() or not code.strip():
            raise BadInput(f'{option} is written as "{example}".')
        if words.strip() in found:
            raise BadInput(f"{option} says the same twice.", remedy="Say it once.")
        found[words.strip()] = code.strip()
    return found


def _done(
    asked: Asked, told: Told, holds: Holds, understood: Understood[Any],
    store: Callable[[Understood[Any]], None],
) -> int:  # fmt: skip
    stored = asked.store and understood.is_whole
    if stored:
        store(understood)
    if asked.as_json:
        say_json(_as_data(understood, holds, stored=stored))
    else:
        _say(understood, told, holds, stored=stored)
    return 0 if understood.is_whole else 1


def _as_data(understood: Understood[Any], holds: Holds, *, stored: bool) -> dict[str, Any]:
    grid = understood.grid
    return {
        "file": grid.file, "sheet": grid.sheet, "holds": str(holds), "read": list(grid.taken),
        "columns": [
            {
                "column": column.place, "taken_for": column.taken_for.key if column.taken_for else "",
                "why": column.why,
            }
            for column in understood.mapped.columns
        ],
        "problems": list(understood.problems),
        "lines": [
            {
                "line": row.line, "status": str(row.status), "what": row.what,
                "beside": row.beside, "was": row.was, "why": row.why,
            }
            for row in understood.rows
        ],
        "counts": {str(status): len(understood.of(status)) for status in Status},
        "stored": stored,
    }  # fmt: skip


def _say(understood: Understood[Any], told: Told, holds: Holds, *, stored: bool) -> None:
    grid = understood.grid
    say(f"{grid.file}: headings on line {grid.head.number}. {' '.join(grid.taken)}")
    for column in understood.mapped.columns:
        taken = column.taken_for
        hidden = ", hidden in the workbook" if column.at in grid.hidden else ""
        say(f"  {column.place}: {f'the {taken.label}, ' if taken else ''}{column.why}{hidden}")
    if understood.problems:
        say("\nNo line was read:")
        for problem in understood.problems:
            say(f"  {problem}")
    for status in Status:
        _say_rows(understood.of(status), status, stored=stored)
    _say_end(understood, holds, stored=stored)
    if not stored and (told.columns or told.words):
        from panelkit.documents.held_map import map_text

        say(f"\nTo say the same of the next file, keep this and name it with --map-file:\n\n{map_text(told, holds)}")  # fmt: skip


def _say_rows(rows: tuple[HeldRow[Any], ...], status: Status, *, stored: bool) -> None:
    if not rows:
        return
    label = _STORED.get(status, status.label) if stored else status.label
    say(f"\n{label[:1].upper()}{label[1:]}: {len(rows)}")
    for row in rows:
        was = f" (there: {row.was})" if row.was else ""
        parts = (f"{row.what}{was}" if row.what else "", row.beside, row.why)
        say(f"  line {row.line}: {'. '.join(part for part in parts if part)}")


def _say_end(understood: Understood[Any], holds: Holds, *, stored: bool) -> None:
    there, plans = len(understood.of(Status.THERE)), len(understood.plans)
    if stored and plans:
        say(f"\n{plans} stored, {there} already there.")
        if holds is Holds.FIGURES:
            say("Figures are printed once a second person has confirmed them: panelkit stats confirm.")  # fmt: skip
    elif understood.is_whole:
        say(f"\nNothing was stored: {there} already there{f', {plans} to be entered' if plans else ''}.")  # fmt: skip
        if plans:
            say("Add --store to enter them.")
    else:
        whole = "a file is stored whole or not at all" if understood.refused else "see above"
        say(f"\nNothing was stored: {whole}.")
