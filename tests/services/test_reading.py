"""Findings in the minutes: each stands at its words, else at its label, else at its section."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.auditing import Auditing
from panelkit.services.desk import Desk
from panelkit.services.reading import Minutes, quotes
from tests.desk import SAMPLES, make_desk

POOR = "HM-0188-3"


def desk_of(folder: Path, name: str) -> tuple[Desk, str]:
    desk = make_desk(folder, who="Joan Quill")
    pack = read_pack(SAMPLES / f"{name}.toml", desk.caseload.agenda)
    desk.caseload.take_in([*pack.earlier, replace(pack.meeting, state=MeetingState.CLOSED)])
    return desk, pack.meeting.ref


def plain(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("width", [30, 60, 120])
def test_quoted_words_are_marked_where_they_stand_at_every_width(
    tmp_path: Path, width: int
) -> None:
    desk, ref = desk_of(tmp_path, "poor_record")
    minutes = desk.reading.minutes(desk.caseload.find(ref), width)
    at_words = 0
    for pointed in minutes.pointed:
        where, finding = pointed.where, pointed.finding
        marked = plain(minutes.texts[where.section][where.start : where.end])
        said = [plain(each.strip(" …")) for each in quotes(finding.evidence)]
        assert marked in ("", finding.place, *said)
        at_words += marked in said and bool(marked)
    assert at_words >= 20, "too few findings stand at their words"


def test_every_finding_is_there_once_and_numbered_as_it_is_read(tmp_path: Path) -> None:
    desk, ref = desk_of(tmp_path, "poor_record")
    meeting = desk.caseload.find(ref)
    minutes = desk.reading.minutes(meeting, 70)
    found = Auditing(desk.chairing.record, desk.area).audit(meeting).findings
    assert sorted(f"{f}" for f in found) == sorted(f"{p.finding}" for p in minutes.pointed)
    assert [p.number for p in minutes.pointed] == list(range(1, len(found) + 1))
    places = [(p.where.section, p.where.start) for p in minutes.pointed]
    assert places == sorted(places)


def test_what_is_missing_is_marked_in_the_section_of_its_item(tmp_path: Path) -> None:
    desk, ref = desk_of(tmp_path, "poor_record")
    minutes = desk.reading.minutes(desk.caseload.find(ref), 70)
    unheard = [p for p in minutes.pointed if "has not been heard" in p.finding.evidence]
    assert unheard
    for pointed in unheard:
        assert pointed.finding.item == "A7"
        assert minutes.sections[pointed.where.section].key == "information"


def test_evidence_of_nothing_in_empty_minutes_is_no_fault() -> None:
    where = Minutes((), (), ()).find("A7", "x", "anything", ["words"])
    assert (where.section, where.start, where.end) == (0, 0, 0)
