"""A meeting between two desks: who holds the pen, files that went and came, both texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.holding import Disagreement, HandOver, moment
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.store.record import Received
from panelkit.tui.screens.handoverforms import Going, HandOverForm, ReceiveForm, TwoTexts
from panelkit.tui.screens.lifeforms import Asked, Drafts, WordsForm
from panelkit.tui.typed import as_typed, as_typed_line, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

_KEYS = " Enter Choose between two texts   o Hand over   t Take the pen back   r Receive a file   Esc Back"


class HandOverScreen(Screen[None]):
    """One meeting: who holds the pen, what both desks wrote, every file that went or came.

    | Key | Does |
    |---|---|
    | o | hands the meeting over in a file |
    | t | takes the pen back, with a reason |
    | r | receives a file |
    | enter | shows both texts of the place under the cursor |
    """

    needs = Act.CARRY
    DEFAULT_CSS = """
    HandOverScreen { layout: vertical; }
    HandOverScreen #top { height: 1; background: $primary; text-style: bold; }
    HandOverScreen #state { height: auto; padding: 1; }
    HandOverScreen VerticalScroll { height: 1fr; padding: 0 1; }
    HandOverScreen RowList { max-height: 100%; }
    HandOverScreen #keys { height: auto; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "hand_over", "Hand over", show=False),
        Binding("t", "take_pen", "Take the pen back", show=False),
        Binding("r", "receive", "Receive", show=False),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is read again from the record before each step."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.open: dict[str, Disagreement] = {}

    def compose(self) -> ComposeResult:
        """The top line, who holds the pen, the rows, the keys."""
        yield Static(id="top", markup=False)
        yield Static(id="state", markup=False)
        with VerticalScroll(can_focus=False):
            yield RowList([], (18, 28, 30, 40), under_lines=3)
        yield Static(as_typed(_KEYS), id="keys")

    def on_mount(self) -> None:
        """Read and show."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """Everything as the record holds it now."""
        handing = self.desk.handing_over
        self.meeting = self.desk.caseload.find(self.meeting.id)
        self.open = {each.id: each for each in handing.disagreements(self.meeting)}
        self.query_one("#top", Static).update(
            as_typed_line(
                f" {self.desk.area.marking}   {self.meeting.ref} between two desks   {self.meeting.title}   {self.desk.who_said}",
                self.app.size.width,
            )
        )
        lines = [handing.pen(self.meeting)]
        if self.open:
            count = len(self.open)
            lines.append(
                f"Both desks wrote differently in {count} place{'' if count == 1 else 's'}: choose, "
                "before the minutes are approved or go to another desk."
            )
        self.query_one("#state", Static).update(as_typed("\n".join(lines)))
        self.query_one(RowList).follow(self._rows())

    def _rows(self) -> list[Row]:
        rows = [self._both(each) for each in self.open.values()]
        if rows:
            rows = [Row("h:both", ("BOTH DESKS WROTE", "", "", ""), heading=True), *rows]
        went = [self._file(each) for each in self.desk.handing_over.history(self.meeting)]
        if went:
            rows += [Row("h:files", ("WENT AND CAME", "", "", ""), heading=True), *went]
        facts = self.desk.minutes_life.facts(self.meeting)
        moved = [fact for fact in facts if fact.what == "renumbered"]
        if moved:
            rows.append(Row("h:moved", ("RENUMBERED", "", "", ""), heading=True))
            rows += [
                Row(f"moved:{n}", (moment(fact.at), fact.who, "", fact.reason))
                for n, fact in enumerate(moved)
            ]
        return rows

    def _both(self, found: Disagreement) -> Row:
        handing, meeting = self.desk.handing_over, self.meeting
        theirs, mine = (
            handing.shown(found, meeting, text) or "(blank)" for text in (found.theirs, found.mine)
        )
        cells = ("choose", handing.place(found, meeting), found.theirs_by, found.mine_by)
        return Row(f"both:{found.id}", cells, strong=True, under=f"Theirs: {theirs}\nHere: {mine}")

    def _file(self, row: HandOver) -> Row:
        settled = f"{moment(row.settled_at)}" if row.settled_at else ""
        way = "from" if row.state.label.startswith("received") else "with"
        cells = (moment(row.at), f"{row.state.label}, {way} {row.who}", f"by {row.by}", settled)
        return Row(f"file:{row.id}", cells, under=row.reason)

    # -- steps ---------------------------------------------------------------------------------

    def action_hand_over(self) -> None:
        """To whom, which file, which passphrase; then the work, in a worker."""
        away = self.desk.caseload.record.pen_elsewhere(self.meeting.id)
        if away is not None:
            notify_typed(self.app, away.refusal(self.meeting.ref).sentence, "error")
            return
        self.app.push_screen(HandOverForm(self.desk, self.meeting, self._go))

    def _go(self, going: Going) -> None:
        app, desk, ref = self.app, self.desk, self.meeting.id

        def work() -> None:
            try:
                meeting = desk.caseload.find(ref)
                desk.handing_over.hand_over(meeting, going.path, going.passphrase, going.to)
            except PanelkitError as failed:
                app.call_from_thread(notify_typed, app, failed.sentence, "error")
            else:
                said = f"Written: {going.path}. Tell the passphrase by voice, never with the file."
                app.call_from_thread(notify_typed, app, said)
                app.call_from_thread(self._done)

        app.run_worker(work, thread=True, group="hand-over", description="hand a meeting over")

    def _done(self) -> None:
        if self.is_mounted:
            self.follow()

    def action_take_pen(self) -> None:
        """With a reason, which is kept."""
        drafts = Drafts(self.desk.caseload.record, self.meeting.id, self.desk.who)

        def given(words: dict[str, str] | None) -> None:
            if words is None:
                return
            try:
                self.desk.handing_over.take_pen(self.meeting, words["reason"])
            except PanelkitError as refused:
                notify_typed(self.app, refused.sentence, "error")
                return
            drafts.keep("take_pen.reason", "")
            self.follow()

        asked = (Asked("reason", "Why the pen is taken back", lines=3),)
        self.app.push_screen(WordsForm("Take the pen back", asked, drafts, "take_pen"), given)

    def action_receive(self) -> None:
        """A file from the other desk."""
        receive_on(self.app, self.desk, self._done)

    @on(RowList.OptionSelected)
    def _chosen(self, event: RowList.OptionSelected) -> None:
        event.stop()
        what, _, which = (event.option.id or "").partition(":")
        found = self.open.get(which)
        if what != "both" or found is None:
            return

        def settled(result: tuple[str, str] | None) -> None:
            if result is None:
                return
            try:
                self.desk.handing_over.settle(found, *result)
            except PanelkitError as refused:
                notify_typed(self.app, refused.sentence, "error")
            self.follow()

        self.app.push_screen(TwoTexts(self.desk, self.meeting, found), settled)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def receive_on(app: App[Any], desk: Desk, follow: Callable[[], None]) -> None:
    """Ask for a file; afterwards say what became of it, and show both texts where both wrote."""

    def then(done: Received) -> None:
        follow()
        said = done.already and f"Nothing was changed. {done.already}"
        said = said or ("received." if done.is_new else f"came back: {len(done.taken)} changed.")
        if done.renumbered:
            said += f" {len(done.renumbered)} renumbered."
        notify_typed(app, f"{done.ref}: {said}")
        shows = isinstance(app.screen, HandOverScreen)
        if (done.disagreements or done.renumbered) and not shows:
            app.push_screen(HandOverScreen(desk, desk.caseload.find(done.meeting_id)))

    app.push_screen(ReceiveForm(desk, then))
