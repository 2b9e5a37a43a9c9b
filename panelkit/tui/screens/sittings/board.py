"""The planning board: minutes wanted and minutes there are, week by week, and a case listed with one
key."""

from __future__ import annotations

from datetime import date
from typing import Final

from textual import on
from textual.app import ComposeResult

from panelkit.domain.demand import Week
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.domain.sitting import Sitting
from panelkit.domain.vocabulary import Level
from panelkit.services.demand import WEEKS, Outlook, Want
from panelkit.services.desk import Desk
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.sitting import SittingForm, SittingScreen
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "Enter lists it in a sitting   n plans a sitting   o opens the one offered   c checks every sitting   Esc back"
WIDTHS: Final = (18, 12, 14, 12, 60)
NARROW: Final = (12, 11, 11, 8, 60)
"""Below a hundred columns: a week by its first day, days without a year."""


class PlanningBoard(ListPanel):
    """What is wanted of the sittings of the weeks to come, and where it fits. Returns whether something
    was listed.

    | Key | Does |
    |---|---|
    | Enter | lists the case under the cursor in a sitting |
    | n | plans a sitting |
    | o | opens the sitting that has room for it |
    | c | what clashes in the sittings to come |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, weeks: int = WEEKS) -> None:
        """``weeks`` from today on."""
        super().__init__()
        self.desk = desk
        self.weeks = weeks
        self.look: Outlook | None = None

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("", RowList((), WIDTHS, letters="noc"), KEYS)

    def on_mount(self) -> None:
        """The most pressing is under the cursor."""
        self.follow()
        rows = self.query_one(RowList)
        rows.focus()
        rows.show_current("want:0")

    def follow(self) -> None:
        """What is wanted and what there is, as the record has it now."""
        try:
            self.look = self.desk.demand.look(self.weeks)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        self._show()

    def on_resize(self) -> None:
        """Columns for the width there is."""
        self._show()
        super().on_resize()

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < 100

    def _show(self) -> None:
        look = self.look
        if look is None:
            return
        short = sum(week.unfit for week in look.weeks)
        many = sum(week.meetings for week in look.weeks)
        wanted = f"{many} meeting{'' if many == 1 else 's'} wanted"
        fits = f"{short} do{'es' if short == 1 else ''} not fit by {'its' if short == 1 else 'their'} day"
        told = f"{wanted}, {fits if short else 'all fit by their day'}"
        self.show_title(
            f"Planning   {self.weeks} weeks to {short_date(look.last)}\n"
            f"{told if many else 'Nothing is wanted that is not listed.'}"
        )
        head = (
            "WEEK BY WEEK" if self._is_narrow else f"WEEK BY WEEK   working days: {look.calendar}"
        )
        self.query_one(RowList).use_widths(NARROW if self._is_narrow else WIDTHS)
        rows = [Row("h:weeks", (head,), heading=True)]
        rows += [self._week(number, week) for number, week in enumerate(look.weeks)]
        if look.wants:
            rows.append(Row("h:wants", ("TO LIST, the most pressing first",), heading=True))
            rows += [self._want(number, one) for number, one in enumerate(look.wants)]
        if look.more:
            rows.append(Row("h:more", (f"and {look.more:,} more, counted in the weeks above",), heading=True))  # fmt: skip
        self.query_one(RowList).follow(rows)

    def _week(self, number: int, week: Week) -> Row:
        narrow = self._is_narrow
        days = (
            f"from {_short(week.first)}"
            if narrow
            else f"{_short(week.first)} to {_short(week.last)}"
        )
        sittings = f"{week.sittings} sitting{'' if week.sittings == 1 else 's'}"
        worked = f"{week.working_days} days" if narrow else f"{week.working_days} work days"
        free = f"{week.all_free} free" if narrow else f"{week.all_free} min free"
        by_level = ", ".join(
            f"{minutes} {f'Level {level}' if level else 'either'}"
            for level, minutes in week.free
            if minutes
        )
        wanted = ", ".join(
            f"{minutes} min at {level.label}" for level, minutes in week.wanted if minutes
        )
        words = f"wanted {wanted}" if wanted else "nothing wanted"
        if week.unfit:
            words = (
                f"{week.unfit} OF {week.meetings} DO NOT FIT ({week.unfit_minutes} min); {words}"
            )
        if week.unsaid:
            words += (
                f"; of {week.unsaid} sitting{'' if week.unsaid == 1 else 's'} the end is not said"
            )
        if week.late:
            words += f"; {week.late} late already"
        if "," in by_level:
            words += f"; free {by_level}"
        return Row(
            f"week:{number}",
            (days, worked, sittings, free, words),
            strong=bool(week.unfit),
        )

    def _want(self, number: int, one: Want) -> Row:
        late = "LATE " if one.working_days < 0 else ""
        due = _short(one.due) if self._is_narrow else short_date(one.due)
        if one.placed is None:
            room = "no sitting has room"
        else:
            room = f"room on {_short(one.placed.held_on)}" + (
                "" if one.in_time else ", after its day"
            )
        what = f"L{one.level} {one.meeting_kind.label}"
        return Row(
            f"want:{number}",
            (f"{late}{due}", one.ref, what, f"{one.minutes} min", f"{room}: {one.kind.label}"),
            strong=not one.in_time,
        )  # fmt: skip

    def _wanted(self, row: str) -> Want | None:
        kind, _, number = row.partition(":")
        if kind != "want" or self.look is None:
            return None
        return self.look.wants[int(number)]

    # -- keys ------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        one = self._wanted(event.option.id or "")
        if one is None:
            self.say("Enter is for a line to list.")
        elif why := self.desk.why_not(Act.PLAN):
            self.say(why)
        else:
            self._choose(one)

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        one = self._wanted(event.row)
        if event.letter == "n":
            self._plan()
        elif event.letter == "c":
            self._check()
        elif one is not None and one.placed is not None:
            self._open(one.placed.sitting)
        else:
            self.say("No sitting has room for it: n plans one.")

    def _plan(self) -> None:
        if why := self.desk.why_not(Act.PLAN):
            self.say(why)
            return
        self.app.push_screen(SittingForm(self.desk), self._open)

    def _open(self, sitting_id: str | None) -> None:
        if not sitting_id:
            return

        def left(ref: str | None) -> None:
            self.changed = True
            self.follow()
            if ref:
                self.say(f"{ref} is opened from home, with Enter.")

        self.app.push_screen(SittingScreen(self.desk, sitting_id), left)

    def _check(self) -> None:
        today = self.desk.caseload.today()
        planning = self.desk.planning
        rows = [
            Row(f"{one.id}:{place}", (short_date(one.held_on), clash.kind.label), under=clash.sentence)
            for one in reversed(planning.sittings())
            if one.held_on >= today
            for place, clash in enumerate(planning.check(one))
        ]  # fmt: skip
        if not rows:
            self.say("Nothing clashes in the sittings to come.")
            return

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                self._open(result[0].rpartition(":")[0])

        foot = "Enter opens the sitting; nothing is stopped by it; Esc back"
        self.app.push_screen(Listing("What clashes", rows, (14, 60), foot=foot), chosen)

    def _choose(self, one: Want) -> None:
        """Which sitting: those with room by its day first."""
        if self.look is None:
            return
        sittings = {sitting.id: sitting for sitting in self._sittings()}
        rooms = [room for room in self.desk.demand.rooms(one.due) if room.sitting in sittings]
        offered = one.placed.sitting if one.placed else ""
        rooms.sort(
            key=lambda room: (
                room.sitting != offered, not room.takes(one.level), room.held_on > one.due,
                room.free < one.minutes, room.held_on,
            )
        )  # fmt: skip
        rows = []
        for room in rooms:
            sitting = sittings[room.sitting]
            words = [f"{room.free} min free" if room.booked else "its length is not said"]
            if room.held_on > one.due:
                words.append("after its day")
            if not room.takes(one.level):
                words.append(f"for {Level(room.level).label}")
            starts = f"{sitting.starts:%H:%M}" if sitting.starts else ""
            rows.append(
                Row(
                    room.sitting,
                    (f"{short_date(room.held_on)} {starts}", sitting.title, ", ".join(words)),
                )
            )
        if not rows:
            self.say("No sitting is planned: n plans one.")
            return

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                self._list(sittings[result[0]], one)

        foot = f"{one.ref} is due {short_date(one.due)}, {one.minutes} minutes. Enter lists it there, last"
        self.app.push_screen(Listing("In which sitting?", rows, (20, 32, 40), foot=foot), chosen)

    def _sittings(self) -> tuple[Sitting, ...]:
        today = self.desk.caseload.today()
        return tuple(one for one in self.desk.planning.sittings() if one.held_on >= today)

    def _list(self, sitting: Sitting, one: Want) -> None:
        try:
            made = self.desk.demand.list_case(sitting, one.ref)
            found = [c for c in self.desk.planning.check(sitting) if c.place == made.ref]
        except PanelkitError as failed:
            self.follow()
            self.say(said(failed))
            return
        self.changed = True
        self.follow()
        slot = f" at {made.slot:%H:%M}" if made.slot else ""
        clash = f" {found[0].sentence}" if found else ""
        self.say(f"{made.ref} is listed on {short_date(made.held_on)}{slot}.{clash}")


def _short(day: date) -> str:
    """``3 Dec``."""
    return short_date(day).rpartition(" ")[0]
