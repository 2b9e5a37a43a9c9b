"""What a referral is screened against, and how answers stand. Everything is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.domain.errors import BadInput
from panelkit.domain.screening import (
    CATEGORY_OF,
    Check,
    EligibleBy,
    Found,
    Standing,
    answer_of,
    checks_of,
    found_of,
    printed,
    standing,
    words_of,
)
from panelkit.domain.vocabulary import Level

C, Y, N, U = Check, "yes", "no", "not_known"


@given(st.sampled_from(Found), st.text(st.characters(exclude_categories=["C"]), max_size=60))
def test_an_answer_and_its_line_come_back_as_they_were_said(found: Found, words: str) -> None:
    line = words.strip()
    said = answer_of(found, line)
    assert (found_of(said), words_of(said)) == (found, line)
    assert printed(said).startswith(found.label)


def test_blank_is_no_answer_and_a_reason_needs_one() -> None:
    assert answer_of(None) == ""
    assert found_of("") is None
    assert printed("") == ""
    with pytest.raises(BadInput, match="beside its reason"):
        answer_of(None, "because")
    with pytest.raises(ValueError, match="maybe"):
        found_of("maybe: it depends")


@pytest.mark.parametrize(
    ("level", "answers", "expected"),
    [
        ("2", {}, "not_known"),
        ("2", {C.VALUE: Y}, "not_known"),
        ("2", {C.VALUE: Y, C.STEPPING_DOWN: Y}, "met"),
        ("2", {C.VALUE: Y, C.HIGH: N, C.COORDINATION: "yes: three agencies"}, "met"),
        ("2", {C.VALUE: N, C.HIGH: Y}, "not_met"),
        ("2", {C.VALUE: Y, C.HIGH: N, C.COORDINATION: N, C.STEPPING_DOWN: N}, "not_met"),
        ("2", {C.VALUE: Y, C.HIGH: N, C.COORDINATION: N, C.STEPPING_DOWN: U}, "not_known"),
        ("2", {C.VALUE: Y, C.HIGH: N, C.COORDINATION: N}, "not_known"),
        ("2", {C.VALUE: Y, C.HIGH: Y, C.RESOURCES: N, C.PROFILE: N}, "met"),
        ("3", {C.VALUE: Y, C.HIGH: Y}, "not_known"),
        ("3", {C.VALUE: Y, C.HIGH: Y, C.RESOURCES: N, C.PROFILE: N}, "not_met"),
        ("3", {C.VALUE: Y, C.HIGH: Y, C.PROFILE: Y}, "met"),
        ("3", {C.VALUE: N, C.HIGH: Y, C.PROFILE: Y}, "not_met"),
    ],
)
def test_how_answers_stand_against_a_level(
    level: str, answers: dict[Check, str], expected: str
) -> None:
    """Level 2: value, and one of three; Level 3: those, and what needs seniors. Blank is not No."""
    assert standing(Level(level), answers) is Standing(expected)


def test_only_a_referral_to_level_three_is_asked_what_needs_seniors() -> None:
    assert set(checks_of(Level.THREE)) - set(checks_of(Level.TWO)) == {C.RESOURCES, C.PROFILE}
    assert set(checks_of(Level.THREE)) == set(Check)
    assert set(CATEGORY_OF) == set(EligibleBy)
