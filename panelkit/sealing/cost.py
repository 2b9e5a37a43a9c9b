"""What one try of a passphrase costs, and the key that it makes (Argon2id, RFC 9106)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to try one passphrase."""

    memory: int
    """KiB."""
    passes: int
    lanes: int

    def is_within(self, least: Cost, most: Cost) -> bool:
        """Whether each figure is between the two."""
        return (
            least.memory <= self.memory <= most.memory
            and least.passes <= self.passes <= most.passes
            and least.lanes <= self.lanes <= most.lanes
        )


USUAL: Final = Cost(64 * 1024, 3, 4)
"""The second choice of RFC 9106, for machines with less than 2 GiB to spare: about half a second."""
LEAST: Final = Cost(19 * 1024, 2, 1)
"""Below this a file is not opened: it was not made by us."""
MOST: Final = Cost(256 * 1024, 8, 8)
"""Above this a file is not opened: it would hold the machine up."""


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes; the same for the same three."""
    made = Argon2id(
        salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return made.derive(passphrase.encode("utf-8", "surrogatepass"))
