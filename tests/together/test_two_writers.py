"""Two writers in one meeting: nothing that was stored is overwritten without being kept or shown."""

from __future__ import annotations

import threading
import time

import pytest

from panelkit.domain import entries as e
from panelkit.opened.session import Session, Spot
from panelkit.services.chairing import new_id
from tests.together.desks import CHAIR, REF, TAKER, Shared
from tests.together.writers import SECTIONS, Writer, lost

EDITS = 300
"""Of each of the two."""


def sessions(shared: Shared) -> tuple[Session, Session]:
    chair, taker = shared.desk(CHAIR), shared.desk(TAKER)
    return (
        Session(chair.chairing, chair.caseload.find(REF)),
        Session(taker.chairing, taker.caseload.find(REF)),
    )


def at_once(writers: list[Writer]) -> None:
    failed: list[Exception] = []

    def run(writer: Writer) -> None:
        try:
            writer.session.company.at("A6")
            writer.write(EDITS)
        except Exception as error:  # noqa: BLE001 - raised once both have ended
            failed.append(error)

    threads = [threading.Thread(target=run, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def follow(one: Session, spot: Spot, text: str) -> None:
    """What the other stored comes here by itself."""
    end = time.monotonic() + 10
    while one.stored(spot) != text:
        assert time.monotonic() < end, one.stored(spot)
        one.tick(time.monotonic())


@pytest.mark.reliability
def test_600_edits_of_the_same_sections(shared: Shared) -> None:
    chair, taker = sessions(shared)
    writers = [Writer("chair", chair, 1), Writer("taker", taker, 2)]
    at_once(writers)
    assert lost(writers, chair) == []
    assert sum(len(writer.stored) for writer in writers) >= EDITS
    conflicts = sum(writer.conflicts for writer in writers)
    assert conflicts, "they wrote in the same places"
    assert chair.chairing.record.verify().first_wrong is None
    print(f"600 edits by two, 0 overwritten, {conflicts} conflicts shown")


@pytest.mark.reliability
def test_600_edits_of_different_sections_never_conflict(shared: Shared) -> None:
    chair, taker = sessions(shared)
    writers = [
        Writer("chair", chair, 3, SECTIONS[:1]), Writer("taker", taker, 4, SECTIONS[1:])
    ]  # fmt: skip
    at_once(writers)
    assert lost(writers, chair) == []
    assert sum(writer.conflicts for writer in writers) == 0
    assert sum(len(writer.stored) for writer in writers) == 2 * EDITS


def test_different_entries_of_one_table_never_conflict(shared: Shared) -> None:
    chair, taker = sessions(shared)
    for number in range(6):
        mine, theirs = (e.Contribution(id=new_id(), organisation="Police") for _ in range(2))
        chair.begin(mine)
        taker.begin(theirs)
        for one, row in ((chair, mine), (taker, theirs)):
            spot = Spot("contributions", "text", row.id)
            one.typed(spot, f"said {number}", 0.0)
        chair.flush()
        taker.flush()
        assert not chair.unsaved
        assert not taker.unsaved
    chair.reload()
    assert not chair.conflicts + taker.conflicts
    rows = chair.meeting.live(e.Contribution)
    assert sorted(row.number for row in rows) == list(range(1, 13))
    assert len({row.id for row in rows}) == 12


def test_different_fields_of_one_entry_never_conflict(shared: Shared) -> None:
    """The other has not seen yet that the entry was written in at all."""
    chair, taker = sessions(shared)
    decision = e.Decision(id=new_id(), question="Stay at Level 2?")
    assert chair.do(lambda m: chair.chairing.add(m, decision)) == ""
    taker.reload()
    because, question = (
        Spot("decisions", name, decision.id) for name in ("because", "question")
    )  # fmt: skip
    chair.typed(because, "Two curfew alerts.", 0.0)
    taker.typed(question, "Stay at Level 2, or go to Level 3?", 0.0)
    chair.flush()
    taker.flush()
    assert not taker.conflicts
    assert not taker.unsaved
    assert taker.stored(because) == "Two curfew alerts."
    follow(chair, question, "Stay at Level 2, or go to Level 3?")
    assert chair.stored(because) == "Two curfew alerts."


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("asked_otherwise", "yes", "no"),
        ("review_date", "2027-01-12", "2027-02-09"),
        ("because", "Two curfew alerts.", "He asked for it."),
    ],
)
def test_the_same_field_of_a_decision_is_asked_about(
    shared: Shared, name: str, first: str, second: str
) -> None:
    chair, taker = sessions(shared)
    decision = e.Decision(id=new_id(), question="Stay at Level 2?")
    assert chair.do(lambda m: chair.chairing.add(m, decision)) == ""
    taker.reload()
    spot = Spot("decisions", name, decision.id)
    chair.typed(spot, first, 0.0)
    taker.typed(spot, second, 0.0)
    chair.flush()
    taker.flush()
    assert [(c.theirs, c.mine) for c in taker.conflicts] == [(first, second)]
    assert taker.stored(spot) == first, "nothing is merged or overwritten by the program"
    taker.settle(taker.conflicts[0], second)
    follow(chair, spot, second)
    assert [kept.text for kept in chair.earlier(spot)] == [first]


def test_what_was_stored_and_never_heard_of_is_no_conflict(shared: Shared) -> None:
    """The answer to a save was lost on the way: the same words are not asked about, nor doubled."""
    chair, _taker = sessions(shared)
    row = e.Contribution(id=new_id(), organisation="Police")
    spot = Spot("contributions", "text", row.id)
    before = chair.meeting
    chair.begin(row)
    chair.typed(spot, "seen twice", 0.0)
    chair.flush()
    chair.meeting = before
    chair.begin(row)
    chair.typed(spot, "seen twice", 0.0)
    chair.flush()
    assert not chair.conflicts
    assert not chair.unsaved
    assert [r.text for r in chair.meeting.live(e.Contribution)] == ["seen twice"]
