"""What people say at an item, one after another, over the pane of the chair's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from textual.content import Content
from textual.css.query import NoMatches

from panelkit.services.practising import Practising
from panelkit.tui.typed import as_typed, private
from panelkit.tui.widgets.still import Still

if TYPE_CHECKING:
    from panelkit.tui.screens.meeting import MeetingScreen

LOOKS: Final = 0.2
"""Seconds between two looks at which item is open."""


class SaidHere(Still):
    """The line that was said last at the item on screen; one key brings the next."""

    DEFAULT_CSS = """
    SaidHere { height: auto; max-height: 4; width: 100%; background: $warning-muted; color: $text; padding: 0 1; }
    """

    def __init__(self, practice: Practising) -> None:
        """``practice`` knows what is said where."""
        super().__init__(Content(""))
        self.practice = practice
        self.places: dict[str, int] = {}
        """Which line of each item was said last, from 0."""

    def on_mount(self) -> None:
        """It follows the item on screen."""
        self.follow()
        self.set_interval(LOOKS, self.follow)

    @property
    def item(self) -> str:
        """The item on screen."""
        return cast("MeetingScreen", self.screen).current

    def said_next(self) -> None:
        """The next person speaks; after the last the first is heard again."""
        lines = self.practice.said_at(self.item)
        if lines:
            self.places[self.item] = (self.places.get(self.item, 0) + 1) % len(lines)
        self.follow()

    def follow(self) -> None:
        """Show what was said last here."""
        try:
            lines = self.practice.said_at(self.item)
        except NoMatches:
            return
        if not lines:
            self.update(as_typed("Nobody says anything here: it is yours."))
            return
        place = self.places.get(self.item, 0)
        left = len(lines) - place - 1
        more = f"  ({place + 1} of {len(lines)}, F6 {'the next' if left else 'hears them again'})"
        self.update(Content("").join([private(lines[place].said), as_typed(more)]))
