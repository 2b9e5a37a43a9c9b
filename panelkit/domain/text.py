"""The text gate: what a person typed, made safe to store, show and print. Never silent.

Every line-break form becomes a newline; characters that could act on a terminal or
reorder a line become a visible U+FFFD and are counted. Nothing else is touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

REPLACEMENT: Final = "\ufffd"

_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029\x0b\x0c]")
_RUNS: Final = re.compile("[\n\t]+")
_REFUSED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)


@dataclass(frozen=True, slots=True)
class Gated:
    """Text that passed the gate."""

    text: str
    replaced: int
    """How many characters became U+FFFD; the person is told."""


def gate(text: str) -> Gated:
    """The text with line breaks as newlines and refused characters made visible."""
    text = _BREAKS.sub("\n", text)
    clean, replaced = _REFUSED.subn(REPLACEMENT, text)
    return Gated(clean, replaced)


def gate_line(text: str) -> Gated:
    """The same for a one-line field: breaks and tabs become one space."""
    gated = gate(text)
    return Gated(_RUNS.sub(" ", gated.text), gated.replaced)
