"""Lines as somebody types them, or as a script sends them: each whole, none cut, none lost.

At a terminal every character arrives as it is typed, so that a line begun is known before its
Enter and can be kept, and a line may be longer than the 4,095 bytes a terminal would pass on.
What is echoed is what is typed, and a backspace; nothing else moves the cursor.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import sys
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol

from panelkit.plain.ending import Ended, Ending

LOOK_EVERY: Final = 0.25
"""Seconds between two calls of ``meanwhile`` while nobody types."""
_KEY: Final = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-ln-z~]|O[A-Za-z])")
"""What a terminal sends for a key that is no character: arrows, Home, F1."""
_WORD: Final = re.compile(r"\S+\s*$|\s+$")

Meanwhile = Callable[[str], bool]
"""Called while nobody types with what is on the line; whether something was said over it."""


class Lines(Protocol):
    """Where answers come from."""

    is_terminal: bool
    """Whether a person types: else a line that is not understood ends the run."""
    count: int
    """Lines read so far."""

    def read(self, meanwhile: Meanwhile, begun: str = "") -> str:
        """The next line, without its end; ``begun`` stands on it already. Raises Ended."""

    def secret(self, meanwhile: Meanwhile) -> str:
        """The next line, not echoed. Raises Ended."""


class Script:
    """Lines that are there already: a test's, or any program's."""

    def __init__(self, lines: Iterable[str], *, is_terminal: bool = False) -> None:
        """After the last of ``lines`` the input has ended."""
        self._lines = iter(lines)
        self.is_terminal = is_terminal
        self.count = 0

    def read(self, meanwhile: Meanwhile, begun: str = "") -> str:
        """The next of them."""
        meanwhile(begun)
        for line in self._lines:
            self.count += 1
            return begun + line
        raise Ended(0, begun)

    def secret(self, meanwhile: Meanwhile) -> str:
        """The same."""
        return self.read(meanwhile)


class Typed:
    """Lines from standard input, character by character where it is a terminal."""

    def __init__(self, ending: Ending, echo: Callable[[str], object], source: int = 0) -> None:
        """``source`` is a file descriptor; ``echo`` writes to whoever types, as it is."""
        self.is_terminal = os.isatty(source)
        self.count = 0
        self._source = source
        self._ending = ending
        self._echo = echo if self.is_terminal else _nothing
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._ahead: deque[str] = deque()
        """Characters that came and were not looked at yet."""
        self._at_end = False

    def read(self, meanwhile: Meanwhile, begun: str = "") -> str:
        """The next line. What was begun when the input ends is in the error."""
        self._echo(begun)
        return self._line(list(begun), meanwhile, self._echo)

    def secret(self, meanwhile: Meanwhile) -> str:
        """The same, and nothing of it is written."""
        said = self._line([], meanwhile, _nothing)
        self._echo("\n")
        return said

    def _line(self, line: list[str], meanwhile: Meanwhile, echo: Callable[[str], object]) -> str:
        while True:
            if not self._ahead and not self._fill():
                if self._ending.number is not None or self._at_end:
                    raise Ended(self._ending.number or 0, "".join(line))
                if meanwhile("".join(line)):
                    echo("".join(line))
                if self._ending.stop_wanted:
                    self._ending.stand_still()
                continue
            if self._take(self._next(), line, echo):
                self.count += 1
                return "".join(line)

    def _take(self, key: str, line: list[str], echo: Callable[[str], object]) -> bool:
        """Put one character on the line, or do what the key does. Whether the line is whole."""
        if key in ("\n", "\r"):
            echo("\n")
            return True
        if not self.is_terminal:
            line.append(key)
        elif key == "\x04":
            raise Ended(0, "".join(line))
        elif key in ("\x7f", "\b"):
            _rub_out(line, 1, echo)
        elif key == "\x17":
            found = _WORD.search("".join(line))
            _rub_out(line, len(found[0]) if found else 0, echo)
        elif key == "\x15":
            _rub_out(line, len(line), echo)
        else:
            line.extend(key)
            echo(_echoed(key))
        return False

    def _next(self) -> str:
        """The next character; a key that is none is left out, whole."""
        first = self._ahead.popleft()
        if first == "\r" and self._ahead and self._ahead[0] == "\n":
            return self._ahead.popleft()
        if first != "\x1b" or not self.is_terminal:
            return first
        found = _KEY.match(first + "".join(list(self._ahead)[:16]))
        if found is None:
            return "" if not self._ahead else first  # Escape by itself
        for _ in found[0][1:]:
            self._ahead.popleft()
        return ""

    def _fill(self) -> bool:
        """Wait a moment for more; whether anything came."""
        if self._ending.number is not None or self._at_end:
            return False
        try:
            ready, _, _ = select.select([self._source, self._ending.wakes], [], [], LOOK_EVERY)
            if self._ending.wakes in ready:
                self._ending.answer()
            if self._source not in ready:
                return False
            data = os.read(self._source, 65536)
        except OSError:  # the terminal is gone
            data = b""
        if not data:
            self._at_end = True
            if self.is_terminal:
                self._ending.hang_up()
        self._ahead.extend(self._decoder.decode(data, final=not data))
        return bool(self._ahead)


class WholeLines:
    """Lines as the system passes them on, for a system without POSIX terminals."""

    count = 0

    def __init__(self) -> None:
        """Over standard input."""
        self.is_terminal = sys.stdin.isatty()

    def read(self, meanwhile: Meanwhile, begun: str = "") -> str:
        """The next line."""
        meanwhile(begun)
        line = sys.stdin.readline()
        if not line:
            raise Ended(0, begun)
        self.count += 1
        return begun + line.rstrip("\r\n")

    def secret(self, meanwhile: Meanwhile) -> str:
        """The next line, asked for without echo."""
        import getpass

        if not self.is_terminal:
            return self.read(meanwhile)
        return getpass.getpass("")


def lines_of(ending: Ending, echo: Callable[[str], object]) -> Lines:
    """Whatever this system has: characters where it can, else lines."""
    return WholeLines() if sys.platform == "win32" else Typed(ending, echo)


def _rub_out(line: list[str], count: int, echo: Callable[[str], object]) -> None:
    for _ in range(count):
        if line:
            echo("\b \b" * _cells(line.pop()))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or character == "\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _echoed(key: str) -> str:
    """Nothing that is typed or pasted acts on the terminal by being echoed."""
    return "".join(
        " " if each == "\t" else each if each.isprintable() else "\ufffd" for each in key
    )


def _nothing(*_: Any) -> None:
    """A script sees what it sent already."""
