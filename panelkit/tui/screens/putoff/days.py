"""One planned meeting: cancel it, postpone it, and the days on which it was not held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOff, PutOffKind, is_cancelled
from panelkit.domain.vocabulary import EmergencyCause, MeetingKind, MeetingState
from panelkit.services.desk import Desk
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.putoff import forms
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from textual.app import App

KEYS: Final = "Enter does it   Delete takes a day back   Esc back"
CANCEL: Final = "cancel"
POSTPONE: Final = "postpone"
CAUSE: Final = "cause"


def show_days(app: App[Any], desk: Desk, ref: str) -> None:
    """Over any screen; one that may not be opened is a sentence instead."""
    try:
        meeting, lines = desk.putting_off.of(ref)
    except PanelkitError as failed:
        notify_typed(app, said(failed), "warning")
        return
    app.push_screen(PutOffDays(desk, meeting, lines))


class PutOffDays(ListPanel):
    """What can be done with the day of one meeting, and what was. Returns whether it was changed.

    | Key | Does |
    |---|---|
    | Enter | cancels, postpones, or says why an emergency panel was called |
    | Delete | takes back that it was cancelled or postponed, with a reason |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, meeting: Meeting, lines: tuple[PutOff, ...]) -> None:
        """``lines`` are the days on which it was not held, in order."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.lines = lines

    def compose(self) -> ComposeResult:
        """Which meeting, what can be done, its days, what was said last, the keys."""
        return self.laid("", RowList((), (13, 62), under_lines=3), KEYS)

    def on_mount(self) -> None:
        """The first thing that can be done is under the cursor."""
        self._show()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """The meeting as the record has it now."""
        try:
            self.meeting, self.lines = self.desk.putting_off.of(self.meeting.ref)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        self._show()

    def _show(self) -> None:
        meeting = self.meeting
        state = "cancelled" if is_cancelled(meeting, self.lines) else meeting.state.label
        self.show_title(
            f"{meeting.ref}   {meeting.level.label} {meeting.kind.label}   {long_date(meeting.held_on)}   {state}"
        )
        self.query_one(RowList).follow([*self._acts(), *self._days()])

    def _acts(self) -> list[Row]:
        meeting, rows = self.meeting, []
        if meeting.state is not MeetingState.PLANNED:
            words = "It has begun: it is neither cancelled nor postponed any more."
            rows.append(Row("h:begun", (words,), heading=True))
        elif is_cancelled(meeting, self.lines):
            words = "It stands cancelled. F5 on the home screen plans it for another day."
            rows.append(Row("h:cancelled", (words,), heading=True))
        else:
            rows.append(Row(CANCEL, ("Cancel it", "it is not held, and has no other day")))
            rows.append(Row(POSTPONE, ("Postpone it", "it is held on a later day")))
        if meeting.kind is MeetingKind.EMERGENCY:
            cause = meeting.chosen(*forms.CAUSE, EmergencyCause)
            known = cause.label if cause else "not said yet"
            rows.append(Row(CAUSE, ("Its cause", f"why it was called: {known}"), strong=not cause))
        return rows

    def _days(self) -> list[Row]:
        if not self.lines:
            return [Row("h:none", ("It was never put off.",), heading=True)]
        return [
            Row("h:days", ("DAYS ON WHICH IT WAS NOT HELD",), heading=True),
            *map(day_row, self.lines),
        ]

    # -- acting --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        what = event.option.id or ""
        if what == CAUSE:
            self.open_form(forms.CauseForm(self.desk, self.meeting))
        elif what in (CANCEL, POSTPONE):
            kind = PutOffKind.CANCELLED if what == CANCEL else PutOffKind.POSTPONED
            self.open_form(forms.PutOffForm(self.desk, self.meeting, self.lines, kind))
        elif (line := self._line(what)) is not None:
            gone = f"It was taken back: {line.withdrawn}"
            self.say("Delete takes it back." if line.is_live else gone)

    def on_key(self, event: events.Key) -> None:
        """Delete takes back the day under the cursor, with a reason."""
        if event.key != "delete":
            return
        event.stop()
        line = self._line(self.query_one(RowList).current)
        if line is not None and line.is_live:
            self._take_back(line)
        elif line is not None:
            self.say(f"It was taken back: {line.withdrawn}")

    def _take_back(self, line: PutOff) -> None:
        meeting, lines = self.meeting, self.lines

        def act(why: str) -> str:
            forms.as_shown(self.desk, meeting, lines)
            self.desk.putting_off.undo(meeting.ref, lines.index(line) + 1, why)
            return "It is taken back. A sitting that it left it joins again with F6, on the home screen."

        facts = f"{line.words_of_it}.\nWhere the meeting has not begun it has that day again."
        self.open_form(Because(self.desk, Act.PLAN, f"{meeting.ref}   it was not so", facts, act))

    def _line(self, row: str) -> PutOff | None:
        return next((line for line in self.lines if line.id == row), None)


def day_row(line: PutOff) -> Row:
    """One day: what became of it; and under it why, and what was said."""
    to = f" to {short_date(line.new_day)}" if line.new_day else ""
    words = f"{line.kind.label.lower()}, {short_date(line.planned_for)}{to}"
    parts = [f"{line.reason.label}, decided on {short_date(line.decided_on)}.", line.words]
    if not line.is_live:
        parts.append(f"TAKEN BACK: {line.withdrawn}")
    under = "   ".join(part for part in parts if part)
    return Row(line.id, ("" if line.is_live else "taken back", words), under=under)
