"""One line at the foot of the screen: a note, an action, or a reason. The pane stays.

What the line is understood to mean is shown above it before Enter takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.words import Line

Understood = Callable[[str], str]


class OneLine(ModalScreen[str]):
    """Returns the line as it was typed; "" where it was left empty.

    Esc keeps what was typed: it is given back to whoever asks next (``drafts``).
    """

    DEFAULT_CSS = """
    OneLine { align: center bottom; background: $background 30%; }
    OneLine > Vertical { height: auto; width: 100%; background: $panel; padding: 0 1; border-top: solid $primary; }
    OneLine Line { height: 1; border: none; background: $surface; padding: 0; }
    OneLine .title { text-style: bold; height: auto; }
    OneLine .meaning { color: $text-muted; height: auto; min-height: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
    ]

    drafts: ClassVar[dict[str, str]] = {}
    """What was typed and not taken, by title, while the program runs."""

    def __init__(self, title: str, understood: Understood, *, hint: str, start: str = "") -> None:
        """``understood`` says in words what a line would do."""
        super().__init__()
        self.heading = title
        self.understood = understood
        self.hint = hint
        self.start_text = start or self.drafts.get(title, "")

    def compose(self) -> ComposeResult:
        """Title, line, meaning."""
        with Vertical():
            yield Static(as_typed(self.heading), classes="title")
            yield Line(self.start_text)
            yield Static(self._meaning_content(self.start_text), classes="meaning")

    def on_mount(self) -> None:
        """The cursor is at the end of what was typed before."""
        line = self.query_one(Line)
        line.move_cursor(line.document.end)
        line.focus()

    def _meaning_content(self, text: str) -> Content:
        return as_typed(self.understood(text) if text.strip() else self.hint)

    @on(Line.Edited)
    def _edited(self, event: Line.Edited) -> None:
        event.stop()
        self.drafts[self.heading] = event.text
        self.query_one(".meaning", Static).update(self._meaning_content(event.text))

    @on(Line.Submitted)
    def _submitted(self, event: Line.Submitted) -> None:
        event.stop()
        self.drafts.pop(self.heading, None)
        self.dismiss(event.text)

    def action_leave(self) -> None:
        """Nothing is taken; the words wait for the next time."""
        self.dismiss("")
