"""The annual tables as a workbook: a sheet for each, one for rules and notes, one for what they rest on.

Words are written as words and numbers as numbers; no cell is a formula or a link, whatever it
begins with (RV15). The same paper and moment give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from panelkit.documents.books import begun, text_of
from panelkit.domain.annual_paper import AnnualPaper, PrintedTable
from panelkit.domain.fields import long_date

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

RULES, SOURCES, EARLIER = "Rules and notes", "Where figures come from", "Earlier years"

Row = Sequence[int | str]


def write(paper: AnnualPaper, *, now: datetime) -> bytes:
    """The workbook. Raises ValueError if ``now`` has no time zone."""
    out, book = begun(f"MAPPA annual tables {paper.year.label}", paper.area, now)
    sheets = _Sheets(book, paper)
    for table in paper.tables:
        sheets.table(table)
    sheets.rules()
    sheets.sources()
    sheets.earlier()
    book.close()
    return out.getvalue()


class _Sheets:
    def __init__(self, book: Workbook, paper: AnnualPaper) -> None:
        self.book = book
        self.paper = paper
        top = {"valign": "top", "text_wrap": True}
        self.plain = book.add_format(top)
        self.bold = book.add_format({**top, "bold": True})
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format({**top, "bold": True, "bottom": 1})
        self.right = book.add_format({**top, "bold": True, "bottom": 1, "align": "right"})
        self.number = book.add_format({"valign": "top", "align": "right"})

    def table(self, one: PrintedTable) -> None:
        sheet, row = self._sheet(one.id, f"{one.id}. {one.title}", one.period)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(one.columns), 16)
        row = self._rows(
            sheet, row, ("", *one.columns), [(name, *cells) for name, cells in one.rows]
        )
        self._lines(sheet, row + 1, one.notes)

    def rules(self) -> None:
        sheet, row = self._sheet(RULES, "How the figures were counted")
        row = self._lines(sheet, row, self.paper.rules)
        row = self._headed(sheet, row + 1, "What must be known to read them")
        row = self._lines(sheet, row, self.paper.notes)
        row = self._headed(sheet, row + 1, "Not supplied")
        missing = [f"{name}: {label}" for name, label in self.paper.missing]
        row = self._lines(sheet, row, missing or ["Nothing is missing."])
        if self.paper.differs:
            row = self._headed(sheet, row + 1, "Counted otherwise than published")
            self._lines(sheet, row, self.paper.differs)

    def sources(self) -> None:
        sheet, row = self._sheet(SOURCES, "Figures entered by hand")
        for place, width in enumerate((18, 44, 12, 50, 50)):
            sheet.set_column(place, place, width)
        heads = ("Figure", "What", "Value", "Source", "Who answers for it")
        found = [(e.figure, e.label, e.value, e.source, e.standing) for e in self.paper.entered]
        row = self._rows(sheet, row, heads, found)
        row = self._headed(sheet, row + 1, "Every total, added up again")
        self._lines(sheet, row, self.paper.sums or ["No total could be made."])

    def earlier(self) -> None:
        sheet, row = self._sheet(EARLIER, "Totals of T1 and T2 over the years")
        sheet.set_column(0, 4, 16)
        sheet.set_column(5, 5, 40)
        heads = ("Year", "T1: on 31 March", "T2: Level 2", "T2: Level 3", "T2: total", "Where it comes from")  # fmt: skip
        found = [
            (
                one.year,
                *(
                    "not supplied" if n is None else n
                    for n in (one.eligible, one.level_two, one.level_three, one.total)
                ),
                one.source,
            )
            for one in self.paper.earlier
        ]
        self._rows(sheet, row, heads, found)

    # -- parts of a sheet --------------------------------------------------------------

    def _sheet(self, name: str, title: str, period: str = "") -> tuple[Worksheet, int]:
        """A sheet with its head, and the row on which it goes on."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        paper = self.paper
        whole = f"{long_date(paper.year.start)} to {long_date(paper.year.end)}"
        said = (paper.area, period or whole, paper.status(), "FICTIONAL RECORD" if paper.fiction else "")  # fmt: skip
        self._put(sheet, 0, 0, title, self.title)
        for row, words in enumerate((each for each in said if each), 1):
            self._put(sheet, row, 0, words, None)
        return sheet, 6

    def _headed(self, sheet: Worksheet, row: int, words: str) -> int:
        self._put(sheet, row, 0, words, self.title)
        return row + 1

    def _lines(self, sheet: Worksheet, row: int, lines: Iterable[str]) -> int:
        """A sentence a row, over the cells beside it; the row after them."""
        for words in lines:
            self._put(sheet, row, 0, words, None)
            row += 1
        return row

    def _rows(self, sheet: Worksheet, row: int, heads: Row, rows: Iterable[Row]) -> int:
        """A table with its heading row; the row after it."""
        found = list(rows)
        for place, words in enumerate(heads):
            counts = any(isinstance(one[place], int) for one in found)
            self._put(sheet, row, place, words, self.right if counts else self.head)
        for one in found:
            row += 1
            for place, value in enumerate(one):
                looks = self.plain if place else self.bold
                self._put(sheet, row, place, value, looks)
        return row + 1

    def _put(self, sheet: Worksheet, row: int, place: int, value: int | str, looks: Any) -> None:
        if isinstance(value, int):
            done = sheet.write_number(row, place, value, self.number)
        else:
            done = sheet.write_string(row, place, text_of(value), looks)
        if done:
            raise ValueError("a cell was not written")
