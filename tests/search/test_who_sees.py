"""What the screens would not show somebody, they do not find: no place, no number, no words."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from panelkit.domain import entries as e
from panelkit.domain.asking import read
from panelkit.domain.disposal import Retention
from panelkit.domain.errors import NotAllowed, NotFound
from panelkit.domain.meeting import By
from panelkit.domain.people import Access, Act, Role
from panelkit.domain.requests import Request
from panelkit.services.finding import Finding, Page
from panelkit.services.logins import Logins
from panelkit.services.people import People
from panelkit.store import search_postgres
from panelkit.store.record import Record
from panelkit.store.searched import BY_TABLE, SEARCHED
from panelkit.store.searched_sql import NEWEST_DOC
from tests.desk import Clock
from tests.server.team import NAMES, Team
from tests.servers import Cluster
from tests.services.test_people import CASE, OMAR, REVIEW, RUTH, WORDS, clock, opened, path

__all__ = ["clock", "path"]
pytestmark = pytest.mark.usefixtures("cheap_slots")
SECRET = "quoxzidilly"
"""Stands in every kind of place of the hidden case."""


def looked_for(record: Record, typed: str, **said: Any) -> Page:
    me = record.me
    return Finding(record, Clock(), me.name if me else "Somebody").find(typed, **said)


def with_secrets(record: Record) -> None:
    """The word in an answer, an entry, the case, a request, and what is said of keeping it."""
    by = By(RUTH, Clock()())
    meeting = record.load(REVIEW)
    after = meeting.answer("A6", "index_offence", f"{SECRET} in an answer", by)
    after = after.add(e.Note(id="secret", text=f"{SECRET} in a note"), by)
    record.save(meeting, after, by, command="secret")
    asked = Request(id="request", meeting_id=meeting.id, requester=SECRET)
    record.add_request(asked, by, command="request")
    said = Retention(case_id=meeting.case.id, because=SECRET, revision=1)
    record.keep_retention(None, said, by, command="kept")


def test_in_a_file_a_case_somebody_is_barred_from_is_not_found(path: Path) -> None:
    ruth = opened(path, RUTH)
    with_secrets(ruth)
    people = People(ruth, Clock())
    people.add(OMAR, [Role.MINUTE_TAKER], WORDS[OMAR])
    assert {each.table for each in looked_for(ruth, SECRET).found} == {
        "answer", "notes", "request", "retention",
    }  # fmt: skip
    ruth.close()
    omar = opened(path, OMAR)
    assert {each.table for each in looked_for(omar, SECRET).found} == {"answer", "notes", "request"}
    assert looked_for(omar, REVIEW).found[0].ref == REVIEW
    omar.close()
    ruth = opened(path, RUTH)
    People(ruth, Clock()).set_access(CASE, OMAR, Access.BARRED)
    ruth.close()
    omar = opened(path, OMAR)
    nothing = looked_for(omar, "of no such word at all qqq")
    for typed in (SECRET, SECRET[:5] + "*", REVIEW, CASE, f'"{SECRET} in"', f"{SECRET} -police"):
        page = looked_for(omar, typed)
        assert (page.found, page.below, page.words) == ((), 0, nothing.words), typed
    with pytest.raises(NotFound) as hidden:
        looked_for(omar, SECRET, case_ref=CASE)
    with pytest.raises(NotFound) as missing:
        looked_for(omar, SECRET, case_ref="ZZ-0001")
    assert str(hidden.value).replace(CASE, "") == str(missing.value).replace("ZZ-0001", "")
    omar.close()


@pytest.mark.parametrize("role", [Role.LAY_ADVISER, Role.ADMINISTRATOR])
def test_whoever_reads_no_meeting_finds_nothing(path: Path, role: Role) -> None:
    ruth = opened(path, RUTH)
    People(ruth, Clock()).add(OMAR, [role], WORDS[OMAR])
    ruth.close()
    omar = opened(path, OMAR)
    with pytest.raises(NotAllowed):
        looked_for(omar, "police")
    omar.close()


@pytest.fixture(scope="module")
def team(cluster: Cluster) -> Team:
    made = Team.with_meetings(cluster)
    assert made.refs
    with made.opened() as record:
        with_secrets(record)
    return made


READING = [role for role in Role if role is not Role.LAY_ADVISER]


@pytest.mark.parametrize("role", READING)
def test_on_a_server_each_role_finds_what_its_screens_show(team: Team, role: Role) -> None:
    places = {"answer", "notes", "request", "retention"}
    with team.opened(role) as record:
        me = record.me
        assert me is not None
        if not me.may(Act.READ):
            with pytest.raises(NotAllowed):
                looked_for(record, SECRET)
            with record._reading() as connection:
                every = list(BY_TABLE)
                assert (
                    search_postgres.found(connection, read(SECRET), every, 9, NEWEST_DOC, "") == []
                )
            return
        wanted = {table for table in places if me.may(BY_TABLE[table].act)}
        assert {each.table for each in looked_for(record, SECRET).found} == wanted
        with record._reading() as connection:  # asked for every place, whatever the program says
            rows = search_postgres.found(
                connection, read(SECRET), list(BY_TABLE), 99, NEWEST_DOC, ""
            )
        assert {place for _doc, place, *_rest in rows} == wanted


def test_on_a_server_a_hidden_case_is_not_found_by_any_login_or_question(cluster: Cluster) -> None:
    team = Team.with_meetings(cluster, Role.READER, Role.MINUTE_TAKER)
    assert team.refs
    with team.opened() as record:
        with_secrets(record)
        held = len(looked_for(record, SECRET).found)
        assert held == 4
        Logins(record, Clock()).set_access(CASE, NAMES[Role.READER], Access.BARRED)
    with team.opened(Role.MINUTE_TAKER) as record:
        assert len(looked_for(record, SECRET).found) == 3
    mine = team.login(Role.READER)
    asked = "SELECT * FROM search_found({}, {}, 1::bigint << 60, 500, '')"
    every = "ARRAY[" + ", ".join(f"'{each.table}'" for each in SEARCHED) + "]"
    with team.opened(Role.READER) as record:
        for typed in (SECRET, SECRET[:5] + "*", REVIEW, f"{SECRET} -police"):
            page = looked_for(record, typed)
            assert (page.found, page.below) == ((), 0), typed
    with cluster.connection(team.server.database, mine) as connection:
        for question in (f"'''~{SECRET}'''", "'''~quox'':*'", f"'''e2b{SECRET}'' | ''~{SECRET}'''"):
            assert connection.execute(asked.format(question, every)).fetchall() == []  # type: ignore[call-overload]
        refused = (
            "SELECT * FROM search", "SELECT count(*) FROM search", "SELECT words FROM search LIMIT 1",
            "UPDATE search SET case_id = ''", "DELETE FROM search", "INSERT INTO search DEFAULT VALUES",
            "SELECT search_words_of('x', 'y')", "SELECT search_answer()", "DROP INDEX ix_search_words",
            "ALTER TABLE search DISABLE ROW LEVEL SECURITY", "TRUNCATE search",
        )  # fmt: skip
        for statement in refused:
            with pytest.raises(psycopg.Error) as said:
                connection.execute(statement)  # type: ignore[call-overload]
            assert said.value.sqlstate == "42501", statement


def test_how_long_a_server_takes_tells_nothing(team: Team) -> None:
    """What it took is a multiple of a stroke: the server waits for it, whatever it passed over."""
    said = search_postgres._function_of_found()
    assert "pg_sleep" in said
    with team.cluster.connection(team.server.database, team.login(Role.READER)) as connection:
        for word in (SECRET, "nosuchword"):
            plan = connection.execute(
                "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM search_found("
                f"'''~{word}''', ARRAY['notes'], 1::bigint << 60, 9, '')"
            ).fetchone()
            assert plan is not None
            found = plan[0] if isinstance(plan[0], list) else json.loads(plan[0])
            took = found[0]["Plan"]["Actual Total Time"] / 1000
            assert took >= search_postgres.STROKE * 0.5


def test_a_text_that_is_shown_is_read_past_the_index_from_its_own_row(team: Team) -> None:
    """A row whose words are others by now is no answer, whatever the index holds of it."""
    with team.opened(Role.READER) as record:
        assert looked_for(record, SECRET).found
    team.cluster.run(
        "ALTER TABLE answer DISABLE TRIGGER search_answer_update", team.server.database
    )
    team.cluster.run(
        f"UPDATE answer SET text = 'something else' WHERE text LIKE '%{SECRET}%'",
        team.server.database,
    )
    with closing(Record.open(team.address(Role.READER))) as record:
        assert {each.table for each in looked_for(record, SECRET).found} == {"notes"}
        assert {each.table for each in looked_for(record, "something else").found} == set()
