"""The chair's screen: where am I, what do I say, what is still owed, is it saved.

The screen holds a session and shows it; what keys do is in ``chairkeys``, what the frame
says in ``widgets.frame``, what an item asks in ``panes``.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen

from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.attendance import organisations_unheard
from panelkit.domain.completeness import Gap
from panelkit.domain.conditions import holds
from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting, Place
from panelkit.domain.people import Act
from panelkit.domain.running import may_open
from panelkit.domain.vocabulary import MeetingState
from panelkit.opened.session import Session
from panelkit.opened.sharing import Shareable
from panelkit.opened.showing import hidden
from panelkit.opened.speech import said
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.store.hurry import in_a_hurry
from panelkit.tui.company import Attending
from panelkit.tui.following import Following
from panelkit.tui.keys import MEETING_KEYS, bindings
from panelkit.tui.messages import GoTo, Problem
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.panes.registry import pane_for
from panelkit.tui.panes.setaside import SetAsidePane
from panelkit.tui.screens.chairkeys import ChairKeys
from panelkit.tui.screens.conflict import Choosing
from panelkit.tui.screens.decision import DecisionForm
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.typed import as_typed, as_typed_line, notify_typed
from panelkit.tui.widgets import frame
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.lines import Lines
from panelkit.tui.widgets.roomboard import RoomBoard
from panelkit.tui.widgets.rowlist import row_content
from panelkit.tui.widgets.still import Still

RAIL_WIDTHS = (9, 17)
"""Cells of an item's state and of its name in the rail."""
IDLE_SECONDS = 120.0
"""After this long without a key, one line says where you were."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that is read of a meeting before its screen is drawn."""

    meeting: Meeting
    session: Session
    previous: Meeting | None
    place: Place | None


def read_opened(desk: Desk, ref: str) -> Opened:
    """The meeting called ``ref``, whichever thread reads it. Raises NotFound, NotSaved."""
    return read_beside(desk, desk.caseload.find(ref))


def read_beside(desk: Desk, meeting: Meeting) -> Opened:
    """What is read beside a meeting that was loaded. Raises NotSaved."""
    chairing = desk.chairing
    return Opened(
        meeting, Session(chairing, meeting), chairing.previous(meeting), chairing.place(meeting)
    )


class MeetingScreen(Following, Attending, ChairKeys, Choosing, Shareable, Screen[str]):
    """One meeting, led item by item. Returns the meeting to open next; "" for none."""

    needs = Act.READ
    waits = True
    """What it shows was read before it comes up."""
    AUTO_FOCUS = ""  # Textual's choice would scroll the field asked for out of sight
    CSS_PATH = "meeting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MEETING_KEYS)]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared by Textual as an instance list
        (0, "-narrow"),
        (100, "-normal"),
        (160, "-wide"),
    ]

    def __init__(
        self, desk: Desk, meeting: Meeting, aside: tuple[str, ...] = (), found: Opened | None = None
    ) -> None:
        """``meeting`` is as loaded from the record; items ``aside`` are not drawn after a fault.

        What else is read of it is what was ``found`` already, else it is read now.
        """
        super().__init__()
        self.desk = desk
        self.aside = aside
        found = found or read_beside(desk, meeting)
        self.session = found.session
        self.previous: Meeting | None = found.previous
        self.gaps: tuple[Gap, ...] = desk.chairing.gaps_at_once(meeting)
        self._gaps_of: Meeting | None = None
        """The meeting that all gaps were found for; None while only the quick ones are known."""
        self.trail: list[tuple[str, str]] = []
        place = found.place or last_visited(meeting)
        codes = [item.code for item in meeting.agenda]
        self.current = place[0] if place and place[0] in codes else codes[0]
        self._field = place[1] if place else ""
        self.goes_to = ("", "", "")
        """Item, field and entry that it is opened for; blank for where it was left."""
        self._has_arrived = False
        self._last_key = time.monotonic()
        self._built: dict[str, ItemPane] = {}
        """Panes by item, built when first opened or ahead in idle time."""
        self._building = asyncio.Lock()
        self._moving = False
        """Between two items: what is shown follows once, when the next is there."""
        self._visiting = ""
        """The item whose visit is shown and not yet stored."""
        self._width = 0

    # -- composing -----------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The frame and the pane of the current item; other panes come in idle time."""
        # The class for this width from the first: Textual would add it after the first layout,
        # and style and lay out everything again before anything is seen.
        self.add_class(
            *self._get_breakpoint_classes(self.app.size.width, self.HORIZONTAL_BREAKPOINTS),
            update=False,
        )
        yield Still(self.top_content(), id="top")
        yield Still(self._banner_content(), id="banner")
        yield Still(self._agenda_line_content(), id="agenda-line")
        with Horizontal(id="body"):
            yield Lines(*self.rail_lines(), id="rail")
            with Vertical(id="panes"):
                yield self._new_pane(self.current)
            yield Lines(self._side_lines(), id="side")
        yield Still(frame.key_line_content(self.session.meeting, self.app.size.width), id="keys")

    @property
    def item(self) -> AgendaItem:
        """The item on screen."""
        return self.session.meeting.item(self.current)

    @property
    def pane(self) -> ItemPane | None:
        """Its pane; None while it is not built."""
        return self._built.get(self.current)

    def _new_pane(self, code: str) -> ItemPane:
        item = self.session.meeting.item(code)
        made = SetAsidePane(self.session, item) if code in self.aside else None
        self._built[code] = made or pane_for(self.session, item)
        return self._built[code]

    def on_mount(self) -> None:
        """Keep saving, build the neighbours when idle."""
        self._width = self.app.size.width
        self.set_interval(0.25, self._tick)
        self.call_after_refresh(self._arrived)

    def on_screen_resume(self) -> None:
        """A field takes the keys before the first word can come."""
        if self.focused is None and self.pane:
            with contextlib.suppress(NoMatches):  # not drawn yet: it takes them on arriving
                self.pane.focus_first(self._field)
        if self._has_arrived:
            self._go_where_wanted()

    def _arrived(self) -> None:
        if self.pane:
            self.pane.follow(self.gaps)
            self.pane.focus_first(self._field)
        self._has_arrived = True
        self._go_where_wanted()
        self.set_timer(0.2, self._build_ahead)
        self.set_timer(0.4, self.follow)

    def _go_where_wanted(self) -> None:
        """To what the meeting was opened for, where that is one of its items."""
        (code, field, entry), self.goes_to = self.goes_to, ("", "", "")
        if code in self.codes():
            self.run_worker(self.go_to(code, field, entry), group="goes-to")
        elif code or field:
            self.say(f"{code or 'What was found'} is no item of this meeting's agenda.")

    # -- what the frame says ---------------------------------------------------------

    def top_content(self) -> Content:
        """Whose meeting, which item, the clocks, the save light."""
        return frame.top_line_content(
            self.session,
            self.current,
            self.desk.clock(),
            self.app.size.width,
            encrypted=self.desk.encrypted,
        )

    def _banner_content(self) -> Content:
        words = ""
        if self.session.pen is not None:
            typed = " What you typed is kept beside it." if self.session.unsaved else ""
            words = f"{hidden(self.session.pen.refusal(self.session.meeting.ref).sentence)}{typed}"
        elif self.session.problem:
            outgoing = self.session.outgoing
            words = f"{outgoing.head}: {hidden(self.session.problem)} {outgoing.words}"
        elif self.session.meeting.state is MeetingState.PLANNED:
            words = "Not started: Ctrl+F, then p, starts the meeting and its clock."
        elif self.session.meeting.state is MeetingState.PAUSED:
            words = "PAUSED: the clock stands. Ctrl+F, then p, goes on."
        elif self.session.meeting.state is MeetingState.PART_HEARD:
            words = (
                "PART HEARD. Ctrl+F, then p, resumes: the statement and attendance are taken again."
            )
        elif self.session.meeting.state is MeetingState.CLOSED:
            words = "CLOSED. Words can still be written up until approval. Ctrl+F, then c, reopens."
        return as_typed_line(words)

    def _agenda_line_content(self) -> Content:
        return frame.agenda_line_content(
            self.session,
            self.gaps,
            self.current,
            self.app.size.width,
            encrypted=self.desk.encrypted,
        )

    def rail_lines(self) -> tuple[list[Content], int | None]:
        """A line for each item, and which one is open."""
        rows = frame.rail_rows(self.session.meeting, self.gaps, self.current, self.session)
        here = next((place for place, row in enumerate(rows) if row.id == self.current), None)
        return [row_content(row, RAIL_WIDTHS) for row in rows], here

    def say_content(self) -> Content:
        """What to say at the item on screen."""
        return as_typed(said(self.item, self.session))

    def _side_lines(self) -> list[Content]:
        width = 48 if self.app.size.width >= 160 else 27
        content = frame.side_content(
            self.session,
            self.current,
            self.gaps,
            self.previous,
            width,
            tall=self.app.size.width >= 160,
        )
        return content.wrap(width)

    def follow(self) -> None:
        """The session changed: gaps, frame and the pane on screen follow."""
        if self._moving:
            return
        if self._gaps_of is not self.session.meeting:  # a meeting never changes: the same, the same
            self._gaps_of = self.session.meeting
            self.gaps = self.desk.chairing.gaps(self._gaps_of)
        if self.is_mounted and self.stays and self._is_whole:
            self.show_frame()

    @property
    def _is_whole(self) -> bool:
        """Whether the frame is there: nothing is drawn while the screen is taken down."""
        try:
            self.query_one("#rail", Lines)
        except NoMatches:
            return False
        return True

    def show_frame(self) -> None:
        """Draw the frame and the pane from the meeting and the gaps as they are."""
        self.query_one("#rail", Lines).show(*self.rail_lines())
        self.query_one("#agenda-line", Still).update(self._agenda_line_content(), layout=False)
        self.query_one("#side", Lines).show(self._side_lines())
        banner = self.query_one("#banner", Still)
        words_content = self._banner_content()
        banner.update(words_content)
        banner.display = bool(words_content.plain)
        banner.set_class(bool(self.session.problem or self.session.pen), "-problem")
        self.query_one("#keys", Still).update(
            frame.key_line_content(self.session.meeting, self.app.size.width), layout=False
        )
        if self.pane:
            self.pane.follow(self.gaps)
        top = self.query_one("#top", Still)
        # A class of the line, not of the screen: a screen's is looked up for every widget on it.
        top.set_class(self.session.masked, "-masked")
        top.update(self.top_content(), layout=False)
        self.show_conflict()

    def on_resize(self) -> None:
        """Lines are cut to the width there is."""
        if self.is_mounted and self.app.size.width != self._width:
            self._width = self.app.size.width
            self.show_frame()

    @property
    def at_item(self) -> str:
        """The item on screen."""
        return self.current

    def on_unmount(self) -> None:
        """Nobody is at a meeting that was closed."""
        self.session.company.stop(leave=True)

    def _tick(self) -> None:
        self.attend()
        self.session.tick(time.monotonic())
        self.show_conflict()
        # Drawn only when it says something else: a slow line to the screen is not kept busy.
        self.query_one("#top", Still).update(self.top_content(), layout=False)

    # -- moving ----------------------------------------------------------------------

    def codes(self) -> list[str]:
        """Items of this meeting, in the order of the agenda."""
        meeting, area = self.session.meeting, self.desk.area
        return [item.code for item in meeting.agenda if holds(item.held, meeting, area)]

    async def go_to(self, code: str, field: str = "", entry: str = "") -> None:
        """Open an item, and a field or entry in it. Nothing typed is lost on the way."""
        self._moving = True
        try:
            self.session.flush()
            self.store_visit()
        finally:
            self._moving = False
        if self._is_led and (refused := may_open(self.session.meeting, code)):
            self.follow()
            self.app.bell()
            notify_typed(self.app, refused, "warning")
            return
        self.trail.append((self.current, self._focused_field()))
        with self.app.batch_update():
            if self.pane:
                self.pane.display = False
            self.current = code
            pane = await self._whole_pane(code)
            pane.display = True
            self.follow()
            pane.focus_first(field)
        self._visiting = code
        self.call_after_refresh(self.store_visit)
        if entry:
            self.open_entry_id(field, entry)
        self.set_timer(0.2, self._build_ahead)

    @property
    def _is_led(self) -> bool:
        """Whether moving is part of the meeting's course: it runs, and the pen is here."""
        return self.session.meeting.state is MeetingState.OPEN and self.session.pen is None

    def store_visit(self) -> None:
        """Store the visit to the item that was opened last, once it is on the screen.

        The chair reads the next item while the disk works; a kill in between leaves the
        meeting at the item before.
        """
        code, self._visiting = self._visiting, ""
        if not code:
            return
        if not self._is_led:
            self._remember(code, self._focused_field())
            return
        refused = ""
        for _ in range(2):  # somebody else may move at the same moment
            refused = self.session.do(lambda m: self.desk.chairing.move_to(m, code))
            if not refused:
                return
        self.say(refused)

    async def _build_ahead(self) -> None:
        """The neighbours of the item on screen, built while nobody types."""
        codes = self.codes()
        if self.current not in codes:
            return
        here = codes.index(self.current)
        for code in codes[here + 1 : here + 2] + codes[max(here - 1, 0) : here]:
            if not self.is_attached:
                return  # somebody left while the first was built
            await self._whole_pane(code)

    async def _whole_pane(self, code: str) -> ItemPane:
        """The pane of an item with everything in it, made hidden where there is none.

        One is made at a time: what is being built ahead may be what the next key opens.
        """
        async with self._building:
            if code not in self._built:
                pane = self._new_pane(code)
                pane.display = False
                await self.query_one("#panes").mount(pane)
            return self._built[code]

    def _focused_field(self) -> str:
        spot = self.focused_spot()
        return spot.field if spot else ""

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Leaving the program returns to this field."""
        self._remember(self.current, self._focused_field())

    @in_a_hurry
    def _remember(self, code: str, field: str) -> None:
        try:
            self.desk.chairing.remember_place(self.session.meeting, code, field)
        except PanelkitError as failed:
            # Where the cursor was is a comfort, not the record: the save light says the rest.
            self.session.problem = self.session.problem or failed.message

    # -- entries ---------------------------------------------------------------------

    def open_entry_id(self, field: str, entry: str) -> None:
        """The form of an entry that a gap names."""
        stem = field.split(".", maxsplit=1)[0]
        for kind in e.ENTRIES:
            if any(row.id == entry for row in self.session.meeting.of(kind)):
                if kind is e.Attendance and stem == "statement_heard":
                    return
                if kind in e.SOURCES:
                    self.action_returns()
                    return
                self.open_entry(kind, entry)
                return

    def open_entry(
        self,
        kind: type[e.Entry],
        entry: str,
        start: tuple[tuple[str, object], ...] = (),
        parent: str = "",
    ) -> None:
        """A form for an entry, or for a new one where ``entry`` is blank."""
        facts = dict(start)
        only = facts.pop("only", ())
        if not entry and self.session.pen is not None:
            # A form that cannot be stored would lose what is typed in it.
            self.say(self.session.pen.refusal(self.session.meeting.ref).sentence)
            return
        if not entry:
            if kind is e.Decision:
                self.action_decision()
                return
            if kind is e.Action:
                self.action_action()
                return
            fresh = kind(id=new_id(), parent=parent, **facts)  # type: ignore[arg-type]
            self.session.begin(fresh)
            entry = fresh.id
        if kind is e.Decision:
            self.app.push_screen(DecisionForm(self.session, entry), self._form_closed)
            return
        names = only if isinstance(only, tuple) else ()
        self.app.push_screen(EntryForm(self.session, kind, entry, names), self._form_closed)

    def _form_closed(self, _result: None) -> None:
        self.follow()

    @on(ItemPane.EntryWanted)
    def _pane_wants(self, event: ItemPane.EntryWanted) -> None:
        event.stop()
        self.open_entry(event.kind, event.entry, event.start)

    @on(EntryTable.Wanted)
    def _table_wants(self, event: EntryTable.Wanted) -> None:
        event.stop()
        self.open_entry(event.kind, event.entry, parent=event.parent)

    @on(RoomBoard.Changed)
    def _room_changed(self, event: RoomBoard.Changed) -> None:
        event.stop()
        self.follow()

    @on(Problem)
    def _problem(self, event: Problem) -> None:
        event.stop()
        self.say(event.sentence)

    @on(GoTo)
    async def _go(self, event: GoTo) -> None:
        event.stop()
        await self.go_to(event.item, event.field, event.entry)

    @on(Lines.Clicked, "#rail")
    async def _rail_chosen(self, event: Lines.Clicked) -> None:
        event.stop()
        codes = self.codes()
        if event.place < len(codes):  # below the items stands what is unplaced
            await self.go_to(codes[event.place])

    def say(self, sentence: str) -> None:
        """A toast, where there is something to say."""
        if sentence:
            notify_typed(self.app, sentence, "warning")

    # -- coming back, conflicts --------------------------------------------------------

    def on_key(self, _event: events.Key) -> None:
        """After two idle minutes one line says where you were and who has not been heard."""
        idle = time.monotonic() - self._last_key
        self._last_key = time.monotonic()
        if idle > IDLE_SECONDS:
            self.where_was_i()

    def where_was_i(self) -> None:
        """One line: the item, what is owed here, who has not been heard."""
        unheard = organisations_unheard(self.session.meeting, self.desk.area)
        owed = sum(
            gap.item == self.current and gap.stops == "closing" and not gap.parked
            for gap in self.gaps
        )
        words = f"You were at {self.current} {self.item.title}: {owed} owed here."
        if unheard:
            words += f" Not heard: {', '.join(unheard[:4])}."
        notify_typed(self.app, words, is_open=True)  # who is in the room is open

    def save_everything(self) -> None:
        """Everything typed is made durable now, and where this person is; for signals and faults."""
        self.session.save_all()
        if self._visiting:
            self._remember(self._visiting, "")
        self.session.company.stop(leave=not self.session.problem)


def last_visited(meeting: Meeting) -> tuple[str, str] | None:
    """Where the meeting is, for somebody who was not in it here before."""
    visits = meeting.live(e.Visit)
    return (visits[-1].place, "") if visits else None
