"""The board's quarterly report from its figures: sentences, drawings, grids. Pure.

What does not fit on a board's few pages is left to the CSV and said: rows that are 0 throughout,
organisations that reach their target, all but the lowest marks of questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from panelkit.domain.quarterly_paper import Attending, Bar, Drawing, QuarterlyPaper, Series
from panelkit.stats.quarter import Block, Line, Standing
from panelkit.stats.quarter_grids import ATTENDING, grids, shown
from panelkit.stats.quarter_read import (
    Read,
    lowest,
    share_of,
)
from panelkit.stats.quarter_words import PANELS, points
from panelkit.stats.quarterly import TOTAL, Quarterly

SECTIONS: Final[Mapping[Block, str]] = {
    Block.MEETINGS: "panels",
    Block.ATTENDANCE: "attendance",
    Block.TIMELINESS: "in_time",
    Block.ACTIONS: "actions",
    Block.REFERRALS: "referrals",
    Block.CASELOAD: "caseload",
    Block.DECISIONS: "decisions",
    Block.QUALITY: "quality",
    Block.OUTCOMES: "outcomes",
    Block.DIVERSITY: "diversity",
    Block.WORKLOAD: "workload",
}
"""The section of each block, in the order that a board reads them."""

MOST, LEAST = 5, 2
"""Organisations of one level in that table: those short of the target, and at least a few."""


IN_TIME: Final = (
    ("K-MIN2", "Minutes of Level 2"), ("K-MIN3", "Minutes of Level 3"), ("K-ACT", "Actions"),
)  # fmt: skip
"""Shares that are drawn."""
NO_OFFICE: Final = "Its single point of contact"
"""Whom to ring where the area file names no office."""


def quarter_paper(
    report: Quarterly, *, area: str, made_on: date, targets: Mapping[str, int],
    ring: Mapping[str, str], fiction: bool,
) -> QuarterlyPaper:  # fmt: skip
    """Everything that the report says. ``targets`` in per cent by key figure; ``ring`` says by
    organisation whom to ring, and is left out where the report leaves the area."""
    read = Read(report)
    attending = [
        row for measure, level in ATTENDING.items()
        for row in _attending(read, measure, level, targets.get(measure), ring)
    ]  # fmt: skip
    return QuarterlyPaper(
        area=area, quarter=report.quarters[-1],
        quarters=tuple(quarter.label for quarter in report.quarters), made_on=made_on,
        outside=report.below, points=tuple(points(read, targets, so_far=made_on <= report.quarters[-1].end)),
        drawings={
            "panels": (_panels(read), _emergencies(read)),
            "in_time": tuple(_of_time(read, key, title) for key, title in IN_TIME),
        },
        attending=tuple(attending), attending_note=_left_out(read, targets),
        grids={SECTIONS[block]: one for block, one in grids(read, SECTIONS).items()},
        notes=report.notes, fiction=fiction,
    )  # fmt: skip


# -- drawings --------------------------------------------------------------------------


def _labels(read: Read) -> tuple[str, ...]:
    return tuple(quarter.label for quarter in read.report.quarters)


def _bar(line: Line) -> Bar:
    return Bar(line.value, line.shown)


def _panels(read: Read) -> Drawing:
    level_2, level_3 = (read.row("MEET-HELD", f"Level {n}, {TOTAL}") for n in (2, 3))
    return Drawing(
        "Panels held", _labels(read),
        (Series("Level 2", tuple(map(_bar, level_2))), Series("Level 3", tuple(map(_bar, level_3)))),
        sums=tuple(map(_bar, read.total("MEET-HELD"))),
    )  # fmt: skip


def _emergencies(read: Read) -> Drawing:
    bars = tuple(map(_bar, read.row("MEET-HELD", PANELS)))
    return Drawing("Of them emergency panels", _labels(read), (Series("", bars),))


def _percent(line: Line) -> Bar:
    if line.percent is None:
        return Bar(None, line.shown)
    return Bar(line.percent, f"{line.percent:.0f} %\nn {line.of}")


def _of_time(read: Read, measure: str, title: str) -> Drawing:
    return Drawing(
        title, _labels(read), (Series("", tuple(map(_percent, read.together(measure)))),)
    )


# -- organisations ---------------------------------------------------------------------


def _attending(
    read: Read, measure: str, level: str, target: int | None, ring: Mapping[str, str]
) -> Iterator[Attending]:
    for line in _to_show(read, measure, target):
        short = target is not None and (line.percent or 0) < target
        yield Attending(
            organisation=line.row, level=level,
            points=shown(read.row(measure, line.row)),
            share=share_of(line), target=None if target is None else target / 100,
            ring=ring.get(line.row, NO_OFFICE) if short else "",
        )  # fmt: skip


def _to_show(read: Read, measure: str, target: int | None) -> list[Line]:
    """Those short of the target, the lowest first; where they are few, some that reach it."""
    known = lowest(read.now(measure), share_of)
    under = [line for line in known if target is not None and (line.percent or 0) < target]
    return known[: min(MOST, max(LEAST, len(under)))]


def _left_out(read: Read, targets: Mapping[str, int]) -> str:
    said = []
    for measure, level in ATTENDING.items():
        lines = read.now(measure)
        shown = _to_show(read, measure, targets.get(measure))
        known = lowest(lines, share_of)
        hidden = sum(line.standing is Standing.WITHHELD for line in lines)
        if len(known) > len(shown):
            said.append(f"{len(known) - len(shown)} more at {level} came as often or oftener.")
        if hidden:
            said.append(f"Of {hidden} at {level} there are too few panels to say.")
        if not known and not hidden:
            said.append(f"{level}: {lines[0].shown}.")
    return " ".join(said)
