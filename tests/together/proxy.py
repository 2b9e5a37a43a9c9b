"""A way to a server that can be cut, slowed down and half closed, on this machine only."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path


class Way:
    """Listens on a port of its own and passes on what comes, both ways."""

    def __init__(self, to: Path | tuple[str, int]) -> None:
        """``to`` is where the server listens: its socket, or host and port."""
        self._to = to
        self._open = True
        self._slow = 0.0
        self._deaf = False
        self._keeps_silent = False
        self._wrote = False
        self._stores = True
        self._pairs: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                if not self._open:
                    here.close()
                    continue
                there = self._connected()
                self._pairs += [here, there]
                for one, other, answers in ((here, there, False), (there, here, True)):
                    threading.Thread(
                        target=self._pass_on, args=(one, other, answers), daemon=True
                    ).start()

    def _connected(self) -> socket.socket:
        if isinstance(self._to, Path):
            there = socket.socket(socket.AF_UNIX)
            there.connect(str(self._to))
            return there
        return socket.create_connection(self._to)

    def _pass_on(self, one: socket.socket, other: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while said := one.recv(65536):
                self.passes(answers)
                if answers and self._slow:
                    threading.Event().wait(self._slow)
                if not answers and self._keeps_silent and b"keep(" in said:
                    self._deaf = True  # a save in one statement: there is no more than its answer
                    if not self._stores:
                        continue
                if answers and self._keeps_silent:
                    self._wrote = self._wrote or b"INSERT 0" in said or b"UPDATE " in said
                    ended = b"COMMIT\0" in said or not self._stores
                    self._deaf = self._deaf or (self._wrote and ended)
                if not (answers and self._deaf):
                    other.sendall(said)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def passes(self, answers: bool) -> None:
        """Something goes by, before it is passed on: for whoever counts."""

    def cut(self) -> None:
        """Every connection is gone, and no new one is taken."""
        self._open = False
        for each in self._pairs:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._pairs.clear()

    def slow(self, seconds: float) -> None:
        """Every answer comes that much later; 0 for at once."""
        self._slow = seconds

    def half_close(self) -> None:
        """The server hears everything, and nobody hears the server."""
        self._deaf = True

    def lose_the_next_answer(self, *, stored: bool = True) -> None:
        """What is written next is stored, and nobody hears that it was, nor anything after it.

        Without ``stored`` it never comes, or nobody hears of its first row: it is never said to be kept.
        """
        self._keeps_silent, self._wrote, self._stores = True, False, stored

    def mend(self) -> None:
        """As it was; what hangs is gone."""
        self.cut()
        self._slow, self._deaf, self._open, self._keeps_silent = 0.0, False, True, False

    def close(self) -> None:
        self.cut()
        self._listening.close()
