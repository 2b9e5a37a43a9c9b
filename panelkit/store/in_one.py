"""A save on a server in one statement: its rows, its command and its journal, all of it or nothing.

Everything that is read and worked out for it happens before, and waits for nobody. The statement
writes the rows where they are still as they were read, and only then takes the turn, for its journal
and for as long as it is being made durable. Where anything is not as it was, nothing is written and
the caller saves step by step, which finds out what it is and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from panelkit.domain.meeting import By
from panelkit.store import journal, narrow, signalling
from panelkit.store.changes import Planned, Step
from panelkit.store.tables import COMMAND

MOST: Final = 24
"""Rows that are written in one statement; of more, each has its own."""
_END: Final = (
    "keep({counts}, {wanted}, %(known)s::integer, %(meetings)s::text[], %(bodies)s::text[], "
    "%(news)s::text, %(moves)s::text[])"
)
_Shape = tuple[tuple[str, tuple[str, ...], tuple[str, ...] | None], ...]


class NotAtOnce(Exception):
    """It was not written: a row is not as it was read, is there already, or has no case or meeting."""


def fits(plan: Planned) -> bool:
    """Whether it may be written in one statement, which changes no row twice."""
    rows = [(step.table.name, *sorted(step.here.items())) for step in plan.steps if step.here]
    return bool(plan.made) and len(plan.steps) < MOST and len(set(rows)) == len(rows)


def write(
    connection: Connection, plan: Planned, by: By, command: str, what: str, known: int | None
) -> None:
    """Write it.

    ``known`` is the revision of whoever writes by whose roles it was allowed. No transaction has
    begun. Raises NotAtOnce, and DBAPIError for what the server refuses or cannot do.
    """
    row = journal.command_row(command, by, what)
    steps = [Step(COMMAND, row), *plan.steps]
    shape = tuple(
        (step.table.name, tuple(step.columns), tuple(step.here) if step.here is not None else None)
        for step in steps
    )
    values: dict[str, Any] = {"known": known}
    for number, step in enumerate(steps):
        values |= {f"c{number}_{name}": value for name, value in step.columns.items()}
        values |= {f"h{number}_{name}": value for name, value in (step.here or {}).items()}
    meetings = sorted({change.meeting_id for change in plan.made if change.meeting_id})
    values["meetings"] = meetings
    values["bodies"] = journal.bodies(connection, plan.made, by, command)
    values["moves"] = plan.moves
    values["news"] = signalling.news(connection, {change.meeting_id for change in plan.made})
    try:
        connection.exec_driver_sql(_words(shape), values)
    except IntegrityError:
        raise NotAtOnce from None  # also where the command is known: stored, or given up
    except DBAPIError as failed:
        if getattr(failed.orig, "sqlstate", "") in (narrow.NOT_AS_IT_WAS, narrow.PEN_ELSEWHERE):
            raise NotAtOnce from None
        raise


@lru_cache(maxsize=512)
def _words(shape: _Shape) -> str:
    """The statement for rows of these tables and columns."""
    parts = [_part(number, *each) for number, each in enumerate(shape)]
    counts = " + ".join(f"(SELECT count(*) FROM s{number})" for number in range(len(parts)))
    end = _END.format(counts=counts, wanted=len(parts))
    return f"WITH {', '.join(parts)} SELECT {end}"


def _part(number: int, table: str, columns: Sequence[str], here: Sequence[str] | None) -> str:
    if here is None:
        names = ", ".join(f'"{name}"' for name in columns)
        given = ", ".join(f"%(c{number}_{name})s" for name in columns)
        what = f'INSERT INTO "{table}" ({names}) VALUES ({given})'
    else:
        sets = ", ".join(f'"{name}" = %(c{number}_{name})s' for name in columns)
        where = " AND ".join(f'"{name}" = %(h{number}_{name})s' for name in here)
        what = f'UPDATE "{table}" SET {sets} WHERE {where}'
    return f"s{number} AS ({what} RETURNING 1)"
