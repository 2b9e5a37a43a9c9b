"""Lists that follow from what is recorded and are kept beside it: whether they do, and made anew.

Each is written by the save of what it follows from, in its transaction; a program of another making,
a copy that was mended by hand or a fault of ours could leave one behind.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from panelkit.domain.fields import how_many
from panelkit.store import falls_due, referrals, standing


class Lists(NamedTuple):
    """What is not listed as the record says; nothing, in a record that is whole."""

    meetings: list[str]
    """Ids of meetings of which something else falls due than is listed."""
    actions: list[str]
    """Actions by their names: case, meeting that set it, number."""
    referrals: list[str]
    """Ids of referrals that are not kept as answered, or as waiting, as their screening says."""

    @property
    def words(self) -> str:
        """In a sentence what is not listed as the record says; blank where everything is."""
        said = []
        if self.meetings:
            said.append(f"what falls due of {how_many(len(self.meetings), 'meeting')}")
        if many := len(self.actions):
            stands = "stands" if many == 1 else "stand"
            said.append(f"how {how_many(many, 'action')} of those to chase {stands}")
        if many := len(self.referrals):
            waits = "waits" if many == 1 else "wait"
            said.append(f"whether {how_many(many, 'referral')} {waits} for an answer")
        if not said:
            return ""
        return f"A list kept beside the record is not as it is: {', '.join(said)}."


def wrong(connection: Connection) -> Lists:
    """What differs. Every meeting and referral that may be seen is looked at."""
    return Lists(
        falls_due.wrong(connection), standing.wrong(connection), referrals.wrong(connection)
    )


def work_out(connection: Connection) -> None:
    """All of them anew."""
    falls_due.work_out(connection)
    standing.work_out(connection)
    referrals.work_out(connection)
