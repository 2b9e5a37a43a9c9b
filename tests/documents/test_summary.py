"""An executive summary says what is on its list; nothing else of the record ever reaches it."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from panelkit.documents import compose
from panelkit.documents.compose.summary import ALLOWED, described
from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.meeting import Answer, Meeting
from panelkit.domain.redaction import Sensitive, sensitive_texts, shared
from panelkit.domain.request_words import Capacity, Ground, LegalBasis, RequestOutcome
from panelkit.domain.requests import FORM, Request
from panelkit.domain.vocabulary import AgencyType, AttendanceStatus, MeetingState
from panelkit.services.answering import Answering
from panelkit.services.desk import Desk
from tests.desk import CHAIR, make_desk

SAMPLE = "l2_review_carried_actions"
REF = "WM-0143-3"
TYPED = (
    FieldKind.WORDS, FieldKind.LINE, FieldKind.ORGANISATION, FieldKind.PERSON,
    FieldKind.ORGANISATIONS,
)  # fmt: skip

TEXTS = {
    "requester": "Osgood and Lyle LLP",
    "capacity": "solicitor",
    "reply_to": "4 Fenwick Row\nHarrowmere HM1 2AB",
    "received_on": "2026-11-23",
    "basis": "proceedings",
    "basis_detail": "Appeal against an order, Harrowmere Crown Court",
    "due_on": "2026-12-21",
    "reason": "Several agencies are needed to manage the risk.",
    "risk_factors": "Breach of earlier orders.",
    "plan_summary": "Licence; sexual harm prevention order.",
    "withheld": "Information about other people, and what agencies gave in confidence.",
    "grounds": "dpa_45,owner",
    "owner_agency": "Probation Service; West Mercia Police",
}


def closed(folder: Path) -> tuple[Desk, Meeting]:
    desk = make_desk(folder, samples=(SAMPLE,))
    return desk, desk.chairing.close(desk.caseload.find(REF))


def issued(desk: Desk, meeting: Meeting) -> Request:
    answering = desk.answering
    request = answering.change(answering.log(meeting), TEXTS)
    found = answering.findings(meeting, request)
    request = answering.check(meeting, request, tuple(f.words for f in found))
    return answering.issue(meeting, answering.approve(meeting, request, CHAIR))


def every_byte(path: Path) -> str:
    """Name and parts of a Word file, its words joined across runs as well."""
    text = path.name
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            text += name + archive.read(name).decode("utf-8", "replace")
    return text


def full_of_canaries(meeting: Meeting) -> tuple[Meeting, dict[str, tuple[str, str]]]:
    """A meeting with a canary of its own in every text field of the record."""
    planted: dict[str, tuple[str, str]] = {}

    def canary(*place: str) -> str:
        word = f"Zq{len(planted):04d}x"
        planted[word] = (place[0], place[1])
        return word

    answers = dict(meeting.answers)
    for item in AGENDA:
        for field in item.fields:
            if field.kind in TYPED:
                answers[item.code, field.key] = Answer(
                    item=item.code, field=field.key, text=canary(item.code, field.key)
                )
    answers["X9", "gone"] = Answer(item="X9", field="gone", text=canary("X9", "gone"))
    rows = dict(meeting.rows)
    for kind in e.ENTRIES:
        values: dict[str, Any] = {}
        for field in fields_of(kind):
            if field.kind is FieldKind.ORGANISATIONS:
                values[field.key] = (canary(kind.kind, field.key),)
            elif field.kind in TYPED:
                values[field.key] = canary(kind.kind, field.key)
            elif field.kind is FieldKind.CHOICE:
                values[field.key] = next(iter(field.term))
            elif field.kind is FieldKind.TIME:
                values[field.key] = time(10, 30)
        common = {
            name: canary(kind.kind, name)
            for name in ("typed_by", "carried_from", "confirmed_by", "parent")
        }
        row = kind(id=canary(kind.kind, "id"), number=90, **values, **common)
        gone = dataclasses.replace(row, id="w", number=91, withdrawn=canary(kind.kind, "withdrawn"))
        rows[kind.kind] = (*rows.get(kind.kind, ()), row, gone)
    case_values = {
        field.key: canary("case", field.key) for field in fields_of(Case) if field.kind in TYPED
    }
    return (
        dataclasses.replace(
            meeting,
            case=dataclasses.replace(meeting.case, **case_values),
            answers=MappingProxyType(answers),
            rows=MappingProxyType(rows),
        ),
        planted,
    )


def test_no_canary_in_a_field_that_is_not_on_the_list_reaches_the_file(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    request = issued(desk, meeting)
    full, planted = full_of_canaries(meeting)
    assert len(planted) > 250
    allowed = {place for line in ALLOWED for place in line.places}
    answering = desk.answering
    from panelkit.documents import word

    document = answering._compose(full, request)
    house = desk.minute_taking.template(answering._kind("summary")).house
    path = tmp_path / compose.file_name(full, "summary", 1, copy_for=request.ref)
    path.write_bytes(word.write(document, house, now=desk.clock()))
    text = every_byte(path)
    assert {planted[c] for c in planted if c in text} == {("case", "name"), ("case", "address")}
    assert {("case", "name"), ("case", "address")} < allowed
    reply = word.write(answering.reply(full, request), house, now=desk.clock())
    path.write_bytes(reply)
    assert [planted[c] for c in planted if c in every_byte(path)] == []


def test_the_list_reads_words_only_where_they_were_written_for_the_summary() -> None:
    for line in ALLOWED:
        for place in line.places:
            field = described(place)
            if place[0] not in ("request", "case", "meeting") and field is not None:
                assert field.kind not in TYPED, place
            if place[0].startswith("A") and place[0][1:].isdigit():
                item = next(i for i in AGENDA if i.code == place[0])
                assert item.field(place[1]).kind not in TYPED, place
    named = {place for line in ALLOWED for place in line.places if place[0] == "case"}
    assert named == {("case", "name"), ("case", "born"), ("case", "address")}


def test_what_was_restricted_or_withdrawn_is_not_counted(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    request = desk.answering.log(meeting)
    kept = [
        dataclasses.replace(a, agency=AgencyType.MOD, status=AttendanceStatus.ATTENDED)
        for a in meeting.live(e.Attendance)
    ]
    rows = (dataclasses.replace(kept[0], restricted_part="r"), *(
        dataclasses.replace(a, agency=agency) for a, agency in zip(
            kept[1:], (AgencyType.VLO, AgencyType.IDVA, AgencyType.SUB, AgencyType.LAY), strict=False
        )
    ))  # fmt: skip
    meeting = dataclasses.replace(
        meeting, rows=MappingProxyType({**meeting.rows, "attendance": rows})
    )
    line = next(
        words
        for each, words in compose.shown(compose.picked(meeting, request))
        if each.label == "Agencies represented"
    )
    assert line == "Probation Service", "victim liaison and advisers are never shown"


def test_only_what_was_logged_checked_and_approved_is_issued(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    answering = desk.answering
    request = answering.log(meeting)
    with pytest.raises(Refused, match="lacks"):
        answering.check(meeting, request, ())
    request = answering.change(request, TEXTS)
    assert request.due_on == date(2026, 12, 21)
    with pytest.raises(Refused, match="not checked"):
        answering.issue(meeting, request)
    name = meeting.case.name
    found = answering.findings(meeting, request)
    assert any(name in f.words for f in found)
    with pytest.raises(Refused, match="not confirmed"):
        answering.check(meeting, request, ())
    request = answering.check(meeting, request, tuple(f.words for f in found))
    with pytest.raises(Refused, match="has not approved"):
        answering.issue(meeting, request)
    with pytest.raises(Refused, match="Only the chair"):
        answering.approve(meeting, request, "Somebody Else")
    request = answering.approve(meeting, request, CHAIR.lower())
    reworded = answering.change(request, {"risk_factors": "Alcohol."})
    assert reworded.checked_hash == reworded.approved_by == ""
    with pytest.raises(Refused, match="not checked"):
        answering.issue(meeting, reworded)
    assert desk.minute_taking.record is not None
    assert desk.minute_taking.record.issued(meeting.id) == ()
    with pytest.raises(Refused, match="was not issued"):
        answering.write_summary(meeting, reworded, desk.documents)


def test_a_change_of_the_record_after_the_check_stops_the_issue(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    answering = desk.answering
    request = answering.change(answering.log(meeting), TEXTS)
    found = answering.findings(meeting, request)
    request = answering.check(meeting, request, tuple(f.words for f in found))
    request = answering.approve(meeting, request, CHAIR)
    moved = dataclasses.replace(
        meeting, case=dataclasses.replace(meeting.case, address="A refuge nobody may know of")
    )
    with pytest.raises(Refused, match="not the text that was checked"):
        answering.issue(moved, request)


def test_the_issued_copy_is_frozen_and_the_file_is_that_copy(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    request = issued(desk, meeting)
    record = desk.chairing.record
    (kept,) = record.issued(meeting.id)
    assert (kept.kind, kept.version, kept.status) == ("summary", 1, "ISSUED")
    assert kept.template_id == "executive_summary"
    desk.clock.move(days=3)  # type: ignore[attr-defined]
    done = desk.answering.write_summary(meeting, request, desk.documents)
    assert done.path.read_bytes() == record.issued_body(kept.id)
    assert done.path.name == "WM-0143_M3_20261118_v1_summary_R1.docx"
    assert list(OpenXmlValidator().validate(str(done.path)).errors) == []
    (told,) = desk.minute_taking.write_all(meeting, "summary", tmp_path / "again")
    assert told.path.read_bytes() == record.issued_body(kept.id)
    for again in (desk.minute_taking.text, desk.minute_taking.word):
        with pytest.raises(Refused, match="file that was issued"):
            again(meeting, "summary")
    stored = desk.answering.requests(meeting)[0]
    assert stored == request
    assert stored.outcome is RequestOutcome.SUMMARY
    with pytest.raises(Refused, match="was issued"):
        desk.answering.change(stored, {"withheld": "nothing"})
    again = issued(desk, meeting)
    assert (again.ref, again.issued_version) == ("R2", 2)
    assert record.verify().is_good


def test_words_that_stood_in_a_request_are_kept(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    request = desk.answering.change(desk.answering.log(meeting), TEXTS)
    desk.answering.change(request, {"reason": "Other words."})
    kept = desk.chairing.record.history(meeting.id, "request", request.id, "reason")
    assert [k.text for k in kept][-1] == TEXTS["reason"]
    assert all(k.checked for k in kept)
    assert desk.chairing.record.verify().is_good


def test_the_public_gets_a_letter_and_no_summary(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    asked = {**TEXTS, "capacity": "public", "basis": "foi", "due_on": "", "basis_detail": ""}
    request = desk.answering.change(desk.answering.log(meeting), asked)
    assert request.due_on == date(2026, 12, 21), "20 working days"
    with pytest.raises(Refused, match="public or the media"):
        desk.answering.check(meeting, request, ())
    with pytest.raises(Refused, match="Outcome"):
        desk.answering.write_reply(meeting, request, desk.documents)
    with pytest.raises(BadInput, match="issuing"):
        desk.answering.change(request, {"outcome": "summary"})
    request = desk.answering.change(request, {"outcome": "neither"})
    done = desk.answering.write_reply(meeting, request, desk.documents)
    text = every_byte(done.path)
    assert "neither confirm nor deny" in text
    assert "enclose" not in text
    assert meeting.case.name not in text
    assert "Information Commissioner" in text
    assert list(OpenXmlValidator().validate(str(done.path)).errors) == []


def test_the_reply_encloses_the_summary_and_points_to_the_owner(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    done = desk.answering.write_reply(meeting, issued(desk, meeting), desk.documents)
    text = every_byte(done.path)
    for words in ("executive summary, version 1", "West Mercia Police", "section 45(4)", "HM1 2AB"):
        assert words in text, words
    assert "WM-0143_M3" in done.path.name


def test_a_request_needs_a_closed_meeting_and_a_record(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=(SAMPLE,))
    meeting = desk.caseload.find(REF)
    assert meeting.state is not MeetingState.CLOSED
    with pytest.raises(Refused, match=REF):
        desk.answering.log(meeting)
    taking = desk.minute_taking
    taking.record = None
    with pytest.raises(Refused, match="not in a pack"):
        Answering(taking).requests(meeting)


def test_first_words_come_from_structured_values_only(tmp_path: Path) -> None:
    desk, meeting = closed(tmp_path)
    full, planted = full_of_canaries(meeting)
    request = desk.answering.log(full)
    values = [str(getattr(request, field.key)) for field in FORM]
    assert "Managed at Level 2." in request.reason
    assert not [c for c in planted if any(c in value for value in values)]


@pytest.mark.parametrize(
    ("text", "record", "is_name", "expected"),
    [
        ("He lives at 12 Larch Close now", "moved to 12 Larch Close", False, "12 Larch Close"),
        ("Told MARION of it", "Marion Pell", True, "MARION"),
        ("near Larch", "the flat in Larch Close", False, "Larch"),
        ("Marion’s brother", "her friend Marion", False, "Marion’s"),
        ("abuse of alcohol at home", "alcohol at home", False, "alcohol at home"),
        ("seen by the river", "by the", False, ""),
        ("no contact", "Contact was made", False, ""),
        ("the individual is a", "is a", False, ""),
    ],
)
def test_a_run_of_words_shared_with_the_record_is_found(
    text: str, record: str, *, is_name: bool, expected: str
) -> None:
    found = shared([text], [Sensitive("place", record, is_name)])
    assert [f.words for f in found] == ([expected] if expected else [])


def test_every_name_and_restricted_word_of_the_record_is_looked_for(tmp_path: Path) -> None:
    _desk, meeting = closed(tmp_path)
    full, planted = full_of_canaries(meeting)
    text = " ; ".join(planted)
    found = {f.words for f in shared([text], sensitive_texts(full))}
    stored = {"typed_by", "carried_from", "confirmed_by", "parent", "id"}
    for canary, (holder, key) in planted.items():
        kind = e.BY_KIND.get(holder)
        fields = fields_of(kind) if kind else ()
        is_open = any(f.key == key and str(f.sensitivity) == "open" for f in fields)
        if kind and not is_open and key not in stored:
            assert any(canary in words for words in found), (holder, key)


def test_two_organisations_never_share_a_file_name() -> None:
    names = ("Vale: Homes", "Vale Homes", "VALE HOMES", "///", "Årsta", "V" * 90, "V" * 80)
    endings = compose.file_endings(names)
    assert len({ending.casefold() for ending in endings}) == len(names)


def test_words_of_requests_are_whole() -> None:
    for term in (Capacity, LegalBasis, Ground, RequestOutcome):
        assert all(member.label for member in term)
