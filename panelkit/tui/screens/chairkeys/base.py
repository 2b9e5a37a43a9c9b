"""What every set of keys shares: the screen that they act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from panelkit.tui.screens.meeting import MeetingScreen


class KeysOfMeeting:
    """Actions of the chair's screen, seen as that screen."""

    @property
    def _me(self) -> MeetingScreen:
        return cast("MeetingScreen", self)
