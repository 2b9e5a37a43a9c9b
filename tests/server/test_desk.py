"""A desk over a record on a server: who works is proved, the lock asks the server, copies are its own."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from panelkit.domain.errors import Refused
from panelkit.domain.people import Role
from panelkit.services.clock import system_clock
from panelkit.services.entering import OpensWithLogin
from panelkit.services.logins import Logins
from panelkit.store import postgres
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, open_desk
from tests.server.team import NAMES, Team
from tests.servers import Cluster


def test_whoever_the_server_lets_in_is_no_claim(cluster: Cluster) -> None:
    team = Team.on(cluster, Role.CHAIR)
    desk = open_desk(Settings(who="Somebody Else"), team.address(Role.CHAIR))
    assert desk.who_said == desk.who == NAMES[Role.CHAIR]
    assert desk.encrypted, "no screen says that it is not: the server keeps its own disks"
    desk.caseload.record.close()


def test_the_server_compiles_no_statement(cluster: Cluster) -> None:
    team = Team.on(cluster, Role.CHAIR)
    desk = open_desk(Settings(), team.server)
    with desk.caseload.record._reading() as connection:
        assert connection.execute(text("SHOW jit")).scalar() == "off", "it took seconds of a search"
    desk.caseload.record.close()


def test_no_copy_is_due_and_none_is_spoken_of(cluster: Cluster) -> None:
    team = Team.on(cluster, Role.CHAIR)
    desk = open_desk(Settings(), team.server)
    keeping = desk.keeping
    assert (keeping.is_due(), keeping.is_overdue()) == (False, False)
    assert (keeping.notices(), keeping.there()) == ((), ())
    keeping.tidy()
    desk.caseload.record.close()


def test_the_lock_of_a_server_without_passwords_only_hides(cluster: Cluster) -> None:
    team = Team.on(cluster, Role.CHAIR)
    desk = open_desk(Settings(), team.server)
    asked = psycopg.connect(
        host=cluster.host, port=cluster.port, dbname=team.server.database, user=team.server.login
    )
    assert (desk.opens_again is None) == (not asked.pgconn.used_password)
    asked.close()
    desk.caseload.record.close()


@pytest.fixture
def asking(cluster: Cluster) -> Team:
    """A record whose server asks for passwords over the network of this machine."""
    if cluster.process is None:
        pytest.fail("the rules of who gets in are changed: that takes a server of the test's own")
    team = Team.on(cluster, Role.CHAIR)
    login = cluster.login("locked")  # no other test comes in with it
    with team.opened() as record:
        Logins(record, system_clock).change_login(NAMES[Role.CHAIR], login)
    folder = Path(cluster.process.pgdata)
    rules = folder / "pg_hba.conf"
    rules.write_text(f"local all {login} scram-sha-256\n{rules.read_text()}")
    cluster.run(f"ALTER ROLE {login} PASSWORD 'a password of the test'")
    cluster.run("SELECT pg_reload_conf()")
    return team


def test_the_lock_asks_the_server_for_the_password_of_the_login(
    asking: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "a password of the test")
    desk = open_desk(Settings(), asking.server.with_login(asking.cluster.login("locked")))
    assert isinstance(desk.opens_again, OpensWithLogin)
    door = OpensWithLogin(desk.caseload.record, Tries(tmp_path / "tries"), system_clock)
    door.open_again("a password of the test")
    with pytest.raises(Refused, match="not the password"):
        door.open_again("another")
    desk.caseload.record.close()
    with pytest.raises(Refused, match="not the password"):
        door.open_again("")


def test_a_login_that_needs_no_password_proves_nothing(cluster: Cluster) -> None:
    team = Team.on(cluster, Role.CHAIR)
    where = team.server
    with psycopg.connect(
        host=cluster.host, port=cluster.port, dbname=where.database, user=where.login
    ) as free:
        if free.pgconn.used_password:
            pytest.fail("this server asks for a password: the test is about one that does not")
    with pytest.raises(Exception, match="does not answer"):
        postgres.prove(where, "anything")
