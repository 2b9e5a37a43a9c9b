"""The clock of idleness."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

Seconds = Callable[[], float]


def seconds_passed() -> float:
    """A clock nobody sets that counts a computer's sleep, where the system has one."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        with contextlib.suppress(AttributeError, OSError):
            return time.clock_gettime(getattr(time, name))
    return time.monotonic()
