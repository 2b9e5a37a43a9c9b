"""A list to choose from, over the meeting: what is owed, jump, last time, guide, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from panelkit.tui.keys import Key, by_letter
from panelkit.tui.sharing import Shareable
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Line


class Listing(ModalScreen[tuple[str, str]]):
    """Returns the row chosen and the letter that chose it ("" for Enter); ("", "") on Esc.

    Typing filters the rows; the arrows move in the list while the line keeps the keys.
    """

    DEFAULT_CSS = """
    Listing { align: center middle; background: $background 40%; }
    Listing > Vertical { width: 92%; max-width: 130; height: auto; max-height: 90%; background: $panel; border: solid $primary; padding: 0 1; }
    Listing .title { text-style: bold; height: auto; }
    Listing .foot { color: $text-muted; height: auto; }
    Listing Line { height: 1; }
    Listing RowList { max-height: 30; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
        Binding("up", "move(-1)", "Up", priority=True),
        Binding("down", "move(1)", "Down", priority=True),
        Binding("ctrl+k", "letter", "Park", priority=True),
    ]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        widths: tuple[int, ...],
        *,
        foot: str,
        letter: str = "",
        under_lines: int = 0,
        shared: bool = False,
    ) -> None:
        """``letter`` is what Ctrl+K stands for here; blank where it does nothing.

        ``under_lines`` bounds the words under a row; 0 shows them all. ``shared``: nothing in it
        is anything but open, or the caller masks what is.
        """
        super().__init__()
        self.shares = shared
        self.heading = title
        self.all_rows = tuple(rows)
        self.widths = widths
        self.foot = foot
        self.letter = letter
        self.under_lines = under_lines

    def compose(self) -> ComposeResult:
        """Title, filter, rows, keys."""
        with Vertical():
            yield Static(as_typed(self.heading), classes="title")
            yield Line("", placeholder="type to filter")
            yield RowList(self.all_rows, self.widths, under_lines=self.under_lines)
            yield Static(as_typed(self.foot), classes="foot")

    def on_mount(self) -> None:
        """The first row is under the cursor; the line takes the keys."""
        rows = self.query_one(RowList)
        if rows.option_count:
            rows.action_first()
        self.query_one(Line).focus()

    def on_resize(self) -> None:
        """The rows give way, so that the foot is always read."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        around = sum(each.size.height for each in self.query(".title, .foot"))
        room = int(self.app.size.height * 0.9) - around - 3  # the border and the filter
        rows = self.query_one(RowList)
        rows.styles.max_height = max(4, min(30, room))
        self.call_after_refresh(rows.scroll_to_highlight)

    @on(Line.Edited)
    def _filter(self, event: Line.Edited) -> None:
        event.stop()
        rows = self.query_one(RowList)
        rows.follow(self.kept(event.text))
        if rows.option_count:
            rows.action_first()

    def kept(self, typed: str) -> list[Row]:
        """The rows that have every word of what is typed."""
        words = typed.casefold().split()
        return [
            row
            for row in self.all_rows
            if all(w in " ".join((*row.cells, row.under)).casefold() for w in words)
        ]

    @on(Line.Submitted)
    def _chosen(self, event: Line.Submitted) -> None:
        event.stop()
        self.dismiss((self.query_one(RowList).current, ""))

    @on(RowList.OptionSelected)
    def _clicked(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.dismiss((event.option.id or "", ""))

    def action_move(self, by: int) -> None:
        """Arrows move in the list."""
        rows = self.query_one(RowList)
        if by > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_letter(self) -> None:
        """Ctrl+K on a row."""
        if self.letter:
            self.dismiss((self.query_one(RowList).current, self.letter))

    def action_leave(self) -> None:
        """Back, nothing chosen."""
        self.dismiss(("", ""))


class Page(ModalScreen[None]):
    """Words to read; any of Esc, Enter or the key that opened it closes it."""

    DEFAULT_CSS = """
    Page { align: center middle; background: $background 40%; }
    Page > VerticalScroll { width: 92%; max-width: 110; height: auto; max-height: 90%; background: $panel; border: solid $primary; padding: 0 2; }
    Page Static { height: auto; }
    Page .title { text-style: bold; margin-bottom: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,f1,ctrl+g,ctrl+l", "leave", "Back", priority=True),
    ]

    def __init__(self, title: str, body_content: Content, *, shared: bool = False) -> None:
        """``body_content`` is built by the typed helpers; ``shared``: all of it is open."""
        super().__init__()
        self.shares = shared
        self.heading = title
        self.body_content = body_content

    def compose(self) -> ComposeResult:
        """Title and words."""
        with VerticalScroll():
            yield Static(as_typed(self.heading), classes="title")
            yield Static(self.body_content)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


class Leader(Shareable, ModalScreen[str]):
    """After the leader key: one letter, shown with what it does. Returns the letter."""

    DEFAULT_CSS = """
    Leader { align: center bottom; background: $background 30%; }
    Leader > Static { width: 100%; height: auto; background: $panel; border-top: solid $primary; padding: 0 1; }
    """

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        """``lines`` are letters with their labels."""
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        """Every letter."""
        yield Static(self._lines_content())

    def _lines_content(self) -> Content:
        width = max(self.app.size.width - 4, 20)
        cell = 22
        across = max(1, width // cell)
        rows = [self.lines[i : i + across] for i in range(0, len(self.lines), across)]
        return as_typed(
            "\n".join(
                "".join(f"{letter}  {label}".ljust(cell) for letter, label in row) for row in rows
            )
        )

    def on_key(self, event: events.Key) -> None:
        """The letter, or anything else to leave."""
        event.stop()
        event.prevent_default()
        self.dismiss(event.character if event.character and event.character.isalpha() else "")


def lead(screen: Screen[Any], keys: tuple[Key, ...]) -> None:
    """Ask for one letter of ``keys`` over a screen, and do there what it stands for."""

    def chosen(letter: str | None) -> None:
        key = by_letter(keys, letter or "")
        if key:
            screen.run_worker(screen.run_action(key.id), group="leader")

    screen.app.push_screen(Leader([(key.letter, key.label) for key in keys]), chosen)
