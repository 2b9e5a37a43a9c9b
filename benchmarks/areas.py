"""Forty-two areas over ten years in one record: filled, and timed where people wait every day.

    python benchmarks/areas.py fill --db /var/tmp/scale/record.db [--meetings 250000]
    python benchmarks/areas.py fill --db 'postgresql://postgres@:5499/scale?host=/var/tmp/scale'
    python benchmarks/areas.py measure --db /var/tmp/scale/record.db
    python benchmarks/areas.py plans --db /var/tmp/scale/record.db \\
        --db 'postgresql://scale_ruth@:5499/scale?host=/var/tmp/scale'

A server holds one database for each area; here all 250,000 meetings are in one record, which is
the hardest case. `benchmarks/areas_fill.py` says what the fill is and what it is not. The address
that a server is filled by is its superuser's, and the database is made; everything after that is
asked by the login of a person, ``scale_ruth``, so that the server's rules are in every query.

``measure`` times home (from the key to the screen that shows it), opening fifty meetings at random,
and every other list that somebody opens every day; beside each, in the same run, one count(*) by an
index or one row read by its key. The bounds are 0.5 s for home and 0.2 s for opening, on a computer
that does nothing else; ``measure`` ends with 1 over one of them. That of opening is for reading the
meeting, whole: what its screen takes to be built is the same in a record of any size, and is lines
of its own. ``--all`` also times what reads more
than it shows, and says what. ``plans`` prints the queries of each list with what the database does
for them: `docs/query_plans.md` has what it printed.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

import areas_fill
import areas_lists
from sqlalchemy import text

from panelkit.services.desk import Desk
from panelkit.wiring import Settings, open_desk

gc.disable()  # as panelkit.start does: the program awakens it once its first screen is drawn
MEETINGS = 250_000
BOUNDS = {"home": 0.5, "opening a meeting": 0.2}
"""Seconds."""
OPENED = 50


def desk_at(named: str) -> Desk:
    """A desk over the record, on the day on which it ends."""
    settings = Settings(
        db=named, area="west_midlands", who="Somebody", clock=lambda: areas_fill.NOW,
        place_reason="a benchmark",
    )  # fmt: skip
    return open_desk(settings, settings.database)


def some_refs(desk: Desk, many: int) -> list[str]:
    """References of meetings at random, the same ones each time."""
    chance, found = random.Random(42), []
    after = text(
        'SELECT "case".ref, meeting.number FROM meeting JOIN "case" ON "case".id = meeting.case_id '
        "WHERE meeting.id > :at ORDER BY meeting.id LIMIT 1"
    )
    with desk.caseload.record._reading() as connection:
        while len(found) < many:
            at = {"at": f"{chance.randrange(areas_fill.AREAS):02x}{chance.randrange(16**6):06x}"}
            row = connection.execute(after, at).first()
            found += [f"{row[0]}-{row[1]}"] if row is not None else []
    return found


def timed(work: Callable[[], Any], times: int = 5) -> list[float]:
    """Seconds of each time."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return took


def yardsticks(desk: Desk, ref: str) -> tuple[float, float]:
    """Seconds of a count by an index, and of one row by its key; medians."""
    meeting = {"id": desk.caseload.find(ref).id}
    counting = text("SELECT count(*) FROM meeting WHERE state = 'planned'")
    reading = text("SELECT * FROM meeting WHERE id = :id")
    with desk.caseload.record._reading() as connection:
        counted = timed(lambda: connection.execute(counting).scalar())
        read = timed(lambda: connection.execute(reading, meeting).first())
    return statistics.median(counted), statistics.median(read)


async def on_screen(desk: Desk, refs: list[str]) -> tuple[list[float], ...]:
    """Seconds until home is drawn with its rows, until it draws nothing more; and the same of each
    meeting, which is drawn when its first field takes keys."""
    from panelkit.tui.app import PanelkitApp
    from panelkit.tui.screens.home import HomeScreen
    from panelkit.tui.widgets.rowlist import RowList

    home, quiet, opened, still = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        app = PanelkitApp(desk, crash_folder=Path(folder))
        app.make_up_for_copies = lambda _desk: None  # type: ignore[method-assign] # once a day, and read through: minutes
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for _ in range(5):
                begun = time.perf_counter()
                await app.push_screen(HomeScreen(desk))
                rows = app.screen.query_one(RowList)
                while not rows.option_count or not rows.size.height:  # a server may take its time
                    await pilot.pause(0.005)
                home.append(time.perf_counter() - begun)
                await pilot.pause()
                quiet.append(time.perf_counter() - begun)
                await app.pop_screen()
                await pilot.pause()  # what is under it reads again: that is not the next one's time
            for ref in refs:
                begun = time.perf_counter()
                app.open_meeting(ref)
                while not _takes_keys(app.screen):
                    await pilot.pause(0.005)
                opened.append(time.perf_counter() - begun)
                await pilot.pause()
                still.append(time.perf_counter() - begun)
                await app.pop_screen()
                await pilot.pause()
    return home, quiet, opened, still


def _takes_keys(screen: Any) -> bool:
    pane = getattr(screen, "pane", None)
    return pane is not None and pane.size.height > 0 and screen.focused is not None


def said(name: str, took: list[float], beside: str, yard: float) -> bool:
    """Print a line; whether a bound was kept."""
    middle, bound = statistics.median(took), BOUNDS.get(name)
    worst = f", worst of {len(took)} {max(took) * 1000:.0f} ms" if len(took) > 1 else ""
    limit = f"   bound {bound * 1000:.0f} ms" if bound else ""
    print(
        f"{name:<34} {middle * 1000:8.1f} ms{worst}   {beside} {yard * 1000:.2f} ms "
        f"({middle / yard:.0f} times){limit}",
        flush=True,
    )
    return bound is None or middle <= bound


def measure(named: str, *, everything: bool) -> bool:
    """Print a line for each daily look; whether the bounds were kept."""
    desk = desk_at(named)
    refs = some_refs(desk, OPENED)
    counted, read = yardsticks(desk, refs[0])
    home, quiet, opened, still = asyncio.run(on_screen(desk, refs))
    fine = said("home", home, "count(*) by index", counted)
    said("the same until it draws no more", quiet, "count(*) by index", counted)
    whole = [timed(lambda ref=ref: desk.caseload.find(ref), 1)[0] for ref in refs]
    fine &= said("opening a meeting", whole, "one row by key", read)
    said("the same until it takes keys", opened, "one row by key", read)
    said("the same until it draws no more", still, "one row by key", read)
    for daily in areas_lists.DAILY:
        if daily.name in BOUNDS:
            continue
        if daily.reads_more and not everything:
            print(f"{daily.name:<34} reads {daily.reads_more}; --all times it")
            continue
        times = 1 if daily.reads_more else 5
        said(daily.name, timed(lambda daily=daily: daily.look(desk, refs[1]), times), "count(*) by index", counted)  # fmt: skip
    desk.caseload.record.close()
    return fine


def plans(named: list[str]) -> None:
    """Print each daily look's queries, with what each of the databases does for them."""
    desks = [desk_at(each) for each in named]
    refs = [some_refs(desk, 2)[1] for desk in desks]
    for daily in areas_lists.DAILY:
        if daily.name == "the key figures of a quarter":
            continue  # the queries of opening, for many meetings at once
        found: dict[str, list[str]] = {}
        for place, (desk, ref) in enumerate(zip(desks, refs, strict=True)):
            for query in areas_lists.asked(desk, daily, ref):
                cells = found.setdefault(query.plain, ["-"] * len(desks))
                cells[place] = areas_lists.served(desk.caseload.record, query)
        print(f"\n### {daily.name}\n")
        if daily.reads_more:
            print(f"Reads {daily.reads_more}.\n")
        heads = " | ".join("on a server" if "://" in each else "in a file" for each in named)
        print(f"| asked | {heads} |\n|---|{'---|' * len(desks)}")
        for plain, cells in found.items():
            print(f"| `{plain.replace('|', chr(92) + '|')}` | {' | '.join(cells)} |", flush=True)
    for desk in desks:
        desk.caseload.record.close()


def fill(named: str, meetings: int, seeds: Path) -> None:
    """Make the record, and say how large it is and how long it took."""
    begun = time.perf_counter()
    seeds.mkdir(parents=True, exist_ok=True)
    each = round(meetings / areas_fill.AREAS)
    full = areas_fill.seed(seeds / f"seed_full_{each}.db", each, brief=False)
    brief = areas_fill.seed(seeds / f"seed_brief_{each}.db", each, brief=True)
    print(f"two seeds after {time.perf_counter() - begun:.0f} s", flush=True)

    def say(words: str) -> None:
        print(f"{words}, {time.perf_counter() - begun:.0f} s", flush=True)

    if "://" in named:
        made = areas_fill.on_server(named, full, brief, meetings, say)
    else:
        made = areas_fill.in_file(Path(named), full, brief, meetings, say)
    say(f"{made} meetings in {named}")


def main() -> None:
    """What is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    commands = asked.add_subparsers(dest="command", required=True)
    filling = commands.add_parser("fill", help="make a record with so many meetings")
    filling.add_argument("--db", required=True)
    filling.add_argument("--meetings", type=int, default=MEETINGS)
    filling.add_argument("--seeds", type=Path, default=Path(), help="folder for the two seeds")
    for name, help_text in (("measure", "time the lists"), ("plans", "print the queries")):
        more = commands.add_parser(name, help=help_text)
        more.add_argument("--db", required=True, action="append")
        if name == "measure":
            more.add_argument("--all", action="store_true", help="also what reads more")
    told = asked.parse_args()
    if told.command == "fill":
        fill(told.db, told.meetings, told.seeds)
    elif told.command == "plans":
        plans(told.db)
    elif False in [measure(each, everything=told.all) for each in told.db]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
