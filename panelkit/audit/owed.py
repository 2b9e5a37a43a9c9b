"""Gaps of completeness, each given to the one rule that answers for it.

What a meeting owes is computed in one place (``domain/completeness``). The audit asks
nothing twice: a gap becomes a finding of the rule whose pattern fits it best, several
gaps of one entry become one finding, and what is no fault of the minutes is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from panelkit.audit.context import Context
from panelkit.audit.finding import Found, Severity
from panelkit.domain.completeness import Gap
from panelkit.domain.vocabulary import Stops

NO_FINDING: Final = ""
"""A gap that is answered for elsewhere, or that only the desk needs."""

BELONGS: Final[tuple[tuple[str, str], ...]] = (
    ("A1.quorate", NO_FINDING),  # not quorate and no reason is a gap of its own
    ("A17.not_listed_", NO_FINDING),  # the rule "everyone_listed", off by default
    ("comment_open", NO_FINDING),  # between chair and minute taker
    ("A16.actions.", NO_FINDING),  # the SMART score says it
    ("A16.due_", NO_FINDING),
    ("A16.owner_may_not", NO_FINDING),
    ("A2.", "room"), ("A1.quoracy", "room"), ("A1.attendance", "room"), ("A1.interests", "room"),
    ("A1.refused_entries.", "room"), ("A1.role_", "room"), ("A1.attendance.status", "absences"),
    ("A1.", "opening"),
    ("carried_", "carried"), ("A5.carried_twice", "old_actions"), ("A5.", "old_actions"),
    ("A7.unheard_", "heard"), ("A7.contributions.text", "heard"), ("A7.", "sources"),
    ("A8.", "diversity"), ("A9.", "victims"),
    ("A10.ratings.because", "rating_reasons"), ("A10.", "risk"),
    ("A11.no_measure_", "plan"), ("A11.rmp_", "plan"), ("A11.gaps", "plan"),
    ("A11.staff_warned", "plan"), ("A11.", "pillars"),
    ("A12.", "restrictions"), ("A13.", "disclosure"),
    ("decisions.test_dissent", "dissent"), ("decisions.test_views", "dissent"),
    ("decisions.test_asked", "dissent"), ("views.", "dissent"),
    ("A15.", "decisions"), ("decisions.", "decisions"), ("options.", "decisions"),
    ("evidence.", "decisions"), ("told.", "decisions"),
    ("A18.next_review_date", "timeliness"), ("A18.review_reason_if_late", "timeliness"),
    ("A17.recipients.", "distribution"),
    ("", "agenda"),
)  # fmt: skip
"""The start of a gap's item and field, or of its field alone, and the rule that answers for it."""


@cache
def rule_of(item: str, field: str) -> str:
    """The rule that answers for this gap: the longest start that fits; blank is no finding."""
    names = (f"{item}.{field}", field)
    fitting = (pair for pair in BELONGS if any(name.startswith(pair[0]) for name in names))
    return max(fitting, key=lambda pair: _rank(pair[0], names))[1]


def _rank(start: str, names: tuple[str, ...]) -> int:
    # "carried_" and "decisions." say more than the item that they stand at.
    return len(start) + (0 if start.startswith("A") or not start else 20) + 100 * (start in names)


def owed(context: Context, rule: str, severity: Severity | None = None) -> Iterator[Found]:
    """Findings for every gap that ``rule`` answers for, one for each entry."""
    grouped: dict[str, list[Gap]] = {}
    for number, gap in enumerate(context.gaps):
        if rule_of(gap.item, gap.field) == rule:
            grouped.setdefault(gap.entry or str(number), []).append(gap)
    for gaps in grouped.values():
        first = gaps[0]
        name, rest = _divided(first)
        together = bool(first.entry) and bool(rest)
        said = [_divided(gap)[1] or gap.message for gap in gaps]
        yield Found(
            item=first.item,
            field=first.field if len(gaps) == 1 else first.field.partition(".")[0],
            evidence=_sentence(said if rest else [gap.message for gap in gaps]),
            entry=first.entry,
            place=name if together else _label(context, first) or (name if rest else ""),
            advice=next((gap.why for gap in gaps if gap.why), ""),
            severity=severity or _least(gaps),
        )


def _divided(gap: Gap) -> tuple[str, str]:
    """What it is about, and what is missing of it."""
    if gap.message.endswith(": not recorded"):
        return gap.message.removesuffix(": not recorded"), "not recorded"
    name, _, rest = gap.message.partition(": ")
    return name, rest


def _sentence(parts: list[str]) -> str:
    joined = "; ".join(part.rstrip(".") for part in parts)
    return joined[:1].upper() + joined[1:]


def _least(gaps: list[Gap]) -> Severity | None:
    """What stops nothing is amber, whatever the rule."""
    return Severity.AMBER if all(gap.stops is Stops.NOTHING for gap in gaps) else None


def _label(context: Context, gap: Gap) -> str:
    described = context.meeting.field(gap.item, gap.field)
    return described.label if described else ""
