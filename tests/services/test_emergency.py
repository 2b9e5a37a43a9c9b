"""An emergency panel does not wait for the review that is planned."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.errors import Refused
from panelkit.domain.vocabulary import KeyDateKind, Level, MeetingKind, MeetingState
from panelkit.services.desk import Desk
from tests.desk import make_desk

CASE = "WM-0143"
TODAY = date(2026, 11, 23)
PLANNED_FOR = date(2027, 2, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The sample review closed, the next review planned in a sitting."""
    found = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    found.chairing.close(found.caseload.find(f"{CASE}-3"))
    made = found.caseload.open_next(
        CASE, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=PLANNED_FOR
    )
    found.planning.add(found.planning.plan(PLANNED_FOR, time(9, 30)), made.ref)
    return found


def test_it_takes_the_planned_review_and_keeps_what_is_in_it(desk: Desk) -> None:
    before = desk.caseload.find(f"{CASE}-4")
    typed = desk.chairing.record_answer(before, "A6", "previous_relevant", "Typed beforehand.")
    made = desk.caseload.open_next(
        CASE, level=Level.THREE, kind=MeetingKind.EMERGENCY, held_on=TODAY
    )
    stored = desk.caseload.find(made.ref)
    assert (stored.ref, stored.kind, stored.level) == (
        f"{CASE}-4",
        MeetingKind.EMERGENCY,
        Level.THREE,
    )
    assert (stored.held_on, stored.state, stored.sitting) == (TODAY, MeetingState.PLANNED, "")
    assert stored.text("A6", "previous_relevant") == "Typed beforehand."
    assert {a.ref for a in stored.old_actions} == {a.ref for a in typed.old_actions}
    assert stored.booked_minutes == desk.area.planned_minutes(Level.THREE, MeetingKind.EMERGENCY)
    (kept,) = [d for d in stored.live(e.KeyDate) if d.on == PLANNED_FOR]
    assert kept.event is KeyDateKind.OTHER
    assert "Review that was planned" in kept.detail
    assert desk.chairing.start(stored).state is MeetingState.OPEN


def test_a_meeting_that_has_begun_is_closed_first(desk: Desk) -> None:
    desk.chairing.start(desk.caseload.find(f"{CASE}-4"))
    with pytest.raises(Refused, match="in progress"):
        desk.caseload.open_next(CASE, level=Level.TWO, kind=MeetingKind.EMERGENCY, held_on=TODAY)


def test_a_second_emergency_is_the_first(desk: Desk) -> None:
    desk.caseload.open_next(CASE, level=Level.TWO, kind=MeetingKind.EMERGENCY, held_on=TODAY)
    with pytest.raises(Refused, match="emergency panel already"):
        desk.caseload.open_next(CASE, level=Level.TWO, kind=MeetingKind.EMERGENCY, held_on=TODAY)


def test_a_second_review_is_still_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.caseload.open_next(CASE, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=TODAY)
