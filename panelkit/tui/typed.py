"""The only way words that a person typed reach a widget.

Textual parses markup in most widgets and passes terminal escapes straight through. Here
text becomes ``Content``, which parses nothing, and every character that could act on the
terminal or reorder a line becomes a visible token.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from rich.cells import cell_len, set_cell_size
from textual.app import App
from textual.content import Content

_ACTS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)

BLOCK: Final = "▒"


def visible(text: str) -> str:
    """``text`` with every character that acts on a terminal as ``<U+202E>``."""
    return _ACTS.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def as_typed(text: str) -> Content:
    """The words exactly as typed; nothing in them is read as markup or obeyed."""
    return Content(visible(text))


def as_typed_line(text: str, width: int | None = None) -> Content:
    """The same on one line, cut with … to ``width`` cells where one is given."""
    plain = visible(text.replace("\n", " ").replace("\t", " "))
    if width is not None and cell_len(plain) > width:
        plain = set_cell_size(plain, max(width - 1, 0)).rstrip() + "…"
    return Content(plain)


def masked(text: str) -> Content:
    """Blocks of the same shape, for a screen that is shared."""
    return Content(re.sub(r"\S", BLOCK, visible(text)))


def notify_typed(
    app: App[Any],
    text: str,
    severity: Literal["information", "warning", "error"] = "information",
) -> None:
    """A toast with words from the record or from an error, parsed as nothing."""
    app.notify(visible(text), severity=severity, markup=False)
