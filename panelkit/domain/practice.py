"""Practising: an invented meeting that a chair leads or a minute taker writes up, and what they hear
of it afterwards.

A scenario is data, read by ``packs.scenarios``; what a learner is told is made by
``audit.practice``. Nothing here compares one person with another: a learner is told of this record
alone, item by item, and of how it changed since they asked before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import Term

MARKING: Final = "PRACTICE – invented"
"""What stands where a protective marking stands, on every page and in every top line."""
REF: Final = "PRACTICE"
"""What every case of a practice is called, and no other case."""
FILE_REF: Final = "PRACTICE-invented"
"""What the name of every document of a practice begins with."""


class Learner(Term):
    """Who practises."""

    CHAIR = "chair", "the chair"
    MINUTE_TAKER = "minute-taker", "the minute taker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What somebody in the room says at an item."""

    item: str
    who: str
    """An organisation, or a person of it."""
    words: str

    @property
    def said(self) -> str:
        """``Housing says: the flat falls through.``"""
        return f"{self.who} says: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFor:
    """Something that the record should show at the end, and how that is seen."""

    item: str
    what: str
    """What it is, as it completes ``Not found in the record: …``."""
    why: str
    better: str
    words: tuple[str, ...] = ()
    """Any of these found in the words of the meeting: it is there."""
    gone: tuple[str, ...] = ()
    """None of these is left at the item: it was put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One thing to practise."""

    id: str
    """The name of its file."""
    title: str
    role: Learner
    you: str
    """Who the learner is meanwhile: an invented person on the list of the meeting."""
    story: str
    """What is going on, in a few sentences."""
    teaches: tuple[str, ...]
    minutes: int
    """About how long it takes."""
    day: date
    at: time
    """The day and the hour in the story; its clock goes on from there."""
    lines: tuple[Line, ...] = ()
    """What is said, in order, at which item."""
    looks_for: tuple[LookFor, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    """Those of the case, the oldest first; the last is the one that is practised."""
    source: str = ""
    """The file, for messages."""

    def at_item(self, item: str) -> tuple[Line, ...]:
        """What is said at an item."""
        return tuple(line for line in self.lines if line.item == item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Something that somebody who reads the record years later would look for and not find."""

    words: str
    """What was found, with its place."""
    asks: str
    """What a reader asks."""
    better: str
    """What would put it right."""
    source: str
    """The rule, where it is from, and how sure that is."""
    is_suggestion: bool = False
    """Whether it was found by reading words, which may be wrong."""
    later: bool = False
    """Whether it may be written up after the meeting has closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFeedback:
    """What the record shows at one item of the agenda."""

    code: str
    """Blank for the case as a whole."""
    title: str
    reached: bool
    """False where the panel has not come to it yet: nothing is said of it then."""
    well: tuple[str, ...] = ()
    missed: tuple[Missed, ...] = ()

    @property
    def figures(self) -> str:
        """``3 well, 2 to mend``."""
        if not self.reached:
            return "not reached yet"
        if not self.missed:
            return f"{len(self.well)} well, nothing to mend" if self.well else "nothing found"
        return f"{len(self.well)} well, {len(self.missed)} to mend"


Figures = dict[str, tuple[int, int]]
"""By item: how much was recorded well, how much is to mend. Items not reached are left out."""


def figures_of(found: Sequence[ItemFeedback]) -> Figures:
    """What is kept of what a learner was told: figures, and no words."""
    return {one.code: (len(one.well), len(one.missed)) for one in found if one.reached}


def as_text(figures: Figures) -> str:
    """As it is kept: ``A1 3 0; A2 1 2``."""
    return "; ".join(f"{code or '-'} {well} {missed}" for code, (well, missed) in figures.items())


def from_text(text: str) -> Figures:
    """What :func:`as_text` wrote; anything else is left out."""
    found: Figures = {}
    for part in text.split(";"):
        words = part.split()
        if len(words) == 3 and words[1].isdecimal() and words[2].isdecimal():  # noqa: PLR2004
            found["" if words[0] == "-" else words[0]] = (int(words[1]), int(words[2]))
    return found


def totals(figures: Figures) -> str:
    """``12 recorded well, 5 to mend, at 7 items``."""
    well, missed = (sum(one[n] for one in figures.values()) for n in (0, 1))
    items = len(figures)
    return f"{well} recorded well, {missed} to mend, at {items} item{'' if items == 1 else 's'}"


def since(before: Figures, now: Figures) -> tuple[str, ...]:
    """What changed between two askings, item by item; nothing where nothing did."""
    return tuple(_changes(before, now))


def _changes(before: Figures, now: Figures) -> Iterator[str]:
    for code, (well, missed) in now.items():
        called = code or "The case"
        if code not in before:
            yield f"{called}: reached since"
            continue
        mended, more = before[code][1] - missed, well - before[code][0]
        said = []
        if mended:
            said.append(f"{abs(mended)} {'mended' if mended > 0 else 'more to mend'}")
        if more > 0:
            said.append(f"{more} more recorded well")
        if said:
            yield f"{called}: {', '.join(said)}"
