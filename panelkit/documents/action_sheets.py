"""Actions across meetings as a file of values or a workbook; nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from panelkit.documents.books import begun, lines, looks_of, page, text_of
from panelkit.domain.action_list import HEADS, ActionList
from panelkit.domain.plain_cells import plain_cell

_WIDTHS = (15, 13, 13, 9, 32, 22, 60, 12, 16, 14, 8, 60)


def csv_bytes(paper: ActionList) -> bytes:
    """The list as a file of values, its heading first; UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in paper.rows:
        writer.writerow([plain_cell(str(cell)) for cell in row.cells])
    return out.getvalue().encode("utf-8-sig")


def workbook(paper: ActionList, *, now: datetime) -> bytes:
    """The list as a workbook. Raises ValueError if ``now`` has no time zone."""
    out, book = begun("Actions across meetings", paper.area, now)
    looks = looks_of(book)
    sheet = page(book, "Actions", frozen=1)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, HEADS[place].replace("_", " "), looks.head)
    for number, row in enumerate(paper.rows, 1):
        for place, cell in enumerate(row.cells):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell, looks.plain)
            else:
                sheet.write_string(number, place, text_of(cell), looks.plain)
    if paper.rows:
        sheet.autofilter(0, 0, len(paper.rows), len(HEADS) - 1)
    fiction = "FICTIONAL RECORD" if paper.fiction else ""
    said = (paper.marking, paper.area, paper.made_on.isoformat(), f"Asked: {paper.asked or 'every open action'}", fiction)  # fmt: skip
    lines(book, "About", said, width=100)
    book.close()
    return out.getvalue()
