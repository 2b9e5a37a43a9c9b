"""What a learner is told of the record they made, item by item: what it shows, what a reader would
look for and not find, by which rule, and what would put it right.

The same rules as every audit; nothing is scored, and what only a person can judge is left to one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from panelkit.audit import BY_ID, Finding, audit_meeting
from panelkit.audit.answering import ANSWERS, fill_in
from panelkit.audit.feedback import is_best
from panelkit.audit.forms import forms_for
from panelkit.audit.given import Looked
from panelkit.audit.matters import MATTERS
from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.audit_forms import How
from panelkit.domain.completeness import completeness
from panelkit.domain.conditions import holds
from panelkit.domain.feedback import Doing
from panelkit.domain.meeting import Meeting
from panelkit.domain.practice import ItemFeedback, Learner, LookFor, Missed, Scenario
from panelkit.domain.practice_found import is_met, words_found
from panelkit.domain.vocabulary import HELD, Stops

TOLD: Final = 12
"""Things to mend that are told at one item; the rest are counted."""
NOT_HIS: Final = {Learner.CHAIR: Doing.MINUTES, Learner.MINUTE_TAKER: Doing.CHAIR}
"""Whose matters a learner hears nothing of, unless words are to be found."""
SCENARIO: Final = "This scenario’s own question"


def feedback(scenario: Scenario, looked: Looked, since: datetime) -> tuple[ItemFeedback, ...]:
    """The case first where something is said of it, then each item of the agenda. Pure.

    What was written after ``since`` is the learner's; what stood there before is the story's.
    """
    meeting = looked.meeting
    found = audit_meeting(meeting, looked.area, looked.earlier)
    later = _written_up_after(looked)
    well = _well(scenario, looked)
    told = [
        _item(
            scenario, meeting, item, [f for f in found if f.item == item.code], well, later, since
        )
        for item in meeting.agenda
        if holds(item.held, meeting, looked.area)
    ]
    of_case = [f for f in found if not f.item]
    if of_case and any(one.reached for one in told):
        missed = _missed(scenario, of_case, later)
        if missed:
            told.insert(0, ItemFeedback(code="", title="The case", reached=True, missed=missed))
    return tuple(told)


def _item(
    scenario: Scenario, meeting: Meeting, item: AgendaItem, found: list[Finding],
    well: dict[str, list[str]], later: set[tuple[str, str, str]], since: datetime,
) -> ItemFeedback:  # fmt: skip
    if not is_reached(meeting, item, since):
        return ItemFeedback(code=item.code, title=item.title, reached=False)
    looks = [one for one in scenario.looks_for if one.item == item.code]
    met = [one for one in looks if is_met(one, meeting, scenario.role)]
    unmet = tuple(
        Missed(
            words=_not_seen(one.what, planted=bool(one.gone)), asks=one.why, better=one.better,
            source=f"{SCENARIO}, “{scenario.title}”. It looks for words, and can be wrong.",
            is_suggestion=True, later=scenario.role is Learner.MINUTE_TAKER,
        )
        for one in looks
        if one not in met
    )  # fmt: skip
    seen = [_seen(one, meeting, scenario.role) for one in met]
    return ItemFeedback(
        code=item.code, title=item.title, reached=True,
        well=(*seen, *_recorded(meeting, item, since), *well.get(item.code, ())),
        missed=(*unmet, *_missed(scenario, found, later)),
    )  # fmt: skip


def _seen(one: LookFor, meeting: Meeting, role: Learner) -> str:
    """No more than was found: words, which may say something else."""
    if one.gone:
        return f"What was planted here is gone: {one.what}."
    words = words_found(one, meeting, notes=role is Learner.CHAIR)
    return f"“{words}” stands in the record. Looked for: {one.what}."


def _not_seen(what: str, *, planted: bool) -> str:
    return (
        f"Still as it was planted here: {what}." if planted else f"Not found in the record: {what}."
    )


def is_reached(meeting: Meeting, item: AgendaItem, since: datetime) -> bool:
    """Whether the panel came to an item, or something was entered there from another."""
    if meeting.state in HELD:
        return True
    visited = any(visit.place == item.code for visit in meeting.live(e.Visit))
    return visited or bool(list(_recorded(meeting, item, since)))


def _recorded(meeting: Meeting, item: AgendaItem, since: datetime) -> Iterator[str]:
    """What somebody wrote there; what the program fills in as a meeting starts is nobody's."""
    starts = {part.started_at for part in meeting.live(e.Part)}
    labels = [
        field.label
        for field in item.fields
        if (answer := meeting.answers.get((item.code, field.key)))
        and answer.text.strip()
        and answer.typed_at is not None
        and answer.typed_at > since
        and answer.typed_at not in starts
    ]
    if labels:
        yield f"Answered: {', '.join(labels)}."
    counted = _entered(meeting, item, since)
    if counted:
        yield f"Recorded: {', '.join(f'{title.lower()}, {n}' for title, n in counted.items())}."


def _entered(meeting: Meeting, item: AgendaItem, since: datetime) -> Counter[str]:
    return Counter(
        kind.title
        for kind in e.ENTRIES
        if kind.item == item.code and kind not in (e.Presence, e.Visit, e.Part)
        for row in meeting.live(kind)
        if row.typed_at is not None and row.typed_at > since
    )


def _well(scenario: Scenario, looked: Looked) -> dict[str, list[str]]:
    """What the record answers with the best answer that an audit form has, at its item."""
    found: dict[str, list[str]] = {}
    said: set[tuple[str, str]] = set()
    for form in forms_for(looked.area):
        asked = {q.id: q for q in form.questions if q.answer and q.matter in MATTERS}
        for given in fill_in(form, looked):
            question = asked.get(given.question)
            if question is None or given.how is not How.RECORDED:
                continue
            if not is_best(question, given.option) or len(ANSWERS[question.answer].keys) < 2:  # noqa: PLR2004
                continue
            matter = MATTERS[question.matter]
            if matter.doing is NOT_HIS[scenario.role]:
                continue
            for part in given.evidence[:1]:
                if part.item and (part.item, matter.id) not in said:
                    said.add((part.item, matter.id))
                    found.setdefault(part.item, []).append(f"{matter.title}: {part.words}")
    return found


def _missed(
    scenario: Scenario, found: list[Finding], later: set[tuple[str, str, str]]
) -> tuple[Missed, ...]:
    mine = [f for f in found if MATTERS[f.matter].doing is not NOT_HIS[scenario.role]]
    every = sorted((_of_finding(finding, later) for finding in mine), key=lambda one: one.later)
    told = every[:TOLD]
    if len(mine) > TOLD:
        told.append(
            Missed(
                words=f"{len(mine) - TOLD} more places like these.",
                asks="What was left open here?", better="Take the item again from its first question.",
                source="Rules of the audit", later=True,
            )
        )  # fmt: skip
    return tuple(told)


def _of_finding(finding: Finding, later: set[tuple[str, str, str]]) -> Missed:
    rule = BY_ID[finding.rule]
    matter = MATTERS[finding.matter]
    words = " ".join(finding.evidence.split())
    if not matter.quotes:
        words = "the words hold a name and are not repeated here"
    return Missed(
        words=f"{finding.place}: {words}" if finding.place else words,
        asks=rule.asks, better=finding.advice, source=f"{rule.why} ({rule.standing.label})",
        is_suggestion=rule.reads,
        later=rule.reads or (finding.item, finding.field, finding.entry) in later,
    )  # fmt: skip


def _written_up_after(looked: Looked) -> set[tuple[str, str, str]]:
    """Places that stop approval alone: they need not be written in the room."""
    return {
        (gap.item, gap.field, gap.entry)
        for gap in completeness(looked.meeting, looked.area)
        if gap.stops is not Stops.CLOSING
    }
