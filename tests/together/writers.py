"""Somebody who writes without end into sections that somebody else writes into as well."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from panelkit.opened.session import Session, Spot

SECTIONS = tuple(
    Spot("A6", key) for key in ("index_offence", "offence_summary", "previous_relevant")
)


@dataclass
class Writer:
    """One desk: what it stored, what it was shown of the other's, how long a key's save took."""

    name: str
    session: Session
    seed: int
    spots: tuple[Spot, ...] = SECTIONS
    stored: list[tuple[Spot, str]] = field(default_factory=list)
    shown: set[tuple[Spot, str]] = field(default_factory=set)
    conflicts: int = 0
    waits: list[float] = field(default_factory=list)

    def write(self, edits: int) -> None:
        """So many passages, each in a section chosen by chance, each a visit of its own."""
        chance = random.Random(self.seed)
        for number in range(edits):
            self.passage(number, chance)

    def passage(self, number: int, chance: random.Random) -> None:
        """One of them, numbered."""
        spot = chance.choice(self.spots)
        words = f"{self.name} {number}"
        self.session.arrive(spot)
        self._note(spot, partial(self.session.typed, spot, words, time.monotonic()))
        if chance.random() < 0.4:
            self._note(spot, partial(self.session.tick, time.monotonic()))
        end = time.monotonic() + 20
        while spot in self.session.unsaved:
            self._note(spot, partial(self.session.leave, spot))
            assert time.monotonic() < end, f"never stored: {self.session.problem}"
        self._choose(chance)

    def _note(self, spot: Spot, step: Callable[[], None]) -> None:
        begun = time.perf_counter()
        step()
        self.waits.append(time.perf_counter() - begun)
        held = self.session.own.pop(spot, None)
        if held is not None:
            self.stored.append((spot, held[1]))

    def _choose(self, chance: random.Random) -> None:
        """Whoever is asked sees both texts, and takes one, or both."""
        end = time.monotonic() + 20
        while self.session.conflicts:
            conflict = self.session.conflicts[0]
            self.conflicts += 1
            self.shown |= {(conflict.spot, conflict.theirs), (conflict.spot, conflict.mine)}
            both = f"{conflict.theirs}\n{conflict.mine}"
            text = chance.choice((conflict.theirs, conflict.mine, both))
            self.session.arrive(conflict.spot)
            self.session.settle(conflict, text)
            if self.session.own.pop(conflict.spot, None) or not self.session.conflicts:
                self.stored.append((conflict.spot, self.session.stored(conflict.spot)))
            while conflict.spot in self.session.unsaved:
                self.session.leave(conflict.spot)
                assert time.monotonic() < end, self.session.problem


def lost(writers: list[Writer], session: Session) -> list[tuple[Spot, str]]:
    """Every text that was stored and is not current, not kept with its hash, and was shown to nobody."""
    session.reload()
    there = {}
    for writer in writers:
        for spot in writer.spots:
            kept = {each.text for each in session.earlier(spot)}
            there[spot] = kept | {session.stored(spot)}
    shown = set().union(*(writer.shown for writer in writers))
    return [
        (spot, text)
        for writer in writers
        for spot, text in writer.stored
        if text not in there[spot] and (spot, text) not in shown
    ]
