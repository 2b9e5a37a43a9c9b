"""Who else has the meeting on screen open, and at which item; and that this desk is there.

It is said between two keys and never from one, at most once for each item, and again every twenty
seconds. Where it cannot be said nobody waits and nothing is shown for it: it is tried again.
"""

from __future__ import annotations

from datetime import timedelta

from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.presence import SAID_EVERY, Here, Part, Presence
from panelkit.services.chairing import Chairing
from panelkit.store.hurry import in_a_hurry

TRIED_AFTER = 2.0
"""Seconds until it is tried again where the record was not reached, or somebody wrote."""


class Company:
    """What one open meeting says of its own desk, and knows of the others."""

    def __init__(self, chairing: Chairing) -> None:
        """Nothing is said until somebody is :meth:`at` an item."""
        self._chairing = chairing
        self._item: str | None = None
        self._told: tuple[str, Part] | None = None
        """What was said last; None while nothing is."""
        self._told_at = 0.0
        self._said = 0
        self._tried_at = 0.0
        self._found = Presence()
        self._found_at = 0.0
        self._look = True
        self.others: tuple[Here, ...] = ()
        """Everybody else, by item and name."""

    def at(self, item: str) -> None:
        """Whoever sits here is at that item; the next tick says so."""
        self._item = item

    def look_again(self) -> None:
        """Somebody wrote: they may be elsewhere."""
        self._look = True

    @in_a_hurry
    def tick(self, meeting: Meeting, part: Part, now: float) -> bool:
        """Say where this desk is and look who else is there, where it is time. Whether others moved.

        ``now`` is in seconds of a clock that only goes on.
        """
        if self._item is not None and now >= self._tried_at:
            try:
                self._say(meeting, part, now)
                self._find(meeting, now)
            except PanelkitError:
                self._tried_at = now + TRIED_AFTER
        since = timedelta(seconds=max(0.0, now - self._found_at))
        program = self._chairing.record.opened.program
        before, self.others = self.others, self._found.others(program, since)
        return _places(before) != _places(self.others)

    def _say(self, meeting: Meeting, part: Part, now: float) -> None:
        if self._item is None:
            return
        where, since = (self._item, part), now - self._told_at
        if where != self._told or since >= SAID_EVERY.total_seconds():
            self._said = self._chairing.be_at(meeting, part, self._item)
            self._told, self._told_at = where, now

    def _find(self, meeting: Meeting, now: float) -> None:
        if self._look or now - self._found_at >= SAID_EVERY.total_seconds():
            self._found, self._found_at = self._chairing.presence(meeting), now
            self._look = False

    @in_a_hurry
    def stop(self, *, leave: bool) -> None:
        """Nobody sits at this meeting any more; with ``leave`` it is said, where it can be."""
        told, self._told, self._item = self._told, None, None
        if told is not None and leave:
            try:
                self._chairing.leave(self._said)
            except PanelkitError:
                return  # others see nothing of it for a minute, and then that nobody is there


def _places(here: tuple[Here, ...]) -> list[tuple[str, Part, str, str]]:
    return [(each.who, each.part, each.item, each.program) for each in here]
