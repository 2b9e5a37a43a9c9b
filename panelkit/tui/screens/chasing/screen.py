"""Actions across meetings: a line that says which are meant, the list, what was done about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widgets import Static

from panelkit.domain.action_filter import IS, ActionFilter, read_filter
from panelkit.domain.chasing import Chased, Page, accepted_words, must_be_settled_here
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.services.opening import Opening
from panelkit.tui.keys import CHASING_KEYS, LEADER
from panelkit.tui.messages import GoTo
from panelkit.tui.screens.listing import Page as Reading
from panelkit.tui.screens.listing import lead
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Line

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp

MOST: Final = 200
"""Actions that are listed at once; more words make it fewer."""
SETTLES: Final = 0.15
"""Seconds after the last letter until the list follows."""
KEYS: Final = (
    "Enter Open", "F5 Reminder", "F6 Outcome", "F7 Escalate", "F8 Log", "F9 Misses", "^G ViSOR/MAPPS",
    "^S Write", "^F Keys", "F1 Help", "Esc Home",
)  # fmt: skip
HINT: Final = '@agency  is:overdue  due:<7d  level:3  case:WM-0143  "words"  -word'
WIDTHS: Final = (14, 11, 13, 2, 34, 18, 40)
"""Reference, date, how it stands, level, organisation, owner, what is to be done."""
NARROW: Final = (13, 11, 13, 34)


class ChasingScreen(Screen[None]):
    """Actions across meetings, the most late first."""

    needs = Act.READ
    comes_back = True
    """A meeting opened from here comes back here when it is left."""
    DEFAULT_CSS = """
    ChasingScreen { layout: vertical; }
    ChasingScreen #top { height: 1; background: $primary; text-style: bold; }
    ChasingScreen Line { height: 1; margin: 1 1 0 1; }
    ChasingScreen #found { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    ChasingScreen #found.-wrong { color: $text-error; }
    ChasingScreen RowList { height: 1fr; max-height: 100%; padding: 0 1; }
    ChasingScreen #detail { height: auto; max-height: 9; padding: 0 1; border-top: solid $panel; }
    ChasingScreen #keys { height: 1; background: $panel; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key.key, key.id, key.label, id=f"chasing-{key.id}", tooltip=key.tooltip)
            for key in CHASING_KEYS
            if key.key and not key.id.startswith("app.")
        ),
        Binding("escape", "leave", "Home", show=False),
        Binding("up", "move(-1)", "Up", priority=True, show=False),
        Binding("down", "move(1)", "Down", priority=True, show=False),
        Binding(LEADER, "leader", "Keys", id="chasing-leader", show=False),
    ]

    def __init__(self, desk: Desk, line: str = "") -> None:
        """``line`` is the filter that it begins with; blank lists every open action."""
        super().__init__()
        self.desk = desk
        self.start = line
        self.wanted = ActionFilter()
        self.page = Page()
        self._seen: set[str] = set()
        """Meetings of which it is journaled that their words were read here."""
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The top line, the filter, what it found, the list, the one under the cursor, the keys."""
        yield Static(Content(""), id="top")
        yield Line(self.start, placeholder=HINT)
        yield Static(Content(""), id="found")
        yield RowList([], WIDTHS)
        with Vertical(id="detail"):
            yield Static(Content(""), id="one")
        yield Static(fitting_content(KEYS, self.app.size.width), id="keys")

    def on_mount(self) -> None:
        """The line takes the keys, the first action is under the cursor."""
        self.follow()
        self.query_one(Line).focus()

    def on_resize(self) -> None:
        """Columns and keys for the width there is."""
        self.query_one("#keys", Static).update(fitting_content(KEYS, self.app.size.width))
        self._show()

    def on_screen_resume(self) -> None:
        """Coming back shows what changed."""
        self.follow()

    # -- reading -------------------------------------------------------------------------

    @on(Line.Edited)
    def _edited(self, event: Line.Edited) -> None:
        event.stop()
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(SETTLES, self.follow)

    def follow(self) -> None:
        """The actions that the line means now; a line that is not understood leaves the list as it was."""
        if not self.is_mounted or not self.query(Line):
            return
        try:
            self.wanted = read_filter(self.query_one(Line).value)
            self.page = self.desk.chasing.listed(self.wanted, MOST)
        except PanelkitError as wrong:
            self._say_found(said(wrong), wrong=True)
            return
        self._show()
        self._note()

    def _note(self) -> None:
        """That these meetings' words were read, once each for as long as the screen is there."""
        fresh = {
            (o.meeting_id, o.case_id) for o in self.page.found if o.meeting_id not in self._seen
        }
        if not fresh:
            return
        problem = Opening(self.desk.caseload.record, self.desk.clock, self.desk.who).note(
            sorted(fresh), "actions"
        )
        if problem:
            notify_typed(self.app, f"This opening is not journaled: {problem}", "warning")
        else:
            self._seen |= {meeting_id for meeting_id, _case in fresh}

    def _show(self) -> None:
        today, page = self.desk.chasing.today(), self.page
        demo = "   DEMONSTRATION: fictional" if self.desk.demo else ""
        self.query_one("#top", Static).update(
            as_typed_line(
                f" {self.desk.area.marking}   Actions across meetings   {self.desk.who_said}{demo}   {short_date(today)}",
                self.app.size.width,
            )
        )
        rows = self.query_one(RowList)
        narrow = self.app.size.width < 100
        rows.use_widths(NARROW if narrow else WIDTHS)
        rows.follow([self._row(one, narrow=narrow) for one in page.found])
        if rows.highlighted is None and rows.option_count:
            rows.action_first()
        late = sum(one.is_overdue(today) for one in page.found)
        count = len(page.found)
        many = (
            f"the first {MOST} actions of more"
            if page.more
            else f"{count} action{'' if count == 1 else 's'}"
        )
        words = f"{many}, {late} of them late" if page.found else "No action is meant by that."
        if page.who:
            words += f".  @ is taken to mean {', '.join(page.who)}"
        self._say_found(words)
        self._show_one()

    def _row(self, one: Chased, *, narrow: bool) -> Row:
        today, action = self.desk.chasing.today(), one.action
        due = action.current_due
        day = short_date(due) if due else "no date"
        standing = one.standing(today)
        strong = one.is_overdue(today)
        if narrow:
            cells: tuple[str, ...] = (
                one.ref,
                day,
                standing,
                action.organisation or "no organisation",
            )
        else:
            cells = (
                one.ref, day, standing, str(one.level), action.organisation or "no organisation",
                action.owner or "no owner", action.text,
            )  # fmt: skip
        return Row(one.key, cells, strong=strong)

    def _say_found(self, words: str, *, wrong: bool = False) -> None:
        found = self.query_one("#found", Static)
        found.update(as_typed(words))
        found.set_class(wrong, "-wrong")

    @on(RowList.OptionHighlighted)
    def _moved(self, event: RowList.OptionHighlighted) -> None:
        event.stop()
        self._show_one()

    def _show_one(self) -> None:
        one = self.current
        lines = [] if one is None else self._told(one)
        self.query_one("#one", Static).update(as_typed("\n".join(lines)))
        self.query_one("#detail").display = bool(lines)

    def _told(self, one: Chased) -> list[str]:
        action = one.action
        carried = f", carried {action.times_carried}×" if action.times_carried else ""
        where = f"set at {one.origin}, now in {one.meeting_ref} ({one.meeting_state.label})"
        lines = [
            f"{one.ref}   {where}   {accepted_words(action)}{carried}",
            action.text or "no words",
        ]
        told = action.outcome or action.reason_not_done
        lines += [told] if told else []
        lines += [log.words for log in one.log[-4:]]
        if len(one.log) > 4:
            lines.append(f"and {len(one.log) - 4} earlier: F8 has the log")
        return lines

    @property
    def current(self) -> Chased | None:
        """The action under the cursor."""
        key = self.query_one(RowList).current
        return next((one for one in self.page.found if one.key == key), None)

    # -- keys ----------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """The cursor in the list, while the line keeps the keys."""
        rows = self.query_one(RowList)
        if step < 0:
            rows.action_cursor_up()
        else:
            rows.action_cursor_down()

    @on(Line.Submitted)
    def _submitted(self, event: Line.Submitted) -> None:
        event.stop()
        if self._waiting is not None:
            self._waiting.stop()
        if str(self.wanted) != self._typed():
            self.follow()
        self._open()

    def _typed(self) -> str:
        try:
            return str(read_filter(self.query_one(Line).value))
        except PanelkitError:
            return "?"

    @on(RowList.OptionSelected)
    def _selected(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self._open()

    def _open(self) -> None:
        """The meeting, at the action."""
        one = self.current
        if one is None:
            return
        try:
            cast("PanelkitApp", self.app).open_meeting(one.meeting_ref)
        except PanelkitError as failed:
            self._say_found(said(failed), wrong=True)
            return
        item = "A16" if one.action.set_at == one.meeting_number else "A5"
        self.app.screen.post_message(GoTo(item, "actions", one.action.id))

    def _over(self, screen: ModalScreen[str]) -> None:
        """A form; what it kept is said, and the list follows."""

        def left(kept: str | None) -> None:
            self.follow()
            if kept:
                self._say_found(kept)

        self.app.push_screen(screen, left)

    def action_reminder(self) -> None:
        """Reminders to the organisation of the action under the cursor."""
        from panelkit.tui.screens.chasing.reminders import ReminderList

        one = self.current
        if one is None or not one.action.organisation.strip():
            self._say_found("No organisation is named for this action: there is nobody to remind.")
            return
        self.app.push_screen(ReminderList(self.desk, one.action.organisation.strip()), self._back)

    def action_outcome(self) -> None:
        """What became of the action under the cursor, told between meetings."""
        from panelkit.tui.screens.chasing.forms import OutcomeForm

        one = self.current
        if one is None:
            return
        try:
            must_be_settled_here(one)
        except PanelkitError as refused:
            self._say_found(said(refused), wrong=True)
            return
        self._over(OutcomeForm(self.desk, one))

    def action_escalate(self) -> None:
        """Somebody was told of the action under the cursor."""
        from panelkit.tui.screens.chasing.forms import EscalateForm

        if (one := self.current) is not None:
            self._over(EscalateForm(self.desk, one.ref, one.action.organisation))

    def action_log(self) -> None:
        """Every escalation, those that wait for an answer first."""
        from panelkit.tui.screens.chasing.lists import EscalationLog

        self.app.push_screen(EscalationLog(self.desk), self._back)

    def action_missing(self) -> None:
        """Organisations that miss meetings."""
        from panelkit.tui.screens.chasing.lists import MissingList

        self.app.push_screen(MissingList(self.desk), self._back)

    def action_uploads(self) -> None:
        """What is owed to ViSOR or MAPPS."""
        from panelkit.tui.screens.chasing.uploads import UploadList

        self.app.push_screen(UploadList(self.desk), self._back)

    def action_write(self) -> None:
        """The list as a file."""
        from panelkit.tui.screens.chasing.forms import ListForm

        self._over(ListForm(self.desk, self.wanted))

    def _back(self, _changed: bool | None) -> None:  # noqa: FBT001 - what the panel returns
        self.follow()

    def action_help(self) -> None:
        """What this screen is for."""
        words = "\n".join(
            [
                "Every action once, as the last meeting that has it says; open ones, the most late first.\n",
                *(f"{f'is:{key}':<14} {means}" for key, means in IS.items()),
                f"{'@housing':<14} an agency, an organisation or an owner, by a part of the name",
                f"{'due:<7d':<14} due before seven days from today; also due:today, due:>2026-12-01, due:none",
                f"{'level:3':<14} of a meeting at that level;  case:WM-0143 of one case",
                f"{'-':<14} before one leaves it out; words in quotation marks stand together\n",
                *(f"{key.display:<4} ^F {key.letter}  {key.tooltip}" for key in CHASING_KEYS),
                f"\n{THEME_HELP}",
            ]
        )
        self.app.push_screen(Reading("Actions across meetings", as_typed(words), shared=True))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self, CHASING_KEYS)

    def action_leave(self) -> None:
        """Back home; home is opened where there is none."""
        if len(self.app.screen_stack) > 2:
            self.dismiss(None)
            return
        from panelkit.tui.screens.home import HomeScreen

        self.app.switch_screen(HomeScreen(self.desk))
