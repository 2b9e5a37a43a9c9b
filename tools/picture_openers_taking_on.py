"""What opens a screen of minutes made elsewhere for its picture. Every word is invented."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import docx
from picture_openers import Opener, Stage

_PEOPLE = (
    ("Name", "Role", "Agency", "Present / Apologies"),
    ("DI Ruth Calloway", "Detective Inspector (Chair)", "Harrowmere Police", "Present"),
    ("DC Anita Rowe", "Offender manager", "Harrowmere Police", "Present"),
    ("Jay Patel", "Housing options manager", "Vale Cross Homes", "Present"),
    ("Marcus Hale", "Senior Probation Officer", "Probation Service", "Apologies"),
)
_ACTIONS = (
    ("No", "Action", "Owner", "Agency", "By when"),
    ("1", "Visit the flat unannounced", "DC Anita Rowe", "Harrowmere Police", "28/09/2026"),
    ("2", "Send the care plan", "Marcus Hale", "Probation Service", "ASAP"),
    ("3", "Ask the landlord about visitors", "Jay Patel", "Vale Cross Homes", "5/10/2026"),
)
_FACTS = (
    ("Date of meeting", "14/09/2026"), ("MAPPA level", "Level 2"), ("Category", "Category 2"),
    ("Type of meeting", "Review"), ("Reference", "HM-0771"),
)  # fmt: skip


def _minutes(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Minutes of MAPPA Level 2 review meeting", 0)
    for heading, rows in (("", _FACTS), ("Attendance", _PEOPLE), ("Actions", _ACTIONS)):
        if heading:
            document.add_heading(heading, 1)
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.add_heading("Level decision", 1)
    document.add_paragraph("The panel agreed to remain at Level 2 because two agencies are needed.")
    document.add_heading("Date of next meeting", 1)
    document.add_paragraph("9 December 2026")
    document.save(str(path))


def taking_on(name: str) -> Opener:
    """Minutes made elsewhere: the ``file`` that is named, the ``lines``, ``one`` of them."""

    def show(stage: Stage) -> Any:
        from panelkit.domain.taking_on import Group
        from panelkit.tui.screens.takingon.file import MinutesFile
        from panelkit.tui.screens.takingon.lineform import LineForm
        from panelkit.tui.screens.takingon.screen import TakingOnScreen

        desk = stage.desk
        if not (begun := desk.taking_on.begun()):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "last minutes.docx"
                _minutes(path)
                half = desk.taking_on.read(path, fiction=True)
            begun = (desk.taking_on.confirm_sure(half, Group.PEOPLE),)
        half = begun[0]
        if name == "file":
            return stage.app.push_screen(MinutesFile(desk))
        if name == "lines":
            return stage.app.push_screen(TakingOnScreen(desk, half))
        line = half.of(Group.ACTIONS)[0]
        return stage.app.push_screen(LineForm(desk, "Correct: action", line, lambda _values: ""))

    return show
