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
import compileall
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from panelkit.domain.agenda import AGENDA
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
SWITCH = """
from textual.app import App
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static, TextArea
class Switch(App):
    CSS = "TextArea { height: 4; } .pane { height: 1fr; } #rail { width: 29; } #side { width: 30; }"
    BINDINGS = [("f4", "next", "Next")]
    place = 0
    def compose(self):
        yield Static("top")
        with Horizontal():
            yield Static("\\n".join(f"item {n}" for n in range(18)), id="rail")
            with Vertical():
                for n in range(8):
                    with VerticalScroll(id=f"pane{n}", classes="pane"):
                        yield Static(f"PANE-{n}-TITLE")
                        for field in range(7):
                            yield Static(f"Label {field} of {n}")
                            yield TextArea("some words that were written here " * 4, compact=True)
            yield Static("\\n".join(f"person {n}" for n in range(30)), id="side")
        yield Static("keys")
    def on_mount(self):
        for n in range(1, 8):
            self.query_one(f"#pane{n}").display = False
        self.query(TextArea).first().focus()
    def action_next(self):
        self.query_one(f"#pane{self.place}").display = False
        self.place = (self.place + 1) % 8
        pane = self.query_one(f"#pane{self.place}")
        pane.display = True
        self.query_one("#side", Static).update(f"side of {self.place}")
        pane.query(TextArea).first().focus()
Switch().run()
"""
SAMPLE = Path(__file__).parent.parent / "sample_meetings" / "l2_review_carried_actions.toml"
TITLES = {item.code: item.title.split(",")[0] for item in AGENDA}
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


def next_items(argv: list[str], rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds from F4 to the title of the next item: built ahead, first visit, visited before.

    A first visit jumps to an item whose pane is not built; a step after a pause finds it built
    in idle time.
    """
    ahead: list[float] = []
    first: list[float] = []
    again: list[float] = []
    for _ in range(rounds):
        with Program.start(argv) as program:
            to_a6(program)
            for times in (ahead, again):
                for code in ("A7", "A8", "A9", "A10", "A11", "A12", "A13"):
                    times.append(shown_after(program, KEYS["f4"], code))
                for _back in range(7):
                    program.press(KEYS["f3"])
                    program.settle(0.4)
        with Program.start(argv) as program:
            to_a6(program)
            for code in ("A10", "A13", "A16", "A18", "A3"):
                program.press(KEYS["f2"])
                program.wait_for_text("Jump", timeout=10)
                program.press(code)
                program.settle(0.4)
                first.append(shown_after(program, KEYS["enter"], code))
    return ahead, first, again


def bare_switches(rounds: int) -> list[float]:
    """The yardstick: a bare program that hides one pane of fields and shows the next."""
    times = []
    for _ in range(rounds):
        with Program.start([sys.executable, "-c", SWITCH]) as program:
            program.wait_for_text("PANE-0-TITLE", timeout=30)
            program.settle(0.5)
            for place in range(1, 8):
                seen = len(program.raw)
                started = time.perf_counter()
                program.press(KEYS["f4"])
                title = f"PANE-{place}-TITLE".encode()
                program.wait_until(lambda t=title, at=seen: t in program.raw[at:], "the next pane")
                times.append(time.perf_counter() - started)
                program.settle(0.4)
    return times


def to_a6(program: Program) -> None:
    """The program opens where it was left; every part begins at the long answer."""
    program.wait_for_text("WM-0143-3", timeout=30)
    program.settle(0.4)
    program.press(KEYS["f2"])
    program.wait_for_text("Jump", timeout=10)
    program.press("A6")
    program.settle(0.4)
    program.press(KEYS["enter"])
    program.wait_for_text("Brief facts", timeout=10)
    program.settle(0.5)


def shown_after(program: Program, key: str, code: str) -> float:
    """Seconds from a key to the title of the item ``code`` on the screen."""
    program.settle(0.4)
    seen = len(program.raw)
    started = time.perf_counter()
    program.press(key)
    title = TITLES[code].encode()
    program.wait_until(lambda: title in program.raw[seen:], code)
    return time.perf_counter() - started


def in_words(name: str, seconds: list[float], wanted: str) -> None:
    print(
        f"{name}: median {statistics.median(seconds) * 1000:.0f} ms, "
        f"p95 {percentile(seconds, 0.95) * 1000:.0f} ms of {len(seconds)} (wanted {wanted})"
    )


def first_frames(programs: dict[str, Callable[[], float]], rounds: int) -> None:
    """Interleaved, so that what else the machine does falls on all alike."""
    frames: dict[str, list[float]] = {key: [] for key in programs}
    for _ in range(rounds):
        for key, measure in programs.items():
            frames[key].append(measure())
    for key in programs:
        report(f"first frame, {key}", frames[key], frames["bare"])


def loading(path: Path, ref: str) -> None:
    """A full meeting out of the record, in process."""
    from panelkit.store.record import Record

    record = Record.open(path)
    times = []
    for _ in range(60):
        started = time.perf_counter()
        record.load(ref)
        times.append(time.perf_counter() - started)
    record.close()
    in_words("loading a full meeting", times, "under 20 ms")


def compiled() -> None:
    """As pip leaves an installed program: compiled, whatever PYTHONDONTWRITEBYTECODE says here."""
    import panelkit

    compileall.compile_dir(Path(panelkit.__file__).parent, quiet=1)


def main() -> None:
    compiled()
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9, help="starts of each program")
    parser.add_argument("--keys", type=int, default=100, help="keys a run, in ten runs of each")
    parser.add_argument("--only", choices=("frame", "keys", "items", "load"), help="one part")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, ref = make_record(folder)
        panelkit = [sys.executable, "-m", "panelkit"]
        ours = [*panelkit, "run", ref, "--db", str(path), "--as", "Ruth Calloway"]
        demo = [*panelkit, "demo", "--fresh", "--db", str(folder / "demo.db")]
        if said.only in (None, "frame"):
            programs: dict[str, Callable[[], float]] = {
                "bare": lambda: first_text([sys.executable, "-c", BARE], "ready to work"),
                "panelkit run": lambda: first_text(ours, ref),
                "panelkit demo": lambda: first_text(demo, ref),
            }
            harlequin = shutil.which("harlequin")
            if harlequin:
                programs["harlequin"] = lambda: first_text([harlequin], "Data Catalog")
            first_frames(programs, said.rounds)
            if not harlequin:
                print("first frame, harlequin: not installed (pip install harlequin)")
        if said.only in (None, "keys"):
            mine: list[float] = []
            bare: list[float] = []
            for _ in range(10):
                with Program.start(ours) as program:
                    to_a6(program)
                    mine += key_times(program, said.keys)
                with Program.start(
                    [sys.executable, "-c", AREA, str(folder / "words.txt")]
                ) as program:
                    program.wait_for_text("He said", timeout=30)
                    program.settle(0.5)
                    bare += key_times(program, said.keys)
            report(f"key to repaint, {len(mine)} keys (wanted p95 at most 1.3)", mine, bare)
        if said.only in (None, "items"):
            ahead, first, again = next_items(ours, 3)
            bare_ones = bare_switches(3)
            in_words("a bare program's next pane of fields", bare_ones, "the yardstick")
            in_words("next item, built ahead in idle time", ahead, "p95 under 80 ms")
            in_words("an item on its first visit", first, "p95 under 250 ms")
            in_words("next item, visited before", again, "p95 under 80 ms")
        if said.only in (None, "load"):
            loading(path, ref)


if __name__ == "__main__":
    main()
