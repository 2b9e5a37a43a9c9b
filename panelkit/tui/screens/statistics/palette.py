"""What is opened from the home screen and has no row there, among the palette's commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from textual.app import App, SystemCommand
from textual.screen import Screen

from panelkit.domain.people import Act
from panelkit.tui.keys import ANALYSIS, BOARD, PUT_OFF, REFERRALS, STATISTICS, WHO_HAS, Key

if TYPE_CHECKING:
    from panelkit.services.desk import Desk

OFFERED: Final[tuple[tuple[str, Key, Act], ...]] = (
    ("Annual tables", STATISTICS, Act.FIGURES),
    ("Referrals", REFERRALS, Act.READ),
    ("Who has what", WHO_HAS, Act.READ),
    ("Referrals counted", ANALYSIS, Act.FIGURES),
    ("Board meetings", BOARD, Act.FIGURES),
    ("Cancel or postpone a meeting", PUT_OFF, Act.PLAN),
)
"""Title, the key whose action the screen must have, and who is offered it."""


class OffersStatistics(App[None]):
    """Mixed in before ``App``."""

    desk: Desk | None

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's commands, and on the home screen what whoever works may open."""
        yield from super().get_system_commands(screen)
        for title, key, act in OFFERED:
            opens: Callable[[], None] | None = getattr(screen, f"action_{key.id}", None)
            if opens is not None and self.desk is not None and not self.desk.why_not(act):
                yield SystemCommand(title, key.tooltip, opens)
