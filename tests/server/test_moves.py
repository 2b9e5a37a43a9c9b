"""A meeting goes every way there is, in a file and on a server, by the verbs that people have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from panelkit.domain.meeting import Meeting
from panelkit.domain.moves import MOVES
from panelkit.domain.running import Interim
from panelkit.domain.vocabulary import Level, MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.services.minutes_life import everything_confirmed
from panelkit.store.record import Record
from panelkit.wiring import Settings, desk_over
from tests.desk import CHAIR, SAMPLES, Clock, fresh_meeting, make_desk
from tests.servers import FIRST

REF = "WM-0143-3"
INTERIM = Interim("High", Level.TWO, "none", "An alarm rang", date(2026, 12, 1))


@pytest.fixture(params=["file", "server"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The chair's."""
    if request.param == "file":
        yield make_desk(tmp_path, clock=Clock())
        return
    assert FIRST == CHAIR
    record = Record.open(request.getfixturevalue("cluster").record())
    yield desk_over(Settings(who=CHAIR, clock=Clock()), record)
    record.close()


def test_every_way_is_gone_and_the_journal_and_the_facts_say_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[tuple[MeetingState, MeetingState]] = []
    save, advance = desk.caseload.record.save, desk.caseload.record.advance

    def saved(before: Meeting | None, after: Meeting, *args: object, **said: object) -> None:
        save(before, after, *args, **said)  # type: ignore[arg-type]
        if before is not None:
            gone.append((before.state, after.state))

    def advanced(before: Meeting, after: Meeting, *args: object, **said: object) -> None:
        advance(before, after, *args, **said)  # type: ignore[arg-type]
        gone.append((before.state, after.state))

    monkeypatch.setattr(desk.caseload.record, "save", saved)
    monkeypatch.setattr(desk.caseload.record, "advance", advanced)
    chairing, life = desk.chairing, desk.minutes_life

    meeting = chairing.go_on(chairing.pause(chairing.start(fresh_meeting(desk)), "tea"))
    meeting = chairing.resume(chairing.finish_now(meeting, INTERIM))
    chairing.finish_now(chairing.pause(meeting), INTERIM)

    pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", desk.caseload.agenda)
    desk.caseload.take_in([*pack.earlier, pack.meeting])
    meeting = chairing.close(desk.caseload.find(REF))
    meeting = chairing.reopen(meeting, "One decision was not read back.")
    meeting = chairing.close(chairing.pause(meeting))
    meeting = life.send_to_chair(meeting)
    confirmed = everything_confirmed(desk.area)
    meeting = life.approve(meeting, confirmed, "Read and right.")
    meeting = life.withdraw_approval(meeting, "A name is wrong.")
    meeting = life.approve(meeting, confirmed, "Read again.")
    meeting = life.issue(meeting)

    assert desk.caseload.find(REF).state is MeetingState.ISSUED
    ways = {way for way in gone if way[0] is not way[1]}
    assert ways == {(move.before, move.after) for move in MOVES}
    record = desk.caseload.record
    said = {fact.what: fact.reason for fact in record.facts(meeting.id)}
    assert said["reopened"] == "One decision was not read back."
    assert said["approval_withdrawn"] == "A name is wrong."
    assert {str(move.fact) for move in MOVES if move.fact} <= said.keys()
    assert record.verify().is_good
