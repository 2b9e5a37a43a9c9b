"""The board's quarterly report as a Word file, opened again. Everything in it is invented."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import date
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from panelkit import paths
from panelkit.areas.loader import load_area
from panelkit.documents import plain, tree
from panelkit.documents.compose.quarterly import compose_quarterly
from panelkit.documents.gate import printable
from panelkit.documents.pictures import picture_problem
from panelkit.documents.shelf import Shelf
from panelkit.domain.quarterly_paper import QuarterlyPaper
from panelkit.services.quarterly_papers import charts_of
from panelkit.services.sample_quarter import full_quarterly
from tests.documents.reading import written
from tests.documents.test_audit_papers import words_in
from tests.documents.test_word import converted

AREA = load_area("west_midlands")
TEMPLATE = Shelf(paths.shipped("templates")).in_force("quarterly_report", date(2026, 11, 28))
HOSTILE = "R&D <w:t>12</w:t> {{ 7*7 }} [[title]] \u202eevil\x00 =1+1"
FULL = full_quarterly()
ODD = dataclasses.replace(
    FULL, area=HOSTILE, points=((HOSTILE, HOSTILE),), notes=(HOSTILE,),
    attending=tuple(dataclasses.replace(one, organisation=HOSTILE, ring=HOSTILE) for one in FULL.attending),
)  # fmt: skip
BARE = dataclasses.replace(
    FULL, points=(), drawings={}, attending=(), attending_note="", notes=(), outside=5,
    grids={key: dataclasses.replace(one, rows=()) for key, one in FULL.grids.items()},
)  # fmt: skip
CHARTS = charts_of(FULL)


def as_tree(paper: QuarterlyPaper = FULL) -> tree.Document:
    charts = CHARTS if paper.drawings else {}
    return compose_quarterly(paper, AREA, TEMPLATE, charts)


@pytest.mark.parametrize("paper", [FULL, ODD, BARE], ids=["full", "odd", "bare"])
def test_another_program_finds_nothing_wrong_and_text_says_the_same(
    paper: QuarterlyPaper, tmp_path: Path
) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(written(as_tree(paper), TEMPLATE.house))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(error) for error in result.errors][:5]
    in_word, at = words_in(path.read_bytes()), 0
    shown = " ".join(plain.write(as_tree(paper), width=9000).split())
    for text in tree.texts(as_tree(paper)):
        words = " ".join(printable(text).split())
        at = in_word.find(words, at)
        assert at >= 0, text
        assert words in shown


def test_its_cells_are_the_grids_and_its_headings_the_blocks_in_order() -> None:
    found = docx.Document(io.BytesIO(written(as_tree(), TEMPLATE.house)))
    headings = [p.text for p in found.paragraphs if p.style is not None and p.style.name == "Heading 1"]  # fmt: skip
    assert headings == [plan.heading for plan in TEMPLATE.sections]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in found.tables]
    for grid in FULL.grids.values():
        head = ["What", *FULL.quarters]
        assert [head, *([name, *values] for name, values in grid.rows)] in tables
    rings = next(table for table in tables if table[0][-1] == "To ring")
    assert len(rings) == len(FULL.attending) + 1


def test_charts_are_whole_pictures_with_every_number_in_their_words() -> None:
    content = written(as_tree(), TEMPLATE.house)
    found = docx.Document(io.BytesIO(content))
    alts = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', found.element.xml)
    assert [" ".join(one.in_words for one in drawn) for drawn in FULL.drawings.values()] == alts
    pictures = [part.blob for part in found.part.package.iter_parts() if "/media/" in str(part.partname)]  # fmt: skip
    assert len(pictures) == 2
    assert not any(map(picture_problem, pictures))
    assert content == written(compose_quarterly(FULL, AREA, TEMPLATE, charts_of(FULL)), TEMPLATE.house)  # fmt: skip


def test_where_no_chart_can_be_drawn_the_page_says_so() -> None:
    told = compose_quarterly(FULL, AREA, TEMPLATE, {"panels": "The chart could not be drawn."})
    section = next(one for one in told.sections if one.key == "panels")
    assert section.blocks[0] == tree.Paragraph("The chart could not be drawn.", "warning")


@pytest.mark.office
def test_at_its_fullest_it_has_two_to_four_pages(tmp_path: Path) -> None:
    path = tmp_path / "quarter.docx"
    path.write_bytes(written(as_tree(), TEMPLATE.house))
    pdf = converted(path, "pdf", tmp_path / "pdf").read_bytes()
    assert 2 <= pdf.count(b"/Type/Page\n") + pdf.count(b"/Type/Page/") <= 4
