"""How wide each column of a table is, so that no word is broken while there is room.

Word breaks an e-mail address or a date in the middle when its column is too narrow, and a
fixed table layout is the only one every program draws alike; so widths are worked out
here. Text is measured with the widths of Arial (Liberation Sans and Helvetica share them),
with a margin for another face of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from panelkit.documents.tree import Column


class _Widths(dict[str, float]):
    """Ems of a character; one that is not listed is found once."""

    def __missing__(self, character: str) -> float:
        width = self[character] = _ORDINARY if character < "\u0250" else _UNKNOWN
        return width


_NARROW: Final = dict.fromkeys("ijlI|!.,:;'/\\ft ()[]-r\"", 0.333) | dict.fromkeys("ijl'", 0.222)
_BROAD: Final = dict.fromkeys("mMW@%", 0.95) | dict.fromkeys("wABCDEGHKNOPQRSUVXY&", 0.72)
_EM: Final = _Widths(_NARROW | _BROAD)
_ORDINARY: Final = 0.556
_UNKNOWN: Final = 1.0
"""Outside Latin-1: emoji and East Asian characters are a full em, others less."""

_MARGIN: Final = 1.06
_BOLD: Final = 1.07
_KEPT_LIMIT: Final = 0.45
_WORD_LIMIT: Final = 0.12
"""The part of the table one column may ask for, however long its line or its word."""

_LEAST_SHARE: Final = 0.7
"""The part of its share that no neighbour's e-mail address may take from a column."""

CELL_PADDING: Final = 220
"""Left and right cell margins in twips, and a little for the rules."""


def text_width(text: str, half_points: int, *, bold: bool = False) -> int:
    """Return about how wide ``text`` is on one line, in twips."""
    ems = sum(map(_EM.__getitem__, text))
    return round(ems * half_points * 10 * _MARGIN * (_BOLD if bold else 1.0))


def column_widths(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: int,
    half_points: int,
) -> list[int]:
    """Return a width in twips for each column; together they are exactly ``total``.

    A column gets its share, then as much more as its longest word needs, or with ``keep``
    its longest line. An ordinary word may widen its column by half and no more: breaking
    one monstrous word is better than squeezing every neighbour. An e-mail address may take
    whatever the others can spare.
    """
    weight = sum(column.share for column in columns)
    fair = [total * column.share / weight for column in columns]
    needed, spared = [], []
    for index, column in enumerate(columns):
        cells = [row[index] for row in rows]
        pieces = _lines(cells) if column.keep else _words(cells)
        widest = max(
            _widest(column.heading.split(), half_points, bold=True),
            _widest(pieces, half_points, bold=column.strong),
        )
        limit = _KEPT_LIMIT * total if column.keep else max(1.5 * fair[index], _WORD_LIMIT * total)
        needed.append(min(widest + CELL_PADDING, int(limit)))
        spared.append(max(needed[-1], int(_LEAST_SHARE * fair[index])))
    for index in range(len(columns)):
        address = _widest(_addresses(row[index] for row in rows), half_points, bold=False)
        if address:
            room = total - sum(spared) + spared[index]
            needed[index] = max(needed[index], min(address + CELL_PADDING, room))
            spared[index] = max(needed[index], spared[index])
    if sum(needed) > total:
        needed = _capped(needed, total)
    return _shared(fair, needed, total)


def _addresses(cells: Iterable[str]) -> Iterator[str]:
    for text in cells:
        if "@" in text:
            yield from (word for word in text.split() if "@" in word)


def _words(cells: Iterable[str]) -> Iterator[str]:
    """Yield the longest unbreakable word of each cell: nearly always its widest."""
    for text in cells:
        # Word breaks a line after a hyphen.
        yield max(text.replace("-", "- ").split(), key=len, default="")


def _lines(cells: Iterable[str]) -> Iterator[str]:
    for text in cells:
        yield from text.splitlines()


def _widest(texts: Iterable[str], half_points: int, *, bold: bool) -> int:
    """Return the width of the widest text; only the longest few are worth measuring."""
    longest = sorted(sorted(set(texts)), key=len)[-3:]
    return max((text_width(text, half_points, bold=bold) for text in longest), default=0)


def _capped(needed: Sequence[int], total: int) -> list[int]:
    """Lower the largest needs to one common cap, so that together they fit ``total``."""
    left, cap = total, 0
    ordered = sorted(needed)
    for position, need in enumerate(ordered):
        cap = left // (len(ordered) - position)
        if need > cap:
            break
        left -= need
    return [min(need, cap) for need in needed]


def _shared(shares: Sequence[float], needed: Sequence[int], total: int) -> list[int]:
    """Share out ``total``, no column getting less than it needs."""
    free = set(range(len(shares)))
    widths = list(needed)
    while free:
        room = total - sum(widths[i] for i in range(len(widths)) if i not in free)
        weight = sum(shares[i] for i in free)
        short = {i for i in free if room * shares[i] / weight < needed[i]}
        if not short:
            for i in free:
                widths[i] = int(room * shares[i] / weight)
            break
        free -= short
    widths[widths.index(max(widths))] += total - sum(widths)
    return widths
