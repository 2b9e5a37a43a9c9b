"""The server holds the rules: whatever program asks, with whichever login."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import psycopg
import pytest
from psycopg import sql

from panelkit.domain.errors import NotAllowed, NotSaved, Refused
from panelkit.domain.meeting import By
from panelkit.domain.moves import MOVES
from panelkit.domain.people import Access, Person, Role
from panelkit.domain.presence import Part
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.clock import system_clock
from panelkit.services.logins import Logins
from panelkit.store import grants, guarding
from panelkit.store.grants import NOT_HERE, OF_CASES, VERBS
from panelkit.store.postgres import KNOWN, Known
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from panelkit.store.signalling import Ear
from tests.desk import fresh_meeting
from tests.server.team import NAMES, Team
from tests.servers import Cluster
from tests.store.test_record import BY, make_meeting

WORKING = [role for role in Role if role not in NOT_HERE]
TABLES = sorted(METADATA.tables)


@pytest.fixture(scope="module")
def team(cluster: Cluster) -> Team:
    """Read only by the tests of this module; one that writes makes its own."""
    made = Team.with_meetings(cluster)
    assert len(made.refs) > 5
    return made


def tried(connection: psycopg.Connection[Any], statement: str | sql.Composable) -> str:
    """What the server says: blank where it is done, else the code of its refusal."""
    try:
        connection.execute(statement)  # type: ignore[arg-type]
    except psycopg.Error as failed:
        return str(failed.sqlstate)
    return ""


# -- which role, which table, which verb --------------------------------------------------------


@pytest.mark.parametrize("role", WORKING)
def test_each_role_may_do_with_each_table_what_the_matrix_says_and_nothing_else(
    team: Team, role: Role
) -> None:
    statements = {
        "SELECT": "SELECT 1 FROM {} LIMIT 0",
        "INSERT": "INSERT INTO {} SELECT (jsonb_populate_record(NULL::{}, '{{}}')).* WHERE false",
        "UPDATE": "UPDATE {} SET {} = {} WHERE false",
        "DELETE": "DELETE FROM {}",
    }
    with team.cluster.connection(team.server.database, team.login(role)) as connection:
        for table in TABLES:
            name = sql.Identifier(table)
            column = sql.Identifier(METADATA.tables[table].columns.keys()[0])
            for verb in VERBS:
                said = statements[verb]
                named = [name, column, column] if verb == "UPDATE" else [name] * said.count("{}")
                statement = sql.SQL(said).format(*named)
                connection.execute("BEGIN")
                refused = tried(connection, statement) == "42501"
                connection.execute("ROLLBACK")
                assert refused != grants.may([role], table, verb), (role, table, verb)


@pytest.mark.parametrize("role", WORKING)
def test_no_role_may_empty_a_table_or_read_what_hides_the_rest(team: Team, role: Role) -> None:
    with team.cluster.connection(team.server.database, team.login(role)) as connection:
        for table in TABLES:
            assert (
                tried(connection, sql.SQL("TRUNCATE {}").format(sql.Identifier(table))) == "42501"
            )
        for statement in (
            "SELECT * FROM seed", "SELECT settle('x', 'administrator')", "SELECT case_ids_hidden()",
            "SELECT meeting_ids_hidden()", "CREATE TABLE mine (id text)", "ALTER TABLE answer DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE journal DISABLE TRIGGER ALL", "DROP TABLE draft", "SET ROLE " + team.cluster.login("keeper"),
            "INSERT INTO granted VALUES ('reader', 'answer', 'UPDATE')",
        ):  # fmt: skip
            assert tried(connection, statement) == "42501", statement


def test_every_table_is_somebodys_to_read_and_bound_by_the_rules(team: Team) -> None:
    asked = {grant.table for grant in grants.grants()}
    assert set(TABLES) <= asked
    assert asked - set(TABLES) <= {"alembic_version", "granted"}
    bound = dict(
        team.cluster.rows(
            "SELECT relname, relforcerowsecurity FROM pg_class WHERE relkind = 'r' AND relrowsecurity "
            "AND relnamespace = 'panelkit'::regnamespace",
            team.server,
        )
    )
    assert set(TABLES) <= set(bound)
    assert {table for table in TABLES if not bound[table]} <= guarding.NOT_FORCED
    assert not guarding.NOT_FORCED & OF_CASES - {"access"}


def test_whoever_owns_the_tables_reads_no_case(team: Team) -> None:
    keeper = team.cluster.login("keeper")
    for table in sorted(OF_CASES - {"access"}):
        count = f'SELECT count(*) FROM "{table}"'
        assert team.cluster.rows(count, team.server, keeper) == [(0,)], table
    assert team.cluster.rows("SELECT count(*) > 0 FROM answer", team.server) == [(True,)]


# -- which rows ---------------------------------------------------------------------------------


def rows_by_table(team: Team, login: str = "") -> dict[str, set[str]]:
    """Every row of every table that holds something of cases, as a digest."""
    found = {}
    for table in sorted(OF_CASES - {"access"}):
        rows = team.cluster.rows(f'SELECT md5(t::text) FROM "{table}" AS t', team.server, login)
        found[table] = {digest for (digest,) in rows}
    return found


def rows_of_case(team: Team, case_id: str) -> dict[str, set[str]]:
    """The rows of one case, found past the rules and by other means than the policies'."""
    found = {}
    for table in sorted(OF_CASES - {"access"}):
        columns = {column.name for column in METADATA.tables[table].columns}
        meetings = f"SELECT id FROM meeting WHERE case_id = '{case_id}'"
        where = (
            f"id = '{case_id}'" if table == "case"
            else f"case_id = '{case_id}'" if "case_id" in columns
            else f"meeting_id IN ({meetings})" if "meeting_id" in columns
            else f"audit_id IN (SELECT id FROM audit WHERE meeting_id IN ({meetings}))" if "audit_id" in columns
            else f"referral_id IN (SELECT id FROM referral WHERE case_id = '{case_id}')"
        )  # fmt: skip
        rows = team.cluster.rows(
            f'SELECT md5(t::text) FROM "{table}" AS t WHERE {where}', team.server
        )
        found[table] = {digest for (digest,) in rows}
    return found


@pytest.mark.parametrize("said", list(Access))
def test_a_case_somebody_may_not_open_is_in_no_table_for_their_login(
    cluster: Cluster, said: Access
) -> None:
    team = Team.with_meetings(cluster, Role.READER, Role.MINUTE_TAKER)
    case_ref = team.refs[0].rpartition("-")[0]
    with team.opened() as record:
        case_id = record.case_id(case_ref)
        assert case_id is not None
        everything = rows_by_table(team)
        assert rows_by_table(team, team.login(Role.READER)) == everything
        whom = NAMES[Role.READER] if said is Access.BARRED else NAMES[Role.MINUTE_TAKER]
        Logins(record, system_clock).set_access(case_ref, whom, said)
    hidden = rows_of_case(team, case_id)
    assert len(hidden["answer"]) > 5
    seen = rows_by_table(team, team.login(Role.READER))
    assert seen == {table: rows - hidden[table] for table, rows in everything.items()}
    mine = team.login(Role.READER)
    journal = f"SELECT count(*) FROM journal WHERE entity_id = '{case_id}' OR meeting_id IN ({{}})"
    ids = ", ".join(
        f"'{i}'"
        for (i,) in cluster.rows(f"SELECT id FROM meeting WHERE case_id = '{case_id}'", team.server)
    )
    assert cluster.rows(journal.format(ids), team.server, mine) == [(0,)]
    with team.opened(Role.READER) as record:
        assert record.find(team.refs[0]) is None
        assert record.find_case(case_ref) is None
        assert team.refs[0] not in {one.ref for one in record.meetings()}


def test_whether_anything_is_hidden_cannot_be_told_from_what_is_asked(cluster: Cluster) -> None:
    team = Team.with_meetings(cluster, Role.READER)
    case_ref, mine = team.refs[0].rpartition("-")[0], team.login(Role.READER)
    asked = ("SELECT hidden_cases()", "SELECT hidden_meetings()", "SELECT sees_all()")
    before = [cluster.rows(statement, team.server, mine) for statement in asked]
    with team.opened() as record:
        Logins(record, system_clock).set_access(case_ref, NAMES[Role.READER], Access.BARRED)
    after = [cluster.rows(statement, team.server, mine) for statement in asked]
    assert [len(rows) for rows in before] == [len(rows) for rows in after] == [64, 64, 1]
    assert before[2] == after[2] == [(False,)]  # a reader never checks the record
    with cluster.connection(team.server.database, mine) as connection:
        assert tried(connection, "SELECT * FROM access") == "42501"
        found = connection.execute("SELECT case_called(%s)", (case_ref,)).fetchone()
        assert found == (None,)


def test_ids_of_a_hidden_case_answer_like_ids_of_nothing(cluster: Cluster) -> None:
    team = Team.with_meetings(cluster, Role.MINUTE_TAKER)
    case_ref, mine = team.refs[0].rpartition("-")[0], team.login(Role.MINUTE_TAKER)
    with team.opened() as record:
        case_id = record.case_id(case_ref)
        meeting = record.load(team.refs[0])
        Logins(record, system_clock).set_access(case_ref, NAMES[Role.MINUTE_TAKER], Access.BARRED)
    new_case = f'INSERT INTO "case" SELECT (jsonb_populate_record(NULL::"case", \'{{"id": "{case_id}"}}\')).*'
    draft = "INSERT INTO draft VALUES ('{}', 'x', 'x', 'x')"
    with cluster.connection(team.server.database, mine) as connection:
        assert tried(connection, new_case) == "42501"
        assert tried(connection, draft.format(meeting.id)) == "42501"
        changed = connection.execute(
            "UPDATE meeting SET level = 'level_3' WHERE id = %s", (meeting.id,)
        )
        assert changed.rowcount == 0
        for called in (meeting.id, "nothing"):
            pauses = f"SELECT meeting_moves('{called}', 'open', 'paused', 1)"
            assert connection.execute(pauses).fetchone() == (False,)
            closes = f"SELECT meeting_moves('{called}', 'open', 'closed', 1)"
            assert tried(connection, closes) == "42501"
        moved = f"UPDATE meeting SET case_id = '{case_id}'"  # into the hidden case
        assert tried(connection, moved) == "42501"


def test_of_a_hidden_case_s_reference_no_more_is_said_than_that_it_cannot_be_given(
    cluster: Cluster,
) -> None:
    team = Team.with_meetings(cluster, Role.MINUTE_TAKER)
    case_ref = team.refs[0].rpartition("-")[0]
    with team.opened() as record:
        Logins(record, system_clock).set_access(case_ref, NAMES[Role.MINUTE_TAKER], Access.BARRED)
    with team.opened(Role.MINUTE_TAKER) as record:
        fresh = dataclasses.replace(make_meeting().case, id="another", ref=case_ref)
        with pytest.raises(Refused, match="cannot be given") as said:
            record.add_case(fresh, BY, command="tried")
        assert "already" not in said.value.sentence
        assert "review" not in said.value.sentence
        assert record.find_case(case_ref) is None


# -- what is never changed ----------------------------------------------------------------------


@pytest.fixture
def small(cluster: Cluster) -> Team:
    """A record that a test may write to."""
    return Team.on(cluster, Role.COORDINATOR, Role.CHAIR, Role.ADMINISTRATOR)


@pytest.fixture
def held(cluster: Cluster) -> Team:
    """The same, with meetings."""
    return Team.with_meetings(cluster, Role.COORDINATOR, Role.CHAIR, Role.ADMINISTRATOR)


def test_the_journal_goes_on_from_its_last_entry_and_names_the_login(small: Team) -> None:
    columns = "seq, at, actor, os_user, desk, command_id, meeting_id, entity, entity_id, field, old_hash, new_hash, prev_hash, hash"
    copied = (
        "INSERT INTO journal ({0}) SELECT seq + {1}, at, actor, {2}, desk, command_id, meeting_id, entity, "
        "entity_id, field, old_hash, new_hash, {3}, 'ff' FROM journal ORDER BY seq DESC LIMIT 1"
    )
    with small.cluster.connection(small.server.database, small.login(Role.CHAIR)) as connection:
        for statement, refusal in (
            (copied.format(columns, 1, "session_user", "hash"), ""),
            (copied.format(columns, 2, "session_user", "hash"), "23000"),
            (copied.format(columns, 0, "session_user", "hash"), "23000"),
            (copied.format(columns, 1, "session_user", "prev_hash"), "23000"),
            (copied.format(columns, 1, "'somebody'", "hash"), "42501"),
        ):
            connection.execute("BEGIN")
            assert tried(connection, statement) == refusal, statement
            connection.execute("ROLLBACK")


@pytest.mark.parametrize("table", ["journal", "issued", "template", "published", "disposal"])
def test_the_owner_of_the_tables_is_refused_what_nobody_may(small: Team, table: str) -> None:
    # Past row-level security: what is left are the triggers, which a superuser meets as well.
    with small.cluster.connection(small.server.database) as connection:
        assert tried(connection, f"TRUNCATE {table} CASCADE") == "23000"
        if table == "journal":
            assert tried(connection, "DELETE FROM journal") == "23000"
            assert tried(connection, "UPDATE journal SET actor = 'x'") == "23000"


def test_a_disposal_is_signed_by_whoever_does_it(small: Team) -> None:
    made = (
        "INSERT INTO disposal SELECT (jsonb_populate_record(NULL::disposal, jsonb_build_object("
        "'id', gen_random_uuid()::text, 'case_id', 'c', 'case_ref', 'C', 'kind', 'disposed', 'state', '{0}', "
        "'reason', 'r', 'proposed_by', 'x', 'proposed_id', {1}, 'proposed_at', '', 'agreed_by', '', "
        "'agreed_id', {2}, 'agreed_at', '', 'meeting_ids', '[]', 'receipt', ''))).*"
    )
    with small.cluster.connection(small.server.database, small.server.login) as first:
        assert journaled(first, made.format("proposed", "me()", "''")) == ""
        assert journaled(first, made.format("proposed", "'somebody'", "''")) == "42501"
        assert journaled(first, made.format("agreed", "me()", "'somebody'")) == "42501"
        agrees = "UPDATE disposal SET state = 'agreed', agreed_id = {}"
        assert journaled(first, agrees.format("'somebody'")) == "42501"
        assert journaled(first, "UPDATE disposal SET proposed_id = 'somebody'") == "42501"
    with small.cluster.connection(small.server.database, small.login(Role.COORDINATOR)) as second:
        assert journaled(second, agrees.format("me()")) == ""


def journaled(connection: psycopg.Connection[Any], statement: str) -> str:
    """The same as :func:`tried`, with an entry of the journal about the case ``c`` beside it."""
    connection.execute("BEGIN")
    said = tried(connection, statement)
    if not said:
        noted(connection, "", "case", "c", "disposed")
        return tried(connection, "COMMIT")
    connection.execute("ROLLBACK")
    return said


def test_nothing_of_a_case_is_deleted_without_an_agreed_disposal(held: Team) -> None:
    assert held.refs
    with held.cluster.connection(held.server.database, held.login(Role.COORDINATOR)) as connection:
        for table in sorted(OF_CASES - {"here_now", "access", "falls_due"}):
            gone = connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            assert gone.rowcount == 0, table


@pytest.mark.parametrize(
    ("before", "after", "is_chairs"),
    [
        ("planned", "open", False), ("open", "paused", False), ("open", "closed", True),
        ("closed", "open", True), ("closed", "approved", True), ("approved", "closed", True),
        ("approved", "issued", False),
    ],
)  # fmt: skip
def test_a_meeting_is_closed_reopened_and_approved_by_a_chair(
    cluster: Cluster, before: str, after: str, is_chairs: bool
) -> None:
    team = Team.on(cluster, Role.CHAIR, Role.MINUTE_TAKER)
    with team.opened() as record:
        desk = team.desk(record)
        meeting = fresh_meeting(desk)
    facts = {move.fact: move for move in MOVES if (move.before, move.after) == (before, after)}
    for role in (Role.MINUTE_TAKER, Role.CHAIR):
        cluster.run(f"UPDATE meeting SET state = '{before}'", team.server.database)
        with cluster.connection(team.server.database, team.login(role)) as connection:
            connection.execute("BEGIN")
            refused = "42501" if is_chairs and role is not Role.CHAIR else ""
            step = f"SELECT meeting_moves('{meeting.id}', '{before}', '{after}', revision) FROM meeting"
            assert tried(connection, step) == refused, role
            if refused:
                connection.execute("ROLLBACK")
                continue
            for fact in facts:
                if fact is not None:
                    said_of(connection, meeting.id, str(fact), "A reason.")
            noted(connection, meeting.id, "meeting", meeting.id, "state")
            assert tried(connection, "COMMIT") == "", role
        found = cluster.rows("SELECT state FROM meeting", team.server, team.login(role))
        assert found == [(after,)]


def noted(
    connection: psycopg.Connection[Any], meeting_id: str, entity: str, entity_id: str, field: str
) -> None:
    """An entry of the journal, as somebody would write it who has a login and no panelkit."""
    body = {
        "actor": "Test", "at": "", "command_id": "c", "desk": "d", "entity": entity,
        "entity_id": entity_id, "field": field, "meeting_id": meeting_id, "new_hash": "",
        "old_hash": "",
    }  # fmt: skip
    row = connection.execute("SELECT session_user").fetchone()
    assert row is not None
    said = json.dumps(body | {"os_user": row[0]}, sort_keys=True)[:-1] + ", "
    connection.execute("SELECT journal_goes_on(%s::text[])", ([said],))


def said_of(connection: psycopg.Connection[Any], meeting_id: str, fact: str, reason: str) -> None:
    """A dated fact of the minutes' life, as somebody would write it."""
    connection.execute(
        "INSERT INTO life SELECT (jsonb_populate_record(NULL::life, jsonb_build_object('id', "
        "gen_random_uuid()::text, 'meeting_id', %s::text, 'fact', %s::text, 'who', 'x', 'at', '', "
        "'reason', %s::text, 'about', '', 'content_hash', ''))).*",
        (meeting_id, fact, reason),
    )


@pytest.mark.parametrize(
    "role", [role for role in WORKING if grants.may([role], "meeting", "UPDATE")]
)
def test_no_login_changes_the_state_of_a_meeting_by_itself(team: Team, role: Role) -> None:
    with team.cluster.connection(team.server.database, team.login(role)) as connection:
        assert tried(connection, "UPDATE meeting SET state = 'closed' WHERE false") == "42501"
        assert tried(connection, "UPDATE meeting SET state = state, level = level") == "42501"
        assert tried(connection, "UPDATE meeting SET level = level WHERE false") == ""


def test_a_meeting_goes_no_way_that_panelkit_does_not_go(small: Team) -> None:
    with small.opened() as record:
        meeting = fresh_meeting(small.desk(record))
    ways = {(str(move.before), str(move.after)) for move in MOVES}
    with small.cluster.connection(small.server.database, small.login(Role.CHAIR)) as connection:
        for before in MeetingState:
            for after in MeetingState:
                connection.execute("BEGIN")
                step = f"SELECT meeting_moves('{meeting.id}', '{before}', '{after}', 1)"
                may = (str(before), str(after)) in ways
                assert tried(connection, step) == ("" if may else "42501"), (before, after)
                connection.execute("ROLLBACK")


@pytest.mark.parametrize("left_out", ["the entry", "the fact", "the reason", ""])
def test_with_a_chair_s_login_nothing_is_reopened_without_a_reason_and_an_entry_in_the_journal(
    small: Team, left_out: str
) -> None:
    with small.opened() as record:
        meeting = fresh_meeting(small.desk(record))
    small.cluster.run("UPDATE meeting SET state = 'closed'", small.server.database)
    login = small.login(Role.CHAIR)
    with small.cluster.connection(small.server.database, login) as connection:
        connection.execute("BEGIN")
        asked = "SELECT meeting_moves(id, 'closed', 'open', revision) FROM meeting WHERE id = %s"
        assert connection.execute(asked, (meeting.id,)).fetchone() == (True,)
        if left_out != "the fact":
            reason = " " if left_out == "the reason" else "One decision is missing."
            said_of(connection, meeting.id, "reopened", reason)
        if left_out != "the entry":
            noted(connection, meeting.id, "meeting", meeting.id, "state")
        assert tried(connection, "COMMIT") == ("42501" if left_out else "")
    state = small.cluster.rows("SELECT state FROM meeting", small.server)
    assert state == [("closed" if left_out else "open",)]


def test_an_entry_and_a_reason_of_before_are_none_of_now(small: Team) -> None:
    with small.opened() as record:
        meeting = fresh_meeting(small.desk(record))
    small.cluster.run("UPDATE meeting SET state = 'closed'", small.server.database)
    with small.cluster.connection(small.server.database, small.login(Role.CHAIR)) as connection:
        said_of(connection, meeting.id, "reopened", "Long ago.")
        noted(connection, meeting.id, "meeting", meeting.id, "state")
        step = f"SELECT meeting_moves('{meeting.id}', 'closed', 'open', revision) FROM meeting"
        assert tried(connection, step) == "42501"


def test_roles_access_and_disposals_are_not_changed_without_an_entry_in_the_journal(
    small: Team,
) -> None:
    with small.opened() as record:
        meeting = fresh_meeting(small.desk(record))
        case_id = record.case_id(meeting.case.ref)
    gives = f"INSERT INTO access VALUES ('a', '{case_id}', me(), 'member')"
    roles = "UPDATE person SET roles = 'administrator chair' WHERE id = me()"
    proposes = (
        "INSERT INTO disposal SELECT (jsonb_populate_record(NULL::disposal, jsonb_build_object("
        f"'id', 'd', 'case_id', '{case_id}', 'case_ref', 'C', 'kind', 'disposed', 'state', 'proposed', "
        "'reason', 'r', 'proposed_by', 'x', 'proposed_id', me(), 'proposed_at', '', 'agreed_by', '', "
        "'agreed_id', '', 'agreed_at', '', 'meeting_ids', '[]', 'receipt', ''))).*"
    )
    for login, step, entity in (
        (small.server.login, proposes, "case"),
        (small.login(Role.ADMINISTRATOR), roles, "person"),
        (small.login(Role.ADMINISTRATOR), gives, "case"),
    ):
        with small.cluster.connection(small.server.database, login) as connection:
            assert tried(connection, step) == "42501", step
            connection.execute("BEGIN")
            assert tried(connection, step) == "", step
            row = connection.execute("SELECT me()").fetchone()
            assert row is not None
            noted(connection, "", entity, row[0] if entity == "person" else str(case_id), "x")
            assert tried(connection, "COMMIT") == "", step


# -- people and their logins --------------------------------------------------------------------


def test_other_roles_are_other_rights_in_the_same_moment(small: Team) -> None:
    name, login = NAMES[Role.CHAIR], small.login(Role.CHAIR)
    writes = "UPDATE answer SET text = text WHERE false"
    with small.opened() as record, small.cluster.connection(small.server.database, login) as theirs:
        people = Logins(record, system_clock)
        assert tried(theirs, writes) == ""
        people.change_roles(name, [Role.READER])
        assert tried(theirs, writes) == "42501"
        assert tried(theirs, "SELECT 1 FROM answer") == ""
        people.remove(name)
        assert tried(theirs, "SELECT 1 FROM panelkit.answer") == "42501"
    with pytest.raises(NotAllowed, match="no right"), small.opened(Role.CHAIR):
        pass


def test_a_role_that_is_taken_away_or_given_holds_with_the_next_key(small: Team) -> None:
    name = NAMES[Role.CHAIR]
    with small.opened() as record, small.opened(Role.CHAIR) as theirs:
        meeting = fresh_meeting(small.desk(record))
        chairing, people = small.desk(theirs).chairing, Logins(record, system_clock)
        meeting = chairing.record_answer(meeting, "A6", "index_offence", "As the chair.")
        people.change_roles(name, [Role.READER])
        with pytest.raises(NotAllowed, match=f"{name}, reader, may not"):
            chairing.record_answer(meeting, "A6", "index_offence", "As a reader.")
        people.change_roles(name, [Role.MINUTE_TAKER])
        meeting = chairing.record_answer(meeting, "A6", "index_offence", "As a minute taker.")
        with pytest.raises(NotAllowed, match=f"{name}, minute taker, may not"):
            chairing.reopen(meeting, "A reason.")


def test_who_somebody_is_is_asked_once_and_never_believed_longer_than_it_is_so(
    small: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = NAMES[Role.CHAIR]
    with small.opened() as record, small.opened(Role.CHAIR) as theirs:
        meeting = fresh_meeting(small.desk(record))
        chairing = small.desk(theirs).chairing
        asked: list[str] = []
        person = type(theirs).person
        monkeypatch.setattr(
            type(theirs), "person", lambda self, key: asked.append(key) or person(self, key)
        )
        for number in range(5):
            meeting = chairing.record_answer(meeting, "A6", "index_offence", f"Words {number}.")
        assert len(asked) <= 1, "whoever made the desk may have asked already"
        # News of it is on its way for a moment; the turn is not given to whoever is somebody else by then.
        monkeypatch.setattr(Ear, "epoch", lambda _self: 7)
        assert theirs.me_lately is not None
        Logins(record, system_clock).change_roles(name, [Role.CHAIR, Role.MINUTE_TAKER])
        for write in (
            lambda: chairing.record_answer(meeting, "A6", "index_offence", "With other roles."),
            lambda: chairing.start(meeting),
        ):
            KNOWN[theirs.engine] = Known(before_of(theirs), 7)
            with pytest.raises(NotSaved, match="Your roles were changed"):
                write()
        assert record.load(meeting.id).text("A6", "index_offence") == "Words 4."
        after = chairing.record_answer(meeting, "A6", "index_offence", "With other roles.")
        assert record.load(meeting.id).text("A6", "index_offence") == "With other roles."
        assert chairing.start(after).state is MeetingState.OPEN


def before_of(record: Record) -> Person:
    """Whoever opened it, as they stood one change before."""
    person = record.me
    assert person is not None
    return dataclasses.replace(person, revision=person.revision - 1)


def test_the_server_chains_the_journal_as_panelkit_reads_it(small: Team) -> None:
    named = 'Łucja O’Brien-"Çelik" \\ 王芳 🙂'
    by = By(named, system_clock())
    with small.opened() as record:
        meeting = fresh_meeting(small.desk(record))
        record.save(meeting, meeting.answer("A6", "index_offence", "x", by), by, command="c")
        rows = small.cluster.rows("SELECT actor FROM journal WHERE command_id = 'c'", small.server)
        assert rows == [(named,)]
        assert record.verify().is_good


def test_another_login_takes_the_rights_with_it(small: Team) -> None:
    other = small.cluster.login("other")
    with small.opened() as record:
        Logins(record, system_clock).change_login(NAMES[Role.CHAIR], other)
    with pytest.raises(NotAllowed), small.opened(Role.CHAIR):
        pass
    record = Record.open(small.server.with_login(other))
    assert record.me is not None
    assert record.me.name == NAMES[Role.CHAIR]
    record.close()


def test_nobody_works_with_a_login_that_the_rules_do_not_bind(small: Team) -> None:
    for login, why in (
        (small.cluster.superuser, "nobody’s"), (small.cluster.login("keeper"), "nobody’s"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            Record.open(small.server.with_login(login))
    past = small.cluster.login("past", "BYPASSRLS")
    with small.opened() as record:
        Logins(record, system_clock).change_login(NAMES[Role.CHAIR], past)
    with pytest.raises(Refused, match="past the rules"):
        Record.open(small.server.with_login(past))


def test_a_record_is_verified_only_by_somebody_who_sees_all_of_it(held: Team) -> None:
    case_ref = held.refs[0].rpartition("-")[0]
    with held.opened() as record:
        Logins(record, system_clock).set_access(case_ref, NAMES[Role.COORDINATOR], Access.BARRED)
        assert record.verify().is_good
    with (
        held.opened(Role.COORDINATOR) as record,
        pytest.raises(NotAllowed, match="verified whole"),
    ):
        record.verify()


def test_somebody_from_whom_a_case_is_hidden_goes_on_writing(held: Team) -> None:
    case_ref = held.refs[0].rpartition("-")[0]
    with held.opened() as record:
        Logins(record, system_clock).set_access(case_ref, NAMES[Role.CHAIR], Access.BARRED)
    with held.opened(Role.CHAIR) as record:
        desk = held.desk(record)
        meeting = record.load(held.refs[1])
        written = desk.chairing.record_answer(meeting, "A6", "index_offence", "Words of the chair.")
        assert record.load(held.refs[1]).text("A6", "index_offence") == "Words of the chair."
        assert written.text("A6", "index_offence") == "Words of the chair."
    with held.opened() as record:
        assert record.verify().is_good


def test_nobody_says_of_somebody_else_that_they_are_in_a_meeting(held: Team) -> None:
    with held.opened() as record:
        meeting = record.load(held.refs[0])
        record.be_at(meeting.id, "Ruth Calloway", Part.CHAIRING, "A1", system_clock())
        with held.opened(Role.CHAIR) as theirs:
            theirs.be_at(meeting.id, NAMES[Role.CHAIR], Part.WRITING, "A2", system_clock())
            with pytest.raises(NotAllowed):
                theirs.be_at(meeting.id, "Ruth Calloway", Part.WRITING, "A3", system_clock())
            with held.cluster.connection(held.server.database, held.login(Role.CHAIR)) as bare:
                moved = bare.execute("UPDATE here_now SET item = 'A9' WHERE who = 'Ruth Calloway'")
                assert moved.rowcount == 0
            here = {(one.who, one.item) for one in theirs.presence(meeting.id, system_clock()).rows}
            assert here == {("Ruth Calloway", "A1"), (NAMES[Role.CHAIR], "A2")}
