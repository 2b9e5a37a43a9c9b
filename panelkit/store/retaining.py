"""The part of a record that has to do with keeping cases, and with letting them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from panelkit.domain.disposal import Disposal, DisposalKind, Retention
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By
from panelkit.domain.vocabulary import MeetingState
from panelkit.store import carried, disposal, journal, pen
from panelkit.store.part import Part
from panelkit.store.tables import HAND_OVER


class LetsGo(Part):
    """Review dates, holds, disposals, tombstones."""

    if TYPE_CHECKING:

        def put_away_log(self) -> bool: ...

    def retention(self, case_id: str) -> Retention | None:
        """What is said of keeping a case; None where nothing is."""
        with self._reading() as connection:
            return disposal.retention(connection, case_id)

    def retentions(self) -> tuple[tuple[str, Retention], ...]:
        """Every case by reference with what is said of it, the next to be reviewed first."""
        with self._reading() as connection:
            return disposal.retentions(connection)

    def keep_retention(
        self, before: Retention | None, after: Retention, by: By, *, command: str
    ) -> None:
        """What changed; journaled. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "retention"):
                changes = disposal.keep_retention(connection, before, after)
                journal.write(connection, changes, by, command)

    def disposals(self) -> tuple[Disposal, ...]:
        """Every disposal, oldest first: proposed, withdrawn, and tombstones."""
        with self._reading() as connection:
            return disposal.every(connection)

    def tombstone(self, case_ref: str) -> Disposal | None:
        """What is left of a case; None where it is here, or never was."""
        with self._reading() as connection:
            return disposal.tombstone(connection, case_ref)

    def meetings_of_case(self, case_id: str) -> dict[str, MeetingState]:
        """Every meeting of a case by id, with its state."""
        with self._reading() as connection:
            return disposal.meetings_of(connection, case_id)

    def keep_disposal(self, done: Disposal, by: By, *, new: bool, command: str) -> None:
        """Proposed or withdrawn. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "disposal"):
                changes = disposal.keep(connection, done, new=new)
                journal.write(connection, changes, by, command)

    def dispose(self, agreed: Disposal, by: By, *, new: bool, command: str) -> bool:
        """Everything of the case gone, with a tombstone, in one transaction.

        Returns whether nothing of it is in the log beside the record either; False while another
        program has the record open. Raises Refused where a meeting was added meanwhile or a hold
        was put on it, and for a case handed back of which something is here alone, PenElsewhere, StaleRecord where it was settled meanwhile.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "disposal carried out"):
                return False
            if agreed.kind is DisposalKind.DISPOSED:
                gone = journal.Change("", "case", agreed.case_id, "gone", "", "")
                pen.must_be_here(connection, [gone])
            elif carried.only_here(connection, agreed.case_id):
                msg = "Something of the case was typed here since it was handed over."
                again = "Take the pen of its last meeting back, and hand it over again."
                raise Refused(msg, remedy=again)
            said = disposal.retention(connection, agreed.case_id)
            if said is not None and said.hold:
                raise Refused("A legal hold is on the case.")
            if set(disposal.meetings_of(connection, agreed.case_id)) != set(agreed.meeting_ids):
                raise Refused("The meetings of the case changed.", remedy="Look at it again.")
            # Before the rows go: the journal refuses entries for a meeting whose pen is elsewhere.
            changes = disposal.keep(connection, agreed, new=new)
            changes += disposal.carry_out(connection, agreed)
            journal.write(connection, changes, by, command)
        return self.put_away_log()

    def receipts(self, case_id: str) -> dict[str, str]:
        """For each meeting of a case handed over from here, what the other desk shows for it.

        By the meeting's id; blank for a copy that was only lent here. A meeting whose pen is here
        is left out.
        """
        with self._reading() as connection:
            found: dict[str, str] = {}
            for meeting_id in disposal.meetings_of(connection, case_id):
                rows = pen.of_meeting(connection, meeting_id)
                if rows and rows[-1].is_elsewhere:
                    here = select(HAND_OVER.c.body).where(HAND_OVER.c.id == rows[-1].id)
                    body = connection.execute(here).scalar() or "{}"
                    lent = rows[-1].state == "lent"
                    found[meeting_id] = "" if lent else disposal.receipt_for(rows[-1].id, str(body))
            return found
