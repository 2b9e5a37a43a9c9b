"""Key figures by hand: met, of how many, and what is not recorded is never a no."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timedelta

import pytest

from panelkit.areas.loader import load_area
from panelkit.audit.held import ActionSeen, MeetingSeen, seen
from panelkit.audit.kpis import BY_ID, MEASURES, Figure, Period, as_data, figures
from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput
from panelkit.domain.required import Required, share_present
from panelkit.domain.timescales import LONDON
from panelkit.domain.vocabulary import (
    ActionStatus,
    AgencyType,
    AttendanceStatus,
    InviteRole,
    Level,
    MeetingKind,
    MeetingState,
    PresenceKind,
)
from tests.audit.test_answering import BY, EMPTY, person, with_rows

AREA = load_area("national")
START, END, TODAY = date(2026, 7, 1), date(2026, 9, 30), date(2026, 11, 1)
DAY = date(2026, 8, 3)


def met(ref: str = "HM-1-1", **said: object) -> MeetingSeen:
    case, _, number = ref.rpartition("-")
    values = {
        "ref": ref, "case_ref": case, "number": int(number), "level": Level.THREE,
        "kind": MeetingKind.REVIEW, "held_on": DAY, "state": MeetingState.ISSUED, "required": (),
        "attendance_recorded": True, "police": True, "probation": True, "disclosure": True,
        "minutes_due": DAY + timedelta(days=7), "issued_on": None, "next_level": None,
        "review_due": None, "actions": (),
    }  # fmt: skip
    return MeetingSeen(**{**values, **said})  # type: ignore[arg-type]


def figure(measure: str, *meetings: MeetingSeen, agency: str = "", today: date = TODAY) -> Figure:
    found = figures(Period(meetings, START, END, today), AREA)
    return next(f for f in found if f.measure.id == measure and f.agency == agency)


def org(name: str, *, came: bool | None, reported: bool | None = None) -> Required:
    return Required(organisation=name, agency=AgencyType.LHA, came=came, reported=reported)


def test_the_board_and_first_meetings_are_counted_where_the_record_holds_them() -> None:
    came = (("Harrowmere Police", True), ("Vale Cross Homes", False))
    boards = ((DAY, came), (END, came[:1]), (date(2026, 6, 30), came))
    first = [
        met("HM-1-1", kind=MeetingKind.INITIAL, first_due=DAY),
        met("HM-2-1", kind=MeetingKind.INITIAL, first_due=DAY - timedelta(days=1)),
        met("HM-3-1", kind=MeetingKind.INITIAL, first_due=DAY, postponed=True),
        met("HM-4-1", kind=MeetingKind.INITIAL),
        met("HM-5-2", kind=MeetingKind.REVIEW, first_due=DAY),
    ]
    period = Period(tuple(first), START, END, TODAY, boards, frozenset({"boards", "referrals"}))
    found = {(f.measure.id, f.agency): f for f in figures(period, AREA)}
    police = found["K-SMB", "Harrowmere Police"]
    assert (police.met, police.of, police.target) == (2, 2, 75)
    assert found["K-SMB", "Vale Cross Homes"].words() == "0 % (0 of 1 board meetings)"
    told = found["K-INIT", ""]
    assert (told.met, told.of) == (1, 3), "postponed is late; without a referral it is not known"
    assert [c.ref for c in told.unknown] == ["HM-4-1"]


def test_a_postponed_review_is_late_and_one_not_needed_is_not_missed() -> None:
    before = met("HM-1-1", next_level=Level.THREE, review_due=DAY)
    for later, said in (
        (met("HM-1-2"), (1, 1)),
        (met("HM-1-2", postponed=True), (0, 1)),
        (met("HM-1-2", state=MeetingState.PLANNED), (0, 1)),
        (met("HM-1-2", state=MeetingState.PLANNED, not_needed=True), (0, 0)),
    ):
        told = figure("K-REV3", before, later)
        assert (told.met, told.of) == said


def test_attendance_is_counted_for_each_organisation() -> None:
    meetings = [
        met("HM-1-1", required=(org("Housing", came=True), org("Trust", came=False))),
        met("HM-2-1", required=(org("Housing", came=False),)),
        met("HM-3-1", required=(org("Housing", came=True),)),
        met("HM-4-1", required=(org("Housing", came=None),)),
        met("HM-5-1", level=Level.TWO, required=(org("Housing", came=False),)),
        met("HM-6-1", state=MeetingState.PLANNED, required=(org("Housing", came=False),)),
        met("HM-7-1", held_on=date(2026, 6, 30), required=(org("Housing", came=False),)),
    ]
    housing = figure("K-ATT3", *meetings, agency="Housing")
    assert (housing.met, housing.of) == (2, 3)
    assert housing.words() == "67 % (2 of 3 meetings)"
    assert [c.ref for c in housing.unknown] == ["HM-4-1"]
    assert [c.ref for c in housing.counted] == ["HM-1-1", "HM-2-1", "HM-3-1", "HM-4-1"]
    assert (housing.target, housing.reaches_target) == (90, False)
    assert "[R]" in housing.target_source
    assert figure("K-ATT3", *meetings, agency="Trust").percent == 0
    assert figure("K-ATT2", *meetings, agency="Housing").percent == 0


def test_what_is_not_recorded_prints_so_and_never_nought() -> None:
    for measure in ("K-SMB", "K-INIT"):
        told = figure(measure, met())
        assert (told.words(), told.percent, told.is_recorded) == ("not recorded", None, False)
    unknown = figure("K-ATT3", met(required=(org("A", came=None),)), agency="A")
    assert unknown.words() == "not recorded"
    assert unknown.reaches_target is None
    nothing = figure("K-ATT3")
    assert nothing.words() == "no meetings to count"
    bare = figure("K-ATT3", met(attendance_recorded=False))
    assert bare.words() == "not recorded"
    row = next(r for r in as_data([unknown]))
    assert (row["percent"], row["met"], row["of"], row["recorded"]) == (None, None, None, False)


def test_police_and_probation_are_reported_apart() -> None:
    meetings = [met("HM-1-1", police=True, probation=None), met("HM-2-1", police=False)]
    assert figure("K-ATTRA", *meetings, agency="Police").words() == "50 % (1 of 2 meetings)"
    assert (
        figure("K-ATTRA", *meetings, agency="Probation Service").words()
        == "100 % (1 of 1 meetings)"
    )


def test_minutes_in_time() -> None:
    due = DAY + timedelta(days=7)
    meetings = [
        met("HM-1-1", issued_on=due),
        met("HM-2-1", issued_on=due + timedelta(days=1)),
        met("HM-3-1"),
        met("HM-4-1", state=MeetingState.CLOSED),
        met("HM-5-1", state=MeetingState.APPROVED, minutes_due=TODAY),
    ]
    told = figure("K-MIN3", *meetings)
    assert [(c.ref, c.met) for c in told.counted] == [
        ("HM-1-1", True), ("HM-2-1", False), ("HM-3-1", None), ("HM-4-1", False),
    ]  # fmt: skip
    assert told.words() == "33 % (1 of 3 meetings)"
    assert figure("K-MIN3", met(), met("HM-9-1")).words() == "not recorded"


def review(ref: str, held_on: date, **said: object) -> MeetingSeen:
    due = held_on + timedelta(weeks=8)
    return met(ref, held_on=held_on, next_level=Level.THREE, review_due=due, **said)


def test_reviews_in_time_are_counted_by_case() -> None:
    may = date(2026, 5, 20)  # the next is due by 15 July
    meetings = [
        review("HM-1-1", may), review("HM-1-2", may + timedelta(weeks=8)),  # in time, the next too
        review("HM-1-3", may + timedelta(weeks=16)),
        review("HM-2-1", may), met("HM-2-2", held_on=may + timedelta(weeks=8, days=1)),  # a day late
        review("HM-3-1", may),  # never held again
        review("HM-4-1", may), review("HM-4-2", date(2027, 1, 1), state=MeetingState.PLANNED),  # put off
        met("HM-5-1", held_on=may),  # left MAPPA: none is due
        review("HM-6-1", date(2026, 9, 20)),  # due in November
        review("HM-7-1", may), met("HM-7-2", held_on=may + timedelta(weeks=8), state=MeetingState.OPEN),
    ]  # fmt: skip
    told = figure("K-REV3", *meetings)
    assert {c.ref: c.met for c in told.counted} == {
        "HM-1-2": True, "HM-2-1": False, "HM-3-1": False, "HM-4-1": False, "HM-7-1": True,
    }  # fmt: skip
    assert told.words() == "40 % (2 of 5 cases)"


def test_a_case_with_one_late_review_of_two_is_late() -> None:
    first = date(2026, 5, 7)
    meetings = [
        review("HM-1-1", first),
        review("HM-1-2", first + timedelta(weeks=9)),
        met("HM-1-3", held_on=first + timedelta(weeks=10)),
    ]
    told = figure("K-REV3", *meetings)
    assert [(c.ref, c.met) for c in told.counted] == [("HM-1-1", False)]


def test_a_review_still_within_its_time_is_not_counted_yet() -> None:
    meeting = review("HM-1-1", date(2026, 7, 20))
    assert figure("K-REV3", meeting, today=date(2026, 9, 14)).words() == "no cases to count"
    assert figure("K-REV3", meeting, today=date(2026, 9, 15)).words() == "0 % (0 of 1 cases)"


def action(ref: str, status: ActionStatus | None = None, done: date | None = None) -> ActionSeen:
    return ActionSeen(ref=ref, due=date(2026, 8, 20), status=status, completed_on=done)


def test_actions_by_the_day_first_set() -> None:
    late = dataclasses.replace(
        action("1.2", ActionStatus.COMPLETE, date(2026, 9, 2)), due=date(2026, 9, 30)
    )
    meetings = [
        met("HM-1-1", actions=tuple(action(f"1.{n}") for n in range(1, 7))),
        met("HM-1-2", held_on=date(2026, 9, 20), actions=(
            action("1.1", ActionStatus.COMPLETE, date(2026, 8, 20)), late,
            action("1.3", ActionStatus.COMPLETE), action("1.4", ActionStatus.PART),
            action("1.5", ActionStatus.SUPERSEDED),
        )),
    ]  # fmt: skip
    told = figure("K-ACT", *meetings)
    assert {c.what: c.met for c in told.counted} == {
        "action 1.1": True, "action 1.2": False, "action 1.3": None, "action 1.4": False, "action 1.6": None,
    }  # fmt: skip
    assert {c.ref for c in told.counted} == {"HM-1-1"}
    assert told.words() == "33 % (1 of 3 actions)"
    assert (told.target, told.reaches_target) == (None, None)


def test_reports_of_the_absent() -> None:
    meetings = [
        met("HM-1-1", required=(org("A", came=False, reported=True), org("B", came=True))),
        met("HM-2-1", required=(org("A", came=False, reported=False),)),
    ]
    assert figure("K-REP", *meetings, agency="A").words() == "50 % (1 of 2 absences)"


def test_small_figures_do_not_leave_the_area() -> None:
    four = [met(f"HM-{n}-1", required=(org("A", came=n > 1),)) for n in range(1, 5)]
    told = figure("K-ATT3", *four, agency="A")
    assert told.words() == "75 % (3 of 4 meetings)"
    assert told.words(5) == "fewer than 5 meetings: not shown"
    (row,) = as_data([told], suppress_below=5)
    assert (row["met"], row["of"], row["percent"], row["suppressed"]) == (None, None, None, True)
    assert "meetings" not in row
    assert "HM-" not in str(row)
    five = figure("K-ATT3", *four, met("HM-5-1", required=(org("A", came=True),)), agency="A")
    assert five.words(5) == "80 % (4 of 5 meetings)"


def test_nearly_all_is_never_printed_as_all() -> None:
    many = [met(f"HM-{n}-1", disclosure=n > 1) for n in range(1, 302)]
    assert figure("K-DISC", *many).words() == "over 99 % (300 of 301 meetings)"
    few = [met(f"HM-{n}-1", disclosure=n == 1) for n in range(1, 302)]
    assert figure("K-DISC", *few).words() == "under 1 % (1 of 301 meetings)"


def test_every_target_is_a_setting_with_its_source() -> None:
    for target, _value in AREA.targets:
        assert target in BY_ID
        assert "[" in AREA.source(f"target.{target}")
    assert {m.id for m in MEASURES} - dict(AREA.targets).keys() == {"K-ACT", "K-REP"}
    wrong = dataclasses.replace(AREA, targets=(("K-NONE", 3),))
    with pytest.raises(BadInput, match="K-NONE"):
        figures(Period((), START, END, TODAY), wrong)


# -- the facts of one meeting ----------------------------------------------------------


def test_half_of_a_meeting_is_attendance_and_less_is_not() -> None:
    start = datetime.combine(EMPTY.held_on, time(10), LONDON)
    part = e.Part(id="t", started_at=start, ended_at=start + timedelta(minutes=60))
    someone = person(1, AttendanceStatus.PART)

    def stayed(minutes: int) -> bool | None:
        joined = e.Presence(id="j", parent="p1", what=PresenceKind.JOINED, at=start)
        left = e.Presence(
            id="l", parent="p1", what=PresenceKind.LEFT, at=start + timedelta(minutes=minutes)
        )
        return seen(with_rows(someone, part, joined, left), AREA).required[0].came

    assert stayed(30) is True
    assert stayed(29) is False
    assert seen(with_rows(someone, part), AREA).required[0].came is None, "no times, no share"


def test_going_and_coming_back_is_added_up() -> None:
    start = datetime.combine(EMPTY.held_on, time(10), LONDON)
    moves = [(0, "joined"), (10, "left"), (30, "joined"), (40, "left"), (50, "joined")]
    rows = [
        e.Presence(
            id=f"x{at}", parent="p1", what=PresenceKind(what), at=start + timedelta(minutes=at)
        )
        for at, what in moves
    ]
    meeting = EMPTY.answer("A1", "actual_start", "10:00", BY).answer(
        "A18", "actual_end", "11:00", BY
    )
    someone = person(1, AttendanceStatus.PART)
    share = share_present(with_rows(someone, *rows, meeting=meeting), someone)
    assert share == pytest.approx(30 / 60)


def test_a_report_and_an_adviser_are_no_attendance() -> None:
    told = seen(
        with_rows(
            person(1, AttendanceStatus.REPORT_ONLY),
            person(2, AttendanceStatus.DEPUTY),
            person(3, AttendanceStatus.ATTENDED, agency=AgencyType.LAY),
            person(4, AttendanceStatus.ATTENDED, invited=InviteRole.OPTIONAL),
        ),
        AREA,
    )
    assert [(r.organisation, r.came, r.reported) for r in told.required] == [
        ("Agency 1", False, True), ("Agency 2", True, None),
    ]  # fmt: skip


def test_when_the_next_meeting_is_due() -> None:
    def due(meeting_level: Level, decision: str) -> tuple[Level | None, date | None]:
        meeting = dataclasses.replace(EMPTY, level=meeting_level)
        if decision:
            meeting = meeting.answer("A15", "level_decision", decision, BY)
        told = seen(meeting, AREA)
        return told.next_level, told.review_due

    assert due(Level.TWO, "") == (Level.TWO, EMPTY.held_on + timedelta(weeks=16))
    assert due(Level.TWO, "L3") == (Level.THREE, EMPTY.held_on + timedelta(weeks=8))
    assert due(Level.THREE, "L2") == (Level.TWO, EMPTY.held_on + timedelta(weeks=16))
    assert due(Level.TWO, "L1") == (None, None)
    assert due(Level.TWO, "EXIT") == (None, None)


def test_the_first_copy_sent_dates_minutes_whose_issue_is_not_recorded() -> None:
    sent = [e.Recipient(id=f"r{n}", name="A", organisation="A", sent_on=date(2026, 12, 9 - n)) for n in range(3)]  # fmt: skip
    meeting = with_rows(*sent)
    assert seen(meeting, AREA).issued_on == date(2026, 12, 7)
    assert seen(meeting, AREA, date(2026, 12, 1)).issued_on == date(2026, 12, 1)
    assert seen(EMPTY, AREA).issued_on is None
