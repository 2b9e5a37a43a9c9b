"""Lists that follow from the meetings and are kept beside them: whether they do, and made anew.

Each is written by the save of a meeting, in its transaction; a program of another making, a copy
that was mended by hand or a fault of ours could leave one behind.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from panelkit.store import falls_due, standing


class Lists(NamedTuple):
    """What is not listed as the meetings say; nothing, in a record that is whole."""

    meetings: list[str]
    """Ids of meetings of which something else falls due than is listed."""
    actions: list[str]
    """Actions by their names: case, meeting that set it, number."""


def wrong(connection: Connection) -> Lists:
    """What differs. Every meeting that may be seen is looked at."""
    return Lists(falls_due.wrong(connection), standing.wrong(connection))


def work_out(connection: Connection) -> None:
    """All of them anew."""
    falls_due.work_out(connection)
    standing.work_out(connection)
