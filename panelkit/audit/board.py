"""The board's page from figures, trends and defects: what is shown, and what is withheld. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.audit.defects import Defect, Defects
from panelkit.audit.finding import Rule
from panelkit.audit.kpis import MEASURES, Figure
from panelkit.audit.matters import MATTERS
from panelkit.audit.trends import Quarter, Trend, best_of, lowest
from panelkit.domain.board import BoardReport, Headline, ToWorkOn, TrendLine

TRENDS: Final = 4
"""Questions on the page; the rest is in the JSON."""
DEFECTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """How many meetings were audited by people, of how many, and how they were drawn."""

    held: int
    level_three: int
    audited: int
    drawn: int
    drawn_audited: int
    percent: int
    """Share of Level 2 that is drawn."""
    seed: str


def board_report(
    *, start: date, end: date, outside: int, sampled: Sampled, figures: Sequence[Figure],
    quarters: Sequence[Quarter], trends: Sequence[Trend], defects: Defects,
    rules: Sequence[Rule], fiction: bool,
) -> BoardReport:  # fmt: skip
    """Everything that the page says. ``outside`` withholds what rests on fewer; 0 nothing."""
    whole = [_together(measure.id, figures) for measure in MEASURES]
    return BoardReport(
        start=start, end=end, outside=outside, sampled=_sampled(sampled, outside),
        headlines=tuple(_headline(one, figures, outside) for one in whole if one.is_recorded),
        not_recorded=tuple(one.measure.title for one in whole if not one.is_recorded),
        quarters=tuple(quarter.label for quarter in quarters),
        trends=tuple(_line(one, outside) for one in lowest(trends, TRENDS, max(1, outside))),
        trends_of=sum(not one.is_coded for one in trends),
        coded=tuple(_coded(trends, outside)),
        defects=tuple(_to_work_on(one, outside) for one in defects.top(DEFECTS)),
        well=_well(defects, rules) if defects.of >= max(1, outside) else (),
        read=defects.of, fiction=fiction,
    )  # fmt: skip


def _well(defects: Defects, rules: Sequence[Rule]) -> tuple[str, ...]:
    """Matters that the record itself answers, and that no meeting fell short in."""
    asked = {rule.matter for rule in rules if not rule.reads}
    found = {row.matter.id for row in defects.rows}
    return tuple(one.title for one in MATTERS.values() if one.id in asked - found)


def _sampled(said: Sampled, outside: int) -> tuple[str, ...]:
    if not said.held:
        return ("No meeting was held in this period.",)
    meetings = "meeting" if said.held == 1 else "meetings"
    levels = f", {said.level_three} of them at Level 3"
    if min(said.level_three, said.held - said.level_three) < outside:
        levels = ""
    people = (
        f"People audited {said.audited} of {said.held} {meetings} held{levels}; "
        f"the audit's rules read all of them."
    )
    drawn = (
        f"Drawn by lot were all of Level 3 and {said.percent} % of each chair's Level 2, at least "
        f"one: {said.drawn} {'meeting' if said.drawn == 1 else 'meetings'}, of which "
        f"{said.drawn_audited} {'was' if said.drawn_audited == 1 else 'were'} audited (seed {said.seed})."
    )
    return (people, drawn)


def _together(measure_id: str, figures: Sequence[Figure]) -> Figure:
    """A figure that is kept for each organisation, of all of them together."""
    mine = [figure for figure in figures if figure.measure.id == measure_id]
    counted = tuple(row for figure in mine for row in figure.counted)
    return dataclasses.replace(mine[0], agency="", counted=counted)


def _headline(whole: Figure, figures: Sequence[Figure], outside: int) -> Headline:
    hidden = whole.is_suppressed(outside)
    notes = []
    each = [
        f for f in figures
        if f.measure.id == whole.measure.id and f.agency and not f.is_suppressed(outside)
    ]  # fmt: skip
    reached = [f.reaches_target for f in each if f.reaches_target is not None]
    if len(reached) > 1 and not hidden:
        notes.append(f"{sum(reached)} of {len(reached)} organisations do")
    if whole.unknown and not outside:
        notes.append(f"not recorded of {len(whole.unknown)}")
    return Headline(
        id=whole.measure.id, title=whole.measure.title, words=whole.words(outside),
        percent=None if hidden else whole.percent, target=whole.target,
        reached=None if hidden else whole.reaches_target, note="; ".join(notes),
        source=whole.target_source if whole.target is not None else "",
    )  # fmt: skip


def _line(trend: Trend, outside: int) -> TrendLine:
    question = trend.question
    least = min(option.value for option in question.options)
    return TrendLine(
        question=f"{question.id} ({least} to {question.most}) {question.text}",
        points=tuple(_point(spread.n, spread.mean, outside) for _q, spread in trend.points),
    )


def _point(n: int, mean: float | None, outside: int) -> str:
    if not n or mean is None:
        return "none"
    return f"n under {outside}" if n < outside else f"{mean:.1f} (n {n})"


def _coded(trends: Sequence[Trend], outside: int) -> list[str]:
    """Codes of the last quarter counted form by form, with no mean."""
    said = []
    for form_id in dict.fromkeys(one.form.id for one in trends if one.is_coded):
        mine = [one.latest for one in trends if one.form.id == form_id and one.is_coded]
        n, best = sum(point.n for point in mine), sum(best_of(point) for point in mine)
        if n >= max(1, outside):
            said.append(f"{form_id}, answered with codes: {best} of {n} answers are code 1.")
    return said


def _to_work_on(defect: Defect, outside: int) -> ToWorkOn:
    hidden = defect.of < outside
    return ToWorkOn(
        title=defect.matter.title,
        words=f"of fewer than {outside} meetings: not shown" if hidden
        else f"{defect.found} of {defect.of} meetings",
        percent=None if hidden else 100 * defect.found / defect.of,
        advice=defect.matter.advice, is_suggestion=defect.is_suggestion,
    )  # fmt: skip
