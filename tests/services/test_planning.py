"""Sittings in the record, what waits on whom, and two cases that never leak into each other."""

from __future__ import annotations

import dataclasses
from datetime import date, time
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.case import Case
from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.meeting import Meeting
from panelkit.domain.quick import read_target
from panelkit.domain.vocabulary import Category, Level, MeetingKind
from panelkit.domain.waiting import before_meeting
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from tests.desk import Clock, fresh_meeting, make_desk
from tests.waits import waiting

DAY = date(2026, 11, 23)


def another(desk: Desk, ref: str) -> Meeting:
    case = Case(id=new_id(), ref=ref, category=Category.TWO, fiction=True)
    return desk.caseload.open_case(case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=DAY)


def test_another_day_of_a_sitting_takes_its_planned_meetings_along(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    sitting = desk.planning.plan(DAY, time(10))
    ref = desk.planning.add(sitting, fresh_meeting(desk).ref).ref
    moved = desk.planning.change(sitting, held_on=date(2026, 11, 24), starts=time(14))
    meeting = desk.caseload.find(ref)
    assert (meeting.held_on, meeting.slot) == (date(2026, 11, 24), time(14))
    desk.chairing.start(meeting)
    with pytest.raises(Refused, match="has begun"):
        desk.planning.change(moved, held_on=DAY)
    with pytest.raises(Refused, match="stays in its sitting"):
        desk.planning.take_out(moved, ref)
    with pytest.raises(Refused, match="only a planned meeting"):
        desk.planning.add(desk.planning.plan(DAY, time(9)), ref)


def test_two_planners_never_overwrite_each_other_silently(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    sitting = desk.planning.plan(DAY, time(10))
    desk.planning.change(sitting, name="Monday panel")
    with pytest.raises(StaleRecord):
        desk.planning.change(sitting, name="Another name")
    assert desk.planning.sittings()[0].name == "Monday panel"
    assert desk.planning.record.verify().is_good


def test_people_come_from_the_sitting_and_else_from_the_day(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first, second, third = fresh_meeting(desk), another(desk, "HM-0901"), another(desk, "HM-0902")
    refs = [m.ref for m in desk.caseload.same_sitting(third)]
    assert set(refs) == {first.ref, second.ref}, "in no sitting: the same day"
    sitting = desk.planning.plan(DAY, time(10))
    second = desk.planning.add(sitting, second.ref)
    assert len(desk.caseload.same_sitting(second)) == 2, "alone in its sitting: the same day"
    third = desk.planning.add(sitting, third.ref)
    assert [m.ref for m in desk.caseload.same_sitting(third)] == [second.ref]


def test_home_says_what_waits_and_on_whom(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=clock)
    closed = desk.chairing.close(desk.caseload.find("WM-0143-3"))
    assert before_meeting(closed, desk.area)
    clock.move(days=40)
    today = desk.caseload.today()
    found = waiting(desk.caseload.every(), desk.area, today, desk.who)
    mine = [w for w in found if w.mine]
    assert any(w.words == "minutes to be approved" and w.late for w in mine)
    assert not [w for w in waiting(desk.caseload.every(), desk.area, today, "Nobody") if w.mine]
    overdue = [w for w in found if "overdue" in w.words]
    assert overdue
    due = closed.day("A18", "next_review_date")
    assert due is not None
    near = dataclasses.replace(closed, id="near")
    listed = [w for w in waiting([near], desk.area, due, desk.who) if w.wanted]
    assert [(w.ref, w.words) for w in listed] == [("WM-0143", "review is due today, not listed")]
    desk.caseload.open_next("WM-0143", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=due)
    assert not [w for w in waiting(desk.caseload.every(), desk.area, due, desk.who) if w.wanted]


def test_nothing_of_one_linked_case_prints_in_the_other(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one, two = fresh_meeting(desk), another(desk, "HM-0901")
    for meeting in (one, two):
        desk.chairing.start(meeting)
    one, two = (desk.caseload.find(m.ref) for m in (one, two))
    one = desk.chairing.add(one, e.Note(id=new_id(), place="A11", text="kestrelword"))
    one = desk.chairing.record_answer(one, "A6", "index_offence", "kestrelanswer")
    two = desk.chairing.add(two, e.Note(id=new_id(), place="A11", text="heronword"))
    two = desk.chairing.record_answer(two, "A6", "index_offence", "heronanswer")
    for meeting, own, other in ((one, "kestrel", "heron"), (two, "heron", "kestrel")):
        text = desk.minute_taking.text(desk.caseload.find(meeting.ref))
        assert f"{own}answer" in text
        assert other not in text
        assert meeting.case.ref in text


def test_a_line_goes_nowhere_by_a_guess(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one, two, three = fresh_meeting(desk), another(desk, "HM-0901"), another(desk, "HM-0902")
    assert read_target("LHA i A11: flat", one, [two]).meetings == (one,)
    assert read_target("both: flat", one, [two]).meetings == (one, two)
    several = read_target("both: flat", one, [two, three])
    assert (several.meetings, several.text) == ((one,), "both: flat")
    assert "Which" in several.problem
    alone = read_target("HM-0901: flat", one, [])
    assert (alone.meetings, alone.text) == ((one,), "HM-0901: flat")
    assert read_target("hm-0901-1: flat", one, [two]).meetings == (two,)
    assert read_target("HM-0900: flat", one, [two]).meetings == (one,)
