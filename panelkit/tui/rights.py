"""What a role may not do is said before its screen opens; and who works in an open record is seen.

A screen names the act it is for in ``needs``; the app asks for it in one place. What a service
refuses later is said where it happens, as every refusal is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.people import Act
from panelkit.domain.practice import MARKING
from panelkit.tui.typed import as_typed

if TYPE_CHECKING:
    from panelkit.services.desk import Desk

NOT_ENCRYPTED = "NOT ENCRYPTED: whoever gets this file can read all of it. Never for real cases."


class Plain(Static):
    """The red line over every screen of a record that is not encrypted."""

    DEFAULT_CSS = """
    Plain { dock: top; height: 1; width: 100%; background: $error; color: $text; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; padding: 0 1; }
    """


PRACTISED = f"{MARKING}: nothing here is real, and none of it goes into a record. Type nothing of a real case."


class Practised(Plain):
    """The line over every screen of a practice, in words and not by its colour alone."""

    DEFAULT_CSS = """
    Practised { background: $warning; color: $text; }
    """


class AsksRole(App[None]):
    """Mixed in before ``App``."""

    desk: Desk | None

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:
        """As ``App``; a screen that whoever works may not see is a sentence instead."""
        needs = getattr(screen, "needs", None)
        why = self.desk.why_not(needs) if self.desk is not None and isinstance(needs, Act) else ""
        if why:
            from panelkit.tui.screens.listing import Page

            screen, args, options = Page("Not yours to do", as_typed(why)), (), {}
        done = super().push_screen(screen, *args, **options)
        if isinstance(screen, Screen):
            self.call_later(self._say_plain, screen)
        return done

    async def _say_plain(self, screen: Screen[Any]) -> None:
        line = self._over_all()
        if line is None or screen not in self.screen_stack:
            return
        if not screen.is_mounted:
            self.call_after_refresh(self._say_plain, screen)
        elif not screen.query(Plain):
            await screen.mount(line)

    def _over_all(self) -> Plain | None:
        """What stands over every screen of the record that is open; None for nothing."""
        if self.desk is None:
            return None
        if self.desk.practice is not None:
            return Practised(as_typed(PRACTISED))
        plain = not self.desk.encrypted and not self.desk.demo
        return Plain(as_typed(NOT_ENCRYPTED)) if plain else None
