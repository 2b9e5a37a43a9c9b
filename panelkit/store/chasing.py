"""Actions across meetings, found in the database; and what was done about them.

Cases that are hidden from whoever opened the record are in none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    cast,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.sql.expression import FromClause

from panelkit.domain import entries as e
from panelkit.domain.action_filter import ActionFilter, Due, kinds_of_any
from panelkit.domain.chasing import (
    NO_DAY,
    About,
    Chased,
    Escalation,
    Reminded,
    Reminder,
    ReminderKind,
    Spoc,
)
from panelkit.domain.missing import Invited
from panelkit.domain.updates import Entered
from panelkit.domain.vocabulary import (
    HELD,
    AttendanceStatus,
    Level,
    MeetingState,
    ReportStatus,
    YesNo,
)
from panelkit.store import access, convert
from panelkit.store.kept import day_of
from panelkit.store.standing import ACTIONS, DONE, OPEN
from panelkit.store.tables import (
    CASE,
    ENTERED,
    ENTRY_TABLES,
    ESCALATION,
    MEETING,
    REMINDED,
    REMINDER,
    SPOC,
    STANDING,
)

_MOST_AT_ONCE: Final = 500


# -- actions --------------------------------------------------------------------------------


def found(
    connection: Connection, wanted: ActionFilter, today: date, who: Mapping[str, Sequence[str]],
    limit: int = 0,
) -> list[Chased]:  # fmt: skip
    """Actions that a filter means, by date; ``who`` has the organisations of each ``@`` word.

    At most ``limit`` of them where one is given. Only open ones are looked at unless the filter
    speaks of others.
    """
    both = STANDING.join(MEETING, MEETING.c.id == STANDING.c.meeting_id)
    both = both.join(CASE, CASE.c.id == STANDING.c.case_id)
    both = both.join(ACTIONS, ACTIONS.c.id == STANDING.c.action_id)
    asked = _asked(both).where(*_where(wanted, today, who))
    asked = asked.where(access.may_open(connection, STANDING.c.case_id))
    asked = asked.order_by(STANDING.c.due, STANDING.c.id)
    if limit:
        asked = asked.limit(limit)
    return [_chased(row) for row in connection.execute(asked).mappings()]


def by_keys(connection: Connection, keys: Sequence[str]) -> list[Chased]:
    """Actions by their names in the record, in the order of their dates; one that is gone is left out."""
    both = STANDING.join(MEETING, MEETING.c.id == STANDING.c.meeting_id)
    both = both.join(CASE, CASE.c.id == STANDING.c.case_id)
    both = both.join(ACTIONS, ACTIONS.c.id == STANDING.c.action_id)
    rows: list[Chased] = []
    for part in _parts(keys):
        asked = _asked(both).where(STANDING.c.id.in_(part), STANDING.c.is_open >= DONE)
        asked = asked.where(access.may_open(connection, STANDING.c.case_id))
        rows += [_chased(row) for row in connection.execute(asked).mappings()]
    return sorted(rows, key=lambda one: (one.action.current_due or date.max, one.key))


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[at : at + _MOST_AT_ONCE] for at in range(0, len(keys), _MOST_AT_ONCE))


def _asked(both: FromClause) -> Select[Any]:
    return select(
        STANDING.c.case_id, STANDING.c.meeting_id, CASE.c.ref.label("case_ref"), CASE.c.fiction,
        MEETING.c.number.label("meeting_number"), MEETING.c.state, MEETING.c.held_on, MEETING.c.level,
        *(column.label(f"a_{column.name}") for column in ACTIONS.c),
    ).select_from(both)  # fmt: skip


def _chased(row: Any) -> Chased:
    own = {name.removeprefix("a_"): value for name, value in row.items() if name.startswith("a_")}
    action = convert.entry_of(e.Action, own)
    if not isinstance(action, e.Action):
        raise TypeError(action)
    return Chased(
        case_id=row["case_id"], case_ref=row["case_ref"], fiction=bool(row["fiction"]),
        meeting_id=row["meeting_id"], meeting_number=row["meeting_number"],
        meeting_state=MeetingState(row["state"]), held_on=date.fromisoformat(row["held_on"]),
        level=Level(row["level"]), action=action,
    )  # fmt: skip


def _where(
    wanted: ActionFilter, today: date, who: Mapping[str, Sequence[str]]
) -> list[ColumnElement[bool]]:
    here: list[ColumnElement[bool]] = [
        STANDING.c.is_open >= DONE if wanted.reads_done else STANDING.c.is_open == OPEN
    ]
    said = kinds_of_any(wanted)
    for kind, values in said.items():
        here.append(or_(*(_one(kind, value, today, who) for value in values)))
    for term in wanted.terms:
        if term.without:
            here.append(not_(_one(term.kind, term.value, today, who)))
        elif term.kind not in said:
            here.append(_one(term.kind, term.value, today, who))
    return here


def _one(
    kind: str, value: str, today: date, who: Mapping[str, Sequence[str]]
) -> ColumnElement[bool]:
    if kind == "who":
        named = STANDING.c.organisation.in_(list(who.get(value, ())))
        return or_(named, _owned_by(value))
    if kind == "level":
        return MEETING.c.level == value
    if kind == "case":
        return func.upper(CASE.c.ref) == value
    if kind == "due":
        return _due(value, today)
    if kind == "words":
        return STANDING.c.words.contains(value, autoescape=True)
    return _is(value, today)


def _owned_by(value: str) -> ColumnElement[bool]:
    """An owner by a part of the name: the first line of ``words``, capitals already put down."""
    plain = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return STANDING.c.words.like(f"%{plain}%\n%", escape="\\")


def _is(value: str, today: date) -> ColumnElement[bool]:
    if value == "overdue":
        return and_(STANDING.c.is_open == OPEN, STANDING.c.due < today.isoformat())
    if value == "carried":
        return cast(ACTIONS.c.times_carried, Integer) >= 1
    if value == "unaccepted":
        return func.coalesce(ACTIONS.c.accepted, "") != str(YesNo.YES)
    if value == "noowner":
        return STANDING.c.words.startswith("\n")  # the owner is its first line
    if value == "open":
        return STANDING.c.is_open == OPEN
    if value == "done":
        return STANDING.c.is_open == DONE
    return STANDING.c.is_open >= DONE


def _due(value: str, today: date) -> ColumnElement[bool]:
    from panelkit.domain.action_filter import Term

    due: Due = Term("due", value).due
    day = due.on(today)
    if day is None:
        return STANDING.c.due == NO_DAY
    there, said = STANDING.c.due != NO_DAY, day.isoformat()
    held = {
        "<": STANDING.c.due < said, "<=": STANDING.c.due <= said, ">": STANDING.c.due > said,
        ">=": STANDING.c.due >= said, "": STANDING.c.due == said,
    }  # fmt: skip
    return and_(there, held[due.sign])


def organisations(connection: Connection, *, also_done: bool = False) -> dict[str, int]:
    """How many actions each organisation has: open ones, or all of them."""
    count = func.count()
    asked = select(STANDING.c.organisation, count)
    asked = asked.where(
        STANDING.c.is_open >= DONE if also_done else STANDING.c.is_open == OPEN,
        access.may_open(connection, STANDING.c.case_id),
    )
    rows = connection.execute(asked.group_by(STANDING.c.organisation))
    return {row[0]: row[1] for row in sorted(rows, key=lambda row: row[0])}


# -- reminders ------------------------------------------------------------------------------


def reminders(connection: Connection) -> tuple[Reminder, ...]:
    """Every reminder that was written, the oldest first."""
    rows = connection.execute(select(REMINDER).order_by(REMINDER.c.written_at, REMINDER.c.id))
    return tuple(reminder_of(row) for row in rows.mappings())


def reminded(
    connection: Connection, reminder_id: str = "", keys: Sequence[tuple[str, int, int]] = ()
) -> tuple[Reminded, ...]:
    """The actions of a reminder; or of every reminder, those of these actions alone."""
    asked = select(REMINDED).where(access.may_open(connection, REMINDED.c.case_id))
    if reminder_id:
        asked = asked.where(REMINDED.c.reminder_id == reminder_id)
    if keys:
        asked = asked.where(REMINDED.c.case_id.in_({case_id for case_id, _at, _n in keys}))
    order = (REMINDED.c.case_id, REMINDED.c.set_at, REMINDED.c.number, REMINDED.c.id)
    rows = [reminded_of(row) for row in connection.execute(asked.order_by(*order)).mappings()]
    these = set(keys)
    return tuple(r for r in rows if not these or (r.case_id, r.set_at, r.number) in these)


def reminder_of(row: Any) -> Reminder:
    """The reminder that a row holds."""
    written = convert.instant_of(row["written_at"])
    if written is None:
        msg = "a reminder has an instant"
        raise ValueError(msg)
    return Reminder(
        id=row["id"], organisation=row["organisation"], kind=ReminderKind(row["kind"]),
        written_at=written, written_by=row["written_by"], file=row["file"], sha256=row["sha256"],
        sent_on=day_of(row["sent_on"]), sent_by=row["sent_by"], replied_on=day_of(row["replied_on"]),
        nil_return=bool(row["nil_return"]), typed_by=row["typed_by"],
        typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip


def reminded_of(row: Any) -> Reminded:
    """The action of a reminder that a row holds."""
    return Reminded(
        id=row["id"], reminder_id=row["reminder_id"], case_id=row["case_id"], set_at=row["set_at"],
        number=row["number"], due=day_of(row["due"]), reply=row["reply"], replied_by=row["replied_by"],
        replied_on=day_of(row["replied_on"]), typed_by=row["typed_by"],
        typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip


# -- escalations, contacts ------------------------------------------------------------------


def escalations(connection: Connection) -> tuple[Escalation, ...]:
    """Every escalation, withdrawn ones too, the oldest first."""
    asked = select(ESCALATION).where(access.may_open(connection, ESCALATION.c.case_id))
    order = (ESCALATION.c.made_on, ESCALATION.c.typed_at, ESCALATION.c.id)
    return tuple(
        escalation_of(row) for row in connection.execute(asked.order_by(*order)).mappings()
    )


def escalation_of(row: Any) -> Escalation:
    """The escalation that a row holds."""
    return Escalation(
        id=row["id"], organisation=row["organisation"], about=About(row["about"]),
        case_id=row["case_id"], set_at=row["set_at"], number=row["number"], to_whom=row["to_whom"],
        made_on=date.fromisoformat(row["made_on"]), made_by=row["made_by"], words=row["words"],
        answer=row["answer"], answered_on=day_of(row["answered_on"]), withdrawn=row["withdrawn"],
        typed_by=row["typed_by"], typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip


def spocs(connection: Connection) -> tuple[Spoc, ...]:
    """Every single point of contact, those that were withdrawn too, by organisation."""
    rows = connection.execute(select(SPOC)).mappings()
    found = (
        Spoc(
            id=row["id"], organisation=row["organisation"], name=row["name"], contact=row["contact"],
            since=day_of(row["since"]), withdrawn=row["withdrawn"], typed_by=row["typed_by"],
            typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
        )
        for row in rows
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.organisation, one.since or date.min, one.id)))


# -- attendance, and what is owed to other systems ---------------------------------------------


def invited(connection: Connection, first: date, last: date) -> list[Invited]:
    """Attendance at every meeting that was held in these days, in a fixed order."""
    people = ENTRY_TABLES["attendance"]
    names = (people.c.organisation, people.c.status, people.c.report, people.c.agency)
    asked = select(MEETING.c.id, CASE.c.ref, MEETING.c.number, MEETING.c.held_on, *names)
    asked = asked.select_from(
        people.join(MEETING, MEETING.c.id == people.c.meeting_id).join(
            CASE, CASE.c.id == MEETING.c.case_id
        )
    )
    asked = asked.where(
        MEETING.c.state.in_([str(state) for state in HELD]), MEETING.c.held_on.between(first.isoformat(), last.isoformat()),
        people.c.withdrawn == "", people.c.agency.not_in(["LAY", "OBS", "ADM"]),
        access.may_open(connection, MEETING.c.case_id),
    ).order_by(MEETING.c.held_on, MEETING.c.id, people.c.number)  # fmt: skip
    return [
        Invited(
            row.id, f"{row.ref}-{row.number}", date.fromisoformat(row.held_on),
            (row.organisation or "").strip(),
            AttendanceStatus(row.status) if row.status else None,
            ReportStatus(row.report) if row.report else None,
        )
        for row in connection.execute(asked)
    ]  # fmt: skip


def ended_between(connection: Connection, first: date, last: date) -> list[str]:
    """Ids of meetings that were closed and held in these days, the oldest first."""
    asked = select(MEETING.c.id).where(
        MEETING.c.state.in_([str(state) for state in HELD]), MEETING.c.held_on.between(first.isoformat(), last.isoformat()),
        access.may_open(connection, MEETING.c.case_id),
    )  # fmt: skip
    return list(connection.execute(asked.order_by(MEETING.c.held_on, MEETING.c.id)).scalars())


def entered(connection: Connection, meeting_ids: Sequence[str]) -> tuple[Entered, ...]:
    """What somebody says was entered of these meetings, withdrawn ones too."""
    found: list[Entered] = []
    may = access.may_open_meeting(connection, ENTERED.c.meeting_id)
    for part in _parts(meeting_ids):
        asked = select(ENTERED).where(ENTERED.c.meeting_id.in_(part), may)
        found += map(entered_of, connection.execute(asked).mappings())
    return tuple(sorted(found, key=lambda one: (one.meeting_id, one.what, one.done_on, one.id)))


def entered_of(row: Any) -> Entered:
    """What a row says was entered."""
    return Entered(
        id=row["id"], meeting_id=row["meeting_id"], what=row["what"],
        done_on=date.fromisoformat(row["done_on"]), done_by=row["done_by"],
        withdrawn=row["withdrawn"], typed_by=row["typed_by"],
        typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip
