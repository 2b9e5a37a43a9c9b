"""The paragraphs of a Word file as a person sees them, with the bookmarks they carry.

What real editors do is read through: runs split anywhere, proofing marks, hyperlinks,
content controls, fields (their result), tracked changes (what is inserted counts, what is
deleted does not, accepted or not), a paragraph whose mark was deleted (it runs on into the
next). Text boxes, pictures, comments and footnotes are told beside the paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from panelkit.documents.import_guard import Opened
from panelkit.documents.word_xml import W_URI

W: Final = f"{{{W_URI}}}"
_ALTERNATIVE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PLAIN: Final = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_SKIPPED: Final = frozenset(
    {f"{W}{name}" for name in ("pPr", "rPr", "instrText", "delText", "delInstrText", "sectPr",
                               "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "annotationRef",
                               "footnoteRef", "endnoteRef", "rt")}
)  # fmt: skip
_TEXT: Final = frozenset({f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_BOOKMARKS: Final = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_COMMENTED: Final = (
    f"{W}commentRangeStart",
    f"{W}commentRangeEnd",
    f"{W}commentReference",
)
_CAME: Final = frozenset({f"{W}ins", f"{W}moveTo"})


@dataclass(slots=True)
class Read:
    """One paragraph of the file."""

    place: tuple[int, ...] = ()
    """The cell it stands in, as numbers that grow; empty outside tables."""
    row: int = 0
    """The row of a table it stands in, numbered through the file; 0 outside tables."""
    text: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    """Bookmarks that begin in it, and after how many characters."""
    ends: dict[str, int] = field(default_factory=dict)
    pending: bool = False
    """Whether it holds a tracked change that nobody accepted or rejected."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that stands beside the paragraphs."""

    kind: str
    """``comment``, ``text box``, ``picture``, ``footnote``."""
    text: str
    line: int
    """Number of the paragraph it stands at."""
    at: str = ""
    """The words it stands at."""
    who: str = ""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file, read."""

    lines: tuple[Read, ...]
    asides: tuple[Aside, ...]
    twice: frozenset[str]
    """Bookmarks that stand in it more than once; the first counts."""


def read_lines(opened: Opened) -> ReadFile:
    """Every paragraph of the file in order, and what stands beside them."""
    reader = _Reader()
    body = opened.body.find(f"{W}body")
    if body is not None:
        reader.container(body, ())
    asides = [*reader.asides, *_comments(opened, reader), *_notes(opened, reader)]
    return ReadFile(tuple(reader.lines), tuple(asides), frozenset(reader.twice))


def bookmark_names(opened: Opened) -> list[str]:
    """Names of the bookmarks that panelkit may have set, in order."""
    found = (mark.get(f"{W}name", "") for mark in opened.body.iter(f"{W}bookmarkStart"))
    return [name for name in found if name.startswith("pk_")]


class _Reader:
    def __init__(self) -> None:
        self.lines: list[Read] = []
        self.asides: list[Aside] = []
        self.twice: set[str] = set()
        self.commented: dict[str, tuple[int, str]] = {}
        """Where a comment stands, and the words, by its id."""
        self.noted: dict[str, int] = {}
        """In which paragraph a footnote or endnote is referred to."""
        self._seen: set[str] = set()
        self._names: dict[str, str] = {}
        self._open_comments: dict[str, list[str]] = {}
        self._loose: list[str] = []
        """Bookmarks that began between paragraphs: they belong to the next one."""
        self._cells = 0
        self._rows = 0
        self._row = 0
        self._line = Read()
        self._runs_on = False
        self._fields: list[bool] = []
        """Open fields; true while their code is read, which nobody sees."""
        self._acts: dict[str, Callable[[_Element], None]] = {
            **dict.fromkeys(_TEXT, self._text),
            **dict.fromkeys(_PLAIN, self._plain),
            f"{W}br": self._break,
            f"{W}sym": self._symbol,
            f"{W}fldChar": self._field,
            **dict.fromkeys(_BOOKMARKS, self._bookmark_in),
            **dict.fromkeys(_COMMENTED, self._comment),
            **dict.fromkeys((f"{W}footnoteReference", f"{W}endnoteReference"), self._note),
            **dict.fromkeys((f"{W}drawing", f"{W}pict", f"{W}object"), self._drawing),
            f"{_ALTERNATIVE}AlternateContent": self._either,
        }
        """What is done with each element of a paragraph; others are looked into."""

    # -- paragraphs and tables -------------------------------------------------------

    def container(self, element: _Element, place: tuple[int, ...]) -> None:
        """Everything in a body, a cell or a wrapper of blocks."""
        for child in element:
            tag = child.tag
            if tag == f"{W}p":
                self.paragraph(child, place)
            elif tag == f"{W}tr":
                if child.find(f"{W}trPr/{W}del") is None:
                    self._table_row(child, place)
            elif tag == f"{W}tc":
                self._cells += 1
                self.container(child, (*place, self._cells))
                self._runs_on = False
            elif tag in _BOOKMARKS:
                self._bookmark(child)
            elif tag in _COMMENTED:
                self._comment(child)
            elif tag == f"{_ALTERNATIVE}AlternateContent":
                if len(child):
                    self.container(child[0], place)
            elif tag not in _SKIPPED and tag not in _GONE:
                self.container(child, place)

    def _table_row(self, element: _Element, place: tuple[int, ...]) -> None:
        around = self._row
        self._rows += 1
        self._row = self._rows
        self.container(element, place)
        self._row = around

    def paragraph(self, element: _Element, place: tuple[int, ...]) -> None:
        """One paragraph, which may run on from the one before."""
        if not (self._runs_on and self.lines and self.lines[-1].place == place):
            self.lines.append(Read(place, self._row))
        self._line = self.lines[-1]
        self._line.starts.update(dict.fromkeys(self._loose, len(self._line.text)))
        self._loose.clear()
        self._inline(element)
        mark = element.find(f"{W}pPr/{W}rPr")
        deleted = mark is not None and any(mark.find(tag) is not None for tag in _GONE)
        came = mark is not None and any(mark.find(tag) is not None for tag in _CAME)
        self._line.pending = self._line.pending or deleted or came
        self._runs_on = deleted

    # -- what stands in a paragraph --------------------------------------------------

    def _inline(self, element: _Element) -> None:
        for child in element:
            tag = str(child.tag)
            if tag in _SKIPPED:
                continue
            act = self._acts.get(tag)
            if act is not None:
                act(child)
            elif tag in _GONE:
                self._line.pending = True
                for mark in child.iter(*_BOOKMARKS):  # deleted text still says where they are
                    self._bookmark_in(mark)
            else:
                self._line.pending = self._line.pending or tag in _CAME
                self._inline(child)

    def _text(self, element: _Element) -> None:
        self._say(element.text or "")

    def _plain(self, element: _Element) -> None:
        self._say(_PLAIN[str(element.tag)])

    def _break(self, element: _Element) -> None:
        if element.get(f"{W}type", "textWrapping") == "textWrapping":
            self._say("\n")

    def _symbol(self, element: _Element) -> None:
        try:
            self._say(chr(int(element.get(f"{W}char", ""), 16)))
        except (ValueError, OverflowError):
            self._say("\ufffd")

    def _note(self, element: _Element) -> None:
        name = str(element.tag).removeprefix(W)
        self.noted[f"{name}{element.get(f'{W}id')}"] = len(self.lines) - 1

    def _either(self, element: _Element) -> None:
        """Two ways of showing one thing: the first counts."""
        if len(element):
            self._inline(element[0])

    def _say(self, text: str) -> None:
        if any(self._fields):
            return
        self._line.text += text
        for words in self._open_comments.values():
            words.append(text)

    def _field(self, element: _Element) -> None:
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, element: _Element) -> None:
        here = len(self.lines) - 1
        boxes = list(element.iter(f"{W}txbxContent"))
        words = [
            "".join(t.text or "" for t in p.iter(f"{W}t"))
            for box in boxes
            for p in box.iter(f"{W}p")
        ]
        text = "\n".join(word for word in words if word.strip())
        if text:
            self.asides.append(Aside("text box", text, here))
        elif not boxes:
            self.asides.append(Aside("picture", "", here))

    # -- bookmarks and comments ------------------------------------------------------

    def _bookmark_in(self, element: _Element) -> None:
        self._bookmark(element, inside=True)

    def _bookmark(self, element: _Element, *, inside: bool = False) -> None:
        """Note where a bookmark starts or ends; one between paragraphs belongs to the next
        paragraph if it starts there, to the one before if it ends."""
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name", "")
            if not name.startswith("pk_"):
                return
            if name in self._seen:
                # LibreOffice starts a bookmark again in its last paragraph and never ends
                # the first start: the same bookmark. One that had ended is a copy.
                if name in self._names.values():
                    self._names[number] = name
                else:
                    self.twice.add(name)
                return
            self._seen.add(name)
            self._names[number] = name
            if inside:
                self._line.starts[name] = len(self._line.text)
            else:
                self._loose.append(name)
            return
        found = self._names.pop(number, "")
        if found and self.lines:
            line = self.lines[-1]
            line.ends[found] = len(line.text)

    def _comment(self, element: _Element) -> None:
        number = element.get(f"{W}id", "")
        here = max(len(self.lines) - 1, 0)
        if element.tag == f"{W}commentRangeStart":
            self._open_comments[number] = []
            return
        words = self._open_comments.pop(number, [])
        if number not in self.commented or words:
            self.commented[number] = (here, "".join(words))


def _words(element: _Element) -> str:
    paragraphs = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in element.iter(f"{W}p"))
    return "\n".join(words for words in paragraphs if words.strip())


def _comments(opened: Opened, reader: _Reader) -> list[Aside]:
    if opened.comments is None:
        return []
    found = []
    for comment in opened.comments.iter(f"{W}comment"):
        line, at = reader.commented.get(comment.get(f"{W}id", ""), (0, ""))
        who = comment.get(f"{W}author", "")
        found.append(Aside("comment", _words(comment), line, at, who))
    return found


def _notes(opened: Opened, reader: _Reader) -> list[Aside]:
    found = []
    for part in opened.notes:
        for note in part:
            name = str(note.tag).removeprefix(W)
            words = _words(note)
            if words and name in ("footnote", "endnote"):
                line = reader.noted.get(f"{name}Reference{note.get(f'{W}id')}", 0)
                found.append(Aside(name, words, line))
    return found


def table_rows(file: ReadFile) -> Iterator[tuple[str, ...]]:
    """Each row of its tables: the words of each cell."""
    rows: dict[int, dict[tuple[int, ...], list[str]]] = {}
    for line in file.lines:
        if line.row:
            rows.setdefault(line.row, {}).setdefault(line.place, []).append(line.text)
    for cells in rows.values():
        yield tuple("\n".join(texts) for texts in cells.values())


def squeezed(text: str) -> str:
    """Words with one blank between them."""
    return " ".join(text.split())
