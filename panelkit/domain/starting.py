"""How a meeting begins: an initial one from a case, a review from the last meeting.

What is carried forward is stamped with where it comes from and is not confirmed; a
risk rating is shown as last time's and never pre-filled as this meeting's.
"""

from __future__ import annotations

import dataclasses
import uuid
from datetime import date
from types import MappingProxyType

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.attendance import needed_agencies
from panelkit.domain.case import Case
from panelkit.domain.conditions import holds, rated_groups
from panelkit.domain.errors import Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Answer, By, Meeting
from panelkit.domain.transfers import is_settled
from panelkit.domain.vocabulary import (
    HELD_AT,
    OVER,
    Category,
    CustodyStatus,
    KeyDateKind,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingState,
    RiskGroup,
)

CARRIED_KINDS = (
    e.KeyDate, e.VictimIssue, e.Measure, e.Contingency, e.Order, e.Restriction, e.LinkedCase, e.Transfer,
)  # fmt: skip
"""Typed content that comes forward whole, each row stamped and not confirmed."""


def first_meeting(
    case: Case, *, level: Level, kind: MeetingKind, held_on: date, by: By, area: Area,
    meeting_id: str, agenda: tuple[AgendaItem, ...] = AGENDA, number: int = 1,
    where: CustodyStatus | None = None,
) -> Meeting:  # fmt: skip
    """A planned meeting of a case that has none to build on; ``where`` the individual is.

    Raises Refused for Level 1, for a review, and for a real Category 4 case in an area
    whose board has not approved holding them.
    """
    may_be_held(case, level, area)
    if kind is MeetingKind.REVIEW:
        msg = f"{case.ref} has no meeting to review."
        raise Refused(msg, remedy="Start an initial meeting.")
    meeting = Meeting(
        id=meeting_id, case=case, number=number, level=level, kind=kind, held_on=held_on,
        booked_minutes=area.planned_minutes(level, kind), agenda=agenda,
    )  # fmt: skip
    if where is not None and meeting.field("A3", "custody_status"):
        meeting = meeting.answer("A3", "custody_status", str(where), by)
    return _with_basics(meeting, area, by)


def changed_by(
    case: Case, where: CustodyStatus | None, held_on: date, area: Area
) -> tuple[str, ...]:
    """What the age, the place and the category change, a line each: who is needed, what is asked."""
    plain = Meeting(
        id="", case=case, number=1, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=held_on
    )
    if where is not None:
        here = Answer(item="A3", field="custody_status", text=str(where))
        plain = dataclasses.replace(plain, answers=MappingProxyType({here.place: here}))
    lines = []
    if case.category is Category.FOUR and not case.fiction:
        approved = area.category_four_approved_on
        lines.append(
            f"Category 4: held here since the board approved it on {long_date(approved)}"
            if approved
            else "Category 4: refused here, the area file gives no approval by the board"
        )
    if case.is_child_on(held_on):
        lines.append("Under 18 on the day: a child's meeting")
    if where is not None and where is not CustodyStatus.COMMUNITY:
        lines.append(where.label)
    if not lines:
        return ()
    needed = ", ".join(agency.label for agency in needed_agencies(plain, area))
    asked = [
        f"{field.label} ({item.code})"
        for item in plain.agenda
        for field in item.fields
        if field.shown in CHANGED_BY and holds(field.shown, plain, area)
    ]
    lines.append(f"needed in the room: {needed}")
    if asked:
        lines.append(f"asked as well: {'; '.join(asked)}")
    return tuple(lines)


CHANGED_BY = ("child", "in_custody", "in_hospital", "category_four")
"""Conditions that a case brings with it from its first day."""


def next_level(last: Meeting) -> Level:
    """At which the next meeting is held: as A18 says, else as A15 decided, else as this one was."""
    said = last.chosen("A18", "next_level", Level)
    decided = last.chosen("A15", "level_decision", LevelDecision)
    for level in (said, decided.level if decided else None):
        if level in HELD_AT:
            return level
    return last.level


def next_meeting(
    last: Meeting, *, level: Level, kind: MeetingKind, held_on: date, by: By, area: Area,
    meeting_id: str, agenda: tuple[AgendaItem, ...] = AGENDA,
) -> Meeting:  # fmt: skip
    """A review or emergency meeting that starts from the last one.

    Raises Refused while the last one is not closed, and where the panel decided that
    the individual leaves MAPPA (a new referral starts again at an initial meeting). An emergency
    does not wait for a referral: it is held, the category to be confirmed, and the form is owed.
    """
    may_be_held(last.case, level, area)
    if last.state not in OVER:
        msg = f"{last.ref} is {last.state.label}."
        raise Refused(msg, remedy="Close it before the next one is started.")
    left = last.value("A15", "level_decision") is LevelDecision.EXIT
    if left and kind is not MeetingKind.EMERGENCY:
        msg = f"At {last.ref} the panel recorded that the individual leaves MAPPA."
        raise Refused(msg, remedy="A new referral starts with an initial meeting.")
    meeting = Meeting(
        id=meeting_id, case=last.case, number=last.number + 1, level=level, kind=kind, held_on=held_on,
        booked_minutes=area.planned_minutes(level, kind), agenda=agenda,
    )  # fmt: skip
    stamp = stamp_of(last)
    meeting = _carry_answers(meeting, last, stamp, by)
    if left and meeting.field("A3", "mappa_category"):
        meeting = meeting.answer("A3", "mappa_category", str(Category.UNCONFIRMED), by)
    meeting = _carry_entries(meeting, last, stamp)
    return _with_basics(meeting, area, by)


def stamp_of(last: Meeting) -> str:
    """What is carried from a meeting says so: which, of which day, and whether its minutes are ours."""
    theirs = " (minutes made elsewhere)" if last.state is MeetingState.ELSEWHERE else ""
    return f"{last.ref}, {long_date(last.held_on)}{theirs}"


def planned_again(cancelled: Meeting, *, level: Level, held_on: date, area: Area) -> Meeting:
    """A cancelled meeting with another day and level: its number, kind and content stay.

    Raises Refused as :func:`first_meeting`.
    """
    may_be_held(cancelled.case, level, area)
    return cancelled.with_facts(
        level=level, held_on=held_on, sitting="", slot=None,
        booked_minutes=area.planned_minutes(level, cancelled.kind),
    )  # fmt: skip


def brought_forward(
    planned: Meeting, *, level: Level, held_on: date, by: By, area: Area, new_id: str
) -> Meeting:
    """The planned meeting, held as an emergency panel instead: an emergency does not wait for it.

    What was carried and typed into it stays; the day that it was planned for is kept among the
    key dates. Raises Refused once it has begun.
    """
    may_be_held(planned.case, level, area)
    if planned.state is not MeetingState.PLANNED:
        msg = f"{planned.ref} is {planned.state.label}."
        raise Refused(msg, remedy="Close it before the next one is started.")
    if planned.kind is MeetingKind.EMERGENCY:
        msg = f"{planned.ref} is an emergency panel already, on {long_date(planned.held_on)}."
        raise Refused(msg, remedy="Open it.")
    was = f"{planned.kind.label.capitalize()} that was planned before this emergency panel"
    found = planned.with_facts(
        level=level, kind=MeetingKind.EMERGENCY, held_on=held_on, sitting="", slot=None,
        booked_minutes=area.planned_minutes(level, MeetingKind.EMERGENCY),
    )  # fmt: skip
    return found.add(
        e.KeyDate(id=new_id, event=KeyDateKind.OTHER, on=planned.held_on, detail=was), by
    )


def may_be_held(case: Case, level: Level, area: Area) -> None:
    """Raises Refused as :func:`first_meeting` says."""
    if level is Level.ONE:
        msg = "Level 1 has no formal meeting."
        raise Refused(msg, remedy="Choose Level 2 or Level 3.")
    if (
        case.category is Category.FOUR
        and not case.fiction
        and area.category_four_approved_on is None
    ):
        msg = "Category 4 cases are not held here: the area file gives no approval by the board."
        raise Refused(
            msg, remedy="Ask the Strategic Management Board; then set category_four_approved_on."
        )


def _with_basics(meeting: Meeting, area: Area, by: By) -> Meeting:
    basics = (
        ("A2", "statement_version", area.statement_version),
        ("A3", "mappa_category", str(meeting.case.category)),
    )
    for item, key, text in basics:
        if meeting.field(item, key) and not meeting.text(item, key):
            meeting = meeting.answer(item, key, text, by)
    rated = {r.group for r in meeting.of(e.RiskRating)}
    for group in rated_groups(meeting):
        if group not in rated:
            meeting = meeting.add(
                e.RiskRating(id=_id(meeting, "ratings", str(group)), group=group), by
            )
    return meeting


def _carry_answers(meeting: Meeting, last: Meeting, stamp: str, by: By) -> Meeting:
    answers = dict(meeting.answers)
    for item in meeting.agenda:
        for field in item.fields:
            text = last.text(item.code, field.key)
            if field.carried and text.strip():
                answers[item.code, field.key] = Answer(
                    item=item.code, field=field.key, text=text, typed_by=by.name, typed_at=by.at, carried_from=stamp
                )  # fmt: skip
    return dataclasses.replace(meeting, answers=MappingProxyType(answers))


def _carry_entries(meeting: Meeting, last: Meeting, stamp: str) -> Meeting:
    rows: dict[str, tuple[e.Entry, ...]] = {}
    for kind in CARRIED_KINDS:
        rows[kind.kind] = tuple(
            dataclasses.replace(
                row, id=_id(meeting, kind.kind, row.id), revision=1, restricted_part="",
                carried_from=stamp, confirmed_by="", read_back=None,
            )
            for row in last.live(kind)
            if not (isinstance(row, e.Transfer) and is_settled(row))
        )  # fmt: skip
    rows[e.Attendance.kind] = tuple(
        dataclasses.replace(
            person, id=_id(meeting, "attendance", person.id), revision=1, status=None, identity=None,
            private_space=None, report=None, report_on=None, spoc_contacted_at="", spoc_outcome="",
            deputy_for="", carried_from=stamp, confirmed_by="", restricted_part="",
        )
        for person in last.live(e.Attendance)
    )  # fmt: skip
    rows[e.RiskRating.kind] = tuple(
        e.RiskRating(
            id=_id(meeting, "ratings", str(row.group)), number=place, group=row.group, last=row.level,
            typed_by=row.typed_by, typed_at=row.typed_at,
        )
        for place, row in enumerate((r for r in last.live(e.RiskRating) if r.group), start=1)
    )  # fmt: skip
    rows[e.Action.kind] = tuple(carried_action(meeting, row, stamp) for row in open_actions(last))
    return dataclasses.replace(meeting, rows=MappingProxyType({k: r for k, r in rows.items() if r}))


def open_actions(meeting: Meeting) -> tuple[e.Action, ...]:
    """Actions that go on after this meeting: new ones, and old ones still outstanding."""
    return tuple(
        a
        for a in meeting.live(e.Action)
        if (a.status is None or a.status.outstanding)
        and (a.set_at == meeting.number or a.status is not None)
    )


def carried_action(meeting: Meeting, action: e.Action, stamp: str) -> e.Action:
    """The same action at the next meeting: same reference, its answers still to come."""
    went_on = action.new_due is not None or action.status is not None
    return dataclasses.replace(
        action, id=_id(meeting, "actions", action.id), revision=1, origin=action.origin or action.id,
        due=action.current_due, new_due=None, status=None, outcome="", completed_on=None,
        reason_not_done="", carry_forward=None, times_carried=action.times_carried + (1 if went_on else 0),
        carried_from=stamp, confirmed_by="", read_back=None, restricted_part="",
    )  # fmt: skip


def group_order(row: e.RiskRating) -> int:
    """Where a rating stands in the grid."""
    return list(RiskGroup).index(row.group) if row.group else len(RiskGroup)


def _id(meeting: Meeting, kind: str, stem: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{meeting.id}:{kind}:{stem}"))
