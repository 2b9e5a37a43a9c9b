"""What is wanted of sittings, found by what falls due: how many of each kind, day, level and length
together, and the first of them in a line each. No meeting is read for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select

from panelkit.domain.clashes import Declared
from panelkit.domain.demand import WantKind
from panelkit.domain.put_off import NO_CANCELLATION, PutOffReason
from panelkit.domain.referrals import Screened
from panelkit.domain.vocabulary import (
    InterestHandling,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingRole,
    MeetingState,
)
from panelkit.store import access, falls_due
from panelkit.store.tables import (
    ANSWER,
    CASE,
    ENTRY_TABLES,
    FALLS_DUE,
    MEETING,
    PUT_OFF,
    REFERRAL,
    SCREENING,
)

_ROLES: Final = (MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER)
_NOT_AGAIN: Final = tuple(str(one) for one in (PutOffReason.NOT_NEEDED, *NO_CANCELLATION))
"""Reasons for a cancellation after which no other day is wanted."""


@dataclass(frozen=True, slots=True)
class Many:
    """As many as are wanted of one kind, by one day."""

    kind: WantKind
    due: date
    level: Level
    meeting_kind: MeetingKind
    """Of the meeting that is wanted."""
    booked_minutes: int
    """For how long it is booked; 0 for one that is not planned yet."""
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of them."""

    kind: WantKind
    due: date
    ref: str
    """Of the case where a meeting has still to be made, else of the meeting."""
    level: Level
    meeting_kind: MeetingKind
    booked_minutes: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted referral, with the first meeting that its case has since."""

    number: int
    accepted_on: date
    level: Level
    case_ref: str = ""
    first_ref: str = ""
    """Of that meeting; blank while there is none."""
    first_on: date | None = None
    first_level: Level | None = None
    sitting: str = ""
    booked_minutes: int = 0


def officers(
    connection: Connection, ids: Sequence[str]
) -> dict[str, tuple[tuple[MeetingRole, str], ...]]:
    """The first in each role on the lists of these meetings; withdrawn ones left out."""
    people = ENTRY_TABLES["attendance"]
    found = select(people.c.meeting_id, people.c.meeting_role, people.c.name).where(
        people.c.meeting_id.in_(list(ids)), people.c.withdrawn == "",
        people.c.meeting_role.in_([str(role) for role in _ROLES]),
    )  # fmt: skip
    there: dict[str, dict[MeetingRole, str]] = defaultdict(dict)
    for row in connection.execute(found.order_by(people.c.number, people.c.id)):
        there[row.meeting_id].setdefault(MeetingRole(row.meeting_role), row.name or "")
    return {meeting: tuple(said.items()) for meeting, said in there.items()}


def declared(connection: Connection, case_refs: Sequence[str]) -> dict[str, tuple[Declared, ...]]:
    """Interests declared at the meetings of these cases, the newest meeting first."""
    told = ENTRY_TABLES["interests"]
    found = (
        select(CASE.c.ref, MEETING.c.number, told.c.declared_by, told.c.handling)
        .join(MEETING, MEETING.c.id == told.c.meeting_id)
        .join(CASE, CASE.c.id == MEETING.c.case_id)
        .where(CASE.c.ref.in_(list(case_refs)), told.c.withdrawn == "")
        .where(access.may_open(connection, MEETING.c.case_id))
        .order_by(MEETING.c.number.desc(), told.c.number, told.c.id)
    )
    there: dict[str, list[Declared]] = defaultdict(list)
    for row in connection.execute(found):
        how = InterestHandling(row.handling) if row.handling else None
        there[row.ref].append(Declared(row.declared_by or "", how, f"{row.ref}-{row.number}"))
    return {ref: tuple(said) for ref, said in there.items()}


# -- what falls due ----------------------------------------------------------------------------


_NEXT: Final = ANSWER.alias("said_next")
_DECIDED: Final = ANSWER.alias("decided")
_NEXT_LEVEL: Final = case(
    (_NEXT.c.text.in_([str(Level.TWO), str(Level.THREE)]), _NEXT.c.text),
    (_DECIDED.c.text == str(LevelDecision.L3), literal(str(Level.THREE))),
    (_DECIDED.c.text == str(LevelDecision.L2), literal(str(Level.TWO))),
    else_=MEETING.c.level,
)
"""At which level the next meeting is: as A18 says, else as A15 decided, else as this one was."""
_PANEL: Final = MEETING.c.kind == str(MeetingKind.EMERGENCY)
_IS_NEEDED: Final = ~(
    select(PUT_OFF.c.id)
    .where(
        PUT_OFF.c.meeting_id == MEETING.c.id, PUT_OFF.c.planned_for == MEETING.c.held_on,
        PUT_OFF.c.withdrawn == "", PUT_OFF.c.reason.in_(_NOT_AGAIN),
    )
    .exists()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the rows of one kind are, and what of them the wanted meeting is made of."""

    what: str
    where: ColumnElement[bool]
    level: Any
    meeting_kind: Any
    booked: Any


_REVIEW: Final = literal(str(MeetingKind.REVIEW))
_NONE: Final = literal(0)
_SOURCES: Final[Mapping[WantKind, _Source]] = MappingProxyType(
    {
        WantKind.REVIEW: _Source(falls_due.REVIEW, ~_PANEL, _NEXT_LEVEL, _REVIEW, _NONE),
        WantKind.AFTERWARDS: _Source(falls_due.REVIEW, _PANEL, _NEXT_LEVEL, _REVIEW, _NONE),
        WantKind.AGAIN: _Source(
            falls_due.CANCELLED, _IS_NEEDED, MEETING.c.level, MEETING.c.kind, MEETING.c.booked_minutes
        ),
        WantKind.LOOSE: _Source(
            falls_due.PLANNED, MEETING.c.sitting == "", MEETING.c.level, MEETING.c.kind,
            MEETING.c.booked_minutes,
        ),
    }
)  # fmt: skip
"""Kinds that are found by what falls due."""
MADE_ANEW: Final = (WantKind.REVIEW, WantKind.AFTERWARDS)
"""Kinds of which no meeting is planned yet: what they are called is the case."""


def _found(connection: Connection, kind: WantKind, before: date, *columns: Any) -> Select[Any]:
    source = _SOURCES[kind]
    found = select(
        FALLS_DUE.c.day, source.level.label("level"), source.meeting_kind.label("kind"),
        source.booked.label("booked"), *columns,
    ).join(MEETING, MEETING.c.id == FALLS_DUE.c.meeting_id)  # fmt: skip
    if source.level is _NEXT_LEVEL:
        for answer, item, name in (
            (_NEXT, "A18", "next_level"), (_DECIDED, "A15", "level_decision"),
        ):  # fmt: skip
            said = (answer.c.meeting_id == MEETING.c.id) & (answer.c.item == item)
            found = found.outerjoin(answer, said & (answer.c.field == name))
    found = found.where(
        FALLS_DUE.c.what == source.what, FALLS_DUE.c.day < before.isoformat(), source.where
    )
    return found.where(access.may_open(connection, MEETING.c.case_id))


def how_many(connection: Connection, before: date) -> list[Many]:
    """Of every kind that falls due, in the order of days."""
    counted: dict[tuple[WantKind, date, Level, MeetingKind, int], int] = defaultdict(int)
    for kind in _SOURCES:
        # Grouped here: what a group is made of is worked out for each row in any case.
        inner = _found(connection, kind, before).subquery()
        keys = (inner.c.day, inner.c.level, inner.c.kind, inner.c.booked)
        for row in connection.execute(select(*keys, func.count().label("many")).group_by(*keys)):
            day = _day(row.day)
            if day is not None:
                of = MeetingKind(row.kind)
                counted[kind, day, Level(row.level), of, row.booked] += row.many
    return [Many(*key, count) for key, count in sorted(counted.items(), key=lambda one: one[0][1])]


def first(connection: Connection, kind: WantKind, before: date, limit: int) -> list[Wanted]:
    """The first of one kind by day, in a line each."""
    found = _found(connection, kind, before, CASE.c.ref, MEETING.c.number)
    found = found.join(CASE, CASE.c.id == MEETING.c.case_id)
    rows = connection.execute(found.order_by(FALLS_DUE.c.day, FALLS_DUE.c.meeting_id).limit(limit))
    return [
        Wanted(
            kind, day, row.ref if kind in MADE_ANEW else f"{row.ref}-{row.number}", Level(row.level),
            MeetingKind(row.kind), row.booked,
        )
        for row in rows
        if (day := _day(row.day)) is not None
    ]  # fmt: skip


def _day(text: str) -> date | None:
    """The day, where it is one: what came from elsewhere may hold other words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# -- referrals ---------------------------------------------------------------------------------


def accepted(connection: Connection, since: date) -> list[Accepted]:
    """See :meth:`panelkit.store.planned.PlansSittings.accepted_since`."""
    said = (
        select(
            REFERRAL.c.number, REFERRAL.c.case_id, SCREENING.c.decided_on, SCREENING.c.level_given
        )
        .join(SCREENING, SCREENING.c.referral_id == REFERRAL.c.id)
        .where(
            REFERRAL.c.withdrawn == "", SCREENING.c.withdrawn == "",
            SCREENING.c.decision.in_([str(one) for one in Screened if one.accepts]),
            SCREENING.c.level_given != "",
        )
    )  # fmt: skip
    waits = said.where(REFERRAL.c.case_id == "")
    led = said.where(REFERRAL.c.case_id != "", SCREENING.c.decided_on >= since.isoformat())
    found = [
        Accepted(row.number, date.fromisoformat(row.decided_on), Level(row.level_given))
        for row in connection.execute(waits.where(access.may_open(connection, REFERRAL.c.case_id)))
    ]
    rows = connection.execute(led.where(access.may_open(connection, REFERRAL.c.case_id))).all()
    firsts = _firsts(connection, {row.case_id: row.decided_on for row in rows})
    for row in rows:
        ref, meeting = firsts.get(row.case_id, ("", None))
        there = Accepted(
            row.number, date.fromisoformat(row.decided_on), Level(row.level_given), ref
        )
        if meeting is None:
            found.append(there)
        elif meeting["state"] == str(MeetingState.PLANNED) and not meeting["cancelled"]:
            found.append(
                Accepted(
                    there.number, there.accepted_on, there.level, ref, f"{ref}-{meeting['number']}",
                    date.fromisoformat(meeting["held_on"]), Level(meeting["level"]),
                    meeting["sitting"], meeting["booked_minutes"],
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.accepted_on, one.number))


_AT_ONCE: Final = 500


_STANDS_CANCELLED: Final = (
    select(FALLS_DUE.c.id)
    .where(FALLS_DUE.c.meeting_id == MEETING.c.id, FALLS_DUE.c.what == falls_due.CANCELLED)
    .exists()
)
"""Of a first meeting: it is wanted again as such, and not as a first one."""


def _firsts(connection: Connection, accepted_on: Mapping[str, str]) -> dict[str, tuple[str, Any]]:
    """By case, its reference and its first meeting on or after a day, held or not; None for none."""
    there: dict[str, tuple[str, Any]] = {}
    ids = list(accepted_on)
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        found = (
            select(
                CASE.c.id.label("of_case"),
                CASE.c.ref,
                MEETING,
                _STANDS_CANCELLED.label("cancelled"),
            )
            .outerjoin(MEETING, MEETING.c.case_id == CASE.c.id)
            .where(CASE.c.id.in_(some), access.may_open(connection, CASE.c.id))
            .order_by(CASE.c.id, MEETING.c.number)
        )
        for row in connection.execute(found).mappings():
            known = there.setdefault(row["of_case"], (row["ref"], None))
            is_first = known[1] is None and row["id"] is not None
            if is_first and row["held_on"] >= accepted_on[row["of_case"]]:
                there[row["of_case"]] = (row["ref"], row)
    return there
