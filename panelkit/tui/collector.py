"""When Python looks for garbage: while nobody types.

A full look through everything a screen is made of takes a tenth of a second. Left to chance
it falls where most is made, in the middle of opening the next item. So the collector rests
until the first screen is drawn (see ``panelkit.start``), looks at what is newly made as it
goes, and looks through everything in a pause.
"""

from __future__ import annotations

import gc
import time
from typing import Final

from textual.app import App

PAUSE: Final = 2.0
"""Seconds without a key before everything is looked through."""
THRESHOLDS: Final = (5_000, 10, 500)
"""Objects made before the youngest are looked at, and rounds before older ones are; the last
is some tens of millions of objects, for somebody who types for hours without a pause."""


def awaken_collector() -> None:
    """The first screen is drawn: what is there now lasts, and is not looked through again."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)
        gc.enable()


class CollectsInPauses(App[None]):
    """An app that tidies up once in each pause. Mixed in before ``App``."""

    last_key_at: float
    _tidied_at: float = 0.0

    def on_ready(self) -> None:
        """The first screen is drawn."""
        awaken_collector()
        self.set_interval(PAUSE / 4, lambda: self.tidy(time.monotonic()))

    def tidy(self, now: float) -> bool:
        """Look through everything, once after the last key; ``now`` is seconds, monotonic.

        Returns whether it did.
        """
        if now - self.last_key_at < PAUSE or self._tidied_at > self.last_key_at:
            return False
        self._tidied_at = now
        gc.collect()
        return True
