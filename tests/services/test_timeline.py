"""The timeline of a case: every kind of line comes from the record, in order, by command and on screen."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.errors import NotFound
from panelkit.services.chairing import new_id
from panelkit.services.opening import Opening
from panelkit.services.timeline import Event, Timeline, What
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.timeline import TimelineList
from tests.desk import Clock, Hands, Harness, make_desk
from tests.services.test_distribution import issue
from tests.test_commands import panelkit
from tests.tui.program import settle
from tests.tui.test_field_history import shown

REF, CASE = "WM-0143-3", "WM-0143"
RECIPIENT = "Invented head teacher"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with something of every kind, made once."""
    folder = tmp_path_factory.mktemp("timeline")
    clock = Clock()
    desk = make_desk(folder, samples=("l2_review_carried_actions",), clock=clock)
    meeting = desk.caseload.find(REF)
    told = e.Disclosure(
        id="disclosed", to_whom=RECIPIENT, what="that he has a conviction", by_whom="Imran Sarwar",
        by_when=date(2026, 12, 1),
    )  # fmt: skip
    desk.chairing.add(meeting, told)
    clock.move(minutes=30)
    meeting = issue(desk)
    clock.move(days=1)
    desk.distribution.write(meeting, folder / "copies")
    desk.distribution.sent(meeting, (desk.distribution.register(meeting)[0].id,), "secure e-mail")
    desk.answering.log(meeting)
    desk.chasing.escalate("WM-0143 3.1", "An office", desk.chasing.today())
    desk.owing.done(REF, ("level",), desk.owing.today())
    desk.allocating.allocate(CASE, "Joan Quill")
    desk.allocating.allocate(CASE, "Gail Postern", "Joan is away")
    clock.move(days=1)
    helen = desk.acting_as("Helen Tovey")
    helen.audits.begin(meeting, "K")
    Opening(helen.caseload.record, clock, helen.who).note([meeting], "the meeting")
    clock.move(days=1)
    desk.handing_over.hand_over(meeting, folder / "away.pkh", "long enough for one", "Bob Quill")
    desk.caseload.record.close()
    return folder


def lines(folder: Path) -> tuple[Event, ...]:
    desk = make_desk(folder)
    return Timeline(desk.caseload.record).of(CASE)


def test_every_kind_of_line_is_there_in_order_with_who(folder: Path) -> None:
    found = lines(folder)
    assert [event.at for event in found] == sorted(event.at for event in found)
    assert {event.what for event in found} >= set(What) - {What.LEVEL}
    assert [event.said for event in found if event.what is What.REQUEST] == ["R1 logged"]
    assert {event.ref for event in found} == {f"{CASE}-{n}" for n in (1, 2, 3)}
    (told,) = [event for event in found if event.entry == "disclosed"]
    assert (
        told.words
        == f"To {RECIPIENT}: that he has a conviction, by Imran Sarwar by 1 December 2026"
    )
    assert RECIPIENT not in told.said, "it can be masked"
    *_, given = [event for event in found if event.what is What.ALLOCATED]
    assert given.words == "from Joan Quill to Gail Postern. Joan is away"
    (opened,) = [event for event in found if event.what is What.OPENED]
    assert (opened.who, opened.said) == ("Helen Tovey", "the meeting")
    (audit,) = [event for event in found if event.what is What.AUDIT]
    assert (audit.who, audit.said, audit.words) == ("Helen Tovey", "form K begun", "")
    (sent,) = [e_ for e_ in found if e_.what is What.COPY and "sent:" in e_.said]
    assert sent.said.startswith("copy 1 of version 1 for ")
    assert [event.said for event in found if event.what is What.ISSUED] == [
        "Action schedule, version 1", "Minutes, version 1",
    ]  # fmt: skip
    assert found[-1].what is What.HAND_OVER
    assert found[-1].said == "handed over: Bob Quill"


def test_a_case_is_found_by_its_meeting_and_one_that_is_not_there_is_said(folder: Path) -> None:
    record = make_desk(folder).caseload.record
    assert Timeline(record).of(REF) == Timeline(record).of(CASE)
    with pytest.raises(NotFound):
        Timeline(record).of("NO-1")


def test_the_command_prints_it_and_is_itself_an_opening(folder: Path, tmp_path: Path) -> None:
    db = ("--db", folder / "record.db", "--as", "Moira Prendle")
    done = panelkit("timeline", CASE, *db)
    assert done.returncode == 0
    assert f"To {RECIPIENT}: that he has a conviction" in done.stdout
    told = json.loads(panelkit("timeline", REF, "--json", *db).stdout)
    assert told["case"] == CASE
    mine = [e_ for e_ in told["events"] if e_["who"] == "Moira Prendle" and e_["what"] == "opened"]
    assert {e_["meeting"] for e_ in mine} == {f"{CASE}-{n}" for n in (1, 2, 3)}
    assert {e_["said"] for e_ in mine} == {"timeline"}
    assert panelkit("timeline", "NO-1", *db).returncode == 2


async def test_on_the_chairs_screen_it_filters_opens_and_is_masked(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    meeting = desk.caseload.find(REF)
    row = e.Disclosure(id=new_id(), to_whom=RECIPIENT, what="that he has a conviction")
    desk.chairing.add(meeting, row)
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "timeline")
        await settle(pilot)
        await hands.leader("T")
        await settle(pilot)
        assert isinstance(app.screen, TimelineList)
        await hands.type("teacher")
        await settle(pilot)
        assert RECIPIENT in shown(app)
        await hands.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "EntryForm"
        await hands.press("escape", "f12")
        await settle(pilot)
        await hands.leader("T")
        await settle(pilot)
        assert RECIPIENT not in shown(app)
        assert "▒▒▒" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_home_enter_opens_the_meeting(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = PanelkitApp(desk, crash_folder=tmp_path)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "timeline from home")
        await settle(pilot)
        await hands.leader("l")
        await settle(pilot)
        assert isinstance(app.screen, TimelineList)
        await hands.type(f"{CASE}-2")
        await hands.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "MeetingScreen"
        assert app.screen.session.meeting.ref == f"{CASE}-2"  # type: ignore[attr-defined]
