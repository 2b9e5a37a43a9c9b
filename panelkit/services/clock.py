"""Time, injected: instants are aware UTC; what the room's clock shows is London time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns now, aware, in UTC."""

LONDON = ZoneInfo("Europe/London")
"""What clocks in England and Wales show."""


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def room_time(instant: datetime) -> datetime:
    """The same instant as the room's clock shows it."""
    return instant.astimezone(LONDON)
