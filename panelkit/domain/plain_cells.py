"""A cell of a file of values that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

from panelkit.domain.text import gate_line

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins where a spreadsheet would work something out of it."""


def plain_cell(words: str) -> str:
    """On one line, gated; an apostrophe stands before what begins like a formula."""
    text = " ".join(gate_line(words).text.split())
    return f"'{text}" if text.startswith(FORMULA) else text
