"""Chasing: actions as they stand, reminders, escalations, contacts, what was entered elsewhere.

Revision ID: 0022
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None

_NUMBERS: Final = frozenset(
    {"meeting_number", "set_at", "number", "is_open", "revision", "nil_return"}
)
_STANDING: Final = (
    "case_id meeting_id meeting_number action_id set_at number is_open due organisation words"
)
_TABLES: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    ("standing_action", _STANDING, {"meeting_id": "meeting"}),
    (
        "reminder",
        "organisation kind written_at written_by file sha256 sent_on sent_by replied_on nil_return typed_by typed_at revision",
        {},
    ),
    (
        "reminded",
        "reminder_id case_id set_at number due reply replied_by replied_on typed_by typed_at revision",
        {"reminder_id": "reminder", "case_id": "case"},
    ),
    (
        "escalation",
        "organisation about case_id set_at number to_whom made_on made_by words answer answered_on withdrawn typed_by typed_at revision",
        {},
    ),
    ("spoc", "organisation name contact since withdrawn typed_by typed_at revision", {}),
    (
        "entered",
        "meeting_id what done_on done_by withdrawn typed_by typed_at revision",
        {"meeting_id": "meeting"},
    ),
)
"""Each table with its columns beside the id, and what they hang from."""
_INDEXES: Final = (
    ("standing_action", ("is_open", "due")), ("standing_action", ("case_id",)),
    ("standing_action", ("meeting_id",)), ("standing_action", ("organisation",)),
    ("reminder", ("organisation",)), ("reminded", ("reminder_id",)), ("reminded", ("case_id",)),
    ("escalation", ("organisation",)), ("escalation", ("case_id",)), ("spoc", ("organisation",)),
    ("entered", ("meeting_id",)),
)  # fmt: skip
_NO_DAY: Final = "9999-12-31"
_TOGETHER: Final = 5000


def upgrade() -> None:
    """Add six tables; the actions that are there are put into the first of them."""
    for name, columns, hangs in _TABLES:
        op.create_table(
            name,
            sa.Column("id", sa.Text(), nullable=False),
            *(
                sa.Column(each, sa.Integer() if each in _NUMBERS else sa.Text(), nullable=False)
                for each in columns.split()
            ),
            *(
                sa.ForeignKeyConstraint(
                    [column], [f"{to}.id"], name=op.f(f"fk_{name}_{column}_{to}")
                )
                for column, to in hangs.items()
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
    for table, on in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(on)}"), table, list(on))
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """Each action as the last meeting that has it says."""
    names = ("id", *_STANDING.split())
    insert = sa.text(
        f"INSERT INTO standing_action ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})"  # noqa: S608 - names of this file
    )
    rows: list[dict[str, Any]] = []
    for row in _last(connection):
        rows.append(row)
        if len(rows) == _TOGETHER:
            connection.execute(insert, rows)
            rows = []
    if rows:
        connection.execute(insert, rows)


def _last(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    found = connection.execute(
        sa.text(
            "SELECT meeting.case_id, meeting.number AS at, actions.* FROM actions "
            "JOIN meeting ON meeting.id = actions.meeting_id "
            "ORDER BY meeting.case_id, actions.set_at, actions.number, meeting.number"
        )
    ).mappings()
    held: dict[str, Any] | None = None
    for row in found:
        fresh = _row(row)
        if held is not None and held["id"] != fresh["id"]:
            yield held
        held = fresh
    if held is not None:
        yield held


def _row(row: Any) -> dict[str, Any]:
    said = (row["text"], row["why"], row["organisation"])
    status = row["status"] or ""
    to_do = 1 if status in ("", "part", "not_started") else 0
    return {
        "id": f"{row['case_id']}:{row['set_at'] or 0}.{row['number']}", "case_id": row["case_id"],
        "meeting_id": row["meeting_id"], "meeting_number": row["at"], "action_id": row["id"],
        "set_at": row["set_at"] or 0, "number": row["number"],
        "is_open": -1 if row["withdrawn"] else to_do,
        "due": row["new_due"] or row["due"] or _NO_DAY,
        "organisation": (row["organisation"] or "").strip(),
        "words": f"{_plain(row['owner'])}\n{_plain(*said)}",
    }  # fmt: skip


def _plain(*words: str | None) -> str:
    return " ".join(" ".join(each or "" for each in words).split()).casefold()


def downgrade() -> None:
    """Remove them again; only ever for a record in which nothing was chased."""
    for name, _columns, _hangs in reversed(_TABLES):
        op.drop_table(name)
