"""Requests from outside for the minutes: log, words, check, approval, issue, letter.

Full minutes cannot be chosen here: what leaves from this screen is a summary that was
checked and approved, and the letter that goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.requests import FORM, Request, missing
from panelkit.domain.vocabulary import MeetingRole
from panelkit.services.desk import Desk
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.redaction import RedactionCheck
from panelkit.tui.screens.requestform import RequestForm
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "n new   Enter opens   c check   a approve   i issue   w write the letter and the summary   Esc back"


class RequestsScreen(ModalScreen[None]):
    """The requests about one meeting; a letter takes the next step of the one under the cursor."""

    needs = Act.ANSWER
    DEFAULT_CSS = """
    RequestsScreen { align: center middle; background: $background 40%; }
    RequestsScreen > Vertical { width: 94%; max-width: 130; height: auto; max-height: 90%; background: $panel; border: solid $primary; padding: 0 1; }
    RequestsScreen .title { text-style: bold; height: auto; }
    RequestsScreen .said { height: auto; }
    RequestsScreen .foot { color: $text-muted; height: auto; }
    RequestsScreen RowList { min-height: 3; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
    ]

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is the one whose minutes are asked for."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.requests: tuple[Request, ...] = ()

    def compose(self) -> ComposeResult:
        """The log, what was said last, the keys."""
        with Vertical():
            heading = f"Requests from outside about {self.meeting.ref}"
            yield Static(as_typed(heading), classes="title")
            yield RowList((), (4, 28, 26, 16, 28), letters="nciaw")
            yield Static(Content(""), classes="said")
            yield Static(as_typed(KEYS), classes="foot")

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """Show the log as the record has it."""
        self._try(self._load)
        rows = self.query_one(RowList)
        rows.follow([self._row(request) for request in self.requests])
        if not self.requests:
            self._say("No request is logged. n logs one.")

    def _load(self) -> None:
        self.requests = self.desk.answering.requests(self.meeting)

    def _row(self, request: Request) -> Row:
        who = request.requester or "not yet written"
        due = f"due {short_date(request.due_on)}" if request.due_on else ""
        cells = (request.ref, who, show_text(request.capacity), due, stage_of(request))
        return Row(request.id, cells)

    def _say(self, words: str) -> None:
        self.query_one(".said", Static).update(as_typed(words))

    def _try(self, act: Callable[[], None]) -> None:
        """Do it, or say why not."""
        try:
            act()
        except PanelkitError as failed:
            self._say(failed.sentence)

    # -- steps -------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if request := self._at(event.option.id or ""):
            self._open(request)

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "n":
            self._try(self._log)
            return
        request = self._at(event.row)
        steps = {"c": self._check, "a": self._approve, "i": self._issue, "w": self._write}
        if request is not None:
            self._try(lambda: steps[event.letter](request))

    def _at(self, row: str) -> Request | None:
        return next((request for request in self.requests if request.id == row), None)

    def _log(self) -> None:
        request = self.desk.answering.log(self.meeting)
        self.follow()
        self.query_one(RowList).show_current(request.id)
        self._open(request)

    def _open(self, request: Request) -> None:
        def back(_: None) -> None:
            self._say("")
            self.follow()

        if request.is_issued:
            lines = [
                f"{field.label}\n    {show_text(getattr(request, field.key)) or 'Not recorded'}"
                for field in FORM
            ]
            page = Page(f"Request {request.ref}: issued", as_typed("\n".join(lines)))
            self.app.push_screen(page, back)
            return
        self.app.push_screen(RequestForm(self.desk, self.meeting, request), back)

    def _check(self, request: Request) -> None:
        answering = self.desk.answering
        answering.may_be_checked(self.meeting, request)

        def read(confirmed: tuple[str, ...] | None) -> None:
            if confirmed is not None:
                self._try(lambda: self._checked(request, confirmed))

        check = RedactionCheck(
            f"request {request.ref}",
            answering.preview(self.meeting, request),
            answering.findings(self.meeting, request),
        )
        self.app.push_screen(check, read)

    def _checked(self, request: Request, confirmed: tuple[str, ...]) -> None:
        self.desk.answering.check(self.meeting, request, confirmed)
        self.follow()
        self._say("Checked. a records the chair's approval.")

    def _approve(self, request: Request) -> None:
        chair = self.meeting.role(MeetingRole.CHAIR)
        name = chair.name if chair else "nobody is recorded"

        def typed(line: str | None) -> None:
            if line:
                self._try(lambda: self._approved(request, line))

        self.app.push_screen(
            OneLine(
                f"Approval of the summary for {request.ref}",
                lambda line: f"approved by {line.strip()}",
                hint=f"Type the name of the chair who approved this text ({name}); Esc leaves it.",
            ),
            typed,
        )

    def _approved(self, request: Request, name: str) -> None:
        self.desk.answering.approve(self.meeting, request, name)
        self.follow()
        self._say("Approved. i issues it: the text is then frozen.")

    def _issue(self, request: Request) -> None:
        issued = self.desk.answering.issue(self.meeting, request)
        self.follow()
        self._write(issued)

    def _write(self, request: Request) -> None:
        answering, folder = self.desk.answering, self.desk.documents
        written = [answering.write_reply(self.meeting, request, folder)]
        if request.is_issued:
            written.append(answering.write_summary(self.meeting, request, folder))
        for done in written:
            notify_typed(self.app, f"Written: {done.path}  {done.note}")
        self._say(f"Written to {folder}.")

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.dismiss(None)


def stage_of(request: Request) -> str:
    """What is to be done next, in words."""
    if request.outcome is not None:
        version = f", version {request.issued_version}" if request.is_issued else ""
        return f"{request.outcome.label}{version}"
    if request.approved_by:
        return "approved: issue it"
    if request.checked_by:
        return "checked: the chair approves"
    owed = len(missing(request))
    return f"{owed} to be written" if owed else "to be checked"
