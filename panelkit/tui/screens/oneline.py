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

from panelkit.opened.session import Session
from panelkit.opened.sharing import SHARING, Shareable
from panelkit.tui.typed import as_typed, private
from panelkit.tui.widgets.words import Line

Understood = Callable[[str], str]


class OneLine(Shareable, ModalScreen[str]):
    """Returns the line as it was typed; "" where it was left empty.

    Esc keeps what was typed: the next time it is there again, after a crash too. So does
    Enter, until whoever takes the line has stored it.
    """

    DEFAULT_CSS = """
    OneLine { align: center bottom; background: $background 30%; }
    OneLine > Vertical { height: auto; width: 100%; background: $panel; padding: 0 1; border-top: solid $primary; }
    OneLine .title { text-style: bold; height: auto; }
    OneLine .meaning { color: $text-muted; height: auto; min-height: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
    ]

    def __init__(
        self,
        title: str,
        understood: Understood,
        *,
        hint: str,
        session: Session | None = None,
        line: str = "",
        sure: Callable[[], None] | None = None,
    ) -> None:
        """``understood`` says in words what a line would do; ``line`` names its draft.

        With ``sure`` it is a question: that is called for a yes, and what is typed is shown.
        """
        super().__init__()
        self.sure = sure
        self.heading = title
        self.understood = understood
        self.hint = hint
        self.session = session
        self.line = line
        self.start_text = session.draft(line) if session and line else ""
        self._kept = self.start_text

    def compose(self) -> ComposeResult:
        """Title, line, meaning."""
        with Vertical():
            yield Static(self._heading_content(), classes="title")
            line = Line(self.start_text)
            line.masked = self._hides
            yield line
            yield Static(self._meaning_content(self.start_text), classes="meaning")

    def on_mount(self) -> None:
        """The cursor is at the end of what was typed before."""
        line = self.query_one(Line)
        line.move_cursor(line.document.end)
        line.focus()
        self.set_interval(0.5, self.keep)

    def _heading_content(self) -> Content:
        return as_typed(self.heading) if self.sure else private(self.heading)

    @property
    def _hides(self) -> bool:
        return SHARING.on and self.sure is None

    def follow_mask(self) -> None:
        """On a shared screen the words are blocks and take no keys."""
        line = self.query_one(Line)
        line.masked = self._hides
        self.query_one(".title", Static).update(self._heading_content())
        self.query_one(".meaning", Static).update(self._meaning_content(line.value))

    def keep(self) -> None:
        """What is typed so far is made durable."""
        words = self.query_one(Line).value
        if (
            self.session
            and self.line
            and words != self._kept
            and self.session.keep_draft(self.line, words)
        ):
            self._kept = words

    def save_everything(self) -> None:
        """For signals and faults."""
        self.keep()

    def _meaning_content(self, text: str) -> Content:
        if self._hides:
            return as_typed(
                "The screen is masked for sharing: nothing can be typed here. F12 first."
            )
        return as_typed(self.understood(text) if text.strip() else self.hint)

    @on(Line.Edited)
    def _edited(self, event: Line.Edited) -> None:
        event.stop()
        self.query_one(".meaning", Static).update(self._meaning_content(event.text))

    @on(Line.Submitted)
    def _submitted(self, event: Line.Submitted) -> None:
        event.stop()
        if self._hides:
            return
        self.keep()  # forgotten by whoever takes it, once what it says is stored
        self.dismiss(event.text)
        if self.sure is not None and event.text.strip().casefold() in ("y", "yes"):
            self.app.call_later(self.sure)

    def action_leave(self) -> None:
        """Nothing is taken; the words wait for the next time."""
        self.keep()
        self.dismiss("")
