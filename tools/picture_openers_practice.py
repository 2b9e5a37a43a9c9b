"""What opens a screen of a practice for its picture. Every word is invented."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import Any

from picture_openers import Opener, Stage

from panelkit.commands.practice import open_attempt, practised, shelf_of
from panelkit.services.practising import Shelf
from panelkit.wiring import Settings


def _shelf() -> Shelf:
    """The scenarios that ship, and a folder for their attempts that nobody practised in."""
    there = shelf_of(Settings())
    folder = Path(tempfile.mkdtemp())
    return Shelf(there.area, there.agenda, folder, there.folders, there.samples)


def practice(name: str) -> Opener:
    """What there is to practise, or how one is told of an attempt: ``list`` and ``told``."""

    def show(stage: Stage) -> Any:
        from panelkit.tui.screens.practice.choose import PracticeList
        from panelkit.tui.screens.practice.told import PracticeTold

        shelf = _shelf()
        if name == "list":
            return stage.app.push_screen(PracticeList(shelf, lambda *_: None))
        desk = open_attempt(Settings(), shelf, shelf.scenario("flat"), again=False)
        meeting = desk.chairing.start(practised(desk))
        meeting = desk.chairing.record_answer(meeting, "A1", "interests_declared", "no")
        meeting = desk.chairing.statement_given(meeting, "read")
        for code in ("A1", "A2", "A7", "A13"):
            meeting = desk.chairing.move_to(meeting, code)
        assert desk.practice is not None  # noqa: S101 - it was opened as one
        asked = desk.practice.ask(practised(desk))
        told = PracticeTold(
            dataclasses.replace(desk), desk.practice, practised(desk), asked, at="A13"
        )
        return stage.app.push_screen(told)

    return show
