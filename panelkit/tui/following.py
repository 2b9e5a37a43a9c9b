"""A screen follows the session of its meeting from when it is there until it is taken down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from textual.screen import Screen

    from panelkit.opened.session import Session


class Following:
    """For a screen with a ``session``: ``follow`` is called after each of its changes.

    Not while the screen is taken down: its widgets go before it does, and a save that fails in that
    moment is a change too.
    """

    session: Session
    follow: Callable[[], None]

    def on_mount(self) -> None:
        """From now on."""
        self.session.watch(self._session_changed)

    def on_unmount(self) -> None:
        """Nothing follows a closed screen."""
        self.session.unwatch(self._session_changed)

    @property
    def stays(self) -> bool:
        """Whether it is there, and not being taken down."""
        screen = cast("Screen[Any]", self)
        # What is being taken down is displayed no longer, from the first moment of it.
        return screen.is_attached and screen.display

    def _session_changed(self) -> None:
        if self.stays:
            self.follow()
