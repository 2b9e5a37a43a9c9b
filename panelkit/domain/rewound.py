"""A meeting as it was at one of its items: for the demonstration, from a sample that is complete.

What the panel came to is the sample's. What it has not come to is as a meeting starts: carried
from the last one and waiting to be confirmed.
"""

from __future__ import annotations

import dataclasses
import uuid
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.meeting import Meeting
from panelkit.domain.running import planned_for
from panelkit.domain.vocabulary import MeetingState

GROUPS_RATED: Final = 2
"""Groups at risk that the panel has come to, at the item where they are rated."""

ACTIONS_SET: Final = 2
"""Actions set before the item that sets actions."""

SPENT_HERE: Final = timedelta(minutes=3)

_EVER: Final = (e.Attendance, e.Presence, e.Interest, e.RefusedEntry, e.RestrictedPart)
"""Kinds of what is said as a meeting begins, whatever the item."""


def in_progress(
    whole: Meeting, fresh: Meeting, at: str, started: datetime, now: datetime
) -> Meeting:
    """The meeting running since ``started``, the panel at item ``at`` for three minutes.

    ``whole`` is the sample; ``fresh`` the same meeting as it starts from the last one. Each
    item before has been open for its planned share of the time that went by.
    """
    codes = [item.code for item in whole.agenda]
    place = codes.index(at)
    said = set(codes[:place])
    answers = {where: a for where, a in fresh.answers.items() if where[0] not in said}
    answers |= {where: a for where, a in whole.answers.items() if where[0] in said}
    rows: dict[str, tuple[e.Entry, ...]] = {
        kind.kind: (whole if kind.item in said or kind in _EVER else fresh).of(kind)
        for kind in e.ENTRIES
    }
    rows[e.RiskRating.kind] = _ratings(whole, fresh)
    rows[e.Action.kind] = (
        *whole.old_actions,
        *(dataclasses.replace(a, read_back=None) for a in whole.new_actions[:ACTIONS_SET]),
    )
    rows[e.Note.kind] = tuple(
        dataclasses.replace(note, settled=None, written_in="") for note in whole.of(e.Note)
    )
    rows[e.Visit.kind] = _visits(whole, codes[: place + 1], started, now)
    rows[e.Part.kind] = (
        e.Part(id=_id(whole, "part"), number=1, started_at=started, typed_at=started),
    )
    return dataclasses.replace(
        whole,
        state=MeetingState.OPEN,
        answers=MappingProxyType(answers),
        rows=MappingProxyType({kind: found for kind, found in rows.items() if found}),
    )


def _ratings(whole: Meeting, fresh: Meeting) -> tuple[e.RiskRating, ...]:
    """The first groups rated, the others as they came."""
    came = {row.group: row for row in fresh.of(e.RiskRating)}
    return tuple(
        row
        if n < GROUPS_RATED
        else e.RiskRating(
            id=row.id, number=row.number, group=row.group,
            last=came[row.group].last if row.group in came else row.last,
        )
        for n, row in enumerate(whole.live(e.RiskRating))
    )  # fmt: skip


def _visits(
    meeting: Meeting, codes: list[str], started: datetime, now: datetime
) -> tuple[e.Visit, ...]:
    planned = [max(1, planned_for(meeting, code)) for code in codes[:-1]]
    spent = now - started - SPENT_HERE
    visits, opened = [], started
    for number, code in enumerate(codes, start=1):
        last = number == len(codes)
        left = None if last else opened + spent * planned[number - 1] / sum(planned)
        visits.append(
            e.Visit(
                id=_id(meeting, f"visit{number}"), number=number, place=code, opened_at=opened,
                left_at=left, typed_at=left or opened,
            )
        )  # fmt: skip
        opened = left or opened
    return tuple(visits)


def _id(meeting: Meeting, what: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{meeting.id}:rewound:{what}"))
