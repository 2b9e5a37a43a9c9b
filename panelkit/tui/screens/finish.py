"""Finish now: time is gone. Five answers, then the rest is parked under one reason."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.dates import read_date
from panelkit.domain.fields import long_date
from panelkit.domain.running import Interim
from panelkit.domain.vocabulary import Level
from panelkit.opened.asking import QUESTIONS
from panelkit.opened.session import Session
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line


class FinishNow(ModalScreen[None]):
    """What must hold until the meeting goes on."""

    DEFAULT_CSS = """
    FinishNow { align: center middle; background: $background 40%; }
    FinishNow > VerticalScroll { width: 92%; max-width: 100; height: auto; max-height: 92%; background: $panel; border: solid $warning; padding: 0 1; }
    FinishNow Static { height: auto; }
    FinishNow Line { height: 1; margin-bottom: 1; }
    FinishNow .problem { color: $text-error; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "finish", "Finish", priority=True),
    ]

    def __init__(self, session: Session) -> None:
        """``session`` holds the meeting that stops."""
        super().__init__()
        self.session = session
        self._begun = {name: self._draft(name) for name, _label in QUESTIONS}
        self._kept = dict(self._begun)

    def _draft(self, name: str) -> str:
        return self.session.draft(f"finish {name}")

    def save_everything(self) -> None:
        """What was typed and not taken is made durable, so that nothing loses it."""
        for line in self.query(Line):
            # What its message has not told yet is typed all the same.
            self._begun[(line.id or "").removeprefix("finish-")] = line.value
        for name, words in self._begun.items():
            if words != self._kept[name] and self.session.keep_draft(f"finish {name}", words):
                self._kept[name] = words

    def compose(self) -> ComposeResult:
        """The five questions."""
        with VerticalScroll(can_focus=False):
            yield Static("Finish now: the meeting is part heard. Ctrl+S finishes, Esc goes back.")
            for name, label in QUESTIONS:
                yield Static(as_typed(label))
                if name == "level":
                    yield Choice(Level, (str(self.session.meeting.level),))
                else:
                    yield Line(self._draft(name), id=f"finish-{name}")
            yield Static(Content(""), classes="problem")

    def on_mount(self) -> None:
        """The first question."""
        self.query_one("#finish-risk", Line).focus()
        self.set_interval(0.5, self.save_everything)

    @on(Line.Edited)
    def _edited(self, event: Line.Edited) -> None:
        event.stop()
        name = (event.editor.id or "").removeprefix("finish-")
        self._begun[name] = event.text
        if name == "resume":
            said = read_date(
                event.text, self.session.meeting.held_on, self.session.chairing.area.calendar
            )
            self._say(f"resumes {said.day:%A} {long_date(said.day)}" if said.day else said.problem)

    @on(Line.Submitted)
    def _submitted(self, event: Line.Submitted) -> None:
        event.stop()
        if event.editor.id == "finish-resume":
            self.action_finish()
        else:
            self.focus_next()

    def _say(self, text: str) -> None:
        self.query_one(".problem", Static).update(as_typed(text))

    def _line(self, name: str) -> str:
        return self.query_one(f"#finish-{name}", Line).value

    def action_finish(self) -> None:
        """Record it; what is missing is said under the questions."""
        picked = self.query_one(Choice).picked
        said = read_date(
            self._line("resume"), self.session.meeting.held_on, self.session.chairing.area.calendar
        )
        interim = Interim(
            risk=self._line("risk"),
            level=Level(picked[0]) if picked else None,
            actions=self._line("actions"),
            reason=self._line("reason"),
            resume_on=said.day,
        )
        chairing = self.session.chairing
        if refused := self.session.do(lambda m: chairing.finish_now(m, interim)):
            self._say(refused)
            return
        for line in self.query(Line):
            line.load("")  # stored now: nothing of it waits
        self.save_everything()
        self.dismiss(None)

    def action_leave(self) -> None:
        """Back to the meeting; what was typed waits."""
        self.save_everything()
        self.dismiss(None)
