"""What needs me today: meetings in progress, today's, what is late or waits on me."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from panelkit.domain.errors import NotSaved, PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.people import Act
from panelkit.opened.errands import Errand
from panelkit.opened.sharing import Shareable
from panelkit.services.clock import room_time
from panelkit.services.desk import Desk
from panelkit.services.near import PAGE
from panelkit.tui.keys import LEADER
from panelkit.tui.reaching import AT_ONCE
from panelkit.tui.screens.emergency.form import Kept
from panelkit.tui.screens.findmeeting import FindMeeting
from panelkit.tui.screens.homeboard import (
    NARROW,
    WIDTHS,
    Board,
    narrowed,
    read_board,
    row_means,
)
from panelkit.tui.screens.homekeys import LOOKS, HomeKeys, home_bindings
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.newmeeting import NewCase, NewMeeting
from panelkit.tui.screens.redline import red_line, settle
from panelkit.tui.screens.sitting import SittingForm, SittingScreen
from panelkit.tui.screens.supplied import show_supplied
from panelkit.tui.screens.timeline import show_timeline
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.still import Still

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp

AGAIN: Final = 1.0
"""Seconds until one that did not is asked again."""

KEYS = (
    "Enter Open", "F5 New", "^E Emergency", "F6 Sittings", "/ Find words", "^O Meeting", "F7 Audit", "F8 Desk", "^F Keys", "F1 Help",
    "F4 Referrals", "^G Chasing", "F9 Minutes", "^T Figures", "F3 Cancel/postpone", "^Q Leave", "^S Documents",
)  # fmt: skip
"""The foot; a narrow screen leaves out the last of them, which ^F Keys has."""


FIRST_ROWS = 60
"""Rows that are drawn at first, and each time that more are."""
AHEAD = 20
"""Rows below those in view that are drawn already."""


class HomeScreen(HomeKeys, Shareable, Screen[None]):
    """Every meeting that needs somebody, the nearest first."""

    needs = Act.READ
    waits = True
    """It is shown whether or not a server answers, and says so."""
    comes_back = True
    """A meeting opened from here comes back here when it is left."""
    DEFAULT_CSS = """
    HomeScreen { layout: vertical; }
    HomeScreen #top { height: 1; background: $primary; text-style: bold; }
    HomeScreen #red-line { height: auto; padding: 0 1; background: $error; color: $text; display: none; }
    HomeScreen #red-line.-shown { display: block; }
    HomeScreen #words { height: auto; color: $text-muted; padding: 0 1; }
    HomeScreen VerticalScroll { height: 1fr; padding: 1 1 0 1; }
    HomeScreen RowList { max-height: 100%; }
    HomeScreen #keeping { height: auto; max-height: 2; color: $text-warning; padding: 0 1; }
    HomeScreen #keys { height: 1; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *home_bindings(),
        Binding("f2", "find", "Find", show=False),
        Binding(LEADER, "leader", "Keys", id="home-leader", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        """``desk`` is whose home it is."""
        super().__init__()
        self.desk = desk
        self.pages: dict[str, int] = {}
        """How many lines of which section are asked for, where it is more than at first."""
        self.drawn = FIRST_ROWS
        """Rows that are drawn at least, where there are as many."""
        self.board: Board | None = None
        self.is_fresh = False
        """Whether it was read when it was made, and has not come up yet."""
        self._late: Errand[Board] | None = None
        self._again: Timer | None = None
        self.counting: Errand[int] | None = None
        """Changes of guidance and forms, being counted."""
        self._read_at: datetime | None = None
        self._why = ""
        """Why a server's meetings could not be read just now."""
        self.emergency_kept: dict[str, Kept] = {}
        """What was typed into the form of an emergency panel, and not taken, by the case under the
        cursor: what was typed of one case is never offered for another."""

    @property
    def _program(self) -> PanelkitApp:
        return cast("PanelkitApp", self.app)

    def compose(self) -> ComposeResult:
        """The top line, the list, the keys."""
        yield Static(Content(""), id="top")
        yield Static(Content(""), id="red-line")
        with VerticalScroll(can_focus=False):
            yield RowList([], WIDTHS)
            yield Static(Content(""), id="words")
        yield Static(Content(""), id="keeping")
        yield Still(fitting_content(KEYS, self.app.size.width), id="keys")

    def on_mount(self) -> None:
        """Read and show."""
        self.follow()
        self.is_fresh = True
        rows = self.query_one(RowList)
        rows.focus()
        self.watch(rows, "scroll_y", self._draw_on, init=False)

    def on_resize(self) -> None:
        """Columns and keys for the width there is."""
        if keys := self.query("#keys"):
            keys.first(Still).update(fitting_content(KEYS, self.app.size.width), layout=False)
        if self.board is not None:
            self._show(self.board)

    def on_screen_resume(self) -> None:
        """Coming back shows what changed; coming up for the first time, it was read a moment ago."""
        if self.is_fresh:
            self.is_fresh = False
        else:
            self.follow()

    def follow(self) -> None:
        """The meetings as they are now; of a server that does not answer, as they were read last."""
        if not self.desk.caseload.record.is_on_server:
            self.board = self._read()
            self.show_board()
            return
        self._late = self._late or Errand(self._read)
        self._late.wait(AT_ONCE)
        self._look_late()

    def _read(self) -> Board:
        """The board, with the meetings of its first rows."""
        board = read_board(self.desk, self.pages)
        board.rows(self._many)
        return board

    @property
    def _many(self) -> int:
        return max(self.drawn, self.app.size.height + AHEAD)

    def _look_late(self) -> None:
        """Whether what is read is there; asked again until it is."""
        if self._again is not None:
            self._again.stop()
        if not self.is_attached:
            return
        if self._late is None:
            self._late = Errand(self._read)
        if self._late.is_done:
            errand, self._late = self._late, None
            try:
                self.board, self._read_at = errand.answer(), self.desk.clock()
            except NotSaved as failed:
                self._why = failed.message
                self._again = self.set_timer(AGAIN, self._look_late)
            else:
                self._why = ""
        else:
            self._why = self._why or "The server has not answered yet."
            self._again = self.set_timer(LOOKS, self._look_late)
        self.show_board()

    def _of_server(self) -> str:
        """Why what stands here may be older than what is stored; blank where it is not."""
        if not self._why:
            return ""
        if self._read_at is None:
            return f"{self._why} The meetings stand here as soon as it does."
        return f"{self._why} This is as it was at {room_time(self._read_at):%H:%M:%S}."

    def show_board(self) -> None:
        """Draw what was read."""
        rows = self._show(self.board) if self.board is not None else []
        today = self.desk.caseload.today()
        plain = "" if self.desk.encrypted else "   not encrypted"
        demo = "   DEMONSTRATION: fictional" if self.desk.demo else ""
        now = room_time(self.desk.clock())
        self.query_one("#top", Static).update(
            as_typed_line(
                f" {self.desk.area.marking}   {self.desk.area.name}   {self.desk.who_said}{demo}{plain}   {today:%a} {long_date(today)}  {now:%H:%M}",
                self.app.size.width,
            )
        )
        words = (
            ""
            if rows or self._why
            else "No meeting yet. F5 starts one: a case and its initial meeting take two minutes."
        )
        self.query_one("#words", Static).update(as_typed(words))
        if self.board is not None and self.board.changes is None and self.counting is None:
            self.count_changes()
        self.show_red_line()
        said = self._of_server() or self._of_outbox() or self._of_copies()
        keeping = self.query_one("#keeping", Static)
        keeping.display = bool(said)
        keeping.update(as_typed_line(said, self.app.size.width - 2))

    def _show(self, board: Board) -> list[Row]:
        """As many rows as are asked for, in the columns there is room for."""
        rows = board.rows(self._many)
        narrow = self.app.size.width < 100
        shown = self.query_one(RowList)
        shown.use_widths(NARROW if narrow else WIDTHS)
        shown.follow([narrowed(row) for row in rows] if narrow else rows)
        return rows

    @on(RowList.OptionHighlighted)
    def _draw_on(self) -> None:
        """The next rows are read shortly before the last that was drawn comes into view."""
        board, rows = self.board, self.query_one(RowList)
        if board is None or board.is_drawn:
            return
        seen = max(rows.highlighted or 0, int(rows.scroll_y) + rows.size.height)
        if seen + AHEAD >= rows.option_count:
            self.drawn = rows.option_count + FIRST_ROWS
            self._show(board)

    def show_red_line(self) -> None:
        """What is wrong with the record, where something is."""
        said = red_line(self.app)
        for line in self.query("#red-line").results(Static):  # none yet: it is shown once built
            line.update(as_typed(said))
            line.set_class(bool(said), "-shown")

    def _of_outbox(self) -> str:
        """What was typed while the server was away, and is not sent; blank where nothing is."""
        box = self.desk.chairing.record.outbox
        if box is None:
            return ""
        waiting = box.waiting(self.desk.who)
        if not waiting and not box.elsewhere:
            return box.problem if box.is_kept else ""
        if not waiting:
            address, count = box.elsewhere[0]
            typed = "1 passage waits" if count == 1 else f"{count} passages wait"
            return f"{typed} on this machine for {address}: start panelkit with that address to send it."
        count = len(waiting)
        typed = "1 passage" if count == 1 else f"{count} passages"
        wait = "waits" if count == 1 else "wait"
        refs = {each.meeting_id for each in waiting}
        try:
            heads = self.desk.caseload.record.heads_of(list(refs))
        except NotSaved:
            heads = []
        where = ", ".join(head.ref for head in heads)
        opens = f" Opening {where} sends it, or asks." if where else ""
        return f"{typed} typed while the server was away {wait} here.{opens}"

    def _of_copies(self) -> str:
        """What should be known of the record's copies and its folder; blank where all is well."""
        try:
            said = () if self.desk.demo else self.desk.keeping.notices()
        except PanelkitError:
            return ""
        more = f"  (panelkit where says {len(said) - 1} more)" if len(said) > 1 else ""
        return f"{said[0]}{more}" if said else ""

    # -- keys ------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        what, ref = row_means(event.option.id or "")
        if what == "sitting":
            self.app.push_screen(SittingScreen(self.desk, ref), self._left_sitting)
        elif what == "referrals":
            self.action_referrals()
        elif what == "changes":
            self.action_changes()
        elif what == "half":
            self.action_take_on()
        elif what == "afterwards":
            self.show_afterwards(ref)
        elif what == "more":
            self.pages[ref] = self.pages.get(ref, PAGE) + PAGE
            self.follow()
        elif what == "wanted":
            self.app.push_screen(NewMeeting(self.desk, case=ref), self.made)
        elif ref:
            self._program.open_meeting(ref)

    def _left_sitting(self, ref: str | None) -> None:
        self.follow()
        if ref:
            self._program.open_meeting(ref)

    def action_sittings(self) -> None:
        """Plan a sitting, or open one that is planned."""
        rows = [
            Row("new", ("new", "Plan a sitting", "day, hours, chair")),
            Row("board", ("planning", "Planning board", "what is wanted, what there is")),
        ]
        for sitting in self.desk.planning.sittings():
            starts = f"{sitting.starts:%H:%M}" if sitting.starts else ""
            cells = (short_date(sitting.held_on), sitting.title, f"{starts} {sitting.mode_label}")
            rows.append(Row(sitting.id, cells))

        def planned(sitting_id: str | None) -> None:
            self.follow()
            if sitting_id:
                self.app.push_screen(SittingScreen(self.desk, sitting_id), self._left_sitting)

        def picked(result: tuple[str, str] | None) -> None:
            if result and result[0] == "new":
                self.app.push_screen(SittingForm(self.desk), planned)
            elif result and result[0] == "board":
                self.action_planning_board()
            elif result and result[0]:
                planned(result[0])

        foot = "Enter chooses; type to filter; Esc back"
        self.app.push_screen(Listing("Sittings", rows, (12, 34, 30), foot=foot), picked)

    def action_find(self) -> None:
        """Any meeting by typing."""

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                self._program.open_meeting(result[0])

        self.app.push_screen(FindMeeting(self.desk), chosen)

    def action_new(self) -> None:
        """A case with its first meeting, or the next meeting of a case."""
        rows = [
            Row("case", ("New case", "a case and its initial or emergency meeting")),
            Row(
                "sitting",
                ("Sitting", "a morning or afternoon: its day, start and meetings in order"),
            ),
            Row(
                "next",
                (
                    "Review or emergency panel",
                    "from the last meeting of a case; everything carried is stamped",
                ),
            ),
            Row(
                "minutes",
                (
                    "From Word minutes",
                    "a live case, from its last minutes whoever wrote them, line by line",
                ),
            ),
            Row("referral", ("Referral", "that it came: who referred, which level was asked for")),
            Row("board", ("Board meeting", "of the Strategic Management Board: its day, who came")),
        ]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0] == "case":
                self.app.push_screen(NewCase(self.desk), self.made)
            elif result and result[0] == "next":
                form = NewMeeting(self.desk, case=self.case_here())
                self.app.push_screen(form, self.made)
            elif result and result[0] == "sitting":
                self.action_sittings()
            elif result and result[0] == "minutes":
                self.action_take_on()
            elif result and result[0] == "referral":
                self.action_referrals(new=True)
            elif result and result[0] == "board":
                self.action_board_meetings(new=True)

        self.app.push_screen(
            Listing("New", rows, (27, 60), foot="Enter chooses", shared=True), chosen
        )

    def case_here(self) -> str:
        """The case under the cursor, so that its reference need not be typed."""
        what, ref = row_means(self.query_one(RowList).current)
        if what == "wanted":
            return ref
        return ref.rpartition("-")[0] if what == "meeting" else ""

    def made(self, ref: str | None) -> None:
        """What a form made is opened; nothing where it was left."""
        self.follow()
        if ref:
            self._program.open_meeting(ref)

    def action_documents(self) -> None:
        """Documents of the meeting under the cursor."""
        from panelkit.tui.screens.documents import DocumentsScreen

        what, ref = row_means(self.query_one(RowList).current)
        if not ref or what != "meeting":
            return
        try:
            self.app.push_screen(DocumentsScreen(self.desk, self.desk.caseload.find(ref)))
        except PanelkitError as failed:
            notify_typed(self.app, failed.sentence, "error")

    def action_minutes_life(self) -> None:
        """The life of the minutes of the meeting under the cursor."""
        from panelkit.tui.screens.minuteslife import MinutesLifeScreen

        what, ref = row_means(self.query_one(RowList).current)
        if ref and what == "meeting":
            self.app.push_screen(MinutesLifeScreen(self.desk, self.desk.caseload.find(ref)))

    def action_timeline(self) -> None:
        """Everything that happened in the case under the cursor."""
        case = self.case_here()
        if case:
            show_timeline(self.app, self.desk, case, open_meeting=self._program.open_meeting)

    def action_supplied(self) -> None:
        """What one organisation supplied, by meeting."""
        show_supplied(self.app, self.desk, self._program.open_meeting)

    def action_hand_over(self) -> None:
        """Who holds the pen of the meeting under the cursor; to another desk and back."""
        from panelkit.tui.screens.handover import HandOverScreen

        what, ref = row_means(self.query_one(RowList).current)
        if ref and what == "meeting":
            self.app.push_screen(HandOverScreen(self.desk, self.desk.caseload.find(ref)))

    def action_receive(self) -> None:
        """A file from another desk."""
        from panelkit.tui.screens.handover import receive_on

        receive_on(self.app, self.desk, self.follow)

    def action_minute_desk(self) -> None:
        """The minute taker's queue."""
        from panelkit.tui.screens.minutes.queue import MinuteQueue

        self.app.push_screen(MinuteQueue(self.desk))

    def action_audits(self) -> None:
        """The coordinator's queue of audits."""
        from panelkit.tui.screens.audits.queue import AuditQueue

        self.app.push_screen(AuditQueue(self.desk))

    def action_statistics(self) -> None:
        """The annual tables."""
        from panelkit.tui.screens.statistics.screen import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.desk))

    def action_red_line(self) -> None:
        """What the red line says to do."""
        settle(self.app, self.desk)
