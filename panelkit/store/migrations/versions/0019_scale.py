"""What falls due kept beside the meetings, and indexes for the lists that people read every day.

Revision ID: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LAST = (
    "NOT EXISTS (SELECT 1 FROM meeting AS later "
    "WHERE later.case_id = meeting.case_id AND later.number > meeting.number)"
)
DAY = "coalesce(nullif(actions.new_due, ''), actions.due, '')"
STATUS = "coalesce(actions.status, '')"
ENDED = "meeting.state IN ('closed', 'approved', 'issued')"
CANCELLED = """EXISTS (
    SELECT 1 FROM put_off WHERE put_off.meeting_id = meeting.id
    AND put_off.planned_for = meeting.held_on AND put_off.withdrawn = ''
    AND put_off.kind = 'cancelled' AND NOT EXISTS (
        SELECT 1 FROM put_off AS after WHERE after.meeting_id = meeting.id
        AND after.number > put_off.number AND after.withdrawn = ''))"""
WORKED_OUT = (
    f"""SELECT actions.id, actions.meeting_id, 'action', {DAY}, coalesce(actions.owner, '')
    FROM meeting JOIN actions ON actions.meeting_id = meeting.id
    WHERE {LAST} AND actions.withdrawn = '' AND {STATUS} IN ('', 'part', 'not_started')
    AND {DAY} <> '' AND CASE WHEN {ENDED} THEN actions.set_at = meeting.number OR {STATUS} <> ''
        ELSE actions.set_at <> meeting.number END""",
    f"""SELECT meeting.id || '.review', meeting.id, 'review', next.text, ''
    FROM meeting JOIN answer AS next ON next.meeting_id = meeting.id
        AND next.item = 'A18' AND next.field = 'next_review_date'
    LEFT JOIN answer AS level ON level.meeting_id = meeting.id
        AND level.item = 'A15' AND level.field = 'level_decision'
    WHERE {LAST} AND {ENDED} AND next.text <> '' AND coalesce(level.text, '') NOT IN ('EXIT', 'L1')""",
    *(
        f"""SELECT meeting.id || '.{what}', meeting.id, '{what}', meeting.held_on, ''
        FROM meeting WHERE meeting.state = 'planned' AND {whether} {CANCELLED}"""
        for what, whether in (("planned", "NOT"), ("cancelled", ""))
    ),
    *(
        f"""SELECT meeting.id || '.{what}', meeting.id, '{what}', meeting.held_on, coalesce((
        SELECT name FROM attendance WHERE attendance.meeting_id = meeting.id
        AND attendance.meeting_role = '{role}' AND attendance.withdrawn = ''
        ORDER BY attendance.number, attendance.id LIMIT 1), '')
        FROM meeting WHERE meeting.state = '{state}'"""
        for what, state, role in (
            ("approve", "closed", "chair"),
            ("issue", "approved", "minute_taker"),
        )
    ),
)
COLUMNS = ("id", "meeting_id", "what", "day", "owner")
INDEXES = (("meeting", ("state", "held_on")), ("meeting", ("held_on", "slot")),
    ("meeting", ("sitting",)), ("sitting", ("held_on",)),
    ("falls_due", ("meeting_id",)), ("falls_due", ("what", "day", "meeting_id", "owner")),
    ("falls_due", ("owner", "what", "day", "meeting_id")), ("referral", ("case_id", "withdrawn", "received_on", "id")),
    ("screening", ("referral_id", "withdrawn", "decision")),
)  # fmt: skip


def upgrade() -> None:
    """Add a table, work out its rows from the meetings that are there, and add the indexes."""
    op.create_table(
        "falls_due",
        *(sa.Column(name, sa.Text(), nullable=False) for name in COLUMNS),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_falls_due_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_falls_due")),
    )
    for table, columns in INDEXES:
        op.create_index(op.f(_named(table, columns)), table, list(columns))
    here = op.get_bind()
    for found in WORKED_OUT:
        rows = [
            dict(zip(COLUMNS, (*row[:-1], row[-1].casefold()), strict=True))
            for row in here.exec_driver_sql(found)
        ]
        if rows:
            here.execute(sa.table("falls_due", *map(sa.column, COLUMNS)).insert(), rows)


def downgrade() -> None:
    """Remove them again; nothing is lost that is not in the meetings."""
    for table, columns in reversed(INDEXES):
        op.drop_index(op.f(_named(table, columns)), table)
    op.drop_table("falls_due")


def _named(table: str, columns: tuple[str, ...]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"
