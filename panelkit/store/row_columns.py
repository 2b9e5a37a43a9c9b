"""What the columns of rows are made of: text and numbers, and the sensitivity of what is in them."""

# No ``from __future__ import annotations`` here: SQLModel reads the annotations.
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlmodel import Field


def text(sensitivity: str = "open", **said: Any) -> Any:
    """Words of that sensitivity, blank where there are none."""
    return Field(sa_column=Column(Text, nullable=False, info={"sensitivity": sensitivity}, **said))


def number(**said: Any) -> Any:
    """A whole number."""
    return Field(sa_column=Column(Integer, nullable=False, **said))


def key() -> Any:
    """What names a row."""
    return Field(sa_column=Column(Text, primary_key=True))


def link(target: str, *, nullable: bool = False, **said: Any) -> Any:
    """The key of a row of another table, ``case.id``."""
    return Field(sa_column=Column(Text, ForeignKey(target), nullable=nullable, **said))
