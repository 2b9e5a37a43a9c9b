"""Who else has a meeting open, and at which item: said by each program, and soon out of date.

    others_in(here, program, now)      # those who were seen within a minute, by item

A program says where its person is whenever they go to another item, and again every twenty
seconds. One that was killed says nothing more, and is left out after a minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from panelkit.domain.vocabulary import Term

SAID_EVERY: Final = timedelta(seconds=20)
"""How often a program that stands open says that it does."""
GONE_AFTER: Final = timedelta(seconds=60)
"""Unseen for longer, somebody is taken to have left."""
FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""Unseen for longer, what was said is removed by whoever comes next."""


class Part(Term):
    """What somebody does at a meeting's record."""

    CHAIRING = "chairing", "chairing"
    WRITING = "writing", "writing"
    READING = "reading", "reading"


@dataclass(frozen=True, slots=True)
class Here:
    """One program that has a meeting open, and who sits at it."""

    program: str
    who: str
    part: Part
    item: str
    """Code of the agenda item they are at; blank where they are at none."""
    seen_at: datetime
    """When the program last said so, by the clock of whoever keeps the record."""


@dataclass(frozen=True, slots=True)
class Presence:
    """What the record says at one moment of who is at a meeting."""

    rows: tuple[Here, ...] = ()
    now: datetime | None = None
    """That moment, by the same clock as ``seen_at``; None where nothing was asked yet."""

    def others(self, program: str, since: timedelta) -> tuple[Here, ...]:
        """Everybody else, ``since`` that moment; see :func:`others_in`."""
        return others_in(self.rows, program, self.now + since) if self.now else ()


def others_in(rows: Iterable[Here], me: str, now: datetime) -> tuple[Here, ...]:
    """Everybody but the program ``me`` who was seen within a minute of ``now``, by item and name.

    What was said later than ``now`` counts: clocks differ by a little, and nobody is hidden for it.
    """
    seen = (row for row in rows if row.program != me and now - row.seen_at <= GONE_AFTER)
    return tuple(sorted(seen, key=lambda row: (_by_number(row.item), row.who, row.program)))


def _by_number(item: str) -> tuple[int, str]:
    digits = "".join(each for each in item if each.isdecimal())
    return (int(digits) if digits else 0, item)


def called(here: Here, me: str) -> str:
    """How somebody who is here is named to ``me``: by name, or as another window of their own."""
    return "you, elsewhere" if here.who.casefold() == me.casefold() else here.who
