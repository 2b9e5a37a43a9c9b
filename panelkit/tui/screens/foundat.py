"""Opening what was found: the meeting at its item and field, or the screen where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelkit.domain.errors import PanelkitError
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.services.finding import Result
from panelkit.tui.typed import notify_typed

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp


def open_result(program: PanelkitApp, desk: Desk, result: Result) -> None:
    """Open it; where it is gone meanwhile, or nobody may, that is said."""
    try:
        _open(program, desk, result)
    except PanelkitError as failed:
        notify_typed(program, failed.sentence, "warning")


def case_of(result: Result) -> str:
    """The reference of the case that it is of."""
    return result.ref.rpartition("-")[0] if result.meeting_id else result.ref


def _open(program: PanelkitApp, desk: Desk, result: Result) -> None:
    table = result.table
    if table in ("referral", "screening"):
        from panelkit.tui.screens.referrals.queue import ReferralList

        program.push_screen(ReferralList(desk))
    elif table in ("audit", "audit_mark"):
        from panelkit.tui.screens.audits.queue import AuditQueue

        program.push_screen(AuditQueue(desk))
    elif not result.meeting_id and table not in ("span", "outcome"):
        notify_typed(program, f"{result.ref} has no meeting that could be opened.", "warning")
    elif table == "put_off":
        from panelkit.tui.screens.putoff.days import show_days

        show_days(program, desk, result.ref)
    elif table == "request":
        from panelkit.tui.screens.requests import RequestsScreen

        program.push_screen(RequestsScreen(desk, desk.caseload.find(result.ref)))
    elif table == "hand_over":
        from panelkit.tui.screens.handover import HandOverScreen

        program.push_screen(HandOverScreen(desk, desk.caseload.find(result.ref)))
    elif table in ("life", "dispatch", "comments", "amendments"):
        from panelkit.tui.screens.minuteslife import MinutesLifeScreen

        program.push_screen(MinutesLifeScreen(desk, desk.caseload.find(result.ref)))
    elif table in ("span", "outcome"):
        from panelkit.tui.screens.statistics.casehistory import show_histories

        show_histories(program, desk, case_of(result), lambda _changed: None)
    elif table == "section_words" and not desk.why_not(Act.DRAFT):
        from panelkit.tui.screens.minutes.draft import DraftScreen

        program.push_screen(DraftScreen(desk, desk.caseload.find(result.ref)))
    else:
        program.open_meeting(result.ref, at=(result.item, result.field, result.entry))
