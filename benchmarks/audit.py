"""Times the audit: one full meeting, and every meeting of a large record, beside yardsticks.

    python benchmarks/audit.py [MEETINGS]

One meeting: the largest sample with the meeting before it, every rule of the area, beside
one pass of ``completeness`` over it and beside rapidfuzz comparing its words with the last
minutes' whole. All: the samples and their earlier meetings, stored again under new
references until there are MEETINGS (10,000 unless said), audited by ``audit_all`` as the
command does, on two processes; beside it, the same record read meeting by meeting with
``Record.load`` and no audit. Memory is the peak of the program after a tenth of the
meetings and at the end.
"""

from __future__ import annotations

import dataclasses
import itertools
import resource
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz

from panelkit.areas.loader import load_area
from panelkit.audit import audit_meeting
from panelkit.audit.context import Context
from panelkit.domain.completeness import completeness
from panelkit.domain.meeting import By, Meeting
from panelkit.packs.reader import Pack, read_pack
from panelkit.services.auditing import Auditing
from panelkit.store.record import Record
from panelkit.wiring import DEFAULT_AREA, sample_packs

AREA = load_area(DEFAULT_AREA)
ROUNDS = 40


def one_meeting() -> None:
    """Print the median and the 95th percentile of one audit."""
    packs = [read_pack(path) for path in sample_packs()]
    pack = max(packs, key=lambda p: len(Context(p.meeting, AREA).document))
    words = len(Context(pack.meeting, AREA).document.split())
    spent: dict[str, list[float]] = {"audit": [], "completeness": [], "rapidfuzz, whole": []}
    audit_meeting(pack.meeting, AREA, pack.earlier[-1])
    for _ in range(ROUNDS):
        started = time.perf_counter()
        audit_meeting(pack.meeting, AREA, pack.earlier[-1])
        between = time.perf_counter()
        completeness(pack.meeting, AREA)
        after = time.perf_counter()
        now, was = (Context(m, AREA).document for m in (pack.meeting, pack.earlier[-1]))
        fuzz.ratio(now, was)
        spent["audit"].append(between - started)
        spent["completeness"].append(after - between)
        spent["rapidfuzz, whole"].append(time.perf_counter() - after)
    print(f"{pack.meeting.ref}, {words} words, {ROUNDS} rounds (target: under 30 ms)")
    for name, times in spent.items():
        ordered = sorted(times)
        print(
            f"  {name:<17} median {statistics.median(times) * 1000:6.1f} ms   p95 {ordered[int(ROUNDS * 0.95) - 1] * 1000:6.1f} ms"
        )


def copies(packs: list[Pack]) -> Iterator[list[Meeting]]:
    """The meetings of each sample, again and again under new references and ids."""
    for number in itertools.count():
        for pack in packs:
            meetings = [*pack.earlier, pack.meeting]
            case = dataclasses.replace(
                pack.meeting.case, id=str(uuid.uuid4()), ref=f"{pack.meeting.case.ref}X{number}"
            )
            yield [copied(meeting, case) for meeting in meetings]


def copied(meeting: Meeting, case: object) -> Meeting:
    """The meeting with an id of its own, and its entries too."""
    ids: dict[str, str] = {}

    def new(old: str) -> str:
        return ids.setdefault(old, str(uuid.uuid4())) if old else ""

    rows = {
        kind: tuple(
            dataclasses.replace(
                row,
                id=new(row.id),
                parent=new(row.parent),
                restricted_part=new(row.restricted_part),
            )
            for row in entries
        )
        for kind, entries in meeting.rows.items()
    }
    return dataclasses.replace(
        meeting, id=str(uuid.uuid4()), case=case, rows=MappingProxyType(rows)
    )  # type: ignore[arg-type]


def filled(path: Path, wanted: int) -> Record:
    """A record with so many meetings."""
    from panelkit.services.caseload import Caseload

    by = By("bench", datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    record = Record.open(path, create=True)
    record.engine.raw_connection().driver_connection.execute("PRAGMA synchronous = OFF")
    packs = [read_pack(sample) for sample in sample_packs()]
    caseload = Caseload(record, AREA, packs[0].meeting.agenda, lambda: by.at, by.name)
    stored, started = 0, time.perf_counter()
    for meetings in copies(packs):
        caseload.take_in(meetings[: wanted - stored] or meetings)
        stored += len(meetings)
        if stored >= wanted:
            break
    print(
        f"{stored} meetings stored in {time.perf_counter() - started:.0f} s, {path.stat().st_size / 1e6:.0f} MB"
    )
    return record


def peak() -> float:
    """Megabytes, the program and its largest worker together."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def everything(wanted: int) -> None:
    """Print meetings a second, and memory."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder) / "record.db", wanted)
        found, early = 0, 0.0
        started = time.perf_counter()
        for done, audited in enumerate(Auditing(record, AREA).audit_all(workers=2), start=1):
            found += len(audited.findings)
            if done == max(1, wanted // 10):
                early = peak()
        took = time.perf_counter() - started
        print(
            f"{done} meetings audited in {took:.0f} s: {done / took:.0f} a second (target: 60), {found} findings"
        )
        print(
            f"memory of this process at a tenth {early:.0f} MB, at the end {peak():.0f} MB with its largest worker"
        )
        refs = [key for key, _before in record.sequence()][: min(1000, wanted)]
        started = time.perf_counter()
        for ref in refs:
            record.load(ref)
        print(
            f"yardstick: read one by one without audit, {len(refs) / (time.perf_counter() - started):.0f} a second"
        )


if __name__ == "__main__":
    one_meeting()
    everything(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
