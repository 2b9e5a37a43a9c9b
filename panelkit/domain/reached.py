"""How a record is reached: at once, late, or not now."""

from __future__ import annotations

from enum import StrEnum


class Reached(StrEnum):
    """A file always answers at once; a server may be slow, or away."""

    QUICKLY = "quickly"
    SLOWLY = "slowly"
    NOT = "not"

    @property
    def words(self) -> str:
        """What is said of it where something waits for it."""
        if self is Reached.SLOWLY:
            return "The server is slow."
        return "The server does not answer." if self is Reached.NOT else ""

    @property
    def remedy(self) -> str:
        """What becomes of what is typed meanwhile."""
        if self is Reached.SLOWLY:
            return "Go on typing; it is sent as the server answers."
        return "Go on typing; it is sent when it is back." if self is Reached.NOT else ""
