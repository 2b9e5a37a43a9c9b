"""Which colours a person sees: their choice, kept for the next start; and none at all.

``PANELKIT_THEME`` wins over what was chosen on screen, ``NO_COLOR`` over both. Without
colour, what a colour would set apart is drawn reversed, and no colour code is sent.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from rich.segment import Segment
from rich.style import Style
from textual.app import App, SystemCommand
from textual.color import Color
from textual.filter import LineFilter, Monochrome
from textual.screen import Screen

from panelkit.opened import settingsfile
from panelkit.tui.theme import DARK, THEMES
from panelkit.tui.typed import notify_typed

LABELS: Final = {"panelkit-dark": "dark", "panelkit-light": "light"}
"""What people call each theme; ``PANELKIT_THEME`` takes either name."""
SCREEN: Final = Color.parse(DARK.background or "black")
"""What a background stands out from where there is no colour: the dark theme is drawn then."""
STANDS_OUT: Final = 1.9
"""Contrast with the screen from which a background is drawn reversed where there is no colour."""


class WithoutColour(LineFilter):
    """Bold, underline and reverse stay; every colour goes."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, without colour; ``background`` is the widget's own, which may stand out."""
        del background
        return [
            Segment(text, _plain(style) if style else style, control)
            for text, style, control in segments
        ]


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2: 1 for the same, 21 for black on white; text needs 4.5."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@lru_cache(maxsize=4096)
def _plain(style: Style) -> Style:
    back = style.bgcolor.get_truecolor() if style.bgcolor is not None else None
    stands_out = back is not None and contrast(Color(*back), SCREEN) >= STANDS_OUT
    return Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        # A cursor that is reversed on a reversed row would vanish: one of them is enough.
        reverse=bool(style.reverse) or stands_out,
        meta=style.meta,
    )


class Colours(App[None]):
    """An app whose theme a person chooses. Mixed in before ``App``."""

    settings_file: Path | None = None
    """Where the choice is kept; None keeps it for this run only."""

    def start_colours(self) -> None:
        """Register both themes and show the one that is asked for."""
        for theme in THEMES:
            self.register_theme(theme)
        asked = os.environ.get("PANELKIT_THEME", "")
        self.theme = (
            theme_named(asked) or theme_named(read_theme(self.settings_file)) or THEMES[0].name
        )
        if self.no_color:
            self.theme = DARK.name
            self._filters = [
                WithoutColour() if isinstance(each, Monochrome) else each for each in self._filters
            ]

    def choose_theme(self, name: str) -> None:
        """Show it, and keep it for the next start."""
        self.theme = name
        said = f"Colours: {LABELS[name]}."
        if self.settings_file is not None:
            try:
                write_theme(self.settings_file, name)
                said += " Kept for the next start."
            except OSError:
                said += " It could not be kept for the next start."
        if os.environ.get("PANELKIT_THEME"):
            said += " At the next start PANELKIT_THEME decides, as long as it is set."
        if self.no_color:
            said += " NO_COLOR is set: nothing is drawn in colour."
        notify_typed(self, said, is_open=True)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's own, with a choice of our two themes in place of all of Textual's."""
        for command in super().get_system_commands(screen):
            if command.title != "Theme":
                yield command
        for theme in THEMES:
            label = LABELS[theme.name]
            yield SystemCommand(
                f"Theme: {label}", f"{label.capitalize()} colours, kept for the next start",
                partial(self.choose_theme, theme.name),
            )  # fmt: skip


def theme_named(name: str) -> str:
    """The theme's own name for ``light``, ``dark`` or itself; blank for any other."""
    name = name.strip().casefold()
    return next((own for own, label in LABELS.items() if name in (own, label)), "")


def read_theme(path: Path | None) -> str:
    """What was chosen; blank where nothing was, or the file cannot be read."""
    found = settingsfile.read(path).get("theme", "")
    return found if isinstance(found, str) else ""


def write_theme(path: Path, name: str) -> None:
    """Keep it beside what else is kept there. Raises OSError."""
    settingsfile.keep(path, theme=name)
