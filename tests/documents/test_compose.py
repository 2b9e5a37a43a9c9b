"""Nothing recorded is lost on the way to the document, and nothing is claimed that is not there."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any

import pytest

from panelkit import paths
from panelkit.areas.loader import load_area
from panelkit.documents import compose, plain
from panelkit.documents.templates import load_template
from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.completeness import completeness
from panelkit.domain.fields import Field, FieldKind, fields_of
from panelkit.domain.meeting import Answer, By, Meeting
from panelkit.domain.vocabulary import (
    AttendanceStatus,
    Category,
    Level,
    MeetingKind,
    View,
    YesNo,
)

AREA = load_area("national")
TEMPLATE = load_template(paths.shipped("templates") / "minutes")
BY = By("Somebody", datetime(2026, 11, 20, 10, tzinfo=UTC))

NOT_PRINTED = {
    ("amendments", "place"): "an id",
    ("attendance", "email"): "how a copy is sent, never printed",
    ("transfers", "email"): "how a letter is sent, never printed in minutes",
    ("attendance", "invited"): "office",
    ("attendance", "agency"): "printed as its class",
    ("decisions", "at_item"): "office",
    ("actions", "origin"): "an id",
    ("actions", "carry_forward"): "printed as status and new date",
    ("notes", "settled"): "an open note is printed; a settled one is in its section's words",
    ("notes", "written_in"): "office: which words it became",
    ("section_words", "section"): "office: printed in that section",
    ("attendance", "identity"): "printed for everybody together",
    ("attendance", "private_space"): "printed for everybody together",
}
"""Fields that minutes do not print as such, and why."""
OFFICE = {
    "comments", "presence", "visits", "pauses", "parts", "parked", "settled", "agency_returns",
    "return_lines",
}  # fmt: skip


def blank_meeting(kind: MeetingKind = MeetingKind.EMERGENCY) -> Meeting:
    case = Case(id="c", ref="HM-1", category=Category.TWO, fiction=True)
    return Meeting(
        id="m", case=case, number=2, level=Level.THREE, kind=kind, held_on=date(2026, 11, 20)
    )


def printed(meeting: Meeting) -> str:
    gaps = completeness(meeting, AREA)
    document = compose.compose_minutes(
        meeting, AREA, TEMPLATE, status="DRAFT", version=1, gaps=gaps
    )
    # One line, so that wrapping in the plain text cannot hide a canary.
    return "".join(plain.write(document, width=4000).split())


def test_every_answer_that_is_words_is_printed() -> None:
    answers: dict[tuple[str, str], Answer] = {}
    for item in AGENDA:
        for field in item.fields:
            if field.kind in (
                FieldKind.WORDS,
                FieldKind.LINE,
                FieldKind.ORGANISATION,
                FieldKind.PERSON,
            ):
                answers[item.code, field.key] = Answer(
                    item=item.code, field=field.key, text=f"canary-{item.code}-{field.key}"
                )
    shown = printed(dataclasses.replace(blank_meeting(), answers=MappingProxyType(answers)))
    lost = [a.text for a in answers.values() if a.text not in shown]
    assert lost == []


def test_an_item_of_the_area_prints_too() -> None:
    own = AgendaItem(
        code="X1",
        title="Local matter",
        short="Local",
        say="?",
        fields=(Field(key="local", label="Local words"),),
    )
    answers = {("X1", "local"): Answer(item="X1", field="local", text="canary-local")}
    meeting = dataclasses.replace(
        blank_meeting(), agenda=(*AGENDA, own), answers=MappingProxyType(answers)
    )
    shown = printed(meeting)
    assert "canary-local" in shown
    assert "Localwords" in shown


def filled(kind: type[e.Entry]) -> e.Entry:
    values: dict[str, Any] = {}
    for field in fields_of(kind):
        match field.kind:
            case FieldKind.WORDS | FieldKind.LINE | FieldKind.ORGANISATION | FieldKind.PERSON:
                values[field.key] = f"canary-{kind.kind}-{field.key}"
            case FieldKind.CHOICE:
                values[field.key] = next(iter(field.term))
            case FieldKind.DATE:
                values[field.key] = date(2026, 12, 4)
            case FieldKind.TIME:
                values[field.key] = time(10, 30)
            case FieldKind.INSTANT:
                values[field.key] = datetime(2026, 11, 20, 10, tzinfo=UTC)
            case FieldKind.ORGANISATIONS:
                values[field.key] = (f"canary-{kind.kind}-{field.key}",)
            case _:
                pass
    row = kind(id=f"id-{kind.kind}", number=1, **values)
    if isinstance(row, e.Contribution):
        row = dataclasses.replace(row, nil_return=None)
    if isinstance(row, e.Note):
        row = dataclasses.replace(row, settled=None)
    return row


@pytest.mark.parametrize(
    "kind", [k for k in e.ENTRIES if k.kind not in OFFICE], ids=lambda k: k.kind
)
def test_every_word_of_every_kind_is_printed(kind: type[e.Entry]) -> None:
    rows: dict[str, tuple[e.Entry, ...]] = {kind.kind: (filled(kind),)}
    if kind.follows:
        parent = filled(e.BY_KIND[kind.follows])
        rows[kind.follows] = (parent,)
        rows[kind.kind] = (dataclasses.replace(rows[kind.kind][0], parent=parent.id),)
    if kind is e.Action:
        old = dataclasses.replace(rows["actions"][0], id="old", set_at=1, number=3)  # type: ignore[arg-type]
        rows["actions"] = (dataclasses.replace(rows["actions"][0], set_at=2), old)  # type: ignore[arg-type]
    statuses = [None]
    if kind is e.Attendance:
        statuses = [AttendanceStatus.ATTENDED, AttendanceStatus.REPORT_ONLY]  # type: ignore[list-item]
    shown = ""
    for status in statuses:
        if status is not None:
            rows[kind.kind] = (dataclasses.replace(rows[kind.kind][0], status=status),)  # type: ignore[arg-type]
        shown += printed(dataclasses.replace(blank_meeting(), rows=MappingProxyType(rows)))
    for field in fields_of(kind):
        canary = f"canary-{kind.kind}-{field.key}"
        if (kind.kind, field.key) in NOT_PRINTED or field.kind not in (
            FieldKind.WORDS,
            FieldKind.LINE,
            FieldKind.ORGANISATION,
            FieldKind.PERSON,
            FieldKind.ORGANISATIONS,
        ):
            continue
        assert canary in shown, canary


def test_a_blank_meeting_claims_nothing() -> None:
    for kind in MeetingKind:
        shown = printed(blank_meeting(kind))
        assert "None.None" not in shown
        assert "Notrecorded" in shown
        assert ">No<" not in shown


def test_silence_and_a_missing_view_are_never_agreement() -> None:
    meeting = blank_meeting().add(e.Attendance(id="a", organisation="Police X", agency=None), BY)
    meeting = meeting.add(e.Decision(id="d", decision="Remain"), BY)
    meeting = meeting.add(
        e.AgencyView(id="v", parent="d", organisation="Housing X", view=View.SILENT), BY
    )
    shown = printed(meeting)
    assert "didnotspeak" in shown
    assert "HousingXAgree" not in shown


def test_what_may_not_be_minuted_is_not() -> None:
    told = e.Contribution(
        id="t", organisation="Police X", text="canary-secret", minuting_agreed=YesNo.NO
    )
    shown = printed(blank_meeting().add(told, BY))
    assert "canary-secret" not in shown
    assert "notmintedatitsrequest" not in shown
    assert "notminutedatitsrequest" in shown


def test_a_nil_return_with_words_keeps_the_words() -> None:
    told = e.Contribution(id="t", organisation="Police X", text="canary-nil", nil_return=YesNo.YES)
    assert "canary-nil" in printed(blank_meeting().add(told, BY))


def test_withdrawn_parked_and_restricted_are_said() -> None:
    meeting = blank_meeting().add(e.Measure(id="x", text="Old measure"), BY)
    meeting = meeting.withdraw(e.Measure, "x", "canary-withdrawn", BY)
    meeting = meeting.add(
        e.Parked(
            id="p",
            place="A13",
            gate="disclosure_decision",
            reason="canary-parked",
            until=date(2026, 12, 1),
        ),
        BY,
    )
    meeting = meeting.add(e.RestrictedPart(id="r", reason="why", staying=("Police Y",)), BY)
    meeting = meeting.add(
        e.Contribution(id="c", organisation="Police Y", text="in private", restricted_part="r"), BY
    )
    shown = printed(meeting)
    for words in (
        "Withdrawn:canary-withdrawn",
        "Notcovered:canary-parked(until1December2026)",
        "Restrictedto:PoliceY",
    ):
        assert words in shown, words


def test_every_section_of_the_template_has_a_builder() -> None:
    keys = {plan.key for plan in TEMPLATE.sections} - {"title"}
    assert keys == set(compose.SECTIONS)


def test_a_file_name_holds_no_name() -> None:
    meeting = dataclasses.replace(
        blank_meeting(), case=dataclasses.replace(blank_meeting().case, name="Invented Person")
    )
    assert compose.file_name(meeting, "full", 1) == "HM-1_M2_20261120_v1.docx"
