"""What queries name: each table with its columns, and nothing more.

``rows`` declares the schema, with SQLModel; loading that costs every start an eighth of a
second, so it is loaded when a record is made or upgraded. A test compares the two.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sqlalchemy import TableClause, column, table

from panelkit.domain.case import Case
from panelkit.domain.entries import ENTRIES, Entry
from panelkit.domain.fields import fields_of
from panelkit.domain.requests import Request


def _named(name: str, columns: str) -> TableClause:
    return table(name, *(column(each) for each in columns.split()))


MEETING: Final = _named(
    "meeting",
    "id case_id number level kind held_on state sitting slot booked_minutes revision agenda_id",
)
AGENDAS: Final = _named("agenda", "id body")
ANSWER: Final = _named(
    "answer",
    "meeting_id item field text salt revision typed_by typed_at carried_from confirmed_by",
)
SUPERSEDED: Final = _named(
    "superseded",
    "id meeting_id entity entity_id field number text salt typed_by typed_at visit",
)
JOURNAL: Final = _named(
    "journal",
    "seq at actor os_user desk command_id meeting_id entity entity_id field old_hash new_hash prev_hash hash",
)
COMMAND: Final = _named("command", "id at who what")
CARE: Final = _named("care", "id at who what about words salt")
POSITION: Final = _named("desk_position", "meeting_id who item field")
DRAFT: Final = _named("draft", "meeting_id who line text")
LIFE: Final = _named("life", "id meeting_id fact who at reason about content_hash")
ISSUED: Final = _named(
    "issued",
    "id meeting_id kind version template_hash template_id template_version status sha256 who at body",
)
TEMPLATE: Final = _named(
    "template",
    "sha256 template_id version form_label effective_from smb_approved_on smb_rationale body_sha256 who at body",
)
DISPATCH: Final = _named(
    "dispatch",
    "id meeting_id version copy_number name organisation method file sha256 withheld protected written_by written_at sent_by sent_at revision",
)
WRITTEN: Final = _named(
    "written",
    "id meeting_id number kind version at who sha256 path outline taken_sha256 taken_at taken_by",
)
HAND_OVER: Final = _named(
    "hand_over",
    "id meeting_id number state who by at sha256 lineage body reason settled_at",
)
DISAGREEMENT: Final = _named(
    "disagreement",
    "id meeting_id hand_over kind entry field theirs mine theirs_by mine_by kept settled_by settled_at",
)
AUDIT_FORM: Final = _named("audit_form", "id body")
AUDIT: Final = _named(
    "audit", "id meeting_id form form_id auditor state begun_at finished_at remarks revision"
)
AUDIT_MARK: Final = _named(
    "audit_mark",
    "id audit_id number question given given_how evidence chosen reason comment marked_by marked_at revision",
)
LAY_SHEET: Final = _named(
    "lay_sheet", "id meeting_id form_id observer written_by written_at read_by read_at"
)
PERSON: Final = _named("person", "id name roles mark state login revision")
CHAIN_KEY: Final = _named("chain_key", "id key chain_from")
HERE_NOW: Final = _named("here_now", "program meeting_id who part item seen_at")
ACCESS: Final = _named("access", "id case_id person_id said")
RETENTION: Final = _named("retention", "case_id review_on because hold hold_by hold_at revision")
DISPOSAL: Final = _named(
    "disposal",
    "id case_id case_ref kind state reason proposed_by proposed_id proposed_at agreed_by agreed_id agreed_at meeting_ids receipt",
)
SPAN: Final = _named(
    "span",
    "id case_id kind value from_day to_day reason end_reason decided_at ended_at derived because withdrawn typed_by typed_at revision",
)
OUTCOME: Final = _named("outcome", "id case_id kind day note withdrawn typed_by typed_at revision")
MANUAL_FIGURE: Final = _named(
    "manual_figure",
    "id year figure value source as_at reference published entered_by entered_id entered_at confirmed_by confirmed_id confirmed_at revision",
)
PUBLISHED: Final = _named("published", "id year number who at body")
REFERRAL: Final = _named(
    "referral",
    "id number received_on organisation agency level_asked category eligible_by age adds_value high_risk coordination stepping_down resources profile case_id withdrawn typed_by typed_at revision",
)
KEPT_BESIDE: Final = MappingProxyType({"referral": frozenset({"answered"})})
"""Columns that follow from what is stored, by table: they are in no bundle and no journal, and are
named where they are kept (:mod:`panelkit.store.referrals`)."""
SCREENING: Final = _named(
    "screening",
    "id referral_id decision because decided_on level_given words eligible in_category adds_value high_risk coordination stepping_down resources profile withdrawn typed_by typed_at revision",
)
PUT_OFF: Final = _named(
    "put_off",
    "id meeting_id number kind reason decided_on planned_for new_day words withdrawn typed_by typed_at revision",
)
BOARD: Final = _named("board", "id held_on withdrawn typed_by typed_at revision")
AT_BOARD: Final = _named("at_board", "id board_id organisation agency presence revision")
FALLS_DUE: Final = _named("falls_due", "id meeting_id what day owner")
STANDING: Final = _named(
    "standing_action",
    "id case_id meeting_id meeting_number action_id set_at number is_open due organisation words",
)
REMINDER: Final = _named(
    "reminder",
    "id organisation kind written_at written_by file sha256 sent_on sent_by replied_on nil_return typed_by typed_at revision",
)
REMINDED: Final = _named(
    "reminded",
    "id reminder_id case_id set_at number due reply replied_by replied_on typed_by typed_at revision",
)
ESCALATION: Final = _named(
    "escalation",
    "id organisation about case_id set_at number to_whom made_on made_by words answer answered_on withdrawn typed_by typed_at revision",
)
SPOC: Final = _named(
    "spoc", "id organisation name contact since withdrawn typed_by typed_at revision"
)
ENTERED: Final = _named(
    "entered", "id meeting_id what done_on done_by withdrawn typed_by typed_at revision"
)
ALLOCATION: Final = _named(
    "allocation",
    "id referral_id case_id number holder person_id because typed_by typed_at revision",
)
REFERRED_AGAIN: Final = _named(
    "referred_again", "id referral_id earlier_id typed_by typed_at revision"
)
HALF_READ: Final = _named("half_read", "id who file sha256 begun_at fiction body revision")
BASELINE: Final = _named("baseline", "id area at who program digest body")
AGREED: Final = _named(
    "agreed",
    "id number area place title decided was was_source now now_source reason withdrawn typed_by typed_at revision",
)
SITTING: Final = _named(
    "sitting",
    "id held_on name starts mode chair minute_taker booked_minutes level joining joining_number",
)
SENT_OUT: Final = _named(
    "sent_out",
    "id sitting_id meeting_id what organisation sent_on sent_by told withdrawn typed_by typed_at revision",
)

COMMON: Final = (
    "id", "number", "parent", "typed_by", "typed_at", "withdrawn", "carried_from", "confirmed_by",
    "read_back", "restricted_part", "revision",
)  # fmt: skip
"""Columns of every kind of entry, beside its meeting."""


def _entry_table(kind: type[Entry]) -> TableClause:
    described = (field.key for field in fields_of(kind))
    return table(kind.kind, *(column(name) for name in (*COMMON, "meeting_id", *described)))


CASE: Final = table(
    "case",
    *(column(name) for name in ("id", "ref", "category", "fiction", "revision")),
    *(column(field.key) for field in fields_of(Case)),
)
"""The individual whom the arrangements are about."""

ENTRY_TABLES: Final[dict[str, TableClause]] = {kind.kind: _entry_table(kind) for kind in ENTRIES}
"""One table for each kind of typed content, from the kind's own description."""

REQUEST: Final = table(
    "request",
    *(column(name) for name in ("id", "meeting_id", "number", "revision")),
    *(column(field.key) for field in fields_of(Request)),
)
"""Requests from outside for the minutes of a meeting."""

OF_A_MEETING: Final = (
    LAY_SHEET, DISAGREEMENT, HAND_OVER, WRITTEN, DISPATCH, ISSUED, LIFE, SUPERSEDED, ANSWER, DRAFT,
    POSITION, HERE_NOW, FALLS_DUE, REQUEST, AUDIT, PUT_OFF, STANDING, ENTERED, SENT_OUT, *ENTRY_TABLES.values(),
)  # fmt: skip
"""Everything that hangs from a meeting and goes with it: all but the journal. A test walks the
schema for what is missing here."""

OF_A_CASE: Final = (ACCESS, RETENTION, SPAN, OUTCOME, REMINDED)
"""Everything that hangs from a case beside its meetings, and goes with it; a test walks the schema."""
