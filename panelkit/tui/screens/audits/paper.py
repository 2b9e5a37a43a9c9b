"""A paper that leaves the desk, read on screen first: letters, the board's page, trends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.services.auditing import Progress
from panelkit.services.desk import Desk
from panelkit.store.record import Record
from panelkit.tui.typed import as_typed

if TYPE_CHECKING:
    from panelkit.documents.files import Written

Write = Callable[[], Sequence["Written"]]
"""Writes the paper as Word files. Raises PanelkitError."""


@dataclass(frozen=True, slots=True)
class Making:
    """How a paper about many meetings is made while the screen lives."""

    read: Callable[[Record, Progress], Any]
    """In a thread, from a record of its own. Raises PanelkitError."""
    show: Callable[[Any], tuple[str, Write | None]]
    """What was read as words, with how it is written; back at the desk. Raises PanelkitError."""


class Paper(ModalScreen[None]):
    """Words to read; ``w`` writes them as Word where they can be written."""

    DEFAULT_CSS = """
    Paper { align: center middle; background: $background 40%; }
    Paper > Vertical { width: 94%; max-width: 116; height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    Paper .title { text-style: bold; height: auto; }
    Paper VerticalScroll { height: 1fr; }
    Paper .said { height: auto; }
    Paper .foot { color: $text-muted; height: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", priority=True),
        Binding("w", "write", "Write", priority=True),
    ]

    def __init__(
        self, desk: Desk, title: str, *, text: str = "", write: Write | None = None,
        making: Making | None = None,
    ) -> None:  # fmt: skip
        """``text`` is ready, or ``making`` makes it from many meetings while the screen lives."""
        super().__init__()
        self.desk = desk
        self.heading = title
        self.text = text
        self.write = write
        self.making = making

    def compose(self) -> ComposeResult:
        """Title, the words, what was said, the keys."""
        with Vertical():
            yield Static(as_typed(self.heading), classes="title")
            with VerticalScroll():
                yield Static(as_typed(self.text), id="paper-words")
            yield Static(Content(""), classes="said")
            yield Static(self._foot_content(), classes="foot")

    def _foot_content(self) -> Content:
        return as_typed(
            f"{'w Write as Word   ' if self.write else ''}Up, Down, PgDn read   Esc Back"
        )

    def on_mount(self) -> None:
        """The words take the keys; what is not there yet is made."""
        self.query_one(VerticalScroll).focus()
        if self.making is not None:
            self._say("Reading the meetings …")
            self.run_worker(self._make(self.making), group="paper", exclusive=True)

    async def _make(self, making: Making) -> None:
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._say, f"Reading the meetings: {done} of {total} …")

        def in_thread() -> object:
            # A connection belongs to its thread; the screen's own goes on serving keys.
            record = self.desk.chairing.record.open_again()
            try:
                return making.read(record, progress)
            finally:
                record.close()

        try:
            self.text, self.write = making.show(await asyncio.to_thread(in_thread))
        except PanelkitError as failed:
            self._say(failed.sentence)
            return
        if self.is_mounted:
            self.query_one("#paper-words", Static).update(as_typed(self.text))
            self.query_one(".foot", Static).update(self._foot_content())
            self._say("")

    def _say(self, words: str) -> None:
        if self.is_mounted:
            self.query_one(".said", Static).update(as_typed(words))

    def action_write(self) -> None:
        """The paper as Word, in the folder of documents."""
        if self.write is None:
            return
        try:
            written = self.write()
        except PanelkitError as failed:
            self._say(failed.sentence)
            return
        self._say("\n".join(f"Written: {done.path}  {done.note}".rstrip() for done in written))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
