"""Make the pictures in ``docs/pictures`` from the program itself, on fictional meetings.

    python tools/make_pictures.py [RECORD ...]

A record is a name of ``MADE``; without one, all pictures are made. Also writes the key tables of the manual between their marks. What is shown is listed in
``picture_shots.SHOTS``.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from picture_desk_allocated import allocated
from picture_desk_chased import chased
from picture_desk_planned import planned
from picture_desk_returns import returned
from picture_desks import MADE as DESKS
from picture_desks import REVIEW
from picture_openers import Stage, opened
from picture_shots import SHOTS, Shot
from pictures_svg import kept
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.keys import (
    AUDIT_KEYS,
    CHASING_KEYS,
    DRAFT_KEYS,
    FIND_KEYS,
    HOME_KEYS,
    MEETING_KEYS,
    QUARTER_KEYS,
    STATISTICS_KEYS,
    Key,
)

HERE = Path(__file__).parent.parent
DOCS = HERE / "docs"
PICTURES = DOCS / "pictures"
MARKS = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)

MADE = {
    **DESKS,
    "chased": chased,
    "allocated": allocated,
    "planned": planned,
    "returned": returned,
}
"""By name, what makes the record."""

KEY_PAGES: dict[str, tuple[Key, ...]] = {
    "manual.md": MEETING_KEYS, "minute_taker.md": DRAFT_KEYS, "coordinator.md": AUDIT_KEYS,
    "figures.md": STATISTICS_KEYS, "home.md": HOME_KEYS,
    "chasing.md": CHASING_KEYS,
}  # fmt: skip
"""Pages of the manual with a table of keys."""

KEY_LISTS: dict[str, tuple[Key, ...]] = {
    "MeetingScreen": MEETING_KEYS, "DraftScreen": DRAFT_KEYS, "AuditScreen": AUDIT_KEYS,
    "HomeScreen": HOME_KEYS, "StatisticsScreen": STATISTICS_KEYS, "QuarterScreen": QUARTER_KEYS,
    "ChasingScreen": CHASING_KEYS, "FindScreen": FIND_KEYS,
}  # fmt: skip
"""Screens whose keys are a list of the program's own."""


NOT_OURS = frozenset({"app.focus_next", "app.focus_previous", "screen.copy_text"})
"""What every screen of Textual answers to."""


@dataclass(frozen=True)
class Taken:
    """One picture as the program made it."""

    shot: Shot
    svg: str
    keys: str
    """Its table of keys, as Markdown."""


def key_table(keys: tuple[Key, ...] = MEETING_KEYS) -> str:
    """Every key of a screen with its second way, as Markdown."""
    lines = ["| Key | or | Does |", "|---|---|---|"]
    lines += [f"| {k.display} | ^F {k.letter} | **{k.label}** {k.tooltip} |" for k in keys]
    return "\n".join(lines) + "\n"


def with_keys(page: str, keys: tuple[Key, ...] = MEETING_KEYS) -> str:
    """The manual with its key table as the program has it."""
    return MARKS.sub(lambda found: found[1] + key_table(keys) + found[2], page)


def with_keys_of(page: str, taken: Taken) -> str:
    """A screen's page with the keys of one of its pictures as the program has them."""
    name = re.escape(taken.shot.name)
    marks = re.compile(rf"(<!-- keys of {name} -->\n).*?(<!-- /keys of {name} -->)", re.DOTALL)
    return marks.sub(lambda found: found[1] + taken.keys + found[2], page)


def page_of(shot: Shot) -> Path:
    """Where its picture stands."""
    return DOCS / "screens" / f"{shot.on}.md"


def _shown(key: str) -> str:
    """``ctrl+s`` as ``^S``, ``f5`` as ``F5``."""
    names = {
        "escape": "Esc", "enter": "Enter", "up": "Up", "down": "Down", "left": "Left",
        "right": "Right", "pageup": "Page Up", "pagedown": "Page Down", "delete": "Delete",
        "space": "Space", "plus": "+", "home": "Home", "end": "End", "tab": "Tab",
        "ctrl+backslash": "^\\",
    }  # fmt: skip
    if key in names:
        return names[key]
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+").upper()
    return key.upper() if re.fullmatch(r"f\d+", key) else key


def _foot(screen: Screen[Any]) -> str:
    """The line of keys that the screen itself ends with; blank where it has none."""
    for found in screen.query("#keys, .foot").results(Static):
        if words := str(found.content).strip():
            return " ".join(words.split())
    return ""


def keys_shown(screen: Screen[Any]) -> str:
    """What a screen answers to: its own list, or its keys and the line at its foot."""
    own = KEY_LISTS.get(type(screen).__name__)
    if own:
        return key_table(own)
    by_label: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        if active.node is not screen or active.binding.action in NOT_OURS:
            continue
        if active.binding.action == "letter" and not getattr(screen, "letter", ""):
            continue  # a list in which Ctrl+K does nothing
        if active.binding.description:
            by_label.setdefault(active.binding.description, []).append(_shown(key))
    lines = ["| Key | Does |", "|---|---|"]
    lines += [f"| {', '.join(keys)} | {label} |" for label, keys in by_label.items()]
    table = "\n".join(lines) + "\n" if by_label else ""
    foot = _foot(screen)
    said = f"\nAt its foot: `{foot}`\n" if foot else ""
    return (table + said).lstrip("\n") or "No keys of its own.\n"


def _program(desk: Desk, record: str, folder: Path) -> PanelkitApp:
    # Nobody is idle while a picture is made, however long this machine takes over it.
    ref = REVIEW if record == "scene" else ""
    return PanelkitApp(desk, ref=ref, crash_folder=folder / "faults", seconds=lambda: 0.0)


async def _quiet(pilot: Pilot[None]) -> None:
    """Whatever began is done, however busy the machine is."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def _rested(pilot: Pilot[None]) -> None:
    """What is drawn when the typing rests is drawn, and nothing changes any more."""
    before = ""
    for _ in range(20):
        await pilot.pause(0.3)
        await _quiet(pilot)
        now = pilot.app.export_screenshot(title="panelkit")
        if now == before:
            return
        before = now


async def _clear(app: PanelkitApp, first: Screen[Any]) -> None:
    """Back to the first screen, with nothing over it."""
    app.unlock()
    app.set_mask(by_person=False, by_idleness=False)
    app.clear_notifications()
    while app.screen is not first:
        await app.pop_screen()


async def _take(pilot: Pilot[None], stage: Stage, shot: Shot) -> Taken:
    if shot.opens is not None:
        await opened(stage, shot.opens)
    await _quiet(pilot)
    if shot.keys:
        await pilot.pause(0.3)
    for key in shot.keys:
        await pilot.press(key)
        await _quiet(pilot)
    await _rested(pilot)
    screen = stage.app.screen
    if type(screen).__name__ != shot.screen:
        msg = f"{shot.name} shows {type(screen).__name__}, not {shot.screen}"
        raise SystemExit(msg)
    picture = stage.app.export_screenshot(title="panelkit")
    return Taken(
        shot, kept(picture, f"panelkit: {shot.name.replace('_', ' ')}"), keys_shown(screen)
    )


async def _takes(desk: Desk, record: str, folder: Path, shots: Sequence[Shot]) -> list[Taken]:
    """These one after another in one run of the program."""
    app = _program(desk, record, folder)
    made = []
    async with app.run_test(size=(120, 40)) as pilot:
        await _quiet(pilot)
        first = app.screen
        for shot in shots:
            made.append(await _take(pilot, Stage(app, desk, folder), shot))
            if shot is not shots[-1]:
                await _clear(app, first)
        app.set_mask(by_person=False, by_idleness=False)
    return made


def taken(record: str) -> Iterator[Taken]:
    """Every picture of one record, in their order: some leave something behind for the next."""
    with tempfile.TemporaryDirectory() as folder:
        desk = MADE[record](Path(folder))
        of_it = [shot for shot in SHOTS if shot.desk == record]
        together = [shot for shot in of_it if not shot.alone]
        runs = [together, *([shot] for shot in of_it if shot.alone)]
        for run in runs:
            yield from asyncio.run(_takes(desk, record, Path(folder), run))


def main(records: Sequence[str] = ()) -> None:
    """Every picture, or those of these records; then the key tables."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for record in records or MADE:
        for made in taken(record):
            (PICTURES / f"{made.shot.name}.svg").write_text(made.svg, encoding="utf-8")
            page = page_of(made.shot)
            if page.exists():
                text = page.read_text(encoding="utf-8")
                page.write_text(with_keys_of(text, made), encoding="utf-8")
    for name, keys in KEY_PAGES.items():
        manual = DOCS / name
        manual.write_text(with_keys(manual.read_text(encoding="utf-8"), keys), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
