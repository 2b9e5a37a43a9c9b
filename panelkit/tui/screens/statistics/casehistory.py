"""The histories of one case: level, category, whereabouts from day to day, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.outcomes import Outcome
from panelkit.domain.people import Act
from panelkit.domain.spans import Span, SpanKind, SpanReason
from panelkit.services.desk import Desk
from panelkit.services.histories import History
from panelkit.services.opening import Opening
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.statistics import historyforms as forms
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from textual.app import App

Changed = Callable[[bool | None], None]
"""Told, when the screen is left, whether something was changed."""

KEYS: Final = "Enter corrects, or adds at +   Delete withdraws   l leaves   Esc back"
HEADINGS: Final = {
    SpanKind.LEVEL: "LEVEL", SpanKind.CATEGORY: "CATEGORY", SpanKind.WHEREABOUTS: "WHEREABOUTS",
}  # fmt: skip
EVENT: Final = "event"


def choose_case(app: App[Any], desk: Desk, changed: Changed) -> None:
    """Which case; then its histories."""
    try:
        refs = desk.histories.cases()
    except PanelkitError as failed:
        notify_typed(app, said(failed), "warning")
        return

    def chosen(result: tuple[str, str] | None) -> None:
        if result and result[0]:
            show_histories(app, desk, refs[int(result[0])], changed)

    rows = [Row(str(place), (ref,)) for place, ref in enumerate(refs)]
    foot = "Enter opens its histories   type to filter   Esc back"
    app.push_screen(Listing("Histories of which case?", rows, (40,), foot=foot), chosen)


def show_histories(
    app: App[Any], desk: Desk, case_ref: str, changed: Changed, meeting: Meeting | None = None
) -> None:
    """Over any screen; ``meeting`` is the one that is open, where one is. Opening is journaled."""
    try:
        found = desk.histories.history(case_ref)
        shown = meeting or desk.caseload.latest(case_ref)
        if shown is None:
            case = desk.caseload.record.case(case_ref)
            opening = Opening(desk.caseload.record, desk.clock, desk.who)
            if problem := opening.note([("", case.id)], "its histories"):
                notify_typed(app, f"This opening is not journaled: {problem}", "warning")
    except PanelkitError as failed:
        notify_typed(app, said(failed), "warning")
        return
    app.push_screen(HistoryScreen(desk, found, shown), changed)


class HistoryScreen(ListPanel):
    """Intervals and events of one case. Returns whether one was changed.

    | Key | Does |
    |---|---|
    | Enter, + | a line to correct; at + a line to add |
    | Delete | the line withdrawn, with a reason |
    | l | no level holds from a day on |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, history: History, meeting: Meeting | None) -> None:
        """``meeting`` is what is opened by it: the one on screen, else the last of the case."""
        super().__init__()
        self.desk = desk
        self.history = history
        self.meeting = meeting

    def compose(self) -> ComposeResult:
        """Which case, the lines, what was said last, the keys."""
        heading = (
            f"{self.history.ref}   level, category and whereabouts; what became of the individual"
        )
        return self.laid(heading, RowList((), (5, 26, 27, 40), letters="+l", under_lines=2), KEYS)

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.show(self.history)
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """The histories as the record has them now."""
        try:
            self.show(self.desk.histories.history(self.history.ref))
        except PanelkitError as failed:
            self.say(said(failed))

    def show(self, history: History) -> None:
        """These histories."""
        self.history = history
        rows: list[Row] = []
        for kind in SpanKind:
            mine = [s for s in history.spans if s.kind is kind]
            rows.append(Row(f"h:{kind}", (HEADINGS[kind],), heading=True))
            rows += [span_row(span) for span in mine]
            rows.append(Row(f"+:{kind}", ("+", f"add to {kind.label.lower()}", "", "")))
        rows.append(Row(f"h:{EVENT}", ("WHAT BECAME OF THE INDIVIDUAL",), heading=True))
        rows += [event_row(event) for event in history.events]
        rows.append(Row(f"+:{EVENT}", ("+", "add an event", "", "")))
        self.query_one(RowList).follow(rows)

    # -- acting --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        what, _, which = (event.option.id or "").partition(":")
        if what == "+":
            self._add(which)
        elif (span := self._span(event.option.id or "")) is not None:
            if self._may_change(span):
                self._open(forms.CorrectSpan(self.desk, self.history, span))
        elif (outcome := self._outcome(event.option.id or "")) is not None and self._may_change(outcome):  # fmt: skip
            self.say("An event is not corrected: withdraw it with Delete, and add the right one.")

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "l":
            self._open(forms.LeaveForm(self.desk, self.history))
            return
        what, _, which = event.row.partition(":")
        span = self._span(event.row)
        self._add(which if what == "+" else str(span.kind) if span else EVENT)

    def on_key(self, event: events.Key) -> None:
        """Delete withdraws the line under the cursor, with a reason."""
        if event.key != "delete":
            return
        event.stop()
        row = self.query_one(RowList).current
        found = self._span(row) or self._outcome(row)
        if found is not None and self._may_change(found):
            self._open(forms.WithdrawForm(self.desk, self.history, found))

    def _add(self, which: str) -> None:
        if which == EVENT:
            self._open(forms.AddEvent(self.desk, self.history))
        else:
            self._open(forms.AddSpan(self.desk, self.history, SpanKind(which)))

    def _open(self, form: forms.HistoryForm) -> None:
        self.say("")

        def back(kept: str | None) -> None:
            if kept:
                self.changed = True
                self.follow()
                self.say(kept)

        self.app.push_screen(form, back)

    def _may_change(self, found: Span | Outcome) -> bool:
        if not found.is_live:
            self.say(f"It was withdrawn: {found.withdrawn}")
        return found.is_live

    def _span(self, row: str) -> Span | None:
        return next((span for span in self.history.spans if f"span:{span.id}" == row), None)

    def _outcome(self, row: str) -> Outcome | None:
        return next((one for one in self.history.events if f"{EVENT}:{one.id}" == row), None)


def span_row(span: Span) -> Row:
    """One interval: what, from when to when, why; and under it what was said by hand."""
    first = short_date(span.from_day)
    days = f"{first} to {short_date(span.to_day)}" if span.to_day else f"since {first}"
    why = [span.reason.label] if span.reason is not SpanReason.NOT_SAID else []
    if span.end_reason is not None:
        why.append(f"ended: {span.end_reason.label.lower()}")
    if span.derived:
        why.append("worked out from meetings")
    under = span.because
    if not span.is_live:
        under = f"WITHDRAWN: {span.withdrawn}"
    sign = "" if span.is_live else "x"
    return Row(f"span:{span.id}", (sign, span.term.label, days, "; ".join(why)), strong=span.is_open, under=under)  # fmt: skip


def event_row(event: Outcome) -> Row:
    """One event: what, when, where it was heard of."""
    under = event.note if event.is_live else f"WITHDRAWN: {event.withdrawn}"
    sign = "" if event.is_live else "x"
    return Row(f"{EVENT}:{event.id}", (sign, short_date(event.day), event.kind.label), under=under)
