"""What the form says that an organisation fills in before a meeting, and what comes back: values alone.

The Word form and the workbook hold the same lines under the same keys, so that either is read by the
same rules (:mod:`panelkit.domain.returns`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.domain.foreign import NotRead
from panelkit.domain.vocabulary import AgencyType

NIL, COMES, REPORT, BY = "N", "W", "R", "F"
"""Keys of the lines that every form begins with."""
FIRST: Final = (
    (NIL, "We looked, and hold nothing new to tell the meeting (write yes)"),
    (COMES, "Who comes: name, role; one to a line"),
    (REPORT, "Nobody comes; this return is our report (write yes)"),
    (BY, "Filled in by: name, role"),
)
"""Those lines: key, and what is asked."""

FIRST_HEADS: Final = ("Line", "Question", "Your answer")
TOLD_HEADS: Final = (
    "Line", "Item", "Question", "Your answer", "May it be minuted? (yes or no)", "Who may have it",
)  # fmt: skip
ACTION_HEADS: Final = (
    "Action", "Set on", "Due", "What is to be done", "Owner", "How it stands", "Done on",
    "What difference it made, or why it is not done",
)  # fmt: skip
"""Columns; the words of an action and its owner are left out where the area tells references only."""
STANDS: Final = "complete, part done, not started, superseded, no longer needed"
"""What may be written under "How it stands"."""
SHEETS: Final = ("Return", "Actions")
"""Of the workbook."""
WHOSE: Final = ("Form", "Meeting")
"""What the workbook says in its first two columns, and the Word form in a table of two lines."""


@dataclass(frozen=True, slots=True)
class ReturnQuestion:
    """One question of the area's file."""

    item: str
    """The agenda item it is for."""
    ask: str
    agencies: tuple[AgencyType, ...] = ()
    """Which kinds of agency are asked it; none is all."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class AskedAction:
    """One open action of the organisation."""

    ref: str
    """``2.4``."""
    set_on: str
    due: str
    words: str = ""
    """What is to be done; blank where the area tells references only."""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPaper:
    """Everything one form says."""

    number: str
    """As printed: ``7K3F-9QHT``."""
    ref: str
    """The meeting's reference; never a name."""
    about: str
    """``Level 2 review, 12 March 2027``."""
    subject: str
    """Name and date of birth, where the area says so; else blank."""
    organisation: str
    area: str
    marking: str
    made_on: date
    due: date
    questions: tuple[tuple[str, ReturnQuestion], ...]
    """Each with its key: ``Q1``."""
    actions: tuple[AskedAction, ...]
    fiction: bool

    @property
    def with_words(self) -> bool:
        """Whether any action is told with its words."""
        return any(one.words for one in self.actions)

    @property
    def action_heads(self) -> tuple[str, ...]:
        """The columns of its actions, in Word."""
        left_out = () if self.with_words else ("What is to be done", "Owner")
        return tuple(head for head in ACTION_HEADS if head not in left_out)


@dataclass(frozen=True, slots=True)
class RawLine:
    """What stands in one line of a form that came back, nothing of it understood yet."""

    where: str
    """``cell D5``, ``line Q1``."""
    key: str
    answer: str = ""
    item: str = ""
    asked: str = ""
    """The question as the file has it."""
    minuted: str = ""
    shared: str = ""


@dataclass(frozen=True, slots=True)
class RawAction:
    """The same of one action."""

    where: str
    ref: str
    stands: str = ""
    done_on: str = ""
    words: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was written."""
        return not (self.stands or self.done_on or self.words)


@dataclass(frozen=True, slots=True)
class RawReturn:
    """A form that came back, as its file says it."""

    number: str
    """Without its hyphen: ``7K3F9QHT``."""
    ref: str
    lines: tuple[RawLine, ...]
    actions: tuple[RawAction, ...]
    not_read: tuple[NotRead, ...] = ()
    notices: tuple[str, ...] = ()
