"""The analysis of referrals as figures, each with the list of referrals that it is the length of.

``FIGURES`` is one list: to add a figure is to add an entry. Each says how it is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any, Final

from panelkit.domain.area import Area
from panelkit.stats.quarter import Given, Line
from panelkit.stats.quarterly import TOTAL, line_of, list_lines, table_lines
from panelkit.stats.referral_analysis import (
    DAYS,
    LEVELS,
    OF_ACCEPTED,
    OF_REJECTED,
    WATCHED,
    After,
    Answered,
)

ALL: Final = "All"


@dataclass(frozen=True, slots=True)
class Counted:
    """One line, with the referrals that are counted in it."""

    line: Line
    behind: tuple[Answered, ...] = ()

    @property
    def refs(self) -> tuple[str, ...]:
        """Their references, and nothing else of them."""
        return tuple(one.ref for one in self.behind)


Cells = dict[tuple[str, str], list[Answered]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One figure of the analysis: to add one is to add an entry to ``FIGURES``."""

    id: str
    title: str
    how: str
    """How it is counted; ``{months}`` and ``{days}`` are the area's."""
    count: Callable[[Sequence[Answered], int], Iterator[Counted]]
    is_grid: bool = False
    """Whether its rows are cells, ``row, column``, with the sums of both."""
    leaves: bool = False
    """Whether it may leave the area. The same referrals in several tables would tell by the one what the
    other withholds: one table and the shares of the whole leave, and no more."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them, counted."""

    id: str
    title: str
    how: str
    lines: tuple[Counted, ...]
    is_grid: bool = False

    @property
    def grid(self) -> dict[str, dict[str, Counted]]:
        """Of a grid: by row, by column, the sums among them; every row has the same columns."""
        found: dict[str, dict[str, Counted]] = {}
        for each in self.lines:
            row, _, column = each.line.row.rpartition(", ")
            found.setdefault(row or TOTAL, {})[column] = each
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Every figure of some days."""

    first: date
    last: date
    figures: tuple[Figure, ...]
    below: int = 0
    """Fewer than this is withheld; 0 where it stays in the area."""
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default=())
    """Where the figures of the area file come from."""


def _answers(found: Sequence[Answered]) -> list[str]:
    """The columns: both levels and a refusal always, another answer where there was one."""
    usual = [f"{level.label} given" for level in LEVELS] + ["Rejected"]
    return [*usual, *sorted({one.answer for one in found} - set(usual))]


def _grid(found: Sequence[Answered], groups: Mapping[str, Sequence[Answered]]) -> Cells:
    """By level asked for, within each group; a blank name for the whole."""
    cells: Cells = {}
    for name, mine in groups.items():
        for level in LEVELS:
            row = f"{f'{name}, ' if name else ''}{level.label} asked"
            for answer in _answers(found):
                cells[row, answer] = [o for o in mine if o.asked is level and o.answer == answer]
    return cells


def _table(cells: Cells, below: int) -> Iterator[Counted]:
    lines = table_lines({place: len(mine) for place, mine in cells.items()}, below)
    by_name: dict[str, list[Answered]] = {}
    for (row, column), mine in cells.items():
        for name in (f"{row}, {column}", f"{row}, {TOTAL}", f"{TOTAL}, {column}", TOTAL):
            by_name.setdefault(name, []).extend(mine)
    yield from (_with(line, by_name.get(line.row, ()), below) for line in lines)


def _list(parts: Mapping[str, Sequence[Answered]], below: int) -> Iterator[Counted]:
    every = {**parts, TOTAL: [one for mine in parts.values() for one in mine]}
    for line in list_lines({row: len(mine) for row, mine in parts.items()}, below):
        yield _with(line, every[line.row], below)


def _with(line: Line, behind: Iterable[Answered], below: int) -> Counted:
    """What leaves the area names no referral."""
    return Counted(line, () if below else tuple(behind))


def _by(found: Sequence[Answered], key: Callable[[Answered], str]) -> dict[str, list[Answered]]:
    names = sorted({key(one) for one in found})
    return {name: [one for one in found if key(one) == name] for name in names}


def _whole(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    yield from _table(_grid(found, {"": found}), below)


def _each_agency(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    yield from _table(_grid(found, _by(found, lambda one: one.agency)), below)


def _each_quarter(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    yield from _table(_grid(found, _by(found, lambda one: one.quarter)), below)


def _both(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    yield from _table(_grid(found, _by(found, lambda one: f"{one.quarter}, {one.agency}")), below)


def _groups(found: Sequence[Answered], below: int) -> dict[str, Sequence[Answered]]:
    """The whole, each agency, each quarter; of what leaves the whole alone, as its parts would tell."""
    if below:
        return {ALL: found}
    return {
        ALL: found,
        **_by(found, lambda one: one.agency),
        **_by(found, lambda one: one.quarter),
    }


def _took(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    for name, mine in _groups(found, below).items():
        days = [one.days for one in mine]
        for what, value in (
            ("median", median(days) if days else None), ("longest", max(days, default=None)),
        ):  # fmt: skip
            yield _with(_of(f"{name}, {what}", value, len(mine), below), mine, below)


def _in_time(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    for name, mine in _groups(found, below).items():
        met = sum(one.in_time for one in mine)
        yield _with(_of(name, met, len(mine), below, is_share=True), mine, below)


def _of(row: str, value: float | None, of: int, below: int, *, is_share: bool = False) -> Line:
    return line_of(Given(row, value, of), is_share, below)


def _after(kinds: Sequence[After], *, given: bool) -> Callable[[Sequence[Answered], int], Iterator[Counted]]:  # fmt: skip
    def count(found: Sequence[Answered], below: int) -> Iterator[Counted]:
        mine = [one for one in found if one.is_given is given]
        yield from _list({k.label: [o for o in mine if o.after is k] for k in kinds}, below)

    return count


def _changed(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    mine = [one for one in found if one.is_given and one.after.says]
    groups = {ALL: mine}
    if not below:
        for level in LEVELS:
            words = f"{level.label} given"
            groups[words] = [one for one in mine if one.answer == words]
    for name, group in groups.items():
        changed = sum(one.after.suggests for one in group)
        yield _with(_of(name, changed, len(group), below, is_share=True), group, below)


def _later(found: Sequence[Answered], below: int) -> Iterator[Counted]:
    mine = [one for one in found if not one.is_given and one.after.says]
    accepted = sum(one.after.suggests for one in mine)
    yield _with(_of(ALL, accepted, len(mine), below, is_share=True), mine, below)


_BY_DAY: Final = "Referrals by the day of the answer that stands; one that waits is in none."
FIGURES: Final = (
    Asked(id="RA-GIVEN", title="Level asked for and answer given", how=_BY_DAY, count=_whole, is_grid=True, leaves=True),
    Asked(id="RA-AGENCY", title="The same by agency that referred", how=_BY_DAY, count=_each_agency, is_grid=True),
    Asked(id="RA-QUARTER", title="The same by quarter", how=_BY_DAY, count=_each_quarter, is_grid=True),
    Asked(id="RA-BOTH", title="The same by quarter and agency", how=_BY_DAY, count=_both, is_grid=True),
    Asked(
        id="RA-DAYS", title="Working days to the answer",
        how="From the day after it came to the day of the answer that stands, weekends and bank holidays left out; days on which more information was waited for are in it.",
        count=_took, leaves=True,
    ),
    Asked(
        id="RA-TIME", title="Answered in time",
        how="Answered within {days} working days of receipt, of those answered.", count=_in_time, leaves=True,
    ),
    Asked(
        id="RA-AFTER", title="What came after an acceptance",
        how="The first other level that the case's history shows within {months} months of the answer. Without a case here, or without a level in its history from then on, it cannot be followed; while the months run and nothing changed it is too early.",
        count=_after(OF_ACCEPTED, given=True),
    ),
    Asked(
        id="RA-CHANGED", title="Another level within the months, of acceptances that can be said",
        how="Raised or lowered within {months} months, of those that were, and those at the level given throughout. It suggests that the first level was wrong, and proves nothing: risk changes too.",
        count=_changed, leaves=True,
    ),
    Asked(
        id="RA-AGAIN", title="What came after a rejection",
        how="Accepted at Level 2 or 3 within {months} months on a later referral that somebody said is of the same individual. Where nobody said so it cannot be followed: the record keeps no name with a referral.",
        count=_after(OF_REJECTED, given=False),
    ),
    Asked(
        id="RA-LATER", title="Accepted within the months, of rejections that can be said",
        how="Accepted within {months} months, of those that were referred again. It suggests that the rejection was wrong, and proves nothing.",
        count=_later, leaves=True,
    ),
)  # fmt: skip
"""Every figure, in the order shown."""


def analysis(
    found: Sequence[Answered], area: Area, *, first: date, last: date, below: int = 0,
    notes: Sequence[str] = (),
) -> Analysis:  # fmt: skip
    """Every figure of what :func:`answered` gave. With ``below`` it may leave the area."""
    words = {"months": area.figure(WATCHED), "days": area.figure(DAYS)}
    return Analysis(
        first=first, last=last, below=below, notes=tuple(notes),
        figures=tuple(
            Figure(one.id, one.title, one.how.format(**words), tuple(one.count(found, below)), one.is_grid)
            for one in FIGURES
            if one.leaves or not below
        ),
        sources=tuple(f"{name}: {area.source(name)}" for name in (DAYS, WATCHED)),
    )  # fmt: skip


# -- for other programs -------------------------------------------------------------------

CSV_COLUMNS: Final = ("from", "to", "figure", "row", "value", "of", "percent", "status", "how")


def csv_rows(said: Analysis) -> Iterator[tuple[str, ...]]:
    """A row for each line, heading first; no person, no case, no referral."""
    yield CSV_COLUMNS
    for figure in said.figures:
        for counted in figure.lines:
            line = counted.line
            yield (
                said.first.isoformat(), said.last.isoformat(), figure.id, line.row,
                f"{line.value:g}" if line.value is not None else line.shown,
                "" if line.of is None else str(line.of),
                "" if line.percent is None else f"{line.percent:g}", str(line.standing), figure.how,
            )  # fmt: skip


def as_data(said: Analysis) -> dict[str, Any]:
    """The same as an object; with the references behind each line, where it stays in the area."""
    return {
        "from": said.first.isoformat(), "to": said.last.isoformat(), "withheld_below": said.below,
        "notes": list(said.notes), "sources": list(said.sources),
        "figures": [
            {
                "id": one.id, "title": one.title, "how": one.how,
                "rows": [
                    {
                        "row": each.line.row, "value": each.line.value, "of": each.line.of,
                        "percent": each.line.percent, "status": str(each.line.standing),
                        "words": each.line.shown, "referrals": list(each.refs),
                    }
                    for each in one.lines
                ],
            }
            for one in said.figures
        ],
    }  # fmt: skip
