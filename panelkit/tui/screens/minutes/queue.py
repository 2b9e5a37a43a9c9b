"""The minute taker's queue: meetings by what is due first, and what each still needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.fields import long_date, short_date
from panelkit.domain.holding import HandOver
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.desk import Desk
from panelkit.services.drafting import Drafting, Owed, Queued, due_words
from panelkit.tui.screens.listing import Page
from panelkit.tui.sharing import Shareable
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed, as_typed_line, hidden
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from datetime import date


FIRST_ROWS = 30
"""Meetings that are shown at first, and each time that more are; each has some lines."""
AHEAD = 10
"""Of those below the cursor that are read already."""


class MinuteQueue(Shareable, Screen[None]):
    """Every meeting whose minutes are not issued, the first due first."""

    needs = Act.DRAFT
    DEFAULT_CSS = """
    MinuteQueue { layout: vertical; }
    MinuteQueue #top { height: 1; background: $primary; text-style: bold; }
    MinuteQueue #words { height: auto; color: $text-muted; padding: 0 1; }
    MinuteQueue VerticalScroll { height: 1fr; padding: 1 1 0 1; }
    MinuteQueue RowList { max-height: 100%; }
    MinuteQueue #keys { height: 1; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Home", id="queue-leave"),
        Binding("f1", "help", "Help", id="queue-help"),
    ]

    def __init__(self, desk: Desk) -> None:
        """``desk`` is whose queue it is."""
        super().__init__()
        self.desk = desk
        self.drafting = Drafting(desk.minute_taking, desk.chairing)
        self.owed: tuple[Owed, ...] = ()
        self.drawn = FIRST_ROWS
        """Meetings that are read and shown, where there are as many."""
        self.away: dict[str, HandOver] = {}
        """Meetings that are read-only here, by id."""

    def compose(self) -> ComposeResult:
        """The top line, the list, the keys."""
        yield Static(Content(""), id="top")
        with VerticalScroll(can_focus=False):
            yield RowList([], (11, 24, 16, 24))
            yield Static(Content(""), id="words")
        yield Static(as_typed(" Enter Open   F1 Help   Esc Home   ^Q Leave"), id="keys")

    def on_mount(self) -> None:
        """Read and show."""
        self.follow()
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        """Coming back shows what changed."""
        self.follow()

    def follow(self) -> None:
        """The queue as it is now."""
        today = self.desk.caseload.today()
        self.owed = queue = self.drafting.owed()
        self.away = self.desk.caseload.record.pens_elsewhere()
        late = sum(owed.due < today for owed in queue)
        demo = "   DEMONSTRATION: fictional" if self.desk.demo else ""
        self._show()
        self.query_one("#top", Static).update(
            as_typed_line(
                f" {self.desk.area.marking}   Minutes to write   {len(queue)} in the queue, {late} late{demo}   {today:%a} {long_date(today)}",
                self.app.size.width,
            )
        )
        words = "" if queue else "Nothing waits: every meeting held has its minutes issued."
        self.query_one("#words", Static).update(as_typed(words))

    def _show(self) -> None:
        """As many as are asked for; the others are read when they come near."""
        today = self.desk.caseload.today()
        queue = self.drafting.queued(self.owed[: self.drawn])
        self.query_one(RowList).follow([self._row(q, today) for q in queue])

    @on(RowList.OptionHighlighted)
    def _draw_on(self) -> None:
        rows = self.query_one(RowList)
        if (rows.highlighted or 0) + AHEAD >= self.drawn < len(self.owed):
            self.drawn += FIRST_ROWS
            self._show()

    def _row(self, queued: Queued, today: date) -> Row:
        meeting, calendar = queued.meeting, self.desk.area.calendar
        draft = due_words(queued.draft, today, calendar)
        issue = due_words(queued.issue, today, calendar)
        approved = meeting.state is MeetingState.APPROVED
        work = [
            words
            for count, words in (
                (queued.unplaced, f"{queued.unplaced} unplaced"),
                (queued.notes, f"{_count(queued.notes, 'note')} to write up"),
                (queued.unwritten, f"{_count(queued.unwritten, 'section')} unwritten"),
                (queued.unconfirmed, f"{queued.unconfirmed} carried, not confirmed"),
                (queued.flags, _count(queued.flags, 'flag')),
                (queued.afterwards, f"{queued.afterwards} owed after the panel"),
            )
            if count
        ]  # fmt: skip
        clock = "draft approved" if approved else f"draft to chair: {draft}"
        clock += f" · issue by {queued.issue.due:%a} {short_date(queued.issue.due)}: {issue}"
        waiting = queued.waiting
        who = waiting.name or (waiting.on.label.lower() if waiting.on else "nobody")
        waits = (
            f"waits on {who} since {waiting.since:%a} {short_date(waiting.since)} {waiting.what}"
        )
        away = self.away.get(meeting.id)
        if away is not None:
            clock = f"READ-ONLY: pen {hidden(away.words)} · {clock}"
        under = " · ".join([clock, *(work or ["nothing left to write"]), waits])
        words = (issue,) if approved else (draft, issue)
        pressing = next((f"LATE {w[5:]}" for w in words if w.startswith("LATE")), "")
        pressing = pressing or ("due today" if "today" in words else "")
        cells = (meeting.ref, meeting.title, meeting.state.label, pressing)
        return Row(meeting.ref, cells, strong=bool(pressing), under=under)

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            from panelkit.tui.screens.minutes.draft import DraftScreen

            meeting = self.desk.caseload.find(event.option.id)
            self.app.push_screen(DraftScreen(self.desk, meeting))

    def action_help(self) -> None:
        """What this screen is for."""
        words = (
            "Meetings whose minutes are not issued, what is due first at the top.\n\n"
            "Under each: notes without a place, notes to write up, sections that still need words,\n"
            "carried words nobody confirmed, words pointed out, and whom it waits on since when.\n\n"
            "Enter opens its desk. Esc goes home. Nothing here changes anything.\n\n"
            f"{THEME_HELP}"
        )
        self.app.push_screen(Page("Minutes to write", as_typed(words), shared=True))

    def action_leave(self) -> None:
        """Back home; home is opened where there is none."""
        if len(self.app.screen_stack) > 2:
            self.dismiss(None)
            return
        from panelkit.tui.screens.home import HomeScreen

        self.app.switch_screen(HomeScreen(self.desk))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
