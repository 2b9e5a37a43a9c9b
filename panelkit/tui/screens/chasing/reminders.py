"""Reminders to one organisation: what would be in one, those written, sent and answered."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.app import ComposeResult

from panelkit.domain.chasing import Reminder, ReminderKind
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.services.across import reminder_words
from panelkit.services.desk import Desk
from panelkit.services.reminding import Ready
from panelkit.tui.screens.chasing.forms import BackForm, NilForm, SentForm
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "Enter writes it, or says that it was sent   n nothing to report   b a workbook came back   Esc back"
NEW: Final = {"+word": ReminderKind.WORD, "+workbook": ReminderKind.WORKBOOK}


class ReminderList(ListPanel):
    """Reminders to one organisation, and two ways to write the next.

    | Key | Does |
    |---|---|
    | Enter | writes a reminder; on one that was written, that it was sent |
    | n | the organisation has nothing to report |
    | b | what it wrote into its workbook |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, organisation: str) -> None:
        """``organisation`` is called as its actions call it."""
        super().__init__()
        self.desk = desk
        self.organisation = organisation
        self.ready: Ready | None = None
        self.every: tuple[Reminder, ...] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("", RowList((), (11, 100), letters="nb", under_lines=3), KEYS)

    def on_mount(self) -> None:
        """A letter is under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """What the record has now."""
        verbs = self.desk.reminding
        try:
            self.every = verbs.every(self.organisation)[::-1]
            self.ready = verbs.ready(self.organisation)
        except PanelkitError as failed:
            self.ready = None
            self.say(said(failed))
        self.show_title(f"Reminders to {self.organisation}")
        rows = self._new() if self.ready is not None else []
        if self.every:
            rows.append(Row("h:written", ("WRITTEN",), heading=True))
        rows += [self._row(one) for one in self.every]
        self.query_one(RowList).follow(rows)

    def _new(self) -> list[Row]:
        ready = self.ready
        if ready is None:
            return []
        many = len(ready.asked)
        held = f"{many} action{'' if many == 1 else 's'}: {', '.join(one.chased.ref for one in ready.asked)}"
        if ready.withheld:
            held += f". Not in it, set where they were not in the room: {', '.join(one.ref for one in ready.withheld)}"
        how = "by reference, with its words and owner" if any(o.words for o in ready.asked) else "by reference alone"  # fmt: skip
        return [
            Row("+word", ("+ letter", f"Word, each action {how}"), under=held),
            Row(
                "+workbook",
                ("+ workbook", "with columns to answer in; what comes back is read with b"),
            ),
        ]

    def _row(self, one: Reminder) -> Row:
        asked = self.desk.reminding.actions_of(one)
        answered = sum(bool(row.reply) for row in asked)
        words = [f"{len(asked)} actions", one.file]
        if one.replied_on is not None:
            nothing = ", nothing to report" if one.nil_return else ""
            words.append(
                f"answered {long_date(one.replied_on)}, {answered} of {len(asked)}{nothing}"
            )
        return Row(
            one.id,
            (one.ref, reminder_words(one).removeprefix(f"{one.ref} ")),
            under=". ".join(words),
        )

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        row = event.option.id or ""
        if row in NEW:
            self._write(NEW[row])
        elif (one := self._of(row)) is not None:
            self.open_form(SentForm(self.desk, one))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        one = self._of(event.row)
        if event.letter == "b":
            self.open_form(BackForm(self.desk))
        elif one is not None:
            self.open_form(NilForm(self.desk, one))
        else:
            self.say("n is for a reminder that was written.")

    def _write(self, kind: ReminderKind) -> None:
        if why := self.desk.why_not(Act.CHASE):
            self.say(why)
            return
        if self.ready is None:
            return
        try:
            done = self.desk.reminding.write_into(self.ready, self.desk.documents, kind)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        note = f" {done.file.note}" if done.file.note else ""
        self.done(f"{done.reminder.ref} is written: {done.file.path}. Send it yourself, then Enter on it says so.{note}")  # fmt: skip

    def _of(self, row: str) -> Reminder | None:
        return next((one for one in self.every if one.id == row), None)
