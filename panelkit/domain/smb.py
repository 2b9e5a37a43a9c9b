"""Meetings of the Strategic Management Board, and which agencies came (quality notes section 6,
K-SMB; the board meets quarterly, statistics notes section 5 [V1])."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import AgencyType, Term


class BoardPresence(Term):
    """Whether an agency was at the board."""

    ATTENDED = "attended", "Attended"
    DEPUTY = "deputy", "Deputy attended"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"

    @property
    def came(self) -> bool:
        """Whether somebody spoke for the agency."""
        return self in (BoardPresence.ATTENDED, BoardPresence.DEPUTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheBoard:
    """One organisation at one meeting of the board."""

    id: str
    board_id: str
    organisation: str
    agency: AgencyType
    presence: BoardPresence
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardMeeting:
    """One meeting of the board, on a day of its own; it is about no case."""

    id: str
    held_on: date
    withdrawn: str = ""
    """Why it was not held, in words; blank where it was."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1
    there: tuple[AtTheBoard, ...] = ()
    """By organisation."""

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn

    def row_of(self, organisation: str) -> AtTheBoard | None:
        """What is said of an organisation; None where nothing is."""
        plain = organisation.casefold()
        return next((row for row in self.there if row.organisation.casefold() == plain), None)


def must_be_right(board: BoardMeeting, today: date) -> None:
    """Raises BadInput for a day that is still to come."""
    if board.held_on > today:
        raise BadInput(f"{long_date(board.held_on)} is still to come.")


def must_count(row: AtTheBoard) -> None:
    """Raises BadInput for whoever is no member: lay advisers and observers count in no attendance
    (quality notes section 6)."""
    if not row.organisation:
        raise BadInput("Say which organisation it is.")
    if not row.agency.takes_part:
        raise BadInput(f"{row.agency.label}: their attendance is no key figure.")
