"""A screen that comes up is styled once, and laid out once for its size.

Textual styles each widget as it is mounted and all of them again when their screen comes up, and
lays a screen out when it comes up and again when that told it its size: on the chair's screen about
a sixth of the time until it can be used. What is left out here is what stood a moment before,
and nothing else: whatever asked for a layout gets one.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from textual import events
from textual.geometry import Size
from textual.screen import Screen

_laid_out: WeakKeyDictionary[Screen[Any], Size] = WeakKeyDictionary()
"""The size for which each screen was laid out last."""
_comes_up = Screen._on_screen_resume  # noqa: SLF001
_lay_out = Screen._refresh_layout  # noqa: SLF001
_is_resized = Screen._screen_resized  # noqa: SLF001


def _comes_up_styled(screen: Screen[Any], event: events.ScreenResume) -> None:
    if not screen.stack_updates:  # for the first time: its widgets were styled as they were mounted
        event.refresh_styles = False
    _comes_up(screen, event)


def _lay_out_for(screen: Screen[Any], size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual calls it
    _laid_out[screen] = screen.outer_size if size is None else size
    _lay_out(screen, size, scroll)


def _is_another_size(screen: Screen[Any], size: Size) -> None:
    if _laid_out.get(screen) != size:
        _is_resized(screen, size)


def install() -> None:
    """From now on, for every screen of this process; doing it twice does nothing more."""
    Screen._on_screen_resume = _comes_up_styled  # type: ignore[method-assign,assignment]  # noqa: SLF001
    Screen._refresh_layout = _lay_out_for  # type: ignore[method-assign,assignment]  # noqa: SLF001
    Screen._screen_resized = _is_another_size  # type: ignore[method-assign,assignment]  # noqa: SLF001
