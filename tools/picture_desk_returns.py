"""The record that pictures of returns are made from, and what opens their screens. All invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from picture_desks import REVIEW, scene
from picture_openers import Opener, Stage

from panelkit.domain import entries as e
from panelkit.domain.foreign import NotRead
from panelkit.domain.return_reading import Told, Understood
from panelkit.domain.vocabulary import AgencyType, ReturnAnswer, YesNo
from panelkit.services.desk import Desk

ASKED: Final = date(2026, 11, 9)
DUE: Final = date(2026, 11, 16)
HOMES, TAG, CARE = "Vale Cross Homes", "Electronic Monitoring Service", "Harrowmere City Council Adult Social Care"  # fmt: skip
SHEETS: Final = {HOMES: "4XK7PM2D", TAG: "9QTC3HWA", CARE: "B7NR2VKE"}
LINES: Final = (
    (HOMES, "A11", "The home: secure, at risk, or ending when?", "The tenancy ends on 1 June. One other flat can be offered from 20 May.", YesNo.YES, ()),
    (HOMES, "A10", "What would make it worse in the next weeks, and what would make it better?", "Losing the tenancy before another flat is ready.", YesNo.YES, ()),
    (HOMES, "A10", "Calls, complaints: dates.", "A neighbour complained twice in April and asks not to be named.", None, (HOMES, "Harrowmere Police")),
)  # fmt: skip


def returned(folder: Path) -> Desk:
    """The review with three organisations asked: one has answered, one is nil, one is late."""
    desk = scene(folder, "returned")
    meeting, by = desk.caseload.find(REVIEW), desk.chairing.by()
    after = meeting
    kinds = {HOMES: AgencyType.RSL, TAG: AgencyType.EM, CARE: AgencyType.ASC}
    for name, sheet in SHEETS.items():
        answer = {HOMES: ReturnAnswer.CAME, TAG: ReturnAnswer.NIL}.get(name)
        one = e.AgencyReturn(
            id=f"return {sheet}", organisation=name, agency=kinds[name], sheet=sheet, asked_on=ASKED,
            asked_by="Joan Quill", due=DUE, answer=answer, came_on=DUE if answer else None,
            filled_by="Tracey Lumb, housing manager" if name == HOMES else "",
            attends="Tracey Lumb, housing manager" if name == HOMES else "",
        )  # fmt: skip
        after = after.add(one, by)
    for number, (name, place, asked, text, minuted, only) in enumerate(LINES):
        row = e.ReturnLine(
            id=f"line {number}", parent=f"return {SHEETS[name]}", organisation=name, place=place,
            asked=asked, text=text, minuted=minuted, restricted_to=only,
        )  # fmt: skip
        after = after.add(row, by)
    desk.caseload.record.save(meeting, after, by, command="returns of a picture")
    return desk


def returns(name: str) -> Opener:
    """The ``list``, the ``file`` that came back, what it ``says``, ``nil`` said for somebody."""

    def show(stage: Stage) -> Any:
        from panelkit.services.returns import ReturnRead
        from panelkit.tui.screens.returns.forms import NilReturnForm, ReturnFileForm
        from panelkit.tui.screens.returns.screen import ReturnList
        from panelkit.tui.screens.returns.words import ReturnWords, of_file

        desk, meeting = stage.desk, stage.desk.caseload.find(REVIEW)
        told = [
            Told("", place, asked, text, minuted=minuted, restricted_to=only)
            for _name, place, asked, text, minuted, only in LINES
        ]
        found = Understood(
            attends="Tracey Lumb, housing manager", filled_by="Tracey Lumb", told=told,
            not_read=[NotRead(what="line Q5, who may have it", why="It names none of those invited, or several: nobody else has it until somebody says who.", words="the duty desk")],
        )  # fmt: skip
        one = meeting.of(e.AgencyReturn)[0]
        read = ReturnRead(Path("return_WM-0143-3_4XK7-PM2D.docx"), meeting, one, found, "0" * 64)
        screen = {
            "list": lambda: ReturnList(desk, meeting),
            "file": lambda: ReturnFileForm(desk),
            "says": lambda: ReturnWords(
                f"{read.path.name}   {HOMES}, to {REVIEW}",
                of_file(read),
                "Enter keeps it   Esc keeps nothing",
            ),
            "nil": lambda: NilReturnForm(desk, meeting, CARE),
        }[name]()
        return stage.app.push_screen(screen)  # type: ignore[arg-type]

    return show


async def offered(stage: Stage) -> None:
    """The meeting, in whose items returns say something."""
    stage.app.open_meeting(REVIEW)
    await stage.app.workers.wait_for_complete()
