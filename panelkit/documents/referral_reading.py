"""Referrals out of a file: a Word form that was filled in, or a table with a line for each.

Nothing is guessed, and nothing is kept here. A line of the form counts only where its question
still reads as it was printed; what stands elsewhere is listed with its place. What the form has for
the co-ordinator to read is left where it is: not read, not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from panelkit.documents import grid_reading, import_guard
from panelkit.documents.compose.referrals import PERSON_HEADS, QUESTION_HEADS, TEST_HEADS
from panelkit.documents.lay_sheet_reading import leave_out
from panelkit.documents.word_lines import Read, ReadFile, read_lines, squeezed, table_rows
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput
from panelkit.domain.foreign import NotRead
from panelkit.domain.grids import Cell, Grid, Line, cell_of, letters
from panelkit.domain.referral_form import (
    HEADINGS,
    NEEDED,
    PERSON,
    QUESTIONS,
    WHY,
    FormRead,
    ReadReferral,
    Said,
    understood,
)
from panelkit.domain.screening import TESTS
from panelkit.domain.text import gate_line

ENDINGS: Final = (".docx", *grid_reading.ENDINGS)
_NO_FORM: Final = (
    "Use the form that panelkit writes, filled in, or a table with a line for each referral."
)
_ASKED: Final = {one.label.casefold(): one for one in QUESTIONS}
_TESTED: Final = {one.label.casefold(): one for one in TESTS}
_PERSON: Final = frozenset(one.casefold() for one in PERSON)
_HEADS: Final = (QUESTION_HEADS, TEST_HEADS, PERSON_HEADS)
_MOST: Final = 500
"""Referrals of one file: an area has some hundred in a year."""


def read_referrals(
    path: Path, area: Area, today: date, received: date, *, blank: Callable[[], bytes]
) -> FormRead:
    """What the file at ``path`` says; ``received`` is the day for those that say none, and ``blank``
    makes the form as it is written now, so that what somebody added to it can be told.

    Raises NotFound, or BadInput for a file that is no form and no such table, is damaged or is
    not safe.
    """
    name = gate_line(path.name).text
    if path.suffix.casefold() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise BadInput(f"{name} is not read as a referral.", remedy=f"Name a file in {known}.")
    if path.suffix.casefold() == ".docx":
        ours = frozenset(_folded(one.text) for one in _lines(blank(), name))
        form = _Form(import_guard.open_word(path), name, ours)
        said = Said(form.cells, lambda key: f"“{_label(key)}”")
        return FormRead(
            name, (understood(said, "", area, today, received),), tuple(form.not_read),
            tuple(form.notices),
        )  # fmt: skip
    return _of_table(grid_reading.read_grid(path), area, today, received)


def _label(key: str) -> str:
    asked = next((one.label for one in QUESTIONS if one.key == key), "")
    return asked or next((one.label for one in TESTS if key in (one, f"{one}{WHY}")), key)


# -- Word ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Form:
    """A Word form: its answers by key, and what was not understood."""

    opened: import_guard.Opened
    name: str
    known: frozenset[str]
    """What the form prints outside its answers."""
    cells: dict[str, Cell] = field(default_factory=dict)
    not_read: list[NotRead] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.not_read += leave_out(self.opened)
        file = read_lines(self.opened)
        rows = list(table_rows(file))
        if not any(cells and _folded(cells[0]) in _ASKED for cells in rows):
            raise BadInput(f"{self.name} is no referral form.", remedy=_NO_FORM)
        self._read(file, rows)
        for key in NEEDED:
            if key not in self.cells:
                self.not_read.append(NotRead(what=f"“{_label(key)}”", why="Its line is not in the form."))  # fmt: skip
        for aside in file.asides:
            why = "Nothing but the answers is read." if aside.text else "A picture is not read."
            self.not_read.append(NotRead(what=aside.kind, why=why, words=aside.text))
        if any(line.pending for line in file.lines):
            self.notices.append("It holds tracked changes, which were read as if accepted.")

    def _read(self, file: ReadFile, rows: list[tuple[str, ...]]) -> None:
        """In the order of the page; of what stands in the part that is the co-ordinator's, only that
        it is there."""
        seen, private = 0, False
        for line in file.lines:
            if not line.row:
                self._outside(line.text, private=private)
            elif line.row != seen:
                seen = line.row
                cells = rows[seen - 1]
                heads = tuple(map(squeezed, cells))
                private = heads == PERSON_HEADS if heads in _HEADS else private
                if not private and heads not in _HEADS:
                    self._row(seen, cells)

    def _outside(self, words: str, *, private: bool) -> None:
        if (plain := _folded(words)) and plain not in self.known:
            shown = "" if private else squeezed(words)
            self.not_read.append(NotRead(what="words outside the tables", why="Only answers in the tables are read.", words=shown))  # fmt: skip

    def _row(self, number: int, cells: tuple[str, ...]) -> None:
        first = _folded(cells[0]) if cells else ""
        if first in _PERSON:
            return
        if (question := _ASKED.get(first)) is not None and len(cells) == len(QUESTION_HEADS):
            self._beside(question.label, cells[1], question.write)
            self._answer(question.key, question.label, cells[2])
        elif (test := _TESTED.get(first)) is not None and len(cells) == len(TEST_HEADS):
            self._answer(str(test), test.label, cells[1])
            self._answer(f"{test}{WHY}", f"{test.label}, why", cells[2])
        elif any(map(str.strip, cells)):
            self.not_read.append(NotRead(what=f"row {number} of the tables", why="Its question is none of the form’s.", words=" | ".join(map(squeezed, cells))))  # fmt: skip

    def _answer(self, key: str, label: str, words: str) -> None:
        if key in self.cells:
            self.not_read.append(NotRead(what=f"“{label}”", why="It stands there twice; the first counts.", words=squeezed(words)))  # fmt: skip
        else:
            self.cells[key] = cell_of(squeezed(words))

    def _beside(self, label: str, words: str, ours: str) -> None:
        if _folded(words) not in ("", _folded(ours)):
            self.not_read.append(NotRead(what=f"beside “{label}”", why="The answer belongs in the last column.", words=squeezed(words)))  # fmt: skip


def _lines(content: bytes, name: str) -> tuple[Read, ...]:
    return read_lines(import_guard.opened(content, name)).lines


def _folded(words: str) -> str:
    return squeezed(words).casefold()


# -- a table -------------------------------------------------------------------------------------


def _of_table(grid: Grid, area: Area, today: date, received: date) -> FormRead:
    columns, not_read = _columns(grid)
    lines = [line for line in grid.lines if not line.is_blank or line.fault]
    if not lines:
        raise BadInput(f"{grid.file} has headings and no referral under them.", remedy=_NO_FORM)
    if len(lines) > _MOST:
        raise BadInput(f"{grid.file} holds more than {_MOST} referrals.", remedy="Part it.")
    rows = tuple(_line(line, columns, area, today, received) for line in lines)
    return FormRead(grid.file, rows, tuple(not_read), grid.taken)


def _columns(grid: Grid) -> tuple[Mapping[str, int], list[NotRead]]:
    """Which column holds what. Raises BadInput for one that is needed and not there, or there twice."""
    columns: dict[str, int] = {}
    not_read: list[NotRead] = []
    for place, cell in enumerate(grid.head.cells):
        key = "_".join(cell.text.casefold().replace("-", " ").split())
        if key not in HEADINGS:
            if any(not line.cell(place).is_blank for line in grid.lines):
                what = f"column {letters(place)}"
                not_read.append(NotRead(what=what, why="Its heading is none of a referral’s: nothing of it is read.", words=cell.text))  # fmt: skip
            continue
        if key in columns:
            both = f"{letters(columns[key])} and {letters(place)}"
            raise BadInput(f"{grid.file}: columns {both} are both called {key}.", remedy="Call each heading once.")  # fmt: skip
        columns[key] = place
    if missing := [key for key in NEEDED if key not in columns]:
        msg = f"{grid.file}, line {grid.head.number}: no column is called {', '.join(missing)}."
        raise BadInput(msg, remedy=f"The headings are {', '.join(HEADINGS)}.")
    return columns, not_read


def _line(
    line: Line, columns: Mapping[str, int], area: Area, today: date, received: date
) -> ReadReferral:
    where = f"line {line.number}"
    cells = {key: line.cell(place) for key, place in columns.items()}

    def place_of(key: str) -> str:
        there = key if key in columns else key.removesuffix(WHY)
        return f"{where}, column {letters(columns[there])}" if there in columns else where

    if line.fault:
        return ReadReferral(where, ()).against(where, f"It {line.fault}.")
    return understood(Said(cells, place_of), where, area, today, received)
