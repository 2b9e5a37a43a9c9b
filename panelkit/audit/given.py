"""What a function that fills in an audit question looks at, and what it may say.

It claims what the record shows. What only the words suggest is a suggestion; where the
record is silent the question stays blank, with the reason as evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from panelkit.audit import BY_ID, Finding, audit_meeting, rules_for
from panelkit.audit.context import Context
from panelkit.domain.area import Area
from panelkit.domain.audit_forms import NOT_APPLICABLE, Evidence, How
from panelkit.domain.meeting import Meeting
from panelkit.domain.referrals import Referral

SHOWN: Final = 5
"""Findings quoted beside one question; the rest are counted."""
WORDS: Final = 400
"""Characters quoted of one passage."""
FEW: Final = 3
"""Findings up to which the words are called good for the most part [I]."""

USED: Final = (
    "acronyms", "vague", "judgemental", "unsourced", "run_on", "concise", "boilerplate",
    "reasons", "decisions", "disclosure", "rating_reasons", "risk", "plan", "pillars", "diversity", "victims",
    "dissent", "restrictions", "victim_names", "active_management", "thin_sections", "opening",
)  # fmt: skip
"""Rules whose findings fill in questions, where the area asks them: one that is turned off
because it found too much is not let in by another door."""

ALWAYS: Final = frozenset({"active_management"})
"""A question of its own (X13) asks what this rule counts."""


@dataclass(frozen=True)
class Looked:
    """One meeting, looked at for its forms."""

    meeting: Meeting
    area: Area
    earlier: Meeting | None = None
    issued_on: date | None = None
    """The day the minutes were issued; None where the record does not say."""
    referrals: tuple[Referral, ...] = ()
    """Those that led to the case, by number; none where the record holds none."""

    @cached_property
    def context(self) -> Context:
        """What the rules see."""
        return Context(self.meeting, self.area, self.earlier)

    @cached_property
    def _found(self) -> dict[str, tuple[Finding, ...]]:
        asked = ALWAYS | {rule.id for rule in rules_for(self.area)}
        rules = tuple(BY_ID[rule] for rule in USED if rule in asked)
        found = audit_meeting(self.meeting, self.area, self.earlier, rules=rules)
        return {rule: tuple(f for f in found if f.rule == rule) for rule in USED}

    def found(self, *rules: str) -> tuple[Finding, ...]:
        """What these rules found, rule by rule. KeyError for one that is not in ``USED``."""
        return tuple(finding for rule in rules for finding in self._found[rule])

    def asked(self, *rules: str) -> tuple[str, ...]:
        """Those of these rules that the area asks."""
        on = {rule.id for rule in rules_for(self.area)}
        return tuple(rule for rule in rules if rule in on)


@dataclass(frozen=True, slots=True)
class Said:
    """What a function says to its question."""

    how: How
    option: str = ""
    evidence: tuple[Evidence, ...] = ()


Fill = Callable[[Looked], Said]
"""Fills in one question from one meeting. Pure."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One function that fills in a question, and all it can say."""

    fill: Fill
    keys: frozenset[str]
    """Options it may give; "not applicable" may always be given."""
    says: str
    """What it goes by, for the manual."""


def recorded(option: str, *evidence: Evidence) -> Said:
    """The record answers."""
    return Said(How.RECORDED, option, evidence)


def suggested(option: str, *evidence: Evidence) -> Said:
    """The words suggest; a person answers."""
    return Said(How.SUGGESTED, option, evidence)


def blank(*evidence: Evidence) -> Said:
    """A person answers; what there is to see is shown."""
    return Said(How.PERSON, "", evidence)


def left_out(words: str) -> Said:
    """The question does not apply."""
    return Said(How.NOT_APPLICABLE, NOT_APPLICABLE, (Evidence(words=words),))


def shown(
    words: str, item: str = "", field: str = "", entry: str = "", place: str = ""
) -> Evidence:
    """A piece of evidence, its words cut to what can be read at a glance."""
    plain = " ".join(words[: WORDS * 2].split())
    cut = plain if len(plain) <= WORDS else f"{plain[: WORDS - 1]}…"
    return Evidence(words=cut, item=item, field=field, entry=entry, place=place)


def quoted(findings: Sequence[Finding]) -> tuple[Evidence, ...]:
    """The first findings as evidence, and how many more there are."""
    first = [shown(f.evidence, f.item, f.field, f.entry, f.place) for f in findings[:SHOWN]]
    more = len(findings) - SHOWN
    if more > 0:
        first.append(Evidence(words=f"and {more} more"))
    return tuple(first)


def by_findings(looked: Looked, *rules: str) -> Said:
    """A degree suggested by how much the rules found; where they found nothing, blank.

    That nothing was found does not show that the words are good: a person reads them.
    """
    found = looked.found(*rules)
    if not found:
        asked = ", ".join(rule.replace("_", " ") for rule in looked.asked(*rules))
        return blank(Evidence(words=f"Nothing found by the rules: {asked}"))
    return suggested("mostly" if len(found) <= FEW else "mostly_not", *quoted(found))


def graded(done: int, of: int, *evidence: Evidence) -> Said:
    """A grade by share: all, all but one, half or more, fewer [I]."""
    if done >= of:
        grade = "excellent"
    elif done == of - 1 and of > 1:
        grade = "satisfactory"
    elif done * 2 >= of and done:
        grade = "unsatisfactory"
    else:
        grade = "poor"
    return recorded(grade, *evidence)


def listed(names: Sequence[str]) -> str:
    """A few names in a row."""
    shown_names = ", ".join(names[:SHOWN])
    return f"{shown_names} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown_names
