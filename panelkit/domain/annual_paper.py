"""What an annual report says beside and in its narratives: numbers and words, about no case.

Narratives are the area's own; they begin as the wording of a template and are kept as they were
written in Word. Facts come from the record alone; what it does not know says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.domain.fields import long_date
from panelkit.domain.report_year import ReportYear

NOT_KNOWN: Final = "not known"
TO_WRITE: Final = "[To write:"
"""What a narrative begins a passage with that nobody has written yet."""


@dataclass(frozen=True, slots=True)
class Note:
    """One of the lettered notes that explain the tables."""

    letter: str
    key: str
    title: str


NOTES: Final = (
    Note("a", "note_eligible", "MAPPA-eligible individuals"),
    Note("b", "note_notification", "Individuals subject to notification requirements"),
    Note("c", "note_violent", "Violent individuals"),
    Note("d", "note_other_dangerous", "Other dangerous individuals"),
    Note("e", "note_terrorism", "Terrorist and terrorist risk individuals"),
    Note("f", "note_licence", "Breach of licence"),
    Note("g", "note_shpo", "Sexual Harm Prevention Order"),
    Note("h", "note_notification_order", "Notification Order"),
    Note("i", "note_sro", "Sexual Risk Order"),
    Note("j", "note_revocation", "Revocation of lifetime notification"),
)
"""Notes (a) to (j), as published (statistics notes section 2 [V1])."""

NARRATIVES: Final = (
    "introduction", "board", "reflections", "priorities", "what_is", "terrorism", "lay_adviser",
    "youth_justice",
)  # fmt: skip
"""Sections whose words are the area's own, in the order of a published report."""

SLOTS: Final = (*NARRATIVES, *(note.key for note in NOTES))
"""Every text that may be written: one wording file of the template each."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the record knows of the year, beside the year before."""

    what: str
    now: str
    before: str
    why: str = ""
    """Why it is not known; blank where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """One of T1 to T8 as it is printed."""

    id: str
    title: str
    period: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | str, ...]], ...]
    """Each row with its cells: a number, "–" where none can exist, or "not supplied"."""
    notes: tuple[str, ...] = ()
    """What must be known to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A figure entered by hand, without who did it."""

    figure: str
    label: str
    value: int
    source: str
    """With what the source calls it and when it was published."""
    entered_on: date
    confirmed_on: date | None
    """None until a second person stood for it: until then it is in no table."""

    @property
    def standing(self) -> str:
        """By whom, in numbers of people: no name leaves with the tables."""
        first = f"Entered by one person on {long_date(self.entered_on)}"
        if self.confirmed_on is None:
            return f"{first}; not confirmed, so in no table"
        return f"{first}, confirmed by another on {long_date(self.confirmed_on)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTotals:
    """The totals of one year, for comparison; None where one is not supplied."""

    year: str
    eligible: int | None
    """T1: everybody on 31 March."""
    level_two: int | None
    """T2: managed in the year."""
    level_three: int | None
    total: int | None
    source: str
    """``published on 4 October 2023``, ``counted now``, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualPaper:
    """Everything of an annual report that is not narrative."""

    area: str
    year: ReportYear
    made_on: date
    tables: tuple[PrintedTable, ...]
    notes: tuple[str, ...]
    """What must be known to read any of them."""
    rules: tuple[str, ...]
    sums: tuple[str, ...]
    entered: tuple[Entered, ...]
    missing: tuple[tuple[str, str], ...]
    """Figures that were not supplied: id and what it is."""
    facts: Mapping[str, tuple[Fact, ...]]
    """By the narrative that they stand beside."""
    facts_note: str = ""
    """What must be known to read the facts."""
    attendance: tuple[tuple[str, str, str], ...] = ()
    """Each organisation with its attendance at Level 2 and at Level 3, in words."""
    attendance_note: str = ""
    """How many organisations are left out of it, and why."""
    earlier: tuple[YearTotals, ...] = ()
    """The years that are compared, oldest first; the last is this one."""
    published_on: date | None = None
    differs: tuple[str, ...] = ()
    """Cells that are counted otherwise now than they were published."""
    fiction: bool = False

    def why_draft(self, to_write: int = 0) -> str:
        """Why it may not be given out yet, counted; blank where it may.

        ``to_write`` is how many narratives nobody has written.
        """
        why = []
        if self.missing:
            why.append(f"{_counted(len(self.missing), 'figure')} not supplied")
        if to_write:
            why.append(f"{_counted(to_write, 'text')} to be written")
        if self.published_on is None and not self.missing:
            why.append("tables not published")
        if self.published_on is not None and self.differs:
            cells = _counted(len(self.differs), "cell")
            why.append(
                f"{cells} counted otherwise than published on {long_date(self.published_on)}"
            )
        return "; ".join(why)

    def status(self, to_write: int = 0) -> str:
        """What stands on its face."""
        why = self.why_draft(to_write)
        if why or self.published_on is None:
            return f"DRAFT: {why}"
        return f"Tables published on {long_date(self.published_on)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def unwritten(narratives: Mapping[str, str]) -> tuple[str, ...]:
    """The narratives that still hold a passage to be written, in order."""
    return tuple(key for key in SLOTS if TO_WRITE in narratives.get(key, ""))
