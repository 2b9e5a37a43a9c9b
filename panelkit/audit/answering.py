"""Every function that fills in a question of an audit form, once, and the filling in of a form.

A form names one of ``ANSWERS`` for a question and gives it a scale; the same function
serves every form that asks the same. Nothing here marks what only a person can judge: a
question of that method gets its evidence and stays blank, whatever the function says.
"""

from __future__ import annotations

from typing import Final

from panelkit.audit import answer_case as case
from panelkit.audit import answer_local as local
from panelkit.audit import answer_meeting as held
from panelkit.audit.given import Answer, Fill, Looked, Said
from panelkit.domain.audit_forms import Form, Given, How, Method, Question

YES_NO: Final = frozenset({"yes", "no"})
GRADE: Final = frozenset({"excellent", "satisfactory", "unsatisfactory", "poor"})
DEGREE: Final = frozenset({"mostly", "mostly_not"})
MISSING: Final = frozenset({"all", "one_missing", "more_missing"})
NOTHING: Final[frozenset[str]] = frozenset()


def _says(fill: Fill, keys: frozenset[str]) -> Answer:
    return Answer(fill, keys, (fill.__doc__ or "").strip().split("\n")[0])


ANSWERS: Final[dict[str, Answer]] = {
    "referral_date": _says(case.referral_date, NOTHING),
    "referral_form": _says(case.referral_form, NOTHING),
    "first_plan": _says(case.first_plan, NOTHING),
    "attended": _says(case.attended, MISSING),
    "invited": _says(case.invited, MISSING),
    "reports": _says(case.reports, frozenset({"all", "most", "mostly_not", "none"})),
    "reports_some": _says(case.reports_some, frozenset({"all", "some", "none"})),
    "lead_report": _says(case.lead_report, YES_NO),
    "clear": _says(case.clear, DEGREE),
    "category": _says(case.category, YES_NO),
    "level": _says(case.level, frozenset({"yes"})),
    "agenda": _says(case.agenda, YES_NO),
    "agenda_seen": _says(case.agenda_seen, NOTHING),
    "exchanged": _says(case.exchanged, YES_NO),
    "considered": _says(case.considered, DEGREE),
    "diversity": _says(case.diversity, YES_NO),
    "risk": _says(case.risk, DEGREE),
    "not_sent_record": _says(held.not_sent_record, NOTHING),
    "on_time": _says(held.on_time, GRADE),
    "purpose": _says(held.purpose, GRADE - {"excellent"}),
    "introductions": _says(held.introductions, GRADE),
    "statement": _says(held.statement, GRADE),
    "time": _says(held.time_spent, GRADE - {"excellent"}),
    "everybody_heard": _says(held.everybody_heard, GRADE),
    "dissent": _says(held.dissent, frozenset({"satisfactory", "unsatisfactory"})),
    "victims_grade": _says(held.victims_grade, GRADE - {"excellent"}),
    "diversity_grade": _says(held.diversity_grade, GRADE - {"excellent"}),
    "summary": _says(held.summary, NOTHING),
    "victims_linked": _says(local.victims_linked, YES_NO),
    "disclosure": _says(local.disclosure, YES_NO),
    "restrictions": _says(local.restrictions, YES_NO),
    "plan_answers": _says(local.plan_answers, YES_NO),
    "smart": _says(
        local.smart_actions, frozenset({"completely", "mostly", "mostly_not", "not_at_all"})
    ),
    "old_actions": _says(local.old_actions, YES_NO),
    "level_reasons": _says(local.level_reasons, YES_NO),
    "views": _says(local.views, YES_NO),
    "stranger": _says(local.stranger, DEGREE),
    "lead_named": _says(local.lead_named, YES_NO),
    "issued_and_dated": _says(local.issued_and_dated, YES_NO),
    "names": _says(local.names, frozenset({"no"})),
    "active": _says(local.active, YES_NO),
    "consistent": _says(local.consistent, YES_NO),
}
"""By the name that a form of audit calls it."""


def fill_in(form: Form, looked: Looked) -> tuple[Given, ...]:
    """What the record says to each question of the form, in its order. Pure."""
    return tuple(_given(question, looked) for question in form.questions)


def _given(question: Question, looked: Looked) -> Given:
    if not question.answer:
        return Given(question=question.id, how=How.PERSON)
    said = ANSWERS[question.answer].fill(looked)
    how, option = _allowed(question.method, said)
    return Given(question=question.id, how=how, option=option, evidence=said.evidence)


def _allowed(method: Method, said: Said) -> tuple[How, str]:
    """What may stand for a question of this method."""
    if method is Method.HUMAN:
        return How.PERSON, ""
    if method is Method.HEUR and said.how is How.RECORDED:
        return How.SUGGESTED, said.option
    return said.how, said.option
