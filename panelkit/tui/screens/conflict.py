"""Somebody else changed the same field: both texts, and the person chooses."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.tui.session import Conflict
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.words import Words


class ConflictScreen(ModalScreen[str]):
    """Returns the text that is to stand. Nothing is merged by the program."""

    DEFAULT_CSS = """
    ConflictScreen { align: center middle; background: $background 50%; }
    ConflictScreen > VerticalScroll { width: 92%; max-width: 120; height: auto; max-height: 92%; background: $panel; border: solid $warning; padding: 0 1; }
    ConflictScreen Static { height: auto; }
    ConflictScreen .head { text-style: bold; margin-top: 1; }
    ConflictScreen Words { height: auto; min-height: 3; max-height: 12; border: solid $primary; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "theirs", "Theirs", priority=True),
        Binding("f8", "mine", "Mine", priority=True),
        Binding("ctrl+s", "both", "As edited", priority=True),
    ]

    def __init__(self, place: str, conflict: Conflict) -> None:
        """``place`` names the field in words."""
        super().__init__()
        self.place = place
        self.conflict = conflict

    def compose(self) -> ComposeResult:
        """Theirs, mine, and an editor to combine them."""
        with VerticalScroll(can_focus=False):
            yield Static(
                as_typed(f"{self.place}: somebody else changed this while you typed"),
                classes="head",
            )
            yield Static(as_typed("THEIRS, stored now (F5 keeps it)"), classes="head")
            yield Static(as_typed(self.conflict.theirs or "(blank)"), id="theirs")
            yield Static(as_typed("YOURS, not stored (F8 keeps it)"), classes="head")
            yield Static(as_typed(self.conflict.mine or "(blank)"), id="mine")
            yield Static(
                as_typed("OR COMBINE THEM HERE (Ctrl+S keeps what stands here)"), classes="head"
            )
            yield Words(f"{self.conflict.theirs}\n{self.conflict.mine}".strip())

    def on_mount(self) -> None:
        """What is still being typed goes on at the end of what was typed."""
        words = self.query_one(Words)
        words.focus()
        words.move_cursor(words.document.end)

    def action_theirs(self) -> None:
        """What is stored stands."""
        self.dismiss(self.conflict.theirs)

    def action_mine(self) -> None:
        """What was typed here stands; theirs is kept as superseded words."""
        self.dismiss(self.conflict.mine)

    def action_both(self) -> None:
        """What stands in the editor."""
        self.dismiss(self.query_one(Words).value)
