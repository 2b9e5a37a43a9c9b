"""From a meeting to a typed document: pure, by the order and headings of a template."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from panelkit.documents.compose import closing, filling, middle, opening
from panelkit.documents.compose.letters import compose_invitation as compose_invitation
from panelkit.documents.compose.letters import compose_reply as compose_reply
from panelkit.documents.compose.parts import CHAIR_FIRST, Source, column, detail, joined, printed
from panelkit.documents.compose.summary import compose_summary as compose_summary
from panelkit.documents.compose.summary import may_say as may_say
from panelkit.documents.compose.summary import picked as picked
from panelkit.documents.compose.summary import shown as shown
from panelkit.documents.compose.summary import typed_texts as typed_texts
from panelkit.documents.compose.transfers import compose_transfer as compose_transfer
from panelkit.documents.templates import SectionPlan, Template
from panelkit.documents.tree import Block, Document, Facts, Paragraph, Section, SubHeading, Table
from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.attendance import organisations_invited
from panelkit.domain.completeness import Gap
from panelkit.domain.conditions import holds
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.minutes import Fact
from panelkit.domain.practice import FILE_REF, REF
from panelkit.domain.running import planned_for
from panelkit.domain.sharing import NOTHING_HELD, WITHHELD, Held
from panelkit.domain.timescales import Deadline

Builder = Callable[[Source], list[Block]]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section by itself, as a desk shows it beside its words."""

    key: str
    heading: str
    section: Section | None
    """As it prints; None where this meeting prints none."""
    places: frozenset[tuple[str, str]]
    """Answers it prints."""
    kinds: frozenset[str]
    """Kinds of content it prints."""


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

OFFICE_KINDS: Final = frozenset(
    {
        "visits", "pauses", "presence", "parts", "parked", "comments", "amendments", "settled",
        "agency_returns", "return_lines",
    }
)  # fmt: skip
"""Content that is about the running of the meeting and is printed through other facts, or that came
after it: what an emergency panel left owing is a list of its own, which minutes do not freeze. What a
return says is no part of minutes until somebody takes it into the record."""


def compose_minutes(
    meeting: Meeting, area: Area, template: Template, *, status: str, version: int,
    gaps: tuple[Gap, ...] = (), deadlines: tuple[Deadline, ...] = (), history: tuple[Fact, ...] = (),
    held: Held = NOTHING_HELD, copy_for: str = "",
) -> Document:  # fmt: skip
    """Every section of the minutes, and at the end whatever no section names."""
    source = Source(meeting, area, template, gaps, deadlines, history, held)
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
        copy_for,
    )


def view_section(source: Source, plan: SectionPlan) -> SectionView:
    """One section alone, with which answers and kinds of content it prints."""
    found = dataclasses.replace(source, used=set(), kinds=set())
    sections = _sections(found, SECTIONS, (plan,))
    return SectionView(
        plan.key, f"{plan.number} {plan.heading}".strip(), sections[0] if sections else None,
        frozenset(found.used), frozenset(found.kinds),
    )  # fmt: skip


def compose_actions(
    meeting: Meeting, area: Area, template: Template, *, status: str, version: int,
    held: Held = NOTHING_HELD, copy_for: str = "", everything: bool = False,
) -> Document:  # fmt: skip
    """The action schedule, by organisation; what was set in a restricted part is withheld.

    ``everything`` prints what ``held`` does not withhold: a copy for one recipient.
    """
    source = Source(meeting, area, template, held=held if everything else _restricted(meeting))
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
        copy_for,
    )


def _restricted(meeting: Meeting) -> Held:
    """Actions set in a restricted part: withheld from every schedule that is not one recipient's copy."""
    return Held(entries=frozenset(a.id for a in meeting.of(e.Action) if a.restricted_part))


def compose_own_actions(
    meeting: Meeting,
    area: Area,
    template: Template,
    organisation: str,
    *,
    status: str,
    version: int,
) -> Document:
    """The actions of one organisation and of no other; what was set in a restricted part is withheld."""
    source = Source(meeting, area, template, held=_restricted(meeting))
    builders: dict[str, Builder] = {
        "actions": lambda each: _by_organisation(each, organisation),
        "last_meeting": lambda each: _going_on(each, organisation),
        "next_meeting": _next_date,
    }
    document = _document(
        source,
        f"Action schedule, MAPPA {meeting.level.label} meeting",
        status,
        version,
        _sections(source, builders),
    )
    return dataclasses.replace(document, copy_for=f"Copy for {organisation}")


def action_owners(meeting: Meeting) -> tuple[str, ...]:
    """Organisations that have something to do after this meeting, in order of name."""
    owed = (*(a for a in meeting.new_actions if a.is_live), *_outstanding(meeting))
    return tuple(sorted({a.organisation for a in owed if a.organisation.strip()}))


def _next_date(source: Source) -> list[Block]:
    """The date alone: reasons stay in the minutes."""
    keys = ("next_review_date", "next_review_time")
    return source.facts((("A18", k) for k in keys), alt="Next meeting", blanks=False)


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


def file_name(
    meeting: Meeting, kind: str, version: int, *, copy_for: str = "", extension: str = "docx"
) -> str:
    """``WM-0143_M3_20261118_v1.docx``: a reference, never a person's name.

    ``copy_for`` is the organisation that a file is for, or the request that it answers. What
    no file name may hold in a reference, a slash say, is a hyphen here.
    """
    ending = "" if kind == "full" else f"_{kind}"
    whose = f"_{_slug(copy_for)}" if copy_for else ""
    return f"{file_stem(meeting, version)}{ending}{whose}.{extension}"


def file_stem(meeting: Meeting, version: int) -> str:
    """``WM-0143_M3_20261118_v1``: what the names of a version's files begin with.

    Those of a practice say that they are one: ``PRACTICE-invented_M3_20261118_v1``.
    """
    called = FILE_REF if meeting.case.ref == REF else meeting.case.ref
    return f"{_slug(called)}_M{meeting.number}_{meeting.held_on:%Y%m%d}_v{version}"


def _slug(text: str) -> str:
    """Letters, digits and hyphens, at most 60: a name that every system takes."""
    return re.sub(r"[^0-9A-Za-z]+", "-", text.replace("'", "")).strip("-")[:60].strip("-") or "copy"


def file_endings(names: tuple[str, ...]) -> tuple[str, ...]:
    """What tells the files of several organisations apart, even where capitals do not."""
    endings: dict[str, None] = {}
    for name in names:
        ending, count = _slug(name), 1
        while ending.casefold() in (taken.casefold() for taken in endings):
            count += 1
            ending = f"{_slug(name)}-{count}"
        endings[ending] = None
    return tuple(endings)


def _sections(
    source: Source, builders: dict[str, Builder], plans: tuple[SectionPlan, ...] = ()
) -> list[Section]:
    found = []
    for plan in plans or source.template.sections:
        builder = builders.get(plan.key)
        if builder is None or plan.include == "never":
            continue
        blocks = [*joined(builder(source)), *_own_words(source, plan.key)]
        if not blocks and plan.include == "when_any":
            continue
        if not blocks:
            blocks = [Paragraph("None recorded.", "note")]
        found.append(
            Section(key=plan.key, heading=plan.heading, number=plan.number, blocks=tuple(blocks))
        )
    return found


def _own_words(source: Source, key: str) -> list[Block]:
    """The minute taker's words of this section; withdrawn ones stay in the record only."""
    source.kinds.add(e.SectionWords.kind)
    words = [w for w in source.meeting.live(e.SectionWords) if w.section == key and w.text.strip()]
    return [Paragraph(word.text) for word in words]


def _document(
    source: Source, title: str, status: str, version: int, sections: list[Section],
    copy_for: str = "",
) -> Document:  # fmt: skip
    meeting, template = source.meeting, source.template
    front = [
        ("Reference", meeting.ref),
        ("Date", long_date(meeting.held_on)),
        ("Meeting", meeting.title),
    ]
    if status == "AMENDED":
        front.append(("Amended", "What was changed is listed in the section on approval."))
    return Document(
        title=title, form_label=template.form_label, template_version=template.version, marking=source.area.marking,
        reference=meeting.case.ref, meeting_label=f"meeting {meeting.number}", status=status, version=str(version),
        area=source.area.name, draft=status == "DRAFT", fiction=meeting.case.fiction, sections=tuple(sections),
        front=tuple(front), copy_for=copy_for, template_id=template.id,
        slots=(*filling.of_template(template), *filling.of_meeting(meeting)),
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
    printed = {plan.key for plan in source.template.sections if plan.include != "never"} & set(
        SECTIONS
    )
    stray = [w for w in meeting.live(e.SectionWords) if w.section not in printed and w.text.strip()]
    blocks += [Paragraph(word.text) for word in stray]
    for kind in e.ENTRIES:
        if kind.kind in source.kinds or kind.kind in OFFICE_KINDS:
            continue
        found: tuple[e.Entry, ...] = meeting.of(kind)
        lines: list[str] = [
            WITHHELD if row.id in source.held.entries else detail(meeting, row) for row in found
        ]
        if lines:
            blocks += [SubHeading(kind.title), *(Paragraph(line) for line in lines)]
    return blocks


# -- the action schedule ---------------------------------------------------------------


def _by_organisation(source: Source, only: str = "") -> list[Block]:
    blocks: list[Block] = []
    meeting = source.meeting
    mine = [a for a in meeting.new_actions if a.is_live and only in ("", a.organisation)]
    open_ones = [a for a in mine if a.id not in source.held.entries]
    held = sum(a.id in source.held.entries for a in mine)
    for name in dict.fromkeys(a.organisation or "Organisation not recorded" for a in open_ones):
        mine = [a for a in open_ones if (a.organisation or "Organisation not recorded") == name]
        if not only:
            blocks.append(SubHeading(name))
        blocks += source.table(e.Action, [
            (column("Ref", 0.5, keep=True, strong=True), lambda r: r.ref), (column("Action", 2.6), lambda r: r.text),
            (column("Owner", 1.3), lambda r: r.owner or "Not recorded"),
            (column("Due", 1, keep=True), lambda r: f"{r.due:%A}\n{short_date(r.due)}" if r.due else "Not recorded"),
            (column("Risk", 1), lambda r: printed(r.risk)), (column("How we will know", 1.6), lambda r: r.success_measure),
            (column("Accepted", 0.8), lambda r: printed(r.accepted) or "Not recorded"),
        ], mine, alt=f"Actions of {name}")  # fmt: skip
    if held:
        blocks.append(
            Paragraph(
                f"{held} action{'' if held == 1 else 's'} set in a restricted part: withheld from this copy. Ask the chair.",
                "warning",
            )
        )
    if not blocks:
        blocks.append(Paragraph("No new action was set at this meeting.", "note"))
    return blocks


def _outstanding(meeting: Meeting) -> list[e.Action]:
    return [a for a in meeting.old_actions if a.is_live and a.status and a.status.outstanding]


def _going_on(source: Source, only: str = "") -> list[Block]:
    going = [a for a in _outstanding(source.meeting) if only in ("", a.organisation)]
    return source.table(e.Action, [
        (column("Ref", 0.5, keep=True, strong=True), lambda r: r.ref), (column("Action", 2.6), lambda r: r.text),
        (column("Owner", 1.4), lambda r: f"{r.owner}\n{r.organisation}".strip()), (column("Status", 1), lambda r: printed(r.status)),
        (column("New date", 1, keep=True), lambda r: f"{r.current_due:%A}\n{short_date(r.current_due)}" if r.current_due else "Not recorded"),
    ], going, alt="Earlier actions that go on")  # fmt: skip


# -- the agenda ------------------------------------------------------------------------


def _when(source: Source) -> list[Block]:
    meeting = source.meeting
    start = meeting.text("A1", "scheduled_start") or (
        meeting.slot.strftime("%H:%M") if meeting.slot else "to be told"
    )
    rows = (
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


def items_held(meeting: Meeting, area: Area) -> tuple[tuple[AgendaItem, int], ...]:
    """The items that this meeting goes through, each with its planned minutes."""
    items = (i for i in meeting.agenda if holds(i.held, meeting, area))
    return tuple((i, planned_for(meeting, i.code)) for i in items)


def _items(source: Source) -> list[Block]:
    meeting = source.meeting
    items = items_held(meeting, source.area)
    rows = tuple(
        (i.code, i.title, i.voice or CHAIR_FIRST, f"{minutes} min") for i, minutes in items
    )
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
