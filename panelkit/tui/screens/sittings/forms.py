"""Forms of a sitting: how it is joined, and that something was sent."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.sent_out import SentKind
from panelkit.domain.sitting import Sitting
from panelkit.services.desk import Desk
from panelkit.tui.screens.chasing.forms import TODAY, DayForm
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.words import Words


class JoiningForm(FigureForm):
    """How a sitting is joined. Returns what was kept, in a sentence.

    Not opened on a shared screen, printed in invitations alone.
    """

    needs = Act.PLAN
    DEFAULT_CSS = """
    JoiningForm Words { height: 7; }
    """

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        """``sitting`` is as it was shown."""
        facts = "Printed in invitations, and nowhere else. Who was sent other words is told so."
        super().__init__(desk, f"How to join   {sitting.title}", facts)
        self.sitting = sitting

    def questions(self) -> ComposeResult:
        """A link, a number to ring, a room: as they are to be printed."""
        yield Static(as_typed("A link, a number to ring, a room, what to do at the door"))
        yield Words(self.sitting.joining, id="joining")

    def on_mount(self) -> None:
        """The words."""
        self.first("joining")

    def _words(self) -> str:
        return self.query_one("#joining", Words).text

    def _typed(self) -> bool:
        return self._words() != self.sitting.joining

    def make(self) -> str:
        """Kept with the sitting."""
        after = self.desk.planning.say_joining(self.sitting, self._words())
        standing = self.desk.sitting_papers.standing(after)
        old = sum(one.is_stale for one in standing if one.what is SentKind.JOINING)
        said = "How to join is kept." if after.joining else "It has no joining instructions."
        return f"{said} {old} organisation{'' if old == 1 else 's'} were sent other ones." if old else said  # fmt: skip


class SentOutForm(DayForm):
    """Somebody says that they sent something for a sitting. Returns what was kept, in a sentence."""

    needs = Act.PLAN

    def __init__(self, desk: Desk, sitting: Sitting, what: SentKind, organisation: str) -> None:
        """``organisation`` is blank for every one that it is owed to."""
        to = organisation or "every organisation that it is owed to"
        facts = f"To {to}.\nThe program sends nothing: you say that you did."
        super().__init__(desk, f"{what.label} sent   {sitting.title}", facts)
        self.sitting = sitting
        self.what = what
        self.organisation = organisation

    def questions(self) -> ComposeResult:
        """When."""
        yield from self.ask_line("on", "On which day", TODAY)

    def on_mount(self) -> None:
        """The only question."""
        self.first("on")

    def make(self) -> str:
        """Said, by whoever works."""
        day = self._day("The day")
        named = [self.organisation] if self.organisation else []
        done = self.desk.sitting_papers.sent(self.sitting, self.what, named, day)
        to = done[0].organisation if len(done) == 1 else f"{len(done)} organisations"
        return f"{self.what.label} sent to {to} on {long_date(day)}."
