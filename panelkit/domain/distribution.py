"""Who receives the minutes: the organisations invited, and whom the chair adds."""

from __future__ import annotations

import uuid

from panelkit.domain import entries as e
from panelkit.domain.meeting import By, Meeting


def invited(meeting: Meeting) -> tuple[str, ...]:
    """Every organisation invited, once, in the order of the list."""
    rows = meeting.live(e.Attendance)
    return tuple(dict.fromkeys(row.organisation for row in rows if row.organisation.strip()))


def prefilled(meeting: Meeting, by: By, seed: str) -> Meeting:
    """A line for each organisation invited, where nobody has begun the list.

    The name is given where one person of it was invited; a list that was begun, or
    emptied by withdrawing, is left as it is.
    """
    if meeting.of(e.Recipient):
        return meeting
    for organisation in invited(meeting):
        people = [
            row.name for row in meeting.live(e.Attendance) if row.organisation == organisation
        ]
        row = e.Recipient(
            id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}:{organisation}")),
            name=people[0] if len(people) == 1 else "", organisation=organisation,
        )  # fmt: skip
        meeting = meeting.add(row, by)
    return meeting


def additions(meeting: Meeting) -> tuple[e.Recipient, ...]:
    """Recipients of organisations that were not invited: each needs the chair's approval."""
    known = {name.casefold() for name in invited(meeting)}
    return tuple(
        row
        for row in meeting.live(e.Recipient)
        if row.organisation.strip() and row.organisation.strip().casefold() not in known
    )
