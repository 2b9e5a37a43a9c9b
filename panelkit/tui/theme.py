"""A dark and a light theme; NO_COLOR is Textual's own. Nothing depends on colour."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="panelkit-dark", primary="#2a6f97", secondary="#61a5c2", accent="#e9c46a", warning="#f4a261",
    error="#e76f51", success="#52b788", foreground="#e8eaed", background="#12161c", surface="#1a2029",
    panel="#222a35", dark=True,
)  # fmt: skip
LIGHT: Final = Theme(
    name="panelkit-light", primary="#a9d6e5", secondary="#2a6f97", accent="#7a4e00", warning="#f4c27a",
    error="#d1495b", success="#2d6a4f", foreground="#14181f", background="#f7f8fa", surface="#ffffff",
    panel="#e9edf2", dark=False,
)  # fmt: skip

THEMES: Final = (DARK, LIGHT)
"""The first is the default."""

THEME_HELP: Final = (
    "Colours: Ctrl+P, then Theme: light or Theme: dark; kept for the next start. PANELKIT_THEME "
    "(light or dark) and NO_COLOR in the environment win over it."
)
"""What every help page says of them."""
