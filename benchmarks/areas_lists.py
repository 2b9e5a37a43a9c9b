"""What people open every day, each by the call that its screen or command makes: timed, and
explained, by `benchmarks/areas.py`.

A list's queries are not written down here: they are those that the program sends while the list is
read, so that what is explained is what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Engine, event

from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import Quarter
from panelkit.services.desk import Desk
from panelkit.services.drafting import Drafting
from panelkit.services.figures import last_quarter
from panelkit.tui.screens.findmeeting import FindMeeting
from panelkit.tui.screens.homeboard import read_board


@dataclass(frozen=True, slots=True)
class Daily:
    """Something that is looked at every day."""

    name: str
    look: Callable[[Desk], object]
    reads_all: str = ""
    """Why it reads more than it shows; blank where it does not."""


def _ref(desk: Desk) -> str:
    return desk.caseload.newest()[-1].ref
