"""When a case's record is looked at again, what holds it, and what is left when it is gone.

No single period is in the guidance: minutes follow the national system's long retention, agencies
their own schedules (domain: minutes, section 8 [R]). So a person sets the day of review, nothing
is deleted by itself, a legal hold wins, and disposal needs two people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panelkit.domain.vocabulary import MeetingState, Term

UNFINISHED = frozenset({MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD})


class DisposalState(Term):
    """How far a disposal is."""

    PROPOSED = "proposed", "proposed"
    WITHDRAWN = "withdrawn", "withdrawn"
    AGREED = "agreed", "agreed"
    DONE = "done", "done"


class DisposalKind(Term):
    """What became of the record of a case."""

    DISPOSED = "disposed", "disposed of"
    HANDED_BACK = "handed_back", "handed back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What is said of keeping one case."""

    case_id: str
    review_on: date | None = None
    because: str = ""
    """Why that day."""
    hold: str = ""
    """Why nothing of it may go; blank where nothing holds it."""
    hold_by: str = ""
    hold_at: datetime | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """A disposal, and afterwards its tombstone: what is left of the case in this record."""

    id: str
    case_id: str
    case_ref: str
    kind: DisposalKind
    state: DisposalState
    reason: str
    """Why; without names, because it outlives the case."""
    proposed_by: str
    proposed_id: str
    """Id of the person, or the claimed name where identity is claimed."""
    proposed_at: datetime
    agreed_by: str = ""
    agreed_id: str = ""
    agreed_at: datetime | None = None
    meeting_ids: tuple[str, ...] = ()
    """Ids of the meetings that went: the journal goes on naming them."""
    receipt: str = ""
    """What the desk that has it now showed for it, for a case that was handed back."""

    @property
    def tombstone(self) -> str:
        """What is said instead of the case."""
        when = self.agreed_at or self.proposed_at
        day = f"{when.day} {when:%B %Y}"
        if self.kind is DisposalKind.HANDED_BACK:
            return f"{self.case_ref} was handed back on {day} by {self.proposed_by}; it is not kept here."
        return (
            f"{self.case_ref} was disposed of on {day}: proposed by {self.proposed_by}, "
            f"agreed by {self.agreed_by}."
        )


def why_not_propose(said: Retention | None, states: frozenset[MeetingState], today: date) -> str:
    """Why a case may not be disposed of now; blank where it may."""
    if said is not None and said.hold:
        return "A legal hold is on the case."
    if states & UNFINISHED:
        return "A meeting of the case is in progress."
    if said is None or said.review_on is None:
        return "The case has no review date."
    if said.review_on > today:
        return f"The case is to be reviewed on {said.review_on.day} {said.review_on:%B %Y}, not before."
    return ""
