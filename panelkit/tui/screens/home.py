"""What needs me today: meetings in progress, today's, what is late or waits on me."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.caseload import Listed
from panelkit.services.clock import room_time
from panelkit.services.desk import Desk
from panelkit.tui.keys import MINUTE_DESK
from panelkit.tui.screens.listing import Listing, Page
from panelkit.tui.screens.newmeeting import NewCase, NewMeeting
from panelkit.tui.typed import as_typed, as_typed_line, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp


class HomeScreen(Screen[None]):
    """Every meeting that needs somebody, the nearest first."""

    DEFAULT_CSS = """
    HomeScreen { layout: vertical; }
    HomeScreen #top { height: 1; background: $primary; text-style: bold; }
    HomeScreen #words { height: auto; color: $text-muted; padding: 0 1; }
    HomeScreen VerticalScroll { height: 1fr; padding: 1 1 0 1; }
    HomeScreen RowList { max-height: 100%; }
    HomeScreen #keys { height: 1; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "new", "New", id="home-new", tooltip="A case, a review, an emergency panel."),
        Binding(
            "ctrl+o,f2", "find", "Find", id="home-find", tooltip="Any meeting, by typing a word."
        ),
        Binding(
            MINUTE_DESK.key,
            "minute_desk",
            MINUTE_DESK.label,
            id="home-minute-desk",
            tooltip=MINUTE_DESK.tooltip,
        ),
        Binding("f1", "help", "Help", id="home-help"),
        Binding("ctrl+f", "leader", "Keys", id="home-leader", show=False),
        Binding("ctrl+s", "documents", "Documents", id="home-documents", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        """``desk`` is whose home it is."""
        super().__init__()
        self.desk = desk
        self.listed: list[Listed] = []

    @property
    def _program(self) -> PanelkitApp:
        return cast("PanelkitApp", self.app)

    def compose(self) -> ComposeResult:
        """The top line, the list, the keys."""
        yield Static(Content(""), id="top")
        with VerticalScroll(can_focus=False):
            yield RowList([], (11, 12, 14, 5, 11, 12, 30))
            yield Static(Content(""), id="words")
        yield Static(
            as_typed(
                " Enter Open   F5 New: case, review, emergency   ^O Find   ^S Documents   F8 Minutes   F1 Help   ^F Keys   ^Q Leave "
            ),
            id="keys",
        )

    def on_mount(self) -> None:
        """Read and show."""
        self.follow()
        self.query_one(RowList).focus()
        gc.enable()

    def on_screen_resume(self) -> None:
        """Coming back shows what changed."""
        self.follow()

    def follow(self) -> None:
        """The meetings as they are now."""
        self.listed = self.desk.caseload.listing()
        today = self.desk.caseload.today()
        rows: list[Row] = []
        for title, kept in self._groups():
            if kept:
                rows.append(Row(f"h:{title}", (title, *[""] * 6), heading=True))
                rows += [self._row(item) for item in kept]
        self.query_one(RowList).follow(rows)
        plain = "" if self.desk.encrypted else "   not encrypted"
        demo = "   DEMONSTRATION: fictional" if self.desk.demo else ""
        now = room_time(self.desk.clock())
        self.query_one("#top", Static).update(
            as_typed_line(
                f" {self.desk.area.marking}   {self.desk.area.name}   {self.desk.who} (claimed){demo}{plain}   {today:%a} {long_date(today)}  {now:%H:%M}",
                self.app.size.width,
            )
        )
        words = (
            ""
            if rows
            else "No meeting yet. F5 starts one: a case and its initial meeting take two minutes."
        )
        self.query_one("#words", Static).update(as_typed(words))

    def _groups(self) -> list[tuple[str, list[Listed]]]:
        today = self.desk.caseload.today()
        running = {MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD}
        live = [m for m in self.listed if m.state in running]
        planned = sorted(
            (m for m in self.listed if m.state is MeetingState.PLANNED),
            key=lambda m: (m.held_on, m.slot),
        )
        write = sorted(
            (m for m in self.listed if m.state in (MeetingState.CLOSED, MeetingState.APPROVED)),
            key=lambda m: m.minutes_due,
        )
        return [
            ("IN PROGRESS", live),
            ("TODAY", [m for m in planned if m.held_on == today]),
            ("LATER, OR NOT HELD", [m for m in planned if m.held_on != today]),
            ("MINUTES TO FINISH", write),
            ("ISSUED", [m for m in self.listed if m.state is MeetingState.ISSUED][:20]),
        ]

    def _row(self, item: Listed) -> Row:
        today = self.desk.caseload.today()
        owed = f"{item.closing} owed" if item.closing else "nothing owed"
        late = ""
        if item.state is MeetingState.ISSUED:
            owed = ""
        if item.state in (MeetingState.CLOSED, MeetingState.APPROVED):
            owed = f"{item.approval} to write"
            late = f"minutes {'LATE, were ' if item.minutes_due < today else ''}due {short_date(item.minutes_due)}"
        cells = (
            item.ref,
            f"L{item.level} {item.kind.label}",
            item.state.label,
            item.slot,
            short_date(item.held_on),
            owed,
            late,
        )
        return Row(item.ref, cells, strong="LATE" in late)

    # -- keys ------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self._program.open_meeting(event.option.id)

    def action_find(self) -> None:
        """Any meeting by typing."""
        rows = [self._row(item) for item in self.listed]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                self._program.open_meeting(result[0])

        self.app.push_screen(
            Listing(
                "Find a meeting",
                rows,
                (12, 14, 16, 12, 18, 12, 30),
                foot="type any of it; Enter opens",
            ),
            chosen,
        )

    def action_new(self) -> None:
        """A case with its first meeting, or the next meeting of a case."""
        rows = [
            Row("case", ("New case", "a case and its initial or emergency meeting")),
            Row(
                "next",
                (
                    "Review or emergency",
                    "from the last meeting of a case; everything carried is stamped",
                ),
            ),
        ]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0] == "case":
                self.app.push_screen(NewCase(self.desk), self._made)
            elif result and result[0] == "next":
                self.app.push_screen(NewMeeting(self.desk, self.listed), self._made)

        self.app.push_screen(Listing("New", rows, (22, 60), foot="Enter chooses"), chosen)

    def _made(self, ref: str | None) -> None:
        self.follow()
        if ref:
            self._program.open_meeting(ref)

    def action_documents(self) -> None:
        """Documents of the meeting under the cursor."""
        from panelkit.tui.screens.documents import DocumentsScreen

        ref = self.query_one(RowList).current
        if not ref or ref.startswith("h:"):
            return
        try:
            self.app.push_screen(DocumentsScreen(self.desk, self.desk.caseload.find(ref)))
        except PanelkitError as failed:
            notify_typed(self.app, failed.sentence, "error")

    def action_minute_desk(self) -> None:
        """The minute taker's queue."""
        from panelkit.tui.screens.minutes.queue import MinuteQueue

        self.app.push_screen(MinuteQueue(self.desk))

    def action_help(self) -> None:
        """What this screen is for."""
        words = (
            "Meetings that need somebody, the nearest first. Enter opens one where you left it.\n\n"
            "F5    new case, review or emergency panel      ^F n\n"
            "^O    find a meeting by any word               ^F o\n"
            "^S    documents of the meeting under the cursor ^F s\n"
            "F8    the minute taker's desk: what is due      ^F d\n"
            "^Q    leave; everything is saved as it is typed\n"
        )
        self.app.push_screen(Page("Home", as_typed(words)))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        from panelkit.tui.screens.listing import Leader

        letters = {
            "n": self.action_new,
            "o": self.action_find,
            "s": self.action_documents,
            MINUTE_DESK.letter: self.action_minute_desk,
            "h": self.action_help,
        }

        def chosen(letter: str | None) -> None:
            action = letters.get(letter or "")
            if action:
                action()

        self.app.push_screen(
            Leader(
                [("n", "New"), ("o", "Find"), ("s", "Documents"), ("d", "Minutes"), ("h", "Help")]
            ),
            chosen,
        )
