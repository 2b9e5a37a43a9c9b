"""Actions across meetings as a paper of the office that chases them: values alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

HEADS: Final = (
    "action", "meeting", "set_at", "level", "organisation", "owner", "words", "due", "standing",
    "accepted", "times_carried", "done_about_it",
)  # fmt: skip
"""Columns of the file of values and of the workbook."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action."""

    ref: str
    meeting: str
    origin: str
    level: str
    organisation: str
    owner: str
    words: str
    due: str
    """ISO; blank for no date."""
    standing: str
    accepted: str
    carried: int
    log: tuple[str, ...]
    """What was done about it, a sentence each."""

    @property
    def cells(self) -> tuple[str | int, ...]:
        """As :data:`HEADS` names them."""
        return (
            self.ref, self.meeting, self.origin, self.level, self.organisation, self.owner, self.words,
            self.due, self.standing, self.accepted, self.carried, " / ".join(self.log),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionList:
    """Everything that the paper says."""

    area: str
    marking: str
    made_on: date
    asked: str
    """The filter; blank for every open action."""
    rows: tuple[ActionRow, ...]
    fiction: bool
