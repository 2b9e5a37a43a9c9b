"""The only way words that a person typed reach a widget.

Textual parses markup in most widgets and passes terminal escapes straight through. Here
text becomes ``Content``, which parses nothing, and every character that could act on the
terminal or reorder a line becomes a visible token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from rich.cells import cell_len, set_cell_size
from textual.app import App
from textual.content import Content

from panelkit.opened.sharing import SHARING
from panelkit.opened.showing import BLOCK, visible


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


def private(text: str) -> Content:
    """The words as typed, or blocks of their shape while the screen is masked for sharing."""
    return masked(text) if SHARING.on else as_typed(text)


def notify_typed(
    app: App[Any],
    text: str,
    severity: Literal["information", "warning", "error"] = "information",
    *,
    is_open: bool = False,
) -> None:
    """A toast with words from the record or from an error, parsed as nothing.

    While the screen is masked it waits until it is not, and only that it waits is said;
    ``is_open`` is for the program's own sentences, which hold nothing of the record.
    """
    if SHARING.on and not is_open:
        if not SHARING.waiting:
            app.notify("A message waits until the mask is off (F12).", markup=False)
        SHARING.waiting.append((text, severity))
        return
    app.notify(visible(text), severity=severity, markup=False)


def fitting_content(parts: Iterable[str], width: int) -> Content:
    """As many of ``parts`` as stand whole in one line of ``width`` cells, in their order."""
    line = ""
    for part in parts:
        if len(line) + len(part) + 2 <= width:
            line += f" {part} "
    return as_typed(line)
