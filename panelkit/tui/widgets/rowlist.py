"""A list of rows that a person walks with arrows; a letter acts on the row under the cursor."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from textual import events
from textual.app import App, ScreenStackError
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from panelkit.tui.typed import as_typed_line

SIDES: Final = 2
"""Cells that a screen keeps free beside a list."""

_seen: Final[dict[tuple[type[Screen[Any]], Size], int]] = {}
"""How wide a list was last, on which screen, in a terminal of which size."""


def likely_width(app: App[Any]) -> int:
    """How many cells across a list on the screen on top will be: as many as one there was last, else
    as the screen is, as most are."""
    return _seen.get((type(app.screen), app.size), app.size.width - SIDES)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: an id and its cells, shown as they were typed."""

    id: str
    cells: tuple[str, ...]
    strong: bool = False
    """Printed bold: owed, high, now."""
    tone: str = ""
    """A theme colour for the first cell, beside its sign and word: "$text-warning"."""
    heading: bool = False
    """A line between groups, that the cursor passes over."""
    under: str = ""
    """Words on lines of their own under the cells, wrapped: what is read aloud."""


def row_content(row: Row, widths: tuple[int, ...]) -> Content:
    """A row on one line: each cell cut to its width, all but the last filled up to it."""
    cells = []
    for place, text in enumerate(row.cells):
        width = widths[place] if place < len(widths) else None
        cell = as_typed_line(text, width)
        if width is not None and place < len(row.cells) - 1:
            cell = cell.pad_right(max(0, width - cell.cell_length))
        if row.tone and place == 0:
            cell = cell.stylize(row.tone)
        cells.append(cell)
    line_content = Content(" ").join(cells)
    return line_content.stylize("bold") if row.strong or row.heading else line_content


class RowList(OptionList):
    """Rows in columns. ``widths`` are cells; the last column takes what is left.

    | Key | Does |
    |---|---|
    | up, down, home, end | moves |
    | Enter | opens the row |
    | a letter in ``letters`` | posts ``Acted`` with it |
    """

    DEFAULT_CSS = """
    RowList { height: auto; max-height: 24; border: none; padding: 0; background: transparent; text-wrap: nowrap; }
    RowList:focus { border: none; }
    RowList > .option-list--option-disabled { color: $text-muted; }
    """

    @dataclass
    class Acted(Message):
        """A letter was pressed on a row; ``row`` is "" where the list is empty."""

        rows: RowList
        row: str
        letter: str

        @property
        def control(self) -> RowList:
            """The list that sent it."""
            return self.rows

    def __init__(
        self,
        rows: Sequence[Row],
        widths: tuple[int, ...],
        *,
        letters: str = "",
        under_lines: int = 0,
        id: str | None = None,
    ) -> None:
        """``letters`` are those that act; ``under_lines`` bounds the words under a row, 0 is all."""
        self.widths = widths
        self.letters = letters
        self.under_lines = under_lines
        self.shown = tuple(rows)
        self._drawn: tuple[int, ...] = ()
        super().__init__(id=id, markup=False)
        self._wide = 80
        """Cells across: until it is laid out, as many as are likely. Its rows need not be laid out
        twice then."""
        with suppress(RuntimeError, ScreenStackError):  # made where no program runs
            self._wide = likely_width(self.app)
        self.add_options([self._option(row) for row in rows])

    def fitted(self) -> tuple[int, ...]:
        """Widths that fill the line: the last column takes what is left, or the widest give."""
        room = self._wide - 2 - (len(self.widths) - 1)
        widths = list(self.widths)
        while sum(widths) > room and max(widths) > 6:
            widths[widths.index(max(widths))] -= 1
        if widths:
            widths[-1] += max(0, room - sum(widths))
        return tuple(widths)

    def use_widths(self, widths: tuple[int, ...]) -> None:
        """Other columns from the next :meth:`follow` on; the rows must have as many cells."""
        if widths != self.widths:
            self.widths = widths
            self._drawn = ()
            self.shown = ()

    def on_resize(self) -> None:
        """Rows are one line each, whatever the width; what is the same in it is not laid out again."""
        if not self.size.width:
            return
        _seen[type(self.screen), self.app.size] = self.size.width
        if self.size.width == self._wide:
            return
        self._wide = self.size.width
        self._drawn = self.fitted()
        fresh = [self._option(row) for row in self.shown]
        if [one.prompt for one in fresh] == [one.prompt for one in self.options]:
            return
        here = self.highlighted
        self.clear_options()
        self.add_options(fresh)
        self.highlighted = here
        # Asked for while sizes are being told, a layout may be left out: then a list that needs fewer
        # lines than before would keep the blank ones.
        self.call_after_refresh(self.refresh, layout=True)

    def _option(self, row: Row) -> Option:
        line_content = row_content(row, () if row.heading else self._drawn or self.fitted())
        if row.under:
            line_content = Content("\n").join([line_content, *self._under(row.under)])
        return Option(line_content, id=row.id, disabled=row.heading)

    def _under(self, text: str) -> list[Content]:
        """The words wrapped, at most ``under_lines`` of them; the last says that there is more."""
        width = max(self._wide - 6, 20)
        lines = textwrap.wrap(text, width) or [""]
        if self.under_lines and len(lines) > self.under_lines:
            lines = [
                *lines[: self.under_lines - 1],
                f"{lines[self.under_lines - 1][: width - 2]} …",
            ]
        return [as_typed_line(f"    {line}") for line in lines]

    def follow(self, rows: Sequence[Row]) -> None:
        """Show these rows instead, keeping the cursor on the same one."""
        fresh = tuple(rows)
        if fresh == self.shown:
            return
        here = self.current
        self.shown = fresh
        self.clear_options()
        self.add_options([self._option(row) for row in fresh])
        if here and any(row.id == here for row in fresh):
            self.highlighted = self.get_option_index(here)
        elif fresh and self.has_focus:
            self.action_first()

    def show_current(self, row: str) -> None:
        """Put the cursor on ``row``, where it is listed."""
        if row != self.current and any(shown.id == row for shown in self.shown):
            self.highlighted = self.get_option_index(row)

    @property
    def current(self) -> str:
        """Id of the row under the cursor; blank where there is none."""
        if self.highlighted is None or not self.option_count:
            return ""
        return self.get_option_at_index(self.highlighted).id or ""

    def on_focus(self) -> None:
        """The cursor shows where it is as soon as the list is reached."""
        if self.highlighted is None and self.option_count:
            self.action_first()

    def on_key(self, event: events.Key) -> None:
        """A letter that acts on the row."""
        if event.character and event.character in self.letters:
            event.stop()
            self.post_message(self.Acted(self, self.current, event.character))
