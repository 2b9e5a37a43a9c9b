"""A document written with a template that is being made, from a fictional meeting.

Nothing of it is stored. What it prints is what the meeting of the sample holds, so that
whoever restyles a template sees their pages before a real meeting is written with them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import Meeting
from panelkit.domain.request_words import Capacity, Ground, LegalBasis, RequestOutcome
from panelkit.domain.requests import Request, prefilled
from panelkit.domain.transfers import open_transfers
from panelkit.services.choosing import Choosing
from panelkit.services.minute_taking import KINDS, DocumentKind, MinuteTaking

if TYPE_CHECKING:
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document

_ASKED: Final = date(2026, 11, 30)


class _Only(Choosing):
    """Whatever is asked for, the template that is being made."""

    def __init__(self, taking: MinuteTaking, template: Template) -> None:
        super().__init__(None, taking.clock, taking.templates, taking.own_templates)
        self._only = template

    def template(self, kind: str, template_id: str, meeting: Meeting | None) -> Template:
        if template_id == self._only.id:
            return self._only
        return super().template(kind, template_id, meeting)


def kind_of(template_id: str) -> DocumentKind:
    """The document that a template is for. Raises BadInput where there is none."""
    for kind in KINDS:
        if kind.template == template_id:
            return kind
    msg = f"No document is called {template_id}."
    raise BadInput(msg, remedy="One of " + ", ".join(kind.template for kind in KINDS) + ".")


def extension_of(template_id: str) -> str:
    """What its file ends in. Raises BadInput where no document has this template."""
    from panelkit.services.sample_papers import PAPERS

    return "docx" if template_id in PAPERS else kind_of(template_id).extension


def sample(taking: MinuteTaking, template: Template, meeting: Meeting) -> bytes:
    """The document that ``template`` is for, of the fictional ``meeting``.

    Raises BadInput where the template cannot be used.
    """
    from panelkit.documents import calendar, word
    from panelkit.domain.occasion import next_occasion
    from panelkit.services.sample_papers import PAPERS

    if template.id in PAPERS:
        now = taking.clock()
        paper = PAPERS[template.id](template, taking.area, meeting, now.date())
        return word.write(paper, template.house, now=now)
    kind = kind_of(template.id)
    one = MinuteTaking(None, taking.area, taking.clock, taking.who, taking.templates)
    one.choosing = _Only(taking, template)
    if kind.of_transfer:
        meeting = _with_transfer(meeting)
    if kind.extension == "ics":
        return calendar.write(next_occasion(meeting, taking.area), template, now=taking.clock())
    if not kind.many and not kind.answers_request:
        return one.word(meeting, kind.id)
    return word.write(_other(one, template, meeting, kind), template.house, now=taking.clock())


def _with_transfer(meeting: Meeting) -> Meeting:
    """The sample with a transfer that goes on, where it has none."""
    if open_transfers(meeting):
        return meeting
    invented = e.Transfer(
        id="sample", number=1, owner="An example agency", to_area="An example area",
        coordinator="An example co-ordinator", plan_holder="An example agency", asked_on=_ASKED,
    )  # fmt: skip
    rows = {**meeting.rows, e.Transfer.kind: (*meeting.of(e.Transfer), invented)}
    return replace(meeting, rows=MappingProxyType(rows))


def _other(
    taking: MinuteTaking, template: Template, meeting: Meeting, kind: DocumentKind
) -> Document:
    from panelkit.documents import compose

    if kind.many:
        owner = next(iter(compose.action_owners(meeting)), "An organisation")
        return compose.compose_own_actions(
            meeting, taking.area, template, owner, status="DRAFT", version=1
        )
    request = _request(meeting)
    if kind.id == "summary":
        return compose.compose_summary(
            meeting, taking.area, template, request, status="DRAFT", version=1
        )
    answered = replace(request, outcome=RequestOutcome.SUMMARY, issued_version=1)
    return compose.compose_reply(meeting, taking.area, template, answered, today=_ASKED)


def _request(meeting: Meeting) -> Request:
    first = Request(
        id="sample", meeting_id=meeting.id, number=1, requester="Example and Sons, solicitors",
        capacity=Capacity.SOLICITOR, reply_to="1 Example Street", received_on=_ASKED,
        basis=LegalBasis.PROCEEDINGS, basis_detail="fictional proceedings",
        risk_factors="An example.", withheld="What other agencies gave in confidence.",
        grounds=(Ground.OWNER,), owner_agency="An example agency",
    )  # fmt: skip
    return replace(first, **prefilled(meeting))  # type: ignore[arg-type]  # texts of the form
