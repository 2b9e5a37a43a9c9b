"""The record that pictures of chasing, searching and emergency panels are made from."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time
from pathlib import Path

from picture_desks import scene

from panelkit.domain import entries as e
from panelkit.domain.chasing import About, Escalation, Reminded, Reminder, ReminderKind
from panelkit.domain.emergency import Called
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    AgencyType,
    CallOutcome,
    EmergencyCause,
    Level,
    MeetingState,
)
from panelkit.services.desk import Desk

HOUSING = "Harrowmere City Council Housing"
POLICE = "Harrowmere Police"
ABSENT = "Harrowmere City Council Adult Social Care"
LATE = "HM-0188 2.1"
ANSWERED = "HM-0188 2.2"
CASE_CALLED = "HM-0188"
"""Of the emergency panel that is rung round for."""
CASE_HELD = "HM-0212"
"""Of the one that was held."""


def chased(folder: Path) -> Desk:
    """A coordinator's morning: reminders and escalations, and two emergency panels."""
    desk = scene(folder, "chased").acting_as("Joan Quill")
    _escalations(desk)
    _reminder(desk)
    desk.chasing.name_spoc(HOUSING, "Housing duty manager", "01632 960147", date(2026, 9, 1))
    _ringing(desk)
    _held(desk)
    return desk


def _keep(desk: Desk, *fresh: Escalation | Reminder | Reminded, name: str) -> None:
    """With ids of ours: what people call a line by is the beginning of its id."""
    by = desk.chairing.by()
    desk.caseload.record.keep_chasing(
        [(None, one) for one in fresh], by, command=name, what="for a picture"
    )


def _escalations(desk: Desk) -> None:
    def about(ref: str, name: str, to: str, on: date, words: str) -> Escalation:
        one = desk.chasing.find(ref)
        return Escalation(
            id=name, organisation=one.action.organisation, about=About.ACTION, case_id=one.case_id,
            set_at=one.action.set_at, number=one.action.number, to_whom=to, made_on=on,
            made_by=desk.who, words=words, typed_by=desk.who, typed_at=desk.clock(),
        )  # fmt: skip

    waits = about(
        LATE, "3fa9c2-1", "Head of housing", date(2026, 11, 9), "Six weeks late; no decision yet"
    )
    answered = about(
        ANSWERED, "8c41d7-2", "Head of the delivery unit", date(2026, 10, 12), "Over its date"
    )
    answered = dataclasses.replace(
        answered, answer="A place on the next group", answered_on=date(2026, 10, 16)
    )
    missed = Escalation(
        id="b60e15-3", organisation=ABSENT, about=About.ATTENDANCE,
        to_whom="Director of adult services", made_on=date(2026, 11, 2), made_by=desk.who,
        words="Four of five panels missed", typed_by=desk.who, typed_at=desk.clock(),
    )  # fmt: skip
    _keep(desk, waits, answered, missed, name="escalations of a picture")


def _reminder(desk: Desk) -> None:
    asked = desk.reminding.ready(HOUSING).asked[:3]
    at: datetime = desk.clock()
    one = Reminder(
        id="57d2aa-4", organisation=HOUSING, kind=ReminderKind.WORKBOOK, written_at=at,
        written_by=desk.who, file="reminder_RM-57D2AA.xlsx", sha256="0" * 64, typed_by=desk.who,
        typed_at=at,
    )  # fmt: skip
    rows = [
        Reminded(
            id=f"57d2aa-4-{n}", reminder_id=one.id, case_id=each.chased.case_id,
            set_at=each.chased.action.set_at, number=each.chased.action.number,
            due=each.chased.action.current_due, typed_by=desk.who, typed_at=at,
        )
        for n, each in enumerate(asked)
    ]  # fmt: skip
    _keep(desk, one, *rows, name="reminder of a picture")


def _called(desk: Desk, case: str, reason: str) -> Meeting:
    at = time(9, 0) if case == CASE_HELD else time(11, 30)
    made = desk.emergency.call(
        case,
        Called(
            cause=EmergencyCause.HOUSING, reason=reason, called_by="Gail Postern, probation",
            called_at=desk.clock(), level=Level.TWO, held_on=desk.caseload.today(), at=at,
        ),
    )  # fmt: skip
    # Of one day without a slot the order is that of ids, which are drawn anew for every picture.
    desk.caseload.record.save(
        made, made.with_facts(slot=at), desk.chairing.by(), command=f"slot of {case}"
    )
    return desk.caseload.find(made.ref)


def _ringing(desk: Desk) -> None:
    panel = _called(desk, CASE_CALLED, "The landlord ended the tenancy this morning.")
    rung = (
        (POLICE, AgencyType.POL, CallOutcome.COMING, "DI Farrow", ""),
        (HOUSING, AgencyType.LHA, CallOutcome.TRIED, "Duty desk", "Engaged; to be rung again."),
    )
    for name, agency, outcome, person, note in rung:
        panel = desk.emergency.ring(panel, name, agency, outcome, person=person, note=note)


def _held(desk: Desk) -> None:
    panel = _called(desk, CASE_HELD, "The approved premises has given notice for tonight.")
    for name, agency in ((POLICE, AgencyType.POL), (HOUSING, AgencyType.LHA)):
        panel = desk.emergency.ring(panel, name, agency, CallOutcome.COMING)
    panel = desk.chairing.start(panel)
    for person in panel.live(e.Attendance):
        if person.organisation in (POLICE, HOUSING):
            panel = desk.chairing.check_in(panel, person.id)
    ended = panel.with_facts(state=MeetingState.CLOSED)
    desk.caseload.record.save(panel, ended, desk.chairing.by(), command="panel of a picture ended")
