"""Forms of returns: which file came back, and who said that there is nothing to tell."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult

from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.services.returns import ReturnRead
from panelkit.tui.screens.statistics.forms import FigureForm

TODAY = "today"


class ReturnFileForm(FigureForm):
    """A form that came back. Reads it and keeps nothing: ``read`` is what it says."""

    needs = Act.CHASE
    last_line = "file"

    def __init__(self, desk: Desk) -> None:
        """The file says itself whose it is and of which meeting."""
        facts = "What it says is shown first; nothing is kept until you say so."
        super().__init__(desk, "A return that came back", facts)
        self.read: ReturnRead | None = None

    def questions(self) -> ComposeResult:
        """Where it is."""
        yield from self.ask_line("file", "The file (.docx or .xlsx)", f"{self.desk.documents}/")

    def on_mount(self) -> None:
        """The only question."""
        self.first("file")

    def make(self) -> str:
        """Read, and not kept."""
        path = Path(self.needed("file", "Which file?")).expanduser()
        with self.at("file"):
            self.read = self.desk.returns.read(path)
        return path.name


class NilReturnForm(FigureForm):
    """An organisation said that it holds nothing to tell. Returns what was kept, in a sentence."""

    needs = Act.CHASE
    last_line = "on"

    def __init__(self, desk: Desk, meeting: Meeting, organisation: str) -> None:
        """``organisation`` as the list of the meeting calls it."""
        facts = "It counts as heard at A7, as from its return; nobody is present by it."
        super().__init__(desk, f"{organisation}   nothing to tell", facts)
        self.meeting = meeting
        self.organisation = organisation

    def questions(self) -> ComposeResult:
        """Who said so, and when."""
        yield from self.ask_line("by", "Who said so")
        yield from self.ask_line("on", "The day", TODAY)

    def on_mount(self) -> None:
        """Who comes first."""
        self.first("by")

    def make(self) -> str:
        """A nil return."""
        said_by = self.needed("by", "Who said so?")
        today = self.line("on").strip().casefold() == TODAY
        day = self.desk.returns.today() if today else self.needed_day("on", "The day")
        self.desk.returns.nil(self.meeting, self.organisation, said_by=said_by, on=day)
        return f"{self.organisation}: nil return, {long_date(day)}."
