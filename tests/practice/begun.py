"""A practice for a test, in a folder of its own. Everything in it is invented."""

from __future__ import annotations

from pathlib import Path

from panelkit import paths
from panelkit.commands.practice import open_attempt, practised, shelf_of
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.services.practising import Practising, Shelf
from panelkit.wiring import Settings


def shelf() -> Shelf:
    return shelf_of(Settings())


def begun(called: str, *, again: bool = False) -> Desk:
    """A desk over an attempt of a scenario."""
    there = shelf()
    return open_attempt(Settings(), there, there.scenario(called), again=again)


def practice_of(desk: Desk) -> Practising:
    assert desk.practice is not None
    return desk.practice


def meeting_of(desk: Desk) -> Meeting:
    return practised(desk)


def file_of(called: str, number: int = 1) -> Path:
    return paths.practice_folder() / f"{called}.{number}.db"
