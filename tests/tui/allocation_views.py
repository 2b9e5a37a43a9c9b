"""Views of who has what, over the hostile record: see ``every_screen``."""

from __future__ import annotations

from panelkit.domain.allocating import What
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.allocation.analysis import AnalysisScreen
from panelkit.tui.screens.allocation.load import WhoHasWhat
from panelkit.tui.screens.allocation.moving import NameForm, move, show_history
from tests.tui.desk_views import Shower
from tests.tui.referral_views import referred, words_of


def allocated(desk: Desk, meeting: Meeting) -> None:
    """A referral and a case given to names and for reasons that are hostile words."""
    referred(desk, meeting)
    verbs, words = desk.allocating, words_of(meeting)
    if not desk.caseload.record.allocations():
        verbs.allocate("R-1", words[0])
        verbs.allocate("R-1", words[1], words[2])
        verbs.allocate(meeting.case.ref, words[0])
        verbs.again("R-3", "R-1")


async def _loads(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    allocated(desk, meeting)
    screen = WhoHasWhat(desk, meeting.case.ref)
    await app.push_screen(screen)


async def _to_whom(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    allocated(desk, meeting)
    screen = WhoHasWhat(desk)
    await app.push_screen(screen)
    move(screen, desk, "R-1", What.REFERRAL)


async def _history(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    allocated(desk, meeting)
    screen = WhoHasWhat(desk)
    await app.push_screen(screen)
    show_history(screen, desk, "R-1", What.REFERRAL)


async def _name(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    allocated(desk, meeting)
    await app.push_screen(NameForm(desk, desk.allocating.of("R-1", What.REFERRAL)))


async def _analysis(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    allocated(desk, meeting)
    await app.push_screen(AnalysisScreen(desk))


ALLOCATION_VIEWS: dict[str, Shower] = {
    "who has what": _loads,
    "to whom": _to_whom,
    "who had it": _history,
    "another name": _name,
    "referrals counted": _analysis,
}
"""By name, what opens it."""
