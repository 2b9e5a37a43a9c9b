"""A list over the screen, with what was said last under it and the keys at its foot."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import RowList

TALLEST = 44
"""Lines of the list, where the screen has room."""


class ListPanel(ModalScreen[bool]):
    """What a list and its act keys stand on. Returns whether something was changed."""

    DEFAULT_CSS = """
    ListPanel { align: center middle; background: $background 40%; }
    ListPanel > Vertical { width: 96%; max-width: 130; height: auto; max-height: 94%; background: $panel; border: solid $primary; padding: 0 1; }
    ListPanel Static { height: auto; }
    ListPanel .title { text-style: bold; }
    ListPanel .said { text-style: bold; }
    ListPanel .foot { color: $text-muted; }
    ListPanel RowList { max-height: 44; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    changed: bool = False

    def laid(self, title: str, rows: RowList, keys: str) -> ComposeResult:
        """The title, the list, what was said last, the keys."""
        with Vertical():
            yield Static(as_typed(title), classes="title")
            yield rows
            yield Static(Content(""), classes="said")
            yield Static(as_typed(keys), classes="foot", id="keys")

    def on_resize(self) -> None:
        """The list gives way, so that what is said is always read."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        around = sum(each.size.height for each in self.query(".title, .said, .foot"))
        # A line is kept for the red one of a record that is not encrypted; it may come later.
        room = int((self.app.size.height - 1) * 0.94) - around - 2
        rows = self.query_one(RowList)
        rows.styles.max_height = max(4, min(TALLEST, room))
        self.call_after_refresh(rows.scroll_to_highlight)

    def show_title(self, words: str) -> None:
        """Over the list, in place of what stood there."""
        self.query_one(".title", Static).update(as_typed(words))

    def say(self, words: str) -> None:
        """Under the list, in place of what was said before."""
        self.query_one(".said", Static).update(as_typed(words))
        self.call_after_refresh(self._fit)

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.dismiss(self.changed)

    def follow(self) -> None:
        """The list as the record has it now."""

    def open_form(self, form: ModalScreen[str]) -> None:
        """A form over the list."""
        self.say("")
        self.app.push_screen(form, self.done)

    def done(self, kept: str | None) -> None:
        """What a form says that it kept; None where it was left."""
        if kept:
            self.changed = True
            self.follow()
            self.say(kept)
