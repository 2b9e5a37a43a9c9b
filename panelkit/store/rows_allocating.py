"""Rows of who has which referral and case, and of referrals that are about one individual."""

# No ``from __future__ import annotations`` here: SQLModel reads the annotations.
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from panelkit.store.row_columns import key as _key
from panelkit.store.row_columns import link as _to
from panelkit.store.row_columns import number as _number
from panelkit.store.row_columns import text as _text


class AllocationRow(SQLModel, table=True):
    """One step: who has a referral, or a case, from then on. Rows are added; of one that is there only
    its reason is ever emptied. Bound to neither: it goes with the case when that is let go."""

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("referral_id", "case_id", "number"),
        Index(None, "case_id", "number"),
    )

    id: str = _key()
    referral_id: str = _text()
    case_id: str = _text()
    number: int = _number()
    holder: str = _text()
    person_id: str = _text()
    because: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class ReferredAgainRow(SQLModel, table=True):
    """That a referral is about somebody who was referred before; of each there is one row."""

    __tablename__ = "referred_again"
    __table_args__ = (UniqueConstraint("referral_id"),)

    id: str = _key()
    referral_id: str = _to("referral.id")
    earlier_id: str = _text(index=True)
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()
