"""What was decided of changes of guidance and forms, by whom, when and why; taken back."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.guidance import Decision, kept_of
from panelkit.domain.guidance import said as words_of
from panelkit.domain.people import Act
from panelkit.domain.timescales import room_day
from panelkit.services.desk import Desk
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "Delete takes it back   Esc back"


class DecidedList(ListPanel):
    """Decisions, what is kept local first. Returns whether one was taken back.

    | Key | Does |
    |---|---|
    | Delete | takes it back, with a reason: the change waits again |
    """

    needs = Act.READ

    def __init__(self, desk: Desk) -> None:
        """``desk`` is whose record it is."""
        super().__init__()
        self.desk = desk
        self.every: tuple[Decision, ...] = ()

    def compose(self) -> ComposeResult:
        """Since when the record looks, the decisions, what was said last, the keys."""
        return self.laid("", RowList((), (12, 11, 60), under_lines=4), KEYS)

    def on_mount(self) -> None:
        """The first is under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """The decisions as the record has them now."""
        record, area = self.desk.caseload.record, self.desk.area.name
        try:
            self.every = self.desk.guidance.decided()
            begun = record.baseline(area)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        kept = set(kept_of(self.every).values())
        since = f"   looked at since {long_date(room_day(begun.at))}" if begun else ""
        self.show_title(f"What {area} decided{since}")
        groups = (
            ("KEPT LOCAL NOW", [one for one in self.every if one in kept]),
            ("DECIDED", [one for one in self.every if one not in kept and one.is_live][::-1]),
            ("TAKEN BACK", [one for one in self.every if not one.is_live][::-1]),
        )
        rows: list[Row] = []
        for title, group in groups:
            if group:
                rows += [Row(f"h:{title}", (title,), heading=True), *map(row_of, group)]
        nothing = Row("h:none", ("Nothing was decided yet.",), heading=True)
        self.query_one(RowList).follow(rows or [nothing])

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        one = self._one(event.option.id or "")
        if one is not None:
            self.say(
                "Delete takes it back." if one.is_live else f"It was taken back: {one.withdrawn}"
            )

    def on_key(self, event: events.Key) -> None:
        """Delete takes back the one under the cursor."""
        if event.key != "delete":
            return
        event.stop()
        one = self._one(self.query_one(RowList).current)
        if one is None:
            return
        if not one.is_live:
            self.say(f"It was taken back: {one.withdrawn}")
            return

        def act(why: str) -> str:
            self.desk.guidance.undo(one.number, why)
            return "It is taken back. The change waits again."

        facts = f"{one.decided.label.capitalize()} on {long_date(one.on)}. The change waits again."
        self.open_form(Because(self.desk, Act.AGREE, f"Take back: {one.title}", facts, act))

    def _one(self, row: str) -> Decision | None:
        return next((one for one in self.every if str(one.number) == row), None)


def row_of(one: Decision) -> Row:
    """One decision: when, what, of what; under it by whom, why, and the words."""
    told = [f"by {one.typed_by}"]
    if one.reason:
        told.append(f"because {one.reason}")
    if not one.is_live:
        told.append(f"TAKEN BACK: {one.withdrawn}")
    was, now = words_of(one.was) or "(nothing)", words_of(one.now) or "(nothing)"
    under = f"{'; '.join(told)}.   Was: {was}   Now: {now}"
    cells = (short_date(one.on), one.decided.label, one.title)
    return Row(str(one.number), cells, under=under)
