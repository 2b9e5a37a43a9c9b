"""The referral form: what it asks, and what is understood of the answers, from Word or from a table.

Every question is one line of :data:`QUESTIONS`; the Word form, the headings of a CSV file, the
reading of both and the manual follow from it. Nothing is guessed: what is not understood is named
with its place, and a date of birth is looked at and not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.fields import Field, FieldKind, long_date
from panelkit.domain.foreign import NotRead
from panelkit.domain.grids import Cell
from panelkit.domain.referrals import (
    Came,
    Claimed,
    Referral,
    age_group,
    must_be_alive,
    must_be_of_age,
    must_be_right,
)
from panelkit.domain.screening import CATEGORY_OF, TESTS, Check, EligibleBy, Found, answer_of
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level, Term

WHY: Final = "_why"
"""What follows the name of a test in the heading of its line."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form."""

    key: str
    """The heading of its column in a table, and what everything else calls it."""
    label: str
    """As it is printed, and found again by."""
    write: str
    """What may be written, for whoever fills it in."""
    among: tuple[Term, ...] = ()
    """The answers that there are; empty for a line or a day."""
    needed: bool = False
    max_length: int = 120


_REFERS: Final = tuple(kind for kind in AgencyType if kind.takes_part)
_NAMES: Final = ", ".join(f"{kind} {kind.label}" for kind in _REFERS)
_BECAUSE: Final = "\n".join(f"{one}: {one.label}" for one in EligibleBy)

QUESTIONS: Final[tuple[Question, ...]] = (
    Question("organisation", "Organisation that refers", "Its name", needed=True),
    Question("agency", "Kind of agency", f"The code of one of: {_NAMES}", _REFERS, needed=True),
    Question("level", "Level asked for", "2 or 3", (Level.TWO, Level.THREE), needed=True),
    Question("received_on", "Received on", "The co-ordinator fills this in, such as 3 June 2026; blank: the day it is read in"),
    Question("case", "Reference of the case", "The area’s own, such as WM-0143, where there is one already"),
    Question("category", "Category claimed", "1, 2, 3 or 4", Category.known()),
    Question(
        "eligible_by", "Eligible because",
        f"The word before the colon of one of:\n{_BECAUSE}", tuple(EligibleBy),
    ),
    Question("date_of_birth", "Date of birth", "Such as 3 June 1990: the age is checked by it, and it is not kept"),
    Question("age", "Child or adult", "child (under 18) or adult", tuple(AgeGroup)),
)  # fmt: skip
"""What is asked about the referral itself; the tests follow, :data:`TESTS`."""

HEADINGS: Final = (
    *(one.key for one in QUESTIONS), *(name for test in TESTS for name in (str(test), f"{test}{WHY}"))
)  # fmt: skip
"""The columns of a table, in the order in which they are written; any order is read."""
NEEDED: Final = tuple(one.key for one in QUESTIONS if one.needed)

PERSON: Final = (
    "Who is referred: name, aliases, identifiers",
    "Index offence and pattern",
    "Why formal meetings are needed",
    "Risk management plan: who does what until then",
)
"""What a co-ordinator reads in the form. None of it is read in, kept or shown."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One line of what was understood."""

    label: str
    words: str
    note: str = ""
    """What the program made of it, where that is more than what was written."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What keeps a referral from being kept."""

    place: str
    """``question 9``, ``line 3, column D``."""
    why: str


@dataclass(frozen=True, slots=True)
class ReadReferral:
    """One referral of a file, as it was understood; nothing is kept yet."""

    where: str
    """``line 3``; blank in a form, which holds one."""
    lines: tuple[Understood, ...]
    wrong: tuple[Wrong, ...] = ()
    notices: tuple[str, ...] = ()
    """What a person should look at, and may keep all the same."""
    came: Came | None = None
    """None where something is wrong."""

    def against(self, place: str, why: str) -> ReadReferral:
        """The same with one thing more that is wrong."""
        return replace(self, came=None, wrong=(*self.wrong, Wrong(place, why)))


@dataclass(frozen=True, slots=True)
class FormRead:
    """A file, read."""

    name: str
    rows: tuple[ReadReferral, ...]
    not_read: tuple[NotRead, ...] = ()
    """What stands in the file and was not understood, with where."""
    notices: tuple[str, ...] = ()
    command: str = ""
    """What taking it in is called: taken in again, after an answer that was lost, it is kept once."""

    @property
    def is_whole(self) -> bool:
        """Whether every referral in it can be kept."""
        return bool(self.rows) and not any(row.wrong for row in self.rows)


@dataclass(slots=True)
class Said:
    """The answers of one referral with their places, and what was understood of them so far."""

    cells: Mapping[str, Cell]
    place_of: Callable[[str], str]
    """Where an answer stands, by its key."""
    lines: list[Understood] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        """What stands there; a fault of its cell is told once and leaves it blank."""
        cell = self.cells.get(key, Cell())
        if cell.fault:
            self.against(key, f"It {cell.fault}.")
        return cell.text

    def against(self, key: str, why: str) -> None:
        """Something is wrong with an answer."""
        self.wrong.append(Wrong(self.place_of(key), why))


def understood(said: Said, where: str, area: Area, today: date, received: date) -> ReadReferral:
    """One referral, out of its answers; ``received`` is the day it came where no answer says one."""
    found: dict[str, object] = {}
    for question in QUESTIONS:
        value = _value(said, question)
        if question.needed and value is None and not _is_wrong(said, question.key):
            among = (
                f" Write one of {', '.join(map(str, question.among))}." if question.among else ""
            )
            said.against(question.key, f"{question.label} is blank.{among}")
        found[question.key] = value
    on = _received(said, found["received_on"], received)
    age = _age(said, found, on)
    _fits(said, found, area)
    answers = dict(_tests(said))
    if said.wrong:
        return ReadReferral(where, tuple(said.lines), tuple(said.wrong), tuple(said.notices))
    agency, level = found["agency"], found["level"]
    category, eligible = found["category"], found["eligible_by"]
    if not isinstance(agency, AgencyType) or not isinstance(level, Level):
        raise ValueError("a needed answer is missing")
    claimed = Claimed(
        category if isinstance(category, Category) else None,
        eligible if isinstance(eligible, EligibleBy) else None, age, answers,
    )  # fmt: skip
    came = Came(on, str(found["organisation"]), agency, level, claimed, str(found["case"] or ""))
    try:
        must_be_right(_like(came), today)
    except PanelkitError as wrong:
        said.against("received_on" if on > today else "organisation", wrong.message)
    wrongs = tuple(said.wrong)
    return ReadReferral(
        where, tuple(said.lines), wrongs, tuple(said.notices), None if wrongs else came
    )


def _like(came: Came) -> Referral:
    return Referral(
        id="", received_on=came.received_on, organisation=came.organisation, agency=came.agency,
        level_asked=came.level,
    )  # fmt: skip


def _is_wrong(said: Said, key: str) -> bool:
    return any(one.place == said.place_of(key) for one in said.wrong)


def _value(said: Said, question: Question) -> object | None:
    """What an answer stands for; None for a blank, or for one that is said to be wrong."""
    words = said.text(question.key)
    if not words:
        return None
    if question.key in ("received_on", "date_of_birth"):
        day = _day(words)
        if day is None:
            said.against(question.key, f"{question.label} is no date. Write it as 3 June 2026.")
        elif question.key == "received_on":
            said.lines.append(Understood(question.label, long_date(day)))
        return day
    if question.among:
        member = _member(question.among, words)
        if member is None:
            known = ", ".join(map(str, question.among))
            said.against(question.key, f"{question.label}: there is no such answer. Write one of {known}.")  # fmt: skip
            return None
        said.lines.append(Understood(question.label, member.label))
        return member
    if len(words) > question.max_length:
        most = question.max_length
        said.against(question.key, f"{question.label} is longer than {most} characters.")
        return None
    said.lines.append(Understood(question.label, words))
    return words


def _day(words: str) -> date | None:
    try:
        found = Field(label="", kind=FieldKind.DATE).parse(words)
    except PanelkitError:
        return None
    return found if isinstance(found, date) else None


def _member(among: Sequence[Term], words: str) -> Term | None:
    """The answer that words name: its code, its label, what stands before its brackets, or both."""
    plain = " ".join(words.casefold().replace("_", " ").replace("-", " ").split()).strip(" .")
    for member in among:
        code = str(member).casefold().replace("_", " ")
        label = member.label.casefold().replace("-", " ")
        short = label.partition(" (")[0]
        if plain in (code, label, short, f"{code} {label}", f"{code}: {label}"):
            return member
    return None


def _received(said: Said, day: object | None, received: date) -> date:
    if isinstance(day, date):
        return day
    if not _is_wrong(said, "received_on"):
        said.lines.append(Understood("Received on", long_date(received), "it does not say"))
    return received


def _age(said: Said, found: Mapping[str, object], on: date) -> AgeGroup | None:
    """Child or adult, by the date of birth where there is one: a child marked as an adult is named."""
    age = found["age"] if isinstance(found["age"], AgeGroup) else None
    born = found["date_of_birth"]
    if not isinstance(born, date):
        return age
    try:
        must_be_alive(born, on)
    except BadInput as wrong:
        said.against("date_of_birth", wrong.sentence)
        return age
    try:
        must_be_of_age(age, born, on)
    except PanelkitError as wrong:
        said.against("age", wrong.sentence)
        return age
    known = age_group(born, on)
    if age is None:
        said.lines.append(Understood("Child or adult", known.label, "by the date of birth"))
    said.lines.append(Understood("Date of birth", "looked at", "it is not kept"))
    return known


def _fits(said: Said, found: Mapping[str, object], area: Area) -> None:
    """What does not go together is pointed out; the claim is the referrer's, and is screened."""
    category, eligible = found["category"], found["eligible_by"]
    if isinstance(eligible, EligibleBy) and isinstance(category, Category):
        if CATEGORY_OF[eligible] is not category:
            said.notices.append(f"“{eligible.label}” leads to {CATEGORY_OF[eligible].label}, and {category.label} is claimed.")  # fmt: skip
    elif eligible is None and category is None:
        said.notices.append("Neither a category nor what makes eligible is said.")
    if category is Category.FOUR and area.category_four_approved_on is None:
        said.notices.append(
            f"{area.name} holds no Category 4 cases: its board has not approved that."
        )


def _tests(said: Said) -> Iterator[tuple[Check, str]]:
    for test in TESTS:
        words, why = said.text(str(test)), said.text(f"{test}{WHY}")
        if not words and not why:
            continue
        found = _member(tuple(Found), words)
        if found is None:
            what = "Write yes, no or not known" if words else "Its reason stands without an answer"
            said.against(str(test), f"{test.label}: {what[:1].lower()}{what[1:]}.")
            continue
        answer = answer_of(Found(found), " ".join(why.split()))
        said.lines.append(Understood(test.label, f"{found.label}{f': {why}' if why else ''}"))
        yield test, answer
