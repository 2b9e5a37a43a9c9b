"""What falls due, kept beside the meetings in the transaction that stores them, so that a list need
not read every meeting to find what is late.

Worked out from the rows that are stored, never from the value that is saved: two desks may have
changed different places of one meeting. Whatever a list says of a meeting it says from the meeting
itself; these rows only say which to look at. ``work_out`` makes all of them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, select, text

from panelkit.domain import entries as e
from panelkit.domain.meeting import Meeting
from panelkit.domain.put_off import PutOffKind
from panelkit.domain.vocabulary import (
    HELD,
    OVER,
    ActionStatus,
    AttendanceStatus,
    Category,
    LevelDecision,
    MeetingKind,
    MeetingRole,
    MeetingState,
    OwedWhat,
    ReportStatus,
    TransferAnswer,
)
from panelkit.store.tables import FALLS_DUE, MEETING

ACTION: Final = "action"
"""Of the last meeting of a case: an action that goes on, by its day."""
REVIEW: Final = "review"
"""Of the last meeting of a case that ended and leaves nobody: the day of the next."""
APPROVE: Final = "approve"
"""Of a meeting that ended: its minutes, which its chair approves; from the day it was held."""
ISSUE: Final = "issue"
"""The same once they are approved: its minute taker issues them."""

AFTERWARDS: Final = "afterwards"
"""Of an emergency panel that was called and has ended: that something it left may be owed still; from
the day it was held."""
TRANSFER: Final = "transfer"
"""Of the last meeting of a case: that a transfer of it goes on; from its last step."""
PLANNED: Final = "planned"
"""Of a meeting that is still to be held, and does not stand cancelled: its day."""
CANCELLED: Final = "cancelled"
"""Of a planned meeting that stands cancelled: the day it was planned for."""


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_ENDED: Final = _listed(tuple(str(state) for state in HELD))
_OVER: Final = _listed(tuple(str(state) for state in OVER))
_GOES_ON: Final = _listed(("", *(str(each) for each in ActionStatus if each.outstanding)))
_LEAVES: Final = _listed((str(LevelDecision.EXIT), str(LevelDecision.L1)))
_LAST: Final = (
    "NOT EXISTS (SELECT 1 FROM meeting AS later "
    "WHERE later.case_id = meeting.case_id AND later.number > meeting.number)"
)
_DAY: Final = "coalesce(nullif(actions.new_due, ''), actions.due, '')"
_STATUS: Final = "coalesce(actions.status, '')"
_ACTIONS: Final = f"""
    SELECT actions.id, actions.meeting_id, '{ACTION}', {_DAY}, coalesce(actions.owner, '')
    FROM meeting JOIN actions ON actions.meeting_id = meeting.id
    WHERE {_LAST} AND actions.withdrawn = '' AND {_STATUS} IN ({_GOES_ON}) AND {_DAY} <> ''
    AND CASE WHEN meeting.state IN ({_OVER}) THEN actions.set_at = meeting.number OR {_STATUS} <> ''
        ELSE actions.set_at <> meeting.number END"""
_REVIEWS: Final = f"""
    SELECT meeting.id || '.{REVIEW}', meeting.id, '{REVIEW}', next.text, ''
    FROM meeting JOIN answer AS next ON next.meeting_id = meeting.id
        AND next.item = 'A18' AND next.field = 'next_review_date'
    LEFT JOIN answer AS level ON level.meeting_id = meeting.id
        AND level.item = 'A15' AND level.field = 'level_decision'
    WHERE {_LAST} AND meeting.state IN ({_OVER}) AND next.text <> ''
    AND coalesce(level.text, '') NOT IN ({_LEAVES})"""


def _minutes(what: str, state: MeetingState, role: MeetingRole) -> str:
    """One row for each meeting in ``state``, with the first who has the ``role``."""
    return f"""
    SELECT meeting.id || '.{what}', meeting.id, '{what}', meeting.held_on, coalesce((
        SELECT name FROM attendance WHERE attendance.meeting_id = meeting.id
        AND attendance.meeting_role = '{role}' AND attendance.withdrawn = ''
        ORDER BY attendance.number, attendance.id LIMIT 1), '')
    FROM meeting WHERE meeting.state = '{state}'"""


_STANDS_CANCELLED: Final = f"""EXISTS (
    SELECT 1 FROM put_off WHERE put_off.meeting_id = meeting.id
    AND put_off.planned_for = meeting.held_on AND put_off.withdrawn = ''
    AND put_off.kind = '{PutOffKind.CANCELLED}' AND NOT EXISTS (
        SELECT 1 FROM put_off AS after WHERE after.meeting_id = meeting.id
        AND after.number > put_off.number AND after.withdrawn = ''))"""
"""As :func:`panelkit.domain.put_off.is_cancelled` says it."""


def _planned(what: str, whether: str) -> str:
    return f"""
    SELECT meeting.id || '.{what}', meeting.id, '{what}', meeting.held_on, ''
    FROM meeting WHERE meeting.state = '{MeetingState.PLANNED}' AND {whether} {_STANDS_CANCELLED}"""


_CALLED: Final = """(
    EXISTS (SELECT 1 FROM calls WHERE calls.meeting_id = meeting.id AND calls.withdrawn = '')
    OR EXISTS (SELECT 1 FROM answer AS called WHERE called.meeting_id = meeting.id
        AND called.item = 'A1' AND called.field = 'called_at' AND called.text LIKE '%, __:__'))"""
"""As :func:`panelkit.domain.emergency.called_when` reads it, near enough."""


def _settled(what: OwedWhat, organisation: str = "''") -> str:
    return f"""EXISTS (SELECT 1 FROM settled WHERE settled.meeting_id = meeting.id
        AND settled.withdrawn = '' AND settled.what = '{what}'
        AND lower(coalesce(settled.organisation, '')) = lower({organisation}))"""


_LEFT_BEFORE: Final = f"""EXISTS (
    SELECT 1 FROM meeting AS before JOIN answer AS level ON level.meeting_id = before.id
    WHERE before.case_id = meeting.case_id AND before.number = (
        SELECT max(number) FROM meeting AS each WHERE each.case_id = meeting.case_id
        AND each.number < meeting.number)
    AND level.item = 'A15' AND level.field = 'level_decision' AND level.text = '{LevelDecision.EXIT}')"""
_NO_PAPER: Final = f"""EXISTS (
    SELECT 1 FROM attendance AS there WHERE there.meeting_id = meeting.id AND there.withdrawn = ''
    AND there.status IN ({_listed(tuple(str(each) for each in AttendanceStatus if each.present))})
    AND coalesce(there.organisation, '') <> ''
    AND coalesce(there.meeting_role, '') NOT IN ({_listed((str(MeetingRole.MINUTE_TAKER), str(MeetingRole.COORDINATOR)))})
    AND NOT EXISTS (SELECT 1 FROM attendance AS paper WHERE paper.meeting_id = meeting.id
        AND paper.withdrawn = '' AND paper.organisation = there.organisation
        AND paper.report IN ({_listed((str(ReportStatus.RECEIVED), str(ReportStatus.NIL_RETURN)))}))
    AND NOT {_settled(OwedWhat.PAPERS, "there.organisation")})"""
_NO_REFERRAL: Final = f"""(
    (meeting.number = 1 OR {_LEFT_BEFORE}) AND NOT {_settled(OwedWhat.REFERRAL)}
    AND (NOT EXISTS (SELECT 1 FROM referral WHERE referral.case_id = meeting.case_id
        AND referral.withdrawn = '') OR {_LEFT_BEFORE}))"""
_NO_CATEGORY: Final = f"""(NOT {_settled(OwedWhat.CATEGORY)} AND (
    (meeting.number = 1 AND EXISTS (SELECT 1 FROM "case" WHERE "case".id = meeting.case_id
        AND "case".category = '{Category.UNCONFIRMED}'))
    OR {_LEFT_BEFORE}
    OR EXISTS (SELECT 1 FROM answer AS said WHERE said.meeting_id = meeting.id AND said.item = 'A3'
        AND said.field = 'mappa_category' AND said.text = '{Category.UNCONFIRMED}'))
    AND NOT EXISTS (
        SELECT 1 FROM answer AS said JOIN meeting AS there ON there.id = said.meeting_id
        WHERE there.case_id = meeting.case_id AND said.item = 'A3' AND said.field = 'mappa_category'
        AND said.text NOT IN ('', '{Category.UNCONFIRMED}') AND (there.id = meeting.id
            OR there.number = (SELECT max(number) FROM meeting AS each
                WHERE each.case_id = meeting.case_id AND each.number > meeting.number))))"""
_AFTERWARDS: Final = f"""
    SELECT meeting.id || '.{AFTERWARDS}', meeting.id, '{AFTERWARDS}', meeting.held_on, ''
    FROM meeting WHERE meeting.kind = '{MeetingKind.EMERGENCY}' AND meeting.state IN ({_ENDED})
    AND (({_CALLED} AND ({_NO_PAPER} OR {_NO_REFERRAL})) OR {_NO_CATEGORY})"""
"""Perhaps one too many (whose word counts is the area's to say), and never one too few."""
_TRANSFERS: Final = f"""
    SELECT transfers.id || '.{TRANSFER}', meeting.id, '{TRANSFER}', coalesce(
        nullif(transfers.joint_on, ''), nullif(transfers.answered_on, ''),
        nullif(transfers.asked_on, ''), meeting.held_on), ''
    FROM meeting JOIN transfers ON transfers.meeting_id = meeting.id
    WHERE {_LAST} AND transfers.withdrawn = '' AND coalesce(transfers.handed_over_on, '') = ''
    AND coalesce(transfers.answer, '') <> '{TransferAnswer.DECLINED}'"""


SELECTS: Final = (
    _ACTIONS, _REVIEWS, _planned(PLANNED, "NOT"), _planned(CANCELLED, ""), _minutes(APPROVE, MeetingState.CLOSED, MeetingRole.CHAIR),
    _minutes(ISSUE, MeetingState.APPROVED, MeetingRole.MINUTE_TAKER), _AFTERWARDS, _TRANSFERS,
)  # fmt: skip
"""What the rows are; each may be narrowed to one case."""
_GONE: Final = text(
    "DELETE FROM falls_due WHERE meeting_id IN (SELECT id FROM meeting WHERE case_id = :case)"
)
_OF_CASE: Final = tuple(text(f"{each} AND meeting.case_id = :case") for each in SELECTS)
_OF_ALL: Final = tuple(text(each) for each in SELECTS)
_COLUMNS: Final = ("id", "meeting_id", "what", "day", "owner")
_TOGETHER: Final = 5000


def follow(connection: Connection, before: Meeting | None, after: Meeting) -> None:
    """The rows of a meeting's case as they are now, where what they are made of changed."""
    if before is None or changes(before, after):
        _refresh(connection, after.case.id)


def changes(before: Meeting, after: Meeting) -> bool:
    """Whether anything that the rows are made of is another."""
    return _made_of(before) != _made_of(after)


def follow_put_off(connection: Connection, meeting_id: str) -> None:
    """The same after a day of a meeting was given up, or taken back."""
    found = select(MEETING.c.case_id).where(MEETING.c.id == meeting_id)
    follow_case(connection, connection.execute(found).scalar())


def follow_case(connection: Connection, case_id: str | None) -> None:
    """The same after something of a case that is in no meeting; nothing for None."""
    if case_id:
        _refresh(connection, case_id)


def _refresh(connection: Connection, case_id: str) -> None:
    case = {"case": case_id}
    connection.execute(_GONE, case)
    _write(connection, [row for each in _OF_CASE for row in connection.execute(each, case)])


def work_out(connection: Connection) -> None:
    """Every row anew: after many meetings were written at once."""
    connection.execute(FALLS_DUE.delete())
    for each in _OF_ALL:
        rows = connection.execute(each).all()
        for at in range(0, len(rows), _TOGETHER):
            _write(connection, rows[at : at + _TOGETHER])


def wrong(connection: Connection) -> list[str]:
    """Ids of meetings whose rows are not what the meetings say: none, in a record that is whole."""
    said = {_kept(row) for each in _OF_ALL for row in connection.execute(each)}
    rows = connection.execute(select(*(FALLS_DUE.c[name] for name in _COLUMNS)))
    return sorted({row[1] for row in said ^ {tuple(row) for row in rows}})


def _kept(row: Row[Any]) -> tuple[Any, ...]:
    """Whom something waits on is kept as names are compared, whatever their capitals."""
    return (*row[:-1], row[-1].casefold())


def _write(connection: Connection, rows: Sequence[Row[Any]]) -> None:
    if rows:
        written = [dict(zip(_COLUMNS, _kept(row), strict=True)) for row in rows]
        connection.execute(FALLS_DUE.insert(), written)


def _made_of(meeting: Meeting) -> tuple[object, ...]:
    """What of a meeting its rows are made of; a save that leaves it alone costs nothing.

    While a meeting runs, the rows are the same whether it is paused or not, and know none of the
    actions that it sets itself.
    """
    runs = meeting.state not in (MeetingState.PLANNED, *OVER)
    return (
        meeting.kind, meeting.text("A1", "called_at"), meeting.text("A3", "mappa_category"),
        meeting.case.category, meeting.of(e.Transfer), meeting.of(e.Settled),
        meeting.kind is MeetingKind.EMERGENCY and (
            meeting.of(e.Call), tuple((a.organisation, a.status, a.report) for a in meeting.of(e.Attendance)),
        ),
        "" if runs else meeting.state, meeting.held_on, meeting.number,
        meeting.text("A18", "next_review_date"), meeting.text("A15", "level_decision"),
        tuple(
            (a.id, a.withdrawn, a.status, a.current_due, a.owner, a.set_at)
            for a in meeting.of(e.Action)
            if not runs or a.set_at != meeting.number
        ),
        tuple((a.id, a.withdrawn, a.name, a.meeting_role) for a in meeting.of(e.Attendance)),
    )  # fmt: skip
