"""One invented case from its referral to its exit: an initial meeting, a review, and one at which it
leaves. What is said at each is the sample case's, shortened, so that somebody can type it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, time
from pathlib import Path

from docx import Document

from panelkit.domain import entries as e
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.meeting import Answer, Meeting
from panelkit.domain.vocabulary import AttendanceStatus, MeetingKind, MeetingRole
from panelkit.services.desk import Desk
from tests.desk import Clock
from tests.plain.meetings import pack_called

CASE, CATEGORY, NAME = "HM-7064", "3", "Invented Person"
LONGEST = 60
"""Letters of each field of words that are typed."""
KEPT = (
    e.Attendance, e.Action, e.Contribution, e.VictimIssue, e.RiskRating, e.RiskTool, e.Measure,
    e.Contingency, e.Disclosure, e.Decision, e.DecisionOption, e.Evidence, e.AgencyView, e.Told,
)  # fmt: skip
"""Kinds of content that are said; without the others a meeting closes all the same."""
FIRST = {
    (
        "A3",
        "threshold_met",
    ): "Several agencies must act together, and no other arrangement does it.",
    ("A6", "reason_for_referral"): "Two fires in a week, drink, and an untreated illness.",
}
"""What an initial meeting says beside a review's."""
OF_A_REVIEW = {("A4", "previous_minutes_agreed"), ("A6", "changes_since_last")}
"""What it is not asked."""


def targets() -> tuple[Meeting, Meeting, Meeting]:
    """The meetings as they end, numbered from one."""
    pack = pack_called("exit_category_three")
    first, second, last = (_short(meeting) for meeting in (*pack.earlier, pack.meeting))
    answers = {
        place: Answer(item=place[0], field=place[1], text=text) for place, text in FIRST.items()
    }
    asked = {place: answer for place, answer in first.answers.items() if place not in OF_A_REVIEW}
    first = dataclasses.replace(first, kind=MeetingKind.INITIAL, answers={**asked, **answers})  # fmt: skip
    second = _follows(second, first)
    return first, second, _follows(last, second)


def _follows(meeting: Meeting, before: Meeting) -> Meeting:
    """What is carried from ``before`` is answered too: who does not come again, why it was referred."""
    here = {(row.name, row.organisation) for row in meeting.of(e.Attendance)}
    apologies = tuple(
        dataclasses.replace(
            row, status=AttendanceStatus.APOLOGIES_NO_REPORT, identity=None, private_space=None
        )
        for row in before.of(e.Attendance)
        if (row.name, row.organisation) not in here
    )
    rows = {**meeting.rows, "attendance": (*meeting.of(e.Attendance), *apologies)}
    kept = ("A6", "reason_for_referral")
    return dataclasses.replace(
        meeting, rows=rows, answers={**meeting.answers, kept: before.answers[kept]}
    )


def _short(meeting: Meeting) -> Meeting:
    """Its words cut, its numbers counted from the first of the three."""
    rows = {
        kind: tuple(_row(row, meeting) for row in rows)
        for kind, rows in meeting.rows.items() if e.BY_KIND[kind] in KEPT
    }  # fmt: skip
    answers = {}
    for place, answer in meeting.answers.items():
        words = meeting.field(*place).kind is FieldKind.WORDS if meeting.field(*place) else False
        answers[place] = dataclasses.replace(
            answer, text=_cut(answer.text) if words else answer.text
        )
    return dataclasses.replace(meeting, number=meeting.number - 3, rows=rows, answers=answers)


def _row(row: e.Entry, meeting: Meeting) -> e.Entry:
    changes = {
        field.key: _cut(getattr(row, field.key))
        for field in fields_of(type(row))
        if field.kind is FieldKind.WORDS and (type(row), field.key) != (e.Decision, "because")
    }  # fmt: skip
    if isinstance(row, e.Action):
        changes["set_at"] = max(1, row.set_at - 3)
    return dataclasses.replace(row, **changes)


def _cut(words: str) -> str:
    """The beginning of it, on one line, ended at a word."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0]


# -- what both walks ask -----------------------------------------------------------------------


def at(clock: Clock, meeting: Meeting) -> None:
    """The day and hour at which it is held."""
    clock.now = datetime.combine(meeting.held_on, time(10), UTC)


def name_of(meeting: Meeting, role: MeetingRole) -> str:
    """Who has a part in it."""
    person = meeting.role(role)
    assert person is not None
    return person.name


def issued_words(desk: Desk, meeting: Meeting, folder: Path) -> str:
    """Every word of its issued minutes, from the Word file opened again."""
    record = desk.caseload.record
    full = next(each for each in record.issued(meeting.id) if each.kind == "full")
    path = folder / "minutes.docx"
    path.write_bytes(record.issued_body(full.id))
    document = Document(str(path))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return words + "\n".join(
        c.text for table in document.tables for row in table.rows for c in row.cells
    )
