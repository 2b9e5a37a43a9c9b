"""What closed meetings leave to be entered in ViSOR or MAPPS, until somebody says that it was."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.people import Act
from panelkit.domain.updates import Owed
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import make_folder
from panelkit.services.opening import Opening
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.chasing.forms import EnteredForm
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = (
    "Enter says that it was entered   t the sheet to type from   w writes it   a those entered too   "
    "Delete takes back   Esc back"
)
WHOLE: Final = "*"
"""In place of an update: all that is owed of a meeting."""


class UploadList(ListPanel):
    """What is owed, meeting by meeting, what is due first at the top.

    | Key | Does |
    |---|---|
    | Enter | it was entered; on the meeting's line, all that is owed of it |
    | t | the sheet to type from |
    | w | the sheet as a file |
    | a | what was entered as well |
    | Delete | that it was entered, taken back |
    """

    needs = Act.READ

    def __init__(self, desk: Desk) -> None:
        """Of meetings held since the area's period."""
        super().__init__()
        self.desk = desk
        self.all = False
        self.owed: tuple[Owed, ...] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        return self.laid("", RowList((), (16, 32, 40), letters="twa"), KEYS)

    def on_mount(self) -> None:
        """What is due first is under the cursor."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """What is owed now."""
        owing = self.desk.owing
        try:
            since, today = owing.since(), owing.today()
            self.owed = owing.owed(since, also_done=self.all)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        late = {o.meeting_ref for o in self.owed if o.entered is None and o.due < today}
        self.show_title(
            f"To be entered in ViSOR or MAPPS   meetings held since {long_date(since)}, {len(late)} of them late\n"
            f"{self.desk.area.source('updates.minutes')}"
        )
        rows: list[Row] = []
        last = ""
        for one in self.owed:
            if one.meeting_ref != last:
                last = one.meeting_ref
                owner = one.owner or "nobody is recorded at A17"
                rows.append(Row(f"{last}|{WHOLE}", (last, f"held {short_date(one.held_on)}", owner), strong=last in late))  # fmt: skip
            rows.append(
                Row(f"{last}|{one.update.key}", ("", one.update.title, one.standing(today)))
            )
        self.query_one(RowList).follow(rows)
        if not rows:
            self.say("Nothing is owed. Earlier meetings: panelkit upload list --since.")

    def _at(self, row: str) -> tuple[str, list[Owed]]:
        ref, _, key = row.partition("|")
        here = [o for o in self.owed if o.meeting_ref == ref]
        return ref, here if key == WHOLE else [o for o in here if o.update.key == key]

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        ref, here = self._at(event.option.id or "")
        owed = [one.update for one in here if one.entered is None]
        if not owed:
            self.say("That was entered already. Delete takes it back.")
            return
        words = "\n".join(one.title for one in owed)
        self.open_form(EnteredForm(self.desk, ref, tuple(one.key for one in owed), words))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "a":
            self.all = not self.all
            self.follow()
            return
        ref, here = self._at(event.row)
        if not ref:
            return
        keys = tuple(one.update.key for one in here)
        try:
            self._sheet(ref, keys, write=event.letter == "w")
        except PanelkitError as failed:
            self.say(said(failed))

    def _sheet(self, ref: str, keys: tuple[str, ...], *, write: bool) -> None:
        owing, desk = self.desk.owing, self.desk
        meeting = desk.caseload.find(ref)
        if write:
            make_folder(desk.documents)
            written = owing.write(ref, desk.documents / f"upload_{meeting.ref}.txt", keys)
            self.say(f"{written.path}. {written.note}".strip())
        else:
            self.app.push_screen(Page(f"{ref}: to type from", as_typed(owing.text(ref, keys))))
        Opening(desk.caseload.record, desk.clock, desk.who).note([meeting], "upload sheet")

    def on_key(self, event: events.Key) -> None:
        """Delete takes back that the one under the cursor was entered, with a reason."""
        if event.key != "delete":
            return
        event.stop()
        ref, here = self._at(self.query_one(RowList).current)
        entered = [one for one in here if one.entered is not None]
        if len(entered) != 1:
            self.say("a shows what was entered; Delete on one of those takes it back.")
            return
        one = entered[0]

        def act(why: str) -> str:
            self.desk.owing.undo(ref, one.update.key, why)
            return f"{ref}: {one.update.title.lower()} is owed again."

        facts = one.standing(self.desk.owing.today())
        heading = f"{ref}   {one.update.title}: take back that it was entered"
        self.open_form(Because(self.desk, Act.CHASE, heading, facts, act))
