"""The way to a server on another machine: encrypted, by a certificate of the host that was asked for.

The tests' server has no TLS of its own, so a door before it speaks it; where a server that has it is
installed, the same is asked of that one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from panelkit.domain.errors import NotSaved, Refused
from panelkit.services.clock import system_clock
from panelkit.services.logins import found_at
from panelkit.store.record import Record
from panelkit.store.server import GUARDED, Server
from tests.servers import FIRST, ROLES, Cluster
from tests.tls import DAY, Authority, Door

HOST = "db.example.test"
"""Another machine by its name; PGHOSTADDR says where it is."""
BINARIES = "PANELKIT_TEST_POSTGRES_BIN"
"""Where the programs of a PostgreSQL with TLS are; without it pg_config is asked."""


@dataclass
class Site:
    """A record behind doors, and the certificates there are."""

    cluster: Cluster
    server: Server
    folder: Path
    ca: Authority
    root: Path
    doors: list[Door]

    def door(self, certificate: tuple[Path, Path] | None, host: str = HOST, **said: str) -> Server:
        """The record as another machine names it, through a door with this certificate."""
        self.doors.append(Door(self.cluster, certificate))
        return Server(
            host, self.doors[-1].port, self.server.database, self.server.login,
            tuple(sorted(said.items())),
        )  # fmt: skip

    def good(self) -> tuple[Path, Path]:
        return self.ca.certificate(self.folder, HOST)


@pytest.fixture
def site(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    ca = Authority("Panels root")
    found = Site(cluster, cluster.record(), tmp_path, ca, ca.written(tmp_path), [])
    monkeypatch.setenv("PGHOSTADDR", "127.0.0.1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    yield found
    for door in found.doors:
        door.close()


def is_encrypted(record: Record) -> bool:
    """Whether the connection that is in use is."""
    with record.engine.connect() as connection:
        held = connection.connection.dbapi_connection
        return bool(held.pgconn.ssl_in_use)  # type: ignore[union-attr]


def test_another_machine_is_asked_for_its_certificate_without_anybody_saying_so(site: Site) -> None:
    server = site.door(site.good(), sslrootcert=str(site.root))
    assert server.guard == GUARDED
    record = Record.open(server)
    assert is_encrypted(record)
    record.close()


def test_roots_come_from_the_address_the_environment_ones_own_folder_or_the_system(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PGSSLROOTCERT", str(site.root))
        Record.open(site.door(site.good())).close()
    with monkeypatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(site.root))  # what the system trusts, for this test
        Record.open(site.door(site.good())).close()
        Record.open(site.door(site.good(), sslrootcert="system")).close()
    own = site.folder / ".postgresql"
    own.mkdir()
    site.ca.written(own)
    Record.open(site.door(site.good())).close()


def wrong_ca(site: Site) -> Server:
    other = Authority("Panels root").written(site.folder, "other.crt")  # the name proves nothing
    return site.door(site.good(), sslrootcert=str(other))


def unknown_to_the_system(site: Site) -> Server:
    return site.door(site.good(), sslrootcert="system")


def expired(site: Site) -> Server:
    made = site.ca.certificate(site.folder, HOST, since=-30 * DAY, until=-2 * DAY)
    return site.door(made, sslrootcert=str(site.root))


def too_early(site: Site) -> Server:
    made = site.ca.certificate(site.folder, HOST, since=2 * DAY, until=9 * DAY)
    return site.door(made, sslrootcert=str(site.root))


def wrong_host(site: Site) -> Server:
    made = site.ca.certificate(site.folder, "other.example.test")
    return site.door(made, sslrootcert=str(site.root))


def no_root(site: Site) -> Server:
    return site.door(site.good(), sslrootcert=str(site.folder / "gone.crt"))


def no_encryption(site: Site) -> Server:
    return site.door(None, sslrootcert=str(site.root))


REFUSED: dict[Callable[[Site], Server], tuple[str, str]] = {
    wrong_ca: ("signed by nobody whom this machine knows", "sslrootcert"),
    unknown_to_the_system: ("signed by nobody whom this machine knows", "sslrootcert"),
    expired: ("ran out on", "gives it a new one"),
    too_early: ("is not valid yet, but from", "date is wrong"),
    wrong_host: ("is another host’s", "nothing was sent"),
    no_root: ("is not there", "sslrootcert=system"),
    no_encryption: ("does not encrypt", "nothing of a case goes there"),
}


@pytest.mark.parametrize("harm", REFUSED, ids=lambda harm: harm.__name__)
def test_what_does_not_prove_whose_it_is_is_refused_with_what_to_do_and_told_nothing(
    site: Site, harm: Callable[[Site], Server]
) -> None:
    server = harm(site)
    with pytest.raises(NotSaved) as refused:
        Record.open(server)
    what, remedy = REFUSED[harm]
    assert what in refused.value.message
    assert remedy in refused.value.remedy
    assert site.doors[-1].heard == b"", "neither login nor database is named before it is proven"


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_less_is_refused_before_anything_is_asked_unless_somebody_says_why(
    site: Site, mode: str
) -> None:
    server = site.door(site.good(), sslmode=mode)
    with pytest.raises(Refused, match="is another machine"):
        server.must_be_guarded("")
    server.must_be_guarded("the tests' own network")


# -- a server that has TLS itself ---------------------------------------------------------------


def programs() -> Path | None:
    """Where a server with TLS is installed; None where none is."""
    named = os.environ.get(BINARIES)
    if not named and shutil.which("pg_config"):
        named = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=True
        ).stdout.strip()
    found = Path(named) if named else None
    return found if found is not None and (found / "initdb").exists() else None


@pytest.fixture
def encrypting(site: Site) -> Iterator[Server]:
    """A server with TLS, SCRAM passwords and a record in it."""
    where = programs()
    if where is None:
        pytest.skip(f"no server with TLS is installed here; {BINARIES} names its programs")
    with tempfile.TemporaryDirectory(prefix="pk", ignore_cleanup_errors=True) as name:
        started = _Started(where, Path(name))
        certificate, key = site.good()
        try:
            yield started.begin(certificate, key)
        finally:
            started.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class _Started:
    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.data = folder / "d"
        self.owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.owner:
            folder.chmod(0o755)
            shutil.chown(folder, "postgres")

    def run(self, name: str, *said: str) -> None:
        ended = subprocess.run(
            [*self.owner, str(self.programs / name), *said],
            capture_output=True, text=True, check=False, cwd=self.folder,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr + ended.stdout

    def begin(self, certificate: Path, key: Path) -> Server:
        secret = self.folder / "secret"
        secret.write_text("a password of the test\n")
        secret.chmod(0o644)
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}")  # fmt: skip
        for path, name in ((certificate, "server.crt"), (key, "server.key")):
            shutil.copy(path, self.data / name)
            (self.data / name).chmod(0o600)
            if self.owner:
                shutil.chown(self.data / name, "postgres", "postgres")
        (self.data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
        port = _free_port()
        conf = (
            f"-c ssl=on -c port={port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self.folder}"
        )
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", conf, "start")  # fmt: skip
        return Server(HOST, port, "postgres", "postgres")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")


def test_a_server_with_tls_of_its_own_and_a_password_holds_a_record(
    site: Site, encrypting: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "a password of the test")
    trusted = dict(encrypting.told()) | {"sslrootcert": str(site.root), "dbname": "postgres"}
    with psycopg.connect(**trusted, autocommit=True) as connection:
        connection.execute("CREATE ROLE panels_keeper LOGIN PASSWORD 'a password of the test'")
        connection.execute("CREATE ROLE ruth LOGIN PASSWORD 'a password of the test'")
        connection.execute("CREATE DATABASE panels OWNER panels_keeper")
        (uses,) = connection.execute(
            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        ).fetchone() or (False,)
        assert uses
    said = (("channel_binding", "require"), ("sslrootcert", str(site.root)))
    keeper = Server(HOST, encrypting.port, "panels", "panels_keeper", said)
    found_at(keeper, FIRST, ROLES, "ruth", system_clock)
    record = Record.open(keeper.with_login("ruth"))
    assert is_encrypted(record)
    assert record.verify().is_good
    record.close()
    with pytest.raises(NotSaved, match="signed by nobody whom this machine knows"):
        Record.open(Server(HOST, encrypting.port, "panels", "ruth"))
    plain = (("sslmode", "disable"),)
    with pytest.raises(NotSaved, match="does not let that login in from this machine"):
        Record.open(Server(HOST, encrypting.port, "panels", "ruth", plain))
    monkeypatch.setenv("PGPASSWORD", "another")
    with pytest.raises(NotSaved, match="does not know that login with that password"):
        Record.open(keeper.with_login("ruth"))
