"""Times two writers in one meeting, 600 edits of the same sections, on a file and on a server.

    python benchmarks/together.py [EDITS]

Each writer is a desk of its own with its own connection, in a thread of its own. Every edit is a
visit: it is typed, ticked and left as on the screen, and what conflicts is chosen. A wait is how
long one such step kept the keys waiting. The yardstick is what the same disk, or server, does in
the same run for one bare commit of an equal text, one after the other. Nothing may be overwritten
that was not kept or shown; the run says so, and ends with 1 where it was.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent))

from panelkit.opened.session import Session
from tests.servers import Cluster
from tests.together.desks import CHAIR, REF, TAKER, Shared, shared_file, shared_server
from tests.together.writers import SECTIONS, Writer, lost

BOUND: Final = 1.0
"""Seconds that no wait may reach."""


def written(shared: Shared, edits: int) -> tuple[list[Writer], Session, float]:
    """Two desks write at once; how long it took in all."""
    writers = []
    for seed, who in enumerate((CHAIR, TAKER)):
        desk = shared.desk(who)
        session = Session(desk.chairing, desk.caseload.find(REF))
        session.company.at("A6")
        writers.append(Writer(who.split()[0], session, seed, SECTIONS))
    threads = [threading.Thread(target=each.write, args=(edits // 2,)) for each in writers]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return writers, writers[0].session, time.perf_counter() - begun


def bare_file(folder: Path) -> Callable[[str], None]:
    """One commit of a bare sqlite3 connection with WAL and synchronous=FULL."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE words (text TEXT)")
    return lambda text: bare.execute("INSERT INTO words VALUES (?)", (text,)) and None


def bare_server(cluster: Cluster) -> Callable[[str], None]:
    """One commit of a bare connection to the same server."""
    import psycopg

    bare = psycopg.connect(
        host=cluster.host, port=cluster.port, dbname="postgres", user=cluster.superuser,
        autocommit=True,
    )  # fmt: skip
    bare.execute("CREATE TEMP TABLE words (text TEXT)")
    return lambda text: bare.execute("INSERT INTO words VALUES (%s)", (text,)) and None


def commits(commit: Callable[[str], None], times: int) -> list[float]:
    """Seconds of each bare commit."""
    took = []
    for number in range(times):
        begun = time.perf_counter()
        commit(f"words {number}")
        took.append(time.perf_counter() - begun)
    return took


def said(name: str, shared: Shared, edits: int, commit: Callable[[str], None]) -> bool:
    """Run it and print a line; whether nothing was lost and nobody waited too long."""
    yard = statistics.median(commits(commit, 200)) * 1000
    writers, session, took = written(shared, edits)
    gone = lost(writers, session)
    waits = sorted(wait for each in writers for wait in each.waits)
    conflicts = sum(each.conflicts for each in writers)
    p95 = waits[int(len(waits) * 0.95)] * 1000
    print(
        f"{name:<7} {edits} edits by two in {took:5.1f} s   {len(gone)} overwritten   "
        f"{conflicts} conflicts shown   wait: median {statistics.median(waits) * 1000:.1f} ms  "
        f"p95 {p95:.1f} ms  worst {waits[-1] * 1000:.0f} ms   bare commit {yard:.2f} ms"
    )
    return not gone and waits[-1] < BOUND


def main() -> int:
    """Both engines, one after the other."""
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    fine = True
    with tempfile.TemporaryDirectory(prefix="pk", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        file = shared_file(place / "file")
        fine &= said("file", file, edits, bare_file(place))
        file.close()
        cluster = Cluster.started(place / "d", durable=True)
        try:
            server = shared_server(cluster, place)
            fine &= said("server", server, edits, bare_server(cluster))
            server.close()
        finally:
            cluster.stop()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
