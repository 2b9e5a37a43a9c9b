"""Referrals read in from a Word form or a table, and answered by letter. All of it invented."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.areas.loader import load_area
from panelkit.documents.referral_reading import read_referrals
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, NotAllowed, PanelkitError, Refused
from panelkit.domain.people import Role
from panelkit.domain.put_off import PutOffReason
from panelkit.domain.referral_form import HEADINGS, PERSON, QUESTIONS
from panelkit.domain.referrals import REASONS, Screened, ScreenedBecause
from panelkit.domain.screening import TESTS, Check, EligibleBy, Found
from panelkit.domain.spans import SpanKind
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level
from panelkit.services.desk import Desk
from tests.desk import fresh_meeting, make_desk
from tests.test_referral_commands import run
from tests.tui.test_roles import desk_as

POLICE = "Harrowmere Police"
LABELS = {one.key: one.label for one in QUESTIONS}
FULL = {
    "organisation": POLICE, "agency": "Police", "level": "Level 3", "received_on": "2 November 2026",
    "category": "2", "eligible_by": "sentence", "date_of_birth": "3 June 1990", "age": "adult",
    "adds_value": "yes", "adds_value_why": "two agencies do not share what they know",
    "resources": "Not known",
}  # fmt: skip
AREA = load_area("west_midlands")
SECRET = "Otto Quince, born in Wexmere"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    return make_desk(tmp_path)


def cells(form: WordDocument) -> dict[str, list[object]]:
    """The rows of the form's tables by what stands in their first cell."""
    return {row.cells[0].text: list(row.cells) for table in form.tables for row in table.rows}


def filled(desk: Desk, path: Path, said: Mapping[str, str], **more: str) -> Path:
    """The form as somebody fills it in with Word."""
    desk.referral_forms.blank(path)
    form = Document(str(path))
    rows = cells(form)
    for key, words in (dict(said) | more).items():
        if key in LABELS:
            rows[LABELS[key]][2].text = words  # type: ignore[attr-defined]
            continue
        test = Check(key.removesuffix("_why"))
        rows[test.label][2 if key.endswith("_why") else 1].text = words  # type: ignore[attr-defined]
    rows[PERSON[0]][1].text = SECRET  # type: ignore[attr-defined]
    form.save(str(path))
    return path


def table(path: Path, *rows: Mapping[str, str], headings: tuple[str, ...] = HEADINGS) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


# -- the form -----------------------------------------------------------------------------------


def test_a_filled_form_is_understood_shown_and_kept_without_a_name(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    path = filled(desk, tmp_path / "r.docx", FULL)
    told = run("referral", "read", str(path))
    assert "Level asked for: Level 3" in told
    assert "add value to managing serious harm: Yes: two agencies do not share" in told
    assert "Date of birth: looked at (it is not kept)" in told
    assert "Nothing is kept yet" in told
    assert desk.referrals.every() == ()
    read = desk.referral_forms.read(path)
    assert desk.referral_forms.take_in(read) == desk.referral_forms.take_in(read), "kept once"
    (one,) = desk.referrals.every()
    assert (one.organisation, one.agency, one.level_asked) == (POLICE, AgencyType.POL, Level.THREE)
    assert (one.category, one.eligible_by, one.age) == (Category.TWO, EligibleBy.SENTENCE, AgeGroup.ADULT)  # fmt: skip
    assert one.received_on == date(2026, 11, 2)
    assert one.answers == {
        Check.VALUE: "yes: two agencies do not share what they know", Check.RESOURCES: "not_known"
    }  # fmt: skip
    assert SECRET not in told
    stored = (tmp_path / "record.db").read_bytes() + (tmp_path / "record.db-wal").read_bytes()
    assert b"Otto Quince" not in stored
    # Not within a digest, an id or a fraction of a second, where any digits may stand by chance.
    year = re.search(rb"(?<![0-9a-f.])(?<![0-9a-f]{8}-)1990(?![0-9a-f])", stored)
    assert year is None, "the date of birth is looked at and not kept"
    assert desk.caseload.record.verify().is_good


def test_what_is_not_understood_in_a_form_is_named_with_its_place(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    path = filled(
        desk, tmp_path / "r.docx", FULL, agency="the nick", adds_value="perhaps", level=""
    )
    form = Document(str(path))
    rows = cells(form)
    rows[LABELS["case"]][1].text = "it has none"  # type: ignore[attr-defined]
    form.tables[0].add_row().cells[0].text = "Something of ours"
    form.tables[0].rows[-1].cells[2].text = "blue"
    form.tables[2].add_row().cells[1].text = SECRET
    form.add_paragraph(f"{SECRET}, again")
    form.save(str(path))
    read = desk.referral_forms.read(path)
    (row,) = read.rows
    assert not read.is_whole
    assert [one.place for one in row.wrong] == [
        "“Kind of agency”", "“Level asked for”", f"“{Check.VALUE.label}”",
    ]  # fmt: skip
    assert "Write one of POL" in row.wrong[0].why
    assert row.wrong[1].why.startswith("Level asked for is blank. Write one of 2, 3.")
    told = [(one.what, one.words) for one in read.not_read]
    assert ("beside “Reference of the case”", "it has none") in told
    assert any(words.startswith("Something of ours") and "blue" in words for _what, words in told)
    assert ("words outside the tables", "") in told, "said that it is there, and not what"
    assert SECRET not in str(told)
    with pytest.raises(Refused, match="Kind of agency"):
        desk.referral_forms.take_in(read)
    assert desk.referrals.every() == ()


def test_a_line_that_is_gone_and_one_that_stands_twice_are_named(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    path = filled(desk, tmp_path / "r.docx", FULL)
    form = Document(str(path))
    first, *_, last = form.tables[0].rows[1:]
    first._tr.getparent().remove(first._tr)
    last.cells[0].text, last.cells[1].text, last.cells[2].text = LABELS["category"], "", "3"
    form.save(str(path))
    read = desk.referral_forms.read(path)
    assert [one.place for one in read.rows[0].wrong] == [f"“{LABELS['organisation']}”"]
    told = {one.what: one.why for one in read.not_read}
    assert told[f"“{LABELS['organisation']}”"] == "Its line is not in the form."
    assert "the first counts" in told[f"“{LABELS['category']}”"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.docx", b"PK\x03\x04 and no more", "damaged or cut short"),
        ("r.docx", b"words", "is not a Word file"),
        ("r.pdf", b"%PDF", "is not read as a referral"),
        ("r.csv", b"", "is blank"),
        ("r.csv", b"organisation,agency\nA,POL\n", "no column is called level"),
        ("r.csv", b"organisation,agency,level\n", "no referral under them"),
        ("r.csv", b"organisation,agency,level,level\nA,POL,2,2\n", "are both called level"),
    ],
)
def test_a_file_that_is_no_referral_is_one_sentence(
    desk: Desk, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=said) as failed:
        desk.referral_forms.read(tmp_path / name)
    assert failed.value.remedy


def test_a_word_file_that_is_no_form_of_ours_is_refused(desk: Desk, tmp_path: Path) -> None:
    other = Document()
    other.add_paragraph("Minutes of something else")
    other.save(str(tmp_path / "m.docx"))
    with pytest.raises(BadInput, match="is no referral form"):
        desk.referral_forms.read(tmp_path / "m.docx")


# -- a table ------------------------------------------------------------------------------------


def test_a_table_is_taken_in_whole_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    good = {"organisation": POLICE, "agency": "POL", "level": "2", "received_on": "2026-11-02"}
    child = good | {"date_of_birth": "2012-04-05", "age": "adult"}
    bad = good | {"level": "1", "high_risk_why": "no reason why"}
    path = table(tmp_path / "r.csv", good, child, bad)
    told = run("referral", "read", str(path), "--keep", code=1)
    assert "line 3, column I: By the date of birth the individual was under 18" in told
    assert "is marked as an adult. Ask the referrer" in told
    assert "line 4, column C: Level asked for: there is no such answer. Write one of 2, 3." in told
    assert "line 4, column L: The risk of serious harm" in told
    assert "Nothing is kept" in told
    assert desk.referrals.every() == ()
    table(path, good, child | {"age": "child"}, good | {"level": "3"})
    assert "Kept: R-0001, R-0002, R-0003" in run("referral", "read", str(path), "--keep")
    assert [(one.age, one.level_asked) for one in desk.referrals.every()] == [
        (None, Level.TWO), (AgeGroup.CHILD, Level.TWO), (None, Level.THREE),
    ]  # fmt: skip
    again = run("referral", "read", str(path))
    assert "R-0001 came from the same organisation on the same day for the same level" in again


def test_a_column_of_names_is_not_read_and_said_so(desk: Desk, tmp_path: Path) -> None:
    good = {"organisation": POLICE, "agency": "POL", "level": "2", "Name": SECRET}
    path = table(tmp_path / "r.csv", good, headings=("organisation", "agency", "level", "Name"))
    told = run("referral", "read", str(path), "--keep", "--on", "2026-11-20")
    assert "column D: Its heading is none of a referral’s" in told
    assert SECRET not in told
    assert desk.referrals.find("R-1").received_on == date(2026, 11, 20)


def test_what_does_not_go_together_is_pointed_out_and_may_be_kept(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    row = {"organisation": POLICE, "agency": "POL", "level": "2", "category": "1", "eligible_by": "hospital"}  # fmt: skip
    read = desk.referral_forms.read(table(tmp_path / "r.csv", row))
    assert read.is_whole
    assert any("leads to Category 2" in one for one in read.rows[0].notices)
    assert len(desk.referral_forms.take_in(read)) == 1


answers = st.fixed_dictionaries(
    {
        "organisation": st.sampled_from([POLICE, "Vale & Cross <Homes>", "Ärzte"]),
        "agency": st.sampled_from([str(kind) for kind in AgencyType if kind.takes_part]),
        "level": st.sampled_from(["2", "3"]),
        "category": st.sampled_from(["", "1", "2", "3", "4"]),
        "eligible_by": st.sampled_from(["", *map(str, EligibleBy)]),
        "age": st.sampled_from(["", *map(str, AgeGroup)]),
        **{str(test): st.sampled_from(["", *map(str, Found)]) for test in TESTS},
    }
)


@settings(max_examples=25, deadline=None)
@given(answers)
def test_a_table_says_what_was_written_into_it(
    tmp_path_factory: pytest.TempPathFactory, row: dict[str, str]
) -> None:
    path = table(tmp_path_factory.mktemp("t") / "r.csv", row)
    day = date(2026, 11, 20)
    (read,) = read_referrals(path, AREA, day, day, blank=bytes).rows
    came = read.came
    assert came is not None
    assert not read.wrong
    assert (came.organisation, str(came.agency), str(came.level)) == (
        row["organisation"], row["agency"], row["level"],
    )  # fmt: skip
    claimed = came.claimed
    assert [str(one or "") for one in (claimed.category, claimed.eligible_by, claimed.age)] == [
        row["category"], row["eligible_by"], row["age"],
    ]  # fmt: skip
    assert claimed.answers == {test: row[str(test)] for test in TESTS if row[str(test)]}


# -- against the record -------------------------------------------------------------------------


def test_somebody_who_is_at_the_level_already_is_named_with_the_place_and_a_way_on(
    desk: Desk, tmp_path: Path
) -> None:
    meeting = fresh_meeting(desk, "HM-1")
    desk.histories.begin("HM-1", SpanKind.LEVEL, "2", date(2026, 3, 3), because="moved from paper")
    row = FULL | {"level": "2", "case": "HM-1"}
    for path in (filled(desk, tmp_path / "r.docx", row), table(tmp_path / "r.csv", row)):
        (read,) = desk.referral_forms.read(path).rows
        (wrong,) = read.wrong
        assert "case" in wrong.place.casefold()
        assert "HM-1 is managed at Level 2 already, since 3 March 2026" in wrong.why
        assert "Hold a review of it" in wrong.why
    asked = desk.referral_forms.read(table(tmp_path / "r.csv", row | {"level": "3"}))
    assert asked.is_whole, "a higher level may be asked for"
    with pytest.raises(Refused, match="HM-1 is managed at Level 2 already"):
        run("referral", "add", "--from", POLICE, "--agency", "POL", "--level", "2", "--on", "2026-11-02", "--case", "HM-1")  # fmt: skip
    assert desk.referrals.every() == ()
    assert meeting.case.ref == "HM-1"


def test_a_meeting_that_is_planned_at_that_level_counts_as_there(desk: Desk) -> None:
    fresh_meeting(desk, "HM-1")
    with pytest.raises(Refused, match=r"HM-1 has a Level \d meeting already: HM-1-1, on"):
        run("referral", "add", "--from", POLICE, "--agency", "POL", "--level", "2", "--on", "2026-11-02", "--case", "HM-1")  # fmt: skip


def test_a_meeting_that_stands_cancelled_manages_nobody(desk: Desk) -> None:
    meeting = fresh_meeting(desk, "HM-1")
    asked = ("referral", "add", "--from", POLICE, "--agency", "POL", "--level", "2", "--on", "2026-11-02", "--case", "HM-1")  # fmt: skip
    desk.putting_off.cancel(meeting.ref, PutOffReason.NOT_NEEDED)
    run(*asked)
    assert [one.case_id for one in desk.referrals.every()] == [""], "about it, and not linked yet"
    desk.putting_off.undo(meeting.ref, 1, "wrong case")
    with pytest.raises(Refused, match="meeting already"):
        run(*asked)


def test_a_case_that_is_known_to_be_a_child_is_not_taken_for_an_adult(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    born = Case(id="c", ref="HM-7", category=Category.TWO, fiction=True, born=date(2011, 2, 3))
    desk.caseload.create_case(born)
    row = {"organisation": POLICE, "agency": "POL", "level": "2", "age": "adult", "case": "HM-7"}
    (read,) = desk.referral_forms.read(table(tmp_path / "r.csv", row)).rows
    (wrong,) = read.wrong
    assert wrong.place == "line 2, case"
    assert "under 18" in wrong.why
    assert "2011" not in wrong.why
    with pytest.raises(PanelkitError, match="under 18"):
        run("referral", "add", "--from", POLICE, "--agency", "POL", "--level", "2", "--on", "2026-11-02", "--case", "HM-7", "--age", "adult")  # fmt: skip


def test_the_record_may_change_between_reading_and_keeping(desk: Desk, tmp_path: Path) -> None:
    born = Case(id="c", ref="HM-7", category=Category.TWO, fiction=True)
    desk.caseload.create_case(born)
    row = {"organisation": POLICE, "agency": "POL", "level": "2", "case": "HM-7"}
    other = row | {"case": ""}
    read = desk.referral_forms.read(table(tmp_path / "r.csv", other, row))
    assert read.is_whole
    desk.histories.begin("HM-7", SpanKind.LEVEL, "2", date(2026, 11, 1), because="moved")
    with pytest.raises(Refused, match="managed at Level 2 already"):
        desk.referral_forms.take_in(read)
    assert desk.referrals.every() == (), "all or none"


def test_only_whoever_plans_reads_in_and_answers(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.READER)
    path = table(tmp_path / "r.csv", {"organisation": POLICE, "agency": "POL", "level": "2"})
    with pytest.raises(NotAllowed):
        desk.referral_forms.read(path)
    with pytest.raises(NotAllowed):
        desk.referral_forms.letter("R-1", tmp_path)


# -- screening and the letter -------------------------------------------------------------------


def answered(desk: Desk, decision: Screened, because: ScreenedBecause, **more: object) -> str:
    made = desk.referrals.receive(date(2026, 11, 2), POLICE, AgencyType.POL, Level.THREE)
    done = desk.referrals.decide(made.ref, decision, because, date(2026, 11, 10), **more)  # type: ignore[arg-type]
    return done.ref


def letter(desk: Desk, folder: Path, ref: str) -> str:
    """Every word of the letter, opened again in Word."""
    written = desk.referral_forms.letter(ref, folder)
    assert written.path.name == f"{ref}_letter.docx"
    opened = Document(str(written.path))
    head = [p.text for s in opened.sections for p in s.header.paragraphs]
    rows = [" | ".join(c.text for c in row.cells) for t in opened.tables for row in t.rows]
    return "\n".join([*head, *(p.text for p in opened.paragraphs), *rows])


TESTED = {
    Check.ELIGIBLE: "yes: the index offence", Check.VALUE: "yes: three agencies", Check.HIGH: "yes",
    Check.RESOURCES: "no: nothing at short notice", Check.PROFILE: "no",
}  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "because", "said", "not_said"),
    [
        (Screened.ACCEPTED, ScreenedBecause.SENIOR, ("accepted at Level 3, the level that you asked for", "first meeting in a letter of its own"), ("looked at again",)),
        (Screened.ANOTHER_LEVEL, ScreenedBecause.LOWER_ENOUGH, ("accepted at Level 2, and not at Level 3", "If you think that Level 3 is needed, say why by 7 December 2026"), ()),
        (Screened.REJECTED, ScreenedBecause.LEVEL_ONE, ("to Level 3 is not accepted", "Go on managing the risk at Level 1", "say why by 7 December 2026", "refer again"), ("first meeting",)),
        (Screened.REJECTED, ScreenedBecause.ALREADY_THERE, ("brought to the next review",), ("first meeting",)),
        (Screened.MORE_INFORMATION, ScreenedBecause.NO_BASIS, ("cannot be decided yet", "what is missing by 7 December 2026", "Eligibility not shown"), ("looked at again",)),
    ],
)  # fmt: skip
def test_the_letter_says_what_was_decided_why_and_what_comes_next(
    desk: Desk, tmp_path: Path, decision: Screened, because: ScreenedBecause,
    said: tuple[str, ...], not_said: tuple[str, ...],
) -> None:  # fmt: skip
    words = "as we said on the telephone"
    ref = answered(desk, decision, because, words=words, answers=TESTED)
    told = letter(desk, tmp_path, ref)
    for each in (*said, because.label, words, POLICE, "OFFICIAL-SENSITIVE", ref, "2 November 2026"):
        assert each in told, each
    for each in not_said:
        assert each not in told, each
    assert "Eligible for MAPPA | Yes" in told
    assert "The tests of Level 3, as answered: not met." in told
    assert "three agencies" not in told, "the lines of the tests stay with the record"
    assert "MAPPA co-ordinator of" in told


def test_an_area_says_whom_to_ask(desk: Desk, tmp_path: Path) -> None:
    area = dataclasses.replace(desk.area, referral_contact="the MAPPA office, 0000 111 222")
    ref = answered(desk, Screened.REJECTED, ScreenedBecause.NO_PLAN)
    told = letter(dataclasses.replace(desk, area=area), tmp_path, ref)
    assert f"Ask the MAPPA office, 0000 111 222, and quote {ref}." in told


def test_the_letter_is_of_the_decision_that_stands(desk: Desk, tmp_path: Path) -> None:
    ref = answered(desk, Screened.MORE_INFORMATION, ScreenedBecause.NO_PLAN)
    assert "cannot be decided yet" in letter(desk, tmp_path, ref)
    desk.referrals.decide(ref, Screened.REJECTED, ScreenedBecause.NO_PLAN, date(2026, 11, 12))
    assert "is not accepted" in letter(desk, tmp_path, ref)
    desk.referrals.undo(ref, "another one was meant")
    assert "cannot be decided yet" in letter(desk, tmp_path, ref)
    desk.referrals.withdraw(ref, "typed twice")
    with pytest.raises(Refused, match="was withdrawn"):
        desk.referral_forms.letter(ref, tmp_path)


def test_a_decision_against_its_tests_needs_words(desk: Desk) -> None:
    with pytest.raises(BadInput, match="The tests of Level 3, as they are answered, are not met"):
        answered(desk, Screened.ACCEPTED, ScreenedBecause.SENIOR, answers=TESTED)
    assert desk.referrals.find("R-1").screening == ()
    done = desk.referrals.decide(
        "R-1", Screened.ANOTHER_LEVEL, ScreenedBecause.LOWER_ENOUGH, date(2026, 11, 10),
        answers=TESTED,
    )  # fmt: skip
    assert done.settled is not None
    assert (done.settled.level_given, done.settled.answers) == (Level.TWO, TESTED)


def test_the_lower_level_is_no_reason_for_the_higher(desk: Desk) -> None:
    desk.referrals.receive(date(2026, 11, 2), POLICE, AgencyType.POL, Level.TWO)
    why, on = ScreenedBecause.LOWER_ENOUGH, date(2026, 11, 10)
    with pytest.raises(BadInput, match="Level 3 is not the lower level"):
        desk.referrals.decide("R-1", Screened.ANOTHER_LEVEL, why, on)
    done = desk.referrals.decide("R-1", Screened.ANOTHER_LEVEL, ScreenedBecause.SENIOR, on)
    assert done.settled is not None
    assert done.settled.level_given is Level.THREE


def test_words_are_emptied_and_answers_stay(desk: Desk) -> None:
    ref = answered(desk, Screened.REJECTED, ScreenedBecause.LEVEL_ONE, answers=TESTED)
    after = desk.referrals.without_words(ref)
    assert after.screening[0].answers == {check: said.split(":")[0] for check, said in TESTED.items()}  # fmt: skip
    with pytest.raises(Refused, match="no words to empty"):
        desk.referrals.without_words(ref)


def test_a_decision_at_another_level_is_counted_as_accepted(desk: Desk) -> None:
    answered(desk, Screened.ANOTHER_LEVEL, ScreenedBecause.LOWER_ENOUGH)
    told = json.loads(run("stats", "quarterly", "--quarter", "2026-27-Q3", "--json"))
    assert "Accepted at another level" not in json.dumps(told)
    rows = json.dumps(told)
    assert ScreenedBecause.LOWER_ENOUGH.label in rows
    assert set(REASONS) == set(Screened)


def test_the_headings_of_a_table_and_a_blank_form_are_written(desk: Desk, tmp_path: Path) -> None:
    run("referral", "form", "--csv", "-o", str(tmp_path / "r.csv"))
    assert (tmp_path / "r.csv").read_text("utf-8").strip().split(",") == list(HEADINGS)
    run("referral", "form", "-o", str(tmp_path / "forms"))
    labels = cells(Document(str(tmp_path / "forms" / "referral_form.docx")))
    assert set(LABELS.values()) | {test.label for test in TESTS} | set(PERSON) <= set(labels)
    with pytest.raises(BadInput, match=r"\.docx file"):
        desk.referral_forms.blank(tmp_path / "form.txt")
