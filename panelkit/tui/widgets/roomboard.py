"""Who is in the room: one row a person, one letter for what became of them."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from panelkit.domain import entries as e
from panelkit.domain.attendance import in_room, quorum, stay_of
from panelkit.domain.calling import person_word
from panelkit.domain.vocabulary import AttendanceStatus
from panelkit.opened.session import Session
from panelkit.services.clock import room_time
from panelkit.tui.messages import Problem
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.rowlist import Row, RowList, likely_width
from panelkit.tui.widgets.still import Still

STATUS_LETTERS: Final = {
    "d": AttendanceStatus.DEPUTY,
    "r": AttendanceStatus.REPORT_ONLY,
    "p": AttendanceStatus.APOLOGIES_NO_REPORT,
    "n": AttendanceStatus.NO_RESPONSE,
}

EXPECTED: Final = "expected"

NARROW: Final = 96
"""Cells below which there is no room for what everybody's role is."""

HELP: Final = "* all in   i in   o left   d deputy   r report only   p apologies   n no response   s statement heard   + invite   Delete withdraw   Enter details"


class RoomBoard(Vertical):
    """The attendance list; quorum is computed, never typed."""

    DEFAULT_CSS = """
    RoomBoard { height: auto; margin-bottom: 1; }
    RoomBoard > .head { height: auto; color: $text-muted; }
    """

    class Changed(Message):
        """Somebody came, went, or was marked."""

    def __init__(self, session: Session) -> None:
        """``session`` holds the meeting."""
        super().__init__(classes="table-attendance")
        self.session = session

    def rows(self) -> list[Row]:
        """Everybody on the list, with a sign, a word and times."""
        meeting = self.session.meeting
        return [self._row(person) for person in meeting.of(e.Attendance)]

    def _row(self, person: e.Attendance) -> Row:
        stay = stay_of(self.session.meeting, person)
        if person.withdrawn:
            state = "withdrawn"
        elif stay.in_room:
            state = "in"
        elif person.status is None:
            state = person_word(self.session.meeting, person) or EXPECTED
        elif stay.left_at:
            state = f"left {room_time(stay.left_at):%H:%M}"
        else:
            state = SHORT.get(person.status, person.status.label)
        heard = ""
        if stay.in_room and self.session.meeting.text("A2", "confidentiality_statement"):
            heard = "stmt ok" if stay.heard_statement_at else "STATEMENT?"
        is_awaited = person.status is None and not person.withdrawn and not stay.in_room
        code = str(person.agency or "")
        role = person.meeting_role.label if person.meeting_role else person.role
        name = person.name or "(nobody named)"
        cells: tuple[str, ...] = (state, heard, code, name, person.organisation)
        if not self._is_narrow:  # a name that is cut is nobody; the role stands in the details
            cells += (role,)
        return Row(person.id, cells, strong=heard == "STATEMENT?" or is_awaited)

    @property
    def _is_narrow(self) -> bool:
        return (self.size.width or likely_width(self.app)) < NARROW

    @property
    def _widths(self) -> tuple[int, ...]:
        return (11, 10, 4, 18, 10) if self._is_narrow else (12, 10, 5, 20, 28, 20)

    def on_resize(self) -> None:
        """Whole names, whatever the width."""
        if self.children and self.query_one(RowList).widths != self._widths:
            self.follow()

    def _head_content(self) -> Content:
        meeting = self.session.meeting
        held = quorum(meeting, self.session.chairing.area)
        inside, listed = len(in_room(meeting)), len(meeting.live(e.Attendance))
        return as_typed(f"IN THE ROOM  {inside} of {listed}   quorate: {held.words}\n{HELP}")

    def compose(self) -> ComposeResult:
        """Quorum and the keys, then the people."""
        yield Still(self._head_content(), classes="head")
        yield RowList(self.rows(), self._widths, letters="*iodrpns+")

    def follow(self) -> None:
        """Show the list as it is now."""
        if not self.children:
            return  # not composed yet; it follows as soon as it is
        self.query_one(RowList).use_widths(self._widths)
        self.query_one(".head", Still).update(self._head_content())
        self.query_one(RowList).follow(self.rows())

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.post_message(EntryTable.Wanted(e.Attendance, event.option.id or ""))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "+":
            self.post_message(EntryTable.Wanted(e.Attendance, ""))
            return
        refused = self._act(event.letter, event.row)
        if refused:
            self.post_message(Problem(refused))
        self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """Delete withdraws the person under the cursor with a reason, or brings them back."""
        rows = self.query_one(RowList)
        if event.key == "delete" and rows.has_focus and rows.current:
            event.stop()
            self.post_message(EntryTable.WithdrawWanted(e.Attendance, rows.current))

    def _act(self, letter: str, row: str) -> str:
        chairing, do = self.session.chairing, self.session.do
        if letter == "*":
            return do(chairing.check_in_all)
        if letter == "s":
            return do(chairing.statement_repeated)
        if not row:
            return ""
        if letter == "i":
            return do(lambda m: chairing.check_in(m, row))
        if letter == "o":
            return do(lambda m: chairing.check_out(m, row))
        status = STATUS_LETTERS[letter]
        refused = do(lambda m: chairing.change(m, e.Attendance, row, status=status))
        if not refused and status.present:
            refused = do(lambda m: chairing.check_in(m, row))
        return refused


SHORT: Final = {
    AttendanceStatus.ATTENDED: "attended",
    AttendanceStatus.PART: "part",
    AttendanceStatus.DEPUTY: "deputy",
    AttendanceStatus.REPORT_ONLY: "report only",
    AttendanceStatus.APOLOGIES_NO_REPORT: "apologies",
    AttendanceStatus.NO_RESPONSE: "no response",
}
"""Words that fit the column."""
