"""Forms add up as they do by hand, and what cannot be added is not."""

from __future__ import annotations

import dataclasses

import pytest

from panelkit.audit.forms import load_forms
from panelkit.audit.scoring import CodeCount, Points, spread, totals
from panelkit.domain.audit_forms import NOT_APPLICABLE, Form

FORMS = {form.id: form for form in load_forms()}

BY_HAND = {
    "K2.1": ("late_week", 3, 4), "K2.2": ("yes", 3, 3), "K3.1": ("very_timely", 4, 4),
    "K4.1": ("one_missing", 2, 3), "K4.2": ("mostly_not", 2, 4), "K5.1": ("mostly", 3, 4),
    "K5.2": ("yes", 3, 3), "K5.3": ("yes", 3, 3), "K5.4": ("no", 1, 3), "K6.1": ("no", 1, 3),
    "K6.2": ("yes", 3, 3), "K6.3": ("not_at_all", 1, 4), "K6.4": ("yes", 3, 3),
    "K6.5": ("completely", 4, 4),
}  # fmt: skip
"""Option, score, maximum: 36 of 48."""


def points(form: Form, answers: dict[str, str], part: str) -> Points:
    total = next(t for t in totals(form, answers) if t.part == part)
    assert isinstance(total, Points)
    return total


def test_a_whole_case_audit_by_hand() -> None:
    form = FORMS["K"]
    answers = {question: option for question, (option, _score, _most) in BY_HAND.items()}
    for question, (option, score, most) in BY_HAND.items():
        found = form.question(question).option(option)
        assert found is not None
        assert (found.value, form.question(question).most) == (score, most)
    k = points(form, answers, "K")
    assert (k.score, k.most, k.answered, k.unanswered) == (36, 48, 14, ())
    assert k.percent == 75.0


def test_not_applicable_leaves_the_denominator() -> None:
    answers = {question: option for question, (option, _s, _m) in BY_HAND.items()}
    answers["K4.2"] = NOT_APPLICABLE
    k = points(FORMS["K"], answers, "K")
    assert (k.score, k.most) == (34, 44)
    assert k.not_applicable == ("K4.2",)
    assert k.percent is not None
    assert round(k.percent, 2) == 77.27


def test_unanswered_is_said_and_costs_nothing() -> None:
    k = points(FORMS["K"], {"K5.2": "yes", "K6.1": "no", "K2.1": "", "X2": "no"}, "K")
    assert (k.score, k.most, k.answered) == (4, 6, 2)
    assert len(k.unanswered) == 12
    assert "K2.1" in k.unanswered


def test_nothing_answered_is_no_per_cent_at_all() -> None:
    k = points(FORMS["K"], {}, "K")
    assert k.percent is None
    assert len(k.unanswered) == 14


def test_local_questions_are_added_up_apart() -> None:
    answers = {"K5.2": "yes", "X1": "no", "X5": "mostly"}
    assert points(FORMS["K"], answers, "K").score == 3
    local = points(FORMS["K"], answers, "K-local")
    assert (local.score, local.most) == (4, 7)


def test_a_meeting_audit_by_hand() -> None:
    grades = ["excellent", "satisfactory", "unsatisfactory", "poor"] * 4
    answers = {q.id: grade for q, grade in zip(FORMS["L"].questions, grades, strict=False)}
    told = points(FORMS["L"], answers, "L")
    assert (told.score, told.most, told.percent) == (39, 60, 65.0)


SCOTTISH = {
    "S11.1": "very_timely", "S11.2": "no", "S11.3": "good_enough", "S11.4": "late_three_months",
    "S11.5": "too_many", "S11.6": "all", "S11.7": NOT_APPLICABLE,
}  # fmt: skip


def test_codes_are_counted_and_have_no_sum() -> None:
    total = next(t for t in totals(FORMS["S11"], SCOTTISH) if t.part == "S11")
    assert isinstance(total, CodeCount)
    assert {question: code for question, code, _n in total.counts} == {
        "S11.1": 1, "S11.2": 2, "S11.3": 2, "S11.4": 5, "S11.5": 4, "S11.6": 1,
    }  # fmt: skip
    assert (total.best, total.answered) == (2, 6)
    assert total.not_applicable == ("S11.7",)
    assert total.unanswered == ("S11.8",)
    assert not hasattr(total, "percent")
    assert not hasattr(total, "score")


def test_scotland_s_codes_are_never_added_to_scores_of_england_and_wales() -> None:
    codes = next(t for t in totals(FORMS["S11"], SCOTTISH) if t.part == "S11")
    scores = points(FORMS["K"], {"K5.2": "yes"}, "K")
    for first, second in ((codes, scores), (scores, codes)):
        with pytest.raises(TypeError):
            first + second  # type: ignore[operator]
    with pytest.raises(TypeError):
        sum([scores, codes])  # type: ignore[arg-type, list-item]
    with pytest.raises(TypeError):
        scores + points(FORMS["K"], {"X1": "yes"}, "K-local")
    with pytest.raises(TypeError):
        scores + points(FORMS["S12"], {"S12.1.1": "poor"}, "S12")
    with pytest.raises(TypeError):
        codes + 1  # type: ignore[operator]


def test_several_audits_of_one_form_are_added() -> None:
    one, two = (points(FORMS["K"], {"K5.2": said}, "K") for said in ("yes", "no"))
    both = one + two
    assert (both.score, both.most, both.answered) == (4, 6, 2)
    codes = next(t for t in totals(FORMS["S11"], SCOTTISH) if isinstance(t, CodeCount))
    twice = codes + codes
    assert ("S11.4", 5, 2) in twice.counts
    assert twice.answered == 12


def test_a_part_with_scores_and_codes_is_two_parts() -> None:
    code = dataclasses.replace(FORMS["S11"].question("S11.2"), official=False, id="B1")
    form = dataclasses.replace(FORMS["L"], questions=(*FORMS["L"].questions, code))
    mixed = dataclasses.replace(form, questions=(*form.questions, FORMS["K"].question("X1")))
    parts = {t.part: type(t) for t in totals(mixed, {})}
    assert parts == {"L": Points, "L-local-codes": CodeCount, "L-local-scores": Points}


def test_one_question_over_several_audits() -> None:
    question = FORMS["K"].question("K5.1")
    told = spread(question, ["mostly", "mostly", "not_at_all", "", NOT_APPLICABLE])
    assert told.n == 3
    assert told.mean == pytest.approx(7 / 3)
    assert told.times == (("completely", 0), ("mostly", 2), ("mostly_not", 0), ("not_at_all", 1))
    assert spread(question, []).mean is None
    codes = spread(FORMS["S11"].question("S11.1"), ["very_timely", "late_month"])
    assert (codes.n, codes.mean) == (2, None)
    seven = spread(FORMS["S11"].question("S11.7"), [NOT_APPLICABLE, "all"])
    assert seven.n == 1
