"""Workbooks as they come, and workbooks made to mislead or to harm. Nothing in them is calculated."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from panelkit.documents import grid_xlsx
from panelkit.documents.grid_reading import read_grid
from panelkit.domain.errors import BadInput
from panelkit.domain.grids import Cell, Grid, Shape
from tests.documents.grid_files import (
    MAIN,
    RELATIONS,
    SHEET,
    by_hand,
    changed,
    csv_of,
    row,
    xlsx_of,
)
from tests.documents.test_word import converted

HEAD = row(1, "Case", "Day", "Note")
LINE = row(2, "HM-1", "2022-10-02", "x")


def read(content: bytes, **said: object) -> Grid:
    return grid_xlsx.read(content, "r.xlsx", **said)  # type: ignore[arg-type]


def cell(xml: str, **more: str) -> Cell:
    """What the first cell of the second line comes to."""
    return read(by_hand(row(1, "A") + row(2, xml), **more)).lines[0].cells[0]  # type: ignore[arg-type]


def test_a_workbook_by_a_library_gives_words_numbers_and_days() -> None:
    found = read(
        xlsx_of([["Case", "Day", "Number"], ["HM-1", date(2022, 10, 2), 3638], ["0143", "x", "12"]])
    )
    assert [c.text for c in found.head.cells] == ["Case", "Day", "Number"]
    assert found.lines[0].cells == (Cell("HM-1"), Cell("2022-10-02", Shape.DAY), Cell("3638", Shape.NUMBER))  # fmt: skip
    assert found.lines[1].cells == (Cell("0143"), Cell("x"), Cell("12")), "a number as text is text"
    assert (found.sheet, [line.number for line in found.lines]) == ("Sheet1", [2, 3])


DAYS = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\-mmm\\-yyyy"/><numFmt numFmtId="165" formatCode="&quot;day&quot; 0"/>'
    '<numFmt numFmtId="166" formatCode="[Red]0.0"/><numFmt numFmtId="167" formatCode="0000"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>'
    '<xf numFmtId="167"/><xf numFmtId="46"/></cellXfs>'
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "look", "text", "shape"),
    [
        ("44836", 1, "2022-10-02", Shape.DAY), ("44836", 2, "2022-10-02", Shape.DAY),
        ("44836", 0, "44836", Shape.NUMBER), ("44836", 3, "44836", Shape.NUMBER),
        ("44836", 4, "44836", Shape.NUMBER), ("3.638E3", 0, "3638", Shape.NUMBER),
        ("3638.5", 0, "3638.5", Shape.NUMBER), ("-1", 0, "-1", Shape.NUMBER),
        ("NaN", 0, "NaN", Shape.NUMBER), ("61", 1, "1900-03-01", Shape.DAY),
    ],
)  # fmt: skip
def test_a_number_is_a_day_where_it_is_shown_as_one(
    value: str, look: int, text: str, shape: Shape
) -> None:
    assert cell(f'<c r="A2" s="{look}"><v>{value}</v></c>', styles=DAYS) == Cell(text, shape)


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    book = '<workbookPr date1904="1"/>'
    assert cell('<c r="A2" s="1"><v>43374</v></c>', styles=DAYS, book=book).text == "2022-10-02"
    assert cell('<c r="A2" t="d"><v>2022-10-02T00:00:00Z</v></c>').text == "2022-10-02"


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        ('<c r="A2"><f>1+1</f><v>2</v></c>', "holds a formula"),
        ('<c r="A2" t="str"><f>"x"</f><v>x</v></c>', "holds a formula"),
        ('<c r="A2"><f t="shared" si="0"/><v>2</v></c>', "holds a formula"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "holds an error"),
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE or FALSE"),
        ('<c r="A2" s="1"><v>44836.5</v></c>', "a time of day"),
        ('<c r="A2" s="6"><v>0.5</v></c>', "a time of day"),
        ('<c r="A2" s="1"><v>60</v></c>', "cannot be trusted"),
        ('<c r="A2" s="1"><v>-5</v></c>', "cannot be trusted"),
        ('<c r="A2" s="1"><v>1e300</v></c>', "cannot be trusted"),
        ('<c r="A2" s="1"><v>INF</v></c>', "a time of day"),
        ('<c r="A2" s="5"><v>143</v></c>', "shown with zeros before it"),
        ('<c r="A2"><v>many</v></c>', "holds no number"),
        ('<c r="A2" t="d"><v>2022-10-02T14:30:00</v></c>', "a time of day"),
        ('<c r="A2" t="d"><v>soon</v></c>', "holds no day"),
        ('<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>', "begins like a formula"),
        ('<c r="A2" t="inlineStr"><is><t>a_x202E_b</t></is></c>', "characters that act"),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_what_was_typed_says_why(xml: str, fault: str) -> None:
    found = cell(xml, styles=DAYS)
    assert fault in found.fault
    assert not found.text


def test_words_in_several_looks_are_one_text_without_how_they_are_said() -> None:
    strings = "<si><r><t>Re</t></r><r><rPr><b/></rPr><t>call</t></r><rPh><t>no</t></rPh></si><si><t>a_x005F_b</t></si>"
    assert cell('<c r="A2" t="s"><v>0</v></c>', strings=strings) == Cell("Recall")
    assert cell('<c r="A2" t="s"><v>1</v></c>', strings=strings) == Cell("a_b")


def test_cells_that_one_formula_fills_are_calculated_too() -> None:
    filled = row(2, '<c r="A2"><f t="array" ref="A2:B3">x()</f><v>1</v></c>', '<c r="B2"><v>2</v></c>', '<c r="C2"><v>3</v></c>')  # fmt: skip
    found = read(by_hand(HEAD + filled + row(3, '<c r="A3"><v>4</v></c>')))
    assert [c.fault for c in found.lines[0].cells] == ["holds a formula", "holds a formula", ""]
    assert found.lines[1].cells[0].fault == "holds a formula"


def test_merged_cells_hidden_lines_and_hidden_columns_are_named() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    data = HEAD + LINE + row(3, "", "2022-10-03") + row(4, "HM-2", "x", more='hidden="1"') + row(5, "HM-3", "x", more='ht="0"')  # fmt: skip
    columns = '<cols><col min="3" max="16384" hidden="1"/></cols>'
    found = read(by_hand(data, beside=merged, before=columns))
    assert [line.cells[0].fault for line in found.lines] == ["is merged with other cells"] * 2 + ["", ""]  # fmt: skip
    assert [line.fault for line in found.lines] == ["", ""] + ["is hidden in the workbook"] * 2
    assert {2, 3} <= found.hidden
    assert 1 not in found.hidden
    assert len(found.hidden) < 300


def test_which_sheet_is_asked_where_more_than_one_is_shown_and_a_hidden_one_is_not_read() -> None:
    two = by_hand(HEAD + LINE, sheets=(("Recalls", "visible"), ("Notes", "visible"), ("Secret", "veryHidden")))  # fmt: skip
    with pytest.raises(BadInput, match="has 2 sheets: Recalls, Notes") as failed:
        read(two)
    assert "Secret" not in failed.value.sentence
    found = read(two, sheet="recalls")
    assert (found.sheet, len(found.lines)) == ("Recalls", 1)
    assert "1 hidden sheet is not read." in found.taken
    for sheet, why in (("Secret", "is hidden"), ("Other", "no sheet of that name"), ("Notes", "the sheet is blank")):  # fmt: skip
        with pytest.raises(BadInput, match=why):
            read(two, sheet=sheet)
    one = by_hand(HEAD + LINE, sheets=(("Recalls", "visible"), ("Old", "hidden")))
    assert read(one).sheet == "Recalls"
    with pytest.raises(BadInput, match="shows no sheet"):
        read(by_hand(HEAD, sheets=(("Old", "hidden"),)))


def test_a_size_that_a_sheet_claims_and_a_cell_at_its_far_corner_take_no_room() -> None:
    claims = '<dimension ref="A1:XFD1048576"/>'
    assert len(read(by_hand(HEAD + LINE, before=claims)).lines) == 1
    corner = row(1048576, '<c r="A1048576" t="inlineStr"><is><t>x</t></is></c>')
    assert [line.number for line in read(by_hand(HEAD + LINE + corner)).lines] == [2, 1048576]
    wide = row(2, '<c r="XFD2"><v>1</v></c>')
    with pytest.raises(BadInput, match="more than 200 columns"):
        read(by_hand(HEAD + wide))
    assert read(by_hand(HEAD + row(2, "x", '<c r="XFD2" s="1"/>'))).width == 3, "a look alone is no cell"  # fmt: skip


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>&c;</sheetData></worksheet>'
)
EBCDIC = b'<?xml version="1.0" encoding="cp037"?>' + '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'.encode("cp037")  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not an Excel workbook"), (b"Case,Day", "is not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old .xls file or is protected by a password"),
        (b"PK\x03\x04" + b"x" * 90, "damaged or cut short"),
        (by_hand(HEAD)[:-40], "damaged or cut short"),
        (changed(by_hand(HEAD), lambda p: p.update({SHEET: ENTITIES})), "declares a document type"),
        (changed(by_hand(HEAD), lambda p: p.update({SHEET: EBCDIC})), "r.xlsx"),
        (changed(by_hand(HEAD), lambda p: p.update({"xl/sharedStrings.xml": ENTITIES})), "declares a document type"),
        (changed(by_hand(HEAD), lambda p: p.update({SHEET: p[SHEET] + b" " * 30_000_000})), "swell far beyond"),
        (changed(by_hand(HEAD), lambda p: p.update({"xl/vbaProject.bin": b"x"})), "workbook with macros"),
        (changed(by_hand(HEAD), lambda p: p.update({"[Content_Types].xml": p["[Content_Types].xml"].replace(b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")})), "workbook with macros"),
        (changed(by_hand(HEAD), lambda p: p.update({"../x": b"x"})), "leads out of it"),
        (changed(by_hand(HEAD), lambda p: p.pop("xl/workbook.xml")), "is not an Excel workbook"),
        (changed(by_hand(HEAD), lambda p: p.pop(SHEET)), "parts do not fit together"),
        (changed(by_hand(HEAD), lambda p: p.update({SHEET: b"<worksheet><sheetData>"})), "damaged or cut short"),
        (changed(by_hand(HEAD), lambda p: p.update({"xl/_rels/workbook.xml.rels": p["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"../../etc/passwd")})), "parts do not fit together"),
        (by_hand(HEAD + row(1, "again")), "parts do not fit together"),
        (by_hand('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'), "parts do not fit together"),
        (by_hand('<row r="1"><c r="A2"><v>1</v></c></row>'), "parts do not fit together"),
        (by_hand('<row r="0"/>'), "parts do not fit together"),
        (by_hand('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "parts do not fit together"),
        (by_hand(f'<row r="1"><c r="A1" t="s"><v>{"9" * 6000}</v></c></row>'), "parts do not fit together"),
        (by_hand('<row r="1"><c r="A1" t="what"><v>7</v></c></row>'), "parts do not fit together"),
        (by_hand(HEAD, beside="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 1001 + "</mergeCells>"), "more merged or calculated"),
        (by_hand(HEAD, beside='<mergeCells><mergeCell ref="all"/></mergeCells>'), "parts do not fit together"),
        (by_hand(""), "the sheet is blank"),
        (by_hand("".join(row(n, "x") for n in range(1, 20_100))), "more than 20000 lines"),
    ],
    ids=range(27),
)  # fmt: skip
def test_what_is_no_sound_workbook_is_one_line(content: bytes, said: str) -> None:
    with pytest.raises(BadInput) as failed:
        read(content)
    assert said in failed.value.sentence
    assert "\n" not in failed.value.sentence
    assert len(failed.value.sentence) < 200


def test_a_workbook_with_any_of_its_bytes_changed_is_read_or_refused() -> None:
    good = xlsx_of([["Case", "Day"], ["HM-1", date(2022, 10, 2)]])
    seeded = random.Random(7)
    refused = 0
    for _ in range(300):
        bad = bytearray(good)
        for _ in range(seeded.randint(1, 4)):
            bad[seeded.randrange(len(bad))] = seeded.randrange(256)
        try:
            read(bytes(bad))
        except BadInput:
            refused += 1
    assert refused > 100


def test_a_workbook_with_any_letter_of_its_parts_changed_is_read_or_refused() -> None:
    data = HEAD + row(2, '<c r="A2" t="s"><v>1</v></c>', '<c r="B2" s="1"><v>44836</v></c>') + LINE.replace("2", "3")  # fmt: skip
    merged = '<mergeCells><mergeCell ref="A2:A2"/></mergeCells>'
    good = by_hand(data, beside=merged, styles=DAYS, strings="<si><t>a</t></si><si><t>b</t></si>")
    seeded = random.Random(11)
    names = [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]  # fmt: skip
    read_at_all = 0

    def hurt(parts: dict[str, bytes]) -> None:
        name = seeded.choice(names)
        part = bytearray(parts[name])
        for _ in range(seeded.randint(1, 3)):
            at = seeded.randrange(len(part))
            part[at : at + seeded.randint(0, 3)] = seeded.choice([b"9", b'"', b"", b"-1", b"9" * 6000, b"A", b":", b"e"])  # fmt: skip
        parts[name] = bytes(part)

    for _ in range(400):
        try:
            read(changed(good, hurt))
            read_at_all += 1
        except BadInput:
            pass
    assert 0 < read_at_all < 400


def test_a_workbook_in_the_strict_form_is_read_too() -> None:
    def strict(parts: dict[str, bytes]) -> None:
        for name, part in parts.items():
            main = part.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            parts[name] = main.replace(RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")  # fmt: skip

    found = read(changed(by_hand(HEAD + LINE), strict))
    assert [c.text for c in found.lines[0].cells] == ["HM-1", "2022-10-02", "x"]


@pytest.mark.office
def test_a_workbook_as_libreoffice_saves_it_is_read(tmp_path: Path) -> None:
    saved = tmp_path / "r.csv"
    saved.write_bytes(csv_of([["Case", "Day", "Number"], ["HM-1", "2022-10-02", "3638"]]))
    found = read_grid(converted(saved, "xlsx", tmp_path / "out"))
    assert found.lines[0].cells == (Cell("HM-1"), Cell("2022-10-02", Shape.DAY), Cell("3638", Shape.NUMBER))  # fmt: skip
