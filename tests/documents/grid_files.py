"""Tables as files, CSV and workbooks: sound ones by a library, broken ones by hand. All invented."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from xml.sax.saxutils import quoteattr

import xlsxwriter

Value = str | int | date
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def csv_of(
    rows: Sequence[Sequence[str]], *, sign: str = ",", encoding: str = "utf-8", end: str = "\r\n"
) -> bytes:
    """The rows as a spreadsheet saves them."""
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(
    rows: Sequence[Sequence[Value]], *, sheets: Sequence[str] = ("Sheet1",), in_memory: bool = True
) -> bytes:
    """A workbook whose first sheet has the rows; a date is a number shown as a day."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": in_memory, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        made = [book.add_worksheet(name) for name in sheets]
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    made[0].write_datetime(r, c, value, day)
                else:
                    made[0].write(r, c, value)
    return out.getvalue()


def by_hand(
    data: str, *, beside: str = "", before: str = "", styles: str = "", strings: str = "",
    sheets: Sequence[tuple[str, str]] = (("Sheet1", "visible"),), book: str = "",
) -> bytes:  # fmt: skip
    """A workbook whose first sheet has ``data`` in its sheetData, written letter by letter."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state) in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    packaged = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packaged}"><Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packaged}">{related}'
        f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="t" Type="{RELATIONS}/styles" Target="/xl/styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        SHEET: f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{beside}</worksheet>',
    }  # fmt: skip
    for n in range(2, len(sheets) + 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    return packed({name: text.encode() for name, text in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts as a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return out.getvalue()


def changed(good: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A package with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


def row(number: int, *cells: str, more: str = "") -> str:
    """One row by hand; each cell is the words of an inline string, or XML where it begins with <."""
    made = "".join(
        cell if cell.startswith("<") else
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for n, cell in enumerate(cells) if cell
    )  # fmt: skip
    return f'<row r="{number}" {more}>{made}</row>'
