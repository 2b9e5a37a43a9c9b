"""Foreign minutes as a meeting of our own, and what of it was seen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import docx
import pytest

from panelkit.domain import entries as e
from panelkit.domain.foreign_meeting import NO_DAY, Rebuilt, as_meeting
from panelkit.domain.seen import EVERYTHING, Seen
from panelkit.domain.vocabulary import (
    DecisionType,
    DisclosureDecision,
    LevelDecision,
    MeetingRole,
    RiskGroup,
    RiskOfSeriousHarm,
    Statement,
    YesNo,
)
from tests.foreign.hand import HAND, lines
from tests.foreign.layouts import LAYOUTS, saved
from tests.foreign.measuring import read
from tests.foreign.truth import truth

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def rebuilt(text: str) -> Rebuilt:
    document = docx.Document()
    lines(document, text)
    return as_meeting(read(saved(document)), NOW)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_becomes_the_meeting_it_tells_of(layout: str) -> None:
    told = truth(7)
    made = as_meeting(read(LAYOUTS[layout](told)), NOW)
    meeting = made.meeting
    assert meeting.held_on == told.held_on
    assert str(meeting.level) == told.level
    assert str(meeting.case.category) == told.category
    chair = meeting.role(MeetingRole.CHAIR)
    assert chair is not None
    assert chair.name == told.chair
    assert meeting.text("A18", "next_review_date") == told.next_on.isoformat()
    assert len(meeting.of(e.Attendance)) == len(told.people)
    assert {a.due for a in meeting.new_actions} == {a.due for a in told.actions}
    assert {c.organisation for c in meeting.of(e.Contribution)} == {p.heading for p in told.agency_parts}  # fmt: skip
    assert meeting.chosen("A13", "disclosure_decision", DisclosureDecision) is DisclosureDecision.NO_DISCLOSURE  # fmt: skip
    assert meeting.chosen("A15", "level_decision", LevelDecision) is LevelDecision.L2
    assert meeting.chosen("A2", "confidentiality_statement", Statement) is Statement.READ
    level = [d for d in meeting.of(e.Decision) if d.type is DecisionType.LEVEL]
    assert len(level) == 1
    assert level[0].because == "several services are still needed."
    assert {"held_on", "level", "category"} <= made.seen.facts


def test_what_the_document_has_no_place_for_is_not_seen() -> None:
    seen = as_meeting(read(LAYOUTS["headings and tables"](truth(7))), NOW).seen
    assert seen.answer("A13", "disclosure_rationale")
    assert seen.lists("actions")
    assert seen.field("actions", "owner")
    assert not seen.field("actions", "accepted")
    assert not seen.field("actions", "success_measure")
    assert not seen.item("A4")
    assert not seen.item("A17")
    assert not seen.lists("victims")
    assert not seen.lists("ratings")
    assert not seen.answer("A13", "s327a_considered")


def test_an_empty_section_is_a_real_blank_and_a_missing_one_is_not() -> None:
    document = docx.Document()
    for heading in ("Diversity", "Disclosure", "Actions"):
        document.add_heading(heading, 1)
    made = as_meeting(read(saved(document)), NOW)
    assert made.seen.answer("A8", "diversity_needs")
    assert made.seen.answer("A13", "disclosure_rationale")
    assert made.seen.lists("actions")
    assert made.meeting.of(e.Action) == ()
    assert not made.seen.answer("A13", "disclosure_decision")
    assert not made.seen.answer("A9", "victim_issues")


def test_a_date_that_says_no_date_is_seen_and_one_not_understood_is_not() -> None:
    made = rebuilt("""
        MAPPA Level 2 meeting held on 3 March 2026
        **Actions**
        * DC Rowe to visit the address by next meeting
        * DC Rowe to check the car by 31/2/26
        * DC Rowe to write to the school by 9 March
        * Something about the car
    """)
    vague, wrong, good, loose = made.meeting.new_actions
    assert (vague.due, wrong.due, good.due, loose.due) == (None, None, date(2026, 3, 9), None)
    assert made.seen.field("actions", "due", vague.id)
    assert not made.seen.field("actions", "due", wrong.id)
    assert made.seen.field("actions", "due", good.id)
    assert not made.seen.field("actions", "owner", loose.id)
    assert made.places[vague.id].words == 'line 3, under "Actions"'


def test_a_blank_owner_in_a_column_of_owners_is_a_real_blank() -> None:
    document = docx.Document()
    document.add_heading("Actions", 1)
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Action", "Owner", "Due"), strict=True):
        cell.text = text
    table.cell(1, 0).text = "Visit the address"
    made = as_meeting(read(saved(document)), NOW)
    (action,) = made.meeting.new_actions
    assert (action.owner, action.due) == ("", None)
    assert made.seen.field("actions", "owner", action.id)
    assert made.seen.field("actions", "due", action.id)


def test_a_document_without_facts_has_stand_ins_that_are_not_seen() -> None:
    made = rebuilt("Nothing that is minutes stands here.")
    assert made.meeting.held_on == NO_DAY
    assert made.seen.facts == frozenset()
    assert made.seen.kinds <= {"section_words"}
    assert not made.seen.fact("held_on")


def test_old_actions_carry_what_became_of_them() -> None:
    made = as_meeting(read(HAND["action log"].build()), NOW)
    first, second = made.meeting.old_actions
    assert (str(first.status), str(second.status)) == ("complete", "part")
    assert first.outcome == "Checked; none within a mile"
    ratings = {r.group: r.level for r in made.meeting.of(e.RiskRating)}
    assert ratings == {
        RiskGroup.CHILDREN: RiskOfSeriousHarm.HIGH,
        RiskGroup.PUBLIC: RiskOfSeriousHarm.LOW,
        RiskGroup.STAFF: RiskOfSeriousHarm.LOW,
    }


def test_nothing_to_add_is_a_nil_return() -> None:
    made = as_meeting(read(HAND["letter-like"].build()), NOW)
    nil = {c.organisation: c.nil_return for c in made.meeting.of(e.Contribution)}
    assert nil == {"Northmoor Police": None, "Probation": None, "Children's Social Care": YesNo.YES}


def test_hostile_words_pass_the_gate() -> None:
    made = rebuilt("**Disclosure**\nShown to \u202enobody [/x] \u2066and {{ 7*7 }}")
    assert made.meeting.text("A13", "disclosure_rationale") == "Shown to \ufffdnobody [/x] \ufffdand {{ 7*7 }}"  # fmt: skip


def test_a_finding_rests_only_on_a_place_that_was_there() -> None:
    made = as_meeting(read(LAYOUTS["one big table"](truth(7))), NOW)
    seen, action = made.seen, made.meeting.new_actions[0]
    assert seen.place("A16", "actions.due", action.id)
    assert seen.place("A16", "actions")
    assert seen.place("A13", "disclosure_rationale")
    assert seen.place("", "held_on")
    assert not seen.place("A16", "actions.success_measure", action.id)
    assert not seen.place("A9", "victims")
    assert not seen.place("A10", "imminence")
    assert not seen.place("", "ref") or "ref" in seen.facts
    assert EVERYTHING.place("A9", "victims.safety_measure", "any")


def test_our_own_record_shows_everything() -> None:
    assert EVERYTHING.fact("held_on")
    assert EVERYTHING.answer("A13", "disclosure_rationale")
    assert EVERYTHING.field("actions", "due", "any")
    assert not Seen().lists("actions")
