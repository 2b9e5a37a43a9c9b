"""Questions of the meeting audits, L and S12, as far as the record answers them."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from panelkit.audit.answer_case import diversity
from panelkit.audit.given import (
    Looked,
    Said,
    blank,
    graded,
    listed,
    quoted,
    recorded,
    shown,
    suggested,
)
from panelkit.domain import entries as e
from panelkit.domain.attendance import (
    organisations_to_hear,
    organisations_unheard,
    present,
    stay_of,
)
from panelkit.domain.conditions import high_groups
from panelkit.domain.fields import show_text
from panelkit.domain.vocabulary import PresenceKind, RiskGroup, View, YesNo

PLANNING: Final = frozenset(f"A{number}" for number in range(10, 17))
"""Items of risk, plan and decisions."""


def not_sent_record(_looked: Looked) -> Said:
    """The record does not say when invitations and papers went out."""
    return blank(shown("Not recorded: when invitations and papers were sent"))


def on_time(looked: Looked) -> Said:
    """Actual against booked start, in the area's minutes."""
    booked, began = (looked.meeting.value("A1", key) for key in ("scheduled_start", "actual_start"))
    if not isinstance(booked, time) or not isinstance(began, time):
        return blank(shown("Not recorded: the booked or the actual start", "A1", "actual_start"))
    late = (began.hour - booked.hour) * 60 + began.minute - booked.minute
    words = f"Booked for {booked:%H:%M}, began at {began:%H:%M}"
    for grade in ("excellent", "satisfactory", "unsatisfactory"):
        if late <= looked.area.figure(f"audit_start_{grade}_minutes"):
            return recorded(grade, shown(words, "A1", "actual_start"))
    return recorded("poor", shown(words, "A1", "actual_start"))


def purpose(looked: Looked) -> Said:
    """A purpose is written, or not."""
    words = looked.meeting.text("A1", "purpose_statement").strip()
    place = {"item": "A1", "field": "purpose_statement", "place": "Purpose"}
    if not words:
        return suggested("poor", shown("Blank", **place))
    found = [f for f in looked.found("opening") if f.field == "purpose_statement"]
    if found:
        return suggested("unsatisfactory", *quoted(found))
    return suggested("satisfactory", shown(f"“{words}”", **place))


def introductions(looked: Looked) -> Said:
    """Those present with a role recorded and identity confirmed."""
    people = present(looked.meeting)
    if not people:
        return blank(shown("Not recorded: who was there", "A1", "attendance"))
    done = [p for p in people if p.role.strip() and p.identity is YesNo.YES]
    words = f"{len(done)} of {len(people)} with a role and identity confirmed"
    return graded(len(done), len(people), shown(words, "A1", "attendance"))


def statement(looked: Looked) -> Said:
    """The statement was given, and to how many of those present."""
    meeting = looked.meeting
    given = meeting.value("A2", "confidentiality_statement")
    place = {"item": "A2", "field": "confidentiality_statement"}
    if given is None:
        return recorded("poor", shown("Blank: nothing says that it was given", **place))
    people = present(meeting)
    heard = [p for p in people if stay_of(meeting, p).heard_statement_at]
    if not any(row.what is PresenceKind.STATEMENT for row in meeting.live(e.Presence)):
        words = f"{show_text(given)}; who heard it is not recorded"
        return suggested("satisfactory", shown(words, **place))
    words = f"{show_text(given)}; heard by {len(heard)} of {len(people)}"
    return graded(len(heard), len(people), shown(words, **place))


def time_spent(looked: Looked) -> Said:
    """The share of the time that went to risk, plan and decisions."""
    spent: dict[str, float] = {}
    for visit in looked.meeting.live(e.Visit):
        if visit.opened_at and visit.left_at:
            seconds = (visit.left_at - visit.opened_at).total_seconds()
            spent[visit.place] = spent.get(visit.place, 0.0) + max(0.0, seconds)
    total = sum(spent.values())
    if total < 60:
        return blank(shown("Not recorded: how long each item took"))
    share = round(100 * sum(spent.get(item, 0.0) for item in PLANNING) / total)
    words = f"{share} % of {round(total / 60)} minutes on A10 to A16"
    wanted = looked.area.figure("audit_planning_time_percent")
    grades = ((wanted, "satisfactory"), (wanted / 2, "unsatisfactory"), (0, "poor"))
    return recorded(next(grade for least, grade in grades if share >= least), shown(words))


def everybody_heard(looked: Looked) -> Said:
    """Organisations with words or a nil return, of those there."""
    to_hear = organisations_to_hear(looked.meeting, looked.area)
    if not to_hear:
        return blank(shown("Not recorded: which organisations were there", "A1", "attendance"))
    unheard = organisations_unheard(looked.meeting, looked.area)
    words = f"{len(to_hear) - len(unheard)} of {len(to_hear)} heard"
    if unheard:
        words += f"; neither words nor a nil return of {listed(unheard)}"
    return graded(len(to_hear) - len(unheard), len(to_hear), shown(words, "A7", "contributions"))


def dissent(looked: Looked) -> Said:
    """Views that differ, what was done about them, whether anybody was asked."""
    meeting = looked.meeting
    if not meeting.live(e.Decision):
        return blank(shown("Not recorded: any decision", "A15", "decisions"))
    if found := looked.found("dissent"):
        return recorded("unsatisfactory", *quoted(found))
    differing = [v for v in meeting.live(e.AgencyView) if v.view is View.DISAGREE]
    if differing:
        names = listed([view.organisation for view in differing])
        words = f"Disagreeing: {names}; what was done about it is recorded"
        return recorded("satisfactory", shown(words, "A15", "views"))
    if not meeting.live(e.AgencyView):
        return blank(shown("Not recorded: anybody's view", "A15", "views"))
    return suggested("satisfactory", shown("Views are recorded; nobody disagreed", "A15", "views"))


def victims_grade(looked: Looked) -> Said:
    """Poor where A9 is blank; findings suggest the rest."""
    said = looked.meeting.live(e.VictimIssue)
    words = [looked.meeting.text("A9", key) for key in ("victim_issues", "potential_victims")]
    if not said and not any(text.strip() for text in words):
        return recorded("poor", shown("Blank", "A9", "victim_issues"))
    if found := looked.found("victims"):
        return suggested("unsatisfactory", *quoted(found))
    evidence = [shown(f"“{text.strip()}”", "A9") for text in words if text.strip()]
    if said:
        evidence.append(shown(f"{len(said)} victims listed", "A9", "victims"))
    return suggested("satisfactory", *evidence)


def diversity_grade(looked: Looked) -> Said:
    """As the case audit's question, graded."""
    said = diversity(looked)
    grade = {"yes": "satisfactory", "no": "poor" if said.how == "recorded" else "unsatisfactory"}
    return Said(said.how, grade[said.option], said.evidence)


_NAMED: Final = {
    RiskGroup.CHILDREN: r"\bchild|\bson\b|\bdaughter|\bboy|\bgirl",
    RiskGroup.PUBLIC: r"\bpublic|\bstranger|\bcommunity",
    RiskGroup.KNOWN_ADULT: r"\badult|\bpartner|\bwife|\bhusband|\bmother|\bfather|\bvictim",
    RiskGroup.STAFF: r"\bstaff|\bofficer|\bworker",
    RiskGroup.PRISONERS: r"\bprison",
    RiskGroup.SELF: r"\bself|\bsuicid|\bhimself|\bherself",
}
"""Words by which a group is spoken of; only to help a reader find it."""


def summary(looked: Looked) -> Said:
    """Which groups at high risk the chair's summary speaks of; a person judges."""
    words = looked.meeting.text("A18", "chair_summary").strip()
    if not words:
        return blank(shown("Blank", "A18", "chair_summary", place="Chair's summary"))
    silent = [
        group.label.lower()
        for group in high_groups(looked.meeting)
        if not re.search(_NAMED[group], words[:20_000], re.IGNORECASE)
    ]
    evidence = [shown(f"“{words}”", "A18", "chair_summary")]
    if silent:
        evidence.append(shown(f"Perhaps not spoken of: high risk to {listed(silent)}"))
    return blank(*evidence)
