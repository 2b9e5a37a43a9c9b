"""What is owed after an emergency panel: until when, by which rule, and what shows that it came."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.fields import Field, FieldKind, long_date, short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.owing import Owed, settled_at
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import OwedWhat
from panelkit.services.desk import Desk
from panelkit.tui.screens.newmeeting import ShortForm
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

WIDTHS: Final = (8, 12, 27, 40)
"""Settled or not, until when, what, whose."""
HELP: Final = "Enter writes down that it came   Delete takes that back   Esc back"


class OwedAfterwards(ModalScreen[None]):
    """Everything owed after one emergency panel, settled or not. Not opened on a shared screen.

    | Key | Does |
    |---|---|
    | Enter | writes down that it came: from whom, on which day |
    | Delete | takes back that it came, with a reason |
    | Esc | back |
    """

    needs = Act.READ
    DEFAULT_CSS = """
    OwedAfterwards { align: center middle; background: $background 40%; }
    OwedAfterwards > Vertical { width: 94%; max-width: 130; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    OwedAfterwards .head { text-style: bold; height: auto; }
    OwedAfterwards .foot { color: $text-muted; height: auto; }
    OwedAfterwards VerticalScroll { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
    ]

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is an emergency panel."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.owed: tuple[Owed, ...] = ()

    def compose(self) -> ComposeResult:
        """How much, the list, the keys."""
        with Vertical():
            yield Static(Content(""), classes="head")
            with VerticalScroll(can_focus=False):
                yield RowList([], WIDTHS)
            yield Static(as_typed(HELP), classes="foot")

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.follow()
        self.query_one(RowList).focus()

    def on_resize(self) -> None:
        """The rows give way, so that the keys are always read."""
        self.query_one(RowList).styles.max_height = max(3, int(self.app.size.height * 0.92) - 5)

    def on_screen_resume(self) -> None:
        """Back from the form."""
        self.follow()

    def follow(self) -> None:
        """The list as the record has it now."""
        self.meeting = self.desk.caseload.find(self.meeting.id)
        self.owed = self.desk.emergency.owed(self.meeting)
        left = sum(not one.is_settled for one in self.owed)
        today = self.desk.caseload.today()
        late = sum(one.is_late(today) for one in self.owed)
        words = f"{left} of {len(self.owed)} owed, {late} late" if self.owed else "nothing is owed"
        self.query_one(".head", Static).update(
            as_typed(f"OWED AFTERWARDS  {self.meeting.ref}   {words}")
        )
        self.query_one(RowList).follow([self._row(n, one) for n, one in enumerate(self.owed)])

    def _row(self, number: int, one: Owed) -> Row:
        late = one.is_late(self.desk.caseload.today())
        state = "settled" if one.is_settled else "LATE" if late else "owed"
        by = f" by {one.settled_by}" if one.settled_by else ""
        on = f" on {long_date(one.settled_on)}" if one.settled_on else ""
        rule = f"{one.words}. {one.rule}: {one.source}"
        under = f"settled{by}{on}: {one.shown_by}" if one.is_settled else rule
        cells = (state, short_date(one.due), one.what.label, one.organisation)
        return Row(str(number), cells, strong=not one.is_settled, under=under)

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        one = self.owed[int(event.option.id or 0)]
        if one.is_settled:
            notify_typed(self.app, f"{one.what.label}: settled, {one.shown_by}.")
        elif where := settled_at(self.meeting, one.what):
            notify_typed(self.app, f"{one.what.label}: settled {where}, and by nothing else.")
        else:
            self.app.push_screen(SettleForm(self.desk, self.meeting, one))

    def on_key(self, event: events.Key) -> None:
        """Delete takes back that something came."""
        row = self.query_one(RowList).current
        if event.key != "delete" or not row:
            return
        event.stop()
        one = self.owed[int(row)]
        said = next(
            (
                s
                for s in self.meeting.live(e.Settled)
                if s.what is one.what and s.organisation.casefold() == one.organisation.casefold()
            ),
            None,
        )
        if said is None:
            return

        def taken(why: str | None) -> None:
            if not why:
                return
            try:
                self.desk.emergency.unsettle(self.meeting, said.id, why)
            except PanelkitError as refused:
                notify_typed(self.app, refused.sentence, "warning")
            self.follow()

        self.app.push_screen(
            OneLine(
                f"{one.what.label}: it did not come. Why was it written down?",
                lambda text: f"Enter takes it back; it is owed again: {text}",
                hint="A reason is needed.",
            ),
            taken,
        )

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


class SettleForm(ShortForm):
    """Something that was owed came: from whom, on which day. Returns the meeting's reference."""

    needs = Act.PLAN
    last_line = "note"

    def __init__(self, desk: Desk, meeting: Meeting, owed: Owed) -> None:
        """``owed`` is still owed after ``meeting``."""
        super().__init__(desk)
        self.meeting = meeting
        self.owed = owed
        self.heading = f"{owed.what.label}   (Ctrl+S keeps it, Esc goes back)"

    def questions(self) -> ComposeResult:
        """Who, when, and which category where that is what was owed."""
        yield from self.ask_line("by", "From whom", self.owed.organisation)
        yield from self.ask_line("on", "Came on", long_date(self.desk.caseload.today()))
        note = (
            "Which category, and on what basis" if self.owed.what is OwedWhat.CATEGORY else "Note"
        )
        yield from self.ask_line("note", note)

    def on_mount(self) -> None:
        """From whom."""
        self.first("by")

    def make(self) -> str:
        """It is written down. Raises BadInput and Refused, naming the place."""
        on = Field(label="Came on", kind=FieldKind.DATE).parse(self.line("on"))
        if not self.line("on"):
            raise BadInput("Came on: the day is missing.")
        made = self.desk.emergency.settle(
            self.meeting, self.owed.what, by_whom=self.line("by"), on=on,  # type: ignore[arg-type]
            organisation=self.owed.organisation, note=self.line("note"),
        )  # fmt: skip
        return made.ref
