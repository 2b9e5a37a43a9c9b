"""The sheet as it comes back: from Word, from LibreOffice, from a pen that slipped, from an enemy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panelkit.domain.audit_forms import NOT_APPLICABLE
from panelkit.domain.auditing import AuditState
from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.text import gate
from panelkit.services.desk import Desk
from tests.observing.sheets import (
    ADVISER,
    COLUMNS,
    COORDINATOR,
    FULL,
    LINES,
    REF,
    Change,
    blank,
    comment,
    coordinator,
    filled,
    listed,
    read,
    tick,
    typed_in,
)


def observations(desk: Desk) -> tuple[object, ...]:
    return desk.observations.of(desk.caseload.find(REF))


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
