"""Which Word file a live case is taken on from; those that were begun are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.domain.taking_on import HalfRead
from panelkit.services.clock import room_time
from panelkit.services.desk import Desk
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Line


class MinutesFile(ModalScreen[str]):
    """Returns the id of what is half read: of the file that is named, or one that was begun; "" for
    none."""

    needs = Act.PLAN
    DEFAULT_CSS = """
    MinutesFile { align: center middle; background: $background 40%; }
    MinutesFile > Vertical { width: 92%; max-width: 110; height: auto; max-height: 90%; background: $panel; border: solid $primary; padding: 0 1; }
    MinutesFile Static { height: auto; }
    MinutesFile .title { text-style: bold; }
    MinutesFile .facts { color: $text-muted; margin-bottom: 1; }
    MinutesFile .begun { margin-top: 1; }
    MinutesFile .problem { color: $text-error; }
    MinutesFile .foot { color: $text-muted; }
    MinutesFile Line { height: 1; }
    MinutesFile RowList { max-height: 14; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    def __init__(self, desk: Desk) -> None:
        """``desk`` reads it."""
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """The path, what was begun, what is wrong, the keys."""
        with Vertical():
            yield Static(
                as_typed("Take on a live case from its last Word minutes"), classes="title"
            )
            yield Static(
                as_typed(
                    "Whoever wrote them: actions, owners, dates, attendance and decisions are read, and "
                    "shown line by line. The file itself is neither kept nor changed."
                ),
                classes="facts",
            )
            yield Line("", placeholder="type or paste the path of the .docx file")
            yield Static(as_typed("Begun, and kept where you left it:"), classes="begun")
            yield RowList((), (40, 30, 20))
            yield Static(Content(""), classes="problem")
            yield Static(
                as_typed("Enter reads it, or goes on   Tab to the other   Esc back"), classes="foot"
            )

    def _row(self, half: HalfRead) -> Row:
        left = len(half.undecided)
        day = short_date(room_time(half.begun_at).date()) if half.begun_at else ""
        return Row(half.id, (half.file, f"{left} of {len(half.lines)} lines left", day))

    def on_mount(self) -> None:
        """What was begun is at hand; else the path is asked for."""
        rows = self.query_one(RowList)
        found: tuple[HalfRead, ...] = ()
        try:
            found = self.desk.taking_on.begun()
        except PanelkitError as failed:
            self._say(failed.sentence)
        rows.follow([self._row(half) for half in found])
        for widget in (rows, self.query_one(".begun")):
            widget.display = bool(found)
        (rows if found else self.query_one(Line)).focus()

    @on(Line.Edited)
    def _typing(self, event: Line.Edited) -> None:
        event.stop()
        self._say("")

    @on(Line.Submitted)
    def _named(self, event: Line.Submitted) -> None:
        event.stop()
        named = event.text.strip().strip("\"'")
        if not named:
            return
        try:
            half = self.desk.taking_on.read(Path(named).expanduser(), fiction=self.desk.demo)
        except PanelkitError as failed:
            self._say(failed.sentence)
            return
        self.dismiss(half.id)

    @on(RowList.OptionSelected)
    def _chosen(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id or "")

    def _say(self, words: str) -> None:
        self.query_one(".problem", Static).update(as_typed(words))

    def action_leave(self) -> None:
        """Back; nothing was read."""
        self.dismiss("")
