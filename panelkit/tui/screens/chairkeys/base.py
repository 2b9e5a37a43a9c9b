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

    def _hide(self, text: str) -> str:
        """Words as they are, or blocks on a shared screen."""
        return "▒" * 12 if self._me.session.masked else text
