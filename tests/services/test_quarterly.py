"""The board's figures from a record: rows, key figures and audits joined. All of it invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.people import Access
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.smb import BoardPresence
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.annual import Annual
from panelkit.services.desk import Desk
from panelkit.services.histories import Histories
from panelkit.services.putting_off import PuttingOff
from panelkit.services.quarter_behind import QuarterBehind
from panelkit.services.quarterly import QuarterlyReport
from panelkit.services.referrals import Referrals
from panelkit.services.smb import BoardMeetings
from panelkit.stats.quarter import Shape, Standing
from panelkit.stats.quarterly import MEASURES, Quarterly
from panelkit.store.keys import Opened
from panelkit.store.record import Record
from tests.desk import CHAIR, fresh_meeting, make_desk
from tests.services.many_meetings import AUDITORS, audit, fill

Q3 = ReportQuarter.named("2026-27-Q3")
DAYS = [date(2026, 10, 2), date(2026, 10, 9), date(2026, 11, 3), date(2026, 7, 1)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three meetings in the quarter and one before it."""
    desk = make_desk(tmp_path)
    fill(desk, tmp_path, DAYS, ("l2_initial", "l3_review"))
    Histories(desk.caseload.record, desk.clock, CHAIR).derive()
    return desk


def report(desk: Desk, quarter: ReportQuarter = Q3, **said: bool) -> Quarterly:
    return QuarterlyReport(desk.caseload.record, desk.area, desk.clock).report(quarter, **said)


def barred(desk: Desk, ref: str) -> Record:
    """The record as somebody has it who may not open the case."""
    record = desk.caseload.record
    case = record.case(ref)
    with record._writing() as connection:
        connection.exec_driver_sql("insert into person (id, name, roles, mark, state, revision) values ('p1', 'Omar Okafor', 'coordinator', '', 'here', 1)")  # fmt: skip
        connection.exec_driver_sql(f"insert into access values ('a', '{case.id}', 'p1', '{Access.BARRED}')")  # fmt: skip
    return Record.open(record.path, opened=Opened(person="p1"))


def shown(told: Quarterly, measure: str, quarter: ReportQuarter = Q3) -> dict[str, str]:
    figure = next(f for f in told.figures if f.measure.id == measure)
    return {line.row: line.shown for line in figure.lines[quarter] if line.shown != "0"}


def test_four_quarters_stand_side_by_side(desk: Desk) -> None:
    told = report(desk)
    assert [one.label for one in told.quarters] == ["2025-26-Q4", "2026-27-Q1", "2026-27-Q2", "2026-27-Q3"]  # fmt: skip
    assert [figure.measure for figure in told.figures] == list(MEASURES)
    assert shown(told, "MEET-HELD")["Total"] == "3"
    assert shown(told, "MEET-HELD", Q3.before)["Total"] == "1"
    assert set(shown(told, "MEET-HELD", told.quarters[0]).values()) == {"not known"}
    assert shown(told, "ACT-SMART")["Harrowmere Police"].endswith("%)")
    assert shown(told, "K-ATT3")["Harrowmere Police"] == "1 of 1 (100 %)"
    assert shown(told, "AUD-DEFECTS") == {"A review that is in time": "2 of 3 (67 %)"}
    assert shown(told, "AUD-DEFECTS", Q3.before) == {"A review that is in time": "1 of 1 (100 %)"}
    assert any("so far" in note for note in told.notes)
    quick = report(desk, with_defects=False)
    assert shown(quick, "AUD-DEFECTS") == {"Top defects": "not known"}


def test_what_was_entered_beside_the_meetings_is_counted(desk: Desk) -> None:
    record, clock = desk.caseload.record, desk.clock
    referrals, boards = Referrals(record, clock, CHAIR), BoardMeetings(record, clock, CHAIR)
    fresh_meeting(desk, "HM-1")
    made = referrals.receive(date(2026, 10, 1), "Harrowmere Police", AgencyType.POL, Level.TWO)
    referrals.decide(made.ref, Screened.ACCEPTED, ScreenedBecause.ADDS_VALUE, date(2026, 10, 1), level=Level.TWO)  # fmt: skip
    referrals.led_to(made.ref, "ZZ-0001")
    PuttingOff(record, clock, CHAIR).cancel("HM-1-1", PutOffReason.STAFFING)
    boards.add(date(2026, 11, 2))
    boards.came(date(2026, 11, 2), "Harrowmere Police", AgencyType.POL, BoardPresence.DEPUTY)
    boards.came(date(2026, 11, 2), "Vale Cross Homes", AgencyType.RSL, BoardPresence.APOLOGIES)
    told = report(desk)
    assert shown(told, "REF-IN")["Police, Level 2"] == "1"
    assert shown(told, "REF-DAYS") == {"Median days": "0 (n 1)"}
    assert shown(told, "MEET-OFF")["Staffing, Cancelled"] == "1"
    assert shown(told, "K-SMB") == {"Harrowmere Police": "1 of 1 (100 %)", "Vale Cross Homes": "0 of 1 (0 %)"}  # fmt: skip
    assert shown(told, "K-INIT") == {"All": "1 of 1 (100 %)"}
    assert set(shown(told, "REF-IN", Q3.before).values()) == {"not known"}, "none was kept yet"


def test_manual_figures_of_a_quarter_take_two_people_and_stay_out_of_the_annual_tables(desk: Desk) -> None:  # fmt: skip
    one, other = (Annual(desk.caseload.record, desk.area, desk.clock, who) for who in (CHAIR, "Omar Okafor"))  # fmt: skip
    one.set_figure(Q3.year, "q3.sfo", "2", source="invented")
    assert shown(report(desk), "OUT-SFO") == {"Serious Further Offences notified": "not supplied"}
    other.confirm(Q3.year, "Q3.SFO")
    told = report(desk)
    figure = next(f for f in told.figures if f.measure.id == "OUT-SFO")
    (line,) = figure.lines[Q3]
    assert (line.value, line.standing) == (2, Standing.MANUAL)
    assert shown(told, "OUT-SFO", Q3.before) == {"Serious Further Offences notified": "not supplied"}  # fmt: skip
    assert "Q3.SFO" not in str(one.report(Q3.year).as_data())
    with pytest.raises(BadInput, match="No figure of that name"):
        one.set_figure(Q3.year, "Q5.SFO", "2", source="invented")
    with pytest.raises(BadInput, match="No figure of that name"):
        one.set_figure(Q3.year, "SFO", "2", source="invented")


def test_audits_are_counted_with_their_mean(desk: Desk) -> None:
    audit(desk, desk.caseload.find("ZZ-0001"), "K", {"K5.1": "mostly"}, AUDITORS[0])
    told = report(desk, with_defects=False)
    assert shown(told, "AUD-DONE") == {"Form K": "1"}
    assert shown(told, "AUD-MEAN")["K: K5.1"].endswith("(n 1)")
    assert set(shown(told, "AUD-MEAN", Q3.before).values()) == {"nothing to count"}


def test_figures_are_over_the_cases_that_whoever_makes_them_may_open(desk: Desk) -> None:
    record = desk.caseload.record
    case = record.case("ZZ-0002")
    referrals = Referrals(record, desk.clock, CHAIR)
    for _ in range(2):
        made = referrals.receive(date(2026, 10, 1), "Harrowmere Police", AgencyType.POL, Level.TWO)
    referrals.decide(made.ref, Screened.ACCEPTED, ScreenedBecause.ADDS_VALUE, date(2026, 10, 1), level=Level.TWO)  # fmt: skip
    referrals.led_to(made.ref, case.ref)
    Histories(record, desk.clock, CHAIR).happened(case.ref, OutcomeKind.CHARGED, date(2026, 11, 20))
    for number, ref in enumerate(("ZZ-0001-1", "ZZ-0002-1")):
        meeting = record.load(ref[:-2])
        given_up = PutOff(
            id=str(number), meeting_id=meeting.id, number=1, kind=PutOffKind.POSTPONED,
            reason=PutOffReason.STAFFING, decided_on=DAYS[0], planned_for=DAYS[0],
        )  # fmt: skip
        record.keep_put_off((meeting, meeting), None, given_up, desk.caseload.by(), command=ref)
    other = barred(desk, case.ref)
    rows, all_rows = (r.quarter_rows(date(2026, 1, 1), date(2026, 12, 31)) for r in (other, record))
    for what, mine, everybodys in (
        ("meeting", 3, 4), ("level", 3, 4), ("person", 3, 4), ("referral", 1, 2), ("screening", 0, 1),
        ("put_off", 1, 2), ("event", 0, 1),
    ):  # fmt: skip
        assert (len(rows[what]), len(all_rows[what])) == (mine, everybodys), what
    for what in ("order", "action", "answer", "office"):
        assert 0 < len(rows[what]) < len(all_rows[what]), what
    other.close()


def test_what_leaves_holds_no_small_number(desk: Desk) -> None:
    told = report(desk, leaving=True, with_defects=False)
    assert told.below == 5
    for figure in told.figures:
        for lines in figure.lines.values():
            for line in lines:
                number = line.of if line.of is not None else line.value
                assert not (number and 0 < number < 5), (figure.measure.id, line)
    assert any(note.startswith("*") for note in told.notes)


def test_a_quarter_without_anything_and_one_to_come_are_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"Nothing is recorded by the end of 2019-20-Q1"):
        report(desk, ReportQuarter.named("2019-20-Q1"))
    with pytest.raises(BadInput, match="begins on 1 January 2027"):
        report(desk, Q3.after)


def test_words_do_not_leave_the_record(desk: Desk) -> None:
    rows = desk.caseload.record.quarter_rows(date(2026, 1, 1), date(2026, 12, 31))
    words = {text for _meeting, field, text in rows["answer"] if field in ("scheme_referral", "dissent_summary", "quoracy_override_reason")}  # fmt: skip
    assert words <= {"written"}
    assert words, "something is written"


# -- what is behind a line -----------------------------------------------------------------


def behind(desk: Desk, measure: str, row: str, quarter: ReportQuarter = Q3) -> list[str]:
    found = QuarterBehind(desk.caseload.record, desk.area, desk.clock).of(quarter, measure, row)
    return [one.ref if one.met is not False else f"not {one.ref}" for one in found]


def test_as_much_is_behind_every_line_as_it_counts(desk: Desk) -> None:
    audit(desk, desk.caseload.find("ZZ-0001"), "K", {"K5.1": "mostly"}, AUDITORS[0])
    told = report(desk)
    seen = set()
    for figure in told.figures:
        measure = figure.measure
        for line in figure.lines[Q3]:
            units = QuarterBehind(desk.caseload.record, desk.area, desk.clock).of(Q3, measure.id, line.row)  # fmt: skip
            if line.standing is Standing.NOT_KNOWN:
                assert not any(one.met is not None for one in units), (measure.id, line)
                continue
            assert bool(units) is bool(line.value or line.of), (measure.id, line)
            if measure.shape in (Shape.TABLE, Shape.LIST) and line.value:
                assert len(units) == line.value, (measure.id, line)
                seen.add(measure.id)
            elif line.is_share and measure.needs in ("meetings", "levels") and line.of:
                assert (len(units), sum(bool(one.met) for one in units)) == (line.of, line.value)
                seen.add(measure.id)
    assert {"MEET-HELD", "CASE-OPEN", "DEC-CONSIDERED", "DIV-AGE"} <= seen


def test_behind_a_line_are_the_meetings_and_cases_that_were_counted(desk: Desk) -> None:
    assert behind(desk, "MEET-HELD", "Level 2, Initial") == ["ZZ-0001-1", "ZZ-0003-1"]
    assert behind(desk, "MEET-HELD", "Total", Q3.before) == ["ZZ-0004-5"]
    assert behind(desk, "CASE-OPEN", "Total")[:2] == ["ZZ-0001", "ZZ-0002"]
    assert behind(desk, "K-ATT3", "Harrowmere Police") == ["ZZ-0002-5"]
    short = behind(desk, "AUD-DEFECTS", "A review that is in time")
    assert len([ref for ref in short if not ref.startswith("not ")]) == 2
    assert behind(desk, "OUT-SFO", "Serious Further Offences notified") == []
    with pytest.raises(NotFound, match="no figure called"):
        behind(desk, "NO-SUCH", "x")


def test_behind_a_line_is_nothing_of_a_case_that_is_closed_to_whoever_asks(desk: Desk) -> None:
    other = barred(desk, "ZZ-0002")
    for measure, row in (("MEET-HELD", "Total"), ("CASE-OPEN", "Total"), ("AUD-DEFECTS", "A review that is in time")):  # fmt: skip
        found = QuarterBehind(other, desk.area, desk.clock).of(Q3, measure, row)
        assert found, measure
        assert not any("ZZ-0002" in one.ref for one in found)
    assert not QuarterBehind(other, desk.area, desk.clock).of(Q3, "K-ATT3", "Harrowmere Police")
    other.close()
