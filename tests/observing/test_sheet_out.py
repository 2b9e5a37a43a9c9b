"""The sheet as it leaves: one page, sound, and not a word of whose it is."""

from __future__ import annotations

import dataclasses
import random
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from panelkit.audit.forms import load_forms
from panelkit.documents.lay_sheet import LaySheet, write_sheet
from panelkit.domain import entries as e
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.observing import lay_advisers, observed
from panelkit.domain.sheet_numbers import ALPHABET, PRINTED, new_number, number_of, printed
from panelkit.domain.vocabulary import AgencyType
from panelkit.services import lay_sheets
from panelkit.services.desk import Desk
from tests.desk import CHAIR
from tests.documents.house_files import parts_of
from tests.documents.reading import HOUSE, W, body, names
from tests.documents.test_word import converted, office
from tests.observing.sheets import ADVISER, CLOSED, COORDINATOR, REF, blank, coordinator

NUMBER = new_number(random.Random(7).randrange)


def sheet(form_id: str = "L") -> LaySheet:
    form = next(form for form in load_forms() if form.id == form_id)
    return LaySheet(NUMBER, observed(form))


@pytest.mark.office
@pytest.mark.parametrize("form_id", ["L", "S12"])
def test_it_is_one_page_of_a4(tmp_path: Path, form_id: str) -> None:
    office()
    file = tmp_path / "sheet.docx"
    file.write_bytes(write_sheet(sheet(form_id), HOUSE))
    pdf = converted(file, "pdf", tmp_path / "pdf")
    said = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    assert re.search(r"^Pages:\s+1$", said, re.MULTILINE), said
    assert "A4" in said


@pytest.mark.parametrize("form_id", ["L", "S12"])
def test_it_is_sound_and_a_box_stands_for_every_grade(tmp_path: Path, form_id: str) -> None:
    file = tmp_path / "sheet.docx"
    file.write_bytes(write_sheet(sheet(form_id), HOUSE))
    result = OpenXmlValidator().validate(file)
    assert result.is_valid, [str(error) for error in result.errors]
    boxes = list(body(file.read_bytes()).iter(f"{W}sdt"))
    assert len(boxes) == 13 * 5
    ids = [box.find(f"{W}sdtPr/{W}id").get(f"{W}val") for box in boxes]  # type: ignore[union-attr]
    said = [box.find(f"{W}sdtPr/{W}alias").get(f"{W}val") for box in boxes]  # type: ignore[union-attr]
    assert len(set(ids)) == len(set(said)) == len(boxes)
    assert said[0] == "Line 1: excellent 4"
    assert write_sheet(sheet(form_id), HOUSE) == file.read_bytes()


def test_the_sheets_of_any_two_meetings_are_the_same_but_for_the_number(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Whatever a meeting, an observer, an area, a day or a desk hold: none of it is in the file."""
    other = coordinator(tmp_path / "other") if (tmp_path / "other").mkdir() is None else desk
    made = []
    for one, ref, who in ((desk, REF, ADVISER), (other, CLOSED, "Another Adviser")):
        source = random.Random(3)
        monkeypatch.setattr(lay_sheets.secrets, "randbelow", source.randrange)
        made.append(blank(one, ref, observer=who))
        one.clock.now = one.clock.now.replace(year=2031)  # type: ignore[attr-defined]
    assert made[0].name == made[1].name
    assert made[0].read_bytes() == made[1].read_bytes()


def _values(thing: object) -> Iterator[str]:
    if isinstance(thing, datetime | date):
        yield from (thing.isoformat(), f"{thing:%Y-%m-%d}", f"{thing:%d %B %Y}", f"{thing:%d/%m/%Y}")  # fmt: skip
    elif isinstance(thing, str):
        yield str(thing)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            yield from _values(getattr(thing, each.name))
    elif isinstance(thing, Mapping):
        for pair in thing.items():
            yield from _values(pair)
    elif isinstance(thing, tuple | list | frozenset | set):
        for each in thing:
            yield from _values(each)


def test_no_field_of_the_meeting_reaches_any_part_or_the_name(desk: Desk) -> None:
    meeting = desk.caseload.find(REF)
    path = blank(desk)
    ours = b"".join(parts_of(write_sheet(sheet(), HOUSE)).values()).decode("utf-8", "replace")
    values = {value for value in _values((meeting.case, meeting.answers, meeting.rows, meeting.held_on, meeting.ref, meeting.id)) if len(value) > 3}  # fmt: skip
    values |= {desk.area.name, COORDINATOR, ADVISER, str(desk.clock().date()), "2026"}
    tested = {value for value in values if value not in ours}
    assert len(tested) > 300
    for name, data in parts_of(path.read_bytes()).items():
        text = name + data.decode("utf-8", "replace")
        assert not [value for value in tested if value in text], name
    assert not [value for value in tested if value in path.name]
    assert "docProps/custom.xml" not in names(path.read_bytes())
    print(f"{len(tested)} values of the meeting, 0 found")


def test_a_number_stands_for_the_meeting_the_form_and_the_observer(desk: Desk) -> None:
    meeting = desk.caseload.find(REF)
    one = blank(desk)
    desk.clock.move(minutes=1)  # type: ignore[attr-defined]
    two = blank(desk, observer="Another Adviser", form_id="S12")
    first, second = desk.lay_sheets.of(meeting)
    assert (first.observer, first.form.id, first.written_by) == (ADVISER, "L-observed", COORDINATOR)
    assert (second.observer, second.form.id, second.read_at) == ("Another Adviser", "S12-observed", None)  # fmt: skip
    assert {one.name, two.name} == {f"observation-sheet-{printed(s.number)}.docx" for s in (first, second)}  # fmt: skip
    assert desk.caseload.record.find_sheet(first.number) == first
    with pytest.raises(NotFound, match="not written from this record"):
        desk.caseload.record.find_sheet(NUMBER)
    assert desk.caseload.record.verify().is_good


def test_a_number_that_is_taken_is_drawn_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([1] * 7 + [1] * 7 + [2] * 7)
    monkeypatch.setattr(lay_sheets.secrets, "randbelow", lambda _n: next(drawn))
    assert blank(desk) != blank(desk)


def test_who_fills_it_in_is_the_one_lay_adviser_listed_or_is_said(desk: Desk) -> None:
    meeting = desk.caseload.find(CLOSED)
    with pytest.raises(Refused, match=r"No lay adviser|Several"):
        _write_for_nobody(desk, meeting.ref)
    with pytest.raises(Refused, match="chaired"):
        blank(desk, observer=CHAIR)
    running = desk.caseload.find(REF)
    before = len(desk.lay_sheets.of(running))
    if not lay_advisers(running):
        row = e.Attendance(id="lay", name="Ira Vance", organisation="Board", agency=AgencyType.LAY)
        running = desk.chairing.add(running, row)
    (only,) = lay_advisers(running)
    desk.documents.mkdir(exist_ok=True)
    assert desk.lay_sheets.write(running, desk.documents).sheet.observer == only
    assert len(desk.lay_sheets.of(running)) == before + 1


def _write_for_nobody(desk: Desk, ref: str) -> None:
    meeting = desk.caseload.find(ref)
    rows = tuple(r for r in meeting.of(e.Attendance) if r.agency is not AgencyType.LAY)
    bare = dataclasses.replace(meeting, rows={**meeting.rows, "attendance": rows})
    desk.lay_sheets.write(bare, desk.documents)


# -- numbers ---------------------------------------------------------------------------


@given(st.randoms(use_true_random=False))
def test_a_number_is_read_back_however_it_is_written(source: random.Random) -> None:
    number = new_number(source.randrange)
    assert PRINTED.fullmatch(printed(number))
    for written in (number, printed(number), printed(number).lower(), " ".join(number)):
        assert number_of(written) == number


@given(st.randoms(use_true_random=False), st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_or_two_that_changed_places_is_no_number(source: random.Random, place: int, wrong: str) -> None:  # fmt: skip
    number = new_number(source.randrange)
    mistyped = number[:place] + wrong + number[place + 1 :]
    assert number_of(mistyped) == (number if mistyped == number else "")
    swapped = number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :] if place else number  # fmt: skip
    assert number_of(swapped) == (number if swapped == number else "")
