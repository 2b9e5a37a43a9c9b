"""Bookmarks by which a draft, its sections and its words are found again in Word.

Bookmarks, because LibreOffice drops content controls and keeps these. Their names carry the
draft, so that a passage pasted from another draft is never taken for one of this.
"""

from __future__ import annotations

from lxml import etree
from lxml.etree import SubElement, _Element

from panelkit.documents.tree import Placed
from panelkit.documents.word_xml import W_URI

_ID = f"{{{W_URI}}}id"
_NAME = f"{{{W_URI}}}name"
_START = f"{{{W_URI}}}bookmarkStart"
_END = f"{{{W_URI}}}bookmarkEnd"

DRAFT = "pk_draft_"


def mark_name(draft_id: str, number: int) -> str:
    """The bookmark of the draft's words numbered ``number``, in printed order from 1."""
    return f"pk_{draft_id[:12]}_{number}"


class Marks:
    """Sets bookmarks with ids that no other has; without a draft, on sections only."""

    def __init__(self, draft_id: str) -> None:
        self._draft = draft_id
        self._used = 0
        self._words = 0
        self._named = False

    def draft(self, title: _Element) -> None:
        """Name the draft on the first of its title and its headings, and on no other."""
        if self._draft and not self._named:
            self._named = True
            self._put(title, title, DRAFT + self._draft)

    def named(self, title: _Element, name: str) -> None:
        """Name a paragraph of a document that is no draft."""
        self._put(title, title, name)

    def section(self, heading: _Element, key: str) -> None:
        """Name the section on its heading."""
        self._put(heading, heading, f"pk_{key}")

    def words(self, text: str, first: _Element, last: _Element) -> None:
        """Mark the paragraphs of ``text``, where its words may be edited."""
        if self._draft and isinstance(text, Placed) and text.editable:
            self._words += 1
            self._put(first, last, mark_name(self._draft, self._words))

    def _put(self, first: _Element, last: _Element, name: str) -> None:
        self._used += 1
        start = etree.Element(_START, {_ID: str(self._used), _NAME: name})
        first.insert(len(first) - 1, start)  # before the run of its text, after any label
        SubElement(last, _END, {_ID: str(self._used)})
