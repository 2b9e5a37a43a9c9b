"""The sample meetings: fictional, whole, and the poor one as poor as it says."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from panelkit import paths
from panelkit.areas.loader import load_area
from panelkit.domain import entries as e
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.vocabulary import (
    Category,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingRole,
    Stops,
)
from panelkit.packs.reader import read_pack
from panelkit.packs.writer import write_pack
from panelkit.services.minute_taking import KINDS, MinuteTaking
from tests.desk import SAMPLES, Clock

ALL = sorted(SAMPLES.glob("*.toml"))
GOOD = [path for path in ALL if "poor" not in path.name]
POOR = next(path for path in ALL if "poor" in path.name)
AREA = load_area("west_midlands")


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_every_sample_says_first_that_it_is_fiction(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "FICTION" in text.splitlines()[0]
    assert read_pack(path).meeting.case.fiction


def test_the_kinds_that_are_promised_are_there() -> None:
    found = [read_pack(path).meeting for path in ALL]
    assert len(found) >= 8
    assert any(m.level is Level.TWO and m.kind is MeetingKind.INITIAL for m in found)
    assert any(m.level is Level.THREE and m.kind is MeetingKind.REVIEW for m in found)
    assert any(m.level is Level.THREE and m.kind is MeetingKind.EMERGENCY for m in found)
    assert any(m.is_child for m in found)
    assert any(m.case.category is Category.FOUR for m in found)
    assert any(m.value("A15", "level_decision") is LevelDecision.EXIT for m in found)
    assert any(
        "review" in path.name and len(read_pack(path).meeting.old_actions) >= 3 for path in ALL
    )


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
def test_a_good_sample_owes_nothing_and_is_full(path: Path) -> None:
    meeting = read_pack(path).meeting
    gaps = completeness(meeting, AREA)
    assert [g.message for g in gaps if g.stops is not Stops.NOTHING] == []
    assert 8 <= len(meeting.live(e.Attendance)) <= 16
    assert 6 <= len([a for a in meeting.new_actions if a.is_live]) <= 12
    if meeting.level is Level.THREE:
        chair = meeting.role(MeetingRole.CHAIR)
        assert chair is not None
        assert re.search("Superintendent|Head of|Assistant Chief", chair.role)


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_a_sample_written_out_and_read_again_is_the_same(path: Path, tmp_path: Path) -> None:
    pack = read_pack(path)
    again = tmp_path / "again.toml"
    again.write_text(write_pack(pack.meeting, pack.earlier), encoding="utf-8")
    assert read_pack(again).meeting == pack.meeting


def test_the_poor_record_cannot_close_and_lists_its_faults() -> None:
    meeting = read_pack(POOR).meeting
    assert len(stopping(completeness(meeting, AREA), Stops.CLOSING)) >= 5
    faults = [
        line for line in POOR.read_text(encoding="utf-8").splitlines() if line.startswith("# FAULT")
    ]
    assert len(faults) >= 20


ONE_FILE = [
    kind.id
    for kind in KINDS
    if not kind.many
    and not kind.answers_request
    and not kind.of_transfer
    and kind.extension == "docx"
]
"""Kinds that are one Word file of one meeting; the others have tests of their own."""


@pytest.mark.parametrize("kind", ONE_FILE)
@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_every_document_of_every_sample_is_sound(path: Path, kind: str, tmp_path: Path) -> None:
    meeting = read_pack(path).meeting
    taking = MinuteTaking(None, AREA, Clock(), "Somebody", paths.shipped("templates"))
    body = taking.word(meeting, kind)
    opened = docx.Document(io.BytesIO(body))
    words = "\n".join(t.text or "" for t in opened.element.body.iter() if t.tag.endswith("}t"))
    assert meeting.case.ref in taking.text(meeting, kind)
    if kind == "full":
        for told in meeting.live(e.Contribution):
            for sentence in told.text.splitlines():
                assert sentence.strip() in words
        for action in meeting.live(e.Action):
            assert action.text.splitlines()[0] in words
    assert not re.search(
        r"[a-z]_[a-z]+\b", " ".join(w for w in words.split() if "@" not in w and "http" not in w)
    )
    file = tmp_path / "m.docx"
    file.write_bytes(body)
    if path in (GOOD[0], POOR):
        assert not OpenXmlValidator().validate(file).errors
