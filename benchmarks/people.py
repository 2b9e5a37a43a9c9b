"""Forty people in twenty meetings on one server: how long a save takes, and what a program holds.

    python benchmarks/people.py [SECONDS] [MEETINGS]

Every person is a program of their own with a login of their own, in pairs: one chairs, one writes.
Each types for ten minutes as people do in a meeting (a passage every three seconds, stored when a
pause comes or the field is left), pressed together into SECONDS (300 unless said). A wait is how
long one step of it kept the keys waiting. The yardstick is one bare commit of an equal text to the same server, timed by
another connection all the while. At the end every passage that was stored is looked for in the
record: what stands there, and what stood there before. Ends with 1 where one is missing, where the
95th of 100 waits is 50 ms or more, or where a program grew by more than a tenth after its first
third.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent))

TYPED_FOR: Final = 600.0
"""Seconds of a meeting that are pressed together."""
PASSAGE_EVERY: Final = 3.0
"""Seconds of those between two passages of one person."""
BOUND: Final = 0.050
GROWN: Final = 1.10
SECTIONS: Final = (
    "index_offence",
    "offence_summary",
    "previous_relevant",
    "reason_for_referral",
)
"""Both of a pair write in all of these, so that some of it is in the same field."""


def rss() -> int:
    """Kilobytes that this program holds now."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def one(address: str, ref: str, name: str, seconds: float) -> None:
    """One person's program; what it did, as JSON on the last line."""
    from panelkit.opened.session import Session, Spot
    from panelkit.wiring import Settings, open_desk
    from tests.together.writers import Writer

    settings = Settings(db=address, area="national")
    desk = open_desk(settings, settings.database)
    session = Session(desk.chairing, desk.caseload.find(ref))
    spots = tuple(Spot("A6", field) for field in SECTIONS)
    writer, pace = Writer(name, session, 0, spots), seconds / TYPED_FOR
    chance = random.Random(name)
    held: list[int] = []
    print("ready", flush=True)
    sys.stdin.readline()
    begun, number = time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        writer.passage(number, chance)
        number += 1
        if number % 10 == 0:
            held.append(rss())
        next_at = begun + number * PASSAGE_EVERY * pace * chance.uniform(0.9, 1.1)
        while (left := next_at - time.monotonic()) > 0:
            time.sleep(min(left, 0.25))
            session.tick(time.monotonic())
    desk.caseload.record.close()
    stored = [(spot.field, text) for spot, text in writer.stored]
    shown = sorted((spot.field, text) for spot, text in writer.shown)
    told = {"waits": writer.waits, "stored": stored, "shown": shown, "held": held, "number": number}
    print(json.dumps(told), flush=True)


def kept(address: str, ref: str) -> set[tuple[str, str]]:
    """Every text that stands, or stood, in the sections of a meeting."""
    from panelkit.opened.session import Session, Spot
    from panelkit.wiring import Settings, open_desk

    settings = Settings(db=address, area="national")
    desk = open_desk(settings, settings.database)
    session = Session(desk.chairing, desk.caseload.find(ref))
    found = set()
    for field in SECTIONS:
        spot = Spot("A6", field)
        found |= {(field, each.text) for each in session.earlier(spot)}
        found.add((field, session.stored(spot)))
    desk.caseload.record.close()
    return found


def yardstick(cluster: object, programs: list[subprocess.Popen[str]]) -> list[float]:
    """Seconds of a bare commit, taken again and again while the programs write."""
    import psycopg

    from tests.servers import Cluster

    assert isinstance(cluster, Cluster)
    bare = psycopg.connect(
        host=cluster.host, port=cluster.port, dbname="postgres", user=cluster.superuser,
        autocommit=True,
    )  # fmt: skip
    bare.execute("CREATE TABLE bare (text TEXT)")
    took = []
    while any(program.poll() is None for program in programs):
        begun = time.perf_counter()
        bare.execute("INSERT INTO bare VALUES (%s)", ("A passage of the same length.",))
        took.append(time.perf_counter() - begun)
        time.sleep(0.1)
    return took


def pairs(server: object, cluster: object, meetings: int) -> Iterator[tuple[str, str, str]]:
    """Meetings with two people each: address, reference, who."""
    from panelkit.domain.people import Role
    from panelkit.services.clock import system_clock
    from panelkit.services.logins import Logins
    from panelkit.store.record import Record
    from panelkit.store.server import Server
    from panelkit.wiring import Settings, desk_over
    from tests.desk import fresh_meeting
    from tests.servers import Cluster

    assert isinstance(server, Server)
    assert isinstance(cluster, Cluster)
    record = Record.open(server)
    desk = desk_over(Settings(area="national"), record)
    for number in range(meetings):
        ref = fresh_meeting(desk, f"HM-{1000 + number}").ref
        for role in (Role.CHAIR, Role.MINUTE_TAKER):
            name = f"Invented {role.label} {number}"
            login = cluster.login(f"{role}{number}")
            Logins(record, system_clock).add(name, [role], login)
            yield str(server.with_login(login)), ref, name
    record.close()


def main() -> int:
    """Run it once and print what was seen."""
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3], sys.argv[4], float(sys.argv[5]))
        return 0
    from tests.servers import Cluster

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    meetings = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory(prefix="pk", ignore_cleanup_errors=True) as folder:
        cluster = Cluster.started(Path(folder) / "d", durable=True)
        try:
            server = cluster.record()
            people = list(pairs(server, cluster, meetings))
            programs = [
                subprocess.Popen(
                    [sys.executable, __file__, "--one", *person, str(seconds)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                )
                for person in people
            ]  # fmt: skip
            for program in programs:
                assert program.stdout is not None
                assert program.stdout.readline() == "ready\n"
            for program in programs:
                assert program.stdin is not None
                program.stdin.write("\n")
                program.stdin.flush()
            yard = yardstick(cluster, programs)
            told = [json.loads(program.communicate()[0]) for program in programs]
            missing = 0
            for number, (_address, ref, _name) in enumerate(people):
                # What stands, what stood there before, and what either of the two was shown.
                there = kept(str(server), ref)
                first = number - number % 2
                for one_s in told[first : first + 2]:
                    there |= {(field, text) for field, text in one_s["shown"]}
                missing += sum(tuple(each) not in there for each in told[number]["stored"])
        finally:
            cluster.stop()
    waits = sorted(wait for one_s in told for wait in one_s["waits"])
    p95 = waits[int(len(waits) * 0.95)]
    grown = [
        max(held[len(held) // 3 :]) / held[len(held) // 3]
        for held in (o["held"] for o in told)
        if len(held) > 3
    ]
    most = max(max(one_s["held"], default=0) for one_s in told)
    print(
        f"{len(people)} people, {meetings} meetings, {sum(o['number'] for o in told)} passages in {seconds:.0f} s   "
        f"missing {missing}   wait: median {statistics.median(waits) * 1000:.1f} ms  "
        f"p95 {p95 * 1000:.1f} ms  worst {waits[-1] * 1000:.0f} ms   "
        f"bare commit median {statistics.median(yard) * 1000:.2f} ms  "
        f"p95 {sorted(yard)[int(len(yard) * 0.95)] * 1000:.2f} ms   "
        f"a program holds at most {most / 1024:.0f} MB, grown by at most {max(grown, default=1):.2f} times"
    )
    return 0 if not missing and p95 < BOUND and max(grown, default=1) < GROWN else 1


if __name__ == "__main__":
    sys.exit(main())
