"""What falls due is kept by every save, and says what the meetings say: on a file and on a server."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from panelkit.domain import entries as e
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.put_off import PutOffReason, is_cancelled
from panelkit.domain.starting import open_actions
from panelkit.domain.transfers import open_transfers
from panelkit.domain.vocabulary import (
    HELD,
    ActionStatus,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingRole,
    MeetingState,
    OwedWhat,
    YesNo,
)
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.services.generating import Generating, wanted_years
from panelkit.store import falls_due
from panelkit.store.record import Record
from panelkit.store.tables import FALLS_DUE
from panelkit.tui.screens.homeboard import read_board
from panelkit.wiring import Settings, desk_over, sample_packs
from tests.desk import CHAIR, Clock, approved, make_desk
from tests.servers import Cluster
from tests.services.test_emergency_called import NEW, POLICE, RECORDED, SOMEBODY, closed
from tests.waits import waiting

GENERATED_ON = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)
REVIEW = "WM-0143-3"


@pytest.fixture(params=["file", "server"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    """A record with nothing in it, on each engine."""
    if request.param == "file":
        record = Record.open(tmp_path / "record.db", create=True)
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        record = Record.open(cluster.record())
    yield record
    record.close()


def desk_over_samples(record: Record) -> Desk:
    desk = desk_over(Settings(who=CHAIR, clock=Clock()), record)
    for path in sample_packs():
        pack = read_pack(path, desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting], pack.beside)
    return desk


def stored(record: Record) -> set[tuple[str, ...]]:
    """Every row that is kept; where to look for what emergency panels left is for :func:`looked_at`."""
    with record._reading() as connection:
        rows = {tuple(row) for row in connection.execute(select(FALLS_DUE))}
    return {row for row in rows if row[2] != falls_due.AFTERWARDS}


def looked_at(record: Record) -> set[str]:
    """Meetings that are looked at for what they left owing."""
    with record._reading() as connection:
        rows = connection.execute(select(FALLS_DUE).where(FALLS_DUE.c.what == falls_due.AFTERWARDS))
        return {row.meeting_id for row in rows}


def left_owing(desk: Desk) -> set[str]:
    """Meetings of which home has a line for what they left owing."""
    kinds = {OwedWhat.PAPERS, OwedWhat.CATEGORY, OwedWhat.REFERRAL}
    return {
        meeting.id
        for meeting in desk.caseload.every()
        if meeting.state in HELD
        and any(one.what in kinds and not one.is_settled for one in desk.emergency.owed(meeting))
    }


def computed(desk: Desk) -> set[tuple[str, ...]]:
    """The same from the meetings themselves, by what the domain says of each."""
    every, put_off = desk.caseload.every(), desk.caseload.record.put_off()
    rows: set[tuple[str, ...]] = set()
    last: dict[str, Meeting] = {}
    for meeting in every:
        held = last.setdefault(meeting.case.id, meeting)
        last[meeting.case.id] = max(held, meeting, key=lambda each: each.number)
        off = is_cancelled(meeting, put_off.get(meeting.id, ()))
        roles = {"closed": ("approve", MeetingRole.CHAIR), "approved": ("issue", MeetingRole.MINUTE_TAKER)}  # fmt: skip
        what, owner = "", ""
        if meeting.state is MeetingState.PLANNED:
            what = "cancelled" if off else "planned"
        elif str(meeting.state) in roles:
            what, role = roles[str(meeting.state)]
            person = meeting.role(role)
            owner = person.name.casefold() if person else ""
        if what:
            rows.add((f"{meeting.id}.{what}", meeting.id, what, meeting.held_on.isoformat(), owner))
    for meeting in last.values():
        ended = meeting.state in HELD
        actions = (
            open_actions(meeting) if ended
            else [a for a in meeting.old_actions if a.is_live and (a.status is None or a.status.outstanding)]
        )  # fmt: skip
        rows |= {
            (a.id, meeting.id, "action", a.current_due.isoformat(), (a.owner or "").casefold())
            for a in actions if a.current_due
        }  # fmt: skip
        due = meeting.day("A18", "next_review_date")
        leaves = meeting.value("A15", "level_decision") in (LevelDecision.EXIT, LevelDecision.L1)
        if ended and due and not leaves:
            rows.add((f"{meeting.id}.review", meeting.id, "review", due.isoformat(), ""))
        for one in open_transfers(meeting):
            day = one.joint_on or one.answered_on or one.asked_on or meeting.held_on
            rows.add((f"{one.id}.transfer", meeting.id, "transfer", day.isoformat(), ""))
    return rows


def test_a_generated_record_keeps_what_its_meetings_say(empty: Record) -> None:
    desk = desk_over(Settings(who=CHAIR, clock=lambda: GENERATED_ON, area="west_midlands"), empty)
    making = Generating(empty, desk.area, desk.caseload.agenda, desk.clock, CHAIR)
    making.years(wanted_years(desk.clock, 2, meetings=25, seed=5, brief=True))
    kept = stored(empty)
    assert {row[2] for row in kept} >= {"action", "approve", "planned"}
    assert kept == computed(desk)
    with empty._writing() as connection:
        falls_due.work_out(connection)
    assert stored(empty) == kept, "worked out anew it is the same"


def test_every_act_keeps_them(empty: Record) -> None:
    desk = desk_over_samples(empty)
    assert stored(empty) == computed(desk)
    for act in (act_of_the_room, act_of_the_minutes, act_of_planning):
        for done in act(desk):
            assert stored(empty) == computed(desk), f"{act.__name__}, {done}"


def act_of_the_room(desk: Desk) -> Iterator[str]:
    chairing = desk.chairing
    meeting = desk.caseload.find(REVIEW)
    action = e.Action(
        id="new-action", text="Visit", owner="Ümit Ørsted", organisation="Harrowmere Police",
        due=date(2026, 11, 20), set_at=meeting.number, accepted=YesNo.YES,
    )  # fmt: skip
    meeting = chairing.add(meeting, action)
    yield "an action set"
    old = meeting.old_actions[0]
    meeting = chairing.change(meeting, e.Action, old.id, status=ActionStatus.PART, new_due=date(2026, 12, 3))  # fmt: skip
    yield "an old one part done"
    meeting = chairing.change(meeting, e.Action, old.id, status=ActionStatus.COMPLETE)
    yield "the same done"
    chair = meeting.role(MeetingRole.CHAIR)
    assert chair is not None
    meeting = chairing.close(meeting)
    yield "closed"
    assert any(row[4] == "ümit ørsted" for row in stored(desk.caseload.record))
    meeting = chairing.reopen(meeting, "To be put right.")
    yield "reopened"
    meeting = chairing.withdraw(meeting, e.Action, "new-action", "Said twice.")
    yield "the action withdrawn"
    chairing.close(meeting)
    yield "closed again"


def act_of_the_minutes(desk: Desk) -> Iterator[str]:
    meeting = approved(desk, REVIEW)
    yield "approved"
    desk.minutes_life.withdraw_approval(meeting, "A name is wrong.")
    yield "approval withdrawn"
    after = desk.caseload.open_next(
        "WM-0143", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2027, 1, 14)
    )
    assert after.number == 4
    yield "the next meeting planned: what went on is carried to it"


def act_of_planning(desk: Desk) -> Iterator[str]:
    desk.putting_off.postpone("WM-0143-4", date(2027, 1, 20), PutOffReason.STAFFING)
    yield "postponed"
    desk.putting_off.cancel("WM-0143-4", PutOffReason.NOT_QUORATE)
    yield "cancelled"
    desk.putting_off.undo("WM-0143-4", 2, "It was not.")
    yield "not cancelled after all"
    desk.putting_off.cancel("WM-0143-4", PutOffReason.NOT_QUORATE)
    desk.caseload.open_next(
        "WM-0143", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2027, 1, 28)
    )
    yield "planned again"


def test_what_an_emergency_panel_left_is_looked_at_until_it_came(empty: Record) -> None:
    desk = desk_over_samples(empty)
    assert not left_owing(desk) - looked_at(empty)
    for ref, somebody in (("WM-0143", None), (NEW, SOMEBODY)):
        if somebody is None:
            desk.chairing.close(desk.caseload.find(REVIEW))
        made = closed(desk, ref, somebody)
        assert {made.id} == left_owing(desk) & looked_at(empty)
        made = desk.emergency.settle(made, OwedWhat.PAPERS, by_whom="DI Shah", organisation=POLICE)
        if somebody is not None:
            assert made.id in left_owing(desk) & looked_at(empty)
            made = RECORDED[OwedWhat.CATEGORY](desk, made)
            assert made.id in left_owing(desk) & looked_at(empty)
            RECORDED[OwedWhat.REFERRAL](desk, made)
        assert not left_owing(desk) | looked_at(empty)
        assert stored(empty) == computed(desk)


def test_a_transfer_is_listed_until_the_plan_is_handed_over(empty: Record) -> None:
    desk = desk_over_samples(empty)
    made = desk.caseload.find(REVIEW)
    going = e.Transfer(
        id="new-transfer", owner="Harrowmere Police", to_area="Eastmoor", plan_holder="Harrowmere Police",
    )  # fmt: skip
    made = desk.chairing.add(made, going)
    assert f"{going.id}.transfer" in {row[0] for row in stored(empty)}
    made = desk.chairing.change(made, e.Transfer, going.id, asked_on=date(2026, 11, 20))
    assert stored(empty) == computed(desk)
    rows = read_board(desk).rows()
    assert any("Eastmoor owes Harrowmere Police its decision" in row.cells[-1] for row in rows)
    desk.chairing.change(made, e.Transfer, going.id, handed_over_on=date(2026, 11, 22))
    assert f"{going.id}.transfer" not in {row[0] for row in stored(empty)}
    assert stored(empty) == computed(desk)


def test_two_desks_that_save_different_actions_lose_neither(empty: Record) -> None:
    """What is kept is worked out from what is stored, not from what one of the two had on screen."""
    desk = desk_over_samples(empty)
    mine = theirs = desk.caseload.find(REVIEW)
    first, second = (old.id for old in mine.old_actions[:2])
    by = By("Ruth Calloway", desk.clock())
    for number, (meeting, action) in enumerate(((mine, first), (theirs, second))):
        after = meeting.change(e.Action, action, by, status=ActionStatus.COMPLETE)
        empty.save(meeting, after, by, command=f"both-{number}")
    assert not {first, second} & {row[0] for row in stored(empty)}
    assert stored(empty) == computed(desk)


def test_a_revision_works_out_what_the_program_keeps(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    making = Generating(desk.caseload.record, desk.area, desk.caseload.agenda, desk.clock, CHAIR)
    making.years(wanted_years(desk.clock, 1, meetings=25, seed=8, brief=True))
    revision = importlib.import_module("panelkit.store.migrations.versions.0019_scale")
    with desk.caseload.record._reading() as connection:
        found = {
            (*row[:-1], row[-1].casefold())
            for select_all in revision.WORKED_OUT
            for row in connection.exec_driver_sql(select_all)
        }
    assert found == stored(desk.caseload.record)


def test_home_says_of_it_what_the_meetings_say(empty: Record) -> None:
    desk = desk_over_samples(empty)
    for _done in act_of_the_room(desk):
        pass
    every, today = desk.caseload.every(), desk.caseload.today()
    for who in (CHAIR, "dylan ashgrove", "nobody at all"):
        rows = read_board(desk.acting_as(who)).rows()
        shown = [
            (row.cells[1], row.cells[5], row.strong) for row in rows
            if row.id.startswith(("meeting|", "wanted|", "afterwards|"))
        ]  # fmt: skip
        waits = waiting(every, desk.area, today, who)
        said = [
            (wait.ref, wait.words, wait.late)
            for mine in (True, False) for wait in waits if wait.mine is mine
        ]  # fmt: skip
        assert shown == said
        assert said


def test_a_long_section_shows_a_page_and_says_how_much_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panelkit.services import near

    monkeypatch.setattr(near, "PAGE", 3)
    desk = make_desk(tmp_path)
    making = Generating(desk.caseload.record, desk.area, desk.caseload.agenda, desk.clock, CHAIR)
    making.years(wanted_years(desk.clock, 1, meetings=25, seed=8, brief=True))
    whole = waiting(desk.caseload.every(), desk.area, desk.caseload.today(), desk.who)
    others = [wait.ref for wait in whole if not wait.mine and not wait.words.startswith("decision")]
    board = read_board(desk)
    assert [one.ref for one in board.heads.others.shown] == others[:3]
    assert board.heads.others.more == len(others) - 3
    more = next(row for row in board.rows() if row.id == "more|others")
    assert more.cells[1:3] == ("more", str(len(others) - 3))
    wider = read_board(desk, {"others": 6})
    assert [one.ref for one in wider.heads.others.shown] == others[:6]
