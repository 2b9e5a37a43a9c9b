"""From which state a meeting goes to which, who takes it there, and what is said of it when it does.

The verbs of :mod:`panelkit.domain.running` and of the life of minutes go these ways; a server lets
nobody go any other, whatever program asks. What comes back from another desk went them there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from panelkit.domain.minutes import Happened
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import MeetingState as S


@dataclass(frozen=True, slots=True)
class Move:
    """One way."""

    before: S
    after: S
    act: Act
    """Whoever may do this takes it."""
    fact: Happened | None = None
    """What is stored with it, as a dated fact; None where the journal's entry says all of it."""
    with_reason: bool = False
    """Whether that fact says why."""


MOVES: Final = (
    Move(S.PLANNED, S.OPEN, Act.RECORD),
    Move(S.OPEN, S.PAUSED, Act.RECORD),
    Move(S.PAUSED, S.OPEN, Act.RECORD),
    Move(S.OPEN, S.PART_HEARD, Act.RECORD),
    Move(S.PAUSED, S.PART_HEARD, Act.RECORD),
    Move(S.PART_HEARD, S.OPEN, Act.RECORD),
    Move(S.OPEN, S.CLOSED, Act.CLOSE),
    Move(S.PAUSED, S.CLOSED, Act.CLOSE),
    Move(S.CLOSED, S.OPEN, Act.CLOSE, Happened.REOPENED, with_reason=True),
    Move(S.CLOSED, S.APPROVED, Act.CLOSE, Happened.APPROVED),
    Move(S.APPROVED, S.CLOSED, Act.CLOSE, Happened.APPROVAL_WITHDRAWN, with_reason=True),
    Move(S.APPROVED, S.ISSUED, Act.ISSUE, Happened.ISSUED),
)
"""Every way there is. Whoever starts, pauses and goes on needs no fact; closing has its own gates."""
