"""Scenarios are files that somebody wrote: those that ship are good, and a wrong one is refused with
its place. Everything in them is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelkit import paths
from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput
from panelkit.domain.practice import REF, Learner
from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.scenarios import ENDING, scenario_files
from panelkit.services.practising import Shelf
from tests.commanding import in_process
from tests.practice.begun import begun, meeting_of, practice_of, shelf

SHIPPED = sorted(scenario_files([paths.shipped("practice_scenarios")]))
FLAT = (paths.shipped("practice_scenarios") / f"flat{ENDING}").read_text()
FAULTS = (paths.shipped("practice_scenarios") / f"faults{ENDING}").read_text()


def test_there_is_something_for_both() -> None:
    found, unread = shelf().scenarios()
    assert unread == ()
    roles = [one.role for one in found]
    assert roles.count(Learner.CHAIR) >= 3
    assert roles.count(Learner.MINUTE_TAKER) >= 2
    assert [one.id for one in found] == [one.id for one in shelf().heads()[0]]


@pytest.mark.parametrize("called", SHIPPED)
def test_a_scenario_that_ships_can_be_practised(called: str) -> None:
    desk = begun(called)
    scenario, meeting = practice_of(desk).scenario, meeting_of(desk)
    assert (meeting.case.ref, meeting.case.fiction) == (REF, True)
    assert scenario.you in {person.name for person in meeting.live(e.Attendance)}
    if scenario.role is Learner.CHAIR:
        assert meeting.state is MeetingState.PLANNED
        assert len({line.who for line in scenario.lines}) >= 8, "a room full of people speaks"
        assert {line.item for line in scenario.lines} >= {"A1", "A7", "A10", "A13", "A15"}
        statuses = {person.status for person in meeting.live(e.Attendance)}
        assert statuses == {None}, "nobody is in before somebody says so"
    else:
        assert meeting.state is MeetingState.CLOSED
    begins = [one.missed for one in practice_of(desk).look(meeting) if one.reached]
    assert begins or scenario.role is Learner.CHAIR
    text = (paths.shipped("practice_scenarios") / f"{called}{ENDING}").read_text()
    assert text.startswith("# FICTION"), "a file of invented people says so first"


WRONG = (
    ("item = \"A1\"\nwho = \"The co-ordinator\"", "item = \"A99\"\nwho = \"The co-ordinator\"", "say.1.item"),
    ('you = "Ruth Calloway"', 'you = "Nobody Here"', "you is nobody"),
    ('pack = "l2_review_carried_actions"', 'pack = "gone"', "pack is not beside"),
    ('pack = "l2_review_carried_actions"', 'pack = "../x"', "pack must be"),
    ("fiction = true", "fiction = false", "fiction"),
    ("format = 1", "format = 2", "format"),
    ('at = "10:00"', 'at = "25:00"', "at must be"),
    ('role = "chair"', 'role = "lay-adviser"', "role must be"),
    ('role = "chair"', 'role = "minute-taker"', "say is for a chair"),
    ("[[look_for]]\nitem", "[[look_for]]\nsurprise = 1\nitem", "surprise is not known"),
    ('words = ["niece"]', "", "has words or gone"),
    ('words = ["niece"]', 'words = ["niece"]\ngone = ["x"]', "has words or gone"),
    ('words = ["niece"]', 'words = ["Detective Inspector"]', "is so from the beginning"),
    ('day = 2026-11-18', 'papers = ["A6.nonsense"]\nday = 2026-11-18', "papers.1 is no field"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "said"), WRONG, ids=[w[2] + str(n) for n, w in enumerate(WRONG)]
)
def test_a_wrong_file_is_refused_with_its_place(
    was: str, now: str, said: str, tmp_path: Path
) -> None:
    assert was in FLAT
    file = tmp_path / f"mine{ENDING}"
    file.write_text(FLAT.replace(was, now, 1))
    with pytest.raises(BadInput) as refused:
        shelf().read(file)
    assert said in refused.value.message
    assert "mine" in refused.value.message
    code, printed = in_process("practice", "--check", file)
    assert code == 2
    assert said in printed


def test_a_planted_fault_must_fit_its_field(tmp_path: Path) -> None:
    file = tmp_path / f"mine{ENDING}"
    for was, now, said in (
        ('place = "A8.diversity_needs"', 'place = "A8.children"', "plant.3.place"),
        ('place = "A8.diversity_needs"', 'place = "A8.diversity_considered"', "plant.3.text must be"),
        ('place = "A11.rmp_adequate_reason"', 'place = "A1.actual_start"', "plant.5.text must be"),
    ):  # fmt: skip
        file.write_text(FAULTS.replace(was, now, 1))
        with pytest.raises(BadInput, match=said):
            shelf().read(file)


def test_what_stops_closing_cannot_be_left_blank_for_a_minute_taker(tmp_path: Path) -> None:
    file = tmp_path / f"mine{ENDING}"
    blank = 'blank = ["A13.disclosure_decision"]\nday ='
    file.write_text(FAULTS.replace("day =", blank, 1))
    with pytest.raises(BadInput, match="does not close at A13"):
        shelf().read(file)


def test_a_real_case_is_never_practised_on(tmp_path: Path) -> None:
    sample = (paths.shipped("sample_meetings") / "l2_initial.toml").read_text()
    (tmp_path / "real.toml").write_text(sample.replace("fiction = true", "fiction = false", 1))
    text = (paths.shipped("practice_scenarios") / f"first{ENDING}").read_text()
    file = tmp_path / f"mine{ENDING}"
    file.write_text(text.replace('pack = "l2_initial"', 'pack = "real"', 1))
    with pytest.raises(BadInput, match="is of a real case"):
        shelf().read(file)


def test_a_trainer_adds_one_in_the_area_s_own_folder(tmp_path: Path) -> None:
    mine = tmp_path / "scenarios"
    mine.mkdir()
    (mine / f"ours{ENDING}").write_text(FLAT.replace("The flat that falls through", "Ours", 1))
    (mine / f"broken{ENDING}").write_text("format = 1\n")
    area = tmp_path / "ours.toml"
    area.write_text(
        'name = "Ours"\nextends = "west_midlands"\n'
        '[settings.practice_folder]\nvalue = "scenarios"\nsource = "The area\'s trainer"\n'
    )
    code, said = in_process("practice", "--list", "--area", area)
    assert code == 1, "one of them cannot be used"
    assert "ours" in said
    assert "broken" in said
    assert "fiction is missing" in said
    assert "flat" in said, "those that ship are there, too"
    (mine / f"broken{ENDING}").unlink()
    assert in_process("practice", "--list", "--area", area)[0] == 0
    area.write_text(area.read_text().replace('"scenarios"', '"nowhere"'))
    code, said = in_process("practice", "--list", "--area", area)
    assert code == 2
    assert "is not there" in said


def test_a_later_folder_replaces_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / f"flat{ENDING}").write_text(FLAT.replace("The flat that falls through", "Ours", 1))
    there = shelf()
    mine = Shelf(there.area, there.agenda, there.folder, [*there.folders, tmp_path], there.samples)
    assert mine.scenario("flat").title == "Ours"
