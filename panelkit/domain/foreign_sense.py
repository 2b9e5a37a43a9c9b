"""What a few words of foreign minutes plainly say; None where they do not, or say two things."""

from __future__ import annotations

import re
from typing import Final

from panelkit.domain.vocabulary import (
    ActionStatus,
    DisclosureDecision,
    ExitReason,
    LevelDecision,
    RiskOfSeriousHarm,
    Statement,
)

BECAUSE: Final = re.compile(
    r"\b(?:because|on the basis that|given that|in view of|due to the fact that|the reasons? (?:is|are|was|were)(?: that)?"
    r"|rationale\s*[:–-]|reasons?\s*[:–-])\s*",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n")
_LEVEL: Final = re.compile(r"\bl(?:evel\s*)?([123]|one|two|three)\b", re.IGNORECASE)
_NUMBERS: Final = {"one": "1", "two": "2", "three": "3"}
_DECIDING: Final = re.compile(
    r"\b(?:remain|manag|reduc|escalat|move|step|decid|agree|decision|continu|keep|stay|retain|rais|lower|register|set|adopt|to be|at)\w*\b|^\W*(?:mappa\s+)?l(?:evel)?\s*\d",
    re.IGNORECASE,
)
_LEAVING: Final = re.compile(
    r"\b(?:exit(?:s|ed)?(?: from)? mappa|remov\w+ from mappa|de-?regist\w+|leaves? mappa|no longer (?:eligible|mappa)|discharg\w+ from mappa)\b",
    re.IGNORECASE,
)
_DISCLOSURE: Final = (
    (DisclosureDecision.NO_DISCLOSURE, r"\bno (?:new |further |additional |third[- ]party )?disclosures?\b|\bdisclosure (?:is|was|would be|were)?\s*(?:felt |deemed |considered |thought )?(?:to be )?(?:not|un)\s?(?:required|necessary|needed|appropriate|to be made|agreed|proportionate)|\bnot to disclose\b|\b(?:will|should|would) not be disclosed\b|\bno one (?:is|was) to be told\b|\bnot required\b"),
    (DisclosureDecision.DEFER, r"\bdefer(?:red)?\b|\brevisit(?:ed)?\b|\bto be (?:re)?considered (?:at|when|again)\b"),
    (DisclosureDecision.ALREADY_MADE, r"\b(?:has|have|had) (?:already )?been (?:made|disclosed)\b|\balready (?:been )?(?:made|disclosed|told)\b"),
    (DisclosureDecision.DISCLOSE, r"\bdisclosure (?:to .{2,60} )?(?:is|was|will be|to be|should be) (?:made|agreed|given)\b|\bagreed (?:to disclose|disclosure|that disclosure)\b|\bwill (?:disclose|be told|make (?:a )?disclosure)\b"),
)  # fmt: skip
_STATUSES: Final = (
    (ActionStatus.NOT_STARTED, r"\bnot (?:yet )?(?:complete[d]?|done|started|met|achieved)\b|\boutstanding\b|\bno update\b|\bincomplete\b"),
    (ActionStatus.PART, r"\bpart(?:ly|ial(?:ly)?|[- ]complete[d]?)?\b|\bin progress\b|\bon-?going\b|\bcarried (?:forward|over)\b|\bc/f\b|\bunderway\b"),
    (ActionStatus.NO_LONGER_NEEDED, r"\bno longer (?:needed|required|relevant|applicable)\b|\bwithdrawn\b"),
    (ActionStatus.SUPERSEDED, r"\bsuperseded\b|\breplaced\b"),
    (ActionStatus.COMPLETE, r"\bcomplete[d]?\b|\bdone\b|\bdischarged\b|\bclosed\b|\bmet\b|\bactioned\b|^\W*y(?:es)?\W*$|[✓✔☒☑]"),
)  # fmt: skip
_MOST: Final = 20_000
"""Letters of a section that are read for their sense."""


def statement_of(text: str) -> Statement | None:
    """How the confidentiality statement was given."""
    plain = text[:_MOST]
    drawn = re.search(r"attention (?:was |is )?(?:\w+ )?drawn|drew .{0,40}attention|reminded|referred to|pointed (?:out|to)|circulated", plain, re.IGNORECASE)  # fmt: skip
    if drawn:
        return Statement.ATTENTION_DRAWN
    read = re.search(r"\b(?:was|were|been) read\b|\bread (?:out|aloud|by|to)\b|\bread the\b", plain, re.IGNORECASE)  # fmt: skip
    return Statement.READ if read else None


def disclosure_of(text: str) -> DisclosureDecision | None:
    """What was decided on disclosure."""
    plain = text[:_MOST]
    found = [value for value, words in _DISCLOSURE if re.search(words, plain, re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def level_of(text: str) -> tuple[LevelDecision | None, str]:
    """The level decided and the sentence that says so."""
    sentences = [part.strip() for part in _SENTENCE.split(text[:_MOST]) if part.strip()]
    leaving = [each for each in sentences if _LEAVING.search(each)]
    deciding = [each for each in sentences if _LEVEL.search(each) and _DECIDING.search(each)]
    levels = {_NUMBERS.get(n.casefold(), n) for each in deciding for n in _LEVEL.findall(each)}
    if leaving and not levels:
        return LevelDecision.EXIT, leaving[0]
    if len(levels) == 1 and not leaving:
        return LevelDecision(f"L{levels.pop()}"), deciding[0]
    return None, ""


def exit_of(text: str) -> ExitReason | None:
    """Why somebody leaves MAPPA."""
    if re.search(r"\bdied\b|\bdeath\b|\bdeceased\b", text[:_MOST], re.IGNORECASE):
        return ExitReason.DEATH
    if re.search(r"\beligib\w+ (?:has )?(?:end|expire)|licence (?:has )?(?:end|expire)", text[:_MOST], re.IGNORECASE):  # fmt: skip
        return ExitReason.ELIGIBILITY_ENDED
    return None


def status_of(text: str) -> ActionStatus | None:
    """What became of an action; the first that fits, the undone before the done."""
    plain = text[:2000]
    return next((s for s, words in _STATUSES if re.search(words, plain, re.IGNORECASE)), None)


def risk_of(text: str) -> RiskOfSeriousHarm | None:
    """The level of risk that words name; None unless exactly one."""
    words = re.findall(r"\b(very[ -]high|high|medium|low|VH)\b", text[:400], re.IGNORECASE)
    found = {word.casefold().replace("-", " ").replace("vh", "very high") for word in words}
    return RiskOfSeriousHarm(found.pop().replace(" ", "_")) if len(found) == 1 else None


def is_nil(text: str) -> bool:
    """Whether an organisation said that it has nothing."""
    return len(text.split()) <= 15 and bool(
        re.search(
            r"\bnothing (?:new |further )?to (?:add|report|share)\b|\bno (?:new |further )?(?:information|intelligence|involvement|contact|updates?|trace|concerns)\b|\bnil\b|\bnot known\b|^\W*n/?a\W*$|^\W*none\W*$",
            text,
            re.IGNORECASE,
        )
    )


def says_nothing(text: str) -> bool:
    """Whether a section holds no words of its own, or only "n/a"."""
    return not re.search(r"\w{3}", text) or bool(
        re.fullmatch(
            r"\W*(?:n/?a|none|nil|not applicable|as above|no change)\W*", text, re.IGNORECASE
        )
    )


def split_reason(text: str) -> tuple[str, str]:
    """A decision and its reason; a blank reason where no word leads to one."""
    parts = BECAUSE.split(text, maxsplit=1)
    return parts[0].strip(" ,;:-–—"), parts[1].strip() if len(parts) > 1 else ""
