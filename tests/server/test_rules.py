"""The server holds the rules: whatever program asks, with whichever login."""

from __future__ import annotations

import dataclasses
from typing import Any

import psycopg
import pytest
from psycopg import sql

from panelkit.domain.errors import NotAllowed, Refused
from panelkit.domain.people import Access, Role
from panelkit.domain.presence import Part
from panelkit.services.clock import system_clock
from panelkit.services.logins import Logins
from panelkit.store import grants, guarding
from panelkit.store.grants import NOT_HERE, OF_CASES, VERBS
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from tests.desk import fresh_meeting
from tests.server.team import NAMES, Team
from tests.servers import Cluster
from tests.store.test_record import BY, make_meeting

WORKING = [role for role in Role if role not in NOT_HERE]
TABLES = sorted(METADATA.tables)


@pytest.fixture(scope="module")
def team(cluster: Cluster) -> Team:
    """Read only by the tests of this module; one that writes makes its own."""
    made = Team.on(cluster)
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
    team = Team.on(cluster, Role.READER, Role.MINUTE_TAKER)
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
    team = Team.on(cluster, Role.READER)
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
    team = Team.on(cluster, Role.MINUTE_TAKER)
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
            "UPDATE meeting SET state = 'closed' WHERE id = %s", (meeting.id,)
        )
        assert changed.rowcount == 0
        moved = f"UPDATE meeting SET case_id = '{case_id}'"  # into the hidden case
        assert tried(connection, moved) == "42501"


def test_of_a_hidden_case_s_reference_no_more_is_said_than_that_it_cannot_be_given(
    cluster: Cluster,
) -> None:
    team = Team.on(cluster, Role.MINUTE_TAKER)
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
        assert tried(first, made.format("proposed", "me()", "''")) == ""
        assert tried(first, made.format("proposed", "'somebody'", "''")) == "42501"
        assert tried(first, made.format("agreed", "me()", "'somebody'")) == "42501"
        assert (
            tried(first, "UPDATE disposal SET state = 'agreed', agreed_id = 'somebody'") == "42501"
        )
        assert tried(first, "UPDATE disposal SET proposed_id = 'somebody'") == "42501"
    with small.cluster.connection(small.server.database, small.login(Role.COORDINATOR)) as second:
        assert tried(second, "UPDATE disposal SET state = 'agreed', agreed_id = me()") == ""


def test_nothing_of_a_case_is_deleted_without_an_agreed_disposal(small: Team) -> None:
    assert small.refs
    with small.cluster.connection(
        small.server.database, small.login(Role.COORDINATOR)
    ) as connection:
        for table in sorted(OF_CASES - {"here_now", "access"}):
            gone = connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            assert gone.rowcount == 0, table


@pytest.mark.parametrize(
    ("before", "after", "is_chairs"),
    [
        ("planned", "open", False), ("open", "paused", False), ("open", "closed", True),
        ("closed", "open", True), ("closed", "approved", True), ("approved", "closed", True),
        ("approved", "issued", False), ("open", "approved", True),
    ],
)  # fmt: skip
def test_a_meeting_is_closed_reopened_and_approved_by_a_chair(
    cluster: Cluster, before: str, after: str, is_chairs: bool
) -> None:
    team = Team.on(cluster, Role.CHAIR, Role.MINUTE_TAKER)
    with team.opened() as record:
        desk = team.desk(record)
        meeting = fresh_meeting(desk)
    step = f"UPDATE meeting SET state = '{after}' WHERE id = '{meeting.id}'"
    for role in (Role.MINUTE_TAKER, Role.CHAIR):
        cluster.run(f"UPDATE meeting SET state = '{before}'", team.server.database)
        with cluster.connection(team.server.database, team.login(role)) as connection:
            refused = "42501" if is_chairs and role is not Role.CHAIR else ""
            assert tried(connection, step) == refused, role


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


def test_a_record_is_verified_only_by_somebody_who_sees_all_of_it(small: Team) -> None:
    case_ref = small.refs[0].rpartition("-")[0]
    with small.opened() as record:
        Logins(record, system_clock).set_access(case_ref, NAMES[Role.COORDINATOR], Access.BARRED)
        assert record.verify().is_good
    with (
        small.opened(Role.COORDINATOR) as record,
        pytest.raises(NotAllowed, match="verified whole"),
    ):
        record.verify()


def test_somebody_from_whom_a_case_is_hidden_goes_on_writing(small: Team) -> None:
    case_ref = small.refs[0].rpartition("-")[0]
    with small.opened() as record:
        Logins(record, system_clock).set_access(case_ref, NAMES[Role.CHAIR], Access.BARRED)
    with small.opened(Role.CHAIR) as record:
        desk = small.desk(record)
        meeting = record.load(small.refs[1])
        written = desk.chairing.record_answer(meeting, "A6", "index_offence", "Words of the chair.")
        assert record.load(small.refs[1]).text("A6", "index_offence") == "Words of the chair."
        assert written.text("A6", "index_offence") == "Words of the chair."
    with small.opened() as record:
        assert record.verify().is_good


def test_nobody_says_of_somebody_else_that_they_are_in_a_meeting(small: Team) -> None:
    with small.opened() as record:
        meeting = record.load(small.refs[0])
        record.be_at(meeting.id, "Ruth Calloway", Part.CHAIRING, "A1", system_clock())
        with small.opened(Role.CHAIR) as theirs:
            theirs.be_at(meeting.id, NAMES[Role.CHAIR], Part.WRITING, "A2", system_clock())
            with pytest.raises(NotAllowed):
                theirs.be_at(meeting.id, "Ruth Calloway", Part.WRITING, "A3", system_clock())
            with small.cluster.connection(small.server.database, small.login(Role.CHAIR)) as bare:
                moved = bare.execute("UPDATE here_now SET item = 'A9' WHERE who = 'Ruth Calloway'")
                assert moved.rowcount == 0
            here = {(one.who, one.item) for one in theirs.presence(meeting.id, system_clock()).rows}
            assert here == {("Ruth Calloway", "A1"), (NAMES[Role.CHAIR], "A2")}
