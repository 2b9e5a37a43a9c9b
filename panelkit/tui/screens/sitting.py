"""A sitting planned on screen: its day and start, and its meetings in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.fields import Field, FieldKind, long_date, short_date
from panelkit.domain.people import Act
from panelkit.domain.sitting import Sitting, ends, minutes_until
from panelkit.domain.vocabulary import Mode, Term
from panelkit.domain.waiting import before_meeting
from panelkit.services.desk import Desk
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.newmeeting import NewCase, NewMeeting, ShortForm
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList


class SittingLevel(Term):
    """Which meetings a sitting is for."""

    BOTH = "both", "Level 2 and Level 3"
    TWO = "2", "Level 2"
    THREE = "3", "Level 3"


class SittingForm(ShortForm):
    """Day, hours, chair, minute taker, name and how it is held. Returns the id of the sitting."""

    heading = "A sitting   (Ctrl+S keeps it, Esc goes back)"
    last_line = "name"

    def __init__(self, desk: Desk, sitting: Sitting | None = None) -> None:
        """``sitting`` is one to change; None plans another."""
        super().__init__(desk)
        self.sitting = sitting

    def questions(self) -> ComposeResult:
        """The day and the start; the rest may stay blank, and is then not known."""
        known = self.sitting
        yield from self.ask_line("held", "Held on", long_date(known.held_on) if known else "today")
        starts = known.starts if known and known.starts else time(10)
        yield from self.ask_line("starts", "Starts at, such as 10:00", f"{starts:%H:%M}")
        until = known.planned_end if known else None
        yield from self.ask_line(
            "until", "Booked until, such as 13:00 (what is free of it is worked out from that)",
            f"{until:%H:%M}" if until else "",
        )  # fmt: skip
        yield from self.ask_line(
            "chair", "Chair, such as DI Sam Okoro, Harrowmere Police (its meetings take it)",
            known.chair if known else "",
        )  # fmt: skip
        yield from self.ask_line(
            "minute_taker", "Minute taker, said likewise", known.minute_taker if known else ""
        )
        yield from self.ask_choice(
            "level",
            "Which meetings it is for",
            SittingLevel,
            (known.level or "both") if known else "both",
        )
        yield from self.ask_choice("mode", "How it is held", Mode, known.mode if known else "")
        yield from self.ask_line(
            "name", "Name, such as Monday panel (may stay blank)", known.name if known else ""
        )

    def on_mount(self) -> None:
        """The day is the first question."""
        self.first("held")

    def make(self) -> str:
        """The sitting, kept."""
        held = self.held_on()
        if held.day is None:
            raise BadInput(held.problem)
        starts = Field(label="Starts at", kind=FieldKind.TIME).parse(self.line("starts"))
        if not isinstance(starts, time):
            msg = "When does it start?"
            raise BadInput(msg, remedy="Type a time, such as 10:00.")
        planning = self.desk.planning
        facts: dict[str, Any] = {
            "name": self.line("name"), "mode": self.picked("mode"), "chair": self.line("chair"),
            "minute_taker": self.line("minute_taker"), "booked_minutes": self._minutes(starts),
            "level": self.picked("level").removeprefix("both"),
        }  # fmt: skip
        if self.sitting is None:
            return planning.plan(held.day, starts, **facts).id
        return planning.change(self.sitting, held_on=held.day, starts=starts, **facts).id

    def _minutes(self, starts: time) -> int:
        """For how long it is booked; 0 where its end is not said."""
        until = Field(label="Booked until", kind=FieldKind.TIME).parse(self.line("until"))
        return minutes_until(starts, until) if isinstance(until, time) else 0


class SittingScreen(ModalScreen[str]):
    """The meetings of a sitting in order. Returns the meeting to open; "" for none.

    | Key | Does |
    |---|---|
    | + | a planned meeting joins, last |
    | c, r | a new case, or a review or emergency panel, joins |
    | u, d | the meeting goes earlier, later; the times follow |
    | Delete | the meeting leaves the sitting |
    | e | day, hours, chair, minute taker, name, how it is held |
    | p | its papers: letters, calendar files, what was sent, how to join |
    | Enter | opens the meeting |
    """

    needs = Act.READ
    DEFAULT_CSS = """
    SittingScreen { align: center middle; background: $background 40%; }
    SittingScreen > Vertical { width: 94%; max-width: 130; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    SittingScreen Static { height: auto; }
    SittingScreen .title { text-style: bold; margin-bottom: 1; }
    SittingScreen .clashes { color: $text-warning; margin-top: 1; }
    SittingScreen RowList { max-height: 14; }
    SittingScreen .foot { color: $text-muted; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "leave", "Done", priority=True),
    ]

    def __init__(self, desk: Desk, sitting_id: str) -> None:
        """``sitting_id`` names one of the record."""
        super().__init__()
        self.desk = desk
        self.sitting = desk.planning.sitting(sitting_id)

    def compose(self) -> ComposeResult:
        """What it is, its meetings, the keys."""
        with Vertical():
            yield Static(Content(""), classes="title")
            yield RowList([], (6, 12, 14, 10, 13, 40), letters="+crudep")
            yield Static(Content(""), classes="clashes")
            yield Static(
                as_typed(
                    "+ add a planned meeting   c new case   r review or emergency   u earlier   d later\n"
                    "Enter opens   Delete takes out   e day, hours, chair   p papers   Esc back"
                ),
                classes="foot",
            )

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """The sitting as it is stored."""
        planning = self.desk.planning
        self.sitting = planning.sitting(self.sitting.id)
        meetings = planning.meetings(self.sitting)
        end = ends(self.sitting, meetings)
        hours = f"{self.sitting.starts:%H:%M}" if self.sitting.starts else ""
        hours += f" to {end:%H:%M}" if end and meetings else ""
        if booked := self.sitting.planned_end:
            hours += f", booked until {booked:%H:%M}"
        head = (self.sitting.title, long_date(self.sitting.held_on), hours, self.sitting.mode_label)
        people = (
            f"Chair: {self.sitting.chair or 'not said'}",
            f"Minute taker: {self.sitting.minute_taker or 'not said'}",
            f"Level {self.sitting.level} only" if self.sitting.level else "",
        )
        lines = ("   ".join(part for part in said if part) for said in (head, people))
        self.query_one(".title", Static).update(as_typed("\n".join(lines)))
        self._say_clashes()
        self.query_one(RowList).follow(
            [
                Row(
                    m.ref,
                    (
                        f"{m.slot:%H:%M}" if m.slot else "", m.ref, f"L{m.level} {m.kind.label}",
                        f"meeting {m.number}", self.desk.caseload.standing(m), before_meeting(m, self.desk.area),
                    ),
                )
                for m in meetings
            ]
        )  # fmt: skip

    def _say_clashes(self) -> None:
        """What does not fit, the first of it; nothing is stopped by it."""
        found = self.desk.planning.check(self.sitting)
        lines = [f"! {one.sentence}" for one in found[:CLASHES]]
        if len(found) > CLASHES:
            lines.append(f"! and {len(found) - CLASHES} more: F6, then Planning, then c")
        under = self.query_one(".clashes", Static)
        under.update(as_typed("\n".join(lines)))
        under.display = bool(lines)

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id or "")

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        match event.letter:
            case "+":
                self._join()
            case "c":
                day = self.sitting.held_on
                self.app.push_screen(NewCase(self.desk, held_on=day), self._joins)
            case "r":
                day = self.sitting.held_on
                self.app.push_screen(NewMeeting(self.desk, held_on=day), self._joins)
            case "e":
                self.app.push_screen(
                    SittingForm(self.desk, self.sitting), lambda _made: self.follow()
                )
            case "p":
                self._papers()
            case "u" | "d" if event.row:
                by = -1 if event.letter == "u" else 1
                self._do(lambda: self.desk.planning.move(self.sitting, event.row, by))

    def on_key(self, event: events.Key) -> None:
        """Delete takes the meeting out of the sitting; the meeting itself stays."""
        row = self.query_one(RowList).current
        if event.key == "delete" and row:
            event.stop()
            self._do(lambda: self.desk.planning.take_out(self.sitting, row))

    def _join(self) -> None:
        free = self.desk.planning.may_join()
        rows = [
            Row(
                m.ref,
                (m.ref, f"L{m.level} {m.kind.label}", f"meeting {m.number}", short_date(m.held_on)),
            )
            for m in free
        ]

        def chosen(result: tuple[str, str] | None) -> None:
            self._joins(result[0] if result else "")

        foot = "Enter adds it, last; its day becomes the sitting's" if rows else NONE_FREE
        self.app.push_screen(Listing("Which meeting?", rows, (12, 16, 12, 14), foot=foot), chosen)

    def _papers(self) -> None:
        from panelkit.tui.screens.sittings.papers import SittingPapersScreen

        papers = SittingPapersScreen(self.desk, self.sitting)
        self.app.push_screen(papers, lambda _changed: self.follow())

    def _joins(self, ref: str | None) -> None:
        if ref:
            self._do(lambda: self.desk.planning.add(self.sitting, ref))
        else:
            self.follow()

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except PanelkitError as refused:
            notify_typed(self.app, refused.sentence, "warning")
        self.follow()

    def action_leave(self) -> None:
        """Back; the sitting stays as it is."""
        self.dismiss("")


CLASHES = 3
"""Clashes that are said under the list."""
NONE_FREE = "Every planned meeting is in a sitting. Esc, then c for a new case or r for a review."
