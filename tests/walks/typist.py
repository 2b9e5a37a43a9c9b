"""Somebody at the chair's screen who leads a whole meeting with keys, words pasted as a terminal
pastes them. What they want said is a finished meeting; what is so already they leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot
from textual.widget import Widget

from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.fields import FieldKind, fields_of, store_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import YesNo
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.panes.old_actions import LETTERS as OLD
from panelkit.tui.panes.risk_grid import LETTERS as RATES
from panelkit.tui.screens.decision import VIEW_LETTERS, DecisionForm
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.fieldbox import FieldBox
from panelkit.tui.widgets.roomboard import RoomBoard
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.words import Words
from tests.desk import until

LEFT_OUT = frozenset({"set_at", "times_carried", "origin", "at_item"})
"""What the program fills in."""
FARTHEST = 80
"""Tabs after which a field is not on the way."""


def same(ours: e.Entry, theirs: e.Entry) -> bool:
    """Whether two entries are about the same, by what names them and no more."""
    for key in ("name", "group", "organisation", "order_type", "kind", "harm"):
        if hasattr(ours, key) and getattr(ours, key) != getattr(theirs, key):
            return False
    if isinstance(ours, e.Action) and isinstance(theirs, e.Action):
        return (ours.set_at, ours.number) == (theirs.set_at, theirs.number)
    return True


class Typist:
    """Leads ``target`` into the meeting on screen."""

    def __init__(self, pilot: Pilot[None], app: App[None], target: Meeting) -> None:
        self.pilot, self.app, self.target = pilot, app, target
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Keys, one after another; each is done before the next."""
        for key in keys:
            self.keys += 1
            await self.pilot.press(key)

    async def leader(self, letter: str) -> None:
        """A letter behind the leader key."""
        await self.press("ctrl+f")
        await self.pilot.pause()
        await self.press(letter)
        await self.pilot.pause()

    @property
    def screen(self) -> MeetingScreen:
        """The meeting."""
        return next(s for s in reversed(self.app.screen_stack) if isinstance(s, MeetingScreen))

    @property
    def now(self) -> Meeting:
        """As it is in the program."""
        return self.screen.session.meeting

    @property
    def pane(self) -> ItemPane:
        """The item on screen."""
        return next(
            p
            for p in self.screen.query(ItemPane)
            if p.item.code == self.screen.current and p.display
        )

    # -- one meeting -------------------------------------------------------------------------

    async def lead(self) -> None:
        """From its start to the last item."""
        await self.leader("p")
        codes = self.screen.codes()
        for place, code in enumerate(codes):
            if place:
                await self.press("f4")
            await until(self.pilot, lambda code=code: self.screen.current == code)  # type: ignore[misc]
            await self.pilot.pause()
            item = next((i for i in self.now.agenda if i.code == code), None)
            if item is not None:
                await self._item(item)

    async def _item(self, item: AgendaItem) -> None:
        if item.code == "A1":
            await self._room()
        await self._fields(item)
        own: dict[str, Callable[[], Awaitable[None]]] = {
            "A5": self._old_actions, "A7": self._round_table, "A10": self._ratings, "A16": self._read_back,
        }  # fmt: skip
        if item.code in own:
            await own[item.code]()
        for table in list(self.pane.query(EntryTable)):
            await self._table(table)
        if item.code != "A15":
            await self._decisions(item.code)
        await self.leader("y")

    async def _fields(self, item: AgendaItem) -> None:
        for field in item.fields:
            want = self.target.text(item.code, field.key)
            if want and want != self.now.text(item.code, field.key):
                box = next(b for b in self.pane.query(FieldBox) if b.spot.field == field.key)
                if not box.display:
                    await self.pilot.pause()
                if box.display:
                    await self._put(box, want)

    # -- one field ---------------------------------------------------------------------------

    async def _to(self, widget: Widget) -> None:
        """The cursor into it, with Tab alone."""
        for _ in range(FARTHEST):
            if self.app.screen.focused is widget:
                return
            await self.press("tab")
        raise AssertionError(f"Tab does not come to {widget} from {self.app.screen.focused}")

    async def _put(self, box: FieldBox, want: str) -> None:
        editor = box.editor
        await self._to(editor)
        if isinstance(editor, Choice):
            await self._choose(editor, want)
            return
        assert isinstance(editor, Words)
        while editor.value:
            await self.press("ctrl+end", "end", "ctrl+u", "backspace")
        shown = box._shown(want) if box.field.kind is FieldKind.DATE else want
        self.app.post_message(Paste(shown))
        await until(self.pilot, lambda: editor.value == shown)

    async def _choose(self, editor: Choice, want: str) -> None:
        values = [str(member) for member in editor.members]
        wanted = tuple(each.strip() for each in want.split(",")) if editor.several else (want,)
        if editor.several:
            for value in values:
                if (value in editor.picked) is not (value in wanted):
                    for _ in values:
                        if values[editor.cursor] == value:
                            break
                        await self.press("right")
                    await self.press("space")
        else:
            for _ in values:
                if editor.picked == wanted:
                    break
                await self.press("right")
        await until(self.pilot, lambda: set(editor.picked) == set(wanted))

    # -- entries -----------------------------------------------------------------------------

    async def _form(self, theirs: e.Entry) -> None:
        """The form that is open is filled as ``theirs``, and left."""
        await until(self.pilot, lambda: isinstance(self.app.screen, EntryForm))
        form = self.app.screen
        assert isinstance(form, EntryForm)
        await self.pilot.pause()
        for box in list(form.query(FieldBox)):
            key = box.spot.field
            want = store_text(getattr(theirs, key, None)) if key not in LEFT_OUT else ""
            if want and want != form.session.text(box.spot):
                await self._put(box, want)
        if isinstance(form, DecisionForm):
            await self._views(form, theirs)
            for table in list(form.query(EntryTable)):
                for row in self.target.under(table.kind, theirs.id):
                    await self._to(table.query_one(RowList))
                    await self.press("+")
                    await self._form(row)
        await self.press("escape")
        await until(self.pilot, lambda: self.app.screen is not form)
        await self.pilot.pause()

    async def _views(self, form: DecisionForm, theirs: e.Entry) -> None:
        letters = {view: letter for letter, view in VIEW_LETTERS.items()}
        rows = form.query_one("#views", RowList)
        for view in self.target.under(e.AgencyView, theirs.id):
            if view.view is not None:
                await self._row(rows, f"v:{view.organisation}")
                await self.press(letters[view.view])

    async def _row(self, rows: RowList, row: str) -> None:
        """The cursor to a row, with arrows."""
        await self._to(rows)
        await self.press("home")
        for _ in range(rows.option_count):
            if rows.current == row:
                return
            await self.press("down")
        assert rows.current == row, (row, [r.id for r in rows.options])

    async def _table(self, table: EntryTable) -> None:
        theirs = [row for row in self.target.live(table.kind) if self._is_at(row)]
        rows = table.query_one(RowList)
        ours = [
            row
            for row in self.now.live(table.kind)
            if table.kind is not e.Action or row in self.now.new_actions
        ]
        for row in theirs:
            there = next((mine for mine in ours if self._alike(mine, row)), None)
            if there is not None:
                ours.remove(there)
                if not self._differs(there, row):
                    continue
                await self._row(rows, there.id)
                await self.press("enter")
            else:
                await self._to(rows)
                await self.press("+")
            await self._form(row)

    def _is_at(self, row: e.Entry) -> bool:
        if isinstance(row, e.Action):
            return row.set_at == self.target.number
        return not isinstance(row, e.Decision) or row.at_item == self.screen.current

    def _alike(self, mine: e.Entry, theirs: e.Entry) -> bool:
        return (
            same(mine, theirs)
            if not isinstance(mine, e.Measure | e.Contingency)
            else mine.number == theirs.number
        )

    def _differs(self, mine: e.Entry, theirs: e.Entry) -> bool:
        return any(
            getattr(theirs, f.key) and getattr(mine, f.key) != getattr(theirs, f.key)
            for f in fields_of(type(mine)) if f.key not in LEFT_OUT
        )  # fmt: skip

    # -- items of a shape of their own ---------------------------------------------------------

    async def _room(self) -> None:
        rows = self.pane.query_one(RoomBoard).query_one(RowList)
        for person in self.target.of(e.Attendance):
            ours = self._person(person)
            if ours is None:
                await self._to(rows)
                await self.press("+")
                await self._form(person)
                ours = self._person(person)
                assert ours is not None
            if person.status is not None and person.status.present:
                await self._row(rows, ours.id)
                await self.press("i")
                await self.pilot.pause()
            ours = self._person(person)
            assert ours is not None
            if self._differs(ours, person):
                await self._row(rows, ours.id)
                await self.press("enter")
                await self._form(person)

    def _person(self, person: e.Attendance) -> e.Attendance | None:
        return next(
            (
                p
                for p in self.now.of(e.Attendance)
                if (p.name, p.organisation) == (person.name, person.organisation)
            ),
            None,
        )

    async def _old_actions(self) -> None:
        letters = {status: letter for letter, status in OLD.items()}
        rows = self.pane.query_one("#own", RowList)
        for mine in self.now.old_actions:
            theirs = next(
                r
                for r in self.target.of(e.Action)
                if (r.set_at, r.number) == (mine.set_at, mine.number)
            )
            if theirs.status is None:
                continue
            await self._row(rows, mine.id)
            await self.press(letters[theirs.status])
            await self.pilot.pause()
            if not theirs.status.outstanding:
                await self.press("enter")
            await self._form(theirs)

    async def _round_table(self) -> None:
        rows = self.pane.query_one("#own", RowList)
        for row in list(rows.options):
            if not (row.id or "").startswith("new:"):
                continue
            name = (row.id or "").removeprefix("new:")
            said = [c for c in self.target.live(e.Contribution) if c.organisation == name]
            await self._row(rows, row.id or "")
            if not said or (said[0].nil_return is YesNo.YES and not said[0].text):
                await self.press("n")
                await self.pilot.pause()
                continue
            await self.press("enter")
            await self._form(said[0])
            for more in said[1:]:
                mine = next(c for c in self.now.live(e.Contribution) if c.organisation == name)
                await self._row(rows, mine.id)
                await self.press("+")
                await self._form(more)

    async def _ratings(self) -> None:
        rows = self.pane.query_one("#own", RowList)
        letters = {level: letter for letter, level in RATES.items()}
        for theirs in self.target.live(e.RiskRating):
            if theirs.level is None:
                continue
            mine = next((r for r in self.now.live(e.RiskRating) if r.group is theirs.group), None)
            await self._row(rows, mine.id if mine else f"new:{theirs.group}")
            await self.press(letters[theirs.level])
            await self.pilot.pause()
            mine = next(r for r in self.now.live(e.RiskRating) if r.group is theirs.group)
            if theirs.because and mine.because != theirs.because:
                await self._row(rows, mine.id)
                await self.press("enter")
                await self._form(theirs)

    async def _read_back(self) -> None:
        rows = self.pane.query_one("#own", RowList)
        await self._to(rows)
        await self.press("C")
        await self.pilot.pause()
        for action in [a for a in self.now.new_actions if a.is_live and a.accepted is None]:
            await self._row(rows, f"actions:{action.id}")
            await self.press("y")
            await self.pilot.pause()

    async def _decisions(self, code: str) -> None:
        """One taken at an item that is not A15's."""
        for theirs in self.target.live(e.Decision):
            if theirs.at_item == code and not any(
                d.at_item == code for d in self.now.live(e.Decision)
            ):
                await self.press("f5")
                await self._form(theirs)
