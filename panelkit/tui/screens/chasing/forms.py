"""Forms of what is chased: an outcome told between meetings, who was told, what was answered, sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from textual.app import ComposeResult

from panelkit.domain.action_filter import ActionFilter
from panelkit.domain.chasing import Chased, Escalation, Reminder
from panelkit.domain.errors import StaleRecord
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import ActionStatus, Term
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import make_folder
from panelkit.services.reminding import free_name
from panelkit.tui.screens.statistics.forms import FigureForm

TODAY: Final = "today"


class FileKind(Term):
    """What a list is written as."""

    WORKBOOK = ".xlsx", "Workbook"
    WORD = ".docx", "Word"
    CSV = ".csv", "File of values"


class DayForm(FigureForm):
    """A form whose last question is a day, today where nothing else is typed."""

    last_line = "on"

    def _day(self, label: str) -> date:
        """The day in the last line."""
        if self.line("on").strip().casefold() == TODAY:
            return self.desk.caseload.today()
        return self.needed_day("on", label)


class OutcomeForm(DayForm):
    """What became of an action, told between meetings. Returns what was kept, in a sentence."""

    needs = Act.RECORD

    def __init__(self, desk: Desk, one: Chased) -> None:
        """``one`` is as it was shown."""
        facts = f"{one.action.organisation}: {one.action.text}\nIt goes into {one.meeting_ref}, which asks about it at A5, with who told it and when."
        super().__init__(desk, f"{one.ref}   told between meetings", facts)
        self.one = one

    def questions(self) -> ComposeResult:
        """How it stands, in words, from whom, when."""
        yield from self.ask_choice("status", "What became of it", ActionStatus)
        yield from self.ask_line("words", "What difference it made, or why it is not done")
        yield from self.ask_line("by", "Who told it")
        yield from self.ask_line("on", "On which day, such as 3 June 2026", TODAY)

    def on_mount(self) -> None:
        """The first question."""
        self.first("status")

    def make(self) -> str:
        """Written into the meeting that asks next."""
        status = ActionStatus(self.needed("status", "What became of it?"))
        words = self.needed("words", "Say it in words: the next meeting reads them.")
        by = self.needed("by", "Who told it?")
        day = self._day("The day")
        chasing = self.desk.chasing
        now = chasing.find(self.one.ref)
        if now.action.revision != self.one.action.revision:
            msg = f"{self.one.ref} was changed by somebody else meanwhile."
            raise StaleRecord(msg, place="actions")
        settled = chasing.settle(self.one.ref, status, words, by, day)
        return f"{settled.ref} is {status.label.lower()} in {settled.meeting_ref}. The chair hears it again at A5."


class EscalateForm(DayForm):
    """Somebody was told. Returns what was kept, in a sentence."""

    needs = Act.CHASE

    def __init__(self, desk: Desk, about: str, organisation: str) -> None:
        """``about`` is an action, a meeting, or blank for attendance over a period."""
        contact = desk.chasing.spoc_of(organisation)
        what = about or "attendance"
        facts = f"{organisation or 'no organisation'}\nPoint of contact: {contact or 'none is kept; F9 names one'}"
        super().__init__(desk, f"Escalate: {what}", facts)
        self.about = about
        self.organisation = organisation

    def questions(self) -> ComposeResult:
        """To whom, what was said, when."""
        yield from self.ask_line("to", "To whom: an office or a role")
        yield from self.ask_line("words", "What was said, without a name of a case")
        yield from self.ask_line("on", "On which day", TODAY)

    def on_mount(self) -> None:
        """The first question."""
        self.first("to")

    def make(self) -> str:
        """One line of the log."""
        to = self.needed("to", "To whom?")
        day = self._day("The day")
        made = self.desk.chasing.escalate(
            self.about, to, day, words=self.line("words"), organisation=self.organisation
        )
        return made.sentence


class AnswerForm(DayForm):
    """What was answered to an escalation. Returns what was kept, in a sentence."""

    needs = Act.CHASE

    def __init__(self, desk: Desk, one: Escalation) -> None:
        """``one`` waits for it, or is corrected."""
        super().__init__(desk, f"{one.ref}   answered", f"{one.organisation}\n{one.sentence}")
        self.one = one

    def questions(self) -> ComposeResult:
        """What, and when."""
        yield from self.ask_line("words", "What was answered", self.one.answer)
        yield from self.ask_line("on", "On which day", TODAY)

    def on_mount(self) -> None:
        """The first question."""
        self.first("words")

    def make(self) -> str:
        """The answer, kept with it."""
        words = self.needed("words", "What was answered?")
        return self.desk.chasing.answer(self.one.ref, words, self._day("The day")).sentence


class SpocForm(FigureForm):
    """Who is an organisation's point of contact. Returns what was kept, in a sentence."""

    needs = Act.CHASE
    last_line = "contact"

    def __init__(self, desk: Desk, organisation: str) -> None:
        """Whoever is it now is no more once another is named."""
        now = desk.chasing.spoc_of(organisation)
        facts = f"Now: {now or 'nobody is named'}\nHow to reach them is printed in no document."
        super().__init__(desk, f"Point of contact of {organisation}", facts)
        self.organisation = organisation

    def questions(self) -> ComposeResult:
        """The person or post, and how to reach them."""
        yield from self.ask_line("name", "The person or the post")
        yield from self.ask_line("contact", "Telephone or secure e-mail")

    def on_mount(self) -> None:
        """The first question."""
        self.first("name")

    def make(self) -> str:
        """From now on it is they."""
        name = self.needed("name", "Who is it?")
        today = self.desk.caseload.today()
        made = self.desk.chasing.name_spoc(self.organisation, name, self.line("contact"), today)
        return f"{made.name} is the point of contact of {made.organisation}."


class SentForm(DayForm):
    """Somebody says that they sent a reminder. Returns what was kept, in a sentence."""

    needs = Act.CHASE

    def __init__(self, desk: Desk, one: Reminder) -> None:
        """``one`` was written."""
        facts = (
            f"{one.file}, to {one.organisation}\nThe program sends nothing: you say that you did."
        )
        super().__init__(desk, f"{one.ref}   sent", facts)
        self.one = one

    def questions(self) -> ComposeResult:
        """When."""
        yield from self.ask_line("on", "On which day", TODAY)

    def on_mount(self) -> None:
        """The only question."""
        self.first("on")

    def make(self) -> str:
        """Said, by whoever works."""
        one = self.desk.reminding.sent(self.one.ref, self._day("The day"))
        return (
            f"{one.ref}: sent on {long_date(one.sent_on)} by {one.sent_by}." if one.sent_on else ""
        )


class NilForm(FigureForm):
    """An organisation has nothing to report. Returns what was kept, in a sentence."""

    needs = Act.CHASE
    last_line = "by"

    def __init__(self, desk: Desk, one: Reminder) -> None:
        """``one`` asked."""
        facts = "It is kept beside every action of it that was not answered, and changes none."
        super().__init__(desk, f"{one.ref}   nothing to report", facts)
        self.one = one

    def questions(self) -> ComposeResult:
        """Who said so."""
        yield from self.ask_line("by", "Who said so")

    def on_mount(self) -> None:
        """The only question."""
        self.first("by")

    def make(self) -> str:
        """A nil return."""
        said_by = self.needed("by", "Who said so?")
        one = self.desk.reminding.nothing_to_report(self.one.ref, said_by)
        return f"{one.ref}: {one.organisation} has nothing to report."


class BackForm(FigureForm):
    """A workbook that came back. Returns what was kept, in a sentence."""

    needs = Act.CHASE
    last_line = "file"

    def __init__(self, desk: Desk) -> None:
        """The workbook says itself which reminder it answers."""
        facts = (
            "What the organisation wrote is kept beside each action; nothing becomes of one by it."
        )
        super().__init__(desk, "A workbook that came back", facts)

    def questions(self) -> ComposeResult:
        """Where it is."""
        yield from self.ask_line("file", "The file", f"{self.desk.documents}/")

    def on_mount(self) -> None:
        """The only question."""
        self.first("file")

    def make(self) -> str:
        """Read, and kept."""
        path = Path(self.needed("file", "Which file?")).expanduser()
        one, found = self.desk.reminding.take_back(path)
        many = len(found)
        return f"{one.ref}: {many} repl{'y' if many == 1 else 'ies'} kept beside the actions."


class ListForm(FigureForm):
    """The list as a file. Returns where it is."""

    needs = Act.CHASE
    last_line = "file"

    def __init__(self, desk: Desk, wanted: ActionFilter) -> None:
        """``wanted`` is what is listed."""
        facts = f"{wanted or 'Every open action'}\nIt holds actions of several organisations and is for nobody outside the office."
        super().__init__(desk, "Write the list", facts)
        self.wanted = wanted

    def questions(self) -> ComposeResult:
        """As what, and where."""
        yield from self.ask_choice("kind", "As", FileKind, str(FileKind.WORKBOOK))
        yield from self.ask_line("file", "In the folder", str(self.desk.documents))

    def on_mount(self) -> None:
        """The first question."""
        self.first("kind")

    def make(self) -> str:
        """Every action that is meant, also those beyond what the screen lists."""
        kind = self.needed("kind", "As what?")
        folder = Path(self.needed("file", "In which folder?")).expanduser()
        make_folder(folder)
        found = self.desk.chasing.listed(self.wanted).found
        target = free_name(folder / f"actions_{self.desk.caseload.today().isoformat()}{kind}")
        written = self.desk.action_papers.write(self.wanted, found, target)
        return f"{len(found)} actions in {written.path}."


class EnteredForm(DayForm):
    """Updates of a meeting were entered. Returns what was kept, in a sentence."""

    needs = Act.CHASE

    def __init__(self, desk: Desk, ref: str, keys: tuple[str, ...], what: str) -> None:
        """``keys`` are the updates; ``what`` says them in words."""
        super().__init__(desk, f"{ref}   entered in ViSOR or MAPPS", what)
        self.ref = ref
        self.keys = keys

    def questions(self) -> ComposeResult:
        """By whom and when."""
        yield from self.ask_line("by", "Who entered it", self.desk.who)
        yield from self.ask_line("on", "On which day", TODAY)

    def on_mount(self) -> None:
        """The first question."""
        self.first("by")

    def make(self) -> str:
        """Somebody says so."""
        by = self.needed("by", "Who entered it?")
        self.desk.owing.done(self.ref, self.keys, self._day("The day"), by)
        return f"{self.ref}: entered, as {by} says."
