"""The annual report from a record: what it knows, what it does not, what was written in Word. Invented."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from panelkit.domain.annual_paper import NOT_KNOWN, SLOTS, AnnualPaper, Fact
from panelkit.domain.errors import BadInput, NotAllowed, NotFound
from panelkit.domain.people import Access, Role
from panelkit.domain.report_year import ReportYear
from panelkit.domain.smb import BoardPresence
from panelkit.domain.spans import SpanKind
from panelkit.domain.vocabulary import AgencyType, Category, Level
from panelkit.services.annual_papers import AnnualPapers
from panelkit.services.choosing import Choosing
from panelkit.services.desk import Desk
from panelkit.services.entering import enter
from panelkit.services.observations import Observations
from panelkit.services.people import FIRST, People, found
from panelkit.services.referrals import Referrals
from panelkit.services.smb import BoardMeetings
from panelkit.services.year_facts import ASKED, YearFacts
from panelkit.store.record import Record
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over
from tests.desk import CHAIR, Clock, approved, make_desk
from tests.documents.test_audit_papers import words_in
from tests.services.test_annual import OTHER, YEAR, annual, case_of, histories, supply
from tests.stats.rows import PUBLISHED

NOW = ReportYear.named("2026-27")
HELD = ("l2_review_carried_actions", "l3_emergency_dissent")


def papers(desk: Desk, record: Record | None = None, own: Path | None = None) -> AnnualPapers:
    record = record or desk.caseload.record
    shipped = desk.minute_taking.choosing.shipped
    return AnnualPapers(record, desk.area, desk.clock, CHAIR, Choosing(record, desk.clock, shipped, own))  # fmt: skip


def facts(paper: AnnualPaper) -> dict[str, Fact]:
    return {fact.what: fact for several in paper.facts.values() for fact in several}


def test_a_year_with_nothing_in_it_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(NotFound, match=r"Nothing is recorded for 2022-23"):
        papers(desk).paper(YEAR)


def test_every_table_rule_sum_and_figure_of_the_year_is_in_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", Category.ONE)
    supply(desk)
    annual(desk).publish(YEAR)
    paper = papers(desk).paper(YEAR)
    report = annual(desk).report(YEAR)
    for printed in paper.tables:
        table = report.tables.tables[printed.id]
        for row, cells in printed.rows:
            assert cells == tuple(table.cell(row, column).shown for column in table.columns)
    assert [one.id for one in paper.tables] == list(report.tables.tables)
    assert (paper.rules, paper.missing, paper.published_on) == (
        report.rules,
        (),
        date(2026, 11, 23),
    )
    assert {one.figure: one.value for one in paper.entered} == PUBLISHED
    said = words_in(papers(desk).word(paper))
    for words in (*paper.rules, *(note for one in paper.tables for note in one.notes)):
        assert " ".join(words.split()) in said
    for total in paper.sums:
        assert total.partition(", ")[2] in said
    assert "the population aged 10 and over is 2540000" in next(t for t in paper.tables if t.id == "T8").notes[0]  # fmt: skip
    assert "T7: " not in str(paper.notes)
    assert CHAIR not in said
    assert OTHER not in said
    assert "HM-1" not in said


def test_the_record_knows_its_panels_and_says_what_it_does_not(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=HELD)
    approved(desk, "WM-0143-3")
    histories(desk).derive()
    paper = papers(desk).paper(NOW)
    known = facts(paper)
    listed = [s for s in desk.caseload.record.meetings() if NOW.start <= s.held_on <= NOW.end]
    assert known["Panels listed"].now == str(len(listed))
    held = [s for s in listed if str(s.state) in ("closed", "approved", "issued")]
    assert known["Panels held"].now == str(len(held))
    assert held
    assert known["Emergency panels listed"].now == "1"
    assert known["Emergency panels: housing lost"].now == "not shown: fewer than 5 in all"
    assert known["Panels listed"].before == NOT_KNOWN, "before the record's first meeting"
    assert "first meeting was on" in paper.facts_note
    for what in ("Referrals received", "Attendance at the board"):
        assert (known[what].now, known[what].before) == (NOT_KNOWN, NOT_KNOWN)
        assert known[what].why
    # Once the record holds some, they are counted; a year before them is still not known.
    record = desk.caseload.record
    referrals = Referrals(record, desk.clock, "Gwen Harcastle")
    boards = BoardMeetings(record, desk.clock, "Gwen Harcastle")
    for _ in range(2):
        referrals.receive(NOW.start, "Probation Harrowmere", AgencyType.PRB, Level.TWO)
    boards.add(NOW.start)
    boards.came(NOW.start, "Harrowmere Police", AgencyType.POL, BoardPresence.ATTENDED)
    boards.came(NOW.start, "Vale Cross Homes", AgencyType.RSL, BoardPresence.APOLOGIES)
    known = facts(papers(desk).paper(NOW))
    assert (known["Referrals received"].now, known["Of them accepted"].now) == ("2", "0")
    assert known["Meetings of the board"].now == "1"
    assert known["Attendance at the board"].now == "1 of 2 places"
    assert known["Referrals received"].before == NOT_KNOWN
    assert not known["Referrals received"].why
    assert {asked.what for asked in ASKED} <= set(known)
    assert {asked.beside for asked in ASKED} <= set(SLOTS)
    text = words_in(papers(desk).word(paper))
    for name in ("Invented", "WM-0143", "HM-"):
        assert name not in text.replace("Invented cases are among those counted", "")
    assert not re.search(r"[1-4] of [1-4] (?:meetings|cases|actions)", text), (
        "small shares stay here"
    )


def test_a_share_of_too_few_stays_in_the_area_and_how_many_were_left_out_is_said(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, samples=HELD)
    approved(desk, "WM-0143-3")
    histories(desk).derive()
    paper = papers(desk).paper(NOW)
    assert all("fewer than 5" in f"{two} {three}" or "%" in f"{two} {three}" for _, two, three in paper.attendance)  # fmt: skip
    assert re.match(
        r"\d+ organisations were required at fewer than 5 panels", paper.attendance_note
    )
    open_area = dataclasses.replace(desk.area, audit_figures=tuple(
        dataclasses.replace(f, value=1) if f.key == "suppress_below" else f for f in desk.area.audit_figures
    ))  # fmt: skip
    told = YearFacts(desk.caseload.record, open_area, desk.clock).of(NOW)
    assert len(told.attendance) > len(paper.attendance)
    assert any("%" in two for _name, two, _three in told.attendance)


def test_observations_of_lay_advisers_are_counted_and_nobody_elses(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=HELD)
    meeting = approved(desk, "WM-0143-3")
    histories(desk).derive()
    for who in ("Gwen Harcastle", "Somebody Else"):
        verbs = Observations(desk.caseload.record, desk.area, desk.clock, who)
        audit = verbs.begin(meeting)
        for question in audit.form.questions:
            option = question.options[0].key
            audit = verbs.answer(audit, question.id, option)
        verbs.finish(audit)
    (beside,) = (one for key, one in papers(desk).paper(NOW).facts.items() if key == "lay_adviser")
    assert [fact.now for fact in beside] == ["1", "1", "0"]


def test_earlier_years_stand_as_published_else_as_counted_else_as_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", first="2021-05-01")
    supply(desk, YEAR.before)
    annual(desk).publish(YEAR.before)
    case_of(desk, "HM-2", first="2021-05-01")
    later = ReportYear(YEAR.begins + 1)
    histories(desk).leave("HM-1", date(2022, 5, 1), *_left())
    histories(desk).leave("HM-2", date(2022, 5, 1), *_left())
    supply(desk, later)
    told = papers(desk).paper(later).earlier
    assert [one.year for one in told] == ["2021-22", "2022-23", "2023-24"]
    assert (told[0].total, told[0].eligible) == (1, 3638 + 1650 + 1), "as it was published"
    assert told[0].source == "published on 23 November 2026"
    assert (told[1].total, told[1].eligible, told[1].source) == (2, None, "counted now")
    assert (told[2].total, told[2].source) == (0, "counted for this report")
    far = ReportYear(YEAR.begins + 3)
    supply(desk, far)
    assert [(one.year, one.source) for one in papers(desk).paper(far).earlier][-2] == ("2024-25", "nothing is recorded")  # fmt: skip
    assert len(papers(desk).paper(far).earlier) == 5
    said = words_in(papers(desk).word(papers(desk).paper(later)))
    assert "2021-22 5289 1 0 1 published on 23 November 2026" in said


def _left() -> tuple[Any, str]:
    from panelkit.domain.spans import SpanReason

    return SpanReason.TRANSFERRED_OUT, "to another area"


def test_an_earlier_year_whose_histories_do_not_agree_stops_no_later_report(tmp_path: Path) -> None:
    from sqlalchemy import text

    from panelkit.store.engine import writing

    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", first="2021-05-01")
    histories(desk).leave("HM-1", date(2021, 9, 1), *_left())
    with writing(desk.caseload.record.engine) as there:
        there.execute(text("insert into span select 'x', case_id, kind, '3', '2021-06-01', '2021-07-01', reason, '', '', '', 0, '', '', '', '', 1 from span where kind = 'level'"))  # fmt: skip
    supply(desk)
    told = papers(desk).paper(YEAR).earlier
    assert [(one.year, one.total, one.source) for one in told] == [
        ("2021-22", None, "its histories do not agree: see stats annual"),
        ("2022-23", 0, "counted for this report"),
    ]


# -- the file, and what was written in it ------------------------------------------------------


def test_a_report_nobody_touched_is_replaced_and_an_edited_one_is_kept(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    verbs, target = papers(desk), tmp_path / "report.docx"
    paper = verbs.paper(YEAR)
    assert not verbs.write_word(paper, target).written.edited
    desk.clock.move(hours=1)
    assert verbs.write_word(paper, target).written.path == target
    there = docx.Document(str(target))
    nasty = "Ours, {{ 7*7 }} & [[title]] =1+1"
    for p in there.paragraphs:
        if "what changed since" in p.text:
            p.text = nasty
    there.save(str(target))
    before = target.read_bytes()
    supply(desk)
    done = verbs.write_word(verbs.paper(YEAR), target)
    assert target.read_bytes() == before
    assert done.written.path == tmp_path / "report (2).docx"
    assert (done.written.edited, done.kept, done.lost) == (True, ("reflections",), ())
    said = words_in(done.written.path.read_bytes())
    assert nasty in said
    assert "DRAFT: 5 texts to be written" in said
    assert "3638" in said
    assert nasty not in words_in(verbs.word(verbs.paper(YEAR)))
    again = verbs.write_word(verbs.paper(YEAR), done.written.path)
    assert again.written.path == done.written.path, "nobody edited it: replaced"
    assert again.kept == ("reflections",)
    assert nasty in words_in(again.written.path.read_bytes()), "and its words go on"
    assert sorted(p.name for p in tmp_path.glob("*.docx")) == ["report (2).docx", "report.docx"]


@pytest.mark.parametrize("what", ["another document", "no document", "another year"])
def test_a_file_that_is_no_report_of_the_year_is_refused_and_left_as_it_was(
    tmp_path: Path, what: str
) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    supply(desk, YEAR.before)
    target = tmp_path / "there.docx"
    if what == "another document":
        docx.Document().save(str(target))
    elif what == "no document":
        target.write_bytes(b"words")
    else:
        papers(desk).write_word(papers(desk).paper(YEAR.before), target)
    before = target.read_bytes()
    with pytest.raises(BadInput, match=r"there\.docx.* Name another file|there\.docx") as refused:
        papers(desk).write_word(papers(desk).paper(YEAR), target)
    assert refused.value.remedy == "Name another file."
    assert target.read_bytes() == before
    assert list(tmp_path.glob("*.docx")) == [target]


def test_an_areas_own_wording_and_headings_are_used(tmp_path: Path) -> None:
    import shutil

    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    own = tmp_path / "own" / "annual_report"
    shutil.copytree(desk.minute_taking.choosing.shipped / "annual_report", own)
    shutil.copytree(desk.minute_taking.choosing.shipped / "minutes", tmp_path / "own" / "minutes")
    for folder in (own, own.parent / "minutes"):
        toml = folder / "template.toml"
        toml.write_text(toml.read_text("utf-8").replace('version = "1.0"', 'version = "N1"'), "utf-8")  # fmt: skip
    (own / "wording" / "reflections.j2").write_text("Ours for {{ year }}.", "utf-8")
    verbs = papers(desk, own=own.parent)
    said = words_in(verbs.word(verbs.paper(YEAR)))
    assert "Ours for 2022-23." in said
    assert "DRAFT: 9 figures not supplied; 5 texts to be written" in said
    (own / "wording" / "reflections.j2").write_text("{{ year.upper() }}", "utf-8")
    with pytest.raises(BadInput, match=r"reflections\.j2, line 1: holds a call"):
        papers(desk, own=own.parent).word(verbs.paper(YEAR))


# -- who may -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("cheap_slots")
def test_a_case_that_is_hidden_from_whoever_makes_it_is_in_no_figure_and_no_name_says_whose(
    tmp_path: Path,
) -> None:
    path, clock = tmp_path / "r.db", Clock()
    made = found(path, CHAIR, FIRST, "a passphrase of Ruth", clock)
    desk = desk_over(Settings(clock=clock), made.record)
    from panelkit.packs.reader import read_pack
    from tests.desk import SAMPLES

    for name in HELD:
        pack = read_pack(SAMPLES / f"{name}.toml", desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting])
    histories(desk).begin("WM-0143", SpanKind.LEVEL, "2", date(2026, 4, 2), because="invented")
    annual(desk).set_figure(NOW, "T3", "1", source="invented")
    people = People(made.record, clock)
    people.add(OTHER, [Role.COORDINATOR], "passphrase of Omar")
    people.add("Gwen Harcastle", [Role.LAY_ADVISER], "passphrase of Gwen")
    people.set_access("WM-0143", OTHER, Access.BARRED)
    listed = [s.ref for s in made.record.meetings() if NOW.start <= s.held_on <= NOW.end]
    mine = [ref for ref in listed if not ref.startswith("WM-0143")]
    assert 0 < len(mine) < len(listed)
    made.record.close()
    record = enter(path, OTHER, "", "passphrase of Omar", Tries(tmp_path / "t"), clock)
    paper = papers(desk, record).paper(NOW)
    said = words_in(papers(desk, record).word(paper))
    assert facts(paper)["Panels listed"].now == str(len(mine)), "as in a record without that case"
    assert "Counted over the cases that whoever made this report may open." in said
    for name in (OTHER, CHAIR, "WM-0143"):
        assert name not in said
    record.close()
    lay = enter(path, "Gwen Harcastle", "", "passphrase of Gwen", Tries(tmp_path / "t"), clock)
    for refused in (
        lambda: papers(desk, lay).paper(NOW), lambda: papers(desk, lay).word(paper),
        lambda: papers(desk, lay).workbook(paper), lambda: YearFacts(lay, desk.area, clock).of(NOW),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            refused()
    lay.close()


def test_a_workbook_takes_no_reading_of_meetings(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    paper = papers(desk).paper(YEAR, narrated=False)
    assert not paper.facts
    target = tmp_path / "t.xlsx"
    assert papers(desk).write_workbook(paper, target).written.path == target
    assert io.BytesIO(target.read_bytes()).read(2) == b"PK"
