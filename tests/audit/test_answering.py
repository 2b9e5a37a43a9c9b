"""What the record answers, what words suggest, what stays blank for a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from panelkit.areas.loader import load_agenda, load_area
from panelkit.audit.answering import ANSWERS, fill_in
from panelkit.audit.forms import load_forms
from panelkit.audit.given import Looked
from panelkit.domain import entries as e
from panelkit.domain.audit_forms import Given, How, Method
from panelkit.domain.case import Case
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.vocabulary import (
    AgencyType,
    AttendanceStatus,
    Category,
    InviteRole,
    Level,
    MeetingKind,
    MeetingRole,
    MeetingState,
    PresenceKind,
    ReportStatus,
    RiskGroup,
    RiskOfSeriousHarm,
    YesNo,
)
from panelkit.packs.reader import Pack, read_pack
from tests.desk import SAMPLES

AREA = load_area("national")
FORMS = {form.id: form for form in load_forms()}
BY = By("Dana Pryce", datetime(2026, 11, 20, 10, tzinfo=UTC))
CASE = Case(id="c", ref="HM-1", category=Category.TWO, fiction=True)
EMPTY = Meeting(
    id="m", case=CASE, number=1, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=date(2026, 11, 20),
    state=MeetingState.OPEN,
)  # fmt: skip


@cache
def sample(name: str) -> Pack:
    return read_pack(SAMPLES / f"{name}.toml", load_agenda("west_midlands"))


def filled(form: str, meeting: Meeting, earlier: Meeting | None = None) -> dict[str, Given]:
    given = fill_in(FORMS[form], Looked(meeting, AREA, earlier))
    return {one.question: one for one in given}


def said(name: str, meeting: Meeting, **more: object) -> tuple[str, str]:
    answer = ANSWERS[name].fill(Looked(meeting, AREA, **more))  # type: ignore[arg-type]
    return str(answer.how), answer.option


def person(n: int, status: AttendanceStatus | None, **more: object) -> e.Attendance:
    values = {
        "id": f"p{n}", "name": f"Person {n}", "organisation": f"Agency {n}", "agency": AgencyType.POL,
        "invited": InviteRole.REQUIRED, "status": status, **more,
    }  # fmt: skip
    return e.Attendance(**values)  # type: ignore[arg-type]


def with_rows(*rows: e.Entry, meeting: Meeting = EMPTY) -> Meeting:
    for row in rows:
        meeting = meeting.add(row, BY)
    return meeting


THERE, AWAY = AttendanceStatus.ATTENDED, AttendanceStatus.NO_RESPONSE
REPORT = AttendanceStatus.REPORT_ONLY


@pytest.mark.parametrize(
    ("statuses", "k41", "k42", "s117"),
    [
        ((THERE, THERE), ("recorded", "all"), "not_applicable", "not_applicable"),
        ((THERE, AWAY), ("recorded", "one_missing"), "none", "none"),
        ((THERE, REPORT), ("recorded", "one_missing"), "all", "all"),
        ((AWAY, REPORT, THERE), ("recorded", "more_missing"), "most", "some"),
        ((AWAY, AWAY, REPORT), ("recorded", "more_missing"), "mostly_not", "some"),
        ((THERE, None), ("person", ""), "", ""),
        ((), ("person", ""), "", ""),
    ],
)
def test_attendance_and_reports(
    statuses: tuple[AttendanceStatus | None, ...], k41: tuple[str, str], k42: str, s117: str
) -> None:
    meeting = with_rows(*(person(n, status) for n, status in enumerate(statuses)))
    assert said("attended", meeting) == k41
    assert said("reports", meeting)[1] == k42
    assert said("reports_some", meeting)[1] == s117


def test_who_is_there_for_no_agency_is_not_counted() -> None:
    meeting = with_rows(
        person(1, THERE),
        person(2, AWAY, agency=AgencyType.LAY),
        person(3, AWAY, invited=InviteRole.OPTIONAL),
        person(4, THERE, organisation="Agency 5", meeting_role=MeetingRole.CHAIR),
        person(5, AWAY, organisation="Agency 5"),
    )
    given = filled("K", meeting)["K4.1"]
    assert given.option == "one_missing"
    assert "Agency 5" in given.words
    assert "1 of 2" in given.words


@pytest.mark.parametrize(
    ("began", "grade"),
    [("10:05", "excellent"), ("10:06", "satisfactory"), ("10:10", "satisfactory"),
     ("10:20", "unsatisfactory"), ("10:21", "poor"), ("09:58", "excellent")],
)  # fmt: skip
def test_began_on_time(began: str, grade: str) -> None:
    meeting = EMPTY.answer("A1", "scheduled_start", "10:00", BY)
    assert said("on_time", meeting) == ("person", "")
    assert said("on_time", meeting.answer("A1", "actual_start", began, BY)) == ("recorded", grade)


def test_time_on_planning_is_a_share_of_the_time() -> None:
    def spent(planning: int) -> Meeting:
        start = BY.at
        middle = start + timedelta(minutes=100 - planning)
        return with_rows(
            e.Visit(id="v1", place="A7", opened_at=start, left_at=middle),
            e.Visit(id="v2", place="A11", opened_at=middle, left_at=start + timedelta(minutes=100)),
        )

    assert said("time", EMPTY) == ("person", "")
    assert [said("time", spent(share))[1] for share in (50, 49, 25, 24, 0)] == [
        "satisfactory", "unsatisfactory", "unsatisfactory", "poor", "poor",
    ]  # fmt: skip


def test_the_statement_and_who_heard_it() -> None:
    people = [person(n, THERE) for n in range(4)]
    assert said("statement", with_rows(*people)) == ("recorded", "poor")
    given = with_rows(*people).answer("A2", "confidentiality_statement", "read", BY)
    assert said("statement", given) == ("suggested", "satisfactory")
    for n, grade in enumerate(["poor", "unsatisfactory", "satisfactory", "excellent"]):
        row = e.Presence(id=f"s{n}", parent=f"p{n}", what=PresenceKind.STATEMENT, at=BY.at)
        given = given.add(row, BY)
        assert said("statement", given) == ("recorded", grade)


def test_blank_diversity_is_recorded_and_words_only_suggest() -> None:
    assert said("diversity", EMPTY) == ("recorded", "no")
    no = EMPTY.answer("A8", "diversity_considered", "no", BY)
    assert said("diversity", no) == ("recorded", "no")
    yes = EMPTY.answer("A8", "diversity_considered", "yes", BY)
    assert said("diversity", yes)[0] == "suggested"
    full = yes.answer("A8", "diversity_needs", "Reads slowly, as probation found in June.", BY)
    full = full.answer("A8", "adjustments", "Appointments are told by voice message.", BY)
    assert said("diversity", full) == ("suggested", "yes")
    assert said("diversity_grade", full) == ("suggested", "satisfactory")
    assert said("diversity_grade", EMPTY) == ("recorded", "poor")


def test_information_is_exchanged_by_two_with_something_to_say() -> None:
    one = e.Contribution(id="c1", organisation="A", text="Seen on 3 May.")
    nil = e.Contribution(id="c2", organisation="B", text="Nothing held.", nil_return=YesNo.YES)
    two = dataclasses.replace(nil, id="c3", nil_return=None)
    assert said("exchanged", EMPTY)[1] == "no"
    assert said("exchanged", with_rows(one, nil))[1] == "no"
    assert said("exchanged", with_rows(one, two))[1] == "yes"


def test_a_plan_answers_every_high_risk() -> None:
    high = e.RiskRating(id="r", group=RiskGroup.STAFF, level=RiskOfSeriousHarm.HIGH)
    low = dataclasses.replace(high, level=RiskOfSeriousHarm.LOW)
    measure = e.Measure(id="m", text="Two visit together.", risk=(RiskGroup.STAFF,))
    contingency = e.Contingency(id="k", trigger="He follows staff", response="Recall is asked for")
    assert said("plan_answers", EMPTY) == ("person", "")
    assert said("plan_answers", with_rows(low)) == ("not_applicable", "not_applicable")
    assert said("plan_answers", with_rows(high)) == ("recorded", "no")
    assert said("plan_answers", with_rows(high, measure)) == ("recorded", "no")
    assert said("plan_answers", with_rows(high, measure, contingency)) == ("recorded", "yes")


def test_names_that_differ_only_in_spelling_are_not_consistent() -> None:
    rows = [person(1, THERE, organisation="Harrowmere Police", name="Imran Sarwar")]
    action = e.Action(id="a", text="Visit", owner="Imran Sarwar", organisation="Harrowmere Police")
    assert said("consistent", EMPTY) == ("person", "")
    assert said("consistent", with_rows(*rows, action)) == ("recorded", "yes")
    other = dataclasses.replace(action, organisation="Harrowmere police")
    assert said("consistent", with_rows(*rows, other)) == ("recorded", "no")
    level = with_rows(*rows, action).answer("A3", "level_at_start", "3", BY)
    assert said("consistent", level) == ("recorded", "no")


def test_issued_in_time_needs_the_day_it_was_issued() -> None:
    dated = EMPTY.answer("A18", "next_review_date", "2027-01-10", BY)
    assert said("issued_and_dated", EMPTY) == ("recorded", "no")
    assert said("issued_and_dated", dated) == ("person", "")
    due = date(2026, 12, 4)  # ten working days after 20 November 2026
    assert said("issued_and_dated", dated, issued_on=due) == ("recorded", "yes")
    late = due + timedelta(days=1)
    assert said("issued_and_dated", dated, issued_on=late) == ("recorded", "no")


def test_the_lead_agency_s_report() -> None:
    lead = EMPTY.answer("A3", "lead_agency", "Agency 1", BY)
    assert said("lead_report", EMPTY) == ("person", "")
    assert said("lead_report", with_rows(person(1, THERE), meeting=lead)) == ("person", "")
    for report, option in ((ReportStatus.RECEIVED, "yes"), (ReportStatus.NONE, "no")):
        row = person(1, THERE, report=report)
        assert said("lead_report", with_rows(row, meeting=lead)) == ("recorded", option)


# -- whole forms -----------------------------------------------------------------------

GOOD = sorted(p.stem for p in SAMPLES.glob("*.toml") if p.stem != "poor_record")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [*GOOD, "poor_record"])
def test_nothing_is_marked_that_is_not_the_machine_s_to_mark(form: str, name: str) -> None:
    pack = sample(name)
    given = filled(form, pack.meeting, pack.earlier[-1] if pack.earlier else None)
    assert list(given) == [q.id for q in FORMS[form].questions]
    for question in FORMS[form].questions:
        one = given[question.id]
        if question.method is Method.HUMAN:
            assert (one.how, one.option) == (How.PERSON, "")
        if question.method is Method.HEUR:
            assert one.how in (How.SUGGESTED, How.PERSON, How.NOT_APPLICABLE)
        assert bool(one.option) == (one.how is not How.PERSON)
        if one.option:
            question.option(one.option)
            assert one.evidence, "nothing is answered without its evidence"


@pytest.mark.parametrize("name", GOOD)
def test_a_good_sample_has_no_poor_answer_it_did_not_earn(name: str) -> None:
    pack = sample(name)
    given = filled("K", pack.meeting, pack.earlier[-1] if pack.earlier else None)
    worst = {key: one.words for key, one in given.items() if one.option in ("no", "mostly_not")}
    assert worst == {}


def test_what_is_poor_in_the_poor_record_is_shown_with_its_words() -> None:
    pack = sample("poor_record")
    case = filled("K", pack.meeting, pack.earlier[-1])
    low = {key: one.option for key, one in case.items() if one.option in ("no", "mostly_not", "not_at_all", "more_missing")}  # fmt: skip
    assert low == {
        "K4.1": "more_missing", "K4.2": "mostly_not", "K5.1": "mostly_not", "K6.1": "no",
        "K6.3": "mostly_not", "K6.4": "no", "K6.5": "mostly_not", "X1": "no", "X2": "no", "X3": "no",
        "X4": "no", "X5": "not_at_all", "X6": "no", "X7": "no", "X8": "no", "X9": "mostly_not", "X12": "no",
    }  # fmt: skip
    assert "A4, A5" in case["K6.1"].words
    held = filled("L", pack.meeting, pack.earlier[-1])
    assert held["L4.1"].words == "A1: Booked for 14:00, began at 14:19"
    assert (held["L4.1"].option, held["L4.7"].option) == ("unsatisfactory", "satisfactory")


def test_an_empty_meeting_is_filled_in_too() -> None:
    for form in FORMS:
        given = filled(form, EMPTY)
        assert given["K2.1" if form == "K" else next(iter(given))].how is How.PERSON


def test_what_is_only_carried_is_not_what_was_said_here() -> None:
    start: Callable[[str], Meeting] = lambda words: dataclasses.replace(  # noqa: E731
        EMPTY,
        answers={
            ("A8", "diversity_needs"): dataclasses.replace(
                EMPTY.answer("A8", "diversity_needs", words, BY).answers["A8", "diversity_needs"],
                carried_from="HM-1-0, 1 May 2026",
            )
        },
    )
    assert "A8" in filled("K", start("Reads slowly"))["K6.1"].words


def test_a_question_that_an_area_leaves_to_people_is_left_to_people() -> None:
    question = dataclasses.replace(FORMS["K"].question("K5.2"), method=Method.HUMAN)
    form = dataclasses.replace(FORMS["K"], questions=(question,))
    (given,) = fill_in(form, Looked(EMPTY, AREA))
    assert (given.how, given.option) == (How.PERSON, "")
    assert given.evidence


def test_a_referral_answers_when_it_came_and_a_case_without_one_says_so() -> None:
    """The days are shown; whether they were in time a person says."""
    first = dataclasses.replace(
        sample("l2_initial").meeting, number=1, held_on=date(2026, 6, 3), state=MeetingState.CLOSED
    )
    answer = ANSWERS["referral_date"]
    none = answer.fill(Looked(first, AREA))
    assert (none.option, [one.words for one in none.evidence]) == ("", ["No referral recorded"])
    settled = Screening(
        id="s", referral_id="r", decision=Screened.ACCEPTED, because=ScreenedBecause.ADDS_VALUE,
        decided_on=date(2026, 5, 20), level_given=Level.TWO, words="Restricted words.",
    )  # fmt: skip
    came = Referral(
        id="r", number=12, received_on=date(2026, 5, 19), organisation="Harrowmere Police",
        agency=AgencyType.POL, level_asked=Level.THREE, case_id=first.case.id, screening=(settled,),
    )  # fmt: skip
    said = answer.fill(Looked(first, AREA, referrals=(came,)))
    assert said.option == ""
    assert [one.words for one in said.evidence] == [
        "R-0012 from Harrowmere Police: received on 19 May 2026",
        "R-0012: accepted at Level 2 on 20 May 2026, 1 day later",
        "First meeting held on 3 June 2026, 14 days after the acceptance",
    ]
    gone = dataclasses.replace(came, withdrawn="It was typed twice.")
    assert answer.fill(Looked(first, AREA, referrals=(gone,))).evidence == none.evidence
