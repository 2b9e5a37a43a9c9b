"""Sections 10 to 18: why we met, what was said, risk, plan, rights, disclosure, media."""

from __future__ import annotations

from panelkit.documents.compose.parts import (
    NOT_RECORDED,
    Source,
    column,
    labelled,
    labelled_fields,
    or_blank,
    pieces,
    printed,
    told,
)
from panelkit.documents.tree import Block, Facts, Paragraph, SubHeading
from panelkit.domain import entries as e
from panelkit.domain.conditions import groups_without_measure
from panelkit.domain.fields import fields_of, short_date
from panelkit.domain.returns import is_from_return
from panelkit.domain.sharing import WITHHELD
from panelkit.domain.starting import group_order
from panelkit.domain.vocabulary import Pillar, YesNo


def reason(source: Source) -> list[Block]:
    """Why the case was referred, or what changed, and where things stand."""
    keys = (
        "reason_for_referral",
        "changes_since_last",
        "subject_view",
        "youth_education_welfare",
        "representation",
    )
    blocks = source.facts((("A6", k) for k in keys), alt="Reason for the meeting", blanks=False)
    return (
        blocks
        + source.facts([("A6", "current_circumstances")], alt="Current circumstances")
        + source.parked("A6")
    )


def information(source: Source) -> list[Block]:
    """What each organisation said; who had nothing; who declined."""
    told_ = source.rows(e.Contribution)
    spoken = [c for c in told_ if c.nil_return is not YesNo.YES or c.text.strip() or c.withdrawn]
    nothing = [c for c in told_ if c.nil_return is YesNo.YES and c.is_live and c not in spoken]
    nil = [c.organisation for c in nothing if not is_from_return(c)]
    by_return = [f"{c.organisation} ({c.source})" for c in nothing if is_from_return(c)]

    def summary(c: e.Contribution) -> str:
        if c.minuting_agreed is YesNo.NO:
            return f"Held by {c.organisation}; not minuted at its request."
        declined = labelled("Declined to share more: ", c.declined)
        if c.nil_return is YesNo.YES:
            return pieces("Nothing to add.", c.text, declined)
        return pieces(c.text, declined) if declined else or_blank(c.text, NOT_RECORDED)

    def kind(c: e.Contribution) -> str:
        parts = [printed(c.info_type) or NOT_RECORDED, c.grading]
        parts += ["About a third party"] if c.third_party is YesNo.YES else []
        parts += ["Originator agrees to minuting"] if c.minuting_agreed is YesNo.YES else []
        return "\n".join(x for x in parts if x)

    blocks: list[Block] = list(source.table(e.Contribution, [
        (column("Organisation", 1.3, strong=True), lambda c: f"{c.organisation}\n{c.given_by}".strip()),
        (column("Kind", 1), kind), (column("What was said", 4), summary), (column("Source", 1.1), lambda c: c.source),
        (column("New", 0.5), lambda c: told(c.is_new) if c.is_new else ""),
    ], spoken, alt="Information shared"))  # fmt: skip
    if nil:
        blocks.append(Paragraph(f"Asked, and had nothing to add: {'; '.join(nil)}.", "body"))
    if by_return:
        blocks.append(
            Paragraph(f"Had nothing to add, as it wrote: {'; '.join(by_return)}.", "body")
        )
    if not told_:
        blocks.append(Paragraph(NOT_RECORDED, "note"))
    return blocks + notes(source) + source.parked("A7")


def notes(source: Source) -> list[Block]:
    """Notes not yet written up elsewhere; a settled note is in its section's words."""
    open_notes = [n for n in source.rows(e.Note) if n.settled is not YesNo.YES]
    return source.table(e.Note, [
        (column("Note", 0.5), lambda n: str(n.number)), (column("Item", 0.6), lambda n: n.place or "not placed"),
        (column("Said by", 1.2), lambda n: n.speaker), (column("Kind", 1), lambda n: printed(n.info_type)), (column("Words", 3.5), lambda n: n.text),
    ], open_notes, alt="Notes not yet written up", caption="Notes not yet written up")  # fmt: skip


def diversity(source: Source) -> list[Block]:
    """Needs, what they change, and that it was considered."""
    blocks = source.facts(
        (("A8", k) for k in ("diversity_considered", "diversity_needs", "adjustments")),
        alt="Diversity",
    )
    return (
        blocks
        + source.facts(
            [("A8", "youth_considerations")], alt="Considerations for a child", blanks=False
        )
        + source.parked("A8")
    )


def victims(source: Source) -> list[Block]:
    """Victims by reference, what they asked for, what keeps them safe."""
    keys = ("vlo_status", "victim_issues", "potential_victims", "children_at_risk", "marac_link")
    more = ("children_referral", "victim_requested_conditions", "victim_told")
    blocks = source.facts((("A9", k) for k in keys), alt="Victim issues")
    blocks += source.facts((("A9", k) for k in more), alt="More on victims", blanks=False)
    blocks += source.table(e.VictimIssue, [
        (column("Ref", 0.5, strong=True), lambda r: r.ref), (column("Relationship", 1.2), lambda r: r.relationship),
        (column("Contact scheme", 1), lambda r: printed(r.vcs_status) or NOT_RECORDED),
        (column("View, conditions asked for", 1.8), lambda r: r.view), (column("Safety measure", 1.8), lambda r: r.safety_measure),
        (column("Owner", 1), lambda r: r.owner),
    ], source.rows(e.VictimIssue), alt="Victims")  # fmt: skip
    return blocks + source.parked("A9")


def risk(source: Source) -> list[Block]:
    """Each group by level, what moved it, the tools, and the five questions."""
    ratings = sorted(source.rows(e.RiskRating), key=group_order)
    blocks: list[Block] = list(source.table(e.RiskRating, [
        (column("Group", 1.1, strong=True), lambda r: printed(r.group)), (column("Last time", 0.8), lambda r: printed(r.last)),
        (column("Level now", 0.9, strong=True), lambda r: printed(r.level) or NOT_RECORDED), (column("Change", 0.7), lambda r: printed(r.change)),
        (column("Because", 3.6), lambda r: r.because),
    ], ratings, alt="Risk of serious harm by group", caption="Risk of serious harm"))  # fmt: skip
    blocks += source.facts([("A10", "overall_rosh")], alt="Overall risk")
    blocks += source.facts(
        [("A10", "overall_override_reason")], alt="Overall below the highest group", blanks=False
    )
    blocks += source.table(e.RiskTool, [
        (column("Tool", 1.4), lambda r: r.tool), (column("Score or band", 1.8), lambda r: r.result),
        (column("Date", 1, keep=True), lambda r: short_date(r.on)), (column("By", 1.2), lambda r: r.assessor),
    ], source.rows(e.RiskTool), alt="Assessment tools", caption="Assessment tools")  # fmt: skip
    keys = (
        "who_at_risk",
        "nature_of_harm",
        "imminence",
        "triggers",
        "protective_factors",
        "formulation",
    )
    blocks += source.facts((("A10", k) for k in keys), alt="Risk assessment")
    blocks += source.facts(
        (("A10", k) for k in ("scenario", "agency_disagreement")),
        alt="Scenario and disagreement",
        blanks=False,
    )
    return blocks + source.parked("A10")


def plan(source: Source) -> list[Block]:
    """One table a pillar, contingency, licence, orders, and whether it answers the risks."""
    blocks: list[Block] = []
    measures = source.rows(e.Measure)
    for pillar in (*Pillar, None):
        mine = [m for m in measures if m.pillar is pillar]
        if not mine and pillar is None:
            continue
        blocks.append(SubHeading(pillar.label if pillar else "Pillar not recorded"))
        found = source.table(e.Measure, [
            (column("Ref", 0.5, strong=True), lambda r: r.ref), (column("Measure", 2.3), lambda r: r.text), (column("Risk it answers", 1.1), lambda r: printed(r.risk) or NOT_RECORDED),
            (column("Organisation and owner", 1.4), lambda r: f"{r.organisation}\n{r.owner}".strip()), (column("Start", 1.1), lambda r: r.start),
            (column("Frequency or standard", 1.8), lambda r: r.standard),
        ], mine, alt=f"Measures: {pillar.label if pillar else 'other'}")  # fmt: skip
        blocks += found or [Paragraph("No measure recorded.", "note")]
    blocks.append(SubHeading("Contingency"))
    blocks += source.table(e.Contingency, [
        (column("If", 2), lambda r: r.trigger), (column("Then", 2), lambda r: r.response), (column("Who", 1.2), lambda r: r.who), (column("Within", 0.9), lambda r: r.within),
    ], source.rows(e.Contingency), alt="Contingency") or [Paragraph("No contingency recorded.", "note")]  # fmt: skip
    blocks += source.table(e.Order, [
        (column("Order or control", 1.5), lambda r: printed(r.control)), (column("Terms", 3), lambda r: r.terms),
        (column("Made", 0.9, keep=True), lambda r: short_date(r.made_on)), (column("Ends", 0.9, keep=True), lambda r: short_date(r.ends_on)),
    ], source.rows(e.Order), alt="Orders and controls", caption="Orders and controls")  # fmt: skip
    keys = ("accommodation", "desistance", "rmp_adequate", "rmp_adequate_reason")
    blocks += source.facts(
        (("A11", k) for k in ("licence_conditions", "gaps", "not_required_reason", "staff_warned")),
        alt="Licence and gaps",
        blanks=False,
    )
    blocks += source.facts((("A11", k) for k in keys), alt="The plan as a whole")
    bare = groups_without_measure(source.meeting)
    if bare:
        blocks.append(
            Paragraph(
                f"High or very high, and no measure answers it: {', '.join(g.label for g in bare)}.",
                "warning",
            )
        )
    return blocks + source.parked("A11")


def restrictions(source: Source) -> list[Block]:
    """Each restriction with its basis, aim, necessity and the lesser option."""
    blocks: list[Block] = list(source.table(e.Restriction, [
        (column("Measure", 1.6), lambda r: r.measure), (column("Legal basis", 1.2), lambda r: r.legal_basis), (column("Aim", 1), lambda r: printed(r.aim)),
        (column("Necessary because", 1.7), lambda r: r.necessary), (column("Lesser option rejected because", 1.7), lambda r: r.lesser_rejected),
        (column("Review", 1), lambda r: r.review),
    ], source.rows(e.Restriction), alt="Restrictive measures"))  # fmt: skip
    if not blocks:
        blocks.append(Paragraph("No restrictive measure was recorded at this meeting.", "note"))
    blocks += source.facts([("A12", "hr_considered")], alt="Human rights")
    return (
        blocks
        + source.facts([("A12", "hr_note")], alt="Note on human rights", blanks=False)
        + source.parked("A12")
    )


def disclosure(source: Source) -> list[Block]:
    """The decision on disclosure, its reason, and each disclosure in detail."""
    blocks = source.facts(
        (
            ("A13", k)
            for k in ("disclosure_considered", "disclosure_decision", "disclosure_rationale")
        ),
        alt="Disclosure",
    )
    keys = (
        "disclosure_trigger",
        "disclosure_defer_until",
        "s327a_applies",
        "s327a_considered",
        "s327a_presumption",
        "s327a_reason",
        "scheme_referral",
    )
    blocks += source.facts(
        (("A13", k) for k in keys), alt="Disclosure, statutory duty", blanks=False
    )
    for row in source.rows(e.Disclosure):
        blocks.append(SubHeading(f"Disclosure {row.number}"))
        if row.id in source.held.entries:
            blocks.append(Paragraph(WITHHELD, "warning"))
            continue
        stamp = source.stamp(row)
        rows = labelled_fields(source.meeting, row, fields_of(e.Disclosure))
        blocks.append(Facts(rows or (("Recorded", NOT_RECORDED),), f"Disclosure {row.number}"))
        if stamp:
            blocks.append(Paragraph(stamp, "note"))
    return blocks + source.parked("A13")


def media(source: Source) -> list[Block]:
    """Interest of media or community, who leads, the line."""
    keys = ("media_risk", "press_lead", "holding_line", "spokesperson", "community_plan")
    return source.facts(
        (("A14", k) for k in keys), alt="Media and community", blanks=False
    ) + source.parked("A14")
