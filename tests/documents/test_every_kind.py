"""Every document of a meeting that holds some of everything, three of each kind."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from panelkit.documents.compose import file_name
from panelkit.domain import entries as e
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import KINDS
from tests.tui.hostile_record import hostile_desk

WORDS = ("R&D <12", "{{ 7*7 }}", "[b]bold[/b]", "plain words")
NEEDS_MORE = ("summary", "reply", "invitation", "calendar", "transfer", "transfer_here")
"""A request from outside, a next meeting, or a transfer that goes on."""

Held = tuple[Desk, Meeting]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The desk and the held meeting."""
    desk, ref, _texts = hostile_desk(tmp_path_factory.mktemp("record"), WORDS)
    return desk, desk.caseload.find(ref.rsplit("-", 1)[0] + "-1")


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS if kind.id not in NEEDS_MORE])
def test_every_document_is_written_of_a_meeting_that_holds_everything(
    held: Held, kind: str, tmp_path: Path
) -> None:
    desk, meeting = held
    written = desk.minute_taking.write_all(meeting, kind, tmp_path)
    assert written
    assert all(done.path.stat().st_size > 300 for done in written)


def test_why_a_part_heard_meeting_stopped_is_in_its_minutes(held: Held) -> None:
    desk, meeting = held
    shown = " ".join(desk.minute_taking.text(meeting).split())
    for part in meeting.live(e.Part):
        assert part.reason
        assert " ".join(part.reason.split()) in shown


def test_a_reference_with_a_slash_names_a_file_and_no_folder(held: Held) -> None:
    _desk, meeting = held
    case = dataclasses.replace(meeting.case, ref="B/143: ..\\x")
    name = file_name(dataclasses.replace(meeting, case=case), "full", 1)
    assert name == "B-143-x_M1_20261123_v1.docx"
