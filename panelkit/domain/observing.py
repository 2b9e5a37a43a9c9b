"""Observations: what somebody who sat in a meeting and took no part in it saw and heard.

An observation is an audit on the part of a form that such a person can judge. That part is a
form of its own, ``L-observed``, so that nothing that adds up, spreads or compares by form can
put it together with what auditors say. The record answers nothing in it: an observer who is
shown an answer first is no independent observer, and what the record says of the case is not
theirs to read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final

from panelkit.domain import auditing as a
from panelkit.domain import entries as e
from panelkit.domain.audit_forms import Form
from panelkit.domain.auditing import Audit
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.vocabulary import AgencyType, InviteRole

ENDING: Final = "-observed"
"""What the id of an observed form ends in."""


def observed(form: Form) -> Form:
    """The part of a form that an observer answers, as a form of its own.

    Raises Refused for a form that asks nothing a person can see in the room.
    """
    if form.observed_of:
        return form
    questions = tuple(question for question in form.questions if question.observed)
    if not questions:
        msg = f"Form {form.id} asks nothing that an observer of a meeting can judge."
        raise Refused(msg, remedy="Use L or S12.")
    return dataclasses.replace(
        form, id=f"{form.id}{ENDING}", observed_of=form.label, questions=questions
    )


# -- who may observe -------------------------------------------------------------------


def why_not_observe(meeting: Meeting, who: str) -> str:
    """Why this person is no observer of this meeting; blank where they may be one.

    Beside the rule of every audit (nobody who chaired or minuted): whoever spoke for an
    agency took part, and whoever is recorded as absent saw nothing.
    """
    for person in meeting.of(e.Attendance):
        if not same_person(person.name, who):
            continue
        takes_part = person.agency is not None and person.agency.takes_part
        if takes_part and person.invited is not InviteRole.OBSERVER:
            return f"{who.strip()} took part in {meeting.ref} and did not observe it."
        if person.status is not None and not person.status.present:
            return f"{who.strip()} is recorded as absent from {meeting.ref}."
    return ""


def lay_advisers(meeting: Meeting) -> tuple[str, ...]:
    """The names of the lay advisers on the attendance list."""
    names = (p.name.strip() for p in meeting.of(e.Attendance) if p.agency is AgencyType.LAY)
    return tuple(dict.fromkeys(name for name in names if name))


def is_listed(meeting: Meeting, who: str) -> bool:
    """Whether this person is on the attendance list at all."""
    return any(same_person(person.name, who) for person in meeting.of(e.Attendance))


def same_person(one: str, other: str) -> bool:
    """Names are compared without regard to capitals and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


# -- a whole sheet at once -------------------------------------------------------------


def is_untouched(audit: Audit) -> bool:
    """Whether nobody has put anything into it yet."""
    return not audit.remarks and not any(mark.marked_by for mark in audit.marks)


def handed_in(
    audit: Audit, answers: Mapping[str, str], comments: Mapping[str, str], remarks: str, by: By
) -> Audit:
    """Everything that a sheet says, as one change; what it leaves blank is blank.

    Raises NotFound for an answer that a question does not offer, Refused where the audit is
    finished or is somebody else's.
    """
    after = audit
    for mark in audit.marks:
        option = answers.get(mark.question, "")
        if option != mark.chosen:
            after = a.taken_back(after, mark.question, by)
            after = a.answered(after, mark.question, option, by) if option else after
        after = a.commented(after, mark.question, comments.get(mark.question, ""), by)
    return _one_change(audit, a.remarked(after, remarks, by))


def _one_change(before: Audit, after: Audit) -> Audit:
    """The same with every revision counted up once, however many steps it took."""
    marks = tuple(
        dataclasses.replace(now, revision=was.revision + (now != was))
        for was, now in zip(before.marks, after.marks, strict=True)
    )
    return dataclasses.replace(after, marks=marks)
