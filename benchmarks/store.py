"""Times a durable save of one answer, beside a bare sqlite3 commit, and loading a full meeting.

    python benchmarks/store.py [ROUNDS] [--keyed]

The yardstick is what the same disk does in the same run: one UPDATE of an equal text in a
bare sqlite3 connection with WAL and synchronous=FULL. A save does that and more: it reads the
stored revision, keeps the words it found, appends to the journal and names its command.
Rounds alternate, so that a busy machine slows both alike. The meeting has 14 people, 30
contributions, 30 actions, 20 measures, 12 presences, 10 decisions and every answer filled.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA
from panelkit.domain.case import Case
from panelkit.domain.fields import FieldKind
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.vocabulary import Category, Level, MeetingKind
from panelkit.store.record import Record

BY: Final = By("Somebody", datetime(2026, 11, 23, 10, tzinfo=UTC))
SENTENCE: Final = (
    "The panel heard that visits were kept, that two checks were outstanding, and that the "
    "police would look again at the route before the next review. "
)
WORDS: Final = SENTENCE * 14
"""About 2 KB: one section of minutes."""

CONTENT: Final[tuple[tuple[type[e.Entry], int], ...]] = (
    (e.Attendance, 14),
    (e.Contribution, 30),
    (e.Action, 30),
    (e.Measure, 20),
    (e.Presence, 12),
    (e.Decision, 10),
)


def full_meeting(record: Record) -> Meeting:
    """A meeting with as much in it as a long one has, stored."""
    case = Case(id="c", ref="HM-1", category=Category.TWO, fiction=True)
    meeting = Meeting(
        id="m", case=case, number=1, level=Level.TWO, kind=MeetingKind.REVIEW,
        held_on=date(2026, 11, 20),
    )  # fmt: skip
    record.add_case(case, BY, command="case")
    record.save(None, meeting, BY, command="meeting")
    after = meeting
    for item in AGENDA:
        for described in item.fields:
            if described.kind in (FieldKind.WORDS, FieldKind.LINE):
                after = after.answer(item.code, described.key, SENTENCE, BY)
    for kind, count in CONTENT:
        for number in range(count):
            after = after.add(kind(id=f"{kind.kind}-{number}"), BY)
    record.save(meeting, after, BY, command="content")
    return after


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that ``act`` takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def show(name: str, taken: list[float]) -> float:
    """Print p50, p95 and p99; returns the p50."""
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    print(f"{name:<44} p50 {cuts[49]:6.2f}  p95 {cuts[94]:6.2f}  p99 {cuts[98]:6.2f} ms")
    return cuts[49]


def main(rounds: int, *, keyed: bool) -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as folder:
        key = os.urandom(32) if keyed else None
        record = Record.open(Path(folder) / "record.db", key=key, create=True)
        meeting = full_meeting(record)
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
            bare.execute(statement)
        bare.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, text TEXT)")
        bare.execute("INSERT INTO answer VALUES (1, '')")
        saves, commits, loads = [], [], []
        for number in range(rounds):
            words = f"{number} {WORDS}"
            after = meeting.answer("A6", "index_offence", words, BY)

            def save(before: Meeting = meeting, after: Meeting = after, n: int = number) -> None:
                record.save(before, after, BY, command=f"s{n}", visit=f"v{n // 10}")

            def commit(words: str = words) -> None:
                bare.execute("UPDATE answer SET text = ? WHERE id = 1", (words,))

            saves.append(timed(save))
            commits.append(timed(commit))
            meeting = after
        loads = [timed(lambda: record.load("HM-1-1")) for _ in range(max(50, rounds // 5))]
        assert record.load("HM-1-1") == meeting
        assert record.verify().is_good
        counted = sum(count for _kind, count in CONTENT)
        print(f"{rounds} saves of {len(WORDS)} characters, {'keyed' if keyed else 'unkeyed'}")
        ours = show("durable save of one answer, journaled", saves)
        theirs = show("bare sqlite3 UPDATE and commit, WAL + FULL", commits)
        print(f"{'ratio of the medians':<44} {ours / theirs:10.1f}")
        show(f"load: {len(meeting.answers)} answers, {counted} entries", loads)
        bare.close()
        record.close()


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("-")]
    main(int(given[0]) if given else 500, keyed="--keyed" in sys.argv)
