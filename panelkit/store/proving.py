"""Why a server does not prove that it is the one that was asked for.

The library that speaks to servers says of every certificate that does not hold the same five
words. Here the certificate is looked at once more, over a connection that nothing is sent on.
"""

from __future__ import annotations

import os
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from panelkit.store.server import Server, own_roots

SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)
"""How a client of PostgreSQL asks whether it may encrypt."""
WAIT: Final = 5.0
"""Seconds for an answer."""
EXPIRED, TOO_EARLY, REVOKED = 10, 9, 23
UNKNOWN: Final = frozenset({2, 18, 19, 20, 21})
"""OpenSSL's numbers for a chain that ends in nobody who is trusted here."""
ANYHOW: Final = (
    "The server does not prove that it is the one that was asked for.",
    "Nothing was sent. Ask whoever looks after it, by another way than this network.",
)


def why_unproven(server: Server) -> tuple[str, str]:
    """What is wrong with its certificate and what to do. Raises nothing."""
    try:
        with _asked(server) as (here, host):
            try:
                _roots(server).wrap_socket(here, server_hostname=host).close()
            except ssl.SSLCertVerificationError as failed:
                return _said(failed.verify_code, server)
    except (OSError, ValueError):
        return ANYHOW  # it went away, or its roots cannot be read: what was said first stands
    return ANYHOW


def _said(code: int, server: Server) -> tuple[str, str]:
    now = datetime.now(UTC)
    if code in (EXPIRED, TOO_EARLY):
        since, until = _valid(server)
        ended = f"ran out{f' on {until:%d %B %Y}' if until else ''}"
        begins = f"is not valid yet{f', but from {since:%d %B %Y}' if since else ''}"
        return (
            f"The server’s certificate {ended if code == EXPIRED else begins}.",
            (
                f"Whoever looks after the server gives it a new one; where this machine’s date is wrong "
                f"({now:%d %B %Y}), set that right."
            ),
        )
    if code in UNKNOWN:
        return (
            "The server’s certificate is signed by nobody whom this machine knows.",
            (
                "Get the root certificate from whoever looks after the server, by another way than this "
                "network, and name its file with sslrootcert in the address."
            ),
        )
    if code == REVOKED:
        return ("The server’s certificate was taken back.", ANYHOW[1])
    return ANYHOW


@contextmanager
def _asked(server: Server) -> Iterator[tuple[socket.socket, str]]:
    """A connection that may begin to encrypt, and the host that has to prove itself."""
    address = os.environ.get("PGHOSTADDR") or server.host
    with socket.create_connection((address, server.port), timeout=WAIT) as here:
        here.sendall(SSL_REQUEST)
        if here.recv(1) != b"S":
            raise ConnectionError
        yield here, server.host


def _roots(server: Server) -> ssl.SSLContext:
    named = dict(server.said).get("sslrootcert") or os.environ.get("PGSSLROOTCERT", "")
    if not named and own_roots().exists():
        named = str(own_roots())
    made = ssl.create_default_context(cafile=named if named not in ("", "system") else None)
    made.check_hostname = False  # whose it is the library says by itself
    return made


def _valid(server: Server) -> tuple[datetime | None, datetime | None]:
    """From when until when its certificate is valid, as it says itself."""
    from cryptography import x509

    looks = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looks.check_hostname = False
    looks.verify_mode = ssl.CERT_NONE  # it is only read, and nothing is sent to it
    try:
        with (
            _asked(server) as (here, host),
            looks.wrap_socket(here, server_hostname=host) as spoken,
        ):
            found = x509.load_der_x509_certificate(spoken.getpeercert(binary_form=True) or b"")
    except (OSError, ValueError):
        return None, None
    return found.not_valid_before_utc, found.not_valid_after_utc
