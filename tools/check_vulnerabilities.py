"""Asks an advisory service about every package of the released set.

    pip install '.[release]'
    python tools/check_vulnerabilities.py [-s osv]

Ends with 0 only where the service answered for each package and knows of nothing; with 1 where
it knows of something; with 2 where a package was not answered for. The auditor itself is content
with a service that knows no package at all, and a check that checked nothing reads like a good one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import supply

AUDITOR: Final = (sys.executable, "-m", "pip_audit")
SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it."""

    status: int
    lines: tuple[str, ...]


def judge(locked: Sequence[supply.Locked], answer: str, wrong: str) -> Judged:
    """What the auditor's answer says about the locked set; ``wrong`` is what it complained of."""
    try:
        found = {
            (supply.normal(each["name"]), each["version"]): each["vulns"]
            for each in json.loads(answer)["dependencies"]
            if "skip_reason" not in each
        }
    except (ValueError, KeyError, TypeError):
        last = next((line.strip() for line in reversed(wrong.splitlines()) if line.strip()), "")
        return Judged(2, (f"Nothing could be checked: {last or 'the auditor gave no answer'}",))
    silent = [each for each in locked if (supply.normal(each.name), each.version) not in found]
    if silent:
        names = ", ".join(f"{each.name} {each.version}" for each in silent[:5])
        more = f" and {len(silent) - 5} more" if len(silent) > 5 else ""
        said = f"{len(silent)} of {len(locked)} packages could not be checked: {names}{more}."
        if len(silent) == len(locked):
            said = "Nothing could be checked: the service answered for no package."
        return Judged(2, (said, *_known(found)))
    known = _known(found)
    if known:
        return Judged(1, known)
    return Judged(0, (f"{len(locked)} packages checked; nothing is known against them.",))


def _known(found: dict[tuple[str, str], Any]) -> tuple[str, ...]:
    return tuple(
        f"{name} {version}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'nothing yet'}"
        for (name, version), each_known in sorted(found.items())
        for each in each_known
    )


def ask(lock: Path, auditor: Sequence[str], more: Sequence[str]) -> tuple[str, str]:
    """The auditor's answer and its complaints."""
    argv = [
        *auditor, "-r", str(lock), "--require-hashes", "--disable-pip", "--format", "json",
        "--progress-spinner", "off", *more,
    ]  # fmt: skip
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as failed:
        return "", f"the auditor did not answer ({type(failed).__name__})"
    # It ends with 1 where it found something and where it fell over: only the answer tells.
    return done.stdout, done.stderr


def main(more: Sequence[str], auditor: Sequence[str] = AUDITOR) -> int:
    """Check both lock files and say what came of it."""
    worst = 0
    for lock in (supply.LOCK, supply.BUILD_LOCK):
        judged = judge(supply.read_lock(lock), *ask(lock, auditor, more))
        for line in judged.lines:
            print(f"{lock.name}: {line}")
        worst = max(worst, judged.status)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
