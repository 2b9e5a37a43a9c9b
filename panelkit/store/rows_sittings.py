"""Rows of a sitting and of what was sent for it."""

# No ``from __future__ import annotations`` here: SQLModel reads the annotations.
from sqlmodel import SQLModel

from panelkit.store.row_columns import key as _key
from panelkit.store.row_columns import link as _to
from panelkit.store.row_columns import number as _number
from panelkit.store.row_columns import text as _text


class SittingRow(SQLModel, table=True):
    """One session of a panel, in which several meetings are held."""

    __tablename__ = "sitting"

    id: str = _key()
    held_on: str = _text(index=True)
    name: str = _text()
    starts: str = _text()
    mode: str = _text(server_default="")
    chair: str = _text(server_default="")
    minute_taker: str = _text(server_default="")
    booked_minutes: int = _number(server_default="0")
    level: str = _text(server_default="")
    joining: str = _text("restricted", server_default="")
    joining_number: int = _number(server_default="0")


class SentOutRow(SQLModel, table=True):
    """That somebody says that they sent something for a sitting to an organisation, of one meeting."""

    __tablename__ = "sent_out"

    id: str = _key()
    sitting_id: str = _to("sitting.id", index=True)
    meeting_id: str | None = _to("meeting.id", nullable=True, index=True)
    """None in rows that were there before 0032: they are of all the meetings that were listed then."""
    what: str = _text()
    organisation: str = _text()
    sent_on: str = _text()
    sent_by: str = _text()
    told: str = _text()
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()
