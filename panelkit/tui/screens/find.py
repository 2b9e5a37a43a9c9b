"""Find anything: words typed here are looked for as they are typed, in everything that is kept.

The search runs in a thread over a record of its own, one at a time: no key ever waits for it. Every
word that is shown is somebody's; so the screen is never shared, and what was on it when the typing
rested is journaled as seen.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from panelkit.domain.errors import NotSaved, PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.services.finding import Finding, Page, Result
from panelkit.store.hurry import hurried
from panelkit.store.record import Record
from panelkit.store.searched_sql import NEWEST_DOC
from panelkit.tui.keys import FIND_KEYS, bindings
from panelkit.tui.screens.foundat import case_of, open_result
from panelkit.tui.screens.listing import Page as WordsPage
from panelkit.tui.screens.listing import lead
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content
from panelkit.tui.widgets.foundlist import FoundList, FoundRow
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.words import Line

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp

_T = TypeVar("_T")
SOON: Final = 0.12
"""Seconds without a key until it is looked for: shorter than between two words, longer than within one."""
RESTS: Final = 2.0
"""Seconds after which what is shown was read, and is journaled."""
NARROW: Final = 100
"""Below so many cells across the place stands under its meeting instead of beside it."""
EMPTY: Final = (
    "Type words: each of them has to be there, the last one may still be unfinished. "
    '"Words in quotes" stand together; -word must not be there. A reference such as WM-0143-3 leads '
    "to its meeting. Capitals and accents make no difference.\n\n"
    "Found is what is written now, the newest first: answers, notes, decisions and their reasons, "
    "actions, risks, disclosures, who was there, requests, referrals, the words of minutes.\n\n"
    "That you searched is journaled, and which meetings you were shown; what you typed is kept nowhere."
)
NOTHING: Final = "Nothing was found that you may see."
KEYS: Final = (
    "Enter Open", "F5 This case", "F8 Older", "F1 Help", "Up/Down Move", "Esc Home", "F7 Newest",
)  # fmt: skip


class FindScreen(Screen[None]):
    """What is typed above, where it stands below; the keys are :data:`panelkit.tui.keys.FIND_KEYS`."""

    needs = Act.READ
    comes_back = True
    """A meeting opened from here comes back here when it is left."""
    DEFAULT_CSS = """
    FindScreen { layout: vertical; }
    FindScreen #top { height: 1; background: $primary; text-style: bold; }
    FindScreen #asked { height: 1; margin: 1 1 0 1; }
    FindScreen #state { height: auto; max-height: 2; padding: 0 1; margin: 0 0 1 0; color: $text-muted; }
    FindScreen #empty { height: 1fr; padding: 0 1; color: $text-muted; }
    FindScreen FoundList { height: 1fr; max-height: 100%; margin: 0 1; }
    FindScreen #keys { height: 1; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Home", id="find-leave", priority=True),
        Binding("up", "move('cursor_up')", "Up", priority=True, show=False),
        Binding("down", "move('cursor_down')", "Down", priority=True, show=False),
        Binding("pageup", "move('page_up')", "Page up", priority=True, show=False),
        Binding("pagedown", "move('page_down')", "Page down", priority=True, show=False),
        *bindings(FIND_KEYS),
    ]

    def __init__(self, desk: Desk, typed: str = "") -> None:
        """``typed`` is looked for at once."""
        super().__init__()
        self.desk = desk
        self.case_ref = ""
        """The case that is searched alone; blank for all."""
        self.page: Page | None = None
        """What is shown; None before anything was looked for."""
        self._begun = typed
        self._belows = [NEWEST_DOC]
        """Where the page that is shown begins, after those before it."""
        self._wanted: tuple[str, str, int] | None = None
        self._runs = False
        self._record: Record | None = None
        self._soon: Timer | None = None
        self._rests: Timer | None = None
        self._seen: set[str] = set()
        self._is_noted = False
        self._busy = threading.Lock()
        self._is_left = False
        self._last: list[Result] = []
        """What stood on the screen last, when it no longer can be asked."""

    # -- on screen -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The top line, what is typed, how much was found, where, the keys."""
        yield Static(Content(""), id="top")
        yield Line(self._begun, placeholder="words to find", id="asked")
        yield Static(Content(""), id="state")
        yield Static(as_typed(EMPTY), id="empty")
        yield FoundList([], (14, 12, 60))
        yield Static(Content(""), id="keys")

    def on_mount(self) -> None:
        """The line takes the keys."""
        self.query_one(Line).focus()
        self.follow()
        if self._begun:
            self.look()

    def on_resize(self) -> None:
        """For the width there is: a snippet is as long as the line."""
        if self.is_mounted:
            self.follow()
            self.look()

    def follow(self) -> None:
        """The frame as it has to be now; coming back from a meeting leaves the answer as it was."""
        width = self.app.size.width
        alone = f"   in {self.case_ref} alone" if self.case_ref else ""
        top = f" {self.desk.area.marking}   {self.desk.area.name}   {self.desk.who_said}   Find{alone}"
        self.query_one("#top", Static).update(as_typed_line(top, width))
        self.query_one("#keys", Static).update(fitting_content(KEYS, width))
        asks = bool(self.query_one(Line).text.strip())
        self.query_one("#empty").display = not asks
        self.query_one(FoundList).display = asks
        if not asks:
            self._say("")

    def _say(self, words: str) -> None:
        self.query_one("#state", Static).update(as_typed(words))

    def _show(self, page: Page) -> None:
        self.page = page
        rows = [_row(str(n), each, self.app.size.width) for n, each in enumerate(page.found)]
        shown = self.query_one(FoundList)
        shown.follow(rows)
        if rows:
            shown.action_first()
        said = page.words[:1].upper() + page.words[1:] if page.found else NOTHING
        if len(self._belows) > 1:
            said = f"Older than the first {len(self._belows) - 1} pages: {said}. F7 goes back"
        elif page.below:
            said += "; F8 lists older ones"
        if page.asked.cut:
            said += f". Only the first {len(page.asked.groups)} words are looked for"
        self._say(f"{said.rstrip('.')}.")
        self._stop(self._rests)
        self._rests = self.set_timer(RESTS, self._rested)
        self.call_after_refresh(self._look_at_screen)

    def _look_at_screen(self) -> None:
        self._last = self._on_screen()

    # -- looking ---------------------------------------------------------------------------

    @on(Line.Edited)
    def _typed(self, event: Line.Edited) -> None:
        event.stop()
        self._belows = [NEWEST_DOC]
        self._stop(self._soon)
        self._last = []
        self._stop(self._rests)  # what flashes by while somebody types is not read
        self._soon = self.set_timer(SOON, self.look)
        self.follow()

    @staticmethod
    def _stop(timer: Timer | None) -> None:
        if timer is not None:
            timer.stop()

    def look(self) -> None:
        """Look for what is typed now; where a look is on its way, as soon as it is back."""
        typed = self.query_one(Line).text
        if not typed.strip():
            self.page, self._wanted = None, None
            self.query_one(FoundList).follow([])
            return
        self._wanted = (typed, self.case_ref, self._belows[-1])
        if not self._runs:
            self._runs = True
            self.run_worker(self._looking(), group="find", description="looks for what was typed")

    async def _looking(self) -> None:
        try:
            while self._wanted is not None:
                wanted, self._wanted = self._wanted, None
                typed, case_ref, below = wanted
                width = max(40, self.app.size.width - 10)

                def find(
                    finding: Finding, typed: str = typed, case: str = case_ref,
                    below: int = below, width: int = width,
                ) -> Page:  # fmt: skip
                    return finding.find(
                        typed, still_typing=True, width=width, case_ref=case, below=below
                    )

                try:
                    page = await asyncio.to_thread(self._with_finding, find)
                except PanelkitError as failed:
                    self._say(failed.sentence)
                    continue
                if self._wanted is None and self.is_attached:
                    self._show(page)
        finally:
            self._runs = False

    def _with_finding(self, act: Callable[[Finding], _T]) -> _T:
        """Over a record of its own, opened by the first look and kept until the screen is left."""
        with self._busy:
            if self._is_left:
                raise NotSaved("The search was left.")
            if self._record is None:
                self._record = self.desk.caseload.record.open_again()
            return act(Finding(self._record, self.desk.clock, self.desk.who))

    # -- what was seen is journaled ----------------------------------------------------------

    def _rested(self) -> None:
        self.run_worker(
            self._note_in_thread(), group="find-noted", description="journals what was seen"
        )

    async def _note_in_thread(self) -> None:
        seen = self._on_screen()
        try:
            problem = await asyncio.to_thread(
                self._with_finding, lambda each: self._note(each, seen)
            )
        except PanelkitError as failed:
            problem = failed.message
        if problem and self.is_attached:
            self._say(f"What you were shown is not journaled yet: {problem} It is tried again.")
            self._rests = self.set_timer(RESTS, self._rested)

    def _note(self, finding: Finding, seen: list[Result]) -> str:
        if not self._is_noted:
            problem = finding.note_search()
            if problem:
                return problem
            self._is_noted = True
        return finding.note_shown(seen, already=self._seen)

    def _on_screen(self) -> list[Result]:
        """The results that stand on the screen now, one line or more of each."""
        if self.page is None:
            return []
        return [
            self.page.found[int(name)]
            for name in self.query_one(FoundList).on_screen()
            if int(name) < len(self.page.found)
        ]

    def on_unmount(self) -> None:
        """What was on the screen last is journaled too, and the record let go."""
        if self.page is not None and self._last:
            finding = Finding(self.desk.caseload.record, self.desk.clock, self.desk.who)
            with hurried():
                self._note(finding, self._last)
        self._is_left = True
        # A look that is still on its way is waited for by a thread, and by nobody who leaves.
        threading.Thread(target=self._let_go, daemon=True).start()

    def _let_go(self) -> None:
        with self._busy:
            record, self._record = self._record, None
            if record is not None:
                record.close()

    # -- keys ------------------------------------------------------------------------------

    @on(Line.Submitted)
    def _chosen(self, event: Line.Submitted) -> None:
        event.stop()
        self._open(self.query_one(FoundList).current)

    @on(RowList.OptionSelected)
    def _clicked(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self._open(event.option.id or "")

    def _here(self, name: str) -> Result | None:
        found = self.page.found if self.page is not None else ()
        return found[int(name)] if name and int(name) < len(found) else None

    def _open(self, name: str) -> None:
        result = self._here(name)
        if result is not None:
            self._rested()
            open_result(cast("PanelkitApp", self.app), self.desk, result)

    def action_move(self, how: str) -> None:
        """Arrows move in the list while the line keeps the keys."""
        getattr(self.query_one(FoundList), f"action_{how}")()
        self.call_after_refresh(self._look_at_screen)
        self._stop(self._rests)
        self._rests = self.set_timer(RESTS, self._rested)

    def action_this_case(self) -> None:
        """The case under the cursor alone; again for every case."""
        here = self._here(self.query_one(FoundList).current)
        if self.case_ref:
            self.case_ref = ""
        elif here is not None and here.ref:
            self.case_ref = case_of(here)
        self._belows = [NEWEST_DOC]
        self.follow()
        self.look()

    def action_older(self) -> None:
        """Places that are older than those listed."""
        if self.page is not None and self.page.below:
            self._belows.append(self.page.below)
            self.look()

    def action_newest(self) -> None:
        """Back to the newest."""
        self._belows = [NEWEST_DOC]
        self.look()

    def action_help(self) -> None:
        """What this screen is for."""
        keys = "\n".join(f"{key.display:<4} ^F {key.letter}  {key.tooltip}" for key in FIND_KEYS)
        more = "Enter     Opens the meeting at that item and field.\nEsc       Back to the home screen."
        self.app.push_screen(
            WordsPage("Find anything", as_typed(f"{EMPTY}\n\n{more}\n{keys}"), shared=True)
        )

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self, FIND_KEYS)

    def action_leave(self) -> None:
        """Home."""
        self.dismiss(None)


def _row(name: str, each: Result, width: int) -> FoundRow:
    day = short_date(each.held_on) if each.held_on else ""
    gone = "withdrawn: " if each.withdrawn else ""
    label = f": {each.label}" if each.label and each.label not in each.place else ""
    place = f"{gone}{each.place}{label}"
    if width < NARROW:
        place = f"{gone}{each.item or each.place} {each.label}"
    words = "" if not each.snippet.marks and each.snippet.words == each.ref else each.snippet.words
    return FoundRow(name, (each.ref, day, place), under=words, marks=each.snippet.marks)
