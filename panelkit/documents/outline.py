"""A draft as it was written, kept so that an edited file can be compared with it.

One line for each paragraph, cell or part of a cell that Word shows, in order. Words of the
record are one line each, whatever their paragraphs, and carry their bookmark; facts may
carry their place, so that a refused edit can say where to correct them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from panelkit.documents.gate import printable
from panelkit.documents.house_page import AT_A_GLANCE, SECTIONS, STANDARD, TITLE_BLOCK
from panelkit.documents.tree import (
    Block,
    Bullets,
    Document,
    Facts,
    Labelled,
    Paragraph,
    Picture,
    Placed,
    SubHeading,
    Table,
    parts_of,
)
from panelkit.documents.word_marks import mark_name
from panelkit.documents.word_xml import body_parts, cell_parts, label_of
from panelkit.domain.errors import BadInput
from panelkit.domain.spots import Spot

BODY, CELL = "\n\n", "\n"
"""What stands between two paragraphs of one text: outside tables, and in a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed text of a draft."""

    text: str
    """As reading the untouched file gives it."""
    section: str = ""
    """Heading of the section it stands in; blank for the title block."""
    spot: Spot | None = None
    """Which field of the record it is, where it is exactly one."""
    mark: str = ""
    """Its bookmark; only words that may be edited have one."""
    raw: str = ""
    """What the field held; differs from the text where a blank one prints "Not recorded"."""
    label: str = ""
    """Printed before it in the same paragraph."""
    between: str = BODY
    """What stands between its paragraphs."""


def outline(document: Document, page: Sequence[str] = STANDARD) -> tuple[Line, ...]:
    """Every line of the body in the order Word shows them; blank facts are left out.

    ``page`` is what stands on the page of its house file: see :func:`house_page.page_of`.
    """
    made = []
    number = 0
    for text, label, between, section in _texts(document, page):
        if isinstance(text, Placed) and text.editable:
            number += 1
            made.append(
                Line(
                    text=settled(text, between), section=section, spot=text.spot, raw=text.raw,
                    mark=mark_name(document.draft_id, number), label=label, between=between,
                )
            )  # fmt: skip
            continue
        spot = text.spot if isinstance(text, Placed) else None
        whole = f"{label} {text}" if label else text
        shown = body_parts(whole) if between == BODY else [printable(whole)]
        made += [Line(text=part, section=section, spot=spot) for part in shown if part.strip()]
    return tuple(made)


def settled(text: str, between: str) -> str:
    """``text`` as it reads when it comes back from a file that nobody touched."""
    return BODY.join(body_parts(text)) if between == BODY else printable(text)


def _texts(document: Document, page: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Each text with its label, what stands between its paragraphs, and its section."""
    for piece in page:
        if piece == SECTIONS:
            yield from _section_texts(document)
            continue
        if piece == TITLE_BLOCK:
            for text in (document.area, document.title, document.status_line):
                yield text, "", CELL, ""
        if piece in (TITLE_BLOCK, AT_A_GLANCE):
            for pair in document.front:
                for text in pair:
                    yield text, "", CELL, ""
        else:
            yield piece, "", CELL, ""


def _section_texts(document: Document) -> Iterator[tuple[str, str, str, str]]:
    for section in document.sections:
        heading = section.numbered_heading
        yield heading, "", CELL, heading
        for block in section.blocks:
            for text, label, between in _block(block):
                yield text, label, between, heading


def _block(block: Block) -> Iterator[tuple[str, str, str]]:
    match block:
        case Picture():
            return
        case Paragraph(text=text):
            yield from ((part, label_of(part), BODY) for part in parts_of(text))
        case Labelled(label=label, text=text):
            for place, part in enumerate(parts_of(text) or ("",)):
                yield part, "" if place else label, BODY
        case SubHeading(text=text):
            yield text, "", CELL
        case Bullets(items=items):
            yield from ((item, "", CELL) for item in items)
        case Facts(rows=pairs):
            for pair in pairs:
                yield from _cells(pair)
        case Table(columns=columns, rows=rows, caption=caption):
            yield caption, "", CELL
            yield from _cells(tuple(column.heading for column in columns))
            for row in rows:
                yield from _cells(row)


def _cells(texts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for text in texts:
        yield from ((part, label_of(part), CELL) for part in cell_parts(text))


def to_json(lines: tuple[Line, ...]) -> str:
    """The lines as the record keeps them."""
    rows = []
    for line in lines:
        row: list[object] = [line.text, line.section]
        if line.spot:
            spot = [line.spot.owner, line.spot.entry, line.spot.field]
            row += [spot, line.mark, line.raw, line.label, line.between]
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[Line, ...]:
    """The inverse of :func:`to_json`. Raises BadInput for what is not an outline."""
    try:
        return tuple(_line(row) for row in json.loads(text or "[]"))
    except (ValueError, TypeError, KeyError, IndexError) as wrong:
        msg = "What the record keeps of that draft cannot be read."
        raise BadInput(msg, remedy="Write the draft again.") from wrong


def _line(row: list[object]) -> Line:
    text, section, *more = row
    if not more:
        return Line(text=str(text), section=str(section))
    spot, mark, raw, label, between = more
    if not isinstance(spot, list):
        raise TypeError(spot)
    return Line(
        text=str(text), section=str(section), spot=Spot(*spot), mark=str(mark), raw=str(raw),
        label=str(label), between=str(between),
    )  # fmt: skip
