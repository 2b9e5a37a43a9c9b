"""What stands over a screen that may not be shared, while the mask is on.

It is opaque and holds nothing of that screen. A meeting that is open keeps its clock, its
agenda and what to say at the item: they are open, and a chair needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from panelkit.opened.sharing import MASKED, SHARING, Shareable
from panelkit.tui.typed import as_typed, as_typed_line
from panelkit.tui.widgets.still import Still


class Curtain(Shareable, Screen[None]):
    """Goes by itself when the mask goes."""

    DEFAULT_CSS = """
    Curtain { layout: vertical; background: $background; }
    Curtain #top { height: 1; background: $warning; color: $text; text-style: bold; }
    Curtain VerticalScroll { height: 1fr; padding: 1 2; }
    Curtain Still { height: auto; }
    Curtain .say { background: $panel; padding: 0 1; margin: 1 0; }
    """

    def __init__(self, under: Sequence[Screen[Any]]) -> None:
        """``under`` are the screens that are open; the nearest meeting lends its frame."""
        super().__init__()
        self._under = under

    @property
    def _meeting(self) -> Any:
        from panelkit.tui.screens.meeting import MeetingScreen

        found = [screen for screen in self._under if isinstance(screen, MeetingScreen)]
        return found[-1] if found else None

    def compose(self) -> ComposeResult:
        """The clock, why nothing else is shown, what to say, the agenda."""
        yield Still(self._top_content(), id="top")
        with VerticalScroll():
            yield Still(self._why_content(), id="why")
            meeting = self._meeting
            if meeting is not None:
                yield Still(meeting.say_content(), classes="say")
                yield Still(Content("\n").join(meeting.rail_lines()[0]), id="agenda")

    def on_mount(self) -> None:
        """The clock goes on."""
        self.set_interval(1.0, self.follow)

    def _top_content(self) -> Content:
        meeting = self._meeting
        return meeting.top_content() if meeting is not None else as_typed_line(f" {MASKED}")

    def _why_content(self) -> Content:
        back = (
            "Nobody touched a key for a while. Any key brings it back."
            if SHARING.by_idleness
            else "F12 shows it again, once nobody else sees this screen."
        )
        return as_typed(f"What was open here is not marked open, and is kept as it is.\n{back}")

    def follow(self) -> None:
        """Top line and agenda as they are now; nothing is drawn while it is taken down."""
        if not self.query("#top, #why"):
            return
        self.query_one("#top", Still).update(self._top_content(), layout=False)
        self.query_one("#why", Still).update(self._why_content())
