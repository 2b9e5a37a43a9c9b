"""What opens a screen of changes of guidance for its picture: an invented area, changed since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from picture_openers import Opener, Stage

AREA = """
name = "Harrowmere"
extends = "national"
[timescales]
minutes_l2_working_days = { value = 10, source = "Harrowmere protocol, 2025, 4.2 [V]" }
referral_answer_working_days = { value = 5, source = "Harrowmere protocol, 2025, 2.1 [V]" }
[agenda.A9]
say = "Victim liaison first, then children's social care, then everybody else."
"""
CHANGED = (
    ("value = 10, source = \"Harrowmere protocol, 2025", "value = 8, source = \"Harrowmere protocol, 2026"),
    ("value = 5, source", "value = 3, source"),
    ("then everybody else.", "and the school. Then everybody else."),
)  # fmt: skip


def guidance(name: str) -> Opener:
    """Changes that wait, or what was decided of them."""

    def show(stage: Stage) -> Any:
        from panelkit.areas.loader import load_area
        from panelkit.tui.screens.changes.decided import DecidedList
        from panelkit.tui.screens.changes.walk import ChangesScreen

        desk = stage.desk
        desk.documents.mkdir(parents=True, exist_ok=True)
        file = desk.documents / "harrowmere.toml"
        file.write_text(AREA)
        desk = replace(desk, area=load_area(file))
        if desk.guidance.begin():
            text = AREA
            for before, after in CHANGED:
                text = text.replace(before, after)
            file.write_text(
                f'{text}[agenda.A9.fields.school]\nlabel = "What the school was told"\n'
            )
            verbs = desk.guidance
            verbs.keep(
                verbs.find("timescales.referral_answer_working_days"),
                "our board asked for a second look, 3 November",
            )
        screen = {"walk": ChangesScreen, "decided": DecidedList}[name](desk)
        return stage.app.push_screen(screen)

    return show
