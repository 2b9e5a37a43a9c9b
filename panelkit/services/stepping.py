"""A step of a meeting, stored: the one retry where somebody else adds at the same moment."""

from __future__ import annotations

from collections.abc import Callable

from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.services.chairing import new_id
from panelkit.store.record import NumberTaken, Record


def saved(
    record: Record, meeting: Meeting, step: Callable[[Meeting], Meeting], by: By, what: str
) -> Meeting:
    """The meeting after a step, stored as ``what``; where its number was taken meanwhile, it takes
    the next.

    Raises what the step and the record raise.
    """
    command = new_id()
    for _ in range(5):
        try:
            after = step(meeting)
            if after is not meeting:
                record.save(meeting, after, by, command=command, what=what)
        except NumberTaken:
            meeting = record.load(meeting.id)
        else:
            return after
    raise Refused("Somebody else keeps adding at the same moment.", remedy="Try again.")
