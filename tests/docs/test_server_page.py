"""The page for whoever looks after a server: its SQL runs, its settings exist, its promises hold."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import NotAllowed, NotSaved
from panelkit.domain.people import Role
from panelkit.services.clock import system_clock
from panelkit.services.logins import Logins, found_at
from panelkit.services.people import FIRST
from panelkit.store.grants import NOT_HERE, grants
from panelkit.store.record import Record
from panelkit.store.server import Server
from tests.servers import Cluster

HERE = Path(__file__).parent.parent.parent
PAGE = (HERE / "docs" / "server.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?s)```sql\n(.*?)```", PAGE)
CONF = re.findall(r"(?s)```conf\n(.*?)```", PAGE)
NAMES = (
    "panels_keeper",
    "panels_backup",
    "north_keeper",
    "panels",
    "north",
    "ruth",
    "omar",
    "nell",
)


def block(words: str) -> list[str]:
    """The statements of the block that holds ``words``."""
    (found,) = (each for each in BLOCKS if words in each)
    return [each.strip() for each in found.split(";") if each.strip()]


class Site:
    """The page's names, each with this run's mark behind it."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, self.mark = cluster, f"_p{cluster.mark}"

    def run(self, words: str) -> None:
        """A block of the page, as it stands."""
        for statement in block(words):
            self.cluster.run(self.named(statement))

    def named(self, statement: str) -> str:
        pattern = "|".join(NAMES)
        return re.sub(rf"\b({pattern})\b", lambda found: found[1] + self.mark, statement)

    def at(self, database: str, login: str) -> Server:
        return self.cluster.address(database + self.mark, login + self.mark)


@contextmanager
def put_back(cluster: Cluster) -> Iterator[None]:
    """The server's settings are as they were."""
    asked = "SELECT name, setting FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'"
    with cluster.connection() as connection:
        before = connection.execute(asked).fetchall()
    try:
        yield
    finally:
        cluster.run("ALTER SYSTEM RESET ALL")
        for name, value in before:
            cluster.run(f"ALTER SYSTEM SET {name} = '{value}'")
        cluster.run("SELECT pg_reload_conf()")


@pytest.fixture(scope="module")
def site(cluster: Cluster) -> Iterator[Site]:
    """A server that was set up with the SQL of the page, and nothing else."""
    made = Site(cluster)
    try:
        made.run("CREATE DATABASE panels")
        made.run("CREATE DATABASE north")
        ruth = f"ruth{made.mark}"
        found_at(made.at("panels", "panels_keeper"), "Ruth Calloway", FIRST, ruth, system_clock)
        nell = f"nell{made.mark}"
        found_at(made.at("north", "north_keeper"), "Nell Thorpe", FIRST, nell, system_clock)
        yield made
    finally:
        for database in ("panels", "north"):
            cluster.run(f"DROP DATABASE IF EXISTS {database}{made.mark} WITH (FORCE)")
        for login in ("ruth", "omar", "nell", "panels_keeper", "north_keeper", "panels_backup"):
            cluster.run(f"DROP ROLE IF EXISTS {login}{made.mark}")


def test_the_lists_are_what_the_program_has() -> None:
    found = importlib.util.spec_from_file_location("p", HERE / "tools" / "make_server_page.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    assert made.with_lists(PAGE) == PAGE, "run python tools/make_server_page.py"
    cells = re.findall(r"(?m)^\| ([a-z_, ]+) \| (.*) \|$", PAGE)
    letters = sum(
        len(tables.split(", ")) * len(cell.strip())
        for tables, row in cells
        for cell in row.split("|")
    )
    assert letters == len(grants()), "each letter is a grant, and each grant a letter"
    assert all(role.label in PAGE for role in Role if role not in NOT_HERE)


def test_the_page_s_server_holds_a_record_in_which_its_people_work(site: Site) -> None:
    record = Record.open(site.at("panels", "ruth"))
    person = Logins(record, system_clock).add(
        "Omar Okafor", [Role.MINUTE_TAKER], f"omar{site.mark}"
    )
    record.close()
    omar = Record.open(site.at("panels", "omar"))
    assert omar.me == person
    omar.close()
    with pytest.raises(NotAllowed):
        Record.open(site.at("panels", "panels_keeper"))


def test_somebody_who_left_has_no_right_and_the_login_goes(site: Site, cluster: Cluster) -> None:
    record = Record.open(site.at("panels", "ruth"))
    people = Logins(record, system_clock)
    if not any(person.name == "Omar Okafor" for person in people.every()):
        people.add("Omar Okafor", [Role.MINUTE_TAKER], f"omar{site.mark}")
    with pytest.raises(psycopg.errors.DependentObjectsStillExist):
        cluster.run(f"DROP ROLE omar{site.mark}")
    people.remove("Omar Okafor")
    record.close()
    with pytest.raises(NotAllowed):
        Record.open(site.at("panels", "omar"))
    site.run("DROP ROLE omar")
    assert not cluster.rows(
        f"SELECT 1 FROM pg_roles WHERE rolname = 'omar{site.mark}'", site.at("panels", "ruth")
    )


def test_one_area_cannot_enter_another_s_database_nor_see_anything_if_let_in(
    site: Site, cluster: Cluster
) -> None:
    """CONNECT is what keeps areas apart; behind it there is no right to anything."""
    panels = site.at("panels", "nell")
    with pytest.raises(NotSaved, match="may not enter that database"):
        Record.open(panels)
    cluster.run(f"GRANT CONNECT ON DATABASE {panels.database} TO {panels.login}")
    try:
        with pytest.raises(NotAllowed, match="no right to this record"):
            Record.open(panels)
        tables = [
            name
            for (name,) in cluster.rows("SELECT relname FROM pg_class WHERE relnamespace = 'panelkit'::regnamespace AND relkind = 'r'", panels)
        ]  # fmt: skip
        assert len(tables) > 60
        with cluster.connection(panels.database, panels.login) as nell:
            for table in tables:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    nell.execute(f'SELECT * FROM panelkit."{table}"')
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                nell.execute("SELECT panelkit.case_ids_hidden()")
    finally:
        cluster.run(f"REVOKE CONNECT ON DATABASE {panels.database} FROM {panels.login}")
    own = Record.open(site.at("north", "nell"))
    assert own.me is not None
    assert [person.name for person in own.people()] == ["Nell Thorpe"]
    own.close()


def test_with_the_page_s_settings_nothing_is_said_of_the_log(site: Site, cluster: Cluster) -> None:
    server = site.at("panels", "ruth").with_login(cluster.superuser)
    with put_back(cluster):
        site.run("log_error_verbosity")
        found = CliRunner().invoke(cli.app, ["db", "check", "--db", str(server)]).output
        while "in the server’s log" in found:  # until the server has read its settings
            found = CliRunner().invoke(cli.app, ["db", "check", "--db", str(server)]).output
    assert "Every login of the server may enter" not in found
    assert "nobody in it" not in found
    assert "may do more" not in found


def test_the_backup_s_login_may_copy_the_server_and_nothing_else(
    site: Site, cluster: Cluster
) -> None:
    site.run("REPLICATION")
    panels = site.at("panels", "panels_backup")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        cluster.rows("SELECT 1", panels, panels.login)


def test_every_setting_that_the_page_names_is_one(site: Site, cluster: Cluster) -> None:
    named = re.findall(r"(?m)^(\w+) = ", "\n".join(CONF))
    assert len(named) >= 10
    known = {
        name for (name,) in cluster.rows("SELECT name FROM pg_settings", site.at("panels", "ruth"))
    }
    assert set(named) <= known


def test_every_block_of_the_page_is_run_by_a_test() -> None:
    run = re.findall(r'(?:site|made)\.run\("(.*?)"\)', Path(__file__).read_text(encoding="utf-8"))
    assert {i for words in run for i, each in enumerate(BLOCKS) if words in each} == set(
        range(len(BLOCKS))
    )
