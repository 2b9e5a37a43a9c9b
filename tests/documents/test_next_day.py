"""What goes out the day after: each organisation its own actions, the invitation, the calendar."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from openxml_audit import OpenXmlValidator

from panelkit import paths
from panelkit.areas.loader import load_area
from panelkit.domain import entries as e
from panelkit.domain.errors import Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.occasion import next_occasion, report_by
from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.minute_taking import MinuteTaking, kind_called
from tests.desk import SAMPLES, Clock

AREA = load_area("west_midlands")


def taking() -> MinuteTaking:
    return MinuteTaking(None, AREA, Clock(), "Somebody", paths.shipped("templates"))


def sample(name: str = "l2_review_carried_actions") -> Meeting:
    return dataclasses.replace(
        read_pack(SAMPLES / f"{name}.toml").meeting, state=MeetingState.CLOSED
    )


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")]
    return " ".join(re.sub(r"<[^>]+>", " ", part) for part in parts)


def test_each_organisation_gets_its_own_actions_and_no_other(tmp_path: Path) -> None:
    meeting = sample()
    actions = meeting.live(e.Action)
    kept = dataclasses.replace(actions[-1], restricted_part="r", text="canary restricted")
    rows = tuple(kept if a.id == kept.id else a for a in meeting.of(e.Action))
    meeting = dataclasses.replace(meeting, rows=MappingProxyType({**meeting.rows, "actions": rows}))
    files = taking().write_all(meeting, "own_actions", tmp_path)
    owners = {a.organisation for a in meeting.new_actions if a.is_live}
    assert len(files) == len({f.path for f in files}) >= len(owners) > 2
    for done in files:
        text = words_of(done.path)
        mine = next(o for o in owners if f"Copy for {o}" in text)
        for action in meeting.new_actions:
            is_there = action.text.splitlines()[0] in text
            assert is_there == (action.organisation == mine and not action.restricted_part)
        assert "canary restricted" not in text
        assert ("withheld from this copy" in text) == (mine == kept.organisation)
        assert meeting.case.name not in text + done.path.name
        assert list(OpenXmlValidator().validate(str(done.path)).errors) == []


def test_the_invitation_says_when_and_nothing_about_the_case(tmp_path: Path) -> None:
    meeting = sample()
    (done,) = taking().write_all(meeting, "invitation", tmp_path)
    text = words_of(done.path)
    day = meeting.day("A18", "next_review_date")
    assert day is not None
    wanted = report_by(day, AREA.figure("papers_working_days"), AREA.calendar)
    assert f"{day:%A} {long_date(day)}" in text
    assert f"by {wanted:%A} {long_date(wanted)}" in text
    assert f"{meeting.case.ref}-{meeting.number + 1}" in text
    people = [a.name for a in meeting.live(e.Attendance)]
    for name in (meeting.case.name, *people):
        assert name not in text
    for answer in meeting.answers.values():
        if len(answer.text) > 30 and answer.field != "lead_agency":
            assert answer.text not in text
    assert list(OpenXmlValidator().validate(str(done.path)).errors) == []


def event(body: bytes) -> object:
    calendar = Calendar.from_ical(body)
    assert calendar.get("method") == "PUBLISH"
    assert [str(z["tzid"]) for z in calendar.walk("VTIMEZONE")] in ([], ["Europe/London"])
    (found,) = calendar.walk("VEVENT")
    return found


def test_a_calendar_entry_names_nobody_and_is_replaced_by_a_later_one(tmp_path: Path) -> None:
    meeting, writes = sample(), taking()
    (done,) = writes.write_all(meeting, "calendar", tmp_path)
    assert done.path.suffix == ".ics"
    body = done.path.read_bytes()
    first = event(body)
    assert meeting.case.name.encode() not in body
    assert f"MAPPA {meeting.case.ref}-{meeting.number + 1}" == str(first["summary"])  # type: ignore[index]
    answers = {
        place: dataclasses.replace(answer, text=text)
        for place, text in (
            (("A18", "next_review_date"), "2027-04-12"), (("A18", "next_review_time"), "14:15"),
        )
        if (answer := meeting.answers.get(place)) or (
            answer := dataclasses.replace(
                next(iter(meeting.answers.values())), item=place[0], field=place[1]
            )
        )
    }  # fmt: skip
    moved = dataclasses.replace(meeting, answers=MappingProxyType({**meeting.answers, **answers}))
    writes.clock.move(minutes=2)  # type: ignore[attr-defined]
    (again,) = writes.write_all(moved, "calendar", tmp_path)
    second = event(again.path.read_bytes())
    assert str(second["uid"]) == str(first["uid"])  # type: ignore[index]
    assert int(second["sequence"]) > int(first["sequence"])  # type: ignore[index]
    start = second.decoded("dtstart")  # type: ignore[attr-defined]
    assert start == datetime(2027, 4, 12, 14, 15, tzinfo=ZoneInfo("Europe/London"))
    assert start.utcoffset() == timedelta(hours=1), "summer time is London's"
    assert b"TZID=Europe/London" in again.path.read_bytes()
    assert b"BEGIN:VTIMEZONE" in again.path.read_bytes()


def test_the_entry_of_a_planned_meeting_is_the_one_its_last_meeting_announced() -> None:
    last = sample()
    announced = next_occasion(last, AREA)
    planned = dataclasses.replace(
        last, number=last.number + 1, state=MeetingState.PLANNED, slot=time(9, 30),
        held_on=date(2027, 2, 1), answers=MappingProxyType({}),
    )  # fmt: skip
    held = next_occasion(planned, AREA)
    assert held.uid == announced.uid
    assert (held.ref, held.day, held.starts) == (announced.ref, date(2027, 2, 1), time(9, 30))


def test_nobody_is_invited_to_a_meeting_that_is_not_set(tmp_path: Path) -> None:
    left = sample("exit_category_three")
    for kind in ("invitation", "calendar"):
        with pytest.raises(Refused, match="no next Level 2 or Level 3"):
            taking().write_all(left, kind, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert kind_called("calendar").extension == "ics"
