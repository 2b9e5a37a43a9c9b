"""An observation sheet that came back: grades, comments, and whatever could not be read.

Nothing is guessed. A line counts only where its question still reads as it was printed and
the headings over its boxes too; two grades, a mark that is no tick, words in a place of
their own are listed with the words, and never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from panelkit.documents.foreign.styles import switched
from panelkit.documents.import_guard import Opened, more_parts
from panelkit.documents.lay_sheet import COMMENTS, DOES_NOT_APPLY, SHEET_MARK, Grid, LaySheet
from panelkit.documents.word_lines import (
    ReadFile,
    W,
    bookmark_names,
    read_lines,
    squeezed,
    table_rows,
)
from panelkit.domain.audit_forms import NOT_APPLICABLE, Option, Question
from panelkit.domain.errors import BadInput
from panelkit.domain.foreign import NotRead
from panelkit.domain.sheet_numbers import number_of, printed
from panelkit.domain.text import gate

_NO_SHEET: Final = "Use the file of a sheet that panelkit wrote, filled in."
_PRINTED: Final = re.compile(r"\bSheet\s+([0-9A-Z]{4}-[0-9A-Z]{4})(?![0-9A-Z])")
_STORIES: Final = re.compile(r"word/(?:header|footer)\d{0,3}\.xml")
_UNTICKED: Final = str.maketrans("", "", "☐□▢❏❑⬜\u200b\ufeff")
_TICKS: Final = frozenset("☒ ☑ ✓ ✔ ✗ ✘ ✕ ✖ × ⊠ ⮽ 🗷 🗹 ❌ ✅ x".split())
_NONE: Final = frozenset(("does not apply", "not applicable", "n/a", "na"))
_LINE: Final = re.compile(r"(?:line|question|q|no\.?|number|nr\.?)?\s*(\d{1,3})[.):]?", re.IGNORECASE)  # fmt: skip


@dataclass(slots=True)
class FilledSheet:
    """What a sheet says."""

    number: str
    answers: dict[str, str] = field(default_factory=dict)
    """Options by question."""
    comments: dict[str, str] = field(default_factory=dict)
    remarks: str = ""
    """Comments that name no line."""
    not_read: list[NotRead] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was understood on it."""
        return not (self.answers or self.comments or self.remarks)


def sheet_number(opened: Opened, name: str) -> str:
    """Which sheet a file is, by its mark and by what is printed. Raises BadInput."""
    marked = [m.removeprefix(SHEET_MARK) for m in bookmark_names(opened) if m.startswith(SHEET_MARK)]  # fmt: skip
    said = [found for line in read_lines(opened).lines for found in _PRINTED.findall(line.text)]
    numbers = {number for text in (*marked, *said) if (number := number_of(text))}
    if len(numbers) > 1:
        both = " and ".join(printed(number) for number in sorted(numbers))
        raise BadInput(f"{name} carries the numbers of two sheets, {both}.", remedy=_NO_SHEET)
    if not numbers and said:
        msg = f"{name} carries {said[0]}, which is no sheet's number: it was mistyped."
        raise BadInput(msg, remedy="Type the number as it is printed at the foot of the page.")
    if not numbers:
        raise BadInput(f"{name} is no observation sheet.", remedy=_NO_SHEET)
    return numbers.pop()


def read_sheet(opened: Opened, sheet: LaySheet, name: str) -> FilledSheet:
    """What stands on an opened file of this sheet. Raises BadInput for a damaged part."""
    filled = FilledSheet(sheet.number)
    filled.not_read += leave_out(opened)
    file = read_lines(opened)
    _Reading(sheet, file, filled).read()
    for part in more_parts(opened, name, _STORIES).values():
        words = squeezed("".join(t.text or "" for t in part.iter(f"{W}t")))
        if rest := words.replace(squeezed(sheet.foot), "").strip():
            filled.not_read.append(NotRead(what="head or foot of the page", why="Nothing is read there.", words=rest))  # fmt: skip
    said = (*filled.comments.values(), filled.remarks)
    if replaced := sum(gate(words).replaced for words in said):
        filled.notices.append(f"{replaced} characters that act on a screen became \ufffd.")
    if any(line.pending for line in file.lines):
        filled.notices.append("It holds tracked changes, which were read as if accepted.")
    return filled


def leave_out(opened: Opened) -> list[NotRead]:
    """Take struck-out and hidden words out of what is read, and list them."""
    found: list[NotRead] = []
    for run in list(opened.body.iter(f"{W}r")):
        properties = run.find(f"{W}rPr")
        struck = switched(properties, "strike") or switched(properties, "dstrike")
        if not (struck or switched(properties, "vanish")):
            continue
        words = "".join(text.text or "" for text in run.iter(f"{W}t"))
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
        if words.translate(_UNTICKED).strip():
            what = "struck-out words" if struck else "hidden words"
            found.append(NotRead(what=what, why="Taken as not said.", words=words.strip()))
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: the words of each cell."""

    cells: tuple[str, ...]

    @property
    def squeezed(self) -> tuple[str, ...]:
        return tuple(squeezed(cell) for cell in self.cells)

    @property
    def words(self) -> str:
        """What was put into it, boxes left out."""
        said = (cell.translate(_UNTICKED).strip() for cell in self.cells)
        return " | ".join(cell for cell in said if cell)


class _Reading:
    def __init__(self, sheet: LaySheet, file: ReadFile, filled: FilledSheet) -> None:
        self.sheet = sheet
        self.file = file
        self.filled = filled
        self.known = sorted((squeezed(text) for text in sheet.texts()), key=len, reverse=True)
        self.of = {q.id: (n, grid) for grid in sheet.grids for n, q in grid.lines}
        self.sections = {
            squeezed(q.section) for grid in sheet.grids for _n, q in grid.lines if q.section
        }
        self.remarks: list[str] = []

    def read(self) -> None:
        """Everything: the rows of tables, the words outside them, what hangs beside."""
        under: Grid | tuple[str, str] | None = None
        found: dict[str, list[tuple[_Row, Grid | tuple[str, str] | None]]] = {}
        for row in map(_Row, table_rows(self.file)):
            heads = self._heads(row)
            under = heads if heads is not None else under
            question = self._question(row)
            if heads is not None or squeezed(row.words) in self.sections:
                continue
            if question is not None:
                found.setdefault(question.id, []).append((row, under))
            elif under == COMMENTS and len(row.cells) == len(COMMENTS):
                self._comment_row(row)
            elif row.words:
                self._not_read("row of a table", "It is none of the lines of the sheet.", row.words)
        for question in self.sheet.form.questions:
            self._question_rows(question, found.get(question.id, []))
        self.filled.remarks = "\n".join(self.remarks)
        self._outside()

    def _heads(self, row: _Row) -> Grid | tuple[str, str] | None:
        """Which headings a row holds; None where it holds none."""
        if row.squeezed == COMMENTS:
            return COMMENTS
        return next((g for g in self.sheet.grids if row.squeezed == g.headings), None)

    def _question(self, row: _Row) -> Question | None:
        """The question whose whole text a row still holds."""
        there = [
            q for q in self.sheet.form.questions
            if any(squeezed(q.text) in cell for cell in row.squeezed)
        ]  # fmt: skip
        return max(there, key=lambda q: len(q.text), default=None)

    # -- one line ----------------------------------------------------------------------

    def _question_rows(
        self, question: Question, rows: Sequence[tuple[_Row, Grid | tuple[str, str] | None]]
    ) -> None:
        number, grid = self.of[question.id]
        name = f"line {number}"
        if not rows:
            self._not_read(name, "Its question is no longer on the sheet as it was printed.")
        elif len(rows) > 1:
            words = "; ".join(row.words for row, _under in rows)
            self._not_read(name, "It is on the sheet more than once.", words)
        elif rows[0][1] != grid:
            self._not_read(name, "The headings over its boxes were changed.", rows[0][0].words)
        elif len(rows[0][0].cells) != len(grid.headings):
            self._not_read(name, "Its boxes were joined or taken out.", rows[0][0].words)
        else:
            self._line(question, grid, name, rows[0][0])

    def _line(self, question: Question, grid: Grid, name: str, row: _Row) -> None:
        answers: dict[str, None] = {}
        odd: list[str] = []
        for key, cell in zip(grid.keys, row.cells[2:], strict=True):
            said = cell.translate(_UNTICKED).strip()
            if said and self._is_tick(said, key, grid.options):
                answers[key] = None
            elif said:
                odd.append(said)
        number = str(self.of[question.id][0])
        if row.squeezed[0] not in (number, f"{number}.", ""):
            odd.append(row.cells[0].strip())
        beside = _without(row.cells[1], question.text)
        if graded := _grade(beside, grid.options):
            answers[graded] = None
        elif beside:
            self._comment(question, beside)
        if odd:
            self._not_read(name, "What stands in its boxes is not understood.", row.words)
        elif len(answers) > 1:
            both = " and ".join(_shown(key, grid.options) for key in answers)
            self._not_read(name, "It has more than one grade.", both)
        elif answers:
            self.filled.answers[question.id] = next(iter(answers))

    @staticmethod
    def _is_tick(said: str, key: str, options: Sequence[Option]) -> bool:
        marks = said.split()
        return all(mark.casefold() in _TICKS for mark in marks) or _grade(said, options) == key

    # -- comments ----------------------------------------------------------------------

    def _comment_row(self, row: _Row) -> None:
        named, words = row.cells[0].strip(), row.cells[1].strip()
        found = _LINE.fullmatch(named)
        number = int(found[1]) if found else 0
        if not words:
            if named:
                self._not_read("number of a line", "No words stand beside it.", named)
        elif 1 <= number <= len(self.sheet.form.questions):
            self._comment(self.sheet.form.questions[number - 1], words)
        else:
            self.remarks.append(f"{named}: {words}" if named else words)
            if named:
                self.filled.notices.append(f"“{named}” is no one line of the sheet; the words beside it are kept with the remarks.")  # fmt: skip

    def _comment(self, question: Question, words: str) -> None:
        before = self.filled.comments.get(question.id, "")
        self.filled.comments[question.id] = f"{before}\n{words}" if before else words

    # -- everything else ---------------------------------------------------------------

    def _outside(self) -> None:
        for line in self.file.lines:
            text = line.text.strip()
            if line.row or not text or squeezed(text) in self.known:
                continue
            ours = next((known for known in self.known if squeezed(text).startswith(known) and len(known) > 2), "")  # fmt: skip
            words = _without(text, ours) if ours else text
            self._not_read("words outside the boxes", "They belong to no line.", words)
        for aside in self.file.asides:
            who = f" by {aside.who}" if aside.who else ""
            why = "Nothing but the boxes is read." if aside.text else "A picture is not read."
            self._not_read(f"{aside.kind}{who}", why, aside.text)

    def _not_read(self, what: str, why: str, words: str = "") -> None:
        self.filled.not_read.append(NotRead(what=what, why=why, words=words))


def _grade(said: str, options: Sequence[Option]) -> str:
    """The option that words name: its label, its number or both; blank for anything else."""
    plain = squeezed(said).casefold().strip(" .:=()–—-")
    if plain in _NONE:
        return NOT_APPLICABLE
    for option in options:
        label = option.label.casefold()
        if plain in (label, str(option.value), f"{option.value} {label}", f"{label} {option.value}"):  # fmt: skip
            return option.key
    return ""


def _shown(key: str, options: Sequence[Option]) -> str:
    return next((f"{o.label} {o.value}" for o in options if o.key == key), DOES_NOT_APPLY.lower())


def _without(text: str, ours: str) -> str:
    """What stands before and after our own words."""
    found = re.search(r"\s+".join(map(re.escape, ours.split())), text)
    parts = (text[: found.start()], text[found.end() :]) if found else (text,)
    return " ".join(part.strip() for part in parts if part.strip())
