"""Sections 19 to 25: decisions, actions, dissent, summary, next meeting, distribution, addenda."""

from __future__ import annotations

from typing import Final

from panelkit.documents.compose.parts import (
    NOT_RECORDED,
    AsPrinted,
    Source,
    column,
    detail,
    labelled,
    labelled_fields,
    pieces,
    placed,
    printed,
    told,
)
from panelkit.documents.tree import (
    Block,
    Bullets,
    Facts,
    Labelled,
    Paragraph,
    ParagraphKind,
    SubHeading,
    Table,
)
from panelkit.domain import entries as e
from panelkit.domain.amending import what_changed
from panelkit.domain.attendance import organisations_present
from panelkit.domain.fields import fields_of, long_date, short_date
from panelkit.domain.minutes import Fact, Happened, last
from panelkit.domain.quick import risk_in_words
from panelkit.domain.sharing import WITHHELD, distribution_list
from panelkit.domain.transfers import standing
from panelkit.domain.vocabulary import EvidenceSide, View, YesNo

PRINTED: Final = frozenset(
    {
        Happened.SENT_TO_CHAIR, Happened.RETURNED, Happened.REOPENED, Happened.APPROVED,
        Happened.APPROVAL_WITHDRAWN, Happened.ISSUED, Happened.AMENDED,
    }
)  # fmt: skip
"""Facts that the minutes tell of themselves."""
GIVE_REASON: Final = frozenset({Happened.APPROVED, Happened.REOPENED})
"""Facts whose reason prints."""
FIRST = ("question", "decision", "power", "decided_by", "because")


def decisions(source: Source) -> list[Block]:
    """Every decision as a record: options, evidence each way, views, reason, what reopens it."""
    blocks: list[Block] = []
    for kind in (e.DecisionOption, e.Evidence, e.AgencyView, e.Told):
        source.kinds.add(kind.kind)
    for row in source.rows(e.Decision):
        if row.id in source.held.entries:
            blocks += [SubHeading(row.ref), Paragraph(WITHHELD, "warning")]
            continue
        blocks.append(SubHeading(f"{row.ref}  {row.type.label if row.type else 'Decision'}"))
        if source.stamp(row) or source.restriction(row):
            blocks.append(
                Paragraph(
                    " · ".join(x for x in (source.stamp(row), source.restriction(row)) if x), "note"
                )
            )
        described = {f.key: f for f in fields_of(e.Decision)}
        head = tuple(
            (described[k].label, placed(source.meeting, row, described[k], NOT_RECORDED))
            for k in FIRST
        )
        blocks.append(Facts(head, f"Decision {row.ref}"))
        blocks += _weighed(source, row)
        rest = [f for k, f in described.items() if k not in (*FIRST, "type", "at_item")]
        more = labelled_fields(source.meeting, row, rest)
        if more:
            blocks.append(Facts(more, f"Decision {row.ref}, basis and effects"))
    if not blocks:
        blocks.append(Paragraph(NOT_RECORDED, "note"))
    keys = ("level_decision", "effective_date")
    more_keys = (
        "exit_reason",
        "cppc_considered",
        "cppc_reason",
        "resources_committed",
        "after_eligibility",
        "transfer",
        "subject_told",
    )
    blocks += [
        SubHeading("Level of management"),
        *source.facts((("A15", k) for k in keys), alt="Level decision"),
    ]
    return (
        blocks
        + source.facts((("A15", k) for k in more_keys), alt="Level decision, more", blanks=False)
        + transfers(source)
        + source.parked("A15")
    )


def transfers(source: Source) -> list[Block]:
    """A transfer to another area: whose it is, how far, who holds the plan; a sentence of the program's
    own, so that no set of minutes says that a panel transferred a case."""
    rows = source.rows(e.Transfer)
    table = source.table(e.Transfer, [
        (column("Owned by", 1.3), lambda r: r.owner), (column("Receiving area", 1.3), lambda r: pieces(r.to_area, r.coordinator)),
        (column("Asked", 0.9, keep=True), lambda r: printed(r.asked_on)),
        (column("Decided there", 1.4), lambda r: pieces(printed(r.answer), printed(r.answered_on), r.answered_by, printed(r.level_there))),
        (column("Joint meeting", 0.9, keep=True), lambda r: printed(r.joint_on)),
        (column("Plan held by", 1.3), lambda r: pieces(r.plan_holder, f"handed over on {printed(r.handed_over_on)}" if r.handed_over_on else "")),
        (column("Why", 1.6), lambda r: r.why),
    ], rows, alt="Transfer to another area", caption="Transfer to another area")  # fmt: skip
    said = [
        Paragraph(standing(row), "note")
        for row in rows
        if row.is_live and row.id not in source.held.entries
    ]
    return [*table, *said]


def _weighed(source: Source, row: e.Decision) -> list[Block]:
    meeting = source.meeting
    blocks: list[Block] = list(source.table(e.DecisionOption, [
        (column("Option", 1.6, strong=True), lambda r: pieces(r.option, "(chosen)" if r.chosen is YesNo.YES else "")),
        (column("For", 2), lambda r: r.favour), (column("Against", 2), lambda r: r.against),
    ], [o for o in meeting.of(e.DecisionOption) if o.parent == row.id], alt=f"Options for {row.ref}", caption="Options considered"))  # fmt: skip
    sides = list(EvidenceSide)
    evidence = sorted(
        (x for x in meeting.of(e.Evidence) if x.parent == row.id),
        key=lambda x: (sides.index(x.side) if x.side else 9, x.number),
    )
    blocks += source.table(e.Evidence, [
        (column("Ref", 0.5), lambda r: r.ref), (column("Points", 0.8, strong=True), lambda r: printed(r.side) or NOT_RECORDED), (column("Evidence", 3), lambda r: r.text),
        (column("Source", 1.3), lambda r: r.source or NOT_RECORDED), (column("Date", 1.2), lambda r: r.on), (column("Kind", 0.9), lambda r: printed(r.info_type)),
    ], evidence, alt=f"Evidence for {row.ref}", caption="Evidence")  # fmt: skip
    given = {v.organisation: v for v in meeting.of(e.AgencyView) if v.parent == row.id}
    names = list(dict.fromkeys([*organisations_present(meeting, source.area), *given]))
    views = [
        given.get(name) or e.AgencyView(id="", parent=row.id, organisation=name) for name in names
    ]
    blocks += source.table(e.AgencyView, [
        (column("Organisation", 1.8, strong=True), lambda r: r.organisation), (column("View", 1.6), lambda r: r.view.label if r.view else NOT_RECORDED),
        (column("In their words", 2.6), lambda r: r.note),
    ], views, alt=f"Views on {row.ref}", caption="Views")  # fmt: skip
    return blocks + source.table(e.Told, [
        (column("Told", 2), lambda r: r.who), (column("By whom", 1.6), lambda r: r.by_whom), (column("By", 1.2), lambda r: printed(r.by_when)),
    ], [t for t in meeting.of(e.Told) if t.parent == row.id], alt=f"Who is told of {row.ref}", caption="Who is told")  # fmt: skip


def actions(source: Source) -> list[Block]:
    """Actions set at this meeting, then earlier ones that go on."""
    meeting = source.meeting
    source.kinds.add("actions")
    blocks: list[Block] = list(source.table(e.Action, [
        (column("Ref", 0.5, keep=True, strong=True), lambda r: r.ref), (column("Action", 2.4), lambda r: pieces(r.text, r.why, f"Set by {r.set_by}" if r.set_by else "", f"Priority: {printed(r.priority)}" if r.priority else "")),
        (column("Risk addressed", 1), lambda r: ", ".join(risk_in_words(g, meeting) for g in r.risk) or NOT_RECORDED),
        (column("Owner", 1.4), lambda r: f"{r.owner}\n{r.organisation}".strip() or NOT_RECORDED),
        (column("Due", 0.9, keep=True), lambda r: f"{r.due:%A}\n{short_date(r.due)}" if r.due else NOT_RECORDED),
        (column("How we will know", 1.4), lambda r: r.success_measure), (column("Accepted", 0.8), lambda r: told(r.accepted)),
    ], meeting.new_actions, alt="Actions set at this meeting"))  # fmt: skip
    if not blocks:
        blocks.append(Paragraph("No action was recorded at this meeting.", "note"))
    going = [a for a in meeting.old_actions if a.is_live and a.status and a.status.outstanding]
    if going:
        words = "; ".join(
            f"{a.ref} ({a.owner}, {printed(a.current_due) or 'no date'})" for a in going
        )
        blocks.append(Paragraph(f"Carried forward from earlier meetings: {words}.", "body"))
    return blocks + source.parked("A16")


def dissent(source: Source) -> list[Block]:
    """Who disagreed and how it was handled; observations of the lay adviser."""
    found = []
    for view in source.meeting.live(e.AgencyView):
        if view.view is View.DISAGREE:
            decision = next((d for d in source.meeting.of(e.Decision) if d.id == view.parent), None)
            handled = AsPrinted(source.meeting, decision).dissent_handling if decision else ""
            how = labelled("Handled: ", handled) or "How it was handled: not recorded"
            note = AsPrinted(source.meeting, view).note
            whose = f"{view.organisation}, {decision.ref if decision else ''}"
            found.append((whose, pieces(note, how)))
    blocks: list[Block] = [Facts(tuple(found), "Dissent")] if found else []
    blocks += source.facts(
        (("A16", k) for k in ("dissent_summary", "lay_adviser_comment")),
        alt="Dissent and observations",
        blanks=False,
    )
    return blocks or [Paragraph("None recorded.", "note")]


def chair_summary(source: Source) -> list[Block]:
    """Five lines by the chair."""
    kind: ParagraphKind = "callout" if source.text("A18", "chair_summary") else "note"
    return [Paragraph(source.answer("A18", "chair_summary"), kind)]


def next_meeting(source: Source) -> list[Block]:
    """When and at which level, or why there is none."""
    keys = (
        "next_review_date",
        "next_review_time",
        "next_level",
        "review_reason_if_late",
        "notification_owner",
    )
    blocks = source.facts((("A18", k) for k in keys), alt="Next meeting", blanks=False)
    if not source.meeting.text("A18", "next_review_date"):
        why = source.meeting.value("A15", "exit_reason")
        words = f"None: {printed(why).lower()}." if why else source.blank("A18", "next_review_date")
        blocks.append(Paragraph(words, "note"))
    return blocks + source.parked("A18")


def distribution(source: Source) -> list[Block]:
    """Who approved and issued, when, to whom, and what is due."""
    blocks: list[Block] = life(source) + changes(source)
    if source.deadlines:
        due = tuple((d.what, f"{long_date(d.due)} ({d.rule})") for d in source.deadlines)
        blocks += [SubHeading("Due dates"), Facts(due, "Due dates")]
    blocks.append(SubHeading("Records"))
    blocks += source.facts([("A17", "visor_update_owner")], alt="Records")
    blocks += source.facts(
        (("A17", k) for k in ("exec_summary_needed", "sharing_note")),
        alt="Records, more",
        blanks=False,
    )
    blocks += recipients(source)
    if source.area.distribution_rule:
        blocks.append(Paragraph(source.area.distribution_rule, "note"))
    return blocks + source.parked("A17")


def life(source: Source) -> list[Block]:
    """Who approved and issued, when, what was attested, and every version."""
    facts = source.history
    rows = tuple(
        (fact.label, f"{fact.who}, {printed(fact.at)}" + (f"\n{fact.reason}" if fact.reason and fact.what in GIVE_REASON else ""))
        for fact in facts if fact.what in PRINTED
    )  # fmt: skip
    blocks: list[Block] = [Facts(rows, "Life of these minutes")] if rows else []
    if not any(fact.what == Happened.APPROVED for fact in facts):
        blocks.append(Paragraph("Not yet approved.", "note"))
    attested = _attested(facts)
    if attested:
        blocks.append(Labelled(f"Attested by {attested[-1].who}.", "On approving these minutes:"))
        blocks.append(Bullets(tuple(fact.reason for fact in attested)))
    versions = [fact for fact in facts if fact.what in (Happened.ISSUED, Happened.AMENDED)]
    if versions:
        body = tuple(
            (str(n), "Issued" if n == 1 else "Amended", printed(fact.at), fact.who)
            for n, fact in enumerate(versions, start=1)
        )
        heads = (
            column("Version", 0.6, strong=True),
            column("What", 1),
            column("When", 2),
            column("By", 2),
        )
        blocks.append(Table(heads, body, "Versions of these minutes", "Versions"))
    return blocks


def _attested(facts: tuple[Fact, ...]) -> list[Fact]:
    """The statements confirmed with the approval that stands."""
    approved = last(facts, Happened.APPROVED)
    return [f for f in facts if approved and f.what == Happened.ATTESTED and f.at == approved.at]


def changes(source: Source) -> list[Block]:
    """The change list: section, was, now, asked by, decided by, date; disputes noted."""
    decided = [a for a in source.rows(e.Amendment) if a.is_live and a.outcome]

    def decision(row: e.Amendment) -> str:
        said = row.outcome.label if row.outcome else ""
        return "\n".join(
            x for x in (f"{said}: {row.decided_by}", printed(row.decided_on), row.reason) if x
        )

    return source.table(e.Amendment, [
        (column("Version", 0.6, strong=True), lambda r: str(r.version or "next")), (column("Section", 1.2), lambda r: r.section),
        (column("Was", 2), lambda r: what_changed(r.was, r.now)[0]), (column("Now", 2), lambda r: what_changed(r.was, r.now)[1]),
        (column("Asked by", 1), lambda r: "\n".join(x for x in (r.asked_by, printed(r.asked_on)) if x)), (column("Decided", 1.2), decision),
    ], decided, alt="Changes since version 1", caption="Changes since version 1")  # fmt: skip


def recipients(source: Source) -> list[Block]:
    """Everybody invited or named: who has a copy, and why or why not."""
    source.kinds.add(e.Recipient.kind)
    found = distribution_list(source.meeting)
    rows = tuple(
        (r.name, r.organisation, f"No: {r.no_copy}" if r.no_copy else "Yes", r.method, r.reason, printed(r.sent_on))
        for r in found
    )  # fmt: skip
    heads = (
        column("Name", 1.4), column("Organisation", 1.8), column("Copy", 1.4), column("Method", 1),
        column("Why, if not invited", 1.4), column("Sent", 0.9),
    )  # fmt: skip
    return [Table(heads, rows, "Distribution", "Distribution")] if rows else []


def addenda(source: Source) -> list[Block]:
    """What came after closing; never merged into what the panel knew."""
    blocks: list[Block] = []
    for row in source.rows(e.Addendum):
        held = row.id in source.held.entries
        words: str = WITHHELD if held else detail(source.meeting, row)
        blocks += [SubHeading(f"Addendum {row.number}"), Paragraph(words)]
    return blocks
