"""Sections 1 to 9: the statement, the meeting, who was there, whom it is about, last time."""

from __future__ import annotations

from panelkit.documents.compose.parts import (
    NOT_RECORDED,
    Source,
    clock_time,
    column,
    detail,
    pieces,
    printed,
    told,
)
from panelkit.documents.tree import Block, Facts, Paragraph, SubHeading
from panelkit.domain import entries as e
from panelkit.domain.attendance import quorum, stay_of
from panelkit.domain.calling import never_rung, not_reached
from panelkit.domain.case import Case
from panelkit.domain.emergency import notice_words
from panelkit.domain.fields import fields_of, long_date, short_date
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import (
    AttendanceStatus,
    CustodyStatus,
    MeetingKind,
    MeetingRole,
    PresenceKind,
    ReportStatus,
)


def statement(source: Source) -> list[Block]:
    """Which statement, how it was given, and to whom it was repeated."""
    blocks: list[Block] = []
    if source.area.statement:
        blocks.append(Paragraph(source.area.statement, "quote"))
    blocks += source.facts(
        (("A2", k) for k in ("confidentiality_statement", "statement_version", "recording_made")),
        alt="The statement",
    )
    blocks += source.facts(
        (("A2", k) for k in ("objections", "recording_purpose", "recording_delete_by")),
        alt="Objections and recording",
        blanks=False,
    )
    again = []
    for person in source.meeting.live(e.Attendance):
        heard = [
            p
            for p in source.meeting.live(e.Presence)
            if p.parent == person.id and p.what is PresenceKind.STATEMENT and p.at
        ]
        joined = stay_of(source.meeting, person).joined_at
        start = min(
            (
                p.at
                for p in source.meeting.live(e.Presence)
                if p.what is PresenceKind.STATEMENT and p.at
            ),
            default=None,
        )
        if heard and joined and start and joined > start:
            again.append(f"{person.name} ({clock_time(heard[-1].at)})")
    if again:
        blocks.append(
            Paragraph(f"Repeated for those who joined later: {', '.join(again)}.", "note")
        )
    return blocks


def details(source: Source) -> list[Block]:
    """When, how, who chaired, whether it was quorate; both parts of a meeting part heard."""
    meeting = source.meeting
    held = quorum(meeting, source.area)
    rows = [
        ("Date", long_date(meeting.held_on)),
        ("Meeting", f"{meeting.number}, {meeting.kind.label}, held at {meeting.level.label}"),
        ("Scheduled start", source.answer("A1", "scheduled_start", blank=NOT_RECORDED)),
        ("Actual start", source.answer("A1", "actual_start")),
        ("End", source.answer("A18", "actual_end")),
        (
            "Held",
            " · ".join(x for x in (source.text("A1", "mode"), source.text("A1", "platform")) if x)
            or NOT_RECORDED,
        ),
    ]
    for role in (MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER, MeetingRole.COORDINATOR):
        person = meeting.role(role)
        words = (
            ", ".join(x for x in (person.name, person.role, person.organisation) if x)
            if person
            else NOT_RECORDED
        )
        rows.append((role.label, words))
    rows.append(("Quorate", "Yes" if held.met else f"No. Missing: {', '.join(held.missing)}"))
    if source.text("A1", "quoracy_override_reason"):
        rows.append(("Why it went on", source.answer("A1", "quoracy_override_reason")))
    rows.append(
        (
            "To be decided",
            source.answer("A1", "purpose_statement"),
        )
    )
    rows.append(
        (
            "Any interest declared",
            source.answer("A1", "interests_declared"),
        )
    )
    blocks: list[Block] = [Facts(tuple(rows), "Details of the meeting")]
    blocks += emergency(source)
    blocks += source.table(e.Interest, [
        (column("Interest declared by", 1.2), lambda r: r.declared_by), (column("Nature", 2), lambda r: r.nature),
        (column("Handling", 1.2), lambda r: " · ".join(x for x in (printed(r.handling), r.detail) if x)),
    ], source.rows(e.Interest), alt="Interests declared", caption="Interests declared")  # fmt: skip
    blocks += source.table(e.RefusedEntry, [
        (column("Refused entry", 1.2), lambda r: r.who), (column("Time", 0.6, keep=True), lambda r: printed(r.at)),
        (column("Heard", 1.5), lambda r: r.heard), (column("Done", 1.5), lambda r: r.done),
    ], source.rows(e.RefusedEntry), alt="Refused entry", caption="Refused entry")  # fmt: skip
    blocks += parts_heard(source)
    blocks += restricted_parts(source)
    return blocks + source.parked("A1") + source.parked("A2")


def emergency(source: Source) -> list[Block]:
    """Why an emergency panel was called, by whom, with how much notice, and who was rung.

    A call log is printed for any meeting that has one.
    """
    meeting = source.meeting
    calls = source.rows(e.Call)
    log = source.table(e.Call, [
        (column("Rung at", 0.8, keep=True), _rung_at), (column("Organisation", 1.6), lambda r: r.organisation),
        (column("Asked for", 1.1), lambda r: r.person), (column("What came of it", 1.1), lambda r: printed(r.outcome)),
        (column("Rung by", 1), lambda r: r.rung_by), (column("Note", 1.6), lambda r: r.note),
    ], calls, alt="Who was rung", caption="Who was rung")  # fmt: skip
    if meeting.kind is not MeetingKind.EMERGENCY:
        return log
    keys = ["emergency_cause", "emergency_reason", "called_by", "called_at"]
    if meeting.text("A1", "not_reached").strip() or not meeting.live(e.Call):
        keys.append("not_reached")
    keys.append("interim_measures")
    blocks: list[Block] = [
        SubHeading("Emergency panel"),
        *source.facts((("A1", k) for k in keys), alt="Why the emergency panel was called"),
    ]
    known = [("Notice, from the call to the start", notice_words(meeting))]
    if "not_reached" not in keys:
        source.used.add(("A1", "not_reached"))
        missed = not_reached(meeting)
        known.append(("Rung and not reached", "; ".join(missed) or "Nobody"))
        known.append(("Never rung, and not there", "; ".join(never_rung(meeting, source.area))))
    rows = tuple((label, words) for label, words in known if words)
    return [*blocks, *([Facts(rows, "Notice and who was not reached")] if rows else []), *log]


def _rung_at(call: e.Call) -> str:
    return f"{short_date(room_day(call.at))} {clock_time(call.at)}" if call.at else ""


def parts_heard(source: Source) -> list[Block]:
    """Both parts of a meeting that was part heard."""
    parts = source.rows(e.Part)
    if len(parts) < 2 and not any(part.reason for part in parts):
        return []
    return source.table(e.Part, [
        (column("Part", 0.4), lambda r: str(r.number)), (column("From", 1.1), lambda r: printed(r.started_at)),
        (column("Until", 1.1), lambda r: printed(r.ended_at)),
        (column("Why it stopped, and what held meanwhile", 2.6), lambda r: detail(source.meeting, r, "started_at", "ended_at")),
    ], parts, alt="Parts of the meeting", caption="The meeting was part heard")  # fmt: skip


def restricted_parts(source: Source) -> list[Block]:
    """That a restricted part was held, when, with whom and why."""
    return source.table(e.RestrictedPart, [
        (column("From", 0.6, keep=True), lambda r: clock_time(r.started_at)), (column("Until", 0.6, keep=True), lambda r: clock_time(r.ended_at)),
        (column("With", 1.6), lambda r: "; ".join(r.staying)), (column("Seen to leave", 1.2), lambda r: r.seen_to_leave),
        (column("Why", 1.6), lambda r: r.reason),
    ], source.rows(e.RestrictedPart), alt="Restricted parts", caption="Restricted part")  # fmt: skip


def attendance(source: Source) -> list[Block]:
    """Present; reports and apologies; invited without an answer."""
    meeting = source.meeting
    source.kinds.add("presence")
    everybody = source.rows(e.Attendance)
    there = [a for a in everybody if a.status and a.status.present]
    silent = [a for a in everybody if a.status is AttendanceStatus.NO_RESPONSE or a.status is None]
    rest = [a for a in everybody if a not in there and a not in silent]
    name = column("Name", 1.5, strong=True)

    def body(a: e.Attendance) -> str:
        area = f" ({a.area})" if a.area else ""
        return f"{a.organisation}{area}"

    def role(a: e.Attendance) -> str:
        at = (
            a.meeting_role.label
            if a.meeting_role and a.meeting_role is not MeetingRole.MEMBER
            else ""
        )
        stands = f"deputy for {a.deputy_for}" if a.deputy_for else ""
        said = a.role.casefold()
        return " · ".join(
            x for x in (a.role, *(y for y in (at, stands) if y.casefold() not in said)) if x
        )

    blocks: list[Block] = list(source.table(e.Attendance, [
        (name, lambda a: a.name or NOT_RECORDED), (column("Role or grade", 1.5), role), (column("Organisation", 2), body),
        (column("Class", 0.7), lambda a: a.agency.standing.value if a.agency else ""),
        (column("Joined", 0.7, keep=True), lambda a: clock_time(stay_of(meeting, a).joined_at)),
        (column("Left", 0.7, keep=True), lambda a: clock_time(stay_of(meeting, a).left_at)),
    ], there, alt="People present", caption="Present"))  # fmt: skip
    unsure = [a.name for a in there if a.identity is None or a.private_space is None]
    if there and not unsure:
        blocks.append(
            Paragraph(
                "Identity, and that each person was alone and not overheard, was confirmed for everybody present.",
                "note",
            )
        )
    elif unsure:
        blocks.append(
            Paragraph(f"Identity or private space not recorded for: {', '.join(unsure)}.", "note")
        )
    blocks += source.table(e.Attendance, [
        (name, lambda a: a.name or NOT_RECORDED), (column("Organisation", 2), body), (column("Status", 1.2), lambda a: printed(a.status)),
        (column("Report", 1.2), lambda a: " ".join(x for x in (printed(a.report) if a.report else "", printed(a.report_on)) if x) or NOT_RECORDED),
        (column("SPOC contacted", 1.8), lambda a: " · ".join(x for x in (a.spoc_contacted_at, a.spoc_outcome) if x)),
    ], rest, alt="Reports and apologies", caption="Reports and apologies")  # fmt: skip
    blocks += source.table(e.Attendance, [
        (column("Organisation", 2), body), (column("Name", 1.5), lambda a: a.name),
        (column("Follow-up", 2.5), lambda a: " · ".join(x for x in (a.spoc_contacted_at, a.spoc_outcome) if x) or NOT_RECORDED),
    ], silent, alt="Invited, no response", caption="Invited, no response")  # fmt: skip
    if not everybody:
        blocks.append(Paragraph(NOT_RECORDED, "note"))
    for kind in ReportStatus:
        names = dict.fromkeys(body(a) for a in there if a.report is kind)
        if names and kind is not ReportStatus.NONE:
            words = f"{kind.label} from organisations present: {'; '.join(names)}."
            blocks.append(Paragraph(words, "note"))
    return blocks


def individual(source: Source) -> list[Block]:
    """Whom the meeting is about, as the record held it."""
    case = source.meeting.case
    rows = [
        (f.label, printed(getattr(case, f.key)) or NOT_RECORDED)
        for f in fields_of(Case)
        if f.key not in ("legal_hold", "release_address", "release_address_approved")
    ]
    if case.release_address:
        approved = told(case.release_address_approved)
        rows.append(("Proposed release address", f"{case.release_address}\nApproved: {approved}"))
    return [Facts(tuple(rows), "The individual")]


def status(source: Source) -> list[Block]:
    """Category, level, lead agency, how long eligibility lasts."""
    keys = (
        "mappa_category",
        "category_basis",
        "level_at_start",
        "lead_agency",
        "lead_officer",
        "custody_status",
        "eligibility_end_date",
    )
    more = (
        "eligibility_end_reason",
        "l3_reason",
        "threshold_met",
        "cppc_status",
        "custody_details",
        "terrorism_handling",
    )
    blocks = source.facts((("A3", k) for k in keys), alt="MAPPA status")
    blocks += source.facts((("A3", k) for k in more), alt="More of the status", blanks=False)
    blocks += source.table(e.LinkedCase, [
        (column("Linked case", 1), lambda r: r.case_ref), (column("How", 3), lambda r: r.link),
    ], source.rows(e.LinkedCase), alt="Linked cases", caption="Linked cases")  # fmt: skip
    return blocks + source.parked("A3")


def conviction(source: Source) -> list[Block]:
    """The offence, brief facts, relevant previous."""
    return source.facts(
        (("A6", k) for k in ("index_offence", "offence_summary", "previous_relevant")),
        alt="Conviction and sentence",
    )


def key_dates(source: Source) -> list[Block]:
    """Dates that shape the plan."""
    found = source.table(e.KeyDate, [
        (column("Event", 1.5), lambda r: printed(r.event)), (column("Date", 1.2, keep=True), lambda r: printed(r.on)),
        (column("Detail", 2), lambda r: r.detail), (column("Source", 1.2), lambda r: r.source),
    ], source.rows(e.KeyDate), alt="Key dates")  # fmt: skip
    return found or [Paragraph("None recorded.", "note")]


def hospital(source: Source) -> list[Block]:
    """What health completes for somebody detained."""
    detained = source.meeting.value("A3", "custody_status") is CustodyStatus.HOSPITAL
    return source.facts([("A3", "hospital_details")], alt="Detained in hospital", blanks=detained)


def last_meeting(source: Source) -> list[Block]:
    """Whether the last minutes were agreed, corrections, and what became of each action."""
    blocks = source.facts(
        (("A4", k) for k in ("previous_minutes_agreed", "accuracy_deferred")),
        alt="The last minutes",
        blanks=False,
    )
    blocks += source.table(e.Correction, [
        (column("Where", 1), lambda r: r.where), (column("Was", 2), lambda r: r.was), (column("Now", 2), lambda r: r.now),
    ], source.rows(e.Correction), alt="Corrections", caption="Corrections")  # fmt: skip
    blocks += old_actions(source)
    return blocks + source.parked("A4") + source.parked("A5")


def old_actions(source: Source) -> list[Block]:
    """Actions of earlier meetings, each with its status and outcome."""
    return source.table(e.Action, [
        (column("Ref", 0.5, keep=True, strong=True), lambda r: r.ref), (column("Action", 2), lambda r: r.text),
        (column("Owner", 1.3), lambda r: f"{r.owner}\n{r.organisation}".strip()), (column("Due", 0.8, keep=True), lambda r: f"{short_date(r.due)}\nnow {short_date(r.new_due)}" if r.new_due else short_date(r.due)),
        (column("Status", 0.8), lambda r: printed(r.status) or NOT_RECORDED),
        (column("Outcome, or why not done", 3), lambda r: pieces(r.outcome, r.reason_not_done, f"Completed {printed(r.completed_on)}" if r.completed_on else "", f"Carried {r.times_carried} times" if r.times_carried > 1 else "")),
    ], source.meeting.old_actions, alt="Actions from earlier meetings", caption="Actions from the last meeting")  # fmt: skip
