"""The local questions X1 to X14, as far as the record answers them."""

from __future__ import annotations

from typing import Final

from panelkit.audit.given import (
    Looked,
    Said,
    blank,
    by_findings,
    left_out,
    listed,
    quoted,
    recorded,
    shown,
    suggested,
)
from panelkit.audit.smart import smart
from panelkit.domain import entries as e
from panelkit.domain.conditions import groups_without_measure, high_groups, staying
from panelkit.domain.deadlines import minutes_due
from panelkit.domain.decisions import views_missing, views_of
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import DecisionType, DisclosureDecision, Level, YesNo

_RATIONALE: Final = {
    "because": "the reason", "lower_insufficient": "why a lower level is not enough",
    "higher_not_needed": "why a higher one is not needed",
}  # fmt: skip


def victims_linked(looked: Looked) -> Said:
    """Victims listed, each with a measure and an owner."""
    meeting = looked.meeting
    said = meeting.live(e.VictimIssue)
    if not said and not meeting.text("A9", "victim_issues").strip():
        return recorded("no", shown("Blank", "A9", "victim_issues"))
    if found := looked.found("victims"):
        return suggested("no", *quoted(found))
    if not said:
        return blank(shown("Words at A9, and no victim listed with a measure", "A9", "victims"))
    return suggested("yes", shown(f"{len(said)} listed, each with a measure and an owner", "A9"))


def disclosure(looked: Looked) -> Said:
    """Considered, decided, with words for the reason; findings suggest that they are none."""
    meeting = looked.meeting
    lacking = []
    if meeting.value("A13", "disclosure_considered") is not YesNo.YES:
        lacking.append("considered")
    if meeting.chosen("A13", "disclosure_decision", DisclosureDecision) is None:
        lacking.append("the decision")
    if not meeting.text("A13", "disclosure_rationale").strip():
        lacking.append("the reason")
    if lacking:
        return recorded("no", shown(f"Not recorded: {', '.join(lacking)}", "A13"))
    if found := looked.found("disclosure"):
        return suggested("no", *quoted(found))
    words = meeting.text("A13", "disclosure_rationale").strip()
    return recorded("yes", shown(f"“{words}”", "A13", "disclosure_rationale"))


def restrictions(looked: Looked) -> Said:
    """Each restriction with its ground in law, its aim and its need."""
    rows = looked.meeting.live(e.Restriction)
    if not rows:
        return left_out("No restriction is listed at A12")
    bare = [r.number for r in rows if not (r.legal_basis.strip() and r.aim and r.necessary.strip())]
    if bare:
        words = f"Without ground, aim or need: {listed([f'restriction {n}' for n in bare])}"
        return recorded("no", shown(words, "A12", "restrictions"))
    if found := looked.found("restrictions"):
        return suggested("no", *quoted(found))
    return suggested("yes", shown(f"{len(rows)} with ground, aim and need", "A12", "restrictions"))


def plan_answers(looked: Looked) -> Said:
    """A measure for every high risk, and a contingency."""
    meeting = looked.meeting
    if not any(row.level for row in meeting.live(e.RiskRating)):
        return blank(shown("Not recorded: any rating", "A10", "ratings"))
    groups = [group.label.lower() for group in groups_without_measure(meeting)]
    if groups:
        return recorded("no", shown(f"No measure for high risk to: {listed(groups)}", "A11"))
    high = high_groups(meeting)
    if not high:
        return left_out("No group is rated high or very high")
    if not meeting.live(e.Contingency):
        return recorded("no", shown("No contingency", "A11", "contingencies"))
    named = listed([group.label.lower() for group in high])
    return recorded("yes", shown(f"Measures for high risk to {named}, with contingencies", "A11"))


def smart_actions(looked: Looked) -> Said:
    """The SMART score of each action set."""
    meeting = looked.meeting
    actions = [action for action in meeting.new_actions if action.is_live]
    if not actions:
        return left_out("No action was set")
    points = {action.ref: smart(action, meeting, looked.area).points for action in actions}
    good = sum(score >= 4 for score in points.values())
    if all(score == 5 for score in points.values()):
        option = "completely"
    elif good * 2 >= len(points):
        option = "mostly"
    else:
        option = "mostly_not" if good else "not_at_all"
    poor = [f"{ref} ({score} of 5)" for ref, score in points.items() if score < 4]
    evidence = [shown(f"{good} of {len(points)} actions at four or five of five", "A16", "actions")]
    if poor:
        evidence.append(shown(f"Below four: {listed(poor)}", "A16", "actions"))
    return suggested(option, *evidence)


def old_actions(looked: Looked) -> Said:
    """Each action of last time with its status and outcome."""
    actions = [action for action in looked.meeting.old_actions if action.is_live]
    if not actions:
        return left_out("No action came from an earlier meeting")
    bare = [
        action.ref
        for action in actions
        if action.status is None or not (action.outcome.strip() or action.reason_not_done.strip())
    ]
    if bare:
        return recorded("no", shown(f"Without status or outcome: {listed(bare)}", "A5", "actions"))
    return recorded("yes", shown(f"{len(actions)} with status and outcome", "A5", "actions"))


def _level_decision(looked: Looked) -> e.Decision | None:
    rows = looked.meeting.live(e.Decision)
    kinds = (DecisionType.LEVEL, DecisionType.EXIT)
    return next((row for row in rows if row.type in kinds), None)


def level_reasons(looked: Looked) -> Said:
    """The level has its reason, and why not lower and why not higher where they can be asked."""
    decision = _level_decision(looked)
    if decision is None:
        return recorded("no", shown("No decision on the level is recorded", "A15", "decisions"))
    asked = dict(_RATIONALE)
    if looked.meeting.text("A15", "level_decision") == "L3":
        asked.pop("higher_not_needed")
    if not staying(looked.meeting, looked.area):
        asked.pop("lower_insufficient", None)
    if decision.type is DecisionType.EXIT:
        asked.pop("higher_not_needed", None)
    lacking = [words for key, words in asked.items() if not getattr(decision, key).strip()]
    if lacking:
        words = f"Not recorded: {', '.join(lacking)}"
        return recorded("no", shown(words, "A15", "decisions", decision.id, decision.ref))
    because = shown(f"“{decision.because.strip()}”", "A15", "decisions.because", decision.id)
    return suggested("yes", because)


def views(looked: Looked) -> Said:
    """Each organisation's view of the level is recorded."""
    decision = _level_decision(looked)
    if decision is None or not views_of(looked.meeting, decision):
        return recorded("no", shown("No view of the level is recorded", "A15", "views"))
    missing = views_missing(looked.meeting, decision, looked.area)
    if missing:
        return suggested("no", shown(f"No view of {listed(missing)}", "A15", "views"))
    count = len(views_of(looked.meeting, decision))
    return suggested("yes", shown(f"{count} views recorded", "A15", "views"))


def lead_named(looked: Looked) -> Said:
    """A3 names the lead agency."""
    lead = looked.meeting.text("A3", "lead_agency").strip()
    return recorded("yes" if lead else "no", shown(lead or "Blank", "A3", "lead_agency"))


def issued_and_dated(looked: Looked) -> Said:
    """Issued by the day they were due, and a date for the next meeting where one is due."""
    meeting, area = looked.meeting, looked.area
    due = minutes_due(meeting, area)
    undated = staying(meeting, area) and meeting.day("A18", "next_review_date") is None
    if undated:
        return recorded("no", shown("No date for the next meeting", "A18", "next_review_date"))
    if looked.issued_on is None:
        return blank(shown(f"Not recorded: when they were issued; due by {long_date(due)}"))
    words = f"Issued on {long_date(looked.issued_on)}, due by {long_date(due)}"
    return recorded("yes" if looked.issued_on <= due else "no", shown(words))


def names(looked: Looked) -> Said:
    """Names of victims in summaries, as the rule finds them."""
    found = looked.found("victim_names")
    if found:
        return suggested("no", *quoted(found))
    return blank(shown("Nothing found by the rule: victim names"))


def active(looked: Looked) -> Said:
    """Words on managing against words of information."""
    if found := looked.found("active_management"):
        return suggested("no", *quoted(found))
    if not any(passage.item == "A7" for passage in looked.context.passages):
        return blank(shown("Nothing recorded at A7", "A7", "contributions"))
    return suggested("yes", shown("Counting words, there is no more information than management"))


def consistent(looked: Looked) -> Said:
    """Owners and organisations as in attendance, the level as at the start."""
    meeting = looked.meeting
    rows = meeting.of(e.Attendance)
    if not rows:
        return blank(shown("Not recorded: attendance", "A1", "attendance"))
    odd: list[str] = []
    for known, used in (
        ({r.name for r in rows if r.name}, [a.owner for a in meeting.new_actions if a.is_live]),
        ({r.organisation for r in rows if r.organisation}, _organisations(looked)),
    ):
        alike = {_plain(name): name for name in known}
        odd += [
            f"“{name}”, in attendance “{alike[_plain(name)]}”"
            for name in dict.fromkeys(used)
            if name and name not in known and _plain(name) in alike
        ]
    start = meeting.chosen("A3", "level_at_start", Level)
    if start is not None and start is not meeting.level:
        odd.append(f"{start.label} at A3, {meeting.level.label} in the heading")
    if odd:
        return recorded("no", shown(listed(odd)))
    return recorded("yes", shown("Names and level agree"))


def _organisations(looked: Looked) -> list[str]:
    meeting = looked.meeting
    told = [row.organisation for row in meeting.live(e.Contribution)]
    owning = [row.organisation for row in meeting.new_actions if row.is_live]
    return [*told, *owning, *(row.organisation for row in meeting.live(e.AgencyView))]


STRANGER: Final = ("acronyms", "vague", "run_on", "thin_sections")
"""Rules on what a stranger cannot follow."""


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().replace("’", "'")


def stranger(looked: Looked) -> Said:
    """Findings of the rules on what a stranger cannot follow."""
    return by_findings(looked, *STRANGER)
