"""An audit begun, answered, overruled, finished, and a second one beside it."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from panelkit.audit.scoring import Points
from panelkit.domain import entries as e
from panelkit.domain.audit_forms import NOT_APPLICABLE, How
from panelkit.domain.auditing import AuditState
from panelkit.domain.errors import BadInput, NotFound, Refused, StaleRecord
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingRole
from panelkit.services.audits import Audits
from panelkit.services.desk import Desk
from tests.desk import CHAIR, Clock, approved, make_desk

REF, OPEN = "WM-0143-2", "WM-0143-3"
AUDITOR, SECOND = "Dana Pryce", "Owen Brandt"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, who=AUDITOR, samples=("l2_review_carried_actions", "l3_review"))


def meeting(desk: Desk, ref: str = REF) -> Meeting:
    return desk.caseload.find(ref)


def points(audits: Audits, audit: object, part: str = "K") -> Points:
    total = next(t for t in audits.totals(audit) if t.part == part)  # type: ignore[arg-type]
    assert isinstance(total, Points)
    return total


def test_begun_answered_overruled_commented_finished_and_read_back(desk: Desk) -> None:
    audits = desk.audits
    audit = audits.begin(meeting(desk), "K")
    assert audit.auditor == AUDITOR
    assert audit.mark("K5.2").stands == "yes"
    assert audit.mark("K2.1").stands == ""
    before = points(audits, audit)

    audit = audits.answer(audit, "K2.1", "very_timely")
    audit = audits.answer(audit, "K2.2", NOT_APPLICABLE)
    audit = audits.overrule(audit, "K5.2", "no", "The heading gives another category.")
    audit = audits.comment(audit, "K5.2", "[/x] Said to the chair & agreed")
    after = points(audits, audit)
    assert (after.score, after.most) == (before.score + 4 + 1 - 3, before.most + 4)
    assert "K2.2" in after.not_applicable

    audit = audits.finish(audit)
    stored = audits.find(audit.id)
    assert stored == audit
    assert stored.state is AuditState.FINISHED
    mark = stored.mark("K5.2")
    assert (mark.given, mark.chosen, mark.is_overruled) == ("yes", "no", True)
    assert mark.reason == "The heading gives another category."
    assert mark.comment == "[/x] Said to the chair & agreed"
    assert (mark.marked_by, mark.how) == (AUDITOR, How.PERSON)
    assert mark.evidence
    assert mark.evidence[0].item == "A3"
    assert "K6.3" in stored.unanswered
    assert desk.caseload.record.verify().is_good


def test_a_suggestion_counts_once_a_person_takes_it_up(desk: Desk) -> None:
    audits = desk.audits
    audit = audits.begin(meeting(desk), "K")
    mark = audit.mark("X3") if audit.mark("X3").given_how is How.SUGGESTED else audit.mark("K6.4")
    assert mark.given_how is How.SUGGESTED
    assert mark.question in audit.unanswered
    with pytest.raises(Refused, match=mark.question):
        audits.answer(audit, mark.question, {"yes": "no", "no": "yes"}[mark.given])
    audit = audits.answer(audit, mark.question, mark.given)
    assert audit.answers[mark.question] == mark.given
    audit = audits.take_back(audit, mark.question)
    assert mark.question in audits.find(audit.id).unanswered


def test_what_the_record_answers_is_only_overruled_with_a_reason(desk: Desk) -> None:
    audits = desk.audits
    audit = audits.begin(meeting(desk), "K")
    with pytest.raises(Refused, match=r"K5\.2"):
        audits.answer(audit, "K5.2", "no")
    for blank in ("", "  \n"):
        with pytest.raises(Refused, match="why"):
            audits.overrule(audit, "K5.2", "no", blank)
    with pytest.raises(NotFound):
        audits.answer(audit, "K2.1", "perhaps")
    with pytest.raises(NotFound):
        audits.answer(audit, "K9.9", "yes")
    assert audits.find(audit.id) == audit


@pytest.mark.parametrize("name", [CHAIR, "  ruth   CALLOWAY "])
def test_nobody_audits_a_meeting_they_chaired(desk: Desk, name: str) -> None:
    audits = desk.acting_as(name).audits
    assert "chaired" in audits.why_not(meeting(desk))
    with pytest.raises(Refused, match="chaired"):
        audits.begin(meeting(desk), "K")
    assert desk.audits.of(meeting(desk)) == ()


def test_nobody_audits_a_meeting_they_minuted_or_approved_in_another_s_place(desk: Desk) -> None:
    closed = approved(desk, OPEN)
    taker = closed.role(MeetingRole.MINUTE_TAKER)
    assert taker is not None
    with pytest.raises(Refused, match="minutes"):
        desk.acting_as(taker.name).audits.begin(closed, "K")
    gone = [row for row in closed.of(e.Attendance) if row.name == CHAIR]
    others = tuple(
        dataclasses.replace(row, name="Another Person") if row in gone else row
        for row in closed.of(e.Attendance)
    )
    renamed = dataclasses.replace(closed, rows={**closed.rows, "attendance": others})
    with pytest.raises(Refused, match="chaired"):
        desk.acting_as(CHAIR).audits.begin(renamed, "K")
    assert desk.audits.why_not(closed, "K") == ""


def test_an_auditor_who_turns_out_to_have_chaired_goes_no_further(desk: Desk) -> None:
    audits = desk.audits
    running = meeting(desk, OPEN)
    audit = audits.begin(running, "L")
    row = e.Attendance(id="late", name=AUDITOR, organisation="Unit", meeting_role=MeetingRole.CHAIR)
    desk.chairing.add(running, row)
    with pytest.raises(Refused, match="chaired"):
        audits.comment(audit, "L3.3", "well received")


def test_minutes_are_audited_once_there_are_minutes(desk: Desk) -> None:
    running = meeting(desk, OPEN)
    with pytest.raises(Refused, match="no minutes yet"):
        desk.audits.begin(running, "K")
    assert desk.audits.begin(running, "L").form.id == "L", "a meeting may be observed as it runs"
    with pytest.raises(NotFound):
        desk.audits.begin(running, "Q")


def test_one_audit_each_and_two_side_by_side(desk: Desk) -> None:
    mine, theirs = desk.audits, desk.acting_as(SECOND).audits
    first = mine.begin(meeting(desk), "K")
    with pytest.raises(Refused, match="already"):
        mine.begin(meeting(desk), "K")
    with pytest.raises(Refused, match="already"):
        desk.acting_as("dana pryce").audits.begin(meeting(desk), "K")
    assert mine.go_on(meeting(desk), "K") == first
    desk.clock.move(minutes=1)  # type: ignore[attr-defined]
    second = theirs.go_on(meeting(desk), "K")
    assert [one.auditor for one in mine.of(meeting(desk))] == [AUDITOR, SECOND]
    with pytest.raises(Refused, match=SECOND):
        mine.answer(second, "K2.1", "very_timely")

    first = mine.answer(first, "K2.1", "very_timely")
    first = mine.answer(first, "K6.3", "completely")
    first = mine.answer(first, "K2.2", NOT_APPLICABLE)
    second = theirs.answer(second, "K2.1", "late_three_months")
    second = theirs.answer(second, "K6.3", "completely")
    second = theirs.answer(second, "K2.2", "yes")
    told = mine.compare(first, second)
    rows = {row.question.id: row for row in told.rows}
    assert (rows["K2.1"].first, rows["K2.1"].second, rows["K2.1"].apart) == (
        "very_timely", "late_three_months", 3,
    )  # fmt: skip
    assert (rows["K6.3"].agrees, rows["K6.3"].apart) == (True, 0)
    assert (rows["K2.2"].agrees, rows["K2.2"].apart) == (False, None)
    assert not rows["K3.1"].is_compared
    assert [row.question.id for row in told.differing] == ["K2.1", "K2.2"]
    agreed, of = told.agreed
    assert of - agreed == 2
    assert mine.find(first.id) == first, "neither changes the other"
    with pytest.raises(Refused):
        mine.compare(first, first)
    with pytest.raises(Refused):
        mine.compare(first, mine.begin(meeting(desk), "L"))


def test_codes_of_two_auditors_have_no_difference_in_points(desk: Desk) -> None:
    first = desk.audits.begin(meeting(desk), "S11")
    second = desk.acting_as(SECOND).audits.begin(meeting(desk), "S11")
    first = desk.audits.answer(first, "S11.3", "complete")
    second = desk.acting_as(SECOND).audits.answer(second, "S11.3", "poor")
    row = next(r for r in desk.audits.compare(first, second).rows if r.question.id == "S11.3")
    assert (row.agrees, row.apart) == (False, None)


def test_a_form_corrected_between_two_audits_compares_what_is_the_same(
    desk: Desk, tmp_path: Path
) -> None:
    first = desk.audits.begin(meeting(desk), "K")
    own = tmp_path / "own.toml"
    own.write_text(
        'format = 1\n[form.K.question."K5.3"]\nuse = false\n[form.K.question."K5.4"]\nscale = "degree"\nmethod = "HUMAN"\n',
        encoding="utf-8",
    )
    area = dataclasses.replace(desk.area, audit_forms=str(own))
    theirs = Audits(desk.caseload.record, area, desk.clock, SECOND)
    second = theirs.begin(meeting(desk), "K")
    assert set(desk.audits.compare(first, second).not_compared) == {"K5.3", "K5.4"}
    assert desk.audits.find(first.id).form.question("K5.3").most == 3, "as it was when begun"


def test_a_finished_audit_changes_no_more_until_its_auditor_opens_it(desk: Desk) -> None:
    audits = desk.audits
    audit = audits.begin(meeting(desk), "L")
    with pytest.raises(Refused, match="not looked"):
        audits.finish(audit)
    stale = audit = audits.answer(audit, "L3.3", "excellent")
    audit = audits.finish(audit)
    with pytest.raises(Refused, match="finished"):
        audits.answer(audit, "L3.4", "poor")
    with pytest.raises(StaleRecord):
        audits.answer(stale, "L3.4", "poor")
    with pytest.raises(Refused, match=AUDITOR):
        desk.acting_as(SECOND).audits.reopen(audit)
    audit = audits.reopen(audit)
    assert audits.answer(audit, "L3.4", "poor").answers["L3.4"] == "poor"


def test_two_windows_on_one_audit_never_overwrite_each_other(desk: Desk) -> None:
    audits = desk.audits
    audit = audits.begin(meeting(desk), "K")
    audits.comment(audit, "K6.3", "first window")
    with pytest.raises(StaleRecord) as caught:
        audits.comment(audit, "K6.3", "second window")
    assert (caught.value.theirs, caught.value.mine) == ("first window", "second window")
    assert "window" not in caught.value.sentence
    assert audits.comment(audit, "K6.5", "another question").mark("K6.5").comment


def test_words_that_were_changed_are_kept_and_every_change_is_journaled(desk: Desk) -> None:
    record, audits = desk.caseload.record, desk.audits
    audit = audits.begin(meeting(desk), "K")
    mark = audit.mark("K6.3").id
    for words in ("one", "two", "three"):
        audit = audits.comment(audit, "K6.3", words)
    kept = record.history(audit.meeting_id, "audit_mark", mark, "comment")
    assert [k.text for k in kept] == ["one", "two"]
    audit = audits.answer(audit, "K6.3", "mostly")
    audits.finish(audit)
    checked = record.verify()
    assert checked.is_good
    with record.engine.begin() as connection:
        connection.exec_driver_sql(
            "update superseded set text = 'other' where entity = 'audit_mark'"
        )
    assert record.verify().words_wrong


def test_an_audit_of_last_year_s_evidence_stays_as_it_was(desk: Desk) -> None:
    running = meeting(desk, OPEN)
    audit = desk.audits.begin(running, "L")
    was = audit.mark("L4.1")
    desk.chairing.record_answer(running, "A1", "actual_start", "10:59")
    assert desk.audits.find(audit.id).mark("L4.1") == was
    fresh = desk.acting_as(SECOND).audits.begin(meeting(desk, OPEN), "L")
    assert fresh.mark("L4.1").given == "poor"


def test_the_queue_holds_all_of_level_three_and_says_whose_they_are_not(desk: Desk) -> None:
    start, end = date(2025, 1, 1), date(2026, 12, 31)
    queue = desk.audits.queue(start, end, "seed")
    drawn = {q.drawn.meeting.ref: q for q in queue}
    held = {s.ref: s for s in desk.caseload.record.meetings() if s.state == "issued"}
    assert {ref for ref, s in held.items() if s.level == "3"} <= set(drawn)
    two = [q for q in queue if held[q.drawn.meeting.ref].level == "2"]
    assert two
    assert len(two) == len({q.drawn.meeting.chair for q in two})
    assert desk.audits.queue(start, end, "seed") == queue
    assert all(not q.why_not for q in queue)
    chair = two[0].drawn.meeting.chair
    theirs = desk.acting_as(chair).audits.queue(start, end, "seed")
    assert "chaired" in next(q.why_not for q in theirs if q.drawn == two[0].drawn)
    desk.audits.begin(meeting(desk, two[0].drawn.meeting.ref), "K")
    again = next(q for q in desk.audits.queue(start, end, "seed") if q.drawn == two[0].drawn)
    assert [a.auditor for a in again.audits] == [AUDITOR]


def test_one_question_over_finished_audits(desk: Desk) -> None:
    start, end = date(2025, 1, 1), date(2026, 12, 31)
    for who, grade in ((AUDITOR, "excellent"), (SECOND, "poor"), ("Third Person", "poor")):
        audits = desk.acting_as(who).audits
        audit = audits.answer(audits.begin(meeting(desk), "L"), "L3.3", grade)
        if who != "Third Person":
            audits.finish(audit)
    spread = next(s for s in desk.audits.spreads("L", start, end) if s.question.id == "L3.3")
    assert (spread.n, spread.mean) == (2, 2.5)


def test_a_pack_that_is_not_imported_is_filled_in_and_not_audited(desk: Desk) -> None:
    audits = Audits(None, desk.area, desk.clock, AUDITOR)
    filled = audits.fill(meeting(desk), "K")
    assert next(t for t in filled.totals if t.part == "K").answered
    with pytest.raises(Refused, match="pack"):
        audits.begin(meeting(desk), "K")


def test_figures_come_from_the_whole_record_and_name_their_meetings(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=clock)
    told = desk.key_figures.report(date(2026, 1, 1), date(2026, 12, 31))
    disclosure = next(f for f in told.figures if f.measure.id == "K-DISC")
    assert [c.ref for c in disclosure.counted] == ["WM-0143-1", "WM-0143-2"]
    assert next(f for f in told.figures if f.measure.id == "K-MIN2").words() == "not recorded"
    reviews = next(f for f in told.figures if f.measure.id == "K-REV2")
    assert [c.ref for c in reviews.counted]

    approved(desk, OPEN)
    taker = meeting(desk, OPEN).role(MeetingRole.MINUTE_TAKER)
    assert taker is not None
    desk.acting_as(taker.name).minutes_life.issue(meeting(desk, OPEN))
    told = desk.key_figures.report(date(2026, 11, 1), date(2026, 11, 30))
    minutes = next(f for f in told.figures if f.measure.id == "K-MIN2")
    assert minutes.words() == "100 % (1 of 1 meetings)"
    assert [c.ref for c in minutes.counted] == [OPEN]


def test_the_period_is_the_last_quarter_unless_said(desk: Desk) -> None:
    told = desk.key_figures.report()
    assert (told.start, told.end) == (date(2026, 7, 1), date(2026, 9, 30))
    told = desk.key_figures.report(end=date(2026, 9, 30))
    assert (told.end - told.start).days == 364
    with pytest.raises(BadInput):
        desk.key_figures.report(date(2026, 9, 2), date(2026, 9, 1))
