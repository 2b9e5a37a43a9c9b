"""Words as they are looked for: without accents and capitals, and without what stands between them.

    [word.folded for word in words_in("O’Brien’s café")]      # ["o", "brien", "s", "cafe"]

The same on every engine (:mod:`panelkit.domain.folding_table`), so that a file and a server find the
same. There is no stemming and no list of words that are left out: what is typed is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from panelkit.domain.folding_table import FOLDED, MARKS, SEPARATORS

LONGEST: Final = 200
"""Characters of a word that are told apart; of a longer one the rest is not looked at."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, and where it stands."""

    folded: str
    start: int
    end: int
    """Past its last character."""


def words_in(text: str) -> Iterator[Word]:
    """Every word of ``text``, in order."""
    for found in _pattern().finditer(text):
        folded = fold(found[0])
        if folded:  # marks alone are no word
            yield Word(folded, found.start(), found.end())


def fold(word: str) -> str:
    """``word`` as it is compared with others; blank where it is nothing but marks."""
    plain = word.lower() if word.isascii() else word.translate(_table())
    return plain[:LONGEST]


def runs(said: str) -> Iterator[tuple[int, int]]:
    """First and last code point of each run that ``said`` lists: ``41-5A`` or ``AB``."""
    for each in said.replace(",", " ").split():
        first, _, last = each.partition("-")
        yield int(first, 16), int(last or first, 16)


def folds() -> Iterator[tuple[int, int | None]]:
    """Each character that is read as another, and as which; None for one that is left out."""
    for each in FOLDED.split():
        to, _, listed = each.partition(":")
        for first, last in runs(listed):
            yield from ((one, int(to, 16)) for one in range(first, last + 1))
    for first, last in runs(MARKS):
        yield from ((one, None) for one in range(first, last + 1))


@cache
def _table() -> dict[int, int | None]:
    return dict(folds())


@cache
def _pattern() -> re.Pattern[str]:
    # Half of a pair is no character, and NUL is in no record: both stand between words.
    between = "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in runs(f"0 {SEPARATORS} D800-DFFF"))
    return re.compile(f"[^{between}]+")
