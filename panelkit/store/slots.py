"""The key slots of a record: one file beside it, from which each person's passphrase gets the keys.

    slots = Slots.made(record_id)
    slots = slots.added(person_id, name, passphrase).holding(keys)
    slots.write(keys_of(path))
    person_id, keys = Slots.read(keys_of(path)).open(name, passphrase)

Each slot is a key pair. Argon2id makes a key of the passphrase, AES-GCM wraps the private half
with it, and the record's keys are sealed to the public half (HPKE, RFC 9180): so the keys can be
changed for everybody who stays without anybody's passphrase. All three come from the
``cryptography`` library. A slot is bound to its record and its person. Names do not stand in the
file, only a salted hash to find a slot by. Without the file nobody opens the record: every copy
of the record goes with a copy of it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from panelkit.domain.errors import BadInput, NotFound, NotSaved, Refused
from panelkit.sealing.cost import LEAST, MOST, USUAL, Cost, derive
from panelkit.store.arriving import replacing
from panelkit.store.keys import Keys

FORMAT: Final = 1
LARGEST: Final = 1024 * 1024
"""Bytes of a slots file that are read at all: a thousand people fit."""
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
WRONG: Final = "That name and passphrase do not open the record."
"""The same for an unknown name: who has a slot is nobody's business."""
_MISFIT: Final = "The key slots beside the record cannot be read."


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way in."""

    id: str
    """Id of the person."""
    who: str
    """Salted hash of the name."""
    memory: int
    passes: int
    lanes: int
    salt: str
    private: str
    """Nonce and wrapped private key."""
    public: str

    @property
    def cost(self) -> Cost:
        """What a try takes. Raises BadInput for one that panelkit never writes."""
        cost = Cost(self.memory, self.passes, self.lanes)
        if not cost.is_within(LEAST, MOST):
            raise BadInput(_MISFIT, remedy="Bring back the file of that name from a copy.")
        return cost

    @property
    def mark(self) -> str:
        """Hash of the public half: the record knows it, so that no slot can be put in its place."""
        return hashlib.sha256(_bytes(self.public)).hexdigest()


@dataclass(frozen=True, slots=True)
class Slots:
    """All slots of a record. ``sealed`` holds, newest first, each generation of the keys."""

    record: str
    slots: tuple[Slot, ...] = ()
    sealed: tuple[Mapping[str, str], ...] = field(default=())
    """For each generation, the keys sealed to each slot, by the slot's id. Two only while the
    record is being written anew with other keys: whichever opens it is the right one."""

    @classmethod
    def made(cls, record: str) -> Self:
        """None yet."""
        return cls(record)

    # -- on the disk ---------------------------------------------------------------------------

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file at ``path``. Raises NotFound, BadInput."""
        try:
            with path.open("rb") as file:
                raw = file.read(LARGEST + 1)
        except FileNotFoundError:
            msg = f"The key slots of this record are missing: there is no {path.name} beside it."
            raise NotFound(msg, remedy="Bring that file back from a copy of the record.") from None
        except OSError as failed:
            msg = f"{path.name} cannot be read: {failed.strerror or 'it failed'}."
            raise BadInput(msg, remedy="Look at its rights.") from None
        try:
            said = json.loads(raw[:LARGEST])
            if said["format"] != FORMAT:
                raise BadInput(_MISFIT, remedy="A newer panelkit made them: install that version.")
            return cls(
                _text(said["record"]), tuple(_slot(one) for one in said["slots"]),
                tuple({_text(k): _text(v) for k, v in one.items()} for one in said["sealed"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadInput(
                _MISFIT, remedy="Bring back the file of that name from a copy."
            ) from None

    def write(self, path: Path) -> None:
        """Onto the disk, whole or not at all, for its owner only. Raises NotSaved."""
        said = {
            "format": FORMAT, "record": self.record, "slots": [asdict(slot) for slot in self.slots],
            "sealed": [dict(one) for one in self.sealed],
        }  # fmt: skip
        try:
            with replacing(path) as part:
                part.write_text(json.dumps(said, indent=1), "utf-8")
        except OSError as failed:
            msg = f"The key slots cannot be written: {failed.strerror or 'it failed'}."
            raise NotSaved(
                msg, remedy="Look at the folder’s rights and the disk’s space."
            ) from None

    # -- people --------------------------------------------------------------------------------

    def added(self, person: str, name: str, passphrase: str, *, cost: Cost | None = None) -> Slots:
        """With a slot for ``person``, in place of the one they had; it holds no keys yet."""
        cost = cost or USUAL
        private, salt, nonce = X25519PrivateKey.generate(), os.urandom(16), os.urandom(12)
        public = private.public_key().public_bytes_raw()
        wrapped = AESGCM(derive(passphrase, salt, cost)).encrypt(
            nonce, private.private_bytes_raw(), self._bound(person, cost, salt, public)
        )
        slot = Slot(
            person, self._hash_of(name), cost.memory, cost.passes, cost.lanes,
            _words(salt), _words(nonce + wrapped), _words(public),
        )  # fmt: skip
        return replace(self.without(person), slots=(*self.without(person).slots, slot))

    def without(self, person: str) -> Slots:
        """Without their slot and what was sealed to it."""
        return replace(
            self,
            slots=tuple(slot for slot in self.slots if slot.id != person),
            sealed=tuple({k: v for k, v in one.items() if k != person} for one in self.sealed),
        )

    def holding(self, keys: Keys, *, also: Keys | None = None) -> Slots:
        """Every slot holds ``keys``, and beside them ``also`` while the record is written anew."""
        generations = (keys,) if also is None else (keys, also)
        return replace(self, sealed=tuple(self._seal(each) for each in generations))

    def slot(self, person: str) -> Slot | None:
        """That person's; None where they have none."""
        return next((slot for slot in self.slots if slot.id == person), None)

    def finds(self, name: str) -> Slot | None:
        """The slot of the person called ``name``; None where there is none."""
        wanted = self._hash_of(name)
        return next((s for s in self.slots if secrets.compare_digest(s.who, wanted)), None)

    # -- opening -------------------------------------------------------------------------------

    def open(self, name: str, passphrase: str) -> tuple[str, tuple[Keys, ...]]:
        """The person's id and the keys that may open the record, newest first.

        Takes about half a second, for an unknown name as well. Raises Refused where they do not
        open it, BadInput for a file that does not fit.
        """
        slot = self.finds(name)
        if slot is None:
            derive(passphrase, bytes(16), USUAL)  # as long as for a name that has one
            raise Refused(WRONG)
        return slot.id, self.open_slot(slot, passphrase)

    def open_slot(self, slot: Slot, passphrase: str) -> tuple[Keys, ...]:
        """The keys in one slot. Raises as :meth:`open`."""
        salt, wrapped, public = (_bytes(s) for s in (slot.salt, slot.private, slot.public))
        bound = self._bound(slot.id, slot.cost, salt, public)
        try:
            raw = AESGCM(derive(passphrase, salt, slot.cost)).decrypt(
                wrapped[:12], wrapped[12:], bound
            )
            private = X25519PrivateKey.from_private_bytes(raw)
        except InvalidTag:
            raise Refused(WRONG) from None
        return tuple(self._unseal(slot.id, private))

    def _unseal(self, person: str, private: X25519PrivateKey) -> Iterator[Keys]:
        found = [_bytes(one[person]) for one in self.sealed if person in one]
        if not found:
            raise BadInput(_MISFIT, remedy="Bring back the file of that name from a copy.")
        for sealed in found:
            try:
                keys = Keys.unpacked(_SUITE.decrypt(sealed, private, self._info(person)))
            except (InvalidTag, ValueError, KeyError, TypeError):
                raise BadInput(_MISFIT, remedy="Bring it back from a copy.") from None
            yield keys

    def _seal(self, keys: Keys) -> dict[str, str]:
        packed = keys.packed()
        return {
            slot.id: _words(
                _SUITE.encrypt(
                    packed,
                    X25519PublicKey.from_public_bytes(_bytes(slot.public)),
                    self._info(slot.id),
                )
            )
            for slot in self.slots
        }

    def _info(self, person: str) -> bytes:
        return f"panelkit key slot {FORMAT}\x1f{self.record}\x1f{person}".encode()

    def _bound(self, person: str, cost: Cost, salt: bytes, public: bytes) -> bytes:
        said = f"{cost.memory}\x1f{cost.passes}\x1f{cost.lanes}".encode()
        return b"\x1f".join((self._info(person), said, salt, public))

    def _hash_of(self, name: str) -> str:
        plain = " ".join(name.split()).casefold()
        return hashlib.sha256(f"{self.record}\x1f{plain}".encode()).hexdigest()


def _slot(said: Mapping[str, Any]) -> Slot:
    return Slot(
        id=_text(said["id"]), who=_text(said["who"]), memory=int(said["memory"]),
        passes=int(said["passes"]), lanes=int(said["lanes"]), salt=_text(said["salt"]),
        private=_text(said["private"]), public=_text(said["public"]),
    )  # fmt: skip


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError(said.__class__.__name__)
    return said


def _words(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(words: str) -> bytes:
    try:
        return base64.b64decode(words, validate=True)
    except binascii.Error:
        raise BadInput(_MISFIT, remedy="Bring it back from a copy.") from None
