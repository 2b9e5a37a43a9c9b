"""Two texts compared word by word: what stayed, what went, what came.

The pieces lose nothing: those that stayed or went, joined, are the text before; those that
stayed or came are the text now, to the last space and line break.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_TOKEN: Final = re.compile(r"\s+|\w+(?:['’\-./]\w+)*|[^\w\s]")
_LARGE: Final = 4000
"""Tokens of both sides together that are still compared one by one."""
_SHINGLE: Final = 5
"""Tokens in a row that anchor a large text where they stand once on both sides."""
_DEPTH: Final = 6
"""How often a stretch between anchors is looked through for anchors of its own."""

_Stretch = tuple[list[str], list[str]]
"""Tokens of both sides that belong together."""


class PieceKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one fate."""

    kind: PieceKind
    text: str
    """Never blank; spaces and line breaks belong to it."""


def compare(was: str, now: str) -> tuple[Piece, ...]:
    """What turns ``was`` into ``now``, in reading order; what went stands before what came.

    Words are compared whole, with their capitals. Two equal texts give one piece, two
    blank ones none. Small texts are compared exactly; in large ones, runs of words that
    stand once on both sides are matched first, so that a megabyte takes a second or two.
    """
    pieces: list[Piece] = []
    for gone, come in _blocks(_words(was), _words(now), 0):
        if gone == come:
            pieces.append(Piece(PieceKind.SAME, "".join(gone)))
            continue
        pieces += [Piece(PieceKind.REMOVED, "".join(gone))] if gone else []
        pieces += [Piece(PieceKind.ADDED, "".join(come))] if come else []
    return tuple(_tidy(pieces))


def before_of(pieces: Sequence[Piece]) -> str:
    """The text as it was."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED)


def after_of(pieces: Sequence[Piece]) -> str:
    """The text as it is now."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED)


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _blocks(old: list[str], new: list[str], depth: int) -> Iterator[_Stretch]:
    """Stretches in order; those that stayed are alike on both sides."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    if head:
        yield old[:head], new[:head]
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail], depth)
    if tail:
        yield old[len(old) - tail :], new[len(new) - tail :]


def _common(old: list[str], new: list[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _middle(old: list[str], new: list[str], depth: int) -> Iterator[_Stretch]:
    if not (old and new):
        if old or new:
            yield old, new
    elif len(old) + len(new) <= _LARGE:
        matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
        for _tag, a, b, c, d in matcher.get_opcodes():
            yield old[a:b], new[c:d]
    else:
        anchors = _anchors(old, new) if depth < _DEPTH else []
        if not anchors:
            yield old, new
            return
        here, there = 0, 0
        for a, c in [*anchors, (len(old), len(new))]:
            yield from _blocks(old[here:a], new[there:c], depth + 1)
            here, there = a, c


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Places of runs that stand once on each side, the longest series that keeps its order."""
    there = _once(new)
    pairs = [(place, there[run]) for run, place in _once(old).items() if run in there]
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_old, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1], ends[at : at + 1] = [place], [number]
    series = []
    number = ends[-1] if ends else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]


def _once(tokens: list[str]) -> dict[tuple[str, ...], int]:
    """Runs that stand once, in order, each with its place."""
    runs = list(zip(*(tokens[offset:] for offset in range(_SHINGLE)), strict=False))
    counted = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counted[run] == 1}


def _tidy(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Changes side by side, not one word at a time: a space alone between two is no anchor."""
    same = gone = come = space = ""
    for piece in pieces:
        if piece.kind is PieceKind.REMOVED:
            gone, come, space = gone + space + piece.text, come + space, ""
        elif piece.kind is PieceKind.ADDED:
            gone, come, space = gone + space, come + space + piece.text, ""
        elif (gone or come) and not space and piece.text.isspace() and "\n" not in piece.text:
            space = piece.text
        else:
            if gone or come:
                yield from _run(same, gone, come)
                same = gone = come = ""
            same, space = same + space + piece.text, ""
    yield from _run(same, gone, come)
    yield from _run(space, "", "")


def _run(same: str, gone: str, come: str) -> Iterator[Piece]:
    for kind, text in zip(PieceKind, (same, gone, come), strict=True):
        if text:
            yield Piece(kind, text)
