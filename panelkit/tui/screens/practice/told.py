"""How am I doing: item by item what the record shows, and what a reader would look for in vain."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.practice import ItemFeedback, Missed
from panelkit.opened.practised import LATER, SUGGESTION, heading, summary_lines
from panelkit.services.desk import Desk
from panelkit.services.practising import Asked, Practising
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = ("Up Down Items", "Enter Go there", "F5 Write the sheet", "Esc Back")
WHOLE: Final = "case"
"""Id of the row of what is said of the case and of no item."""


class PracticeTold(Screen[str]):
    """What a learner is told. Returns the item to go to; blank for where they were.

    | Key | Does |
    |---|---|
    | up, down | the items |
    | Enter | goes to the item |
    | F5 | writes the sheet, as Word |
    | Esc | back |
    """

    needs = Act.READ
    DEFAULT_CSS = """
    PracticeTold { layout: vertical; }
    PracticeTold #top { height: 1; background: $warning; color: $text; text-style: bold; }
    PracticeTold #words { height: auto; padding: 0 1; }
    PracticeTold Horizontal { height: 1fr; }
    PracticeTold #items { width: 50; height: 100%; border-right: solid $foreground 20%; padding: 0 1; }
    PracticeTold #items RowList { max-height: 100; }
    PracticeTold #told { width: 1fr; height: 100%; padding: 0 1; }
    PracticeTold #keys { height: 1; background: $panel; color: $text-muted; }
    PracticeTold.-narrow Horizontal { layout: vertical; }
    PracticeTold.-narrow #items { width: 100%; height: 7; border-right: none; border-bottom: solid $foreground 20%; }
    PracticeTold.-narrow #told { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f7", "leave", "Back", priority=True),
        Binding("f5", "write", "Write the sheet", priority=True),
        Binding("pageup", "scroll(-1)", "Up", priority=True),
        Binding("pagedown", "scroll(1)", "Down", priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared by Textual as an instance list
        (0, "-narrow"),
        (100, "-normal"),
    ]

    def __init__(
        self, desk: Desk, practice: Practising, meeting: Meeting, asked: Asked, at: str = ""
    ) -> None:
        """``asked`` is of ``meeting``; the item ``at`` is shown first, where something is said of it."""
        super().__init__()
        self.desk = desk
        self.practice = practice
        self.meeting = meeting
        self.asked = asked
        self.at = at

    def compose(self) -> ComposeResult:
        """How much, the items, what is told of one, the keys."""
        yield Static(self._top_content(), id="top")
        yield Static(as_typed("\n".join(summary_lines(self.asked))), id="words")
        with Horizontal():
            with VerticalScroll(id="items", can_focus=False):
                yield RowList([self._row(one) for one in self.asked.items], (4, 12, 30))
            with VerticalScroll(id="told", can_focus=False):
                yield Static(Content(""))
        yield Static(as_typed_line(""), id="keys")

    def on_mount(self) -> None:
        """The first item with something to mend is under the cursor."""
        rows = self.query_one(RowList)
        rows.focus()
        here = [one for one in self.asked.items if one.reached and one.code == self.at]
        mend = [one for one in self.asked.items if one.missed]
        first = next(iter([*here, *mend, *self.asked.items]), None)
        if first is not None:
            rows.show_current(first.code or WHOLE)
            self._show(first)

    def on_resize(self) -> None:
        """As many keys as fit."""
        self.query_one("#top", Static).update(self._top_content())
        self.query_one("#keys", Static).update(fitting_content(KEYS, self.app.size.width))

    def _top_content(self) -> Content:
        scenario = self.practice.scenario
        said = f" {self.desk.area.marking}   How am I doing   {scenario.title}   attempt {self.practice.number}"
        return as_typed_line(said, self.app.size.width)

    def _row(self, one: ItemFeedback) -> Row:
        short = next((item.short for item in self.meeting.agenda if item.code == one.code), "")
        cells = (one.code, short or one.title, one.figures)
        return Row(one.code or WHOLE, cells, strong=bool(one.missed))

    def _one(self, row: str) -> ItemFeedback | None:
        return next((one for one in self.asked.items if (one.code or WHOLE) == row), None)

    @on(RowList.OptionHighlighted)
    def _moved(self, event: RowList.OptionHighlighted) -> None:
        event.stop()
        one = self._one(event.option.id or "")
        if one is not None:
            self._show(one)

    def _show(self, one: ItemFeedback) -> None:
        told = self.query_one("#told", VerticalScroll)
        told.query_one(Static).update(told_content(one))
        told.scroll_home(animate=False)

    @on(RowList.OptionSelected)
    def _chosen(self, event: RowList.OptionSelected) -> None:
        event.stop()
        row = event.option.id or ""
        self.dismiss("" if row == WHOLE else row)

    def action_write(self) -> None:
        """The sheet, as Word."""
        try:
            written = self.practice.write(self.meeting, self.desk.documents)
        except PanelkitError as failed:
            notify_typed(self.app, failed.sentence, "error")
            return
        notify_typed(self.app, f"Written: {written.path} {written.note}".rstrip())

    def action_scroll(self, by: int) -> None:
        """What is told moves, the cursor stays."""
        told = self.query_one("#told", VerticalScroll)
        told.scroll_relative(y=by * max(1, told.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Back to where they were."""
        self.dismiss("")


def told_content(one: ItemFeedback) -> Content:
    """Everything that is told of one item."""
    parts = [as_typed(heading(one)).stylize("bold")]
    if not one.reached:
        parts.append(
            as_typed("The panel has not come to it yet. Nothing is said of it until then.")
        )
    if one.well:
        parts += [Content(""), as_typed("RECORDED WELL").stylize("$text-success")]
        parts += [as_typed(f"✓ {words}") for words in one.well]
    if one.missed:
        parts += [Content(""), as_typed("WHAT A READER WOULD MISS").stylize("$text-warning")]
    for number, missed in enumerate(one.missed, start=1):
        parts += [_missed_content(number, missed), Content("")]
    if one.reached and not one.missed and one.well:
        parts += [Content(""), as_typed("Nothing was found here that asks to be done otherwise.")]
    return Content("\n").join(parts)


def _missed_content(number: int, missed: Missed) -> Content:
    lines = [
        as_typed(f"{number}. {missed.words}").stylize("bold"),
        as_typed(f"A reader asks: {missed.asks}"),
        as_typed(f"Better: {missed.better}"),
        as_typed(f"Source: {missed.source}").stylize("$text-muted"),
    ]
    if missed.later:
        lines.append(as_typed(LATER).stylize("$text-muted"))
    if missed.is_suggestion:
        lines.append(as_typed(SUGGESTION).stylize("$text-muted"))
    return Content("\n").join(lines)
