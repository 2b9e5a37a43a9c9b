"""The server is away: typing goes on, nothing is lost, nothing is sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import keyring
import pytest
from keyring.backends.fail import Keyring as NoRing

from panelkit import paths
from panelkit.domain import entries as e
from panelkit.domain.errors import Refused
from panelkit.domain.reached import Reached
from panelkit.opened.outgoing import send_what_waits
from panelkit.opened.session import Session, Spot
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.store.reach import ANSWER
from panelkit.store.server import Server
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.widgets.frame import save_light
from tests.together.desks import CHAIR, REF, TAKER, Shared
from tests.together.proxy import Way

OFFENCE, SUMMARY = Spot("A6", "index_offence"), Spot("A6", "offence_summary")
CANARY = "heron-at-dawn"
pytestmark = pytest.mark.usefixtures("ring")


def session(desk: Desk) -> Session:
    return Session(desk.chairing, desk.caseload.find(REF))


def stored(shared: Shared, spot: Spot) -> str:
    return session(shared.desk(CHAIR)).stored(spot)


def tick_until(one: Session, seen: Callable[[], bool], seconds: float = 20) -> float:
    """Ticks, more often than a screen does; the longest of them."""
    end, longest = time.monotonic() + seconds, 0.0
    while not seen():
        begun = time.monotonic()
        one.tick(begun)
        longest = max(longest, time.monotonic() - begun)
        assert time.monotonic() < end, one.problem
        way_off.wait(0.02)  # the thread that sends has its turn
    return longest


way_off = threading.Event()
"""Never set."""


HARM: dict[str, Callable[[Way], None]] = {
    "cut": Way.cut, "slow": lambda way: way.slow(2.0), "half closed": Way.half_close,
}  # fmt: skip


@pytest.mark.reliability
@pytest.mark.parametrize("harm", HARM)
def test_typing_goes_on_and_everything_is_sent_once(on_server: Shared, way: Way, harm: str) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    one.typed(OFFENCE, "before", time.monotonic())
    one.flush()
    assert not one.problem
    HARM[harm](way)
    longest, text = 0.0, ""
    for letter in CANARY * 3:
        text += letter
        begun = time.monotonic()
        one.typed(OFFENCE, text, begun)
        one.save_overdue(OFFENCE, begun + 1)
        one.tick(begun + 1)
        longest = max(longest, time.monotonic() - begun)
    assert longest < ANSWER * 2 + 0.3, "one late answer, and then none is waited for"
    assert "not answer" in one.problem or "server" in one.problem
    slow = {"slow: 1 waiting"} if harm == "slow" else set()  # by now it may be known for slow
    assert save_light(one) in {"NOT SAVED", *slow}
    assert "1 passage waits on this machine, encrypted" in one.outgoing.words
    assert one.is_safe
    assert one.text(OFFENCE) == text
    way.mend()
    tick_until(one, lambda: not one.problem and not one.unsaved)
    assert stored(on_server, OFFENCE) == text
    record = one.chairing.record
    assert record.outbox is not None
    assert record.outbox.waiting(CHAIR) == ()
    assert not one.conflicts
    kept = [each.text for each in one.earlier(OFFENCE)]
    assert len(kept) == len(set(kept)), "each was stored once"
    print(f"{harm}: no key waited longer than {longest * 1000:.0f} ms")


def test_a_meeting_that_nobody_types_in_goes_on_while_the_server_is_away(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    one.company.at("A1")
    one.tick(time.monotonic())
    way.cut()
    one.tick(time.monotonic())  # it asks who sits here, and nobody answers
    assert one.problem
    way.mend()
    tick_until(one, lambda: not one.problem)


@pytest.mark.reliability
def test_a_server_that_takes_two_seconds_for_each_answer_gets_every_word_once(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.slow(2.0)
    text, longest = "", 0.0
    for letter in CANARY:
        text += letter
        longest = max(longest, keyed(one, OFFENCE, text))
    longest = max(longest, tick_until(one, lambda: one.sending.is_under_way, 60))
    assert save_light(one) == "slow: 1 waiting"
    assert one.outgoing.head == "SLOW"
    assert one.is_safe
    longest = max(longest, tick_until(one, lambda: not one.unsaved, 120))
    assert save_light(one) == "slow, all saved"
    assert longest < ANSWER + 0.3, "one late answer, and then none is waited for"
    assert stored(on_server, OFFENCE) == text
    record = one.chairing.record
    assert record.outbox is not None
    assert record.outbox.waiting(CHAIR) == ()


def test_what_is_typed_on_while_it_is_sent_late_is_sent_too(on_server: Shared, way: Way) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.slow(0.6)
    keyed(one, OFFENCE, CANARY)
    tick_until(one, lambda: one.sending.is_under_way, 60)
    keyed(one, OFFENCE, f"{CANARY} and on")
    keyed(one, SUMMARY, "beside")
    assert save_light(one) == "slow: 2 waiting"
    tick_until(one, lambda: not one.unsaved, 120)
    assert stored(on_server, OFFENCE) == f"{CANARY} and on"
    assert stored(on_server, SUMMARY) == "beside"
    assert one.chairing.record.outbox.waiting(CHAIR) == ()  # type: ignore[union-attr]
    assert not one.conflicts
    kept = [each.text for each in session(on_server.desk(CHAIR)).earlier(OFFENCE)]
    assert len(kept) == len(set(kept)), "each was stored once"
    way.mend()
    tick_until(one, lambda: save_light(one).startswith("saved"), 60)


def test_words_of_somebody_else_are_seen_before_anything_is_sent_over_them_late(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    other = session(on_server.desk(TAKER))
    way.slow(0.6)
    other.typed(OFFENCE, "kestrel", 0.0)
    other.flush()
    keyed(one, OFFENCE, CANARY)  # before the news of it has come
    tick_until(one, lambda: bool(one.conflicts), 120)
    assert [(c.theirs, c.mine) for c in one.conflicts] == [("kestrel", CANARY)]
    assert stored(on_server, OFFENCE) == "kestrel"


def keyed(one: Session, spot: Spot, text: str) -> float:
    """One key and the tick after it; how long they took together."""
    begun = time.monotonic()
    one.typed(spot, text, begun - 1)
    one.save_overdue(spot, begun)
    one.tick(begun)
    return time.monotonic() - begun


def test_what_was_stored_unheard_is_not_stored_over_what_came_after(
    on_server: Shared, way: Way
) -> None:
    """The answer was lost, somebody put the old words back, and the same save comes again."""
    one = session(on_server.desk(CHAIR, way.port))
    one.typed(OFFENCE, "first", 0.0)
    one.flush()
    way.half_close()
    one.typed(OFFENCE, "second", 0.0)
    one.flush()
    assert one.unsaved[OFFENCE].command
    other = session(on_server.desk(TAKER))
    if other.stored(OFFENCE) == "second":  # the server had stored it
        other.typed(OFFENCE, "first", 0.0)
        other.flush()
    way.mend()
    tick_until(one, lambda: not one.problem and not one.unsaved and not one.conflicts)
    assert stored(on_server, OFFENCE) in ("first", "second")


def test_an_entry_begun_while_away_is_stored_once_with_all_of_it(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.cut()
    row = e.Contribution(id=new_id(), organisation="Harrowmere Police")
    one.begin(row)
    one.typed(Spot("contributions", "text", row.id), CANARY, 0.0)
    one.tick(time.monotonic())
    way.mend()
    again = on_server.desk(CHAIR, way.port)  # the program ended; the next start
    assert send_what_waits(again) == (1, 0)
    tick_until(one, lambda: not one.problem and not one.unsaved)
    rows = session(on_server.desk(TAKER)).meeting.live(e.Contribution)
    assert [(r.organisation, r.text) for r in rows] == [("Harrowmere Police", CANARY)]
    assert not one.conflicts


def test_over_what_somebody_else_wrote_meanwhile_it_is_asked(on_server: Shared, way: Way) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.cut()
    one.typed(OFFENCE, CANARY, 0.0)
    one.tick(time.monotonic())
    other = session(on_server.desk(TAKER))
    other.typed(OFFENCE, "kestrel", 0.0)
    other.flush()
    way.mend()
    desk = on_server.desk(CHAIR, way.port)
    send_what_waits(desk)
    assert stored(on_server, OFFENCE) == "kestrel"
    asked = session(desk)
    assert [(c.theirs, c.mine) for c in asked.conflicts] == [("kestrel", CANARY)]


KILLED = """
import os, sys, time
from panelkit.wiring import Settings, open_desk
from panelkit.tui.screens.home import HomeScreen
from panelkit.opened.session import Session, Spot
import threading
desk = open_desk(Settings(db=sys.argv[1]), Settings(db=sys.argv[1]).database)
one = Session(desk.chairing, desk.caseload.find("HM-0900-1"))
print("open", flush=True)
sys.stdin.readline()
one.typed(Spot("A6", "index_offence"), sys.argv[2], 0.0)
one.typed(Spot("A6", "offence_summary"), sys.argv[2] + " too", 0.0)
one.tick(time.monotonic())
one.tick(time.monotonic())
print("typed" if one.is_safe else "unsafe", flush=True)
sys.stdin.readline()
"""


@pytest.mark.reliability
def test_killed_while_away_the_words_are_there_at_the_next_start(
    on_server: Shared, way: Way
) -> None:
    env = os.environ | {"PYTHON_KEYRING_BACKEND": "tests.together.rings.FileRing"}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(on_server.address(CHAIR, way.port)), CANARY],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    way.cut()
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline() == "typed\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    boxes = list(paths.outbox_folder().iterdir())
    assert boxes
    for path in boxes:
        assert CANARY.encode() not in path.read_bytes(), "no word lies readable on the disk"
        assert path.stat().st_mode & 0o077 == 0
    assert paths.outbox_folder().stat().st_mode & 0o077 == 0
    way.mend()
    assert send_what_waits(on_server.desk(CHAIR, way.port)) == (2, 0)
    assert stored(on_server, OFFENCE) == CANARY
    assert stored(on_server, SUMMARY) == f"{CANARY} too"
    assert send_what_waits(on_server.desk(CHAIR, way.port)) == (0, 0), "once"


def test_a_box_that_cannot_be_read_is_set_aside(on_server: Shared, way: Way) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.cut()
    one.typed(OFFENCE, CANARY, 0.0)
    one.tick(time.monotonic())
    (box,) = paths.outbox_folder().glob("*.box")
    poisoned = b"\x00poison" * 2000
    box.write_bytes(poisoned)
    way.mend()
    desk = on_server.desk(CHAIR, way.port)
    assert send_what_waits(desk) == (0, 0)
    assert desk.chairing.record.outbox is not None
    assert "cannot be read" in desk.chairing.record.outbox.problem
    (aside,) = paths.outbox_folder().glob("*.unread-*")
    assert aside.read_bytes() == poisoned
    assert not paths.outbox_folder().joinpath(box.name).exists()


def test_without_a_keyring_nothing_is_kept_and_that_is_said(on_server: Shared, way: Way) -> None:
    keyring.set_keyring(NoRing())
    one = session(on_server.desk(CHAIR, way.port))
    way.cut()
    one.typed(OFFENCE, CANARY, 0.0)
    one.tick(time.monotonic())
    assert "NOT kept on this machine" in one.outgoing.words
    assert not one.is_safe
    assert not paths.outbox_folder().exists()
    way.mend()
    tick_until(one, lambda: not one.problem and not one.unsaved)
    assert stored(on_server, OFFENCE) == CANARY


def test_a_line_begun_while_away_is_a_draft_of_the_record_later(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.cut()
    assert one.keep_draft("note", "Housing said")
    way.mend()
    tick_until(one, lambda: not one.problem)
    tick_until(one, lambda: one.chairing.record.outbox.waiting(CHAIR) == ())  # type: ignore[union-attr]
    assert session(on_server.desk(CHAIR)).draft("note") == "Housing said"


def test_words_that_wait_for_another_address_are_told_of_and_not_sent_here(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.cut()
    one.typed(OFFENCE, CANARY, 0.0)
    one.tick(time.monotonic())
    there = str(on_server.address(CHAIR, way.port))
    elsewhere = on_server.desk(CHAIR)  # the same server by another way: it might be a restored copy
    box = elsewhere.chairing.record.outbox
    assert box is not None
    assert box.elsewhere == ((there, 1),)
    assert f"1 passage waits on this machine for {there}" in HomeScreen(elsewhere)._of_outbox()
    assert send_what_waits(elsewhere) == (0, 0)
    assert stored(on_server, OFFENCE) == ""
    way.mend()
    assert send_what_waits(on_server.desk(CHAIR, way.port)) == (1, 0)
    box = on_server.desk(CHAIR).chairing.record.outbox
    assert box is not None
    assert box.elsewhere == ()


# -- acts --------------------------------------------------------------------------------------


def back(one: Session, way: Way) -> None:
    """The way is mended, and the program knows."""
    way.mend()
    end = time.monotonic() + 30
    while one.chairing.record.reached is not Reached.QUICKLY:
        assert time.monotonic() < end
        way_off.wait(0.05)


def nil_return(one: Session) -> str:
    """One key in the round table."""
    return one.do(lambda m: one.chairing.nil_return(m, "Harrowmere Police"))


def returns(shared: Shared) -> list[str]:
    rows = session(shared.desk(TAKER)).meeting.live(e.Contribution)
    return [row.organisation for row in rows]


def come_to(shared: Shared, wanted: list[str]) -> None:
    """The server stores it, though nobody waits for its answer."""
    end = time.monotonic() + 60
    while (found := returns(shared)) != wanted:
        assert time.monotonic() < end, found


@pytest.mark.parametrize("looks", [False, True], ids=["at once", "after a look"])
def test_an_act_whose_answer_was_lost_is_in_the_record_once_however_often_it_is_pressed(
    on_server: Shared, way: Way, *, looks: bool
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.lose_the_next_answer()
    assert "not known yet; press again" in nil_return(one)
    come_to(on_server, ["Harrowmere Police"])  # the server stored it
    back(one, way)
    if looks:
        tick_until(one, lambda: not one.problem)
        assert len(one.meeting.live(e.Contribution)) == 1
    assert "stored after all, once" in nil_return(one)
    assert returns(on_server) == ["Harrowmere Police"]
    assert len(one.meeting.live(e.Contribution)) == 1, "and it is shown"
    assert nil_return(one) == "", "pressed a third time, it is meant"
    assert returns(on_server) == ["Harrowmere Police"] * 2


def test_an_act_that_never_came_is_done_when_it_is_pressed_again_and_cannot_come_later(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.lose_the_next_answer(stored=False)
    assert "not known yet" in nil_return(one)
    assert returns(on_server) == [], "its first statements were all that came"
    back(one, way)
    assert nil_return(one) == ""
    assert returns(on_server) == ["Harrowmere Police"]
    cluster = on_server.cluster
    assert cluster is not None
    assert isinstance(on_server.where, Server)
    given_up = cluster.rows("SELECT id FROM command WHERE what = 'given up'", on_server.where)
    ((late,),) = given_up
    with pytest.raises(Refused, match="given up before it came"):
        one.chairing.add(
            one.meeting, e.Contribution(id=new_id(), organisation="Late"), command=late
        )
    assert returns(on_server) == ["Harrowmere Police"]


def test_an_act_while_the_server_is_known_to_be_away_is_refused_and_done_when_pressed_again(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.cut()
    one.typed(OFFENCE, CANARY, 0.0)
    one.flush()
    assert "That was not done; press again" in nil_return(one)
    back(one, way)
    assert nil_return(one) == ""
    assert returns(on_server) == ["Harrowmere Police"]
    assert stored(on_server, OFFENCE) == CANARY


def test_words_typed_after_a_lost_act_are_stored_and_do_not_hide_what_became_of_it(
    on_server: Shared, way: Way
) -> None:
    one = session(on_server.desk(CHAIR, way.port))
    way.lose_the_next_answer()
    nil_return(one)
    back(one, way)
    one.typed(OFFENCE, CANARY, 0.0)
    tick_until(one, lambda: not one.unsaved and not one.problem)
    assert stored(on_server, OFFENCE) == CANARY
    assert "stored after all, once" in nil_return(one)
    assert returns(on_server) == ["Harrowmere Police"]
