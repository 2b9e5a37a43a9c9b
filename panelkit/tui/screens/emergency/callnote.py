"""The calls to one organisation: each attempt with its time, and what was said at the last."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.services.clock import room_time
from panelkit.services.emergency import Emergency
from panelkit.tui.session import Session
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.words import Line


class CallNote(ModalScreen[None]):
    """Who was asked for and what was said; left, it is stored. Not opened on a shared screen."""

    DEFAULT_CSS = """
    CallNote { align: center middle; background: $background 40%; }
    CallNote > VerticalScroll { width: 90%; max-width: 96; height: auto; max-height: 90%; background: $panel; border: solid $primary; padding: 0 1; }
    CallNote Static { height: auto; }
    CallNote .title { text-style: bold; margin-bottom: 1; }
    CallNote Line { height: 1; margin-bottom: 1; }
    CallNote .problem { color: $text-error; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "leave", "Keep", priority=True),
    ]

    def __init__(self, session: Session, emergency: Emergency, organisation: str) -> None:
        """``organisation`` has a line in the log of the session's meeting."""
        super().__init__()
        self.session = session
        self.emergency = emergency
        self.organisation = organisation
        self.last = self._lines()[-1]

    def _lines(self) -> list[e.Call]:
        wanted = self.organisation.casefold()
        meeting = self.session.meeting
        return [c for c in meeting.live(e.Call) if c.organisation.casefold() == wanted]

    def compose(self) -> ComposeResult:
        """Every attempt, then the words of the last."""
        with VerticalScroll(can_focus=False):
            yield Static(as_typed(self.organisation), classes="title")
            yield Static(as_typed("\n".join(self._said(c) for c in self._lines())))
            yield Static(Content(""))
            yield Static(as_typed("Person or desk asked for"))
            yield Line(self.last.person, id="person")
            yield Static(as_typed("What was said (Enter or Esc keeps it)"))
            yield Line(self.last.note, id="note")
            yield Static(Content(""), classes="problem")

    def _said(self, call: e.Call) -> str:
        at = f"{room_time(call.at):%d %b %H:%M}" if call.at else ""
        outcome = call.outcome.label if call.outcome else ""
        parts = (at, outcome, call.person, call.note, f"rung by {call.rung_by}")
        return "   ".join(part for part in parts if part)

    def on_mount(self) -> None:
        """What was said."""
        self.query_one("#note", Line).focus()

    def on_line_submitted(self, event: Line.Submitted) -> None:
        """Enter: from the person to the words, from the words back."""
        event.stop()
        if event.editor.id == "person":
            self.query_one("#note", Line).focus()
        else:
            self.action_leave()

    def save_everything(self) -> None:
        """For signals and faults."""
        self._keep()

    def _keep(self) -> str:
        person, note = (self.query_one(f"#{name}", Line).value for name in ("person", "note"))
        if (person, note) == (self.last.person, self.last.note):
            return ""
        call_id = self.last.id
        refused = self.session.do(
            lambda m: self.emergency.note(m, call_id, person=person, note=note)
        )
        if not refused:
            self.last = self.session.meeting.entry(e.Call, call_id)
        return refused

    def action_leave(self) -> None:
        """Stored, then back; where it cannot be stored the words stay in sight."""
        refused = self._keep()
        if refused:
            self.query_one(".problem", Static).update(as_typed(refused))
            return
        self.dismiss(None)
