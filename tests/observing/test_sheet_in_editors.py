"""What editors, people and enemies do to a sheet before it comes back."""

from __future__ import annotations

import copy
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.desk import Desk
from tests.desk import fresh_meeting
from tests.documents.reading import W, said
from tests.documents.test_word import converted, office
from tests.observing.sheets import (
    FULL,
    LINES,
    REF,
    Change,
    a_run,
    blank,
    comment,
    coordinator,
    filled,
    listed,
    read,
    row_of,
    tick,
)
from tests.takeback.malformed import malformed
from tests.takeback.test_office import SCRIPT, SYSTEM_PYTHON


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
