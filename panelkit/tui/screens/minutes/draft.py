"""The draft of one meeting: sections, the words of one, and what stands beside them.

The screen holds a session and shows it; what keys do is in ``draftkeys``. Preview and
flags follow what is typed before it is stored; only the section on screen is composed.
"""

from __future__ import annotations

import asyncio
import time
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen

from panelkit.domain import entries as e
from panelkit.domain import plain_words
from panelkit.domain.compare import compare
from panelkit.domain.deadlines import deadlines
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import FROZEN, MeetingState
from panelkit.opened.session import Session, Spot
from panelkit.opened.sharing import MASKED, Shareable
from panelkit.opened.showing import hidden
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.drafting import (
    Drafting,
    Flag,
    SectionState,
    due_words,
    fresh_words,
    overlaid,
    text_at,
)
from panelkit.tui.company import Attending
from panelkit.tui.following import Following
from panelkit.tui.keys import DRAFT_KEYS, bindings
from panelkit.tui.screens.conflict import Choosing
from panelkit.tui.screens.minutes.aside import (
    MODES,
    differences_content,
    flags_content,
    is_as_high,
    preview_content,
)
from panelkit.tui.screens.minutes.draftkeys import DraftKeys
from panelkit.tui.screens.minutes.section import DraftBox, SectionPane, SetAsideSection
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.also_here import also_here
from panelkit.tui.widgets.frame import save_light
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.still import Still

RESTS_AFTER = 0.9
"""Seconds without a key before the states of all sections are worked out again."""
SIDE_AFTER = 0.015
"""Seconds from a key to the column beside the words; keys that come meanwhile share it."""


class DraftScreen(Following, Attending, DraftKeys, Choosing, Shareable, Screen[None]):
    """One meeting's minutes, section by section."""

    needs = Act.DRAFT
    CSS_PATH = "draft.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DRAFT_KEYS)]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared by Textual as an instance list
        (0, "-narrow"),
        (100, "-normal"),
        (160, "-wide"),
    ]

    def __init__(
        self, desk: Desk, meeting: Meeting, aside: tuple[str, ...] = (), *, at: str = ""
    ) -> None:
        """``meeting`` is as loaded; sections ``aside`` are not drawn after a fault; ``at`` is opened."""
        super().__init__()
        self.desk = desk
        self.aside = aside
        self.drafting = Drafting(desk.minute_taking, desk.chairing)
        self.session = Session(desk.chairing, meeting)
        self.gaps = desk.chairing.gaps(meeting)
        self.states = self.drafting.sections(meeting, self.gaps)
        pressing = [s for s in self.states if s.waiting or s.unwritten or s.unconfirmed]
        self.current = (pressing or self.states)[0].key
        if at in [s.key for s in self.states]:
            self.current = at
        self.mode = MODES[0]
        self.column = "words"
        self.base: dict[Spot, tuple[str, str]] = {}
        """What the words of a place are compared with: text and title."""
        self.written_up: dict[str, tuple[Spot, str, str]] = {}
        """Notes made into prose here: where, the words before, the words after."""
        self.last_spot: Spot | None = None
        self._own: dict[str, str] = {}
        self._side_due = False
        self._typed_at = 0.0
        self._behind = False
        self._remaking = asyncio.Lock()
        """One section is made at a time, however fast the keys come."""
        self._deadlines = {d.what: d for d in deadlines(meeting, desk.area)}

    # -- composing -----------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Top line, banner, three columns, keys."""
        yield Still(self._top_content(), id="top")
        yield Still(self._banner_content(), id="banner")
        with Horizontal(id="body"):
            yield RowList(self._rail(), self._rail_widths(), id="rail")
            with Vertical(id="middle"):
                yield self._make_pane()
            with VerticalScroll(id="side", can_focus=False):
                yield Still(Content(""), id="side-words")
        yield Still(self._keys_content(), id="keys")

    @property
    def state(self) -> SectionState:
        """The section on screen."""
        return next(s for s in self.states if s.key == self.current)

    @property
    def pane(self) -> SectionPane:
        """Its pane."""
        return self.query_one(SectionPane)

    @property
    def boxes(self) -> list[DraftBox]:
        """Its editors, in order; none while the section is being made."""
        return list(self.query(DraftBox))

    @property
    def frozen(self) -> bool:
        """Whether the words are approved."""
        return self.session.meeting.state in FROZEN or self.session.pen is not None

    def _make_pane(self) -> SectionPane:
        if self.current in self.aside:
            return SetAsideSection(self.session, self.state, "")
        own = self._own.get(self.current, "")
        there = any(r.section == self.current for r in self.session.meeting.live(e.SectionWords))
        if there or self.frozen:
            own = ""
        elif not own or own not in self.session.pending:
            fresh = fresh_words(self.session.meeting, self.current, new_id())
            if fresh is not None:
                self.session.begin(fresh)
                own = self._own[self.current] = fresh.id
        return SectionPane(self.session, self.state, own)

    def on_mount(self) -> None:
        """Keep saving."""
        self.set_class(True, f"-show-{self.column}")  # noqa: FBT003 - Textual's own order
        self.set_interval(0.25, self._tick)
        self.call_after_refresh(self._arrived)

    def _arrived(self) -> None:
        self.query_one("#rail", RowList).show_current(self.current)
        self.query_one("#banner").display = bool(self._banner_content().plain)
        if self.frozen:
            self.pane.freeze()
        self.focus_words()
        self.show_side()
        self.set_timer(0.1, self.show_side)  # the column has its width only after a second layout

    def on_unmount(self) -> None:
        """Nobody is at a desk that was closed."""
        self.session.company.stop(leave=True)

    # -- what the frame says ---------------------------------------------------------

    def _top_content(self) -> Content:
        meeting, width = self.session.meeting, self.app.size.width
        today, calendar = self.desk.caseload.today(), self.desk.area.calendar
        draft, issue = self._deadlines["Draft to the chair"], self._deadlines["Minutes issued"]
        light = save_light(self.session)
        plain = "" if self.desk.encrypted else "not encrypted  "
        mask = f"  {MASKED}" if self.session.masked else ""
        issue_day = f"{issue.due:%a} {issue.due.day} {issue.due:%b}"
        if width < 100:
            plain = "" if self.desk.encrypted else "not encr. "
            late = "LATE " if issue.due < today else ""
            clock = f"draft: {due_words(draft, today, calendar).replace(' working days', 'wd').replace(' working day', 'wd')}  issue {late}{issue_day}"
            left = f" {meeting.ref}{mask}  {clock}"
        else:
            rule = issue.rule if width >= 140 else issue.rule.replace(" working days", " wd")
            title = f"  {meeting.title}" if width >= 150 else ""
            plain = (
                "" if self.desk.encrypted else "not encrypted " if width >= 150 else "not encr. "
            )
            left = f" {self.desk.area.marking}  {meeting.ref}{title}{mask}   draft to chair: {due_words(draft, today, calendar)}   issue by {issue_day} ({rule})"
            if issue.due < today:
                left += f" {due_words(issue, today, calendar)}"
        right = f"{plain}{light} "
        room = width - len(right) - 1
        if self.session.pen is not None:
            left = f" {meeting.ref}  READ-ONLY, pen {hidden(self.session.pen.words)}{mask}"
        left += also_here(self.session, room - len(left), "   ")
        if len(left) > room:  # the save light is never what is cut
            left = left[: room - 1].rstrip() + "…"
        return as_typed_line(f"{left}{' ' * (room - len(left) + 1)}{right}", width)

    def _banner_content(self) -> Content:
        state = self.session.meeting.state
        words = ""
        if self.session.pen is not None:
            words = hidden(self.session.pen.refusal(self.session.meeting.ref).sentence)
        elif self.session.problem:
            outgoing = self.session.outgoing
            words = f"{outgoing.head}: {hidden(self.session.problem)} {outgoing.words}"
        elif self.frozen:
            words = (
                f"{state.label.upper()}: the words are frozen. Later information is an addendum."
            )
        elif state is not MeetingState.CLOSED:
            words = f"The meeting is {state.label}: words can be written, the draft is composed as it stands."
        return as_typed_line(words, self.app.size.width - 2)

    def _keys_content(self) -> Content:
        parts = [f"{key.display} {key.label}" for key in DRAFT_KEYS if key.shown and key.key]
        if self.app.size.width < 100:
            parts = ["^L Column", *[p for p in parts if not p.startswith("F1 ")]]
        return fitting_content(["^F Keys", *parts], self.app.size.width)

    def _rail_widths(self) -> tuple[int, int]:
        width = self.app.size.width
        return (30, 19) if width >= 160 else (44, 30) if width < 100 else (22, 10)

    def _rail(self) -> list[Row]:
        wide = self.app.size.width >= 160 or self.app.size.width < 100
        rows = []
        unplaced = sum(not n.place for n in self.session.meeting.live(e.Note))
        if unplaced:
            rows.append(Row("unplaced", ("Notes unplaced", str(unplaced)), strong=True))
        for state in self.states:
            words = " · ".join(state.words) if wide else state.words[0]
            pressing = bool(state.waiting or state.unwritten or state.unconfirmed)
            here = "> " if state.key == self.current else ""
            rows.append(Row(state.key, (here + state.view.heading, words), strong=pressing))
        return rows

    # -- following -------------------------------------------------------------------

    def follow(self) -> None:
        """The session changed: frame and preview at once; states when the typing rests."""
        if not self.is_mounted:
            return
        if time.monotonic() - self._typed_at >= RESTS_AFTER:
            self.catch_up()
            return
        self.show_top()
        self._show_banner()
        self.show_conflict()
        if not self._behind:
            self._behind = True
            self.set_timer(RESTS_AFTER, self._rested)

    def _rested(self) -> None:
        self._behind = False
        self.follow()

    def catch_up(self) -> None:
        """Every section's state, the section on screen and what is beside it, as stored."""
        self.gaps = self.desk.chairing.gaps(self.session.meeting)
        self.states = self.drafting.sections(self.session.meeting, self.gaps)
        self.query_one("#rail", RowList).follow(self._rail())
        self.show_top()
        self._show_banner()
        shown = [pane for pane in self.query(SectionPane) if pane.state.key == self.current]
        if shown and not self._remaking.locked() and not shown[0].follow(self.state):
            self.run_worker(self.remake(), group="remake")
        self.show_side()
        self.show_conflict()

    async def remake(self) -> None:
        """The section's places changed in the record: its editors are made again."""
        async with self._remaking:
            spot = self.focused_spot()
            for pane in self.query(SectionPane):
                await pane.remove()
            pane = self._make_pane()
            await self.query_one("#middle").mount(pane)
            if self.frozen:
                self.pane.freeze()
            self.focus_words(spot)
            # Taken down before it is drawn, its scrollbar would be orphaned in mid-start.
            await pane.wait_for_refresh()

    def follow_mask(self) -> None:
        """Every column at once, masked or not; what is approved stays frozen."""
        self.catch_up()
        if self.frozen:
            for pane in self.query(SectionPane):
                pane.freeze()

    def show_top(self) -> None:
        """The clock, the save light, and the colour that says that the screen is masked."""
        top = self.query_one("#top", Still)
        top.set_class(self.session.masked, "-masked")
        top.update(self._top_content(), layout=False)

    def _show_banner(self) -> None:
        banner, words_content = self.query_one("#banner", Still), self._banner_content()
        banner.update(words_content)
        banner.display = bool(words_content.plain)
        banner.set_class(bool(self.session.problem), "-problem")

    @property
    def at_item(self) -> str:
        """The first item that the section on screen is made of."""
        view = self.state.view
        codes = {item for item, _field in view.places}
        for item in self.session.meeting.agenda:
            if item.code in codes or view.kinds.intersection(item.entries):
                return item.code
        return ""

    def _tick(self) -> None:
        self.attend()
        self.session.tick(time.monotonic())
        self.show_conflict()
        self.show_top()

    def on_resize(self) -> None:
        """Lines are cut to the width there is."""
        if self.is_mounted:
            rail = self.query_one("#rail", RowList)
            rail.widths = self._rail_widths()
            rail.follow(self._rail())
            self.query_one("#keys", Still).update(self._keys_content(), layout=False)
            self.show_top()
            self.show_side()

    # -- beside the words --------------------------------------------------------------

    @on(DraftBox.Typed)
    def _typed(self, event: DraftBox.Typed) -> None:
        event.stop()
        self._typed_at = time.monotonic()
        self.settle_notes(event.spot)
        if not self._side_due:
            self._side_due = True
            self.set_timer(SIDE_AFTER, self._side_now)

    def _side_now(self) -> None:
        self._side_due = False
        self.show_side()

    def looked_at(self) -> Meeting:
        """The meeting with what is typed and not yet stored; for looking at only."""
        typed = {(s.owner, s.field, s.entry): held.text for s, held in self.session.unsaved.items()}
        begun = [
            entry for entry in self.session.pending.values() if isinstance(entry, e.SectionWords)
        ]
        meeting = self.session.meeting
        if self.frozen or not typed:
            return meeting
        for entry in begun:
            if typed.get(("section_words", "text", entry.id)):
                meeting = meeting.add(entry, self.drafting.by())
        return overlaid(meeting, typed, self.drafting.by())

    def flags_now(self) -> tuple[Flag, ...]:
        """What is pointed out in this section as it is being typed."""
        meeting = self.looked_at()
        known: frozenset[str] = frozenset()
        for state in self.states:
            if state.key == self.current:
                break
            known |= frozenset().union(
                *(plain_words.acronyms_of(text_at(meeting, place)) for place in state.places)
            )
        places = self.drafting.places(meeting, self.state.view)
        return self.drafting.flags(meeting, places, known)

    def show_side(self) -> None:
        """The right column, from what is typed now."""
        if not self.is_mounted:
            return
        side = self.query_one("#side-words", Still)
        if self.current in self.aside:
            side.update(Content(""))
            return
        if self.mode == "flags":
            side.update(flags_content(self.flags_now()))
        elif self.mode == "differences":
            side.update(self._differences_content())
        else:
            width = max(30, (self.query_one("#side").size.width or self.app.size.width // 3) - 3)
            words = self.drafting.preview(self.looked_at(), self.current, self.gaps, width)
            fresh_content = preview_content(words)
            side.update(fresh_content, layout=not is_as_high(fresh_content, side.content, width))

    def _differences_content(self) -> Content:
        spot = self.focused_spot() or self.last_spot
        if spot is None:
            return as_typed("DIFFERENCES\n\nPut the cursor in the words to compare.")
        if spot not in self.base:
            kept = self.kept(spot)
            self.base[spot] = (
                (kept[-1].text, f"since revision {len(kept)}")
                if kept
                else (self.session.stored(spot), "since now")
            )
        was, title = self.base[spot]
        return differences_content(title, compare(was, self.session.text(spot)))

    # -- moving ----------------------------------------------------------------------

    async def go_to(self, key: str) -> None:
        """Open a section. Nothing typed is lost on the way."""
        self.session.flush()
        self.catch_up()
        if key != self.current:
            self.current = key
            self.last_spot = None
            await self.remake()
        rail = self.query_one("#rail", RowList)
        rail.follow(self._rail())
        rail.show_current(key)
        self.show_column("words")
        self.focus_words()
        self.show_side()

    def show_column(self, name: str) -> None:
        """On a narrow screen, one column at a time."""
        for each in ("sections", "words", "side"):
            self.set_class(each == name, f"-show-{each}")
        self.column = name

    def focus_words(self, spot: Spot | None = None) -> None:
        """The cursor goes to ``spot``, else to the first words of the section."""
        boxes = self.boxes
        wanted = [box for box in boxes if box.spot == spot] or boxes
        if wanted and wanted[0].children:
            wanted[0].editor.focus(scroll_visible=spot is not None)
        elif wanted:
            self.call_after_refresh(self.focus_words, spot)
        else:
            self.query_one("#rail").focus()

    def focused_spot(self) -> Spot | None:
        """The place the cursor is in."""
        widget = self.focused
        while widget is not None and widget is not self:
            if isinstance(widget, DraftBox):
                self.last_spot = widget.spot
                return widget.spot
            widget = widget.parent  # type: ignore[assignment]
        return None

    @on(RowList.OptionSelected, "#rail")
    def _section_chosen(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if event.option.id == "unplaced":
            self.action_notes()
        elif event.option.id:
            # Awaited in here it would wait for a drawing that comes after this message.
            self.run_worker(self.go_to(event.option.id), group="move")

    def say(self, sentence: str) -> None:
        """A toast, where there is something to say."""
        if sentence:
            notify_typed(self.app, sentence, "warning")

    def save_everything(self) -> None:
        """Everything typed is made durable now; for signals and faults."""
        self.session.save_all()
        self.session.company.stop(leave=not self.session.problem)
