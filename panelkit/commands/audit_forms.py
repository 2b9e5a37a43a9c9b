"""An audit form filled in from the record, on paper: what is recorded, suggested, left to a person."""

from __future__ import annotations

from typing import Any, Final

from panelkit.audit import Severity
from panelkit.commands.printing import say, say_json
from panelkit.domain.audit_forms import Counts, Form, Given, How, Question
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.wiring import Settings, about, who_works

MARKS: Final = {
    How.RECORDED: "recorded",
    How.SUGGESTED: "suggested, to be confirmed",
    How.PERSON: "for a person to judge",
    How.NOT_APPLICABLE: "does not apply",
}


def form(
    settings: Settings, ref: str, form_id: str, *, everything: bool, as_json: bool, fail_on: str
) -> int:
    """One form of one meeting; the exit code is that of its findings, as without a form."""
    from panelkit.commands import audit
    from panelkit.services.auditing import Auditing
    from panelkit.services.audits import Audits

    if everything or not ref:
        msg = "A form is filled in for one meeting."
        raise BadInput(msg, remedy="Name its reference, or the path of a pack.")
    if fail_on not in audit.FAIL_ON:
        raise BadInput(f"--fail-on is one of {', '.join(audit.FAIL_ON)}.")
    with about(settings, ref, "an audit form") as it:
        meeting = it.meeting
        found = Auditing(it.record, it.area).audit(meeting, it.earlier)
        audits = Audits(it.record, it.area, settings.clock, who_works(settings, it.record))
        filled = audits.fill(meeting, form_id, it.earlier)
    held = (meeting.ref, meeting.title, long_date(meeting.held_on))
    if as_json:
        say_json({**audit.as_data(found), "forms": as_data(filled)})
    else:
        say_form(held, filled)
        red, amber = (found.count(severity) for severity in (Severity.RED, Severity.AMBER))
        say(f"\n{red} red and {amber} amber findings: panelkit audit {ref}")
    failing = {"red": (Severity.RED,), "amber": tuple(Severity), "none": ()}[fail_on]
    return int(any(found.count(severity) for severity in failing))


def as_data(filled: Any) -> dict[str, Any]:
    """Each part of the form, as other programs read it; more keys may be added.

    A code stands under ``code`` and never under ``score``: it is not to be averaged. What is
    only suggested stands under ``suggested``: the scores that are there add up to the sum.
    """
    from panelkit.audit.scoring import CodeCount, part_of

    form: Form = filled.form
    given = {one.question: one for one in filled.given}
    parts: dict[str, Any] = {}
    for total in filled.totals:
        questions = [q for q in form.questions if part_of(form, q) == total.part]
        codes = isinstance(total, CodeCount)
        parts[total.part] = {
            "official": questions[0].official,
            "label": form.label if questions[0].official else f"{form.id}, local questions",
            "title": form.title,
            "seen": form.seen,
            "complete": form.complete,
            "unseen": form.unseen,
            "answers": [_answer(question, given[question.id]) for question in questions],
            "score": None if codes else total.score,
            "max": None if codes else total.most,
            "percent": None if codes or total.percent is None else round(total.percent, 1),
            "unanswered": list(total.unanswered),
        }
    return parts


def _answer(question: Question, given: Given) -> dict[str, Any]:
    option = question.option(given.option) if given.option else None
    value = option.value if option and given.how is not How.NOT_APPLICABLE else None
    counts = given.how is not How.SUGGESTED
    scored = question.counts is Counts.SCORES
    return {
        "id": question.id, "question": question.text, "method": str(question.method),
        "score": value if scored and counts else None, "max": question.most,
        "code": value if counts and not scored else None,
        "suggested": None if counts else value,
        "answer": given.option, "label": option.label if option else "",
        "how": str(given.how), "evidence": given.words,
        "source": question.source, "standing": question.standing,
    }  # fmt: skip


def say_form(held: tuple[str, str, str], filled: Any) -> None:
    """The form, section by section, then the sums."""
    form: Form = filled.form
    given = {one.question: one for one in filled.given}
    say("  ".join(held))
    say(f"{form.label}  {form.title}, {form.place}")
    say(f"Source: {form.source}.")
    if not form.complete:
        say(f"Not the whole form: {form.unseen}.")
    say("Question and scale are the published form's, the wording is ours.")
    section = ""
    for question in form.questions:
        heading = question.section if question.official else "Local questions, of no published form"
        if heading != section:
            section = heading
            say(f"\n{section}")
        _say(question, given[question.id])
    say("")
    for total in filled.totals:
        say(sum_in_words(total))


def _say(question: Question, given: Given) -> None:
    option = question.option(given.option) if given.option else None
    if given.how is How.NOT_APPLICABLE:
        what = "not applicable"
    elif option is None:
        what = "[ ]"
    elif question.counts is Counts.CODES:
        what = f"code {option.value}, {option.label}"
    else:
        what = f"{option.value} of {question.most}, {option.label}"
    say(f"\n  {question.id}  {question.text}")
    say(f"      {what}  ({MARKS[given.how]})")
    for part in given.evidence:
        say(f"      – {part.sentence}")


def sum_in_words(total: Any) -> str:
    """``K: 13 of 19, 68 %, from 6 answers; 8 unanswered``."""
    from panelkit.audit.scoring import CodeCount

    if isinstance(total, CodeCount):
        said = f"{total.part}: codes, not added up: {total.best} of {total.answered} answers are code 1"
    elif total.percent is None:
        said = f"{total.part}: nothing answered"
    else:
        said = f"{total.part}: {total.score} of {total.most}, {total.percent:.0f} %, from {total.answered} answers"
    rest = []
    if total.unanswered:
        rest.append(f"unanswered: {', '.join(total.unanswered)}")
    if total.not_applicable:
        rest.append(f"not applicable: {', '.join(total.not_applicable)}")
    return "; ".join([said, *rest])
