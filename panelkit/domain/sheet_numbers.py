"""Numbers of observation sheets: random, short, and hard to misread.

The last character is computed from the others, so that one mistyped character, or two that
changed places, is noticed and never taken for another sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
"""No 0, O, 1, I, L, S or U. There are 29, a prime, which the last character needs."""
RANDOM: Final = 7
"""Characters that are drawn; some 17 thousand million numbers."""

PRINTED: Final = re.compile(r"(?<![A-Z0-9])[2-9A-HJKMNP-RTV-Z]{4}-[2-9A-HJKMNP-RTV-Z]{4}(?![A-Z0-9])")  # fmt: skip
"""A number as it is printed: ``7K3F-9QHT``."""


def new_number(below: Callable[[int], int]) -> str:
    """A new number; ``below(n)`` draws from 0 to n - 1."""
    drawn = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(RANDOM))
    return drawn + _check(drawn)


def number_of(text: str) -> str:
    """The number that a text says, however it is grouped or written; blank if it is none."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if len(plain) != RANDOM + 1 or any(character not in ALPHABET for character in plain):
        return ""
    return plain if _check(plain[:RANDOM]) == plain[RANDOM] else ""


def printed(number: str) -> str:
    """``7K3F-9QHT``."""
    return f"{number[:4]}-{number[4:]}"


def _check(drawn: str) -> str:
    places = (place * ALPHABET.index(each) for place, each in enumerate(drawn, start=1))
    return ALPHABET[sum(places) % len(ALPHABET)]
