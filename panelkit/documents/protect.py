"""A password on a finished Word file, proved before the file is handed over."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from panelkit.domain.errors import CannotWrite, Refused

SHORTEST: Final = 8
"""Characters a document password has at least."""


def protected(body: bytes, password: str) -> bytes:
    """``body`` encrypted as Word does it, opened again with ``password`` and compared.

    Raises Refused for a password that is too short, and CannotWrite where what was
    encrypted does not open to the same bytes.
    """
    if len(password) < SHORTEST:
        raise Refused(
            f"A document password has at least {SHORTEST} characters.",
            remedy="Tell it by voice, never in the same message as the file.",
        )
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = BytesIO()
    OOXMLFile(BytesIO(body)).encrypt(password, locked)
    if opened(locked.getvalue(), password) != body:
        raise CannotWrite("The protected file does not open to what was written.")
    return locked.getvalue()


def opened(body: bytes, password: str) -> bytes:
    """What is inside a protected file. Raises CannotWrite where it does not open."""
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = BytesIO()
    try:
        file = OOXMLFile(BytesIO(body))
        file.load_key(password=password)
        file.decrypt(plain)
    except (DecryptionError, InvalidKeyError) as wrong:
        raise CannotWrite("The protected file does not open with its password.") from wrong
    return plain.getvalue()
