"""Ringing round for a meeting: who can be reached now, one key for what came of each attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.calling import ToRing, call_word
from panelkit.domain.vocabulary import AgencyType, CallOutcome
from panelkit.opened.sharing import Shareable
from panelkit.opened.showing import hidden
from panelkit.services.clock import room_time
from panelkit.services.emergency import Emergency, outcome_words
from panelkit.tui.following import Following
from panelkit.tui.screens.emergency.callnote import CallNote
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from panelkit.tui.screens.meeting import MeetingScreen

LETTERS: Final = {
    "t": CallOutcome.TRIED,
    "r": CallOutcome.REACHED,
    "c": CallOutcome.COMING,
    "x": CallOutcome.NOT_COMING,
    "n": CallOutcome.NOT_REACHED,
}
"""One key for what came of an attempt."""

HELP: Final = (
    "t tried   r reached   c coming   x not coming   n not reached   + another\n"
    "Enter what was said   Delete takes the last line back   Esc to the meeting"
)
WIDTHS: Final = (18, 5, 30, 22, 30)
NARROW: Final = (17, 4, 30, 18)
"""Below a hundred columns whom to ring stands under the organisation."""
ANOTHER: Final = "another"


class CallsScreen(Following, Shareable, ModalScreen[None]):
    """Everybody to be rung, the needed ones first; each key adds a line with the time and who rang."""

    DEFAULT_CSS = """
    CallsScreen { align: center middle; background: $background 40%; }
    CallsScreen > Vertical { width: 94%; max-width: 130; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    CallsScreen .head { text-style: bold; height: auto; }
    CallsScreen .foot { color: $text-muted; height: auto; }
    CallsScreen VerticalScroll { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
    ]

    def __init__(self, owner: MeetingScreen) -> None:
        """``owner`` is the meeting's screen."""
        super().__init__()
        self.owner = owner
        self.session = owner.session
        self.emergency: Emergency = owner.desk.emergency
        self.added: dict[str, AgencyType] = {}
        """Organisations put on the list here, that nobody has rung yet."""

    def compose(self) -> ComposeResult:
        """How far it is, the list, the keys."""
        with Vertical():
            yield Static(Content(""), classes="head")
            with VerticalScroll(can_focus=False):
                yield RowList([], self._widths, letters=f"{''.join(LETTERS)}+")
            yield Static(as_typed(HELP), classes="foot")

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.follow()
        self.query_one(RowList).focus()

    def on_resize(self) -> None:
        """The rows give way, so that the keys are always read."""
        rows = self.query_one(RowList)
        rows.styles.max_height = max(3, int(self.app.size.height * 0.92) - 6)
        rows.use_widths(self._widths)
        self.follow()

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < 100

    @property
    def _widths(self) -> tuple[int, ...]:
        return NARROW if self._is_narrow else WIDTHS

    def rows_to_ring(self) -> tuple[ToRing, ...]:
        """Those of the meeting, and those put on the list here."""
        found = self.emergency.to_ring(self.session.meeting)
        there = {row.organisation for row in found}
        ring = dict(self.owner.desk.area.ring)
        return found + tuple(
            ToRing(name, agency, "", ring.get(name, ""), needed=False, last=None)
            for name, agency in self.added.items()
            if name not in there
        )

    def follow(self) -> None:
        """The list as it is now."""
        if not self.query(RowList):
            return
        rows = self.rows_to_ring()
        meeting = self.session.meeting
        needed = [row for row in rows if row.needed]
        here = [r for r in needed if r.last is not None and r.last.outcome is CallOutcome.COMING]
        self.query_one(".head", Static).update(
            as_typed(
                f"RING ROUND  {meeting.ref}   {outcome_words(rows)}   "
                f"needed: {len(here)} of {len(needed)} coming"
            )
        )
        self.query_one(RowList).follow([self._row(row) for row in rows])

    def _row(self, row: ToRing) -> Row:
        said = call_word(self.session.meeting, row.organisation) if row.last else ""
        many = sum(
            c.organisation.casefold() == row.organisation.casefold()
            for c in self.session.meeting.live(e.Call)
        )
        word = said or "not rung"
        if many > 1:
            word = f"{word} ({many})"
        name = row.organisation or f"{row.agency.label}: which? Enter"
        person = (row.last.person if row.last else "") or row.person
        whom = hidden(row.ring)
        cells: tuple[str, ...] = (word, str(row.agency), name, person)
        under = ""
        if self._is_narrow:
            under = whom
        else:
            cells += (whom or ("needed" if row.needed else ""),)
        return Row(row.key, cells, strong=row.needed and not self._is_coming(row), under=under)

    def _is_coming(self, row: ToRing) -> bool:
        return row.last is not None and row.last.outcome is CallOutcome.COMING

    def _current(self) -> ToRing | None:
        key = self.query_one(RowList).current
        return next((row for row in self.rows_to_ring() if row.key == key), None)

    # -- keys ----------------------------------------------------------------------------

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "+":
            self._choose(self.owner.desk.area.organisations, "Ring which organisation?", None)
            return
        row = self._current()
        if row is None:
            return
        outcome = LETTERS[event.letter]
        if not row.organisation:
            self._which(row, outcome)
            return
        self._ring(row.organisation, row.agency, outcome, row.person)

    def _ring(
        self, organisation: str, agency: AgencyType, outcome: CallOutcome, person: str = ""
    ) -> None:
        refused = self.session.do(
            lambda m: self.emergency.ring(m, organisation, agency, outcome, person=person)
        )
        if refused:
            notify_typed(self.app, refused, "warning")
        self.follow()

    def _which(self, row: ToRing, outcome: CallOutcome | None) -> None:
        known = tuple((name, row.agency) for name in row.choices)
        self._choose(known, f"{row.agency.label}: which organisation?", outcome, row.agency)

    def _choose(
        self, known: tuple[tuple[str, AgencyType], ...], title: str, outcome: CallOutcome | None,
        agency: AgencyType | None = None,
    ) -> None:  # fmt: skip
        rows = [Row(str(n), (str(kind), name)) for n, (name, kind) in enumerate(known)]
        rows.append(Row(ANOTHER, (str(agency or ""), "another, typed in")))

        def chosen(result: tuple[str, str] | None) -> None:
            if not result or not result[0]:
                return
            if result[0] == ANOTHER:
                self._type_in(outcome, agency)
                return
            name, kind = known[int(result[0])]
            self._take(name, kind, outcome)

        foot = "type any of it; Enter takes it; Esc back"
        self.app.push_screen(Listing(title, rows, (6, 60), foot=foot, shared=True), chosen)

    def _type_in(self, outcome: CallOutcome | None, agency: AgencyType | None) -> None:
        """An organisation that the area file does not name; its agency code comes first."""

        def read(text: str) -> tuple[AgencyType | None, str]:
            if agency is not None:
                return agency, text.strip()
            code, _, name = text.strip().partition(" ")
            kind = next((a for a in AgencyType if str(a) == code.upper()), None)
            return kind, name.strip()

        def understood(text: str) -> str:
            kind, name = read(text)
            if kind is None or not kind.takes_part:
                return "Begin with the agency's code: NHST, EDU, RSL and so on."
            return f"{kind.label}: {name or 'which organisation?'}"

        def taken(text: str | None) -> None:
            kind, name = read(text or "")
            if kind is not None and kind.takes_part and name:
                self._take(name, kind, outcome)

        hint = "Its name." if agency else "The agency's code, then its name: NHST Invented trust."
        self.app.push_screen(OneLine("Which organisation?", understood, hint=hint), taken)

    def _take(self, name: str, agency: AgencyType, outcome: CallOutcome | None) -> None:
        """It is rung where a key said so, else it is on the list to be rung."""
        if outcome is not None:
            self._ring(name, agency, outcome)
        else:
            self.added[name] = agency
            self.follow()
        self.query_one(RowList).show_current(name)

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        """Who was asked for and what was said; an agency asks which organisation first."""
        event.stop()
        row = self._current()
        if row is None:
            return
        if not row.organisation:
            self._which(row, None)
        elif row.last is None:
            notify_typed(
                self.app, "Nobody was rung there yet: t, r, c, x or n says what came of it.",
                is_open=True,
            )  # fmt: skip
        else:
            self.app.push_screen(CallNote(self.session, self.emergency, row.organisation))

    def on_key(self, event: events.Key) -> None:
        """Delete takes the last line of the organisation under the cursor back, with a reason."""
        row = self._current()
        if event.key != "delete" or row is None or row.last is None:
            return
        event.stop()
        last = row.last
        at = f" of {room_time(last.at):%H:%M}" if last.at else ""

        def taken(why: str | None) -> None:
            if why:
                refused = self.session.do(lambda m: self.emergency.take_back(m, last.id, why))
                if refused:
                    notify_typed(self.app, refused, "warning")
                self.follow()

        self.app.push_screen(
            OneLine(
                f"Take the line{at} of {row.organisation} back: why?",
                lambda text: f"Enter takes it back; it stays in sight: {text}",
                hint="A reason is needed.",
            ),
            taken,
        )

    def action_leave(self) -> None:
        """Back to the meeting."""
        self.dismiss(None)
