"""The commands about sittings and demand, as another program would use them. All invented."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from panelkit import cli
from panelkit.areas.calendar import EnglandAndWales
from panelkit.domain.errors import PanelkitError
from tests.desk import fresh_meeting, make_desk


def monday() -> date:
    """A Monday to come that is worked, whatever day it is where this runs: two weeks on, or more."""
    today = date.today()  # noqa: DTZ011 - as the commands have it
    day = today + timedelta(days=14 - today.weekday())
    while not EnglandAndWales().is_working_day(day):
        day += timedelta(days=7)
    return day


DAY = monday()


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two planned cases with ten people each on their lists, in no sitting."""
    desk = make_desk(tmp_path)
    for ref in ("HM-0901", "HM-0902"):
        meeting = fresh_meeting(desk, ref)
        moved = meeting.with_facts(held_on=DAY)
        desk.caseload.record.save(meeting, moved, desk.chairing.by(), command=ref)
    desk.caseload.record.close()
    for name, said in {
        "PANELKIT_DB": tmp_path / "record.db", "PANELKIT_AS": "Dana Pryce", "XDG_STATE_HOME": tmp_path / "s",
        "XDG_CONFIG_HOME": tmp_path / "c",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(said))
    return tmp_path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.app, list(words), input=typed)


def refused(*words: str) -> str:
    result = run(*words)
    assert isinstance(result.exception, PanelkitError), result.output
    assert result.exception.exit_code == 2
    return result.exception.sentence


def data(*words: str) -> dict[str, object]:
    found = json.loads(run(*words, "--json").output)
    assert isinstance(found, dict)
    return found


def words_of_file(path: Path) -> str:
    """Every word of a Word file: its body, headers, footers, properties."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(n).decode() for n in package.namelist() if n.endswith(".xml")]
    return "\n".join(re.sub(r"<[^>]+>", "\n", part) for part in parts)


def planned() -> str:
    run("sitting", "plan", str(DAY), "10:00", "--until", "12:00", "--chair", "Ruth Calloway",
        "--minute-taker", "Dylan Ashgrove", "--mode", "remote", "--name", "Monday panel")  # fmt: skip
    (one,) = data("sitting", "list")["sittings"]  # type: ignore[misc,attr-defined]
    return str(one["ref"])


def test_what_is_wanted_is_listed_until_it_is_in_a_sitting(record: Path) -> None:
    first = run("demand")
    assert first.exit_code == 1, "two meetings have no sitting"
    assert "planned, in no sitting; no sitting has room" in first.output
    ref = planned()
    assert run("demand").exit_code == 0
    assert "HM-0901-1, L2 initial, meeting 1" in run("sitting", "add", ref, "HM-0901").output
    run("sitting", "add", str(DAY), "HM-0902-1")
    shown = data("sitting", "show", ref)
    assert [one["slot"] for one in shown["meetings"]] == ["10:00", "10:45"]  # type: ignore[attr-defined]
    assert not shown["clashes"]
    look = data("demand")
    assert not look["wanted"]
    assert sum(week["taken"] for week in look["weeks"]) == 90  # type: ignore[attr-defined]
    assert "stays" in run("sitting", "take-out", ref, "HM-0901-1").output
    assert [one["kind"] for one in data("demand")["wanted"]] == ["loose"]  # type: ignore[attr-defined]


def test_clashes_are_said_and_counted_by_the_exit_code(record: Path) -> None:
    ref = planned()
    assert run("sitting", "check").exit_code == 0
    said = run("sitting", "plan", str(DAY), "11:00", "--until", "13:00", "--chair", "ruth calloway",
               "--minute-taker", "J").output  # fmt: skip
    assert "Ruth Calloway is wanted there" in said or "ruth calloway is wanted there" in said
    found = run("sitting", "check", ref)
    assert found.exit_code == 1
    assert "Name another chair, or move one of them." in found.output
    kinds = {one["kind"] for s in data("sitting", "check")["sittings"] for one in s["clashes"]}  # type: ignore[attr-defined]
    assert kinds == {"chair", "overlap"}
    assert f"{DAY.day} " in refused("sitting", "show", str(DAY)), "two sittings of that day"


def test_papers_of_a_sitting_name_no_person_and_no_other_organisation(record: Path) -> None:
    ref = planned()
    for case in ("HM-0901", "HM-0902"):
        run("sitting", "add", ref, case)
    (record / "join.txt").write_text("https://meet.example/abc\nPIN 4471\n", encoding="utf-8")
    assert "kept" in run("sitting", "joining", ref, "--from", str(record / "join.txt")).output
    said = run("sitting", "papers", ref, "-o", str(record / "out"))
    assert said.exit_code == 0, said.output
    assert "PIN 4471" not in said.output
    files = sorted(path.name for path in (record / "out").iterdir())
    assert len([name for name in files if "_invitation_" in name]) == 8
    assert not [name for name in files if "Calloway" in name]
    housing = next((record / "out").glob("*_invitation_*Housing*.docx"))
    words = words_of_file(housing)
    for there in ("HM-0901-1", "HM-0902-1", "PIN 4471", "meet.example/abc", "10:45"):
        assert there in words
    for not_there in ("Invented Person", "Vale Cross", "Children", "Ruth", "Probation Victim"):
        assert not_there not in words
    board = words_of_file(next((record / "out").glob("*_invitation_*board*.docx")))
    assert "HM-0901-1" in board
    assert "written report" not in board, "a lay adviser looks on"
    assert "written report" in words
    office = words_of_file(next((record / "out").glob("*_papers_list.docx")))
    assert "not received" in office
    assert "PIN 4471" not in office, "how to join stands in invitations alone"
    for path in (record / "out").glob("*.ics"):
        text = path.read_text("utf-8")
        events = Calendar.from_ical(text).walk("VEVENT")
        assert [str(one["summary"]) for one in events] == ["MAPPA HM-0901-1", "MAPPA HM-0902-1"]
        drawn = ("UID:", "DTSTAMP:", "SEQUENCE:")  # drawn, or told by the clock: any digits
        said_of = "\n".join(line for line in text.splitlines() if not line.startswith(drawn))
        for name in ("Invented", "Calloway", "Housing", "4471", "meet.example"):
            assert name not in said_of


def test_what_was_sent_is_said_and_is_owed_again_once_it_changed(record: Path) -> None:
    ref = planned()
    run("sitting", "add", ref, "HM-0901")
    assert "no joining instructions" in refused("sitting", "sent", ref, "joining")
    run("sitting", "joining", ref, "--from", "-", typed="Room 4")
    assert run("sitting", "sent", ref, "invitation").output.count("invitation sent") == 8
    assert "nothing is owed" in refused("sitting", "sent", ref, "invitation")
    run("sitting", "sent", ref, "joining", "housing")

    def owed(what: str) -> list[tuple[bool, bool]]:
        return [
            (one["sent_on"] is not None, one["changed_since"])
            for one in data("sitting", "show", ref)["sent"]  # type: ignore[attr-defined]
            if one["what"] == what
        ]

    assert owed("invitation") == [(True, False)] * 8
    assert sum(was for was, _changed in owed("joining")) == 1
    assert "1 organisation has other ones" in run("sitting", "joining", ref, "--from", "-", typed="Room 5").output  # fmt: skip
    assert owed("invitation") == [(True, True)] * 8
    assert sum(changed for _was, changed in owed("joining")) == 1
    run("sitting", "sent", ref, "invitation", "police")
    assert owed("invitation").count((True, False)) == 1
    said = run(
        "sitting", "not-sent", ref, "joining", "housing", "--because", "another office"
    ).output
    assert "not sent" in said
    assert "Say why" in refused(
        "sitting", "not-sent", ref, "invitation", "housing", "--because", " "
    )


def test_mistakes_are_named_with_a_way_on(record: Path) -> None:
    assert "after its start" in refused("sitting", "plan", str(DAY), "10:00", "--until", "09:00")
    assert "a time such as" in refused("sitting", "plan", str(DAY), "noon")
    assert "a day such as" in refused("sitting", "plan", "Monday", "10:00")
    assert "Say 2, 3 or both" in refused("sitting", "plan", str(DAY), "10:00", "--level", "1")
    assert "no bank holidays for 2101" in refused("demand", "--from", "2101-01-10")
    assert "panelkit sitting list" in refused("sitting", "show", "S-ZZZZ")
    ref = planned()
    assert "List a case in it first" in refused("sitting", "papers", ref, "-o", str(record / "o"))
    assert "--from" in refused("sitting", "joining", ref)
    assert "cannot be read" in refused("sitting", "joining", ref, "--from", str(record / "none"))
    assert "is not in that sitting" in refused("sitting", "take-out", ref, "HM-0901-1")
    assert "still to come" in refused("sitting", "sent", ref, "papers", "--on", str(DAY))
