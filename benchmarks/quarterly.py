"""Times the board's figures of four quarters, from a record with so many meetings in the year.

    python benchmarks/quarterly.py [MEETINGS ...]

Without numbers: 600 and 6,000 meetings. The record is what ``panelkit generate --years 1 --brief``
makes, journal and all, and is read the way the program reads it: opened, rows fetched, every
meeting looked at for the key figures, four quarters counted side by side; the audit's rules, which
``benchmarks/audit.py`` times, are left out. The yardstick, in the same run on the same file, is one
plain SQL query that counts one of the fifty figures, attendance at Level 2 by organisation and
quarter; both must say the same. No bound is set: nobody has asked for one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from annual import best
from sqlalchemy import text

from panelkit.areas.loader import load_agenda, load_area
from panelkit.domain.report_year import ReportQuarter
from panelkit.services.generating import Generating, wanted_years
from panelkit.services.quarterly import QuarterlyReport
from panelkit.stats.quarterly import Quarterly
from panelkit.store.record import Record

QUARTER: Final = ReportQuarter.named("2025-26-Q4")
SIZES: Final = (600, 6_000)
SEED: Final = 6
AREA_NAME: Final = "west_midlands"

ATTENDANCE_IN_SQL: Final = """
WITH there AS (
  SELECT m.id, a.organisation, (cast(substr(m.held_on, 6, 2) AS INTEGER) + 8) / 3 % 4 + 1 AS quarter,
    max(a.status IN ('attended', 'part', 'deputy')) AS came
  FROM meeting m JOIN attendance a ON a.meeting_id = m.id
  WHERE m.level = '2' AND m.state IN ('closed', 'approved', 'issued') AND a.withdrawn = ''
    AND m.held_on BETWEEN :first AND :last AND a.invited = 'required'
    AND a.meeting_role IN ('member', 'victim_liaison')
  GROUP BY m.id, a.organisation)
SELECT organisation, quarter, sum(came), count(*) FROM there GROUP BY organisation, quarter
"""
"""The office holders speak for no agency, and a deputy counts: the rest is the figure's definition."""

Shares = dict[tuple[str, int], tuple[int, int]]


def now() -> datetime:
    """A day on which the year is over."""
    return datetime(2026, 6, 1, 12, tzinfo=UTC)


def filled(path: Path, meetings: int) -> Record:
    """A record with about so many meetings in the year."""
    record = Record.open(path, create=True)
    generating = Generating(record, load_area(AREA_NAME), load_agenda(AREA_NAME), now, "Somebody")
    wanted = wanted_years(now, 1, meetings=meetings, until=QUARTER.end, seed=SEED, brief=True)
    generating.years(wanted)
    return record


def in_sql(record: Record) -> Shares:
    """Attendance at Level 2 by one query."""
    days = {"first": QUARTER.year.start.isoformat(), "last": QUARTER.end.isoformat()}
    with record._reading() as connection:
        found = connection.execute(text(ATTENDANCE_IN_SQL), days)
        return {(name, quarter): (came, of) for name, quarter, came, of in found}


def as_counted(report: Quarterly) -> Shares:
    """The same out of the report."""
    figure = next(one for one in report.figures if one.measure.id == "K-ATT2")
    return {
        (line.row, quarter.number): (int(line.value), line.of)
        for quarter, lines in figure.lines.items()
        for line in lines
        if line.value is not None and line.of
    }


def main(sizes: list[int]) -> None:
    """Print a line for making each record, and one for reading it."""
    area = load_area(AREA_NAME)
    last = (0, 0.0)
    for asked in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "r.db"
            started, worked = time.perf_counter(), time.process_time()
            record = filled(path, asked)
            took, busy = time.perf_counter() - started, time.process_time() - worked
            with record._reading() as connection:
                held = connection.execute(text("SELECT count(*) FROM meeting")).scalar_one()
                rows = connection.execute(text("SELECT count(*) FROM journal")).scalar_one()
            print(
                f"{held:>6} meetings made in {took:6.1f} s, the processor's {busy:6.1f} s: "
                f"{rows} journal rows, {path.stat().st_size / 1e6:.0f} MB"
            )
            board = QuarterlyReport(record, area, now)
            ours, busy, report = best(lambda board=board: board.report(QUARTER, with_defects=False))
            plain, _busy, counted = best(lambda record=record: in_sql(record))
            assert as_counted(report) == counted, "the figures differ"
            record.close()
        grows = f", {ours / last[1]:.1f} times for {held / last[0]:.1f} times" if last[0] else ""
        print(
            f"{held:>6} meetings: {ours:6.3f} s, the processor's {busy:6.3f} s{grows}; "
            f"plain SQL, attendance at Level 2 alone: {plain:6.3f} s ({ours / plain:.0f} times)"
        )
        last = (held, ours)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
