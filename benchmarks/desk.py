"""How fast the minute taker's desk is, each figure beside its yardstick in the same run.

    python benchmarks/desk.py [--edits 60]

Edit to preview: from a key in the words of the longest section to its new preview, on the
real screen, against composing and printing the whole document at that moment. Hints: a
megabyte in one paragraph, against splitting the same text into words.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from textual import events

from panelkit.domain.plain_words import hints
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.minutes.draft import DraftScreen
from tests.desk import make_desk

REF = "WM-0143-3"


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def edits(desk: Desk, folder: Path, count: int) -> list[float]:
    """Seconds from each key to the preview that shows it."""
    app = PanelkitApp(desk, ref=REF, crash_folder=folder, minutes=True)
    times = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        screen = app.screen
        assert isinstance(screen, DraftScreen)
        await screen.go_to("plan")
        await pilot.pause(0.5)
        screen.pane.boxes[-1].editor.focus()
        side = screen.query_one("#side-words")
        for place in range(count):
            word = "abcdefgh"[place % 8]
            before = str(side.render())
            started = time.perf_counter()
            screen.post_message(events.Key(word, word))
            while str(side.render()) == before:
                await asyncio.sleep(0.001)
            times.append(time.perf_counter() - started)
            await asyncio.sleep(0.06)  # a fast typist
    return times


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=60)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = make_desk(folder, samples=("l2_review_carried_actions",))
        meeting = desk.caseload.find(REF)
        whole = []
        for _ in range(9):
            started = time.perf_counter()
            desk.minute_taking.text(meeting)
            whole.append(time.perf_counter() - started)
        times = asyncio.run(edits(desk, folder, said.edits))
        print(
            f"edit to preview: median {statistics.median(times) * 1000:.0f} ms, p95 {percentile(times, 0.95) * 1000:.0f} ms; whole document composed and printed {statistics.median(whole) * 1000:.0f} ms"
        )
        rules = desk.area.plain
        text = ("It was agreed that the VLO would look into the flat in due course " * 16_000)[
            :1_000_000
        ]
        started = time.perf_counter()
        found = hints(text, rules)
        taken = time.perf_counter() - started
        started = time.perf_counter()
        re.findall(r"\w+", text)
        yard = time.perf_counter() - started
        print(
            f"hints in a megabyte: {taken * 1000:.0f} ms ({len(found)} given); splitting it into words {yard * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()
