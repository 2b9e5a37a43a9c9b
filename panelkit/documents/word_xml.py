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
from functools import lru_cache
from typing import Final

from lxml import etree
from lxml.etree import SubElement, _Element

from panelkit.documents.gate import printable
from panelkit.documents.tree import Barred, Pieces, Placed, parts_of

W_URI: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NSMAP: Final = {"w": W_URI}

P: Final = f"{{{W_URI}}}p"
_PPR: Final = f"{{{W_URI}}}pPr"
_PSTYLE: Final = f"{{{W_URI}}}pStyle"
_KEEP_NEXT: Final = f"{{{W_URI}}}keepNext"
_PAGE_BREAK_BEFORE: Final = f"{{{W_URI}}}pageBreakBefore"
_BIDI: Final = f"{{{W_URI}}}bidi"
_JC: Final = f"{{{W_URI}}}jc"
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
_GRID_COL: Final = f"{{{W_URI}}}gridCol"
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


def paragraph(
    parent: _Element,
    text: str,
    style: str,
    *,
    label: str = "",
    strong: bool = False,
    keep_next: bool = False,
    page_break: bool = False,
    right: bool = False,
) -> _Element:
    """Append one paragraph and return it. Newlines and tabs become breaks and tabs.

    ``right`` sets it to the right, as figures are read.
    """
    text = printable(text)
    rtl = not text.isascii() and _reads_right_to_left(text)
    p = copy.copy(
        _paragraph_pattern(
            style, strong=strong, keep_next=keep_next, page_break=page_break, rtl=rtl, right=right
        )
    )
    parent.append(p)
    _say(p, text, label)
    return p


@lru_cache(maxsize=256)
def _paragraph_pattern(
    style: str, *, strong: bool, keep_next: bool, page_break: bool, rtl: bool, right: bool
) -> _Element:
    """An empty paragraph to be copied, which takes a sixth of the time of building it."""
    p = etree.Element(P, nsmap=NSMAP)
    ppr = SubElement(p, _PPR)
    SubElement(ppr, _PSTYLE, {VAL: style})
    if keep_next:
        SubElement(ppr, _KEEP_NEXT)
    if page_break:
        SubElement(ppr, _PAGE_BREAK_BEFORE)
    if rtl:
        SubElement(ppr, _BIDI)
    if right:
        SubElement(ppr, _JC, {VAL: "right"})
    run(p, "", strong=strong, rtl=rtl)
    return p


def _say(p: _Element, text: str, label: str = "") -> None:
    """Put gated ``text`` into the run that ends ``p``, and a bold label before it."""
    r = p[-1]
    if "\n" in text or "\t" in text:
        r.remove(r[-1])
        _pieces(r, text)
    else:
        r[-1].text = text
    if label:
        run(p, f"{printable(label)} ", strong=True)
        p.insert(1, p[-1])


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
            SubElement(rpr, _RSTYLE).set(VAL, "Strong")
        if rtl:
            SubElement(rpr, _RTL)
    if "\n" in text or "\t" in text:
        _pieces(r, text)
    else:
        _words(r, text)


def _words(r: _Element, text: str) -> None:
    t = SubElement(r, T)
    t.set(_SPACE, "preserve")
    t.text = text


def _pieces(r: _Element, text: str) -> None:
    for piece in _PIECES.split(text):
        if piece == "\n":
            SubElement(r, _BR)
        elif piece == "\t":
            SubElement(r, _TAB)
        elif piece:
            _words(r, piece)


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
    tbl = copy.copy(_table_pattern(style, headed=headed))
    parent.append(tbl)
    properties = tbl[0]
    properties[1].set(_W, str(sum(widths)))
    properties[-2].set(VAL, printable(title))
    properties[-1].set(VAL, printable(alt))
    for width in widths:
        SubElement(tbl[1], _GRID_COL).set(_W, str(width))
    return tbl


@lru_cache(maxsize=16)
def _table_pattern(style: str, *, headed: bool) -> _Element:
    """A table without columns, to be copied; its width, title and alt text are still to be set."""
    tbl = etree.Element(_TBL, nsmap=NSMAP)
    properties = SubElement(tbl, f"{{{W_URI}}}tblPr")
    SubElement(properties, f"{{{W_URI}}}tblStyle", {VAL: style})
    SubElement(properties, f"{{{W_URI}}}tblW", {_W: "0", _TYPE: "dxa"})
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
    SubElement(properties, f"{{{W_URI}}}tblCaption")
    SubElement(properties, f"{{{W_URI}}}tblDescription")
    SubElement(tbl, f"{{{W_URI}}}tblGrid")
    return tbl


@dataclass(frozen=True, slots=True)
class Cell:
    """How the cells of one column are written."""

    style: str
    width: int
    strong: bool = False
    right: bool = False


Noted = Callable[[str, _Element, _Element], None]
"""Told of each part of a cell: its text, its first and its last paragraph."""


_THICK, _THIN = 90, 40
"""Height of a bar and of the line of its target, in twentieths of a point."""
_BAR, _LINE = "1F3864", "7F7F7F"


def draw_bars(tc: _Element, text: Barred, width: int) -> None:
    """A bar as a paragraph that is shaded as far as its right indent, the target's under it.

    It holds no words, is drawn alike by Word and LibreOffice, and needs no chart part.
    """
    inside = max(0, width - 220)
    for share, height, colour in ((text.share, _THICK, _BAR), (text.target, _THIN, _LINE)):
        if text.share is None or share is None:
            continue
        ppr = SubElement(SubElement(tc, P), _PPR)
        SubElement(ppr, _PSTYLE, {VAL: TABLE_TEXT})
        fill = colour if share > 0 else "auto"
        SubElement(
            ppr, f"{{{W_URI}}}shd",
            {VAL: "clear", f"{{{W_URI}}}color": "auto", f"{{{W_URI}}}fill": fill},
        )  # fmt: skip
        exact = {"before": "0", "after": "0", "line": str(height), "lineRule": "exact"}
        SubElement(ppr, f"{{{W_URI}}}spacing", {f"{{{W_URI}}}{k}": v for k, v in exact.items()})
        right = str(round(inside * (1 - share)))
        SubElement(ppr, f"{{{W_URI}}}ind", {f"{{{W_URI}}}right": right})


class Rows:
    """Appends rows of one kind to a table: each is a copy of an empty one, with its texts put in."""

    def __init__(self, tbl: _Element, cells: Sequence[Cell], noted: Noted) -> None:
        self._tbl = tbl
        self._cells = tuple(cells)
        self._noted = noted
        self._empty: dict[bool, _Element] = {}

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
        if keep_next not in self._empty:
            self._empty[keep_next] = self._made(keep_next=keep_next)
        tr = copy.copy(self._empty[keep_next])
        cells = tr.iterchildren(_TC)
        for tc, look, text in zip(cells, self._cells, texts, strict=True):
            self._put(tc, look, text, keep_next=keep_next)
        if not whole:
            tr.remove(tr[0])
        if repeats:
            SubElement(tr[0], _TBL_HEADER)
        self._tbl.append(tr)

    def _put(self, tc: _Element, look: Cell, text: str, *, keep_next: bool) -> None:
        """Put a text, perhaps of several fields or with a bar, into an empty cell."""
        if isinstance(text, Barred):
            self._put(tc, look, str(text), keep_next=keep_next)
            draw_bars(tc, text, look.width)
            return
        if not isinstance(text, Pieces):
            gated = printable(text)
            if gated.isascii() or not _reads_right_to_left(gated):
                p = tc[-1]
                _say(p, gated, label_of(text))
                self._noted(text, p, p)
                return
        tc.remove(tc[-1])
        for part in cell_parts(text):
            p = paragraph(
                tc, part, look.style, label=label_of(part), strong=look.strong,
                keep_next=keep_next, right=look.right,
            )  # fmt: skip
            self._noted(part, p, p)

    def _made(self, *, keep_next: bool) -> _Element:
        looks = tuple((look.style, look.strong, look.right) for look in self._cells)
        tr = copy.copy(_row_pattern(looks, keep_next=keep_next))
        for tc, look in zip(tr.iterchildren(_TC), self._cells, strict=True):
            tc[0][0].set(_W, str(look.width))
        return tr


@lru_cache(maxsize=64)
def _row_pattern(looks: tuple[tuple[str, bool, bool], ...], *, keep_next: bool) -> _Element:
    """An empty row to be copied, its widths still to be set."""
    tr = etree.Element(_TR, nsmap=NSMAP)
    SubElement(SubElement(tr, _TRPR), _CANT_SPLIT)
    for style, strong, right in looks:
        tc = SubElement(tr, _TC)
        SubElement(SubElement(tc, _TCPR), _TCW, {_W: "0", _TYPE: "dxa"})
        paragraph(tc, "", style, strong=strong, keep_next=keep_next, right=right)
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


def _reads_right_to_left(text: str) -> bool:
    """Whether the first letter belongs to a script written from right to left."""
    first = _FIRST_LETTER.search(text)
    return first is not None and _RIGHT_TO_LEFT.match(first.group()) is not None
