"""The part of a record that says who has which referral and case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panelkit.domain.allocating import Again, Allocation
from panelkit.domain.meeting import By
from panelkit.store import allocating, journal
from panelkit.store.allocating import CaseAtWork, WaitingReferrals
from panelkit.store.part import Part


class KeepsAllocations(Part):
    """Who has what, and which referrals are about one individual."""

    def allocations(self) -> tuple[Allocation, ...]:
        """Every step, those of one referral or case in order; of what is hidden none."""
        with self._reading() as connection:
            return allocating.every(connection)

    def allocations_of(self, what_id: str) -> tuple[Allocation, ...]:
        """The steps of one referral or case, by its id, the earliest first."""
        with self._reading() as connection:
            return allocating.of(connection, what_id)

    def referrals_waiting(self) -> WaitingReferrals:
        """Those that nobody has answered, and how many of them somebody has."""
        with self._reading() as connection:
            return allocating.waiting(connection)

    def cases_at_work(self, today: date, until: date) -> tuple[CaseAtWork, ...]:
        """Cases that are worked on, by reference; see :func:`panelkit.store.allocating.cases_at_work`."""
        with self._reading() as connection:
            return allocating.cases_at_work(connection, today, until)

    def allocate(
        self, steps: Sequence[tuple[Allocation | None, Allocation]], by: By, *, command: str
    ) -> None:
        """The next step of each, after the one before it or None; all of them or none, journaled.

        Raises StaleRecord where somebody else took one meanwhile.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "allocation"):
                return
            noted = [
                change
                for before, after in steps
                for change in allocating.add(connection, before, after)
            ]
            journal.write(connection, noted, by, command)

    def empty_allocations(
        self, steps: Sequence[tuple[Allocation, Allocation]], by: By, *, command: str
    ) -> None:
        """Steps whose reasons are emptied; who had what, and when, stays. Raises StaleRecord."""
        with self._writing() as connection:
            if self._is_done(connection, command, by, "reasons emptied"):
                return
            noted = [
                change
                for before, after in steps
                for change in allocating.without_words(connection, before, after)
            ]
            journal.write(connection, noted, by, command)

    def referred_again(self) -> tuple[Again, ...]:
        """Each referral that is about somebody who was referred before."""
        with self._reading() as connection:
            return allocating.again(connection)

    def keep_again(self, before: Again | None, after: Again, by: By, *, command: str) -> None:
        """Which earlier referral was of the same individual; none after all. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "referred again"):
                changes = allocating.keep_again(connection, before, after)
                journal.write(connection, changes, by, command)

    def level_spans(self, case_ids: Sequence[str]) -> list[tuple[str, str, str, str, str]]:
        """Of these cases: case, level, first day, last day, why it ended."""
        with self._reading() as connection:
            return allocating.level_spans(connection, case_ids) if case_ids else []
