"""What of a sitting cannot work is named, with its place and a way on; what can is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from panelkit.areas.calendar import EnglandAndWales
from panelkit.domain.clashes import Booking, ClashKind, Declared, clashes
from panelkit.domain.sitting import Sitting, officer, same_person
from panelkit.domain.timescales import WeekdaysOnly
from panelkit.domain.vocabulary import InterestHandling, Level, MeetingRole

MONDAY = date(2026, 11, 23)
CHAIR = "DI Sam Okoro, Harrowmere Police"
GOOD = Sitting(
    id="one", held_on=MONDAY, starts=time(10), name="Monday panel", chair=CHAIR,
    minute_taker="Dylan Ashgrove", booked_minutes=120,
)  # fmt: skip
FIRST = Booking(
    ref="HM-0901-1", case_ref="HM-0901", held_on=MONDAY, slot=time(10), booked_minutes=45,
    level=Level.TWO, sitting="one",
)  # fmt: skip
SECOND = replace(FIRST, ref="HM-0902-2", case_ref="HM-0902", slot=time(10, 45))
OTHER = Sitting(
    id="two", held_on=MONDAY, starts=time(11), name="Second panel", chair="Ruth Calloway",
    minute_taker="Joan Quill", booked_minutes=60,
)  # fmt: skip


def kinds(sitting: Sitting = GOOD, others: tuple[Sitting, ...] = (), bookings: tuple[Booking, ...] = (FIRST, SECOND)) -> list[ClashKind]:  # fmt: skip
    return [one.kind for one in clashes(sitting, others, bookings, EnglandAndWales())]


def only(*args: object) -> str:
    (one,) = clashes(*args, EnglandAndWales())  # type: ignore[arg-type]
    assert one.remedy
    return one.sentence


def test_a_sitting_that_works_has_no_clash() -> None:
    assert not kinds()
    assert not kinds(GOOD, (replace(OTHER, starts=time(12)), replace(OTHER, id="3", held_on=date(2026, 11, 24))))  # fmt: skip


def test_one_chair_in_two_sittings_is_named_with_both_hours() -> None:
    found = clashes(GOOD, (replace(OTHER, chair="di  sam OKORO"),), (), EnglandAndWales())
    chair = next(one for one in found if one.kind is ClashKind.CHAIR)
    assert chair.place == "Monday panel"
    assert "from 10:00 to 12:00" in chair.words
    assert "Second panel from 11:00 to 12:00" in chair.words
    assert chair.remedy
    taker = replace(OTHER, minute_taker="Dylan Ashgrove")
    assert ClashKind.MINUTE_TAKER in kinds(GOOD, (taker,))


def test_a_chair_of_a_meeting_elsewhere_is_found_too() -> None:
    loose = replace(
        FIRST, ref="HM-0950-1", case_ref="HM-0950", sitting="", slot=time(11, 30),
        officers=((MeetingRole.CHAIR, "DI Sam Okoro"),),
    )  # fmt: skip
    assert "HM-0950-1" in only(GOOD, (), (FIRST, SECOND, loose))
    assert not kinds(GOOD, (), (FIRST, SECOND, replace(loose, slot=time(12))))
    assert not kinds(GOOD, (), (FIRST, SECOND, replace(loose, slot=None))), "no hour is no claim"


def test_a_case_is_listed_once_a_day() -> None:
    again = replace(FIRST, ref="HM-0901-2", slot=time(14), sitting="two")
    assert "HM-0901-1" in only(GOOD, (), (FIRST, SECOND, again))
    inside = replace(again, sitting="one", slot=time(11, 30), booked_minutes=30)
    assert kinds(GOOD, (), (FIRST, SECOND, inside)) == [ClashKind.CASE], "said once"


@pytest.mark.parametrize(
    ("handling", "clash"),
    [
        (InterestHandling.BARRED, True), (InterestHandling.PAPERS_RECALLED, True), (None, True),
        (InterestHandling.DEPUTY, True), (InterestHandling.STAYS, False),
    ],
)  # fmt: skip
def test_whoever_declared_an_interest_does_not_chair_it(
    handling: InterestHandling | None, *, clash: bool
) -> None:
    told = Declared("Sam  Okoro".replace("Sam", "DI Sam"), handling, "HM-0902-1")
    found = kinds(GOOD, (), (FIRST, replace(SECOND, declared=(told,))))
    assert found == ([ClashKind.INTEREST] if clash else [])
    own = replace(SECOND, declared=(told,), officers=((MeetingRole.CHAIR, "Ruth Calloway"),))
    assert ClashKind.INTEREST not in kinds(GOOD, (), (FIRST, own)), "another chairs that one"


def test_two_sittings_at_one_time_are_named() -> None:
    words = only(GOOD, (OTHER,), (FIRST, SECOND))
    assert "Monday panel, 10:00 to 12:00" in words
    assert "Second panel, 11:00 to 12:00" in words
    assert not kinds(GOOD, (replace(OTHER, starts=None),))


def test_more_than_fits_says_by_how_much() -> None:
    assert "10 minutes after the sitting" in only(
        replace(GOOD, booked_minutes=80), (), (FIRST, SECOND)
    )
    assert not kinds(replace(GOOD, booked_minutes=0)), "no length is no claim"
    early = replace(SECOND, slot=time(10, 30))
    assert "when HM-0901-1 still has until 10:45" in only(GOOD, (), (FIRST, early))


def test_a_level_three_meeting_wants_its_sitting() -> None:
    assert kinds(replace(GOOD, level="2"), (), (FIRST, replace(SECOND, level=Level.THREE))) == [ClashKind.LEVEL]  # fmt: skip


def test_somebody_else_on_the_list_is_said() -> None:
    there = replace(FIRST, officers=((MeetingRole.CHAIR, "Ruth Calloway"),))
    assert "names Ruth Calloway as chair, the sitting DI Sam Okoro" in only(GOOD, (), (there,))


def test_nobody_named_is_said_unless_each_meeting_names_its_own() -> None:
    bare = replace(GOOD, chair="")
    assert "no chair of HM-0901-1, HM-0902-2" in only(bare, (), (FIRST, SECOND))
    own = replace(FIRST, officers=((MeetingRole.CHAIR, "Ruth Calloway"),))
    assert not kinds(bare, (), (own,))


@pytest.mark.parametrize(
    ("day", "why"), [(date(2026, 12, 25), "a bank holiday"), (date(2026, 11, 22), "a weekend")]
)
def test_a_day_that_is_not_worked(day: date, why: str) -> None:
    assert why in only(replace(GOOD, held_on=day), (), ())


def test_a_year_without_bank_holidays_names_the_year_and_the_area_file() -> None:
    far = replace(GOOD, held_on=date(2101, 3, 7))
    words = only(far, (), ())
    assert "2101" in words
    assert "area file" in words
    more = EnglandAndWales(frozenset({date(2101, 3, 7)}))
    assert [one.kind for one in clashes(far, (), (), more)] == [ClashKind.DAY]
    assert not clashes(far, (), (), WeekdaysOnly())


def test_people_are_told_apart_by_name_alone() -> None:
    assert officer(" DI Sam Okoro , Harrowmere Police") == officer(CHAIR)
    assert officer("Sam").organisation == ""
    assert not same_person("", " ")
