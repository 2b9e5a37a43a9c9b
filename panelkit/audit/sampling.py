"""Which meetings of a period are audited: all of Level 3, a random share of Level 2 by chair.

The draw depends on the seed and on the meetings' own references alone: anybody with the
same seed draws the same, and a meeting that is added later moves few others.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from panelkit.domain.vocabulary import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class MayBeDrawn:
    """A meeting that was held in the period."""

    meeting_id: str
    ref: str
    level: Level
    held_on: date
    chair: str
    """Blank where nobody is named: a group of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A meeting to audit, and why it is one."""

    meeting: MayBeDrawn
    why: str


def draw(meetings: Iterable[MayBeDrawn], seed: str, percent: int) -> tuple[Drawn, ...]:
    """The meetings to audit, in order of day. Every chair of a Level 2 meeting has at least one.

    The share of each chair is rounded up, so that together it is never less than
    ``percent``. Raises ValueError for a share outside 0 to 100.
    """
    if not 0 <= percent <= 100:
        msg = "a share is between 0 and 100 per cent"
        raise ValueError(msg)
    drawn: list[Drawn] = []
    by_chair: dict[str, list[MayBeDrawn]] = {}
    for meeting in meetings:
        if meeting.level is Level.THREE:
            drawn.append(Drawn(meeting=meeting, why="Level 3: all are audited"))
        elif meeting.level is Level.TWO:
            by_chair.setdefault(_plain(meeting.chair), []).append(meeting)
    for chair, group in by_chair.items():
        wanted = max(1, math.ceil(len(group) * percent / 100))
        ranked = sorted(group, key=lambda meeting: (_rank(seed, chair, meeting.ref), meeting.ref))
        drawn += [
            Drawn(meeting=meeting, why=f"Drawn: {wanted} of {len(group)} Level 2 by this chair")
            for meeting in ranked[:wanted]
        ]
    return tuple(sorted(drawn, key=lambda one: (one.meeting.held_on, one.meeting.ref)))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rank(seed: str, chair: str, ref: str) -> str:
    return hashlib.sha256("\x1f".join((seed, chair, ref)).encode()).hexdigest()
