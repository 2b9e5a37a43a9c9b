"""What an audit gives out, with invented contents at their fullest, to look at a template's pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from panelkit.audit.board import DEFECTS, TRENDS
from panelkit.audit.feedback import Told, letters
from panelkit.audit.forms import forms_for
from panelkit.audit.given import Looked
from panelkit.audit.kpis import MEASURES
from panelkit.audit.matters import MATTERS
from panelkit.audit.trends import quarters
from panelkit.domain.area import Area
from panelkit.domain.board import BoardReport, Headline, ToWorkOn, TrendLine
from panelkit.domain.meeting import Meeting

if TYPE_CHECKING:
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document

_END: Final = date(2026, 9, 30)
_LONG: Final = (
    "Are the words of this question as long as those of any question of an area's own may be, "
)


def full_board() -> BoardReport:
    """An invented page on which every row is there and as long as it gets."""
    return BoardReport(
        start=date(2026, 7, 1), end=_END, outside=0,
        sampled=(
            "People audited 148 of 1,240 meetings held, 212 of them at Level 3; the audit's rules read all of them.",
            "Drawn by lot were all of Level 3 and 10 % of each chair's Level 2, at least one: 348 meetings, of which 148 were audited (seed 2026-07-01/2026-09-30).",
        ),
        headlines=tuple(
            Headline(
                id=one.id, title=one.title, words=f"{60 + 3 * n} % ({600 + 30 * n} of 1000 {one.unit})",
                percent=60.0 + 3 * n, target=90, reached=n >= 8, source="National set as commonly quoted; guidance chapter 31 not seen beyond 31.5 [R]; and our board's own, agreed on 3 March 2026 and printed here at some length",
                note="112 of 114 organisations do; not recorded of 1014" if n < 3 else "not recorded of 1014",
            )
            for n, one in enumerate(one for one in MEASURES if not one.missing)
        ),
        not_recorded=("Attendance at the strategic board", "First meetings in time"),
        quarters=tuple(quarter.label for quarter in quarters(_END)),
        trends=tuple(
            TrendLine(question=f"K6.{n} (1 to 4) {_LONG * 2}", points=("3.25 (n 148)",) * 4)
            for n in range(1, TRENDS + 1)
        ),
        trends_of=52, coded=("S11, answered with codes: 812 of 1014 answers are code 1.",),
        defects=tuple(
            ToWorkOn(
                title=one.title, words=f"{900 - n} of 1240 meetings", percent=72.0 - n,
                advice=one.advice, is_suggestion=True,
            )
            for n, one in enumerate(sorted(MATTERS.values(), key=lambda m: -len(m.title + m.advice))[:DEFECTS])
        ),
        well=tuple(one.title for one in MATTERS.values()), read=1240, fiction=True,
    )  # fmt: skip


def _board(template: Template, area: Area, _meeting: Meeting, _today: date) -> Document:
    from panelkit.documents.compose.board import compose_board

    return compose_board(full_board(), area, template)


def _feedback(template: Template, area: Area, meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.feedback import compose_feedback

    bare = dataclasses.replace(meeting, answers={k: v for k, v in meeting.answers.items() if k[0] != "A9"})  # fmt: skip
    letter = letters(Told(Looked(bare, area), forms_for(area), ()))[0]
    return compose_feedback(letter, area, template, reference=meeting.case.ref, today=today)


PAPERS: Final[dict[str, Callable[[Template, Area, Meeting, date], Document]]] = {
    "feedback": _feedback,
    "board_report": _board,
}
"""By the id of their template."""
