"""Rows of what guidance and forms said, and what an area decided of each change of them."""

# No ``from __future__ import annotations`` here: SQLModel reads the annotations.
from sqlmodel import SQLModel

from panelkit.store.row_columns import key as _key
from panelkit.store.row_columns import number as _number
from panelkit.store.row_columns import text as _text


class BaselineRow(SQLModel, table=True):
    """What guidance and forms said when the record first looked, for one area."""

    __tablename__ = "baseline"

    id: str = _key()
    area: str = _text(index=True)
    at: str = _text()
    who: str = _text()
    program: str = _text()
    digest: str = _text()
    body: str = _text()


class AgreedRow(SQLModel, table=True):
    """What an area decided of one change: the words before, the words now, and why."""

    __tablename__ = "agreed"

    id: str = _key()
    number: int = _number()
    area: str = _text(index=True)
    place: str = _text()
    title: str = _text()
    decided: str = _text()
    was: str = _text()
    was_source: str = _text()
    now: str = _text()
    now_source: str = _text()
    reason: str = _text()
    withdrawn: str = _text()
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()
