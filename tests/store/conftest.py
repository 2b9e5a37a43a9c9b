"""What tests of the record share: each that is not about a file runs on a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from panelkit.store.record import Record
from panelkit.store.server import Location
from tests.store.hands import Hands, open_at


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """Where a record with nothing in it is opened by :func:`tests.store.hands.open_at`.

    On a server whoever opens it is Ruth Calloway, who is in it.
    """
    if request.param == "file":
        yield tmp_path / "folder" / "record.db"
        return
    cluster = request.getfixturevalue("cluster")
    server = cluster.record()
    yield server
    cluster.drop(server)


@pytest.fixture
def record(place: Location) -> Iterator[Record]:
    """A record with nothing in it, open."""
    opened = open_at(place)
    yield opened
    opened.close()


@pytest.fixture
def hands(request: pytest.FixtureRequest, record: Record) -> Iterator[Hands]:
    """Hands on the database of ``record`` without the program."""
    superuser = request.getfixturevalue("cluster").superuser if record.is_on_server else ""
    made = Hands(record, superuser)
    yield made
    made.close()
