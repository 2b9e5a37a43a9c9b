"""A Word file as lines and tables, in order, with what makes a line a heading.

Read through: runs split anywhere, hyperlinks, content controls, fields (their result), tracked
changes (as if accepted), merged cells, nested tables, text boxes (their lines come after the
paragraph they hang from). Hidden text, deleted text and field codes are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from panelkit.documents.foreign.styles import Styles, numbers, outline_level, switched
from panelkit.documents.word_lines import W
from panelkit.domain.text import gate

MOST_LINES: Final = 20_000
"""Lines that are read; some 200 pages have 10,000."""

_ALTERNATIVE: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
)
_PLAIN: Final = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "",
}  # fmt: skip
_SKIPPED: Final = frozenset(
    {f"{W}{name}" for name in ("pPr", "rPr", "instrText", "delText", "delInstrText", "sectPr", "sdtPr",
                               "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "annotationRef", "rt",
                               "del", "moveFrom")}
)  # fmt: skip
_CAME: Final = frozenset({f"{W}ins", f"{W}moveTo"})
_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_DRAWN: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_BULLET: Final = re.compile(r"^\s*(?:[•▪●○◦‣·*–—\uf0b7\uf0a7-]|o(?=\t))\s*(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as a reader sees it."""

    text: str
    number: int
    """From 1 through the whole document."""
    level: int = 0
    """1 to 9 for a heading style."""
    title: bool = False
    bold: bool = False
    """All of it."""
    lead: str = ""
    """The bold words it begins with, where the rest is not bold."""
    listed: str = ""
    """``bullet``, ``number`` or blank."""
    box: bool = False
    """In a text box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell, or the place of one that was merged into its neighbour above."""

    start: int
    """The column of the grid in which it begins."""
    span: int = 1
    blocks: tuple[Block, ...] = ()
    continued: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its own lines, without those of tables in it."""
        return tuple(block for block in self.blocks if isinstance(block, Line))

    @property
    def text(self) -> str:
        """Its own words."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table."""

    number: int
    rows: tuple[tuple[Cell, ...], ...]


Block = Line | Grid


@dataclass(slots=True)
class Read:
    """A document's blocks, and what was met that is no line."""

    blocks: tuple[Block, ...] = ()
    lines: int = 0
    tracked: int = 0
    hidden: int = 0
    pictures: int = 0
    embedded: int = 0
    boxes: int = 0
    cut: bool = False
    """The document goes on after the last line that was read."""


@dataclass(slots=True)
class _Text:
    """A paragraph in the making: its words and which of them are bold."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    changed: bool = False


def read_blocks(body: _Element | None, styles: Styles) -> Read:
    """Everything in the body of a document."""
    reader = _Reader(styles)
    blocks: list[Block] = []
    if body is not None:
        reader.container(body, blocks)
    reader.read.blocks = tuple(blocks)
    return reader.read


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self.read = Read()
        self._styles = styles
        self._tables = 0
        self._fields: list[bool] = []
        self._runs_on: _Text | None = None

    # -- blocks ----------------------------------------------------------------------

    def container(self, element: _Element, into: list[Block], *, box: bool = False) -> None:
        """The blocks of a body, a cell, a text box or a wrapper of blocks."""
        for child in element:
            tag = str(child.tag)
            if self.read.lines >= MOST_LINES:
                self.read.cut = True
                return
            if tag == f"{W}p":
                self._paragraph(child, into, box=box)
            elif tag == f"{W}tbl":
                self._table(child, into)
            elif tag == f"{W}altChunk":
                self.read.embedded += 1
            elif tag == _ALTERNATIVE:
                if len(child):
                    self.container(child[0], into, box=box)
            elif tag not in _SKIPPED:
                self.container(child, into, box=box)

    def _table(self, element: _Element, into: list[Block]) -> None:
        self._tables += 1
        number = self._tables
        rows = []
        for row in _through(element, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and any(properties.find(tag) is not None for tag in _GONE):
                self.read.tracked += 1
                continue
            rows.append(self._row(row, properties))
        into.append(Grid(number=number, rows=tuple(rows)))

    def _row(self, row: _Element, properties: _Element | None) -> tuple[Cell, ...]:
        start = _figure(properties, "gridBefore")
        cells = []
        for cell in _through(row, f"{W}tc"):
            about = cell.find(f"{W}tcPr")
            span = max(_figure(about, "gridSpan"), 1)
            merge = about.find(f"{W}vMerge") if about is not None else None
            continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            blocks: list[Block] = []
            self._runs_on = None
            self.container(cell, blocks)
            self._runs_on = None
            cells.append(Cell(start=start, span=span, blocks=tuple(blocks), continued=continued))
            start += span
        return tuple(cells)

    def _paragraph(self, element: _Element, into: list[Block], *, box: bool) -> None:
        properties = element.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        look = self._styles.look("" if style is None else style.get(f"{W}val", ""))
        text = self._runs_on or _Text()
        self._runs_on = None
        self._inline(element, text, bold=look.bold)
        if self._joins_next(properties, text):
            self._runs_on = text
            return
        self.read.tracked += text.changed
        listed = look.listed
        if properties is not None and properties.find(f"{W}numPr") is not None:
            listed = self._styles.list_of(*numbers(properties))
        level = outline_level(properties) or look.level
        for words, bold, lead in _split(text.pieces):
            marked = _BULLET.match(words)
            shown = words[marked.end() :].strip() if marked and not level else words.strip()
            if self.read.lines >= MOST_LINES:
                self.read.cut = True
                return
            if shown:
                self.read.lines += 1
                into.append(
                    Line(
                        text=shown, number=self.read.lines, level=level, title=look.title,
                        bold=bold, lead=lead, listed="bullet" if marked else listed, box=box,
                    )
                )  # fmt: skip
        for found in text.boxes:
            self.read.boxes += 1
            self.container(found, into, box=True)

    @staticmethod
    def _joins_next(properties: _Element | None, text: _Text) -> bool:
        """Whether the end of the paragraph was deleted, so that it runs on into the next."""
        mark = properties.find(f"{W}rPr") if properties is not None else None
        gone = mark is not None and any(mark.find(tag) is not None for tag in _GONE)
        text.changed = text.changed or gone
        return gone

    # -- what stands in a paragraph --------------------------------------------------

    def _inline(self, element: _Element, text: _Text, *, bold: bool) -> None:
        for child in element:
            tag = str(child.tag)
            if tag == f"{W}r":
                self._run(child, text, bold=bold)
            elif tag in _SKIPPED:
                text.changed = text.changed or tag in _GONE
            elif tag == _ALTERNATIVE:
                if len(child):
                    self._inline(child[0], text, bold=bold)
            elif tag in _DRAWN:
                self._drawing(child, text)
            elif tag == f"{W}fldChar":
                self._field(child, text)
            elif tag == f"{W}t" and not any(self._fields):
                text.pieces.append((child.text or "", bold))
            elif tag in _PLAIN and not any(self._fields):
                text.pieces.append((_PLAIN[tag], bold))
            elif tag == f"{W}br":
                text.pieces.append(("\n", bold))
            elif tag == f"{W}sym":
                text.pieces.append((_symbol(child), bold))
            else:
                text.changed = text.changed or tag in _CAME
                self._inline(child, text, bold=bold)

    def _run(self, run: _Element, text: _Text, *, bold: bool) -> None:
        properties = run.find(f"{W}rPr")
        if switched(properties, "vanish"):
            self.read.hidden += 1
            return
        said = switched(properties, "b")
        style = properties.find(f"{W}rStyle") if properties is not None else None
        if said is None and style is not None:
            said = style.get(f"{W}val") in self._styles.bold_runs or None
        self._inline(run, text, bold=bold if said is None else said)

    def _field(self, element: _Element, text: _Text) -> None:
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                on = switched(box, "checked")
                text.pieces.append(("☒" if (switched(box, "default") if on is None else on) else "☐", False))  # fmt: skip
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, element: _Element, text: _Text) -> None:
        boxes = set(element.iter(f"{W}txbxContent"))
        if boxes:
            text.boxes += [
                box
                for box in element.iter(f"{W}txbxContent")
                if boxes.isdisjoint(box.iterancestors(f"{W}txbxContent"))
            ]
        elif element.tag == f"{W}object":
            self.read.embedded += 1
        else:
            self.read.pictures += 1


def _through(element: _Element, wanted: str) -> list[_Element]:
    """The rows of a table or the cells of a row, those in wrappers too."""
    found: list[_Element] = []
    for child in element:
        tag = str(child.tag)
        if tag == wanted:
            found.append(child)
        elif tag == _ALTERNATIVE:
            found += _through(child[0], wanted) if len(child) else []
        elif tag not in _SKIPPED and tag not in (f"{W}p", f"{W}tbl", f"{W}tc"):
            found += _through(child, wanted)
    return found


def _figure(properties: _Element | None, name: str) -> int:
    found = properties.find(f"{W}{name}") if properties is not None else None
    said = "" if found is None else found.get(f"{W}val", "")
    return min(int(said), 100) if said.isdecimal() and len(said) < 5 else 0


def _symbol(element: _Element) -> str:
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _split(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool, str]]:
    """The lines of a paragraph: each with whether it is bold, and the bold words it begins with."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for words, bold in pieces:
        first, *more = gate(words).text.split("\n")
        lines[-1].append((first, bold))
        lines += [[(each, bold)] for each in more]
    return [_line(each) for each in lines]


def _line(pieces: list[tuple[str, bool]]) -> tuple[str, bool, str]:
    text = "".join(words for words, _bold in pieces)
    length = 0
    for words, bold in pieces:
        if not bold and words.strip():
            return text, False, text[:length].strip()
        length += len(words)
    return text, bool(text.strip()), ""
