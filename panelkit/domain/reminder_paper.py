"""What a reminder to one organisation says of its actions, and what comes back: values alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

HEADS: Final = (
    "Reminder", "Action", "Set on", "Due", "How it stands", "Reminded before", "What is to be done",
    "Owner", "Nothing to report (yes)", "Done on (day)", "What was done, or why it is not",
    "Who says so",
)  # fmt: skip
"""Columns of the workbook; the last four are the organisation's."""
REPLIES: Final = HEADS[-4:]
SHEET: Final = "Reply"
NIL: Final = "Nothing to report"


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One action."""

    ref: str
    """``WM-0143 2.4``."""
    set_on: str
    due: str
    standing: str
    """``12 days late``."""
    before: str
    """When it was asked about before; blank where it never was."""
    words: str = ""
    """What is to be done; blank where the policy is references only."""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPaper:
    """Everything one reminder says."""

    ref: str
    organisation: str
    area: str
    marking: str
    made_on: date
    lines: tuple[ReminderLine, ...]
    fiction: bool

    @property
    def with_words(self) -> bool:
        """Whether any action is told with its words."""
        return any(line.words for line in self.lines)


@dataclass(frozen=True, slots=True)
class Replied:
    """What an organisation wrote beside one action."""

    line: int
    """Where it stands in its file."""
    reminder: str
    ref: str
    reply: str
    by: str


def reply_words(nil: str, done: str, words: str) -> str:
    """What was written beside an action in one sentence; blank where nothing was."""
    said = [f"Done on {done}" if done else "", words.rstrip(".")]
    if nil and nil.casefold() not in ("no", "n"):
        said.append(NIL)
    return ". ".join(part for part in said if part)
