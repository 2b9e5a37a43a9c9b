"""A server that is away, killed, full of connections, older or newer: a sentence, and nothing lost."""

from __future__ import annotations

import dataclasses
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from panelkit.domain.case import Case
from panelkit.domain.errors import NotFound, NotSaved, Refused
from panelkit.domain.people import Role
from panelkit.services.clock import system_clock
from panelkit.services.logins import Logins
from panelkit.store.postgres import why_not_opened
from panelkit.store.reach import Reach
from panelkit.store.record import Record
from panelkit.store.server import Server, location_of
from panelkit.store.signalling import bucket, listen
from tests.desk import fresh_meeting
from tests.server.team import NAMES, Team
from tests.servers import VARIABLE, Cluster, heard
from tests.store.test_record import BY, make_meeting


@pytest.fixture
def team(cluster: Cluster) -> Team:
    """A record with a minute taker."""
    return Team.on(cluster, Role.MINUTE_TAKER)


def with_a_meeting(server: Server) -> str:
    """The record on ``server`` holds one; its reference."""
    record = Record.open(server)
    meeting = make_meeting()
    record.add_case(meeting.case, BY, command="case")
    record.save(None, meeting, BY, command="made")
    record.close()
    return meeting.ref


def test_a_server_that_is_not_there_is_a_sentence(cluster: Cluster) -> None:
    # Port 1 of this machine: nothing listens there.
    with pytest.raises(NotSaved, match="does not answer"):
        Record.open(Server("127.0.0.1", 1, "panels", "ruth"))


def test_a_database_that_is_not_there_is_named(team: Team) -> None:
    with pytest.raises(NotFound, match="no database nowhere"):
        Record.open(Server(team.server.host, team.server.port, "nowhere", team.server.login))


def test_a_database_without_a_record_says_how_to_make_one(cluster: Cluster) -> None:
    empty = cluster.address(cluster.database(cluster.login("keeper")), cluster.login("ruth"))
    with pytest.raises(NotFound, match="no record") as said:
        Record.open(empty)
    assert "panelkit init" in said.value.remedy


@pytest.mark.parametrize(
    ("revision", "says"), [("9999", "newer panelkit"), ("0016", "older panelkit")]
)
def test_another_program_s_record_is_refused_before_anything_is_read(
    team: Team, revision: str, says: str
) -> None:
    team.cluster.run(f"UPDATE alembic_version SET version_num = '{revision}'", team.server.database)
    with pytest.raises(Refused, match=says):
        Record.open(team.server)


def test_a_server_without_a_connection_left_says_so(team: Team) -> None:
    login = team.cluster.login("crowded", "CONNECTION LIMIT 1")  # no other test comes in with it
    with team.opened() as record:
        Logins(record, system_clock).change_login(NAMES[Role.MINUTE_TAKER], login)
    crowded = team.server.with_login(login)
    first = Record.open(crowded)
    with pytest.raises(NotSaved, match="no connection left"):
        Record.open(crowded)
    first.close()
    gone(team, login)
    again = Record.open(crowded)
    assert again.meetings() == []
    again.close()


def gone(team: Team, login: str) -> None:
    """The server has noticed that whoever closed a connection is gone; it does so when it can."""
    team.cluster.rows(
        f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '{login}'",
        team.server,
    )


def test_a_writer_waits_a_quarter_of_a_second_and_says_that_another_writes(team: Team) -> None:
    ref = with_a_meeting(team.server)
    with team.opened() as record, team.cluster.connection(team.server.database) as other:
        other.execute("BEGIN")
        other.execute("SELECT pg_advisory_xact_lock(hashtext('panelkit'), hashtext('panelkit'))")
        before = record.load(ref)
        after = before.answer("A6", "index_offence", "Meanwhile.", BY)
        with pytest.raises(NotSaved, match="Another program is writing"):
            record.save(before, after, BY, command="waited")
        assert record.load(ref).text("A6", "index_offence") == ""
        other.execute("COMMIT")
        record.save(before, after, BY, command="waited")
        assert record.load(ref).text("A6", "index_offence") == "Meanwhile."


def test_a_lost_connection_is_taken_up_again_and_the_same_command_is_stored_once(
    team: Team,
) -> None:
    ref = with_a_meeting(team.server)
    with team.opened() as record:
        before = record.load(ref)
        after = before.answer("A6", "index_offence", "Once.", BY)
        cut(team)
        record.save(before, after, BY, command="once")
        cut(team)
        record.save(before, after, BY, command="once")
        assert record.load(ref).answers["A6", "index_offence"].revision == 1
        assert record.verify().is_good


def cut(team: Team) -> None:
    """Every connection of the program is ended by the server."""
    team.cluster.rows(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        f"WHERE datname = '{team.server.database}' AND application_name = 'panelkit'",
        team.server,
    )


def test_what_others_write_is_heard_and_what_one_writes_oneself_is_not(team: Team) -> None:
    ref = with_a_meeting(team.server)
    with team.opened() as mine, team.opened(Role.MINUTE_TAKER) as theirs:
        before, counter = mine.load(ref), mine.change_counter()
        after = before.answer("A6", "index_offence", "Mine.", BY)
        mine.save(before, after, BY, command="mine")
        assert mine.change_counter() == counter
        theirs.save(after, after.answer("A6", "index_offence", "Theirs.", BY), BY, command="theirs")
        assert heard(mine, counter)
        assert mine.load(ref).text("A6", "index_offence") == "Theirs."


def test_another_meeting_s_words_are_no_news_in_this_one_and_what_is_told_names_none(
    team: Team,
) -> None:
    with team.opened() as record:
        desk = team.desk(record)
        here = fresh_meeting(desk, "HM-0901")
        others = (fresh_meeting(desk, f"HM-{number}") for number in itertools.count(1000))
        there = next(one for one in others if bucket(one.id) != bucket(here.id))
    with team.opened() as mine, team.opened(Role.MINUTE_TAKER) as theirs:
        quiet, loud = mine.change_counter(here.id), mine.change_counter(there.id)
        with team.cluster.connection(team.server.database, team.login(Role.MINUTE_TAKER)) as bare:
            bare.execute("LISTEN panelkit")
            after = there.answer("A6", "index_offence", "Theirs.", BY)
            theirs.save(there, after, BY, command="theirs")
            (told,) = bare.notifies(timeout=5, stop_after=1)
        assert heard(mine, loud, there.id)
        assert mine.change_counter(here.id) == quiet
        assert there.id not in told.payload
        assert len(told.payload.split()[1]) == 2, "one of 256, and no more"
        theirs.set_draft(here.id, "somebody", "note", "begun")
        assert mine.change_counter(here.id) == quiet, "a line begun is one person's"
        case = record_case(theirs, "HM-0901")
        theirs.save_case(
            case,
            dataclasses.replace(case, revision=case.revision + 1, name="Other"),
            BY,
            command="c",
        )
        assert heard(mine, quiet, here.id), "a case's facts are every meeting's"


def record_case(record: Record, ref: str) -> Case:
    """A case that is there."""
    found = record.find_case(ref)
    assert found is not None
    return found


def test_what_was_written_while_the_way_was_lost_is_not_missed(team: Team) -> None:
    ref = with_a_meeting(team.server)
    with team.opened() as mine, team.opened(Role.MINUTE_TAKER) as theirs:
        counter = mine.change_counter()
        cut(team)
        before = theirs.load(ref)
        theirs.save(before, before.answer("A6", "index_offence", "Theirs.", BY), BY, command="t")
        assert heard(mine, counter)
        assert mine.load(ref).text("A6", "index_offence") == "Theirs."


# -- killed in mid-save -------------------------------------------------------------------------

WRITER = """
import sys, time, uuid
from panelkit.domain.errors import NotSaved
from panelkit.store.record import Record
from panelkit.store.server import Server, location_of
from tests.store.test_record import BY
server = Server(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4])
def opened():
    while True:
        try:
            return Record.open(server)
        except NotSaved:
            time.sleep(0.05)  # as the screen does, which asks four times a second
record = opened()
while True:
    try:
        meeting = record.load(sys.argv[5])
        break
    except NotSaved:
        pass
for number in range(1, 1_000_000):
    words, command = f"Edit {number} of many.", str(uuid.uuid4())
    after = meeting.answer("A6", "index_offence", words, BY)
    while True:
        try:
            record.save(meeting, after, BY, command=command, visit=command)
            break
        except NotSaved:
            time.sleep(0.05)
    meeting = after
    print(number, flush=True)
"""
"""Saves as fast as it can; what could not be saved is tried again with the same command."""


@pytest.fixture
def lasting() -> Iterator[Cluster]:
    """A server that keeps what it said it kept: with fsync, as in real use."""
    if os.environ.get(VARIABLE):
        pytest.fail(f"kills need a server of their own: unset {VARIABLE} for this test")
    with tempfile.TemporaryDirectory(prefix="pk") as folder:
        made = Cluster.started(Path(folder) / "pg", durable=True)
        yield made
        made.stop()


class Heard:
    """What a writer told that it stored, as it tells it."""

    def __init__(self, writer: subprocess.Popen[str]) -> None:
        self.told: list[int] = []
        self._writer = writer
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._writer.stdout is not None
        for line in self._writer.stdout:
            with self._news:
                self.told.append(int(line))
                self._news.notify_all()

    def wait_for_more(self, many: int) -> None:
        """Until so many more saves were told of."""
        with self._news:
            wanted = len(self.told) + many
            came = self._news.wait_for(lambda: len(self.told) >= wanted, timeout=120)
        assert came, "no save came through"

    def to_the_end(self) -> None:
        """The writer is gone: what it told before is read."""
        self._thread.join(10)


@pytest.mark.reliability
def test_rv01_on_a_server_killed_in_mid_save_100_times_loses_nothing_and_doubles_nothing(
    lasting: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    server = lasting.record()
    ref = with_a_meeting(server)
    argv = [sys.executable, "-c", WRITER, server.host, str(server.port), server.database]
    with subprocess.Popen([*argv, server.login, ref], stdout=subprocess.PIPE, text=True) as writer:
        heard = Heard(writer)
        kills = 0
        try:
            while kills < 100:
                # It was written to since the last kill: the next one meets a program that saves.
                heard.wait_for_more(1)
                kills += kill_backend(lasting, server)
            heard.wait_for_more(2)  # one that was told before the last kill may still be on its way
        finally:
            writer.kill()
            heard.to_the_end()
    told = heard.told
    lasting.rows(  # what was on its way when the writer was killed is stored by now, or is not
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        f"WHERE datname = '{server.database}' AND application_name = 'panelkit'",
        server,
    )
    record = Record.open(server)
    meeting = record.load(ref)
    answer = meeting.answers["A6", "index_offence"]
    kept = [words.text for words in record.history(meeting.id, "answer", "A6.index_offence")]
    # What was told is stored; one more may be stored that it was killed before telling.
    assert answer.revision in (told[-1], told[-1] + 1)
    assert [*kept, answer.text] == [
        f"Edit {number} of many." for number in range(1, answer.revision + 1)
    ]
    assert told == list(range(1, told[-1] + 1))
    assert record.verify().is_good
    record.close()
    with capsys.disabled():
        print(f"\nRV01 on a server: {kills} kills in {told[-1]} saves, nothing lost, nothing twice")


def kill_backend(cluster: Cluster, server: Server) -> int:
    """The server's process that serves the writer is killed; the server starts anew by itself."""
    try:
        with cluster.connection() as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = 'panelkit'",
                (server.database,),
            ).fetchall()
    except psycopg.OperationalError:
        return 0
    killed = 0
    for (pid,) in found:
        with suppress(ProcessLookupError):  # it ended by itself since it was looked for
            os.kill(pid, signal.SIGKILL)
            killed = 1
    return killed


def test_a_pooler_that_keeps_the_settings_to_itself_is_refused_in_words(team: Team) -> None:
    told = {**team.server.told(), "dbname": team.server.database}  # as one passes on: no options
    with pytest.raises(Refused, match="is a connection pooler") as said:
        Reach(told, "panelkit").connect()
    assert "Name the server itself" in said.value.remedy


def test_a_pooler_that_refuses_the_settings_is_told_from_a_server_that_is_away() -> None:
    refused = psycopg.OperationalError(
        "connection failed: FATAL:  unsupported startup parameter: options"
    )
    failed = OperationalError("", {}, refused)
    said = why_not_opened(Server("db.example.test", 6432, "panels", "ruth"), failed)
    assert "connection pooler" in said.message


class Restored:
    """A connection to a backup that was brought back and waits at a moment."""

    def execute(self, statement: str) -> None:
        assert statement == "LISTEN panelkit"
        raise psycopg.errors.ReadOnlySqlTransaction


def test_a_backup_that_was_brought_back_is_read_though_it_tells_no_news(team: Team) -> None:
    listen(Restored())
    # As a server that only shows a moment: nothing may be written, and all of it is read.
    team.cluster.run(
        f"ALTER DATABASE {team.server.database} SET default_transaction_read_only = on"
    )
    with team.opened() as record:
        assert record.verify().is_good


def test_a_panelkit_without_the_driver_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Refused, match="without what speaks to a server") as said:
        location_of("postgresql+psycopg://ruth@db.example.test/panels")
    assert "panelkit[server]" in said.value.remedy
    assert location_of("panels.db") == Path("panels.db")
