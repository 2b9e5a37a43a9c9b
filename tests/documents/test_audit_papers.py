"""Letters and the board's page as Word and as text: opened again, at their fullest and emptiest."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from pathlib import Path

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from panelkit import paths
from panelkit.areas.loader import load_area
from panelkit.documents import plain, tree
from panelkit.documents.compose.board import compose_board, cut
from panelkit.documents.compose.feedback import compose_feedback
from panelkit.documents.shelf import Shelf
from panelkit.domain.area import Area
from panelkit.domain.board import BoardReport, Headline
from panelkit.domain.feedback import AuditDone, Doing, Letter, Quote, Step, Strength
from panelkit.services.sample_papers import full_board
from tests.documents.reading import NOW, W, written
from tests.documents.test_word import converted

AREA = load_area("west_midlands")
SHELF = Shelf(paths.shipped("templates"))
HOSTILE = "R&D <w:t>12</w:t> {{ 7*7 }} [b]x[/b] \u202eevil\x00 \U0001f600 ' \""
GATED = "R&D <w:t>12</w:t> {{ 7*7 }} [b]x[/b] \ufffdevil\ufffd \U0001f600 ' \""


def letter(words: str = "Nobody asked.", **said: object) -> Letter:
    given: dict[str, object] = {
        "to": Doing.CHAIR, "name": words, "ref": "WM-0143-3", "held_on": date(2026, 11, 18),
        "meeting": "Level 2 review meeting", "minutes": "draft", "left": 1, "to_judge": (words,), "remarks": (words,),
        "audits": (AuditDone(form="K (14 questions seen)", auditor=words, finished_on=None),),
        "fiction": True,
        "strengths": (Strength(matter="heard", title="Hearing everybody", evidence=(words,), why="It matters.", said=(words,), is_suggestion=True),),
        "steps": (
            Step(matter="plan", title="A plan", quotes=(Quote(place="A11 · Why?", words=words), Quote(place="A11", words=words)), more=2, advice="Do it.", why="So.", said=(words,), is_suggestion=True),
        ),
    }  # fmt: skip
    return Letter(**{**given, **said})  # type: ignore[arg-type]


def as_tree(one: Letter | BoardReport, area: Area = AREA) -> tree.Document:
    if isinstance(one, BoardReport):
        return compose_board(one, area, SHELF.in_force("board_report", date(2026, 11, 28)))
    template = SHELF.in_force("feedback", date(2026, 11, 28))
    return compose_feedback(one, area, template, reference="WM-0143", today=date(2026, 11, 28))


def as_word(document: tree.Document) -> bytes:
    template = SHELF.in_force(document.template_id, date(2026, 11, 28))
    return written(document, template.house)


def words_in(content: bytes) -> str:
    """All words of the body, as another program reads them, in order."""
    opened = docx.Document(io.BytesIO(content))
    found = []
    for block in opened.iter_inner_content():
        if hasattr(block, "rows"):
            found += [cell.text for row in block.rows for cell in row.cells]
        else:
            found.append(block.text)
    return " ".join(" ".join(found).split())


EMPTY = BoardReport(
    start=date(2026, 7, 1), end=date(2026, 9, 30), outside=0,
    sampled=("No meeting was held in this period.",), headlines=(), not_recorded=(),
    quarters=("Jul–Sep 2026",), trends=(), trends_of=0, coded=(), defects=(), well=(), read=0,
    fiction=True,
)  # fmt: skip
BARE = letter(strengths=(), steps=(), left=0, to_judge=(), remarks=(), audits=(), name="")
EVERY = {
    "letter": letter(), "hostile letter": letter(HOSTILE), "bare letter": BARE,
    "to the minute taker": letter(to=Doing.MINUTES), "board": full_board(), "empty board": EMPTY,
}  # fmt: skip


@pytest.fixture(params=EVERY, ids=list(EVERY))
def document(request: pytest.FixtureRequest) -> tree.Document:
    return as_tree(EVERY[request.param])


def test_another_program_finds_nothing_wrong_with_it(
    document: tree.Document, tmp_path: Path
) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(as_word(document))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(error) for error in result.errors][:5]


def test_word_and_text_say_the_same_in_the_same_order(document: tree.Document) -> None:
    from panelkit.documents.gate import printable

    in_word = words_in(as_word(document))
    at = 0
    for text in tree.texts(document):
        words = " ".join(printable(text).split())
        found = in_word.find(words, at)
        assert found >= 0, text
        at = found
    shown = " ".join(plain.write(document, width=4000).split())
    for text in tree.texts(document):
        assert " ".join(printable(text).split()) in shown


def test_the_same_letter_is_the_same_file_and_names_no_maker(document: tree.Document) -> None:
    content = as_word(document)
    assert content == as_word(document)
    opened = docx.Document(io.BytesIO(content))
    assert opened.core_properties.author == AREA.name
    assert opened.core_properties.last_modified_by == ""
    assert opened.core_properties.created == NOW
    assert "WM-0143" in opened.core_properties.subject or not document.reference


def test_hostile_words_are_words() -> None:
    said = words_in(as_word(as_tree(letter(HOSTILE))))
    assert said.count(GATED) >= 6


def test_a_letter_says_strengths_before_steps_and_closes_kindly() -> None:
    opened = docx.Document(io.BytesIO(as_word(as_tree(letter()))))
    headings = [
        p.text for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"
    ]
    assert headings == [
        "This letter", "What was done well", "For next time", "What the auditor wrote besides",
        "What only a person can say", "To close",
    ]  # fmt: skip
    said = words_in(as_word(as_tree(letter())))
    assert "Thank you for chairing this meeting." in said
    assert "A11 · Why? Nobody asked." in said
    assert "A11: Nobody asked." in said
    assert "and 2 more places like these" in said
    assert said.count("A suggestion: a rule that reads words says so") == 2
    assert "There is one more matter in the audit of this meeting" in said
    assert "Thank you for taking the minutes" in words_in(
        as_word(as_tree(letter(to=Doing.MINUTES)))
    )


def test_a_bare_letter_says_what_it_does_not_know() -> None:
    said = words_in(as_word(as_tree(BARE)))
    assert "To The chair" in said
    assert "Minutes Draft when they were read" in said
    assert "The record alone does not show what went well" in said
    assert "Nothing was found in the record that asks to be done otherwise" in said
    assert "No auditor's answers are in this letter" in said


# -- the board's page ----------------------------------------------------------------------


def bars(content: bytes) -> list[tuple[str, int, int]]:
    """The fill, the right indent and the height of each shaded paragraph in a cell."""
    body = etree.fromstring(docx.Document(io.BytesIO(content)).part.blob)
    found = []
    for shade in body.iterfind(f".//{W}tc/{W}p/{W}pPr/{W}shd"):
        ppr = shade.getparent()
        assert ppr is not None
        height = int(ppr.find(f"{W}spacing").get(f"{W}line"))  # type: ignore[union-attr]
        right = int(ppr.find(f"{W}ind").get(f"{W}right"))  # type: ignore[union-attr]
        found.append((shade.get(f"{W}fill", ""), right, height))
    return found


def headline(percent: float | None, target: int | None) -> Headline:
    return Headline(
        id="K", title="A figure", words="words", percent=percent, target=target, reached=None
    )


def test_a_bar_is_as_long_as_its_number_and_holds_no_words() -> None:
    rows = (headline(100, 50), headline(50, None), headline(0, 100), headline(None, 90))
    content = as_word(as_tree(dataclasses.replace(EMPTY, headlines=rows)))
    whole, half_target, half, none, all_target = bars(content)
    assert whole[1] == all_target[1] == 0
    assert half[1] == half_target[1] > 1000
    assert none[0] == "auto"
    assert abs(none[1] - 2 * half[1]) <= 1
    assert whole[2] > half_target[2]
    table = docx.Document(io.BytesIO(content)).tables[0]
    assert [cell.text.strip() for cell in table.rows[1].cells] == ["A figure", "words", "50 %"]


def test_what_is_cut_says_so_and_broad_letters_count_for_more() -> None:
    assert cut("a b\n c", 20) == "a b c"
    assert cut("x" * 21, 20).endswith("…")
    assert len(cut("W" * 100, 20)) < len(cut("n" * 100, 20)) <= 20


FULL = full_board()
WIDE = dataclasses.replace(
    FULL,
    trends=tuple(dataclasses.replace(t, question="WWW MMM " * 40) for t in FULL.trends),
    sampled=(*FULL.sampled,),
    headlines=tuple(dataclasses.replace(h, source="WM " * 400) for h in FULL.headlines),
    outside=5,
)  # fmt: skip


@pytest.mark.office
@pytest.mark.parametrize("report", [FULL, WIDE, EMPTY], ids=["full", "broad letters", "empty"])
def test_the_page_is_one_page_of_a4(report: BoardReport, tmp_path: Path) -> None:
    area = dataclasses.replace(AREA, name="Multi-Agency Public Protection Arrangements of " * 4)
    path = tmp_path / "board.docx"
    path.write_bytes(as_word(as_tree(report, area)))
    pdf = converted(path, "pdf", tmp_path / "pdf").read_bytes()
    assert pdf.count(b"/Type/Page\n") + pdf.count(b"/Type/Page/") == 1
    page = docx.Document(str(path)).sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


@pytest.mark.office
def test_the_bars_survive_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "board.docx"
    path.write_bytes(as_word(as_tree(FULL)))
    saved = converted(path, "docx", tmp_path / "saved").read_bytes()
    ours, theirs = bars(path.read_bytes()), bars(saved)
    assert len(theirs) == len(ours)
    for (_fill, right, _height), (_f, kept, _h) in zip(ours, theirs, strict=True):
        assert abs(right - kept) < 20


def test_the_compact_house_file_is_what_its_script_makes(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.documents.reading import ROOT, names, part

    made, house = tmp_path / "h.docx", ROOT / "templates" / "minutes" / "house.docx"
    script = ROOT / "tools" / "make_compact_house.py"
    subprocess.run([sys.executable, str(script), str(house), str(made)], check=True, timeout=120)
    shipped = (ROOT / "templates" / "board_report" / "house.docx").read_bytes()
    content = made.read_bytes()
    assert names(content) == names(shipped)
    for name in names(shipped) - {"docProps/core.xml"}:
        ours, theirs = part(shipped, name), part(content, name)
        assert [(e.tag, e.attrib) for e in ours.iter()] == [
            (e.tag, e.attrib) for e in theirs.iter()
        ]
