"""Who of the coordinators has which referral and which case, and what that leaves each to do. Pure.

Each step is a value of its own, and none is changed: who has something is its last step, and the
steps together say from whom to whom, when, by whom and why. Loads are for help, and no league
table: coordinators stand by name, and nothing here orders them by how much they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.vocabulary import Level, Term

NOBODY: Final = "nobody"
"""What people call it where nobody has something."""
_SUNDAY: Final = 6


def again_words(ref: str, earlier_ref: str) -> str:
    """What is said once a referral is about the same individual as an earlier one; with a blank, as
    none."""
    if earlier_ref:
        return f"{ref} is about the same individual as {earlier_ref}."
    return f"{ref} is about nobody who was referred before, as far as the record says."


class What(Term):
    """What is allocated."""

    REFERRAL = "referral", "Referral"
    CASE = "case", "Case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """One step: who has a referral, or a case, from then on."""

    id: str
    referral_id: str = ""
    """The referral; blank where it is a case."""
    case_id: str = ""
    """The case; blank where it is a referral."""
    number: int = 1
    """Counts the steps of that referral or case."""
    holder: str = ""
    """The coordinator's name; blank where it went back to nobody."""
    person_id: str = ""
    """Their id among the people of the record; blank where a record has none, and names are claimed."""
    because: str = ""
    """Restricted: why, in words; may be blank for the first step alone."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def of(self) -> str:
        """The id of what it is about."""
        return self.referral_id or self.case_id


@dataclass(frozen=True, slots=True)
class Move:
    """One step as people read it."""

    before: str
    """Who had it; blank for nobody."""
    after: str
    """Who has it from then on; blank for nobody."""
    at: datetime | None
    by: str
    because: str

    @property
    def words(self) -> str:
        """``from Joan Quill to Gail Postern``; ``to Joan Quill`` where nobody had it."""
        start = f"from {self.before} " if self.before else ""
        return f"{start}to {self.after or NOBODY}"


def moves(steps: Sequence[Allocation]) -> tuple[Move, ...]:
    """The steps of one referral or case, the earliest first, each with who had it before."""
    found, before = [], ""
    for step in sorted(steps, key=lambda one: one.number):
        found.append(Move(before, step.holder, step.typed_at, step.typed_by, step.because))
        before = step.holder
    return tuple(found)


def now_with(steps: Iterable[Allocation]) -> dict[str, Allocation]:
    """The last step of each referral and case, by its id; one that went back to nobody is there too."""
    found: dict[str, Allocation] = {}
    for step in steps:
        there = found.get(step.of)
        if there is None or step.number > there.number:
            found[step.of] = step
    return found


def must_follow(before: Allocation | None, after: Allocation, ref: str) -> None:
    """Raises Refused where nothing would change, BadInput where a change has no reason.

    The first time that somebody gets it needs none: it came, and somebody takes it.
    """
    had = before.holder if before is not None else ""
    if before is not None and same_name(had, after.holder):
        raise Refused(f"{ref} is with {had or NOBODY} already.")
    if before is None and not after.holder:
        raise Refused(f"{ref} is with {NOBODY} already.")
    if had and not after.because:
        raise BadInput(f"{ref} is with {had}: say why that changes.", remedy="With --because.")


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, however they are spaced and written large or small."""
    return folded(one) == folded(other)


def folded(name: str) -> str:
    """A name for comparing."""
    return " ".join(name.split()).casefold()


# -- what each has to do -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A referral that waits for its answer, or a case that is worked on, and what it asks for."""

    id: str
    ref: str
    what: What
    level: Level | None = None
    """Of a referral the level asked for; of a case the level that holds today, None for none."""
    due: date | None = None
    """Of a referral: the last day on which its answer is in time."""
    who: str = ""
    """Of a referral: the organisation that referred."""
    to_come: bool = False
    """Of a case without a level: whether a meeting of it is to come, which may give it one."""
    meetings: tuple[date, ...] = ()
    """Of a case: days of its meetings in the weeks ahead that are counted."""
    minutes: int = 0
    """Of a case: minutes of meetings held that are not issued."""
    overdue: int = 0
    """Of a case: its open actions that are overdue."""
    holder: str = ""
    """Who has it; blank for nobody."""

    @property
    def words(self) -> str:
        """What it is: ``asks for Level 3``, ``Level 2``, ``first meeting to come``, ``left``."""
        if self.what is What.REFERRAL:
            return f"asks for {self.level.label}" if self.level else ""
        if self.level is not None:
            return self.level.label
        return "no level yet, meeting to come" if self.to_come else "left, minutes to issue"

    @property
    def asks(self) -> str:
        """``meets 3 Dec, minutes not issued, 2 actions overdue``; of a case."""
        return ", ".join(
            part
            for part in (
                f"meets {_days(self.meetings)}" if self.meetings else "",
                "minutes not issued" if self.minutes == 1 else "",
                f"{self.minutes} sets of minutes not issued" if self.minutes > 1 else "",
                _many(self.overdue, "action overdue", "actions overdue"),
            )
            if part
        )


def _days(days: Sequence[date]) -> str:
    return ", ".join(f"{day.day} {day:%b}" for day in days)


def _many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one coordinator has, or what nobody has. Every number is the length of a list."""

    name: str
    """Blank for nobody."""
    is_coordinator: bool = True
    """False for somebody who has something and is no coordinator of the record, or no longer."""
    works: tuple[Work, ...] = ()
    """Referrals by the day their answer is due, then cases by reference."""
    today: date = field(default_factory=lambda: date.min)

    @property
    def waiting(self) -> tuple[Work, ...]:
        """Referrals that wait for an answer."""
        return tuple(one for one in self.works if one.what is What.REFERRAL)

    @property
    def cases(self) -> tuple[Work, ...]:
        """Cases that are worked on."""
        return tuple(one for one in self.works if one.what is What.CASE)

    @property
    def late(self) -> tuple[Work, ...]:
        """Referrals whose answer is overdue."""
        return tuple(one for one in self.waiting if one.due is not None and one.due < self.today)

    @property
    def this_week(self) -> tuple[Work, ...]:
        """Referrals whose answer is due from today to the end of this week, a Sunday."""
        end = week_end(self.today)
        return tuple(
            one for one in self.waiting if one.due is not None and self.today <= one.due <= end
        )

    def at(self, level: Level | None) -> tuple[Work, ...]:
        """Cases at a level today; None: those that are at none."""
        return tuple(one for one in self.cases if one.level == level)

    @property
    def to_come(self) -> tuple[Work, ...]:
        """Cases without a level of which a meeting is to come."""
        return tuple(one for one in self.at(None) if one.to_come)

    @property
    def meetings(self) -> int:
        """Meetings in the weeks ahead."""
        return sum(len(one.meetings) for one in self.cases)

    @property
    def minutes(self) -> int:
        """Minutes not issued."""
        return sum(one.minutes for one in self.cases)

    @property
    def overdue(self) -> int:
        """Actions overdue in these cases, whoever's they are."""
        return sum(one.overdue for one in self.cases)

    @property
    def counted(self) -> dict[str, int]:
        """Every number by its name, for other programs."""
        return {
            "referrals": len(self.waiting), "answers_overdue": len(self.late),
            "answers_due_this_week": len(self.this_week), "level_2": len(self.at(Level.TWO)),
            "level_3": len(self.at(Level.THREE)), "to_come": len(self.to_come),
            "meetings": self.meetings, "minutes_not_issued": self.minutes,
            "actions_overdue": self.overdue,
        }  # fmt: skip

    def sentences(self, weeks: int) -> str:
        """All of it in words, nothing that is 0; ``weeks`` is how far ahead meetings are counted."""
        found = [*self._referrals(), *self._cases(weeks)]
        return " ".join(found) or "Nothing at the moment."

    def _referrals(self) -> Iterator[str]:
        if not self.waiting:
            return
        due = [
            part
            for part in (
                f"{len(self.late)} overdue" if self.late else "",
                f"{len(self.this_week)} due this week" if self.this_week else "",
            )
            if part
        ]
        many = _many(len(self.waiting), "referral waits", "referrals wait")
        yield f"{many} ({', '.join(due)})." if due else f"{many}."

    def _cases(self, weeks: int) -> Iterator[str]:
        parts = [
            f"{len(found)} {words}"
            for found, words in (
                (self.at(Level.TWO), "at Level 2"), (self.at(Level.THREE), "at Level 3"),
                (self.to_come, "with no level yet"),
            )
            if found
        ]  # fmt: skip
        left = len(self.at(None)) - len(self.to_come)
        parts += [f"{left} that left"] if left else []
        many = _many(len(self.cases), "case", "cases")
        if len(parts) == 1:
            yield f"{many} {parts[0].partition(' ')[2]}."
        elif parts:
            yield f"{many}: {', '.join(parts)}."
        asked = [
            part
            for part in (
                _many(self.meetings, f"meeting in {weeks} weeks", f"meetings in {weeks} weeks"),
                _many(self.minutes, "set of minutes not issued", "sets of minutes not issued"),
                _many(self.overdue, "action overdue", "actions overdue"),
            )
            if part
        ]
        if asked:
            yield f"{', '.join(asked)}."


def week_end(day: date) -> date:
    """The Sunday of the week of a day."""
    return day + timedelta(days=_SUNDAY - day.weekday())


def loads(works: Iterable[Work], coordinators: Sequence[str], today: date) -> tuple[Load, ...]:
    """What nobody has first, then what those have who are no coordinators (any more), then each
    coordinator with what they have, also where that is nothing; by name, never by how much it is.
    """
    names = {folded(name): name for name in coordinators}
    each: dict[str, list[Work]] = {}
    for one in works:
        each.setdefault(folded(one.holder), []).append(one)
    gone = {key: found[0].holder for key, found in each.items() if key and key not in names}
    nobody = _load("", each.get("", ()), today, is_coordinator=True)
    return (
        *((nobody,) if nobody.works else ()),
        *(_load(gone[key], each[key], today, is_coordinator=False) for key in sorted(gone)),
        *(
            _load(names[key], each.get(key, ()), today, is_coordinator=True)
            for key in sorted(names)
        ),
    )


def _load(name: str, works: Iterable[Work], today: date, *, is_coordinator: bool) -> Load:
    ordered = sorted(works, key=lambda one: (one.what is What.CASE, one.due or date.max, one.ref))
    return Load(name=name, is_coordinator=is_coordinator, works=tuple(ordered), today=today)


# -- the same individual, referred again -----------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """That a referral is about somebody who was referred before, without saying who."""

    id: str
    referral_id: str
    """The later referral."""
    earlier_id: str = ""
    """The earlier one; blank where it is of nobody who was referred before, after all."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1


def followed_by(again: Mapping[str, str], referral_id: str) -> tuple[str, ...]:
    """Every later referral of the same individual, by id; ``again`` says the earlier of each later."""
    found: list[str] = []
    look = [referral_id]
    while look:
        here = look.pop()
        for later, earlier in again.items():
            if earlier == here and later not in found and later != referral_id:
                found.append(later)
                look.append(later)
    return tuple(found)
