"""Rows of minutes made elsewhere that somebody goes through before a case is made of them."""

# No ``from __future__ import annotations`` here: SQLModel reads the annotations.
from sqlmodel import SQLModel

from panelkit.store.row_columns import key as _key
from panelkit.store.row_columns import number as _number
from panelkit.store.row_columns import text as _text


class HalfReadRow(SQLModel, table=True):
    """One document as far as somebody went through it; gone once it is stored or thrown away."""

    __tablename__ = "half_read"

    id: str = _key()
    who: str = _text(index=True)
    file: str = _text("restricted")
    sha256: str = _text()
    begun_at: str = _text()
    fiction: int = _number()
    body: str = _text("victim")
    """Every line with what was said of it."""
    revision: int = _number()
