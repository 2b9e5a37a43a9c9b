"""The red line at home: this record is not as it was when it was last open here.

The record is looked at in a thread once the first frame is drawn, and nothing waits for it.
Whatever is found, nobody is kept from working.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.message import Message

from panelkit.domain.errors import PanelkitError
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from textual.app import App

    from panelkit.services.desk import Desk
    from panelkit.services.remembering import Found


@dataclass
class HeadLooked(Message):
    """The record was held against what was remembered of it."""

    found: Found


class LooksAtHead:
    """For the program: one look, after the first frame."""

    desk: Desk | None
    head_found: Found | None = None
    """What the look found; None before it, and once an alarm was settled."""

    @property
    def _program(self) -> App[Any]:
        return cast("App[Any]", self)

    def look_at_head(self) -> None:
        """Begin to look, where something is remembered."""
        if self.desk is not None and self.desk.memory is not None:
            self._program.run_worker(
                self._look, thread=True, group="head", description="the head that was remembered"
            )

    def _look(self) -> None:
        desk = self.desk
        if desk is None or desk.memory is None:
            return
        try:
            found = desk.memory.check(desk.caseload.record)
            if not found.is_alarm:
                desk.memory.remember(desk.caseload.record)
        except PanelkitError:
            # A record that cannot be read says so elsewhere; a head that cannot be kept is tried
            # again when the program ends.
            return
        self._program.post_message(HeadLooked(found))

    def on_head_looked(self, event: HeadLooked) -> None:
        """Home shows it; on another screen it is told once."""
        event.stop()
        self.head_found = event.found
        if not self._program.screen_stack:
            return  # the program ends; the next start finds the same
        follow = getattr(self._program.screen, "show_red_line", None)
        if follow is not None:
            follow()
        elif event.found.is_alarm:
            said = f"{event.found.sentence} The home screen says what to do."
            notify_typed(self._program, said, "error")
        if event.found.explained:
            notify_typed(self._program, event.found.explained)


def red_line(app: object) -> str:
    """What home says in red; blank where nothing is wrong."""
    found: Found | None = getattr(app, "head_found", None)
    if found is None or not found.is_alarm:
        return ""
    return f"! {found.sentence} ^F w says what to do."


def settle(app: App[Any], desk: Desk) -> None:
    """What to do about it; the record may be taken as it is, with a reason that is journaled."""
    from panelkit.services.remembering import Accepted

    found: Found | None = getattr(app, "head_found", None)
    memory = desk.memory
    if found is None or not found.is_alarm or memory is None:
        notify_typed(app, "This record is as it was when it was last open here.")
        return
    rows = [
        Row("", ("Leave it so", "the red line stays; everything can be done meanwhile")),
        *(
            Row(str(why), (why.label, "the journal says who said so, and the red line goes"))
            for why in Accepted
        ),
    ]

    def chosen(result: tuple[str, str] | None) -> None:
        if not result or not result[0]:
            return
        try:
            memory.accept(desk.caseload.record, Accepted(result[0]), desk.clock, desk.who)
        except PanelkitError as failed:
            notify_typed(app, failed.sentence, "error")
            return
        cast("LooksAtHead", app).head_found = None
        follow = getattr(app.screen, "show_red_line", None)
        if follow is not None:
            follow()

    foot = (
        "Do not delete anything. Look for the newer file, or hold this one against a copy:\n"
        "panelkit restore COPY says what a copy has that this has not. Enter chooses   Esc back"
    )
    app.push_screen(Listing(found.sentence, rows, (44, 60), foot=foot), chosen)
