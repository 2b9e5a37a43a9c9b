"""One server for a run, and a record of its own for each test."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server; its folder has a short name, since a socket's path may not be long."""
    with tempfile.TemporaryDirectory(prefix="pk") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = Cluster.started(Path(folder) / "pg")
        yield made
        made.stop()
