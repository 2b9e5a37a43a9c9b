"""Words that a person typed, made fit to be shown: nothing in them acts on a terminal.

Every character that could act on it, or reorder a line, becomes a visible token; while what is
shown is masked for sharing, what is not marked open is blocks.
"""

from __future__ import annotations

import re
from typing import Final

from panelkit.opened.sharing import SHARING

_ACTS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)

BLOCK: Final = "▒"

HIDDEN: Final = BLOCK * 12
"""Stands for words of any length: how much was said is nobody's business either."""


def visible(text: str) -> str:
    """``text`` with every character that acts on a terminal as ``<U+202E>``."""
    return _ACTS.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def hidden(text: str, blocks: str = HIDDEN) -> str:
    """The words, or blocks while the screen is masked for sharing; blank stays blank.

    For everything that is not marked open and is part of a line; ``private`` is for the rest.
    """
    return blocks if SHARING.on and text.strip() else text
