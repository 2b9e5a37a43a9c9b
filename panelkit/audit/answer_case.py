"""Questions of the case audits, K and S11, as far as the record answers them."""

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
from panelkit.domain import entries as e
from panelkit.domain.attendance import needed_agencies
from panelkit.domain.audit_forms import Evidence
from panelkit.domain.conditions import category_of
from panelkit.domain.decisions import names_evidence
from panelkit.domain.fields import long_date
from panelkit.domain.referrals import Referral
from panelkit.domain.required import Required, required_organisations, without_invitation
from panelkit.domain.vocabulary import (
    Category,
    LevelDecision,
    MeetingState,
    ReportStatus,
    YesNo,
)

PROSE: Final = (
    "acronyms", "vague", "judgemental", "unsourced", "run_on", "concise", "boilerplate",
)  # fmt: skip


def referral_date(looked: Looked) -> Said:
    """When each referral came and was answered, and when the first meeting was; a person judges."""
    live = [one for one in looked.referrals if one.is_live]
    if not live:
        return blank(shown("No referral recorded"))
    return blank(*(shown(words) for one in live for words in _referral(one)), *_first(looked))


def _referral(one: Referral) -> tuple[str, ...]:
    came = f"{one.ref} from {one.organisation}: received on {long_date(one.received_on)}"
    said = one.settled
    if said is None:
        return (came, f"{one.ref}: {one.state}")
    level = f" at {said.level_given.label}" if said.level_given else ""
    days = (said.decided_on - one.received_on).days
    answered = f"{said.decision.label.lower()}{level} on {long_date(said.decided_on)}"
    return (came, f"{one.ref}: {answered}, {_days(days)} later")


def _first(looked: Looked) -> tuple[Evidence, ...]:
    """The first meeting, where this is it or the one before it."""
    first = next((m for m in (looked.meeting, looked.earlier) if m and m.number == 1), None)
    if first is None or first.state is MeetingState.PLANNED:
        return (shown("Not in sight from here: the day of the first meeting"),)
    accepted = [
        one.settled.decided_on
        for one in looked.referrals
        if one.is_live and one.settled and one.settled.decision.accepts
    ]
    before = [day for day in accepted if day <= first.held_on]
    after = f", {_days((first.held_on - max(before)).days)} after the acceptance" if before else ""
    return (shown(f"First meeting held on {long_date(first.held_on)}{after}"),)


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def referral_form(_looked: Looked) -> Said:
    """The record does not hold the referral."""
    return blank(shown("Not recorded: the referral itself"))


def first_plan(_looked: Looked) -> Said:
    """The record does not say whether the lead agency sent a first plan."""
    return blank(shown("Not recorded: whether the lead agency had made a first plan"))


def _missing(looked: Looked) -> tuple[tuple[Required, ...], tuple[Required, ...], str]:
    """Those required, those of them who did not come, and why that is not known."""
    required = required_organisations(looked.meeting, looked.area)
    unknown = [row.organisation for row in required if row.came is None]
    if unknown:
        return required, (), f"Not recorded: whether {listed(unknown)} came"
    if not required:
        whom = "who was required" if looked.meeting.live(e.Attendance) else "attendance"
        return required, (), f"Not recorded: {whom}"
    return required, tuple(row for row in required if not row.came), ""


def attended(looked: Looked) -> Said:
    """Of those marked as required: all, one missing, two or more missing."""
    required, missing, why_not = _missing(looked)
    if why_not:
        return blank(shown(why_not, "A1", "attendance"))
    names = [row.organisation for row in missing]
    evidence = [
        shown(
            f"{len(required) - len(missing)} of {len(required)} required came", "A1", "attendance"
        )
    ]
    if names:
        evidence.append(shown(f"Missing: {listed(names)}", "A1", "attendance"))
    if without_invitation(looked.meeting, looked.area):
        evidence.append(shown("Of some it is not recorded whether they were required", "A1"))
    option = "all" if not missing else "one_missing" if len(missing) == 1 else "more_missing"
    return recorded(option, *evidence)


def _reports(looked: Looked) -> tuple[int, int] | Said:
    _required, missing, why_not = _missing(looked)
    if why_not:
        return blank(shown(why_not, "A1", "attendance"))
    if not missing:
        return left_out("Nobody who was required was absent")
    unknown = [row.organisation for row in missing if row.reported is None]
    if unknown:
        return blank(shown(f"Not recorded: whether {listed(unknown)} reported", "A1"))
    return sum(bool(row.reported) for row in missing), len(missing)


def reports(looked: Looked) -> Said:
    """Of those required and absent: all reported, most, mostly not, none."""
    counted = _reports(looked)
    if isinstance(counted, Said):
        return counted
    sent, of = counted
    option = "all" if sent == of else "most" if sent * 2 >= of else "mostly_not" if sent else "none"
    return recorded(option, shown(f"{sent} of {of} absent sent a report", "A1", "attendance"))


def reports_some(looked: Looked) -> Said:
    """Of those required and absent: all reported, some, none."""
    counted = _reports(looked)
    if isinstance(counted, Said):
        return counted
    sent, of = counted
    option = "all" if sent == of else "some" if sent else "none"
    return recorded(option, shown(f"{sent} of {of} absent sent a report", "A1", "attendance"))


def invited(looked: Looked) -> Said:
    """Agencies that a quorum needs: invited, one not, more not."""
    rows = looked.meeting.live(e.Attendance)
    if not rows:
        return blank(shown("Not recorded: who was invited", "A1", "attendance"))
    there = {row.agency for row in rows}
    needed = needed_agencies(looked.meeting, looked.area)
    missing = [agency.label for agency in needed if agency not in there]
    if not missing:
        return suggested("all", shown("Every agency that a quorum needs was invited", "A1"))
    option = "one_missing" if len(missing) == 1 else "more_missing"
    return suggested(option, shown(f"Not invited: {listed(missing)}", "A1", "attendance"))


def lead_report(looked: Looked) -> Said:
    """A report of the lead agency was received or not."""
    lead = looked.meeting.text("A3", "lead_agency").strip()
    if not lead:
        return blank(shown("Not recorded: which agency leads", "A3", "lead_agency"))
    rows = [row for row in looked.meeting.live(e.Attendance) if row.organisation == lead]
    states = {row.report for row in rows if row.report}
    if ReportStatus.RECEIVED in states:
        return recorded("yes", shown(f"Report of {lead} received", "A1", "attendance.report"))
    if states:
        return recorded("no", shown(f"No report of {lead} received", "A1", "attendance.report"))
    return blank(shown(f"Not recorded: whether {lead} sent a report", "A1", "attendance.report"))


def clear(looked: Looked) -> Said:
    """Findings of the rules on wording."""
    return by_findings(looked, *PROSE)


def category(looked: Looked) -> Said:
    """The category is confirmed at A3."""
    if looked.meeting.chosen("A3", "mappa_category", Category) is None:
        return recorded("no", shown("Blank", "A3", "mappa_category", place="Category"))
    return recorded("yes", shown(category_of(looked.meeting).label, "A3", "mappa_category"))


def level(looked: Looked) -> Said:
    """The heading of the minutes always says the level; A15 says the next."""
    meeting = looked.meeting
    decided = meeting.chosen("A15", "level_decision", LevelDecision)
    evidence = [shown(f"{meeting.level.label}, in the heading")]
    if decided is None:
        evidence.append(shown("The level decided is blank", "A15", "level_decision"))
    else:
        evidence.append(shown(f"Decided: {decided.label}", "A15", "level_decision"))
    return recorded("yes", *evidence)


def _left_out_items(looked: Looked) -> list[str]:
    """Items that owe something and of which nothing was said, nor parked with a reason."""
    meeting = looked.meeting
    owing = {gap.item for gap in looked.context.gaps}
    said = {
        place[0]
        for place, answer in meeting.answers.items()
        if answer.text.strip() and not answer.is_unconfirmed
    }
    for kind in e.ENTRIES:
        for row in meeting.live(kind):
            if not row.is_unconfirmed:
                # An action of last time belongs to A5 and says nothing of A16.
                old = isinstance(row, e.Action) and row.set_at != meeting.number
                said.add("A5" if old else str(getattr(row, "at_item", "") or row.item))
    return [item.code for item in meeting.agenda if item.code in owing and item.code not in said]


def agenda(looked: Looked) -> Said:
    """Every item that owes something has something recorded, or is parked."""
    missing = _left_out_items(looked)
    if missing:
        return recorded("no", shown(f"Nothing recorded at {listed(missing)}"))
    return recorded("yes", shown("Every item has something recorded, or does not apply"))


def agenda_seen(looked: Looked) -> Said:
    """The same as evidence only."""
    return blank(*agenda(looked).evidence)


def exchanged(looked: Looked) -> Said:
    """Two or more organisations with more than a nil return."""
    names = list(
        dict.fromkeys(
            row.organisation
            for row in looked.meeting.live(e.Contribution)
            if row.text.strip() and row.nil_return is not YesNo.YES and row.organisation
        )
    )
    words = f"Told by {len(names)}: {listed(names)}" if names else "Nothing told by anybody"
    return recorded("yes" if len(names) >= 2 else "no", shown(words, "A7", "contributions"))


def considered(looked: Looked) -> Said:
    """Findings on reasons and decisions; how many decisions name their evidence."""
    meeting = looked.meeting
    decisions = meeting.live(e.Decision)
    naming = sum(names_evidence(meeting, decision) for decision in decisions)
    said = by_findings(looked, "decisions", "reasons", "rating_reasons")
    words = f"{naming} of {len(decisions)} decisions name their evidence"
    return Said(said.how, said.option, (shown(words, "A15", "decisions"), *said.evidence))


def diversity(looked: Looked) -> Said:
    """No where A8 is blank or says no; its words suggest the rest."""
    meeting = looked.meeting
    answer = meeting.chosen("A8", "diversity_considered", YesNo)
    if answer is not YesNo.YES:
        words = "Blank" if answer is None else "No"
        return recorded("no", shown(words, "A8", "diversity_considered", place="Considered"))
    if found := looked.found("diversity"):
        return suggested("no", *quoted(found))
    for key in ("adjustments", "diversity_needs"):
        if words := meeting.text("A8", key).strip():
            return suggested("yes", shown(f"“{words}”", "A8", key))
    return suggested("no", shown("Yes, and no words", "A8", "diversity_considered"))


def risk(looked: Looked) -> Said:
    """Findings on risk, its reasons, the plan and its pillars."""
    return by_findings(looked, "risk", "rating_reasons", "plan", "pillars")
