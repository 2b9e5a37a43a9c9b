"""The address of a server can be given again as it is shown."""

from __future__ import annotations

import pytest

from panelkit.store.server import Server


@pytest.mark.parametrize(
    "server",
    [
        Server("/tmp/x", 5433, "panels", "ruth"),
        Server("/tmp/x", 5432, "panels", "ruth"),
        Server("", 5433, "panels", ""),
        Server("db.example.test", 5432, "panels", "ruth", (("sslmode", "verify-full"),)),
        Server("::1", 5434, "panels", "ruth"),
    ],
    ids=str,
)
def test_an_address_names_the_same_server_again(server: Server) -> None:
    assert Server.named(str(server)) == server
