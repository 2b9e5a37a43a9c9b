"""Each test runs on a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.servers import Cluster
from tests.together.desks import Shared, shared_file, shared_server
from tests.together.proxy import Way
from tests.together.rings import FileRing


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A keyring that keeps a secret, in the test's own folder."""
    before = keyring.get_keyring()
    monkeypatch.setenv("TEST_RING", str(tmp_path / "ring.json"))
    keyring.set_keyring(FileRing())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def way(on_server: Shared) -> Iterator[Way]:
    """A way to the server that can be cut and slowed down."""
    cluster = on_server.cluster
    assert cluster is not None
    to = (
        Path(cluster.host) / f".s.PGSQL.{cluster.port}"
        if cluster.host.startswith("/") else (cluster.host, cluster.port)
    )  # fmt: skip
    found = Way(to)
    yield found
    found.close()


@pytest.fixture(params=["file", "server"])
def shared(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shared]:
    """A record with a meeting in it that has begun. A server that is late is another's subject."""
    monkeypatch.setattr("panelkit.store.reach.ANSWER", 30.0)
    if request.param == "file":
        found = shared_file(tmp_path)
    else:
        found = shared_server(request.getfixturevalue("cluster"), tmp_path)
    yield found
    found.close()


@pytest.fixture
def on_server(cluster: Cluster, tmp_path: Path) -> Iterator[Shared]:
    """The same, on a server only."""
    found = shared_server(cluster, tmp_path)
    yield found
    found.close()
