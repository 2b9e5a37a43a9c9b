"""A sitting with its chair and its hours: what its meetings take of it, and what is said of a clash."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.case import Case
from panelkit.domain.clashes import ClashKind
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.put_off import PutOffReason
from panelkit.domain.vocabulary import (
    AgencyType,
    Category,
    InterestHandling,
    Level,
    MeetingKind,
    MeetingRole,
)
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.planning import ref_of
from tests.desk import fresh_meeting, make_desk

DAY = date(2026, 11, 23)
CHAIR = "DI Sam Okoro, Harrowmere Police"


def another(desk: Desk, ref: str, level: Level = Level.TWO, held_on: date = DAY) -> Meeting:
    case = Case(id=new_id(), ref=ref, category=Category.TWO, fiction=True)
    return desk.caseload.open_case(case, level=level, kind=MeetingKind.INITIAL, held_on=held_on)


def role(desk: Desk, ref: str, role: MeetingRole) -> str:
    there = desk.caseload.find(ref).role(role)
    return there.name if there else ""


def test_a_meeting_takes_the_chair_and_minute_taker_of_its_sitting(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    own, bare = fresh_meeting(desk), another(desk, "HM-0901")
    sitting = desk.planning.plan(DAY, time(10), chair=CHAIR, minute_taker="Joan Quill")
    for one in (own, bare):
        desk.planning.add(sitting, one.ref)
    assert role(desk, own.ref, MeetingRole.CHAIR) == "Ruth Calloway", "said otherwise"
    chair = desk.caseload.find(bare.ref).role(MeetingRole.CHAIR)
    assert chair is not None
    assert (chair.name, chair.organisation) == ("DI Sam Okoro", "Harrowmere Police")
    assert role(desk, bare.ref, MeetingRole.MINUTE_TAKER) == "Joan Quill"
    found = {(one.kind, one.place) for one in desk.planning.check(sitting)}
    assert found == {(ClashKind.SAID, own.ref)}
    changed = desk.planning.change(sitting, chair="Supt Ines Vale")
    assert role(desk, bare.ref, MeetingRole.CHAIR) == "Supt Ines Vale", "it follows its sitting"
    assert role(desk, own.ref, MeetingRole.CHAIR) == "Ruth Calloway"
    again = desk.caseload.find(bare.ref)
    desk.chairing.withdraw(again, e.Attendance, again.role(MeetingRole.CHAIR).id, "not she")  # type: ignore[union-attr]
    desk.planning.change(changed, name="Monday panel")
    assert role(desk, bare.ref, MeetingRole.CHAIR) == "", "taken off the list, it stays off"
    assert desk.planning.record.verify().is_good


def test_another_sitting_brings_another_chair(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    bare = another(desk, "HM-0901")
    one = desk.planning.plan(DAY, time(10), chair=CHAIR)
    two = desk.planning.plan(date(2026, 11, 30), time(10), chair="Ruth Calloway")
    desk.planning.add(one, bare.ref)
    desk.planning.add(two, bare.ref)
    assert role(desk, bare.ref, MeetingRole.CHAIR) == "Ruth Calloway"


def test_the_agency_of_a_chair_is_that_of_an_organisation_the_area_names(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    name, agency = next(iter(desk.area.organisations), ("", AgencyType.POL))
    bare = another(desk, "HM-0901")
    sitting = desk.planning.plan(DAY, time(10), chair=f"DI Sam Okoro, {name.upper()}")
    desk.planning.add(sitting, bare.ref)
    chair = desk.caseload.find(bare.ref).role(MeetingRole.CHAIR)
    assert chair is not None
    assert chair.agency is (agency if name else None)


def test_a_clash_is_said_and_stops_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one = desk.planning.plan(DAY, time(10), chair=CHAIR, minute_taker="J", booked_minutes=60)
    two = desk.planning.plan(DAY, time(10, 30), chair=CHAIR, minute_taker="K", booked_minutes=60)
    first, second = another(desk, "HM-0901"), another(desk, "HM-0902", Level.THREE)
    for each in (first, second):
        desk.planning.add(one, each.ref)
    kinds = [clash.kind for clash in desk.planning.check(one)]
    assert kinds == [ClashKind.CHAIR, ClashKind.OVERLAP, ClashKind.OVERFULL]
    assert ClashKind.OVERLAP in [clash.kind for clash in desk.planning.check(two)]
    desk.putting_off.cancel(second.ref, PutOffReason.STAFFING)
    assert ClashKind.OVERFULL not in [clash.kind for clash in desk.planning.check(one)]


def test_an_interest_of_an_earlier_meeting_is_remembered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    last = desk.caseload.find("WM-0143-3")
    told = e.Interest(
        id=new_id(),
        declared_by="DI Sam Okoro",
        nature="a neighbour",
        handling=InterestHandling.BARRED,
    )
    last = desk.chairing.close(desk.chairing.add(last, told))
    desk.caseload.open_next(
        "WM-0143", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2026, 12, 14)
    )
    sitting = desk.planning.plan(date(2026, 12, 14), time(10), chair=CHAIR, minute_taker="J")
    desk.planning.add(sitting, "WM-0143-4")
    found = [c for c in desk.planning.check(sitting) if c.kind is ClashKind.INTEREST]
    chairs = desk.caseload.find("WM-0143-4").role(MeetingRole.CHAIR)
    assert chairs is not None
    if chairs.name != "DI Sam Okoro":  # the list carried another: then it is she who chairs
        assert not found
        row = chairs
        desk.chairing.change(desk.caseload.find("WM-0143-4"), e.Attendance, row.id, name="DI Sam Okoro")  # fmt: skip
        found = [c for c in desk.planning.check(sitting) if c.kind is ClashKind.INTEREST]
    assert [(c.place, "WM-0143-3: barred" in c.words) for c in found] == [("WM-0143-4", True)]


def test_what_cannot_be_so_is_refused_with_a_way_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(BadInput, match="of one day"):
        desk.planning.plan(DAY, time(22), booked_minutes=180)
    with pytest.raises(BadInput, match="booked for up to"):
        desk.planning.plan(DAY, time(9), booked_minutes=-1)
    with pytest.raises(BadInput, match="Level 2, for Level 3"):
        desk.planning.plan(DAY, time(9), level="1")
    midnight = desk.planning.plan(DAY, time(22), booked_minutes=120)
    assert midnight.planned_end is not None
    assert not desk.planning.sittings()[1:]
    cancelled = another(desk, "HM-0901")
    desk.putting_off.cancel(cancelled.ref, PutOffReason.STAFFING)
    with pytest.raises(Refused, match="stands cancelled"):
        desk.planning.add(midnight, cancelled.ref)


def test_a_sitting_is_called_by_its_day_or_by_its_beginning(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one = desk.planning.plan(DAY, time(10))
    assert desk.planning.named("2026-11-23") == one
    assert desk.planning.named(ref_of(one)) == one
    desk.planning.plan(DAY, time(14))
    with pytest.raises(BadInput, match="has 2 sittings") as several:
        desk.planning.named("2026-11-23")
    assert ref_of(one) in several.value.sentence
    with pytest.raises(NotFound, match="No sitting is planned"):
        desk.planning.named("2026-11-24")
    with pytest.raises(NotFound):
        desk.planning.named("S-ZZZZZZ")


def test_joining_instructions_are_counted_and_never_in_the_journal(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    sitting = desk.planning.plan(DAY, time(10))
    said = desk.planning.say_joining(sitting, "https://meet.example/abc  \r\nPIN 4471")
    assert said.joining == "https://meet.example/abc  \nPIN 4471"
    assert desk.planning.say_joining(said, said.joining) == said
    assert desk.planning.say_joining(said, "").joining_number == 2
    with desk.planning.record._reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM journal WHERE entity = 'sitting'").all()
    assert any("joining" in row for row in rows)
    for words in ("meet.example", "PIN 4471"):
        assert not any(words in str(cell) for row in rows for cell in row)
