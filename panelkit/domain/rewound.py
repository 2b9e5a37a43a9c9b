"""A meeting as it was at one of its items: for the demonstration, from a sample that is complete.

What the panel has not come to yet is not said yet. What came from the last meeting is there
and waits to be confirmed.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from panelkit.domain import entries as e
from panelkit.domain.meeting import Meeting, Place
from panelkit.domain.running import planned_for
from panelkit.domain.vocabulary import MeetingState

GROUPS_RATED: Final = 2
"""Groups at risk that the panel has come to, at the item where they are rated."""

ACTIONS_SET: Final = 2
"""Actions set before the item that sets actions."""

_AFTERWARDS: Final = (
    e.Recipient, e.Comment, e.Amendment, e.Addendum, e.SectionWords, e.Parked, e.Visit, e.Part,
    e.Pause,
)  # fmt: skip
_OF_A_DECISION: Final = (e.Decision, e.DecisionOption, e.Evidence, e.AgencyView, e.Told)


def planned(meeting: Meeting) -> Meeting:
    """The meeting before it began: what was carried, and nothing said at it."""
    return _until(meeting, -1).with_facts(state=MeetingState.PLANNED)


def in_progress(meeting: Meeting, at: str, started: datetime, now: datetime) -> Meeting:
    """The meeting running since ``started``, the panel at item ``at`` now.

    Each item before it has been open for its planned share of the time that went by.
    """
    codes = [item.code for item in meeting.agenda]
    place = codes.index(at)
    found = _until(meeting, place)
    planned_minutes = [max(1, planned_for(meeting, code)) for code in codes[:place]]
    spent = now - started - timedelta(minutes=3)
    each = [spent * minutes / sum(planned_minutes) for minutes in planned_minutes]
    visits, opened = [], started
    for number, (code, took) in enumerate(zip(codes[:place], each, strict=True), start=1):
        visits.append(_visit(meeting, number, code, opened, opened + took))
        opened += took
    visits.append(_visit(meeting, place + 1, at, opened, None))
    part = e.Part(id=_id(meeting, "part"), number=1, started_at=started, typed_at=started)
    rows = {**found.rows, e.Visit.kind: tuple(visits), e.Part.kind: (part,)}
    return dataclasses.replace(found, state=MeetingState.OPEN, rows=MappingProxyType(rows))


def _visit(
    meeting: Meeting, number: int, code: str, opened: datetime, left: datetime | None
) -> e.Visit:
    return e.Visit(
        id=_id(meeting, f"visit{number}"), number=number, place=code, opened_at=opened,
        left_at=left, typed_at=left or opened,
    )  # fmt: skip


def _until(meeting: Meeting, place: int) -> Meeting:
    """What is said by the time the panel comes to the item at ``place``."""
    codes = {item.code: n for n, item in enumerate(meeting.agenda)}
    answers = {
        where: answer if codes[where[0]] < place else dataclasses.replace(answer, confirmed_by="")
        for where, answer in meeting.answers.items()
        if codes[where[0]] < place or _known_before(meeting, where)
    }
    rows = {
        kind: tuple(found)
        for kind, entries in meeting.rows.items()
        if (found := list(_rows_until(meeting, e.BY_KIND[kind], entries, place, codes)))
    }
    return dataclasses.replace(
        meeting, answers=MappingProxyType(answers), rows=MappingProxyType(rows)
    )


def _known_before(meeting: Meeting, where: Place) -> bool:
    """Whether an answer was there before the meeting: carried, or from the case itself."""
    return bool(meeting.answers[where].carried_from) or where in (
        ("A1", "scheduled_start"), ("A1", "mode"), ("A1", "platform"), ("A2", "statement_version"),
        ("A3", "mappa_category"),
    )  # fmt: skip


def _rows_until(
    meeting: Meeting, kind: type[e.Entry], entries: tuple[e.Entry, ...], place: int,
    codes: dict[str, int],
) -> Sequence[e.Entry]:  # fmt: skip
    if kind in _AFTERWARDS or kind in _OF_A_DECISION:
        return []
    if kind is e.Action:
        return _actions(meeting, place)
    if kind is e.RiskRating:
        rated = GROUPS_RATED if place == codes["A10"] else 0 if place < codes["A10"] else 99
        return [row if n < rated else _fresh(row) for n, row in enumerate(entries)]
    if kind is e.Note:
        notes = [n for n in entries if isinstance(n, e.Note)]
        return [dataclasses.replace(n, settled=None, written_in="") for n in notes if place > 0]
    if kind is e.Attendance and place < 0:
        return [
            dataclasses.replace(person, status=None, identity=None, private_space=None, report=None)
            for person in meeting.live(e.Attendance)
        ]
    if kind is e.Contribution and place == codes["A7"]:
        return list(entries[: len(entries) // 2])
    if codes.get(kind.item, 99) < place:
        return list(entries)
    return [_carried(row) for row in entries if row.carried_from]


def _actions(meeting: Meeting, place: int) -> list[e.Action]:
    codes = [item.code for item in meeting.agenda]
    looked_at = place > codes.index("A5")
    old = [a if looked_at else _owed(a) for a in meeting.of(e.Action) if a.set_at != meeting.number]
    said = ACTIONS_SET if place > codes.index("A7") else 0
    new = [dataclasses.replace(a, read_back=None) for a in meeting.new_actions[:said]]
    return [*old, *new]


def _owed(action: e.Action) -> e.Action:
    return dataclasses.replace(
        action, status=None, outcome="", completed_on=None, reason_not_done="", new_due=None,
        carry_forward=None, confirmed_by="", read_back=None,
    )  # fmt: skip


def _fresh(row: e.Entry) -> e.Entry:
    """A group as it came from the last meeting, not rated at this one."""
    kept: dict[str, Any] = {"id": row.id, "number": row.number, "carried_from": row.carried_from}
    if isinstance(row, e.RiskRating):
        return e.RiskRating(**kept, group=row.group, last=row.last)
    return row


def _carried(row: e.Entry) -> e.Entry:
    return dataclasses.replace(row, confirmed_by="", read_back=None)


def _id(meeting: Meeting, what: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{meeting.id}:rewound:{what}"))
