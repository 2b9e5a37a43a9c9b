"""Meetings of the Strategic Management Board with who came: about no case, read by whoever may."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.errors import Refused
from panelkit.domain.fields import long_date
from panelkit.domain.smb import AtTheBoard, BoardMeeting, BoardPresence
from panelkit.domain.vocabulary import AgencyType
from panelkit.store import convert, journal
from panelkit.store.cases import must_be_next
from panelkit.store.engine import trying
from panelkit.store.kept import columns_of, written
from panelkit.store.tables import AT_BOARD, BOARD

NOT_JOURNALED: Final = frozenset({"id", "board_id", "typed_by", "typed_at", "revision"})


def every(connection: Connection) -> tuple[BoardMeeting, ...]:
    """All of them, withdrawn ones too, oldest first."""
    there: dict[str, list[AtTheBoard]] = {}
    for row in connection.execute(select(AT_BOARD).order_by(AT_BOARD.c.organisation)).mappings():
        there.setdefault(row["board_id"], []).append(_at_board(row))
    rows = connection.execute(select(BOARD).order_by(BOARD.c.held_on)).mappings()
    return tuple(_board(row, there.get(row["id"], [])) for row in rows)


def keep(
    connection: Connection, before: BoardMeeting | None, after: BoardMeeting
) -> list[journal.Change]:
    """A new one, or what changed of one. Raises StaleRecord, Refused for a day that is there."""
    if before is not None:
        must_be_next(before.revision, after.revision)
    old = columns_of(before, but=("there",)) if before else None
    try:
        with trying(connection):
            return written(
                connection,
                BOARD,
                "board",
                old,
                columns_of(after, but=("there",)),
                but=NOT_JOURNALED,
            )
    except IntegrityError:
        msg = f"The board's meeting of {long_date(after.held_on)} is there already."
        raise Refused(msg) from None


def keep_row(
    connection: Connection, before: AtTheBoard | None, after: AtTheBoard
) -> list[journal.Change]:
    """What is said of an organisation. Raises StaleRecord, Refused where it was said meanwhile."""
    if before is not None:
        must_be_next(before.revision, after.revision)
    old = columns_of(before) if before else None
    try:
        with trying(connection):
            return written(
                connection, AT_BOARD, "at_board", old, columns_of(after), but=NOT_JOURNALED
            )
    except IntegrityError:
        msg = f"Somebody else wrote down {after.organisation} meanwhile."
        raise Refused(msg, remedy="Look at it again.") from None


def _board(row: Any, there: list[AtTheBoard]) -> BoardMeeting:
    return BoardMeeting(
        id=row["id"], held_on=date.fromisoformat(row["held_on"]), withdrawn=row["withdrawn"],
        typed_by=row["typed_by"], typed_at=convert.instant_of(row["typed_at"]),
        revision=row["revision"], there=tuple(there),
    )  # fmt: skip


def _at_board(row: Any) -> AtTheBoard:
    return AtTheBoard(
        id=row["id"], board_id=row["board_id"], organisation=row["organisation"],
        agency=AgencyType[row["agency"]], presence=BoardPresence(row["presence"]),
        revision=row["revision"],
    )  # fmt: skip
