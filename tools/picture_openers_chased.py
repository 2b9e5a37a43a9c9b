"""What opens a screen of chasing, searching, waiting and emergency panels for its picture."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from picture_desk_chased import ABSENT, CASE_CALLED, CASE_HELD, HOUSING, LATE
from picture_openers import Opener, Stage

from panelkit.domain import entries as e
from panelkit.domain.action_filter import read_filter
from panelkit.domain.meeting import Meeting
from panelkit.opened.session import Session


def chasing(name: str) -> Opener:
    """What is chased, by the name of what is shown."""

    def show(stage: Stage) -> Any:
        from panelkit.tui.screens.chasing import forms
        from panelkit.tui.screens.chasing.lists import EscalationLog, MissingList
        from panelkit.tui.screens.chasing.reminders import ReminderList
        from panelkit.tui.screens.chasing.screen import ChasingScreen
        from panelkit.tui.screens.chasing.uploads import UploadList

        desk = stage.desk
        late = desk.chasing.find(LATE)
        reminder = desk.reminding.every(HOUSING)[0]
        waits = next(one for one in desk.chasing.escalations() if one.answered_on is None)
        owed = desk.owing.of_meeting("WM-0143-2")
        screen = {
            "list": lambda: ChasingScreen(desk, "is:overdue"),
            "outcome": lambda: forms.OutcomeForm(desk, late),
            "file": lambda: forms.ListForm(desk, read_filter("is:overdue")),
            "escalate": lambda: forms.EscalateForm(desk, late.ref, late.action.organisation),
            "log": lambda: EscalationLog(desk),
            "answer": lambda: forms.AnswerForm(desk, waits),
            "missing": lambda: MissingList(desk),
            "contact": lambda: forms.SpocForm(desk, ABSENT),
            "reminders": lambda: ReminderList(desk, HOUSING),
            "sent": lambda: forms.SentForm(desk, reminder),
            "nil": lambda: forms.NilForm(desk, reminder),
            "back": lambda: forms.BackForm(desk),
            "uploads": lambda: UploadList(desk),
            "entered": lambda: forms.EnteredForm(
                desk, "WM-0143-2", (owed[1].update.key,), owed[1].update.title
            ),
        }[name]()
        return stage.app.push_screen(screen)  # type: ignore[arg-type]

    return show


def _panel(stage: Stage, case: str) -> Meeting:
    return cast("Meeting", stage.desk.caseload.record.latest(case))


async def calls(stage: Stage) -> None:
    """Ringing round, over the meeting that it is for."""
    from panelkit.tui.screens.emergency.calls import CallsScreen
    from panelkit.tui.screens.meeting import MeetingScreen

    stage.app.open_meeting(_panel(stage, CASE_CALLED).ref)
    await stage.app.workers.wait_for_complete()
    top = cast("MeetingScreen", stage.app.screen)
    await stage.app.push_screen(CallsScreen(top))


def emergency(name: str) -> Opener:
    """An emergency panel: its ``form``, the ``note`` of a call, what is ``owed``, ``settle`` one."""

    def show(stage: Stage) -> Any:
        from panelkit.tui.screens.emergency.callnote import CallNote
        from panelkit.tui.screens.emergency.form import EmergencyForm, Kept
        from panelkit.tui.screens.emergency.owed import OwedAfterwards, SettleForm

        desk = stage.desk
        panel, held = _panel(stage, CASE_CALLED), _panel(stage, CASE_HELD)
        said = {
            "case": "98", "reason": "He was seen near the address that the order names.",
            "called_by": "DI Farrow, police",
        }  # fmt: skip
        screen = {
            "form": lambda: EmergencyForm(desk, kept=Kept(said, {"cause": "threat"})),
            "note": lambda: CallNote(
                Session(desk.chairing, panel), desk.emergency, panel.live(e.Call)[-1].organisation
            ),
            "owed": lambda: OwedAfterwards(desk, held),
            "settle": lambda: SettleForm(
                desk, held, next(one for one in desk.emergency.owed(held) if one.organisation)
            ),
        }[name]()
        return stage.app.push_screen(screen)  # type: ignore[arg-type]

    return show


def find(stage: Stage) -> Any:
    """Words that were looked for."""
    from panelkit.tui.screens.find import FindScreen

    return stage.app.push_screen(FindScreen(stage.desk, "tenancy"))


def find_meeting(stage: Stage) -> Any:
    """Every meeting, to choose from."""
    from panelkit.tui.screens.findmeeting import FindMeeting

    return stage.app.push_screen(FindMeeting(stage.desk))


def waiting(stage: Stage) -> Any:
    """A server that has not answered for four seconds."""
    from panelkit.tui.screens.waiting import Waiting

    def never() -> None:
        """Not run: it is under way already."""

    under_way = cast("Any", SimpleNamespace(is_done=False))
    began = iter((0.0,))
    screen: Waiting[None] = Waiting(
        "WM-0143-3", stage.desk.caseload.record, never, under_way, lambda: next(began, 4.0)
    )
    return stage.app.push_screen(screen)


def not_reached(stage: Stage) -> Any:
    """A screen that a server did not let open."""
    from panelkit.tui.screens.waiting import NotReached

    return stage.app.push_screen(NotReached("The server does not answer."))
