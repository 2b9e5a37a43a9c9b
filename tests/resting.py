"""A pilot that asks only those widgets whether they are done that have something to do.

Textual's own puts a message into the queue of each widget on screen after each key and waits until
all came back: on the chair's screen some hundreds, which was a quarter of the processor time of a
walked case. One whose loop waits for its next message has answered all it was sent.

Keys that the program has and has not handed on yet (``panelkit.tui.typeahead``) are waited for first:
Textual takes a process that was kept off the processor for one that has nothing to do.
"""

from __future__ import annotations

import asyncio

from textual.app import ScreenStackError
from textual.message_pump import MessagePump
from textual.pilot import Pilot, WaitForScreenTimeout


def is_at_rest(pump: MessagePump) -> bool:
    """Whether it waits for its next message, and there is none."""
    queue = pump._message_queue
    return queue.empty() and bool(queue.ready_event._waiters)


async def all_processed(pilot: Pilot[object], timeout: float = 30.0) -> bool:
    """Instead of ``Pilot._wait_for_screen``, and as it: False where the program failed meanwhile.

    Raises WaitForScreenTimeout after ``timeout`` seconds.
    """
    app = pilot.app
    feeding: asyncio.Task[None] | None = getattr(app, "_feeding", None)
    if feeding is not None:
        await asyncio.wait([feeding], timeout=timeout)
    try:
        screen = app.screen
    except ScreenStackError:
        return False
    busy = [each for each in screen.walk_children() if not is_at_rest(each)]
    left = 0
    came_back = asyncio.Event()

    def one_more() -> None:
        nonlocal left
        left -= 1
        if not left:
            came_back.set()

    left = sum([pump.call_later(one_more) for pump in (app, screen, *busy)])
    if not left:
        return True
    waits = [asyncio.ensure_future(each.wait()) for each in (came_back, app._exception_event)]
    done, waiting = await asyncio.wait(waits, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
    if not done:
        raise WaitForScreenTimeout("Widgets did not process what they were sent.")
    return not left
