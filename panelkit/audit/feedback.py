"""Feedback on one meeting, to its chair and to its minute taker: strengths first, then a few steps.

Strengths are what the record answers with the best answer, or what an auditor did. Steps are
findings of rules and answers of auditors, one for each matter. A suggestion says that it is one,
and gives way where an auditor judged the matter well; what only a person can judge and nobody
has is listed and not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from panelkit.audit import BY_ID, Finding, Severity, audit_meeting, rules_for
from panelkit.audit.answering import ANSWERS, fill_in
from panelkit.audit.given import Looked
from panelkit.audit.matters import MATTERS, Matter
from panelkit.audit.withheld import Withholding
from panelkit.domain.audit_forms import (
    NOT_APPLICABLE,
    Counts,
    Form,
    FormKind,
    Given,
    How,
    Method,
    Question,
)
from panelkit.domain.auditing import Audit, AuditState, Mark, label_of
from panelkit.domain.feedback import AuditDone, Doing, Letter, Quote, Step, Strength
from panelkit.domain.vocabulary import MeetingRole, MeetingState

STEPS: Final = 5
"""Things to do next time, at most."""
STRENGTHS: Final = 6
QUOTES: Final = 2
"""Places quoted of one matter; the rest are counted."""
LONGEST: Final = 200
"""Characters quoted of one place."""
READ_WORDS: Final = 300
"""Words from which on it says something that the rules on wording found nothing [I]."""

_MINUTES: Final = {MeetingState.APPROVED: "approved", MeetingState.ISSUED: "issued"}
_ROLE: Final = {Doing.CHAIR: MeetingRole.CHAIR, Doing.MINUTES: MeetingRole.MINUTE_TAKER}


@dataclass(slots=True)
class _Judged:
    """What finished audits say of one matter."""

    well: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """Everything that letters about one meeting are made of."""

    looked: Looked
    forms: tuple[Form, ...]
    """The area's, as they are now: they say whose doing a question is."""
    audits: tuple[Audit, ...]
    """Of this meeting; those not finished are left out."""


def letters(told: Told) -> tuple[Letter, ...]:
    """A letter to the chair and one to the minute taker. Pure."""
    return tuple(_letter(told, to) for to in _ROLE)


def _letter(told: Told, to: Doing) -> Letter:
    meeting = told.looked.meeting
    hide = Withholding(told.looked.context)
    audits = tuple(one for one in told.audits if one.state is AuditState.FINISHED)
    judged, remarks = _judged(audits, told.forms, to, hide)
    steps = _steps(told, to, judged, hide)
    taken = {step.matter for step in steps}
    strengths = _strengths(told, to, judged, taken, hide)
    person = meeting.role(_ROLE[to])
    return Letter(
        to=to, name=person.name if person else "", ref=meeting.ref, held_on=meeting.held_on,
        meeting=f"{meeting.level.label} {meeting.kind.label} meeting",
        minutes=_MINUTES.get(meeting.state, "draft"),
        strengths=strengths[:STRENGTHS], steps=steps[:STEPS], left=max(0, len(steps) - STEPS),
        to_judge=tuple(_to_judge(told.forms, audits, to)), remarks=tuple(remarks),
        audits=tuple(
            AuditDone(
                form=one.form.label, auditor=one.auditor,
                finished_on=one.finished_at.date() if one.finished_at else None,
            )
            for one in audits
        ),
        fiction=meeting.case.fiction,
    )  # fmt: skip


def _mine(matter: str, to: Doing) -> bool:
    found = MATTERS.get(matter)
    return found is not None and found.doing is to


# -- what auditors said ------------------------------------------------------------------


def _matter_of(forms: Iterable[Form], audit: Audit, question: Question) -> str:
    """As the forms are now, else as the form was when the audit was begun."""
    for form in forms:
        if form.id == audit.form.id:
            for one in form.questions:
                if one.id == question.id:
                    return one.matter
    return question.matter


def is_best(question: Question, option: str) -> bool:
    """Whether an answer is the best that the question offers."""
    return bool(question.options) and question.options[0].key == option


def _is_good(question: Question, option: str) -> bool:
    """Whether a score is in the upper half of a scale of four or more: satisfactory, mostly."""
    keys = [each.key for each in question.options]
    if question.counts is Counts.CODES or option not in keys:
        return False
    return keys.index(option) < len(keys) // 2


def _judged(
    audits: Sequence[Audit], forms: Sequence[Form], to: Doing, hide: Withholding
) -> tuple[dict[str, _Judged], list[str]]:
    found: dict[str, _Judged] = {}
    remarks: list[str] = []
    for audit in audits:
        for question in audit.form.questions:
            matter = _matter_of(forms, audit, question)
            if not _mine(matter, to):
                continue
            mark = audit.mark(question.id)
            if not mark.marked_by:
                continue
            answered = mark.stands and mark.stands != NOT_APPLICABLE
            if not answered:
                if mark.comment.strip():
                    remarks.append(f"{question.id}, {question.text} {_quoted(hide(mark.comment))}")
                continue
            row = found.setdefault(matter, _Judged())
            bare = not mark.comment.strip() and not mark.reason.strip()
            met = is_best(question, mark.stands) or (bare and _is_good(question, mark.stands))
            kind = row.well if met else row.otherwise
            kind.append(_said(audit, question, mark, hide))
            row.evidence += [hide(part.sentence) for part in mark.evidence[:1]]
    return found, remarks


def _said(audit: Audit, question: Question, mark: Mark, hide: Withholding) -> str:
    answer = label_of(audit.form, question.id, mark.stands)
    option = question.option(mark.stands)
    number = ""
    if option is not None:
        coded = question.counts is Counts.CODES
        number = f" (code {option.value})" if coded else f" ({option.value} of {question.most})"
    words = [f"{question.id}, {question.text} {answer[:1].upper()}{answer[1:]}{number}."]
    words += [_quoted(hide(text)) for text in (mark.reason, mark.comment) if text.strip()]
    return " ".join(words)


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"


def _to_judge(forms: Sequence[Form], audits: Sequence[Audit], to: Doing) -> Iterator[str]:
    """Questions for people that nobody answered, on the forms audited, else on the first forms."""
    by_id = {form.id: form for form in forms}
    used = [by_id[one.form.id] for one in audits if one.form.id in by_id]
    asked = list(dict.fromkeys(form.id for form in used)) or [form.id for form in forms[:2]]
    answered = {question for one in audits for question in one.answers}
    said: set[str] = set()
    for form_id in asked:
        for question in by_id[form_id].questions:
            human = question.method is Method.HUMAN
            if human and _mine(question.matter, to) and question.id not in answered:
                if question.text not in said:
                    yield question.text
                said.add(question.text)


# -- steps -------------------------------------------------------------------------------


def _steps(
    told: Told, to: Doing, judged: dict[str, _Judged], hide: Withholding
) -> tuple[Step, ...]:
    looked = told.looked
    findings: dict[str, list[Finding]] = {}
    for finding in audit_meeting(looked.meeting, looked.area, looked.earlier):
        if _mine(finding.matter, to) and not _judged_well(finding, judged):
            findings.setdefault(finding.matter, []).append(finding)
    found: list[tuple[tuple[int, int], Step]] = []
    for order, matter in enumerate(MATTERS.values()):
        mine = findings.get(matter.id, [])
        row = judged.get(matter.id, _Judged())
        if mine or row.otherwise:
            rank = 0 if row.otherwise else 1 + min(_rank(finding) for finding in mine)
            found.append(((rank, order), _step(matter, mine, row, hide)))
    return tuple(step for _order, step in sorted(found, key=lambda pair: pair[0]))


def _judged_well(finding: Finding, judged: dict[str, _Judged]) -> bool:
    """A suggestion gives way where auditors judged its matter, and none of them otherwise."""
    row = judged.get(finding.matter)
    return BY_ID[finding.rule].reads and row is not None and bool(row.well) and not row.otherwise


def _rank(finding: Finding) -> int:
    return 2 * (finding.severity is not Severity.RED) + BY_ID[finding.rule].reads


def _step(matter: Matter, findings: list[Finding], row: _Judged, hide: Withholding) -> Step:
    first = sorted(findings, key=_rank)
    shown = first[:QUOTES]
    advice = dict.fromkeys(BY_ID[finding.rule].advice for finding in shown)
    return Step(
        matter=matter.id, title=matter.title,
        quotes=tuple(_quote(matter, finding, hide) for finding in shown),
        more=len(first) - len(shown), advice=" ".join(advice) or matter.advice, why=matter.why,
        said=(*row.otherwise, *row.well),
        is_suggestion=bool(first) and not row.otherwise and all(BY_ID[f.rule].reads for f in first),
    )  # fmt: skip


def _quote(matter: Matter, finding: Finding, hide: Withholding) -> Quote:
    place = " · ".join(part for part in (finding.item or "Case", hide(finding.place)) if part)
    if not matter.quotes:
        return Quote(place=place, words="The words hold a name and are not repeated here.")
    words = " ".join(hide(finding.evidence).split())
    return Quote(place=place, words=_cut(words))


def _cut(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    cut = f"{words[: LONGEST - 1].rstrip()}…"
    return f"{cut}”" if cut.count("“") > cut.count("”") else cut


# -- strengths ---------------------------------------------------------------------------


def _strengths(
    told: Told, to: Doing, judged: dict[str, _Judged], taken: set[str], hide: Withholding
) -> tuple[Strength, ...]:
    """What auditors judged well first, then what the record shows, then what rules suggest."""
    found: dict[str, Strength] = {}
    for matter in MATTERS.values():
        row = judged.get(matter.id)
        if row and row.well and matter.id not in taken:
            found[matter.id] = Strength(
                matter=matter.id, title=matter.title, why=matter.why, said=tuple(row.well),
                evidence=tuple(dict.fromkeys(row.evidence)),
            )  # fmt: skip
    kind = FormKind.MEETING if to is Doing.CHAIR else FormKind.CASE
    for form in sorted(told.forms, key=lambda one: one.kind is not kind):
        wanted = [q for q in form.questions if _mine(q.matter, to) and q.answer]
        asked = {q.id: q for q in wanted if q.matter not in taken and q.matter not in found}
        for given in fill_in(_only(form, asked), told.looked) if asked else ():
            matter = MATTERS[asked[given.question].matter]
            if matter.id not in found and _shows(given, asked[given.question]):
                found[matter.id] = Strength(
                    matter=matter.id, title=matter.title, why=matter.why,
                    evidence=tuple(_cut(hide(part.sentence)) for part in given.evidence),
                )  # fmt: skip
    order = list(MATTERS)
    found = dict(sorted(found.items(), key=lambda one: (not one[1].said, order.index(one[0]))))
    if to is Doing.MINUTES and (wording := _wording(told, taken | set(found))):
        found[wording.matter] = wording
    return tuple(found.values())


def _only(form: Form, asked: dict[str, Question]) -> Form:
    return replace(form, questions=tuple(asked.values()))


def _shows(given: Given, question: Question) -> bool:
    if given.how is not How.RECORDED or not is_best(question, given.option):
        return False
    # What can only ever be answered well is the program's doing and nobody's.
    return bool(given.evidence) and len(ANSWERS[question.answer].keys) > 1


_WORDING: Final = ("clear", "attributed", "wording", "afresh")


def _wording(told: Told, taken: set[str]) -> Strength | None:
    """That the rules on wording found nothing, where there were words to find something in."""
    if taken & set(_WORDING):
        return None
    words = len(told.looked.context.document.split())
    if words < READ_WORDS:
        return None
    rules = [r for r in rules_for(told.looked.area) if r.matter in _WORDING and r.reads]
    return Strength(
        matter="clear", title=MATTERS["clear"].title, why=MATTERS["clear"].why,
        evidence=(f"{words:,} words were read by {len(rules)} rules on wording, which found nothing",),
        is_suggestion=True,
    )  # fmt: skip
