"""What the record shows of how the meeting was held: opening, room, absences, agenda, sources, times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from panelkit.audit.context import Context
from panelkit.audit.finding import Found, Severity
from panelkit.audit.owed import owed
from panelkit.domain import entries as e
from panelkit.domain.attendance import present, quorum
from panelkit.domain.completeness import name_of
from panelkit.domain.conditions import review_backstop
from panelkit.domain.deadlines import minutes_due
from panelkit.domain.distribution import invited
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import (
    AgencyType,
    AttendanceStatus,
    InfoType,
    InviteRole,
    Level,
    MeetingKind,
    Mode,
    ReportStatus,
    VloStatus,
    YesNo,
)

LATE: Final = 10
"""Minutes after the booked start that the audit form still calls satisfactory [I]."""
_BARE: Final = re.compile(
    r"\W*(?:to )?(?:review|discuss|consider|update|monitor|manage|assess)(?:\w| |'|’){0,60}\W*\Z",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\b(?:whether|decide|which|what|how|if|where|who|agree|answer)\b", re.IGNORECASE
)
_CODE: Final = re.compile(r"[A-Z]\d{1,2}\Z")


def opening(context: Context) -> Iterator[Found]:
    """Began on time, with a purpose that says what is to be decided."""
    meeting = context.meeting
    booked, began = (meeting.value("A1", key) for key in ("scheduled_start", "actual_start"))
    if isinstance(booked, time) and isinstance(began, time):
        late = _minutes(began) - _minutes(booked)
        if late > LATE:
            yield Found(
                item="A1", field="actual_start", place="Actual start", matter="time",
                evidence=f"Booked for {booked:%H:%M}, began at {began:%H:%M}: {late} minutes late",
                advice="Say in the minutes why it began late.",
            )  # fmt: skip
    purpose = meeting.text("A1", "purpose_statement").strip()
    if purpose and (_BARE.match(purpose) or len(purpose.split()) < 4) and not _ASKS.search(purpose):
        yield Found(
            item="A1", field="purpose_statement", place="What must be decided today",
            evidence=f"“{purpose}”", advice="Say what this meeting has to decide.",
        )  # fmt: skip
    yield from owed(context, "opening")


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def room(context: Context) -> Iterator[Found]:
    """Quorate or a reason; identity, a private room and the statement for everybody present."""
    for found in owed(context, "room"):
        if found.field == "quoracy_override_reason":
            missing = ", ".join(quorum(context.meeting, context.area).missing)
            yield Found(
                item="A1", field=found.field, place=found.place, evidence=f"Not there: {missing}",
                advice="Record why the meeting went on without them.",
            )  # fmt: skip
        else:
            yield found
    apart = context.meeting.value("A1", "mode") in (Mode.REMOTE, Mode.HYBRID)
    for person in present(context.meeting):
        lacking = [] if person.identity is YesNo.YES else ["identity"]
        if apart and person.private_space is not YesNo.YES:
            lacking.append("a private room")
        if lacking:
            yield Found(
                item="A1", field="attendance.identity", entry=person.id, place=name_of(person),
                evidence=f"Not confirmed for {person.organisation or person.name}: {' and '.join(lacking)}",
                advice="Ask everyone at the start, and record it.", severity=Severity.AMBER,
            )  # fmt: skip


def absences(context: Context) -> Iterator[Found]:
    """Whoever was required and did not come sent a report that was used, or was rung."""
    meeting = context.meeting
    yield from owed(context, "absences")
    heard = {c.organisation for c in meeting.live(e.Contribution)}
    for person in meeting.live(e.Attendance):
        if person.agency is None or not person.agency.takes_part:
            continue
        away = person.status in (AttendanceStatus.APOLOGIES_NO_REPORT, AttendanceStatus.NO_RESPONSE)
        if away and person.invited is InviteRole.REQUIRED and not person.spoc_contacted_at.strip():
            status = person.status.label if person.status else ""
            yield Found(
                item="A1", field="attendance.spoc_contacted_at", entry=person.id,
                place=name_of(person), evidence=f"{person.organisation}: {status[0].lower()}{status[1:]}; nobody was contacted",
                advice="Ring the agency's single point of contact, and record the outcome.",
            )  # fmt: skip
        reported = person.report is ReportStatus.RECEIVED and not (person.status and person.status.present)  # fmt: skip
        spoken_for = person.organisation in heard or person.organisation in context.document
        spoken_for = spoken_for or bool(person.spoc_outcome.strip())
        if person.agency is AgencyType.VLO:
            spoken_for = spoken_for or meeting.value("A9", "vlo_status") is VloStatus.REPORT
        if reported and not spoken_for:
            on = f" of {long_date(person.report_on)}" if person.report_on else ""
            yield Found(
                item="A1", field="attendance.report", entry=person.id, place=name_of(person),
                evidence=f"The report of {person.organisation}{on} is used nowhere in the minutes",
                advice="Put what it says under A7, or say that it was read.",
            )  # fmt: skip


def agenda(context: Context) -> Iterator[Found]:
    """What the agenda asks for is there, and the case has the facts it is found by."""
    yield from owed(context, "agenda")
    case = context.meeting.case
    if _CODE.match(case.ethnicity.strip()):
        yield Found(
            item="", field="case.ethnicity", place="Ethnicity", evidence=f"“{case.ethnicity}”",
            advice="Write it in words, as the individual describes it.", severity=Severity.AMBER,
        )  # fmt: skip
    if not case.visor_ref.strip() and context.meeting.level is not Level.ONE:
        yield Found(
            item="", field="case.visor_ref", place="ViSOR/MAPPS reference", evidence="Not recorded",
            advice="Every Level 2 and 3 case has a national record.", severity=Severity.AMBER,
        )  # fmt: skip


def heard(context: Context) -> Iterator[Found]:
    """Every organisation present spoke, or said that it had nothing."""
    yield from owed(context, "heard")


_TELLS_SOURCE: Final = re.compile(
    r"\b(?:source|according to|records? shows?|(?:police|custody|case|agency|housing|medical|prison) records?|log of|checked on)\b",
    re.IGNORECASE,
)


def sources(context: Context) -> Iterator[Found]:
    """Fact, intelligence and opinion are told apart, each with its source and handling."""
    meeting = context.meeting
    yield from owed(context, "sources")
    for told in meeting.live(e.Contribution):
        if not told.text.strip() or told.nil_return is YesNo.YES:
            continue
        place: dict[str, Any] = {"item": "A7", "entry": told.id, "place": name_of(told)}
        wants = told.info_type in (InfoType.FACT, None)
        if wants and not told.source.strip() and not _TELLS_SOURCE.search(told.text[:20_000]):
            kind = "as fact, " if told.info_type else ""
            yield Found(
                field="contributions.source", evidence=f"Recorded {kind}with no source",
                advice="Ask “how do we know?” and record the answer.", **place,
            )  # fmt: skip
        if told.info_type is InfoType.INTELLIGENCE:
            lacking = [] if told.grading.strip() else ["grading and handling"]
            if told.minuting_agreed is not YesNo.YES:
                lacking.append("the originator's agreement to minuting")
            if lacking:
                yield Found(
                    field="contributions.grading", evidence=f"Intelligence without {' and '.join(lacking)}",
                    advice="Record its grading and handling, and that it may be minuted, or take it out.",
                    severity=Severity.RED, **place,
                )  # fmt: skip
    for row in meeting.live(e.KeyDate):
        if row.on and not row.source.strip():
            yield Found(
                item="A3", field="key_dates.source", entry=row.id, place=name_of(row),
                evidence=f"{long_date(row.on)} has no source", advice="Say whose record gives the date.",
            )  # fmt: skip


def timeliness(context: Context) -> Iterator[Found]:
    """Reviews inside the backstop or with a reason; minutes sent in time."""
    meeting, area = context.meeting, context.area
    following, last = meeting.day("A18", "next_review_date"), review_backstop(meeting, area)
    for found in owed(context, "timeliness"):
        if found.field == "review_reason_if_late" and following and last:
            yield Found(
                item="A18", field="next_review_date", place="Next meeting",
                evidence=f"{long_date(following)} is {_weeks(meeting.held_on, following)} weeks away; the backstop is {long_date(last)}, and no reason is given",
                advice="Bring it forward, or say why it can wait.",
            )  # fmt: skip
        else:
            yield found
    earlier = context.earlier
    if earlier is not None and meeting.kind is MeetingKind.REVIEW:
        due = review_backstop(earlier, area)
        if due is not None and meeting.held_on > due and not earlier.text("A18", "review_reason_if_late").strip():  # fmt: skip
            yield Found(
                item="A18", field="held_on", place="This meeting",
                evidence=f"Held {_weeks(earlier.held_on, meeting.held_on)} weeks after the last; the backstop was {long_date(due)}",
                advice="Record why the review was late.",
            )  # fmt: skip
    sent = [row.sent_on for row in meeting.live(e.Recipient) if row.sent_on]
    by = minutes_due(meeting, area)
    if sent and min(sent) > by:
        yield Found(
            item="A17", field="recipients.sent_on", place="Minutes sent", matter="issue",
            evidence=f"First sent on {long_date(min(sent))}; due by {long_date(by)}",
            advice="Find what held them up.",
        )  # fmt: skip


def _weeks(start: date, end: date) -> int:
    return (end - start).days // 7


def distribution(context: Context) -> Iterator[Found]:
    """Nobody outside the meeting has a copy without the chair's approval."""
    yield from owed(context, "distribution")


def everyone_listed(context: Context) -> Iterator[Found]:
    """Every organisation invited is on the list."""
    listed = {row.organisation.strip().casefold() for row in context.meeting.live(e.Recipient)}
    people = {row.organisation: row.id for row in context.meeting.live(e.Attendance)}
    for name in invited(context.meeting) if listed else ():
        if name.casefold() not in listed:
            yield Found(
                item="A17", field="recipients", place="Distribution list", entry=people.get(name, ""),
                evidence=f"{name} was invited and is not on the list",
            )  # fmt: skip


def time_share(context: Context) -> Iterator[Found]:
    """At least half of the time went to risk, plan and decisions."""
    spent: dict[str, float] = {}
    for visit in context.meeting.live(e.Visit):
        if isinstance(visit.opened_at, datetime) and isinstance(visit.left_at, datetime):
            seconds = (visit.left_at - visit.opened_at).total_seconds()
            spent[visit.place] = spent.get(visit.place, 0.0) + max(0.0, seconds)
    total = sum(spent.values())
    share = sum(spent.get(f"A{n}", 0.0) for n in range(10, 17)) / total if total else 1.0
    if total >= 600 and share < 0.5:
        yield Found(
            item="A10", field="visits", place="Time by item",
            evidence=f"{share:.0%} of {round(total / 60)} minutes went to A10 to A16",
        )  # fmt: skip
