"""What was sent for a sitting: invitations, papers and joining instructions, to which organisation, by
whom and when; and whether what was sent still says what is planned.

The program sends nothing: somebody says that they did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
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
    """That one thing was sent to one organisation: of each meeting that it told of, one.

    They are apart so that whoever may not open a meeting sees nothing of it here either, and of what
    was told no difference that it made.
    """

    id: str
    sitting_id: str
    meeting_id: str
    """Of the meeting that it told of; blank where it was kept before meetings were kept apart."""
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
    def id(self) -> str:
        """Which it is."""
        ...

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
    instructions make another. ``meetings`` are those that are told of: one, but in what was kept
    before meetings were kept apart."""
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
    rows: tuple[SentOut, ...] = ()
    """What was sent last, of each meeting; empty where nothing was."""
    is_stale: bool = False
    """Whether what was sent says something else than what is planned now."""

    @property
    def last(self) -> SentOut | None:
        """When it was sent last, and who said so; None where it was not."""
        return self.rows[0] if self.rows else None

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


def standing(
    what: SentKind,
    sitting: Sitting,
    organisation: str,
    meetings: Sequence[Listed],
    sent: Sequence[SentOut],
    held: Collection[str] = (),
) -> Standing:
    """How it stands for an organisation that is invited to ``meetings``, of what was ``sent`` for the
    sitting to anybody. ``held`` are those of its meetings that are no longer to come, by id: what was
    said of one is over, and no difference."""
    mine = [
        one for one in sent
        if one.is_live and one.what is what
        and one.organisation.casefold() == organisation.casefold()
    ]  # fmt: skip
    if not mine:
        return Standing(what, organisation)
    last = max(mine, key=_when)
    rows = tuple(one for one in mine if _when(one) == _when(last))
    if what is SentKind.JOINING or not last.meeting_id:
        # How to join is the same for each meeting: another one makes no difference to it.
        now = told(what, sitting, meetings)
        return Standing(what, organisation, rows, any(one.told != now for one in rows))
    each = {one.id: told(what, sitting, [one]) for one in meetings}
    said = {one.meeting_id: one.told for one in rows if one.meeting_id not in held}
    return Standing(what, organisation, rows, said != each)


def _when(one: SentOut) -> tuple[date, str, bool]:
    """The same for all that was said at once."""
    return one.sent_on, str(one.typed_at or ""), bool(one.meeting_id)
