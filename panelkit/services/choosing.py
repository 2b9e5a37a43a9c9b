"""Which template a document of a meeting is written with: that of its day.

A document that was issued is written again with the template it was issued with, which the
record keeps. Any other document of a meeting has the template of the day of the meeting; a
letter has the one of the day it is written.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain.errors import NotFound
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.clock import Clock, room_time
from panelkit.store.record import Issued, KeptTemplate, Record

if TYPE_CHECKING:
    from panelkit.documents.templates import Template

LETTERS: Final = frozenset(
    {"invitation", "calendar", "summary", "reply", "transfer", "transfer_here"}
)
"""Kinds that bear the date of the day they are written."""


class Choosing:
    """Picks templates, each read and checked once."""

    def __init__(
        self, record: Record | None, clock: Clock, shipped: Path, own: Path | None = None,
        area: str = "",
    ) -> None:  # fmt: skip
        """``shipped`` and ``own`` are folders of template folders; ``own`` is the area's, which
        ``area`` names: what it keeps local of a form is printed."""
        self.record = record
        self.clock = clock
        self.shipped = shipped
        self.own = own
        self.area = area
        self._on_day: dict[tuple[str, date], Template] = {}
        self._kept: dict[str, Template] = {}

    def template(self, kind: str, template_id: str, meeting: Meeting | None) -> Template:
        """The template of a document. Raises BadInput for one that cannot be used, NotFound."""
        issued = self._issued_with(kind, meeting) if meeting is not None else None
        if issued is not None:
            return issued
        today = room_time(self.clock()).date()
        day = today if meeting is None or kind in LETTERS else meeting.held_on
        if (template_id, day) not in self._on_day:
            from panelkit.documents.shelf import Shelf

            found = Shelf(self.shipped, self.own).in_force(template_id, day)
            self._on_day[template_id, day] = self._with_kept(found, day)
        return self._on_day[template_id, day]

    def _with_kept(self, template: Template, day: date) -> Template:
        """With what the area keeps of the form for a meeting of ``day``."""
        if self.record is None or not self.area:
            return template
        beginning = f"template.{template.id}."
        kept = self.record.kept_local(self.area)
        mine = {place: one for place, one in kept.items() if place.startswith(beginning)}
        if not mine:
            return template
        from panelkit.documents.form_provisions import with_kept

        return with_kept(template, mine, day)

    def used(self, meeting: Meeting) -> tuple[tuple[Issued, KeptTemplate | None], ...]:
        """Each issued document of a meeting, with the template that it was made with.

        None for one that was issued before templates were kept.
        """
        if self.record is None:
            return ()
        found: list[tuple[Issued, KeptTemplate | None]] = []
        for issued in self.record.issued(meeting.id):
            try:
                found.append((issued, self.record.template(issued.template_hash)))
            except NotFound:
                found.append((issued, None))
        return tuple(found)

    def _issued_with(self, kind: str, meeting: Meeting) -> Template | None:
        """What the last issue of this kind was made with; None where nothing was issued, or by
        a panelkit that did not keep its template."""
        if self.record is None or meeting.state is not MeetingState.ISSUED or kind in LETTERS:
            return None
        issued = [each for each in self.record.issued(meeting.id) if each.kind == kind]
        if not issued or not issued[-1].template_hash:
            return None
        sha256 = issued[-1].template_hash
        if sha256 not in self._kept:
            from panelkit.documents.shelf import unpacked

            try:
                self._kept[sha256] = unpacked(self.record.template(sha256).body, sha256)
            except NotFound:
                return None
        return self._kept[sha256]


def to_keep(template: Template) -> KeptTemplate:
    """The template as the record keeps it."""
    from panelkit.documents.shelf import packed

    approved = template.smb_approved_on
    return KeptTemplate(
        sha256=template.sha256, template_id=template.id, version=template.version,
        form_label=template.form_label, effective_from=template.effective_from.isoformat(),
        smb_approved_on=approved.isoformat() if approved else "",
        smb_rationale=template.smb_rationale, body=packed(template),
    )  # fmt: skip
