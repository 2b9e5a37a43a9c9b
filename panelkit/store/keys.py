"""The keys of an encrypted record, as whoever opened it holds them: in memory, nowhere else."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from sqlalchemy import Connection

_LENGTH: Final = 32


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What opens a record and what chains its journal. Never printed: its repr says nothing."""

    record: str
    """Id of the record, which its key slots are bound to."""
    database: bytes
    """Encrypts every page (SQLCipher takes it raw); another one after each removal of a person.
    Empty on a server, which keeps its own disks."""
    chain: bytes
    """Keys the journal's chain; the same for the life of the record."""
    chain_from: int = 1
    """Sequence of the first journal entry that is chained with it: a record that was encrypted
    later has entries from before."""

    def __repr__(self) -> str:
        """Nothing of the keys."""
        return "Keys(...)"

    @classmethod
    def new(cls, record: str, *, chain_from: int = 1) -> Self:
        """Fresh keys from the system's source of chance."""
        return cls(
            record, secrets.token_bytes(_LENGTH), secrets.token_bytes(_LENGTH), chain_from
        )  # fmt: skip

    def rekeyed(self) -> Keys:
        """The same with another key for the database."""
        return replace(self, database=secrets.token_bytes(_LENGTH))

    def packed(self) -> bytes:
        """For the inside of a key slot."""
        said = {
            "record": self.record, "database": self.database.hex(), "chain": self.chain.hex(),
            "chain_from": self.chain_from,
        }  # fmt: skip
        return json.dumps(said).encode()

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        """From the inside of a key slot. Raises ValueError, KeyError, TypeError."""
        said = json.loads(packed)
        return cls(
            str(said["record"]), bytes.fromhex(said["database"]), bytes.fromhex(said["chain"]),
            int(said["chain_from"]),
        )  # fmt: skip


def raw(key: bytes) -> str:
    """A key as SQLCipher takes one that was not made of a passphrase; hex, so nothing to escape."""
    return f"x'{key.hex()}'"


def unlock(connection: Any, key: bytes | None) -> None:
    """The first thing that a bare connection, or its cursor, is told. None for no key.

    SQLCipher would else write what it met onto the screen.
    """
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f'PRAGMA key = "{raw(key)}"')


@dataclass(slots=True, repr=False)
class Opened:
    """Who opened a record, and with which keys; every connection of it carries this."""

    keys: Keys | None = None
    person: str = ""
    """Id of the person whose passphrase or login opened it; blank where identity is only claimed."""
    login: str = ""
    """The server's name for them, which it vouches for; blank for a record in a file."""
    by_password: bool = False
    """Whether the server asked that login for a password: then a lock can ask for it again."""
    program: str = field(default_factory=lambda: secrets.token_hex(8))
    """This program: what it wrote itself is no news to it."""
    practice: bool = False
    """Whether it is opened to practise: then only a practice is, and otherwise never one."""

    def chain(self, seq: int) -> bytes | None:
        """The key that journal entry ``seq`` is chained with; None for none."""
        if self.keys is None or seq < self.keys.chain_from:
            return None
        return self.keys.chain


def opened(connection: Connection) -> Opened:
    """Who is behind a connection; nobody for one that panelkit did not open as a record."""
    found = connection.info.get("opened")
    return found if isinstance(found, Opened) else Opened()
