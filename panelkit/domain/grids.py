"""A table that somebody else keeps, as it stands in their file: cells with their places.

Nothing is made of it here. A cell that cannot be taken as it stands says why; what a column holds
is for :mod:`panelkit.domain.mapping`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from panelkit.domain.text import gate
from panelkit.domain.vocabulary import Term

LONGEST: Final = 2000
"""Characters that a cell may have: more is no figure, no code and no note of a line."""
MOST_LINES: Final = 20_000
"""Lines that are read; a year of an area has some hundred."""
MOST_COLUMNS: Final = 200


class Shape(Term):
    """What a cell is in its file; in a file of text every cell is text."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    text: str = ""
    """What it says, without spaces at its ends; a day of a workbook as ``2022-10-02``."""
    shape: Shape = Shape.TEXT
    fault: str = ""
    """Why it cannot be taken, to follow its place: ``holds a formula``."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.text and not self.fault


BLANK: Final = Cell()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    number: int
    """Where it stands in its file, from 1."""
    cells: tuple[Cell, ...]
    fault: str = ""
    """Why nothing of it can be taken: ``has 3 cells under 4 headings``."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return all(cell.is_blank for cell in self.cells)

    def cell(self, column: int) -> Cell:
        """The cell in a column, from 0; a blank one beyond the last."""
        return self.cells[column] if column < len(self.cells) else BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The headings of a table and the lines under them, blank ones left out."""

    file: str
    """Its name, without the folder."""
    head: Line
    lines: tuple[Line, ...]
    taken: tuple[str, ...] = ()
    """What was settled in order to read it, as sentences: the encoding, the separator, the sheet."""
    sheet: str = ""
    hidden: frozenset[int] = frozenset()
    """Columns that the workbook does not show."""

    @property
    def width(self) -> int:
        """How many columns have anything in them, or a heading."""
        return max(len(line.cells) for line in (self.head, *self.lines))


def cell_of(words: str, shape: Shape = Shape.TEXT) -> Cell:
    """A cell that says ``words``, with what keeps it from being taken."""
    # Looked at before it is trimmed: one long text may be named by every cell of a workbook.
    text = words.strip() if len(words) <= 2 * LONGEST else words
    if not text:
        return BLANK
    if len(text) > LONGEST:
        return Cell("", shape, f"holds more than {LONGEST} characters")
    if gate(text).replaced:
        return Cell("", shape, "holds characters that act on a terminal or reorder a line")
    if shape is Shape.TEXT and text.startswith("="):
        # Words in a file, a formula in the program that opens it; nobody typed what it comes to.
        return Cell("", shape, "begins like a formula")
    return Cell(text, shape)


def letters(column: int) -> str:
    """What a spreadsheet calls a column, from 0: ``C``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
