"""Who has which referral and case, and what each has to do. All invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.domain.allocating import Load, Move, What
from panelkit.domain.errors import BadInput, NotFound, Refused, StaleRecord
from panelkit.domain.people import Access, Role
from panelkit.domain.put_off import PutOffReason
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.spans import SpanKind, SpanReason
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.desk import Desk
from panelkit.services.people import People
from tests.desk import Clock, fresh_meeting, make_desk
from tests.services.test_chasing import as_closed, review, with_action
from tests.tui.test_roles import OMAR, desk_as

JOAN, GAIL = "Joan Quill", "Gail Postern"
pytestmark = pytest.mark.usefixtures("cheap_slots")


def received(desk: Desk, day: date = date(2026, 11, 2)) -> str:
    return desk.referrals.receive(day, "Harrowmere Police", AgencyType.POL, Level.TWO).ref


def load_of(desk: Desk, name: str) -> Load:
    return next(one for one in desk.allocating.loads() if one.name == name)


def refs(load: Load) -> list[str]:
    return [one.ref for one in load.works]


def test_who_had_it_stays_in_sight_from_whom_to_whom_by_whom_and_why(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, who="Dana Pryce", clock=clock)
    ref, verbs = received(desk), desk.allocating
    first = clock()
    verbs.allocate(ref, JOAN)
    clock.move(days=1)
    second = clock()
    verbs.allocate(ref, GAIL, "Joan is away")
    clock.move(days=1)
    verbs.let_go(ref, "Gail  is away too")
    assert verbs.of(ref).moves == (
        Move("", JOAN, first, "Dana Pryce", ""),
        Move(JOAN, GAIL, second, "Dana Pryce", "Joan is away"),
        Move(GAIL, "", clock(), "Dana Pryce", "Gail  is away too"),
    )
    assert [one.words for one in verbs.of(ref).moves] == [
        f"to {JOAN}", f"from {JOAN} to {GAIL}", f"from {GAIL} to nobody",
    ]  # fmt: skip
    desk.caseload.record.close()
    again = make_desk(tmp_path, who="Dana Pryce", clock=clock)
    assert again.allocating.of("1").holder == ""
    assert len(again.allocating.of("1").moves) == 3
    with again.caseload.record._reading() as connection:
        asked = text("select field from journal where entity = 'allocation'")
        fields = set(connection.execute(asked).scalars())
    assert fields == {"referral_id", "number", "holder", "because"}


def test_a_change_needs_its_reason_and_the_first_step_none(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref, verbs = received(desk), desk.allocating
    with pytest.raises(Refused, match="R-0001 is with nobody already"):
        verbs.let_go(ref, "b")
    verbs.allocate(ref, JOAN)
    with pytest.raises(Refused, match=f"R-0001 is with {JOAN} already"):
        verbs.allocate(ref, "joan  QUILL", "b")
    for wrong in ("", "  "):
        with pytest.raises(BadInput, match="say why that changes"):
            verbs.allocate(ref, GAIL, wrong)
        with pytest.raises(BadInput, match="say why that changes"):
            verbs.let_go(ref, wrong)
    with pytest.raises(NotFound, match="no case XX-1"):
        verbs.allocate("XX-1", JOAN)
    with pytest.raises(NotFound, match="no referral"):
        verbs.allocate("R-77", JOAN)
    assert verbs.of(ref).holder == JOAN
    assert len(verbs.of(ref).steps) == 1


def test_of_two_who_move_it_at_once_one_is_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref, verbs = received(desk), desk.allocating
    shown = verbs.of(ref)
    verbs.allocate(ref, JOAN)
    with pytest.raises(StaleRecord, match="meanwhile"):
        verbs.allocate(ref, GAIL, shown=shown)
    assert verbs.of(ref).holder == JOAN


def test_a_name_is_written_one_way_and_claimed_names_are_offered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, who="Dana Pryce")
    verbs = desk.allocating
    assert verbs.coordinators() == ("Dana Pryce",)
    verbs.allocate(received(desk), JOAN)
    verbs.allocate(received(desk), "  joan quill ")
    assert verbs.coordinators() == ("Dana Pryce", JOAN)
    assert refs(load_of(desk, JOAN)) == ["R-0001", "R-0002"]
    with pytest.raises(BadInput):
        verbs.allocate(received(desk), " \n")


def test_where_a_record_has_people_only_its_coordinators_may_have_something(
    tmp_path: Path,
) -> None:
    desk = desk_as(tmp_path, Role.COORDINATOR)
    ref, verbs = received(desk), desk.allocating
    assert verbs.coordinators() == (OMAR, "Ruth Calloway")  # who founded it has every role
    for name in ("Dylan Ashgrove", "Somebody Else"):
        with pytest.raises(Refused, match=f"{name} is no coordinator of this record") as refused:
            verbs.allocate(ref, name)
        assert OMAR in (refused.value.remedy or "")
    done = verbs.allocate(ref, OMAR.upper())
    assert done.holder == OMAR
    assert done.steps[0].person_id == desk.caseload.record.opened.person


def test_what_somebody_has_who_is_gone_stands_before_the_coordinators(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.COORDINATOR, Role.ADMINISTRATOR)
    record, clock = desk.caseload.record, desk.clock
    people = People(record, clock)
    people.add("Aled Gone", [Role.COORDINATOR], "a passphrase of Aled")
    desk.allocating.allocate(received(desk), "Aled Gone")
    desk.allocating.allocate("WM-0143", OMAR)
    people.change_roles("Aled Gone", [Role.READER])
    shown = desk.allocating.loads()
    assert [(one.name, one.is_coordinator) for one in shown] == [
        ("Aled Gone", False), (OMAR, True), ("Ruth Calloway", True),
    ]  # fmt: skip
    assert refs(shown[0]) == ["R-0001"]


def test_a_case_is_never_with_somebody_for_whom_it_is_not_there(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.COORDINATOR, Role.ADMINISTRATOR)
    people = People(desk.caseload.record, desk.clock)
    people.add("Aled Barred", [Role.COORDINATOR], "a passphrase of Aled")
    people.set_access("WM-0143", "Aled Barred", Access.BARRED)
    with pytest.raises(Refused) as refused:
        desk.allocating.allocate("WM-0143", "Aled Barred")
    assert refused.value.message == "WM-0143 cannot be with Aled Barred."
    people.set_access("WM-0143", "Aled Barred", None)
    people.set_access("WM-0143", "Ruth Calloway", Access.MEMBER)
    people.set_access("WM-0143", "Aled Barred", Access.MEMBER)
    with pytest.raises(NotFound):  # Omar is no member: for him the case is not there
        desk.allocating.allocate("WM-0143", "Aled Barred")
    assert desk.caseload.record.allocations() == ()


def test_what_is_hidden_from_somebody_is_in_no_load_of_theirs(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.COORDINATOR, Role.ADMINISTRATOR)
    people = People(desk.caseload.record, desk.clock)
    ref = received(desk)
    desk.referrals.decide(ref, Screened.ACCEPTED, ScreenedBecause.SENIOR, date(2026, 11, 3), level=Level.TWO)  # fmt: skip
    desk.allocating.allocate(ref, OMAR)
    desk.referrals.led_to(ref, "WM-0143")
    desk.allocating.allocate("WM-0143", OMAR)
    assert len(desk.caseload.record.allocations()) == 2
    people.set_access("WM-0143", OMAR, Access.BARRED)
    assert desk.caseload.record.allocations() == ()
    assert all(not one.works for one in desk.allocating.loads())


def test_a_load_is_what_the_record_says_of_the_referrals_and_cases_somebody_has(
    tmp_path: Path,
) -> None:
    clock = Clock()  # Monday 23 November 2026
    desk = make_desk(tmp_path, who="Dana Pryce", clock=clock)
    late, soon, later = (received(desk, date(2026, 11, n)) for n in (2, 18, 23))
    meeting = with_action(desk, fresh_meeting(desk, "HM-0901"), due=date(2026, 11, 20))
    as_closed(desk, meeting, date(2026, 11, 2))
    review(desk, "HM-0901")
    fresh_meeting(desk, "HM-0902")
    for ref in (late, soon, later, "HM-0901", "HM-0902"):
        desk.allocating.allocate(ref, JOAN)
    load = load_of(desk, JOAN)
    assert refs(load) == ["R-0001", "R-0002", "R-0003", "HM-0901", "HM-0902"]
    assert ([o.ref for o in load.late], [o.ref for o in load.this_week]) == (["R-0001"], ["R-0002"])
    first, second = load.cases
    assert (first.what, first.minutes, first.overdue, first.to_come) == (What.CASE, 1, 1, True)
    assert second.meetings == (date(2026, 11, 23),)
    assert load.counted["minutes_not_issued"] == 1
    assert load.counted["actions_overdue"] == 1
    said = load.sentences(4)
    assert "3 referrals wait (1 overdue, 1 due this week)." in said
    assert "1 set of minutes not issued, 1 action overdue." in said
    desk.referrals.decide(late, Screened.REJECTED, ScreenedBecause.NO_PLAN, date(2026, 11, 23))
    assert refs(load_of(desk, JOAN))[0] == "R-0002", "what is answered waits no more"
    assert load_of(desk, "Dana Pryce").sentences(4) == "Nothing at the moment."


def test_the_level_is_that_of_the_history_and_a_case_that_left_is_worked_on_no_more(
    tmp_path: Path,
) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, clock=clock)

    def at_work() -> list[tuple[str, Level | None]]:
        return [(one.ref, one.level) for one in desk.allocating.loads()[0].works]

    meeting = fresh_meeting(desk, "HM-0901")
    assert at_work() == [("HM-0901", None)], "its first meeting is to come"
    desk.histories.begin("HM-0901", SpanKind.LEVEL, "3", date(2026, 11, 2), because="by letter")
    assert at_work() == [("HM-0901", Level.THREE)]
    desk.putting_off.cancel(meeting.ref, PutOffReason.NOT_NEEDED)
    assert at_work() == [("HM-0901", Level.THREE)]
    desk.histories.leave("HM-0901", date(2026, 11, 20), SpanReason.DEATH, because="died")
    assert all(not one.works for one in desk.allocating.loads())


def test_loads_stand_by_name_whatever_they_are(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, who="Dana Pryce")
    for _ in range(3):
        desk.allocating.allocate(received(desk), "zoe last")
    desk.allocating.allocate(received(desk), "Adam First")
    received(desk)
    assert [one.name for one in desk.allocating.loads()] == ["", "Adam First", "Dana Pryce", "zoe last"]  # fmt: skip


def test_home_counts_those_with_nobody_once_an_office_allocates(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    record = desk.caseload.record
    received(desk)
    received(desk)
    assert record.referrals_waiting().held is None
    desk.allocating.allocate("R-1", JOAN)
    assert record.referrals_waiting().held == 1
    desk.allocating.let_go("R-1", "away")
    assert record.referrals_waiting().held == 0
    desk.allocating.allocate("R-2", JOAN)
    desk.referrals.decide("R-2", Screened.REJECTED, ScreenedBecause.NO_PLAN, date(2026, 11, 20))
    assert record.referrals_waiting().held == 0, "what is answered waits no more"


def test_words_of_a_referral_are_emptied_with_the_reasons_who_had_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref = received(desk)
    with pytest.raises(Refused, match="no words to empty"):
        desk.referrals.without_words(ref)
    desk.allocating.allocate(ref, JOAN)
    desk.allocating.allocate(ref, GAIL, "she knows his brother")
    desk.referrals.without_words(ref)
    assert [(m.after, m.because) for m in desk.allocating.of(ref).moves] == [(JOAN, ""), (GAIL, "")]


def test_a_later_referral_of_the_same_individual_is_said_without_a_name(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    verbs, record = desk.allocating, desk.caseload.record
    first, second = received(desk), received(desk, date(2026, 11, 9))
    with pytest.raises(BadInput, match="R-0002 did not come before R-0001"):
        verbs.again(first, second)
    with pytest.raises(BadInput):
        verbs.again(first, first)
    later, earlier = verbs.again(second, first)
    assert earlier is not None
    assert [(a.referral_id, a.earlier_id) for a in record.referred_again()] == [
        (later.id, earlier.id)
    ]
    with pytest.raises(Refused, match="already"):
        verbs.again(second, first)
    verbs.again(second, "")
    (row,) = record.referred_again()
    assert (row.earlier_id, row.revision) == ("", 2)
    with pytest.raises(Refused, match="already"):
        verbs.again(second, "")
    desk.referrals.withdraw(first, "typed twice")
    with pytest.raises(Refused, match="withdrawn"):
        verbs.again(second, first)
