"""What every form of figures and histories has: one question a line, what is wrong under it.

A form that is refused stays as it was typed, with the cursor where it has to be mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NoReturn

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import Field, FieldKind, long_date
from panelkit.domain.vocabulary import Term
from panelkit.services.desk import Desk
from panelkit.tui.screens.newmeeting import ShortForm
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.sight import take_keys
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line

KEYS = "Ctrl+S keeps it   Tab next   Esc goes back"


class FigureForm(ShortForm):
    """A few questions about figures. Returns what was kept, in a word; "" for nothing."""

    DEFAULT_CSS = """
    FigureForm .at { color: $text-error; display: none; }
    FigureForm .at.-shown { display: block; }
    FigureForm .facts { color: $text-muted; margin-bottom: 1; }
    FigureForm Line { margin-bottom: 0; }
    FigureForm Choice { margin-bottom: 0; }
    FigureForm > VerticalScroll { border-subtitle-color: $text; border-subtitle-background: $panel; }
    """

    AUTO_FOCUS = ""
    """The form says itself where the cursor begins: what Textual focuses it scrolls to the middle."""

    def __init__(self, desk: Desk, heading: str, facts: str = "") -> None:
        """``facts`` stand under the heading: what the form is about."""
        super().__init__(desk)
        self.heading = heading
        self.facts = facts
        self._begun: dict[str, str] = {}
        self._asked_to_leave = False

    def compose(self) -> ComposeResult:
        """Heading and facts, the questions, what is wrong with the whole; the keys are in the frame,
        where no scrolling takes them out of sight.
        """
        with VerticalScroll(can_focus=False) as frame:
            frame.border_subtitle = as_typed(KEYS)
            yield Static(as_typed(self.heading), classes="title")
            if self.facts:
                yield Static(as_typed(self.facts), classes="facts")
            yield from self.questions()
            yield Static(Content(""), classes="problem")

    def ask_line(self, name: str, label: str, start: str = "") -> ComposeResult:
        """A label, a line, and room for what is wrong with it."""
        self._begun[name] = start
        yield from super().ask_line(name, label, start)
        yield Static(Content(""), classes="at", id=f"at-{name}")

    def ask_choice(
        self, name: str, label: str, term: Iterable[Term], start: str = ""
    ) -> ComposeResult:
        """A label, a choice, and room for what is wrong with it."""
        self._begun[name] = start
        yield from super().ask_choice(name, label, term, start)
        yield Static(Content(""), classes="at", id=f"at-{name}")

    def first(self, name: str) -> None:
        """The cursor on a question, and no more of the form scrolled away than that needs."""
        take_keys(self.query_one(f"#{name}"))

    def follow(self) -> None:
        """Nothing is worked out while somebody types."""

    # -- reading -------------------------------------------------------------------------

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """What is refused inside is said under that question."""
        try:
            yield
        except PanelkitError as refused:
            self.wrong(name, said(refused))

    def wrong(self, name: str, problem: str) -> NoReturn:
        """Say under a question what is wrong with it, and keep nothing."""
        self._say_at(name, problem)
        raise _Told

    def day(self, name: str, label: str) -> date | None:
        """The day in a line; None where it is blank. What is no day, or is to come, is said there."""
        found: object = None
        with self.at(name):
            found = Field(label=label, kind=FieldKind.DATE).parse(self.line(name))
        if not isinstance(found, date):
            return None
        if found > self.desk.caseload.today():
            self.wrong(name, f"{label}: {long_date(found)} is still to come.")
        return found

    def needed_day(self, name: str, label: str) -> date:
        """The same, where it must be said."""
        found = self.day(name, label)
        if found is None:
            self.wrong(name, f"{label}: which day? Write it as 3 June 2022.")
        return found

    def needed(self, name: str, problem: str) -> str:
        """What stands in a line or is picked; ``problem`` is said under it where nothing does."""
        found = self.picked(name) if self.query(f"Choice#{name}") else self.line(name)
        if not found:
            self.wrong(name, problem)
        return found

    # -- saying --------------------------------------------------------------------------

    def _say_at(self, name: str, words: str) -> None:
        under = self.query_one(f"#at-{name}", Static)
        under.update(as_typed(words))
        under.set_class(bool(words), "-shown")
        self.first(name)
        self.call_after_refresh(under.scroll_visible, animate=False)

    def _clear(self) -> None:
        for under in self.query(".at"):
            under.remove_class("-shown")
        self.say("")

    def say(self, words: str) -> None:
        """Of the whole form, in sight whatever the size of the screen."""
        super().say(words)
        if words:
            problem = self.query_one(".problem", Static)
            self.call_after_refresh(problem.scroll_visible, animate=False)

    def action_make(self) -> None:
        """Keep it, or say what is wrong and where; what was typed stays."""
        self._clear()
        try:
            self.dismiss(self.make())
        except _Told:
            return
        except PanelkitError as refused:
            self.say(said(refused))

    def action_leave(self) -> None:
        """Back; where something was typed it is asked first."""
        if self._typed() and not self._asked_to_leave:
            self._asked_to_leave = True
            self.say("What you typed is not kept yet. Ctrl+S keeps it; Esc again leaves it.")
            return
        self.dismiss("")

    def _typed(self) -> bool:
        now = {line.id or "": line.value for line in self.query(Line)}
        now |= {choice.id or "": next(iter(choice.picked), "") for choice in self.query(Choice)}
        return any(value != self._begun.get(name, "") for name, value in now.items())


class _Told(PanelkitError):
    """It was said beside its question already."""

    def __init__(self) -> None:
        super().__init__("It was said beside its question.")
