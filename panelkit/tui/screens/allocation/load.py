"""Who has what: what nobody has first, then each coordinator by name, with what it comes to."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.app import ComposeResult

from panelkit.domain.allocating import Load, What, Work, folded
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.tui.screens.allocation.moving import move, show_history
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "Enter opens a name, or gives it to somebody   m gives it   h who had it   a opens all   Esc back"  # fmt: skip
WIDE: Final = 110
"""From this many cells across names have more room."""
NOBODY_S: Final = "WITH NOBODY"


class WhoHasWhat(ListPanel):
    """Referrals and cases by who has them. Returns whether one was moved.

    | Key | Does |
    |---|---|
    | Enter | on a name: what they have; on a referral or case: who has it from now on |
    | m | who has it from now on |
    | h | who had it |
    | a | what everybody has, or the names alone |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, ref: str = "") -> None:
        """``ref`` is the case or referral that the cursor begins on, where it is listed."""
        super().__init__()
        self.desk = desk
        self.begins = ref
        self.loads: tuple[Load, ...] = ()
        self.opened: set[str] = set()
        self.weeks = 0

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("Who has what", RowList((), self._widths(), letters="mha", under_lines=3), KEYS)  # fmt: skip

    def _widths(self) -> tuple[int, ...]:
        return (10, 30 if self.app.size.width >= WIDE else 20, 40)

    def on_resize(self) -> None:
        """Columns for the width there is."""
        self.query_one(RowList).use_widths(self._widths())
        if self.loads:
            self._draw()
        super().on_resize()

    def on_mount(self) -> None:
        """The first that nobody has is under the cursor, or what was asked for."""
        self.follow()
        rows = self.query_one(RowList)
        rows.focus()
        if self.begins:
            self._show(self.begins)

    def _show(self, ref: str) -> None:
        found = next(
            ((load, one) for load in self.loads for one in load.works if one.ref == ref), None
        )
        if found is None:
            self.say(f"{ref} is not worked on now.")
            return
        load, work = found
        if load.name:
            self.opened.add(folded(load.name))
            self._draw()
        self.query_one(RowList).show_current(row_id(work))

    def follow(self) -> None:
        """Who has what as the record has it now."""
        try:
            self.loads, self.weeks = self.desk.allocating.loads(), self.desk.allocating.weeks()
        except PanelkitError as failed:
            self.say(said(failed))
            return
        self._draw()

    def _draw(self) -> None:
        nobody = next((one for one in self.loads if not one.name), None)
        many = _many(nobody) if nobody is not None else "nothing is with nobody"
        self.show_title(f"Who has what   {many}")
        rows: list[Row] = []
        if nobody is not None:
            rows.append(Row("h:nobody", (NOBODY_S,), heading=True))
            rows += [work_row(one, nobody) for one in nobody.works]
        for is_coordinator, title in ((False, "WITH SOMEBODY WHO IS NO COORDINATOR NOW"), (True, "COORDINATORS, BY NAME")):  # fmt: skip
            mine = [o for o in self.loads if o.name and o.is_coordinator is is_coordinator]
            if mine:
                rows.append(Row(f"h:{is_coordinator}", (title,), heading=True))
            for one in mine:
                rows += self._of(one)
        self.query_one(RowList).follow(rows)
        if not self.loads:
            self.say("No coordinator is known, nothing waits and no case is worked on.")

    def _of(self, load: Load) -> list[Row]:
        key = folded(load.name)
        is_open = key in self.opened or not load.is_coordinator
        sign = ("-" if is_open else "+") if load.works else ""
        head = Row(f"p:{key}", (sign, load.name, ""), strong=True, under=load.sentences(self.weeks))
        return [head, *(work_row(one, load) for one in load.works if is_open)]

    # -- acting --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        row = event.option.id or ""
        if row.startswith("p:"):
            self.opened ^= {row.removeprefix("p:")}
            self._draw()
        elif (one := self._work(row)) is not None:
            move(self, self.desk, one.ref, one.what)

    def _work(self, row: str) -> Work | None:
        return next((o for load in self.loads for o in load.works if row_id(o) == row), None)

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "a":
            names = {folded(one.name) for one in self.loads if one.name}
            self.opened = set() if self.opened >= names else names
            self._draw()
        elif (one := self._work(event.row)) is None:
            self.say("Put the cursor on a referral or a case; Enter on a name lists theirs.")
        elif event.letter == "m":
            move(self, self.desk, one.ref, one.what)
        else:
            show_history(self, self.desk, one.ref, one.what)


def _many(load: Load) -> str:
    parts = [
        f"{len(found)} {one if len(found) == 1 else several}"
        for found, one, several in (
            (load.waiting, "referral", "referrals"), (load.cases, "case", "cases"),
        )
        if found
    ]  # fmt: skip
    return f"{' and '.join(parts)} with nobody"


def row_id(one: Work) -> str:
    """What its row is called."""
    return f"w:{one.what}:{one.id}"


def work_row(one: Work, load: Load) -> Row:
    """A referral with its day, or a case with its level and what it asks for."""
    if one.what is What.CASE:
        return Row(row_id(one), (one.ref, one.words, one.asks))
    late = one in load.late
    due = ""
    if one.due is not None:
        is_far = one.due.year != load.today.year
        due = short_date(one.due) if is_far else f"{one.due.day} {one.due:%b}"
    when = f"LATE, was due {due}" if late else f"answer due {due}"
    return Row(row_id(one), (one.ref, when, f"{one.who} {one.words}"), strong=late)
