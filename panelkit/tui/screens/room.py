"""^T: the room, over whatever item is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.opened.sharing import Shareable
from panelkit.services.chairing import new_id
from panelkit.tui.following import Following
from panelkit.tui.messages import Problem
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.screens.withdrawing import Withdrawing
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.also_here import everybody_else
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.roomboard import RoomBoard
from panelkit.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from panelkit.tui.screens.meeting import MeetingScreen


class RoomScreen(Following, Withdrawing, Shareable, ModalScreen[None]):
    """Joined, left, late, deputy, report only; the pane underneath keeps its cursor."""

    DEFAULT_CSS = """
    RoomScreen { align: center middle; background: $background 40%; }
    RoomScreen > VerticalScroll { width: 94%; max-width: 124; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+t", "leave", "Back", priority=True),
    ]

    def __init__(self, owner: MeetingScreen) -> None:
        """``owner`` is the meeting's screen."""
        super().__init__()
        self.owner = owner
        self.session = owner.session

    def compose(self) -> ComposeResult:
        """The board."""
        with VerticalScroll(can_focus=False):
            yield Static("Esc goes back to where you were.")
            yield Static(id="elsewhere")
            yield RoomBoard(self.session)

    def on_mount(self) -> None:
        """The list takes the keys."""
        self._show_elsewhere()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """The list as it is now, and who else has the meeting open."""
        self._show_elsewhere()
        self.query_one(RoomBoard).follow()

    def _show_elsewhere(self) -> None:
        words, elsewhere = everybody_else(self.session), self.query_one("#elsewhere", Static)
        elsewhere.update(as_typed(words))
        elsewhere.display = bool(words)

    @on(EntryTable.Wanted)
    def _wanted(self, event: EntryTable.Wanted) -> None:
        event.stop()
        entry = event.entry
        if not entry:
            fresh = e.Attendance(id=new_id())
            self.session.begin(fresh)
            entry = fresh.id
        self.app.push_screen(EntryForm(self.session, e.Attendance, entry))

    @on(Problem)
    def _problem(self, event: Problem) -> None:
        event.stop()
        notify_typed(self.app, event.sentence, "warning")

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
