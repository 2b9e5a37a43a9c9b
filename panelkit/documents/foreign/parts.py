"""What a document is taken apart into: sections, lines, labelled values, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from panelkit.documents.foreign.topics import Topic
from panelkit.domain.foreign import Sure, Where

ACTION_LINE: Final = re.compile(
    r"^\s*(?-i:ACTION)\s+(?=(?-i:[A-Z])[A-Za-z]*\s)|^\s*(?:new\s+|agreed\s+)?actions?(?:\s+points?)?\s*(?:no\.?\s*)?(?:[A-Z]?\d{1,3}(?:\.\d{1,3})?)?\s*[:–—-]\s*(?=\S)",
    re.IGNORECASE,
)
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
        rows = [
            row.raw
            for each in self.lists
            for row in each.rows
            if each.kind not in ("plan", "contingency", "discussion")
        ]
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
