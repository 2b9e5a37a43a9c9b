"""Who holds the pen of a meeting that goes from desk to desk.

One desk writes at a time. A meeting that was handed over is read-only where it came from
until it comes back, or until its pen is taken back with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from panelkit.domain.errors import PenElsewhere
from panelkit.domain.timescales import LONDON
from panelkit.domain.vocabulary import Term

ANOTHER_DESK: Final = "another desk"
"""Who holds the pen where nobody said to whom it went."""


class HoldState(Term):
    """What became of a hand-over at this desk."""

    AWAY = "away", "handed over"
    BACK = "back", "came back"
    TAKEN = "taken", "pen taken back"
    HERE = "here", "received"
    LENT = "lent", "a copy to read"
    OWNED = "owned", "a copy to read, later handed over"


ELSEWHERE: Final = (HoldState.AWAY, HoldState.LENT)
"""States in which this desk does not hold the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One file that went from this desk or came to it."""

    id: str
    meeting_id: str
    number: int
    """Counts the hand-overs of its meeting at this desk."""
    state: HoldState
    who: str
    """To whom it went, or from whom it came."""
    by: str
    """Who handed it over or received it here."""
    at: datetime
    sha256: str = ""
    """Of the file."""
    reason: str = ""
    """Why the pen was taken back; blank where it was not."""
    settled_at: datetime | None = None
    """When it came back, or was taken back."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether this is why the meeting is read-only here."""
        return self.state in ELSEWHERE

    @property
    def words(self) -> str:
        """``with Dylan Ashgrove since 23 Nov 2026, 10:24``."""
        return f"with {self.who} since {moment(self.at)}"

    def refusal(self, ref: str) -> PenElsewhere:
        """The sentence for whoever would write."""
        if self.state is HoldState.LENT:
            msg = f"{ref} is a copy to read here: the pen is {self.words}."
            return PenElsewhere(msg, remedy="Ask for it to be handed over.")
        msg = f"{ref} is read-only here: the pen is {self.words}."
        return PenElsewhere(msg, remedy="It comes back as a file, or is taken back with a reason.")


def moment(instant: datetime) -> str:
    """A day and a time on the room's clock."""
    here = instant.astimezone(LONDON)
    return f"{here.day} {here:%b %Y, %H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A place that both desks changed, differently. Both texts are kept, settled or not."""

    id: str
    meeting_id: str
    hand_over: str
    kind: str
    """``answer``, ``meeting``, ``case``, ``request``, ``dispatch``, or a kind of entry."""
    entry: str
    """Id of the thing: ``A6.index_offence`` for an answer."""
    field: str
    theirs: str
    """As the other desk has it; as stored, which for a choice is its value."""
    mine: str
    theirs_by: str = ""
    mine_by: str = ""
    kept: str = ""
    """``theirs``, ``mine`` or ``both`` once it is settled."""
    settled_by: str = ""
    settled_at: datetime | None = None
