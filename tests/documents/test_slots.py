"""Slots: plain names filled where they stand, and nothing that is filled is read again."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from lxml import etree

from panelkit.areas.loader import load_agenda, load_area
from panelkit.documents import compose, outline, slots
from panelkit.documents.house_page import page_of
from panelkit.documents.slots import SLOTS, fill, text_of, values_of
from panelkit.documents.template_kinds import SECTION_KEYS, WORDING_NAMES
from panelkit.documents.templates import load_template
from panelkit.documents.tree import Paragraph, Section
from panelkit.packs.reader import read_pack
from panelkit.services.minute_taking import KINDS, MinuteTaking
from panelkit.services.sample_papers import PAPERS
from tests.desk import SAMPLES, Clock

from .house_files import W_URI, foot, head, house, page, para, run
from .reading import HOUSE, ROOT, W, body, part, said, small_document, styled, written

AREA = load_area("west_midlands")


def _paragraph(*inner: str) -> Any:
    return etree.fromstring(f'<w:x xmlns:w="{W_URI}">{para(*inner)}</w:x>')[0]


@pytest.mark.parametrize(
    ("inner", "becomes"),
    [
        (("Case [[reference]].",), "Case NM/0143."),
        (("[[REFERENCE]] [[ meeting_number ]]",), "NM/0143 Meeting 3"),
        ((run("[["), run("refer"), run("ence]]!")), "NM/0143!"),
        ((run("a[[reference]][[ver"), run("sion]]b")), "aNM/01431b"),
        (("[[copy for]]",), ""),
        (("[[chair]]",), ""),
        (("plain [words]",), "plain [words]"),
    ],
)
def test_a_slot_is_filled_wherever_word_cut_it(inner: tuple[str, ...], becomes: str) -> None:
    made = _paragraph(*inner)
    fill(made, values_of(small_document()))
    assert text_of(made) == becomes


def test_what_is_filled_in_stays_words() -> None:
    nasty = "[[status]] <w:t> & {{ x }}\nnext"
    document = small_document(reference=nasty)
    package = written(document, house(head(para("Ref [[reference]]"))))
    shown = [said(p) for p in part(package, "word/header1.xml")]
    assert "Ref [[status]] <w:t> & {{ x }} next" in shown


def test_marking_and_form_stand_there_whatever_a_house_file_holds() -> None:
    package = written(
        small_document(), house({**head(para("Ours")), **foot(para("[[form date]]"))})
    )
    header, footer = part(package, "word/header1.xml"), part(package, "word/footer1.xml")
    assert [said(p) for p in styled(header, "Marking")] == ["OFFICIAL-SENSITIVE"]
    assert [said(p) for p in styled(footer, "Marking")] == ["OFFICIAL-SENSITIVE"]
    assert "MAPPA minutes, panelkit layout v1.0" in said(footer)


def test_a_page_of_its_own_prints_around_title_and_sections() -> None:
    own = house(page(para("Keep safe: [[reference]]"), para("[[title block]]"), para("[[sections]]"), para("Signed"), para("")))  # fmt: skip
    wide = Section(key="wide", heading="Wide", landscape=True, blocks=(Paragraph("turned"),))
    document = small_document(Paragraph("said"), draft=True)
    document = dataclasses.replace(document, sections=(*document.sections, wide))
    package = written(document, own)
    words = [said(p) for p in body(package).iter(f"{W}p")]
    order = [words.index(each) for each in ("Keep safe: NM/0143", "Minutes", "Part", "said", "turned", "Signed")]  # fmt: skip
    assert order == sorted(order)
    assert words[-1] == ""  # the page set-up's own; nothing of the page is left over
    assert not any("[[" in each for each in words)
    setups = list(body(package).iter(f"{W}sectPr"))
    turned = [s.find(f"{W}pgSz").get(f"{W}orient") for s in setups]  # type: ignore[union-attr]
    assert turned == [None, "landscape", None]


def test_a_document_that_is_wide_throughout_begins_on_the_page_of_its_table() -> None:
    wide = Section(key="wide", heading="Wide", landscape=True, blocks=(Paragraph("turned"),))
    document = dataclasses.replace(
        small_document(), sections=(wide, dataclasses.replace(wide, key="wider"))
    )
    package = written(document, house())
    setups = list(body(package).iter(f"{W}sectPr"))
    turned = [s.find(f"{W}pgSz").get(f"{W}orient") for s in setups]  # type: ignore[union-attr]
    assert turned == ["landscape"], "no page of another shape before it"


def test_a_draft_without_a_title_block_is_named_on_its_first_heading() -> None:
    own = house(page(para("[[title]]"), para("[[at a glance]]"), para("[[sections]]")))
    draft = small_document(Paragraph("said"), draft_id="0" * 24, front=(("Date", "today"),))
    package = written(draft, own)
    (start,) = [m for m in body(package).iter(f"{W}bookmarkStart") if "pk_draft_" in m.get(f"{W}name", "")]  # fmt: skip
    assert said(start.getparent()) == "Part"
    assert "today" in said(body(package))


def test_the_outline_of_a_draft_knows_the_words_of_its_page() -> None:
    table = f"<w:tbl><w:tr><w:tc>{para('Chair [[status]]')}</w:tc></w:tr></w:tbl>"
    tab = para(run("A"), "<w:r><w:tab/></w:r>", run("B"))
    own = house(page(para("[[title block]]"), para("Before"), para("[[sections]]"), table, tab))
    document = small_document(Paragraph("said"))
    found = page_of(own, document)
    assert found == ("[[title block]]", "Before", "[[sections]]", "Chair APPROVED", "A\tB")
    lines = [line.text for line in outline.outline(document, found)]
    assert lines[-4:] == ["Part", "said", "Chair APPROVED", "A\tB"]
    assert lines.index("Before") < lines.index("Part")
    assert outline.outline(document, page_of(HOUSE, document)) == outline.outline(document)


def test_every_slot_has_a_value_in_the_documents_it_is_for() -> None:
    taking = MinuteTaking(None, AREA, Clock(), "Somebody", ROOT / "templates")
    ids = {kind.template for kind in KINDS}
    assert len({slot.name for slot in SLOTS}) == len(SLOTS)
    for slot in SLOTS:
        assert slots.plain_name(slot.name) == slot.name
        assert set(slot.documents) <= ids
        assert slot.about.endswith(".")
    meeting = read_pack(SAMPLES / "l2_review_carried_actions.toml", load_agenda("west_midlands"))
    for kind in ("full", "actions", "agenda", "invitation"):
        document = taking.compose(meeting.meeting, kind)
        values = values_of(document)
        wanted = {s.name for s in SLOTS if not s.block and s.is_for(document.template_id)}
        assert wanted <= set(values), kind
        if kind == "full":
            assert values["chair"] == "Ruth Calloway"
            assert values["meeting date"] == "18 November 2026"


@pytest.mark.parametrize("template_id", sorted(SECTION_KEYS))
def test_the_lists_are_what_the_shipped_templates_and_the_program_use(template_id: str) -> None:
    template = load_template(ROOT / "templates" / template_id)
    assert tuple(plan.key for plan in template.sections) == SECTION_KEYS[template_id]
    assert set(template.wording) == set(WORDING_NAMES.get(template_id, {}))
    if template_id == "minutes":
        assert set(SECTION_KEYS["minutes"]) - {"title"} == set(compose.SECTIONS)
    assert {kind.template for kind in KINDS} | set(PAPERS) == set(SECTION_KEYS)
