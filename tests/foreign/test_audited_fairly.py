"""Minutes made elsewhere are audited for what they had a place for, and for nothing else."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from types import MappingProxyType

import docx
import pytest

from panelkit.areas.loader import load_area
from panelkit.audit import Finding
from panelkit.audit.smart import smart
from panelkit.domain import entries as e
from panelkit.domain.foreign_meeting import Rebuilt, as_meeting
from panelkit.domain.meeting import Meeting
from panelkit.domain.seen import EVERYTHING, Seen
from panelkit.services.auditing import Auditing
from tests.foreign.hand import HAND, lines
from tests.foreign.layouts import LAYOUTS, saved, table
from tests.foreign.measuring import read
from tests.foreign.truth import truth

AREA = load_area("west_midlands")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
NO_COLUMN_FOR = (
    "has not accepted it", "no measure of how we will know", "no risk it answers is named",
    "no option", "options", "evidence against", "views", "who is told",
)  # fmt: skip


def found_in(rebuilt: Rebuilt) -> tuple[tuple[Finding, ...], set[str]]:
    found, unseen = Auditing(None, AREA).audit_read(rebuilt)
    return found.findings, {rule.id for rule in unseen}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_finding_rests_on_a_column_that_is_not_there(layout: str) -> None:
    findings, unseen = found_in(as_meeting(read(LAYOUTS[layout](truth(7))), NOW))
    for finding in findings:
        assert not any(words in finding.evidence for words in NO_COLUMN_FOR), finding
    assert "decisions" in unseen | {finding.rule for finding in findings}


@pytest.mark.parametrize("name", HAND)
def test_minutes_by_hand_are_not_asked_for_our_own_columns(name: str) -> None:
    findings, _unseen = found_in(as_meeting(read(HAND[name].build()), NOW))
    for finding in findings:
        assert not any(words in finding.evidence for words in NO_COLUMN_FOR), finding


def with_actions(*rows: list[str], headings: list[str]) -> Rebuilt:
    document = docx.Document()
    lines(document, "**Minutes of a Level 2 MAPPA meeting held on 3 February 2026**")
    document.add_heading("Attendance", 1)
    table(document, [["Name", "Organisation"], ["DC Paul Grant", "Northmoor Police"]])
    document.add_heading("Actions", 1)
    table(document, [headings, *rows])
    return as_meeting(read(saved(document)), NOW)


def test_an_action_is_scored_by_the_tests_that_can_be_seen() -> None:
    made = with_actions(
        ["Visit the home unannounced", "DC Paul Grant", "27 February 2026"],
        ["Monitor the situation", "DC Paul Grant", ""],
        headings=["Action", "Owner", "Date"],
    )
    good, vague = made.meeting.new_actions
    score = smart(good, made.meeting, AREA, made.seen)
    assert (score.points, score.of, score.missing) == (3, 3, ())
    assert score.unseen == "AR"
    score = smart(vague, made.meeting, AREA, made.seen)
    assert score.of < 5
    assert any("monitor" in said.casefold() for said in score.missing)
    assert "its owner" not in " ".join(score.missing)
    findings, _unseen = found_in(made)
    said = [finding.evidence for finding in findings if finding.rule == "smart"]
    assert len(said) == 1
    assert "that can be seen" in said[0]


def test_a_blank_in_a_column_that_is_there_counts() -> None:
    made = with_actions(
        ["Visit the home unannounced", "", "27 February 2026"],
        headings=["Action", "Owner", "Date"],
    )
    score = smart(made.meeting.new_actions[0], made.meeting, AREA, made.seen)
    assert score.missing == ("no owner is named",)
    without = with_actions(
        ("Visit the home unannounced", "27 February 2026"), headings=["Action", "Date"]
    )
    score = smart(without.meeting.new_actions[0], without.meeting, AREA, without.seen)
    assert score.missing == ()
    assert "A" in score.unseen


def test_a_record_of_our_own_is_scored_as_before(full: Meeting) -> None:
    action = full.new_actions[0]
    bare = dataclasses.replace(action, accepted=None, risk=None, why="", due=None)
    score = smart(bare, full, AREA)
    assert score == smart(bare, full, AREA, EVERYTHING)
    assert (score.of, score.unseen) == (5, "")
    assert {"no date", "no risk it answers is named"} <= set(score.missing)


@pytest.fixture
def full() -> Meeting:
    from panelkit.packs.reader import read_pack
    from tests.desk import SAMPLES

    return read_pack(SAMPLES / "l2_initial.toml").meeting


def test_a_decision_is_asked_only_for_what_its_list_has_a_place_for(full: Meeting) -> None:
    decision = dataclasses.replace(full.live(e.Decision)[0], because="", decided_by="")
    rows = {"decisions": (decision,), "attendance": full.rows["attendance"]}
    bare = dataclasses.replace(full, rows=MappingProxyType(rows))
    words = frozenset({("decisions", "decision")})
    seen = Seen(kinds=frozenset(rows), columns=words, facts=frozenset({"held_on"}))
    findings, unseen = found_in(Rebuilt(bare, seen, {}))
    assert "decisions" in unseen
    assert not [finding for finding in findings if finding.rule in ("decisions", "dissent")]
    more = dataclasses.replace(seen, columns=words | {("decisions", "because")})
    findings, _unseen = found_in(Rebuilt(bare, more, {}))
    (one,) = [finding for finding in findings if finding.rule == "decisions"]
    assert "reason" in one.evidence
    assert "option" not in one.evidence
    assert one.entry == decision.id


def test_when_a_review_is_late_no_reason_is_asked_where_there_is_no_place_for_one() -> None:
    document = docx.Document()
    lines(
        document,
        """
        **Minutes of a Level 3 MAPPA meeting held on 3 February 2026**
        **Next meeting:** 1 December 2026
        """,
    )
    made = as_meeting(read(saved(document)), NOW)
    assert made.meeting.day("A18", "next_review_date") == date(2026, 12, 1)
    findings, _unseen = found_in(made)
    assert not [finding for finding in findings if "no reason is given" in finding.evidence]
