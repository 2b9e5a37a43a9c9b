"""A step of a meeting, stored: the one retry where somebody else adds at the same moment."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.store.record import NumberTaken, Record

Step = Callable[[Meeting], Meeting]
Write = Callable[[Meeting, Meeting], object]


def written(record: Record, meeting: Meeting, step: Step, write: Write) -> Meeting:
    """The meeting after a step that ``write`` stored, given it before and after; where its number
    was taken meanwhile, it takes the next.

    Raises what the step and ``write`` raise, Refused where that goes on happening.
    """
    for _ in range(5):
        try:
            after = step(meeting)
            if after is not meeting:
                write(meeting, after)
        except NumberTaken:
            meeting = record.load(meeting.id)
        else:
            return after
    raise Refused("Somebody else keeps adding at the same moment.", remedy="Try again.")


def saved(record: Record, meeting: Meeting, step: Step, by: By, what: str) -> Meeting:
    """The same, as one command of ``by`` that the journal calls ``what``."""
    command = str(uuid.uuid4())
    return written(
        record, meeting, step,
        lambda before, after: record.save(before, after, by, command=command, what=what),
    )  # fmt: skip
