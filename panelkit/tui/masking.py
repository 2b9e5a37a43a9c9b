"""The share-safe view over the whole program: one key on, off asks, and what may be seen meanwhile.

What is not known to be masked is not shown. A screen that does not say that it masks what is
not open (``shares``) is not opened while the mask is on, and covered where it was open. So a
new screen is safe before anybody has thought of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.screen import Screen

from panelkit.opened.sharing import MASKED, SHARING, may_be_shared
from panelkit.tui.typed import as_typed, notify_typed

NOT_SHARED: Final = (
    "This shows what is not marked open.\n\n"
    "F12 shows everything again, once nobody else sees this screen; then open it."
)


class Masks(App[None]):
    """An app with one mask over all its screens. Mixed in before ``App``."""

    def every_screen(self) -> list[Screen[Any]]:
        """Those on screen, one over another, and those open behind them."""
        behind: dict[str, Screen[Any]] = getattr(self, "behind", {})
        return [*self.screen_stack, *behind.values()]

    # -- on and off --------------------------------------------------------------------

    def action_mask(self) -> None:
        """On with one key; off asks."""
        from panelkit.tui.screens.oneline import OneLine

        if not SHARING.by_person:
            self.set_mask(by_person=True, by_idleness=False)
            return
        if isinstance(self.screen, OneLine) and self.screen.sure is not None:
            return  # asked already
        asked = OneLine(
            "Show everything again? Nobody else must see this screen.",
            lambda _text: "Enter shows everything, where the word is yes.",
            hint="Type yes.",
            sure=lambda: self.set_mask(by_person=False, by_idleness=False),
        )
        self.push_screen(asked)

    def set_mask(self, *, by_person: bool, by_idleness: bool) -> None:
        """Whose mask is on; every screen there is follows before the next is drawn."""
        was = SHARING.on
        SHARING.by_person, SHARING.by_idleness = by_person, by_idleness
        if SHARING.on == was:
            return
        if SHARING.on:
            self.clear_notifications()
        for screen in self.every_screen():
            follow_mask(screen)
        self.cover()
        if not SHARING.on:
            waiting, SHARING.waiting = SHARING.waiting, []
            for text, severity in waiting:
                notify_typed(self, text, severity)
            self.say_where()

    def say_where(self) -> None:
        """Where somebody was, on a screen that can say it."""
        say: Callable[[], None] | None = getattr(self.screen, "where_was_i", None)
        if say is not None:
            say()

    # -- what may be seen ----------------------------------------------------------------

    def cover(self) -> None:
        """A screen on top that may not be shared is covered; the cover goes with the mask."""
        from panelkit.tui.screens.curtain import Curtain

        if not self.screen_stack:
            return
        if isinstance(self.screen, Curtain):
            if not SHARING.on:
                super().pop_screen()
        elif SHARING.on and not all(self._may_be_seen(screen) for screen in self._seen()):
            super().push_screen(Curtain(self.every_screen()))

    def _seen(self) -> list[Screen[Any]]:
        """The screen on top, and those that show through it."""
        seen: list[Screen[Any]] = []
        for screen in reversed(self.screen_stack):
            seen.append(screen)
            if screen.styles.background.a == 1:
                break
        return seen

    def _may_be_seen(self, screen: Any) -> bool:
        # The palette lists the program's own commands, in the program's own words.
        return may_be_shared(screen) or isinstance(screen, CommandPalette)

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:
        """As ``App``; while the mask is on, what may not be shared is a sentence instead."""
        if SHARING.on and isinstance(screen, Screen) and not self._may_be_seen(screen):
            from panelkit.tui.screens.listing import Page

            refused = Page(MASKED, as_typed(NOT_SHARED), shared=True)
            return super().push_screen(refused)
        return super().push_screen(screen, *args, **options)

    def switch_screen(self, screen: Any) -> Any:
        """As ``App``; what comes instead is covered where it may not be shared."""
        done = super().switch_screen(screen)
        self.call_later(self.cover)
        return done

    def pop_screen(self) -> Any:
        """As ``App``; what was underneath is covered where it may not be shared."""
        done = super().pop_screen()
        self.cover()
        return done

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's commands, and the mask."""
        yield from super().get_system_commands(screen)
        yield SystemCommand(
            "Mask for sharing",
            "Hide every field that is not marked open, or show everything again",
            partial(self.call_later, self.action_mask),
        )


def follow_mask(screen: Screen[Any]) -> None:
    """Draw a screen again from what it holds, masked or not."""
    if not screen.is_mounted or not screen.children:
        return  # not composed yet: it is composed as it has to be
    follow: Callable[[], None] | None = getattr(screen, "follow_mask", None) or getattr(
        screen, "follow", None
    )
    if follow is not None and may_be_shared(screen):
        follow()
