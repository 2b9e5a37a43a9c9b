"""A server that does not answer, or answers late: whoever types is not kept waiting for it.

    with hurried():                 # around what a key or a tick of the screen does
        record.save(...)            # NotSaved where an answer takes longer than ANSWER

In a hurry nobody waits longer than that for one answer, and nobody opens a connection. Once an
answer did not come, everything in a hurry is refused at once, while a thread of its own tries the
server; when that answers quickly again, so does the record. What is in no hurry waits as it did.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from typing import Any, Final, TypeVar

import psycopg

from panelkit.domain.errors import NotSaved
from panelkit.store.hurry import is_hurried

ANSWER: Final = 0.5
"""Seconds that somebody who types waits for one answer of a server."""
QUICK: Final = ANSWER / 2
"""Seconds in which a server answers that is taken to be back."""
TRIED_EVERY: Final = 1.0
"""Seconds between two tries of a server that does not answer."""
R = TypeVar("R")


class Bounded(psycopg.Connection[Any]):
    """A connection that is given up when an answer does not come while somebody types."""

    def wait(self, gen: Generator[Any, Any, R], *args: Any, **said: Any) -> R:
        """As the driver does; raises OperationalError after ``ANSWER`` seconds in a hurry."""
        if is_hurried():
            gen = _until(gen, time.monotonic() + ANSWER)
        try:
            return super().wait(gen, *args, **said)
        except _Late:
            self.close()
            msg = "the server did not answer in time"
            raise psycopg.OperationalError(msg) from None


class _Late(Exception):
    """No answer so far."""


def _until(gen: Generator[Any, Any, R], end: float) -> Generator[Any, Any, R]:
    """What ``gen`` asks the driver to wait for, for as long as there is time."""
    try:
        asked = next(gen)
        while True:
            ready = yield asked
            if not ready and time.monotonic() > end:
                gen.close()
                raise _Late
            asked = gen.send(ready)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]


class Reach:
    """Whether the server of one engine answers."""

    def __init__(self, told: dict[str, Any]) -> None:
        """``told`` is what the driver is told to connect."""
        self._told = told
        self._away = False
        self._tried = False
        """Whether it answered a moment ago, so that a connection opens quickly."""
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def connect(self) -> psycopg.Connection[Any]:
        """A new connection. Raises OperationalError; in a hurry at once, where none may open soon."""
        if is_hurried() and not self._tried:
            self.lost()
            msg = "the server did not answer"
            raise psycopg.OperationalError(msg)
        self._tried = False
        return Bounded.connect(**self._told)

    def must_answer(self) -> None:
        """Raises NotSaved in a hurry while it is tried."""
        if self._away and is_hurried():
            raise NotSaved(
                "The server does not answer.", remedy="Go on typing; it is sent when it is back."
            )

    def lost(self) -> None:
        """It did not answer somebody who types: it is tried until it does."""
        if not is_hurried() or self._away or self._closed.is_set():
            return
        self._away = True
        self._thread = threading.Thread(target=self._try, name="server", daemon=True)
        self._thread.start()

    def _try(self) -> None:
        while not self._closed.is_set():
            if self._is_quick():
                self._tried, self._away = True, False
                return
            self._closed.wait(TRIED_EVERY)

    def _is_quick(self) -> bool:
        try:
            with psycopg.connect(**self._told, autocommit=True) as connection:
                begun = time.monotonic()
                connection.execute("SELECT 1")
                return time.monotonic() - begun < QUICK
        except psycopg.Error:
            return False

    def close(self) -> None:
        """The record is closed: nobody tries any more."""
        self._closed.set()
