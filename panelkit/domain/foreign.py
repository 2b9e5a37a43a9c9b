"""Minutes that another program made, as far as they could be read.

Nothing here is claimed without its place: each thing found says where it stood, how it was
told and how sure that is. What could not be read is listed beside what could.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panelkit.domain.vocabulary import (
    AgencyType,
    AttendanceStatus,
    MeetingRole,
    RiskGroup,
    RiskOfSeriousHarm,
    Term,
)


class Sure(Term):
    """How sure it is that something is what it is taken for."""

    SURE = "sure", "sure"
    LIKELY = "likely", "likely"
    GUESS = "guess", "a guess"

    @property
    def holds(self) -> bool:
        """Whether a rule may rest on it; a guess is shown and never held against anybody."""
        return self is not Sure.GUESS


def least(*grades: Sure) -> Sure:
    """The least sure of several."""
    return max(grades, key=list(Sure).index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in the document, counted as a reader would."""

    paragraph: int = 0
    """From 1 through the whole document, cells included."""
    table: int = 0
    """From 1; 0 outside tables."""
    row: int = 0
    box: bool = False
    """In a text box."""
    section: str = ""
    """The heading it stands under."""

    @property
    def words(self) -> str:
        """``table 3, row 2, under "Actions"``."""
        place = f"table {self.table}, row {self.row}" if self.table else f"line {self.paragraph}"
        if self.box:
            place = f"a text box at line {self.paragraph}"
        return f'{place}, under "{self.section}"' if self.section else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One fact: the words of the document, and what they were taken for."""

    key: str
    """``held_on``, ``level``, ``kind``, ``category``, ``chair``, ``marking`` and so on."""
    value: str
    """As the record writes it: a date as ``2026-03-12``, a level as ``2``."""
    raw: str
    """The words as they stand."""
    where: Where
    sure: Sure
    how: str
    """How it was told: ``beside "Date of meeting"``."""

    @property
    def day(self) -> date | None:
        """The value as a date; None where it is none."""
        try:
            return date.fromisoformat(self.value)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSection:
    """A heading and the words under it."""

    heading: str
    item: str
    """The agenda item it answers; blank where none was recognised."""
    field: str = ""
    """The field of that item, where the heading says which."""
    lists: str = ""
    """What its lines are, where the heading says so: ``present``, ``actions``, ``supervision``."""
    organisation: str = ""
    """Under an organisation's own heading, its name."""
    agency: AgencyType | None = None
    """The kind of agency that name tells of."""
    text: str = ""
    """Its lines, cells included."""
    where: Where
    sure: Sure
    """How sure the item is."""
    how: str
    """What made the line a heading: ``a heading style``, ``a bold line``."""
    inherited: bool = False
    """The item is that of the heading above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTable:
    """A table, or the part of one that lists one kind of thing."""

    kind: str
    """``attendance``, ``actions``, ``risk``, ``decisions``, ``dates``, ``details``,
    ``discussion``; blank for one that was not understood."""
    headings: tuple[str, ...]
    rows: int
    where: Where
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPerson:
    """Somebody who was there, or was expected."""

    name: str
    role: str = ""
    organisation: str = ""
    agency: AgencyType | None = None
    meeting_role: MeetingRole | None = None
    status: AttendanceStatus | None = None
    raw: str = ""
    where: Where
    sure: Sure
    doubts: tuple[str, ...] = ()
    """Fields that were not understood, or are guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignAction:
    """Something that somebody is to do."""

    text: str
    owner: str = ""
    """A person, or whatever words stand where a person should."""
    organisation: str = ""
    due: date | None = None
    due_words: str = ""
    """What is said of the time, date or not."""
    earlier: bool = False
    """From an earlier meeting."""
    outcome: str = ""
    """What is said to have become of it."""
    status: str = ""
    """The words of a column of its own that says whether it is done."""
    raw: str = ""
    where: Where
    sure: Sure
    """How sure it is an action at all."""
    places: tuple[str, ...] = ()
    """Fields that the document has a place for here, blank or not."""
    doubts: tuple[str, ...] = ()
    """Fields that were not understood, or are guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignDecision:
    """Something that the meeting decided."""

    text: str
    because: str = ""
    decided_by: str = ""
    item: str = ""
    """The agenda item under which it stands."""
    raw: str = ""
    where: Where
    sure: Sure
    places: tuple[str, ...] = ()
    """Fields that the document has a place for here, blank or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRating:
    """A risk rating of one group."""

    group: RiskGroup
    level: RiskOfSeriousHarm
    because: str = ""
    raw: str = ""
    where: Where
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date that stands somewhere, with what is known about it."""

    words: str
    day: date | None
    problem: str = ""
    """Why no day was understood."""
    where: Where
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """Something that could not be read or not be placed."""

    what: str
    """A few words: ``table``, ``due date``, ``picture``."""
    why: str
    where: Where | None = None
    words: str = ""
    """What stands there, shortened; for the screen of the person who named the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignMinutes:
    """A document made elsewhere, as far as it was read."""

    name: str
    """The name of the file."""
    facts: tuple[Found, ...] = ()
    answers: tuple[tuple[str, str, Found], ...] = ()
    """Item, field and the words found at a label of its own, such as "Imminence: ..."."""
    sections: tuple[ForeignSection, ...] = ()
    tables: tuple[ForeignTable, ...] = ()
    attendance: tuple[ForeignPerson, ...] = ()
    actions: tuple[ForeignAction, ...] = ()
    decisions: tuple[ForeignDecision, ...] = ()
    ratings: tuple[ForeignRating, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    comments: int = 0
    tracked: int = 0
    """Paragraphs with changes that nobody accepted or rejected; read as if accepted."""
    words: int = 0

    def fact(self, key: str) -> Found | None:
        """The surest finding of a fact; the first of equals."""
        found = [fact for fact in self.facts if fact.key == key]
        return min(found, key=lambda fact: list(Sure).index(fact.sure), default=None)

    def of_item(self, code: str) -> tuple[ForeignSection, ...]:
        """Sections that answer an agenda item, in order."""
        return tuple(section for section in self.sections if section.item == code)
