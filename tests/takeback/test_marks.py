"""The bookmarks of a draft: on every word of the record that is printed, and sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from panelkit.documents import outline
from panelkit.domain.fields import FieldKind
from panelkit.domain.spots import field_at, text_at
from tests.desk import SAMPLES, approved, make_desk
from tests.documents.reading import W, body
from tests.takeback.editing import REF, REVIEW, draft_of

NAMES = sorted(path.stem for path in SAMPLES.glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_the_marks_of_a_draft_are_sound_and_name_the_draft(tmp_path: Path, name: str) -> None:
    desk = make_desk(tmp_path, samples=(name,))
    meeting = desk.caseload.find(desk.caseload.listing()[0].ref)
    path = desk.minute_taking.write(meeting, "full", tmp_path).path
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, [str(error) for error in result.errors]
    starts = list(body(path.read_bytes()).iter(f"{W}bookmarkStart"))
    named = [start.get(f"{W}name") for start in starts]
    assert len(named) == len(set(named)) == len({start.get(f"{W}id") for start in starts})
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", each) for each in named)
    (draft,) = desk.minute_taking.written(meeting)
    assert f"pk_draft_{draft.id}" in named
    lines = outline.from_json(desk.chairing.record.find_written(draft.id).outline)
    assert {line.mark for line in lines if line.mark} <= set(named)
    for line in lines:
        if line.mark:
            assert line.spot is not None
            assert line.raw == text_at(meeting, line.spot)
            assert field_at(meeting, line.spot).kind in (FieldKind.WORDS, FieldKind.LINE)


def test_every_answer_in_words_that_is_printed_can_be_taken_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    meeting, _path = draft_of(desk)
    (draft,) = desk.minute_taking.written(meeting)
    lines = outline.from_json(desk.chairing.record.find_written(draft.id).outline)
    marked = {(line.spot.owner, line.spot.field) for line in lines if line.mark and line.spot}
    typed = {
        answer.place
        for answer in meeting.answers.values()
        if answer.text.strip() and meeting.field(*answer.place).kind is FieldKind.WORDS
    }
    assert typed - marked == set()


def test_approved_minutes_carry_no_marks_of_a_draft(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    ready = approved(desk, REF)
    path = desk.minute_taking.write(ready, "full", tmp_path).path
    named = [s.get(f"{W}name") for s in body(path.read_bytes()).iter(f"{W}bookmarkStart")]
    assert not [name for name in named if re.fullmatch(r"pk_(draft_.*|[0-9a-f]{12}_\d+)", name)]
    assert desk.taking_back.edited_since_written(ready) == ()


def test_the_same_draft_written_twice_differs_only_in_its_name(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    _meeting, path = draft_of(desk)
    first = path.read_bytes()
    draft_of(desk)
    one, two = desk.minute_taking.written(desk.caseload.find(REF))
    assert one.sha256 != two.sha256
    assert one.path == two.path
    assert len(path.read_bytes()) == pytest.approx(len(first), abs=400)
