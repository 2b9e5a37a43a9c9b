"""Texts as strange as people, mail programs and attackers make them; the same for a seed."""

from __future__ import annotations

import random

from panelkit.documents import import_guard, outline, word_lines
from panelkit.documents.matching import Matched, _Matching
from panelkit.documents.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Paragraph,
    Placed,
    Table,
)
from panelkit.domain.spots import Spot
from panelkit.domain.text import gate
from tests.documents.reading import small_document, written

DRAFT = "0123456789abcdef01234567"
END = "The end, whole."
PIECES = (
    " ", "  ", "\n", "\n\n", "\n\n\n", "\t", "\n \n", "\r\n", "\u2028", "\u00a0", "\u2011", "\u00ad", "\u200b", "\u200d",
    "word", "Word.", "one\n\ntwo\n\nthree", "R&D <12", "]]>", "&amp;", "{{ 7*7 }}", "</w:t></w:r></w:p>", "<!-- -->", "\x00\x1b[31m", "\x0b\x0c",
    "\ud800", "\ufffe", "\ufffd", "\u202e", "\u2066", "👩\u200d👩\u200d👧", "🏴\U000e0067\U000e0062", "پینل", "שלום", "ŵ ŷ",
    "e\u0301", "“quoted”", "–", "—", "…", "'", '"', "=1+1", "@x", "-", "\u3000", "漢字", "\U0001f600", "\ue000", "\ufeff", "\ufff9",
)  # fmt: skip


def text(source: random.Random) -> str:
    """One text as it comes out of the gate that every typed text passes."""
    parts = [
        source.choice(PIECES) if source.random() < 0.7 else chr(source.randrange(0x20, 0x3000))
        for _ in range(source.randrange(0, 14))
    ]
    return gate("".join(parts)).text


def placed(number: int, words: str) -> Placed:
    """Words of an invented field."""
    return Placed(words, Spot("measures", str(number), "text"))


def document(texts: list[str]) -> Document:
    """The texts in paragraphs, lists, facts and tables in turn, and a sentinel at the end."""
    words = [placed(number, each) for number, each in enumerate(texts)]
    blocks: list[Block] = []
    for start in range(0, len(words), 5):
        some = words[start : start + 5]
        blocks.append(Paragraph(some[0]))
        blocks.append(Bullets(tuple(some[1:2])))
        blocks.append(Facts(tuple(("Label", each) for each in some[2:3]), "Facts"))
        if len(some) == 5:
            columns = (Column("One"), Column("Two", strong=True))
            blocks.append(Table(columns, ((some[3], some[4]),), "Table"))
    return small_document(*blocks, Paragraph(END), draft_id=DRAFT)


def read(made: Document, package: bytes) -> tuple[dict[str, str], Matched, str]:
    """The words by bookmark exactly as they come back, what differs, and the last line."""
    file = word_lines.read_lines(import_guard.opened(package, "draft.docx"))
    lines = outline.outline(made)
    matching = _Matching(lines, file)
    between = {line.mark: line.between for line in lines}
    words = {name: between[name].join(s.texts) for name, s in matching.stretches.items()}
    last = next(line.text for line in reversed(file.lines) if line.text)
    return words, matching.result(), last


def expected(made: Document) -> dict[str, str]:
    """The words by bookmark as they were written."""
    return {line.mark: line.text for line in outline.outline(made) if line.mark}


def package(made: Document) -> bytes:
    """The Word file."""
    return written(made)
