"""Messages that cross widgets and screens."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Problem(Message):
    """A sentence to show: what was refused, and what to do."""

    sentence: str


@dataclass
class GoTo(Message):
    """Go to an item, and to a field or an entry in it."""

    item: str
    field: str = ""
    entry: str = ""


@dataclass
class BesideWanted(Message):
    """Show another meeting, and keep the one on screen open behind it."""

    ref: str
