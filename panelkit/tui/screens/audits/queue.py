"""The coordinator's queue: what is drawn for audit in a quarter, and how far each audit is.

It names meetings and never ranks people: who chaired is used to draw fairly and is not shown.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from panelkit.audit.trends import Quarter
from panelkit.domain.auditing import Audit, AuditState
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.observing import same_person
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import Level, MeetingState
from panelkit.services.audits import Audits, Queued
from panelkit.services.desk import Desk
from panelkit.tui.screens.audits import papers
from panelkit.tui.screens.audits.figures import FiguresScreen
from panelkit.tui.screens.audits.screen import AuditScreen
from panelkit.tui.screens.listing import Listing, Page
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = (
    "Enter Audit", "F5 Letters", "F6 Trends", "F8 Board", "F9 Figures", "F3/F4 Quarter", "F1 Help",
    "^O Find", "Esc Home",
)  # fmt: skip
"""As many as there is room for stand at the foot."""


class AuditQueue(Screen[None]):
    """What is drawn of a quarter: every Level 3, a share of Level 2, the same for anybody."""

    needs = Act.AUDIT
    DEFAULT_CSS = """
    AuditQueue { layout: vertical; }
    AuditQueue #top { height: 1; background: $primary; text-style: bold; }
    AuditQueue #drawn { height: auto; color: $text-muted; padding: 0 1; }
    AuditQueue #words { height: auto; color: $text-muted; padding: 0 1; }
    AuditQueue VerticalScroll { height: 1fr; padding: 1 1 0 1; }
    AuditQueue RowList { max-height: 100%; }
    AuditQueue #keys { height: 1; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Home", id="audits-leave"),
        Binding("f1", "help", "Help", id="audits-help"),
        Binding("f3", "quarter(-1)", "Before", id="audits-before"),
        Binding("f4", "quarter(1)", "After", id="audits-after"),
        Binding("f5", "letters", "Letters", id="audits-letters"),
        Binding("f6", "trends", "Trends", id="audits-trends"),
        Binding("f8", "board", "Board", id="audits-board"),
        Binding("f9", "figures", "Figures", id="audits-figures"),
        Binding("ctrl+o,f2", "find", "Find", id="audits-find"),
    ]

    def __init__(self, desk: Desk, quarter: Quarter | None = None) -> None:
        """``quarter`` is the one shown first; the present one where there is none."""
        super().__init__()
        self.desk = desk
        self.quarter = quarter or Quarter.of(desk.audits.today())
        self.drawn: tuple[Queued, ...] = ()

    def compose(self) -> ComposeResult:
        """The top line, how it was drawn, the list, the keys."""
        yield Static(Content(""), id="top")
        yield Static(Content(""), id="drawn")
        with VerticalScroll(can_focus=False):
            yield RowList([], (12, 11, 13, 60))
            yield Static(Content(""), id="words")
        yield Static(self._keys_content(), id="keys")

    def _keys_content(self) -> Content:
        return fitting_content(KEYS, self.app.size.width - 1)

    def on_resize(self) -> None:
        """Lines are cut to the width there is."""
        if self.is_mounted:
            self.query_one("#keys", Static).update(self._keys_content())
            self.follow()

    def on_mount(self) -> None:
        """Read and show."""
        self.follow()
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        """Coming back shows what changed."""
        self.follow()

    def follow(self) -> None:
        """The sample as it is now."""
        audits, quarter = self.desk.audits, self.quarter
        lot = audits.lot(quarter.start, quarter.end)
        self.drawn = audits.queue_of(lot, quarter.start, quarter.end)
        done = sum(any(_is_finished(a) for a in q.audits) for q in self.drawn)
        today = self.desk.caseload.today()
        demo = "   DEMONSTRATION: fictional" if self.desk.demo else ""
        self.query_one("#top", Static).update(
            as_typed_line(
                f" {self.desk.area.marking}   Audits {quarter.label}   {done} of {len(self.drawn)} drawn are audited   {self.desk.who_said}{demo}   {today:%a} {long_date(today)}",
                self.app.size.width,
            )
        )
        self.query_one("#drawn", Static).update(
            as_typed(
                f"{len(lot.held)} held. Drawn: every Level 3, and {lot.percent} % of Level 2 across its chairs; seed {lot.seed}, so that anybody draws the same."
            )
        )
        self.query_one(RowList).follow([self._row(queued) for queued in self.drawn])
        words = "" if self.drawn else f"No meeting with minutes was held in {quarter.label}."
        self.query_one("#words", Static).update(as_typed(words))

    def _row(self, queued: Queued) -> Row:
        meeting = queued.drawn.meeting
        mine = [a for a in queued.audits if same_person(a.auditor, self.desk.who)]
        others = sorted({a.auditor for a in queued.audits} - {a.auditor for a in mine})
        said = [f"{a.form.id} {_how_far(a)}" for a in mine] or ["not begun by you"]
        if others:
            said.append(f"also audited by {', '.join(others)}")
        if queued.why_not:
            said = [f"not yours to audit: {queued.why_not}"]
        why = "Level 3: all" if meeting.level is Level.THREE else "drawn by lot"
        cells = (meeting.ref, short_date(meeting.held_on), why, " · ".join(said))
        return Row(
            meeting.ref, cells, strong=not queued.why_not and not any(map(_is_finished, mine))
        )

    # -- opening -----------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self.choose_form(self.desk.caseload.find(event.option.id))

    def choose_form(self, meeting: Meeting) -> None:
        """Which form of this meeting: an audit, or what somebody who was there observed."""
        rows = []
        for kind, verbs in (("audit", self.desk.audits), ("observe", self.desk.observations)):
            for form in verbs.forms():
                there = [a for a in verbs.of(meeting) if a.form.id == form.id]
                mine = [a for a in there if same_person(a.auditor, self.desk.who)]
                state = (
                    _how_far(mine[0]) if mine else verbs.why_not(meeting, form.id) or "not begun"
                )
                others = len(there) - len(mine)
                also = f"; {others} by others" if others else ""
                title = form.title if kind == "audit" else "Observe, as a lay adviser who was there"
                rows.append(Row(f"{kind}:{form.id}", (form.label, title, state + also)))

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                kind, _, form_id = result[0].partition(":")
                self.open_audit(meeting, form_id, observed=kind == "observe")

        foot = "Enter begins it or goes on with it; type to filter; Esc back"
        title = f"{meeting.ref}, {long_date(meeting.held_on)}: which form"
        self.app.push_screen(Listing(title, rows, (28, 40, 50), foot=foot), chosen)

    def open_audit(self, meeting: Meeting, form_id: str, *, observed: bool = False) -> None:
        """This person's audit on this form, begun where there is none."""
        verbs: Audits = self.desk.observations if observed else self.desk.audits
        try:
            audit = verbs.go_on(meeting, form_id)
        except PanelkitError as refused:
            notify_typed(self.app, refused.sentence, "error")
            return
        self.app.push_screen(AuditScreen(self.desk, verbs, meeting, audit))

    # -- keys --------------------------------------------------------------------------

    def action_quarter(self, by: int) -> None:
        """The quarter before, or the one after it up to the present one."""
        today = self.desk.audits.today()
        if by < 0:
            self.quarter = self.quarter.before
        elif self.quarter.end < today:
            self.quarter = self.quarter.after
        self.follow()

    def action_find(self) -> None:
        """Any meeting, drawn or not: a second look, an observation, one that was complained of."""
        listed = self.desk.caseload.newest()
        rows = [
            Row(
                item.ref,
                (
                    item.ref,
                    short_date(item.held_on),
                    f"{item.level.label} {item.kind.label}",
                    item.state.label,
                ),
            )
            for item in listed
            if item.state is not MeetingState.PLANNED
        ]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                self.choose_form(self.desk.caseload.find(result[0]))

        foot = "type any of it; Enter opens"
        self.app.push_screen(Listing("Find a meeting", rows, (14, 12, 20, 30), foot=foot), chosen)

    def action_letters(self) -> None:
        """Letters about the meeting under the cursor."""
        ref = self.query_one(RowList).current
        if not ref:
            return
        try:
            self.app.push_screen(papers.letters(self.desk, self.desk.caseload.find(ref)))
        except PanelkitError as refused:
            notify_typed(self.app, refused.sentence, "error")

    def action_trends(self) -> None:
        """Questions over quarters, and what is found most often."""
        self.app.push_screen(papers.trends_page(self.desk, self.quarter))

    def action_board(self) -> None:
        """One page for the board, or one that may leave the area."""
        rows = [
            Row("board", ("For the board", "every figure")),
            Row("outside", ("To leave the area", "what rests on too few is withheld")),
        ]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                outside = result[0] == "outside"
                self.app.push_screen(papers.board_page(self.desk, self.quarter, outside=outside))

        title = f"One page, {self.quarter.label}"
        self.app.push_screen(Listing(title, rows, (22, 50), foot="Enter chooses; Esc back"), chosen)

    def action_figures(self) -> None:
        """The key figures; each opens to its meetings."""
        self.app.push_screen(FiguresScreen(self.desk, self.quarter))

    def action_help(self) -> None:
        """What this screen is for."""
        words = (
            "Meetings to audit: every Level 3 of the quarter, and a share of Level 2 drawn by lot\n"
            "across its chairs. The seed is printed: with it anybody draws the same meetings.\n"
            "Nobody audits a meeting they chaired or minuted. Nobody is ranked here.\n\n"
            "Enter  the form of a meeting: begin it, or go on with it; also a lay adviser's observation\n"
            "F3 F4  the quarter before, the quarter after\n"
            "F5     letters of feedback about the meeting under the cursor\n"
            "F6     what is found most often, and each question over four quarters\n"
            "F8     one page for the board, or one that may leave the area\n"
            "F9     the key figures; Enter on one opens the meetings behind it\n"
            "^O     any other meeting\n\n"
            f"{THEME_HELP}"
        )
        self.app.push_screen(Page("Audits", as_typed(words), shared=True))

    def action_leave(self) -> None:
        """Back home."""
        self.dismiss(None)


def _is_finished(audit: Audit) -> bool:
    return audit.state is AuditState.FINISHED


def _how_far(audit: Audit) -> str:
    """``finished``, or ``9 of 14 answered``."""
    if _is_finished(audit):
        return "finished"
    many = len(audit.marks)
    return f"{many - len(audit.unanswered)} of {many} answered"
