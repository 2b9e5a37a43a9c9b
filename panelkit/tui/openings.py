"""Whoever opens a meeting on a screen is journaled, once: in one place for every screen.

A screen that is opened over another of the same meeting is no new opening, nor is one that
comes back from behind. Where the record cannot be written, that is said once and tried again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast
from weakref import WeakSet

from textual.screen import Screen

from panelkit.domain.meeting import By, Meeting
from panelkit.services.chairing import new_id
from panelkit.services.opening import Opening
from panelkit.store.hurry import in_a_hurry
from panelkit.tui.typed import notify_typed

if TYPE_CHECKING:
    from textual.app import App

    from panelkit.services.desk import Desk

AGAIN: Final = 2.0
"""Seconds until it is tried again."""

HOW: Final = {
    "MeetingScreen": "the meeting", "DraftScreen": "the draft", "AuditScreen": "an audit",
    "MinutesLifeScreen": "the life of the minutes", "DocumentsScreen": "its documents",
    "HandOverScreen": "its hand-over", "RequestsScreen": "its requests",
    "HistoryScreen": "its histories", "PutOffDays": "its day",
}  # fmt: skip
"""What a screen is called in the journal's act; any other is a screen."""


def meeting_on(screen: Screen[Any]) -> Meeting | None:
    """The meeting that a screen shows; None where it shows none."""
    found = getattr(getattr(screen, "session", screen), "meeting", None)
    if found is None and getattr(screen, "reads", False):
        found = getattr(screen, "held", None)
    return found if isinstance(found, Meeting) else None


class JournalsOpenings:
    """For the program: looks at each screen as it comes up."""

    desk: Desk | None

    @property
    def _app(self) -> App[Any]:
        return cast("App[Any]", self)

    def follow_openings(self) -> None:
        """From now on."""
        self._noted: WeakSet[Screen[Any]] = WeakSet()
        self._app.screen_change_signal.subscribe(self._app, self._came_up)
        self._came_up(self._app.screen)

    def _came_up(self, screen: Screen[Any]) -> None:
        meeting = meeting_on(screen)
        if meeting is None or screen in self._noted or self.desk is None:
            return
        others = [each for each in self._app.screen_stack if each is not screen]
        if any((under := meeting_on(each)) and under.id == meeting.id for each in others):
            return
        self._noted.add(screen)
        desk = getattr(screen, "desk", self.desk)
        opening = Opening(desk.caseload.record, desk.clock, desk.who)
        how = HOW.get(type(screen).__name__, "a screen")
        by, command = opening.by(), new_id()
        # After the frame: nobody waits for it.
        self._app.call_after_refresh(self._note, opening, meeting, how, by, command, told=False)

    @in_a_hurry
    def _note(
        self, opening: Opening, meeting: Meeting, how: str, by: By, command: str, *, told: bool
    ) -> None:
        problem = opening.note([meeting], how, by=by, command=command)
        if not problem:
            return
        if not told:
            said = (
                f"That you opened {meeting.ref} is not journaled yet: {problem} It is tried again."
            )
            notify_typed(self._app, said, "warning")
        self._app.set_timer(
            AGAIN, lambda: self._note(opening, meeting, how, by, command, told=True)
        )
