"""From a meeting to a typed document: pure, by the order and headings of a template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from panelkit.documents.compose import closing, middle, opening
from panelkit.documents.compose.parts import Source, column, detail, printed
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Facts, Paragraph, Section, SubHeading, Table
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import organisations_invited
from panelkit.domain.completeness import Gap
from panelkit.domain.conditions import holds
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.running import planned_for
from panelkit.domain.timescales import Deadline

Builder = Callable[[Source], list[Block]]

SECTIONS: Final[dict[str, Builder]] = {
    "statement": opening.statement, "details": opening.details, "attendance": opening.attendance,
    "individual": opening.individual, "status": opening.status, "conviction": opening.conviction,
    "key_dates": opening.key_dates, "hospital": opening.hospital, "last_meeting": opening.last_meeting,
    "reason": middle.reason, "information": middle.information, "diversity": middle.diversity,
    "victims": middle.victims, "risk": middle.risk, "plan": middle.plan, "restrictions": middle.restrictions,
    "disclosure": middle.disclosure, "media": middle.media, "decisions": closing.decisions,
    "actions": closing.actions, "dissent": closing.dissent, "chair_summary": closing.chair_summary,
    "next_meeting": closing.next_meeting, "distribution": closing.distribution, "addenda": closing.addenda,
}  # fmt: skip
"""What each section key of a template prints; a test walks it against the shipped one."""

OFFICE_KINDS: Final = frozenset({"visits", "pauses", "presence", "parts", "parked"})
"""Content that is about the running of the meeting and is printed through other facts."""


def compose_minutes(
    meeting: Meeting, area: Area, template: Template, *, status: str, version: int,
    gaps: tuple[Gap, ...] = (), deadlines: tuple[Deadline, ...] = (), history: tuple[tuple[str, str, str], ...] = (),
) -> Document:  # fmt: skip
    """Every section of the minutes, and at the end whatever no section names."""
    source = Source(meeting, area, template, gaps, deadlines, history)
    sections = _sections(source, SECTIONS)
    other = _everything_else(source)
    if other:
        sections.append(
            Section(key="other_matters", heading="Other matters recorded", blocks=tuple(other))
        )
    return _document(
        source,
        f"Minutes of MAPPA {meeting.level.label} {meeting.kind.label} meeting",
        status,
        version,
        sections,
    )


def compose_actions(
    meeting: Meeting, area: Area, template: Template, *, status: str, version: int
) -> Document:
    """The action schedule, by organisation; what was set in a restricted part is withheld."""
    source = Source(meeting, area, template)
    builders: dict[str, Builder] = {
        "actions": _by_organisation,
        "last_meeting": _going_on,
        "next_meeting": closing.next_meeting,
    }
    return _document(
        source,
        f"Action schedule, MAPPA {meeting.level.label} meeting",
        status,
        version,
        _sections(source, builders),
    )


def compose_agenda(
    meeting: Meeting, area: Area, template: Template, *, version: int = 1
) -> Document:
    """What the meeting will go through; nothing about the case but its reference."""
    source = Source(meeting, area, template)
    builders: dict[str, Builder] = {"details": _when, "attendance": _invited, "agenda": _items}
    return _document(
        source,
        f"Agenda of MAPPA {meeting.level.label} {meeting.kind.label} meeting",
        "",
        version,
        _sections(source, builders),
    )


def file_name(meeting: Meeting, kind: str, version: int) -> str:
    """``WM-0143_M3_20261118_v1.docx``: a reference, never a person's name."""
    ending = "" if kind == "full" else f"_{kind}"
    return f"{meeting.case.ref}_M{meeting.number}_{meeting.held_on:%Y%m%d}_v{version}{ending}.docx"


def _sections(source: Source, builders: dict[str, Builder]) -> list[Section]:
    found = []
    for plan in source.template.sections:
        builder = builders.get(plan.key)
        if builder is None or plan.include == "never":
            continue
        blocks = builder(source)
        if not blocks and plan.include == "when_any":
            continue
        if not blocks:
            blocks = [Paragraph("None recorded.", "note")]
        found.append(
            Section(key=plan.key, heading=plan.heading, number=plan.number, blocks=tuple(blocks))
        )
    return found


def _document(
    source: Source, title: str, status: str, version: int, sections: list[Section]
) -> Document:
    meeting, template = source.meeting, source.template
    front = [
        ("Reference", meeting.ref),
        ("Date", long_date(meeting.held_on)),
        ("Meeting", meeting.title),
    ]
    return Document(
        title=title, form_label=template.form_label, template_version=template.version, marking=source.area.marking,
        reference=meeting.case.ref, meeting_label=f"meeting {meeting.number}", status=status, version=str(version),
        area=source.area.name, draft=status == "DRAFT", fiction=meeting.case.fiction, sections=tuple(sections),
        front=tuple(front),
    )  # fmt: skip


def _everything_else(source: Source) -> list[Block]:
    """Answers and entries that no section printed: an area's own items among them."""
    meeting = source.meeting
    blocks: list[Block] = []
    by_item: dict[str, list[tuple[str, str]]] = {}
    for place, answer in meeting.answers.items():
        if place not in source.used and answer.text.strip():
            by_item.setdefault(place[0], []).append((source.label(*place), source.answer(*place)))
    titles = {item.code: item.title for item in meeting.agenda}
    for code, rows in by_item.items():
        blocks += [
            SubHeading(f"{code} {titles.get(code, '')}".strip()),
            Facts(tuple(rows), f"Item {code}"),
        ]
    for kind in e.ENTRIES:
        if kind.kind in source.kinds or kind.kind in OFFICE_KINDS:
            continue
        found: tuple[e.Entry, ...] = meeting.of(kind)
        lines = [detail(meeting, row) for row in found]
        if lines:
            blocks += [SubHeading(kind.title), *(Paragraph(line) for line in lines)]
    return blocks


# -- the action schedule ---------------------------------------------------------------


def _by_organisation(source: Source) -> list[Block]:
    blocks: list[Block] = []
    meeting = source.meeting
    open_ones = [a for a in meeting.new_actions if a.is_live and not a.restricted_part]
    held = sum(bool(a.restricted_part) for a in meeting.new_actions if a.is_live)
    for name in dict.fromkeys(a.organisation or "Organisation not recorded" for a in open_ones):
        mine = [a for a in open_ones if (a.organisation or "Organisation not recorded") == name]
        blocks.append(SubHeading(name))
        blocks += source.table(e.Action, [
            (column("Ref", 0.5, keep=True, strong=True), lambda r: r.ref), (column("Action", 2.6), lambda r: r.text),
            (column("Owner", 1.3), lambda r: r.owner or "Not recorded"),
            (column("Due", 1.2), lambda r: f"{r.due:%A}\n{long_date(r.due)}" if r.due else "Not recorded"),
            (column("Risk", 1), lambda r: printed(r.risk)), (column("How we will know", 1.6), lambda r: r.success_measure),
            (column("Accepted", 0.8), lambda r: printed(r.accepted) or "Not recorded"),
        ], mine, alt=f"Actions of {name}")  # fmt: skip
    if held:
        blocks.append(
            Paragraph(
                f"{held} action{'' if held == 1 else 's'} set in a restricted part: withheld from this copy.",
                "warning",
            )
        )
    return blocks


def _going_on(source: Source) -> list[Block]:
    going = [
        a
        for a in source.meeting.old_actions
        if a.is_live and a.status and a.status.outstanding and not a.restricted_part
    ]
    return source.table(e.Action, [
        (column("Ref", 0.5, keep=True, strong=True), lambda r: r.ref), (column("Action", 2.6), lambda r: r.text),
        (column("Owner", 1.4), lambda r: f"{r.owner}\n{r.organisation}".strip()), (column("Status", 1), lambda r: printed(r.status)),
        (column("New date", 1.2), lambda r: f"{r.current_due:%A}\n{long_date(r.current_due)}" if r.current_due else "Not recorded"),
    ], going, alt="Earlier actions that go on")  # fmt: skip


# -- the agenda ------------------------------------------------------------------------


def _when(source: Source) -> list[Block]:
    meeting = source.meeting
    start = meeting.text("A1", "scheduled_start") or (
        meeting.slot.strftime("%H:%M") if meeting.slot else "to be told"
    )
    rows = (
        ("Reference", meeting.ref), ("Meeting", f"{meeting.level.label}, {meeting.kind.label}, meeting {meeting.number}"),
        ("Date", f"{meeting.held_on:%A} {long_date(meeting.held_on)}"), ("Start", start),
        ("Booked", f"{meeting.booked_minutes} minutes"), ("Held", source.text("A1", "mode") or "to be told"),
    )  # fmt: skip
    return [
        Facts(rows, "The meeting"),
        Paragraph(
            "Join by name from an agency device, alone and where you cannot be overheard. No recording, transcription or screenshots.",
            "note",
        ),
    ]


def _invited(source: Source) -> list[Block]:
    names = organisations_invited(source.meeting)
    return [Paragraph("; ".join(names) + "." if names else "Nobody is on the list yet.")]


def _items(source: Source) -> list[Block]:
    meeting = source.meeting
    items = [i for i in meeting.agenda if holds(i.held, meeting, source.area)]
    rows = tuple((i.code, i.title, i.voice, f"{planned_for(meeting, i.code)} min") for i in items)
    blocks: list[Block] = [
        Table(
            (
                column("Item", 0.5, strong=True),
                column("Title", 3),
                column("Speaks first", 1.8),
                column("Planned", 0.7, keep=True),
            ),
            rows,
            "The agenda",
        )
    ]
    open_ones = [a for a in meeting.old_actions if a.is_live]
    blocks += source.table(e.Action, [
        (column("Ref", 0.5, strong=True), lambda r: r.ref), (column("Owner", 1.5), lambda r: r.owner), (column("Organisation", 2), lambda r: r.organisation),
        (column("Due", 1.2), lambda r: printed(r.current_due)),
    ], open_ones, alt="Open actions", caption="Open actions: be ready to say what was done and what difference it made")  # fmt: skip
    return blocks
