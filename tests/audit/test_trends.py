"""Questions over quarters, and what is found most often: counted, never mixed."""

from __future__ import annotations

from datetime import date

import pytest

from panelkit.areas.loader import load_area
from panelkit.audit import Finding, Severity
from panelkit.audit.board import Sampled, board_report
from panelkit.audit.defects import tally
from panelkit.audit.forms import forms_for
from panelkit.audit.trends import Quarter, best_of, lowest, quarters, spreads_of, trends
from panelkit.domain.auditing import Audit
from panelkit.packs.reader import read_pack
from tests.audit.test_feedback import audited
from tests.desk import SAMPLES

FORMS = forms_for(load_area("west_midlands"))
MEETING = read_pack(SAMPLES / "l3_review.toml").meeting


def audit(form: str, **said: str) -> Audit:
    return audited(MEETING, form, **{key: (option, "") for key, option in said.items()})


def test_quarters_follow_one_another_over_a_year_s_end() -> None:
    four = quarters(date(2026, 2, 28))
    assert [one.label for one in four] == [
        "Apr–Jun 2025",
        "Jul–Sep 2025",
        "Oct–Dec 2025",
        "Jan–Mar 2026",
    ]
    assert [one.end for one in four][-2:] == [date(2025, 12, 31), date(2026, 3, 31)]
    assert Quarter.of(date(2024, 2, 29)).end == date(2024, 3, 31)


def test_each_mean_has_its_n_beside_it_quarter_by_quarter() -> None:
    first, second = quarters(date(2026, 9, 30), 2)
    found = trends(
        FORMS,
        [
            (first, [audit("K", K5_1="mostly"), audit("K", K5_1="completely", K6_3="mostly")]),
            (second, [audit("K", K5_1="not_at_all"), audit("K", K5_1="not_applicable")]),
        ],
    )
    clear = next(one for one in found if one.question.id == "K5.1")
    assert [(point.n, point.mean) for _q, point in clear.points] == [(2, 3.5), (1, 1.0)]
    assert clear.share == 0.0
    assert clear.n == 3
    considered = next(one for one in found if one.question.id == "K6.3")
    assert [(point.n, point.mean) for _q, point in considered.points] == [(1, 3.0), (0, None)]
    assert considered.share is None
    assert {one.question.id for one in found} == {"K5.1", "K6.3"}
    assert [one.question.id for one in lowest(found, 5)] == ["K5.1"]


def test_codes_have_no_mean_and_forms_stay_apart() -> None:
    (quarter,) = quarters(date(2026, 9, 30), 1)
    audits = [audit("S11", S11_3="poor"), audit("S11", S11_3="complete"), audit("L", L4_7="poor"), audit("S12", S12_2_6="excellent")]  # fmt: skip
    found = trends(FORMS, [(quarter, audits)])
    coded = next(one for one in found if one.question.id == "S11.3")
    assert coded.is_coded
    assert (coded.latest.n, coded.latest.mean, best_of(coded.latest)) == (2, None, 1)
    assert coded.share is None
    means = {(one.form.id, one.question.id): one.latest.mean for one in found if not one.is_coded}
    assert means == {("L", "L4.7"): 1.0, ("S12", "S12.2.6"): 4.0}
    assert coded not in lowest(found, 9)


def test_an_answer_on_another_scale_is_not_counted_with_it() -> None:
    import dataclasses

    form = next(form for form in FORMS if form.id == "K")
    asked = form.question("K5.1")
    other = dataclasses.replace(asked, options=asked.options[:2])
    changed = dataclasses.replace(
        form, questions=tuple(other if q.id == "K5.1" else q for q in form.questions)
    )
    spread = next(
        s for s in spreads_of(changed, [audit("K", K5_1="mostly")]) if s.question.id == "K5.1"
    )
    assert spread.n == 0


def finding(rule: str, matter: str, severity: Severity = Severity.RED) -> Finding:
    return Finding(
        rule=rule, severity=severity, item="A1", field="x", evidence="x", advice="x", matter=matter
    )


def test_a_meeting_counts_once_however_often_it_falls_short() -> None:
    found = tally(
        [
            [finding("heard", "heard"), finding("heard", "heard"), finding("acronyms", "clear", Severity.AMBER)],
            [finding("acronyms", "clear", Severity.AMBER), finding("vague", "clear", Severity.AMBER)],
            [finding("heard", "heard")],
            [],
        ]
    )  # fmt: skip
    heard, clear = found.top()
    assert (heard.matter.id, heard.found, heard.red, heard.of) == ("heard", 2, 2, 4)
    assert (clear.found, clear.red, clear.rules) == (2, 0, (("acronyms", 2), ("vague", 1)))
    assert clear.is_suggestion
    assert not heard.is_suggestion
    assert tally([]).top() == ()


@pytest.mark.parametrize(
    ("outside", "words"), [(0, "2 of 3 meetings"), (5, "of fewer than 5 meetings: not shown")]
)
def test_what_rests_on_too_few_does_not_leave_the_area(outside: int, words: str) -> None:
    from panelkit.audit import RULES
    from panelkit.audit.kpis import Period, figures

    area = load_area("west_midlands")
    period = Period((), date(2026, 7, 1), date(2026, 9, 30), date(2026, 11, 1))
    (quarter,) = quarters(date(2026, 9, 30), 1)
    report = board_report(
        start=period.start, end=period.end, outside=outside,
        sampled=Sampled(held=3, level_three=1, audited=1, drawn=2, drawn_audited=1, percent=10, seed="s"),
        figures=figures(period, area), quarters=(quarter,),
        trends=trends(FORMS, [(quarter, [audit("K", K5_1="mostly"), audit("S11", S11_3="poor")])]),
        defects=tally([[finding("heard", "heard")], [finding("heard", "heard")], []]),
        rules=RULES, fiction=True,
    )  # fmt: skip
    (row,) = report.defects
    assert row.words == words
    assert (row.percent is None) == bool(outside)
    assert [line.points for line in report.trends] == ([] if outside else [("3.0 (n 1)",)])
    assert bool(report.coded) == (not outside)
    assert bool(report.well) == (not outside)
    assert ("at Level 3, " in report.sampled[0] or "of them at Level 3" in report.sampled[0]) == (
        not outside
    )
    assert all(one.words.startswith("no ") for one in report.headlines)
