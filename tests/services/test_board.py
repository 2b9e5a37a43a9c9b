"""Trends, defects and the board's page from a record; letters with its audits."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from panelkit import paths
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.feedback import Doing
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.auditing import Auditing
from panelkit.services.board import Board
from panelkit.services.choosing import Choosing
from panelkit.services.desk import Desk
from panelkit.services.feedback import Feedback
from tests.desk import make_desk
from tests.services.many_meetings import AUDITORS, audit, fill

SPRING, SUMMER = date(2026, 4, 6), date(2026, 7, 6)
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def choosing(desk: Desk) -> Choosing:
    return Choosing(desk.caseload.record, desk.caseload.clock, paths.shipped("templates"))


def board_of(desk: Desk) -> Board:
    return Board(desk.caseload.record, desk.caseload.area, desk.caseload.clock, choosing(desk))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Four meetings in spring, eight in summer; three of the summer's audited, one in spring."""
    folder = tmp_path_factory.mktemp("board")
    made = make_desk(folder)
    days = [SPRING + timedelta(days=7 * n) for n in range(4)]
    days += [SUMMER + timedelta(days=7 * n) for n in range(8)]
    fill(made, folder, days)
    found = made.caseload.find
    audit(made, found("ZZ-0001"), "K", {"K5.1": "not_at_all"})
    audit(made, found("ZZ-0005"), "K", {"K5.1": "mostly"})
    audit(made, found("ZZ-0005"), "K", {"K5.1": "completely"}, AUDITORS[1])
    audit(made, found("ZZ-0007"), "L", {"L4.6": "poor"})
    audit(made, found("ZZ-0008"), "S11", {"S11.3": "good_enough"})
    return made


def test_trends_of_a_form_by_quarter(desk: Desk) -> None:
    board = board_of(desk)
    (clear,) = [one for one in board.trends(LAST, 2, "k") if one.question.id == "K5.1"]
    assert [(q.label, p.n, p.mean) for q, p in clear.points] == [
        ("Apr–Jun 2026", 1, 1.0), ("Jul–Sep 2026", 2, 3.5),
    ]  # fmt: skip
    every = board.trends(LAST)
    assert {one.form.id for one in every} == {"K", "L", "S11"}
    assert all(len(one.points) == 4 for one in every)
    assert all(one.latest.mean is None for one in every if one.is_coded)
    with pytest.raises(NotFound):
        board.trends(LAST, 2, "Q")
    with pytest.raises(BadInput):
        board.trends(LAST, 0)


def test_defects_of_a_period_are_those_of_its_meetings_and_no_others(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    found = board_of(desk).defects(FIRST, LAST, lambda done, of: told.append((done, of)))
    assert found.of == 8
    assert told[-1] == (8, 8)
    every = list(Auditing(desk.caseload.record, desk.caseload.area).audit_all())
    mine = [one for one in every if FIRST <= one.held_on <= LAST]
    for row in found.rows:
        assert row.found == sum(
            any(f.matter == row.matter.id for f in one.findings) for one in mine
        )
        assert 0 < row.found <= row.of
    counts = [row.found for row in found.top()]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 5


def test_the_page_says_what_was_audited_of_what_and_how_it_was_drawn(desk: Desk) -> None:
    report = board_of(desk).report(FIRST, LAST)
    people, drawn = report.sampled
    assert people.startswith("People audited 3 of 8 meetings held, ")
    assert "seed 2026-07-01/2026-09-30" in drawn
    assert report.read == 8
    assert report.fiction
    assert "Attendance at the strategic board" in report.not_recorded
    attendance = next(one for one in report.headlines if one.id == "K-ATT2")
    assert attendance.target == 75
    assert attendance.source
    assert "organisations do" in attendance.note
    assert 1 <= len(report.defects) <= 5
    (coded,) = report.coded
    assert coded.startswith("S11, answered with codes: ")


def test_the_page_names_nobody(desk: Desk) -> None:
    board, record = board_of(desk), desk.caseload.record
    text = board.text(board.report(FIRST, LAST)).casefold()
    for summary in record.meetings():
        meeting = record.load(summary.id)
        assert meeting.ref.casefold() not in text
        assert meeting.case.ref.casefold() not in text
        for name in (
            meeting.case.name,
            *(row.name for row in meeting.rows["attendance"]),
            *AUDITORS,
        ):  # type: ignore[attr-defined]
            assert name.casefold() not in text


def test_what_leaves_the_area_withholds_and_says_so(desk: Desk) -> None:
    board = board_of(desk)
    report = board.report(FIRST, LAST, outside=True)
    assert report.outside == 5
    assert all("not recorded of" not in one.note for one in report.headlines)
    assert report.trends == ()
    assert "No question has 5 answers or more" in board.text(report)
    small = next(one for one in report.headlines if one.words.startswith("fewer than 5"))
    assert small.percent is None
    assert "nothing of fewer than 5" in board.text(report)


def test_an_empty_period_and_an_empty_record(desk: Desk, tmp_path: Path) -> None:
    for board in (board_of(desk), board_of(make_desk(tmp_path))):
        report = board.report(date(2020, 1, 1), date(2020, 3, 31))
        assert report.sampled == ("No meeting was held in this period.",)
        assert (report.defects, report.trends, report.well, report.read) == ((), (), (), 0)
        assert all(one.percent is None for one in report.headlines)
        assert "No meeting was read." in board.text(report)
        assert board.write(report, tmp_path).path.name == "board_20200101_20200331.docx"
    with pytest.raises(BadInput):
        board.report(LAST, FIRST)


def test_one_meeting_is_a_page_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fill(desk, tmp_path, [SUMMER], ("l3_review",))
    report = board_of(desk).report(FIRST, LAST)
    assert report.sampled[0].startswith("People audited 0 of 1 meeting held")
    assert "Nothing was found in the one meeting on: " in board_of(desk).text(report)


# -- letters -------------------------------------------------------------------------------


def test_letters_draw_on_the_finished_audits_of_the_record(desk: Desk, tmp_path: Path) -> None:
    record = desk.caseload.record
    feedback = Feedback(record, desk.caseload.area, desk.caseload.clock, choosing(desk))
    meeting = desk.caseload.find("ZZ-0005")
    chair, minutes = feedback.letters(meeting)
    assert (chair.to, minutes.to) == (Doing.CHAIR, Doing.MINUTES)
    assert {one.auditor for one in minutes.audits} == set(AUDITORS)
    (step,) = [one for one in minutes.strengths if one.matter == "clear"]
    assert len(step.said) == 2
    written = feedback.write(meeting, tmp_path)
    assert [done.path.name for done in written] == [
        "ZZ-0005_M1_20260706_feedback_chair.docx", "ZZ-0005_M1_20260706_feedback_minutes.docx",
    ]  # fmt: skip
    assert "Audit form K (14 questions seen) by Dana Pryce" in feedback.text(meeting, minutes)
    before = feedback.write(meeting, tmp_path)
    assert [done.path for done in before] == [done.path for done in written]


def test_there_is_no_letter_before_there_are_minutes(desk: Desk) -> None:
    feedback = Feedback(None, desk.caseload.area, desk.caseload.clock, choosing(desk))
    meeting = desk.caseload.find("ZZ-0005")
    for state in (MeetingState.PLANNED, MeetingState.OPEN):
        with pytest.raises(Refused):
            feedback.letters(dataclasses.replace(meeting, state=state))


def test_what_a_lay_adviser_observed_is_no_audit_on_the_page_or_in_a_letter(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path)
    fill(desk, tmp_path, [SUMMER], ("l3_review",))
    meeting = desk.caseload.find("ZZ-0001")
    observers = desk.acting_as("Somebody In The Room").observations
    seen = observers.begin(meeting)
    for question in seen.form.questions:
        seen = observers.answer(seen, question.id, "poor")
    observers.finish(seen)
    report = board_of(desk).report(FIRST, LAST)
    assert report.sampled[0].startswith("People audited 0 of 1 meeting held")
    feedback = Feedback(
        desk.caseload.record, desk.caseload.area, desk.caseload.clock, choosing(desk)
    )
    assert [letter.audits for letter in feedback.letters(meeting)] == [(), ()]
    assert all("Somebody In The Room" not in feedback.text(meeting, x) for x in feedback.letters(meeting))  # fmt: skip
