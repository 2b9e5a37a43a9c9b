"""The annual report as Word and as text, opened again. Every number and name in it is invented."""

from __future__ import annotations

import builtins
import dataclasses
import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from panelkit import paths
from panelkit.areas.loader import load_area
from panelkit.documents import charts, plain, tree
from panelkit.documents.compose.annual import FACTS, compose_annual, default_narratives
from panelkit.documents.gate import printable
from panelkit.documents.import_guard import opened
from panelkit.documents.narratives import is_as_written, read_narratives
from panelkit.documents.shelf import Shelf
from panelkit.documents.tree import Picture
from panelkit.domain.annual_paper import NARRATIVES, NOTES, SLOTS, TO_WRITE, AnnualPaper, unwritten
from panelkit.domain.errors import BadInput
from panelkit.domain.report_year import ReportYear
from panelkit.services.annual_papers import chart_of
from panelkit.services.sample_papers import full_annual
from tests.documents.reading import W, names, part, small_document, written
from tests.documents.test_audit_papers import words_in
from tests.documents.test_word import converted

AREA = load_area("west_midlands")
TEMPLATE = Shelf(paths.shipped("templates")).in_force("annual_report", date(2026, 11, 28))
HEADINGS = {plan.key: plan.heading for plan in TEMPLATE.sections}
HOSTILE = "R&D <w:t>12</w:t> {{ 7*7 }} {% if x %} [b]x[/b] [[title]] \u202eevil\x00 =1+1 ' \""
GATED = "R&D <w:t>12</w:t> {{ 7*7 }} {% if x %} [b]x[/b] [[title]] \ufffdevil\ufffd =1+1 ' \""
WHOLE = full_annual()
FINAL = dataclasses.replace(WHOLE, missing=(), published_on=date(2026, 10, 4))
BARE = dataclasses.replace(
    WHOLE, facts={}, attendance=(), attendance_note="", facts_note="", entered=(), sums=(), rules=(),
    notes=(), earlier=WHOLE.earlier[-1:], missing=(),
)  # fmt: skip
HOSTILE_PAPER = dataclasses.replace(
    WHOLE, area=HOSTILE, facts_note=HOSTILE, attendance=((HOSTILE, HOSTILE, "x"),),
    entered=tuple(dataclasses.replace(one, source=HOSTILE) for one in WHOLE.entered),
)  # fmt: skip
EVERY = {"whole": WHOLE, "final": FINAL, "bare": BARE, "hostile": HOSTILE_PAPER}


def as_tree(
    paper: AnnualPaper = WHOLE, said: Mapping[str, str] | None = None, chart: Picture | str | None = None
) -> tree.Document:  # fmt: skip
    narratives = default_narratives(paper, TEMPLATE) | dict(said or {})
    drawn = chart_of(paper) if chart is None else chart
    return compose_annual(paper, AREA, TEMPLATE, narratives, drawn)


def as_word(*given: Any, **more: Any) -> bytes:
    return written(as_tree(*given, **more), TEMPLATE.house)


@pytest.fixture(params=EVERY, ids=list(EVERY))
def document(request: pytest.FixtureRequest) -> tree.Document:
    paper = EVERY[request.param]
    return as_tree(paper, dict.fromkeys(SLOTS, HOSTILE) if paper is HOSTILE_PAPER else None)


# -- the file ------------------------------------------------------------------------------


def test_another_program_finds_nothing_wrong_with_it(
    document: tree.Document, tmp_path: Path
) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(written(document, TEMPLATE.house))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(error) for error in result.errors][:5]


def test_word_and_text_say_the_same_in_the_same_order(document: tree.Document) -> None:
    in_word, at = words_in(written(document, TEMPLATE.house)), 0
    shown = " ".join(plain.write(document, width=9000).split())
    for text in tree.texts(document):
        words = " ".join(printable(text).split())
        found = in_word.find(words, at)
        assert found >= 0, text
        at = found
        assert words in shown


def test_the_same_report_is_the_same_file_and_names_no_maker() -> None:
    content = as_word()
    assert content == as_word()
    core = docx.Document(io.BytesIO(content)).core_properties
    assert (core.author, core.last_modified_by, core.title) == ("Invented area", "", "MAPPA annual report 2025-26")  # fmt: skip


def test_it_has_the_whole_shape_of_a_published_report_in_order() -> None:
    found = docx.Document(io.BytesIO(as_word())).paragraphs
    headings = [p.text for p in found if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [
        "Introduction", "Our Strategic Management Board", "Reflections on the year",
        "Priorities for the coming year", "What is MAPPA?", "Terrorism", "MAPPA statistics",
        "How the figures were counted", "Comparison with earlier years", "Explanation of the tables",
        "From our lay advisers", "Youth justice", "Where the figures come from",
    ]  # fmt: skip
    lettered = [p.text for p in found if re.match(r"\([a-z]\) ", p.text)]
    assert lettered == [f"({note.letter}) {note.title}" for note in NOTES]
    assert "".join(note.letter for note in NOTES) == "abcdefghij"


def test_cells_are_those_of_the_tables_and_stand_to_the_right() -> None:
    table = next(t for t in docx.Document(io.BytesIO(as_word())).tables if t.rows[0].cells[0].text == "Level")  # fmt: skip
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert shown == [
        ["Level", "Category 1", "Category 2", "Category 3", "Total"],
        ["Level 1", "3638", "1650", "–", "5288"], ["Level 2", "18", "28", "17", "63"],
        ["Level 3", "1", "0", "1", "2"], ["Total", "3657", "1678", "18", "5353"],
    ]  # fmt: skip
    sides = [
        [p.find(f"{W}pPr/{W}jc") is not None for p in row._tr.iter(f"{W}p")] for row in table.rows
    ]
    assert sides == [[False, True, True, True, True]] * 5
    title = table._tbl.tblPr.find(f"{W}tblDescription")
    assert title.get(f"{W}val") == "MAPPA-eligible individuals, on 31 March 2026"


def test_its_face_says_why_it_is_a_draft_and_nothing_once_it_is_none() -> None:
    to_write = len(unwritten(default_narratives(WHOLE, TEMPLATE)))
    assert to_write == 6
    for paper, said, words in (
        (WHOLE, {}, "DRAFT: 1 figure not supplied; 6 texts to be written"),
        (FINAL, {}, "DRAFT: 6 texts to be written"),
        (dataclasses.replace(FINAL, published_on=None), dict.fromkeys(SLOTS, "w"), "DRAFT: tables not published"),
        (dataclasses.replace(FINAL, differs=("T2, a",) * 2), dict.fromkeys(SLOTS, "w"), "DRAFT: 2 cells counted otherwise than published on 4 October 2026"),
        (FINAL, dict.fromkeys(SLOTS, "w"), "Tables published on 4 October 2026"),
    ):  # fmt: skip
        made = as_tree(paper, said)
        content = written(made, TEMPLATE.house)
        draft = words.startswith("DRAFT")
        assert made.status == words
        assert words in words_in(content)
        assert made.draft is draft
        header = etree.tostring(part(content, "word/header1.xml")).decode()
        assert ("OFFICIAL-SENSITIVE" in header) is draft
        assert "FICTIONAL RECORD" in header


def test_what_the_record_does_not_know_is_said_beside_the_narrative() -> None:
    said = words_in(as_word())
    assert "Panels listed 412 398 Referrals received not known not known" in said
    assert "Not known: referrals are not kept." in said
    assert said.count(FACTS) == len(NARRATIVES)


def test_no_name_of_who_entered_a_figure_is_in_it() -> None:
    assert "Entered by one person on 1 May 2026, confirmed by another on 4 May 2026" in words_in(as_word())  # fmt: skip
    assert "Entered by one person on 1 May 2026; not confirmed, so in no table" in words_in(as_word())  # fmt: skip


# -- narratives ------------------------------------------------------------------------------


def test_hostile_words_are_words_wherever_somebody_typed_them() -> None:
    said = words_in(as_word(HOSTILE_PAPER, dict.fromkeys(SLOTS, HOSTILE)))
    assert said.count(GATED) >= len(SLOTS) + 5
    assert "49" not in re.sub(r"\d{3,}", "", said)


def test_every_slot_has_its_wording_and_a_narrative_of_several_paragraphs_stays_so() -> None:
    assert set(TEMPLATE.wording) == {f"{slot}.j2" for slot in SLOTS}
    made = as_word(WHOLE, {"board": "One.\n\nTwo,\nnext line.\n \n\nThree."})
    paragraphs = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs]
    at = paragraphs.index("Our Strategic Management Board")
    assert paragraphs[at + 1 : at + 5] == ["One.", "Two,\nnext line.", "Three.", FACTS]


def read(content: bytes, name: str = "r.docx", year: ReportYear = WHOLE.year) -> Mapping[str, str]:
    return read_narratives(opened(content, name), name, year, HEADINGS).narratives


def test_narratives_are_read_back_as_they_were_written(document: tree.Document) -> None:
    found = read(written(document, TEMPLATE.house))
    assert set(found) == set(SLOTS)
    paper = WHOLE if document.area == WHOLE.area else HOSTILE_PAPER
    wanted = dict.fromkeys(SLOTS, GATED) if paper is HOSTILE_PAPER else default_narratives(paper, TEMPLATE)  # fmt: skip
    assert found == wanted


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    """As another program saves it."""
    there = docx.Document(io.BytesIO(content))
    edit(there)
    out = io.BytesIO()
    there.save(out)
    return out.getvalue()


def test_what_was_written_in_word_is_read_back_also_where_marks_went() -> None:
    def edit(there: Any) -> None:
        for p in there.paragraphs:
            if p.text == "Priorities for the coming year":
                for mark in list(p._p.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
                    p._p.remove(mark)
            if p.text.startswith(TO_WRITE):
                p.text = "Words of our own."
            if p.text.startswith("(c) "):
                p.insert_paragraph_before("Before it.")
        there.tables[-1].rows[0].cells[0].text = "no narrative"

    content = as_word()
    assert is_as_written(content)
    after = edited(content, edit)
    assert not is_as_written(after)
    found = read(after)
    default = default_narratives(WHOLE, TEMPLATE)
    changed = {key for key in SLOTS if found[key] != default[key]}
    assert changed == {*unwritten(default), "note_notification"}
    assert found["priorities"] == "Words of our own."
    assert found["note_notification"].endswith("\n\nBefore it.")
    assert not any("no narrative" in words for words in found.values())


def test_a_narrative_that_is_gone_is_left_out() -> None:
    def edit(there: Any) -> None:
        for p in list(there.paragraphs):
            if p.text == "Terrorism" or p.text.startswith("(b)"):
                p._p.getparent().remove(p._p)

    found = read(edited(as_word(), edit))
    assert set(SLOTS) - set(found) == {"terrorism", "note_notification"}


def test_another_document_and_another_year_are_refused() -> None:
    with pytest.raises(BadInput, match=r"r\.docx is there and no annual report"):
        read(written(small_document()))
    with pytest.raises(BadInput, match="the report of 2025-26, not of 2024-25"):
        read(as_word(), year=ReportYear.named("2024-25"))
    for content in (b"", b"no file", as_word()[:-50]):
        assert not is_as_written(content)


@pytest.mark.office
def test_libreoffice_keeps_narratives_and_picture_and_is_seen_to_have_saved_it(tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "report.docx"
    path.write_bytes(as_word())
    saved = converted(path, "docx", tmp_path / "saved").read_bytes()
    assert not is_as_written(saved)
    assert read(saved) == default_narratives(WHOLE, TEMPLATE)
    assert any(name.endswith(".png") for name in names(saved))


# -- the chart -------------------------------------------------------------------------------


def drawing(content: bytes) -> list[etree._Element]:
    return [e for e in part(content, "word/document.xml").iter() if str(e.tag).endswith("}docPr")]


def test_the_chart_is_a_picture_with_every_number_in_its_words_and_in_a_table() -> None:
    content = as_word()
    (about,) = drawing(content)
    alt = about.get("descr", "")
    for one in WHOLE.earlier:
        assert f"{one.year} {one.eligible}" in alt
        assert f"{one.year} {one.total}, of them {one.level_two} at Level 2 and {one.level_three} at Level 3" in alt  # fmt: skip
    shown = [[c.text for c in row.cells] for t in docx.Document(io.BytesIO(content)).tables for row in t.rows]  # fmt: skip
    for one in WHOLE.earlier:
        assert [one.year, *map(str, (one.eligible, one.level_two, one.level_three, one.total)), one.source] in shown  # fmt: skip
    assert f"[Picture: {alt}]" in plain.write(as_tree(), width=9000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        png = archive.read("word/media/drawn1.png")
    assert struct.unpack_from(">II", png, 16)[0] > 1000
    assert b"tEXt" not in png
    assert b"matplotlib" not in png
    (blip,) = [e for e in part(content, "word/document.xml").iter() if str(e.tag).endswith("}blip")]
    (link,) = blip.values()
    rels = {r.get("Id"): r.get("Target") for r in part(content, "word/_rels/document.xml.rels")}
    assert rels[link] == "media/drawn1.png"
    kinds = [e.get("ContentType") for e in part(content, "[Content_Types].xml") if e.get("Extension") == "png"]  # fmt: skip
    assert kinds == ["image/png"]
    assert docx.Document(io.BytesIO(content)).inline_shapes[0].width > 5_000_000


def test_a_chart_reads_without_colour() -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(charts.comparison(WHOLE.earlier))).convert("RGB")
    raw = picture.resize((300, 130), Image.Resampling.NEAREST).tobytes()
    pixels = [raw[at : at + 3] for at in range(0, len(raw), 3)]
    assert all(max(p) - min(p) <= 2 for p in pixels)
    shades = {p[0] // 32 for p in pixels}
    assert {1, 2} & shades
    assert {6, 7} <= shades


def test_a_year_that_is_not_supplied_says_so_in_words() -> None:
    gap = dataclasses.replace(WHOLE.earlier[2], eligible=None, total=None, level_two=None, level_three=None)  # fmt: skip
    paper = dataclasses.replace(WHOLE, earlier=(*WHOLE.earlier[:2], gap, *WHOLE.earlier[3:]))
    (about,) = drawing(as_word(paper))
    assert "2022-23 not supplied" in about.get("descr", "")
    assert "2022-23 not supplied not supplied not supplied not supplied" in words_in(as_word(paper))


def test_without_the_library_it_says_so_and_has_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    content = as_word()
    assert drawing(content) == []
    said = words_in(content)
    assert "The chart could not be drawn: matplotlib is not installed here. Its numbers are in the table." in said  # fmt: skip
    assert "2020-21 5000 150 9 159" in said


def test_one_year_alone_is_compared_with_nothing() -> None:
    assert "hold no earlier year to compare with" in words_in(as_word(BARE))
    assert drawing(as_word(BARE)) == []


@pytest.mark.parametrize("png", [b"", b"no picture", b"\xff\xd8\xff\xd9"])
def test_what_is_no_drawing_is_a_mistake_of_the_program(png: bytes) -> None:
    with pytest.raises(ValueError, match="the drawing is"):
        written(small_document(Picture(png, "A drawing")))
    with pytest.raises(ValueError, match="needs words"):
        Picture(b"x", " ")
