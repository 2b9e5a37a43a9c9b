"""Minutes from draft to amended: what was stored, and what the Word file says."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from panelkit.domain import amending
from panelkit.domain import entries as e
from panelkit.domain import minutes as m
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.minutes import Happened, Stage
from panelkit.domain.vocabulary import (
    AmendmentOutcome,
    Level,
    MeetingKind,
    MeetingRole,
    MeetingState,
    MinutesAgreed,
)
from panelkit.services.desk import Desk
from panelkit.services.minutes_life import everything_confirmed
from tests.desk import CHAIR, Clock, make_desk
from tests.documents.reading import body, part, said

REF = "WM-0143-3"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    """The chair's desk, the sample review closed."""
    found = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=clock)
    found.chairing.close(found.caseload.find(REF))
    clock.move(hours=1)
    return found


def taker(desk: Desk) -> Desk:
    person = desk.caseload.find(REF).role(MeetingRole.MINUTE_TAKER)
    assert person is not None
    return desk.acting_as(person.name)


def approved(desk: Desk, clock: Clock) -> Meeting:
    sent = taker(desk).minutes_life.send_to_chair(desk.caseload.find(REF))
    clock.move(hours=1)
    return desk.minutes_life.approve(sent, everything_confirmed(desk.area), "Read and right.")


def issued(desk: Desk, clock: Clock) -> Meeting:
    found = approved(desk, clock)
    clock.move(hours=1)
    return taker(desk).minutes_life.issue(found)


def words(package: bytes) -> str:
    return said(body(package))


def test_the_stages_follow_from_what_happened(desk: Desk, clock: Clock) -> None:
    life = desk.minutes_life
    closed = desk.caseload.find(REF)
    assert life.stage(closed) is Stage.DRAFT
    assert life.waiting(closed).on is MeetingRole.MINUTE_TAKER
    taker(desk).minutes_life.send_to_chair(closed)
    assert life.stage(closed) is Stage.CHAIR_REVIEW
    assert life.waiting(closed).name == CHAIR
    clock.move(hours=1)
    with pytest.raises(Refused, match="Say what is to be changed"):
        life.give_back(closed)
    commented = life.comment(closed, "risk", "Say when the assessment was made.")
    returned = life.give_back(commented)
    assert life.stage(returned) is Stage.DRAFT
    assert [gap.field for gap in life.owed(returned)] == ["comment_open"]
    settled = taker(desk).minutes_life.settle(returned, returned.live(e.Comment)[0].id, "Done.")
    assert not m.open_comments(desk.caseload.find(REF))
    clock.move(hours=1)
    taker(desk).minutes_life.send_to_chair(settled)
    life.approve(settled, everything_confirmed(desk.area))
    assert desk.caseload.find(REF).state is MeetingState.APPROVED


def test_only_the_chair_approves_and_each_statement_is_confirmed(desk: Desk, clock: Clock) -> None:
    sent = taker(desk).minutes_life.send_to_chair(desk.caseload.find(REF))
    everything = everything_confirmed(desk.area)
    with pytest.raises(Refused, match="Only the chair"):
        taker(desk).minutes_life.approve(sent, everything)
    with pytest.raises(Refused, match="1 statement of the approval"):
        desk.minutes_life.approve(sent, everything[1:])
    desk.minutes_life.comment(sent, "plan", "Who visits?")
    with pytest.raises(Refused, match="still to be written up"):
        desk.minutes_life.approve(desk.caseload.find(REF), everything)
    done = desk.minutes_life.approve(desk.caseload.find(REF), everything, "The visit is agreed.")
    text = words(desk.minute_taking.word(done))
    assert "With 1 not written up: The visit is agreed." in text
    assert all(statement in text for statement in everything)
    assert "Who visits?" not in text


def test_what_is_with_the_chair_is_not_edited_by_anybody_else(desk: Desk) -> None:
    sent = taker(desk).minutes_life.send_to_chair(desk.caseload.find(REF))
    with pytest.raises(Refused, match="is with the chair"):
        taker(desk).chairing.record_answer(sent, "A10", "formulation", "Other words.")
    desk.chairing.record_answer(sent, "A10", "formulation", "The chair's words.")
    assert desk.caseload.find(REF).text("A10", "formulation") == "The chair's words."


def test_only_the_chair_changes_a_decision_after_closing(desk: Desk) -> None:
    closed = desk.caseload.find(REF)
    decision = next(d for d in closed.live(e.Decision) if d.because.strip())
    with pytest.raises(Refused, match="Only the chair changes a decision"):
        taker(desk).chairing.change(closed, e.Decision, decision.id, because="Another reason.")
    with pytest.raises(Refused, match="Only the chair changes a decision"):
        taker(desk).chairing.record_answer(closed, "A13", "disclosure_decision", "")
    desk.chairing.change(closed, e.Decision, decision.id, because="A better reason.")
    noted = m.last(desk.minutes_life.facts(closed), Happened.DECISION_CHANGED)
    assert noted is not None
    assert noted.reason == f"{decision.ref}: because"


def test_issue_freezes_both_files_and_refuses_a_text_that_was_not_approved(
    desk: Desk, clock: Clock
) -> None:
    done = approved(desk, clock)
    record = desk.chairing.record
    changed = desk.acting_as(CHAIR).minutes_life
    changed.taking.area = dataclasses.replace(desk.area, statement="Other words altogether.")
    with pytest.raises(Refused, match="not the one that was approved"):
        changed.issue(done)
    assert record.issued(done.id) == ()
    taker(desk).minutes_life.issue(done)
    assert {(row.kind, row.version, row.status) for row in record.issued(done.id)} == {
        ("full", 1, "ISSUED"),
        ("actions", 1, "ISSUED"),
    }
    assert record.verify().is_good


def test_an_approval_is_withdrawn_with_a_reason_and_goes_back_to_the_chair(
    desk: Desk, clock: Clock
) -> None:
    done = approved(desk, clock)
    with pytest.raises(Refused, match="Say why"):
        desk.minutes_life.withdraw_approval(done, " ")
    back = desk.minutes_life.withdraw_approval(done, "One view is missing.")
    assert back.state is MeetingState.CLOSED
    assert desk.minutes_life.stage(back) is Stage.CHAIR_REVIEW


def test_an_amendment_is_a_new_version_and_the_first_stays(desk: Desk, clock: Clock) -> None:
    done = issued(desk, clock)
    record = desk.chairing.record
    first = next(row for row in record.issued(done.id) if row.kind == "full")
    before = record.issued_body(first.id)
    place = next(p for p in amending.places(done) if p.id == "answer:A10.formulation")
    clock.move(days=1)
    office = taker(desk).minutes_life
    asked = office.ask_amendment(done, place.id, "The risk is as the panel said.", "Helen Tovey")
    assert desk.minutes_life.waiting(asked).on is MeetingRole.CHAIR
    with pytest.raises(Refused, match="Only the chair"):
        office.decide_amendment(asked, asked.of(e.Amendment)[0].id, agreed=True)
    with pytest.raises(Refused, match="still waits"):
        office.issue_amended(
            desk.minutes_life.decide_amendment(
                office.ask_amendment(asked, "answer:A10.nature_of_harm", "Other.", "Nobody"),
                asked.of(e.Amendment)[0].id,
                agreed=True,
            )
        )
    now = desk.caseload.find(REF)
    assert now.text("A10", "formulation") == "The risk is as the panel said."
    second = now.of(e.Amendment)[1]
    with pytest.raises(Refused, match="Say why it is not agreed"):
        desk.minutes_life.decide_amendment(now, second.id, agreed=False)
    now = desk.minutes_life.decide_amendment(now, second.id, agreed=False, reason="It was said so.")
    assert now.text("A10", "nature_of_harm") == done.text("A10", "nature_of_harm")
    clock.move(hours=1)
    office.issue_amended(now)
    stored = desk.caseload.find(REF)
    assert desk.minutes_life.stage(stored) is Stage.AMENDED
    assert [row.version for row in stored.of(e.Amendment)] == [2, 2]
    latest = [row for row in record.issued(done.id) if row.kind == "full"][-1]
    package = record.issued_body(latest.id)
    text = words(package)
    assert "Changes since version 1" in text
    assert place.text in text
    assert "Not agreed, noted" in text
    assert "It was said so." in text
    footer = "".join(said(part(package, f"word/footer{n}.xml")) for n in (1, 2)[:1])
    assert "AMENDED v2" in footer
    assert hashlib.sha256(record.issued_body(first.id)).hexdigest() == first.sha256
    assert record.issued_body(first.id) == before
    assert record.verify().is_good


def test_an_amendment_comes_to_a4_of_the_next_meeting_which_agrees(
    desk: Desk, clock: Clock
) -> None:
    done = issued(desk, clock)
    life = desk.minutes_life
    case = done.case.ref
    following = desk.caseload.open_next(
        case, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=clock.now.date()
    )
    asked = life.ask_amendment(done, "answer:A10.formulation", "As the panel said.", "Helen Tovey")
    decided = life.decide_amendment(asked, asked.of(e.Amendment)[0].id, agreed=True)
    amended = life.issue_amended(decided)
    correction = desk.caseload.find(following.ref).live(e.Correction)
    assert [row.now for row in correction] == ["As the panel said."]
    assert life.stage(amended) is Stage.AMENDED
    life.agree(desk.caseload.find(following.ref), MinutesAgreed.WITH_CORRECTIONS)
    assert life.stage(amended) is Stage.AGREED
    assert amended.of(e.Amendment)[0].outcome is AmendmentOutcome.AGREED


def test_nothing_else_changes_issued_minutes(desk: Desk, clock: Clock) -> None:
    done = issued(desk, clock)
    with pytest.raises(Refused, match="are issued"):
        desk.chairing.record_answer(done, "A10", "formulation", "Quietly.")
    with pytest.raises(Refused):
        desk.chairing.reopen(done, "By mistake.")
