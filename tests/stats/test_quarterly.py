"""The board's figures, counted from rows. Every case, person and place is invented."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from panelkit.domain.manual_figures import QUARTERLY
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.spans import OPEN
from panelkit.stats.facts import SpanRow
from panelkit.stats.quarter import (
    Block,
    Given,
    Line,
    MeetingRow,
    QuarterFacts,
    Shape,
    Standing,
    facts_of,
)
from panelkit.stats.quarterly import (
    BY_ID,
    CSV_COLUMNS,
    MEASURES,
    as_data,
    csv_rows,
    quarterly,
)

Q3 = ReportQuarter.named("2022-23-Q3")
EVERYTHING = dict.fromkeys(("referrals", "put_off", "boards", "levels", "meetings"), "2020-01-01")


def facts(quarter: ReportQuarter = Q3, **said: Any) -> QuarterFacts:
    return QuarterFacts(quarter=quarter, **({"since": EVERYTHING} | said))


def shown(measure: str, one: QuarterFacts, *, below: int = 0) -> dict[str, str]:
    """Row by row, what is printed; zeros left out."""
    figure = next(f for f in quarterly([one], below=below).figures if f.measure.id == measure)
    return {line.row: line.shown for line in figure.lines[one.quarter] if line.shown != "0"}


def span(value: str, first: str, last: str = OPEN, **more: Any) -> SpanRow:
    return SpanRow("", value, first, last, **more)


def meeting(id: str, **said: Any) -> MeetingRow:
    plain = {"case": id, "level": "2", "kind": "review", "day": "2022-11-01", "sitting": ""}
    return MeetingRow(id, **(plain | said))


# -- the list ---------------------------------------------------------------------------


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)
def test_an_entry_is_whole(measure: Any) -> None:
    assert BY_ID[measure.id] is measure
    assert measure.title
    assert measure.counts
    assert any(tag in measure.source for tag in ("[V1]", "[R]", "[I]")), "how sure it is"
    assert bool(measure.manual) is (measure.shape is Shape.MANUAL)
    known = {"", *EVERYTHING, f"given.{measure.id}"}
    assert measure.needs in known
    if measure.shape not in (Shape.MANUAL, Shape.MISSING):
        assert measure.needs, "what the record must hold for it"


def test_every_block_of_the_notes_has_figures_and_every_manual_one_its_measure() -> None:
    assert {measure.block for measure in MEASURES} == set(Block)
    assert len(BY_ID) == len(MEASURES)
    assert {m.manual for m in MEASURES if m.manual} == {asked.id for asked in QUARTERLY}
    assert {asked.table for asked in QUARTERLY} == {m.id for m in MEASURES if m.manual}


def test_what_the_record_cannot_know_is_said_for_every_figure_and_is_never_0() -> None:
    bare = quarterly([facts(since={})])
    for figure in bare.figures:
        (line,) = figure.lines[Q3]
        manual = figure.measure.shape is Shape.MANUAL
        assert (line.value, line.shown) == (None, "not supplied" if manual else "not known"), figure


def test_a_record_that_begins_in_a_quarter_knows_nothing_of_the_one_before() -> None:
    told = quarterly([facts(Q3.before, since={"meetings": "2022-10-01"}), facts(since={"meetings": "2022-10-01"})])  # fmt: skip
    held = next(f for f in told.figures if f.measure.id == "MEET-HELD")
    assert {line.standing for line in held.lines[Q3.before]} == {Standing.NOT_KNOWN}
    assert {line.value for line in held.lines[Q3]} == {0}
    assert [line.row for line in held.lines[Q3.before]] == [line.row for line in held.lines[Q3]]


# -- referrals --------------------------------------------------------------------------

REFERRED = {
    "referrals": [
        ("a", "2022-09-30", "POL", "2"), ("b", "2022-10-01", "POL", "3"), ("c", "2022-12-31", "PRB", "2"),
        ("d", "2023-01-01", "PRB", "2"),
    ],
    "screening": [
        ("a", "more_information", "no_plan", "2022-10-03", ""), ("a", "accepted", "adds_value", "2022-10-10", "3"),
        ("b", "rejected", "level_one", "2022-10-05", ""), ("c", "accepted", "adds_value", "2023-01-02", "2"),
    ],
}  # fmt: skip


def test_referrals_are_counted_by_their_own_days() -> None:
    one = facts(**REFERRED)
    assert shown("REF-IN", one) == {
        "Police, Level 3": "1", "Police, Total": "1", "Probation Service, Level 2": "1", "Total": "2",
        "Probation Service, Total": "1", "Total, Level 2": "1", "Total, Level 3": "1",
    }  # fmt: skip
    why = shown("REF-OUT", one)
    assert (why["Total, Accepted"], why["Total, Rejected"], why["Total, More information asked for"]) == ("1", "1", "1")  # fmt: skip
    assert why["No risk management plan, More information asked for"] == "1"
    assert shown("REF-LEVEL", one)["Level 2 asked, Level 3 given"] == "1"
    assert shown("REF-DAYS", one) == {"Median days": "7 (n 2)"}, "10 and 4 days"
    assert shown("REF-WAIT", one) == {"Waiting": "1"}
    more = ("c", "more_information", "no_plan", "2022-12-31", "")
    asked = facts(**(REFERRED | {"screening": [*REFERRED["screening"], more]}))
    assert shown("REF-WAIT", asked) == {"Waiting": "1"}, "what was asked is no answer"
    assert shown("REF-WAIT", facts(Q3.after, **REFERRED)) == {"Waiting": "1"}, "the one of January"


# -- caseload ---------------------------------------------------------------------------


def test_levels_that_began_and_ended() -> None:
    levels = {
        "new": [span("2", "2022-10-01", reason="accepted")],
        "up": [span("2", "2022-01-01", "2022-11-30"), span("3", "2022-12-01", reason="stepped_up")],
        "down": [span("3", "2022-01-01", "2022-11-30"), span("1", "2022-12-01")],
        "again": [span("2", "2021-01-01", "2022-01-31"), span("2", "2022-12-01")],
        "left": [span("2", "2022-01-01", "2022-12-31", end_reason="death")],
        "before": [span("2", "2022-11-01", reason="before_record")],
        "fourth": [span("3", "2022-11-01")],
    }
    people = {case: ("4" if case == "fourth" else "2", "", "", "") for case in levels}
    one = facts(levels=levels, people=people)
    assert shown("CASE-IN", one) == {"New at Level 2": "2", "Stepped up to Level 3": "1", "Stepped down to Level 1": "1", "At Level 2 before the record began": "1"}  # fmt: skip
    assert shown("CASE-OUT", one) == {"Death": "1", "Total": "1"}
    table = shown("CASE-OPEN", one)
    assert (table["Level 2, Category 2"], table["Level 3, Category 2"], table["Total"]) == ("4", "1", "5")  # fmt: skip
    assert shown("CASE-YEAR", one)["Level 2"] == "0 of 4 (0 %)"


def test_weeks_and_years_at_a_level_are_of_the_last_day() -> None:
    levels = {"a": [span("2", "2021-12-30")], "b": [span("2", "2022-12-10")]}
    one = facts(levels=levels, people=dict.fromkeys("ab", ("2", "", "", "")))
    assert shown("CASE-YEAR", one) == {"Level 2": "1 of 2 (50 %)", "Level 3": "nothing to count"}
    assert shown("CASE-WEEKS", one)["Level 2"] == "27.6 (n 2)"
    running = facts(levels=levels, people=one.people, today="2022-12-17")
    assert shown("CASE-WEEKS", running)["Level 2"] == "25.6 (n 2)", "as on today while it runs"
    categories = {"a": [span("1", "2020-01-01", "2022-12-30"), span("3", "2022-12-31")]}
    changed = facts(levels=levels, people=one.people, categories=categories)
    assert shown("CASE-OPEN", changed)["Level 2, Category 3"] == "1"


# -- meetings and decisions ---------------------------------------------------------------


def test_meetings_by_what_they_record() -> None:
    one = facts(
        meetings=[
            meeting("a", kind="emergency", sitting="s"), meeting("b", level="3", sitting="s"),
            meeting("c", kind="initial", sitting="t"), meeting("d", kind="emergency"),
        ],
        said={
            "a": {"emergency_cause": "housing", "mode": "remote", "actual_start": "09:00", "actual_end": "09:40",
                  "quoracy_override_reason": "written", "disclosure_considered": "yes", "level_decision": "L3"},
            "b": {"cppc_considered": "Yes", "actual_start": "10:00", "scheme_referral": "written", "dissent_summary": "written"},
            "c": {"disclosure_considered": "no", "actual_start": "23:50", "actual_end": "00:10"},
        },
        dissent=frozenset({"b", "c"}), spoc=["a", "a"], put_off=[("cancelled", "staffing"), ("postponed", "staffing")],
        office=[("a", "chair", "one"), ("b", "chair", "one"), ("c", "chair", "two"), ("c", "minute_taker", "x")],
    )  # fmt: skip
    assert shown("MEET-HELD", one)["Level 2, Emergency"] == "2"
    assert shown("MEET-CAUSE", one) == {"Housing lost": "1", "Not recorded": "1", "Total": "2"}
    assert shown("MEET-OFF", one)["Staffing, Total"] == "2"
    assert shown("MEET-QUORUM", one) == {"Not quorate": "1 of 4 (25 %)"}
    assert shown("MEET-MODE", one) == {"Remote": "1", "Not recorded": "3", "Total": "4"}
    assert shown("MEET-LENGTH", one) == {"Level 2": "40 (n 1)", "Level 3": "nothing to count"}
    assert shown("MEET-SITTING", one) == {"Meetings of a sitting": "1.5 (n 2)"}
    assert shown("ATT-SPOC", one) == {"Single point of contact rung": "2"}
    assert shown("DEC-LEVEL", one) == {"Level 3": "1", "Not recorded": "3", "Total": "4"}
    assert shown("DEC-CONSIDERED", one) == {"Disclosure considered": "1 of 4 (25 %)"}
    assert shown("DEC-CPPC", one) == {"CPPC considered": "1 of 1 (100 %)"}
    assert shown("DEC-SCHEME", one) == {"DVDS or CSODS": "1"}
    assert shown("DEC-DISSENT", one) == {"Meetings with dissent": "2"}
    assert shown("WORK-CHAIR", one) == {"Mean of each": "1.5 (n 2)", "Most of one": "2 (n 2)"}
    assert shown("WORK-TAKER", one) == {"Mean of each": "1 (n 1)", "Most of one": "1 (n 1)"}


def test_actions_outcomes_and_who_they_are() -> None:
    levels = {case: [span("2", "2022-01-01")] for case in "abcde"}
    one = facts(
        actions=["Police", "", "Police"], carried=frozenset({("c", 1, 2)}),
        events=[("a", "returned_licence"), ("a", "returned_licence"), ("b", "charged")],
        orders=["SHPO", "SHPO", ""], levels=levels, manual={"SFO": 2},
        people={
            "a": ("2", "2004-12-31", "Male", "White British"), "b": ("1", "2005-01-01", "M", "white"),
            "c": ("3", "1957-12-31", "female", "Asian/Indian"), "d": ("2", "", "non-binary", "a traveller"),
            "e": ("2", "1990-05-05", "", ""),
        },
    )  # fmt: skip
    assert shown("ACT-SET", one) == {"Not recorded": "1", "Police": "2"}
    assert shown("ACT-CARRIED", one) == {"Carried twice or more": "1"}
    assert shown("OUT-EVENTS", one) == {"Returned to custody for breach of licence": "1", "Charged with a further serious offence": "1"}  # fmt: skip
    assert shown("OUT-ORDERS", one) == {"Sexual Harm Prevention Order": "2", "Not recorded": "1"}
    assert shown("OUT-SFO", one) == {"Serious Further Offences notified": "2"}
    assert shown("DIV-AGE", one) == {"Under 18": "1", "18 to 24": "1", "25 to 34": "1", "65 and over": "1", "Not recorded": "1", "Total": "5"}  # fmt: skip
    assert shown("DIV-SEX", one) == {"Male": "2", "Female": "1", "In other words": "1", "Not recorded": "1", "Total": "5"}  # fmt: skip
    assert shown("DIV-ETHNICITY", one) == {"Asian": "1", "White": "2", "In other words": "1", "Not recorded": "1", "Total": "5"}  # fmt: skip


# -- shares and means that come from elsewhere -------------------------------------------------


def test_a_share_has_its_number_beside_it_and_a_small_one_does_not_leave() -> None:
    given = {
        "K-ATT3": [Given("Police", 4, 5), Given("Housing", 1, 4), Given("Trust", 0, 0, known=False)],
        "K-REV2": [], "AUD-MEAN": [Given("K: K1", 2.5, 4)],
    }  # fmt: skip
    one = facts(given=given)
    assert shown("K-ATT3", one) == {"Police": "4 of 5 (80 %)", "Housing": "1 of 4 (25 %)", "Trust": "not known"}  # fmt: skip
    assert shown("K-REV2", one) == {"Reviews at Level 2 in time": "nothing to count"}
    assert shown("K-REV3", one) == {"Reviews at Level 3 in time": "not known"}
    assert shown("AUD-MEAN", one) == {"K: K1": "2.5 (n 4)"}
    assert shown("K-ATT3", one, below=5) == {"Police": "4 of 5 (80 %)", "Housing": "*", "Trust": "not known"}  # fmt: skip
    assert shown("AUD-MEAN", one, below=5) == {"K: K1": "*"}


def test_what_leaves_shows_no_small_number_anywhere() -> None:
    one = facts(**REFERRED, spoc=["a"] * 3, manual={"SCR": 1})
    for figure in quarterly([one], below=5).figures:
        for line in figure.lines[Q3]:
            small = line.of if line.of is not None else line.value
            assert not (small is not None and 0 < small < 5), (figure.measure.id, line)
    assert shown("OUT-SCR", one, below=5) == {"MAPPA serious case reviews": "*"}


def test_the_csv_has_a_row_for_each_line_and_no_formula() -> None:
    report = quarterly([facts(actions=["=cmd()"], given={"K-ATT3": [Given("+1", 1, 2)]})])
    out = io.StringIO()
    csv.writer(out).writerows(csv_rows(report))
    heading, *rows = csv.reader(io.StringIO(out.getvalue()))
    assert tuple(heading) == CSV_COLUMNS
    assert len(rows) == sum(len(f.lines[Q3]) for f in report.figures)
    assert ["2022-23-Q3", "Attendance", "K-ATT3", "'+1", "1", "2", "50", "counted"] in rows
    assert ["2022-23-Q3", "Decisions", "DEC-WHOM", "Disclosed to whom, by type", "not known", "", "", "not_known"] in rows  # fmt: skip
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")]
    data = as_data(report)
    assert {"quarters", "figures", "notes", "withheld_below"} <= data.keys()
    assert len(data["figures"]) == len(MEASURES)


def test_rows_are_dealt_out_to_the_quarter_of_their_day() -> None:
    names = "answer dissent spoc office action carried put_off event order referral screening level category person"
    rows: dict[str, Any] = {name: [] for name in names.split()}
    rows["meeting"] = [("a", "c", "2", "review", "2022-12-31", ""), ("b", "c", "2", "review", "2022-09-30", "")]  # fmt: skip
    rows |= {"action": [("a", "Police")], "since": [("meetings", "2022-01-01")], "event": [("c", "charged", "2022-07-01")]}  # fmt: skip
    second, third = facts_of(rows, [Q3.before, Q3], "2023-05-01", {}, {})
    assert ([m.id for m in second.meetings], [m.id for m in third.meetings]) == (["b"], ["a"])
    assert (list(second.actions), list(third.actions)) == ([], ["Police"])
    assert (list(second.events), list(third.events)) == ([("c", "charged")], [])
    assert Line("x", 1, 3, is_share=True).percent == 33.3
