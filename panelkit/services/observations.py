"""Observations by lay advisers: the verbs of an audit, on what somebody in the room can judge.

What a screen needs, in order: ``form`` (which questions), ``why_not`` (whether this person
may observe this meeting), ``begin`` or ``go_on``, then ``answer``, ``take_back``, ``comment``,
``remark`` (of the whole), ``finish``; ``totals`` at any moment; ``of`` for what there is. The
person at the desk is the observer. Nothing is filled in and nothing is overruled. Sheets on
paper or in Word are :class:`panelkit.services.lay_sheets.LaySheets`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from panelkit.audit.forms import form_named
from panelkit.domain import observing
from panelkit.domain.audit_forms import Form, Given, How
from panelkit.domain.auditing import Audit
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.acting import acting
from panelkit.services.audits import Audits, Filled
from panelkit.store.record import Summary

LATELY: Final = timedelta(days=92)
"""How long after a meeting an observer is offered it."""


@acting(Act.OBSERVE, finished_between=Act.FIGURES, spreads=Act.FIGURES)
class Observations(Audits):
    """What an observer does. Kept, added up and compared apart from what auditors do."""

    rule: ClassVar[str] = "Whoever observes a meeting was there and took no part in it."

    def forms(self) -> tuple[Form, ...]:
        """The forms that an observer can answer, each with those of its questions."""
        asked = (form for form in super().forms() if any(q.observed for q in form.questions))
        return tuple(observing.observed(form) for form in asked)

    def form(self, form_id: str = "") -> Form:
        """What an observer answers of a form, else of the area's own form for it.

        ``L`` and ``L-observed`` are the same. Raises NotFound; Refused for a form that asks
        nothing an observer can judge.
        """
        named = (form_id or self.area.observation_form).strip()
        ending = observing.ENDING
        whole = named[: -len(ending)] if named.casefold().endswith(ending) else named
        return observing.observed(form_named(self.area, whole))

    def counts(self, audit: Audit) -> bool:
        """Observations only."""
        return audit.is_observation

    def fill(self, meeting: Meeting, form_id: str = "", earlier: Meeting | None = None) -> Filled:
        """The questions with nothing filled in: an observer is not told what the record says."""
        del meeting, earlier
        form = self.form(form_id)
        return Filled(form, tuple(Given(question=q.id, how=How.PERSON) for q in form.questions))

    def why_not(self, meeting: Meeting, form_id: str = "") -> str:
        """Why this person may not observe this meeting; blank where they may."""
        return super().why_not(meeting, form_id) or observing.why_not_observe(meeting, self.who)

    def held_lately(self) -> tuple[Summary, ...]:
        """Meetings held in the last quarter, newest first: one of them is the one observed."""
        since = self.today() - LATELY
        return tuple(
            found for found in self.record.held_between(since, self.today())
            if found.state not in (MeetingState.PLANNED, MeetingState.ELSEWHERE)
        )  # fmt: skip

    def meeting(self, ref: str) -> Meeting:
        """The meeting that is observed, for somebody who reads no meetings. Raises NotFound."""
        return self.record.load(ref)

    def begin(self, meeting: Meeting, form_id: str = "") -> Audit:
        """An observation begun, with nothing in it. Raises Refused as an audit does."""
        return super().begin(meeting, self.form(form_id).id)

    def go_on(self, meeting: Meeting, form_id: str = "") -> Audit:
        """This observer's observation of the meeting, begun where there is none."""
        return super().go_on(meeting, self.form(form_id).id)
