"""An emergency panel called from the home screen: a case, a cause, a sentence, and A1 is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from panelkit.domain.dates import SaidDate, read_date
from panelkit.domain.emergency import Called, called_words, matching, read_when
from panelkit.domain.errors import BadInput, PanelkitError, Refused
from panelkit.domain.fields import Field, FieldKind, long_date
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import (
    AgeGroup,
    Category,
    CustodyStatus,
    EmergencyCause,
    Level,
    Term,
)
from panelkit.services.desk import Desk
from panelkit.services.emergency import Somebody, Standing, Would
from panelkit.tui.screens.newmeeting import HeldLevel, ShortForm
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line

LONGEST_LIST = 6
"""References that are named where several fit."""


@dataclass(slots=True)
class Kept:
    """What was typed into the form and not taken: it is there again the next time."""

    lines: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)


class EmergencyForm(ShortForm):
    """Which case, why, who called it, when. Returns the meeting's reference; blank on Esc.

    | Key | Does |
    |---|---|
    | Enter | the next question (after child or adult: the cause); on the last, calls the panel; where a meeting runs, opens it |
    | Tab | every question in turn |
    | Ctrl+S | calls the panel from any question |
    | Esc | back; what was typed is there again the next time |
    """

    needs = Act.PLAN
    heading = "Emergency panel   (Enter goes on, Ctrl+S calls it, Esc goes back)"
    last_line = "called_at"
    DEFAULT_CSS = """
    EmergencyForm > Vertical { width: 92%; max-width: 110; height: auto; background: $panel; border: solid $primary; padding: 0 1; }
    EmergencyForm VerticalScroll { height: auto; }
    EmergencyForm Horizontal { height: auto; margin-bottom: 1; }
    EmergencyForm Horizontal > Static { width: 22; color: $text-muted; }
    EmergencyForm Horizontal > Line { width: 1fr; margin-bottom: 0; }
    EmergencyForm Horizontal > Choice { width: 1fr; margin-bottom: 0; }
    EmergencyForm #somebody { height: auto; display: none; }
    EmergencyForm #somebody.-shown { display: block; }
    EmergencyForm #call { height: auto; }
    EmergencyForm #call.-hidden { display: none; }
    EmergencyForm #found { margin-bottom: 1; }
    """

    def __init__(self, desk: Desk, *, case: str = "", kept: Kept | None = None) -> None:
        """``case`` is the one that is offered; ``kept`` what was typed before, and not taken."""
        super().__init__(desk)
        self.kept = kept or Kept()
        self.offered_case = self.kept.lines.get("case", "") or case
        self.refs = desk.emergency.references()
        self.standing: Standing | None = None
        """What there is of the case that the line means; None while it means none, or several."""
        self.case = ""
        self._level_was_picked = "level" in self.kept.choices
        self.doubted = ""
        """The reference of somebody with the same name, once that was said."""

    def compose(self) -> ComposeResult:
        """Title and questions; under them, always in sight, what they mean and what is wrong."""
        with Vertical():
            yield Static(as_typed(self.heading), classes="title")
            with VerticalScroll(can_focus=False):
                yield from self.questions()
            yield Static(Content(""), classes="asks")
            yield Static(Content(""), classes="problem")

    # -- questions -----------------------------------------------------------------------

    def questions(self) -> ComposeResult:
        """The case, who it is about where it is new, and the call."""
        kept = self.kept.lines
        yield from self.ask_line("case", "Part of its reference", self.offered_case)
        yield Static(Content(""), id="found")
        with Vertical(id="somebody"):
            yield from self.ask_line("name", "Name", kept.get("name", ""))
            yield from self.ask_choice("age", "Child or adult", AgeGroup, then="cause")
            yield from self.ask_line("born", "Date of birth", kept.get("born", ""))
            yield from self.ask_line(
                "ref", "Reference", kept.get("ref", self.desk.emergency.next_ref())
            )
            yield from self.ask_choice(
                "category", "Category", _categories(), str(Category.UNCONFIRMED)
            )
            yield from self.ask_choice("where", "Where now", CustodyStatus)
        with Vertical(id="call"):
            yield from self.ask_choice("cause", "Cause", self.desk.area.emergency_causes)
            yield from self.ask_line("reason", "What happened", kept.get("reason", ""))
            yield from self.ask_line("called_by", "Called by", kept.get("called_by", self.desk.who))
            yield from self.ask_line("called_at", "Called at", kept.get("called_at", "now"))
            yield from self.ask_choice("level", "Held at", HeldLevel)
            yield from self.ask_line("held", "Held on", kept.get("held", self.offered))

    def ask_line(self, name: str, label: str, start: str = "") -> ComposeResult:
        """A label and a line beside it."""
        with Horizontal():
            yield Static(as_typed(label))
            yield Line(start, id=name)

    def ask_choice(
        self, name: str, label: str, term: Iterable[Term], start: str = "", then: str = ""
    ) -> ComposeResult:
        """A label and a choice beside it; ``then`` is the question that Enter goes on to."""
        start = self.kept.choices.get(name, start)
        with Horizontal():
            yield Static(as_typed(label))
            choice = Choice(term, (start,) if start else ())
            choice.id, choice.then = name, then
            yield choice

    def on_mount(self) -> None:
        """The case first, also where one is offered: what is typed takes its place, Enter takes it."""
        self.look()
        self.first("case")

    def on_resize(self) -> None:
        """The questions give way, so that what is wrong is always read."""
        self.query_one(VerticalScroll).styles.max_height = max(
            5, int(self.app.size.height * 0.9) - 8
        )

    # -- what the answers mean -----------------------------------------------------------

    def follow(self) -> None:
        """The case may be another one; then what the answers mean."""
        if self.query("#found"):
            self.look()
        super().follow()

    def look(self) -> None:
        """Which case the line means, what a call would do, and what should be known first."""
        part = self.line("case")
        fitting = matching(self.refs, part)
        self.case, self.standing = "", None
        if len(fitting) == 1:
            self.case = fitting[0]
            self.standing = self._standing(self.case)
            said = [f"{self.case}: {self.standing.words}", *self.standing.notices]
        elif fitting:
            more = f" and {len(fitting) - LONGEST_LIST} more" if len(fitting) > LONGEST_LIST else ""
            said = [
                f"{len(fitting)} cases: {', '.join(fitting[:LONGEST_LIST])}{more}. Type more of it."
            ]
        elif part:
            self.standing = self._standing("")
            said = [
                "No case here has that in its reference: somebody who is not in the record yet.",
                "After child or adult Enter goes on to the cause; Tab to what more is known.",
            ]
        else:
            said = ["Type a part of the reference; for somebody not in the record, type new."]
        new = self.standing is not None and self.standing.would is Would.BEGIN
        opens = self.standing is not None and self.standing.would is Would.OPEN
        if opens:
            said.append("Enter opens it.")
        self.query_one("#somebody").set_class(new, "-shown")
        self.query_one("#call").set_class(opens, "-hidden")
        self.query_one("#found", Static).update(as_typed("\n".join(said)))
        self._offer_level()

    def _standing(self, ref: str) -> Standing:
        picked = self.picked("level") if self.query("#level") else ""
        day = self.held_on().day or self.desk.caseload.today()
        level = Level(picked) if picked and self._level_was_picked else None
        return self.desk.emergency.standing(ref, level, day)

    def _offer_level(self) -> None:
        choice = self.query_one("#level", Choice)
        if self.standing is not None and not self._level_was_picked:
            choice.load((str(self.standing.level),))

    @on(Choice.Picked)
    def _level(self, event: Choice.Picked) -> None:
        if event.choice.id == "level":
            self._level_was_picked = True

    @on(Line.Submitted)
    def _entered(self, event: Line.Submitted) -> None:
        """Enter on the case of a meeting that runs opens it."""
        opens = self.standing is not None and self.standing.would is Would.OPEN
        if event.editor.id == "case" and opens:
            event.stop()
            event.prevent_default()
            self.action_make()

    def held_on(self) -> SaidDate:
        """The day the meeting is held."""
        words = self.line("held") if self.query("#held") else "today"
        return read_date(words, self.desk.caseload.today(), self.desk.area.calendar)

    def born(self) -> date | None:
        """The date of birth; None where blank. Raises BadInput for what is no date."""
        born = Field(label="Date of birth", kind=FieldKind.DATE).parse(self.line("born"))
        return born if isinstance(born, date) else None

    def meaning(self) -> str:
        """When it was called and is held, so that a slip is seen before it is taken."""
        try:
            at = read_when(self.line("called_at"), self.desk.clock())
        except BadInput as wrong:
            return wrong.message
        held = self.held_on()
        when = f"{held.day:%A} {long_date(held.day)}" if held.day else held.problem
        if self.standing is not None and self.standing.would is Would.OPEN:
            return ""
        return f"called {called_words(at)}; held on {when}"

    # -- taking it -----------------------------------------------------------------------

    def make(self) -> str:
        """The meeting called, or the one that is there."""
        if self.standing is None:
            msg = "Part of its reference: it means no case, or several."
            raise BadInput(msg, remedy="Type more of it; for somebody not in the record, type new.")
        if self.standing.would is Would.OPEN:
            return self.standing.ref
        held = self.held_on()
        if held.day is None:
            raise BadInput(f"Held on: {held.problem}")
        if not self.picked("cause"):
            raise BadInput("Cause: none is picked.", remedy="A number picks one.")
        called = Called(
            cause=EmergencyCause(self.picked("cause")), reason=self.line("reason"),
            called_by=self.line("called_by"),
            called_at=read_when(self.line("called_at"), self.desk.clock()),
            level=Level(self.picked("level") or "2"), held_on=held.day,
        )  # fmt: skip
        new = self.standing.would is Would.BEGIN
        somebody = self._somebody() if new else None
        ref = self.line("ref") if new else self.case
        again = bool(somebody) and self.doubted == f"{ref} {self.line('name')}"
        try:
            made = self.desk.emergency.call(ref, called, somebody, although_known=again)
        except Refused as known:
            if somebody and known.message.startswith("Name of the individual"):
                self.doubted = f"{ref} {self.line('name')}"
                raise Refused(known.message, remedy="Ctrl+S again: it is somebody else. Else type that reference above.") from None  # fmt: skip
            raise
        self.kept.lines.clear()
        self.kept.choices.clear()
        return made.ref

    def _somebody(self) -> Somebody:
        age, where = self.picked("age"), self.picked("where")
        return Somebody(
            name=self.line("name"), born=self.born(), age=AgeGroup(age) if age else None,
            category=Category(self.picked("category") or Category.UNCONFIRMED),
            where=CustodyStatus(where) if where else None, fiction=self.desk.demo,
        )  # fmt: skip

    def action_make(self) -> None:
        """Call it, or say what is wrong and go to the place."""
        try:
            self.dismiss(self.make())
        except PanelkitError as refused:
            self.say(refused.sentence)
            place = PLACES.get(refused.message.partition(":")[0], "")
            if place and self.query(f"#{place}"):
                self.first(place)

    def action_leave(self) -> None:
        """Back; what was typed is there again the next time."""
        self.kept.lines = {line.id or "": line.value for line in self.query(Line)}
        self.kept.choices = {
            choice.id or "": choice.picked[0]
            for choice in self.query(Choice)
            if choice.picked and (choice.id != "level" or self._level_was_picked)
        }
        self.dismiss("")


PLACES = {
    "Part of its reference": "case", "Cause": "cause", "What happened": "reason",
    "Called by": "called_by", "Called at": "called_at", "Held on": "held",
    "Name of the individual": "name", "Child or adult": "age", "Date of birth": "born",
}  # fmt: skip
"""What a refusal names, and the question it is about."""


def _categories() -> tuple[Category, ...]:
    return (Category.UNCONFIRMED, *Category.known())
