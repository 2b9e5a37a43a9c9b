"""What the released set is made of: read from its lock files, judged by lists.

A lock file holds names, versions and hashes, and never where to fetch them: that is for the
person or the organisation that installs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
LOCK: Final = ROOT / "requirements.lock"
"""What panelkit needs when it runs."""
BUILD_LOCK: Final = ROOT / "requirements-build.lock"
"""What makes the installed package out of the source."""
SBOM: Final = ROOT / "docs" / "sbom.cdx.json"
LICENCES: Final = ROOT / "docs" / "licences.md"

ALLOWED: Final = ("MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD", "Apache-2.0", "MPL-2.0", "PSF-2.0", "Zlib", "MIT-0", "0BSD", "ISC", "MIT-CMU", "CC0-1.0")  # fmt: skip
"""Licences that the released set may have; another one stops the list from being made."""
ALLOWED_FOR: Final = {"psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only"}
"""Packages with a licence of their own kind, looked at one by one: this one lets a program use the
library as it is, from beside it, whatever the program's own licence; whoever installs may replace it."""
ELSEWHERE: Final = {"pywin32-ctypes": "BSD-3-Clause"}
"""Packages for another system than the one the lists are made on, and so not installed there: the
licence that their wheel states."""
EXTRA: Final = "server"
"""The extra of ``pyproject.toml`` that is released too: what a record on a server needs."""
NAMED: Final = (
    # As packages write them, and as SPDX does; the first that begins a statement counts.
    ("MIT License", "MIT"), ("The MIT License", "MIT"), ("MIT", "MIT"),
    ("Apache Software License", "Apache-2.0"), ("Apache", "Apache-2.0"),
    ("BSD License", "BSD"), ("Dual License", "Apache-2.0 OR BSD-3-Clause"),
    ("Mozilla Public License 2.0", "MPL-2.0"), ("Python Software Foundation", "PSF-2.0"),
    ("zlib", "Zlib"), ("ISC License", "ISC"),
)  # fmt: skip
READ: Final = {"sqlcipher3": "Zlib"}
"""Packages whose metadata states no licence: what the LICENSE file inside them was read to be."""
_PIN: Final = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+?)(?: ; (.*?))?(?: \\)?$")
_HASH: Final = re.compile(r"^ {4}--hash=sha256:([0-9a-f]{64})(?: \\)?$")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock file."""

    name: str
    version: str
    marker: str
    """Where it is needed; blank for everywhere."""
    hashes: tuple[str, ...]
    """One for each file that may be installed."""


def read_lock(path: Path) -> tuple[Locked, ...]:
    """Every package in a lock file. Raises ValueError for a line of any other kind."""
    found: list[Locked] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if pin := _PIN.match(line):
            found.append(Locked(pin[1], pin[2], pin[3] or "", ()))
        elif (hashed := _HASH.match(line)) and found:
            last = found[-1]
            found[-1] = Locked(last.name, last.version, last.marker, (*last.hashes, hashed[1]))
        else:
            msg = f"{path.name} line {number} is neither a version nor a hash."
            raise ValueError(msg)
    return tuple(found)


def locked_elsewhere() -> tuple[tuple[Locked, str], ...]:
    """Each package of the lock that is for another system, with its licence."""
    return tuple(
        (each, ELSEWHERE[normal(each.name)])
        for each in read_lock(LOCK)
        if normal(each.name) in ELSEWHERE
    )


def normal(name: str) -> str:
    """A package's name as indexes compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(package: Distribution) -> str:
    """Its licence, as SPDX writes it. Raises ValueError where it states none that is known."""
    about = package.metadata
    if said := about.get("License-Expression"):
        return str(said)
    stated = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if c.startswith("License :: ")]  # fmt: skip
    for words in (about.get("License") or "", *stated):
        for begins, spdx in NAMED:
            if words.strip().casefold().startswith(begins.casefold()):
                return spdx
        if words.strip() in ALLOWED:
            return words.strip()
    if (read := READ.get(normal(about["Name"]))) is not None:
        return read
    msg = f"{about['Name']} states no licence that is known: {stated}"
    raise ValueError(msg)


def may_be_shipped(expression: str, name: str = "") -> bool:
    """Whether a licence is on the list, or that of the package ``name`` by itself; of several joined
    by AND, each has to be."""
    if name and ALLOWED_FOR.get(name) == expression:
        return True
    choices = re.split(r" OR ", expression.strip("()"))
    return any(all(part.strip("() ") in ALLOWED for part in choice.split(" AND ")) for choice in choices)  # fmt: skip
