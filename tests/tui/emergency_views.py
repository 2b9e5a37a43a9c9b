"""Views of emergency panels over the hostile record: see ``every_screen``."""

from __future__ import annotations

from panelkit.domain import entries as e
from panelkit.domain.emergency import Called
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    AgeGroup,
    AgencyType,
    CallOutcome,
    EmergencyCause,
    Level,
    MeetingState,
)
from panelkit.services.desk import Desk
from panelkit.services.emergency import Somebody
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.emergency.callnote import CallNote
from panelkit.tui.screens.emergency.form import EmergencyForm, Kept
from panelkit.tui.screens.emergency.owed import OwedAfterwards, SettleForm
from panelkit.tui.session import Session
from tests.tui.desk_views import Shower
from tests.tui.referral_views import words_of

REF = "EP-HOSTILE"


def held(desk: Desk, meeting: Meeting) -> Meeting:
    """An emergency panel that ended, every word that somebody typed hostile."""
    found = desk.caseload.record.find(f"{REF}-1")
    if found is not None:
        return found
    words = words_of(meeting)
    day = desk.caseload.today()
    called = Called(
        cause=EmergencyCause.OTHER, reason=words[0], called_by=words[1], called_at=desk.clock(),
        level=Level.TWO, held_on=day,
    )  # fmt: skip
    somebody = Somebody(name=words[2], age=AgeGroup.ADULT, fiction=True)
    made = desk.emergency.call(REF, called, somebody)
    for name, outcome in zip(words[3:8], CallOutcome, strict=False):
        made = desk.emergency.ring(
            made, name, AgencyType.POL, outcome, person=words[8], note=words[9]
        )
    person = made.live(e.Attendance)[0]
    made = desk.chairing.check_in(desk.chairing.start(made), person.id)
    ended = made.with_facts(state=MeetingState.CLOSED)
    desk.caseload.record.save(made, ended, desk.chairing.by(), command="hostile panel ended")
    return desk.caseload.find(made.ref)


async def _form(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    words = words_of(meeting)
    kept = Kept({"case": "new", "name": words[0], "reason": words[1], "called_by": words[2]})
    await app.push_screen(EmergencyForm(desk, kept=kept))


async def _owed(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(OwedAfterwards(desk, held(desk, meeting)))


async def _settle(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    panel = held(desk, meeting)
    owed = next(one for one in desk.emergency.owed(panel) if one.organisation)
    await app.push_screen(SettleForm(desk, panel, owed))


async def _note(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    panel = held(desk, meeting)
    name = panel.live(e.Call)[-1].organisation
    await app.push_screen(CallNote(Session(desk.chairing, panel), desk.emergency, name))


EMERGENCY_VIEWS: dict[str, Shower] = {
    "form": _form, "owed afterwards": _owed, "settle": _settle, "call note": _note,
}  # fmt: skip
"""By name, what opens it."""
