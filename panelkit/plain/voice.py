"""What is said: whole lines, each ended, so that a screen reader speaks each as it comes.

The only way words reach the terminal in plain mode. No escape sequence, nothing drawn, nothing
drawn over; a line is as long as its sentence and is never broken, since terminals and braille
displays break lines themselves. What a person typed is shown as typed, except that a character
that would act on the terminal is a visible token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TextIO

from panelkit.opened.sharing import SHARING
from panelkit.opened.showing import visible

HIDDEN: Final = "hidden while masked"
"""Stands for words of any length: blocks are not read aloud as anything."""
_ENDED: Final = re.compile(r"[.?!:;…][”\"')]*\s*$")
_SPANS: Final = re.compile(r"[^\n.!?]*(?:[.!?]+(?=[^\s.!?])[^\n.!?]*)*(?:[.!?]+[”\"')]*|(?=\n)|$)")


class Voice:
    """Says lines, and says them again."""

    def __init__(self, write: Callable[[str], object]) -> None:
        """``write`` takes text as it is to stand."""
        self._write = write
        self._last: list[str] = []
        self._before: list[str] = []

    def say(self, *lines: str) -> None:
        """Each on its own line, and an empty one for none of them."""
        for line in lines:
            for part in line.split("\n"):
                shown = visible(part.rstrip())
                if shown:
                    self._last.append(shown)
                    self._write(shown + "\n")

    def listen(self) -> None:
        """An answer came: what was said until now is what is said again."""
        self._before, self._last = self._last or self._before, []

    @property
    def last(self) -> tuple[str, ...]:
        """What was said before the last answer."""
        return tuple(self._before)


def writer(stream: TextIO) -> Callable[[str], object]:
    """Writes at once, whatever characters the terminal can show; a terminal that is gone is no fault."""

    def write(text: str) -> None:
        encoding = stream.encoding or "utf-8"
        try:
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
            stream.flush()
        except (OSError, ValueError):
            return

    return write


def sentence(*parts: str) -> str:
    """The parts one after another, each ended by a full stop where it has no other end."""
    return " ".join(
        part if _ENDED.search(part) else f"{part}." for part in (p.strip() for p in parts) if part
    )


def listed(words: Iterable[str], joined: str = "or") -> str:
    """``low, medium or high``."""
    each = list(words)
    return f" {joined} ".join([", ".join(each[:-1]), each[-1]]) if len(each) > 1 else "".join(each)


def counted(count: int, what: str, many: str = "") -> str:
    """``1 sentence``, ``2 sentences``, ``no sentences``."""
    return f"{count or 'no'} {what if count == 1 else many or f'{what}s'}"


def owed_words(count: int) -> str:
    """``Nothing is owed``, ``1 thing is owed``."""
    return (
        f"{count} {'thing is' if count == 1 else 'things are'} owed" if count else "Nothing is owed"
    )


def said_of(text: str, *, is_open: bool) -> str:
    """The words, or that they are hidden while the mask is on; blank stays blank."""
    return HIDDEN if SHARING.on and not is_open and text.strip() else text


def spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence of ``text`` begins and ends; a line end always ends one."""
    found = []
    for match in _SPANS.finditer(text):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        if match[0].strip():
            found.append((start, end))
    return found


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, as they were typed."""
    return [text[start:end] for start, end in spans(text)]
