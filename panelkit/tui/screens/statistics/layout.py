"""The tables laid out line by line for a width, and where each cell stands in them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from textual.content import Content

from panelkit.services.annual import AnnualReport
from panelkit.stats.tables import NOT_SUPPLIED, TOTAL, Table
from panelkit.tui.screens.statistics.wording import notes_of
from panelkit.tui.typed import as_typed_line

WIDEST: Final = 110
"""Cells across of words that are read: longer lines are lost on the way back."""
LEAST: Final = len(NOT_SUPPLIED) + 2
"""Cells across of a column."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell: which, and where it is drawn."""

    table: str
    row: str
    column: str
    line: int
    start: int
    end: int


@dataclass(slots=True)
class Laid:
    """Lines to draw, and the cells among them row by row."""

    lines: list[Content] = field(default_factory=list)
    rows: list[tuple[Place, ...]] = field(default_factory=list)

    def words(self, text: str, width: int, style: str = "", indent: str = "") -> None:
        """A sentence, wrapped."""
        found = textwrap.wrap(
            text, max(min(width, WIDEST), 20), initial_indent=indent,
            subsequent_indent=" " * len(indent), expand_tabs=False,
        )  # fmt: skip
        for line in found or [""]:
            content = as_typed_line(line)
            self.lines.append(content.stylize(style) if style else content)

    def listed(self, heading: str, sentences: Iterable[str], width: int) -> None:
        """A heading with a sentence a line under it; nothing where there are none."""
        found = list(sentences)
        if found:
            self.lines.append(Content(""))
            self.words(heading, width, "bold")
            for sentence in found:
                self.words(sentence, width, indent="- ")


def laid_out(report: AnnualReport, width: int, *, with_words: bool = True) -> Laid:
    """Every table of a report, and under them, with ``with_words``, what must be read beside them."""
    laid = Laid()
    for table in report.tables.tables.values():
        if laid.lines:
            laid.lines.append(Content(""))
        _table(laid, table, width)
    if with_words:
        _beside(laid, report, width)
    return laid


def beside(report: AnnualReport, width: int) -> list[Content]:
    """Notes and rules alone, for a column of their own."""
    laid = Laid()
    _beside(laid, report, width)
    return laid.lines[1:]


def _beside(laid: Laid, report: AnnualReport, width: int) -> None:
    laid.listed("COUNTED OTHERWISE SINCE IT WAS PUBLISHED", report.differs, width)
    laid.listed("NOTES", notes_of(report), width)
    laid.listed("HOW IT WAS COUNTED", report.rules, width)
    laid.listed("NOT SUPPLIED", [", ".join(report.tables.not_supplied)] * bool(report.tables.not_supplied), width)  # fmt: skip


def _table(laid: Laid, table: Table, width: int) -> None:
    laid.words(f"{table.id}  {table.title}", width, "bold")
    laid.words(table.period, width, "$text-muted", indent="    ")
    label = max(len(row) for row in table.rows)
    columns = [max(len(column) + 2, LEAST) for column in table.columns]
    if 4 + label + sum(columns) > width:
        label = max(8, width - 4 - sum(columns))
    heads = "".join(f"{c:>{w}}" for c, w in zip(table.columns, columns, strict=True))
    laid.lines.append(as_typed_line(f"    {'':<{label}}{heads}").stylize("$text-muted"))
    for row in table.rows:
        laid.rows.append(tuple(_places(table, row, len(laid.lines), 4 + label, columns)))
        cells = "".join(
            f"{table.cell(row, c).shown:>{w}}" for c, w in zip(table.columns, columns, strict=True)
        )
        line_content = as_typed_line(f"    {row[:label]:<{label}}{cells}")
        laid.lines.append(line_content.stylize("bold") if row == TOTAL else line_content)
    if returns := _returns(table):
        laid.words(returns, width, "$text-muted", indent="    ")
    if table.note:
        laid.words(table.note, width, "$text-muted", indent="    ")


def _places(
    table: Table, row: str, line: int, start: int, columns: list[int]
) -> Iterator[Place]:  # fmt: skip
    for column, wide in zip(table.columns, columns, strict=True):
        # The box of a cell is its column without the gap before it.
        yield Place(table.id, row, column, line, start + 1, start + wide)
        start += wide


def _returns(table: Table) -> str:
    """How often, beside how many people: for the tables of returns."""
    last = table.columns[-1]
    told = [
        f"{row} {table.cell(row, last).events}"
        for row in table.rows
        if row != TOTAL and table.cell(row, last).events is not None
    ]
    return f"Returns, counted each time: {', '.join(told)}." if told else ""
