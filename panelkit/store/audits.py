"""Audits stored: the form as it was, each answer, and every change of one in the journal."""

from __future__ import annotations

import dataclasses
import json
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Select, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.audit_forms import (
    Counts,
    Evidence,
    Form,
    FormKind,
    How,
    Method,
    Option,
    Question,
)
from panelkit.domain.auditing import Audit, AuditState, Mark
from panelkit.domain.errors import NotFound, Refused, StaleRecord
from panelkit.domain.meeting import By
from panelkit.domain.vocabulary import MeetingRole
from panelkit.store import access, convert, journal
from panelkit.store.cases import must_be_next, plain
from panelkit.store.changes import Changes, Spot, is_orphan
from panelkit.store.engine import trying
from panelkit.store.tables import AUDIT, AUDIT_FORM, AUDIT_MARK, CASE, ENTRY_TABLES, LIFE, MEETING

KEPT: Final = ("chosen", "reason", "comment")
"""What an auditor writes: kept where it is changed, and journaled."""
_HEAD: Final = ("state", "finished_at")


def insert(connection: Connection, audit: Audit, by: By, command: str) -> None:
    """A new audit with everything that was filled in.

    Raises Refused where this auditor has one of this meeting on this form, NotFound where
    the meeting is not in the record.
    """
    form_id = keep_form(connection, audit.form)
    try:
        with trying(connection):
            connection.execute(AUDIT.insert(), _head(audit) | {"form_id": form_id})
    except IntegrityError as failed:
        if is_orphan(failed):
            raise NotFound(f"{audit.meeting_ref} is not in this record.") from None
        msg = f"{audit.auditor} has begun form {audit.form.id} of {audit.meeting_ref} already."
        raise Refused(msg, remedy="Go on with that one.") from None
    rows = [_mark(audit, mark) | {"number": n} for n, mark in enumerate(audit.marks, start=1)]
    if rows:
        connection.execute(AUDIT_MARK.insert(), rows)
    changes = Changes(connection, command)
    changes.note(_spot(audit, "audit", audit.id, "form"), "", f"{audit.form.id} {form_id}")
    changes.note(_spot(audit, "audit", audit.id, "auditor"), "", audit.auditor)
    for mark in audit.marks:
        if mark.given:
            said = f"{mark.given} {mark.given_how}"
            changes.note(_spot(audit, "audit_mark", mark.id, "given"), "", said)
    changes.write(by, command)


def keep_form(connection: Connection, form: Form) -> str:
    """The id of a form as it is now, kept once for everything that was made with it."""
    body = form_text(form)
    form_id = sha256(body.encode()).hexdigest()
    there = select(AUDIT_FORM.c.id).where(AUDIT_FORM.c.id == form_id)
    if connection.execute(there).first() is None:
        connection.execute(AUDIT_FORM.insert(), {"id": form_id, "body": body})
    return form_id


def update(
    connection: Connection, before: Audit, after: Audit, by: By, command: str, visit: str
) -> None:
    """What changed in an audit. Raises StaleRecord where it changed meanwhile."""
    changes = Changes(connection, visit)
    if before.revision != after.revision:
        _update_head(changes, before, after)
    old = {mark.id: mark for mark in before.marks}
    for mark in after.marks:
        if mark != old[mark.id]:
            _update_mark(changes, after, old[mark.id], mark)
    changes.write(by, command)


def _update_head(changes: Changes, before: Audit, after: Audit) -> None:
    must_be_next(before.revision, after.revision)
    here = (AUDIT.c.id == before.id) & (AUDIT.c.revision == before.revision)
    columns = {name: value for name, value in _head(after).items() if name != "id"}
    if changes.connection.execute(AUDIT.update().where(here), columns).rowcount != 1:
        msg = f"The audit of {after.meeting_ref} was changed meanwhile."
        raise StaleRecord(msg, place="audit.state")
    was, now = _head(before), _head(after)
    for name in _HEAD:
        if was[name] != now[name]:
            changes.note(_spot(after, "audit", after.id, name), plain(was[name]), plain(now[name]))
    if before.remarks != after.remarks:
        spot, salt = _spot(after, "audit", after.id, "remarks"), journal.new_salt()
        changes.note(spot, before.remarks, after.remarks, salt=salt)
        if before.remarks:
            changes.supersede(spot, before.remarks, salt, before.auditor, "")


def _update_mark(changes: Changes, audit: Audit, was: Mark, mark: Mark) -> None:
    must_be_next(was.revision, mark.revision)
    # A finished audit is not written to, whatever a screen still shows.
    open_now = select(AUDIT.c.id).where(AUDIT.c.id == audit.id, AUDIT.c.state == AuditState.BEGUN)
    here = (AUDIT_MARK.c.id == was.id) & (AUDIT_MARK.c.revision == was.revision)
    here = here & AUDIT_MARK.c.audit_id.in_(open_now)
    new, old = _mark(audit, mark), _mark(audit, was)
    if changes.connection.execute(AUDIT_MARK.update().where(here), new).rowcount != 1:
        name = next((n for n in ("comment", "reason", "chosen") if new[n] != old[n]), "chosen")
        raise StaleRecord(
            f"{mark.question} of the audit of {audit.meeting_ref} was changed meanwhile.",
            place=f"audit_mark.{mark.id}.{name}", mine=str(new[name]),
            theirs=_now(changes.connection, mark.id, name),
        )  # fmt: skip
    for name in KEPT:
        if new[name] == old[name]:
            continue
        spot = _spot(audit, "audit_mark", mark.id, name)
        salt = journal.new_salt()
        changes.note(spot, old[name], new[name], salt=salt)
        if old[name]:
            at = convert.instant_text(was.marked_at)
            changes.supersede(spot, old[name], salt, was.marked_by, at)


def _now(connection: Connection, mark_id: str, name: str) -> str:
    found = select(AUDIT_MARK.c[name]).where(AUDIT_MARK.c.id == mark_id)
    return str(connection.execute(found).scalar() or "")


def _spot(audit: Audit, entity: str, entity_id: str, field: str) -> Spot:
    return Spot(meeting_id=audit.meeting_id, entity=entity, entity_id=entity_id, field=field)


def _head(audit: Audit) -> dict[str, Any]:
    return {
        "id": audit.id, "meeting_id": audit.meeting_id, "form": audit.form.id,
        "auditor": audit.auditor, "state": str(audit.state),
        "begun_at": convert.instant_text(audit.begun_at),
        "finished_at": convert.instant_text(audit.finished_at), "remarks": audit.remarks,
        "revision": audit.revision,
    }  # fmt: skip


def _mark(audit: Audit, mark: Mark) -> dict[str, Any]:
    evidence = [dataclasses.asdict(part) for part in mark.evidence]
    return {
        "id": mark.id, "audit_id": audit.id, "question": mark.question, "given": mark.given,
        "given_how": str(mark.given_how), "evidence": json.dumps(evidence, ensure_ascii=False),
        "chosen": mark.chosen, "reason": mark.reason, "comment": mark.comment,
        "marked_by": mark.marked_by, "marked_at": convert.instant_text(mark.marked_at),
        "revision": mark.revision,
    }  # fmt: skip


# -- read back -------------------------------------------------------------------------


def find(connection: Connection, audit_id: str) -> Audit:
    """One audit. Raises NotFound."""
    found = _audits(connection, _ALL.where(AUDIT.c.id == audit_id))
    if not found:
        raise NotFound("That audit is not in this record.")
    return found[0]


def of_meeting(connection: Connection, meeting_id: str) -> tuple[Audit, ...]:
    """Every audit of a meeting, oldest first."""
    return _audits(connection, _ALL.where(AUDIT.c.meeting_id == meeting_id))


def held_between(connection: Connection, start: str, end: str) -> tuple[Audit, ...]:
    """Every audit of meetings held from one day to another, both included, oldest first."""
    return _audits(connection, _ALL.where(MEETING.c.held_on.between(start, end)))


_ALL: Final = (
    select(AUDIT, AUDIT_FORM.c.body, MEETING.c.number, CASE.c.ref)
    .join(AUDIT_FORM, AUDIT_FORM.c.id == AUDIT.c.form_id)
    .join(MEETING, MEETING.c.id == AUDIT.c.meeting_id)
    .join(CASE, CASE.c.id == MEETING.c.case_id)
    .order_by(AUDIT.c.begun_at, AUDIT.c.id)
)


def _audits(connection: Connection, heads: Select[Any]) -> tuple[Audit, ...]:
    forms: dict[str, Form] = {}
    found = []
    heads = heads.where(access.may_open(connection, MEETING.c.case_id))
    for row in connection.execute(heads).mappings().all():
        if row["form_id"] not in forms:
            forms[row["form_id"]] = form_of(row["body"])
        marks = select(AUDIT_MARK).where(AUDIT_MARK.c.audit_id == row["id"])
        found.append(
            Audit(
                id=row["id"], meeting_id=row["meeting_id"],
                meeting_ref=f"{row['ref']}-{row['number']}", form=forms[row["form_id"]],
                auditor=row["auditor"], state=AuditState(row["state"]),
                begun_at=_instant(row["begun_at"]),
                finished_at=convert.instant_of(row["finished_at"]), remarks=row["remarks"],
                revision=row["revision"],
                marks=tuple(
                    _mark_of(mark)
                    for mark in connection.execute(marks.order_by(AUDIT_MARK.c.number)).mappings()
                ),
            )
        )  # fmt: skip
    return tuple(found)


def _instant(text: str) -> Any:
    return convert.instant_of(text)


def _mark_of(row: Any) -> Mark:
    return Mark(
        id=row["id"], question=row["question"], given=row["given"],
        given_how=How(row["given_how"]),
        evidence=tuple(Evidence(**part) for part in json.loads(row["evidence"])),
        chosen=row["chosen"], reason=row["reason"], comment=row["comment"],
        marked_by=row["marked_by"], marked_at=convert.instant_of(row["marked_at"]),
        revision=row["revision"],
    )  # fmt: skip


def form_text(form: Form) -> str:
    """A form as JSON, the same text for the same form."""
    return json.dumps(dataclasses.asdict(form), ensure_ascii=False, sort_keys=True, default=str)


def form_of(text: str) -> Form:
    """The inverse of :func:`form_text`."""
    body = json.loads(text)
    questions = tuple(_question(said) for said in body.pop("questions"))
    return Form(**{**body, "kind": FormKind(body["kind"]), "questions": questions})


def _question(said: dict[str, Any]) -> Question:
    options = tuple(Option(**option) for option in said.pop("options"))
    method, counts = Method(said.pop("method")), Counts(said.pop("counts"))
    return Question(**said, method=method, counts=counts, options=options)


# -- what sampling and figures ask of many meetings ------------------------------------


def chairs(connection: Connection, start: str, end: str) -> dict[str, str]:
    """The chair of each meeting of these days that names one, by the meeting's id."""
    table = ENTRY_TABLES["attendance"]
    found = select(table.c.meeting_id, table.c.name)
    found = found.join(MEETING, MEETING.c.id == table.c.meeting_id).where(
        MEETING.c.held_on.between(start, end), access.may_open(connection, MEETING.c.case_id),
        table.c.meeting_role == str(MeetingRole.CHAIR), table.c.withdrawn == "",
    )  # fmt: skip
    names: dict[str, str] = {}
    for row in connection.execute(found.order_by(table.c.meeting_id, table.c.number)):
        names.setdefault(row[0], row[1] or "")
    return names


def first_issued(connection: Connection, since: str) -> dict[str, str]:
    """When the minutes of each meeting held since a day were first issued (ISO, UTC), by its id."""
    found = select(LIFE.c.meeting_id, LIFE.c.at).join(MEETING, MEETING.c.id == LIFE.c.meeting_id)
    found = found.where(
        LIFE.c.fact == "issued", MEETING.c.held_on >= since,
        access.may_open(connection, MEETING.c.case_id),
    )  # fmt: skip
    first: dict[str, str] = {}
    for row in connection.execute(found.order_by(LIFE.c.at, LIFE.c.meeting_id)):
        first.setdefault(row[0], row[1])
    return first
