"""A save in one statement on a server: where anything is not as it was read, the sentence is the same
as ever and nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from panelkit.domain import entries as e
from panelkit.domain.errors import NotFound, PenElsewhere, StaleRecord
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Role
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.chairing import new_id
from panelkit.services.clock import system_clock
from panelkit.services.desk import Desk
from panelkit.store import in_one
from tests.desk import fresh_meeting
from tests.server.team import Team
from tests.servers import Cluster


@pytest.fixture(scope="module")
def team(cluster: Cluster) -> Team:
    return Team.on(cluster, Role.CHAIR, Role.MINUTE_TAKER)


@pytest.fixture
def desks(team: Team) -> Iterator[tuple[Desk, Desk]]:
    """Ruth Calloway's, and the minute taker's."""
    with team.opened() as mine, team.opened(Role.MINUTE_TAKER) as theirs:
        yield team.desk(mine), team.desk(theirs)


@pytest.fixture
def meeting(desks: tuple[Desk, Desk], request: pytest.FixtureRequest) -> Meeting:
    desk, number = desks[0], len(desks[0].caseload.record.meetings())
    found = desk.chairing.start(fresh_meeting(desk, f"HM-{1000 + number}"))
    found = desk.chairing.record_answer(found, "A6", "index_offence", "As it was.")
    return desk.chairing.add(found, e.Note(id=new_id(), text="Heard."))


def content(team: Team, meeting: Meeting) -> list[tuple[str, ...]]:
    """What is stored of it, the journal and the commands too."""
    asked = (
        f"SELECT text, revision::text FROM answer WHERE meeting_id = '{meeting.id}'",
        f"SELECT text, number::text, revision::text FROM notes WHERE meeting_id = '{meeting.id}'",
        f"SELECT text, visit FROM superseded WHERE meeting_id = '{meeting.id}'",
        "SELECT count(*)::text FROM journal", "SELECT count(*)::text FROM command",
    )  # fmt: skip
    return [row for statement in asked for row in sorted(team.cluster.rows(statement, team.server))]


def answer(desk: Desk, meeting: Meeting, words: str) -> Meeting:
    return desk.chairing.record_answer(meeting, "A6", "index_offence", words)


def note(desk: Desk, meeting: Meeting, words: str) -> Meeting:
    return desk.chairing.change(meeting, e.Note, meeting.live(e.Note)[0].id, text=words)


WAYS: dict[str, Callable[[Desk, Meeting, str], Meeting]] = {"an answer": answer, "a note": note}


def pause(desk: Desk, meeting: Meeting, words: str) -> Meeting:
    return desk.chairing.pause(meeting, words)


def test_of_two_who_pause_a_meeting_one_does(
    team: Team, desks: tuple[Desk, Desk], meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = desks
    write = in_one.write

    def late(*args: object, **said: object) -> None:
        monkeypatch.setattr(in_one, "write", write)
        pause(theirs, meeting, "Theirs.")
        write(*args, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(in_one, "write", late)
    with pytest.raises(StaleRecord, match="was changed by somebody else"):
        pause(mine, meeting, "Mine.")
    now = mine.caseload.record.load(meeting.id)
    assert now.state is MeetingState.PAUSED
    assert [each.reason for each in now.live(e.Pause)] == ["Theirs."]
    assert mine.caseload.record.verify().is_good


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("when", ["before it is read", "between reading and writing"])
def test_what_somebody_else_wrote_first_is_never_written_over(
    team: Team, desks: tuple[Desk, Desk], meeting: Meeting, monkeypatch: pytest.MonkeyPatch,
    way: str, when: str,
) -> None:  # fmt: skip
    mine, theirs = desks
    if when == "before it is read":
        WAYS[way](theirs, meeting, "Theirs.")
    else:
        write = in_one.write

        def late(*args: object, **said: object) -> None:
            monkeypatch.setattr(in_one, "write", write)
            WAYS[way](theirs, meeting, "Theirs.")
            write(*args, **said)  # type: ignore[arg-type]

        monkeypatch.setattr(in_one, "write", late)
    with pytest.raises(StaleRecord) as refused:
        WAYS[way](mine, meeting, "Mine.")
    assert (refused.value.theirs, refused.value.mine) == ("Theirs.", "Mine.")
    now = content(team, meeting)
    found = mine.caseload.record.load(meeting.id)
    assert (found.text("A6", "index_offence"), found.live(e.Note)[0].text) == (
        ("Theirs.", "Heard.") if way == "an answer" else ("As it was.", "Theirs.")
    )
    with pytest.raises(StaleRecord):
        WAYS[way](mine, meeting, "Mine.")
    assert content(team, meeting) == now
    assert mine.caseload.record.verify().is_good


def test_whoever_adds_at_the_same_moment_takes_the_next_number(
    desks: tuple[Desk, Desk], meeting: Meeting
) -> None:
    mine, theirs = desks
    theirs.chairing.add(meeting, e.Note(id=new_id(), text="Theirs."))
    after = mine.chairing.add(meeting, e.Note(id=new_id(), text="Mine."))
    assert [(row.number, row.text) for row in after.live(e.Note)] == [
        (1, "Heard."), (2, "Theirs."), (3, "Mine."),
    ]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_meeting_that_was_handed_over_meanwhile_is_not_written_in(
    team: Team, desks: tuple[Desk, Desk], meeting: Meeting, way: str
) -> None:
    mine, theirs = desks
    by = By("Ruth Calloway", system_clock())
    mine.caseload.record.hand_over(
        meeting, "Dylan Ashgrove", by, command=new_id(), write=lambda _parcel: "h"
    )
    before = content(team, meeting)
    with pytest.raises(PenElsewhere, match="the pen is with Dylan Ashgrove"):
        WAYS[way](theirs, meeting, "After it went.")
    with pytest.raises(PenElsewhere):
        theirs.chairing.add(meeting, e.Note(id=new_id(), text="After it went."))
    assert content(team, meeting) == before


def test_a_meeting_that_is_not_there_takes_nothing(
    team: Team, desks: tuple[Desk, Desk], meeting: Meeting
) -> None:
    mine, _theirs = desks
    gone = replace(meeting, id=new_id())
    before = content(team, meeting)
    with pytest.raises(NotFound, match="not in this record"):
        mine.chairing.record_answer(gone, "A6", "offence_summary", "Nowhere.")
    with pytest.raises(NotFound, match="not in this record"):
        mine.chairing.add(gone, e.Note(id=new_id(), text="Nowhere."))
    assert content(team, meeting) == before


def test_many_rows_of_one_act_are_stored_together(
    desks: tuple[Desk, Desk], meeting: Meeting
) -> None:
    mine, theirs = desks
    after = mine.chairing.check_in_all(meeting)
    found = theirs.caseload.record.load(meeting.id)
    assert found == after
    assert all(person.status is not None for person in found.live(e.Attendance))
    assert mine.caseload.record.verify().is_good
