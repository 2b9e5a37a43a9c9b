"""Decisions and actions: reasons that would stand, dissent that is handled, actions that can be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from panelkit.audit.context import Context
from panelkit.audit.finding import Found, Severity
from panelkit.audit.owed import owed
from panelkit.audit.smart import smart
from panelkit.domain import entries as e
from panelkit.domain.attendance import present, stay_of
from panelkit.domain.completeness import name_of
from panelkit.domain.decisions import names_evidence
from panelkit.domain.vocabulary import EvidenceSide, View

READ: Final = 20_000
_FACTS: Final = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:E|V|D)\d|\b\d+ (?:of|days?|weeks?|months?|years?|times|appointments?|tests?|visits?)\b|"
    r"\b(?:arrest\w*|convict\w*|assault\w*|breach\w*|threat\w*|recall\w*|tests?|tag|polygraph|assessment|SARA|OASys|order|zone|curfew|licence condition\w*)\b",
    re.IGNORECASE,
)  # fmt: skip
_PRAISE: Final = re.compile(r"\b(?:adequate|robust|appropriate|proportionate|sufficient|satisfactory|suitable|comprehensive|content|satisfied)\b", re.IGNORECASE)  # fmt: skip
_AGREED: Final = re.compile(r"\b(?:all agreed|all agree|everyone agreed|everybody agreed|unanimous(?:ly)?|the panel (?:all )?agreed|full agreement|consensus)\b", re.IGNORECASE)  # fmt: skip
_DONE_BEFORE: Final = 0.5
"""Share of the meeting: who left before it was not there when the level was decided [I]."""


def decisions(context: Context) -> Iterator[Found]:
    """Each decision meets the tests of a defensible one; the level has a record."""
    yield from owed(context, "decisions")


def reasons(context: Context) -> Iterator[Found]:
    """Reasons that name a fact or a source, not the conclusion over again."""
    meeting = context.meeting
    for decision in meeting.live(e.Decision):
        because = decision.because.strip()[:READ]
        if because and not _FACTS.search(because) and not names_evidence(meeting, decision):
            yield Found(
                item=decision.at_item or "A15", field="decisions.because", entry=decision.id,
                place=name_of(decision), evidence=f"“{because[:300]}” names no source and no fact",
                advice="Because of what, found by whom, when? Name the evidence (E1).",
            )  # fmt: skip
        for row in meeting.under(e.Evidence, decision.id):
            said = row.text.strip()
            if said and row.side is not EvidenceSide.UNKNOWN and len(said.split()) < 4 and not row.on.strip() and not re.search(r"\d", said):  # fmt: skip
                yield Found(
                    item=decision.at_item or "A15", field="evidence.text", entry=row.id,
                    place=f"{decision.ref}, {name_of(row)}", evidence=f"“{said}” is offered as evidence",
                    advice="Say what happened, when, and who recorded it.",
                )  # fmt: skip
    for item, key in (("A11", "rmp_adequate_reason"), ("A15", "cppc_reason")):
        said = meeting.text(item, key).strip()[:READ]
        if said and _is_praise(said):
            yield Found(
                item=item, field=key, place=context.label(item, key),
                evidence=f"“{said[:300]}” has no fact after it",
                advice="Say which measure answers which risk.",
            )  # fmt: skip


def _is_praise(said: str) -> bool:
    words = len(said.split())
    bare = len(re.findall(r"\d|[A-Z]{2,}\d?|\b[VRM]\d", said)) == 0
    return bare and ((words < 16 and bool(_PRAISE.search(said))) or words < 4)


def dissent(context: Context) -> Iterator[Found]:
    """Everyone's view is recorded while they are there, and disagreement is answered."""
    meeting = context.meeting
    yield from owed(context, "dissent")
    gone = dict(_left_early(context))
    for decision in meeting.live(e.Decision):
        views = meeting.under(e.AgencyView, decision.id)
        against = [view.organisation for view in views if view.view is View.DISAGREE]
        for view in views:
            spoke = view.view in (View.AGREE, View.DISAGREE, View.ABSTAIN)
            if spoke and view.organisation in gone:
                yield Found(
                    item=decision.at_item or "A15", field="views.view", entry=view.id,
                    place=f"{decision.ref}, {view.organisation}",
                    evidence=f"“{view.view.label if view.view else ''}”, though it had left at {gone[view.organisation]}",
                    advice="Record that it had left, or when it gave its view.",
                )  # fmt: skip
        words = [decision.because, decision.decision, meeting.text("A16", "dissent_summary")]
        words += [view.note for view in views]
        agreed = next((found for text in words if (found := _AGREED.search(text[:READ]))), None)
        if against and agreed:
            yield Found(
                item=decision.at_item or "A15", field="views.note", entry=decision.id,
                place=name_of(decision), evidence=f"“{agreed[0]}” stands beside a disagreement of {', '.join(against)}",
                advice="Say who disagreed, why, and how it was answered.",
            )  # fmt: skip


def _left_early(context: Context) -> Iterator[tuple[str, str]]:
    """Organisations whose people had all left in the first half, or before A15 was opened."""
    meeting = context.meeting
    starts = [stay.at for stay in meeting.live(e.Presence) if stay.at]
    if not starts:
        return
    opened = [v.opened_at for v in meeting.live(e.Visit) if v.place == "A15" and v.opened_at]
    here: dict[str, list[datetime | None]] = {}
    for person in present(meeting):
        here.setdefault(person.organisation, []).append(stay_of(meeting, person).left_at)
    for organisation, left in here.items():
        if not left or any(at is None for at in left):
            continue
        last = max(at for at in left if at is not None)
        if last < (min(opened) if opened else _middle(context)):
            from panelkit.domain.timescales import LONDON

            yield organisation, last.astimezone(LONDON).strftime("%H:%M")


def _middle(context: Context) -> datetime:
    """Half-way through the time booked, counted from when most were told the statement."""
    meeting = context.meeting
    at = [p.at for p in meeting.live(e.Presence) if p.at]
    heard = [p.at for p in meeting.live(e.Presence) if p.at and p.what and p.what.value == "statement"]  # fmt: skip
    start = min(heard or at)
    return start + timedelta(minutes=meeting.booked_minutes * _DONE_BEFORE)


_PARTLY: Final = " that can be seen"


def smart_actions(context: Context) -> Iterator[Found]:
    """Each new action scored; red where two tests or more fail, amber at one or a day not worked."""
    for action in context.meeting.new_actions:
        if not action.is_live:
            continue
        score = smart(action, context.meeting, context.area, context.seen)
        if not score.missing:
            continue
        yield Found(
            item="A16", field="actions", entry=action.id, place=name_of(action),
            evidence=f"“{action.text.strip()[:200]}” scores {score.points} of {score.of}{_PARTLY if score.unseen else ''}: {'; '.join(score.missing)}",
            severity=Severity.RED if score.of - score.points > 1 else Severity.AMBER,
        )  # fmt: skip


def active_management(context: Context) -> Iterator[Found]:
    """At least as many words on risk, plan and decisions as on exchanging information."""
    told = managed = 0
    for passage in context.passages:
        words = len(passage.text.split())
        if passage.item == "A7":
            told += words
        elif passage.item in ("A10", "A11", "A12", "A13", "A15", "A16"):
            managed += words
    if told >= 100 and managed < told:
        yield Found(
            item="A7", field="contributions", place="The whole meeting",
            evidence=f"{told} words of information, {managed} of risk, plan and decisions",
        )  # fmt: skip


def summary_covers(context: Context) -> Iterator[Found]:
    """The chair's summary names every group at high risk."""
    from panelkit.domain.conditions import high_groups

    said = context.meeting.text("A18", "chair_summary").casefold()
    words = {"children": "child", "public": "public", "known_adult": "adult", "staff": "staff", "prisoners": "prison", "self": "self"}  # fmt: skip
    for group in high_groups(context.meeting) if said.strip() else ():
        if words[str(group)] not in said and not re.search(r"\bv\d", said):
            yield Found(
                item="A18", field="chair_summary", place="Chair's summary",
                evidence=f"Does not mention the high risk to: {group.label.lower()}",
            )  # fmt: skip


def concise(context: Context) -> Iterator[Found]:
    """Minutes short enough to be read before the next meeting."""
    words = sum(len(passage.text.split()) for passage in context.passages)
    if words > 6000:
        yield Found(item="", field="words", place="The whole minutes", evidence=f"{words} words")


def thin_sections(context: Context) -> Iterator[Found]:
    """No section of analysis in a handful of words."""
    from panelkit.audit.words import ANALYSIS, at, is_empty

    for passage in context.passages:
        if passage.field in ANALYSIS and not passage.entry and not is_empty(passage.text) and len(passage.text.split()) < 8:  # fmt: skip
            yield at(passage, f"“{passage.text.strip()}”")
