"""A file that only a passphrase opens: Argon2id makes the key, AES-GCM seals the content.

Everything before the content is sealed with it, so that no byte can be changed unseen. What
a file says of its own cost is bounded before anything is computed from it. Nothing of this
is our own cryptography: both come from the ``cryptography`` library.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from panelkit.domain.errors import BadInput, NotFound
from panelkit.sealing.cost import LEAST, MOST, USUAL, Cost, derive

MAGIC: Final = b"panelkit hand-over\n"
ENDING: Final = ".handover"
"""What our files are called, after the reference."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that are read at all."""
_LARGEST_CONTENT: Final = 256 * 1024 * 1024
_FORMAT: Final = 1
_HEAD: Final = struct.Struct(f">{len(MAGIC)}sBIBB16s12s")
"""Mark, format, memory in KiB, passes, lanes, salt, nonce."""
_TAG: Final = 16

CHANGED: Final = "That passphrase does not open the file, or the file was changed on its way."


class Seal:
    """A key made from a passphrase, for one file."""

    def __init__(self, passphrase: str, cost: Cost = USUAL) -> None:
        """Takes about half a second: make it before the record is locked."""
        self._salt = os.urandom(16)
        self._cost = cost
        self._key = derive(passphrase, self._salt, cost)

    def close(self, content: bytes) -> bytes:
        """The whole file."""
        nonce = os.urandom(12)
        head = _HEAD.pack(
            MAGIC, _FORMAT, self._cost.memory, self._cost.passes, self._cost.lanes, self._salt, nonce
        )  # fmt: skip
        packed = zlib.compress(content, 6)
        return head + AESGCM(self._key).encrypt(nonce, packed, head)


def read_sealed(path: Path) -> bytes:
    """The bytes of a file, bounded. Raises NotFound, and BadInput for what is no such file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput(f"{path.name} is not a file.")  # a pipe would be waited for
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except OSError as failed:
        msg = f"{path.name} cannot be read: {failed.strerror or 'it failed'}."
        raise BadInput(msg) from None
    if len(content) > LARGEST:
        msg = f"{path.name} is larger than any hand-over."
        raise BadInput(msg, remedy="Nothing was changed.")
    must_be_sealed(content)
    return content


def must_be_sealed(content: bytes) -> Cost:
    """What a file says of itself before a passphrase is asked for. Raises BadInput."""
    if not content.startswith(MAGIC):
        raise BadInput("That file is not a hand-over.", remedy="Nothing was changed.")
    if len(content) < _HEAD.size + _TAG:
        raise BadInput("The hand-over is cut short.", remedy="Ask for the file again.")
    _magic, made, memory, passes, lanes, _salt, _nonce = _HEAD.unpack_from(content)
    if made != _FORMAT:
        msg = "The hand-over is of a form that this version does not read."
        raise BadInput(msg, remedy="Install a newer panelkit.")
    cost = Cost(memory, passes, lanes)
    if not cost.is_within(LEAST, MOST):
        msg = "The hand-over asks for more or less work than any that panelkit writes."
        raise BadInput(msg, remedy="Nothing was changed; ask for the file again.")
    return cost


def open_sealed(content: bytes, passphrase: str) -> bytes:
    """What was sealed. Raises BadInput, and says the same for a wrong passphrase as for a
    file that was changed: nobody can tell the two apart."""
    cost = must_be_sealed(content)
    salt: bytes
    nonce: bytes
    *_said, salt, nonce = _HEAD.unpack_from(content)
    head, sealed = content[: _HEAD.size], content[_HEAD.size :]
    try:
        packed = AESGCM(derive(passphrase, salt, cost)).decrypt(nonce, sealed, head)
    except InvalidTag:
        raise BadInput(CHANGED, remedy="Ask again by voice; nothing was changed.") from None
    return _unpacked(packed)


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, _LARGEST_CONTENT)
    except zlib.error:
        content = b""
    if not unpacking.eof or unpacking.unused_data:
        raise BadInput("The hand-over holds no meeting.", remedy="Nothing was changed.")
    return content
