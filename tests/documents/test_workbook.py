"""The tables as a workbook, unpacked again: words are words, numbers numbers, nothing a formula."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import date, datetime

import pytest
from lxml import etree

from panelkit.documents import books, workbook
from panelkit.domain.annual_paper import Entered
from panelkit.services.sample_papers import full_annual
from tests.documents.reading import NOW

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PAPER = full_annual()
BEGINS = (
    "=1+1", "+44 113 4960000", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "−5", "{=1}", "'=1",
    "=HYPERLINK(\"http://invented.example\")", "http://invented.example", "mailto:a@invented.example",
    "file:///etc/passwd", "internal:Sheet1!A1", "=cmd|' /C calc'!A0", "00123", "1e5", "TRUE", "1.234,56",
    "<f>1</f>", "_x0041_", "\x00\x07", "\u202e", "R&D \"<12>\"", "nan", "", " ",
)  # fmt: skip
"""What starts a formula, a link or a number somewhere in the world, or breaks a file."""


def sheets(content: bytes) -> dict[str, list[list[tuple[str, str]]]]:
    """Each sheet's rows: the kind and the value of each cell that holds something."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    strings = [
        "".join(t.text or "" for t in si.iter(f"{M}t"))
        for si in etree.fromstring(parts["xl/sharedStrings.xml"])
    ]
    found: dict[str, list[list[tuple[str, str]]]] = {}
    for number, sheet in enumerate(etree.fromstring(parts["xl/workbook.xml"]).iter(f"{M}sheet"), 1):
        root = etree.fromstring(parts[f"xl/worksheets/sheet{number}.xml"])
        rows = []
        for row in root.iter(f"{M}row"):
            cells = []
            for cell in row.iter(f"{M}c"):
                value = cell.findtext(f"{M}v")
                if value is not None:
                    kind = cell.get("t", "n")
                    cells.append((kind, strings[int(value)] if kind == "s" else value))
            rows.append(cells)
        found[sheet.get("name", "")] = rows
    return found


def written(**changes: object) -> bytes:
    return workbook.write(dataclasses.replace(PAPER, **changes), now=NOW)  # type: ignore[arg-type]


def test_a_sheet_for_each_table_and_one_for_rules_one_for_sources_one_for_years() -> None:
    found = sheets(written())
    assert list(found) == ["T1", "T3", workbook.RULES, workbook.SOURCES, workbook.EARLIER]
    for rows in found.values():
        assert ("s", "DRAFT: 1 figure not supplied") in [cell for row in rows for cell in row]
        assert ("s", "FICTIONAL RECORD") in [cell for row in rows for cell in row]


def test_cells_are_those_of_the_tables_and_numbers_are_numbers() -> None:
    found = sheets(written())
    at = next(n for n, row in enumerate(found["T1"]) if ("s", "Category 1") in row)
    assert [value for _kind, value in found["T1"][at] if value] == list(PAPER.tables[0].columns)
    for row, (name, cells) in zip(found["T1"][at + 1 :], PAPER.tables[0].rows, strict=False):
        assert row == [("s", name), *(("n" if isinstance(c, int) else "s", str(c)) for c in cells)]
    assert [("s", "T3"), ("s", "Category 1 cautioned"), ("n", "62")] in [row[:3] for row in found[workbook.SOURCES]]  # fmt: skip
    for one in PAPER.earlier:
        assert [("s", one.year), ("n", str(one.eligible))] in [row[:2] for row in found[workbook.EARLIER]]  # fmt: skip
    gone = dataclasses.replace(PAPER.earlier[0], eligible=None)
    assert [("s", gone.year), ("s", "not supplied")] in [row[:2] for row in sheets(written(earlier=(gone,)))[workbook.EARLIER]]  # fmt: skip


@pytest.mark.parametrize("words", BEGINS)
def test_words_are_words_whatever_they_begin_with(words: str) -> None:
    entered = Entered(figure="T3", label=words, value=-1, source=words, entered_on=date(2026, 5, 1), confirmed_on=None)  # fmt: skip
    tables = tuple(
        dataclasses.replace(
            t, id=t.id, title=words, rows=((words, *t.rows[0][1:]),), notes=(words,)
        )
        for t in PAPER.tables
    )
    content = written(area=words, notes=(words,), rules=(words,), sums=(words,), entered=(entered,), tables=tables, differs=(words,), missing=((words, words),))  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            root = etree.fromstring(book.read(name))
            assert not list(root.iter(f"{M}f", f"{M}hyperlink")), name
            assert "hyperlink" not in etree.tostring(root).decode() or name.endswith("styles.xml")
    kinds = {kind for rows in sheets(content).values() for row in rows for kind, _value in row}
    assert kinds <= {"s", "n"}
    said = [value for rows in sheets(content).values() for row in rows for kind, value in row if kind == "s"]  # fmt: skip
    shown = (
        words.replace("\r", "\n").replace("\x00\x07", "\ufffd\ufffd").replace("\u202e", "\ufffd")
    )
    if shown.strip():
        # Excel would read _x0041_ as the letter A.
        escaped = shown.replace("_x0041_", "_x005F_x0041_")
        assert said.count(escaped) >= 6
    assert ("n", "-1") in [cell for row in sheets(content)[workbook.SOURCES] for cell in row]


def test_what_no_cell_holds_is_cut_and_says_so() -> None:
    found = sheets(written(rules=("w" * 40_000,)))
    longest = max((v for row in found[workbook.RULES] for _k, v in row), key=len)
    assert len(longest) == books.LONGEST
    assert longest.endswith("…")


def test_the_same_paper_is_the_same_workbook_and_names_no_maker() -> None:
    assert written() == written()
    with zipfile.ZipFile(io.BytesIO(written())) as book:
        core = book.read("docProps/core.xml").decode()
    assert "Invented area" in core
    assert "2026-11-18T12:30:00Z" in core
    with pytest.raises(ValueError, match="aware"):
        workbook.write(PAPER, now=datetime(2026, 11, 18))
