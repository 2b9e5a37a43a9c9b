"""Which column of a table is taken for what, and why: by its heading, or as somebody said.

Nothing is guessed. A heading that could be two things, and two columns that could be one, are
problems in words; so is a column that is needed and not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from panelkit.domain.errors import BadInput
from panelkit.domain.grids import Cell, Grid, Line, letters
from panelkit.domain.headings import FIELDS, NOT_READ, HeldField, Holds, fields_for, plainly

_ASK: Final = "say which with --map"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a file before it is read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """A heading, and the key of the field that it is, or :data:`NOT_READ`."""
    words: Mapping[str, str] = field(default_factory=dict)
    """A word of the file, and the code that it stands for."""
    sheet: str = ""
    head: int = 0

    def over(self, other: Told) -> Told:
        """This, where it says anything, and ``other`` where it does not."""
        return Told(
            _over(self.columns, other.columns), _over(self.words, other.words),
            self.sheet or other.sheet, self.head or other.head,
        )  # fmt: skip

    def checked(self, holds: Holds, codes: Mapping[str, str]) -> Told:
        """The same with every code as the program writes it; ``codes`` are those there are.

        Raises BadInput for a field or a code that there is not, or a word that is said twice.
        """
        keys = [one.key for one in FIELDS[holds]]
        for heading, key in self.columns.items():
            if key not in (*keys, NOT_READ):
                known = ", ".join((*keys, NOT_READ))
                raise BadInput(f"A column is not taken for {key}.", remedy=f"It can be {known}.")
            _must_be_words(heading)
        by_fold = {code.casefold(): code for code in codes}
        words = {}
        for word, code in self.words.items():
            _must_be_words(word)
            if code.casefold() not in by_fold:
                raise BadInput("A word stands for a code.", remedy=f"One of {', '.join(codes)}.")
            words[word] = by_fold[code.casefold()]
        for said in (self.columns, words):
            plain = [plainly(one) for one in said]
            if len(set(plain)) < len(plain):
                raise BadInput("The same heading or word is said twice.", remedy="Say it once.")
        return Told(self.columns, words, self.sheet, self.head)

    def code_of(self, words: str) -> str:
        """The code that somebody said these words stand for; blank where nobody did."""
        asked = plainly(words)
        return next((code for said, code in self.words.items() if plainly(said) == asked), "")


@dataclass(frozen=True, slots=True)
class Column:
    """One column with what it is taken for."""

    at: int
    heading: str
    taken_for: HeldField | None
    why: str

    @property
    def place(self) -> str:
        """Where it is: ``C (Date of recall)``."""
        return f"{letters(self.at)} ({self.heading})" if self.heading else letters(self.at)


@dataclass(frozen=True, slots=True)
class Mapped:
    """Every column of a table, and what is in the way of reading its lines."""

    columns: tuple[Column, ...]
    problems: tuple[str, ...]

    def column(self, key: str) -> Column | None:
        """The column that is taken for a field."""
        return next((c for c in self.columns if c.taken_for and c.taken_for.key == key), None)

    def cell(self, line: Line, key: str) -> Cell:
        """The cell of a field in a line; a blank one where no column is taken for it."""
        column = self.column(key)
        return line.cell(column.at) if column else Cell()

    def place(self, key: str) -> str:
        """The column of a field in words; blank where there is none."""
        column = self.column(key)
        return column.place if column else ""


def mapping_of(grid: Grid, holds: Holds, told: Told) -> Mapped:
    """What each column of ``grid`` is taken for."""
    columns: list[Column] = []
    said = {plainly(heading): key for heading, key in told.columns.items()}
    there = {plainly(cell.text) for cell in grid.head.cells}
    problems = [
        f"There is no column headed {heading}."
        for heading in told.columns if plainly(heading) not in there
    ]  # fmt: skip
    for at in range(grid.width):
        column, problem = _column(grid, at, holds, said)
        columns.append(column)
        problems += [problem] if problem else []
    return Mapped(tuple(columns), (*problems, *_between(columns, grid, holds)))


def _column(grid: Grid, at: int, holds: Holds, said: Mapping[str, str]) -> tuple[Column, str]:
    cell = grid.head.cell(at)
    heading = cell.text
    if not heading:
        return Column(at, "", None, f"not read: its heading {cell.fault or 'is blank'}"), ""
    by_key = {one.key: one for one in FIELDS[holds]}
    key = said.get(plainly(heading), "") if plainly(heading) else ""
    if key == NOT_READ:
        return Column(at, heading, None, "not read: as it was said"), ""
    if key:
        return Column(at, heading, by_key[key], "as it was said"), ""
    taken = set(said.values())
    could_be = fields_for(holds, heading)
    fields = [one for one in could_be if one.key not in taken]
    if len(fields) > 1:
        both = " or the ".join(one.label for one in fields)
        problem = f"Column {letters(at)}, {heading}, could be the {both}: {_ASK}."
        return Column(at, heading, None, "could be two things"), problem
    if not fields:
        why = "another column is said to be that" if could_be else "nothing here goes by that name"
        return Column(at, heading, None, f"not read: {why}"), ""
    return Column(at, heading, fields[0], "by its heading"), ""


def _between(columns: list[Column], grid: Grid, holds: Holds) -> Iterator[str]:
    for one in FIELDS[holds]:
        mine = [column for column in columns if column.taken_for is one]
        if len(mine) > 1:
            both = " and ".join(column.place for column in mine)
            yield f"Columns {both} would both be the {one.label}: {_ASK}, or rename one."
        elif not mine and one.needed:
            words = ", ".join(one.phrases)
            yield f"No column is the {one.label} ({words}): {_ASK}."
        for column in mine:
            if column.at in grid.hidden:
                yield f"Column {column.place} is hidden in the workbook: unhide it and look at it."


def _over(mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    plain = {plainly(one) for one in mine}
    return {**{k: v for k, v in theirs.items() if plainly(k) not in plain}, **mine}


def _must_be_words(said: str) -> None:
    if not plainly(said):
        raise BadInput("A heading or word has at least one letter or figure.")
