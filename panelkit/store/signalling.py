"""That others wrote to a record on a server: heard without asking it anything.

Whoever writes says so, with the name of their program, in the transaction itself: what is heard
is stored. It is read from the socket that is open anyway; no other connection, and no thread.
"""

from __future__ import annotations

from typing import Any, Final

from panelkit.store.keys import Opened

CHANNEL: Final = "panelkit"


def listen(connection: Any) -> None:
    """From now on this bare connection hears of what is written."""
    connection.execute(f"LISTEN {CHANNEL}")


def told(opened: Opened) -> str:
    """The statement that tells the others, as a part of what is written."""
    return f"NOTIFY {CHANNEL}, '{opened.program}'"


class Ear:
    """Hears for one program, over whichever connection it has at the moment."""

    def __init__(self, opened: Opened) -> None:
        """``opened`` is whoever listens: their own writing is not counted."""
        self._mine = opened.program
        self._wire: Any = None
        self._counted = 0

    def on(self, connection: Any) -> None:
        """A new bare connection: whatever was written before it may have been missed."""
        listen(connection)
        self._wire = connection
        self._counted += 1

    def counter(self) -> int:
        """Another number whenever somebody else wrote, or the way to the server was lost."""
        if self._wire is None:
            return self._counted
        try:
            for heard in self._wire.notifies(timeout=0):
                self._counted += heard.payload != self._mine
        except Exception:  # noqa: BLE001 - the driver has a dozen; all mean that nobody is heard
            self._wire = None
            self._counted += 1
        return self._counted
