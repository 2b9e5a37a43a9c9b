"""What the demonstration opens on: a meeting under way, and the others where each stands."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from panelkit.commands.demonstration import demo_desk
from panelkit.commands.scene import AT, CHAIR, SCENE, TODAY, Stands
from panelkit.domain import entries as e
from panelkit.domain.running import elapsed, elapsed_at
from panelkit.domain.vocabulary import MeetingState, Stops
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.tui.screens.homeboard import read_board
from panelkit.wiring import Settings, sample_packs

REVIEW = "WM-0143-3"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The demonstration, just begun."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    return demo_desk(Settings(db=str(path)), fresh=True)


def test_every_sample_has_its_place_in_the_scene() -> None:
    assert set(SCENE) == {path.stem for path in sample_packs()}


def test_the_meeting_runs_and_what_comes_later_is_not_said(desk: Desk) -> None:
    meeting = desk.caseload.find(REVIEW)
    assert meeting.state is MeetingState.OPEN
    assert desk.who == CHAIR
    now = desk.clock()
    assert timedelta(minutes=24) <= elapsed(meeting, now) < timedelta(minutes=26)
    assert timedelta(minutes=3) <= elapsed_at(meeting, AT, now) < timedelta(minutes=5)
    assert not meeting.of(e.Decision)
    assert len(meeting.new_actions) == 2
    codes = [item.code for item in meeting.agenda]
    later = codes[codes.index(AT) :]
    said = [p for p, a in meeting.answers.items() if p[0] in later and not a.carried_from]
    assert said == []
    gaps = desk.chairing.gaps(meeting)
    owed = {gap.item for gap in gaps if gap.stops is Stops.CLOSING and not gap.parked}
    assert owed.isdisjoint(codes[: codes.index(AT)]), "what came before is done"
    assert AT in owed


def test_the_scene_invents_no_words(desk: Desk) -> None:
    (pack,) = [read_pack(p, desk.caseload.agenda) for p in sample_packs() if "carried" in p.stem]
    whole, last, shown = pack.meeting, pack.earlier[-1], desk.caseload.find(REVIEW)
    for place, answer in shown.answers.items():
        there = [m.answers[place].text for m in (whole, last) if place in m.answers]
        assert answer.text in (*there, desk.area.statement_version), place
    assert {m.text for m in shown.live(e.Measure)} == {m.text for m in last.live(e.Measure)}
    assert all(m.is_unconfirmed for m in shown.live(e.Measure))
    known = {row.id for row in whole.of(e.Contribution)}
    assert {row.id for row in shown.of(e.Contribution)} == known


def test_the_others_stand_where_the_scene_says(desk: Desk) -> None:
    states = {
        Stands.RUNNING: MeetingState.OPEN, Stands.PLANNED: MeetingState.PLANNED,
        Stands.PLANNED_TODAY: MeetingState.PLANNED, Stands.DRAFT: MeetingState.CLOSED,
        Stands.WITH_CHAIR: MeetingState.CLOSED, Stands.APPROVED: MeetingState.APPROVED,
        Stands.ISSUED: MeetingState.ISSUED,
    }  # fmt: skip
    for path in sample_packs():
        pack = read_pack(path, desk.caseload.agenda)
        assert desk.caseload.find(pack.meeting.ref).state is states[SCENE[path.stem]], path.stem
    (sitting,) = desk.planning.sittings()
    assert sitting.held_on == TODAY
    assert [m.ref for m in desk.planning.meetings(sitting)] == [REVIEW, "HM-0231-2"]
    first = read_board(desk).rows()[:3]
    assert [row.cells[0] for row in first[1:]] == ["10:00", "10:50"]


def test_opened_again_it_goes_on_from_when_it_was_last_written_to(tmp_path: Path) -> None:
    settings = Settings(db=str(tmp_path / "demo.db"))
    desk = demo_desk(settings, fresh=True)
    desk.chairing.record_answer(desk.caseload.find(REVIEW), AT, "imminence", "The hearing.")
    written = desk.caseload.record.last_written()
    assert written is not None
    desk.caseload.record.close()
    again = demo_desk(settings, fresh=False)
    assert again.caseload.find(REVIEW).text(AT, "imminence") == "The hearing."
    assert again.clock() >= written
    assert again.caseload.record.verify().first_wrong is None
    times = [fact.at for fact in again.caseload.record.facts(again.caseload.find("HM-0064-6").id)]
    assert times == sorted(times)
