"""A transfer to another area: no exit, owed by somebody to somebody, and no panel's. All invented."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.transfers import open_transfers, owed_for, standing
from panelkit.domain.vocabulary import Level, MeetingKind, Stops, TransferAnswer
from panelkit.packs.reader import read_pack
from panelkit.packs.writer import write_pack
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from tests.desk import make_desk
from tests.documents.test_next_day import words_of
from tests.waits import waiting

CASE = "WM-0143"
POLICE, HOLDER, VALE = "Harrowmere Police", "Probation Service Harrowmere", "Vale"
ASKED = {
    "owner": POLICE, "to_area": VALE, "coordinator": "Nia Lark", "plan_holder": HOLDER,
    "why": "Moves to his brother in Vale.",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, samples=("l2_review_carried_actions",))


def put_down(desk: Desk, **said: object) -> tuple[Meeting, e.Transfer]:
    meeting = desk.caseload.find(f"{CASE}-3")
    made = desk.chairing.add(meeting, e.Transfer(id=new_id(), **{**ASKED, **said}))  # type: ignore[arg-type]
    return made, made.live(e.Transfer)[-1]


def fields(desk: Desk, meeting: Meeting) -> set[str]:
    return {gap.field for gap in completeness(meeting, desk.area)}


STEPS: tuple[tuple[dict[str, object], str, str, date | None], ...] = (
    ({}, POLICE, VALE, date(2026, 11, 20)),
    ({"asked_on": date(2026, 11, 19)}, VALE, POLICE, date(2026, 12, 3)),
    ({"asked_on": date(2026, 11, 19), "answer": TransferAnswer.MORE, "answered_on": date(2026, 11, 23)}, POLICE, VALE, date(2026, 11, 25)),
    ({"asked_on": date(2026, 11, 19), "answer": TransferAnswer.ACCEPTED, "answered_on": date(2026, 11, 23)}, VALE, POLICE, None),
    ({"asked_on": date(2026, 11, 19), "answer": TransferAnswer.ACCEPTED, "answered_on": date(2026, 11, 23), "joint_on": date(2026, 12, 1)}, HOLDER, VALE, date(2026, 12, 8)),
)  # fmt: skip


@pytest.mark.parametrize(("said", "by_whom", "to_whom", "due"), STEPS)
def test_each_step_is_owed_by_somebody_to_somebody_until_a_day(
    desk: Desk, said: dict[str, object], by_whom: str, to_whom: str, due: date | None
) -> None:
    meeting, transfer = put_down(desk, **said)
    first = owed_for(meeting, transfer, desk.area)[0]
    assert (first.by_whom, first.to_whom, first.due) == (by_whom, to_whom, due)
    assert due is None or first.source
    waits = [
        w for w in waiting([meeting], desk.area, date(2027, 6, 1), "") if "transfer" in w.words
    ]
    assert waits
    assert waits[0].late == (due is not None)
    assert "panel transferred" not in standing(transfer)


def test_declined_or_handed_over_nothing_is_owed(desk: Desk) -> None:
    for end in ({"answer": TransferAnswer.DECLINED}, {"handed_over_on": date(2026, 12, 8)}):
        meeting, transfer = put_down(desk, **end)
        assert owed_for(meeting, transfer, desk.area) == ()
    assert open_transfers(meeting) == ()


def test_leaving_mappa_is_refused_while_a_transfer_goes_on(desk: Desk) -> None:
    meeting, transfer = put_down(desk)
    leaves = desk.chairing.record_answer(meeting, "A15", "level_decision", "exit")
    (gap,) = [g for g in completeness(leaves, desk.area) if g.field == "transfer_no_exit"]
    assert gap in stopping(completeness(leaves, desk.area), Stops.CLOSING)
    assert not gap.can_park
    declined = desk.chairing.change(
        leaves, e.Transfer, transfer.id, answer=TransferAnswer.DECLINED, answered_by="Nia Lark",
        answered_on=date(2026, 11, 23),
    )  # fmt: skip
    assert "transfer_no_exit" not in fields(desk, declined)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"answer": TransferAnswer.ACCEPTED, "answered_by": "Nia Lark"}, "day is not recorded"),
        ({"answer": TransferAnswer.ACCEPTED, "answered_on": date(2026, 11, 23)}, "who decided there"),
        ({"handed_over_on": date(2026, 11, 23)}, "has not accepted"),
        ({"asked_on": date(2026, 11, 23), "answered_on": date(2026, 11, 20)}, "before it was asked"),
    ],
)  # fmt: skip
def test_days_that_contradict_each_other_are_named(
    desk: Desk, said: dict[str, object], words: str
) -> None:
    meeting, _transfer = put_down(desk, **said)
    (gap,) = [g for g in completeness(meeting, desk.area) if g.field == "transfer_days"]
    assert words in gap.message
    assert gap.stops is Stops.APPROVAL


def test_who_owns_it_where_it_goes_and_who_holds_the_plan_stop_closing(desk: Desk) -> None:
    meeting = desk.caseload.find(f"{CASE}-3")
    made = desk.chairing.add(meeting, e.Transfer(id=new_id()))
    closing = {g.field for g in stopping(completeness(made, desk.area), Stops.CLOSING)}
    assert {"transfers.owner", "transfers.to_area", "transfers.plan_holder"} <= closing


def test_an_open_one_goes_on_to_the_next_meeting_and_a_settled_one_does_not(desk: Desk) -> None:
    meeting, _first = put_down(desk, handed_over_on=date(2026, 12, 8))
    meeting, _second = put_down(desk, to_area="Thornwick")
    desk.chairing.close(meeting)
    made = desk.caseload.open_next(
        CASE, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2027, 2, 10)
    )
    (carried,) = made.live(e.Transfer)
    assert carried.to_area == "Thornwick"
    assert carried.is_unconfirmed
    assert "carried_transfers" in fields(desk, made)


def test_the_letters_name_the_case_by_reference_only(desk: Desk, tmp_path: Path) -> None:
    meeting, transfer = put_down(desk)
    for kind, expected in (("transfer", "Nia Lark"), ("transfer_here", standing(transfer))):
        (done,) = desk.minute_taking.write_all(meeting, kind, tmp_path)
        text = " ".join(words_of(done.path).split())
        assert expected in text
        assert CASE in text
        assert f"{HOLDER} holds the plan" in text
        assert "Moves to his brother" not in text
        for name in (meeting.case.name, *(a.name for a in meeting.live(e.Attendance))):
            assert name not in text
        for owed in owed_for(meeting, transfer, desk.area):
            assert owed.words in text


def test_without_one_that_goes_on_there_is_no_letter(desk: Desk, tmp_path: Path) -> None:
    meeting, _transfer = put_down(desk, answer=TransferAnswer.DECLINED)
    with pytest.raises(Refused, match="no transfer that goes on"):
        desk.minute_taking.write_all(meeting, "transfer", tmp_path)


def test_minutes_say_whose_it_is_and_never_that_a_panel_did_it(desk: Desk) -> None:
    meeting, transfer = put_down(desk, asked_on=date(2026, 11, 19))
    text = " ".join(desk.minute_taking.text(meeting, "full").split())
    assert standing(transfer) in text
    assert "The level continues here until that area decides." in text
    bad = "The panel transferred the case to Vale."
    assert any(
        bad.casefold().find(w.casefold()) >= 0 for v in desk.area.plain.vague for w in v.words
    )


def test_it_goes_into_a_pack_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    meeting, _transfer = put_down(desk, asked_on=date(2026, 11, 19), level_there=Level.TWO)
    path = tmp_path / "out.toml"
    path.write_text(write_pack(meeting, desk.caseload.record.earlier(meeting)), encoding="utf-8")
    back = read_pack(path, desk.caseload.agenda).meeting
    assert [dataclasses.replace(t, revision=1) for t in back.of(e.Transfer)] == [
        dataclasses.replace(t, revision=1) for t in meeting.of(e.Transfer)
    ]
