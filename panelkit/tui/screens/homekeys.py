"""What more keys of the home screen do: referrals, the board, a day put off, help, the leader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from textual.binding import Binding

from panelkit.domain.errors import PanelkitError
from panelkit.domain.vocabulary import MeetingState
from panelkit.opened.errands import Errand
from panelkit.tui.keys import HOME_KEYS
from panelkit.tui.screens.findmeeting import found_row
from panelkit.tui.screens.homeboard import WIDTHS, row_means
from panelkit.tui.screens.listing import Listing, Page, lead
from panelkit.tui.screens.newmeeting import NewMeeting
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp
    from panelkit.tui.screens.home import HomeScreen

LOOKS: Final = 0.25
"""Seconds between two looks whether a thread has an answer."""
INTRODUCED: Final = (
    "Meetings that need somebody, the nearest first. Enter opens one where you left it."
)


def home_bindings() -> list[Binding]:
    """A binding for each of :data:`panelkit.tui.keys.HOME_KEYS` that has a key of its own."""
    return [
        Binding(
            key.key, key.id, key.label, id=f"home-{key.id.replace('_', '-')}", tooltip=key.tooltip
        )
        for key in HOME_KEYS
        if key.key
    ]


class HomeKeys:
    """Actions of :class:`HomeScreen`, mixed in before it."""

    @property
    def _me(self) -> HomeScreen:
        return cast("HomeScreen", self)

    def action_referrals(self, *, new: bool = False) -> None:
        """Every referral, those that wait first; with ``new`` one that came is asked for at once."""
        from panelkit.tui.screens.referrals.queue import ReferralList

        self._me.app.push_screen(ReferralList(self._me.desk, new=new))

    def action_who_has_what(self) -> None:
        """Who has which referral and case; the one under the cursor first."""
        from panelkit.tui.screens.allocation.load import WhoHasWhat

        me = self._me
        me.app.push_screen(WhoHasWhat(me.desk, me.case_here()), lambda _moved: me.follow())

    def action_referral_analysis(self) -> None:
        """Referrals that were answered, counted."""
        from panelkit.tui.screens.allocation.analysis import AnalysisScreen

        self._me.app.push_screen(AnalysisScreen(self._me.desk))

    def action_find_words(self) -> None:
        """Any word in everything that is kept."""
        from panelkit.tui.screens.find import FindScreen

        self._me.app.push_screen(FindScreen(self._me.desk))

    def action_planning_board(self) -> None:
        """Capacity against demand, and a case listed with one key."""
        from panelkit.tui.screens.sittings.board import PlanningBoard

        self._me.app.push_screen(PlanningBoard(self._me.desk), lambda _changed: self._me.follow())

    def action_chasing(self) -> None:
        """Actions across meetings, the most late first."""
        from panelkit.tui.screens.chasing.screen import ChasingScreen

        self._me.app.push_screen(ChasingScreen(self._me.desk))

    def action_board_meetings(self, *, new: bool = False) -> None:
        """The board's meetings; with ``new`` one that was held is asked for at once."""
        from panelkit.tui.screens.board.meetings import BoardList

        self._me.app.push_screen(BoardList(self._me.desk, new=new))

    def action_emergency(self) -> None:
        """An emergency panel; with its meeting open, whom to ring."""
        from panelkit.tui.screens.emergency.form import EmergencyForm, Kept

        me = self._me
        case = me.case_here()
        kept = me.emergency_kept.setdefault(case, Kept())
        me.app.push_screen(EmergencyForm(me.desk, case=case, kept=kept), self._called)

    def _called(self, ref: str | None) -> None:
        me = self._me
        me.follow()
        if not ref:
            return
        meeting = me.desk.caseload.find(ref)
        fresh = meeting.state is MeetingState.PLANNED
        if fresh:  # a meeting that was planned may have been left elsewhere
            me.desk.chairing.remember_place(meeting, meeting.agenda[0].code)
        cast("PanelkitApp", me.app).open_meeting(ref)
        if fresh:
            me.call_later(self._ring_round)

    def _ring_round(self) -> None:
        from panelkit.tui.screens.emergency.calls import CallsScreen
        from panelkit.tui.screens.meeting import MeetingScreen

        screen = self._me.app.screen
        if isinstance(screen, MeetingScreen):
            self._me.app.push_screen(CallsScreen(screen), lambda _done: screen.follow())

    def show_afterwards(self, ref: str) -> None:
        """What is owed after one emergency panel."""
        from panelkit.tui.screens.emergency.owed import OwedAfterwards

        me = self._me
        meeting = me.desk.caseload.find(ref)
        me.app.push_screen(OwedAfterwards(me.desk, meeting), lambda _done: me.follow())

    def action_take_on(self) -> None:
        """A live case from its last Word minutes: the file, its lines, then its next meeting."""
        from panelkit.tui.screens.takingon.file import MinutesFile

        self._me.app.push_screen(MinutesFile(self._me.desk), self._take_on)

    def _take_on(self, half_id: str | None) -> None:
        from panelkit.tui.screens.takingon.screen import TakingOnScreen

        me = self._me
        if not half_id:
            return
        try:
            half = me.desk.taking_on.find(half_id)
        except PanelkitError as failed:
            notify_typed(me.app, failed.sentence, "error")
            return
        me.app.push_screen(TakingOnScreen(me.desk, half), self._taken_on)

    def _taken_on(self, ref: str | None) -> None:
        me = self._me
        me.follow()
        if ref:
            # The case is there; its next meeting starts from these minutes, on the day they set.
            case = ref.rpartition("-")[0]
            me.app.push_screen(NewMeeting(me.desk, case=case), me.made)

    def action_practice(self) -> None:
        """Out of this record, once somebody is sure, and to what there is to practise."""
        app = cast("PanelkitApp", self._me.app)

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0] == "practise":
                app.wants_practice = True
                app.action_leave_program()

        rows = [
            Row("practise", ("Practise", "this record is closed; panelkit opens it again")),
            Row("stay", ("Stay here", "nothing is closed")),
        ]
        title = "Practise on an invented meeting, in a record of its own?"
        foot = "Enter chooses   Esc back"
        app.push_screen(Listing(title, rows, (12, 60), foot=foot, shared=True), chosen)

    def action_changes(self) -> None:
        """Changes of guidance and forms, one by one."""
        from panelkit.tui.screens.changes.walk import ChangesScreen

        self._me.app.push_screen(ChangesScreen(self._me.desk), self._changes_left)

    def _changes_left(self, decided: object) -> None:
        """What was decided holds at once: the area and its agenda are read again."""
        me = self._me
        if decided:
            try:
                desk = me.desk.with_guidance()
            except PanelkitError as failed:
                notify_typed(me.app, failed.sentence, "warning")
            else:
                me.desk = cast("PanelkitApp", me.app).desk = desk
        me.follow()

    def count_changes(self) -> None:
        """In a thread, where everything that is said has to be read first; the line comes with it."""
        me = self._me
        if me.counting is None:
            me.counting = Errand(me.desk.guidance.many)
        elif me.counting.is_done:
            errand, me.counting = me.counting, None
            try:
                errand.answer()
            except (PanelkitError, OSError):
                return  # a file that cannot be read is told where somebody looks; asked again then
            me.follow()
            return
        me.set_timer(LOOKS, self._counted)

    def _counted(self) -> None:
        if self._me.is_attached and self._me.counting is not None:
            self.count_changes()

    def action_put_off(self) -> None:
        """The day of the meeting under the cursor, else of one that is chosen."""
        from panelkit.tui.screens.putoff.days import show_days

        me = self._me
        what, ref = row_means(me.query_one(RowList).current)
        if ref and what == "meeting":
            show_days(me.app, me.desk, ref)
            return

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                show_days(me.app, me.desk, result[0])

        planned, today = me.desk.caseload.planned(), me.desk.caseload.today()
        rows = [found_row(meeting, me.desk.area, today) for meeting in planned]
        foot = "type any of it; Enter takes it; Esc back"
        me.app.push_screen(
            Listing("Cancel or postpone which meeting?", rows, WIDTHS, foot=foot, shared=True),
            chosen,
        )

    def action_help(self) -> None:
        """What this screen is for."""
        lines = [
            f"{INTRODUCED}\n",
            *(f"{key.display:<4} ^F {key.letter}  {key.tooltip}" for key in HOME_KEYS),
            f"{'^Q':<4}       Leave; everything is saved as it is typed.\n",
            THEME_HELP,
        ]
        self._me.app.push_screen(Page("Home", as_typed("\n".join(lines)), shared=True))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self._me, HOME_KEYS)
