"""The record that pictures of planning are made from, and what opens its screens."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

from picture_desks import scene
from picture_openers import Opener, Stage

from panelkit.domain.sent_out import SentKind
from panelkit.domain.sitting import Sitting
from panelkit.services.desk import Desk

FIRST, SECOND = "3fa9c2-1", "8c41d7-2"
"""With ids of ours: what people call a sitting by is the beginning of its id."""
JOINING = "meet.example/harrowmere\nBy telephone: 01632 960147, then 4471"


def planned(folder: Path) -> Desk:
    """A coordinator's week: two sittings to come, one of them with a meeting and its letters out."""
    desk = scene(folder, "planned").acting_as("Joan Quill")
    sittings = (
        Sitting(
            id=FIRST, held_on=date(2026, 11, 30), starts=time(10), name="Monday panel", mode="remote",
            chair="DI Sam Okoro, Harrowmere Police", minute_taker="Dylan Ashgrove", booked_minutes=120,
            joining=JOINING, joining_number=1,
        ),
        Sitting(
            id=SECOND, held_on=date(2026, 12, 9), starts=time(13), name="Senior panel", mode="in_person",
            chair="Supt Ines Vale, Harrowmere Police", minute_taker="Dylan Ashgrove",
            booked_minutes=180, level="3",
        ),
    )  # fmt: skip
    for one in sittings:
        desk.caseload.record.add_sitting(one, desk.chairing.by(), command=one.id)
    first = desk.planning.sitting(FIRST)
    for each in desk.planning.may_join()[:2]:
        desk.planning.add(first, each.ref)
    asked = desk.sitting_papers.invited(first)
    names = [one.organisation for one in asked[: len(asked) // 2]]
    if names:
        desk.sitting_papers.sent(first, SentKind.INVITATION, names, date(2026, 11, 18))
    return desk


def planning(name: str) -> Opener:
    """The ``board``, the ``papers`` of a sitting, how to ``join`` it, that something was ``sent``."""

    async def show(stage: Stage) -> Any:
        from panelkit.tui.screens.home import HomeScreen
        from panelkit.tui.screens.sittings.board import PlanningBoard
        from panelkit.tui.screens.sittings.forms import JoiningForm, SentOutForm
        from panelkit.tui.screens.sittings.papers import SittingPapersScreen

        desk = stage.desk
        first = desk.planning.sitting(FIRST)
        asked = desk.sitting_papers.invited(first)[0].organisation
        screen = {
            "board": lambda: PlanningBoard(desk),
            "papers": lambda: SittingPapersScreen(desk, first),
            "join": lambda: JoiningForm(desk, first),
            "sent": lambda: SentOutForm(desk, first, SentKind.INVITATION, asked),
        }[name]()
        await stage.app.push_screen(HomeScreen(desk))
        await stage.app.push_screen(screen)  # type: ignore[arg-type]

    return show
