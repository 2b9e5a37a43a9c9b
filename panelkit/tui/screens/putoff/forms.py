"""Forms for a day that cannot be kept, and for the cause of an emergency panel."""

from __future__ import annotations

from textual.app import ComposeResult

from panelkit.domain.dates import SaidDate, read_date
from panelkit.domain.errors import BadInput, Refused, StaleRecord
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import NO_CANCELLATION, PutOff, PutOffKind, PutOffReason
from panelkit.domain.vocabulary import EmergencyCause, MeetingKind
from panelkit.services.desk import Desk
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.screens.statistics.wording import said

REASONS = {
    PutOffKind.CANCELLED: tuple(PutOffReason),
    PutOffKind.POSTPONED: tuple(
        r for r in PutOffReason if r not in (PutOffReason.NOT_NEEDED, *NO_CANCELLATION)
    ),
}
"""The reasons that each may have."""
CAUSE = ("A1", "emergency_cause")
"""Where a meeting holds why its emergency panel was called."""


def as_shown(desk: Desk, meeting: Meeting, lines: tuple[PutOff, ...]) -> None:
    """Raises StaleRecord where the meeting's day, or what is said of it, is not as it was shown."""
    now, there = desk.putting_off.of(meeting.ref)
    if (now.held_on, now.state, there) != (meeting.held_on, meeting.state, lines):
        msg = f"{meeting.ref} was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="meeting")


class PutOffForm(FigureForm):
    """A meeting cancelled or postponed. Returns what was kept, in a sentence."""

    needs = Act.PLAN
    last_line = "words"

    def __init__(
        self, desk: Desk, meeting: Meeting, lines: tuple[PutOff, ...], kind: PutOffKind
    ) -> None:
        """``lines`` are the days given up before, as they were shown."""
        doing = "cancel" if kind is PutOffKind.CANCELLED else "postpone"
        after = {
            PutOffKind.CANCELLED: "It stays, with everything in it, and leaves its sitting. F5 on the home screen plans it again.",
            PutOffKind.POSTPONED: "It stays, with everything in it, leaves its sitting, and counts as late.",
        }  # fmt: skip
        facts = f"Planned for {long_date(meeting.held_on)}. {after[kind]}"
        super().__init__(desk, f"{meeting.ref}   {doing} it", facts)
        self.meeting = meeting
        self.lines = lines
        self.kind = kind

    def questions(self) -> ComposeResult:
        """Why, to which day, when that was decided, what happened."""
        if self.kind is PutOffKind.POSTPONED:
            yield from self.ask_line("held", "New day, such as 12 January")
        yield from self.ask_choice("reason", "Because", REASONS[self.kind])
        today = long_date(self.desk.caseload.today())
        yield from self.ask_line("day", "Decided on", today)
        yield from self.ask_line("words", "What happened, without a name (Other needs it)")

    def on_mount(self) -> None:
        """The first question."""
        self.first("held" if self.kind is PutOffKind.POSTPONED else "reason")

    def held_on(self) -> SaidDate:
        """The new day, read as coming after the one that is given up."""
        return read_date(self.line("held"), self.meeting.held_on, self.desk.area.calendar)

    def make(self) -> str:
        """The day, given up."""
        meeting, verbs = self.meeting, self.desk.putting_off
        new = self.held_on() if self.kind is PutOffKind.POSTPONED else SaidDate(None)
        if self.kind is PutOffKind.POSTPONED and new.day is None:
            self.wrong("held", new.problem)
        reason = PutOffReason(self.needed("reason", "For which reason?"))
        day = self.needed_day("day", "Decided on")
        words = self.line("words")
        if reason is PutOffReason.OTHER:
            self.needed("words", "Another reason needs its words.")
        as_shown(self.desk, meeting, self.lines)
        if new.day is None:
            verbs.cancel(meeting.ref, reason, day, words)
            return f"{meeting.ref} is cancelled. F5 on the home screen plans it again."
        try:
            verbs.postpone(meeting.ref, new.day, reason, day, words)
        except BadInput as refused:  # everything else was asked for above
            self.wrong("held", said(refused))
        return f"{meeting.ref} is held on {new.day:%A} {long_date(new.day)} instead."


class CauseForm(FigureForm):
    """Why an emergency panel was called: the code that A1 holds. Returns what was kept."""

    needs = Act.RECORD
    last_line = ""

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is as it was shown when the form was opened."""
        super().__init__(
            desk, f"{meeting.ref}   why this emergency panel was called",
            "It is the answer at A1, and is counted for the board. What happened is said in words, at A1.",
        )  # fmt: skip
        self.meeting = meeting
        self.before = meeting.text(*CAUSE)

    def questions(self) -> ComposeResult:
        """The cause."""
        yield from self.ask_choice("cause", "Cause", EmergencyCause, self.before)

    def on_mount(self) -> None:
        """The cause is the only question."""
        self.first("cause")

    def make(self) -> str:
        """The cause, at A1."""
        cause = EmergencyCause(self.needed("cause", "Which cause?"))
        if str(cause) == self.before:
            self.wrong("cause", "Nothing differs from what stands there. Esc leaves it.")
        meeting = self.desk.chairing.load(self.meeting.ref)
        if meeting.kind is not MeetingKind.EMERGENCY:
            raise Refused(f"{meeting.ref} is no emergency panel: it is {meeting.kind.label}.")
        if meeting.text(*CAUSE) != self.before:
            msg = f"{meeting.ref}: somebody else said why it was called meanwhile."
            raise StaleRecord(msg, place="meeting")
        self.desk.chairing.record_answer(meeting, *CAUSE, str(cause))
        return f"{meeting.ref}: {cause.label}."
