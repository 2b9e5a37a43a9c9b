"""Views of a practice over the hostile record: see ``every_screen``."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from panelkit.domain.meeting import Meeting
from panelkit.domain.practice import ItemFeedback, Learner, Line, Missed, Scenario, figures_of
from panelkit.services.desk import Desk
from panelkit.services.practising import Asked, Practising, Shelf, Unread
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.practice.choose import PracticeList
from panelkit.tui.screens.practice.told import PracticeTold
from tests.tui.desk_views import Shower
from tests.tui.referral_views import words_of


def _scenario(desk: Desk, words: list[str]) -> Scenario:
    return Scenario(
        id="hostile", title=words[0], role=Learner.CHAIR, you=words[1], story=words[2],
        teaches=(words[3],), minutes=5, day=desk.caseload.today(), at=time(10),
        lines=(Line(item="A1", who=words[4], words=words[5]),),
    )  # fmt: skip


class _Hostile(Shelf):
    """One scenario whose every word is hostile, and one that cannot be read for such a reason."""

    def __init__(self, desk: Desk, words: list[str]) -> None:
        super().__init__(desk.area, (), Path("nowhere"), (), Path("nowhere"))
        self.found = (_scenario(desk, words),), (Unread("other", words[6]),)

    def heads(self) -> tuple[tuple[Scenario, ...], tuple[Unread, ...]]:
        return self.found


async def _list(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(PracticeList(_Hostile(desk, words_of(meeting)), lambda *_: None))


async def _told(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    words = words_of(meeting)
    missed = Missed(
        words=words[0], asks=words[1], better=words[2], source=words[3], is_suggestion=True, later=True
    )  # fmt: skip
    items = (
        ItemFeedback(code="", title=words[4], reached=True, well=(words[5],), missed=(missed,)),
        ItemFeedback(code="A2", title=words[6], reached=False),
    )
    asked = Asked(items, figures_of(items), (words[7],), ((1, figures_of(items)),))
    practice = Practising(
        desk.caseload.record, desk.area, _scenario(desk, words), desk.clock,
        desk.minute_taking.choosing, number=2, begun=desk.clock(),
    )  # fmt: skip
    await app.push_screen(PracticeTold(desk, practice, meeting, asked))


PRACTICE_VIEWS: dict[str, Shower] = {"practice": _list, "practice told": _told}
"""By name, what shows it."""
