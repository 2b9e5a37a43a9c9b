"""The part of a record that sittings are planned in: the sittings themselves, what was sent for them,
and what is wanted of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panelkit.domain.clashes import Declared
from panelkit.domain.demand import WantKind
from panelkit.domain.meeting import By
from panelkit.domain.sent_out import SentKind, SentOut
from panelkit.domain.sitting import Sitting
from panelkit.domain.vocabulary import MeetingRole
from panelkit.store import convert, journal, sittings, wanted
from panelkit.store.cases import must_be_next
from panelkit.store.kept import columns_of, written
from panelkit.store.part import Part
from panelkit.store.tables import SENT_OUT, SITTING
from panelkit.store.wanted import Accepted, Many, Wanted

_NOT_JOURNALED = frozenset({"id", "sitting_id", "meeting_id", "typed_by", "typed_at", "revision"})


class PlansSittings(Part):
    """Sittings and what goes with them."""

    def add_sitting(self, sitting: Sitting, by: By, *, command: str) -> None:
        """A new sitting. Raises Refused where its id is taken."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "sitting made"):
                journal.write(connection, sittings.insert(connection, sitting), by, command)

    def save_sitting(self, before: Sitting, after: Sitting, by: By, *, command: str) -> None:
        """Facts of a sitting that changed. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "sitting changed") and before != after:
                journal.write(connection, sittings.update(connection, before, after), by, command)

    def sittings(self) -> tuple[Sitting, ...]:
        """Every sitting, newest first."""
        with self._reading() as connection:
            return sittings.every(connection)

    def sittings_between(self, start: date, end: date) -> tuple[Sitting, ...]:
        """Sittings of these days, both included, the last first."""
        with self._reading() as connection:
            days = SITTING.c.held_on.between(start.isoformat(), end.isoformat())
            return sittings.every(connection, days)

    # -- who is wanted where ---------------------------------------------------------------

    def officers_of(self, ids: Sequence[str]) -> dict[str, tuple[tuple[MeetingRole, str], ...]]:
        """Who is on the lists of these meetings as chair and as minute taker, by the meeting's id."""
        with self._reading() as connection:
            return wanted.officers(connection, ids) if ids else {}

    def declared_in(self, case_refs: Sequence[str]) -> dict[str, tuple[Declared, ...]]:
        """Interests that were declared at any meeting of these cases, by the case's reference."""
        with self._reading() as connection:
            return wanted.declared(connection, case_refs) if case_refs else {}

    # -- what was sent ---------------------------------------------------------------------

    def sent_out(self, sitting_id: str) -> tuple[SentOut, ...]:
        """What somebody says was sent for a sitting, the oldest first; withdrawn lines too. Of a
        meeting that whoever opened the record may not open, nothing."""
        with self._reading() as connection:
            found = sittings.sent_out(connection, sitting_id)
            return tuple(_sent_of(row) for row in found)

    def keep_sent_out(
        self, changes: Sequence[tuple[SentOut | None, SentOut]], by: By, *, command: str
    ) -> None:
        """Each what it was, or None for what is new, with what it is; all of them or none, journaled.

        Raises StaleRecord where somebody changed one meanwhile.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "sent out"):
                return
            noted: list[journal.Change] = []
            for before, after in changes:
                if before is not None:
                    must_be_next(before.revision, after.revision)
                old = _columns(before) if before else None
                noted += written(
                    connection, SENT_OUT, "sent_out", old, _columns(after),
                    meeting_id=after.meeting_id, but=_NOT_JOURNALED,
                )  # fmt: skip
            journal.write(connection, noted, by, command)

    # -- what is wanted --------------------------------------------------------------------

    def how_many_wanted(self, before: date) -> list[Many]:
        """How many meetings are wanted before a day, by kind, day, level and length; first meetings
        of referrals left out."""
        with self._reading() as connection:
            return wanted.how_many(connection, before)

    def first_wanted(self, want: WantKind, before: date, limit: int) -> list[Wanted]:
        """The first of one kind that are due before a day, the earliest first."""
        with self._reading() as connection:
            return wanted.first(connection, want, before, limit)

    def accepted_since(self, since: date) -> list[Accepted]:
        """Accepted referrals without a first meeting since, or with one that is still to be held
        and does not stand cancelled: those that led to no case, and those that were accepted from a
        day on and did."""
        with self._reading() as connection:
            return wanted.accepted(connection, since)


def _columns(sent: SentOut) -> dict[str, object]:
    return columns_of(sent) | {"meeting_id": sent.meeting_id or None}


def _sent_of(row: dict[str, object]) -> SentOut:
    said = {
        name: str(row[name]) for name in ("id", "sitting_id", "organisation", "sent_by", "told")
    }
    return SentOut(
        **said, meeting_id=str(row["meeting_id"] or ""), what=SentKind(str(row["what"])), sent_on=date.fromisoformat(str(row["sent_on"])),
        withdrawn=str(row["withdrawn"]), typed_by=str(row["typed_by"]),
        typed_at=convert.instant_of(str(row["typed_at"])), revision=int(str(row["revision"])),
    )  # fmt: skip
