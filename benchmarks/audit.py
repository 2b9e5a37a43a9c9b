"""Times the audit: one full meeting, and every meeting of a large record, beside yardsticks.

    python benchmarks/audit.py [MEETINGS]

One meeting: the largest sample with the meeting before it, every rule of the area, beside
one pass of ``completeness`` over it and beside rapidfuzz comparing its words with the last
minutes' whole. All: the samples and their earlier meetings, stored again under new
references until there are MEETINGS (10,000 unless said), audited by ``audit_all`` as the
command does, on two processes; beside it, the same record read meeting by meeting with
``Record.load`` and no audit. Memory is the peak of the program after a tenth of the
meetings and at the end, and that of its largest worker.
"""

from __future__ import annotations

import math
import os
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import fuzz
from sqlalchemy import TableClause

from panelkit.areas.loader import load_area
from panelkit.audit import audit_meeting
from panelkit.audit.context import Context
from panelkit.domain.completeness import completeness
from panelkit.packs.reader import read_pack
from panelkit.services.auditing import Auditing
from panelkit.store.record import Record
from panelkit.store.tables import ANSWER, CASE, ENTRY_TABLES, MEETING
from panelkit.wiring import DEFAULT_AREA, sample_packs

AREA = load_area(DEFAULT_AREA)
ROUNDS = 40
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def one_meeting() -> None:
    """Print the median and the 95th percentile of one audit."""
    packs = [read_pack(path) for path in sample_packs()]
    pack = max(packs, key=lambda p: len(Context(p.meeting, AREA).document))
    words = len(Context(pack.meeting, AREA).document.split())
    spent: dict[str, list[float]] = {
        "audit": [], "audit, processor": [], "completeness": [], "rapidfuzz, whole": [],
    }  # fmt: skip
    audit_meeting(pack.meeting, AREA, pack.earlier[-1])
    for _ in range(ROUNDS):
        worked = time.process_time()
        started = time.perf_counter()
        audit_meeting(pack.meeting, AREA, pack.earlier[-1])
        spent["audit, processor"].append(time.process_time() - worked)
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


def filled(path: Path, wanted: int) -> Record:
    """A record with so many meetings: the samples stored once, then their rows copied by SQL.

    Storing each with its journal would take half an hour and is measured elsewhere.
    """
    from panelkit.services.caseload import Caseload

    record = Record.open(path, create=True)
    packs = [read_pack(sample) for sample in sample_packs()]
    caseload = Caseload(record, AREA, packs[0].meeting.agenda, lambda: NOW, "bench")
    for pack in packs:
        caseload.take_in([*pack.earlier, pack.meeting])
    each = len(record.meetings())
    started = time.perf_counter()
    with record.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for table in (CASE, MEETING, ANSWER, *ENTRY_TABLES.values()):
            connection.exec_driver_sql(
                f'CREATE TEMP TABLE "first_{table.name}" AS SELECT * FROM "{table.name}"'  # noqa: S608
            )
        for number in range(1, math.ceil(wanted / each)):
            for table in (CASE, MEETING, ANSWER, *ENTRY_TABLES.values()):
                connection.exec_driver_sql(_copying(table, number))
    stored = len(record.meetings())
    print(
        f"{stored} meetings in {path.stat().st_size / 1e6:.0f} MB, made in {time.perf_counter() - started:.0f} s"
    )
    return record


def _copying(table: TableClause, number: int) -> str:
    """Copy the first samples' rows with new ids and references."""
    changed = {"id", "case_id", "meeting_id", "parent", "restricted_part"}
    names = [column.name for column in table.columns]
    values = [
        f"CASE WHEN {n} = '' THEN '' ELSE {n} || 'X{number}' END" if n in changed
        else f"ref || 'X{number}'" if n == "ref" and table is CASE
        else f'"{n}"'
        for n in names
    ]  # fmt: skip
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {", ".join(values)} FROM "first_{table.name}"'  # noqa: S608


def peak(whose: int = resource.RUSAGE_SELF) -> float:
    """Megabytes at the most so far."""
    return resource.getrusage(whose).ru_maxrss / 1024


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
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"{done} meetings audited in {took:.0f} s: {done / took:.0f} a second (target: 60), {found} findings"
        )
        print(
            f"processor: {(used.ru_utime + used.ru_stime) / done * 1000:.1f} ms a meeting in the workers; load {os.getloadavg()[0]:.1f}"
        )
        print(
            f"memory: {early:.0f} MB at a tenth, {peak():.0f} MB at the end; largest worker {peak(resource.RUSAGE_CHILDREN):.0f} MB"
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
