"""How the annual tables count, as data: each rule with its choices and where it comes from.

None of them was seen in guidance but the first; an area settles them in its file, under
``[counting]``, and what holds is printed beside the tables (statistics notes section 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class CountingRule:
    """One question about counting, and its possible answers; the first is the default."""

    id: str
    asks: str
    choices: Mapping[str, str]
    """What may be set, each with the sentence that is printed."""
    tag: str
    """How sure the default is: [V1] published, [I] ours until the co-ordinator confirms it."""

    @property
    def default(self) -> str:
        """The first of the choices."""
        return next(iter(self.choices))


def _rule(id: str, asks: str, tag: str, **choices: str) -> CountingRule:
    return CountingRule(id, asks, MappingProxyType(choices), tag)


RULES: Final = (
    _rule(
        "unit", "What is counted", "[V1]",
        person="People are counted, once in a cell.",
    ),
    _rule(
        "t2_count_rule", "Somebody managed at both levels in the year", "[I]",
        highest="T2: who was managed at Level 2 and at Level 3 is counted once, at Level 3.",
        each="T2: who was managed at Level 2 and at Level 3 is counted at each of them.",
    ),
    _rule(
        "t2_category", "The category of somebody whose category changed", "[I]",
        last_hearing="T2: the category is that on the day of the last meeting of the year at Level 2 or 3; without one, that on the last day at those levels.",
        last_day="T2: the category is that on the last day of the year at Level 2 or 3.",
    ),
    _rule(
        "t2_custody", "Somebody managed only while not in the community", "[I]",
        community="T2: who was in the community on no day of it is not counted.",
        all="T2: who was in the community on no day of it is counted too.",
    ),
    _rule(
        "on_1_april", "Somebody at the level when the year began", "[I]",
        counted="T2: who was at the level on 1 April already is counted.",
    ),
    _rule(
        "at_large", "Somebody unlawfully at large", "[I]",
        community="Who is unlawfully at large counts as in the community.",
        not_community="Who is unlawfully at large does not count as in the community.",
    ),
    _rule(
        "t7_unit", "Somebody returned more than once", "[I]",
        person="T7: who was returned more than once is counted once in a row, in the category of the last return; returns stand beside it.",
    ),
    _rule(
        "released_again", "Somebody released again before 31 March", "[I]",
        day="T1: what counts is where somebody was on 31 March.",
    ),
    _rule(
        "not_accepted", "A referral that was not accepted", "[I]",
        left_out="A referral that was not accepted is not counted.",
    ),
    _rule(
        "transfers", "Somebody transferred in or out", "[I]",
        held_here="Who was transferred is counted for the days on which the level was held here.",
    ),
)  # fmt: skip
"""Every rule, in the order in which they are printed; those with one choice are stated."""

BY_ID: Final = MappingProxyType({rule.id: rule for rule in RULES})


def settled(said: Sequence[tuple[str, str]] = ()) -> Mapping[str, str]:
    """What holds: what an area says of a rule, else its default."""
    return MappingProxyType({rule.id: rule.default for rule in RULES} | dict(said))


def printed(choices: Mapping[str, str], sources: Mapping[str, str]) -> tuple[str, ...]:
    """Each rule as it holds, with its tag, or with the source in ``sources``: ``counting.at_large``."""
    found = []
    for rule in RULES:
        sentence = rule.choices[choices[rule.id]]
        found.append(f"{sentence} {sources.get(f'counting.{rule.id}') or rule.tag}")
    return tuple(found)
