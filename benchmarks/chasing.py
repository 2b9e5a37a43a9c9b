"""Times the list of actions across meetings, in a record with so many meetings.

    python benchmarks/chasing.py [MEETINGS ...]

Without numbers: 2,500 and 250,000 meetings. The first are what ``panelkit generate --years 1 --brief``
makes; the rest are copies of their rows in the four tables that the list reads, under other ids. Each line
is asked as the screen asks it, the first 200 actions and whether there are more, and the whole of what
``is:overdue`` means is read once. The yardstick, in the same run on the same file, is the same list without
the table of actions as they stand: the last meeting of each action found by one SQL query. Both must list the same.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from panelkit.areas.loader import load_agenda, load_area
from panelkit.domain.action_filter import read_filter
from panelkit.services.generating import Generating, wanted_years
from panelkit.store.record import Record

SIZES: Final = (2_500, 250_000)
TODAY: Final = date(2026, 4, 1)
LINES: Final = ("is:overdue", "@housing is:overdue", "due:<7d level:3", '"licence"', "is:noowner")
WITHOUT: Final = """
SELECT a.id FROM actions a JOIN meeting m ON m.id = a.meeting_id
WHERE a.withdrawn = '' AND coalesce(a.status, '') IN ('', 'part', 'not_started')
  AND coalesce(nullif(a.new_due, ''), a.due) < :today
  AND NOT EXISTS (SELECT 1 FROM actions b JOIN meeting n ON n.id = b.meeting_id
    WHERE n.case_id = m.case_id AND n.number > m.number AND b.set_at = a.set_at AND b.number = a.number)
"""


def now() -> datetime:
    """A day on which the year is over."""
    return datetime(2026, 4, 1, 12, tzinfo=UTC)


def filled(path: Path, meetings: int) -> Record:
    """A record with about so many meetings."""
    record = Record.open(path, create=True)
    area, agenda = load_area("west_midlands"), load_agenda("west_midlands")
    first = min(meetings, SIZES[0])
    generating = Generating(record, area, agenda, now, "Dana Pryce")
    generating.years(wanted_years(now, 1, meetings=first, seed=6, brief=True))
    with record._writing() as connection:  # noqa: SLF001 - as the database has it
        for copy in range(1, meetings // first):
            for table, changed in (
                ("case", {"id", "ref"}), ("meeting", {"id", "case_id"}),
                ("actions", {"id", "meeting_id", "origin"}),
                ("standing_action", {"id", "case_id", "meeting_id", "action_id"}),
            ):  # fmt: skip
                found = connection.execute(text(f'SELECT * FROM "{table}" LIMIT 0'))  # noqa: S608 - names of this file
                names = list(found.keys())
                said = ", ".join(
                    f"\"{n}\" || '~{copy}'" if n in changed else f'"{n}"' for n in names
                )
                listed = ", ".join(f'"{n}"' for n in names)
                connection.execute(text(f'INSERT INTO "{table}" ({listed}) SELECT {said} FROM "{table}" WHERE id NOT LIKE \'%~%\''))  # fmt: skip  # noqa: S608
    return record


def timed(work: Callable[[], list[Any]], times: int = 5) -> tuple[float, list[Any]]:
    """The shortest of several times, in milliseconds, and what came out."""
    took, found = [], []
    for _ in range(times):
        started = time.perf_counter()
        found = work()
        took.append(1000 * (time.perf_counter() - started))
    return min(took), found


def main() -> None:
    """One line for each filter and size."""
    for size in [int(each) for each in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            record = filled(Path(folder) / "r.db", size)
            housing = [n for n in record.organisations_acting() if "ousing" in n]
            counts = [
                text(f"SELECT count(*) FROM {name}")  # noqa: S608
                for name in ("meeting", "actions", "standing_action WHERE is_open = 1")
            ]
            with record._reading() as connection:  # noqa: SLF001
                held, rows, still = (connection.execute(each).scalar() for each in counts)
            print(f"{held:,} meetings, {rows:,} rows of actions, {still:,} open actions")
            for line in LINES:
                wanted = read_filter(line)
                took, found = timed(
                    partial(record.chased, wanted, TODAY, {"housing": housing}, 201)
                )
                print(f"  {line:<24} {took:9.1f} ms  {len(found)} of them read")
            took, every = timed(partial(record.chased, read_filter("is:overdue"), TODAY, {}), 1)
            with record._reading() as connection:
                without = partial(connection.execute, text(WITHOUT), {"today": TODAY.isoformat()})
                other, plain = timed(lambda ask=without: list(ask()), 1)  # type: ignore[misc]
            same = {one.action.id for one in every} == {row[0] for row in plain}
            print(f"  all of is:overdue        {took:9.1f} ms  {len(every):,} actions")
            print(f"  one query without it     {other:9.1f} ms  the same: {same}")
            record.close()


if __name__ == "__main__":
    main()
