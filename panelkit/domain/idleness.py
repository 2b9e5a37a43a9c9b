"""What becomes of a screen that nobody touches: nothing, a mask, or the lock.

A chair listens for ten minutes without a key: while a meeting runs the screen is masked, so
that the agenda, the clock and what to say stay, and it is locked only after a long time. At
every other time it is locked. What counts as a touch, and the clock, are the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Final


class Due(Enum):
    """What is to be done now."""

    NOTHING = "nothing"
    MASK = "mask"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Patience:
    """Minutes without a key or the mouse; a person may choose others within ``BOUNDS``."""

    idle_lock_minutes: int = 5
    """Until the lock, while no meeting runs."""
    idle_mask_minutes: int = 5
    """Until the mask, while a meeting runs."""
    idle_long_minutes: int = 30
    """Until the lock, while a meeting runs."""


BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "idle_lock_minutes": (1, 15),
    "idle_mask_minutes": (1, 15),
    "idle_long_minutes": (15, 60),
}
"""The fewest and the most minutes that may be chosen: nobody can switch the lock off."""


def due(idle_seconds: float, *, running: bool, patience: Patience) -> Due:
    """What is to be done after ``idle_seconds`` in which nobody touched anything."""
    if not running:
        return Due.LOCK if idle_seconds >= patience.idle_lock_minutes * 60 else Due.NOTHING
    if idle_seconds >= patience.idle_long_minutes * 60:
        return Due.LOCK
    return Due.MASK if idle_seconds >= patience.idle_mask_minutes * 60 else Due.NOTHING


def patience_from(said: Mapping[str, object]) -> tuple[Patience, tuple[str, ...]]:
    """What the settings say, and a sentence for each that is not used because it may not be."""
    patience, complaints = Patience(), []
    for field in fields(Patience):
        if field.name not in said:
            continue
        value = said[field.name]
        least, most = BOUNDS[field.name]
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            patience = replace(patience, **{field.name: value})
        else:
            usual = getattr(patience, field.name)
            complaints.append(f"{field.name} must be {least} to {most}: {usual} is used.")
    return patience, tuple(complaints)
