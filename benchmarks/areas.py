"""Forty-two areas over ten years in one record: filled, and timed where people wait every day.

    python benchmarks/areas.py fill --db /var/tmp/scale/record.db [--meetings 250000]
    python benchmarks/areas.py fill --db 'postgresql://postgres@:5499/scale?host=/var/tmp/scale'

A server holds one database for each area; here all 250,000 meetings are in one record, which is
the hardest case. `benchmarks/areas_fill.py` says what the fill is and what it is not. The address
that a server is filled by is its superuser's, and the database is made; everything after that is
asked by the login of a person, ``scale_ruth``, so that the server's rules are in every query.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

import areas_fill

MEETINGS = 250_000


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
    said = asked.parse_args()
    if said.command == "fill":
        fill(said.db, said.meetings, said.seeds)


if __name__ == "__main__":
    main()
