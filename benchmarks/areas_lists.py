"""What people open every day, each by the call that its screen or command makes: timed, and
explained, by `benchmarks/areas.py`.

A list's queries are not written down here: they are those that the program sends while the list is
read, so that what is explained is what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from panelkit.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Daily:
    """Something that is looked at every day."""

    name: str
    look: Callable[[Desk], object]
    reads_all: str = ""
    """Why it reads more than it shows; blank where it does not."""


def _ref(desk: Desk) -> str:
    return desk.caseload.newest()[-1].ref
