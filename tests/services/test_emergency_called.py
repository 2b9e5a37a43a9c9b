"""An emergency panel called, rung round and followed up; bad input is named with its place.

Everything is invented.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.calling import last_call, not_reached
from panelkit.domain.completeness import completeness
from panelkit.domain.deadlines import deadlines
from panelkit.domain.emergency import (
    Called,
    called_when,
    matching,
    next_reference,
    notice_words,
    read_when,
)
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused
from panelkit.domain.level_history import decided_at
from panelkit.domain.meeting import Meeting
from panelkit.domain.owing import Owed
from panelkit.domain.put_off import PutOffReason
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.vocabulary import (
    AgeGroup,
    AgencyType,
    CallOutcome,
    Category,
    EmergencyCause,
    Level,
    MeetingKind,
    MeetingState,
    OwedWhat,
    ReportStatus,
)
from panelkit.packs.reader import read_pack
from panelkit.packs.writer import write_pack
from panelkit.services.caseload import same_content
from panelkit.services.desk import Desk
from panelkit.services.emergency import Somebody, Would
from tests.desk import Clock, make_desk

CASE = "WM-0143"
NEW = "EP-20261123A"
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
POLICE = "Harrowmere Police"
CALL = Called(
    cause=EmergencyCause.BREACH, reason="Curfew broken twice.", called_by="PS Adair, Harrowmere Police",
    called_at=NOW - timedelta(hours=1), level=Level.TWO, held_on=TODAY, at=time(11, 30),
)  # fmt: skip
SOMEBODY = Somebody(name="Devin Marlowe", age=AgeGroup.ADULT, fiction=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    """The sample review closed."""
    found = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=clock)
    found.chairing.close(found.caseload.find(f"{CASE}-3"))
    return found


def but(**changed: object) -> Called:
    return dataclasses.replace(CALL, **changed)  # type: ignore[arg-type]


# -- calling it --------------------------------------------------------------------------


def test_a1_holds_the_call_and_the_notice_is_worked_out(desk: Desk) -> None:
    made = desk.emergency.call(CASE, CALL)
    stored = desk.caseload.find(f"{CASE}-4")
    assert same_content(stored, made)
    assert called_when(stored) == CALL.called_at
    assert stored.text("A1", "scheduled_start") == "11:30"
    assert notice_words(stored) == "2 hours, 30 minutes"
    assert notice_words(desk.chairing.start(stored)) == "1 hour", (
        "as it began, not as it was planned"
    )


BAD: dict[str, tuple[Called, Somebody | None, str, str]] = {
    "no reason": (but(reason="  "), None, CASE, "What happened: "),
    "nobody called it": (but(called_by=""), None, CASE, "Called by: "),
    "still to come": (but(called_at=NOW + timedelta(minutes=1)), None, CASE, "Called at: .* still to come"),
    "long ago": (but(called_at=NOW - timedelta(days=30)), None, CASE, "Called at: .* more than 14 days"),
    "held before it was called": (but(held_on=TODAY - timedelta(days=1)), None, CASE, "Held on: "),
    "nobody's reference": (CALL, None, "WM-9999", "no case WM-9999"),
    "no reference": (CALL, SOMEBODY, "Devin Marlowe", "case reference is letters"),
    "no name": (CALL, dataclasses.replace(SOMEBODY, name=" "), NEW, "Name of the individual: "),
    "no age": (CALL, dataclasses.replace(SOMEBODY, age=None), NEW, "Child or adult: "),
    "born tomorrow": (CALL, dataclasses.replace(SOMEBODY, born=TODAY + timedelta(days=1)), NEW, "Date of birth: "),
    "a child as an adult": (CALL, dataclasses.replace(SOMEBODY, born=date(2011, 3, 4)), NEW, "Adult was said, .* child of 15"),
    "an adult as a child": (
        CALL, dataclasses.replace(SOMEBODY, born=date(1985, 3, 4), age=AgeGroup.CHILD), NEW, "an adult of 41",
    ),
    "somebody who is here": (CALL, SOMEBODY, CASE, f"{CASE} is in this record already"),
    "level 1": (but(level=Level.ONE), None, CASE, "Level 1 has no formal meeting"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_its_place_and_nothing_is_made(desk: Desk, name: str) -> None:
    called, somebody, ref, words = BAD[name]
    before = (len(desk.caseload.every()), desk.caseload.record.known_cases())
    with pytest.raises(PanelkitError, match=words) as refused:
        desk.emergency.call(ref, called, somebody)
    assert refused.value.remedy or name == "no reference", "and a way on"
    assert (len(desk.caseload.every()), desk.caseload.record.known_cases()) == before


def test_a_cause_that_the_area_does_not_use_is_refused(desk: Desk) -> None:
    area = dataclasses.replace(desk.area, emergency_causes=(EmergencyCause.OTHER,))
    with pytest.raises(BadInput, match="Cause: Breach or recall is not used"):
        dataclasses.replace(desk, area=area).emergency.call(CASE, CALL)


def test_the_same_name_is_asked_about_and_another_person_may_have_it(desk: Desk) -> None:
    desk.emergency.call(NEW, CALL, SOMEBODY)
    other = dataclasses.replace(SOMEBODY, name="marlowe,  DEVIN")
    with pytest.raises(Refused, match=f"{NEW} has the same"):
        desk.emergency.call("EP-2", CALL, other)
    born = dataclasses.replace(other, born=date(1985, 3, 4))
    with pytest.raises(Refused, match=f"{NEW} has the same"):
        desk.emergency.call("EP-2", CALL, born)
    assert desk.emergency.call("EP-2", CALL, born, although_known=True).ref == "EP-2-1"


def test_case_and_meeting_are_made_together_or_not_at_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panelkit.store import saving

    def full(*_: object) -> None:
        msg = "the disk is full"
        raise OSError(msg)

    with monkeypatch.context() as patch:
        patch.setattr(saving.Saving, "save", full)
        with pytest.raises(OSError, match="full"):
            desk.emergency.call(NEW, CALL, SOMEBODY)
    assert desk.caseload.record.find_case(NEW) is None
    first = desk.emergency.call(NEW, CALL, SOMEBODY, command="once")
    assert first.ref == f"{NEW}-1"


def test_what_stands_in_the_way_is_said_before_anything_is_typed(desk: Desk) -> None:
    stands = desk.emergency.standing(CASE, None, TODAY)
    assert (stands.would, stands.ref, stands.level) == (Would.FOLLOW, f"{CASE}-3", Level.TWO)
    assert any("at Level 2 already" in line and f"{CASE}-3" in line for line in stands.notices)
    higher = desk.emergency.standing(CASE, Level.THREE, TODAY)
    assert not any("already" in line for line in higher.notices)
    made = desk.emergency.call(CASE, CALL)
    again = desk.emergency.standing(CASE, None, TODAY)
    assert (again.would, again.ref) == (Would.OPEN, made.ref)
    with pytest.raises(Refused, match="is not started"):
        desk.emergency.call(CASE, CALL)
    assert desk.emergency.standing("WM-9999", None, TODAY).would is Would.BEGIN


def test_a_cancelled_emergency_is_called_for_another_day(desk: Desk, clock: Clock) -> None:
    made = desk.emergency.call(CASE, CALL)
    desk.putting_off.cancel(made.ref, PutOffReason.STAFFING)
    with pytest.raises(Refused, match="is cancelled for 23 November 2026"):
        desk.emergency.call(CASE, CALL)
    clock.move(days=1)
    later = desk.emergency.call(CASE, but(held_on=date(2026, 11, 24)))
    assert (later.id, later.held_on) == (made.id, date(2026, 11, 24))
    assert desk.caseload.standing(later) == "not started"


def test_somebody_who_left_comes_back_with_category_and_referral_owed(desk: Desk) -> None:
    last = desk.caseload.find(f"{CASE}-3")
    gone = last.answer("A15", "level_decision", "exit", desk.chairing.by())
    desk.caseload.record.save(last, gone, desk.chairing.by(), command="left")
    with pytest.raises(Refused, match="leaves MAPPA"):
        desk.caseload.open_next(CASE, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=TODAY)
    assert any("leaves MAPPA" in n for n in desk.emergency.standing(CASE, None, TODAY).notices)
    made = desk.emergency.call(CASE, CALL)
    assert made.value("A3", "mappa_category") is Category.UNCONFIRMED
    assert {OwedWhat.CATEGORY, OwedWhat.REFERRAL} <= open_kinds(desk, made)


# -- who it is about ---------------------------------------------------------------------


def test_a_category_to_be_confirmed_is_no_category(desk: Desk) -> None:
    made = desk.emergency.call(NEW, CALL, SOMEBODY)
    assert made.case.category is Category.UNCONFIRMED
    gaps = [g for g in completeness(made, desk.area) if g.field == "category_to_confirm"]
    assert [(g.item, str(g.stops)) for g in gaps] == [("A3", "approval")]
    ended = made.with_facts(state=MeetingState.CLOSED)
    decided = decided_at(ended)
    assert decided is not None
    assert decided.category is None, "no history says that it held"
    said = desk.chairing.record_answer(made, "A3", "mappa_category", "2")
    assert not [g for g in completeness(said, desk.area) if g.field == "category_to_confirm"]


def test_a_child_by_what_was_said_needs_what_a_child_needs(desk: Desk) -> None:
    child = dataclasses.replace(SOMEBODY, age=AgeGroup.CHILD)
    made = desk.emergency.call(NEW, CALL, child)
    assert made.is_child
    needed = {row.agency for row in desk.emergency.to_ring(made) if row.needed}
    assert needed == {AgencyType.POL, AgencyType.PRB, AgencyType.YJS, AgencyType.CSC}


def test_a_contradiction_that_came_in_later_stops_closing(desk: Desk) -> None:
    made = desk.emergency.call(NEW, CALL, SOMEBODY)
    young = dataclasses.replace(made, case=dataclasses.replace(made.case, born=date(2011, 3, 4)))
    (gap,) = [g for g in completeness(young, desk.area) if g.field == "age_contradicted"]
    assert str(gap.stops) == "closing"
    assert "child of 15" in gap.message


# -- ringing round -----------------------------------------------------------------------


def test_each_attempt_is_a_line_and_the_last_one_stands(desk: Desk, clock: Clock) -> None:
    made = desk.emergency.call(CASE, CALL)
    made = desk.emergency.ring(made, POLICE, AgencyType.POL, CallOutcome.TRIED)
    clock.move(minutes=5)
    made = desk.emergency.ring(
        made, POLICE, AgencyType.POL, CallOutcome.NOT_REACHED, note="Voicemail."
    )
    assert [c.outcome for c in made.live(e.Call)] == [CallOutcome.TRIED, CallOutcome.NOT_REACHED]
    last = last_call(made, POLICE.upper())
    assert last is not None
    assert (last.at, last.note) == (clock(), "Voicemail.")
    assert not_reached(made) == (POLICE,)
    made = desk.emergency.take_back(made, last.id, "It was another number.")
    assert last_call(made, POLICE).outcome is CallOutcome.TRIED  # type: ignore[union-attr]
    assert same_content(desk.caseload.find(made.ref), made)


def test_two_who_ring_at_once_both_have_their_line(desk: Desk) -> None:
    made = desk.emergency.call(CASE, CALL)
    mine = desk.emergency.ring(made, POLICE, AgencyType.POL, CallOutcome.COMING)
    theirs = desk.emergency.ring(made, "Harrowmere Housing", AgencyType.LHA, CallOutcome.TRIED)
    assert len(mine.live(e.Call)) == 1
    assert [c.number for c in theirs.live(e.Call)] == [1, 2]


def test_a_closed_meeting_is_not_rung_for(desk: Desk) -> None:
    ended = desk.caseload.find(f"{CASE}-3")
    with pytest.raises(Refused, match="nobody is rung"):
        desk.emergency.ring(ended, POLICE, AgencyType.POL, CallOutcome.COMING)
    with pytest.raises(BadInput, match="which organisation"):
        desk.emergency.ring(ended, " ", AgencyType.POL, CallOutcome.COMING)


def test_somebody_new_who_comes_is_on_the_list_as_expected(desk: Desk) -> None:
    made = desk.emergency.call(NEW, CALL, SOMEBODY)
    made = desk.emergency.ring(made, POLICE, AgencyType.POL, CallOutcome.COMING, person="DI Shah")
    made = desk.emergency.ring(made, POLICE, AgencyType.POL, CallOutcome.COMING, person="DI Shah")
    (person,) = made.live(e.Attendance)
    assert (person.name, person.organisation, person.status) == ("DI Shah", POLICE, None)
    gaps = {g.field for g in completeness(made, desk.area)}
    assert "not_reached" not in gaps, "the log says it"
    assert "not_rung" in gaps


def test_the_log_goes_into_a_pack_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    made = closed(desk)
    made = desk.emergency.settle(made, OwedWhat.PAPERS, by_whom=POLICE, organisation=POLICE)
    text = write_pack(made, desk.caseload.record.earlier(made))
    path = tmp_path / "out.toml"
    path.write_text(text, encoding="utf-8")
    back = read_pack(path, desk.caseload.agenda).meeting
    assert back.of(e.Call) == made.of(e.Call)
    assert back.of(e.Settled) == made.of(e.Settled)


def test_the_minutes_say_who_was_rung_and_when(desk: Desk) -> None:
    made = desk.emergency.call(CASE, CALL)
    made = desk.emergency.ring(
        made, POLICE, AgencyType.POL, CallOutcome.NOT_REACHED, note="Voicemail."
    )
    text = " ".join(desk.minute_taking.text(made, "full").split())
    assert "Who was rung" in text
    assert "23 Nov 2026 10:00" in text
    assert f"rung and not reached {POLICE}".casefold() in text.replace(":", "").casefold()
    assert "Never rung, and not there" in text, "who was not rung was not reached either"
    assert "2 hours, 30 minutes" in text
    assert "Voicemail." in text


# -- afterwards --------------------------------------------------------------------------


def closed(desk: Desk, ref: str = CASE, somebody: Somebody | None = None) -> Meeting:
    made = desk.emergency.call(ref, CALL, somebody)
    made = desk.emergency.ring(made, POLICE, AgencyType.POL, CallOutcome.COMING, person="DI Shah")
    made = desk.chairing.start(made)
    person = next(a for a in made.live(e.Attendance) if a.name == "DI Shah")
    made = desk.chairing.check_in(made, person.id)
    return ended(desk, made)


def ended(desk: Desk, made: Meeting, state: MeetingState = MeetingState.CLOSED) -> Meeting:
    after = made.with_facts(state=state)
    desk.caseload.record.save(made, after, desk.chairing.by(), command=f"ended-{made.ref}-{state}")
    return desk.caseload.find(made.ref)


def owed(desk: Desk, meeting: Meeting, what: OwedWhat) -> Owed:
    return next(one for one in desk.emergency.owed(meeting) if one.what is what)


def open_kinds(desk: Desk, meeting: Meeting) -> set[OwedWhat]:
    return {one.what for one in desk.emergency.owed(meeting) if not one.is_settled}


def test_everything_owed_has_a_day_a_rule_and_a_source(desk: Desk) -> None:
    made = closed(desk, NEW, SOMEBODY)
    found = desk.emergency.owed(made)
    assert {one.what for one in found} == set(OwedWhat)
    assert all(one.rule and one.source and one.due >= TODAY for one in found)
    papers = owed(desk, made, OwedWhat.PAPERS)
    assert (papers.organisation, papers.due) == (POLICE, date(2026, 11, 25))
    assert {d.what for d in deadlines(made, desk.area)} >= {
        "Papers in writing",
        "Full review, target",
    }


def test_nothing_is_settled_by_time_and_late_is_said(desk: Desk, clock: Clock) -> None:
    made = closed(desk)
    clock.move(days=30)
    papers = owed(desk, made, OwedWhat.PAPERS)
    assert not papers.is_settled
    assert papers.is_late(date(2026, 12, 23))


def _review(desk: Desk, made: Meeting) -> Meeting:
    return desk.chairing.record_answer(made, "A18", "next_review_date", "2027-01-20")


def _category(desk: Desk, made: Meeting) -> Meeting:
    return desk.chairing.record_answer(made, "A3", "mappa_category", "2")


def _referral(desk: Desk, made: Meeting) -> Meeting:
    came = desk.referrals.receive(TODAY, POLICE, AgencyType.POL, Level.TWO)
    desk.referrals.decide(
        came.ref, Screened.ACCEPTED, ScreenedBecause.ADDS_VALUE, TODAY, level=Level.TWO
    )
    desk.referrals.led_to(came.ref, made.case.ref)
    return made


def _papers(desk: Desk, made: Meeting) -> Meeting:
    person = next(a for a in made.live(e.Attendance) if a.name == "DI Shah")
    return desk.chairing.change(
        made, e.Attendance, person.id, report=ReportStatus.RECEIVED, report_on=TODAY
    )


RECORDED: dict[OwedWhat, Callable[[Desk, Meeting], Meeting]] = {
    OwedWhat.REVIEW: _review, OwedWhat.CATEGORY: _category, OwedWhat.REFERRAL: _referral,
    OwedWhat.PAPERS: _papers,
}  # fmt: skip


@pytest.mark.parametrize("what", RECORDED)
def test_what_the_record_shows_is_settled_with_who_and_when(desk: Desk, what: OwedWhat) -> None:
    made = closed(desk, NEW, SOMEBODY)
    assert not owed(desk, made, what).is_settled
    made = RECORDED[what](desk, made)
    one = owed(desk, made, what)
    assert one.is_settled
    assert one.settled_by
    assert one.settled_on == TODAY


def test_what_came_is_written_down_once_with_who_says_so_and_taken_back(desk: Desk) -> None:
    made = closed(desk)
    for bad, words in (
        ({"by_whom": "", "organisation": POLICE}, "From whom"),
        ({"by_whom": "DI Shah", "organisation": "Somebody else"}, "is not owed"),
        ({"by_whom": "DI Shah", "organisation": POLICE, "on": date(2026, 11, 24)}, "Came on"),
        (
            {"by_whom": "DI Shah", "organisation": POLICE, "on": date(2026, 11, 22)},
            "before the meeting",
        ),
    ):
        with pytest.raises(PanelkitError, match=words):
            desk.emergency.settle(made, OwedWhat.PAPERS, **bad)  # type: ignore[arg-type]
    made = desk.emergency.settle(made, OwedWhat.PAPERS, by_whom="DI Shah", organisation=POLICE)
    one = owed(desk, made, OwedWhat.PAPERS)
    assert (one.settled_by, one.settled_on) == ("DI Shah", TODAY)
    assert desk.who in one.shown_by
    with pytest.raises(Refused, match="is settled"):
        desk.emergency.settle(made, OwedWhat.PAPERS, by_whom="DI Shah", organisation=POLICE)
    (said,) = made.live(e.Settled)
    made = desk.emergency.unsettle(made, said.id, "Another case's.")
    assert not owed(desk, made, OwedWhat.PAPERS).is_settled


@pytest.mark.parametrize("what", [OwedWhat.REVIEW, OwedWhat.MINUTES, OwedWhat.CATEGORY])
def test_nobody_says_so_of_what_the_record_itself_settles(desk: Desk, what: OwedWhat) -> None:
    made = closed(desk, NEW, SOMEBODY)
    with pytest.raises(Refused, match="by nothing else"):
        desk.emergency.settle(made, what, by_whom="DI Shah", note="Category 2.")


def test_what_came_afterwards_is_no_part_of_the_minutes(desk: Desk) -> None:
    made = closed(desk)
    before = desk.minute_taking.text(made, "full")
    made = desk.emergency.settle(
        made, OwedWhat.PAPERS, by_whom="Zora Quill", organisation=POLICE, note="By secure e-mail."
    )
    after = desk.minute_taking.text(made, "full")
    assert "Zora Quill" not in after
    assert before == after


def test_after_approval_it_is_still_written_down(desk: Desk) -> None:
    made = ended(desk, closed(desk, NEW, SOMEBODY), MeetingState.APPROVED)
    made = desk.emergency.settle(made, OwedWhat.PAPERS, by_whom="DI Shah", organisation=POLICE)
    with pytest.raises(BadInput, match="which category"):
        desk.emergency.settle(made, OwedWhat.CATEGORY, by_whom="PPU")
    made = desk.emergency.settle(
        made, OwedWhat.CATEGORY, by_whom="PPU", note="Category 2: schedule 15."
    )
    assert OwedWhat.CATEGORY not in open_kinds(desk, made)


def test_a_panel_that_was_written_up_elsewhere_owes_no_papers(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l3_emergency_dissent",))
    made = next(m for m in desk.caseload.every() if m.kind is MeetingKind.EMERGENCY)
    assert OwedWhat.PAPERS not in {one.what for one in desk.emergency.owed(made)}


def test_other_meetings_owe_nothing_here(desk: Desk) -> None:
    assert desk.emergency.owed(desk.caseload.find(f"{CASE}-3")) == ()


# -- words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("now", NOW), ("09:55", NOW.replace(hour=9, minute=55)),
        ("yesterday 22:10", datetime(2026, 11, 22, 22, 10, tzinfo=UTC)),
        ("21 Nov 23.50", datetime(2026, 11, 21, 23, 50, tzinfo=UTC)),
        ("24 December 08:00", datetime(2025, 12, 24, 8, 0, tzinfo=UTC)),
        ("1 July 2026 08:00", datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_when_it_was_called_is_read_as_it_is_said(words: str, meant: datetime) -> None:
    assert read_when(words, NOW) == meant


@pytest.mark.parametrize("words", ["soon", "25:00", "Monday 10:00 or so", "10"])
def test_what_is_no_time_is_refused_by_its_place(words: str) -> None:
    with pytest.raises(BadInput, match="Called at: "):
        read_when(words, NOW)


def test_references_are_found_by_a_part_and_an_exact_one_is_alone() -> None:
    refs = ("WM-0143", "WM-1143", "WM-01435")
    assert matching(refs, "143") == ("WM-0143", "WM-01435", "WM-1143")
    assert matching(refs, "wm-0143") == ("WM-0143",)
    assert matching(refs, " ") == ()


def test_the_next_free_reference_has_no_name_in_it() -> None:
    assert next_reference(TODAY, ()) == NEW
    assert next_reference(TODAY, (NEW.lower(), "EP-20261123B")) == "EP-20261123C"


def test_a_case_that_nobody_described_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.emergency.call(NEW, CALL)
