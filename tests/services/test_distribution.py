"""Copies for each recipient: what is withheld is in no part of a file; who has which."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from panelkit.documents.protect import opened, protected
from panelkit.domain import entries as e
from panelkit.domain.errors import CannotWrite, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.sharing import WITHHELD, distribution_list, held_back, without
from panelkit.domain.vocabulary import AgencyType, InterestHandling, MeetingRole, YesNo
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import CopyFor
from panelkit.services.minutes_life import everything_confirmed
from tests.desk import make_desk

REF = "WM-0143-3"
CANARY = "canarysecret"
POLICE = "Harrowmere Police"


def everything_in(package: bytes) -> bytes:
    """Every part of a Word file, unpacked, with the names of the parts."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return b"".join(n.encode() + archive.read(n) for n in archive.namelist())


def canaries(desk: Desk, meeting: Meeting) -> Meeting:
    """Words restricted in each of the ways there are."""
    now = desk.clock()
    part = e.RestrictedPart(
        id="part", reason="A source", staying=(POLICE,), started_at=now, ended_at=now + timedelta(minutes=5)
    )  # fmt: skip
    by = desk.chairing.by()
    later = dataclasses.replace(by, at=by.at + timedelta(minutes=10))
    meeting = meeting.add(part, later)
    inside = dataclasses.replace(by, at=by.at + timedelta(minutes=1))
    meeting = meeting.answer("A10", "scenario", f"{CANARY} answer typed inside", inside)
    meeting = meeting.add(e.Contingency(id="con", trigger=f"{CANARY} typed inside"), inside)
    rows: tuple[e.Entry, ...] = (
        e.Contribution(id="c", organisation=POLICE, text=f"{CANARY} said", restricted_to=(POLICE,)),
        e.Note(id="n", text=f"{CANARY} note", restricted_part="part"),
        e.Action(
            id="a", text=f"{CANARY} act", owner=CANARY, organisation=POLICE, restricted_part="part"
        ),
        e.Decision(id="d", decision=f"{CANARY} decided", because=CANARY, restricted_part="part"),
        e.Evidence(id="ev", parent="d", text=f"{CANARY} evidence"),
        e.DecisionOption(id="o", parent="d", option=f"{CANARY} option"),
        e.Told(id="t", parent="d", who=f"{CANARY} told"),
        e.Parked(id="p", place="A15", gate="decisions.because:d", reason=f"{CANARY} parked"),
        e.Addendum(id="ad", text=f"{CANARY} later", restricted_part="part"),
        e.Contribution(id="old", text=f"{CANARY} of an earlier part", restricted_part="elsewhere"),
    )
    for row in rows:
        meeting = meeting.add(row, later)
    return meeting


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, samples=("l2_review_carried_actions",))


def issue(desk: Desk) -> Meeting:
    closed = desk.chairing.close(desk.caseload.find(REF))
    sent = desk.minutes_life.send_to_chair(closed)
    done = desk.minutes_life.approve(sent, everything_confirmed(desk.area), "Right.")
    return desk.minutes_life.issue(done)


@pytest.mark.parametrize("kind", ["full", "actions"])
def test_what_is_restricted_is_in_no_part_of_another_copy(desk: Desk, kind: str) -> None:
    meeting = canaries(desk, desk.caseload.find(REF))
    theirs = everything_in(desk.minute_taking.word(meeting, kind, copy=CopyFor("Vale Cross Homes")))
    assert CANARY.encode() not in theirs
    assert b"ithheld" in theirs
    own = everything_in(desk.minute_taking.word(meeting, kind, copy=CopyFor(POLICE)))
    assert own.count(CANARY.encode()) >= (8 if kind == "full" else 1)
    text = desk.minute_taking.text(meeting, copy=CopyFor("Vale Cross Homes"))
    assert CANARY not in text
    assert WITHHELD in text
    assert "Copy for Vale Cross Homes" in text


def test_a_copy_is_composed_from_what_its_recipient_may_have(desk: Desk) -> None:
    meeting = canaries(desk, desk.caseload.find(REF))
    held = held_back(meeting, "Vale Cross Homes")
    assert CANARY not in repr(without(meeting, held))
    assert held.count == 12
    assert held_back(meeting, POLICE).count == 1, "who heard an earlier part is not known here"


def test_a_change_to_restricted_words_is_withheld_as_they_are(desk: Desk) -> None:
    meeting = canaries(desk, desk.caseload.find(REF))
    change = e.Amendment(id="am", place="contributions:c:text", was=f"{CANARY} was", now=CANARY)
    meeting = meeting.add(change, desk.chairing.by())
    assert CANARY not in repr(without(meeting, held_back(meeting, "Vale Cross Homes")))


def test_the_list_is_drawn_from_those_invited(desk: Desk) -> None:
    meeting = desk.caseload.find(REF)
    by = desk.chairing.by()
    lay = e.Attendance(id="lay", name="Gwen Harcastle", organisation="Board", agency=AgencyType.LAY)
    barred = e.Attendance(id="bar", name="Colin Bell", organisation="Homes", agency=AgencyType.RSL)
    interest = e.Interest(
        id="i", declared_by="Colin Bell", nature="A cousin", handling=InterestHandling.BARRED
    )
    outside = e.Recipient(id="out", name="", organisation="Invented Court")
    for row in (lay, barred, interest, outside):
        meeting = meeting.add(row, by)
    why = {row.organisation: row.no_copy for row in distribution_list(meeting)}
    assert "lay adviser" in why["Board"]
    assert "barred" in why["Homes"]
    assert "not invited" in why["Invented Court"]
    assert why[POLICE] == ""
    said = {"approved": YesNo.YES, "reason": "The order is theirs.", "approved_by": "Ruth Calloway"}
    meeting = meeting.change(e.Recipient, "out", by, **said)
    assert {r.organisation: r.no_copy for r in distribution_list(meeting)}["Invented Court"] == ""


def test_only_the_chair_approves_a_copy_outside_with_a_reason(desk: Desk) -> None:
    done = issue(desk)
    with pytest.raises(Refused, match="Only the chair"):
        desk.acting_as("Dylan Ashgrove").distribution.approve(done, "", "Invented Court", "Order.")
    with pytest.raises(Refused, match="why it has one"):
        desk.distribution.approve(done, "", "Invented Court", " ")
    desk.distribution.approve(done, "", "Invented Court", "The order is theirs.")
    stored = desk.caseload.find(REF)
    assert stored.live(e.Recipient)[-1].approved_by == "Ruth Calloway"


def test_copies_are_numbered_registered_and_written_again_under_the_same_number(
    desk: Desk, tmp_path: Path
) -> None:
    done = issue(desk)
    first = desk.distribution.write(done, tmp_path / "out")
    assert len(first.copies) == len(first.files) == len({c.copy_number for c in first.copies})
    assert all(
        path.name.endswith(f"_copy{c.copy_number}.docx")
        for path, c in zip(first.files, first.copies, strict=True)
    )
    chair = done.role(MeetingRole.CHAIR)
    assert chair is not None
    mine = next(c for c in first.copies if c.name == chair.name)
    page = everything_in((tmp_path / "out" / mine.file).read_bytes())
    assert f"Copy {mine.copy_number}: {chair.name}".encode() in page
    note = first.note.read_text("utf-8")
    assert REF in note
    assert done.case.name not in note
    again = desk.distribution.write(done, tmp_path / "again")
    assert [c.copy_number for c in again.copies] == [c.copy_number for c in first.copies]
    desk.distribution.sent(done, (mine.id,), "secure e-mail")
    stored = {c.id: c for c in desk.distribution.register(done)}
    assert stored[mine.id].sent_by == desk.who
    assert sum(c.sent_at is not None for c in stored.values()) == 1
    assert desk.chairing.record.verify().is_good


def test_copies_are_written_once_issued(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="in progress"):
        desk.distribution.write(desk.caseload.find(REF), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_password_is_proved_before_the_file_is_handed_over(desk: Desk, tmp_path: Path) -> None:
    done = issue(desk)
    written = desk.distribution.write(done, tmp_path / "out", password="seven green boats")
    locked = written.files[0].read_bytes()
    assert not zipfile.is_zipfile(BytesIO(locked))
    assert zipfile.is_zipfile(BytesIO(opened(locked, "seven green boats")))
    assert all(c.protected for c in desk.distribution.register(done))
    with pytest.raises(CannotWrite, match="does not open"):
        opened(locked, "another password")
    with pytest.raises(Refused, match="at least 8"):
        protected(b"x", "short")


def test_an_organisation_that_is_not_on_the_list_has_no_copy(desk: Desk) -> None:
    with pytest.raises(Exception, match="not on the distribution list"):
        desk.distribution.copy_for(desk.caseload.find(REF), f"Nobody {new_id()}")
