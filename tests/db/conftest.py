"""A real server for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import Cluster


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One server for all tests of a worker."""
    started = Cluster.started(tmp_path_factory.mktemp("pg"))
    yield started
    started.stop()
