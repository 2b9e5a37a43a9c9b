"""A pane whose talk is a list: one line each, one letter for what is said of it."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from panelkit.domain import entries as e
from panelkit.domain.completeness import Gap
from panelkit.tui.messages import Problem
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.still import Still


class ListPane(ItemPane):
    """Subclasses say which rows, which letters, and what each does."""

    DEFAULT_CSS = """
    ListPane > .keys { color: $text-muted; height: auto; }
    """

    fields_first: ClassVar[bool] = False
    widths: ClassVar[tuple[int, ...]] = ()
    letters: ClassVar[str] = ""
    under_lines: ClassVar[int] = 0
    keys: ClassVar[str] = ""
    """The letters in words, shown above the list."""

    def rows(self) -> list[Row]:
        """One line for each thing to be taken."""
        return []

    def act(self, letter: str, row: str) -> str:
        """Do what ``letter`` says; the sentence to show where it is refused."""
        return f"{letter}{row}"

    def open_row(self, row: str) -> None:
        """Enter was pressed on ``row``."""

    def entry_of(self, _row: str) -> tuple[type[e.Entry], str] | None:
        """The entry that a row shows, where Delete may withdraw it; None for any other row."""
        return None

    def on_key(self, event: events.Key) -> None:
        """Delete withdraws what the row shows with a reason, or brings it back."""
        if event.key != "delete" or not self.query("#own"):
            return
        rows = self.query_one("#own", RowList)
        found = self.entry_of(rows.current) if rows.has_focus and rows.current else None
        if found:
            event.stop()
            self.post_message(EntryTable.WithdrawWanted(*found))

    def compose_own(self) -> ComposeResult:
        """The keys, then the list."""
        yield Still(self._keys_content(), classes="keys")
        yield RowList(
            self.rows(), self.widths, letters=self.letters, under_lines=self.under_lines, id="own"
        )

    def _keys_content(self) -> Content:
        return as_typed(self.keys)

    def follow(self, gaps: tuple[Gap, ...]) -> None:
        """The list as it is now."""
        super().follow(gaps)
        if not self.children:
            return
        self.query_one(".keys", Still).update(self._keys_content())
        self.query_one("#own", RowList).follow(self.rows())

    def focus_first(self, key: str = "") -> None:
        """The list, unless a field was asked for."""
        if key:
            super().focus_first(key)
        else:
            self.query_one("#own", RowList).focus(scroll_visible=False)
            self.scroll_home(animate=False)

    @on(RowList.OptionSelected, "#own")
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.open_row(event.option.id or "")

    @on(RowList.Acted, "#own")
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if refused := self.act(event.letter, event.row):
            self.post_message(Problem(refused))
