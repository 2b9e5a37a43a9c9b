"""Somebody else changed the same field: both texts, and the person chooses."""

from __future__ import annotations

import contextlib
import time
from typing import Any, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, FieldKind, show_text
from panelkit.opened.session import Conflict, Session
from panelkit.opened.sharing import SHARING
from panelkit.tui.following import Following
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.words import Words

COMBINED: Final = frozenset({FieldKind.WORDS, FieldKind.LINE})
"""Fields whose two texts somebody may combine; of anything else one value stands."""
RESTS: Final = 0.8
"""Seconds without a key before somebody is asked: nothing pops up while they type."""


class Choosing:
    """For a screen with a ``session``: asks which of two texts is to stand."""

    session: Session

    def show_conflict(self) -> None:
        """Both texts of the first choice that is open, once the typing rests."""
        session, app = self.session, cast("Screen[Any]", self).app
        if session.choosing or not session.conflicts or SHARING.on:
            return  # both texts are case text: asked once the mask is off
        last_key = max(session.typed_at, getattr(app, "last_key_at", 0.0))
        if time.monotonic() - last_key < RESTS:
            return  # the next tick looks again
        session.gather()
        session.choosing = True
        conflict = session.conflicts[0]
        field = session.field(conflict.spot)
        label = field.label if field else conflict.spot.field
        place = label if conflict.spot.entry else f"{conflict.spot.owner} {label}"

        def chosen(text: str | None) -> None:
            session.choosing = False
            if text is not None:
                session.settle(conflict, text)
            self.show_conflict()

        app.push_screen(ConflictScreen(place, conflict, session, field), chosen)


class ConflictScreen(Following, ModalScreen[str]):
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

    def __init__(
        self, place: str, conflict: Conflict, session: Session, field: Field | None = None
    ) -> None:
        """``place`` names the field in words; where it holds a choice, a date or the like, one of
        the two is chosen and nothing is combined.
        """
        super().__init__()
        self.session = session
        self.field = field
        self.combines = field is None or field.kind in COMBINED
        self.start_text = f"{conflict.theirs}\n{conflict.mine}".strip()
        self._kept = self.start_text
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
            yield Static(as_typed(self._said(self.conflict.theirs)), id="theirs")
            yield Static(as_typed("YOURS, not stored (F8 keeps it)"), classes="head")
            yield Static(as_typed(self._said(self.conflict.mine)), id="mine")
            if not self.combines:
                return
            yield Static(
                as_typed("OR COMBINE THEM HERE (Ctrl+S keeps what stands here)"), classes="head"
            )
            yield Words(self.start_text)

    def on_mount(self) -> None:
        """What is still being typed goes on at the end of what was typed."""
        if not self.combines:
            return
        words = self.query_one(Words)
        words.focus()
        words.move_cursor(words.document.end)
        self.start_text = self._kept = words.value
        self.set_interval(0.5, self.save_everything)

    def follow(self) -> None:
        """Theirs goes on being written too: what is chosen from is what is stored now."""
        self.query_one("#theirs", Static).update(as_typed(self._said(self.conflict.theirs)))
        if not self.combines:
            return
        words, both = self.query_one(Words), self._both()
        if words.value == self.start_text and both != self.start_text:
            words.load(both)
            words.move_cursor(words.document.end)
            self.start_text = self._kept = words.value

    def _said(self, stored: str) -> str:
        """A stored value as people read it."""
        if self.field is not None and not self.combines:
            with contextlib.suppress(BadInput):  # typed, and not yet something the field takes
                stored = show_text(self.field.parse(stored))
        return stored or "(blank)"

    def _both(self) -> str:
        return f"{self.conflict.theirs}\n{self.conflict.mine}".strip()

    def save_everything(self) -> None:
        """What is typed while choosing is made durable."""
        if not self.combines:
            return
        words = self.query_one(Words).value
        if words != self._kept and self.session.keep_choice(self.conflict, words):
            self._kept = words

    def action_theirs(self) -> None:
        """What is stored stands."""
        self.dismiss(self.conflict.theirs)

    def action_mine(self) -> None:
        """What was typed here stands, with what was added meanwhile; theirs is kept as superseded words."""
        if not self.combines:
            self.dismiss(self.conflict.mine)
            return
        words = self.query_one(Words).value
        if not words.startswith(self.start_text):
            notify_typed(
                self.app, "Ctrl+S keeps what you edited here; F8 would lose it.", "warning"
            )
            return
        self.dismiss(self.conflict.mine + words.removeprefix(self.start_text))

    def action_both(self) -> None:
        """What stands in the editor."""
        if not self.combines:
            self.app.bell()
            return
        self.dismiss(self.query_one(Words).value)
