"""One meeting of the board: its day, and for every organisation whether it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult

from panelkit.domain.errors import StaleRecord
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.smb import AtTheBoard, BoardMeeting, BoardPresence
from panelkit.domain.vocabulary import AgencyType
from panelkit.services.desk import Desk
from panelkit.tui.screens.statistics.forms import FigureForm

MEMBERS = tuple(kind for kind in AgencyType if kind.takes_part)
"""Kinds of agency whose attendance counts."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An organisation that the form asks about."""

    organisation: str
    agency: AgencyType
    stored: BoardPresence | None = None
    """What is said of it by now; None for nothing."""


def offered(desk: Desk, board: BoardMeeting | None) -> tuple[Offered, ...]:
    """Those said of this meeting, then those of the one held last, then the area's own."""
    found: dict[str, Offered] = {}
    for row in board.there if board else ():
        found[row.organisation.casefold()] = Offered(row.organisation, row.agency, row.presence)
    held = [one for one in desk.board_meetings.every() if one.is_live and one.there]
    last = [(row.organisation, row.agency) for row in held[-1].there] if held else []
    for name, kind in (*last, *desk.area.organisations):
        if kind.takes_part:
            found.setdefault(name.casefold(), Offered(name, kind))
    return tuple(found.values())


def as_shown(desk: Desk, shown: BoardMeeting) -> BoardMeeting:
    """The meeting as the record has it. Raises StaleRecord where its line is not as it was shown."""
    now = desk.board_meetings.find(shown.held_on)
    if now.revision != shown.revision:
        msg = f"The board of {long_date(shown.held_on)} was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="board")
    return now


class AttendanceForm(FigureForm):
    """A meeting of the board. Returns what was kept, in a sentence; nothing is kept before Ctrl+S."""

    needs = Act.FIGURES
    last_line = ""

    def __init__(self, desk: Desk, board: BoardMeeting | None = None) -> None:
        """``board`` is as it was shown when the form was opened; None for a new one."""
        if board is None:
            heading = "A meeting of the Strategic Management Board"
            facts = "1 to 4 pick, Enter goes on. An organisation that is no member stays blank; lay advisers and observers are not counted."  # fmt: skip
        else:
            heading = f"Strategic Management Board, {long_date(board.held_on)}"
            facts = "What is said of an organisation is corrected, not taken away. Another day: withdraw this meeting, and add it again."  # fmt: skip
        super().__init__(desk, heading, facts)
        self.shown = board
        self.board = board
        self.asked_of = offered(desk, board)
        self._mine: dict[str, AtTheBoard] = {}
        """What this form kept itself, where a first try stopped half-way, by organisation."""

    def questions(self) -> ComposeResult:
        """The day of a new one; every organisation with a choice; room for another."""
        if self.shown is None:
            yield from self.ask_line("day", "Held on, such as 3 June 2026")
        for number, one in enumerate(self.asked_of):
            start = str(one.stored) if one.stored else ""
            yield from self.ask_choice(f"came{number}", one.organisation, BoardPresence, start)
        yield from self.ask_line("other", "Another organisation (may stay blank)")
        yield from self.ask_choice("kind", "Its kind", MEMBERS)
        yield from self.ask_choice("other-came", "Whether it came", BoardPresence)

    def on_mount(self) -> None:
        """The day, else the first organisation."""
        self.first("day" if self.shown is None else "came0" if self.asked_of else "other")

    # -- keeping -------------------------------------------------------------------------

    def make(self) -> str:
        """The meeting and every organisation that was said; what is there already stays."""
        said = self._said()
        if not said and self.board is not None:
            self.wrong(self._first_asked(), "Nothing differs from what stands there. Esc leaves it.")  # fmt: skip
        board = self._held()
        verbs = self.desk.board_meetings
        for one, presence in said:
            there = as_shown(self.desk, board).row_of(one.organisation)
            if there is not None and (there.agency, there.presence) == (one.agency, presence):
                continue  # somebody else wrote down the same
            self._must_be_as_shown(one.organisation, there)
            done = verbs.came(board.held_on, one.organisation, one.agency, presence)
            if (mine := done.row_of(one.organisation)) is not None:
                self._mine[one.organisation] = mine
        many = len(self._mine)
        told = "1 organisation" if many == 1 else f"{many} organisations"
        if not many:
            told = "it is kept, and nobody is"
        return f"Board of {long_date(board.held_on)}: {told} written down."

    def _first_asked(self) -> str:
        return "came0" if self.asked_of else "other"

    def _held(self) -> BoardMeeting:
        """The meeting, kept first where it is new."""
        if self.shown is not None:
            return as_shown(self.desk, self.shown)
        day = self.needed_day("day", "Held on")
        if self.board is not None and self.board.held_on != day:
            kept = long_date(self.board.held_on)
            self.wrong("day", f"It is kept for {kept} by now. Withdraw that one for another day.")
        if self.board is None:
            with self.at("day"):
                self.board = self.desk.board_meetings.add(day)
        return as_shown(self.desk, self.board)

    def _must_be_as_shown(self, organisation: str, there: AtTheBoard | None) -> None:
        """What somebody else said of it since the form was opened is never overwritten unseen."""
        before = self.shown.row_of(organisation) if self.shown else None
        shown = self._mine.get(organisation, before)
        if there is not None and (shown is None or shown.revision != there.revision):
            msg = f"{organisation}: somebody else wrote down “{there.presence.label}” meanwhile."
            raise StaleRecord(msg, place="board")

    def _said(self) -> list[tuple[Offered, BoardPresence]]:
        """What was picked and is not there yet."""
        found = []
        for number, one in enumerate(self.asked_of):
            value, mine = self.picked(f"came{number}"), self._mine.get(one.organisation)
            stored = mine.presence if mine else one.stored
            if not value and stored is not None:
                self.wrong(f"came{number}", f"It is said of it that it was: {stored.label.lower()}. Pick another, or the same.")  # fmt: skip
            if value and value != stored:
                found.append((one, BoardPresence(value)))
        return [*found, *self._other()]

    def _other(self) -> Sequence[tuple[Offered, BoardPresence]]:
        name, kind, value = self.line("other"), self.picked("kind"), self.picked("other-came")
        if not (name or kind or value):
            return ()
        if not name:
            self.wrong("other", "Which organisation is it?")
        if any(one.organisation.casefold() == name.casefold() for one in self.asked_of):
            self.wrong("other", "It stands above.")
        agency = AgencyType[self.needed("kind", "Which kind of agency is it?")]
        presence = BoardPresence(self.needed("other-came", "Did it come?"))
        return [(Offered(name, agency), presence)]
