"""The form of one request from outside: saved as it is typed, field by field."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from panelkit.domain.dates import read_date
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.fields import Field, FieldKind, long_date, store_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.requests import FORM, Request
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.tui.sight import take_keys
from panelkit.tui.typed import as_typed, as_typed_line, notify_typed
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line, Words

SAVE_EVERY = 1.0
"""Seconds between savings while somebody types."""


class RequestForm(ModalScreen[None]):
    """Who asks, on what basis, by when; then the words written for the summary."""

    DEFAULT_CSS = """
    RequestForm { align: center middle; background: $background 40%; }
    RequestForm > VerticalScroll { width: 94%; max-width: 124; height: auto; max-height: 94%; background: $panel; border: solid $primary; padding: 0 1; }
    RequestForm .title { text-style: bold; height: auto; margin-bottom: 1; }
    RequestForm .label { color: $text-muted; height: auto; }
    RequestForm .under { color: $text-error; height: auto; display: none; }
    RequestForm .under.-shown { display: block; }
    RequestForm .under.-understood { color: $text-muted; }
    RequestForm Line { height: 1; max-height: 1; margin-bottom: 1; }
    RequestForm Words { height: auto; min-height: 1; max-height: 12; margin-bottom: 1; }
    RequestForm Choice { margin-bottom: 1; }
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "leave", "Done", priority=True),
    ]

    def __init__(self, desk: Desk, meeting: Meeting, request: Request) -> None:
        """``request`` is still open: an issued one is only read."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.request = request
        self.visit = new_id()
        self.problems: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Every field of the form, in order."""
        with VerticalScroll(can_focus=False):
            heading = f"Request {self.request.ref} about {self.meeting.ref}   saved as you type; Esc goes back"
            yield Static(as_typed(heading), classes="title")
            for field in FORM:
                yield Static(as_typed(field.label), classes="label")
                yield self._editor(field)
                yield Static(Content(""), classes="under", id=f"under-{field.key}")

    def _editor(self, field: Field) -> Widget:
        stored = self._stored(field.key)
        if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
            values = tuple(part for part in stored.split(",") if part)
            choice = Choice(field.term, values, several=field.kind is FieldKind.CHOICES)
            choice.id = f"ask-{field.key}"
            return choice
        if field.kind is FieldKind.WORDS:
            return Words(stored, id=f"ask-{field.key}")
        return Line(self._shown(field.key), id=f"ask-{field.key}")

    def _stored(self, key: str) -> str:
        return store_text(getattr(self.request, key))

    def _shown(self, key: str) -> str:
        value = getattr(self.request, key)
        return long_date(value) if key.endswith("_on") else store_text(value)

    def on_mount(self) -> None:
        """The first question takes the keys; words are made durable while they are typed."""
        take_keys(self.query_one("#ask-requester", Line))
        self.set_interval(SAVE_EVERY, self.save)

    # -- saving ------------------------------------------------------------------------

    def save(self) -> None:
        """Store what changed; what cannot be read or stored says why under its field."""
        for field in FORM:
            self._save_field(field)

    def save_everything(self) -> None:
        """For signals and faults."""
        self.save()

    def _save_field(self, field: Field) -> None:
        try:
            text = self._text(field)
            if text == self._stored(field.key):
                problem = ""
            else:
                due = self.request.due_on
                self.request = self.desk.answering.change(
                    self.request, {field.key: text}, visit=self.visit
                )
                problem = ""
                if self.request.due_on != due and field.key != "due_on":
                    self.query_one("#ask-due_on", Line).load(self._shown("due_on"))
        except PanelkitError as failed:
            problem = failed.sentence
        if problem != self.problems.get(field.key, ""):
            self.problems[field.key] = problem
            self._say(field.key, problem)

    def _text(self, field: Field) -> str:
        editor = self.query_one(f"#ask-{field.key}")
        if isinstance(editor, Choice):
            return ",".join(editor.picked)
        assert isinstance(editor, Words)  # noqa: S101 - the form is made of these two
        if field.kind is not FieldKind.DATE or not editor.value.strip():
            return editor.value
        try:
            return store_text(field.parse(editor.value))
        except BadInput:
            said = read_date(editor.value, self.desk.clock().date(), self.desk.area.calendar)
            if said.day is None:
                raise BadInput(f"{field.label}: {said.problem}") from None
            return store_text(said.day)

    def _say(self, key: str, words: str) -> None:
        under = self.query_one(f"#under-{key}", Static)
        under.set_class(bool(words), "-shown")
        under.update(as_typed_line(words))

    @on(Words.Left)
    @on(Line.Left)
    @on(Choice.Picked)
    def _left(self, event: Words.Left | Line.Left | Choice.Picked) -> None:
        event.stop()
        self.save()

    @on(Line.Submitted)
    def _submitted(self, event: Line.Submitted) -> None:
        event.stop()
        self.save()
        self.focus_next()

    def action_leave(self) -> None:
        """Back, unless something typed could not be stored."""
        self.save()
        waiting = [words for words in self.problems.values() if words]
        if waiting:
            notify_typed(self.app, f"{waiting[0]} Mend it, or clear the field.", "warning")
            return
        self.dismiss(None)
