"""The sheet as it comes back: from Word, from LibreOffice, from a pen that slipped, from an enemy."""

from __future__ import annotations

import copy
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from panelkit.domain.audit_forms import NOT_APPLICABLE
from panelkit.domain.auditing import AuditState
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused, StaleRecord
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.desk import Desk
from panelkit.services.lay_sheets import SheetRead
from tests.desk import fresh_meeting
from tests.documents.reading import W, said
from tests.documents.test_word import converted, office
from tests.observing.sheets import (
    ADVISER,
    COLUMNS,
    COORDINATOR,
    REF,
    Change,
    a_run,
    blank,
    comment,
    coordinator,
    filled,
    row_of,
    tick,
    typed_in,
)
from tests.takeback.malformed import malformed
from tests.takeback.test_office import SCRIPT, SYSTEM_PYTHON

ASKED = (
    "L3.3", "L3.4", "L4.1", "L4.2", "L4.3", "L4.4", "L4.5", "L4.6", "L4.7", "L4.8", "L5.1",
    "L5.2", "L5.3",
)  # fmt: skip
LINES = dict(enumerate(ASKED, start=1))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return coordinator(tmp_path)


def read(desk: Desk, *changes: Change) -> SheetRead:
    return desk.lay_sheets.read(filled(blank(desk), *changes))


def listed(found: SheetRead) -> list[tuple[str, str]]:
    return [(one.what, one.words) for one in found.not_read]


def observations(desk: Desk) -> tuple[object, ...]:
    return desk.observations.of(desk.caseload.find(REF))


FULL = (
    tick(1, "excellent"), tick(2, "poor", "X"), tick(3, "satisfactory", "✓"),
    tick(4, "not_applicable"), comment(1, "2", "A cold room & a loud road."),
    comment(2, "", "Well held."), comment(3, "line 4.", "Nobody said.", "", "[/b] “Why?”"),
)  # fmt: skip


def test_a_sheet_filled_in_becomes_the_observation_of_its_adviser(desk: Desk) -> None:
    back = read(desk, *FULL)
    assert listed(back) == []
    assert observations(desk) == (), "reading stores nothing"
    audit = desk.lay_sheets.take_in(back)
    assert (audit.auditor, audit.state, audit.form.id) == (ADVISER, AuditState.FINISHED, "L-observed")  # fmt: skip
    assert audit.answers == {"L3.3": "excellent", "L3.4": "poor", "L4.1": "satisfactory", "L4.2": NOT_APPLICABLE}  # fmt: skip
    assert audit.mark("L3.4").comment == "A cold room & a loud road."
    assert audit.mark("L4.2").comment == "Nobody said.\n\n[/b] “Why?”"
    assert audit.remarks == "Well held."
    assert observations(desk) == (audit,)
    assert desk.audits.of(desk.caseload.find(REF)) == ()
    (sheet,) = desk.lay_sheets.of(desk.caseload.find(REF))
    assert (sheet.read_by, audit.mark("L3.3").marked_by) == (COORDINATOR, ADVISER)
    assert desk.caseload.record.verify().is_good


def test_the_same_sheet_again_changes_nothing(desk: Desk) -> None:
    back = read(desk, *FULL)
    audit = desk.lay_sheets.take_in(back)
    head = desk.caseload.record.head()
    again = desk.lay_sheets.read(back.path)
    assert again.is_known
    assert again.changes == ()
    assert desk.lay_sheets.take_in(again) == desk.lay_sheets.take_in(again, replace=True) == audit
    assert desk.caseload.record.head() == head


def test_a_changed_second_reading_is_shown_and_replaces_only_when_told(desk: Desk) -> None:
    path = blank(desk)
    other = filled(path, *FULL[1:], tick(1, "poor"), tick(5, "poor"), to="again.docx")
    first = desk.lay_sheets.take_in(desk.lay_sheets.read(filled(path, *FULL)))
    back = desk.lay_sheets.read(other)
    assert [(c.question, c.was, c.now) for c in back.changes] == [("L3.3", "excellent", "poor"), ("L4.3", "", "poor")]  # fmt: skip
    with pytest.raises(Refused, match="otherwise"):
        desk.lay_sheets.take_in(back)
    assert observations(desk) == (first,)
    second = desk.lay_sheets.take_in(back, replace=True)
    assert (second.id, second.state) == (first.id, AuditState.FINISHED)
    assert second.answers["L3.3"] == "poor"
    assert second.remarks == first.remarks
    assert desk.caseload.record.verify().is_good


def test_words_that_a_replacement_takes_away_are_kept_in_the_record(desk: Desk) -> None:
    path = blank(desk)
    shorter = filled(path, tick(1, "poor"), to="shorter.docx")
    desk.lay_sheets.take_in(desk.lay_sheets.read(filled(path, *FULL)))
    after = desk.lay_sheets.take_in(desk.lay_sheets.read(shorter), replace=True)
    assert (after.remarks, after.mark("L3.4").comment) == ("", "")
    from sqlalchemy import text

    with desk.caseload.record.engine.connect() as connection:
        kept = set(connection.execute(text("select text from superseded")).scalars())
    assert {"Well held.", "A cold room & a loud road."} <= kept
    assert desk.caseload.record.verify().is_good


def test_it_replaces_what_was_begun_on_screen_only_when_told(desk: Desk) -> None:
    mine = desk.acting_as(ADVISER).observations
    begun = mine.begin(desk.caseload.find(REF))
    path = filled(blank(desk), *FULL)
    assert not desk.lay_sheets.read(path).replaces, "nothing was put into it"
    mine.answer(begun, "L3.3", "poor")
    back = desk.lay_sheets.read(path)
    assert back.replaces
    mine.answer(mine.find(begun.id), "L4.1", "poor")
    with pytest.raises(StaleRecord):
        desk.lay_sheets.take_in(back, replace=True)
    assert mine.find(begun.id).answers == {"L3.3": "poor", "L4.1": "poor"}
    desk.lay_sheets.take_in(desk.lay_sheets.read(path), replace=True)
    assert mine.find(begun.id).answers["L3.3"] == "excellent"


# -- grades ----------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["☒", "☑", "✓", "✔", "X", "x", "×", "☒ x"])
def test_any_tick_is_a_tick(desk: Desk, mark: str) -> None:
    assert read(desk, tick(6, "unsatisfactory", mark)).filled.answers == {"L4.4": "unsatisfactory"}


@pytest.mark.parametrize(
    ("cell", "words", "answer"),
    [
        (1, " 3", "satisfactory"), (1, ": poor", "poor"), (1, " – 4 excellent", "excellent"),
        (1, " n/a", NOT_APPLICABLE), (2, " x", "excellent"), (3, "3", "satisfactory"),
        (5, " Poor", "poor"), (6, "n/a", NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_a_grade_typed_beside_or_in_a_box_counts(desk: Desk, cell: int, words: str, answer: str) -> None:  # fmt: skip
    back = read(desk, typed_in(9, cell, words))
    assert back.filled.answers == {"L4.7": answer}
    assert listed(back) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((tick(9, "poor"), tick(9, "excellent")), "excellent 4 and poor 1"),
        ((tick(9, "poor"), typed_in(9, 1, " 3")), "poor 1 and satisfactory 3"),
        ((tick(9, "poor"), tick(9, "not_applicable")), "poor 1 and does not apply"),
    ],
)
def test_two_grades_are_said_and_not_guessed(desk: Desk, changes: tuple[Change, ...], words: str) -> None:  # fmt: skip
    back = read(desk, *changes, tick(1, "poor"))
    assert back.filled.answers == {"L3.3": "poor"}
    assert listed(back) == [("line 9", words)]
    assert desk.lay_sheets.take_in(back).unanswered.count("L4.7") == 1


@pytest.mark.parametrize(("cell", "words"), [(2, "?"), (3, "4"), (2, "no"), (4, "x, nearly"), (0, " 3")])  # fmt: skip
def test_what_is_no_tick_is_listed(desk: Desk, cell: int, words: str) -> None:
    back = read(desk, typed_in(9, cell, words))
    assert back.filled.answers == {}
    ((what, said_there),) = listed(back)
    assert what == "line 9"
    assert words.strip() in said_there


def test_words_beside_a_question_are_its_comment(desk: Desk) -> None:
    back = read(desk, typed_in(9, 1, " All but one."), tick(9, "satisfactory"), comment(1, "9", "Two."))  # fmt: skip
    assert back.filled.answers == {"L4.7": "satisfactory"}
    assert set(back.filled.comments["L4.7"].split("\n")) == {"All but one.", "Two."}


def test_words_for_a_line_there_is_not_are_kept_with_the_remarks_and_said(desk: Desk) -> None:
    back = read(desk, comment(1, "15", "Which?"), comment(2, "3 and 4", "Both late."), comment(3, "7", ""))  # fmt: skip
    assert back.filled.remarks == "15: Which?\n3 and 4: Both late."
    assert len(back.filled.notices) == 2
    assert listed(back) == [("number of a line", "7")]


# -- what editors and people do to a file ------------------------------------------------


def test_tracked_changes_are_read_as_if_accepted_and_said(desk: Desk) -> None:
    def tracked(root: etree._Element) -> None:
        cell = row_of(root, 3)[2]
        run = next(cell.iter(f"{W}r"))
        gone, came = etree.Element(f"{W}del"), etree.Element(f"{W}ins")
        run.addprevious(gone)
        gone.append(run)
        next(run.iter(f"{W}t")).tag = f"{W}delText"
        gone.addnext(came)
        came.append(a_run("☒"))

    back = read(desk, tracked)
    assert back.filled.answers == {"L4.1": "excellent"}
    assert any("tracked" in notice for notice in back.filled.notices)


def test_struck_out_and_hidden_words_are_not_said_and_are_listed(desk: Desk) -> None:
    def struck(name: str) -> Change:
        def change(root: etree._Element) -> None:
            for run in row_of(root, 3)[5 if name == "strike" else 2].iter(f"{W}r"):
                rpr = run.find(f"{W}rPr")
                etree.SubElement(run if rpr is None else rpr, f"{W}{name}")

        return change

    back = read(
        desk, tick(3, "poor"), struck("strike"), tick(3, "excellent"), struck("vanish"),
        tick(3, "satisfactory"),
    )  # fmt: skip
    assert back.filled.answers == {"L4.1": "satisfactory"}
    assert sorted(what for what, _ in listed(back)) == ["hidden words", "struck-out words"]


def _drop_row(line: int) -> Change:
    def change(root: etree._Element) -> None:
        row = row_of(root, line)[0].getparent()
        row.getparent().remove(row)  # type: ignore[union-attr]

    return change


def _twice(line: int) -> Change:
    def change(root: etree._Element) -> None:
        row = row_of(root, line)[0].getparent()
        row.addnext(copy.deepcopy(row))  # type: ignore[union-attr, type-var]

    return change


def _join(line: int) -> Change:
    def change(root: etree._Element) -> None:
        cells = row_of(root, line)
        cells[0].getparent().remove(cells[3])  # type: ignore[union-attr]

    return change


def _question(line: int, words: str) -> Change:
    def change(root: etree._Element) -> None:
        next(row_of(root, line)[1].iter(f"{W}t")).text = words

    return change


def _headings(root: etree._Element) -> None:
    head = next(root.iter(f"{W}tr"))
    texts = [t for t in head.iter(f"{W}t") if (t.text or "").startswith(("Excellent", "Poor"))]
    texts[0].text, texts[1].text = texts[1].text, texts[0].text


@pytest.mark.parametrize("harm", [_drop_row(9), _twice(9), _join(9), _question(9, "Was it cold?")])
def test_a_line_that_is_not_as_it_was_printed_is_not_read(desk: Desk, harm: Change) -> None:
    back = read(desk, tick(9, "poor"), tick(1, "poor"), harm)
    assert back.filled.answers == {"L3.3": "poor"}
    assert "line 9" in [what for what, _ in listed(back)]


def test_where_the_headings_were_changed_no_grade_is_read(desk: Desk) -> None:
    back = read(desk, tick(9, "poor"), tick(1, "poor"), _headings, comment(1, "", "Well held."))
    assert back.filled.answers == {}
    assert back.filled.remarks == "Well held."
    assert {f"line {n}" for n in LINES} <= {what for what, _ in listed(back)}


def test_words_anywhere_else_are_listed_whole(desk: Desk) -> None:
    def loose(root: etree._Element) -> None:
        paragraphs = [p for p in root.iter(f"{W}p") if said(p)]
        next(p for p in paragraphs if said(p).startswith("Thank you")).append(a_run(" See you.\nSoon."))  # fmt: skip
        p = etree.Element(f"{W}p")
        p.append(a_run("A line of my own."))
        paragraphs[0].addnext(p)
        next(p for p in paragraphs if said(p) == "During the meeting").append(a_run(" all well"))

    back = read(desk, tick(1, "poor"), loose)
    assert sorted(words for _what, words in listed(back)) == [
        "A line of my own.", "During the meeting all well", "See you.\nSoon.",
    ]  # fmt: skip


def _drop_printed_number(root: etree._Element) -> None:
    for p in list(root.iter(f"{W}p")):
        if said(p).startswith("Sheet "):
            p.getparent().remove(p)  # type: ignore[union-attr]


def _drop_mark(root: etree._Element) -> None:
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)  # type: ignore[union-attr]


def test_a_sheet_is_known_by_its_mark_or_by_what_is_printed(desk: Desk) -> None:
    for lost in (_drop_printed_number, _drop_mark):
        assert read(desk, tick(1, "poor"), lost).filled.answers == {"L3.3": "poor"}
    with pytest.raises(BadInput, match="no observation sheet"):
        read(desk, _drop_mark, _drop_printed_number)


def test_two_numbers_a_mistyped_number_and_another_area_s(desk: Desk, tmp_path: Path) -> None:
    def renumbered(number: str) -> Change:
        def change(root: etree._Element) -> None:
            for t in root.iter(f"{W}t"):
                if (t.text or "").startswith("Sheet "):
                    t.text = f"Sheet {number}"

        return change

    first, second = blank(desk), blank(desk)
    other = second.stem.removeprefix("observation-sheet-")
    with pytest.raises(BadInput, match="two sheets"):
        desk.lay_sheets.read(filled(first, renumbered(other)))
    mistyped = other[:-1] + ("2" if other[-1] != "2" else "3")
    with pytest.raises(BadInput, match="mistyped"):
        desk.lay_sheets.read(filled(first, renumbered(mistyped), _drop_mark))
    (tmp_path / "elsewhere").mkdir()
    elsewhere = coordinator(tmp_path / "elsewhere")
    with pytest.raises(NotFound, match="not written from this record"):
        elsewhere.lay_sheets.read(filled(blank(desk), tick(1, "poor")))
    assert elsewhere.observations.of(elsewhere.caseload.find(REF)) == ()


def test_a_blank_sheet_and_one_of_a_meeting_to_come_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nothing could be read"):
        desk.lay_sheets.take_in(read(desk))
    path = filled(blank(desk), tick(1, "poor"))
    late = fresh_meeting(desk)
    assert late.state is MeetingState.PLANNED
    early = desk.lay_sheets.read(filled(blank(desk, late.ref), tick(1, "poor")))
    with pytest.raises(Refused, match="not started"):
        desk.lay_sheets.take_in(early)
    assert desk.lay_sheets.read(path).why_not == ""


def _why_refused(desk: Desk, path: Path) -> str:
    """The one sentence; blank for a file that could be read. Anything else fails the test."""
    try:
        desk.lay_sheets.read(path)
    except PanelkitError as failed:
        return failed.sentence if failed.exit_code == 2 else "\n"
    return ""


def test_broken_and_hostile_files_are_one_sentence_and_change_nothing(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    path = filled(blank(desk), *FULL)
    head = desk.caseload.record.head()
    good, refused = path.read_bytes(), 0
    for number, content in enumerate(malformed(good, 200, seed=11)):
        bad = tmp_path / f"{number}.docx"
        bad.write_bytes(content)
        said_why = _why_refused(desk, bad)
        refused += bool(said_why)
        assert "\n" not in said_why
        bad.unlink()
    print(f"200 files, {refused} refused, 0 tracebacks")
    assert refused > 60
    assert desk.caseload.record.head() == head


@pytest.mark.office
def test_what_libreoffice_saves_again_is_read_the_same(desk: Desk, tmp_path: Path) -> None:
    office()
    path = filled(blank(desk), *FULL)
    saved = converted(path, "docx:MS Word 2007 XML", tmp_path / "saved")
    back, straight = desk.lay_sheets.read(saved), desk.lay_sheets.read(path)
    assert back.filled == straight.filled
    assert listed(back) == []
    odt = converted(path, "odt", tmp_path / "odt")
    round_again = converted(odt, "docx:MS Word 2007 XML", tmp_path / "again")
    again = desk.lay_sheets.read(round_again)
    assert (again.filled.answers, again.filled.comments) == (straight.filled.answers, straight.filled.comments)  # fmt: skip
    assert desk.lay_sheets.take_in(back).remarks == "Well held."


@pytest.mark.office
def test_what_is_typed_in_libreoffice_itself_is_read(desk: Desk, tmp_path: Path) -> None:
    office()
    out = tmp_path / "saved.docx"
    edits = ("Did it begin on time?", " 3", "Please write no names", " at all")
    subprocess.run([SYSTEM_PYTHON, SCRIPT, blank(desk), out, *edits], check=True, timeout=180)
    back = desk.lay_sheets.read(out)
    assert back.filled.answers == {"L4.1": "satisfactory"}
    assert len(listed(back)) == 1


# -- any sheet ---------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60).map(
    lambda text: "".join(c for c in text if c not in "☐□▢❏❑⬜\u200b\ufeff\ufffe\uffff")
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    grades=st.dictionaries(st.sampled_from(sorted(LINES)), st.sampled_from(COLUMNS)),
    said_of=st.lists(st.tuples(st.sampled_from(["", *map(str, LINES)]), WORDS), max_size=5),
)
def test_whatever_is_ticked_and_written_is_what_the_record_holds(
    tmp_path: Path, grades: dict[int, str], said_of: list[tuple[str, str]]
) -> None:
    home = tmp_path / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    desk = coordinator(home)
    comments: dict[str, list[str]] = {}
    for number, words in said_of:
        if words.strip():
            comments.setdefault(LINES[int(number)] if number else "", []).append(gate(words).text.strip())  # fmt: skip
    changes = [tick(line, option) for line, option in grades.items()]
    changes += [comment(row, *pair) for row, pair in enumerate(said_of, start=1)]
    back = read(desk, *changes)
    assert {what for what, _ in listed(back)} <= {"number of a line"}
    if not grades and not comments:
        return
    audit = desk.lay_sheets.take_in(back)
    assert audit.answers == {LINES[line]: option for line, option in grades.items()}
    remarks = comments.pop("", [])
    assert audit.remarks == "\n".join(remarks)
    assert {m.question: m.comment for m in audit.marks if m.comment} == {
        question: "\n".join(words) for question, words in comments.items()
    }
    assert desk.lay_sheets.read(back.path).is_known
    desk.caseload.record.close()
