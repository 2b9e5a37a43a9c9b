"""A house file somebody restyled in Word: the look is kept, the rest is left behind."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from openxml_audit import OpenXmlValidator

from panelkit.documents.word_house import prepared
from panelkit.domain.errors import BadInput

from .reading import HOUSE, ROOT, W, body, names, part, said, small_document, written
from .test_word import EXPECTED_PARTS


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def dot() -> BytesIO:
    """One grey pixel as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + head + pixel + chunk(b"IEND", b""))


def restyled() -> bytes:
    """The house file as it comes back from somebody who worked in it."""
    document = docx.Document(BytesIO(HOUSE))
    left = document.add_paragraph("Left over from a real case")
    document.add_comment(left.runs, text="Really?", author="A. Person", initials="AP")
    document.styles["Table Text"].font.size = Pt(11)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "No marking here"
    section.header.paragraphs[0].add_run().add_picture(dot())
    section.header.add_paragraph("Northmoor badge")
    document.core_properties.author = "A. Person"
    document.core_properties.comments = "secret"
    for paragraph in document.element.body.iter(f"{W}p"):
        paragraph.set(f"{W}rsidR", "00FC693F")
    return saved(document)


def test_what_word_left_behind_does_not_reach_a_document(tmp_path: Path) -> None:
    package = written(small_document(), restyled())
    extra = names(package) - EXPECTED_PARTS
    assert {name.rsplit(".", 1)[-1] for name in extra} <= {"png", "rels"}
    assert "Left over" not in said(body(package))
    assert body(package).find(f".//{W}titlePg") is None
    assert part(package, "word/settings.xml").find(f"{W}evenAndOddHeaders") is None
    core = docx.Document(BytesIO(package)).core_properties
    assert (core.author, core.comments) == ("Northmoor MAPPA", "")
    file = tmp_path / "minutes.docx"
    file.write_bytes(package)
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_the_look_and_the_badge_are_kept() -> None:
    package = written(small_document(), restyled())
    header = docx.Document(BytesIO(package)).sections[0].header
    shown = [p.text for p in header.paragraphs]
    assert shown[1:] == ["Northmoor badge", "OFFICIAL-SENSITIVE", "NM/0143 · FICTIONAL RECORD"]
    assert any(name.endswith(".png") for name in names(package))
    assert prepared(restyled(), "en-GB").table_half_points == 22


def test_a_missing_style_is_named() -> None:
    document = docx.Document(BytesIO(HOUSE))
    document.styles["Callout"].delete()
    with pytest.raises(BadInput, match="Callout"):
        prepared(saved(document), "en-GB")


@pytest.mark.parametrize("content", [b"", b"not a zip", HOUSE[:2000]])
def test_what_is_not_a_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"not a Word file|damaged"):
        prepared(content, "en-GB")


def test_a_link_to_the_outside_is_refused() -> None:
    document = docx.Document(BytesIO(HOUSE))
    header = document.sections[0].header.part
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    header.relate_to("http://example.invalid/badge.png", kind, is_external=True)
    with pytest.raises(BadInput, match="outside"):
        prepared(saved(document), "en-GB")


def test_the_shipped_house_file_is_what_its_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "house.docx"
    script = ROOT / "tools" / "make_house_docx.py"
    subprocess.run([sys.executable, str(script), str(made)], check=True, timeout=120)
    content = made.read_bytes()
    assert names(content) == names(HOUSE)
    for name in names(HOUSE) - {"docProps/core.xml"}:
        ours, theirs = part(HOUSE, name), part(content, name)
        assert [(e.tag, e.attrib) for e in ours.iter()] == [
            (e.tag, e.attrib) for e in theirs.iter()
        ]
    assert len(content) < 20_000
