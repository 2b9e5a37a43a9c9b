"""What audits and figures give out, with invented contents at their fullest, to look at a template's pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from panelkit.audit.board import DEFECTS, TRENDS
from panelkit.audit.feedback import Told, letters
from panelkit.audit.forms import forms_for
from panelkit.audit.given import Looked
from panelkit.audit.kpis import MEASURES
from panelkit.audit.matters import MATTERS
from panelkit.audit.trends import quarters
from panelkit.domain.action_list import ActionList, ActionRow
from panelkit.domain.annual_paper import (
    NARRATIVES,
    NOT_KNOWN,
    AnnualPaper,
    Entered,
    Fact,
    PrintedTable,
    YearTotals,
)
from panelkit.domain.area import Area
from panelkit.domain.board import BoardReport, Headline, ToWorkOn, TrendLine
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.reminder_paper import ReminderLine, ReminderPaper
from panelkit.domain.report_year import ReportYear
from panelkit.domain.return_paper import AskedAction, ReturnPaper
from panelkit.domain.sitting_papers import (
    InvitationPaper,
    MeetingLine,
    PapersList,
    SentLine,
    WantedLine,
)
from panelkit.domain.vocabulary import AgencyType, Level

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


def full_annual() -> AnnualPaper:
    """An invented report of a published year in which something stands everywhere."""
    year = ReportYear.named("2025-26")
    counted = ((3638, 1650, "–", 5288), (18, 28, 17, 63), (1, 0, 1, 2), (3657, 1678, 18, 5353))
    levels = ("Level 1", "Level 2", "Level 3", "Total")
    columns = ("Category 1", "Category 2", "Category 3", "Total")
    period = f"from {long_date(year.start)} to {long_date(year.end)}"
    return AnnualPaper(
        area="Invented area", year=year, made_on=date(2026, 6, 1),
        tables=(
            PrintedTable(
                id="T1", title="MAPPA-eligible individuals", period=f"on {long_date(year.end)}",
                columns=columns, rows=tuple(zip(levels, counted, strict=True)), notes=(_LONG,),
            ),
            PrintedTable(
                id="T3", title="Category 1 cautioned or convicted for breach of notification requirements",
                period=period, columns=("Number",), rows=(("Cautioned or convicted", (62,)),),
            ),
        ),
        notes=(_LONG,), rules=(_LONG,) * 3, sums=("T1, row Level 2: 18 + 28 + 17 = 63",) * 8,
        entered=(
            Entered(figure="T3", label="Category 1 cautioned", value=62, source=_LONG, entered_on=date(2026, 5, 1), confirmed_on=date(2026, 5, 4)),
            Entered(figure="T4", label="Category 1 revoked", value=64, source=_LONG, entered_on=date(2026, 5, 1), confirmed_on=None),
        ),
        missing=(("T4", "Category 1 whose lifetime notification was revoked on application"),),
        facts={key: (Fact("Panels listed", "412", "398"), Fact("Referrals received", NOT_KNOWN, NOT_KNOWN, "referrals are not kept")) for key in NARRATIVES},
        facts_note=_LONG, attendance=(("An invented organisation", "91 % (40 of 44 meetings)", "not required"),),
        attendance_note="12 organisations are not shown.",
        earlier=tuple(
            YearTotals(year=ReportYear(begins).label, eligible=5000 + 17 * (begins - 2020), level_two=150, level_three=9 + begins - 2020, total=159 + begins - 2020, source="published on 4 October")
            for begins in range(2020, 2026)
        ),
        published_on=None, differs=(), fiction=True,
    )  # fmt: skip


def _annual(template: Template, area: Area, _meeting: Meeting, _today: date) -> Document:
    from panelkit.documents.compose.annual import compose_annual, default_narratives
    from panelkit.services.annual_papers import chart_of

    paper = full_annual()
    return compose_annual(
        paper, area, template, default_narratives(paper, template), chart_of(paper)
    )


def _board(template: Template, area: Area, _meeting: Meeting, _today: date) -> Document:
    from panelkit.documents.compose.board import compose_board

    return compose_board(full_board(), area, template)


def _feedback(template: Template, area: Area, meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.feedback import compose_feedback

    bare = dataclasses.replace(meeting, answers={k: v for k, v in meeting.answers.items() if k[0] != "A9"})  # fmt: skip
    letter = letters(Told(Looked(bare, area), forms_for(area), ()))[0]
    return compose_feedback(letter, area, template, reference=meeting.case.ref, today=today)


def _quarterly(template: Template, area: Area, _meeting: Meeting, _today: date) -> Document:
    from panelkit.documents.compose.quarterly import compose_quarterly
    from panelkit.services.quarterly_papers import charts_of
    from panelkit.services.sample_quarter import full_quarterly

    paper = full_quarterly()
    return compose_quarterly(paper, area, template, charts_of(paper))


def _reminder(template: Template, area: Area, _meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.reminder import compose_reminder

    lines = tuple(
        ReminderLine(
            ref=f"XX-{1000 + n} {n % 4 + 1}.{n % 6 + 1}", set_on=long_date(_END), due=long_date(today),
            standing=f"{3 * n} days late" if n else "due today",
            before="3 and 17 November 2026" if n % 3 else "", words=_LONG if n % 2 else "",
            owner="An invented owner" if n % 2 else "",
        )
        for n in range(24)
    )  # fmt: skip
    paper = ReminderPaper(
        ref="RM-0A1B2C", organisation="An invented organisation with a long name, Housing and Homes",
        area=area.name, marking=area.marking, made_on=today, lines=lines, fiction=True,
    )  # fmt: skip
    return compose_reminder(paper, template)


def _return(template: Template, area: Area, meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.returns import compose_return

    asked = tuple((f"Q{n}", each) for n, each in enumerate(area.return_questions, 1))
    actions = tuple(
        AskedAction(
            f"{n % 4 + 1}.{n % 6 + 1}", long_date(_END), long_date(today), _LONG if n % 2 else "",
            "An invented owner" if n % 2 else "",
        )
        for n in range(12)
    )  # fmt: skip
    paper = ReturnPaper(
        number="7K3F-9QHT", ref=meeting.ref, about=f"Level 2 review, {long_date(today)}", subject="",
        organisation="An invented organisation with a long name, Housing and Homes", area=area.name,
        marking=area.marking, made_on=today, due=today, questions=asked, actions=actions, fiction=True,
    )  # fmt: skip
    return compose_return(paper, template)


def _actions(template: Template, area: Area, _meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.action_list import compose_actions

    rows = tuple(
        ActionRow(
            ref=f"XX-{1000 + n} {n % 4 + 1}.{n % 6 + 1}", meeting=f"XX-{1000 + n}-{n % 4 + 1}",
            origin=f"XX-{1000 + n}-1", level="Level 2", organisation="An invented organisation",
            owner="An invented owner", words=_LONG, due=today.isoformat(), standing=f"{3 * n} days late" if n else "due today",
            accepted="accepted", carried=n % 4, log=(_LONG,) if n % 3 else (),
        )
        for n in range(24)
    )  # fmt: skip
    paper = ActionList(
        area=area.name, marking=area.marking, made_on=today, asked="is:overdue", rows=rows, fiction=True,
    )  # fmt: skip
    return compose_actions(paper, template)


def _referral_form(template: Template, area: Area, _meeting: Meeting, _today: date) -> Document:
    from panelkit.documents.compose.referrals import compose_form

    return compose_form(area, template)


def _referral_letter(template: Template, area: Area, _meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.referrals import Letter, compose_letter

    said = Screening(
        id="sample", referral_id="sample", decision=Screened.ANOTHER_LEVEL,
        because=ScreenedBecause.LOWER_ENOUGH, decided_on=today, level_given=Level.TWO,
        words="An invented reason, in words that name nobody.", eligible="yes", in_category="yes",
        adds_value="yes", high_risk="yes", coordination="no", stepping_down="no", resources="no",
        profile="not_known",
    )  # fmt: skip
    referral = Referral(
        id="sample", number=12, received_on=today, organisation="An invented organisation",
        agency=AgencyType.PRB, level_asked=Level.THREE, screening=(said,),
    )  # fmt: skip
    letter = Letter(information_by=today, challenge_by=today, contact="", fiction=True)
    return compose_letter(referral, said, letter, area, template, today=today)


def _sitting_lines() -> tuple[MeetingLine, ...]:
    return tuple(
        MeetingLine(
            ref=f"XX-{1000 + n}-{n % 3 + 1}", starts=f"{9 + n // 2:02}:{n % 2 * 30:02}",
            title=f"Level {2 + n % 2} {'review' if n % 3 else 'initial'}", minutes=30,
            paper=f"minutes of XX-{1000 + n}-{n % 3}" if n % 3 else "the referral",
        )
        for n in range(8)
    )  # fmt: skip


def _sitting_invitation(template: Template, area: Area, _meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.sittings import compose_sitting_invitation

    paper = InvitationPaper(
        ref="S-0A1B2C", organisation="An invented organisation with a long name, Housing and Homes",
        area=area.name, marking=area.marking, made_on=today, held_on=today + timedelta(days=21), starts="09:00",
        ends="13:00", mode="Remote", joining="https://meet.example/invented\nBy telephone: 01632 960000, then 4471",
        report_by=today + timedelta(days=14), lines=_sitting_lines(), fiction=True,
    )  # fmt: skip
    return compose_sitting_invitation(paper, template)


def _papers_list(template: Template, area: Area, _meeting: Meeting, today: date) -> Document:
    from panelkit.documents.compose.sittings import compose_papers_list

    lines, held = _sitting_lines(), today + timedelta(days=21)
    names = [f"Invented organisation {n} with a long name" for n in range(1, 7)]
    paper = PapersList(
        ref="S-0A1B2C", area=area.name, marking=area.marking, made_on=today,
        facts=(
            ("Sitting", "S-0A1B2C Wednesday panel"), ("Date", f"{held:%A} {long_date(held)}"),
            ("Hours", "09:00 to 13:00, booked until 13:00"), ("Chair", "DI Invented Chair, Invented Police"),
        ),
        meetings=lines,
        wanted=tuple(
            WantedLine(name, line.ref, "report or nil return", long_date(held), "not received")
            for line in lines[:4]
            for name in names
        ),
        sent=tuple(
            SentLine(name, long_date(held), ("sent 3 Sep 2026, changed since", "not sent", "sent 3 Sep 2026"))
            for name in names
        ),
        fiction=True,
    )  # fmt: skip
    return compose_papers_list(paper, template)


PAPERS: Final[dict[str, Callable[[Template, Area, Meeting, date], Document]]] = {
    "feedback": _feedback,
    "reminder": _reminder,
    "referral_form": _referral_form,
    "referral_letter": _referral_letter,
    "return": _return,
    "action_list": _actions,
    "sitting_invitation": _sitting_invitation,
    "papers_list": _papers_list,
    "board_report": _board,
    "annual_report": _annual,
    "quarterly_report": _quarterly,
}
"""By the id of their template."""
