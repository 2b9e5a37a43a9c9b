"""Actions across meetings as a file of values or a workbook; nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from panelkit.documents.gate import printable
from panelkit.documents.workbook import LONGEST, NEVER_READ
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
    import xlsxwriter

    if now.tzinfo is None:
        raise ValueError("a workbook needs an aware moment")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, NEVER_READ)
    made = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": "Actions across meetings", "author": printable(paper.area), "created": made})  # fmt: skip
    top = {"valign": "top", "text_wrap": True}
    plain, head = book.add_format(top), book.add_format({**top, "bold": True, "bottom": 1})
    sheet = book.add_worksheet("Actions")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, HEADS[place].replace("_", " "), head)
    for number, row in enumerate(paper.rows, 1):
        for place, cell in enumerate(row.cells):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell, plain)
            else:
                sheet.write_string(number, place, printable(cell)[:LONGEST], plain)
    if paper.rows:
        sheet.autofilter(0, 0, len(paper.rows), len(HEADS) - 1)
    about = book.add_worksheet("About")
    about.set_column(0, 0, 100)
    fiction = "FICTIONAL RECORD" if paper.fiction else ""
    said = (paper.marking, paper.area, paper.made_on.isoformat(), f"Asked: {paper.asked or 'every open action'}", fiction)  # fmt: skip
    for number, words in enumerate(each for each in said if each):
        about.write_string(number, 0, printable(words))
    book.close()
    return out.getvalue()
