"""What is sent out for a sitting: its papers written, what was sent to whom, how to join."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.people import Act
from panelkit.domain.sent_out import SentKind, Standing
from panelkit.domain.sitting import Sitting
from panelkit.domain.sitting_papers import due_days
from panelkit.services.desk import Desk
from panelkit.services.planning import ref_of
from panelkit.services.sitting_papers import PaperKind
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.sittings.forms import JoiningForm, SentOutForm
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "Enter writes, or says that it was sent   a sent to all it is owed to   j how to join   Delete takes back   Esc back"
WRITE: Final = "w:"
"""Begins the rows that write something."""


class SittingPapersScreen(ListPanel):
    """The papers of one sitting, and how each stands for each organisation.

    | Key | Does |
    |---|---|
    | Enter | writes papers; on an organisation, that it was sent |
    | a | that it was sent to every organisation it is owed to |
    | j | how to join |
    | Delete | that it was sent, taken back with a reason |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        """``sitting`` is one of the record."""
        super().__init__()
        self.desk = desk
        self.sitting = sitting
        self.standing: tuple[Standing, ...] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("", RowList((), (40, 22, 40), letters="aj"), KEYS)

    def on_mount(self) -> None:
        """All of the papers are under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """How everything stands now."""
        try:
            self.sitting = self.desk.planning.sitting(self.sitting.id)
            self.standing = self.desk.sitting_papers.standing(self.sitting)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        invitations, papers = due_days(self.sitting, self.desk.area)
        joining = "kept" if self.sitting.joining else "not said, j says it"
        self.show_title(
            f"Papers of {ref_of(self.sitting)}   {self.sitting.title}   {short_date(self.sitting.held_on)}\n"
            f"Invitations by {long_date(invitations)}, papers and reports by {long_date(papers)}. Joining instructions: {joining}."
        )
        rows = [
            Row("h:write", ("WRITE INTO THE DOCUMENTS FOLDER",), heading=True),
            Row(f"{WRITE}all", ("Everything", "", "letters, calendar files, agendas, the papers list")),
            *(Row(f"{WRITE}{kind}", (kind.called, "", kind.label)) for kind in PaperKind),
        ]  # fmt: skip
        for kind in SentKind:
            mine = [one for one in self.standing if one.what is kind]
            owed = sum(one.is_owed for one in mine)
            title = f"{kind.label.upper()}   owed to {owed} of {len(mine)}"
            rows.append(Row(f"h:{kind}", (title,), heading=True))
            rows += [self._row(one) for one in mine]
        self.query_one(RowList).follow(rows)

    def _row(self, one: Standing) -> Row:
        by = f"by {one.last.sent_by}" if one.last else ""
        return Row(
            f"{one.what}:{one.organisation}", (one.organisation, one.words, by), strong=one.is_owed
        )

    def _of(self, row: str) -> Standing | None:
        return next((one for one in self.standing if f"{one.what}:{one.organisation}" == row), None)

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        row = event.option.id or ""
        if row.startswith(WRITE):
            self._write(row.removeprefix(WRITE))
        elif (one := self._of(row)) is not None:
            self.open_form(SentOutForm(self.desk, self.sitting, one.what, one.organisation))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "j":
            self.open_form(JoiningForm(self.desk, self.sitting))
        elif (one := self._of(event.row)) is not None:
            self.open_form(SentOutForm(self.desk, self.sitting, one.what, ""))
        else:
            self.say("a is for a line of an organisation: it says the same of all of its kind.")

    def on_key(self, event: events.Key) -> None:
        """Delete takes back that it was sent."""
        if event.key != "delete":
            return
        event.stop()
        one = self._of(self.query_one(RowList).current)
        if one is None or one.last is None:
            self.say("It is not recorded as sent.")
            return

        def act(why: str) -> str:
            verbs = self.desk.sitting_papers
            now = verbs.not_sent(self.sitting, one.what, one.organisation, why)
            return f"{now.organisation}: {now.what.label.lower()} {now.words}. The line stays with the reason."

        facts = f"{one.organisation}: {one.what.label.lower()} {one.words}.\nFor what was not sent."
        self.open_form(Because(self.desk, Act.PLAN, "It was not sent", facts, act))

    def _write(self, which: str) -> None:
        if why := self.desk.why_not(Act.ISSUE):
            self.say(why)
            return
        kinds = tuple(PaperKind) if which == "all" else (PaperKind(which),)
        folder = self.desk.documents / f"{ref_of(self.sitting)}_{self.sitting.held_on:%Y%m%d}"
        try:
            done = self.desk.sitting_papers.write(self.sitting, folder, kinds)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        many = f"{len(done)} file{' is' if len(done) == 1 else 's are'} written"
        self.say(f"{many}: {folder}. Send them yourself, then say so here.")
