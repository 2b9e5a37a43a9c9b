"""How fast the chair's screen is, each figure beside its yardstick in the same run.

    python benchmarks/screen.py [--rounds 9]

First frame: from the start of the process to the first byte that shows the stored meeting,
against a bare Textual program and, where it is installed (``pip install harlequin``),
Harlequin's first text. Key to repaint: one key at a time in a 2,000-word answer of a full
meeting, against a bare text area that holds the same words. Next item: F4 to the title of
the next item. Real programs in real pseudo-terminals throughout.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.pty_program import KEYS, Program

BARE = """
from textual.app import App
from textual.widgets import Footer, Header, Label
class Bare(App):
    def compose(self):
        yield Header()
        yield Label("ready to work")
        yield Footer()
Bare().run()
"""
AREA = """
import sys
from textual.app import App
from textual.widgets import TextArea
class Area(App):
    def compose(self):
        yield TextArea(open(sys.argv[1]).read(), soft_wrap=True, tab_behavior="focus")
Area().run()
"""
SAMPLE = Path(__file__).parent.parent / "sample_meetings" / "l2_review_carried_actions.toml"
PARAGRAPH = (
    "He said that the visit of the third was kept and that he would be at work by eight. " * 5
)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def first_text(argv: list[str], wanted: str) -> float:
    """Seconds from starting the program to ``wanted`` on its screen."""
    started = time.perf_counter()
    with Program.start(argv) as program:
        program.wait_for_raw(wanted.encode(), timeout=30)
        return time.perf_counter() - started


def key_times(program: Program, count: int) -> list[float]:
    """Seconds from each key to the last byte of its repaint."""
    times = []
    for place in range(count):
        program.settle(quiet=0.03, timeout=2)
        started = time.perf_counter()
        program.press("abcdefgh "[place % 9])
        last = started
        while program._pump(0.02):
            last = time.perf_counter()
        if last > started:
            times.append(last - started)
    return times


def make_record(folder: Path) -> tuple[Path, str]:
    """A full meeting whose A6 holds a 2,000-word answer."""
    from panelkit.packs.reader import read_pack
    from panelkit.wiring import Settings, open_desk

    path = folder / "bench.db"
    desk = open_desk(Settings(who="Ruth Calloway"), path, create=True)
    pack = read_pack(SAMPLE)
    desk.caseload.take_in([*pack.earlier, pack.meeting])
    words = "\n\n".join([PARAGRAPH] * 24)
    meeting = desk.caseload.find("WM-0143-3")
    desk.chairing.record_answer(meeting, "A6", "offence_summary", words)
    desk.chairing.remember_place(meeting, "A6", "offence_summary")
    desk.chairing.record.close()
    (folder / "words.txt").write_text(words)
    return path, "WM-0143-3"


def report(name: str, values: list[float], yardstick: list[float]) -> None:
    median, other = statistics.median(values), statistics.median(yardstick)
    print(
        f"{name}: median {median * 1000:.0f} ms, p95 {percentile(values, 0.95) * 1000:.0f} ms; yardstick {other * 1000:.0f} ms, p95 {percentile(yardstick, 0.95) * 1000:.0f} ms; ratio of medians {median / other:.2f}, of p95 {percentile(values, 0.95) / percentile(yardstick, 0.95):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--keys", type=int, default=100)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, ref = make_record(folder)
        ours = [
            sys.executable,
            "-m",
            "panelkit",
            "run",
            ref,
            "--db",
            str(path),
            "--as",
            "Ruth Calloway",
        ]
        demo = [
            sys.executable,
            "-m",
            "panelkit",
            "demo",
            "--fresh",
            "--db",
            str(folder / "demo.db"),
        ]
        programs: dict[str, Callable[[], float]] = {
            "bare": lambda: first_text([sys.executable, "-c", BARE], "ready to work"),
            "panelkit run": lambda: first_text(ours, "WM-0143-3"),
            "panelkit demo": lambda: first_text(demo, "WM-0143-3"),
        }
        harlequin = shutil.which("harlequin")
        if harlequin:
            programs["harlequin"] = lambda: first_text([harlequin], "Data Catalog")
        frames: dict[str, list[float]] = {key: [] for key in programs}
        for _ in range(said.rounds):
            for key, measure in programs.items():
                frames[key].append(measure())
        for key in programs:
            report(f"first frame, {key}", frames[key], frames["bare"])
        if not harlequin:
            print("first frame, harlequin: not installed (pip install harlequin)")
        mine: list[float] = []
        bare: list[float] = []
        for _ in range(10):
            with Program.start(ours) as program:
                program.wait_for_text("Brief facts", timeout=30)
                program.settle(0.5)
                mine += key_times(program, said.keys)
            with Program.start([sys.executable, "-c", AREA, str(folder / "words.txt")]) as program:
                program.wait_for_text("He said", timeout=30)
                program.settle(0.5)
                bare += key_times(program, said.keys)
        report(f"key to repaint, {len(mine)} keys", mine, bare)
        first: list[float] = []
        again: list[float] = []
        for _ in range(3):
            with Program.start(ours) as program:
                program.wait_for_text("Brief facts", timeout=30)
                for times in (first, again):
                    for code in ("A7", "A8", "A9", "A10", "A11", "A12", "A13"):
                        program.settle(0.6)
                        started = time.perf_counter()
                        program.press(KEYS["f4"])
                        program.wait_until(lambda code=code: f"{code}  " in program.text(), code)
                        times.append(time.perf_counter() - started)
                    for _back in range(7):
                        program.press(KEYS["f3"])
                        program.settle(0.4)
        report("next item, built ahead in idle time (first visit)", first, again)


if __name__ == "__main__":
    main()
