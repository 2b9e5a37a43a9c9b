"""Audits by people: a form filled in from the record, answered, compared, drawn by lot.

What a screen of audits needs, in order: ``queue`` (what is drawn for a period),
``why_not`` (whether this person may audit it), ``begin`` or ``go_on``, then ``answer``,
``overrule``, ``take_back``, ``comment``, ``finish``; ``totals`` at any moment; ``compare``
for two auditors. Each verb stores at once and returns the next value of the audit: show
that one, the old one is stale.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from panelkit.audit.answering import fill_in
from panelkit.audit.forms import form_named, forms_for
from panelkit.audit.given import Looked
from panelkit.audit.sampling import Drawn, MayBeDrawn, draw
from panelkit.audit.scoring import Spread, Total, totals
from panelkit.audit.trends import spreads_of
from panelkit.domain import auditing as a
from panelkit.domain.area import Area
from panelkit.domain.audit_forms import Form, Given, How
from panelkit.domain.auditing import Audit, AuditState, Comparison
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.observing import same_person
from panelkit.domain.people import Act
from panelkit.domain.referrals import Referral
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import HELD
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.store.record import Record

TOGETHER = 100
"""Drawn meetings that are read together."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what the record says to it, before anybody has looked."""

    form: Form
    given: tuple[Given, ...]
    """One for each question, in its order."""

    @property
    def answers(self) -> dict[str, str]:
        """What counts: recorded and not applicable. A suggestion is no answer."""
        counts = (How.RECORDED, How.NOT_APPLICABLE)
        return {one.question: one.option for one in self.given if one.how in counts}

    @property
    def totals(self) -> tuple[Total, ...]:
        """The sums of each part of the form, as far as the record answers it."""
        return totals(self.form, self.answers)


@dataclass(frozen=True, slots=True)
class Queued:
    """A meeting drawn for audit, and how far its audits are."""

    drawn: Drawn
    audits: tuple[Audit, ...]
    """Of this meeting, by anybody, on any form."""
    why_not: str
    """Why the person at the desk may not audit it; blank where they may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What was drawn of what was held, and how: with these two anybody draws the same."""

    held: tuple[MayBeDrawn, ...]
    drawn: tuple[Drawn, ...]
    seed: str
    percent: int
    """The share of Level 2."""


@acting(Act.AUDIT, finished_between=Act.FIGURES, spreads=Act.FIGURES)
class Audits:
    """What an auditor does. ``who`` is whoever opened the record, else who they say they are."""

    rule: ClassVar[str] = "Nobody audits a meeting they chaired or minuted."

    def __init__(self, record: Record | None, area: Area, clock: Clock, who: str) -> None:
        """Without a record a form is filled in and nothing is stored."""
        self._record = record
        self.area = area
        self.clock = clock
        self.who = who

    @property
    def record(self) -> Record:
        """The record. Raises Refused for a pack that is not imported."""
        if self._record is None:
            raise Refused("A pack is not audited.", remedy="Import it first.")
        return self._record

    def _by(self) -> By:
        return By(self.who, self.clock())

    # -- forms -------------------------------------------------------------------------

    def forms(self) -> tuple[Form, ...]:
        """The forms of this area, its own corrections included. Raises BadInput."""
        return forms_for(self.area)

    def form(self, form_id: str) -> Form:
        """One of them. Raises NotFound, BadInput."""
        return form_named(self.area, form_id)

    def counts(self, audit: Audit) -> bool:
        """Whether an audit is of this kind: observations are kept apart from audits."""
        return not audit.is_observation

    def fill(self, meeting: Meeting, form_id: str, earlier: Meeting | None = None) -> Filled:
        """A form filled in from the record; nothing is stored. Raises NotFound, BadInput.

        ``earlier`` is the meeting before it, else the one in the record.
        """
        form = self.form(form_id)
        issued_on = None
        referrals: tuple[Referral, ...] = ()
        if self._record is not None:
            came = self._record.referrals()
            referrals = tuple(one for one in came if one.case_id == meeting.case.id)
            earlier = earlier or self._record.previous(meeting)
            issued = [f for f in self._record.facts(meeting.id) if f.what == "issued"]
            issued_on = min((fact.day for fact in issued), default=None)
        looked = Looked(meeting, self.area, earlier, issued_on, referrals)
        return Filled(form, fill_in(form, looked))

    # -- one audit ---------------------------------------------------------------------

    def why_not(self, meeting: Meeting, form_id: str = "") -> str:
        """Why this person may not audit this meeting now; blank where they may.

        Without ``form_id`` only the person is asked about, and not how far the meeting is.
        """
        if form_id and (early := a.why_not_yet(meeting, self.form(form_id).kind)):
            return early
        return a.why_not_audit(meeting, self.who, self.record.facts(meeting.id))

    def begin(self, meeting: Meeting, form_id: str) -> Audit:
        """An audit begun, filled in from the record as it is now.

        Raises Refused for whoever chaired or minuted the meeting, for one that has nothing
        to audit yet, and where this auditor has one on this form already: ``go_on``.
        """
        self._may_audit(meeting, form_id)
        filled = self.fill(meeting, form_id)
        if any(same_person(one.auditor, self.who) and one.form.id == filled.form.id for one in self.of(meeting)):  # fmt: skip
            msg = f"{self.who} has begun form {filled.form.id} of {meeting.ref} already."
            raise Refused(msg, remedy="Go on with that one.")
        ids = [new_id() for _ in filled.form.questions]
        audit = a.begun(new_id(), meeting, filled.form, filled.given, ids, self._by())
        self.record.add_audit(audit, self._by(), command=new_id())
        return audit

    def go_on(self, meeting: Meeting, form_id: str) -> Audit:
        """This auditor's audit of the meeting on this form, begun where there is none."""
        form = self.form(form_id)
        for one in self.of(meeting):
            if same_person(one.auditor, self.who) and one.form.id == form.id:
                return one
        return self.begin(meeting, form_id)

    def of(self, meeting: Meeting) -> tuple[Audit, ...]:
        """Every audit of a meeting, by anybody, oldest first; observations are not among them."""
        return tuple(one for one in self.record.audits(meeting.id) if self.counts(one))

    def find(self, audit_id: str) -> Audit:
        """One audit by id. Raises NotFound."""
        return self.record.find_audit(audit_id)

    def answer(self, audit: Audit, question: str, option: str) -> Audit:
        """A question answered with one of its options (or ``not_applicable``), or confirmed.

        Raises Refused where something else was filled in, which is overruled; NotFound for
        an option there is not; StaleRecord where the audit changed meanwhile.
        """
        return self._save(audit, a.answered(audit, question, option, self._by()))

    def overrule(self, audit: Audit, question: str, option: str, reason: str) -> Audit:
        """Another answer than was filled in, with the reason. Raises Refused without one."""
        return self._save(audit, a.overruled(audit, question, option, reason, self._by()))

    def take_back(self, audit: Audit, question: str) -> Audit:
        """The auditor's own answer taken away; what was filled in is there again."""
        return self._save(audit, a.taken_back(audit, question, self._by()))

    def comment(self, audit: Audit, question: str, words: str, *, visit: str = "") -> Audit:
        """A comment beside a question; ``visit`` is one stay in the field."""
        return self._save(audit, a.commented(audit, question, words, self._by()), visit=visit)

    def remark(self, audit: Audit, words: str, *, visit: str = "") -> Audit:
        """What the auditor says of the whole; ``visit`` is one stay in the field."""
        return self._save(audit, a.remarked(audit, words, self._by()), visit=visit)

    def finish(self, audit: Audit) -> Audit:
        """The audit finished. Unanswered questions stay so: ``audit.unanswered`` says which."""
        return self._save(audit, a.finished(audit, self._by()))

    def reopen(self, audit: Audit) -> Audit:
        """A finished audit open again, to its auditor alone."""
        return self._save(audit, a.reopened(audit, self._by()))

    def totals(self, audit: Audit) -> tuple[Total, ...]:
        """The sums of each part of its form, of what counts now."""
        return totals(audit.form, audit.answers)

    def compare(self, first: Audit, second: Audit) -> Comparison:
        """Two auditors side by side. Raises Refused unless of one meeting on one form."""
        return a.compare(first, second)

    def _save(self, before: Audit, after: Audit, *, visit: str = "") -> Audit:
        if after is before:
            return before
        # Who chairs may have been corrected since the audit was begun.
        if why_not := self.why_not(self.record.load(before.meeting_id)):
            raise Refused(why_not, remedy="Somebody else audits it.")
        self.record.save_audit(before, after, self._by(), command=new_id(), visit=visit)
        return after

    def _may_audit(self, meeting: Meeting, form_id: str) -> None:
        why_not = self.why_not(meeting, form_id)
        if why_not:
            raise Refused(why_not, remedy=self.rule)

    # -- many --------------------------------------------------------------------------

    def lot(self, start: date, end: date, seed: str = "", percent: int | None = None) -> Lot:
        """The meetings held from ``start`` to ``end``, and those drawn of them as for ``queue``."""
        there = self.record.held_between(start, end)
        chairs = self.record.chairs(start, end)
        held = [
            MayBeDrawn(
                meeting_id=s.id, ref=s.ref, level=s.level, held_on=s.held_on,
                chair=chairs.get(s.id, ""),
            )
            for s in there
            if s.state in HELD
        ]  # fmt: skip
        seed = seed or f"{start.isoformat()}/{end.isoformat()}"
        percent = self.area.figure("sample_level_two_percent") if percent is None else percent
        return Lot(
            held=tuple(held), drawn=tuple(draw(held, seed, percent)), seed=seed, percent=percent
        )

    def queue(
        self, start: date, end: date, seed: str = "", percent: int | None = None
    ) -> tuple[Queued, ...]:
        """What is drawn of the meetings held from ``start`` to ``end``, with its audits.

        The same ``seed`` draws the same; blank is the period itself. ``percent`` is the
        share of Level 2, else the area's.
        """
        return self.queue_of(self.lot(start, end, seed, percent), start, end)

    def queue_of(self, lot: Lot, start: date, end: date) -> tuple[Queued, ...]:
        """The same of a lot that was drawn already for that period."""
        done: dict[str, list[Audit]] = {}
        for audit in filter(self.counts, self.record.audits_between(start, end)):
            done.setdefault(audit.meeting_id, []).append(audit)
        why_not: dict[str, str] = {}
        for at in range(0, len(lot.drawn), TOGETHER):
            ids = [one.meeting.meeting_id for one in lot.drawn[at : at + TOGETHER]]
            for meeting in self.record.load_many(ids).values():
                why_not[meeting.id] = self.why_not(meeting)
        return tuple(
            Queued(
                one, tuple(done.get(one.meeting.meeting_id, ())),
                why_not.get(one.meeting.meeting_id, ""),
            )
            for one in lot.drawn
        )  # fmt: skip

    def finished_between(self, start: date, end: date) -> tuple[Audit, ...]:
        """Finished audits of meetings held from ``start`` to ``end``."""
        audits = self.record.audits_between(start, end)
        return tuple(one for one in audits if one.state is AuditState.FINISHED and self.counts(one))

    def spreads(self, form_id: str, start: date, end: date) -> tuple[Spread, ...]:
        """Each question of a form over the finished audits of a period: n, mean, how often.

        Audits made with an older form count where the question and its scale are the same.
        Codes have no mean.
        """
        return spreads_of(self.form(form_id), self.finished_between(start, end))

    def today(self) -> date:
        """The day on the room's clock."""
        return room_day(self.clock())
