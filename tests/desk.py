"""A desk over a real record in a temporary folder, with a clock that tests move."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

from panelkit.domain import entries as e
from panelkit.domain.case import Case
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import AgencyType, Category, Level, MeetingKind, MeetingRole
from panelkit.packs.reader import read_pack
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.minutes_life import everything_confirmed
from panelkit.tui import drawnonce
from panelkit.tui.keys import everywhere
from panelkit.tui.masking import Masks
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.wiring import Settings, open_desk

drawnonce.install()  # as the program does

SAMPLES = Path(__file__).parent.parent / "sample_meetings"
CHAIR = "Ruth Calloway"
"""Chairs the sample review."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def make_desk(
    folder: Path, *, who: str = CHAIR, samples: tuple[str, ...] = (), clock: Clock | None = None
) -> Desk:
    """A desk whose record holds the named samples."""
    path = folder / "record.db"
    settings = Settings(who=who, clock=clock or Clock())
    if samples and settings.clock() == Clock()() and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_with_samples(who, samples))
        path.chmod(0o600)
        desk = open_desk(settings, path, demo=True)
    else:
        desk = open_desk(settings, path, create=True, demo=True)
        _take_in(desk, samples)
    return dataclasses.replace(desk, documents=folder / "documents")


def _take_in(desk: Desk, samples: tuple[str, ...]) -> None:
    for name in samples:
        pack = read_pack(SAMPLES / f"{name}.toml", desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting])


@cache
def _with_samples(who: str, samples: tuple[str, ...]) -> bytes:
    """A record that holds them: taken in once for all the tests that begin with the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        desk = open_desk(Settings(who=who, clock=Clock()), path, create=True, demo=True)
        _take_in(desk, samples)
        desk.caseload.record.close()
        return path.read_bytes()


PEOPLE = (
    ("Ruth Calloway", "Harrowmere Police", AgencyType.POL, MeetingRole.CHAIR),
    ("Dylan Ashgrove", "Harrowmere MAPPA unit", AgencyType.ADM, MeetingRole.MINUTE_TAKER),
    ("Imran Sarwar", "Harrowmere Police", AgencyType.POL, None),
    ("Helen Tovey", "Probation Service Harrowmere", AgencyType.PRB, None),
    ("Siobhan Rafferty", "Harrowmere Children's Services", AgencyType.CSC, None),
    ("Colin Beddows", "Harrowmere City Council Housing", AgencyType.LHA, None),
    ("Tracey Lumb", "Vale Cross Homes", AgencyType.RSL, None),
    ("Naveed Anwar", "Harrowmere and Vale NHS Trust", AgencyType.NHST, None),
    ("Janet Brook", "Probation Victim Contact", AgencyType.VLO, MeetingRole.VICTIM_LIAISON),
    ("Gwen Harcastle", "Harrowmere board", AgencyType.LAY, None),
)
"""Ten people, all invented."""


def fresh_meeting(
    desk: Desk, ref: str = "HM-0900", kind: MeetingKind = MeetingKind.INITIAL
) -> Meeting:
    """A new case with a planned meeting and ten people on the list."""
    case = Case(id=new_id(), ref=ref, category=Category.TWO, name="Invented Person", fiction=True)
    meeting = desk.caseload.open_case(case, level=Level.TWO, kind=kind, held_on=date(2026, 11, 23))
    for name, organisation, agency, role in PEOPLE:
        row = e.Attendance(
            id=new_id(), name=name, organisation=organisation, agency=agency, meeting_role=role
        )
        meeting = desk.chairing.add(meeting, row)
    return meeting


class Harness(Masks, App[None]):
    """The chair's screen, without the rest of the program."""

    BINDINGS = everywhere()[:1]

    def __init__(self, desk: Desk, ref: str) -> None:
        super().__init__()
        self.desk = desk
        self.ref = ref

    def on_mount(self) -> None:
        self.push_screen(MeetingScreen(self.desk, self.desk.caseload.find(self.ref)))

    @property
    def meeting_screen(self) -> MeetingScreen:
        return next(s for s in self.screen_stack if isinstance(s, MeetingScreen))

    @property
    def stored(self) -> Meeting:
        """The meeting as the record holds it now."""
        return self.desk.caseload.find(self.ref)


class Hands:
    """Presses keys as a person would, and counts them."""

    def __init__(self, pilot: Pilot[None], name: str) -> None:
        self.pilot = pilot
        self.name = name
        self.pressed: list[str] = []

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed.append(key)
            await self.pilot.press(key)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        names = {
            " ": "space",
            ":": "colon",
            ">": "greater_than_sign",
            ".": "full_stop",
            ",": "comma",
            "'": "apostrophe",
            "?": "question_mark",
            "-": "minus",
        }
        for character in words:
            key = names.get(character, character)
            self.pressed.append(character)
            await self.pilot.press(key)
        await self.pilot.pause()

    async def leader(self, letter: str) -> None:
        await self.press("ctrl+f", letter)

    def report(self) -> None:
        """What was pressed, for whoever reads the run."""
        shown = "".join(key if len(key) == 1 else f"<{key}>" for key in self.pressed)
        print(f"{self.name}: {len(self.pressed)} keys: {shown}")


def approved(desk: Desk, ref: str) -> Meeting:
    """A running sample closed, sent to the chair by its minute taker and approved by its chair."""
    meeting = desk.caseload.find(ref)
    if meeting.is_running:
        meeting = desk.chairing.close(meeting)
    taker, chair = meeting.role(MeetingRole.MINUTE_TAKER), meeting.role(MeetingRole.CHAIR)
    assert taker is not None
    assert chair is not None
    desk.acting_as(taker.name).minutes_life.send_to_chair(meeting)
    life = desk.acting_as(chair.name).minutes_life
    return life.approve(desk.caseload.find(ref), everything_confirmed(desk.area))


async def until(pilot: Pilot[object], seen: Callable[[], bool], seconds: float = 60) -> None:
    """Let the program go on until something is so; fails when it is not after ``seconds``."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end, "it was not seen"
        await pilot.pause(0.02)
    await pilot.pause()  # what comes with it has come as well
