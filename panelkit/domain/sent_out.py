"""What was sent for a sitting: invitations, papers and joining instructions, to which organisation, by
whom and when; and whether what was sent still says what is planned.

The program sends nothing: somebody says that they did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from panelkit.domain.fields import short_date
from panelkit.domain.sitting import Sitting
from panelkit.domain.vocabulary import Term


class SentKind(Term):
    """What is sent."""

    INVITATION = "invitation", "Invitation"
    PAPERS = "papers", "Papers"
    JOINING = "joining", "Joining instructions"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOut:
    """That one thing was sent to one organisation."""

    id: str
    sitting_id: str
    what: SentKind
    organisation: str
    sent_on: date
    sent_by: str
    told: str
    """A digest of what it said; never the words."""
    withdrawn: str = ""
    """Why it was not so; blank where it was."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn


class Listed(Protocol):
    """What of a meeting an invitation says."""

    @property
    def ref(self) -> str:
        """Its reference."""
        ...

    @property
    def slot(self) -> object:
        """When it is booked."""
        ...

    @property
    def booked_minutes(self) -> int:
        """For how long."""
        ...


def told(what: SentKind, sitting: Sitting, meetings: Iterable[Listed]) -> str:
    """A digest of what an organisation is told: another day, hour, meeting or other joining
    instructions make another. ``meetings`` are those that it is invited to."""
    said = [str(what), sitting.held_on.isoformat(), str(sitting.starts)]
    if what is not SentKind.PAPERS:
        said += [sitting.mode, str(sitting.joining_number)]
    if what is not SentKind.JOINING:
        said += [f"{one.ref} {one.slot} {one.booked_minutes}" for one in meetings]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """How one thing stands for one organisation."""

    what: SentKind
    organisation: str
    last: SentOut | None
    """When it was sent last; None where it was not."""
    is_stale: bool = False
    """Whether what was sent says something else than what is planned now."""

    @property
    def is_owed(self) -> bool:
        """Whether it has to be sent, or sent again."""
        return self.last is None or self.is_stale

    @property
    def words(self) -> str:
        """``sent 3 Nov 2026``, ``sent 3 Nov 2026, changed since``, ``not sent``."""
        if self.last is None:
            return "not sent"
        since = ", changed since" if self.is_stale else ""
        return f"sent {short_date(self.last.sent_on)}{since}"


def standing(what: SentKind, organisation: str, now: str, sent: Sequence[SentOut]) -> Standing:
    """How it stands: ``now`` is the digest of what would be said today."""
    mine = [
        one for one in sent
        if one.is_live and one.what is what
        and one.organisation.casefold() == organisation.casefold()
    ]  # fmt: skip
    last = max(mine, key=lambda one: (one.sent_on, str(one.typed_at or "")), default=None)
    return Standing(what, organisation, last, last is not None and last.told != now)
