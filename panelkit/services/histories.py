"""What held of a case for how long, and what became of somebody: entered, corrected, worked out.

A meeting that closes writes its own part; this is for what no meeting decided, for mistakes, and
for meetings that were held before the record kept histories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.level_history import (
    Decided,
    HistoryChange,
    Spans,
    begun,
    decided_at,
    from_meetings,
    left,
)
from panelkit.domain.meeting import By
from panelkit.domain.outcomes import Outcome, OutcomeKind, wrong_events
from panelkit.domain.people import Act
from panelkit.domain.spans import ENDS, Span, SpanKind, SpanReason, held_on, value_of
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import CustodyStatus
from panelkit.services import words
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.store.record import Record

BATCH = 40
"""Meetings read together when histories are worked out."""


@dataclass(frozen=True, slots=True)
class History:
    """One case; the places in the two lists, from 1, are the numbers people use."""

    ref: str
    spans: Spans
    events: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that is to be written, with what it changes of where somebody is."""

    event: Outcome
    change: HistoryChange | None
    spans: Spans
    """The histories of the case once it is written."""
    events: tuple[Outcome, ...]
    """Its events once it is written."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What working out from meetings did."""

    changed: tuple[str, ...]
    """References of cases whose history it wrote."""
    problems: tuple[str, ...]
    """Cases left as they were, each with the reason."""


@acting(Act.PLAN, history=Act.READ, cases=Act.READ, derive=Act.FIGURES)
class Histories:
    """Verbs over the histories of cases."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    def history(self, case_ref: str) -> History:
        """Everything of a case, withdrawn lines too. Raises NotFound."""
        case = self.record.case(case_ref)
        return History(case.ref, self.record.spans(case.id), self.record.events(case.id))

    def cases(self) -> tuple[str, ...]:
        """References of the cases that whoever works may open, in order."""
        return self.record.case_refs()

    # -- what held -----------------------------------------------------------------------

    def begin(
        self, case_ref: str, kind: SpanKind, value: str, first: date, *, last: date | None = None,
        reason: SpanReason = SpanReason.NOT_SAID, because: str,
    ) -> History:  # fmt: skip
        """``value`` held from ``first``, until ``last`` where that is said; what held before ends the
        day before. Raises NotFound, BadInput, Refused where it overlaps what stands there.
        """
        case = self.record.case(case_ref)
        there = self.record.spans(case.id)
        stored, why = value_of(kind, value), _said(because)
        self._not_to_come(first)
        if last is None:
            after = begun(
                there, kind, stored, first, reason, case_id=case.id, new_id=new_id(), because=why
            )
            if after == there:
                raise Refused(
                    f"{case.ref}: that holds already.", remedy="See panelkit stats history."
                )
        else:
            self._not_to_come(last)
            span = Span(
                id=new_id(), case_id=case.id, kind=kind, value=stored, from_day=first, to_day=last,
                reason=reason, because=why,
            )  # fmt: skip
            after = (*there, span)
        return self._keep(case_ref, there, after)

    def leave(self, case_ref: str, day: date, reason: SpanReason, because: str) -> History:
        """From ``day`` on no level holds. Raises NotFound, BadInput, Refused where none did."""
        case, why = self.record.case(case_ref), _said(because)
        there = self.record.spans(case.id)
        if reason not in ENDS:
            known = ", ".join(str(one) for one in SpanReason if one in ENDS)
            raise BadInput("That is no reason for leaving.", remedy=f"Say one of {known}.")
        self._not_to_come(day)
        after = left(there, day, reason)
        if after == there:
            raise Refused(f"{case.ref} is at no level on that day.")
        old = {span.id: span for span in there}
        after = tuple(s if s == old[s.id] else replace(s, because=why) for s in after)
        return self._keep(case_ref, there, after)

    def correct(self, case_ref: str, number: int, because: str, **changes: Any) -> History:
        """One span as it should be: its days, value or reason. Raises NotFound, BadInput, Refused.

        A span that somebody corrects is theirs, and worked out from meetings no more.
        """
        case, why = self.record.case(case_ref), _said(because)
        there = self.record.spans(case.id)
        span = _at(there, number, case.ref)
        if "value" in changes:
            changes["value"] = value_of(span.kind, changes["value"])
        for day in (changes.get("from_day"), changes.get("to_day")):
            if day is not None:
                self._not_to_come(day)
        changed = replace(span, because=why, derived=False, revision=span.revision + 1, **changes)
        return self._keep(case_ref, there, _with(there, changed))

    def withdraw(self, case_ref: str, number: int, because: str) -> History:
        """A span that never held; it stays in sight with the reason. Raises NotFound, BadInput."""
        case, why = self.record.case(case_ref), _said(because)
        there = self.record.spans(case.id)
        span = _at(there, number, case.ref)
        gone = replace(span, withdrawn=why, revision=span.revision + 1)
        return self._keep(case_ref, there, _with(there, gone))

    def _keep(self, case_ref: str, before: Spans, after: Spans) -> History:
        case = self.record.case(case_ref)
        events = self.record.events(case.id)
        _must_not_be_new(case.ref, wrong_events(events, before), wrong_events(events, after))
        change = HistoryChange(case.id, before, after)
        self.record.keep_spans(change, self._by(), command=new_id())
        return self.history(case_ref)

    # -- what became of somebody ------------------------------------------------------------

    def happened(self, case_ref: str, kind: OutcomeKind, day: date, note: str = "") -> History:
        """An event; a return to custody ends the days in the community with it.

        Raises NotFound, BadInput for a day to come, Refused before the case began.
        """
        self.keep_happened([self.would_happen(case_ref, kind, day, note)])
        return self.history(case_ref)

    def would_happen(
        self, case_ref: str, kind: OutcomeKind, day: date, note: str = "", *,
        upon: Happening | None = None,
    ) -> Happening:  # fmt: skip
        """What :meth:`happened` would write; nothing is written.

        ``upon`` is another event of the same case that is to be written before it. Raises as
        :meth:`happened`.
        """
        case = self.record.case(case_ref)
        self._not_to_come(day)
        event = Outcome(
            id=new_id(), case_id=case.id, kind=kind, day=day, note=words.line(note),
            typed_by=self.who, typed_at=self.clock(),
        )  # fmt: skip
        there = upon.spans if upon else self.record.spans(case.id)
        known = upon.events if upon else self.record.events(case.id)
        now = wrong_events((*known, event), there)
        _must_not_be_new(case.ref, wrong_events(known, there), now)
        change = None
        out = held_on(there, SpanKind.WHEREABOUTS, day)
        if kind.returns and (out is None or (out.is_open and out.value == CustodyStatus.COMMUNITY)):
            after = begun(
                there, SpanKind.WHEREABOUTS, str(CustodyStatus.RECALLED), day, SpanReason.RETURNED,
                case_id=case.id, new_id=new_id(),
            )  # fmt: skip
            change = HistoryChange(case.id, there, after)
        return Happening(event, change, change.after if change else there, (*known, event))

    def keep_happened(self, happenings: Sequence[Happening]) -> None:
        """What :meth:`would_happen` gave, in that order, all or none.

        Raises StaleRecord where a history, or the event itself, was entered meanwhile.
        """
        self.record.keep_events(
            [(one.event, one.change) for one in happenings], self._by(), command=new_id()
        )

    def did_not_happen(self, case_ref: str, number: int, because: str) -> History:
        """An event taken back; it stays in sight with the reason. Raises NotFound, BadInput."""
        case, why = self.record.case(case_ref), _said(because)
        events = self.record.events(case.id)
        if not 1 <= number <= len(events):
            raise NotFound(
                f"{case.ref} has no event {number}.", remedy="See panelkit stats history."
            )
        before = events[number - 1]
        after = replace(
            before, withdrawn=why, typed_by=self.who, typed_at=self.clock(),
            revision=before.revision + 1,
        )  # fmt: skip
        self.record.keep_event(before, after, self._by(), command=new_id())
        return self.history(case_ref)

    # -- from meetings that were held ----------------------------------------------------------

    def derive(self) -> WorkedOut:
        """The histories of every case worked out from meetings later than what they say already.

        Each is marked as derived. Doing it again changes nothing.
        """
        changed, problems = [], []
        for case_ref, decided in self._by_case():
            before = self.record.spans(decided[0].case_id)
            after = from_meetings(decided, before)
            if after == before:
                continue
            change = HistoryChange(decided[0].case_id, before, after)
            try:
                self.record.keep_spans(change, self._by(), command=new_id())
            except Refused as refused:
                problems.append(f"{case_ref}: {refused.message}")
            else:
                changed.append(case_ref)
        return WorkedOut(tuple(changed), tuple(problems))

    def _by_case(self) -> Iterator[tuple[str, list[Decided]]]:
        ids = [meeting_id for meeting_id, _before in self.record.sequence()]

        def told() -> Iterator[tuple[str, Decided]]:
            for at in range(0, len(ids), BATCH):
                batch = ids[at : at + BATCH]
                found = self.record.load_many(batch)
                for meeting in (found[one] for one in batch if one in found):
                    decided = decided_at(meeting)
                    if decided is not None:
                        yield meeting.case.ref, decided

        for case_ref, mine in groupby(told(), key=lambda pair: pair[0]):
            # By day: numbers follow the order in which meetings were planned.
            yield case_ref, sorted((decided for _ref, decided in mine), key=lambda d: d.held_on)

    def _not_to_come(self, day: date) -> None:
        if day > room_day(self.clock()):
            raise BadInput("That day is still to come.", remedy="Write days as 2023-03-31.")


def _must_not_be_new(ref: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """What was wrong already stands in nobody's way of mending something else."""
    for wrong in after:
        if wrong not in before:
            raise Refused(f"{ref}: {wrong}", remedy="See panelkit stats history.")


def _said(because: str) -> str:
    return words.because(because, "Say why it is entered by hand.")


def _at(spans: Spans, number: int, ref: str) -> Span:
    if not 1 <= number <= len(spans):
        raise NotFound(f"{ref} has no line {number}.", remedy="See panelkit stats history.")
    if not spans[number - 1].is_live:
        raise Refused(f"Line {number} of {ref} was withdrawn.")
    return spans[number - 1]


def _with(spans: Spans, changed: Span) -> Spans:
    return tuple(changed if span.id == changed.id else span for span in spans)
