"""The Word file: what it holds, what it must not hold, and that others can open it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from panelkit.documents import word
from panelkit.documents.tree import Column, Document, Facts, Paragraph, Section, Table

from .reading import HOUSE, NOW, R, W, body, names, part, said, small_document, styled, written
from .sample_document import rich_document

EXPECTED_PARTS = {
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/fontTable.xml",
    "word/numbering.xml",
    "word/theme/theme1.xml",
    "word/header1.xml",
    "word/footer1.xml",
}


def findings(package: bytes, folder: Path) -> list[str]:
    file = folder / "minutes.docx"
    file.write_bytes(package)
    return [str(error) for error in OpenXmlValidator().validate(file).errors]


@pytest.mark.parametrize("draft", [True, False])
def test_the_audit_has_no_finding(tmp_path: Path, draft: bool) -> None:
    assert findings(written(rich_document(draft=draft)), tmp_path) == []


def test_the_audit_has_no_finding_for_an_almost_empty_document(tmp_path: Path) -> None:
    document = small_document(
        Table((Column(""),), (), alt=""),
        Facts((), alt=""),
        marking="", reference="", meeting_label="", version="", area="", title="",
    )  # fmt: skip
    assert findings(written(document), tmp_path) == []


@pytest.mark.parametrize("draft", [True, False])
def test_the_file_holds_the_expected_parts_and_no_other(draft: bool) -> None:
    assert names(written(rich_document(draft=draft))) == EXPECTED_PARTS


def test_nothing_points_outside_and_nothing_tells_who_edited() -> None:
    package = written(rich_document())
    for name in EXPECTED_PARTS:
        root = part(package, name)
        for element in root.iter():
            assert element.get("TargetMode") != "External"
            assert not [key for key in element.attrib if "rsid" in str(key)]
            assert "rsid" not in str(element.tag)
            assert "attachedTemplate" not in str(element.tag)
            assert "comment" not in str(element.tag).lower()


def test_properties_say_what_the_tree_says_and_nothing_else() -> None:
    core = docx.Document(BytesIO(written(rich_document()))).core_properties
    assert core.title == "Minutes of MAPPA Level 2 review meeting"
    assert core.subject == "NM/0143 · meeting 3"
    assert core.author == "Northmoor MAPPA"
    assert core.language == "en-GB"
    assert core.created == core.modified == NOW
    blank = (core.last_modified_by, core.comments, core.keywords, core.category, core.identifier)
    assert set(blank) == {""}


def test_a_property_longer_than_word_takes_is_cut_visibly() -> None:
    package = written(small_document(title="t" * 300))
    core = docx.Document(BytesIO(package)).core_properties
    assert core.title == "t" * 254 + "…"
    assert "t" * 300 in said(body(package))


def test_the_same_document_gives_the_same_bytes() -> None:
    first = hashlib.sha256(written(rich_document())).digest()
    assert hashlib.sha256(written(rich_document())).digest() == first


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 11, 18, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        word.write(small_document(), HOUSE, now=naive)


def test_every_page_carries_marking_reference_form_and_page_number() -> None:
    package = written(rich_document())
    pages = list(body(package).iter(f"{W}sectPr"))
    assert len(pages) == 3  # upright, turned, upright
    rels = {
        rel.get("Id"): rel.get("Target") for rel in part(package, "word/_rels/document.xml.rels")
    }
    for page in pages:
        (header,) = page.findall(f"{W}headerReference")
        (footer,) = page.findall(f"{W}footerReference")
        assert header.get(f"{W}type") == footer.get(f"{W}type") == "default"
        assert rels[header.get(f"{R}id")] == "header1.xml"
        assert rels[footer.get(f"{R}id")] == "footer1.xml"
        assert page.find(f"{W}titlePg") is None
    head = part(package, "word/header1.xml")
    assert [said(p) for p in styled(head, "Marking")] == ["OFFICIAL-SENSITIVE"]
    assert [said(p) for p in styled(head, "Header")] == ["NM/0143 · FICTIONAL RECORD"]
    foot = part(package, "word/footer1.xml")
    assert said(foot) == (
        "MAPPA minutes, panelkit layout v1.0 · NM/0143 · meeting 3 · DRAFT v2 · Copy 4: Probation Service · Page 1 of 1\n"
        "Do not copy or pass on outside your agency without the chair's agreement."
        "OFFICIAL-SENSITIVE"
    )
    assert [said(p) for p in styled(foot, "Marking")] == ["OFFICIAL-SENSITIVE"]
    fields = [f.get(f"{W}instr", "").strip() for f in foot.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_turned_section_is_turned_and_its_neighbours_are_not() -> None:
    sizes = [page.find(f"{W}pgSz") for page in body(written(rich_document())).iter(f"{W}sectPr")]
    turned = [size.get(f"{W}orient") for size in sizes if size is not None]
    assert turned == [None, "landscape", None]
    last = Section(key="wide", heading="Wide", landscape=True, blocks=(Paragraph("x"),))
    both = (*small_document().sections, last)
    pages = list(body(written(small_document(sections=both))).iter(f"{W}pgSz"))
    assert [page.get(f"{W}orient") for page in pages] == [None, "landscape"]
    assert pages[1].get(f"{W}w") == pages[0].get(f"{W}h")


def test_the_watermark_is_there_while_it_is_a_draft() -> None:
    vml = "{urn:schemas-microsoft-com:vml}textpath"

    def watermark(document: Document) -> list[str | None]:
        return [t.get("string") for t in part(written(document), "word/header1.xml").iter(vml)]

    assert "DRAFT" in watermark(rich_document(draft=True))
    assert watermark(rich_document(draft=False)) == []


def test_headings_are_true_headings_in_order_with_bookmarks() -> None:
    document = rich_document()
    root = body(written(document))
    assert [said(p) for p in styled(root, "Title")] == [document.title]
    headings = styled(root, "Heading1")
    assert [said(p) for p in headings] == [s.numbered_heading for s in document.sections]
    marks = [p.find(f"{W}bookmarkStart") for p in headings]
    assert [m.get(f"{W}name") for m in marks if m is not None] == [
        f"pk_{section.key}" for section in document.sections
    ]
    order = [
        style.get(f"{W}val")
        for style in root.iter(f"{W}pStyle")
        if style.get(f"{W}val") in {"Title", "Heading1", "Heading2"}
    ]
    assert order[:2] == ["Title", "Heading1"]
    assert order.index("Heading2") > 1


def test_no_heading_is_left_at_the_foot_of_a_page() -> None:
    root = body(written(rich_document()))
    for style in ("Heading1", "Heading2", "Lead", "Caption", "TableHeading"):
        found = styled(root, style)
        assert found
        assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in found)


def test_tables_repeat_their_headings_hold_rows_together_and_have_alt_text() -> None:
    for tbl in body(written(rich_document())).iter(f"{W}tbl"):
        headed = tbl.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "HouseTable"
        rows = tbl.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads == [headed] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert tbl.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert tbl.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")
        grid = [int(c.get(f"{W}w")) for c in tbl.iter(f"{W}gridCol")]
        for row in rows:
            assert [int(c.get(f"{W}w")) for c in row.iter(f"{W}tcW")] == grid


def test_every_cell_has_a_paragraph() -> None:
    blank = Table((Column(""), Column("B")), (("", ""), ("x", "")), alt="")
    for cell in body(written(small_document(blank, Facts((("", ""),), alt="")))).iter(f"{W}tc"):
        assert cell.findall(f"{W}p")


def test_a_row_taller_than_half_a_page_may_break() -> None:
    table = Table((Column("A"), Column("B")), (("word " * 900, ""), ("x", "y")), alt="")
    rows = list(body(written(small_document(table))).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False, True]


@pytest.mark.parametrize("language", ["en-GB", "cy-GB"])
def test_the_language_is_set_for_the_whole_document(language: str) -> None:
    package = written(small_document(language=language))
    (lang,) = part(package, "word/styles.xml").findall(
        f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"
    )
    assert lang.get(f"{W}val") == language


def test_no_text_is_smaller_than_nine_points() -> None:
    for size in part(written(rich_document()), "word/styles.xml").iter(f"{W}sz", f"{W}szCs"):
        assert int(size.get(f"{W}val")) >= 18


def office() -> str:
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("PANELKIT_REQUIRE_OFFICE"):
            pytest.fail("PANELKIT_REQUIRE_OFFICE is set and there is no soffice")
        pytest.skip("LibreOffice is not installed")
    return found


def converted(file: Path, to: str, folder: Path) -> Path:
    """Let LibreOffice open ``file`` and write it in another format."""
    folder.mkdir()
    subprocess.run(
        [office(), f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", to, "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return folder / f"{file.stem}.{to.partition(':')[0]}"


@pytest.mark.office
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "minutes.docx"
    file.write_bytes(written(rich_document()))
    pdf = converted(file, "pdf", tmp_path / "pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.read_bytes().count(b"/Type/Page\n") + pdf.read_bytes().count(b"/Type/Page/") >= 6


@pytest.mark.office
def test_bookmarks_and_words_survive_libreoffice(tmp_path: Path) -> None:
    document = rich_document()
    file = tmp_path / "minutes.docx"
    file.write_bytes(written(document))
    saved = converted(file, "docx", tmp_path / "saved").read_bytes()
    root = body(saved)
    marks = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    assert {f"pk_{section.key}" for section in document.sections} <= marks
    read = [word for p in root.iter(f"{W}p") for word in said(p).split()]
    ours = [word for p in body(file.read_bytes()).iter(f"{W}p") for word in said(p).split()]
    assert read == ours
