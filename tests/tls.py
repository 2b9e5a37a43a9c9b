"""Certificates made here and now, and a TLS door before a server that has none.

ca = Authority("Panels root")
door = Door(cluster, ca.certificate("db.example.test"))
door.port                     # speaks TLS as PostgreSQL does, and passes on what comes
"""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
import struct
import threading
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import Cluster

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
"""How a client of PostgreSQL asks, before anything else, whether it may encrypt."""
DAY = dt.timedelta(days=1)


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


class Authority:
    """Somebody who signs certificates."""

    def __init__(self, name: str) -> None:
        self.name = _name(name)
        self.key = ec.generate_private_key(ec.SECP256R1())
        now = dt.datetime.now(dt.UTC)
        self.own = (
            x509.CertificateBuilder().subject_name(self.name).issuer_name(self.name)
            .public_key(self.key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY).not_valid_after(now + 30 * DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )  # fmt: skip

    def written(self, folder: Path, name: str = "root.crt") -> Path:
        """Its own certificate as a file, as an address names it."""
        path = folder / name
        path.write_bytes(self.own.public_bytes(serialization.Encoding.PEM))
        return path

    def certificate(
        self, folder: Path, host: str, *, since: dt.timedelta = -DAY, until: dt.timedelta = 10 * DAY
    ) -> tuple[Path, Path]:
        """A certificate of a host and its key, as files; valid from and to, counted from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = dt.datetime.now(dt.UTC)
        made = (
            x509.CertificateBuilder().subject_name(_name(host)).issuer_name(self.name)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now + since).not_valid_after(now + until)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )  # fmt: skip
        here = folder / f"{host}.crt", folder / f"{host}.key"
        here[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
        here[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        here[1].chmod(0o600)
        return here


class Door:
    """Listens on this machine, encrypts, and passes on to the tests' server."""

    def __init__(self, cluster: Cluster, certificate: tuple[Path, Path] | None) -> None:
        """Without a ``certificate`` it says that it does not encrypt."""
        self._cluster = cluster
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*map(str, certificate))
        self.heard = b""
        """What came before or without encryption, beside the question itself."""
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(here,), daemon=True).start()

    def _serve(self, here: socket.socket) -> None:
        with contextlib.suppress(OSError), here:
            while True:
                asked = here.recv(8)
                if len(asked) < 8:
                    return
                if struct.unpack("!ii", asked) == (8, GSS_REQUEST):
                    here.sendall(b"N")
                    continue
                if struct.unpack("!ii", asked) != (8, SSL_REQUEST):
                    self.heard += asked + here.recv(65536)
                    return
                if self._context is None:
                    here.sendall(b"N")
                    self.heard += here.recv(65536)
                    return
                here.sendall(b"S")
                self._encrypted(self._context.wrap_socket(here, server_side=True))
                return

    def _encrypted(self, here: ssl.SSLSocket) -> None:
        with here, self._connected() as there:
            self._open += [here, there]
            back = threading.Thread(target=_pass_on, args=(there, here), daemon=True)
            back.start()
            _pass_on(here, there)
            back.join()

    def _connected(self) -> socket.socket:
        if self._cluster.host.startswith("/"):
            there = socket.socket(socket.AF_UNIX)
            there.connect(f"{self._cluster.host}/.s.PGSQL.{self._cluster.port}")
            return there
        return socket.create_connection((self._cluster.host, self._cluster.port))

    def close(self) -> None:
        """Nobody comes in any more."""
        self._listening.close()
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_WR)
