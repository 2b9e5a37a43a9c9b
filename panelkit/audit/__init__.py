"""The coordinator's audit: what minutes show, question by question, with the words and the place.

    for finding in audit_meeting(meeting, area, earlier):
        print(finding.severity.label, finding.item, finding.evidence)

Pure: a meeting in, findings out. It claims nothing that it cannot quote, and leaves
judgement to a person. ``RULES`` is the one list; an area turns rules on and off.
"""

from __future__ import annotations

import re
from typing import Final

from panelkit.audit.context import Context
from panelkit.audit.finding import Finding, Found, Rule, Severity, Standing
from panelkit.audit.rules import BY_ID, RULES
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import Meeting
from panelkit.domain.seen import EVERYTHING, Seen

__all__ = [
    "BY_ID", "RULES", "Finding", "Rule", "Severity", "Standing", "audit_meeting", "rules_for",
]  # fmt: skip


def rules_for(area: Area) -> tuple[Rule, ...]:
    """The rules that this area asks. Raises BadInput for a rule that there is not."""
    said = dict(area.audit)
    if unknown := sorted(set(said) - set(BY_ID)):
        msg = f"The area file turns a rule {unknown[0]} on or off that there is not."
        raise BadInput(msg, remedy="docs/audit_rules.md lists every rule.")
    return tuple(rule for rule in RULES if said.get(rule.id, rule.on))


def audit_meeting(
    meeting: Meeting,
    area: Area,
    earlier: Meeting | None = None,
    *,
    rules: tuple[Rule, ...] | None = None,
    seen: Seen = EVERYTHING,
) -> tuple[Finding, ...]:
    """Every finding, in the order of the agenda, red before amber in one item.

    ``earlier`` is the meeting before it, without which nothing is said of what was copied
    or lost. ``rules`` are those of the area where not given; ``seen`` is what could be read of
    minutes made elsewhere, and a finding rests on nothing else.
    """
    context = Context(meeting, area, earlier, seen)
    places = {item.code: place for place, item in enumerate(meeting.agenda)}
    fields = {
        (item.code, field.key): place
        for item in meeting.agenda
        for place, field in enumerate(item.fields)
    }
    severities = list(Severity)
    found: list[tuple[tuple[int, int, int, int, str], Finding]] = []
    for number, rule in enumerate(rules_for(area) if rules is None else rules):
        for one in rule.check(context):
            if not context.was_seen(one.item, one.field, one.entry):
                continue
            named = _named(rule, one)
            order = (
                places.get(one.item, -1), severities.index(named.severity), number,
                fields.get((one.item, one.field), len(fields)), one.place,
            )  # fmt: skip
            found.append((order, named))
    return tuple(finding for _order, finding in sorted(found, key=lambda pair: pair[0]))


LONGEST_EVIDENCE: Final = 1500
"""Characters of evidence: whoever wants more reads the place itself."""

_TAG = re.compile(r"\s*\[[A-Z][^\]]*\]")


def _named(rule: Rule, found: Found) -> Finding:
    return Finding(
        rule=rule.id, severity=found.severity or rule.severity, item=found.item, field=found.field,
        entry=found.entry, place=found.place, evidence=_shortened(found.evidence),
        advice=_TAG.sub("", found.advice) or rule.advice, matter=found.matter or rule.matter,
    )  # fmt: skip


def _shortened(evidence: str) -> str:
    return evidence if len(evidence) <= LONGEST_EVIDENCE else f"{evidence[: LONGEST_EVIDENCE - 1]}…"
