"""Wrong passphrases are counted outside the record, and each makes the next wait longer.

It slows down somebody at this machine. It cannot slow down somebody who carried the file away:
for them the cost of a try (Argon2id) is what counts.
"""

from __future__ import annotations

import contextlib
import json
import math
from datetime import datetime
from pathlib import Path
from typing import Final

from panelkit.store.arriving import replacing

FREE: Final = 3
"""Tries before anything waits."""
LONGEST: Final = 300
"""Seconds of the longest wait."""


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries in a row: 2, 4, 8 ... 300."""
    return min(2 ** (wrong - FREE + 1), LONGEST) if wrong >= FREE else 0


class Tries:
    """Kept in one file for all records; ids of records and figures, nothing else."""

    def __init__(self, file: Path) -> None:
        """``file`` need not be there."""
        self._file = file

    def seconds_left(self, record: str, now: datetime) -> int:
        """How long to wait now; a clock that was set back does not shorten it."""
        wrong, last = self._all().get(record, (0, now))
        passed = max((now - last).total_seconds(), 0.0)
        return max(0, math.ceil(wait_after(wrong) - passed))

    def wrong(self, record: str, now: datetime) -> int:
        """One more; returns the seconds that it makes the next one wait."""
        every = self._all()
        count = every.get(record, (0, now))[0] + 1
        self._keep({**every, record: (count, now)})
        return wait_after(count)

    def right(self, record: str) -> None:
        """None any more."""
        every = self._all()
        if every.pop(record, None) is not None:
            self._keep(every)

    def _all(self) -> dict[str, tuple[int, datetime]]:
        try:
            said = json.loads(self._file.read_text("utf-8"))
            found = {
                str(key): (int(count), datetime.fromisoformat(at))
                for key, (count, at) in said.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
        return {key: one for key, one in found.items() if one[1].tzinfo is not None}

    def _keep(self, every: dict[str, tuple[int, datetime]]) -> None:
        said = {key: (count, at.isoformat()) for key, (count, at) in every.items()}
        # Where it cannot be kept nobody is shut out for it: the delay is a hindrance, not a lock.
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with replacing(self._file) as part:
                part.write_text(json.dumps(said), "utf-8")


def until(seconds: int) -> str:
    """``in 8 seconds``, ``in 2 minutes``."""
    if seconds < 60:
        return f"in {seconds} second{'' if seconds == 1 else 's'}"
    minutes = math.ceil(seconds / 60)
    return f"in {minutes} minute{'' if minutes == 1 else 's'}"
