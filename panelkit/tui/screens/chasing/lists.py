"""The log of escalations, and the organisations that miss meetings."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.chasing import About, Escalation
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.missing import Attending
from panelkit.domain.people import Act
from panelkit.services.chasing import Missing
from panelkit.services.desk import Desk
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.chasing.forms import AnswerForm, EscalateForm, SpocForm
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

LOG_KEYS: Final = "Enter what was answered   Delete withdraws it   Esc back"
MISSING_KEYS: Final = (
    "Enter escalates it   c names the point of contact   a all organisations   Esc back"
)


class EscalationLog(ListPanel):
    """Who was told of what, by whom and when, and what they answered.

    | Key | Does |
    |---|---|
    | Enter | what was answered |
    | Delete | one that was not made, withdrawn |
    """

    needs = Act.READ

    def __init__(self, desk: Desk) -> None:
        """Those that wait for an answer stand first."""
        super().__init__()
        self.desk = desk
        self.every: tuple[Escalation, ...] = ()
        self.cases: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("Escalations", RowList((), (10, 12, 18, 40), under_lines=3), LOG_KEYS)

    def on_mount(self) -> None:
        """The one that waits longest is under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """The log as the record has it now."""
        try:
            self.every = self.desk.chasing.escalations()
            self.cases = self.desk.caseload.record.refs_of([o.case_id for o in self.every if o.case_id])  # fmt: skip
        except PanelkitError as failed:
            self.say(said(failed))
            return
        rows: list[Row] = []
        groups = (
            (
                "WAITING FOR AN ANSWER",
                [o for o in self.every if o.is_live and o.answered_on is None],
            ),
            ("ANSWERED", [o for o in self.every if o.is_live and o.answered_on][::-1]),
            ("WITHDRAWN", [o for o in self.every if not o.is_live][::-1]),
        )
        for title, group in groups:
            if group:
                rows += [Row(f"h:{title}", (title,), heading=True), *map(self._row, group)]
        self.query_one(RowList).follow(rows)
        if not rows:
            self.say("Nothing was escalated. F7 on the list of actions writes one down.")

    def _row(self, one: Escalation) -> Row:
        case = self.cases.get(one.case_id, "")
        about = one.about.label.lower()
        if case:
            about = f"{case} {one.set_at}.{one.number}" if one.about is About.ACTION else f"{case}-{one.set_at}"  # fmt: skip
        under = one.sentence if one.is_live else f"{one.sentence} Withdrawn: {one.withdrawn}"
        return Row(one.id, (one.ref, short_date(one.made_on), about, one.organisation), under=under)

    def _of(self, row: str) -> Escalation | None:
        return next((one for one in self.every if one.id == row), None)

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        one = self._of(event.option.id or "")
        if one is not None and one.is_live:
            self.open_form(AnswerForm(self.desk, one))
        elif one is not None:
            self.say(f"{one.ref} was withdrawn: {one.withdrawn}")

    def on_key(self, event: events.Key) -> None:
        """Delete withdraws the one under the cursor, with a reason."""
        if event.key != "delete":
            return
        event.stop()
        one = self._of(self.query_one(RowList).current)
        if one is None or not one.is_live:
            return

        def act(why: str) -> str:
            gone = self.desk.chasing.withdraw(one.ref, why)
            return f"{gone.ref} is withdrawn. It stays in sight with the reason."

        facts = f"{one.sentence}\nFor one that was not made."
        self.open_form(Because(self.desk, Act.CHASE, f"{one.ref}   withdraw it", facts, act))


class MissingList(ListPanel):
    """Organisations that miss meetings, with what was done about it.

    | Key | Does |
    |---|---|
    | Enter | somebody was told of it |
    | c | who its point of contact is |
    | a | every organisation that was invited, or those that miss meetings alone |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, *, every: bool = False) -> None:
        """Over the area's period, up to today; with ``every`` all that were invited."""
        super().__init__()
        self.desk = desk
        self.all = every
        self.found: Missing | None = None

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("", RowList((), (44, 16, 40), letters="ca", under_lines=4), MISSING_KEYS)

    def on_mount(self) -> None:
        """The one that missed most is under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """Attendance as the record has it now."""
        chasing = self.desk.chasing
        try:
            self.found = found = chasing.missing()
            shown = found.every if self.all else found.missing
            rows = [self._row(one, found) for one in shown]
        except PanelkitError as failed:
            self.say(said(failed))
            return
        period = f"{long_date(found.first)} to {long_date(found.last)}"
        rule = "every organisation invited" if self.all else f"came to fewer than {found.percent} % and missed {found.meetings} or more"  # fmt: skip
        self.show_title(f"Who misses meetings   {period}: {rule}\n{found.sources[0]}")
        self.query_one(RowList).follow(rows)
        if not rows:
            self.say("Nobody does. a lists every organisation that was invited.")

    def _row(self, one: Attending, found: Missing) -> Row:
        chasing = self.desk.chasing
        away = [
            f"{number} {words}"
            for number, words in (
                (one.report_only, "report only"), (one.apologies, "apologies"),
                (one.no_response, "no response"), (one.not_recorded, "not recorded"),
            )
            if number
        ]  # fmt: skip
        missed = ", ".join(f"{m.meeting_ref} {short_date(m.held_on)}" for m in one.missed[:6])
        more = f" and {len(one.missed) - 6} more" if len(one.missed) > 6 else ""
        done = " ".join(each.sentence for each in chasing.done_about(one.organisation, found))
        is_missing = one in found.missing
        under = [f"missed {missed}{more}" if missed else "", f"contact: {chasing.spoc_of(one.organisation) or 'none is kept'}", done or ("nothing is recorded as done about it" if is_missing else "")]  # fmt: skip
        cells = (
            one.organisation,
            f"{one.came} of {one.invited} ({one.percent} %)",
            ", ".join(away),
        )
        return Row(f"o:{one.organisation}", cells, strong=is_missing, under=". ".join(x for x in under if x))  # fmt: skip

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.open_form(EscalateForm(self.desk, "", (event.option.id or "").removeprefix("o:")))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "a":
            self.all = not self.all
            self.follow()
        elif event.row:
            self.open_form(SpocForm(self.desk, event.row.removeprefix("o:")))
