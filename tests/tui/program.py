"""The whole program over a desk, for journeys that go from screen to screen."""

from __future__ import annotations

from pathlib import Path

from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.meeting import MeetingScreen


class Program(PanelkitApp):
    """Home, or one meeting."""

    def __init__(self, desk: Desk, folder: Path, ref: str = "") -> None:
        super().__init__(desk, ref=ref, crash_folder=folder)
        self.at = desk

    @property
    def meeting_screen(self) -> MeetingScreen:
        """The meeting on screen."""
        return next(s for s in reversed(self.screen_stack) if isinstance(s, MeetingScreen))

    def stored(self, ref: str) -> Meeting:
        """A meeting as the record holds it now."""
        return self.at.caseload.find(ref)

    def shown(self) -> str:
        """Every character on screen."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in strips)


async def settle(pilot: object) -> None:
    """Let messages run out."""
    for _ in range(4):
        await pilot.pause()  # type: ignore[attr-defined]
