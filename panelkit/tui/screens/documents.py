"""Write a document from the record, and say where it is."""

from __future__ import annotations

from typing import Final

from textual.screen import ModalScreen

from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import KINDS
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.takeback import TakeBackScreen
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row

TAKE_BACK: Final = "take-back"
"""The row that is no document to write, but one to read."""


class DocumentsScreen(Listing):
    """Choose a kind; it is written in a worker, so that typing goes on."""

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is printed as it is now."""
        rows = [Row(kind.id, (kind.title, kind.about)) for kind in KINDS]
        rows.append(Row(TAKE_BACK, ("Take back a draft", "What was edited in Word, word by word.")))
        super().__init__(
            f"Documents of {meeting.ref}",
            rows,
            (24, 70),
            foot=f"Enter writes it under {desk.documents}",
        )
        self.desk = desk
        self.meeting = meeting

    def dismiss(self, result: tuple[str, str] | None = None) -> object:  # type: ignore[override]
        """Write what was chosen, then close."""
        if result and result[0] == TAKE_BACK:
            app, screen = self.app, TakeBackScreen(self.desk, self.meeting)
            app.call_later(app.push_screen, screen)
        elif result and result[0]:
            write_document(self, self.desk, self.meeting, result[0])
        return super().dismiss(result)


def write_document(
    screen: ModalScreen[tuple[str, str]], desk: Desk, meeting: Meeting, kind: str
) -> None:
    """Start the writing; a toast says where it is, or why not."""
    app = screen.app

    def written() -> None:
        try:
            done = desk.minute_taking.write(meeting, kind, desk.documents)
        except PanelkitError as failed:
            app.call_from_thread(notify_typed, app, failed.sentence, "error")
        else:
            app.call_from_thread(notify_typed, app, f"Written: {done.path}  {done.note}")

    app.run_worker(
        written, thread=True, group="documents", description=f"write {kind}", exit_on_error=True
    )
