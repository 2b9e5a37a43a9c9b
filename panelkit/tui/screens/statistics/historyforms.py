"""Forms for the histories of a case: something held, it held otherwise, it never held, an event."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from panelkit.domain.errors import StaleRecord
from panelkit.domain.fields import long_date
from panelkit.domain.outcomes import Outcome, OutcomeKind
from panelkit.domain.people import Act
from panelkit.domain.spans import ENDS, VALUES, Span, SpanKind, SpanReason, live, values_of
from panelkit.services.desk import Desk
from panelkit.services.histories import History
from panelkit.tui.screens.statistics.forms import FigureForm

BEGINS = (*(r for r in SpanReason if r not in ENDS), SpanReason.NOT_SAID)
"""Why something began."""
LEAVES = tuple(r for r in SpanReason if r in ENDS)
"""Why a case leaves."""
BECAUSE = "Why it is entered by hand, in a few words"
SAY_WHY = "Say why, in a few words: it stays in sight beside the line."


class HistoryForm(FigureForm):
    """One change of the histories of a case. Returns what was done, in a sentence."""

    needs = Act.PLAN
    last_line = "because"

    def __init__(self, desk: Desk, history: History, heading: str, facts: str = "") -> None:
        """``history`` is as it was shown when the form was opened."""
        super().__init__(desk, heading, facts)
        self.history = history

    def because(self) -> str:
        """The reason, which is always asked for."""
        return self.needed("because", SAY_WHY)

    def number_of(self, shown: Span | Outcome) -> int:
        """Its place in the list as it stands now. Raises StaleRecord where it is not as it was shown."""
        now = self.desk.histories.history(self.history.ref)
        lines: tuple[Span | Outcome, ...] = now.spans if isinstance(shown, Span) else now.events
        for number, line in enumerate(lines, 1):
            if line.id == shown.id and line.revision == shown.revision:
                return number
        msg = f"{self.history.ref}: this line was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="span")


class AddSpan(HistoryForm):
    """Something held from a day, until a day where it ended."""

    def __init__(self, desk: Desk, history: History, kind: SpanKind) -> None:
        """``kind`` is which history."""
        super().__init__(
            desk, history, f"{history.ref}   add to {kind.label.lower()}",
            "Without a last day, what held before ends the day before.",
        )  # fmt: skip
        self.kind = kind

    def questions(self) -> ComposeResult:
        """What, from when, until when, why."""
        yield from self.ask_choice("value", self.kind.label, values_of(self.kind))
        yield from self.ask_line("first", "First day, such as 3 June 2022")
        yield from self.ask_line("last", "Last day (blank while it holds)")
        yield from self.ask_choice("reason", "Why it began", BEGINS, str(SpanReason.NOT_SAID))
        yield from self.ask_line("because", BECAUSE)

    def on_mount(self) -> None:
        """What held is the first question."""
        self.first("value")

    def make(self) -> str:
        """The interval, kept."""
        value = self.needed("value", f"Which {self.kind.label.lower()}?")
        first, last = self.needed_day("first", "First day"), self.day("last", "Last day")
        if last is not None and last < first:
            self.wrong("last", f"Last day: {long_date(last)} is before the first, {long_date(first)}.")  # fmt: skip
        later = [span for span in live(self.history.spans, self.kind) if span.from_day >= first]
        if last is None and later:
            # Without a last day it would take the place of what comes after it.
            self.wrong("last", f"Last day: {later[0].words} stands there. Say until when, or correct that line.")  # fmt: skip
        self.desk.histories.begin(
            self.history.ref, self.kind, value, first, last=last,
            reason=SpanReason(self.picked("reason") or "not_said"), because=self.because(),
        )  # fmt: skip
        return f"{VALUES[self.kind](value).label} is kept from {long_date(first)}."


class CorrectSpan(HistoryForm):
    """One interval as it should be."""

    def __init__(self, desk: Desk, history: History, span: Span) -> None:
        """``span`` is as it was shown."""
        facts = f"{span.words}. {span.reason.label}."
        if span.derived:
            facts += " Worked out from meetings; corrected, it is yours."
        super().__init__(desk, history, f"{history.ref}   correct {span.kind.label.lower()}", facts)
        self.span = span

    def questions(self) -> ComposeResult:
        """What it is now, each to be changed; and why."""
        span = self.span
        yield from self.ask_choice("value", span.kind.label, values_of(span.kind), span.value)
        yield from self.ask_line("first", "First day", long_date(span.from_day))
        last = long_date(span.to_day) if span.to_day else ""
        yield from self.ask_line("last", "Last day (blank while it holds)", last)
        yield from self.ask_choice("reason", "Why it began", (*BEGINS, *(() if span.reason in BEGINS else (span.reason,))), str(span.reason))  # fmt: skip
        yield from self.ask_line("because", "Why it is corrected, in a few words")

    def on_mount(self) -> None:
        """What held is the first question."""
        self.first("value")

    def make(self) -> str:
        """The interval, corrected; nothing is kept where nothing differs."""
        span = self.span
        value = self.needed("value", f"Which {span.kind.label.lower()}?")
        first, last = self.needed_day("first", "First day"), self.day("last", "Last day")
        if last is not None and last < first:
            self.wrong("last", f"Last day: {long_date(last)} is before the first, {long_date(first)}.")  # fmt: skip
        reason = SpanReason(self.picked("reason") or "not_said")
        changes: dict[str, Any] = {}
        if value != span.value:
            changes["value"] = value
        if first != span.from_day:
            changes["from_day"] = first
        if last != span.to_day:
            changes |= {"to_day": last} if last else {"to_day": None, "end_reason": None}
        if reason is not span.reason:
            changes["reason"] = reason
        if not changes:
            self.wrong("value", "Nothing differs from what stands there. Esc leaves it.")
        because = self.because()
        number = self.number_of(span)
        self.desk.histories.correct(self.history.ref, number, because, **changes)
        return "The line is corrected."


class LeaveForm(HistoryForm):
    """From a day on no level holds."""

    def __init__(self, desk: Desk, history: History) -> None:
        """For a case at some level."""
        super().__init__(
            desk, history, f"{history.ref}   leave",
            "From that day on no level holds here. A transfer is no exit from MAPPA.",
        )  # fmt: skip

    def questions(self) -> ComposeResult:
        """From when, for which reason, why by hand."""
        yield from self.ask_line("day", "First day without a level, such as 3 June 2022")
        yield from self.ask_choice("reason", "Reason", LEAVES)
        yield from self.ask_line("because", BECAUSE)

    def on_mount(self) -> None:
        """The day is the first question."""
        self.first("day")

    def make(self) -> str:
        """The level, ended."""
        day = self.needed_day("day", "First day without a level")
        reason = SpanReason(self.needed("reason", "For which reason? Not said is one of them."))
        because = self.because()
        with self.at("day"):
            self.desk.histories.leave(self.history.ref, day, reason, because)
        return f"No level holds from {long_date(day)} on."


class AddEvent(HistoryForm):
    """What became of the individual on a day."""

    last_line = "note"

    def __init__(self, desk: Desk, history: History) -> None:
        """For a case that has a level history."""
        super().__init__(
            desk, history, f"{history.ref}   add an event",
            "A return to custody ends the days in the community with it, where they had no end.",
        )  # fmt: skip

    def questions(self) -> ComposeResult:
        """What, when, where it was heard of."""
        yield from self.ask_choice("kind", "What happened", OutcomeKind)
        yield from self.ask_line("day", "On which day, such as 3 June 2022")
        yield from self.ask_line("note", "Where it was heard of (restricted; may stay blank)")

    def on_mount(self) -> None:
        """What happened is the first question."""
        self.first("kind")

    def make(self) -> str:
        """The event, kept."""
        kind = OutcomeKind(self.needed("kind", "What happened?"))
        day = self.needed_day("day", "On which day")
        with self.at("day"):
            self.desk.histories.happened(self.history.ref, kind, day, self.line("note"))
        return f"{kind.label}, {long_date(day)}: kept."


class WithdrawForm(HistoryForm):
    """A line that never held, or an event that did not happen; it stays in sight with the reason."""

    def __init__(self, desk: Desk, history: History, found: Span | Outcome) -> None:
        """``found`` is as it was shown."""
        super().__init__(desk, history, f"{history.ref}   withdraw a line", f"{found.words}.")
        self.found = found

    def questions(self) -> ComposeResult:
        """Why."""
        yield from self.ask_line("because", "Why it is withdrawn, in a few words")

    def on_mount(self) -> None:
        """The reason is the only question."""
        self.first("because")

    def make(self) -> str:
        """The line, withdrawn."""
        because, number = self.because(), self.number_of(self.found)
        verbs = self.desk.histories
        withdraw = verbs.withdraw if isinstance(self.found, Span) else verbs.did_not_happen
        withdraw(self.history.ref, number, because)
        return "The line is withdrawn; it stays in sight with the reason."
