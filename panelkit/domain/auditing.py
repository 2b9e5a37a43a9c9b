"""An audit: one auditor's answers to one form about one meeting, beside what was filled in.

Each change returns a new audit. What the record answered stands until somebody overrules
it with a reason; a suggestion counts for nothing until a person takes it up; the form is
kept as it was, so that an old audit reads and adds up as it did.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from panelkit.domain import entries as e
from panelkit.domain.audit_forms import (
    NOT_APPLICABLE,
    Counts,
    Evidence,
    Form,
    FormKind,
    Given,
    How,
    Question,
)
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.minutes import Fact, Happened
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import HELD, MeetingRole, MeetingState, Term


class AuditState(Term):
    """Where an audit is."""

    BEGUN = "begun", "begun"
    FINISHED = "finished", "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One question: what was filled in, and what the auditor made of it."""

    id: str
    question: str
    given: str = ""
    """The option that was filled in; blank where none was."""
    given_how: How = How.PERSON
    evidence: tuple[Evidence, ...] = ()
    chosen: str = ""
    """The option that the auditor took; blank while they took none."""
    reason: str = ""
    """Why what was filled in is overruled."""
    comment: str = ""
    marked_by: str = ""
    marked_at: datetime | None = None
    revision: int = 1

    @property
    def stands(self) -> str:
        """The option that counts; blank where nobody has answered. A suggestion is no answer."""
        if self.chosen:
            return self.chosen
        return self.given if self.given_how in (How.RECORDED, How.NOT_APPLICABLE) else ""

    @property
    def how(self) -> How:
        """How the answer that counts came about, or what still waits."""
        if self.stands == NOT_APPLICABLE:
            return How.NOT_APPLICABLE
        if self.chosen and self.chosen != self.given:
            return How.PERSON
        if self.chosen and self.given_how is How.SUGGESTED:
            return How.PERSON
        return self.given_how

    @property
    def is_overruled(self) -> bool:
        """Whether the auditor answered otherwise than was filled in."""
        return bool(self.given and self.chosen and self.chosen != self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One auditor, one form, one meeting."""

    id: str
    meeting_id: str
    meeting_ref: str
    form: Form
    """As it was when the audit was begun."""
    auditor: str
    begun_at: datetime
    marks: tuple[Mark, ...]
    """One for each question, in the order of the form."""
    state: AuditState = AuditState.BEGUN
    finished_at: datetime | None = None
    remarks: str = ""
    """What its auditor says of the whole, beside no single question."""
    revision: int = 1

    @property
    def is_observation(self) -> bool:
        """Whether an observer made it: counted apart from what auditors say."""
        return bool(self.form.observed_of)

    def mark(self, question: str) -> Mark:
        """What stands at a question. Raises NotFound."""
        for mark in self.marks:
            if mark.question == question:
                return mark
        msg = f"Form {self.form.id} has no question {question}."
        raise NotFound(msg)

    @property
    def answers(self) -> dict[str, str]:
        """What counts, by question; those without an answer are left out."""
        return {mark.question: mark.stands for mark in self.marks if mark.stands}

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Questions that nobody has answered."""
        return tuple(mark.question for mark in self.marks if not mark.stands)


# -- who may audit what ----------------------------------------------------------------

CHAIRS: Final = (Happened.ATTESTED, Happened.APPROVED, Happened.RETURNED)
"""Facts that only whoever chaired makes."""
MINUTES: Final = (Happened.SENT_TO_CHAIR,)
"""Facts that whoever takes the minutes makes."""


def why_not_audit(meeting: Meeting, who: str, facts: Sequence[Fact] = ()) -> str:
    """Why this person may not audit this meeting; blank where they may.

    Nobody audits a meeting they chaired or minuted, also where somebody else took over
    later, or a chair approved whose name is not on the list.
    """
    mine = _plain(who)
    if not mine:
        return "Nobody is named as the auditor."
    roles = {
        MeetingRole.CHAIR: "chaired",
        MeetingRole.MINUTE_TAKER: "took the minutes of",
    }
    for person in meeting.of(e.Attendance):
        if person.meeting_role in roles and _plain(person.name) == mine:
            return f"{who.strip()} {roles[person.meeting_role]} {meeting.ref}."
    for fact in facts:
        if fact.what in (*CHAIRS, *MINUTES) and _plain(fact.who) == mine:
            did = "chaired" if fact.what in CHAIRS else "took the minutes of"
            return f"{who.strip()} {did} {meeting.ref}."
    return ""


def why_not_yet(meeting: Meeting, kind: FormKind) -> str:
    """Why there is nothing to audit yet; blank where there is.

    A meeting may be observed while it runs; minutes are audited once it has closed.
    """
    if meeting.state is MeetingState.PLANNED:
        return f"{meeting.ref} has not started."
    if kind is FormKind.CASE and meeting.state not in HELD:
        return f"{meeting.ref} is {meeting.state.label}: there are no minutes yet."
    return ""


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


# -- steps -----------------------------------------------------------------------------


def begun(
    audit_id: str, meeting: Meeting, form: Form, given: Iterable[Given], ids: Iterable[str], by: By
) -> Audit:
    """An audit with what was filled in; ``ids`` gives one id for each question."""
    filled = {one.question: one for one in given}
    marks = []
    for question, mark_id in zip(form.questions, ids, strict=False):
        said = filled.get(question.id, Given(question=question.id, how=How.PERSON))
        marks.append(
            Mark(
                id=mark_id, question=question.id, given=said.option, given_how=said.how,
                evidence=said.evidence,
            )
        )  # fmt: skip
    return Audit(
        id=audit_id, meeting_id=meeting.id, meeting_ref=meeting.ref, form=form,
        auditor=" ".join(by.name.split()), begun_at=by.at, marks=tuple(marks),
    )  # fmt: skip


def answered(audit: Audit, question: str, option: str, by: By) -> Audit:
    """A question answered, or what was filled in confirmed.

    Raises Refused where something else was filled in: that is overruled, with a reason.
    """
    mark = _open(audit, question, by)
    audit.form.question(question).option(option)
    if mark.given and option != mark.given:
        what = "The record answers" if mark.given_how is not How.SUGGESTED else "Suggested is"
        msg = f"{question}: {what} “{label_of(audit.form, question, mark.given)}”."
        raise Refused(msg, remedy="Say why it is another with overrule.")
    return _with(audit, mark, by, chosen=option, reason="")


def overruled(audit: Audit, question: str, option: str, reason: str, by: By) -> Audit:
    """Another answer than was filled in, with the reason. Raises Refused without one."""
    mark = _open(audit, question, by)
    audit.form.question(question).option(option)
    if not reason.strip():
        raise Refused(f"Say why {question} is answered otherwise.")
    return _with(audit, mark, by, chosen=option, reason=gate(reason).text)


def taken_back(audit: Audit, question: str, by: By) -> Audit:
    """The auditor's answer taken away: what was filled in is there again."""
    mark = _open(audit, question, by)
    return _with(audit, mark, by, chosen="", reason="")


def commented(audit: Audit, question: str, words: str, by: By) -> Audit:
    """A comment beside a question; blank takes it away."""
    mark = _open(audit, question, by)
    return _with(audit, mark, by, comment=gate(words).text)


def remarked(audit: Audit, words: str, by: By) -> Audit:
    """What the auditor says of the whole; blank takes it away."""
    _must_be_auditor(audit, by)
    _must_be_open(audit)
    said = gate(words).text
    if said == audit.remarks:
        return audit
    return dataclasses.replace(audit, remarks=said, revision=audit.revision + 1)


def finished(audit: Audit, by: By) -> Audit:
    """The audit finished: it changes no more. Unanswered questions stay so, and are said.

    Raises Refused for somebody else, and for one that nobody has looked at.
    """
    _must_be_auditor(audit, by)
    _must_be_open(audit)
    if not (audit.remarks or any(mark.marked_by for mark in audit.marks)):
        msg = "The auditor has not looked at any question."
        raise Refused(msg, remedy="Confirm, overrule or answer at least one.")
    return dataclasses.replace(
        audit, state=AuditState.FINISHED, finished_at=by.at, revision=audit.revision + 1
    )


def reopened(audit: Audit, by: By) -> Audit:
    """A finished audit open again, to its auditor alone. The journal keeps both."""
    _must_be_auditor(audit, by)
    if audit.state is not AuditState.FINISHED:
        return audit
    return dataclasses.replace(
        audit, state=AuditState.BEGUN, finished_at=None, revision=audit.revision + 1
    )


def _open(audit: Audit, question: str, by: By) -> Mark:
    _must_be_auditor(audit, by)
    _must_be_open(audit)
    return audit.mark(question)


def _must_be_auditor(audit: Audit, by: By) -> None:
    if _plain(by.name) != _plain(audit.auditor):
        msg = f"This is the audit of {audit.auditor}."
        raise Refused(msg, remedy="Begin your own: both stand side by side.")


def _must_be_open(audit: Audit) -> None:
    if audit.state is AuditState.FINISHED:
        raise Refused("This audit is finished.", remedy="Its auditor can open it again.")


def _with(audit: Audit, mark: Mark, by: By, **changes: Any) -> Audit:
    changed = dataclasses.replace(mark, **changes)
    if changed == mark:
        return audit
    after = dataclasses.replace(
        changed, marked_by=by.name, marked_at=by.at, revision=mark.revision + 1
    )
    marks = tuple(after if one.id == mark.id else one for one in audit.marks)
    return dataclasses.replace(audit, marks=marks)


def label_of(form: Form, question: str, option: str) -> str:
    """An answer in words; blank for none."""
    if not option:
        return ""
    found = form.question(question).option(option)
    return found.label if found else How.NOT_APPLICABLE.label


# -- two auditors ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One question as two auditors answered it. Neither is made the other's."""

    question: Question
    first: str
    """What counts for the first; blank where unanswered."""
    second: str
    apart: int | None
    """Points between them; None for codes, and where either has no score."""

    @property
    def is_compared(self) -> bool:
        """Whether both answered."""
        return bool(self.first and self.second)

    @property
    def agrees(self) -> bool:
        """Whether both gave the same answer."""
        return self.is_compared and self.first == self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two audits side by side."""

    first: Audit
    second: Audit
    rows: tuple[Beside, ...]
    not_compared: tuple[str, ...]
    """Questions that are not the same on both forms: the form was corrected in between."""

    @property
    def agreed(self) -> tuple[int, int]:
        """How many questions got the same answer, of how many both answered."""
        both = [row for row in self.rows if row.is_compared]
        return sum(row.agrees for row in both), len(both)

    @property
    def differing(self) -> tuple[Beside, ...]:
        """Questions that both answered, and not alike: what two auditors talk over."""
        return tuple(row for row in self.rows if row.is_compared and not row.agrees)


def compare(first: Audit, second: Audit) -> Comparison:
    """Two auditors of one meeting on one form. Raises Refused for anything else."""
    if first.meeting_id != second.meeting_id or first.form.id != second.form.id:
        raise Refused("Two audits are compared of one meeting, on one form.")
    if first.id == second.id:
        raise Refused("That is one audit twice.")
    theirs = {question.id: question for question in second.form.questions}
    rows, apart = [], []
    for question in first.form.questions:
        other = theirs.pop(question.id, None)
        if other is None or other.options != question.options or other.counts != question.counts:
            apart.append(question.id)
            continue
        one, two = first.mark(question.id).stands, second.mark(question.id).stands
        rows.append(
            Beside(question=question, first=one, second=two, apart=_apart(question, one, two))
        )
    return Comparison(first=first, second=second, rows=tuple(rows), not_compared=(*apart, *theirs))


def _apart(question: Question, one: str, two: str) -> int | None:
    if question.counts is Counts.CODES or NOT_APPLICABLE in (one, two) or not (one and two):
        return None
    first, second = question.option(one), question.option(two)
    return abs(first.value - second.value) if first and second else None
