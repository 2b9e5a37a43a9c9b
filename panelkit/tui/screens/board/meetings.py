"""Every meeting of the board in this record, the newest first."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.smb import BoardMeeting, BoardPresence
from panelkit.services.desk import Desk
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.board.attendance import AttendanceForm, as_shown
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "Enter who came   n a new one   Delete withdraws it, or brings it back   Esc back"
NEW: Final = "+"


class BoardList(ListPanel):
    """Meetings of the Strategic Management Board with who came. Returns whether one was changed.

    | Key | Does |
    |---|---|
    | Enter | who came, to be corrected; at + a new one |
    | n | one that was held |
    | Delete | one that was not held withdrawn, or a withdrawn one held after all |
    """

    needs = Act.FIGURES

    def __init__(self, desk: Desk, *, new: bool = False) -> None:
        """With ``new`` the form of one that was held opens over it at once."""
        super().__init__()
        self.desk = desk
        self.new = new
        self.every: tuple[BoardMeeting, ...] = ()

    def compose(self) -> ComposeResult:
        """How many there are, the list, what was said last, the keys."""
        return self.laid("", RowList((), (18, 17, 60), letters="n", under_lines=4), KEYS)

    def on_mount(self) -> None:
        """The newest is under the cursor."""
        self.follow()
        rows = self.query_one(RowList)
        rows.focus()
        rows.show_current(self.every[0].id if self.every else NEW)
        if self.new:
            self.open_form(AttendanceForm(self.desk))

    def follow(self) -> None:
        """The meetings as the record has them now."""
        try:
            self.every = self.desk.board_meetings.every()[::-1]
        except PanelkitError as failed:
            self.say(said(failed))
            return
        held = sum(one.is_live for one in self.every)
        many = f"{held} meeting{'' if held == 1 else 's'}" if held else "no meeting yet"
        self.show_title(f"Strategic Management Board   {many}; it meets every quarter")
        new = Row(NEW, ("+ a new one", "", "its day, and who came"))
        self.query_one(RowList).follow([new, *map(board_row, self.every)])

    # -- acting --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if event.option.id == NEW:
            self.open_form(AttendanceForm(self.desk))
        elif (one := self._of(event.option.id or "")) is None:
            return
        elif one.is_live:
            self.open_form(AttendanceForm(self.desk, one))
        else:
            self.say("It was withdrawn. Delete brings it back, with who came.")

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        self.open_form(AttendanceForm(self.desk))

    def on_key(self, event: events.Key) -> None:
        """Delete withdraws the meeting under the cursor with a reason, or brings it back."""
        if event.key != "delete":
            return
        event.stop()
        one = self._of(self.query_one(RowList).current)
        if one is not None:
            self._withdraw(one) if one.is_live else self._bring_back(one)

    def _withdraw(self, one: BoardMeeting) -> None:
        day = long_date(one.held_on)

        def act(why: str) -> str:
            self._changed(one, why)
            return f"The board of {day} is withdrawn. It stays in sight, and counts nowhere."

        facts = (
            "For one that was not held. It stays in sight with the reason; Delete brings it back."
        )
        self.open_form(Because(self.desk, Act.FIGURES, f"Board of {day}   withdraw it", facts, act))

    def _bring_back(self, one: BoardMeeting) -> None:
        day = long_date(one.held_on)

        def act() -> None:
            try:
                self._changed(one, "")
            except PanelkitError as failed:
                self.say(said(failed))
            else:
                self.done(f"The board of {day} was held after all, with who came.")

        asked = OneLine(
            f"The board of {day} was withdrawn: {one.withdrawn}\nWas it held after all?",
            lambda _text: "Enter brings it back, where the word is yes.",
            hint="Type yes; Esc leaves it.",
            sure=act,
        )
        self.app.push_screen(asked)

    def _changed(self, one: BoardMeeting, why: str) -> None:
        """Withdrawn, or brought back: only what is as it was shown. Raises StaleRecord."""
        as_shown(self.desk, one)
        self.desk.board_meetings.withdraw(one.held_on, why)

    def done(self, kept: str | None) -> None:
        """Followed also where nothing was kept: a form that stopped half-way kept something."""
        self.follow()
        if kept:
            self.changed = True
            self.say(kept)

    def _of(self, row: str) -> BoardMeeting | None:
        return next((one for one in self.every if one.id == row), None)


def board_row(board: BoardMeeting) -> Row:
    """One meeting: the day, how many came of those said, and under it who did not come themselves."""
    came = sum(row.presence.came for row in board.there)
    count = f"{came} of {len(board.there)} came" if board.there else "nobody said yet"
    under = "; ".join(
        f"{row.organisation}: {row.presence.label.lower()}"
        for row in board.there
        if row.presence is not BoardPresence.ATTENDED
    )
    if not board.is_live:
        under = f"WITHDRAWN: {board.withdrawn}"
    state = "" if board.is_live else "withdrawn, counts nowhere"
    return Row(board.id, (long_date(board.held_on), count, state), under=under)
