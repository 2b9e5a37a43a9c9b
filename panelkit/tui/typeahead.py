"""Keys are handled one after another, each where the one before it has led.

Textual hands a key to whatever has the focus when the key is read. What is typed ahead of
a slow moment (Tab, then words; the note key, then the note) would land in the field that
was left, or in a form that is just closing, where it is lost. Here the next key is read only when the
last one, and what it caused, is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from typing import Any, Final

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

PATIENCE: Final = 2.0
"""Seconds a key is waited for; then the next is read whatever the first is still doing."""
ROUNDS: Final = 2
"""A key makes messages (changed, edited); so many times they are let through before the next."""

MOVES: Final = frozenset({"leader", "move", "remake"})
"""Groups of workers that end where the next key belongs."""

FROM_HANDS: Final = (events.Key, events.Paste, events.MouseDown, events.MouseUp)
"""What is kept in order; the wheel and the pointer's way are not."""


class TypeAhead(App[None]):
    """An app that keeps the order of what is typed. Mixed in before ``App``."""

    _ahead: deque[Message]
    _feeding: asyncio.Task[None] | None = None
    last_key_at: float = 0.0
    """When somebody last touched the keyboard or pressed a button."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As ``App``."""
        self._ahead = deque()
        super().__init__(*args, **options)

    async def _post_message(self, message: Message) -> bool:
        # Only the terminal comes this way; what the program itself posts goes straight on.
        if not isinstance(message, FROM_HANDS):
            return await super()._post_message(message)
        self.last_key_at = time.monotonic()
        self._ahead.append(message)
        if self._feeding is None:
            self._feeding = asyncio.create_task(self._feed())
        return True

    async def _feed(self) -> None:
        try:
            while self._ahead and self._running:
                before = self._place()
                self.post_message(self._ahead.popleft())
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(PATIENCE):
                        await self._done(before)
        except Exception as error:  # noqa: BLE001 - a task's error is otherwise seen by nobody
            self._handle_exception(error)
        finally:
            self._feeding = None

    def _place(self) -> tuple[Screen[Any] | None, Widget | None]:
        screen = self.screen_stack[-1] if self._screen_stacks.get(self.current_mode) else None
        return screen, screen.focused if screen is not None else None

    async def _done(self, before: tuple[Screen[Any] | None, Widget | None]) -> None:
        """Wait until the key was handled from the editor up to the app, and what it opened is there."""
        while True:
            for _ in range(ROUNDS):
                for pump in (self, *_upwards(before)):
                    await _handled(pump)
            await self._moving()
            now = self._place()
            if now == before:
                return
            if now[0] is not before[0] and now[0] is not None:
                # A screen that has just come takes the focus once it was laid out.
                await _laid_out(now[0])
                now = self._place()
            before = now

    async def _moving(self) -> None:
        """What a key started on the side, a move from item to item, has arrived."""
        for worker in [w for w in self.workers if w.group in MOVES and not w.is_finished]:
            with contextlib.suppress(Exception):  # whoever started it is told by itself
                await worker.wait()


def _upwards(place: tuple[Screen[Any] | None, Widget | None]) -> list[MessagePump]:
    screen, focused = place
    pumps: list[MessagePump] = []
    if focused is not None:
        pumps += [node for node in focused.ancestors_with_self if isinstance(node, Widget)]
    if screen is not None and screen not in pumps:
        pumps.append(screen)
    return pumps


async def _handled(pump: MessagePump) -> None:
    """Wait until everything now in its queue was handled; one that is closing takes nothing more."""
    reached = asyncio.Event()
    if pump.call_later(reached.set):
        await reached.wait()


async def _laid_out(screen: Screen[Any]) -> None:
    drawn = asyncio.Event()
    if screen.call_after_refresh(drawn.set):
        await drawn.wait()
