"""Times the annual tables of one year, counted from a record with so many meetings in it.

    python benchmarks/annual.py [MEETINGS ...]

Without numbers: 600, 25,000 and 250,000 meetings, all of one area and held over ten years up to the
year that is counted, three of a case; every case is invented. The record is filled by plain
statements, for `panelkit generate` would write a quarter of a million meetings with their journal for
hours (`benchmarks/quarterly.py` uses it), and read the way the program reads it: opened, rows fetched, counted, every sum added up
again. The yardstick, in the same run on the same file, is one plain SQL query that counts T2's
people by level and category and nothing else. The bounds are 0.2 s for 600 meetings and 2 s for
250,000, on a computer that does nothing else.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from panelkit.areas.loader import load_area
from panelkit.domain.report_year import ReportYear
from panelkit.services.annual import Annual
from panelkit.store.engine import writing
from panelkit.store.record import Record

YEAR: Final = ReportYear.named("2022-23")
BOUNDS: Final = {600: 0.2, 250_000: 2.0}
"""Seconds, by meetings."""
TIMES: Final = 3
"""How often each is timed; the best counts, for a machine that does something else besides."""

T2_IN_SQL: Final = """
-- The plus keeps SQLite from an index that would make the join quadratic.
WITH managed AS (
  SELECT s.case_id, max(s.value) AS level FROM span s
  JOIN span w ON w.case_id = s.case_id AND +w.kind = 'whereabouts' AND w.withdrawn = ''
   AND w.value IN ('community', 'unlawfully_at_large')
   AND w.from_day <= :last AND (w.to_day = '' OR w.to_day >= :first)
   AND w.from_day <= CASE WHEN s.to_day = '' THEN '9999' ELSE s.to_day END
   AND (w.to_day = '' OR w.to_day >= s.from_day)
  WHERE s.kind = 'level' AND s.value IN ('2', '3') AND s.withdrawn = ''
   AND s.from_day <= :last AND (s.to_day = '' OR s.to_day >= :first)
  GROUP BY s.case_id)
SELECT m.level, c.category, count(*) FROM managed m JOIN "case" c ON c.id = m.case_id
WHERE c.category <> '4' GROUP BY m.level, c.category
"""


FILL: Final = """
CREATE TEMP TABLE n AS
  WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i + 1 < {cases})
  SELECT i, 'case-' || i AS id, substr('1223', i % 4 + 1, 1) AS category,
    date('{end}', (-30 - i * 3653 / {cases}) || ' days') AS start,
    date('{end}', (60 - i * 3653 / {cases}) || ' days') AS step,
    date('{end}', (370 - i * 3653 / {cases}) || ' days') AS leaves FROM c;
INSERT INTO "case" (id, ref, category, fiction, revision)
  SELECT id, printf('BM-%06d', i), category, 1, 1 FROM n;
INSERT INTO meeting (id, case_id, number, level, kind, held_on, state, sitting, slot, booked_minutes, revision, agenda_id)
  SELECT id || '-m' || k, id, k, '2', 'review', CASE k WHEN 1 THEN start WHEN 2 THEN step ELSE leaves END,
    'closed', '', '', 50, 1, 'a' FROM n, (SELECT 1 AS k UNION SELECT 2 UNION SELECT 3);
INSERT INTO outcome (id, case_id, kind, day, note, withdrawn, typed_by, typed_at, revision)
  SELECT id || '-o', id, 'returned_licence', step, '', '', '', '', 1 FROM n;
INSERT INTO span (id, case_id, kind, value, from_day, to_day, reason, end_reason, decided_at, ended_at,
    derived, because, withdrawn, typed_by, typed_at, revision)
  SELECT id || k, id, kind, value, first, last, 'accepted', '', '', '', 0, '', '', '', '', 1 FROM (
    SELECT i, id, '-a' AS k, 'level' AS kind, '2' AS value, start AS first, date(step, '-1 days') AS last FROM n
    UNION ALL SELECT i, id, '-b', 'level', substr('32', i % 2 + 1, 1), step, leaves FROM n
    UNION ALL SELECT i, id, '-c', 'category', category, start, '' FROM n
    UNION ALL SELECT i, id, '-d', 'whereabouts', 'community', start, '' FROM n) ORDER BY i;
DROP TABLE n
"""
"""Cases spread over ten years: three meetings, two levels and one return each."""


def filled(path: Path, meetings: int) -> Record:
    """A record with so many meetings."""
    record = Record.open(path, create=True)
    with writing(record.engine) as connection:
        connection.exec_driver_sql("INSERT INTO agenda (id, body) VALUES ('a', '[]')")
        for statement in FILL.format(cases=meetings // 3, end=YEAR.end).split(";\n"):
            connection.exec_driver_sql(statement)
    return record


def in_sql(record: Record) -> dict[tuple[str, str], int]:
    """T2 by one query."""
    days = {"first": YEAR.start.isoformat(), "last": YEAR.end.isoformat()}
    with record._reading() as connection:
        found = connection.execute(text(T2_IN_SQL), days)
        return {(level, category): count for level, category, count in found}


def best(work: Any) -> tuple[float, float, Any]:
    """The shortest of several times, the processor's own of it, and what came out."""
    times, found = [], None
    for _ in range(TIMES):
        started, worked = time.perf_counter(), time.process_time()
        found = work()
        times.append((time.perf_counter() - started, time.process_time() - worked))
    return *min(times), found


def main(sizes: list[int]) -> None:
    """Print a line for each size; exit 1 over a bound."""
    area, late = load_area("west_midlands"), False
    last = (0, 0.0)
    for meetings in sizes:
        with tempfile.TemporaryDirectory() as folder:
            record = filled(Path(folder) / "r.db", meetings)
            annual = Annual(record, area, lambda: datetime(2023, 6, 1, 12, tzinfo=UTC), "Somebody")
            ours, busy, report = best(lambda annual=annual: annual.report(YEAR))
            plain, _busy, counted = best(lambda record=record: in_sql(record))
            table = report.tables.tables["T2"]
            same = {
                (level, category): table.cell(f"Level {level}", f"Category {category}").value
                for level in "23"
                for category in "123"
            }
            assert {place: n for place, n in same.items() if n} == counted, (same, counted)
            record.close()
        bound = BOUNDS.get(meetings)
        late = late or (bound is not None and ours > bound)
        people = table.cell("Total", "Total").value
        grows = (
            f", {ours / last[1]:.1f} times for {meetings / last[0]:.0f} times" if last[0] else ""
        )
        limit = f", bound {bound} s" if bound else ""
        print(
            f"{meetings:>8} meetings: {ours:6.3f} s, the processor's {busy:6.3f} s{limit}; {people} people in T2{grows}; "
            f"plain SQL, T2 alone: {plain:6.3f} s ({ours / plain:.1f} times)"
        )
        last = (meetings, ours)
    if late:
        raise SystemExit(1)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [600, 25_000, 250_000])
