"""Two desks with a record each, and a file that goes between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelkit.domain.meeting import Meeting
from panelkit.packs import sealed
from panelkit.services.desk import Desk
from panelkit.services.handing_over import read_parcel
from panelkit.store.record import Received
from tests.desk import Clock, make_desk

REF = "WM-0143-3"
SAMPLE = "l2_review_carried_actions"
TAKER = "Dylan Ashgrove"
PASS = "acorn album alder amber"


class Desks:
    """The chair's desk, with the sample; the minute taker's, with nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        for name in ("chair", "taker"):
            (folder / name).mkdir()
        self.chair = make_desk(folder / "chair", samples=(SAMPLE,), clock=self.clock)
        self.taker = make_desk(folder / "taker", who=TAKER, clock=self.clock)
        self.files = 0

    def send(self, desk: Desk, to: str = "") -> Path:
        """The meeting out of this desk; a minute later."""
        self.files += 1
        self.clock.move(minutes=1)
        path = self.folder / f"{self.files}.handover"
        desk.handing_over.hand_over(desk.caseload.find(REF), path, PASS, to)
        return path

    def take(self, desk: Desk, path: Path) -> Received:
        """A file into this desk; a minute later."""
        self.clock.move(minutes=1)
        return desk.handing_over.receive(read_parcel(path.read_bytes(), PASS))

    def over(self) -> None:
        """From the chair to the minute taker."""
        self.take(self.taker, self.send(self.chair, TAKER))


def at(desk: Desk) -> Meeting:
    return desk.caseload.find(REF)


def say(desk: Desk, text: str, item: str = "A10", field: str = "formulation") -> None:
    desk.chairing.record_answer(at(desk), item, field, text)


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desks:
    """With the cheapest key that a file may have: what it costs is tested elsewhere."""
    monkeypatch.setattr(sealed.Seal.__init__, "__defaults__", (sealed.LEAST,))
    return Desks(tmp_path)
