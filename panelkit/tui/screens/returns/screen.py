"""Returns to one meeting: who was asked, who answered, what came back read in."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.app import ComposeResult

from panelkit.domain import returns as r
from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.returns import Standing
from panelkit.domain.sheet_numbers import printed
from panelkit.domain.vocabulary import HELD
from panelkit.services.desk import Desk
from panelkit.services.returns import ReturnRead
from panelkit.tui.screens.returns.forms import NilReturnForm, ReturnFileForm
from panelkit.tui.screens.returns.words import ReturnWords, of_file, of_return
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = (
    "w write forms   b a file came back   n nothing to tell   c words of a reminder\n"
    "a addendum from a late one   Enter what it says   Esc back"
)
WIDTHS: Final = (6, 42, 10, 40)


class ReturnList(ListPanel):
    """Every organisation invited, and how far its return is.

    | Key | Does |
    |---|---|
    | w | writes the form of everybody who has not answered, as Word and as a workbook |
    | b | reads a file that came back: shown first, kept when you say so |
    | n | the organisation holds nothing to tell |
    | c | words of a reminder, to copy |
    | a | an addendum from a return that came after closing |
    | Enter | what its return says |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is planned, running or held."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.listed: tuple[Standing, ...] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("", RowList((), WIDTHS, letters="wbnca"), KEYS)

    def on_mount(self) -> None:
        """The first organisation is under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """What the record has now."""
        try:
            self.meeting = self.desk.caseload.find(self.meeting.id)
            self.listed = self.desk.returns.listed(self.meeting)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        back = sum(s.one is not None and s.one.answer is not None for s in self.listed)
        self.show_title(f"RETURNS TO {self.meeting.ref}   {back} of {len(self.listed)} answered")
        self.query_one(RowList).follow([self._row(n, s) for n, s in enumerate(self.listed)])
        if not self.listed:
            self.say("Nobody is invited who is asked: put organisations on the list of A1 first.")

    def _row(self, number: int, s: Standing) -> Row:
        today = self.desk.returns.today()
        late = s.is_late(today) and self.meeting.state not in HELD
        form = printed(s.one.sheet) if s.one and s.one.sheet else ""
        words = f"LATE: {s.words(today)}" if late else s.words(today)
        under = ""
        if s.lines:
            many = f"{s.lines} line{'' if s.lines == 1 else 's'}"
            under = f"{many}, {s.offered} waiting to be taken"
            if s.one is not None and r.for_addendum(s.one):
                under = f"{many}, for an addendum: a"
        return Row(
            str(number), (str(s.agency), s.organisation, form, words), strong=late, under=under
        )

    def _current(self) -> Standing | None:
        key = self.query_one(RowList).current
        return self.listed[int(key)] if key else None

    # -- keys ----------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        s = self._current()
        if s is None:
            return
        if s.one is None:
            self.say(f"{s.organisation} was not asked yet: w writes its form.")
            return
        words = of_return(s.one, r.lines_of(self.meeting, s.one))
        self.app.push_screen(
            ReturnWords(f"{s.organisation}   {self.meeting.ref}", words, "Esc back")
        )

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        s = self._current()
        if event.letter == "w":
            self._write()
        elif event.letter == "b":
            self._back()
        elif s is None:
            self.say("There is no organisation on this list.")
        elif event.letter == "n":
            self.open_form(NilReturnForm(self.desk, self.meeting, s.organisation))
        elif event.letter == "c":
            self._reminder(s)
        else:
            self._addendum(s)

    def _write(self) -> None:
        if why := self.desk.why_not(Act.CHASE):
            self.say(why)
            return
        try:
            done = self.desk.returns.write(self.meeting.ref, self.desk.documents)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        held = sum(form.withheld for form in done.forms)
        more = f" {held} actions stand in none: set where their owners were not in the room." if held else ""  # fmt: skip
        self.done(
            f"{len(done.forms)} forms, each as Word and as a workbook, in {self.desk.documents}. Send them yourself.{more}"
        )

    def _back(self) -> None:
        form = ReturnFileForm(self.desk)

        def named(kept: str | None) -> None:
            if kept and form.read is not None:
                self._show(form.read)

        self.say("")
        self.app.push_screen(form, named)

    def _show(self, read: ReturnRead) -> None:
        """What the file says, before anything is kept."""
        of = f"{read.path.name}   form {printed(read.one.sheet)}, {read.one.organisation}, to {read.meeting.ref}"
        if read.is_known:
            page = ReturnWords(
                of, ("This very file was read in already.", *of_file(read)), "Esc back"
            )
        elif read.is_answered:
            foot = "It has answered before.   r keeps this in its place, and both stay   Esc keeps nothing"
            page = ReturnWords(
                of, of_file(read), foot, {"r": lambda: self._keep(read, replace=True)}
            )
        else:
            foot = "Enter keeps it   Esc keeps nothing"
            page = ReturnWords(of, of_file(read), foot, {"enter": lambda: self._keep(read)})
        self.app.push_screen(page, self.done)

    def _keep(self, read: ReturnRead, *, replace: bool = False) -> str:
        self.desk.returns.keep(read, replace=replace)
        return f"The return of {read.one.organisation} is kept beside {read.meeting.ref}."

    def _reminder(self, s: Standing) -> None:
        try:
            words = self.desk.returns.reminder(self.meeting, s.organisation)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        foot = "Mark it with the mouse, or: panelkit return remind   Esc back"
        self.app.push_screen(ReturnWords(f"To {s.organisation}", (words,), foot))

    def _addendum(self, s: Standing) -> None:
        try:
            self.desk.returns.addendum(self.meeting, s.organisation)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        self.done(
            "An addendum was made. When the chair was told, and whether it reopens a decision, is still to be said there."
        )
