"""What one organisation supplied, as a document: a section for each meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from panelkit.documents.compose import filling
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Facts, Paragraph, Section, SubHeading
from panelkit.domain.area import Area


class _Item(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def said_by(self) -> str: ...
    @property
    def parts(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def withdrawn(self) -> bool: ...


class _OfMeeting(Protocol):
    @property
    def ref(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def items(self) -> Sequence[_Item]: ...


def compose_supplied(
    name: str, said: Sequence[str], meetings: Sequence[_OfMeeting], area: Area, template: Template,
    *, fiction: bool,
) -> Document:  # fmt: skip
    """``said`` is what was looked for and what cannot be known, printed first."""
    sections = [Section(key="about", heading="About this list", blocks=tuple(map(Paragraph, said)))]
    for number, meeting in enumerate(meetings, start=1):
        blocks: list[Block] = []
        for item in meeting.items:
            gone = " (withdrawn since)" if item.withdrawn else ""
            blocks.append(SubHeading(f"{item.title}: {item.said_by}{gone}"))
            if item.parts:
                blocks.append(Facts(item.parts, alt=item.title))
        if not blocks:
            blocks.append(Paragraph("Listed as invited; nothing is attributed to it.", "note"))
        sections.append(
            Section(key=f"meeting_{number}", heading=meeting.heading, blocks=tuple(blocks))
        )
    return Document(
        title=f"What {name} supplied", form_label="Information supplied, panelkit layout",
        template_version=template.version, marking=area.marking, reference="", meeting_label="",
        status="FOR A SUBJECT ACCESS REQUEST", version="", area=area.name, draft=False,
        fiction=fiction, sections=tuple(sections), template_id=template.id,
        slots=filling.of_template(template),
    )  # fmt: skip
