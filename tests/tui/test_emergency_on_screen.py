"""An emergency panel from the home screen, key by key, over a file and over a server.

What is counted is every key that is pressed; what is asserted is what was stored. Everything is
invented.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.attendance import in_room, stay_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    AgeGroup,
    AgencyType,
    AttendanceStatus,
    CallOutcome,
    Category,
    EmergencyCause,
    KeyDateKind,
    Level,
    MeetingKind,
    MeetingRole,
    MeetingState,
    OwedWhat,
)
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.tui.screens.emergency.callnote import CallNote
from panelkit.tui.screens.emergency.calls import CallsScreen
from panelkit.tui.screens.emergency.form import EmergencyForm
from panelkit.tui.screens.emergency.owed import OwedAfterwards, SettleForm
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import CHAIR, SAMPLES, Hands, make_desk
from tests.servers import Cluster
from tests.together.desks import Shared
from tests.tui.program import Program, settle

CASE = "WM-0143"
MOST_KEYS = 12
REASON = "Threat to partner"
POLICE, PROBATION = "Harrowmere Police", "Probation Service Harrowmere"
HOUSING, OTHER_HOUSING = "Harrowmere City Council Housing", "Tillbrook Borough Council Housing"
ORGANISATIONS = (
    (POLICE, AgencyType.POL), (PROBATION, AgencyType.PRB), (HOUSING, AgencyType.LHA),
    (OTHER_HOUSING, AgencyType.LHA),
)  # fmt: skip
RING = ((HOUSING, "Duty desk 0100 555 0100"),)


def with_a_case(desk: Desk) -> Desk:
    """The sample review closed, in an area that names its organisations."""
    pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", desk.caseload.agenda)
    desk.caseload.take_in([*pack.earlier, pack.meeting])
    desk.chairing.close(desk.caseload.find(f"{CASE}-3"))
    return in_area(desk)


def in_area(desk: Desk) -> Desk:
    return dataclasses.replace(
        desk, area=dataclasses.replace(desk.area, organisations=ORGANISATIONS, ring=RING)
    )


@pytest.fixture(params=["file", "server"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A record in a file or on a server, and its chair."""
    if request.param == "file":
        made = make_desk(tmp_path)
        yield with_a_case(made)
        made.caseload.record.close()
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    shared = Shared(cluster.record(), tmp_path, cluster)
    yield with_a_case(shared.desk(CHAIR))
    shared.close()


@pytest.fixture
def on_file(tmp_path: Path) -> Desk:
    return with_a_case(make_desk(tmp_path))


def emergency(desk: Desk, ref: str = f"{CASE}-4") -> Meeting:
    return desk.caseload.find(ref)


async def test_from_home_to_a1_in_twelve_keys_and_a_reason(desk: Desk, tmp_path: Path) -> None:
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "emergency")  # type: ignore[arg-type]
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await hands.press("ctrl+e")
        await hands.type("143")
        await hands.press("enter", "4", "enter")
        keys = len(hands.pressed)
        await hands.type(REASON)
        assert len(hands.pressed) - keys == len(REASON)
        await hands.press("enter", "enter", "enter", "escape")
        await settle(pilot)
        assert isinstance(app.screen, MeetingScreen)
        assert app.screen.current == "A1"
        pressed = len(hands.pressed) - len(REASON)
        hands.report()
        assert pressed <= MOST_KEYS
    made = emergency(desk)
    assert (made.kind, made.level, made.state) == (
        MeetingKind.EMERGENCY, Level.TWO, MeetingState.PLANNED,
    )  # fmt: skip
    assert made.value("A1", "emergency_cause") is EmergencyCause.THREAT
    assert made.text("A1", "emergency_reason") == REASON
    assert made.text("A1", "called_by") == CHAIR
    assert made.text("A1", "called_at") == "23 November 2026, 10:00"
    assert made.old_actions, "what is carried is there"


async def test_the_clock_of_the_meeting_starts_within_the_same_count(
    on_file: Desk, tmp_path: Path
) -> None:
    app = Program(on_file, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "emergency, the case under the cursor")  # type: ignore[arg-type]
        await settle(pilot)
        rows = app.screen.query_one(RowList)
        rows.show_current(f"{CASE}-3")
        await hands.press("ctrl+e", "enter", "4", "enter")
        await hands.type(REASON)
        await hands.press("ctrl+s", "escape", "ctrl+f", "p")
        await settle(pilot)
        hands.report()
        assert len(hands.pressed) - len(REASON) <= MOST_KEYS
    assert emergency(on_file).state is MeetingState.OPEN


async def test_somebody_who_is_not_in_the_record(desk: Desk, tmp_path: Path) -> None:
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 50)) as pilot:
        hands = Hands(pilot, "emergency, somebody new")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.press("ctrl+e")
        await hands.type("new")
        await hands.press("enter")
        await hands.type("Devin Marlowe")
        await hands.press("enter", "2", "enter", "2", "enter")
        await hands.type(REASON)
        await hands.press("ctrl+s", "escape")
        await settle(pilot)
        assert isinstance(app.screen, MeetingScreen), app.shown()
        hands.report()
        assert len(hands.pressed) - len("Devin Marlowe") - len(REASON) <= MOST_KEYS
    made = emergency(desk, "EP-20261123A")
    assert made.case.name == "Devin Marlowe"
    assert made.case.category is Category.UNCONFIRMED
    assert made.value("A3", "mappa_category") is Category.UNCONFIRMED
    assert made.value("A3", "age_group") is AgeGroup.ADULT
    assert made.number == 1


async def test_a_child_marked_as_an_adult_is_named_with_its_place(
    on_file: Desk, tmp_path: Path
) -> None:
    app = Program(on_file, tmp_path)
    async with app.run_test(size=(120, 50)) as pilot:
        hands = Hands(pilot, "a child as an adult")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.press("ctrl+e")
        await hands.type("new")
        await hands.press("enter")
        await hands.type("Ellis Harrow")
        await hands.press("enter", "2", "tab")
        await hands.type("4 March 2011")
        await hands.press("enter", "enter", "enter", "enter", "2", "enter")
        await hands.type(REASON)
        await hands.press("ctrl+s")
        assert isinstance(app.screen, EmergencyForm)
        said = app.shown()
        assert "a child of 15" in said
        plain = " ".join(said.replace("│", " ").split())
        assert "Correct the date of birth, or the choice beside it." in plain
        focused = app.focused
        assert focused is not None
        assert focused.id == "age", "the cursor is at the place that is named"
        await hands.press("1", "ctrl+s")
        await settle(pilot)
    made = emergency(on_file, "EP-20261123A")
    assert made.is_child
    needed = {row.agency for row in on_file.emergency.to_ring(made) if row.needed}
    assert {AgencyType.YJS, AgencyType.CSC} <= needed


async def test_a_meeting_that_runs_is_opened_and_nothing_is_made(
    on_file: Desk, tmp_path: Path
) -> None:
    on_file.chairing.reopen(on_file.caseload.find(f"{CASE}-3"), "One more thing.")
    before = len(on_file.caseload.every())
    app = Program(on_file, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "a meeting that runs")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.press("ctrl+e")
        await hands.type("0143")
        assert "is in progress: it is opened, nothing new is made" in " ".join(app.shown().split())
        await hands.press("enter")
        await settle(pilot)
        assert app.meeting_screen.session.meeting.ref == f"{CASE}-3"
        assert not isinstance(app.screen, CallsScreen)
    assert len(on_file.caseload.every()) == before


async def test_a_planned_review_is_turned_and_its_day_is_kept(
    on_file: Desk, tmp_path: Path
) -> None:
    planned = date(2027, 2, 10)
    on_file.caseload.open_next(CASE, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=planned)
    app = Program(on_file, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "a planned review")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.press("ctrl+e")
        await hands.type("0143")
        said = " ".join(app.shown().split())
        assert "is planned: it is held now, as an emergency panel" in said
        assert "at Level 2 already" in said
        await hands.press("enter", "1", "enter")
        await hands.type(REASON)
        await hands.press("ctrl+s", "escape")
        await settle(pilot)
    made = emergency(on_file)
    assert made.kind is MeetingKind.EMERGENCY
    assert made.held_on == date(2026, 11, 23)
    assert [d.event for d in made.live(e.KeyDate) if d.on == planned] == [KeyDateKind.OTHER]


async def test_what_was_typed_is_there_again_after_esc(on_file: Desk, tmp_path: Path) -> None:
    app = Program(on_file, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "esc")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.press("ctrl+e")
        await hands.type("143")
        await hands.press("enter", "4", "enter")
        await hands.type(REASON)
        app.screen.query_one("#level", Choice).focus()
        await hands.press("2", "escape", "ctrl+e")
        form = app.screen
        assert isinstance(form, EmergencyForm)
        assert (form.line("reason"), form.picked("cause"), form.case) == (REASON, "threat", CASE)
        assert form.picked("level") == "3", "what was picked is offered, not where the case stands"


async def test_what_is_missing_is_named_and_the_cursor_goes_there(
    on_file: Desk, tmp_path: Path
) -> None:
    app = Program(on_file, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "gaps of the form")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.press("ctrl+e")
        await hands.type("143")
        await hands.press("ctrl+s")
        assert "Cause: none is picked" in " ".join(app.shown().split())
        assert app.focused is not None
        assert app.focused.id == "cause"
        await hands.press("4", "ctrl+s")
        assert "What happened: a sentence is needed" in " ".join(app.shown().split())
        assert app.focused.id == "reason"
    assert on_file.caseload.latest(CASE).ref == f"{CASE}-3"  # type: ignore[union-attr]


async def test_ringing_round_takes_one_key_each_and_a1_waits_for_who_is_coming(
    desk: Desk, tmp_path: Path
) -> None:
    made = called(desk)
    app = Program(desk, tmp_path, made.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "ring round")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.leader("R")
        screen = app.screen
        assert isinstance(screen, CallsScreen)
        rows = list(screen.rows_to_ring())
        assert [row.needed for row in rows][:2] == [True, True]
        first = rows[0].organisation
        await hands.press("t", "c", "down")
        second = screen.query_one(RowList).current
        await hands.press("n")
        await hands.press("escape")
        await settle(pilot)
    stored = desk.caseload.find(made.ref)
    assert [(c.organisation, c.outcome) for c in stored.live(e.Call)] == [
        (first, CallOutcome.TRIED), (first, CallOutcome.COMING), (second, CallOutcome.NOT_REACHED),
    ]  # fmt: skip
    assert all(c.at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC) for c in stored.live(e.Call))
    assert all(c.rung_by == CHAIR for c in stored.live(e.Call))
    there = [a for a in stored.live(e.Attendance) if a.organisation == first]
    assert there
    assert all(a.status is None for a in there), "coming is not in the room"
    assert not in_room(stored)


async def test_all_in_lets_nobody_in_who_was_not_reached(on_file: Desk, tmp_path: Path) -> None:
    made = called(on_file)
    rows = on_file.emergency.to_ring(made)
    coming, missed = rows[0], rows[1]
    made = on_file.emergency.ring(
        made, coming.organisation, coming.agency, CallOutcome.COMING, person=coming.person
    )
    made = on_file.emergency.ring(made, missed.organisation, missed.agency, CallOutcome.NOT_REACHED)
    made = on_file.chairing.start(made)
    after = on_file.chairing.check_in_all(made)
    named = next(c.person for c in made.live(e.Call)) if coming.person else ""
    here = [(a.organisation, a.name) for a in in_room(after)]
    assert {name for name, _who in here} == {coming.organisation}
    assert not named or [who for _name, who in here] == [named]
    late = next(a for a in after.live(e.Attendance) if a.organisation == missed.organisation)
    # They ring back while the meeting runs.
    after = on_file.emergency.ring(after, missed.organisation, missed.agency, CallOutcome.COMING)
    after = on_file.chairing.check_in(after, late.id)
    person = after.entry(e.Attendance, late.id)
    assert person.status in (AttendanceStatus.ATTENDED, AttendanceStatus.PART)
    assert stay_of(after, person).in_room


async def test_an_agency_with_several_organisations_asks_which(
    on_file: Desk, tmp_path: Path
) -> None:
    made = called(on_file, somebody=True)
    app = Program(on_file, tmp_path, made.ref)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "which")  # type: ignore[arg-type]
        await settle(pilot)
        await hands.leader("R")
        screen = app.screen
        assert isinstance(screen, CallsScreen)
        screen.query_one(RowList).show_current("LHA")
        await hands.press("c")
        await hands.type("tillbrook")
        await hands.press("enter")
        await settle(pilot)
        await hands.press("enter")
        assert isinstance(app.screen, CallNote)
        await hands.type("Out of hours manager joins by link")
        await hands.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, CallsScreen)
        await hands.press("delete")
        await hands.type("Pressed by mistake.")
        await hands.press("enter")
        await settle(pilot)
    (call,) = on_file.caseload.find(made.ref).of(e.Call)
    assert (call.organisation, call.agency) == (OTHER_HOUSING, AgencyType.LHA)
    assert call.note == "Out of hours manager joins by link"
    assert call.withdrawn == "Pressed by mistake."


async def test_what_is_owed_afterwards_is_on_home_until_somebody_says_that_it_came(
    on_file: Desk, tmp_path: Path
) -> None:
    made = closed(on_file)
    app = Program(on_file, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "owed")  # type: ignore[arg-type]
        await settle(pilot)
        assert "papers in writing owed by 1 organisation" in app.shown()
        rows = app.screen.query_one(RowList)
        row = next(r for r in rows.shown if r.id.startswith("afterwards|"))
        rows.show_current(row.id)
        await hands.press("enter")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, OwedAfterwards)
        papers = next(n for n, one in enumerate(screen.owed) if one.what is OwedWhat.PAPERS)
        screen.query_one(RowList).show_current(str(papers))
        await hands.press("enter")
        assert isinstance(app.screen, SettleForm)
        await hands.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, OwedAfterwards)
        await hands.press("escape")
        await settle(pilot)
        assert "papers in writing owed" not in app.shown()
    (said,) = on_file.caseload.find(made.ref).live(e.Settled)
    assert (said.what, said.on, said.typed_by) == (OwedWhat.PAPERS, date(2026, 11, 23), CHAIR)


def called(desk: Desk, *, somebody: bool = False) -> Meeting:
    from panelkit.domain.emergency import Called
    from panelkit.services.emergency import Somebody

    call = Called(
        cause=EmergencyCause.THREAT, reason=REASON, called_by=CHAIR, called_at=desk.clock(),
        level=Level.TWO, held_on=date(2026, 11, 23),
    )  # fmt: skip
    if somebody:
        person = Somebody(name="Devin Marlowe", age=AgeGroup.ADULT, fiction=True)
        return desk.emergency.call("EP-20261123A", call, person)
    return desk.emergency.call(CASE, call)


def closed(desk: Desk) -> Meeting:
    """A panel that ended, with one organisation there."""
    made = called(desk)
    chair = made.role(MeetingRole.CHAIR)
    assert chair is not None
    row = next(
        r for r in desk.emergency.to_ring(made) if r.organisation not in ("", chair.organisation)
    )
    made = desk.emergency.ring(made, row.organisation, row.agency, CallOutcome.COMING)
    made = desk.chairing.start(made)
    person = next(a for a in made.live(e.Attendance) if a.organisation == row.organisation)
    made = desk.chairing.check_in(made, person.id)
    made = desk.chairing.record_answer(made, "A18", "next_review_date", "2027-01-20")
    ended = made.with_facts(state=MeetingState.CLOSED)
    desk.caseload.record.save(made, ended, desk.chairing.by(), command="closed-by-hand")
    return desk.caseload.find(made.ref)
