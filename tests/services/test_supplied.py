"""What one organisation supplied: what the record attributes to it, and what it cannot know."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx
import pytest

from panelkit.domain import entries as e
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.vocabulary import ReportStatus
from panelkit.services.desk import Desk
from panelkit.services.supplied import FROM, NOT_FROM, Supplied
from panelkit.tui.app import PanelkitApp
from tests.desk import Hands, fresh_meeting, make_desk
from tests.services.test_opening import openings
from tests.test_commands import panelkit
from tests.tui.program import settle
from tests.tui.test_field_history import shown

POLICE, PROBATION = "Harrowmere Police", "Probation Service Harrowmere"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = make_desk(tmp_path)
    meeting = desk.chairing.start(fresh_meeting(desk))
    rows: tuple[e.Entry, ...] = (
        e.Contribution(
            id="c1", organisation=POLICE, given_by="Imran Sarwar", text="seen on Monday"
        ),
        e.Contribution(id="c2", organisation=PROBATION, text="not police"),
        e.Contribution(id="c3", organisation="", given_by="Imran Sarwar", text="said by a person"),
        e.Contribution(id="c4", organisation="Harrowmere  police ", text="capitals and spaces"),
        e.Contribution(id="c5", organisation="Harowmere Police", text="spelt otherwise"),
        e.Note(id="n1", speaker=POLICE, text="a note"),
        e.Note(id="n2", text="nobody named"),
        e.Decision(id="d1", decision="decided"),
        e.Evidence(id="e1", parent="d1", source=POLICE, text="two calls"),
        e.AgencyView(id="v1", parent="d1", organisation=POLICE, note="agrees"),
        e.Interest(id="i1", declared_by="Imran Sarwar", nature="a neighbour"),
        e.Action(id="a1", organisation=POLICE, owner="Imran Sarwar", text="what it is to do"),
    )
    for row in rows:
        meeting = desk.chairing.add(meeting, row)
    person = next(p for p in meeting.of(e.Attendance) if p.name == "Imran Sarwar")
    meeting = desk.chairing.change(
        meeting, e.Attendance, person.id, report=ReportStatus.RECEIVED, report_on=date(2026, 11, 20)
    )
    desk.chairing.record_answer(meeting, "A6", "offence_summary", "typed without a source")
    return desk


def test_everything_attributed_to_it_or_to_its_people_and_nothing_else(desk: Desk) -> None:
    (one,) = Supplied(desk.caseload.record).by([POLICE], None, None)
    assert {item.entry for item in one.items} >= {"c1", "c3", "c4", "n1", "e1", "v1", "i1"}
    assert not {item.entry for item in one.items} & {"c2", "c5", "n2", "a1"}
    (report,) = [item for item in one.items if item.title == "Written report"]
    assert report.parts == (("Report", "Report received"), ("Received on", "20 November 2026"))
    assert one.people == ("Ruth Calloway", "Imran Sarwar")
    assert one.unattributed >= 2, "an answer and a note that name nobody"
    (told,) = [item for item in one.items if item.entry == "c1"]
    assert told.said_by == f"{POLICE}, Imran Sarwar"
    assert ("What was said: who, what, when, source, so what", "seen on Monday") in told.parts


def test_spellings_are_shown_before_they_are_used(desk: Desk) -> None:
    service = Supplied(desk.caseload.record)
    spelt = service.alike("harrowmere police")
    (same,) = [each.name for each in spelt if each.is_same]
    assert " ".join(same.split()).casefold() == POLICE.casefold(), (
        "capitals and spaces are one name"
    )
    assert "Harowmere Police" in {each.name for each in spelt if not each.is_same}
    assert PROBATION not in {each.name for each in spelt}
    assert service.by([POLICE], date(2027, 1, 1), None) == ()


def test_every_field_that_names_an_organisation_or_a_person_is_thought_of() -> None:
    names = {FieldKind.PERSON, FieldKind.ORGANISATION, FieldKind.ORGANISATIONS}
    for kind in e.ENTRIES:
        if any(field.kind in names for field in fields_of(kind)):
            assert kind.kind in FROM or kind.kind in NOT_FROM, kind.kind
    for kind, fields in FROM.items():
        assert set(fields) <= {field.key for field in fields_of(e.BY_KIND[kind])}


def test_the_command_says_what_it_used_what_it_left_and_what_it_cannot_know(
    desk: Desk, tmp_path: Path
) -> None:
    db = ("--db", desk.caseload.record.path)
    done = panelkit("supplied", POLICE, *db)
    assert done.returncode == 0, done.stderr
    assert "seen on Monday" in done.stdout
    assert "not police" not in done.stdout
    assert "Spelt alike and NOT used: Harowmere Police (1)" in done.stdout
    assert "do not say from whom they came" in done.stdout
    told = json.loads(panelkit("supplied", POLICE, "--alike", "--json", *db).stdout)
    assert "spelt otherwise" in json.dumps(told)
    assert told["alike_not_used"] == []
    wrong = panelkit("supplied", "Harrowmer Polis", *db)
    assert (wrong.returncode, POLICE in wrong.stderr) == (2, True)
    file = tmp_path / "out.docx"
    assert panelkit("supplied", POLICE, "-o", file, *db).returncode == 0
    document = docx.Document(str(file))
    words = "\n".join(p.text for p in document.paragraphs)
    words += "\n".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    assert "seen on Monday" in words
    assert "What it cannot know" in words
    assert "FICTIONAL RECORD" in document.sections[0].header.paragraphs[-1].text
    assert [what for _who, what in openings(desk.caseload.record)] == ["opened: supplied"] * 3


async def test_on_screen_from_home(desk: Desk, tmp_path: Path) -> None:
    app = PanelkitApp(desk, crash_folder=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "supplied")
        await settle(pilot)
        await hands.leader("u")
        await settle(pilot)
        await hands.type("Harrowmere Police")
        await hands.press("enter")
        await settle(pilot)
        words = shown(app)
        assert "seen on Monday" in words
        assert "Spelt alike and not shown: Harowmere Police" in words, words
        await hands.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "MeetingScreen"
