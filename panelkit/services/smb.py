"""Meetings of the Strategic Management Board, and who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from panelkit.domain import smb
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.domain.smb import AtTheBoard, BoardMeeting, BoardPresence
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import AgencyType
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.words import because, line
from panelkit.store.record import Record


@acting(Act.FIGURES)
class BoardMeetings:
    """What a co-ordinator writes down of the board."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    def every(self) -> tuple[BoardMeeting, ...]:
        """All of them, withdrawn ones too, oldest first."""
        return self.record.boards()

    def find(self, day: date) -> BoardMeeting:
        """The one of that day. Raises NotFound."""
        for found in self.every():
            if found.held_on == day:
                return found
        msg = f"No meeting of the board on {long_date(day)} is in this record."
        raise NotFound(msg, remedy="Add it with panelkit smb add.")

    def add(self, day: date) -> BoardMeeting:
        """A meeting that was held. Raises BadInput for a day to come, Refused for one that is there."""
        fresh = BoardMeeting(
            id=new_id(), held_on=day, typed_by=self.who, typed_at=self.clock()
        )  # fmt: skip
        smb.must_be_right(fresh, room_day(self.clock()))
        self.record.keep_board(None, fresh, self._by(), command=new_id())
        return self.find(day)

    def came(
        self, day: date, organisation: str, agency: AgencyType, presence: BoardPresence
    ) -> BoardMeeting:
        """Whether an organisation was there; said again, it is corrected. Raises NotFound, BadInput."""
        board = self.find(day)
        name = line(organisation)
        before = board.row_of(name)
        if before is None:
            after = AtTheBoard(
                id=new_id(), board_id=board.id, organisation=name, agency=agency, presence=presence
            )
        else:
            after = replace(before, agency=agency, presence=presence, revision=before.revision + 1)
        smb.must_count(after)
        self.record.keep_at_board(before, after, self._by(), command=new_id())
        return self.find(day)

    def withdraw(self, day: date, why: str) -> BoardMeeting:
        """A meeting that was not held, or held again after all (with no reason)."""
        board = self.find(day)
        clean = because(why) if board.is_live else line(why)
        after = replace(
            board, withdrawn=clean, typed_by=self.who, typed_at=self.clock(),
            revision=board.revision + 1,
        )  # fmt: skip
        self.record.keep_board(board, after, self._by(), command=new_id())
        return self.find(day)

    def take_in(self, boards: Sequence[BoardMeeting]) -> tuple[int, int]:
        """Meetings from a file, all or nothing; how many meetings and rows of attendance are new.

        The same file again changes nothing. Raises Refused, naming the day, where something else
        is written down here already.
        """
        known = {one.held_on: one for one in self.every()}
        found: list[tuple[BoardMeeting, list[AtTheBoard]]] = []
        for board in boards:
            smb.must_be_right(board, room_day(self.clock()))
            there = known.get(board.held_on)
            fresh = replace(
                board, typed_by=board.typed_by or self.who, typed_at=board.typed_at or self.clock()
            )
            if there is None:
                found.append((fresh, list(board.there)))
                continue
            if there.withdrawn != board.withdrawn and there.revision <= board.revision:
                raise _differs(board, "whether it was held")
            rows = [
                replace(row, board_id=there.id) for row in board.there if _is_new(there, row, board)
            ]
            found.append((there, rows))
        new = sum(board.held_on not in known for board, _rows in found)
        count = sum(len(rows) for _board, rows in found)
        if new or count:
            self.record.take_in_boards(found, self._by(), command=new_id())
        return new, count


def _is_new(there: BoardMeeting, row: AtTheBoard, board: BoardMeeting) -> bool:
    known = there.row_of(row.organisation)
    if known is None:
        return True
    same = (known.agency, known.presence) == (row.agency, row.presence)
    if not same and known.revision <= row.revision:
        raise _differs(board, row.organisation)
    return False


def _differs(board: BoardMeeting, what: str) -> Refused:
    msg = f"The board's meeting of {long_date(board.held_on)} is here already, and differs: {what}."
    return Refused(
        msg, remedy="Nothing was changed. Correct it with panelkit smb came or withdraw."
    )
