"""The part of a record beside cases and meetings: referrals, days given up, the board's meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panelkit.domain.meeting import By, Meeting
from panelkit.domain.put_off import PutOff, is_cancelled
from panelkit.domain.referrals import Referral, Screening
from panelkit.domain.smb import AtTheBoard, BoardMeeting
from panelkit.store import boards, journal, put_off, referrals
from panelkit.store.part import Part
from panelkit.store.saving import Saving


class KeepsReferrals(Part):
    """What figures are counted from and no meeting's minutes hold."""

    def referrals(self) -> tuple[Referral, ...]:
        """Every referral, withdrawn ones too, by number; those of a hidden case left out."""
        with self._reading() as connection:
            return referrals.every(connection)

    def accepted_on(self) -> dict[str, tuple[date, ...]]:
        """By case, when a referral that led to it was accepted."""
        with self._reading() as connection:
            return referrals.accepted_on(connection)

    def is_invented(self) -> bool:
        """Whether every case that may be seen is marked as invented, and there is one."""
        with self._reading() as connection:
            return referrals.is_invented(connection)

    def keep_referral(
        self, before: Referral | None, after: Referral, by: By, *, command: str
    ) -> None:
        """A new referral, numbered next, or what changed of one. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "referral"):
                journal.write(connection, referrals.keep(connection, before, after), by, command)

    def keep_referrals(self, fresh: Sequence[Referral], by: By, *, command: str) -> None:
        """New referrals, numbered one after another; all of them or none."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "referral"):
                for one in fresh:
                    journal.write(connection, referrals.keep(connection, None, one), by, command)

    def keep_screening(
        self, referral: Referral, before: Screening | None, after: Screening, by: By, *, command: str
    ) -> None:  # fmt: skip
        """A decision on a referral, or what changed of one. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "referral screened"):
                changes = referrals.keep_screening(connection, referral, before, after)
                journal.write(connection, changes, by, command)

    def put_off(self, meeting_id: str = "") -> dict[str, tuple[PutOff, ...]]:
        """Days on which a meeting was not held, by meeting; of one, or of all that may be opened."""
        with self._reading() as connection:
            return put_off.of(connection, meeting_id)

    def is_cancelled(self, meeting: Meeting) -> bool:
        """Whether it stands cancelled: not held, and given no other day since."""
        return is_cancelled(meeting, self.put_off(meeting.id).get(meeting.id, ()))

    def keep_put_off(
        self, meeting: tuple[Meeting, Meeting], before: PutOff | None, after: PutOff, by: By, *,
        command: str,
    ) -> None:  # fmt: skip
        """A day given up, with what that changes of its meeting, in one transaction.

        Raises StaleRecord where either was changed meanwhile, PenElsewhere.
        """
        with self._writing() as connection:
            if not self._is_done(connection, command, by, f"meeting {after.kind}"):
                changes = put_off.keep(connection, before, after)
                if meeting[0] is not meeting[1]:
                    Saving(connection, by, command, "").save(*meeting)
                journal.write(connection, changes, by, command)

    def boards(self) -> tuple[BoardMeeting, ...]:
        """Every meeting of the board, withdrawn ones too, oldest first."""
        with self._reading() as connection:
            return boards.every(connection)

    def keep_board(
        self, before: BoardMeeting | None, after: BoardMeeting, by: By, *, command: str
    ) -> None:
        """A meeting of the board, or what changed of one. Raises StaleRecord, Refused."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "board meeting"):
                journal.write(connection, boards.keep(connection, before, after), by, command)

    def keep_at_board(
        self, before: AtTheBoard | None, after: AtTheBoard, by: By, *, command: str
    ) -> None:
        """Whether an organisation was at the board. Raises StaleRecord, Refused."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "attendance at the board"):
                journal.write(connection, boards.keep_row(connection, before, after), by, command)

    def take_in_boards(
        self, found: Sequence[tuple[BoardMeeting, Sequence[AtTheBoard]]], by: By, *, command: str
    ) -> None:
        """Meetings of the board that are not here yet, each with rows that are not; all or nothing.

        Raises Refused for a day or an organisation that came meanwhile.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "board meetings taken in"):
                return
            known = {one.held_on: one for one in boards.every(connection)}
            for board, rows in found:
                changes: list[journal.Change] = []
                if board.held_on not in known:
                    changes += boards.keep(connection, None, board)
                for row in rows:
                    changes += boards.keep_row(connection, None, row)
                journal.write(connection, changes, by, command)
