"""Views of sittings and the planning board, over the hostile record: see ``every_screen``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from textual.screen import Screen

from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.sent_out import SentKind
from panelkit.domain.sitting import Sitting
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.sitting import SittingForm
from panelkit.tui.screens.sittings.board import PlanningBoard
from panelkit.tui.screens.sittings.forms import JoiningForm, SentOutForm
from panelkit.tui.screens.sittings.papers import SittingPapersScreen
from tests.tui.desk_views import Shower
from tests.tui.referral_views import words_of


def planned(desk: Desk, meeting: Meeting) -> Sitting:
    """A sitting to come, every word that somebody typed of it hostile, with a meeting in it."""
    verbs, words = desk.planning, words_of(meeting)
    day = desk.caseload.today() + timedelta(days=3)
    there = [one for one in verbs.sittings() if one.held_on == day]
    if there:
        return there[0]
    made = verbs.plan(
        day, time(10), name=words[1], chair=words[2], minute_taker=words[3], booked_minutes=20
    )
    made = verbs.say_joining(made, words[4])
    for each in verbs.may_join():
        try:
            verbs.add(made, each.ref)
        except PanelkitError:
            continue
        break
    for one in desk.sitting_papers.invited(made)[:2]:
        desk.sitting_papers.sent(made, SentKind.JOINING, [one.organisation], desk.caseload.today())
    return verbs.say_joining(made, words[5])


def made(make: Callable[[Desk, Sitting, Meeting], Screen[object]]) -> Shower:
    """A screen, with a sitting in the record."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        await app.push_screen(make(desk, planned(desk, meeting), meeting))

    return show


SITTING_VIEWS: dict[str, Shower] = {
    "planning board": made(lambda desk, _s, _m: PlanningBoard(desk)),  # type: ignore[arg-type,return-value]
    "sitting papers": made(lambda desk, s, _m: SittingPapersScreen(desk, s)),  # type: ignore[arg-type,return-value]
    "sitting joining": made(lambda desk, s, _m: JoiningForm(desk, s)),  # type: ignore[arg-type,return-value]
    "sitting sent": made(lambda desk, s, m: SentOutForm(desk, s, SentKind.INVITATION, words_of(m)[6])),  # type: ignore[arg-type,return-value]
    "sitting changed": made(lambda desk, s, _m: SittingForm(desk, s)),  # type: ignore[arg-type,return-value]
}  # fmt: skip
"""By name, what opens it."""
