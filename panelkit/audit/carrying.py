"""What came from last time: carried words confirmed, nothing copied, no action lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from panelkit.audit.context import Context, Passage
from panelkit.audit.finding import Found, Severity
from panelkit.audit.owed import owed
from panelkit.audit.words import at
from panelkit.domain import entries as e
from panelkit.domain.fields import long_date

ALIKE: Final = 85.0
"""Per cent alike before words count as copied [I, audit notes section 8]."""
ALIKE_REASON: Final = 90.0
"""The same for the reason of a decision [I, defensible decisions section 5]."""
COMPARED: Final = 12_000
"""Characters compared: two texts alike so far are alike."""
SHORTEST: Final = 8
"""Words: shorter answers may well be the same twice."""

JUDGED_AFRESH: Final = frozenset(
    {"changes_since_last", "current_circumstances", "subject_view", "victim_issues", "potential_victims",
     "imminence", "formulation", "rmp_adequate_reason", "disclosure_rationale", "chair_summary",
     "purpose_statement", "subject_told", "victim_told", "contributions.text", "ratings.because",
     "decisions.because", "s327a_considered", "s327a_reason", "who_at_risk", "protective_factors"}
)  # fmt: skip
"""Where a review must say how things stand now; facts of the past may read the same."""

_ONLY_DONE: Final = re.compile(
    r"\W*(?:(?:all |now |was |has been |is )?(?:done|complete[d]?|actioned|closed|finished|achieved|discharged|met)|yes|ok|noted|n/?a)(?: (?:as (?:agreed|required|requested)|on time|in full))?\W*\Z",
    re.IGNORECASE,
)


def carried(context: Context) -> Iterator[Found]:
    """What the program brought forward has been confirmed or rewritten by a person."""
    texts = {(p.item, p.field): p for p in context.passages if not p.entry}
    entries = {p.entry: p for p in context.passages if p.entry}
    for found in owed(context, "carried"):
        key = found.field.removeprefix("carried_")
        passage = entries.get(found.entry) if found.entry else texts.get((found.item, key))
        stamp = _stamp(context, found, key)
        words = f"“{_short(passage.text)}”, " if passage else ""
        yield replace(
            found,
            field=key,
            evidence=f"{words}carried from {stamp}, not confirmed" if stamp else found.evidence,
            place=passage.label if passage else context.label(found.item, key),
            advice="Ask whether it still holds; confirm it or write it anew.",
        )


def _stamp(context: Context, found: Found, key: str) -> str:
    if not found.entry:
        answer = context.meeting.answers.get((found.item, key))
        return answer.carried_from if answer else ""
    rows = (row for rows in context.meeting.rows.values() for row in rows)
    return next((row.carried_from for row in rows if row.id == found.entry), "")


def copied(context: Context) -> Iterator[Found]:
    """Words typed again as they stood at the last meeting."""
    if context.earlier is None:
        return
    before = {_slot(p): p for p in context.earlier_passages}
    confirmed = {place for place, answer in context.meeting.answers.items() if answer.carried_from}
    for passage in context.passages:
        if passage.field not in JUDGED_AFRESH or (passage.item, passage.field) in confirmed:
            continue
        was = before.get(_slot(passage))
        if was is None:
            continue
        limit = ALIKE_REASON if passage.field.startswith("decisions.") else ALIKE
        share = _alike(passage.text, was.text, limit)
        if share >= limit:
            yield at(
                passage,
                f"“{_short(passage.text)}” is {int(share)} % the same as on {long_date(context.earlier.held_on)}",
            )


def _slot(passage: Passage) -> tuple[str, ...]:
    """What a passage is compared with: the same field, of the same speaker, group or kind."""
    return (passage.item, passage.field, passage.label if passage.entry else "")


def _alike(now: str, was: str, limit: float) -> float:
    now, was = now[:COMPARED], was[:COMPARED]
    if len(now.split(None, SHORTEST)) < SHORTEST:
        return 0.0
    return fuzz.ratio(now, was, score_cutoff=limit)


def _short(text: str) -> str:
    plain = " ".join(text[:400].split())
    return plain if len(plain) <= 90 else f"{plain[:89]}…"


def old_actions(context: Context) -> Iterator[Found]:
    """Every action of last time is here, with what became of it in words."""
    meeting = context.meeting
    grouped = {found.entry: found for found in owed(context, "old_actions")}
    for action in meeting.old_actions:
        if action.is_live and _ONLY_DONE.match(action.outcome) and action.outcome.strip():
            said = f"The outcome says only “{action.outcome.strip()}”"
            found = grouped.get(action.id)
            grouped[action.id] = Found(
                item="A5", field="actions.outcome", entry=action.id, place=f"Action {action.ref}",
                evidence=f"{found.evidence}; {said}" if found else said,
                advice="Say what it changed, not that it was done.",
                severity=None if found else Severity.AMBER,
            )  # fmt: skip
    for found in grouped.values():
        yield replace(found, place=found.place or found.evidence.partition(" has")[0])
    if context.earlier is None or context.earlier.number != meeting.number - 1:
        return
    here = {action.ref for action in meeting.of(e.Action)}
    for action in context.earlier.live(e.Action):
        open_then = action.set_at == context.earlier.number or (
            action.status is not None and action.status.outstanding
        )
        if open_then and action.ref not in here:
            yield Found(
                item="A5", field="actions.vanished", place=f"Action {action.ref}",
                evidence=f"“{_short(action.text)}”, set for {action.owner}, is not mentioned",
                advice="No action is left without a status.",
            )  # fmt: skip
