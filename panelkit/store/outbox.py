"""What was typed while a server did not answer, kept on this machine until it is sent.

A file for each record in the person's own folder, encrypted page by page as a record is (SQLCipher).
Its key lies in the operating system's keyring and nowhere else: where there is none that keeps a
secret, nothing is written to the disk at all, and the box says so (``is_kept``). One that cannot be
read is set aside under another name, so that it never keeps the program from starting.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import uuid
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import Any, Final

from sqlcipher3 import dbapi2

from panelkit.domain.errors import NotSaved
from panelkit.store import places
from panelkit.store.entry import KEYRING
from panelkit.store.keys import unlock
from panelkit.store.server import Server, identity

LEAST_PRIORITY: Final = 1
"""Keyrings of a lower priority keep nothing, or keep it readable."""
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS waiting (id TEXT PRIMARY KEY, meeting_id TEXT NOT NULL, "
    "who TEXT NOT NULL, body TEXT NOT NULL)"
)
_ABOUT: Final = "CREATE TABLE IF NOT EXISTS about (id INTEGER PRIMARY KEY, address TEXT NOT NULL)"
_PRAGMAS: Final = ("secure_delete = ON", "synchronous = FULL", "temp_store = MEMORY")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One passage that is not sent yet."""

    meeting_id: str
    who: str
    line: str
    """Which place it was typed in; a name that whoever puts it here understands."""
    text: str
    base: str = ""
    """What stood there when the typing began."""
    command: str = ""
    """The save that was tried with it: sent again, it changes nothing where it was stored."""
    begun: dict[str, str] = field(default_factory=dict)
    """Fields of an entry that is not stored yet, as the record would hold them."""
    id: str = ""
    tried: tuple[str, ...] = ()
    """Texts of this place whose saves may have come: where one is stored, it is this desk's own."""


class Outbox:
    """The passages that wait on this machine for one record on a server."""

    def __init__(
        self, path: Path | None, key: bytes | None, why: str = "", address: str = "", *,
        looks: bool = False,
    ) -> None:  # fmt: skip
        """Use :func:`outbox_of`. Without ``key`` they are in memory only; ``address`` is the record's.

        One that only ``looks`` sets nothing aside that it cannot read.
        """
        self._looks = looks
        self._path = path
        self._key = key
        self.address = address
        self.elsewhere: tuple[tuple[str, int], ...] = ()
        """Addresses of other records that words wait for on this machine, and how many."""
        self._held: dict[str, Waiting] = {}
        self._turn = RLock()
        """Threads that send and the one that is typed in take turns."""
        self.problem = why
        """Why nothing is kept, or what was set aside, in words; blank where all is well."""
        self._load()

    @property
    def is_kept(self) -> bool:
        """Whether what waits here is on this machine's disk, encrypted, and outlives the program."""
        return self._key is not None

    def waiting(self, who: str, meeting_id: str = "") -> tuple[Waiting, ...]:
        """What this person typed and is not sent, of one meeting or of all."""
        return tuple(
            each for each in list(self._held.values())
            if each.who == who and meeting_id in ("", each.meeting_id)
        )  # fmt: skip

    @property
    def count(self) -> int:
        """How many passages wait, whoever typed them."""
        return len(self._held)

    def put(self, waiting: Waiting) -> Waiting:
        """Keep it, in the place of what was kept under its id; with the id it has from now on.

        Raises NotSaved where the disk does not take it; it is held in memory then.
        """
        there = waiting if waiting.id else replace(waiting, id=str(uuid.uuid4()))
        body = json.dumps(asdict(there), ensure_ascii=False)
        with self._turn:
            self._held[there.id] = there
            self._do(
                "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?)",
                (there.id, there.meeting_id, there.who, body),
            )
        return there

    def drop(self, sent: Waiting) -> None:
        """It is in the record now; words that took its place meanwhile wait on.

        Raises NotSaved where the disk does not let it go.
        """
        with self._turn:
            there = self._held.get(sent.id)
            if there is not None and there.text == sent.text:
                del self._held[sent.id]
                self._do("DELETE FROM waiting WHERE id = ?", (sent.id,))

    # -- the file ------------------------------------------------------------------------

    def _load(self) -> None:
        if self._path is None or self._key is None or not self._path.exists():
            return
        try:
            with contextlib.closing(self._opened()) as box:
                rows = box.execute("SELECT id, body FROM waiting").fetchall()
                self.address = self.address or _address_in(box)
            for named, body in rows:
                self._held[str(named)] = _read(str(named), body)
        except (dbapi2.DatabaseError, OSError, ValueError, TypeError):
            self._set_aside(self._path)

    def _set_aside(self, path: Path) -> None:
        self._held.clear()
        if self._looks:
            return
        aside = path.with_suffix(f".unread-{secrets.token_hex(3)}")
        try:
            path.rename(aside)
        except OSError:
            self._key = None  # nothing is written over what may be read some day
        self.problem = (
            "What was typed here while the server was away cannot be read; it was left as "
            f"{aside.name if aside.exists() else path.name}."
        )

    def _opened(self) -> Any:
        assert self._path is not None  # noqa: S101 - nobody asks without
        if not self._path.exists():
            places.make_folder(self._path.parent)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        box = dbapi2.connect(str(self._path), timeout=0.25, isolation_level=None)
        unlock(box, self._key)
        for pragma in _PRAGMAS:
            box.execute(f"PRAGMA {pragma}")
        box.execute(_TABLE)
        box.execute(_ABOUT)
        if self.address:
            box.execute("INSERT OR REPLACE INTO about VALUES (1, ?)", (self.address,))
        return box

    def _do(self, statement: str, values: tuple[str, ...]) -> None:
        if self._key is None:
            return
        try:
            with contextlib.closing(self._opened()) as box:
                box.execute(statement, values)
        except (dbapi2.DatabaseError, OSError):
            msg = "What you type cannot be kept on this machine now."
            raise NotSaved(msg, remedy="Look at its disk’s space; it is tried again.") from None


def _read(named: str, body: str) -> Waiting:
    """Raises ValueError, TypeError for what no panelkit wrote."""
    said = json.loads(body)
    begun, tried = said.pop("begun"), tuple(said.pop("tried", ()))
    if not all(isinstance(each, str) for each in (*said.values(), *tried, *begun, *begun.values())):
        raise TypeError
    return replace(Waiting(**said, begun=begun, tried=tried), id=named)


def outbox_of(folder: Path, server: Server) -> Outbox:
    """The box in ``folder`` for a record; what waits in it is there. Raises nothing."""
    name = hashlib.sha256(f"{server.login} {identity(server)}".encode()).hexdigest()[:24]
    try:
        key = _key(name)
    except Exception:  # noqa: BLE001 - a keyring is other people's program: without it, no box
        key = None
    if key is None:
        return Outbox(None, None, "This machine has no keyring that keeps a secret.")
    made = Outbox(folder / f"{name}.box", key, address=str(server))
    made.elsewhere = _elsewhere(folder, name)
    return made


def _address_in(box: Any) -> str:
    found = box.execute("SELECT address FROM about").fetchone()
    return str(found[0]) if found else ""


def _elsewhere(folder: Path, mine: str) -> tuple[tuple[str, int], ...]:
    """Other boxes in which something waits, by the address that it was typed at.

    A box is of an address, and not of the record behind it: a backup that was brought back has
    everything of the record but is not it, and words that were sent there would be lost.
    """
    found = []
    for path in sorted(folder.glob("*.box")):
        if path.stem == mine:
            continue
        try:
            key = _key(path.stem, draw=False)
        except Exception:  # noqa: BLE001 - as above
            key = None
        box = Outbox(path, key, looks=True) if key is not None else None
        if box is not None and box.count:
            found.append((box.address or "another address", box.count))
    return tuple(found)


def _key(name: str, *, draw: bool = True) -> bytes | None:
    """From the operating system's keyring, drawn where there is none yet; None without a keyring."""
    import keyring

    if keyring.get_keyring().priority < LEAST_PRIORITY:
        return None
    named = f"outbox {name}"
    found = keyring.get_password(KEYRING, named)
    if found is None and draw:
        keyring.set_password(KEYRING, named, secrets.token_hex(32))
        found = keyring.get_password(KEYRING, named)
    key = bytes.fromhex(found or "")
    return key if len(key) == 32 else None  # noqa: PLR2004 - what SQLCipher takes raw
