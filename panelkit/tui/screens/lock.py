"""The lock: nothing of the record is on screen until whoever opened it says their passphrase.

Where the record has no passphrase it hides, and says that it only hides. What was typed was
saved before; where that failed the words are in memory, and it is tried again. Nothing on it
is case text: no reference, no name but that of whoever works here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from panelkit.domain.errors import PanelkitError
from panelkit.opened.sharing import Shareable
from panelkit.services.clock import room_time
from panelkit.services.desk import Desk
from panelkit.tui.typed import as_typed, as_typed_line
from panelkit.tui.widgets.secret import Secret
from panelkit.tui.widgets.still import Still


@dataclass(frozen=True, slots=True)
class Standing:
    """What the lock may say of what is behind it."""

    saved: bool
    """Whether everything typed is on disk."""
    running: bool
    """Whether a meeting runs."""


class LockScreen(Shareable, Screen[None]):
    """Covers everything. ``opened`` is called once it may go."""

    DEFAULT_CSS = """
    LockScreen { layout: vertical; background: $background; }
    LockScreen #top { height: 1; background: $primary; color: $text; text-style: bold; }
    LockScreen Vertical { height: auto; width: 92%; max-width: 84; margin: 2 2; border: solid $primary; padding: 1 2; }
    LockScreen Still { height: auto; }
    LockScreen .title { text-style: bold; margin-bottom: 1; }
    LockScreen Input { margin-top: 1; }
    LockScreen .problem { color: $text-error; margin-top: 1; }
    LockScreen .standing { margin-top: 1; }
    LockScreen .standing.-problem { color: $text-error; text-style: bold; }
    LockScreen .keys { color: $text-muted; margin-top: 1; }
    """
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "come_back", "Come back", show=False),
    ]

    def __init__(
        self, desk: Desk | None, standing: Callable[[], Standing], opened: Callable[[], None]
    ) -> None:
        """``desk`` is None where no record is open yet: then there is nothing to ask for."""
        super().__init__()
        self.desk = desk
        self._standing = standing
        self._opened = opened
        self.asks = desk.opens_again if desk is not None else None

    def compose(self) -> ComposeResult:
        """Why it stands here, the passphrase where there is one, whether all is saved."""
        yield Still(self._top_content(), id="top")
        with Vertical():
            yield Still(as_typed("LOCKED" if self.asks else "HIDDEN"), classes="title")
            yield Still(as_typed(self._words()), classes="words")
            if self.asks is not None:
                secret = Secret(password=True, placeholder=self.asks.asks_for)
                secret.cursor_blink = False
                yield secret
            yield Still(Content(""), classes="problem")
            yield Still(Content(""), classes="standing")
            yield Still(as_typed(self._keys()), classes="keys")

    def on_mount(self) -> None:
        """What it says of what is behind is true from the first."""
        self.follow()

    def _top_content(self) -> Content:
        if self.desk is None:
            return as_typed_line(" panelkit")
        now = room_time(self.desk.clock())
        state = "LOCKED" if self.asks else "HIDDEN"
        return as_typed_line(f" {self.desk.area.marking}   {state}   {now:%H:%M}")

    def _words(self) -> str:
        if self.desk is not None and self.asks is not None:
            return f"The record stays closed until the {self.asks.asks_for} of {self.desk.who} is typed."
        if self.desk is not None:
            return (
                f"This only hides: {_why(self.desk)}.\n"
                "Whoever presses Enter reads it. Do not leave this computer alone."
            )
        return "This only hides: no record is open yet."

    def _keys(self) -> str:
        enter = "Enter opens" if self.asks else "Enter comes back"
        return f"{enter}   ^Q saves and leaves the program"

    def follow(self) -> None:
        """The time, whether all is saved, whether a meeting runs."""
        if not self.query(".standing"):
            return  # not there yet, or being taken down
        standing = self._standing()
        lines = [
            "Everything typed is saved."
            if standing.saved
            else "NOT SAVED: something typed could not be stored. It is kept in memory and tried again; leave the computer on."
        ]
        if standing.running:
            lines.append("A meeting is running; its clock goes on.")
        shown = self.query_one(".standing", Still)
        shown.set_class(not standing.saved, "-problem")
        shown.update(as_typed("\n".join(lines)))
        self.query_one("#top", Still).update(self._top_content(), layout=False)

    @on(Input.Submitted)
    def _tried(self, event: Input.Submitted) -> None:
        """Ask; what was typed is gone from the line whatever comes of it."""
        event.stop()
        passphrase, event.input.value = event.value, ""
        if self.asks is None or not passphrase:
            return
        try:
            self.asks.open_again(passphrase)
        except PanelkitError as refused:
            self.query_one(".problem", Still).update(as_typed(refused.sentence))
            return
        self._opened()

    def action_come_back(self) -> None:
        """Enter, where there is nothing to ask for."""
        if self.asks is None:
            self._opened()


def _why(desk: Desk) -> str:
    """Why nobody can be asked for anything."""
    if desk.caseload.record.is_on_server:
        return "the server asks nobody for a password"
    return "the record has no passphrase"
