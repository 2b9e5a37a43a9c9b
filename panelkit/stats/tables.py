"""A table of figures: cells that say where their value comes from, and sums that must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from panelkit.domain.errors import Refused

IMPOSSIBLE: Final = "–"
"""Printed where no figure can exist, and nowhere else; 0 is a real zero (section 2 [V1])."""
NOT_SUPPLIED: Final = "not supplied"
TOTAL: Final = "Total"


class Status(StrEnum):
    """Where a value comes from, as the CSV says it."""

    COUNTED = "counted"
    MANUAL = "manual"
    TOTAL = "total"
    WORKED_OUT = "worked_out"
    NOT_SUPPLIED = "not_supplied"
    IMPOSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, and what stands behind it."""

    value: int | None
    """None where it was not supplied, or cannot exist."""
    status: Status
    cases: tuple[str, ...] = ()
    """Ids of the cases that were counted."""
    events: int | None = None
    """How often it happened, where people are counted and events are more."""

    @property
    def shown(self) -> int | str:
        """What is printed: never a blank."""
        if self.status is Status.IMPOSSIBLE:
            return IMPOSSIBLE
        return NOT_SUPPLIED if self.value is None else self.value


MISSING: Final = Cell(None, Status.NOT_SUPPLIED)
CANNOT_BE: Final = Cell(None, Status.IMPOSSIBLE)

Cells = Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One finished table."""

    id: str
    title: str
    period: str
    """``on 31 March 2023``, or the year from day to day."""
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Cells
    adds: bool = True
    """Whether a row or column called Total is the sum of the others; rows of T5 are never added."""
    once: bool = False
    """Whether a person may be in one cell only."""
    note: str = ""
    """What must be known to read it."""

    def cell(self, row: str, column: str) -> Cell:
        """One cell; KeyError where the table has none there."""
        return self.cells[row, column]

    def as_data(self) -> dict[str, Any]:
        """For other programs: rows, then columns."""
        data: dict[str, Any] = {
            "title": self.title,
            "period": self.period,
            "rows": {
                row: {column: self.cells[row, column].shown for column in self.columns}
                for row in self.rows
            },
        }
        events = {
            row: {c: n for c in self.columns if (n := self.cells[row, c].events) is not None}
            for row in self.rows
        }
        if any(events.values()):
            data["events"] = events
        return data


def totalled(cells: dict[tuple[str, str], Cell], rows: tuple[str, ...], columns: tuple[str, ...]) -> dict[tuple[str, str], Cell]:  # fmt: skip
    """The cells with the total of each row and of each column, where the table has such."""
    parts_down = [row for row in rows if row != TOTAL]
    parts_across = [column for column in columns if column != TOTAL]
    if TOTAL in columns and parts_across:
        for row in parts_down:
            cells[row, TOTAL] = _sum([cells[row, column] for column in parts_across])
    if TOTAL in rows:
        for column in columns:
            cells[TOTAL, column] = _sum([cells[row, column] for row in parts_down])
    return cells


def _sum(parts: list[Cell]) -> Cell:
    if any(part.status is Status.NOT_SUPPLIED for part in parts):
        return MISSING
    cases = tuple(dict.fromkeys(case for part in parts for case in part.cases))
    counted = [part.events for part in parts if part.events is not None]
    return Cell(
        sum(part.value or 0 for part in parts), Status.TOTAL, cases,
        sum(counted) if counted else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sum:
    """One total with its parts."""

    table: str
    where: str
    """``row Level 2``, ``column Category 1``."""
    parts: tuple[int, ...]
    total: int

    @property
    def words(self) -> str:
        """``T1, row Level 2: 18 + 28 + 17 = 63``."""
        return f"{self.table}, {self.where}: {' + '.join(map(str, self.parts))} = {self.total}"


def reconciled(table: Table) -> tuple[Sum, ...]:
    """Every total of a table with its parts, each added up again.

    Raises Refused, naming the table and the row or column, where a total is not the sum of its
    parts, where a total stands over parts that were not supplied, where a number is missing from
    a cell that should have one or is below zero, and where somebody was counted twice.
    """
    for row in table.rows:
        for column in table.columns:
            _must_be_a_cell(table, row, column)
    sums = []
    if table.adds and TOTAL in table.columns:
        across = [column for column in table.columns if column != TOTAL]
        if across:
            sums += [
                _added(table, f"row {row}", [table.cell(row, c) for c in across], table.cell(row, TOTAL))
                for row in table.rows
            ]  # fmt: skip
    if table.adds and TOTAL in table.rows:
        down = [row for row in table.rows if row != TOTAL]
        sums += [
            _added(table, f"column {c}", [table.cell(row, c) for row in down], table.cell(TOTAL, c))
            for c in table.columns
        ]  # fmt: skip
    if table.once:
        _must_count_once(table)
    return tuple(found for found in sums if found is not None)


def _must_be_a_cell(table: Table, row: str, column: str) -> None:
    cell = table.cells.get((row, column))
    where = f"{table.id}, row {row}, column {column}"
    if cell is None:
        raise Refused(f"{where}: there is no cell.", remedy="The table is not given out.")
    blank = cell.status in (Status.NOT_SUPPLIED, Status.IMPOSSIBLE)
    if blank is (cell.value is not None) or (cell.value or 0) < 0:
        raise Refused(f"{where}: that is no number.", remedy="The table is not given out.")
    if cell.status is Status.COUNTED and cell.value != len(set(cell.cases)):
        msg = f"{where}: {cell.value} are printed and {len(set(cell.cases))} cases are behind it."
        raise Refused(msg, remedy="The table is not given out.")


def _added(table: Table, where: str, parts: list[Cell], total: Cell) -> Sum | None:
    known = [part.value for part in parts if part.value is not None]
    if any(part.status is Status.NOT_SUPPLIED for part in parts):
        if total.value is not None:
            msg = f"{table.id}, {where}: the total says {total.value} and a part was not supplied."
            raise Refused(msg, remedy="The table is not given out.")
        return None
    if total.value is None or sum(known) != total.value:
        said = "nothing" if total.value is None else total.value
        msg = f"{table.id}, {where}: {' + '.join(map(str, known))} = {sum(known)}, and the total says {said}."
        raise Refused(msg, remedy="The table is not given out.")
    return Sum(table.id, where, tuple(known), total.value)


def _must_count_once(table: Table) -> None:
    seen: dict[str, tuple[str, str]] = {}
    for place, cell in table.cells.items():
        if cell.status is not Status.COUNTED:
            continue
        for case in cell.cases:
            if case in seen:
                msg = f"{table.id}: one person is counted in {' / '.join(seen[case])} and in {' / '.join(place)}."
                raise Refused(msg, remedy="The table is not given out.")
            seen[case] = place
