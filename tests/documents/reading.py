"""Reads Word files back, strictly, for the tests."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree

from panelkit.documents import word
from panelkit.documents.tree import Block, Document, Section

ROOT: Final = Path(__file__).parent.parent.parent
HOUSE: Final = (ROOT / "templates" / "minutes" / "house.docx").read_bytes()
NOW: Final = datetime(2026, 11, 18, 12, 30, tzinfo=UTC)
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def small_document(*blocks: Block, draft: bool = False, **fields: object) -> Document:
    """Return a document of one section that holds ``blocks``."""
    settings: dict[str, object] = {
        "title": "Minutes",
        "form_label": "MAPPA minutes, panelkit layout",
        "template_version": "1.0",
        "marking": "OFFICIAL-SENSITIVE",
        "reference": "NM/0143",
        "meeting_label": "meeting 3",
        "status": "APPROVED",
        "version": "1",
        "area": "Northmoor MAPPA",
        "draft": draft,
        "fiction": True,
        "sections": (Section(key="part", heading="Part", blocks=tuple(blocks)),),
    }
    return Document(**(settings | fields))  # type: ignore[arg-type]


def written(document: Document, house: bytes = HOUSE) -> bytes:
    """Return the Word file."""
    return word.write(document, house, now=NOW)


def part(package: bytes, name: str) -> etree._Element:
    """Return one part, parsed without any mercy."""
    parser = etree.XMLParser(recover=False, resolve_entities=False)
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name), parser)


def names(package: bytes) -> set[str]:
    """Return the names of all parts; fails if one stands there twice."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        found = archive.namelist()
    assert len(found) == len(set(found))
    return set(found)


def body(package: bytes) -> etree._Element:
    """Return the body of the document."""
    return part(package, "word/document.xml")[0]


def said(element: etree._Element) -> str:
    """Return the text of an element: breaks as newlines, tabs as tabs."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        child.text or "" if child.tag == f"{W}t" else marks.get(str(child.tag), "")
        for child in element.iter(f"{W}t", f"{W}br", f"{W}tab")
    )


def styled(root: etree._Element, style: str) -> list[etree._Element]:
    """Return the paragraphs of one style."""
    return [
        p
        for p in root.iter(f"{W}p")
        if (found := p.find(f"{W}pPr/{W}pStyle")) is not None and found.get(f"{W}val") == style
    ]
