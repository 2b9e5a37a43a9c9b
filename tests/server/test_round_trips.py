"""How often a save goes to the server and back, and how often with the turn: neither grows unseen.

pytest tests/server/test_round_trips.py -n 0 -s      # prints the figures
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from panelkit.domain import entries as e
from panelkit.domain.people import Role
from panelkit.opened.session import Session, Spot
from panelkit.services.chairing import Chairing, new_id
from tests.desk import fresh_meeting
from tests.server.team import Team
from tests.servers import Cluster
from tests.together.proxy import Way

REF: Final = "HM-0900-1"
KNOWN_WELL: Final = 8
"""Times after which the driver and the server have prepared what they are asked again and again."""
HELD: Final = (
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
    "WHERE locktype = 'advisory' AND granted AND datname = current_database()"
)


class Counting(Way):
    """A way to a server that counts how often somebody asks after they were answered, and how often
    of those somebody had the turn."""

    def __init__(self, to: Path | tuple[str, int], looking: psycopg.Connection[Any]) -> None:
        super().__init__(to)
        self.trips = self.with_the_turn = 0
        self._looking = looking
        self._answered, self._counts = True, False

    def passes(self, answers: bool) -> None:
        if self._counts and not answers and self._answered:
            self.trips += 1
            found = self._looking.execute(HELD).fetchone()
            self.with_the_turn += bool(found and found[0])
        self._answered = answers

    def of(self, act: Callable[[], object]) -> tuple[int, int]:
        """How often for one act that was done a few times before."""
        for _ in range(KNOWN_WELL):
            act()
        self._counts = True
        act()
        self._counts = False
        return self.trips, self.with_the_turn


@pytest.fixture(scope="module")
def team(cluster: Cluster) -> Team:
    made = Team.on(cluster, Role.CHAIR)
    with made.opened() as record:
        desk = made.desk(record)
        desk.chairing.start(fresh_meeting(desk, "HM-0900"))
    return made


@pytest.fixture
def way(team: Team) -> Iterator[Counting]:
    host, port = team.cluster.host, team.cluster.port
    to = Path(host) / f".s.PGSQL.{port}" if host.startswith("/") else (host, port)
    with team.cluster.connection(team.server.database) as looking:
        found = Counting(to, looking)
        yield found
        found.close()


class Desk:
    """A chair whose program goes that way."""

    def __init__(self, team: Team, way: Counting) -> None:
        from panelkit.store.record import Record

        there = dataclasses.replace(team.address(Role.CHAIR), host="127.0.0.1", port=way.port)
        self.record = Record.open(there)
        self.chairing: Chairing = team.desk(self.record).chairing
        self.meeting = self.record.load(REF)
        self.session = Session(self.chairing, self.meeting)
        self.number = 0

    def answer(self) -> None:
        """Another text in a field that holds one, each on a visit of its own."""
        self.number += 1
        self.meeting = self.chairing.record_answer(
            self.meeting, "A6", "index_offence", f"Words {self.number}.", visit=new_id()
        )

    def add(self, entry: e.Entry) -> None:
        self.meeting = self.chairing.add(self.meeting, dataclasses.replace(entry, id=new_id()))

    def change(self) -> None:
        self.number += 1
        note = self.meeting.live(e.Note)[0]
        self.meeting = self.chairing.change(
            self.meeting, e.Note, note.id, visit=new_id(), text=f"Words {self.number}."
        )

    def pause(self) -> None:
        """The meeting pauses and goes on."""
        self.meeting = self.chairing.go_on(self.chairing.pause(self.meeting))

    def typed(self) -> None:
        """As the screen does: keys, and the field is left."""
        self.number += 1
        spot = Spot("A6", "offence_summary")
        self.session.arrive(spot)
        self.session.typed(spot, f"Words {self.number}.", 0.0)
        self.session.leave(spot)
        assert not self.session.unsaved


ACTS: Final[dict[str, tuple[Callable[[Desk], object], tuple[int, int]]]] = {
    "an answer": (Desk.answer, (2, 0)),
    "an answer, typed": (Desk.typed, (2, 0)),
    "a note": (lambda d: d.add(e.Note(id="", text="Heard.")), (1, 0)),
    "a note changed": (Desk.change, (2, 0)),
    "an action": (lambda d: d.add(e.Action(id="", text="Visit.", owner="Invented PO")), (2, 0)),
    "a decision": (
        lambda d: d.add(e.Decision(id="", decision="Stays.", because="Invented.")),
        (1, 0),
    ),
    "a pause, and on": (Desk.pause, (3, 0)),
    "a line begun": (lambda d: d.session.keep_draft("note", "x"), (1, 0)),
    "a place kept": (lambda d: d.chairing.remember_place(d.meeting, "A6"), (1, 0)),
    "what others wrote": (lambda d: d.session.reload(), (2, 0)),
    "a tick with nothing to do": (lambda d: d.session.tick(0.0), (0, 0)),
}
"""How often each may go there and back, and how often while others wait for it: an act that takes the
turn and gives it back inside one statement never keeps it on the way."""


@pytest.mark.parametrize("name", ACTS)
def test_what_is_done_all_day_asks_the_server_no_more_often_than_this(
    team: Team, way: Counting, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    act, (trips, with_the_turn) = ACTS[name]
    desk = Desk(team, way)
    try:
        if name == "a note changed":
            desk.add(e.Note(id="", text="Begun."))
        found = way.of(lambda: act(desk))
    finally:
        desk.record.close()
    with capsys.disabled():
        print(f"\n{name}: {found[0]} there and back, {found[1]} with the turn")
    assert found[0] <= trips, name
    assert found[1] <= with_the_turn, name
