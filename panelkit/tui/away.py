"""A record that does not answer ends no meeting.

Any handler of any screen may read, and on a server reading can fail in any moment. Textual ends
the widget whose handler raises, and the program with it; so the refusal is met before, around
each message. What was asked for is not done, that is said, and every word stays where it was typed.
"""

from __future__ import annotations

from typing import Any, Final

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import WorkerFailed

from panelkit.domain.errors import NotSaved
from panelkit.tui.typed import notify_typed

AGAIN: Final = 2.0
"""Seconds until a screen that could not be filled is tried again."""
SAID_FOR: Final = 5.0
"""Seconds for which a sentence stands: meanwhile the same one is not said again."""
_COMES_UP: Final = (events.Compose, events.Mount)
_FIRST: Final = 1
"""Where the program's first screen lies: under it is a blank one of Textual's own."""
_dispatch = MessagePump._dispatch_message  # noqa: SLF001 - the one place all handlers are called from


async def _go_on(pump: MessagePump, message: Message) -> None:
    try:
        await _dispatch(pump, message)
    except NotSaved as away:
        app = pump.app
        if not isinstance(app, GoesOn):
            raise
        app.was_refused(pump, message, away)


MessagePump._dispatch_message = _go_on  # type: ignore[method-assign,assignment]  # noqa: SLF001


class GoesOn(App[None]):
    """An app that goes on where the record does not answer. Mixed in before what stops for faults."""

    _said_lately: str = ""

    def was_refused(self, pump: MessagePump, message: Message, away: NotSaved) -> None:
        """A handler of ``pump`` met it: that is said. A screen that never came up whole closes; one
        that came back is filled when the record answers."""
        if pump is self and isinstance(message, events.Mount):
            self.exit(return_code=2, message=away.sentence)  # nothing could be opened
            return
        if isinstance(message, events.Key):
            self.bell()  # a key is answered also where the sentence stands there already
        self._say_refused(f"{away.message} That was not done. {away.remedy}".rstrip())
        if not isinstance(pump, Screen):
            return
        if isinstance(message, _COMES_UP) and pump in self.screen_stack[_FIRST + 1 :]:
            self.call_later(self._without, pump)
        elif isinstance(message, (*_COMES_UP, events.ScreenResume)):
            self.set_timer(AGAIN, lambda: self._fill(pump))

    async def _without(self, screen: Screen[Any]) -> None:
        """It is closed, with what lies over it."""
        while screen in self.screen_stack[_FIRST + 1 :]:
            await self.pop_screen()

    def _fill(self, screen: Screen[Any]) -> None:
        if screen is self.screen:
            screen.post_message(events.ScreenResume())

    def _handle_exception(self, error: Exception) -> None:
        # From timers, idle handlers and workers: Textual goes on with each of them.
        met = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(met, NotSaved) and self.is_running:
            self._say_refused(met.sentence)
            return
        super()._handle_exception(error)

    def _say_refused(self, sentence: str) -> None:
        if sentence == self._said_lately:
            return
        self._said_lately = sentence
        self.set_timer(SAID_FOR, self._forget_said)
        notify_typed(self, sentence, "warning", is_open=True)

    def _forget_said(self) -> None:
        self._said_lately = ""
