"""A document tree written as plain text, for standard output and for reading aloud.

Promises: every text of the tree is printed, in the tree's order (a table printed as records
names its headings in each record); no line is wider than asked unless a single word is;
nothing in it can steer a terminal.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from panelkit.documents.gate import one_line, printable
from panelkit.documents.tree import (
    FICTIONAL_RECORD,
    Block,
    Bullets,
    Document,
    Facts,
    Labelled,
    Paragraph,
    ParagraphKind,
    Picture,
    Section,
    SubHeading,
    Table,
)

_MARGINS: Final[dict[ParagraphKind, str]] = {"quote": "    ", "callout": "| ", "warning": "! "}
"""What stands before each line of a paragraph that Word would set apart."""

_GAP: Final = "  "
_LEAST_WIDTH: Final = 30


def write(document: Document, *, width: int = 100) -> str:
    """Return ``document`` as text at most ``width`` wide, ending in a newline.

    A table that does not fit with one line for each row is printed as records, a heading
    and a value a line, so that it reads in order.
    """
    width = max(width, _LEAST_WIDTH)
    blocks = [*_head(document, width)]
    for section in document.sections:
        blocks.append(_section_head(section, width))
        blocks.extend(_block(block, width) for block in section.blocks)
    blocks.append(_foot(document, width))
    text = "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block)
    return text + "\n"


def write_section(section: Section, *, width: int = 60) -> str:
    """One section alone, as :func:`write` prints it."""
    width = max(width, _LEAST_WIDTH)
    blocks = [
        _section_head(section, width)[1:],
        *(_block(block, width) for block in section.blocks),
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block)


def _head(document: Document, width: int) -> Iterator[list[str]]:
    above = (document.marking, document.reference, FICTIONAL_RECORD if document.fiction else "")
    yield [line for line in map(one_line, above) if line]
    yield [
        *_wrapped(document.area, width),
        *_underlined(document.title, "=", width),
        *_wrapped(document.status_line, width),
    ]
    yield _pairs(document.front, width)


def _foot(document: Document, width: int) -> list[str]:
    lines = (
        document.footer_line, document.footer_note, document.head_line, document.marking
    )  # fmt: skip
    return ["-" * width, *(out for line in lines for out in _wrapped(one_line(line), width))]


def _section_head(section: Section, width: int) -> list[str]:
    return ["", *_underlined(section.numbered_heading, "-", width)]


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(text=text, kind=kind):
            return _wrapped(text, width, _MARGINS.get(kind, ""))
        case Labelled(label=label, text=text):
            return _wrapped(f"{label} {text}", width)
        case SubHeading(text=text):
            return _wrapped(text, width, "* ")
        case Bullets(items=items):
            return [line for item in items for line in _wrapped(item, width, "- ", "  ")]
        case Facts(rows=rows):
            return _pairs(rows, width)
        case Table():
            return _table(block, width)
        case Picture(alt=alt):
            return _wrapped(f"[Picture: {alt}]", width)


def _table(block: Table, width: int) -> list[str]:
    headings = tuple(printable(column.heading) for column in block.columns)
    rows = [tuple(printable(text) for text in row) for row in block.rows]
    caption = _wrapped(block.caption, width)
    wide = [max(map(_columns, column)) for column in zip(headings, *rows, strict=True)]
    one_line_each = not any("\n" in text or "\t" in text for row in rows for text in row)
    if one_line_each and sum(wide) + len(_GAP) * (len(wide) - 1) <= width:
        ruled = tuple("-" * each for each in wide)
        return caption + [_laid_out(row, wide) for row in (headings, ruled, *rows)]
    records = [
        line
        for row in rows
        for line in ("", *_record(tuple(zip(headings, row, strict=True)), width))
    ]
    return caption + (records[0 if caption else 1 :] or [_GAP.join(headings)])


def _record(pairs: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield one row as a line for each column; the first stands out to the left."""
    (heading, value), *others = pairs
    yield from _wrapped(f"{heading}: {value}", width, "", _GAP)
    yield from (_GAP + line for line in _pairs(others, width - len(_GAP)))


def _pairs(pairs: Iterable[tuple[str, str]], width: int) -> list[str]:
    """Return label and value side by side, the values lined up where the labels are short."""
    pairs = [(f"{one_line(label)}:", printable(value)) for label, value in pairs]
    most = width // 3
    indent = max((_columns(label) for label, _ in pairs if _columns(label) < most), default=0) + 1
    lines: list[str] = []
    for label, value in pairs:
        lead = label + " " * max(1, indent - _columns(label))
        if _columns(lead) + max(map(_columns, value.split()), default=0) > width:
            lines += [label, *_wrapped(value, width, _GAP)]
        else:
            lines += _wrapped(value, width, lead, " " * indent) or [label]
    return lines


def _laid_out(row: Sequence[str], wide: Sequence[int]) -> str:
    cells = (text + " " * (to - _columns(text)) for text, to in zip(row, wide, strict=True))
    return _GAP.join(cells)


def _underlined(text: str, rule: str, width: int) -> list[str]:
    lines = _wrapped(text, width)
    return [*lines, rule * max(map(_columns, lines), default=0)]


def _wrapped(text: str, width: int, first: str = "", later: str | None = None) -> list[str]:
    """Return ``text`` as lines within ``width``; each of its own lines starts a new one.

    ``first`` begins the first line, ``later`` (the same, unless given) every other.
    """
    later = first if later is None else later
    lines: list[str] = []
    for line in printable(text).expandtabs(4).split("\n") if text else ():
        lead = later if lines else first
        lines += textwrap.wrap(
            line,
            max(width, len(lead) + 10),
            initial_indent=lead,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [lead]
    return lines


def _columns(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
