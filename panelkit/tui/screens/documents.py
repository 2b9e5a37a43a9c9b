"""Write a document from the record, and say where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.screen import ModalScreen

from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import KINDS, kind_called
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.requests import RequestsScreen
from panelkit.tui.screens.takeback import TakeBackScreen
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from panelkit.documents.files import Written

TAKE_BACK: Final = "take-back"
"""The row that is no document to write, but one to read."""


class DocumentsScreen(Listing):
    """Choose a kind; it is written in a worker, so that typing goes on."""

    needs = Act.READ

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is printed as it is now."""
        rows = [Row(kind.id, (kind.title, kind.about)) for kind in KINDS]
        rows.append(Row(TAKE_BACK, ("Take back a draft", "What was edited in Word, word by word.")))
        super().__init__(
            f"Documents of {meeting.ref}",
            rows,
            (24, 70),
            foot=f"Enter writes it under {desk.documents}",
            shared=True,
        )
        self.desk = desk
        self.meeting = meeting

    def dismiss(self, result: tuple[str, str] | None = None) -> object:  # type: ignore[override]
        """Write what was chosen, or go to the requests that it answers, then close."""
        app, desk, meeting = self.app, self.desk, self.meeting
        chosen = result[0] if result else ""
        if chosen == TAKE_BACK:
            app.call_later(app.push_screen, TakeBackScreen(desk, meeting))
            return super().dismiss(result)
        to_requests = bool(chosen) and kind_called(chosen).answers_request
        if chosen and not to_requests:
            write_document(self, desk, meeting, chosen)
        done = super().dismiss(result)
        if to_requests:
            app.push_screen(RequestsScreen(desk, meeting))
        return done


def write_document(
    screen: ModalScreen[tuple[str, str]], desk: Desk, meeting: Meeting, kind: str
) -> None:
    """Start the writing; a toast says where it is, or why not."""
    app = screen.app

    def written() -> None:
        try:
            done = desk.minute_taking.write_all(meeting, kind, desk.documents)
        except PanelkitError as failed:
            app.call_from_thread(notify_typed, app, failed.sentence, "error")
        else:
            app.call_from_thread(notify_typed, app, told(done))

    app.run_worker(
        written, thread=True, group="documents", description=f"write {kind}", exit_on_error=True
    )


def told(written: tuple[Written, ...]) -> str:
    """Where the files are: each by name, or how many of them in which folder."""
    if len(written) == 1:
        return f"Written: {written[0].path}  {written[0].note}"
    notes = " ".join(done.note for done in written if done.note)
    return f"Written: {len(written)} files in {written[0].path.parent}  {notes}"
