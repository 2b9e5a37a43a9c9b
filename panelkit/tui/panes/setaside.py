"""An item set aside after a fault: its words are kept, and nothing of it is drawn."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.widgets import Static

from panelkit.domain.completeness import Gap
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.typed import as_typed

SET_ASIDE: Final = (
    "Set aside: the program stopped here because of a fault in itself.\n\n"
    "Nothing is lost. The words are in the record and print in every document; begun lines are "
    "under Ctrl+P, Kept words. Leave the program and start it again to open this as always."
)
"""What stands in its place, at the chair's screen and at the desk."""


class SetAsidePane(ItemPane):
    """Says so, and takes no keys."""

    def compose(self) -> ComposeResult:
        """Title and why there is no more."""
        yield Static(as_typed(f"{self.item.code}  {self.item.title}"), classes="title")
        yield Static(as_typed(SET_ASIDE), classes="say")

    def follow(self, gaps: tuple[Gap, ...]) -> None:
        """Nothing of it is drawn."""

    def focus_first(self, key: str = "") -> None:
        """Nothing takes the keys here; those of the screen work."""
        del key
        self.screen.set_focus(None)
