"""After how long without a key the screen is masked and locked: chosen from what is allowed."""

from __future__ import annotations

from typing import Final

from panelkit.domain.idleness import Patience
from panelkit.tui.screens.listing import Listing
from panelkit.tui.widgets.rowlist import Row

OFFERED: Final = (
    ("idle_lock_minutes", "Lock, while no meeting runs", (1, 2, 5, 10, 15)),
    ("idle_mask_minutes", "Mask, while a meeting runs", (1, 2, 5, 10, 15)),
    ("idle_long_minutes", "Lock, while a meeting runs", (15, 20, 30, 45, 60)),
)
"""Name in the settings, words, minutes; the settings file may hold any between."""


class IdleTimes(Listing):
    """Returns the name and the minutes, a space between them; blank where nothing was chosen."""

    def __init__(self, now: Patience) -> None:
        """``now`` is what holds."""
        rows = [
            Row(
                f"{name} {minutes}",
                (
                    words,
                    f"after {minutes} minute{'' if minutes == 1 else 's'}",
                    "now" if getattr(now, name) == minutes else "",
                ),
            )
            for name, words, offered in OFFERED
            for minutes in offered
        ]
        super().__init__(
            "Idle times", rows, (30, 18, 6), foot="Enter chooses   Esc back", shared=True
        )
