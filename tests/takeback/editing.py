"""Edits a Word file as people's editors do, for the tests."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from lxml import etree

from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.services.taking_back import TakeBack
from tests.documents.reading import said

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
REVIEW = ("l2_review_carried_actions",)
REF = "WM-0143-3"


def draft_of(desk: Desk, ref: str = REF) -> tuple[Meeting, Path]:
    """A draft of the meeting written to the desk's folder."""
    meeting = desk.caseload.find(ref)
    return meeting, desk.minute_taking.write(meeting, "full", desk.documents).path


def edit(path: Path, change: Callable[[etree._Element], None], to: str = "") -> Path:
    """The file with its document part changed in place, or saved under another name."""
    package = path.read_bytes()
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            blob = old.read(entry)
            if entry.filename == "word/document.xml":
                root = etree.fromstring(blob)
                change(root)
                blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(entry.filename, blob)
    target = path.with_name(to) if to else path
    target.write_bytes(out.getvalue())
    return target


def with_part(path: Path, name: str, xml: str) -> Path:
    """The file with one more part."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, xml)
    return path


def paragraph_with(root: etree._Element, words: str) -> etree._Element:
    """The first paragraph that holds these words."""
    return next(p for p in root.iter(f"{W}p") if words in said(p))


def say(p: etree._Element, text: str) -> None:
    """Type over the words of a paragraph, as an editor that keeps its bookmarks."""
    first, *others = p.iter(f"{W}t", f"{W}br", f"{W}tab")
    first.text = text
    for other in others:
        other.getparent().remove(other)


def new_paragraph(text: str) -> etree._Element:
    """A paragraph of its own."""
    p = etree.Element(f"{W}p")
    t = etree.SubElement(etree.SubElement(p, f"{W}r"), f"{W}t")
    t.text = text
    return p


def read(desk: Desk, path: Path) -> TakeBack:
    """The file, read at the desk."""
    return desk.taking_back.read(path)
