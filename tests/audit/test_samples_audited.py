"""The good samples are green; of the poor one every planted fault is found and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from panelkit.areas.loader import load_area
from panelkit.audit import Finding, audit_meeting
from panelkit.domain import entries as e
from panelkit.packs.reader import read_pack
from tests.desk import SAMPLES

AREA = load_area("west_midlands")
GOOD = [path for path in sorted(SAMPLES.glob("*.toml")) if "poor" not in path.name]
POOR = SAMPLES / "poor_record.toml"
PACK = read_pack(POOR)
FINDINGS = audit_meeting(PACK.meeting, AREA, PACK.earlier[-1])


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
def test_a_good_sample_is_green(path: Path) -> None:
    pack = read_pack(path)
    found = audit_meeting(pack.meeting, AREA, pack.earlier[-1] if pack.earlier else None)
    assert [(f.rule, f.place, f.evidence) for f in found] == []


@dataclass(frozen=True)
class Fault:
    """One line of the list at the end of the poor sample."""

    item: str
    field: str
    kind: str
    text: str


def faults() -> Iterator[Fault]:
    for line in POOR.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"# FAULT  (\w+)\.(\S+)  (\w+)  (.*)", line):
            yield Fault(*found.groups())


FAULTS = [
    *faults(),
    # Named in the words of another line: no source, and not confirmed.
    Fault("A3", "key_dates.1", "source_missing", "the date has no source"),
    Fault("A6", "index_offence", "carried_not_confirmed", "the text is not confirmed"),
    Fault("A7", "contributions.5", "source_missing", "two calls about a van; no source"),
]

SHOWN_BY: dict[str, tuple[str, str]] = {
    "code_not_words": ("agenda", "W1"), "reference_missing": ("agenda", ""), "late_start": ("opening", "19 minutes late"),
    "purpose_vague": ("opening", "To review"), "not_quorate": ("room", "Probation"), "late_joiner_no_statement": ("room", "has not heard"),
    "identity_not_confirmed": ("room", "identity and a private room"), "absence_not_followed_up": ("absences", "nobody was contacted"),
    "unexplained_acronym": ("acronyms", ""), "report_not_used": ("absences", "18 November"), "statement_wording_missing": ("room", ""),
    "recording_not_answered": ("room", ""), "carried_not_confirmed": ("carried", "not confirmed"), "eligibility_end_missing": ("agenda", ""),
    "last_minutes_not_agreed": ("agenda", ""), "part_done_no_reason": ("old_actions", "not done.*which date"), "carried_not_escalated": ("old_actions", "escalate"),
    "outcome_only_done": ("old_actions", "which day.*Done"), "old_action_no_status": ("old_actions", "no status"), "action_vanished": ("old_actions", "not mentioned"),
    "no_change_unsourced": ("boilerplate", "No change"), "self_report_as_fact": ("self_report", "stopped drinking"), "subject_view_missing": ("agenda", ""),
    "organisation_not_heard": ("heard", "Children's Services"), "unsourced_belief": ("unsourced", "It is believed"), "judgemental_wording": ("judgemental", "nasty|being difficult"),
    "certainty_wording": ("certainty", "[Nn]o risk"), "kind_missing": ("sources", "blank|no source"), "victim_named": ("victim_names", "Kelly"),
    "intelligence_no_handling": ("sources", "grading.*minuting"), "source_missing": ("sources", "no source"), "no_date": ("vague", "due course|ongoing"),
    "boilerplate": ("boilerplate|diversity", "N/A|Engaging"), "adjustments_missing": ("diversity", ""), "vlo_not_recorded": ("victims", ""),
    "child_referral_missing": ("victims", ""), "marac_not_answered": ("victims", ""), "no_safety_measure": ("victims", "no owner|not mentioned"),
    "potential_victims_missing": ("victims", ""), "victim_told_missing": ("victims", ""), "group_not_rated": ("risk", "not rated"),
    "rating_reason_circular": ("rating_reasons", "Remains high"), "rating_reason_missing": ("rating_reasons", "No change"), "overall_below_groups": ("risk", ""),
    "formulation_missing": ("risk", ""), "tool_old": ("risk", "12 months"), "as_before": ("boilerplate", "As before"), "high_risk_without_measure": ("plan", "No measure"),
    "empty_pillar": ("pillars", ""), "no_contingency": ("pillars", "goes wrong"), "licence_conditions_missing": ("pillars", ""), "desistance_missing": ("pillars", ""),
    "adequate_without_fact": ("reasons", "robust and adequate"), "standard_vague": ("pillars", "Regular|TBC"), "order_terms_missing": ("pillars", "Standard plus"),
    "adequate_contradicted": ("plan", "Yes"), "restriction_not_reasoned": ("restrictions", "egal basis.*aim.*ecessary.*esser.*review"),
    "disclosure_nobody_considered": ("disclosure", "Not required"), "one_option": ("decisions", "two options"), "evidence_against_empty": ("decisions", "evidence against"),
    "reason_circular": ("reasons", "Level 2 case"), "dissent_not_handled": ("dissent", "disagreement was handled"), "views_incomplete": ("dissent", "view of every"),
    "view_after_leaving": ("dissent", "14:29"), "review_trigger_missing": ("decisions", "reopens"), "nobody_told": ("decisions", "who is told"), "subject_not_told": ("decisions", ""),
    "decision_unreasoned": ("decisions", "had to be decided.*not known.*lower.*higher.*statute.*victims"), "not_asked_otherwise": ("dissent", "sees it differently|All agreed"),
    "evidence_weak": ("reasons", "Risk remains"), "action_vague": ("smart", "monitor|Chase|liaise|posted"), "due_date_missing": ("smart", "no date"),
    "due_bank_holiday": ("smart", "28 December 2026 is not a working"), "owner_absent_not_accepted": ("smart", "was not there"), "due_weekend": ("smart", "5 December 2026 is not a working"),
    "due_after_next_meeting": ("smart", "after the next meeting"), "owner_may_not_own": ("smart", "own no action"), "success_measure_missing": ("smart", "no measure|no risk"),
    "recipient_not_approved": ("distribution", "approval"), "records_no_owner": ("agenda", ""), "review_after_backstop": ("timeliness", "20 weeks"),
    "chair_summary_missing": ("agenda", ""), "note_unplaced": ("agenda", "not placed"), "end_missing": ("agenda", ""),
}  # fmt: skip
"""By kind of fault: the rule that shows it, and what its evidence says."""

ALSO_AT = {
    ("category_basis", "carried_not_confirmed"): ("mappa_category", "lead_agency", "lead_officer"),
    ("nature_of_harm", "carried_not_confirmed"): ("who_at_risk", "triggers"),
    ("attendance.3", "unexplained_acronym"): ("attendance.6",),
    ("eligibility_end_date", "eligibility_end_missing"): ("eligibility_end_reason",),
    ("overall_rosh", "overall_below_groups"): ("overall_override_reason",),
    ("contingencies", "no_contingency"): ("contingency",),
    ("ratings", "group_not_rated"): ("rating_staff",),
    ("contributions", "organisation_not_heard"): ("unheard_Harrowmere City Council Children's Services",),
    ("measures", "high_risk_without_measure"): ("no_measure_known_adult",),
    ("victims.1", "no_safety_measure"): ("victims.vanished",),
    ("actions.2.4", "action_vanished"): ("actions.vanished",),
    ("actions", "success_measure_missing"): tuple(f"actions.3.{n}" for n in range(1, 7)),
}  # fmt: skip
"""Places that the words of a fault name beside its own."""


def places_of(finding: Finding) -> set[str]:
    """How the list of faults may name the place of a finding."""
    places = {finding.field, finding.field.removeprefix("case.")}
    rows = {row.id: row for rows in PACK.meeting.rows.values() for row in rows}
    row = rows.get(finding.entry)
    while row is not None:
        ref = row.ref if isinstance(row, e.Action) else str(row.number)
        places.add(f"{row.kind}.{ref}")
        row = rows.get(row.parent)
    return places


def shows(finding: Finding, fault: Fault) -> bool:
    rule, evidence = SHOWN_BY[fault.kind]
    wanted = {fault.field, *ALSO_AT.get((fault.field, fault.kind), ())}
    item = finding.item or "case"
    same_item = item == fault.item or (item, fault.item) == ("A2", "A1")
    return (
        bool(re.fullmatch(rule, finding.rule))
        and same_item
        and bool(wanted & places_of(finding))
        and bool(re.search(evidence, finding.evidence))
    )


def test_the_list_of_faults_is_read_whole() -> None:
    assert len(FAULTS) >= 100
    assert {fault.kind for fault in FAULTS} == set(SHOWN_BY)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.item}.{f.field}-{f.kind}")
def test_a_planted_fault_is_found(fault: Fault) -> None:
    assert any(shows(finding, fault) for finding in FINDINGS), fault


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda f: f"{f.rule}-{f.item}.{f.field}")
def test_nothing_is_found_that_is_not_there(finding: Finding) -> None:
    assert any(shows(finding, fault) for fault in FAULTS), finding
