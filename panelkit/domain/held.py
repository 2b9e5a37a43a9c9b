"""One line of somebody else's table as what the record would hold, or why it cannot be.

Days are British: 03/04/2022 is 3 April. What could be two things is refused, never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from panelkit.domain.errors import BadInput
from panelkit.domain.fields import MONTHS
from panelkit.domain.grids import Cell, Grid, Line, Shape
from panelkit.domain.headings import (
    CASELOAD,
    categories_for,
    figures_for,
    kinds_for,
    levels_for,
    meant,
)
from panelkit.domain.mapping import Mapped, Told
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.report_year import ReportYear
from panelkit.domain.vocabulary import Category, Level, Term

P = TypeVar("P")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_BRITISH: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2,4})", re.ASCII)
_IN_WORDS: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{2,4})", re.ASCII)
_MIDNIGHT: Final = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?Z?$")
_YEAR: Final = re.compile(r"(\d{4})\s?[-–/]\s?(\d{4}|\d\d)", re.ASCII)
_NO_NUMBER: Final = ("–", "-", "—")
"""What published tables print where no number can be."""


class Status(Term):
    """What became of a line in the reading."""

    NEW = "new", "new"
    CHANGED = "changed", "in place of what is there"
    THERE = "there", "already there"
    WITHDRAWN = "withdrawn", "there and withdrawn, so left alone"
    ASIDE = "aside", "left aside"
    REFUSED = "refused", "refused"


@dataclass(frozen=True, slots=True)
class HeldRow(Generic[P]):
    """One line with what it comes to."""

    line: int
    status: Status
    what: str = ""
    """What it says, in words; blank where it was refused before that was known."""
    beside: str = ""
    """What is kept with it, in words: where it comes from, a note."""
    was: str = ""
    """What the record holds in its place."""
    why: str = ""
    """Why it is refused or left aside, with the cell."""
    plan: P | None = None
    """What is to be written; None for a line of which nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood(Generic[P]):
    """A table as it was understood. Nothing is written yet."""

    grid: Grid
    mapped: Mapped
    problems: tuple[str, ...]
    """What is in the way of reading any line."""
    rows: tuple[HeldRow[P], ...]

    @property
    def refused(self) -> tuple[HeldRow[P], ...]:
        """Lines that could not be taken."""
        return self.of(Status.REFUSED)

    @property
    def is_whole(self) -> bool:
        """Whether every line was understood, so that it may be stored."""
        return not self.problems and not self.refused

    @property
    def plans(self) -> tuple[P, ...]:
        """What is to be written."""
        return tuple(row.plan for row in self.rows if row.plan is not None)

    def of(self, status: Status) -> tuple[HeldRow[P], ...]:
        """The lines of which that became."""
        return tuple(row for row in self.rows if row.status is status)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from, as it is noted with everything that is entered from it."""

    source: str = ""
    """Who holds it, in words."""
    left: tuple[int, ...] = ()
    """Lines that somebody leaves out, by their numbers."""
    because: str = ""
    """Why they do; never blank where there are any."""

    def words(self, grid: Grid) -> str:
        """``Probation; file r.csv without line 7: not at Level 2 or 3``.

        Raises BadInput for a line that is not there, or one left out without a reason.
        """
        there = {line.number for line in grid.lines}
        if wrong := [number for number in self.left if number not in there]:
            raise BadInput(f"{grid.file} has nothing on line {wrong[0]}.", remedy="Change --leave.")
        without = ""
        if self.left:
            if not self.because.strip():
                msg = "Say why a line is left out: it is noted with what is entered."
                raise BadInput(msg, remedy="With --because.")
            lines = f"line{'s' if len(self.left) > 1 else ''} {', '.join(map(str, self.left))}"
            without = f" without {lines}: {self.because.strip()}"
        return "; ".join(filter(None, (self.source.strip(), f"file {grid.file}{without}")))

    def left_out(self, line: Line) -> HeldRow[Any] | None:
        """What becomes of a line that is left out; None for any other."""
        if line.number not in self.left:
            return None
        return HeldRow(line.number, Status.ASIDE, why="Left out, as it was said.")


class LineRefused(Exception):  # noqa: N818 -- as the family of errors is named
    """A line that cannot be taken: ``why`` names the cell and says the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class LineOf:
    """One line, asked for by field. Every method raises LineRefused, naming the cell."""

    mapped: Mapped
    told: Told
    line: Line

    @property
    def number(self) -> int:
        """Where it stands in its file."""
        return self.line.number

    def words(self, key: str) -> str:
        """The words of a field; blank where it has no column."""
        return self._sound(key).text

    def must(self, key: str) -> Cell:
        """The cell of a field, which may not be blank."""
        cell = self._sound(key)
        if cell.is_blank:
            raise self.refused(key, "is blank")
        return cell

    def day(self, key: str) -> date | None:
        """The day in a field; None where it is blank."""
        cell = self._sound(key)
        if cell.is_blank:
            return None
        if cell.shape is Shape.NUMBER:
            raise self.refused(key, "is a number that the workbook does not show as a day")
        try:
            return day_of(cell.text)
        except ValueError as wrong:
            raise self.refused(key, str(wrong)) from None

    def whole(self, key: str) -> str:
        """The digits of a number."""
        cell = self.must(key)
        if cell.shape is Shape.DAY:
            raise self.refused(key, "is a day, where a number is due")
        return cell.text

    def reference(self, key: str) -> str:
        """A reference of a case."""
        cell = self.must(key)
        if cell.shape is not Shape.TEXT:
            # 0143 becomes 143 in a cell of numbers, which is another case.
            raise self.refused(key, f"is a {cell.shape} in the workbook, where a text is due")
        return cell.text

    def kind(self, key: str) -> OutcomeKind:
        """The kind of event that a cell says."""
        said = self.must(key).text
        if code := self.told.code_of(said):
            return OutcomeKind(code)
        return self._one(key, kinds_for(said), "kind of event")

    def figure(self) -> str:
        """The name of the figure that a line is about: said, or by its level and category.

        Blank where the record counts it itself.
        """
        said = self.words("figure")
        if not said or meant(said, ((words, words) for words in CASELOAD)):
            return self._by_level()
        name = self.told.code_of(said) or self._one(
            "figure", figures_for(said), "figure that is entered by hand"
        )
        if self.words("level") or self.words("category"):
            self._must_fit(name)
        return name

    def year(self, otherwise: ReportYear | None) -> ReportYear:
        """The report year of a line, which is ``otherwise`` where both are said."""
        said = self.words("year")
        if not said:
            if otherwise is None:
                raise self.refused("year", "is blank")
            return otherwise
        year = self._year(said)
        if otherwise is not None and year != otherwise:
            raise self.refused("year", f"is {year.label}, where {otherwise.label} was asked for")
        return year

    def refused(self, key: str, why: str) -> LineRefused:
        """That the cell of a field is not to be taken, with its words where it has any."""
        return LineRefused(f"{self.place(key)} {why}.")

    def place(self, key: str) -> str:
        """The cell of a field in words: its column and what it says, if anything."""
        said = self.mapped.cell(self.line, key).text
        quoted = f" “{said[:60]}{'…' if len(said) > 60 else ''}”" if said else ""
        return f"{self.mapped.place(key) or key}{quoted}"

    @property
    def about(self) -> str:
        """What a line of figures says it is about, as it says it."""
        return ", ".join(filter(None, map(self.words, ("figure", "level", "category"))))

    @property
    def is_no_number(self) -> bool:
        """Whether it prints a dash in place of a number, as published tables do."""
        return self.words("value") in _NO_NUMBER

    def _sound(self, key: str) -> Cell:
        if self.line.fault:
            raise LineRefused(f"The line {self.line.fault}.")
        cell = self.mapped.cell(self.line, key)
        if cell.fault:
            raise LineRefused(f"{self.mapped.place(key)} {cell.fault}.")
        return cell

    def _one(self, key: str, found: Sequence[P], what: str) -> P:
        if len(found) > 1:
            both = " or ".join(str(one) for one in found)
            raise self.refused(key, f"could be {both}: say which with --word")
        if not found:
            raise self.refused(key, f"is no {what} that is known: say which with --word")
        return found[0]

    def _must_fit(self, name: str) -> None:
        """T1 has a level and a category in each cell; T3 to T5 are of Category 1, the rest of none."""
        if name.startswith("T1."):
            fits = self._by_level() == name
        else:
            of_one = categories_for(self.words("category")) == (Category.ONE,)
            fits = of_one and not self.words("level") and name[:2] in ("T3", "T4", "T5")
        if not fits:
            raise self.refused("figure", "does not go with the level or category of its line")

    def _by_level(self) -> str:
        level_said, category_said = self.must("level").text, self.must("category").text
        if "total" in (level_said.casefold(), category_said.casefold()):
            return ""
        level = self._one("level", levels_for(level_said), "level")
        category = self._one("category", categories_for(category_said), "category")
        if category is Category.FOUR:
            raise self.refused("category", "is in no table of an area")
        if level is not Level.ONE:
            return ""
        if category is Category.THREE:
            if self.is_no_number or self.words("value") == "0":
                return ""
            raise self.refused("category", "is never at Level 1")
        return f"T1.L1.C{category}"

    def _year(self, said: str) -> ReportYear:
        found = _YEAR.fullmatch(said)
        if found is not None and int(found[2]) in (int(found[1]) + 1, (int(found[1]) + 1) % 100):
            with suppress(BadInput):
                return ReportYear.named(f"{found[1]}-{found[2][-2:]}")
        raise self.refused("year", "is no report year such as 2022-23")


def day_of(words: str) -> date:
    """The day that ``words`` say: 2022-04-03, 03/04/2022 (3 April), 3 April 2022.

    Raises ValueError, in words that follow the cell.
    """
    plain = _MIDNIGHT.sub("", words.strip()).casefold()
    if found := _ISO.fullmatch(plain):
        year, month, day = found[1], int(found[2]), found[3]
    elif found := _BRITISH.fullmatch(plain):
        year, month, day = found[4], int(found[3]), found[1]
    elif found := _IN_WORDS.fullmatch(plain):
        year, month, day = found[3], MONTHS.get(found[2], 0), found[1]
    else:
        raise ValueError("is no day such as 2022-04-03 or 03/04/2022")
    if len(year) != 4:
        raise ValueError("has a year of two digits: write all four")
    if not 1 <= month <= 12:
        raise ValueError("has no month: days are read as day, month, year")
    try:
        return date(int(year), month, int(day))
    except ValueError:
        raise ValueError("is in no calendar") from None
