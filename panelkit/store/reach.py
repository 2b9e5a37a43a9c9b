"""A server that does not answer, or answers late: whoever types is not kept waiting for it.

    with hurried():                 # around what a key or a tick of the screen does
        record.save(...)            # NotSaved where an answer takes longer than ANSWER

In a hurry nobody waits longer than that for one answer, and nobody opens a connection. Once an
answer did not come, everything in a hurry, and everything that a screen stands still for, is
refused at once, while a thread of its own tries the server. Where that answers quickly again, so
does the record. Where it answers late, it is *slow*: threads that nobody waits for go on
sending (:mod:`panelkit.tui.errands`), each with as much patience as the server needs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psycopg

from panelkit.domain.errors import NotSaved, Refused
from panelkit.domain.reached import Reached
from panelkit.store.hurry import is_hurried, is_patient, is_watched

ANSWER: Final = 0.5
"""Seconds that somebody who types waits for one answer of a server."""
GLANCE: Final = 2.0
"""Seconds that a screen stands still for one answer where nobody types."""
QUICK: Final = ANSWER / 2
"""Seconds in which a server answers that is taken to be back."""
TRIED_EVERY: Final = 1.0
"""Seconds between two tries of a server that does not answer."""
CONNECTING: Final = ("5", "5", "30")
"""Seconds that one try after another waits for a connection: a way with a second to each answer
needs ten for a password and a certificate, one that is cut is soon tried again."""
PATIENT: Final = "60"
"""Seconds for a connection to a server that is known to be slow."""
RELAPSE: Final = 10.0
"""Seconds after which a server that was quick to be asked, and late again, is taken to be slow."""
RESTS: Final = 20.0
"""Seconds for which it is then taken to be so."""
POOLED: Final = (
    "Between this machine and the server is a connection pooler, and panelkit does not work through one.",
    "Name the server itself in the address: a connection is one person’s, and hears what others write.",
)
"""What is said where PgBouncer, or something like it, answers for the server."""
R = TypeVar("R")

if TYPE_CHECKING:
    from threading import RLock


class Bounded(psycopg.Connection[Any]):
    """A connection that is given up when an answer does not come while somebody waits."""

    def wait(self, gen: Generator[Any, Any, R], *args: Any, **said: Any) -> R:
        """As the driver does; raises OperationalError after ``ANSWER`` seconds in a hurry, and
        after ``GLANCE`` where a screen stands still for it.
        """
        if is_watched():
            gen = _until(gen, time.monotonic() + (ANSWER if is_hurried() else GLANCE))
        try:
            return super().wait(gen, *args, **said)
        except _Late:
            self.close()
            msg = "the server did not answer in time"
            raise psycopg.OperationalError(msg) from None


@contextmanager
def in_turn(lock: RLock) -> Iterator[None]:
    """One thread after another. Raises NotSaved where somebody waits while another sends late."""
    if not lock.acquire(timeout=ANSWER if is_watched() else -1):
        raise NotSaved(Reached.SLOWLY.words, remedy=Reached.SLOWLY.remedy)
    try:
        yield
    finally:
        lock.release()


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

    def __init__(self, told: dict[str, Any], name: str) -> None:
        """``told`` is what the driver is told to connect; ``name`` what the server then calls it."""
        self._told = told
        self._name = name
        self._how = Reached.QUICKLY
        self._tried = False
        """Whether it answered a moment ago, so that a connection opens quickly."""
        self._back_at = -RELAPSE
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    @property
    def how(self) -> Reached:
        """How it was reached when it was last tried."""
        return self._how

    def connect(self) -> psycopg.Connection[Any]:
        """A new connection. Raises OperationalError; at once, where somebody waits and none may
        open soon. Raises Refused where something in between keeps from the server what it is told.
        """
        if is_hurried() and not self._tried:
            self.lost()
            msg = "the server did not answer"
            raise psycopg.OperationalError(msg)
        self._tried = False
        told = self._told
        if not is_watched() and self._how is not Reached.QUICKLY:
            told = {**told, "connect_timeout": PATIENT}
        made = Bounded.connect(**told)
        if made.info.parameter_status("application_name") != self._name:
            made.close()  # without its settings it would wait for ever, and read other tables
            raise Refused(POOLED[0], remedy=POOLED[1])
        return made

    def must_answer(self) -> None:
        """Raises NotSaved while it is tried, where somebody waits."""
        if self._how is not Reached.QUICKLY and is_watched():
            raise NotSaved(self._how.words, remedy=self._how.remedy)

    def lost(self) -> None:
        """It did not answer somebody who waits, or an errand: it is tried until it does."""
        if (
            not (is_watched() or is_patient())
            or self._how is not Reached.QUICKLY
            or self._closed.is_set()
        ):
            return
        relapsed = time.monotonic() - self._back_at < RELAPSE
        self._how = Reached.SLOWLY if relapsed else Reached.NOT
        self._thread = threading.Thread(
            target=self._try, args=(RESTS if relapsed else 0.0,), name="server", daemon=True
        )
        self._thread.start()

    def _try(self, rest: float) -> None:
        """Until it is quick; one that is quick to be asked and late to store is left in peace."""
        self._closed.wait(rest)
        number = 0
        while not self._closed.is_set():
            slow = self._how is Reached.SLOWLY
            self._how = self._tried_with(
                CONNECTING[-1] if slow else CONNECTING[number % len(CONNECTING)]
            )
            if self._how is Reached.QUICKLY:
                return
            number += 1
            self._closed.wait(TRIED_EVERY)

    def _tried_with(self, seconds: str) -> Reached:
        told = {"connect_timeout": seconds} if "connect_timeout" in self._told else {}
        try:
            with psycopg.connect(**(self._told | told), autocommit=True) as connection:
                begun = time.monotonic()
                connection.execute("SELECT 1")
                if time.monotonic() - begun >= QUICK:
                    return Reached.SLOWLY
        except psycopg.Error:
            return Reached.NOT
        self._tried, self._back_at = True, time.monotonic()
        return Reached.QUICKLY

    def close(self) -> None:
        """The record is closed: nobody tries any more."""
        self._closed.set()
