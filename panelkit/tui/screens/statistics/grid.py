"""Tables with one cursor over all their cells; Enter asks what is behind the one it is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from panelkit.tui.screens.statistics.layout import Laid, Place
from panelkit.tui.widgets.lines import Lines


class CellGrid(Lines, can_focus=True):
    """The tables of a year, and what is written under them.

    | Key | Does |
    |---|---|
    | arrows | the next cell, from table to table; on after the last, the words under it |
    | PgUp, PgDn, Home, End | a screen up or down, the first cell, the end |
    | Enter | what is behind the cell |
    """

    DEFAULT_CSS = """
    CellGrid { scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("left", "aside(-1)", "Left", show=False),
        Binding("right", "aside(1)", "Right", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "End", show=False),
        Binding("enter", "choose", "Behind it", show=False),
    ]

    @dataclass
    class OfCell(Message):
        """What every message about a cell carries."""

        grid: CellGrid
        place: Place

        @property
        def control(self) -> CellGrid:
            """The grid that sent it."""
            return self.grid

    @dataclass
    class At(OfCell):
        """The cursor came to a cell."""

    @dataclass
    class Chosen(OfCell):
        """Enter, or a click, on a cell."""

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until :meth:`lay`."""
        super().__init__((), id=id)
        self.laid = Laid()
        self.at: tuple[int, int] = (0, 0)
        """Row among all rows, column in it."""

    @property
    def place(self) -> Place | None:
        """The cell under the cursor; None where there is no table."""
        if not self.laid.rows:
            return None
        row = self.laid.rows[min(self.at[0], len(self.laid.rows) - 1)]
        return row[min(self.at[1], len(row) - 1)]

    def lay(self, laid: Laid) -> None:
        """Show these lines; the cursor stays on the cell that it was on, where there is such."""
        here = self.place
        self.laid = laid
        if here is not None:
            same = (
                (n, m)
                for n, row in enumerate(laid.rows)
                for m, place in enumerate(row)
                if (place.table, place.row, place.column) == (here.table, here.row, here.column)
            )
            self.at = next(same, (0, 0))
        self._draw()

    def _draw(self) -> None:
        lines = list(self.laid.lines)
        place = self.place
        if place is not None and self.has_focus:
            marked: Content = lines[place.line]
            lines[place.line] = marked.stylize("reverse", place.start, place.end)
        self.show(lines)

    def on_focus(self) -> None:
        """The cell under the cursor is marked."""
        self._draw()

    def on_blur(self) -> None:
        """It is marked only here."""
        self._draw()

    # -- moving ------------------------------------------------------------------------

    def _go(self, row: int, column: int) -> None:
        rows = self.laid.rows
        if not rows:
            return
        row = max(0, min(row, len(rows) - 1))
        self.at = (row, max(0, min(column, len(rows[row]) - 1)))
        self._draw()
        self._reveal()
        place = self.place
        if place is not None:
            self.post_message(self.At(self, place))

    def _reveal(self) -> None:
        """The cursor's row in sight, with its table's heading where that is above it."""
        place = self.place
        if place is None:
            return
        first = next(row[0].line for row in self.laid.rows if row[0].table == place.table)
        top = 0 if self.at[0] == 0 else max(first - 3, place.line - self.size.height + 2)
        low = place.line + 2
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        elif low > self.scroll_offset.y + self.size.height:
            self.scroll_to(y=low - self.size.height, animate=False, force=True, immediate=True)

    def _in_sight(self) -> bool:
        place = self.place
        top = self.scroll_offset.y
        return place is not None and top <= place.line < top + self.size.height

    def action_step(self, by: int) -> None:
        """The row before or after; beyond the last one the words are scrolled."""
        past = self.at[0] + by >= len(self.laid.rows)
        if (by > 0 and past) or (by < 0 and not self._in_sight()):
            self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True, immediate=True)
        else:
            self._go(self.at[0] + by, self.at[1])

    def action_aside(self, by: int) -> None:
        """The cell beside it."""
        self._go(self.at[0], min(self.at[1], len(self.laid.rows[self.at[0]]) - 1) + by if self.laid.rows else 0)  # fmt: skip

    def action_page(self, by: int) -> None:
        """A screen up or down; the cursor comes along where a table is there."""
        step = max(self.size.height - 2, 1)
        top = max(0, min(self.scroll_offset.y + by * step, self.max_scroll_y))
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        shown = range(int(top), int(top) + self.size.height)
        rows = [n for n, row in enumerate(self.laid.rows) if row[0].line in shown]
        if rows:
            row = rows[0] if by > 0 else rows[-1]
            if (row - self.at[0]) * by > 0:
                self.at = (row, self.at[1])
                self._draw()
                place = self.place
                if place is not None:
                    self.post_message(self.At(self, place))

    def action_first(self) -> None:
        """The first cell."""
        self._go(0, 0)

    def action_last(self) -> None:
        """The end of what is written; the cursor on the last row."""
        self._go(len(self.laid.rows) - 1, self.at[1])
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)

    def action_choose(self) -> None:
        """Say which cell was chosen."""
        place = self.place
        if place is not None:
            self.post_message(self.Chosen(self, place))

    def on_click(self, event: events.Click) -> None:
        """The cell that was clicked is chosen."""
        y, x = event.y + self.scroll_offset.y, event.x
        for n, row in enumerate(self.laid.rows):
            for m, place in enumerate(row):
                if place.line == y and place.start <= x < place.end:
                    event.stop()
                    self._go(n, m)
                    self.action_choose()
                    return
