"""The coordinator's audit over the record: one meeting, or all of them one after another."""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.audit import Finding, Rule, Severity, audit_meeting, rules_for
from panelkit.domain.area import Area
from panelkit.domain.foreign_meeting import Rebuilt
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import HELD
from panelkit.services.acting import acting
from panelkit.store.keys import Opened
from panelkit.store.record import Record
from panelkit.store.server import Location

BATCH: Final = 40
"""Meetings read together; memory holds a few batches, however many meetings there are."""
ALONE: Final = 400
"""Fewer meetings than this are audited in this process: starting another takes a second."""

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was found in one meeting, without the meeting."""

    ref: str
    held_on: date
    title: str
    findings: tuple[Finding, ...]
    fiction: bool = False
    """Whether the case is invented."""

    def count(self, severity: Severity) -> int:
        """How many findings of this severity."""
        return sum(finding.severity is severity for finding in self.findings)


@acting(Act.READ, audit_all=Act.AUDIT, audit_held=Act.AUDIT)
class Auditing:
    """What a coordinator asks of the record."""

    def __init__(self, record: Record | None, area: Area) -> None:
        """Without a record a meeting is audited with what it is given."""
        self.record = record
        self.area = area

    def audit(self, meeting: Meeting, earlier: Meeting | None = None) -> Audited:
        """One meeting, beside the one before it: ``earlier``, else the one in the record.

        Raises BadInput where the area file names a rule that there is not.
        """
        if earlier is None and self.record is not None:
            earlier = self.record.previous(meeting)
        return _audited(meeting, self.area, earlier)

    def audit_read(self, rebuilt: Rebuilt) -> tuple[Audited, tuple[Rule, ...]]:
        """Minutes made elsewhere: what rests on something that was read, and the rules that found
        only what the document has no place for: those say nothing of it."""
        whole = _audited(rebuilt.meeting, self.area, None)
        kept = audit_meeting(rebuilt.meeting, self.area, seen=rebuilt.seen)
        unseen = {finding.rule for finding in whole.findings} - {finding.rule for finding in kept}
        rules = tuple(rule for rule in rules_for(self.area) if rule.id in unseen)
        return dataclasses.replace(whole, findings=kept), rules

    def audit_all(self, progress: Progress | None = None, *, workers: int = 1) -> Iterator[Audited]:
        """Every meeting in the record, case by case, each given as soon as it is audited.

        A meeting that is added meanwhile is left for the next time. With ``workers`` above
        one, batches are audited in so many processes; the order is the same.
        """
        if self.record is not None:
            yield from self._through(self.record, self.record.sequence(), progress, workers)

    def audit_held(
        self, start: date, end: date, progress: Progress | None = None, *, workers: int = 1
    ) -> Iterator[Audited]:
        """The same of the meetings held from ``start`` to ``end`` that have minutes."""
        if self.record is not None:
            held = {
                s.id
                for s in self.record.meetings()
                if s.state in HELD and start <= s.held_on <= end
            }
            pairs = [pair for pair in self.record.sequence() if pair[0] in held]
            yield from self._through(self.record, pairs, progress, workers)

    def _through(
        self, record: Record, pairs: _Pairs, progress: Progress | None, workers: int
    ) -> Iterator[Audited]:
        rules_for(self.area)
        batches = [pairs[at : at + BATCH] for at in range(0, len(pairs), BATCH)]
        found: Iterable[list[Audited]]
        if workers > 1 and len(pairs) > ALONE:
            found = _in_processes(record, self.area, batches, workers)
        else:
            found = (_batch(record, self.area, batch) for batch in batches)
        done = 0
        for audited in found:
            for one in audited:
                done += 1
                yield one
                if progress is not None:
                    progress(done, len(pairs))


_Pairs = Sequence[tuple[str, str]]


def _audited(meeting: Meeting, area: Area, earlier: Meeting | None) -> Audited:
    found = audit_meeting(meeting, area, earlier)
    return Audited(meeting.ref, meeting.held_on, meeting.title, found, meeting.case.fiction)


def _batch(record: Record, area: Area, pairs: _Pairs) -> list[Audited]:
    wanted = dict.fromkeys(key for pair in pairs for key in pair if key)
    meetings = record.load_many(list(wanted))
    return [
        _audited(meetings[here], area, meetings.get(before))
        for here, before in pairs
        if here in meetings
    ]


# -- in several processes ----------------------------------------------------------------

_WORKING: dict[str, tuple[Record, Area]] = {}
"""What a worker process has opened, once."""


def _open(where: Location, opened: Opened, area: Area) -> None:
    _WORKING["here"] = (Record.open(where, opened=opened), area)


def _work(pairs: _Pairs) -> list[Audited]:
    return _batch(*_WORKING["here"], pairs)


def _in_processes(
    record: Record, area: Area, batches: Sequence[_Pairs], workers: int
) -> Iterator[list[Audited]]:
    """Batches in order; a few are under way at once, so that memory stays flat."""
    method = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, method, initializer=_open, initargs=(record.location, record.opened, area)
    ) as pool:
        under_way: deque[Future[list[Audited]]] = deque()
        try:
            for batch in batches:
                under_way.append(pool.submit(_work, batch))
                if len(under_way) > workers * 2:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for waiting in under_way:
                waiting.cancel()
