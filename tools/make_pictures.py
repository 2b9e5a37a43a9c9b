"""Make the pictures in ``docs/pictures`` from the program itself, on fictional meetings.

    python tools/make_pictures.py

Also writes the key table of ``docs/manual.md`` between its marks.
"""

from __future__ import annotations

import asyncio
import dataclasses
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from panelkit import paths
from panelkit.commands.scene import CHAIR, SceneClock, set_out
from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.keys import (
    AUDIT_KEYS,
    CHASING_KEYS,
    DRAFT_KEYS,
    HOME_KEYS,
    MEETING_KEYS,
    STATISTICS_KEYS,
    Key,
)
from panelkit.wiring import Settings, open_desk, sample_packs

HERE = Path(__file__).parent.parent
PICTURES = HERE / "docs" / "pictures"
MARKS = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)

SHOTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("home", "", ()),
    ("chasing", "", ("ctrl+g", *"is:overdue", "down", "down")),
    ("risk", "WM-0143-3", ("f2", "A", "1", "0", "enter")),
    ("round_table", "WM-0143-3", ("f2", "A", "7", "enter")),
    ("action", "WM-0143-3", ("f8",)),
    ("decision", "WM-0143-3", ("f2", "A", "1", "5", "enter", "f5")),
    ("owed", "WM-0143-3", ("f9",)),
    ("masked", "WM-0143-3", ("f2", "A", "1", "0", "enter", "f12")),
)
"""Name, meeting (blank is home), keys."""

DESK_SHOTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("queue", "", ()),
    ("draft", "WM-0143-3", ("f2", "home", *["down"] * 14, "enter")),
    ("flags", "HM-0188-3", ("f2", "home", *["down"] * 11, "enter", "f9", "ctrl+g")),
    ("phrases", "WM-0143-3", ("f2", "home", *["down"] * 12, "enter", "f8")),
)
"""The same at the minute taker's desk."""


AUDIT_SHOTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("audit", "", ("f7", "ctrl+o", *"HM-0188-3", "enter", "enter", *["down"] * 5, *["ctrl+g"] * 2)),
)
"""The same with a coordinator at the desk."""


def key_table(keys: tuple[Key, ...] = MEETING_KEYS) -> str:
    """Every key of a screen with its second way, as Markdown."""
    lines = ["| Key | or | Does |", "|---|---|---|"]
    lines += [f"| {k.display} | ^F {k.letter} | **{k.label}** {k.tooltip} |" for k in keys]
    return "\n".join(lines) + "\n"


def with_keys(page: str, keys: tuple[Key, ...] = MEETING_KEYS) -> str:
    """The manual with its key table as the program has it."""
    return MARKS.sub(lambda found: found[1] + key_table(keys) + found[2], page)


KEY_PAGES: dict[str, tuple[Key, ...]] = {
    "manual.md": MEETING_KEYS, "minute_taker.md": DRAFT_KEYS, "coordinator.md": AUDIT_KEYS,
    "figures.md": STATISTICS_KEYS, "home.md": HOME_KEYS,
    "chasing.md": CHASING_KEYS,
}  # fmt: skip
"""Pages of the manual with a table of keys."""


def filled(folder: Path) -> Desk:
    """A record with every sample, at a moment that does not move."""
    settings = Settings(
        who="Ruth Calloway", clock=lambda: datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    )
    desk = open_desk(settings, folder / "pictures.db", create=True, demo=True)
    for sample in sample_packs():
        pack = read_pack(sample, desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting])
    return dataclasses.replace(desk, documents=Path("panelkit-demo"))


def held(folder: Path) -> Desk:
    """The poor record as minutes, and somebody at the desk who neither chaired nor minuted it."""
    settings = Settings(who="Joan Quill", clock=lambda: datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    desk = open_desk(settings, folder / "held.db", create=True, demo=True)
    path = next(path for path in sample_packs() if path.stem == "poor_record")
    pack = read_pack(path, desk.caseload.agenda)
    closed = dataclasses.replace(pack.meeting, state=MeetingState.CLOSED)
    desk.caseload.take_in([*pack.earlier, closed])
    return dataclasses.replace(desk, documents=Path("panelkit-demo"))


def scene(folder: Path) -> Desk:
    """The demonstration's own record, at the moment when it opens."""
    clock = SceneClock(pace=0)
    settings = Settings(who=CHAIR, clock=clock)
    desk = open_desk(settings, folder / "scene.db", create=True, demo=True)
    packs = {path.stem: read_pack(path, desk.caseload.agenda) for path in sample_packs()}
    set_out(desk, clock, {name: [*p.earlier, p.meeting] for name, p in packs.items()})
    return dataclasses.replace(desk, documents=Path("panelkit-demo"))


async def shoot(
    desk: Desk, name: str, ref: str, keys: tuple[str, ...], *, minutes: bool = False
) -> None:
    """One picture."""
    app = PanelkitApp(desk, ref=ref, crash_folder=paths.log_folder(), minutes=minutes)
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(4):
            await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(0.3)
        (PICTURES / f"{name}.svg").write_text(
            app.export_screenshot(title="panelkit"), encoding="utf-8"
        )


def main() -> None:
    """Every picture, then the key table."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        begun = scene(Path(folder))
        for name, ref, keys in SHOTS:
            asyncio.run(shoot(begun, name, ref, keys))
        desk = filled(Path(folder))
        for name, ref, keys in DESK_SHOTS:
            asyncio.run(shoot(desk, name, ref, keys, minutes=True))
        for name, ref, keys in AUDIT_SHOTS:
            asyncio.run(shoot(held(Path(folder)), name, ref, keys))
    for page, keys in KEY_PAGES.items():
        manual = HERE / "docs" / page
        manual.write_text(with_keys(manual.read_text(encoding="utf-8"), keys), encoding="utf-8")


if __name__ == "__main__":
    main()
