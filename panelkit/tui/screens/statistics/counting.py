"""Counting beside the screen: in a thread, over a record of its own, while keys go on being served."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from panelkit.services.desk import Desk
from panelkit.store.record import Record

_T = TypeVar("_T")


async def beside(desk: Desk, act: Callable[[Record], _T]) -> _T:
    """What ``act`` gives over a record opened again for it. Raises what it raises."""

    def in_thread() -> _T:
        # A connection belongs to its thread.
        record = desk.caseload.record.open_again()
        try:
            return act(record)
        finally:
            record.close()

    return await asyncio.to_thread(in_thread)
