"""Who else has a meeting open, and at which item: on a file and on a server."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from panelkit.domain.errors import NotSaved
from panelkit.domain.presence import GONE_AFTER, Part
from panelkit.opened.session import Session
from panelkit.services.desk import Desk
from panelkit.store.record import Record
from tests.together.desks import CHAIR, READER, REF, TAKER, Shared


def session(desk: Desk) -> Session:
    return Session(desk.chairing, desk.caseload.find(REF))


def at(one: Session, item: str) -> None:
    one.company.at(item)
    one.tick(time.monotonic())


def sees(one: Session, expected: list[tuple[str, str, str]]) -> None:
    """Soon: a server tells within a moment; the second that people are promised is another test's."""
    end = time.monotonic() + 10
    while True:
        one.tick(time.monotonic())
        found = [(here.who, str(here.part), here.item) for here in one.others]
        if found == expected:
            return
        assert time.monotonic() < end, found
        threading.Event().wait(0.01)


def journalled(record: Record) -> int:
    return record.verify().entries


def test_each_sees_the_other_and_where_they_go(shared: Shared) -> None:
    chair, taker = session(shared.desk(CHAIR)), session(shared.desk(TAKER))
    at(chair, "A6")
    at(taker, "A11")
    sees(chair, [(TAKER, "writing", "A11")])
    sees(taker, [(CHAIR, "chairing", "A6")])
    at(taker, "A12")
    sees(chair, [(TAKER, "writing", "A12")])
    taker.company.stop(leave=True)
    sees(chair, [])


def test_somebody_who_only_looks_is_seen_too(shared: Shared) -> None:
    chair, reader = session(shared.desk(CHAIR)), session(shared.desk(READER))
    at(chair, "A6")
    at(reader, "A2")
    # In a file without passphrases nobody's role is known.
    expected = [(READER, "reading" if shared.is_on_server else "writing", "A2")]
    sees(chair, expected)


def test_another_window_of_ones_own_is_seen(shared: Shared) -> None:
    one, other = session(shared.desk(CHAIR)), session(shared.desk(CHAIR))
    at(one, "A6")
    at(other, "A7")
    sees(one, [(CHAIR, "chairing", "A7")])


def test_nothing_of_it_is_journalled_or_an_opening(shared: Shared) -> None:
    chair, taker = session(shared.desk(CHAIR)), session(shared.desk(TAKER))
    before = journalled(chair.chairing.record)
    for item in ("A1", "A2", "A3"):
        at(chair, item)
        at(taker, item)
    assert journalled(chair.chairing.record) == before
    assert chair.chairing.record.verify().first_wrong is None


def test_a_killed_program_is_gone_after_a_minute(shared: Shared) -> None:
    chair, killed = session(shared.desk(CHAIR)), session(shared.desk(TAKER))
    at(chair, "A6")
    at(killed, "A11")
    sees(chair, [(TAKER, "writing", "A11")])
    long = time.monotonic() + GONE_AFTER.total_seconds() + 1
    shared.clock.move(seconds=GONE_AFTER.total_seconds() + 1)
    chair.company.tick(chair.meeting, chair.part, long)
    # A server's clock did not move with this one: there only what was found before gets old.
    assert [here.item for here in chair.others] == (["A11"] if shared.is_on_server else [])


def test_what_was_found_gets_old_by_itself(shared: Shared) -> None:
    """Also where nothing can be asked any more."""
    chair, killed = session(shared.desk(CHAIR)), session(shared.desk(TAKER))
    at(chair, "A6")
    at(killed, "A11")
    sees(chair, [(TAKER, "writing", "A11")])
    record = chair.chairing.record

    def locked(*_args: object) -> None:
        raise NotSaved("Another program is writing to the record.", remedy="It is tried again.")

    record.be_at = record.presence = locked  # type: ignore[method-assign, assignment]
    now = time.monotonic()
    assert not chair.company.tick(chair.meeting, chair.part, now + 30)
    assert chair.others
    assert chair.company.tick(chair.meeting, chair.part, now + 62)
    assert chair.others == ()


def test_a_wrong_clock_neither_hides_nor_keeps_anybody_on_a_server(on_server: Shared) -> None:
    chair, taker = session(on_server.desk(CHAIR)), session(on_server.desk(TAKER))
    on_server.clock.move(days=400)
    at(chair, "A6")
    on_server.clock.move(days=-900)
    at(taker, "A11")
    sees(chair, [(TAKER, "writing", "A11")])
    sees(taker, [(CHAIR, "chairing", "A6")])


def test_what_killed_programs_left_is_removed_by_whoever_comes_next(shared: Shared) -> None:
    killed = session(shared.desk(TAKER))
    at(killed, "A11")
    shared.clock.move(hours=3)
    with killed.chairing.record._writing() as connection:
        connection.execute(text("UPDATE here_now SET seen_at = '2020-01-01T00:00:00+00:00'"))
    chair = session(shared.desk(CHAIR))
    at(chair, "A6")
    with chair.chairing.record._reading() as connection:
        assert connection.execute(text("SELECT who FROM here_now")).scalars().all() == [CHAIR]


def test_it_is_said_once_for_an_item_and_again_every_twenty_seconds(shared: Shared) -> None:
    chair = session(shared.desk(CHAIR))
    record, said = chair.chairing.record, []
    be_at = record.be_at

    def counted(*args: object) -> int:
        said.append(args[3])
        return be_at(*args)  # type: ignore[arg-type]

    record.be_at = counted  # type: ignore[method-assign]
    for tick in range(400):  # a hundred seconds of ticks, with a key at each
        chair.company.at("A6" if tick < 200 else "A7")
        chair.company.tick(chair.meeting, Part.CHAIRING, 1000 + tick / 4)
    assert said == ["A6"] * 3 + ["A7"] * 3


def test_nobody_waits_while_another_program_writes(shared: Shared) -> None:
    chair, other = session(shared.desk(CHAIR)), shared.desk(TAKER).chairing.record
    with other._writing() as connection:
        connection.execute(text("SELECT 1"))
        took = []
        for step, item in enumerate(("A4", "A5", "A6")):  # a busy machine is late now and then
            begun = time.perf_counter()
            chair.company.at(item)
            chair.tick(time.monotonic() + 3 * step)
            took.append(time.perf_counter() - begun)
    assert min(took) < 0.2, "less than a writer waits for another, which would be each time"
    assert not chair.problem
    chair.company.tick(chair.meeting, chair.part, time.monotonic() + 12)
    with other._reading() as connection:
        assert connection.execute(text("SELECT item FROM here_now")).scalars().all() == ["A6"]
    # Whoever saves waits for a writer as before.
    with chair.chairing.record._reading() as connection:
        if not shared.is_on_server:
            assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 250


def test_what_no_panelkit_wrote_there_is_left_out(shared: Shared) -> None:
    chair, taker = session(shared.desk(CHAIR)), session(shared.desk(TAKER))
    at(taker, "A11")
    with taker.chairing.record._writing() as connection:
        connection.execute(text("UPDATE here_now SET seen_at = 'yesterday', part = 'dancing'"))
    at(chair, "A6")
    sees(chair, [])


@pytest.mark.parametrize("seconds", [5, 59])
def test_somebody_seen_lately_is_still_here(shared: Shared, seconds: int) -> None:
    chair, taker = session(shared.desk(CHAIR)), session(shared.desk(TAKER))
    at(taker, "A11")
    shared.clock.move(seconds=seconds)
    at(chair, "A6")
    sees(chair, [(TAKER, "writing", "A11")])
