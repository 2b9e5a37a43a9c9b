"""The lines and tables of a document as sections, labelled values and lists.

What makes a line a heading is said with each: a heading style, a bold line, a numbered line,
capitals, a cell of a table, the words before a colon. A heading that is not known takes the
item of the one above it only where it plainly stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from panelkit.documents.foreign.blocks import Block, Cell, Grid, Line
from panelkit.documents.foreign.columns import Header, header_of
from panelkit.documents.foreign.people import agency_of, is_agency, is_person
from panelkit.documents.foreign.topics import HEADINGS, Topic, label_of, number_of, plain, topic_of
from panelkit.domain.foreign import Sure, Where, least

ACTION_LINE: Final = re.compile(
    r"^\s*(?-i:ACTION)\s+(?=(?-i:[A-Z])[A-Za-z]*\s)|^\s*(?:new\s+|agreed\s+)?actions?(?:\s+points?)?\s*(?:no\.?\s*)?(?:[A-Z]?\d{1,3}(?:\.\d{1,3})?)?\s*[:–—-]\s*(?=\S)",
    re.IGNORECASE,
)
_BEFORE_COLON: Final = re.compile(r"^([^:\t]{2,60}?)\s*(?::|\t)\s*(.*)$", re.DOTALL)
_MARKING: Final = re.compile(
    r"^\W*(?:official|restricted|confidential|secret|draft|private)\b", re.IGNORECASE
)
_LOOSE: Final = frozenset(
    "update updates outcome summary information discussion review status plan action actions decision "
    "statement sentence notes panel level dates risk risks offence conviction referral victim control "
    "conditions licence treatment monitoring opening close records recording purpose strengths".split()
)
"""Words that begin a sentence before a colon too often to be a heading there."""
_RANKS: Final = {"style": 0, "cell": 1, "number": 1, "caps": 2, "bold": 3, "line": 4, "lead": 5}
_SAID: Final = {
    "style": "a heading style", "cell": "a cell of a table", "number": "a numbered line",
    "caps": "a line in capitals", "bold": "a bold line", "line": "a line of its own",
    "lead": "the words before a colon",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One line under a heading."""

    text: str
    where: Where
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value."""

    key: str
    label: str
    value: str
    where: Where


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: the words of each known column."""

    values: dict[str, str]
    where: Where
    beside: str = ""
    """What stands beside an action in a table of discussion."""

    @property
    def raw(self) -> str:
        """The whole row."""
        return " | ".join(value for value in self.values.values() if value)


@dataclass(slots=True)
class Rows:
    """A list in a table."""

    kind: str
    headings: tuple[str, ...]
    names: tuple[str, ...]
    where: Where
    sure: Sure = Sure.SURE
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A heading in the making, with what stands under it."""

    heading: str = ""
    topic: Topic = Topic("")
    organisation: str = ""
    sure: Sure = Sure.SURE
    how: str = ""
    depth: tuple[int, int] = (0, 0)
    inherited: bool = False
    where: Where = Where()
    words: list[Words] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    lists: list[Rows] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What made it a heading, in words."""
        return _SAID.get(self.how, "the top of the document")

    @property
    def text(self) -> str:
        """Everything under it, lists included."""
        rows = [row.raw for each in self.lists for row in each.rows]
        pairs = [f"{pair.label}: {pair.value}" for pair in self.pairs]
        return "\n".join([*(words.text for words in self.words), *pairs, *rows]).strip()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A table that was not understood: its lines stand in the section."""

    where: Where
    rows: int
    words: str


@dataclass(slots=True)
class Outline:
    """A document in sections; the first has no heading."""

    sections: list[Section] = field(default_factory=lambda: [Section()])
    unknown: list[Unknown] = field(default_factory=list)


def outline_of(blocks: Sequence[Block]) -> Outline:
    """The sections of a document."""
    made = _Maker()
    made.blocks(blocks)
    return made.outline


class _Maker:
    def __init__(self) -> None:
        self.outline = Outline()
        self._parent: Section | None = None
        """The last heading whose item was known."""
        self._understood = 0

    @property
    def _here(self) -> Section:
        return self.outline.sections[-1]

    def _where(self, line: Line | None, grid: int = 0, row: int = 0) -> Where:
        return Where(
            paragraph=line.number if line else 0, table=grid, row=row,
            box=bool(line and line.box), section=self._here.heading,
        )  # fmt: skip

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Lines and tables outside tables."""
        for block in blocks:
            if isinstance(block, Grid):
                self.grid(block)
            else:
                self.line(block)

    # -- lines -----------------------------------------------------------------------

    def line(
        self, line: Line, grid: int = 0, row: int = 0, *, alone: bool = True, label: bool = False
    ) -> None:
        """One line: a heading, a label with its value, a heading with its first words, or words."""
        where = self._where(line, grid, row)
        if self._heading(line, where, alone=alone, label=label):
            return
        if ACTION_LINE.match(line.text):
            self._here.words.append(Words(line.text, where, line.listed))
            return
        if found := _BEFORE_COLON.match(line.text[:4000]):
            before, value = found[1], line.text[found.start(2) :].strip()
            if self._pair(before, value, where):
                return
            if value and self._lead(line, before, value, where):
                return
        self._here.words.append(Words(line.text, where, line.listed))

    def _heading(self, line: Line, where: Where, *, alone: bool, label: bool = False) -> bool:
        text = line.text.strip()
        if not 2 < len(text) <= 140 or line.title or not any(c.isalpha() for c in text):
            return False
        if ACTION_LINE.match(text) or (_MARKING.match(text) and topic_of(text) is None):
            return False
        said, _, value = text.partition(":")
        if value.strip() and not line.level:
            return False
        how = self._kind(line, said) or ("cell" if label else "")
        if self._here.topic.lists in ("present", "apologies", "reports") and (
            is_agency(said) or is_person(number_of(said)[1])
        ):
            return False
        named = topic_of(said)
        rest = number_of(said)[1]
        if is_agency(rest) and how and (named is None or self._in("A7") or self._is_acting()):
            self._agency(rest, how, line, where)
            return True
        if named is not None and how:
            sure = named.sure if how != "line" else least(named.sure, Sure.LIKELY)
            self._open(said, named.topic, sure, how, line, where)
            return True
        exact = named is not None and named.sure is Sure.SURE
        plain_line = (
            (alone or text.endswith(":")) and line.listed != "bullet" and len(rest.split()) <= 7
        )
        if named is not None and exact and plain_line and not text.endswith("."):
            if named.phrase in _LOOSE and not text.endswith(":"):
                return False
            self._open(said, named.topic, Sure.LIKELY, "line", line, where)
            return True
        if named is None and how and self._parent is not None and not line.listed:
            return self._unknown_heading(said, how, line, where)
        return False

    @staticmethod
    def _kind(line: Line, text: str) -> str:
        """What makes a line look like a heading; blank where nothing does."""
        words = len(text.split())
        if line.level:
            return "style"
        number, rest = number_of(text)
        ends = text.rstrip().endswith((".", ";", ",")) and len(rest.split()) > 4
        if words > 11 or ends:
            return ""
        letters = [c for c in text if c.isalpha()]
        if len(letters) > 3 and all(c.isupper() for c in letters):
            return "caps"
        if line.bold and line.listed != "bullet":
            return "bold"
        known = topic_of(text)
        if (number or line.listed == "number") and known is not None:
            return "number" if known.sure is Sure.SURE or number.endswith(".0") else ""
        return "number" if number.endswith(".0") else ""

    def _unknown_heading(self, label: str, how: str, line: Line, where: Where) -> bool:
        """A heading whose words are not known: below the last known one, or beside it."""
        if how in ("bold", "caps") and (len(label.split()) > 8 or is_person(label)):
            return False
        parent = self._parent
        depth = self._depth(label, how, line)
        if parent is not None and depth > parent.depth and not self._is_acting():
            self._open(label, parent.topic, Sure.LIKELY, how, line, where, inherited=True)
        else:
            self._open(label, Topic(""), Sure.SURE, how, line, where)
        return True

    def _lead(self, line: Line, label: str, value: str, where: Where) -> bool:
        """``Disclosure: considered ...``: the words before the colon are a heading."""
        rest = number_of(label)[1]
        strong = bool(line.lead) and plain(line.lead) == plain(label)
        people = self._here.topic.lists in ("present", "apologies", "reports")
        if (
            (self._in("A7") or (strong and not people))
            and not self._is_acting()
            and is_agency(rest)
        ):
            self._agency(rest, "lead", line, where)
        elif (named := topic_of(label)) is not None and named.sure is Sure.SURE:
            if not strong and (
                named.phrase in _LOOSE or line.listed == "bullet" or self._is_acting()
            ):
                return False
            sure = Sure.SURE if strong else Sure.LIKELY
            self._open(label, named.topic, sure, "lead", line, where)
        else:
            return False
        self._here.words.append(
            Words(value, self._where(line, where.table, where.row), line.listed)
        )
        return True

    def _pair(self, label: str, value: str, where: Where) -> bool:
        key = label_of(label)
        if not key or len(value) > 600:
            return False
        item = key.partition(".")[0] if "." in key else ""
        if item in ("A10", "A6") and not self._in(item) and len(plain(label).split()) < 2:
            return False
        if not value and not item:
            return False
        topic = topic_of(label)
        if topic is not None and value and (key == "next" or (item and topic.topic.item == item)):
            if not self._in(topic.topic.item):
                line = Line(text=label, number=where.paragraph)
                how = "cell" if where.table else "lead"
                self._open(label, topic.topic, Sure.LIKELY, how, line, where)
        self._here.pairs.append(Pair(key, label.strip(" :"), value, where))
        return True

    # -- headings --------------------------------------------------------------------

    def _in(self, item: str) -> bool:
        return self._here.topic.item == item

    def _is_acting(self) -> bool:
        return self._here.topic.lists in ("actions", "old_actions")

    def _agency(self, label: str, how: str, line: Line, where: Where) -> None:
        topic = self._here.topic if self._is_acting() else Topic("A7", "", "organisation")
        plan = self._parent is not None and self._parent.topic.item == "A11"
        if plan and plain(label) == "housing":
            topic = Topic("A11", "accommodation")
        inside = self._in("A7") or self._is_acting()
        sure = Sure.SURE if inside else Sure.LIKELY
        self._open(label, topic, sure, how, line, where, organisation=label, inherited=inside)

    def _depth(self, label: str, how: str, line: Line) -> tuple[int, int]:
        number = number_of(label)[0]
        deep = line.level or number.removesuffix(".0").count(".")
        return (_RANKS[how], deep)

    def _open(
        self, label: str, topic: Topic, sure: Sure, how: str, line: Line, where: Where,
        *, organisation: str = "", inherited: bool = False,
    ) -> None:  # fmt: skip
        topic = self._settled(label, topic)
        heading = number_of(label)[1].strip(" :–—-\t") or label
        made = Section(
            heading=heading, topic=topic, organisation=organisation, sure=sure, how=how,
            depth=self._depth(label, how, line), inherited=inherited,
            where=Where(paragraph=where.paragraph, table=where.table, row=where.row, box=where.box),
        )  # fmt: skip
        self.outline.sections.append(made)
        if topic.item and not inherited:
            self._parent = made
        elif not topic.item:
            self._parent = made if how == "style" else self._parent

    def _settled(self, label: str, topic: Topic) -> Topic:
        """The topic that a heading has where it stands: level at the start is status."""
        seen = {section.topic.item for section in self.outline.sections}
        words = plain(number_of(label)[1])
        if (
            topic == HEADINGS["level"]
            and "decision" not in words
            and not seen & {"A10", "A11", "A13"}
        ):
            return HEADINGS["mappa status"]
        if words in ("victim safety", "victim safety plan") and "A11" not in seen:
            return HEADINGS["victims"]
        return topic

    # -- tables ----------------------------------------------------------------------

    def grid(self, grid: Grid) -> None:
        """One table: lists, labelled values, sections in cells, or lines."""
        current: Rows | None = None
        header: tuple[Cell, ...] = ()
        known = len(self.outline.sections) + self._counted()
        rows = [tuple(c for c in row) for row in grid.rows if row]
        above: dict[int, Cell] = {}
        skip = -1
        for number, row in enumerate(rows, start=1):
            row = _filled(row, above)  # noqa: PLW2901 - a merged cell stands for the one above
            texts = [cell.text.strip() for cell in row]
            if number == skip or (not any(texts) and not _nested(row)):
                continue
            first = next((line for cell in row for line in cell.lines), None)
            where = self._where(first, grid.number, number)
            found = header_of(texts) if len(row) > 1 else None
            if found is not None:
                current = self._list(found, texts, where)
                header = row
            elif current is not None and self._fits(row, header):
                self._data(current, row, header, where)
            else:
                current = None
                follows = rows[number] if number < len(rows) else ()
                if self._stacked(texts, follows, where):
                    skip = number + 1
                else:
                    self._plain_row(row, texts, grid.number, number)
            for cell in row:
                for inner in cell.blocks:
                    if isinstance(inner, Grid) and not cell.continued:
                        self.grid(inner)
        if len(self.outline.sections) + self._counted() == known and rows:
            words = " | ".join(cell.text for cell in rows[0])[:80]
            self.outline.unknown.append(Unknown(Where(table=grid.number, section=self._here.heading), len(rows), words))  # fmt: skip

    def _counted(self) -> int:
        return (
            sum(len(s.lists) + len(s.pairs) for s in self.outline.sections[-3:]) + self._understood
        )

    def _list(self, header: Header, texts: list[str], where: Where) -> Rows:
        made = Rows(header.kind, tuple(texts), header.names, where)
        self._here.lists.append(made)
        return made

    @staticmethod
    def _fits(row: tuple[Cell, ...], header: tuple[Cell, ...]) -> bool:
        """Whether a row has the columns of the heading row above it."""
        if len(row) == 1 and len(header) > 1:
            return False
        starts = {cell.start for cell in header}
        return len(row) == len(header) or (
            len(row) > 1 and {c.start for c in row} <= starts and len(header) - len(row) < 2
        )

    def _data(
        self, into: Rows, row: tuple[Cell, ...], header: tuple[Cell, ...], where: Where
    ) -> None:
        values = dict.fromkeys((name for name in into.names if name), "")
        by_place = len(row) == len(header)
        for place, cell in enumerate(row):
            at = (
                place
                if by_place
                else max((i for i, h in enumerate(header) if h.start <= cell.start), default=0)
            )
            name = into.names[at]
            if name:
                values[name] = f"{values[name]}\n{cell.text}".strip()
        if into.kind == "discussion":
            self._discussed(row, into, values, where)
        else:
            into.rows.append(Row(values, where))

    def _discussed(
        self, row: tuple[Cell, ...], into: Rows, values: dict[str, str], where: Where
    ) -> None:
        """A row of a table of discussion: heading, words, and the action beside them."""
        cells = dict(zip(into.names, row, strict=False))
        for name in ("item", "discussion"):
            for line in cells[name].lines if name in cells else ():
                self.line(line, where.table, where.row, alone=False, label=name == "item")
        if values.get("action"):
            into.rows.append(Row(values, self._where(cells["action"].lines[0] if cells["action"].lines else None, where.table, where.row), values.get("discussion", "")))  # fmt: skip

    def _stacked(self, texts: list[str], follows: tuple[Cell, ...], where: Where) -> bool:
        """A row of labels over a row of values."""
        keys = [label_of(text) for text in texts]
        below = [cell.text.strip() for cell in follows]
        if len(keys) < 2 or sum(map(bool, keys)) < max(2, len(keys) - 1) or len(below) != len(keys):
            return False
        if any(label_of(text) for text in below):
            return False
        for key, label, value in zip(keys, texts, below, strict=True):
            if key and value:
                self._here.pairs.append(Pair(key, label, value, where))
        return True

    def _plain_row(self, row: tuple[Cell, ...], texts: list[str], grid: int, number: int) -> None:
        """A row under no column headings."""
        cells = [cell for cell, text in zip(row, texts, strict=True) if text]
        if len(cells) > 1 and (re.fullmatch(r"[\dA-Z]{0,2}[\d.]{0,5}[.)]?", cells[0].text.strip())):
            cells = cells[1:]
        if len(cells) >= 4 and self._pairs(cells, grid, number):
            return
        if len(cells) == 1:
            for line in cells[0].lines:
                self.line(line, grid, number, alone=len(cells[0].lines) == 1 or line.bold)
            return
        if len(cells) == 2 and self._beside(cells[0], cells[1], grid, number):
            return
        if cells:
            self._loose_row(cells, grid, number)

    def _pairs(self, cells: list[Cell], grid: int, number: int) -> bool:
        labels, values = cells[::2], cells[1::2]
        if len(labels) != len(values) or not all(label_of(cell.text) for cell in labels):
            return False
        for label, value in zip(labels, values, strict=True):
            line = value.lines[0] if value.lines else None
            self._here.pairs.append(Pair(label_of(label.text), label.text.strip(" :"), value.text.strip(), self._where(line, grid, number)))  # fmt: skip
        return True

    def _beside(self, label: Cell, value: Cell, grid: int, number: int) -> bool:
        """A label cell and its content: a value, a section, or an organisation's words."""
        text = " ".join(label.text.split())
        lines = value.lines
        where = self._where(lines[0] if lines else None, grid, number)
        if len(text) > 120:
            return False
        if (
            len(value.text) < 600
            and not _nested([value])
            and self._pair(text, value.text.strip(), where)
        ):
            return True
        rest = number_of(text)[1]
        named = topic_of(text)
        first = label.lines[0]
        listing = self._here.topic.lists in (
            "present",
            "apologies",
            "reports",
            "actions",
            "old_actions",
        )
        if (
            is_agency(rest)
            and not listing
            and (named is None or self._in("A7"))
            and not is_person(value.text)
        ):
            self._agency(rest, "cell", first, where)
        elif named is not None:
            self._open(text, named.topic, named.sure, "cell", first, where)
        elif (
            first.bold
            and len(value.text.split()) > 8
            and not listing
            and not agency_of(value.text[:80])
        ):
            self._unknown_heading(text, "cell", first, where)
        else:
            return False
        for line in lines:
            self.line(line, grid, number, alone=line.bold)
        return True

    def _loose_row(self, cells: list[Cell], grid: int, number: int) -> None:
        """A row that is neither: a list without headings where the section says of what."""
        where = self._where(cells[0].lines[0] if cells[0].lines else None, grid, number)
        kind = {"present": "attendance", "apologies": "attendance", "reports": "attendance", "risk": "risk",
                "actions": "actions", "old_actions": "actions", "decisions": "decisions"}.get(self._here.topic.lists)  # fmt: skip
        if kind is not None:
            last = self._here.lists[-1] if self._here.lists else None
            if last is None or last.names or last.where.table != grid:
                last = Rows(kind, (), (), where, Sure.GUESS)
                self._here.lists.append(last)
            last.rows.append(Row({str(place): cell.text.strip() for place, cell in enumerate(cells)}, where))  # fmt: skip
            return
        for cell in cells:
            for line in cell.lines:
                self.line(line, grid, number, alone=False)


def _nested(cells: Sequence[Cell]) -> bool:
    return any(isinstance(block, Grid) for cell in cells for block in cell.blocks)


def _filled(row: tuple[Cell, ...], above: dict[int, Cell]) -> tuple[Cell, ...]:
    """The row with each merged cell's words repeated from the cell that it continues."""
    made = []
    for cell in row:
        if cell.continued and cell.start in above:
            origin = above[cell.start]
            made.append(
                Cell(start=cell.start, span=cell.span, blocks=origin.blocks, continued=True)
            )
        else:
            above[cell.start] = cell
            made.append(cell)
    return tuple(made)
