"""A document as typed text, before anybody decides how it looks.

``compose`` builds one of these from a meeting; ``word`` and ``plain`` write it. The tree
holds words and their part in the document (heading, fact, table cell), never a font, a
colour or a piece of XML, so that a new way of writing needs no new composing.

What every text may hold
    Anything a person typed. A newline is a line break; an empty line starts a new
    paragraph (in a table cell or a bullet, both are line breaks). A tab stays a tab. A
    character that XML cannot hold is printed as U+FFFD, never dropped. Nothing is read as
    markup. A blank text is printed blank: what to print for "not answered" is for
    ``compose`` to say.

What is checked here
    Only what is a mistake of the program, with ``ValueError``: a row whose length differs
    from its columns, a table without columns, a section key that cannot be a bookmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from panelkit.domain.spots import Spot

FICTIONAL_RECORD: Final = "FICTIONAL RECORD"
"""What an invented record carries on every page."""

ParagraphKind = Literal["body", "lead", "quote", "note", "callout", "warning"]
"""The part a paragraph plays.

``body``      ordinary text
``lead``      the sentence that opens a section or the document
``quote``     words given verbatim: what was read out, what a person said
``note``      smaller, grey: where text came from, "carried from 4 March 2026"
``callout``   set apart: the statement, the chair's summary
``warning``   set apart and marked: something is missing, withheld or not confirmed
"""

_SECTION_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,35}")
_DRAFT_ID: Final = re.compile(r"[0-9a-f]{24}|")


class Placed(str):
    """A printed text that is one field of the record, and says which.

    It prints like any other text. Where ``editable`` is true the words are the record's own
    words, and an edit of them in Word can be taken back; else it is a fact.
    """

    __slots__ = ("editable", "label", "raw", "spot")

    spot: Spot
    raw: str
    """What the field holds; differs from the text where blank prints "Not recorded"."""
    editable: bool
    label: str
    """Printed before it in the same paragraph, with the space: "Handled: "."""

    def __new__(
        cls,
        text: str,
        spot: Spot,
        *,
        raw: str | None = None,
        editable: bool = True,
        label: str = "",
    ) -> Placed:
        """``raw`` is ``text`` unless said."""
        made = super().__new__(cls, text)
        made.spot, made.editable, made.label = spot, editable, label
        made.raw = text if raw is None else raw
        return made

    def labelled(self, label: str) -> Placed:
        """The same, with ``label`` printed before it."""
        return Placed(self, self.spot, raw=self.raw, editable=self.editable, label=label)

    def shown_as(self, text: str) -> Placed:
        """The same field, printed as ``text``."""
        return Placed(text, self.spot, raw=self.raw, editable=self.editable, label=self.label)


class Pieces(str):
    """Several texts that stand under each other in one place, each a paragraph of its own.

    As a text it is all of them, one a line, with their labels.
    """

    __slots__ = ("parts",)

    parts: tuple[str, ...]

    def __new__(cls, *parts: str) -> Pieces:
        """Blank parts are left out; one field of the record stays though it is blank."""
        kept = [part for part in parts if part or isinstance(part, Placed)]
        words = [part for part in kept if part] or kept[:1]
        made = super().__new__(cls, "\n".join(_with_label(part) for part in words))
        made.parts = tuple(words)
        return made


class Barred(str):
    """Words of a table's cell, with a bar under them where a writer draws.

    The bar says nothing that the words do not: whoever hears the page read loses nothing.
    """

    __slots__ = ("share", "target")

    share: float | None
    """0 to 1; None draws none."""
    target: float | None
    """Drawn as a thin line under the bar; None draws none."""

    def __new__(cls, text: str, share: float | None, target: float | None = None) -> Barred:
        """Shares outside 0 to 1 are drawn as the nearer of the two."""
        made = super().__new__(cls, text)
        made.share = None if share is None else min(1.0, max(0.0, share))
        made.target = None if target is None else min(1.0, max(0.0, target))
        return made


def _with_label(part: str) -> str:
    return f"{part.label}{part}" if isinstance(part, Placed) else part


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of a text, in order; one that has none is its own part."""
    if isinstance(text, Pieces):
        return text.parts
    return (text,)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more paragraphs of running text."""

    text: str
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that opens with a bold label: "Rationale. The panel ..."."""

    label: str
    """Printed bold, followed by a space; give it its own full stop or colon."""

    text: str


@dataclass(frozen=True, slots=True)
class SubHeading:
    """A heading inside a section (Heading 2)."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A bulleted list; an empty one writes nothing."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value side by side, one pair a row; no heading row; no pairs write nothing."""

    rows: tuple[tuple[str, str], ...]
    alt: str
    """What a screen reader says the table is: "Details of the meeting"."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    heading: str
    """Printed in the heading row, which repeats on every page."""

    share: float = 1.0
    """How wide, relative to its neighbours. The writer widens a column whose longest word
    (an e-mail address, a date) would otherwise be broken."""

    keep: bool = False
    """True keeps each line of its cells whole: dates, reference numbers, times."""

    strong: bool = False
    """True prints its cells bold: the reference or the name a row is found by."""

    number: bool = False
    """True sets its heading and its cells to the right, as figures are read."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. The caller leaves out a table that has no rows, or says so."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str
    """What a screen reader says the table is: "Actions agreed at this meeting"."""

    caption: str = ""
    """Printed above the table where one section holds several."""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table needs at least one column")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"every row needs {len(self.columns)} cells, one for each column")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as wide as the page, of which every number stands in words beside it."""

    png: bytes
    alt: str
    """What it shows, for whoever hears the page read or has it as plain text."""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a picture needs words for whoever cannot see it")


Block = Paragraph | Labelled | SubHeading | Bullets | Facts | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One numbered part of the document under one heading."""

    key: str
    """Lower-case letters, digits and underscores, unique in the document: ``key_dates``.
    Word carries it as the bookmark ``pk_key_dates`` on the heading, so that a section can
    be found again in a file somebody edited."""

    heading: str

    blocks: tuple[Block, ...]

    number: str = ""
    """Printed before the heading: "14"; blank prints none."""

    landscape: bool = False
    """True prints this section on landscape pages of its own (wide tables)."""

    new_page: bool = False
    """True starts it on a new page."""

    def __post_init__(self) -> None:
        if not _SECTION_KEY.fullmatch(self.key):
            raise ValueError(f"not a section key: {self.key!r}")

    @property
    def numbered_heading(self) -> str:
        """The heading as it is read, "14. Risk assessment"."""
        return f"{self.number}. {self.heading}" if self.number else self.heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document: what stands on every page, the title block, the sections.

    The title block (section 0 of the minutes) is made from these fields; ``sections``
    begin with the first numbered one.
    """

    title: str
    """"Minutes of MAPPA Level 2 review meeting". Also the file's title property, which
    search results show: never a person's name."""

    form_label: str
    """Which form this is: "MAPPA minutes, panelkit layout"."""

    template_version: str
    """Version of the template, printed after the form label."""

    marking: str
    """Protective marking at the head of every page; blank prints none."""

    reference: str
    """The area's own reference for the case."""

    meeting_label: str
    """"meeting 3"; blank for a document that belongs to no single meeting."""

    status: str
    """"DRAFT", "APPROVED", ... as printed in the title block and on every page."""

    version: str
    """Version of this document: "2"; blank prints none."""

    area: str
    """The area's name, printed above the title; also the file's author property."""

    draft: bool
    """True lays the word DRAFT across every page."""

    fiction: bool
    """True prints FICTIONAL RECORD on every page."""

    sections: tuple[Section, ...]

    copy_for: str = ""
    """"Copy 4: Probation Service"; blank prints none."""

    front: tuple[tuple[str, str], ...] = ()
    """Label and value pairs under the title, for what must be seen first."""

    footer_note: str = ""
    """A second line at the foot of every page: the handling rule."""

    head: str = ""
    """The head of the record's journal, as it is read out: whoever has the document can show
    later that nothing before it was cut. Blank prints none."""

    template_id: str = ""
    """Which template it is written with; decides what slots its house file may hold."""

    slots: tuple[tuple[str, str], ...] = ()
    """What slots of a house file say beside the fields above: the date of the meeting."""

    language: str = "en-GB"
    """Language tag the whole document is proofed and read aloud in."""

    draft_id: str = ""
    """24 hexadecimal digits name this draft: Word then carries bookmarks by which each edited
    text is found again. Blank carries none."""

    def __post_init__(self) -> None:
        if not _DRAFT_ID.fullmatch(self.draft_id):
            raise ValueError(f"not the id of a draft: {self.draft_id!r}")
        keys = [section.key for section in self.sections]
        if len(keys) != len(set(keys)):
            raise ValueError("two sections have the same key")

    @property
    def status_line(self) -> str:
        """Status, version and recipient as the title block prints them."""
        version = f"Version {self.version}" if self.version else ""
        return " · ".join(part for part in (self.status, version, self.copy_for) if part)

    @property
    def footer_line(self) -> str:
        """What stands at the foot of every page before "Page x of y"."""
        form = f"{self.form_label} v{self.template_version}"
        state = f"{self.status} v{self.version}" if self.version and self.status else self.status
        parts = (form, self.reference, self.meeting_label, state, self.copy_for)
        return " · ".join(part for part in parts if part)

    @property
    def head_line(self) -> str:
        """What stands under it on every page of an issued document; blank on others."""
        return f"Journal head {self.head}" if self.head else ""


def texts(document: Document) -> Iterator[str]:
    """Yield every text of the body in reading order, from the area's name to the last cell.

    Word prints all of them in this order; plain text too, but for the headings of a wide
    table, which it repeats in each row. What stands in the head and foot of each page is
    not among them.
    """
    yield document.area
    yield document.title
    yield document.status_line
    for pair in document.front:
        yield from pair
    for section in document.sections:
        yield section.numbered_heading
        for block in section.blocks:
            yield from block_texts(block)


def block_texts(block: Block) -> Iterator[str]:
    """Yield the texts of one block in reading order; a picture prints none."""
    match block:
        case Picture():
            return
        case Paragraph(text=text) | SubHeading(text=text):
            yield text
        case Labelled(label=label, text=text):
            yield label
            yield text
        case Bullets(items=items):
            yield from items
        case Facts(rows=pairs):
            for pair in pairs:
                yield from pair
        case Table(columns=columns, rows=rows, caption=caption):
            yield caption
            yield from (column.heading for column in columns)
            for row in rows:
                yield from row
