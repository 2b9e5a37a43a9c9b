"""That others wrote to a record on a server: heard without asking it anything.

Whoever writes says so, with the name of their program, in the transaction itself: what is heard
is stored. It is read from the socket that is open anyway; no other connection, and no thread.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection

from panelkit.store.keys import Opened, opened

CHANNEL: Final = "panelkit"
ALL: Final = "*"
"""What is told of something that any program may have to look at."""
MOST: Final = 8
"""Meetings that are told one by one; of more, everybody looks."""
TAKES_NO_WRITING: Final = "25006"
_TOUCHED: Final = "touched"


def listen(connection: Any) -> None:
    """From now on this bare connection hears of what is written; of a server that only shows a
    moment, a backup that was brought back or a standby, there is nothing to hear."""
    try:
        connection.execute(f"LISTEN {CHANNEL}")
    except Exception as failed:
        if getattr(failed, "sqlstate", "") != TAKES_NO_WRITING:
            raise


def touch(connection: Connection, meetings: Iterable[str]) -> None:
    """What is being written is about these meetings; a blank id is about the record as a whole."""
    connection.info.setdefault(_TOUCHED, set()).update(meetings)


def begin(connection: Connection) -> None:
    """A transaction that has touched nothing yet."""
    connection.info[_TOUCHED] = set()


def told(connection: Connection) -> str:
    """The statement that tells the others, as a part of what is written; blank for no news.

    Whoever may come in may listen, also to what is written of cases they may not open: a meeting
    is one of 256 by a digest, which is enough to leave most programs in peace and names none.
    """
    touched: set[str] = connection.info.get(_TOUCHED, set())
    return f"NOTIFY {CHANNEL}, '{news(connection, touched)}'" if touched else ""


def news(connection: Connection, touched: set[str]) -> str:
    """What they are told of something written about these meetings."""
    about = ALL if "" in touched or len(touched) > MOST else " ".join(sorted(map(bucket, touched)))
    return f"{opened(connection).program} {about}"


def bucket(meeting_id: str) -> str:
    """Which of 256 a meeting is told under."""
    return hashlib.sha256(meeting_id.encode()).hexdigest()[:2]


class Ear:
    """Hears for one program, over whichever connection it has at the moment."""

    def __init__(self, opened: Opened) -> None:
        """``opened`` is whoever listens: their own writing is not counted."""
        self._mine = opened.program
        self._wire: Any = None
        self._all = 0
        self._of: Counter[str] = Counter()

    def on(self, connection: Any) -> None:
        """A new bare connection: whatever was written before it may have been missed."""
        listen(connection)
        self._wire = connection
        self._all += 1

    def counter(self, meeting_id: str) -> int:
        """Another number whenever somebody else wrote what may be seen in that meeting (in any,
        for a blank id), or the way to the server was lost."""
        self.epoch()
        return self.so_far(meeting_id)

    def epoch(self) -> int:
        """Another number whenever somebody else wrote what is of no meeting: cases' facts, people and
        their roles; or the way to the server was lost."""
        if self._wire is not None:
            try:
                for heard in self._wire.notifies(timeout=0):
                    self._hear(heard.payload)
            except Exception:  # noqa: BLE001 - the driver has a dozen; all mean that nobody is heard
                self._wire = None
                self._all += 1
        return self._all

    def so_far(self, meeting_id: str) -> int:
        """As :meth:`counter` without listening: another thread uses the connection."""
        return self._all + (self._of[bucket(meeting_id)] if meeting_id else self._of.total())

    def _hear(self, payload: str) -> None:
        program, _space, about = payload.partition(" ")
        if program == self._mine:
            return
        if about == ALL or not about:
            self._all += 1
        self._of.update(each for each in about.split() if each != ALL)
