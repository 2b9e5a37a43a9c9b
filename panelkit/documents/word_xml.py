"""Paragraphs, lists and tables as WordprocessingML elements, and nothing else.

Everything a person typed becomes the text of ``w:t`` elements; lxml escapes it, so no text
can become markup. Attributes take only style names, numbers and the alt texts. Elements
are made directly because a document has some two thousand of them: python-docx's own
calls take several times as long.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import SubElement, _Element

from panelkit.documents.gate import printable
from panelkit.documents.tree import Pieces, Placed, parts_of

W_URI: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NSMAP: Final = {"w": W_URI}

P: Final = f"{{{W_URI}}}p"
_PPR: Final = f"{{{W_URI}}}pPr"
_PSTYLE: Final = f"{{{W_URI}}}pStyle"
_KEEP_NEXT: Final = f"{{{W_URI}}}keepNext"
_PAGE_BREAK_BEFORE: Final = f"{{{W_URI}}}pageBreakBefore"
_BIDI: Final = f"{{{W_URI}}}bidi"
_R: Final = f"{{{W_URI}}}r"
_RPR: Final = f"{{{W_URI}}}rPr"
_RSTYLE: Final = f"{{{W_URI}}}rStyle"
_RTL: Final = f"{{{W_URI}}}rtl"
T: Final = f"{{{W_URI}}}t"
_BR: Final = f"{{{W_URI}}}br"
_TAB: Final = f"{{{W_URI}}}tab"
VAL: Final = f"{{{W_URI}}}val"
_W: Final = f"{{{W_URI}}}w"
_H: Final = f"{{{W_URI}}}h"
_TYPE: Final = f"{{{W_URI}}}type"
_INSTR: Final = f"{{{W_URI}}}instr"
_TBL: Final = f"{{{W_URI}}}tbl"
_TR: Final = f"{{{W_URI}}}tr"
_TRPR: Final = f"{{{W_URI}}}trPr"
_CANT_SPLIT: Final = f"{{{W_URI}}}cantSplit"
_TBL_HEADER: Final = f"{{{W_URI}}}tblHeader"
_TC: Final = f"{{{W_URI}}}tc"
_TCPR: Final = f"{{{W_URI}}}tcPr"
_TCW: Final = f"{{{W_URI}}}tcW"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

TABLE_TEXT: Final = "TableText"
"""Style of the text in cells; its size decides the column widths."""

_PARAGRAPHS: Final = re.compile(r"\n(?:[ \t]*\n)+")
_PIECES: Final = re.compile(r"([\n\t])")
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def body_root() -> _Element:
    """Return an empty element to build the body in; its children are then moved over.

    A plain tree is much faster to build in than python-docx's, whose parser looks up a
    Python class for every element.
    """
    return etree.Element(f"{{{W_URI}}}body", nsmap=NSMAP)


def paragraph(
    parent: _Element,
    text: str,
    style: str,
    *,
    label: str = "",
    strong: bool = False,
    keep_next: bool = False,
    page_break: bool = False,
) -> _Element:
    """Append one paragraph and return it. Newlines and tabs become breaks and tabs."""
    text = printable(text)
    p = SubElement(parent, P)
    ppr = SubElement(p, _PPR)
    SubElement(ppr, _PSTYLE, {VAL: style})
    if keep_next:
        SubElement(ppr, _KEEP_NEXT)
    if page_break:
        SubElement(ppr, _PAGE_BREAK_BEFORE)
    rtl = not text.isascii() and _reads_right_to_left(text)
    if rtl:
        SubElement(ppr, _BIDI)
    if label:
        run(p, f"{printable(label)} ", strong=True)
    run(p, text, strong=strong, rtl=rtl)
    return p


def paragraphs(
    parent: _Element, text: str, style: str, *, label: str = "", keep_next: bool = False
) -> tuple[_Element, _Element]:
    """Append ``text`` as one paragraph for each part between empty lines; at least one.

    Returns the first and the last of them.
    """
    made = []
    for part in body_parts(text):
        made.append(paragraph(parent, part, style, label=label, keep_next=keep_next))
        label = ""
    return made[0], made[-1]


def body_parts(text: str) -> list[str]:
    """The paragraphs that ``text`` becomes outside tables; each may hold line breaks."""
    text = printable(text)
    return _PARAGRAPHS.split(text.strip("\n")) if "\n" in text else [text]


def run(p: _Element, text: str, *, strong: bool = False, rtl: bool = False) -> None:
    """Append ``text``, already gated, to ``p`` as one run."""
    r = SubElement(p, _R)
    if strong or rtl:
        rpr = SubElement(r, _RPR)
        if strong:
            SubElement(rpr, _RSTYLE, {VAL: "Strong"})
        if rtl:
            SubElement(rpr, _RTL)
    if "\n" not in text and "\t" not in text:
        SubElement(r, T, {_SPACE: "preserve"}).text = text
        return
    for piece in _PIECES.split(text):
        if piece == "\n":
            SubElement(r, _BR)
        elif piece == "\t":
            SubElement(r, _TAB)
        elif piece:
            SubElement(r, T, {_SPACE: "preserve"}).text = piece


def field(p: _Element, instruction: str, shown: str) -> None:
    """Append a field (PAGE, NUMPAGES); ``shown`` stands until Word lays the page out."""
    simple = SubElement(p, f"{{{W_URI}}}fldSimple", {_INSTR: f" {instruction} "})
    run(simple, shown)


def end_section(parent: _Element, page: _Element, *, landscape: bool, final: bool = False) -> None:
    """Turn the page: what was appended so far is on pages like ``page``, perhaps turned.

    ``final`` turns ``page`` itself, which ends the document. Every copy refers to the same
    header and footer.
    """
    if final:
        setup = page
    else:
        setup = copy.deepcopy(page)
        # Word hangs the set-up of finished pages on their last paragraph; this one is empty.
        carrier = SubElement(SubElement(parent, P), _PPR)
        SubElement(carrier, _PSTYLE, {VAL: "AfterTable"})
        carrier.append(setup)
    if landscape:
        size = setup.find(f"{{{W_URI}}}pgSz")
        if size is not None:
            wide, high = size.get(_W, ""), size.get(_H, "")
            size.set(_W, high)
            size.set(_H, wide)
            size.set(f"{{{W_URI}}}orient", "landscape")


def table(
    parent: _Element,
    *,
    style: str,
    widths: Sequence[int],
    title: str,
    alt: str,
    headed: bool,
) -> _Element:
    """Append an empty table of fixed column ``widths`` (twips) and return it.

    ``headed`` says that its first row holds headings; otherwise its first column does.
    """
    tbl = SubElement(parent, _TBL)
    properties = SubElement(tbl, f"{{{W_URI}}}tblPr")
    SubElement(properties, f"{{{W_URI}}}tblStyle", {VAL: style})
    SubElement(properties, f"{{{W_URI}}}tblW", {_W: str(sum(widths)), _TYPE: "dxa"})
    SubElement(properties, f"{{{W_URI}}}tblLayout", {_TYPE: "fixed"})
    first_row, first_column = ("1", "0") if headed else ("0", "1")
    look = {
        VAL: "0620" if headed else "0680",
        f"{{{W_URI}}}firstRow": first_row,
        f"{{{W_URI}}}lastRow": "0",
        f"{{{W_URI}}}firstColumn": first_column,
        f"{{{W_URI}}}lastColumn": "0",
        f"{{{W_URI}}}noHBand": "1",
        f"{{{W_URI}}}noVBand": "1",
    }
    SubElement(properties, f"{{{W_URI}}}tblLook", look)
    SubElement(properties, f"{{{W_URI}}}tblCaption", {VAL: printable(title)})
    SubElement(properties, f"{{{W_URI}}}tblDescription", {VAL: printable(alt)})
    grid = SubElement(tbl, f"{{{W_URI}}}tblGrid")
    for width in widths:
        SubElement(grid, f"{{{W_URI}}}gridCol", {_W: str(width)})
    return tbl


@dataclass(frozen=True, slots=True)
class Cell:
    """How the cells of one column are written."""

    style: str
    width: int
    strong: bool = False


Noted = Callable[[str, _Element, _Element], None]
"""Told of each part of a cell: its text, its first and its last paragraph."""


class Rows:
    """Appends rows of one kind to a table: the first plain one is built, the others are copies.

    Copying a row and setting its texts takes a third of the time of building it.
    """

    def __init__(self, tbl: _Element, cells: Sequence[Cell], noted: Noted) -> None:
        self._tbl = tbl
        self._cells = cells
        self._noted = noted
        self._pattern: _Element | None = None

    def add(
        self,
        texts: Sequence[str],
        *,
        whole: bool = True,
        keep_next: bool = False,
        repeats: bool = False,
    ) -> None:
        """Append one row; every cell gets a paragraph, whether or not it has text.

        ``whole`` keeps the row on one page, ``keep_next`` on the page of the next row,
        ``repeats`` makes it head every page.
        """
        gated = [printable(text) for text in texts]
        if keep_next or any(map(_needs_building, gated)) or any(map(_has_parts, texts)):
            tr = self._built(texts, keep_next=keep_next)
        else:
            if self._pattern is None:
                self._pattern = self._built([""] * len(self._cells), keep_next=False)
            tr = copy.copy(self._pattern)
            for p, text, given in zip(tr.iter(P), gated, texts, strict=True):
                p[-1][-1].text = text
                if given.__class__ is not str:
                    self._noted(given, p, p)
        if not whole:
            tr.remove(tr[0])
        if repeats:
            SubElement(tr[0], _TBL_HEADER)
        self._tbl.append(tr)

    def _built(self, texts: Sequence[str], *, keep_next: bool) -> _Element:
        tr = etree.Element(_TR, nsmap=NSMAP)
        SubElement(SubElement(tr, _TRPR), _CANT_SPLIT)
        for look, text in zip(self._cells, texts, strict=True):
            tc = SubElement(tr, _TC)
            SubElement(SubElement(tc, _TCPR), _TCW, {_W: str(look.width), _TYPE: "dxa"})
            for part in cell_parts(text):
                p = paragraph(
                    tc,
                    part,
                    look.style,
                    label=label_of(part),
                    strong=look.strong,
                    keep_next=keep_next,
                )
                self._noted(part, p, p)
        return tr


def cell_parts(text: str) -> list[str]:
    """The paragraphs of a cell: one for each field, the texts between them together."""
    parts: list[str] = []
    for part in parts_of(text):
        if parts and not isinstance(part, Placed) and not isinstance(parts[-1], Placed):
            parts[-1] = f"{parts[-1]}\n{part}"
        else:
            parts.append(part)
    return parts or [""]


def label_of(text: str) -> str:
    """What is printed before a text in its paragraph, without the space."""
    return text.label.rstrip(" ") if isinstance(text, Placed) else ""


def _has_parts(text: str) -> bool:
    return isinstance(text, Pieces) or (isinstance(text, Placed) and bool(text.label))


def _needs_building(text: str) -> bool:
    """Whether a cell needs more than one ``w:t``."""
    if "\n" in text or "\t" in text:
        return True
    return not text.isascii() and _reads_right_to_left(text)


def _reads_right_to_left(text: str) -> bool:
    """Whether the first letter belongs to a script written from right to left."""
    first = _FIRST_LETTER.search(text)
    return first is not None and _RIGHT_TO_LEFT.match(first.group()) is not None
