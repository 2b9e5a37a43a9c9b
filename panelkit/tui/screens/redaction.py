"""The redaction check: a person reads the whole text and confirms each finding."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.redaction import Shared
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList

SHORT = 24
"""Words up to this long are whole in their column at every width; longer ones stand below it."""

READ = "read"
"""The last row: that the whole text was read."""


class RedactionCheck(ModalScreen[tuple[str, ...] | None]):
    """Returns the words that were confirmed, or None where the check was not finished.

    | Key | Does |
    |---|---|
    | space, Enter | confirms the words under the cursor, or takes that back |
    | page up, page down | move in the text |
    | ctrl+s | records the check, once everything is confirmed |
    """

    DEFAULT_CSS = """
    RedactionCheck { align: center middle; background: $background 40%; }
    RedactionCheck > Vertical { width: 96%; max-width: 130; height: 94%; background: $panel; border: solid $warning; padding: 0 1; }
    RedactionCheck .title { text-style: bold; height: auto; }
    RedactionCheck .said { color: $text-error; height: auto; }
    RedactionCheck #text { height: 1fr; border-bottom: solid $primary; }
    RedactionCheck #text Static { height: auto; }
    RedactionCheck RowList { max-height: 12; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Not now", priority=True),
        Binding("ctrl+s", "record", "Record", priority=True),
        Binding("pagedown", "turn(1)", "Down", priority=True),
        Binding("pageup", "turn(-1)", "Up", priority=True),
    ]

    def __init__(self, ref: str, text: str, findings: tuple[Shared, ...]) -> None:
        """``text`` is the whole summary; ``findings`` is what it shares with the record."""
        super().__init__()
        self.ref = ref
        self.text = text
        self.findings = findings
        self.confirmed: set[str] = set()

    def compose(self) -> ComposeResult:
        """The text, what was found, what is still to be done."""
        with Vertical():
            heading = (
                f"Redaction check of {self.ref}: read all of it (Page Down), and confirm each line "
                "below (Space). Ctrl+S records it; Esc leaves it undone."
            )
            yield Static(as_typed(heading), classes="title")
            with VerticalScroll(id="text", can_focus=False):
                yield Static(as_typed(self.text))
            yield Static(as_typed("In the record as well, and in this text:"), classes="title")
            yield RowList(self._rows(), (14, 44, 40))
            yield Static(as_typed(""), classes="said")

    def on_mount(self) -> None:
        """The findings take the keys."""
        self.query_one(RowList).focus()

    def _rows(self) -> list[Row]:
        rows = [
            Row(
                f"f{place}",
                (self._mark(found.words), found.words, "; ".join(found.places)),
                under=found.words if len(found.words) > SHORT else "",
            )
            for place, found in enumerate(self.findings)
        ]
        return [*rows, Row(READ, (self._mark(READ), "I have read the whole text", ""))]

    def _mark(self, words: str) -> str:
        return "[confirmed]" if words in self.confirmed else "[ ]"

    @on(RowList.OptionSelected)
    def _chosen(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self._toggle(event.option.id or "")

    def key_space(self) -> None:
        """Space confirms, as Enter does."""
        self._toggle(self.query_one(RowList).current)

    def _toggle(self, row: str) -> None:
        words = READ if row == READ else self.findings[int(row[1:])].words
        self.confirmed ^= {words}
        rows = self.query_one(RowList)
        rows.follow(self._rows())
        rows.action_cursor_down() if words in self.confirmed else None

    def action_turn(self, way: int) -> None:
        """A page of the text."""
        pane = self.query_one("#text", VerticalScroll)
        if way > 0:
            pane.scroll_page_down(animate=False)
        else:
            pane.scroll_page_up(animate=False)

    def action_record(self) -> None:
        """Everything is confirmed, or what is not is said."""
        wanted = {READ, *(found.words for found in self.findings)}
        left = len(wanted - self.confirmed)
        if left:
            said = f"{left} {'line is' if left == 1 else 'lines are'} not confirmed."
            self.query_one(".said", Static).update(as_typed(said))
            return
        self.dismiss(tuple(found.words for found in self.findings))

    def action_leave(self) -> None:
        """Nothing is recorded."""
        self.dismiss(None)
