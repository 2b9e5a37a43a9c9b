"""What is shown where a server does not answer at once: why, for how long, and the way back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.errors import NotSaved, PanelkitError
from panelkit.domain.reached import Reached
from panelkit.opened.errands import Errand
from panelkit.store.record import Record
from panelkit.tui.screens.listing import Page
from panelkit.tui.typed import as_typed

R = TypeVar("R")
AGAIN: Final = 1.0
"""Seconds until a server that did not answer is asked again."""


class NotReached(Page):
    """A screen that could not be opened, because the record does not answer."""

    def __init__(self, why: str) -> None:
        """``why`` is the sentence."""
        more = (
            "Nothing is lost: what is typed in an open meeting is kept on this machine and sent.\n"
            "Esc goes back; try again in a moment."
        )
        super().__init__("Not reached", as_typed(f"{why}\n{more}"), shared=True)


class Waiting(ModalScreen[R | PanelkitError | None], Generic[R]):
    """Reads something for as long as a server needs. Returns it, or why it cannot be read; None
    where somebody went back instead."""

    DEFAULT_CSS = """
    Waiting { align: center middle; background: $background 40%; }
    Waiting > Vertical { width: 92%; max-width: 90; height: auto; background: $panel; border: solid $primary; padding: 0 2; }
    Waiting Static { height: auto; }
    Waiting .title { text-style: bold; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "Back", priority=True),
    ]

    def __init__(
        self, what: str, record: Record, job: Callable[[], R], errand: Errand[R] | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """``what`` is being opened by ``job``; ``errand`` is it, where it began already.

        ``seconds`` is a clock that only goes forward.
        """
        super().__init__()
        self.shares = True
        self._what = what
        self._record = record
        self._job = job
        self._errand: Errand[R] | None = errand
        self._seconds = seconds
        self._begun = self._tried_at = seconds()
        self._said = ""

    def compose(self) -> ComposeResult:
        """What is waited for, and the way back."""
        with Vertical():
            yield Static(as_typed(f"Opening {self._what}"), classes="title")
            yield Static(Content(""), id="why")

    def on_mount(self) -> None:
        """Look four times a second."""
        self._look()
        self.set_interval(0.25, self._look)

    @property
    def _why(self) -> str:
        reached = self._record.reached
        words = self._said or reached.words or "The server has not answered yet."
        if reached is Reached.SLOWLY:
            words = "The server is slow: it is being read."
        seconds = int(self._seconds() - self._begun)
        return (
            f"{words} Waited {seconds} s.\n"
            "It opens by itself as soon as it is read. Esc goes back; nothing is lost."
        )

    def _look(self) -> None:
        self.query_one("#why", Static).update(as_typed(self._why))
        if self._errand is None:
            if self._seconds() - self._tried_at >= AGAIN:
                self._errand = Errand(self._job)
            return
        if not self._errand.is_done:
            return
        errand, self._errand, self._tried_at = self._errand, None, self._seconds()
        try:
            self.dismiss(errand.answer())
        except NotSaved as failed:
            self._said = failed.message
        except PanelkitError as failed:
            self.dismiss(failed)

    def action_back(self) -> None:
        """Read no more."""
        self.dismiss(None)
