"""The executive summary for a lawful requester: what is on the list, and nothing else.

:data:`ALLOWED` names every place of the record that a summary may read and the line it
becomes. :func:`picked` takes those values out; the lines are made from them alone, so that
no line can reach anything else of the meeting. What was said in a restricted part, or was
withdrawn, is never taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from panelkit.documents.compose import filling
from panelkit.documents.compose.parts import printed
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Facts, Paragraph, Section
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.fields import Field, FieldKind, fields_of, long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.requests import Request
from panelkit.domain.vocabulary import (
    AgencyClass,
    AgencyType,
    AttendanceStatus,
    RiskGroup,
)

Place = tuple[str, str]
"""Where a value stands: ``("case", "born")``, ``("A15", "level_decision")``,
``("ratings", "level")`` (of every entry of the kind), ``("request", "reason")``."""

Picked = Mapping[Place, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary."""

    section: str
    """Key of the section it stands in."""
    label: str
    places: tuple[Place, ...]
    """Every place of the record that it reads."""
    show: Callable[..., str]
    """The line from the values of ``places``, in their order."""


STATUTORY: Final = (AgencyClass.RA, AgencyClass.DTC)
"""Agencies that are named. That an adviser of victims or a treatment service took part may
itself be confidential."""

PART_OF: Final = {AgencyType.VLO: AgencyType.PRB, AgencyType.AP: AgencyType.PRB}
"""Named as the agency they belong to: victim liaison is never shown."""


def _agencies(kinds: tuple[AgencyType | None, ...], there: tuple[Any, ...]) -> str:
    found: dict[str, None] = {}
    for kind, status in zip(kinds, there, strict=True):
        there_now = isinstance(status, AttendanceStatus) and status.present
        if kind and there_now and kind.standing in STATUTORY:
            found[PART_OF.get(kind, kind).label] = None
    return "; ".join(found)


def _groups(groups: tuple[Any, ...], levels: tuple[Any, ...]) -> str:
    """Groups by level, the highest first; harm to the individual is a matter of health."""
    rated: dict[Any, list[str]] = {}
    for group, level in zip(groups, levels, strict=True):
        if group and level and group is not RiskGroup.SELF:
            rated.setdefault(level, []).append(group.label.lower())
    order = sorted(rated, key=lambda level: -level.rank)
    return "\n".join(f"{level.label}: {', '.join(rated[level])}" for level in order)


def _month(day: Any) -> str:
    return f"{day:%B %Y}" if day else ""


def _kind_of_meeting(kind: Any, level: Any) -> str:
    return f"{level.label} {kind.label} meeting"


def _requester(who: str, capacity: Any) -> str:
    return ", ".join(part for part in (who, printed(capacity).lower()) if part)


def _basis(basis: Any, detail: str) -> str:
    return ": ".join(part for part in (printed(basis), detail) if part)


def _approval(who: str, at: Any) -> str:
    return f"{who}, chair of the meeting, {long_date(at.date())}" if who and at else ""


ALLOWED: Final[tuple[Line, ...]] = (
    Line("request", "Requested by", (("request", "requester"), ("request", "capacity")), _requester),
    Line("request", "Request received", (("request", "received_on"),), printed),
    Line("request", "Legal basis", (("request", "basis"), ("request", "basis_detail")), _basis),
    Line("individual", "Name", (("case", "name"),), printed),
    Line("individual", "Date of birth", (("case", "born"),), printed),
    Line("individual", "Current address, as held", (("case", "address"),), printed),
    Line("details", "Date of the meeting", (("meeting", "held_on"),), printed),
    Line("details", "Kind of meeting", (("meeting", "kind"), ("meeting", "level")), _kind_of_meeting),
    Line("details", "MAPPA category", (("A3", "mappa_category"),), printed),
    Line("details", "Agencies represented", (("attendance", "agency"), ("attendance", "status")), _agencies),
    Line("reason", "", (("request", "reason"),), printed),
    Line("risk", "Overall risk of serious harm", (("A10", "overall_rosh"),), printed),
    Line("risk", "Risk by group", (("ratings", "group"), ("ratings", "level")), _groups),
    Line("risk", "Risk factors", (("request", "risk_factors"),), printed),
    Line("plan", "", (("request", "plan_summary"),), printed),
    Line("decisions", "Level decided", (("A15", "level_decision"),), printed),
    Line("decisions", "Next review", (("A18", "next_review_date"),), _month),
    Line("withheld", "What is withheld", (("request", "withheld"),), printed),
    Line("withheld", "Ground", (("request", "grounds"),), lambda grounds: "\n".join(g.label for g in grounds)),
    Line("approval", "Prepared and checked by", (("request", "checked_by"),), printed),
    Line("approval", "Approved by", (("request", "approved_by"), ("request", "approved_at")), _approval),
)  # fmt: skip
"""Everything a summary may say, and where each line comes from. There is no other way in."""

LEAST: Final[tuple[Place, ...]] = (
    ("case", "name"), ("A10", "overall_rosh"), ("A15", "level_decision"), ("A3", "mappa_category"),
)  # fmt: skip
"""Places of the record that a summary cannot do without."""

_STRUCTURED: Final = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.DATE, FieldKind.NUMBER)
_FREE: Final = frozenset({("case", "name"), ("case", "address")})
"""The only words typed in the record that a summary holds: whom it is about, and where."""


def picked(meeting: Meeting, request: Request) -> Picked:
    """The values of every allowed place, and nothing else of the record."""
    places = dict.fromkeys(place for line in ALLOWED for place in line.places)
    return {place: _value(meeting, request, place) for place in places}


def _value(meeting: Meeting, request: Request, place: Place) -> Any:
    holder, key = place
    match holder:
        case "request":
            return getattr(request, key)
        case "case":
            return getattr(meeting.case, key)
        case "meeting":
            return getattr(meeting, key)
        case _ if holder in e.BY_KIND:
            rows = meeting.live(e.BY_KIND[holder])
            return tuple(getattr(row, key) for row in rows if not row.restricted_part)
    return meeting.value(holder, key)


def described(place: Place) -> Field | None:
    """What the field at a place is, for the kinds that a form describes; None for the rest."""
    kind = e.BY_KIND.get(place[0]) or {"request": Request}.get(place[0])
    return next((f for f in fields_of(kind) if f.key == place[1]), None) if kind else None


def is_typed(line: Line) -> bool:
    """Whether a person typed any of it, so that it is looked through for what must not be there."""
    typed = []
    for place in line.places:
        found = described(place)
        typed.append(place in _FREE or (found is not None and found.kind not in _STRUCTURED))
    return any(typed)


def shown(values: Picked) -> tuple[tuple[Line, str], ...]:
    """Every line with its words, blank where nothing is recorded."""
    return tuple((line, line.show(*(values[place] for place in line.places))) for line in ALLOWED)


def typed_texts(meeting: Meeting, request: Request) -> tuple[str, ...]:
    """The lines that a person typed, for the redaction check."""
    lines = shown(picked(meeting, request))
    return tuple(words for line, words in lines if words and is_typed(line))


def compose_summary(
    meeting: Meeting, area: Area, template: Template, request: Request, *, status: str, version: int
) -> Document:
    """The summary that answers one request."""
    lines = shown(picked(meeting, request))
    sections = []
    for plan in template.sections:
        mine = [(line, words) for line, words in lines if line.section == plan.key]
        if not mine or plan.include == "never":
            continue
        rows = tuple((line.label, words or "Not recorded") for line, words in mine if line.label)
        blocks: list[Block] = [
            Paragraph(words or "Not recorded.") for line, words in mine if not line.label
        ]
        if rows:
            blocks.append(Facts(rows, plan.heading))
        sections.append(
            Section(key=plan.key, heading=plan.heading, number=plan.number, blocks=tuple(blocks))
        )
    return Document(
        title="Executive summary of MAPPA minutes", form_label=template.form_label,
        template_version=template.version, marking=area.marking, reference=meeting.case.ref,
        meeting_label=f"request {request.ref}", status=status, version=str(version), area=area.name,
        draft=status == "DRAFT", fiction=meeting.case.fiction, sections=tuple(sections),
        front=(("Reference", f"{meeting.ref}, request {request.ref}"),), template_id=template.id,
        slots=(*filling.of_template(template), *filling.of_meeting(meeting)[:3]),
    )  # fmt: skip


def may_say(meeting: Meeting) -> tuple[str, ...]:
    """Labels of what the record still lacks before a summary can be made."""
    labels = {place: line.label for line in ALLOWED for place in line.places}
    lacking = []
    for place in LEAST:
        value = getattr(meeting.case, place[1]) if place[0] == "case" else meeting.value(*place)
        if not value:
            lacking.append(labels[place])
    return tuple(lacking)
