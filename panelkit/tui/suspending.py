"""Stopped from outside and gone on with: saved and locked before it stops, locked when it goes on.

``kill -TSTP`` and whatever a shell does to pause a program arrive here. The lock is drawn
before the terminal is given back, so that the first thing drawn afterwards is the lock too.
A ``kill -STOP`` cannot be met beforehand; the lock comes when it ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

from textual.app import App

DRAWN_WITHIN: Final = 2.0
"""Seconds the lock has to be there; then the program stops all the same."""
TRIES: Final = 1000
"""A program sent on in the background may not draw, and stops again each time it tries."""


def install_stop_handlers(
    app: App[Any], lock: Callable[[], None], drawn: Callable[[], Awaitable[None]]
) -> None:
    """From now on a stop is saved and locked first. A headless app has no terminal."""
    if app.is_headless or sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    stopping: set[asyncio.Task[None]] = set()

    async def stop() -> None:
        lock()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAWN_WITHIN):
                await drawn()
        _stand_still(app)
        app.refresh(layout=True)

    def begin() -> None:
        if not stopping:  # asked to stop again while it is about to
            task = loop.create_task(stop())
            stopping.add(task)
            task.add_done_callback(stopping.discard)

    def go_on() -> None:
        lock()
        app.refresh(layout=True)

    # Only noted in the handler: it may run in the middle of a save.
    signal.signal(signal.SIGTSTP, _calling(loop, begin))
    signal.signal(signal.SIGCONT, _calling(loop, go_on))


def _calling(
    loop: asyncio.AbstractEventLoop, step: Callable[[], None]
) -> Callable[[int, object], None]:
    context = contextvars.copy_context()  # which program draws; a signal has a bare one

    def called(_number: int, _frame: object) -> None:
        loop.call_soon_threadsafe(step, context=context)

    return called


def _stand_still(app: App[Any]) -> None:
    """Give the terminal back, stop, take it again."""
    driver = app._driver  # noqa: SLF001 - Textual has no public name for it
    if driver is None:
        return
    driver.suspend_application_mode()
    os.kill(os.getpid(), signal.SIGSTOP)
    before = getattr(driver, "_writer_thread", None)
    for _ in range(TRIES):
        driver.resume_application_mode()
        if getattr(driver, "_writer_thread", None) is not before:
            return
