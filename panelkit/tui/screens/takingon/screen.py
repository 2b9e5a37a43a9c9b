"""Minutes made elsewhere, line by line: confirmed, corrected or left out, then stored together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.errors import PanelkitError
from panelkit.domain.people import Act
from panelkit.domain.taking_on import FACTS, SHOWN, Choice, Group, HalfRead, ReadLine
from panelkit.services.desk import Desk
from panelkit.tui.screens.takingon.lineform import LineForm
from panelkit.tui.screens.takingon.wording import detail_content, row_of
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = (
    "Enter confirms   e corrects   x leaves out   s confirms all that are sure in this group   u undoes   "
    "a adds an action   p a person   Ctrl+S stores   t throws away   Esc back, kept"
)
WIDE: Final = 110
"""From this many cells across the words have more room."""
_NOT_READ: Final = "unread:"


class TakingOnScreen(ModalScreen[str]):
    """Every line with how sure it is. Returns the reference of the meeting that was stored; "" where
    it was left, which keeps what was decided.

    | Key | Does |
    |---|---|
    | Enter, y | confirms the line, and goes to the next that is open |
    | e | corrects it |
    | x | leaves it out |
    | s | confirms all of its group that are sure, and never a guess |
    | u | opens it again |
    | a, p | an action, a person that was not read |
    | Ctrl+S | stores what is confirmed |
    | t | throws all of it away, after a second t |
    """

    needs = Act.PLAN
    DEFAULT_CSS = """
    TakingOnScreen { align: center middle; background: $background 40%; }
    TakingOnScreen > Vertical { width: 100%; height: 100%; background: $panel; padding: 0 1; }
    TakingOnScreen Static { height: auto; }
    TakingOnScreen .title { text-style: bold; }
    TakingOnScreen .standing { color: $text-warning; max-height: 4; }
    TakingOnScreen .said { text-style: bold; }
    TakingOnScreen .foot { color: $text-muted; }
    TakingOnScreen RowList { height: 1fr; max-height: 100%; }
    TakingOnScreen VerticalScroll { height: 6; border-top: solid $primary; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "store", "Store", priority=True),
    ]

    def __init__(self, desk: Desk, half: HalfRead) -> None:
        """``half`` is as far as it was gone through."""
        super().__init__()
        self.desk = desk
        self.verbs = desk.taking_on
        self.half = half
        self.marks: Mapping[str, tuple[str, ...]] = MappingProxyType({})
        self._asked_to_throw = False
        self._facts: tuple[str, ...] | None = None

    def compose(self) -> ComposeResult:
        """Which document, what there is of the case, the lines, the words as they stand, the keys."""
        with Vertical():
            yield Static(Content(""), classes="title")
            yield Static(Content(""), classes="standing")
            yield RowList((), self._widths(), letters="yexsuapt")
            with VerticalScroll(can_focus=False):
                yield Static(Content(""), classes="detail")
            yield Static(Content(""), classes="said")
            yield Static(as_typed(KEYS), classes="foot")

    def on_mount(self) -> None:
        """The first line that is open is under the cursor."""
        self.follow()
        rows = self.query_one(RowList)
        rows.focus()
        self._to_next()

    def on_resize(self) -> None:
        """Columns for the width there is."""
        self.query_one(RowList).use_widths(self._widths())
        self.follow()

    def _widths(self) -> tuple[int, ...]:
        wide = self.app.size.width >= WIDE
        return (13, 20 if wide else 12, 60 if wide else 26, 30 if wide else 18)

    # -- showing ---------------------------------------------------------------------------

    def follow(self) -> None:
        """The lines as they are now."""
        half = self.half
        self.marks = half.marks
        left = len(half.undecided)
        state = f"{left} of {len(half.lines)} lines to be confirmed" if left else "every line is decided: Ctrl+S stores"  # fmt: skip
        self.query_one(".title", Static).update(as_typed(f"{half.file}   {state}"))
        self._show_standing()
        self.query_one(RowList).follow(self._rows())
        self._show()

    def _show_standing(self) -> None:
        """What there is of the case: asked of the record where a fact of it is another."""
        facts = tuple(self.half.fact(key) for key in FACTS)
        if facts == self._facts:
            return
        try:
            standing = self.verbs.standing(self.half)
        except PanelkitError as failed:
            standing = (failed.sentence,)
        else:
            self._facts = facts
        self.query_one(".standing", Static).update(as_typed("\n".join(standing)))

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        for group in Group:
            mine = self.half.of(group)
            if not mine:
                continue
            left = sum(line.choice is Choice.OPEN for line in mine)
            open_words = f"{left} of {len(mine)} open" if left else f"{len(mine)}, all decided"
            rows.append(Row(f"h:{group}", (f"{group.label.upper()}   {open_words}",), heading=True))
            rows += [row_of(line, self.marks.get(line.id, ())) for line in mine]
        if self.half.not_read:
            rows.append(Row("h:unread", ("NOT READ, OR NOT PLACED   a types it as an action, p as a person",), heading=True))  # fmt: skip
        for number, each in enumerate(self.half.not_read):
            cells = ("–", each.what, " ".join((each.words or each.why).split()), each.where)
            rows.append(Row(f"{_NOT_READ}{number}", cells))
        return rows

    def _current(self) -> ReadLine | None:
        here = self.query_one(RowList).current
        return next((line for line in self.half.lines if line.id == here), None)

    def _unread(self) -> str:
        """The words of what was not read, under the cursor; blank elsewhere."""
        here = self.query_one(RowList).current
        if not here.startswith(_NOT_READ):
            return ""
        return self.half.not_read[int(here.removeprefix(_NOT_READ))].words

    @on(RowList.OptionHighlighted)
    def _moved(self, event: RowList.OptionHighlighted) -> None:
        event.stop()
        self._show()

    def _show(self) -> None:
        line, here = self._current(), self.query_one(RowList).current
        if line is not None:
            words_content = detail_content(line, self.marks.get(line.id, ()))
        elif here.startswith(_NOT_READ):
            each = self.half.not_read[int(here.removeprefix(_NOT_READ))]
            words_content = as_typed(f"{each.why}\n{each.words}")
        else:
            words_content = Content("")
        self.query_one(".detail", Static).update(words_content)

    def say(self, words: str) -> None:
        """Under the lines, in place of what was said before."""
        self.query_one(".said", Static).update(as_typed(words))

    # -- deciding --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self._decide(Choice.CONFIRMED)

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        letter, line = event.letter, self._current()
        if letter != "t":
            self._asked_to_throw = False
        match letter:
            case "y":
                self._decide(Choice.CONFIRMED)
            case "x":
                self._decide(Choice.LEFT)
            case "u":
                self._decide(Choice.OPEN)
            case "e" if line is not None:
                self._correct(line)
            case "s" if line is not None:
                self._sure(line.group)
            case "a":
                self._add(e.Action, "text")
            case "p":
                self._add(e.Attendance, "name")
            case "t":
                self._throw_away()

    def _decide(self, choice: Choice) -> None:
        line = self._current()
        if line is None:
            self.say("a types it as an action, p as a person." if self._unread() else "")
            return
        try:
            self.half = self.verbs.choose(self.half, [line.id], choice)
        except PanelkitError as refused:
            self.say(refused.sentence)
            return
        self._went_on(after=line, stay=choice is Choice.OPEN)

    def _sure(self, group: Group) -> None:
        before = len(self.half.undecided)
        try:
            self.half = self.verbs.confirm_sure(self.half, group)
        except PanelkitError as refused:
            self.say(refused.sentence)
            return
        count = before - len(self.half.undecided)
        self._went_on()
        taken = f"{count} line{'' if count == 1 else 's'} confirmed" if count else "Nothing is open and sure"  # fmt: skip
        self.say(f"{taken} in {group.label}. Guesses are looked at one by one.")

    def _went_on(self, after: ReadLine | None = None, *, stay: bool = False) -> None:
        self.say("")
        self.follow()
        if not stay:
            self._to_next(after)

    def _to_next(self, after: ReadLine | None = None) -> None:
        """The cursor to the next open line, at or below where it is; else to the first."""
        left = [line.id for line in self.half.undecided]
        if not left:
            if after is not None or not self.half.lines:
                self.say("Every line is decided. Ctrl+S makes the case and its last meeting.")
            return
        order = [row.id for row in self.query_one(RowList).shown]
        here = order.index(after.id) if after is not None and after.id in order else 0
        below = [row for row in order[here:] if row in left]
        self.query_one(RowList).show_current((below or left)[0])

    def _correct(self, line: ReadLine) -> None:
        def keep(values: Mapping[str, str]) -> str:
            self.half = self.verbs.correct(self.half, line.id, values)
            return self.half.line(line.id).choice.label.capitalize()

        self._ask(LineForm(self.desk, f"Correct: {_name_of(line)}", line, keep), line)

    def _add(self, kind: type[e.Entry], key: str) -> None:
        def keep(values: Mapping[str, str]) -> str:
            self.half = self.verbs.add(self.half, kind, values)
            return f"{kind.title} added"

        blank = ReadLine(
            id=f"{kind.kind}.0", group=SHOWN[kind][0], what=kind.kind, own=True,
            values=MappingProxyType({key: self._unread()}),
        )  # fmt: skip
        self._ask(LineForm(self.desk, f"{kind.title} that was not read", blank, keep), None)

    def _ask(self, form: LineForm, line: ReadLine | None) -> None:
        def done(kept: str | None) -> None:
            if kept:
                self._went_on(after=line, stay=line is None)
                self.say(f"{kept}.")

        self.say("")
        self.app.push_screen(form, done)

    # -- the end ---------------------------------------------------------------------------

    def action_store(self) -> None:
        """The case and its last meeting, or what stands in the way with the cursor there."""
        if stops := self.verbs.stops(self.half):
            self.say(stops[0].words)
            self.query_one(RowList).show_current(stops[0].line)
            return
        try:
            meeting = self.verbs.take_on(self.half)
        except PanelkitError as refused:
            self.say(refused.sentence)
            return
        self.dismiss(meeting.ref)

    def _throw_away(self) -> None:
        if not self._asked_to_throw:
            self._asked_to_throw = True
            self.say("Everything decided here would be gone; the document is where it was. t again throws it away.")  # fmt: skip
            return
        try:
            self.verbs.throw_away(self.half)
        except PanelkitError as refused:
            self.say(refused.sentence)
            return
        self.dismiss("")

    def action_leave(self) -> None:
        """Back; every line stays as it was decided."""
        self.dismiss("")


def _name_of(line: ReadLine) -> str:
    if len(line.fields) == 1:
        return line.fields[0].label.lower()
    return next(kind.title for kind in SHOWN if kind.kind == line.what).lower()
