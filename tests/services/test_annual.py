"""Annual tables counted from a record, figures by two people, histories by hand. All invented."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.areas.loader import load_area
from panelkit.areas.models import Counting
from panelkit.domain import counting
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, NotAllowed, NotFound, Refused
from panelkit.domain.manual_figures import ASKED
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.people import Access, Role
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import SpanKind, SpanReason, live
from panelkit.domain.vocabulary import Category
from panelkit.services.annual import Annual
from panelkit.services.desk import Desk
from panelkit.services.disposing import Disposing
from panelkit.services.entering import enter
from panelkit.services.histories import Histories
from panelkit.services.people import FIRST, People, found
from panelkit.store.engine import writing
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over
from tests.desk import CHAIR, Clock, make_desk
from tests.stats.rows import PUBLISHED

YEAR = ReportYear.named("2022-23")
OTHER = "Omar Okafor"


def annual(desk: Desk, who: str = CHAIR) -> Annual:
    return Annual(desk.caseload.record, desk.area, desk.clock, who)


def histories(desk: Desk) -> Histories:
    return Histories(desk.caseload.record, desk.clock, CHAIR)


def case_of(desk: Desk, ref: str, category: Category = Category.TWO, first: str = "2022-05-01") -> str:  # fmt: skip
    """At Level 2 and in the community from a day on."""
    case = Case(id=f"id-{ref}", ref=ref, category=category, fiction=True)
    desk.caseload.record.add_case(case, desk.caseload.by(), command=ref)
    for kind, value in ((SpanKind.LEVEL, "2"), (SpanKind.WHEREABOUTS, "community")):
        histories(desk).begin(ref, kind, value, date.fromisoformat(first), because="invented")
    return ref


def supply(desk: Desk, year: ReportYear = YEAR) -> None:
    for asked in ASKED:
        annual(desk).set_figure(year, asked.id, str(PUBLISHED[asked.id]), source="invented")
        annual(desk, OTHER).confirm(year, asked.id)


# -- the tables -------------------------------------------------------------------------


def test_a_year_with_nothing_in_it_is_named(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(NotFound, match=r"Nothing is recorded for 2022-23"):
        annual(desk).report(YEAR)


def test_tables_from_histories_entered_by_hand_and_the_cases_behind_a_cell(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    case_of(desk, "HM-2", Category.ONE)
    histories(desk).begin("HM-2", SpanKind.LEVEL, "3", date(2022, 9, 1), reason=SpanReason.STEPPED_UP, because="x")  # fmt: skip
    report = annual(desk).report(YEAR)
    second = report.as_data()["tables"]["T2"]["rows"]
    assert second["Level 2"] == {"Category 1": 0, "Category 2": 1, "Category 3": 0, "Total": 1}
    assert second["Level 3"]["Category 1"] == 1
    assert "Invented cases are among those counted." in report.notes
    behind = annual(desk).behind(YEAR, "t2", "level 3", "category 1")
    assert behind.refs == ("HM-2",)
    assert annual(desk).behind(YEAR, "T2", "Total", "Total").refs == ("HM-1", "HM-2")
    with pytest.raises(BadInput, match="There is no such row of T2"):
        annual(desk).behind(YEAR, "T2", "Level 1", "Total")
    assert any("so far" in note for note in annual(desk).report(ReportYear.named("2026-27")).notes)


def test_a_figure_is_printed_once_two_people_stand_for_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    annual(desk).set_figure(YEAR, "t3", "62", source="Court results")
    report = annual(desk).report(YEAR)
    assert "T3" in report.tables.not_supplied
    assert [figure.figure for figure in report.waiting] == ["T3"]
    for who in (CHAIR, CHAIR.upper(), f" {CHAIR} "):
        with pytest.raises(Refused, match="second person"):
            annual(desk, who).confirm(YEAR, "T3")
    annual(desk, OTHER).confirm(YEAR, "T3")
    with pytest.raises(Refused, match="already"):
        annual(desk, "Somebody third").confirm(YEAR, "T3")
    printed = annual(desk).report(YEAR).as_data()
    assert printed["tables"]["T3"]["rows"] == {"Cautioned or convicted": {"Number": 62}}
    annual(desk, OTHER).set_figure(YEAR, "T3", "63", source="Court results, mended")
    assert "T3" in annual(desk).report(YEAR).tables.not_supplied, (
        "another figure, confirmed by none"
    )
    with pytest.raises(NotFound, match="was not entered"):
        annual(desk).confirm(YEAR, "T4")
    with pytest.raises(BadInput, match="Say where T4 comes from"):
        annual(desk).set_figure(YEAR, "T4", "1", source=" ")


def test_a_history_that_cannot_be_so_stops_the_tables_and_names_its_case(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    with writing(desk.caseload.record.engine) as there:
        there.execute(text("insert into span select 'x', case_id, kind, '3', '2022-06-01', '', reason, '', '', '', 0, '', '', '', '', 1 from span where kind = 'level'"))  # fmt: skip
    with pytest.raises(Refused, match="HM-1: the level 2 from 2022-05-01 overlaps the level 3"):
        annual(desk).report(YEAR)


def test_how_it_counts_is_settled_by_the_area_and_printed(tmp_path: Path) -> None:
    file = tmp_path / "area.toml"
    file.write_text('name = "Harrowmere"\nextends = "national"\n[counting]\nt2_count_rule = { value = "each", source = "Board, May 2026" }\n')  # fmt: skip
    area = load_area(file)
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    histories(desk).begin("HM-1", SpanKind.LEVEL, "3", date(2022, 9, 1), because="x")
    verbs = Annual(desk.caseload.record, area, desk.clock, CHAIR)
    report = verbs.report(YEAR)
    assert report.tables.tables["T2"].cell("Total", "Total").value == 2
    assert any(rule.endswith("Board, May 2026") for rule in report.rules)
    assert annual(desk).report(YEAR).tables.tables["T2"].cell("Total", "Total").value == 1
    file.write_text('name = "H"\nextends = "national"\n[counting]\nt2_count_rule = { value = "twice", source = "s" }\n')  # fmt: skip
    with pytest.raises(BadInput, match="t2_count_rule"):
        load_area(file)


def test_every_rule_with_a_choice_can_be_set_and_no_other() -> None:
    choices = {rule.id for rule in counting.RULES if len(rule.choices) > 1}
    assert set(Counting.model_fields) == choices == {key for key, _ in load_area().counting}
    for rule in counting.RULES:
        field = Counting.model_fields.get(rule.id)
        if field is not None:
            assert set(re.findall(r"'(\w+)'", str(field.annotation))) == set(rule.choices)
    assert dict(load_area().counting) == {k: v for k, v in counting.settled().items() if k in choices}  # fmt: skip


# -- published, and let go --------------------------------------------------------------


def test_what_was_published_stays_when_a_case_is_disposed_of(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    record = desk.caseload.record
    case_of(desk, "HM-1")
    case_of(desk, "HM-2")
    with pytest.raises(Refused, match=r"T1\.L1\.C1, T1\.L1\.C2, T3.* not supplied"):
        annual(desk).publish(YEAR)
    supply(desk)
    annual(desk).publish(YEAR)
    assert annual(desk).report(YEAR).differs == ()
    verbs = Disposing(record, desk.clock, CHAIR)
    verbs.review("HM-1", date(2026, 11, 1), "area schedule")
    verbs.propose("HM-1", "past its review")
    Disposing(record, desk.clock, OTHER).agree("HM-1")
    with record._reading() as connection:
        assert connection.execute(text("select distinct case_id from span")).all() == [("id-HM-2",)]
    report = annual(desk).report(YEAR)
    assert "T2, Level 2, Category 2: published 2, counted now 1" in report.differs
    assert report.published is not None
    assert report.published.tables["tables"]["T2"]["rows"]["Total"]["Total"] == 2
    assert "HM-1" not in str(report.published.tables)
    assert record.verify().is_good
    supply(desk, ReportYear.named("2026-27"))
    with pytest.raises(Refused, match="2026-27 ends on 31 March 2027"):
        annual(desk).publish(ReportYear.named("2026-27"))


# -- histories by hand --------------------------------------------------------------------


def test_a_return_ends_the_days_in_the_community_and_an_event_before_its_case_is_refused(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    verbs = histories(desk)
    with pytest.raises(Refused, match=r"HM-1: .* before the case began, on 1 May 2022"):
        verbs.happened("HM-1", OutcomeKind.RETURNED_LICENCE, date(2022, 4, 1))
    with pytest.raises(BadInput, match="still to come"):
        verbs.happened("HM-1", OutcomeKind.RETURNED_LICENCE, date(2027, 4, 1))
    done = verbs.happened("HM-1", OutcomeKind.RETURNED_LICENCE, date(2022, 10, 2), "custody suite")
    where = live(done.spans, SpanKind.WHEREABOUTS)
    assert [(s.value, s.to_day) for s in where] == [("community", date(2022, 10, 1)), ("recalled", None)]  # fmt: skip
    tables = annual(desk).report(YEAR).tables.tables
    assert tables["T7a"].cell("Level 2", "Category 2").value == 1
    assert tables["T1"].cell("Level 2", "Category 2").value == 0, "in custody on 31 March"
    verbs.did_not_happen("HM-1", 1, "another person")
    assert annual(desk).report(YEAR).tables.tables["T7a"].cell("Total", "Total").value == 0
    with pytest.raises(NotFound, match="no event 2"):
        verbs.did_not_happen("HM-1", 2, "x")


def test_a_line_is_corrected_or_withdrawn_with_a_reason_and_never_deleted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    verbs = histories(desk)
    number = next(n for n, s in enumerate(verbs.history("HM-1").spans, 1) if s.kind is SpanKind.LEVEL)  # fmt: skip
    with pytest.raises(BadInput, match="Say why"):
        verbs.correct("HM-1", number, " ", from_day=date(2022, 6, 1))
    with pytest.raises(Refused, match="the last day is before the first"):
        verbs.correct("HM-1", number, "typo", to_day=date(2022, 4, 1))
    verbs.correct("HM-1", number, "typo", from_day=date(2022, 6, 1), value="Level 3")
    (level,) = live(verbs.history("HM-1").spans, SpanKind.LEVEL)
    assert (level.value, level.from_day, level.because) == ("3", date(2022, 6, 1), "typo")
    place = next(n for n, s in enumerate(verbs.history("HM-1").spans, 1) if s.kind is SpanKind.LEVEL)  # fmt: skip
    verbs.withdraw("HM-1", place, "not this case")
    assert [s.withdrawn for s in verbs.history("HM-1").spans if s.kind is SpanKind.LEVEL] == ["not this case"]  # fmt: skip
    with pytest.raises(Refused, match="was withdrawn"):
        verbs.withdraw("HM-1", place, "again")
    verbs.begin("HM-1", SpanKind.LEVEL, "2", date(2022, 6, 1), because="it was Level 2")
    with pytest.raises(BadInput, match="no reason for leaving"):
        verbs.leave("HM-1", date(2022, 9, 1), SpanReason.STEPPED_UP, "x")
    gone = verbs.leave("HM-1", date(2022, 9, 1), SpanReason.TRANSFERRED_OUT, "to another area")
    assert live(gone.spans, SpanKind.LEVEL)[-1].to_day == date(2022, 8, 31)
    assert any("transferred in or out" in n for n in annual(desk).report(YEAR).notes)
    with pytest.raises(Refused, match="at no level"):
        verbs.leave("HM-1", date(2022, 10, 1), SpanReason.DEATH, "x")


def test_histories_are_worked_out_once_from_meetings_that_were_held(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    verbs = histories(desk)
    followed = [(s.kind, s.value, s.from_day, s.to_day) for s in verbs.history("WM-0143").spans]
    with writing(desk.caseload.record.engine) as there:
        there.execute(text("delete from span"))  # as a record from before histories were kept
    done = verbs.derive()
    assert (done.changed, done.problems) == (("WM-0143",), ())
    spans = verbs.history("WM-0143").spans
    assert all(span.derived for span in spans)
    assert [(s.kind, s.value, s.from_day, s.to_day) for s in spans] == followed
    assert live(spans, SpanKind.LEVEL)
    head = desk.caseload.record.head()
    assert verbs.derive().changed == ()
    assert desk.caseload.record.head() == head, "nothing is written twice"


# -- who may ------------------------------------------------------------------------------


@pytest.mark.usefixtures("cheap_slots")
def test_for_whoever_is_barred_from_a_case_the_tables_are_those_of_a_record_without_it(
    tmp_path: Path,
) -> None:
    path, clock = tmp_path / "r.db", Clock()
    made = found(path, CHAIR, FIRST, "a passphrase of Ruth", clock)
    desk = desk_over(Settings(clock=clock), made.record)
    case_of(desk, "HM-1")
    case_of(desk, "HM-2")
    histories(desk).happened("HM-1", OutcomeKind.RETURNED_LICENCE, date(2022, 6, 1))
    assert annual(desk).report(YEAR).tables.tables["T7a"].cell("Total", "Total").value == 1
    people = People(made.record, clock)
    people.add(OTHER, [Role.COORDINATOR], "passphrase of Omar")
    people.add("Gwen Harcastle", [Role.LAY_ADVISER], "passphrase of Gwen")
    people.set_access("HM-1", OTHER, Access.BARRED)
    made.record.close()

    def at(name: str, passphrase: str) -> tuple[Annual, Histories]:
        record = enter(path, name, "", passphrase, Tries(tmp_path / "t"), clock)
        return Annual(record, desk.area, clock, name), Histories(record, clock, name)

    mine, told = at(OTHER, "passphrase of Omar")
    behind = mine.behind(YEAR, "T2", "Level 2", "Category 2")
    assert (behind.cell.value, behind.refs) == (1, ("HM-2",))
    report = mine.report(YEAR)
    assert report.tables.tables["T7a"].cell("Total", "Total").value == 0
    assert report.tables.counts.outside == []
    assert f"Counted over the cases that {OTHER} may open." in report.notes
    for read in (told.history, lambda ref: told.withdraw(ref, 1, "x")):
        with pytest.raises(NotFound, match="no case HM-1"):
            read("HM-1")
    assert mine.record.spans("id-HM-1") == mine.record.events("id-HM-1") == ()
    assert told.derive().changed == ()
    mine.record.close()
    lay, _ = at("Gwen Harcastle", "passphrase of Gwen")
    with pytest.raises(NotAllowed):
        lay.report(YEAR)
    lay.record.close()
