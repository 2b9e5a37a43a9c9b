"""A return that came back as a Word file: what stands in its lines, and what stands anywhere else.

Nothing is guessed. A line counts under its key and the headings that were printed over it; words
beside the lines, struck-out words, comments and pictures are listed with where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from panelkit.documents.import_guard import Opened
from panelkit.documents.lay_sheet_reading import leave_out
from panelkit.documents.word_lines import ReadFile, read_lines, squeezed, table_rows
from panelkit.domain import return_paper as p
from panelkit.domain.errors import BadInput
from panelkit.domain.foreign import NotRead
from panelkit.domain.return_paper import RawAction, RawLine, RawReturn
from panelkit.domain.sheet_numbers import number_of

_NO_RETURN: Final = "Answer in the form that was sent, and change no line of it."
_KEY: Final = re.compile(r"Q[1-9][0-9]?")
_REF: Final = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}")
_LONGEST: Final = 20_000
"""Characters of one answer."""
_DAY: Final = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
_SOME_DAY: Final = "\x00"
"""Stands for any day, where the form's own words are compared."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Which form a file is."""

    number: str
    ref: str


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]

    @property
    def squeezed(self) -> tuple[str, ...]:
        return tuple(squeezed(cell) for cell in self.cells)

    @property
    def words(self) -> str:
        return " | ".join(cell.strip() for cell in self.cells if cell.strip())


def whose(opened: Opened, name: str) -> Whose:
    """Which form it is, and of which meeting. Raises BadInput for what is no return."""
    said: dict[str, list[str]] = {each: [] for each in p.WHOSE}
    for row in map(_Row, table_rows(read_lines(opened))):
        cells = row.squeezed
        if len(cells) == 2 and cells[0] in said and cells[1]:
            said[cells[0]].append(cells[1])
    forms, refs = (list(dict.fromkeys(said[each])) for each in p.WHOSE)
    if not forms or not refs:
        msg = f"{name} is no return: it says neither which form it is nor of which meeting."
        raise BadInput(msg, remedy=_NO_RETURN)
    if len(forms) > 1 or len(refs) > 1:
        raise BadInput(f"{name} is more than one return.", remedy="Send each as a file of its own.")
    number = number_of(forms[0])
    if not number:
        msg = f"{name}, line Form: {forms[0][:12]} is no form's number; it was mistyped."
        raise BadInput(msg, remedy="Type the number as it was sent.")
    return Whose(number, refs[0][:40])


def read(opened: Opened, form: Whose, own: Iterable[str]) -> RawReturn:
    """What stands in a form that came back; ``own`` are the words of the form itself, as it would
    be written now: a day in them may be another since."""
    not_read = leave_out(opened)
    file = read_lines(opened)
    reading = _Reading(file, tuple(sorted(map(_undated, own), key=len, reverse=True)))
    reading.read()
    notices = []
    if any(line.pending for line in file.lines):
        notices.append("It holds tracked changes, which were read as if accepted.")
    return RawReturn(
        form.number, form.ref, tuple(reading.lines), tuple(reading.actions),
        (*not_read, *reading.not_read), tuple(notices),
    )  # fmt: skip


class _Reading:
    def __init__(self, file: ReadFile, own: tuple[str, ...]) -> None:
        self.file = file
        self.own = own
        self.lines: list[RawLine] = []
        self.actions: list[RawAction] = []
        self.not_read: list[NotRead] = []
        self.under: tuple[str, ...] = ()
        """The headings over the row that is read."""

    def read(self) -> None:
        heads = {p.FIRST_HEADS, p.TOLD_HEADS, p.ACTION_HEADS, _short_actions()}
        for row in map(_Row, table_rows(self.file)):
            if row.squeezed in heads:
                self.under = row.squeezed
            elif len(row.cells) == 2 and not self.under:
                continue  # what stands under the title: ours
            else:
                self._row(row)
        self._outside()

    def _row(self, row: _Row) -> None:
        key = row.squeezed[0] if row.cells else ""
        if len(row.cells) != len(self.under):
            self._none("Its cells were joined, parted or taken out.", row, key)
        elif any(len(cell) > _LONGEST for cell in row.cells):
            self._none(f"It holds more than {_LONGEST} characters.", row, key)
        elif self.under == p.FIRST_HEADS and key in dict(p.FIRST):
            self.lines.append(RawLine(f"line {key}", key, row.cells[2], "", row.squeezed[1]))
        elif self.under == p.TOLD_HEADS and _KEY.fullmatch(key):
            self.lines.append(
                RawLine(
                    f"line {key}", key, row.cells[3], row.squeezed[1], row.squeezed[2], row.cells[4],
                    row.cells[5],
                )
            )  # fmt: skip
        elif self.under and self.under[0] == "Action" and _REF.fullmatch(key):
            self.actions.append(
                RawAction(f"action {key}", key, *(c.strip() for c in row.cells[-3:]))
            )
        else:
            self._none("It is none of the lines of the form.", row, key)

    def _none(self, why: str, row: _Row, key: str) -> None:
        if row.words:
            what = f"line {key}" if key and len(key) < 8 else "row of a table"
            self.not_read.append(NotRead(what=what, why=why, words=row.words))

    def _outside(self) -> None:
        for number, line in enumerate(self.file.lines, 1):
            text = squeezed(line.text)
            if line.row or not text or _undated(text) in self.own:
                continue
            words = text[max((_ours(own, text) for own in self.own if own), default=0) :].strip()
            if words:
                self.not_read.append(
                    NotRead(
                        what=f"words outside the lines (paragraph {number})",
                        why="Only the lines are read.", words=words,
                    )
                )  # fmt: skip
        for aside in self.file.asides:
            who = f" by {aside.who}" if aside.who else ""
            why = "Only the lines are read." if aside.text else "A picture is not read."
            self.not_read.append(NotRead(what=f"{aside.kind}{who}", why=why, words=aside.text))


def _short_actions() -> tuple[str, ...]:
    return tuple(h for h in p.ACTION_HEADS if h not in ("What is to be done", "Owner"))


def _undated(text: str) -> str:
    return _DAY.sub(_SOME_DAY, squeezed(text))


def _ours(own: str, text: str) -> int:
    """How many letters of ``text`` are the form's own words, whatever day stands in them."""
    found = re.match(re.escape(own).replace(re.escape(_SOME_DAY), _DAY.pattern), text)
    return found.end() if found else 0
