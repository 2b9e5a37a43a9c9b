"""What stands behind one line of the board's figures: which meetings, cases and referrals.

Counting is a pure function over rows. Each meeting, case and referral is counted once more by
itself, with nothing else in the record; whatever then counts in the line is behind it. So no
figure needs a second way of counting that could say otherwise than the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final, NamedTuple

from panelkit.domain.report_year import ReportQuarter
from panelkit.stats.quarter import Line, Measure, Rows, Shape, facts_of
from panelkit.stats.quarterly import lines_of


class Kind(StrEnum):
    """What may stand behind a line."""

    MEETING = "meeting"
    CASE = "case"
    REFERRAL = "referral"


class Unit(NamedTuple):
    """One of them."""

    kind: Kind
    id: str
    met: bool | None
    """Of a share, whether it is one of those that are met; else None."""


OF_MEETING: Final = ("meeting", "answer", "dissent", "spoc", "office", "action", "carried")
OF_CASE: Final = ("level", "category", "person", "event", "order")
OF_REFERRAL: Final = ("referral", "screening")
"""Rows that begin with the id of what they are about."""
_OF: Final = {Kind.MEETING: OF_MEETING, Kind.CASE: OF_CASE, Kind.REFERRAL: OF_REFERRAL}


def behind(
    measure: Measure, row: str, rows: Rows, quarter: ReportQuarter, today: str
) -> Iterator[Unit]:
    """Everything that counts in ``row`` of a measure in the quarter; nothing for one that is not
    counted from rows (key figures, audits, figures entered by hand)."""
    if measure.shape in (Shape.MANUAL, Shape.MISSING) or measure.needs.startswith("given."):
        return
    for kind, key, alone in _units(rows):
        (facts,) = facts_of(alone, (quarter,), today, {}, {})
        for line in lines_of(measure, facts) or ():
            if line.row == row and _counts(line):
                yield Unit(kind, key, bool(line.value) if line.is_share else None)
                break


def _counts(line: Line) -> bool:
    return bool(line.value or line.of)


def _units(rows: Rows) -> Iterator[tuple[Kind, str, Rows]]:
    nothing: dict[str, Any] = {what: [] for what in rows if what != "since"}
    nothing["since"] = rows["since"]
    for kind, parts in _OF.items():
        mine: dict[str, dict[str, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
        for part in parts:
            for one in rows[part]:
                mine[one[0]][part].append(one)
        for key, alone in mine.items():
            yield kind, key, nothing | alone
    for one in rows["put_off"]:
        yield Kind.MEETING, one[-1], nothing | {"put_off": [one]}
