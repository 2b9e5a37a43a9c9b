"""Forms of returns as an organisation fills them in: in Word, and in the workbook. All invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx import Document as WordFile
from lxml import etree

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _parts(said: str) -> list[str]:
    return [part.strip() for part in said.split("|")]


def filled_word(path: Path, said: Mapping[str, str]) -> None:
    """What is said is typed into the last cells of the lines called so: ``answer | yes | who``, of an
    action ``complete | day | words``; of the short lines their one answer."""
    file = WordFile(str(path))
    left = dict(said)
    for table in file.tables:
        for row in table.rows:
            cells = row.cells
            words = left.pop(cells[0].text.strip(), None)
            if words is None:
                continue
            parts = _parts(words)
            open_cells = cells[2:3] if len(cells) == 3 else cells[-3:]
            for cell, part in zip(open_cells, parts, strict=False):
                first, *rest = part.split("\n")
                cell.paragraphs[0].text = first
                for more in rest:
                    cell.add_paragraph(more)
    assert not left, left
    file.save(str(path))


def filled_workbook(path: Path, said: Mapping[str, str]) -> None:
    """The same in the workbook, cell by cell, as inline strings; ``=…`` is typed as a formula."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    strings = [
        "".join(t.text or "" for t in one.iter(f"{M}t"))
        for one in etree.fromstring(parts["xl/sharedStrings.xml"]).iterfind(f"{M}si")
    ]
    left = dict(said)
    for sheet, first in (("xl/worksheets/sheet1.xml", 5), ("xl/worksheets/sheet2.xml", 7)):
        root = etree.fromstring(parts[sheet])
        for row in root.iter(f"{M}row"):
            cells = {"".join(filter(str.isalpha, c.get("r", ""))): c for c in row}
            key = cells.get("C")
            value = key.findtext(f"{M}v") if key is not None else None
            words = left.pop(strings[int(value)], None) if value else None
            if words is None:
                continue
            for place, part in enumerate(_parts(words)):
                if part:
                    _type(cells[chr(ord("A") + first + place)], part)
        parts[sheet] = etree.tostring(root)
    assert not left, left
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, blob in parts.items():
            book.writestr(name, blob)
    path.write_bytes(out.getvalue())


def _type(cell: etree._Element, words: str) -> None:
    for child in list(cell):
        cell.remove(child)
    if words.startswith("="):
        etree.SubElement(cell, f"{M}f").text = words[1:]
        return
    cell.set("t", "inlineStr")
    inside = etree.SubElement(cell, f"{M}is")
    text = etree.SubElement(inside, f"{M}t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
