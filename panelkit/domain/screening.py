"""What a referral is screened against: eligibility, the category, the tests of the level asked for.

The tests of a level are those of the guidance (glossary section 4 [V12]; the end of the sentence on
Level 3, a high public interest, is recalled [R]). Each is answered yes, no or not known, with one
line; what is not answered stays blank, and blank is not No. How the answers stand against a level
is worked out and said, and never decides: a person does.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from panelkit.domain.errors import BadInput
from panelkit.domain.vocabulary import Category, Level, Term


class Found(Term):
    """An answer to one test."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class EligibleBy(Term):
    """What makes somebody eligible (glossary section 3 [V1][V16]; for Category 3 [R])."""

    NOTIFICATION = "notification", "Subject to notification requirements"
    SENTENCE = "sentence", "Murder, or a Schedule 15 offence and 12 months or more"
    HOSPITAL = "hospital", "A listed offence and a hospital or guardianship order"
    SEXUAL = "sexual", "A sexual offence without notification requirements"
    DANGEROUS = "dangerous", "Another offence that shows that serious harm may be caused"
    TERRORISM = "terrorism", "A terrorist conviction, or a terrorist risk"


CATEGORY_OF: Final = MappingProxyType(
    {
        EligibleBy.NOTIFICATION: Category.ONE, EligibleBy.SENTENCE: Category.TWO,
        EligibleBy.HOSPITAL: Category.TWO, EligibleBy.SEXUAL: Category.TWO,
        EligibleBy.DANGEROUS: Category.THREE, EligibleBy.TERRORISM: Category.FOUR,
    }
)  # fmt: skip
"""The category that each leads to."""


class Check(Term):
    """What is looked at when a referral is screened; the value is the name of its column."""

    ELIGIBLE = "eligible", "Eligible for MAPPA"
    CATEGORY = "in_category", "The category claimed is borne out"
    VALUE = "adds_value", "Formal meetings would add value to managing serious harm"
    HIGH = "high_risk", "The risk of serious harm is high or very high"
    COORDINATION = (
        "coordination",
        "Lower risk, but agencies exceptionally need active co-ordination",
    )
    STEPPING_DOWN = "stepping_down", "It steps down from Level 3"
    RESOURCES = "resources", "Significant resources are needed at short notice"
    PROFILE = "profile", "High media or public interest, even where the risk is lower"


LIMBS: Final = (Check.HIGH, Check.COORDINATION, Check.STEPPING_DOWN)
"""One of them at least at Level 2 and at Level 3, beside the value that meetings add."""
SENIOR: Final = (Check.RESOURCES, Check.PROFILE)
"""One of them at least at Level 3: what needs senior representation."""
TESTS: Final = (Check.VALUE, *LIMBS, *SENIOR)
"""The tests of a level: those that a referral form asks."""

Answers = Mapping[Check, str]
"""By test, the answer as it is stored: ``yes``, or ``no: the plan is robust``."""


class Standing(Term):
    """How answers stand against a level."""

    MET = "met", "met"
    NOT_MET = "not_met", "not met"
    NOT_KNOWN = "not_known", "not known yet"


def checks_of(level: Level) -> tuple[Check, ...]:
    """What is looked at for a referral to that level, in the order of the form."""
    more = SENIOR if level is Level.THREE else ()
    return (Check.ELIGIBLE, Check.CATEGORY, Check.VALUE, *LIMBS, *more)


def answer_of(found: Found | None, words: str = "") -> str:
    """An answer as it is stored; blank for none. Raises BadInput for words without an answer."""
    if found is None:
        if words:
            raise BadInput("Say yes, no or not known beside its reason.")
        return ""
    return f"{found}: {words}" if words else str(found)


def found_of(answer: str) -> Found | None:
    """Yes, no or not known; None for what is not answered. Raises ValueError for anything else."""
    plain = answer.partition(":")[0]
    return Found(plain) if plain else None


def words_of(answer: str) -> str:
    """The line beside an answer; blank where there is none."""
    return answer.partition(": ")[2]


def printed(answer: str) -> str:
    """``No: the plan is robust``; blank for what is not answered."""
    found, words = found_of(answer), words_of(answer)
    if found is None:
        return ""
    return f"{found.label}: {words}" if words else found.label


def standing(level: Level, answers: Answers) -> Standing:
    """How they stand against the tests of a level; Level 1 has none that could be failed."""

    def said(check: Check) -> Found | None:
        return found_of(answers.get(check, ""))

    needed = [[said(Check.VALUE)], [said(each) for each in LIMBS]]
    if level is Level.THREE:
        needed.append([said(each) for each in SENIOR])
    if any(all(one is Found.NO for one in limb) for limb in needed):
        return Standing.NOT_MET
    if all(any(one is Found.YES for one in limb) for limb in needed):
        return Standing.MET
    return Standing.NOT_KNOWN


def standing_words(level: Level, answers: Answers) -> str:
    """``The tests of Level 3, as answered: not met.``"""
    return f"The tests of {level.label}, as answered: {standing(level, answers).label}."
