"""A case with its first meeting, or the next meeting of a case: a few fields, then the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.case import Case
from panelkit.domain.dates import SaidDate, read_date
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.fields import Field, FieldKind, long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.starting import changed_by, next_level
from panelkit.domain.vocabulary import (
    Category,
    CustodyStatus,
    Level,
    MeetingKind,
    MeetingState,
    Term,
)
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line


class HeldLevel(Term):
    """Levels at which a meeting is held."""

    TWO = "2", "Level 2"
    THREE = "3", "Level 3"


class NextKind(Term):
    """Kinds of meeting that start from the last one."""

    REVIEW = "review", "review"
    EMERGENCY = "emergency", "emergency"


class FirstKind(Term):
    """Kinds of meeting that start a record."""

    INITIAL = "initial", "initial"
    EMERGENCY = "emergency", "emergency"


class ShortForm(ModalScreen[str]):
    """A few questions; Ctrl+S or Enter on the last makes it. Returns the reference made."""

    DEFAULT_CSS = """
    ShortForm { align: center middle; background: $background 40%; }
    ShortForm > VerticalScroll { width: 92%; max-width: 96; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    ShortForm Static { height: auto; }
    ShortForm .title { text-style: bold; margin-bottom: 1; }
    ShortForm Line { height: 1; margin-bottom: 1; }
    ShortForm Choice { margin-bottom: 1; }
    ShortForm .asks { color: $text-muted; }
    ShortForm .problem { color: $text-error; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "make", "Make", priority=True),
    ]

    heading: str = ""
    last_line: str = "held"

    def __init__(self, desk: Desk, *, held_on: date | None = None) -> None:
        """``desk`` makes it; ``held_on`` is the day offered, else today."""
        super().__init__()
        self.desk = desk
        self.offered = long_date(held_on) if held_on else "today"

    def compose(self) -> ComposeResult:
        """Title, questions, what is wrong."""
        with VerticalScroll(can_focus=False):
            yield Static(as_typed(self.heading), classes="title")
            yield from self.questions()
            yield Static(Content(""), classes="asks")
            yield Static(Content(""), classes="problem")

    def questions(self) -> ComposeResult:
        """The widgets of the form."""
        yield from ()

    def ask_line(self, name: str, label: str, start: str = "") -> ComposeResult:
        """A label and a line."""
        yield Static(as_typed(label))
        yield Line(start, id=name)

    def ask_choice(
        self, name: str, label: str, term: Iterable[Term], start: str = ""
    ) -> ComposeResult:
        """A label and a choice among the members of ``term``."""
        yield Static(as_typed(label))
        choice = Choice(term, (start,) if start else ())
        choice.id = name
        yield choice

    def first(self, name: str) -> None:
        """Put the cursor on a question."""
        self.query_one(f"#{name}").focus()

    def line(self, name: str) -> str:
        """What stands in a line."""
        return self.query_one(f"#{name}", Line).value.strip()

    def picked(self, name: str) -> str:
        """What is picked; blank for nothing."""
        return next(iter(self.query_one(f"#{name}", Choice).picked), "")

    def held_on(self) -> SaidDate:
        """The day the meeting is held."""
        return read_date(self.line("held"), self.desk.caseload.today(), self.desk.area.calendar)

    def say(self, words: str) -> None:
        """Under the questions."""
        self.query_one(".problem", Static).update(as_typed(words))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What is offered in a line is marked, so that typing replaces it."""
        if isinstance(event.widget, Line):
            event.widget.select_all()

    @on(Line.Edited)
    def _edited(self, event: Line.Edited) -> None:
        event.stop()
        if event.editor.id == "held":
            said = self.held_on()
            self.say(f"held on {said.day:%A} {long_date(said.day)}" if said.day else said.problem)
        self.follow()

    @on(Choice.Picked)
    def _picked(self, event: Choice.Picked) -> None:
        event.stop()
        self.follow()

    def follow(self) -> None:
        """Say under the questions what the answers so far mean."""
        self.query_one(".asks", Static).update(as_typed(self.meaning()))

    def meaning(self) -> str:
        """Subclasses say it; blank for nothing."""
        return ""

    @on(Line.Submitted)
    def _submitted(self, event: Line.Submitted) -> None:
        event.stop()
        if event.editor.id == self.last_line:
            self.action_make()
        else:
            self.focus_next()

    def action_make(self) -> None:
        """Make it, or say what is wrong."""
        try:
            self.dismiss(self.make())
        except PanelkitError as refused:
            self.say(refused.sentence)

    def make(self) -> str:
        """Subclasses make it and return its reference."""
        return ""

    def action_leave(self) -> None:
        """Back; nothing was made."""
        self.dismiss("")


class NewCase(ShortForm):
    """A case and its first meeting."""

    needs = Act.PLAN
    heading = "New case and its first meeting   (Ctrl+S makes it, Esc goes back)"

    def questions(self) -> ComposeResult:
        """Who, which category, which meeting."""
        yield from self.ask_line("ref", "Local reference, such as WM-0143")
        yield from self.ask_line("name", "Name of the individual")
        yield from self.ask_line("born", "Date of birth, such as 4 March 1985 (blank if not known)")
        yield from self.ask_choice("category", "Category", Category.known())
        yield from self.ask_choice("where", "Where the individual is now", CustodyStatus)
        yield from self.ask_choice("level", "Held at", HeldLevel, "2")
        yield from self.ask_choice("kind", "Kind of meeting", FirstKind, "initial")
        yield from self.ask_line("held", "Held on", self.offered)

    def on_mount(self) -> None:
        """The first question."""
        self.first("ref")

    def born(self) -> date | None:
        """The date of birth; None where blank. Raises BadInput for what is no date."""
        born = Field(label="Date of birth", kind=FieldKind.DATE).parse(self.line("born"))
        return born if isinstance(born, date) else None

    def meaning(self) -> str:
        """What the age, the place and the category change: who is needed, what is asked."""
        try:
            case = self._case()
        except BadInput:
            return ""
        held = self.held_on().day or self.desk.caseload.today()
        return "\n".join(changed_by(case, self._where(), held, self.desk.area))

    def _case(self) -> Case:
        category = Category(self.picked("category") or "1")
        return Case(
            id=new_id(), ref=self.line("ref"), category=category, name=self.line("name"),
            born=self.born(), fiction=self.desk.demo,
        )  # fmt: skip

    def _where(self) -> CustodyStatus | None:
        return CustodyStatus(self.picked("where")) if self.picked("where") else None

    def make(self) -> str:
        """The case, then its meeting; neither without the other being possible."""
        if not self.line("ref") or not self.picked("category"):
            msg = "A reference and a category are needed."
            raise BadInput(msg)
        held = self.held_on()
        if held.day is None:
            raise BadInput(held.problem)
        meeting = self.desk.caseload.open_case(
            self._case(), level=Level(self.picked("level") or "2"),
            kind=MeetingKind(self.picked("kind") or "initial"), held_on=held.day, where=self._where(),
        )  # fmt: skip
        return meeting.ref


class NewMeeting(ShortForm):
    """The next meeting of a case."""

    heading = "Review or emergency panel, from the last meeting   (Ctrl+S makes it, Esc goes back)"

    def __init__(self, desk: Desk, *, case: str = "", held_on: date | None = None) -> None:
        """``case`` is the one that is asked for."""
        super().__init__(desk, held_on=held_on)
        self.cases = desk.caseload.first_cases()
        self.case = case
        last = self._last(case)
        self.level = "2"
        if last is not None:
            said = last.chosen("A18", "next_level", Level)
            self.level = "2" if said is Level.ONE else str(next_level(last))
            due = last.day("A18", "next_review_date")
            if held_on is None and due and due >= desk.caseload.today():
                self.offered = long_date(due)

    def _last(self, case: str) -> Meeting | None:
        return self.desk.caseload.latest(case) if case else None

    def questions(self) -> ComposeResult:
        """Which case, which meeting."""
        label = f"Case reference   ({', '.join(self.cases[:8])})"
        yield from self.ask_line("case", label, self.case)
        yield from self.ask_choice("kind", "Kind of meeting", NextKind, "review")
        yield from self.ask_choice("level", "Held at", HeldLevel, self.level)
        yield from self.ask_line("held", "Held on", self.offered)

    def on_mount(self) -> None:
        """The first question that is not answered."""
        self.first("kind" if self.case else "case")
        self.follow()

    def meaning(self) -> str:
        """The meeting it starts from, and what stands in the way."""
        last = self._last(self.line("case"))
        if last is None:
            return ""
        due = last.day("A18", "next_review_date")
        if self.desk.putting_off.is_cancelled(last.ref):
            return f"{last.ref}, {last.title}, is cancelled: a review gives it this day and level"
        if last.state is MeetingState.PLANNED:
            stands = self.desk.caseload.standing(last)
            if stands == "cancelled":
                return (
                    f"{last.ref}, {last.title}, is cancelled: it is planned again for this day, or "
                    "an emergency panel takes its place"
                )
            return (
                f"{last.ref}, {last.title}, is planned for {long_date(last.held_on)}: an emergency "
                "panel takes its place, and that day is kept among the key dates"
            )
        review = f"; next review recorded for {long_date(due)}" if due else ""
        return f"last meeting {last.ref}, {last.title}, {last.state.label}{review}"

    def make(self) -> str:
        """The meeting, carried from the last one."""
        held = self.held_on()
        if held.day is None:
            raise BadInput(held.problem)
        meeting = self.desk.caseload.open_next(
            self.line("case"), level=Level(self.picked("level") or "2"),
            kind=MeetingKind(self.picked("kind") or "review"), held_on=held.day,
        )  # fmt: skip
        return meeting.ref
