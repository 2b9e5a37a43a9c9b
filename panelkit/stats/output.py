"""The tables for other programs and for people: CSV, JSON, plain words. No case is in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from panelkit.stats.annual import Tables
from panelkit.stats.tables import TOTAL, Table

CSV_COLUMNS: Final = ("report_year", "table", "row", "column", "value", "status")
"""Of the CSV (statistics notes section 6)."""


def csv_rows(tables: Tables) -> Iterator[tuple[str, ...]]:
    """A row for each cell of each table, heading first."""
    yield CSV_COLUMNS
    for table in tables.tables.values():
        for row in table.rows:
            for column in table.columns:
                cell = table.cell(row, column)
                yield (
                    tables.year.label, table.id, row, column, str(cell.shown), str(cell.status),
                )  # fmt: skip


def csv_text(tables: Tables) -> str:
    """The same as a file's text; nothing in it begins as a formula would (RV15)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(csv_rows(tables))
    return out.getvalue()


def as_data(tables: Tables) -> dict[str, Any]:
    """For other programs."""
    return {
        "year": tables.year.label,
        "tables": {key: table.as_data() for key, table in tables.tables.items()},
        "notes": list(tables.notes),
        "not_supplied": list(tables.not_supplied),
        "sums": [found.words for found in tables.sums],
    }


def returns(table: Table) -> str:
    """How often it happened, where people are counted and events are more; blank for others."""
    if all(cell.events is None for cell in table.cells.values()):
        return ""
    parts = [row for row in table.rows if row != TOTAL]
    told = ", ".join(f"{row} {table.cell(row, TOTAL).events}" for row in parts)
    return f"Returns, counted each time: {told}."


def lines(table: Table) -> Iterator[str]:
    """One table as people read it on a terminal."""
    yield f"{table.id}  {table.title}, {table.period}"
    wide = max(len(row) for row in table.rows) + 2
    columns = [max(len(column), 12) + 2 for column in table.columns]
    yield " " * (wide + 4) + "".join(
        f"{column:>{width}}" for column, width in zip(table.columns, columns, strict=True)
    )
    for row in table.rows:
        cells = [table.cell(row, column) for column in table.columns]
        yield f"    {row:<{wide}}" + "".join(
            f"{cell.shown:>{width}}" for cell, width in zip(cells, columns, strict=True)
        )
    if told := returns(table):
        yield f"    {told}"
    if table.note:
        yield f"    {table.note}"
