"""Closing a meeting writes what it decided into the histories of its case. All invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.domain.meeting import Meeting
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import Span, SpanKind, SpanReason, live, wrong_in
from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.annual import Annual
from panelkit.services.desk import Desk
from panelkit.services.drafting import Correcting
from panelkit.services.histories import Histories
from panelkit.store import following
from panelkit.store.engine import writing
from tests.desk import CHAIR, SAMPLES, approved, make_desk

REVIEW, CASE = "WM-0143-3", "WM-0143"


def desk_of(folder: Path) -> Desk:
    return make_desk(folder, samples=("l2_review_carried_actions",))


def spans(desk: Desk) -> tuple[Span, ...]:
    return Histories(desk.caseload.record, desk.clock, CHAIR).history(CASE).spans


def levels(desk: Desk) -> list[tuple[str, date, date | None]]:
    return [(s.value, s.from_day, s.to_day) for s in live(spans(desk), SpanKind.LEVEL)]


def decide(desk: Desk, level: str) -> Meeting:
    meeting = desk.chairing.load(REVIEW)
    return desk.chairing.record_answer(meeting, "A15", "level_decision", level)


def entries(desk: Desk) -> list[tuple[str, str]]:
    with desk.caseload.record._reading() as connection:
        found = connection.execute(text("select command_id, entity from journal"))
        return [tuple(row) for row in found]


def test_meetings_that_come_in_with_a_pack_bring_their_history_marked_as_worked_out(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    assert desk.chairing.load(REVIEW).state is MeetingState.OPEN
    first = levels(desk)
    assert [value for value, _first, _last in first] == ["2"]
    assert all(span.derived for span in spans(desk))
    assert Histories(desk.caseload.record, desk.clock, CHAIR).derive().changed == ()


def test_closing_steps_up_in_the_same_transaction_and_remaining_changes_nothing(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    meeting = decide(desk, "L3")
    before = levels(desk)
    desk.chairing.close(meeting)
    held = meeting.day("A15", "effective_date") or meeting.held_on
    after = live(spans(desk), SpanKind.LEVEL)
    assert [(s.value, s.from_day) for s in after] == [("2", before[0][1]), ("3", held)]
    assert (after[0].to_day is not None, after[1].reason) == (True, SpanReason.STEPPED_UP)
    assert after[1].meeting_id == after[0].end_meeting_id == meeting.id
    assert not after[1].derived, "it was decided here"
    closing = {command for command, entity in entries(desk) if entity == "span"}
    assert any((command, "meeting") in entries(desk) for command in closing), "one command"
    assert desk.caseload.record.verify().is_good


def test_a_level_that_remains_leaves_the_history_as_it_was(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    before = levels(desk)
    desk.chairing.close(decide(desk, "L2"))
    assert levels(desk) == before


def test_reopening_takes_it_back_and_closing_again_decides_anew(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    before = levels(desk)
    closed = desk.chairing.close(decide(desk, "L3"))
    stepped = levels(desk)
    desk.chairing.reopen(closed, "closed by mistake")
    assert levels(desk) == before
    desk.chairing.close(decide(desk, "L1"))
    assert [value for value, *_ in levels(desk)] == ["2", "1"]
    desk.chairing.reopen(desk.chairing.load(REVIEW), "once more")
    desk.chairing.close(decide(desk, "L3"))
    assert levels(desk) == stepped


def test_a_decision_corrected_after_closing_is_followed_and_approval_changes_nothing(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    closed = desk.chairing.close(decide(desk, "L3"))
    correcting = Correcting(desk.caseload.record, desk.area, desk.clock, CHAIR, reason="misheard")
    correcting.record_answer(closed, "A15", "level_decision", "L2")
    assert [value for value, *_ in levels(desk)] == ["2"]
    before = spans(desk)
    approved(desk, REVIEW)
    assert spans(desk) == before


def test_what_stands_later_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    verbs = Histories(desk.caseload.record, desk.clock, CHAIR)
    verbs.leave(CASE, date(2026, 11, 22), SpanReason.TRANSFERRED_OUT, "to another area")
    before = levels(desk)
    assert before[-1][2] == date(2026, 11, 21)
    desk.chairing.close(decide(desk, "L3"))
    assert levels(desk) == before


def test_a_record_that_kept_no_history_yet_gets_all_of_it_with_the_next_meeting_that_closes(
    tmp_path: Path,
) -> None:
    """As after an upgrade: nobody need work anything out first, and nothing earlier is lost."""
    desk = desk_of(tmp_path)
    expected = levels(desk)
    assert len(spans(desk)) > 1
    with writing(desk.caseload.record.engine) as connection:
        connection.execute(text("delete from span"))
    desk.chairing.close(decide(desk, "L2"))
    assert levels(desk) == expected
    assert live(spans(desk), SpanKind.LEVEL)[0].derived
    assert Histories(desk.caseload.record, desk.clock, CHAIR).derive().changed == ()


def test_where_the_history_cannot_be_kept_the_meeting_closes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(tmp_path)
    monkeypatch.setattr(following, "wrong_in", lambda _spans: ("wrong",))
    before = levels(desk)
    assert desk.chairing.close(decide(desk, "L3")).state is MeetingState.CLOSED
    assert levels(desk) == before


def test_the_year_counts_what_was_closed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.chairing.close(decide(desk, "L3"))
    report = Annual(desk.caseload.record, desk.area, desk.clock, CHAIR).report(
        ReportYear.named("2026-27")
    )
    counted = report.tables.tables["T2"].as_data()["rows"]
    assert counted["Level 3"]["Total"] + len(report.tables.counts.unknown_year) == 1
    assert counted["Level 2"]["Total"] == 0


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.toml")), ids=lambda p: p.stem)
def test_every_sample_gives_a_history_that_can_be_so(tmp_path: Path, path: Path) -> None:
    desk = make_desk(tmp_path)
    pack = read_pack(path, desk.caseload.agenda)
    desk.caseload.take_in([*pack.earlier, pack.meeting])
    verbs = Histories(desk.caseload.record, desk.clock, CHAIR)
    found = verbs.history(pack.meeting.case.ref)
    assert wrong_in(found.spans) == ()
    assert verbs.derive().changed == (), "nothing is left to be worked out"
