"""Whoever may not open a meeting cannot tell from what was sent for its sitting that it is there.
Every case and person is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.people import Access, Role
from panelkit.domain.sent_out import SentKind, SentOut, Standing, standing, told
from panelkit.domain.sitting import Sitting
from panelkit.domain.vocabulary import AgencyType, MeetingState
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.logins import Logins
from panelkit.services.people import People
from panelkit.store.record import Record
from panelkit.wiring import Settings, desk_over
from tests.desk import Clock, fresh_meeting, make_desk
from tests.server.team import NAMES, Team
from tests.services.test_people import OMAR, RUTH, WORDS, clock, opened, path

__all__ = ["clock", "path"]
pytestmark = pytest.mark.usefixtures("cheap_slots")
DAY = date(2026, 11, 23)
OPEN, HIDDEN, ONLY_THERE = "HM-0900", "HM-0901", "The Lantern Trust"
Opens = Callable[[bool], Record]
"""The record, opened by who administers it, or by a coordinator."""


@pytest.fixture(params=["file", "server"])
def opens(request: pytest.FixtureRequest) -> Opens:
    if request.param == "server":
        team = Team.on(request.getfixturevalue("cluster"), Role.COORDINATOR)
        return lambda first: Record.open(team.address(None if first else Role.COORDINATOR))
    there: Path = request.getfixturevalue("path")
    ruth = opened(there, RUTH)
    People(ruth, Clock()).add(OMAR, [Role.COORDINATOR], WORDS[OMAR])
    ruth.close()
    return lambda first: opened(there, RUTH if first else OMAR)


@contextmanager
def at(opens: Opens, *, first: bool, later: float = 0) -> Iterator[Desk]:
    """A desk of one of the two, some minutes after the hour."""
    clock = Clock()
    clock.move(minutes=later)
    record = opens(first)
    yield desk_over(Settings(clock=clock), record)
    record.close()


def the_sitting(desk: Desk) -> Sitting:
    return desk.planning.named(DAY.isoformat())


def stands(desk: Desk) -> dict[str, Standing]:
    every = desk.sitting_papers.standing(the_sitting(desk))
    return {one.organisation: one for one in every if one.what is SentKind.INVITATION}


def bar(record: Record) -> None:
    if record.is_on_server:
        Logins(record, Clock()).set_access(HIDDEN, NAMES[Role.COORDINATOR], Access.BARRED)
    else:
        People(record, Clock()).set_access(HIDDEN, OMAR, Access.BARRED)


def test_what_was_sent_says_nothing_of_a_meeting_that_is_hidden(opens: Opens) -> None:
    with at(opens, first=True) as desk:
        for ref in (OPEN, HIDDEN):
            meeting = fresh_meeting(desk, ref)
            if ref == HIDDEN:
                only = e.Attendance(
                    id=new_id(), name="Ina Sole", organisation=ONLY_THERE, agency=AgencyType.IDVA
                )
                desk.chairing.add(meeting, only)
        sitting = desk.planning.plan(DAY, time(10))
        for ref in (OPEN, HIDDEN):
            desk.planning.add(sitting, f"{ref}-1")
        desk.sitting_papers.sent(sitting, SentKind.INVITATION, (), DAY)
        assert ONLY_THERE in stands(desk)
        bar(desk.caseload.record)
    with at(opens, first=False) as desk:
        seen = stands(desk)
        assert seen
        assert ONLY_THERE not in seen
        assert not any(one.is_owed for one in seen.values()), "nothing seems to have changed"
        rows = desk.caseload.record.sent_out(sitting.id)
        assert {one.meeting_id for one in rows} == {desk.caseload.find(f"{OPEN}-1").id}
        assert ONLY_THERE not in {one.organisation for one in rows}
        if desk.caseload.record.is_on_server:
            with desk.caseload.record._reading() as connection:
                asked = "SELECT DISTINCT meeting_id, organisation FROM sent_out"
                held = connection.exec_driver_sql(asked).all()
            assert {tuple(row) for row in held} == {
                (one.meeting_id, one.organisation) for one in rows
            }
    with at(opens, first=True, later=5) as desk:
        shared = next(name for name in stands(desk) if name != ONLY_THERE)
        meeting = desk.caseload.find(f"{HIDDEN}-1")
        desk.planning.take_out(the_sitting(desk), meeting.ref)
        assert stands(desk)[shared].words == "sent 23 Nov 2026, changed since"
    with at(opens, first=False) as desk:
        assert not any(one.is_owed for one in stands(desk).values()), "that is still not told"
    with at(opens, first=True, later=10) as desk:
        again = desk.sitting_papers.sent(the_sitting(desk), SentKind.INVITATION, (), DAY)
        assert {one.words for one in again} == {"sent 23 Nov 2026"}
        assert desk.caseload.record.verify().is_good


def test_what_was_sent_is_taken_back_of_every_meeting(opens: Opens) -> None:
    with at(opens, first=True) as desk:
        sitting = desk.planning.plan(DAY, time(10))
        for ref in (OPEN, HIDDEN):
            desk.planning.add(sitting, fresh_meeting(desk, ref).ref)
        first = desk.sitting_papers.invited(sitting)[0].organisation
        desk.sitting_papers.sent(sitting, SentKind.INVITATION, [first], DAY)
        taken = desk.sitting_papers.not_sent(sitting, SentKind.INVITATION, first, "The wrong list")
        assert (taken.last, taken.is_owed) == (None, True)
        rows = desk.caseload.record.sent_out(sitting.id)
        assert [one.withdrawn for one in rows] == ["The wrong list"] * 2


def test_how_to_join_is_not_owed_again_for_another_meeting(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    sitting = desk.planning.plan(DAY, time(10))
    desk.planning.add(sitting, fresh_meeting(desk, OPEN).ref)
    sitting = desk.planning.say_joining(sitting, "https://meet.example/abc")
    for what in SentKind:
        desk.sitting_papers.sent(sitting, what, (), DAY)
    desk.planning.add(sitting, fresh_meeting(desk, HIDDEN).ref)
    owed = {one.what for one in desk.sitting_papers.standing(sitting) if one.is_owed}
    assert owed == {SentKind.INVITATION, SentKind.PAPERS}
    sitting = desk.planning.say_joining(sitting, "https://meet.example/xyz")
    owed = {one.what for one in desk.sitting_papers.standing(sitting) if one.is_owed}
    assert owed == set(SentKind)


def test_a_meeting_that_was_held_makes_no_difference_to_what_was_sent(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    sitting = desk.planning.plan(DAY, time(10))
    for ref in (OPEN, HIDDEN):
        desk.planning.add(sitting, fresh_meeting(desk, ref).ref)
    desk.sitting_papers.sent(sitting, SentKind.INVITATION, (), DAY)
    first = desk.caseload.find(f"{OPEN}-1")
    begun = desk.chairing.start(first)
    assert not any(one.is_owed for one in stands(desk).values())
    ended = begun.with_facts(state=MeetingState.CLOSED)
    desk.caseload.record.save(begun, ended, desk.chairing.by(), command="ended")
    seen = stands(desk)
    assert seen
    assert not any(one.is_owed for one in seen.values()), "it was held as it was said"
    desk.planning.take_out(the_sitting(desk), f"{HIDDEN}-1")
    desk.planning.add(the_sitting(desk), fresh_meeting(desk, "HM-0902").ref)
    assert {one.words for one in stands(desk).values()} == {"sent 23 Nov 2026, changed since"}


def test_what_was_kept_before_meetings_were_kept_apart_stands_as_it_did() -> None:
    class Listed:
        def __init__(self, name: str) -> None:
            self.id = self.ref = name
            self.slot, self.booked_minutes = time(10), 45

    sitting = Sitting(id="s", held_on=DAY, starts=time(10))
    meetings, kind = [Listed("one"), Listed("two")], SentKind.INVITATION
    old = SentOut(
        id="o", sitting_id="s", meeting_id="", what=kind, organisation="Police", sent_on=DAY,
        sent_by=RUTH, told=told(kind, sitting, meetings), typed_at=Clock()(),
    )  # fmt: skip
    assert not standing(kind, sitting, "police", meetings, [old]).is_owed
    assert standing(kind, sitting, "police", meetings[:1], [old]).is_stale
    later = [
        SentOut(
            id=one.id, sitting_id="s", meeting_id=one.id, what=kind, organisation="Police", sent_on=DAY,
            sent_by=RUTH, told=told(kind, sitting, [one]), typed_at=Clock()() + timedelta(minutes=1),
        )
        for one in meetings[:1]
    ]  # fmt: skip
    assert not standing(kind, sitting, "police", meetings[:1], [old, *later]).is_owed
    assert standing(kind, sitting, "police", meetings, [old, *later]).is_stale
