"""Forty people in twenty meetings on one server: how long a save takes, and what a program holds.

    python benchmarks/people.py [SECONDS] [MEETINGS]

Every person is a program of their own with a login of their own, in pairs: one chairs, one writes.
Each types for ten minutes as people do in a meeting (a passage every three seconds, stored when a
pause comes or the field is left), pressed together into SECONDS (300 unless said). A wait is how
long one step of it kept the keys waiting. At the end every passage that was stored is looked for in the
record: what stands there, and what stood there before. Ends with 1 where one is missing, where the
95th of 100 waits is 50 ms or more, or where a program grew by more than a tenth after its first
third.

Forty programs and their server on one machine want more processors than it has, so that some of a
wait is for one. Three yardsticks of the same run stand beside it: one bare commit of an equal text
to the same server, timed by a program that does nothing else; one ``SELECT 1`` before each passage
in each of the forty programs, which asks the server for nothing; and, of each wait, how long the
program and the server's process that serves it stood in line for a processor, as the kernel counts
it (on Linux). What somebody else who has the turn stood in line is not in that.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
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


class Line:
    """How long this program and the process that serves it stood in line for a processor."""

    def __init__(self, served_by: Callable[[], int]) -> None:
        """``served_by`` asks which process that is: another, where the connection was lost."""
        self._served_by = served_by
        self._server: Path | None = None
        self._before = self._last = (0.0, 0.0)
        """Of processes that are gone; and of the one that serves, as it was seen last."""

    def seconds(self) -> tuple[float, float]:
        """Since they began: in line; and on a processor. 0 where the kernel does not say."""
        mine = _counted(Path("/proc/self/schedstat"))
        theirs = _counted(self._server) if self._server is not None else None
        if theirs is None:
            self._before = (self._before[0] + self._last[0], self._before[1] + self._last[1])
            self._server = Path(f"/proc/{self._served_by()}/schedstat")
            theirs = _counted(self._server)
        self._last = theirs or (0.0, 0.0)
        mine = mine or (0.0, 0.0)
        return (
            mine[0] + self._before[0] + self._last[0],
            mine[1] + self._before[1] + self._last[1],
        )


def _counted(file: Path) -> tuple[float, float] | None:
    """In line, and on a processor; None where there is no such process, or no such kernel."""
    try:
        on, line, *_ = file.read_text("ascii").split()
    except OSError:
        return None
    return int(line) / 1e9, int(on) / 1e9


def one(address: str, ref: str, name: str, seconds: float) -> None:
    """One person's program; what it did, as JSON on the last line."""
    import psycopg

    from panelkit.opened.session import Session, Spot
    from panelkit.store.server import Server
    from panelkit.wiring import Settings, open_desk
    from tests.together.writers import Writer

    settings = Settings(db=address, area="national")
    desk = open_desk(settings, settings.database)
    session = Session(desk.chairing, desk.caseload.find(ref))
    spots = tuple(Spot("A6", field) for field in SECTIONS)
    engine = desk.caseload.record.engine

    def served_by() -> int:
        try:
            with engine.connect() as connection:
                return int(connection.connection.dbapi_connection.info.backend_pid)  # type: ignore[union-attr]
        except Exception:  # noqa: BLE001 - there is no connection now; it is asked for again
            return 0

    line = Line(served_by)
    stood: list[float] = []
    saves: list[float] = []

    class Timed(Writer):
        """With, of each wait, what was for a processor, and which of them stored something."""

        def _note(self, spot: Spot, step: Callable[[], None]) -> None:
            before, count = line.seconds()[0], len(self.stored)
            super()._note(spot, step)
            stood.append(line.seconds()[0] - before)
            if len(self.stored) > count:
                saves.append(self.waits[-1])

    writer, pace = Timed(name, session, 0, spots), seconds / TYPED_FOR
    chance = random.Random(name)
    held: list[int] = []
    asked: list[float] = []
    server = settings.database
    assert isinstance(server, Server)
    bare = psycopg.connect(**server.told(), dbname=server.database, autocommit=True)
    print("ready", flush=True)
    sys.stdin.readline()
    begun, number, used = time.monotonic(), 0, line.seconds()[1]
    while time.monotonic() - begun < seconds:
        asking = time.perf_counter()
        bare.execute("SELECT 1")
        asked.append(time.perf_counter() - asking)
        writer.passage(number, chance)
        number += 1
        if number % 10 == 0:
            held.append(rss())
        next_at = begun + number * PASSAGE_EVERY * pace * chance.uniform(0.9, 1.1)
        while (left := next_at - time.monotonic()) > 0:
            time.sleep(min(left, 0.25))
            session.tick(time.monotonic())
    used = line.seconds()[1] - used
    bare.close()
    desk.caseload.record.close()
    stored = [(spot.field, text) for spot, text in writer.stored]
    shown = sorted((spot.field, text) for spot, text in writer.shown)
    told = {
        "waits": writer.waits, "stood": stood, "asked": asked, "saves": saves, "stored": stored,
        "shown": shown, "held": held, "number": number, "conflicts": writer.conflicts, "used": used,
    }  # fmt: skip
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


def at(values: list[float], share: float) -> float:
    """The value that this share of all are not above."""
    return sorted(values)[int(len(values) * share)]


def ms(seconds: float) -> str:
    """As milliseconds."""
    return f"{seconds * 1000:.1f} ms"


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
    waits = [wait for one_s in told for wait in one_s["waits"]]
    stood = [line for one_s in told for line in one_s["stood"]]
    saves = [wait for one_s in told for wait in one_s["saves"]]
    asked = [wait for one_s in told for wait in one_s["asked"]]
    p95 = at(waits, 0.95)
    near = [line for wait, line in zip(waits, stood, strict=True) if abs(wait - p95) < p95 / 4]
    grown = [
        max(held[len(held) // 3 :]) / held[len(held) // 3]
        for held in (o["held"] for o in told)
        if len(held) > 3
    ]
    most = max(max(one_s["held"], default=0) for one_s in told)
    print(
        f"{len(people)} people, {meetings} meetings, {sum(o['number'] for o in told)} passages in "
        f"{seconds:.0f} s, {sum(o['conflicts'] for o in told)} in the same place   missing {missing}\n"
        f"wait: median {ms(statistics.median(waits))}  p95 {ms(p95)}  worst {ms(max(waits))}   "
        f"of those near the p95 {ms(statistics.mean(near))} in line for a processor; without that line "
        f"p95 {ms(at([max(w - s, 0) for w, s in zip(waits, stood, strict=True)], 0.95))}\n"
        f"steps that stored something: median {ms(statistics.median(saves))}  p95 {ms(at(saves, 0.95))}\n"
        f"SELECT 1 in each program: median {ms(statistics.median(asked))}  p95 {ms(at(asked, 0.95))}   "
        f"bare commit: median {ms(statistics.median(yard))}  p95 {ms(at(yard, 0.95))}\n"
        f"a passage took {ms(sum(o['used'] for o in told) / sum(o['number'] for o in told))} of a processor, "
        f"the server's part with it   a program holds at most {most / 1024:.0f} MB, grown by at most {max(grown, default=1):.2f} times"
    )
    return 0 if not missing and p95 < BOUND and max(grown, default=1) < GROWN else 1


if __name__ == "__main__":
    sys.exit(main())
