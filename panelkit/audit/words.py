"""What single sentences show: wording, acronyms, self-report written as fact, empty answers.

Patterns are run once over the words of the whole meeting; each reads forward and looks
only a sentence around what it finds, so that a megabyte takes under a second. An answer
in the same sentence (a date, a source, a quotation) clears it: rather one finding too
few than one that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from panelkit.audit.context import Context, Passage
from panelkit.audit.finding import Found, Severity
from panelkit.domain import entries as e
from panelkit.domain.plain_words import (
    Hint,
    acronym_hints,
    acronyms_of,
    long_sentences,
    vague_hints,
)
from panelkit.domain.vocabulary import InfoType, YesNo

MOST: Final = 40
"""Findings of one rule in one meeting: more would not be read."""
AROUND: Final = 60
"""Characters quoted on either side."""


JUDGED_ELSEWHERE: Final = frozenset(
    {"actions.text", "actions.success_measure", "measures.start", "measures.standard"}
)
"""The SMART score and the plan's own rule read these."""


def quoted(text: str, start: int, end: int) -> str:
    """The words with those around them, whole, in quotation marks."""
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    while left > 0 and text[left - 1].isalnum() and left > start - AROUND - 20:
        left -= 1
    while right < len(text) and text[right].isalnum() and right < end + AROUND + 20:
        right += 1
    line = text.rfind("\n", left, start) + 1
    left = max(left, line)
    stop = text.find("\n", end, right)
    right = right if stop < 0 else stop
    return f"“{'…' if left and left != line else ''}{text[left:right].strip()}{'…' if right < len(text) and stop < 0 else ''}”"


def vague(context: Context, kinds: Iterable[str]) -> Iterator[Found]:
    """Phrases of the area's list, of these kinds; one finding for each passage and kind."""
    wanted = frozenset(kinds)
    groups = tuple(group for group in context.area.plain.vague if group.kind in wanted)
    document = context.document
    hints = (hint for hint in vague_hints(document, groups) if not _is_name(document, hint))
    for found in _by_passage(context, hints):
        if found.field not in JUDGED_ELSEWHERE and found.field not in OWN_VOICE:
            yield found


_GOES_ON: Final = re.compile(r"[a-z,] \Z")
_CALLED: Final = re.compile(r"\bcall(?:s|ed|ing)? [\w ]{0,20}\Z", re.IGNORECASE)
_COMPOUND: Final = re.compile(
    r" (?:assessments?|management|factors?|markers?|flags?|ratings?|tools?|plans?|register)\b"
)

OWN_VOICE: Final = frozenset({"subject_view", "representation", "victims.view"})
"""Where somebody's own words are wanted, whatever they are."""


def _is_name(text: str, hint: Hint) -> bool:
    """A capital inside a sentence, such as Monster Gym; half of "no risk assessment"; an insult reported."""
    if hint.quoted.casefold().endswith("risk") and _COMPOUND.match(text, hint.end):
        return True
    if hint.kind == "judgemental" and _CALLED.search(text, max(0, hint.start - 40), hint.start):
        return True  # "he called her evil" says what he did
    inside = _GOES_ON.search(text, max(0, hint.start - 2), hint.start)
    return bool(inside) and hint.quoted[0].isupper() and not hint.quoted.isupper()


def run_on(context: Context) -> Iterator[Found]:
    """Sentences longer than the area allows."""
    longest = context.area.plain.longest_sentence
    yield from _by_passage(context, long_sentences(context.document, longest))


def acronyms(context: Context) -> Iterator[Found]:
    """Acronyms at first use; part of a name (an organisation, a named tool) needs no words."""
    meeting = context.meeting
    names = {row.organisation for row in meeting.live(e.Attendance)}
    names |= {row.tool for row in meeting.live(e.RiskTool)}
    names |= {row.organisation for row in meeting.live(e.Contribution)}
    known = frozenset().union(*(acronyms_of(name) for name in names))
    found = (
        hint
        for hint in acronym_hints(context.document, context.area.plain, known)
        if not _explained(context.document, hint)
    )
    yield from _by_passage(context, found)


def _explained(text: str, hint: Hint) -> bool:
    """``ERG22+ (Extremism Risk Guidance)``: a sign may stand between the two."""
    return bool(re.match(r"[+/\w]{0,6} ?\([A-Za-z]", text[hint.end : hint.end + 10]))


def _by_passage(context: Context, hints: Iterable[Hint]) -> Iterator[Found]:
    grouped: dict[tuple[int, str], list[Hint]] = {}
    for hint in hints:
        passage = context.passage_at(hint.start)
        if passage.field in ANALYSIS and is_empty(passage.text):
            continue  # the rule on empty answers says so
        if not passage.carried or hint.kind == "acronym":
            grouped.setdefault((context.start_of(hint.start), hint.kind), []).append(hint)
        if len(grouped) > MOST:
            break
    for (start, _kind), found in list(grouped.items())[:MOST]:
        passage = context.passage_at(start)
        first = found[0]
        words = quoted(passage.text, first.start - start, first.end - start)
        others = dict.fromkeys(f"“{hint.quoted}”" for hint in found[1:6] if hint.quoted != first.quoted)  # fmt: skip
        evidence = f"“{first.quoted}” in {words}" if words.strip("“”") != first.quoted else words
        yield at(
            passage,
            evidence + (f"; also {', '.join(others)}" if others else ""),
            advice=first.suggestion,
        )


def at(passage: Passage, evidence: str, advice: str = "", severity: Severity | None = None) -> Found:  # fmt: skip
    """A finding in a passage."""
    return Found(
        item=passage.item, field=passage.field, evidence=evidence, advice=advice,
        entry=passage.entry, place=passage.label, severity=severity,
    )  # fmt: skip


# -- his own account, written as fact ---------------------------------------------------

_CLAIM: Final = re.compile(
    r"\b(?:he|she|they|mr [A-Z]\w+|ms [A-Z]\w+|mrs [A-Z]\w+)(?:['’]s)? (?:has |have |is |are |does |do |no longer |now |also |fully |completely |really |deeply ){0,4}"
    r"(?:(?:stopped|given up|quit|ceased|reduced|cut down(?: on)?) (?:his |her |their )?(?:drink|using|taking|smok|gambl|contact|seeing|alcohol|drug|cannabis|cocaine|all )\w*"
    r"|not (?:been )?(?:drinking|using|in a relationship|seeing any\w*|in contact|in touch|offending|gambling|viewing)"
    r"|not (?:drink|use|gamble|see any\w*)\b"
    r"|drinks?(?<=no longer drinks)"
    r"|(?:abstinent|sober|clean|teetotal|drug[- ]free|alcohol[- ]free|remorseful|a changed (?:man|woman|person)|sorry for)\b"
    r"|(?:accepts?|taken|takes) (?:full )?responsibility|(?:accepts?|regrets?|understands?) (?:the harm|what (?:he|she|they)|his offending|her offending)"
    r"|(?:good |full |some )?insight into"
    r"|(?:engaging|complying)(?: well| fully)?(?=[.,;]| with| and)|motivated(?=[.,;]| to| and))",
    re.IGNORECASE,
)  # fmt: skip
_SAID: Final = re.compile(
    r"\b(?:sa(?:id|ys)|tells?|told|reports?|reported|claims?|claimed|states?|stated|maintains?|denies|denied|insists?|"
    r"describes?|described|asserts?|wrote|account|self-report\w*|according to|opinion|view|believes|asked|"
    r"whether|if|unless|until|when|should|must|to|may|would|could)\b",
    re.IGNORECASE,
)
_CHECKED: Final = re.compile(
    r"\b(?:test(?:s|ed|ing)?|tag|breath|blood|urine|saliva|swab|confirm\w*|checked|verified|seen|saw|observed|witnessed|records?|"
    r"recorded|polygraph|log|logs|inspect\w*|show(?:s|ed|n)|bears? out|smelt|according to|own (?:account|telling|words|admission)|visit(?:s|ed)?|certificate|source|not (?:been )?(?:verified|checked|confirmed|tested)|"
    r"nobody has checked|clinician|consultant|assess\w*|appointments?|sessions?|"
    r"weeks by|days by|since \d|\d+ of \d+)\b",
    re.IGNORECASE,
)
_STOP: Final = re.compile(r"[.!?](?=\s|$)|\n")

SELF_REPORT_IN: Final = frozenset(
    {"changes_since_last", "current_circumstances", "protective_factors", "formulation", "contributions.text",
     "rmp_adequate_reason", "ratings.because", "decisions.because", "evidence.text", "desistance", "chair_summary"}
)  # fmt: skip
"""Where a claim about the individual is read; his own view has a field of its own."""


def self_report(context: Context) -> Iterator[Found]:
    """Behaviour that only the individual can vouch for, stated flatly, with nobody who checked."""
    marked = {
        row.id
        for row in context.meeting.live(e.Contribution)
        if row.info_type in (InfoType.SELF_REPORT, InfoType.PROFESSIONAL_OPINION, InfoType.INTELLIGENCE)
    }  # fmt: skip
    given = 0
    for passage in context.passages:
        if passage.field not in SELF_REPORT_IN or passage.entry in marked or passage.carried:
            continue
        for claim in _CLAIM.finditer(passage.text):
            left, right = sentence_around(passage.text, claim.start(), claim.end())
            if _SAID.search(passage.text, left, claim.start()):
                continue
            if _CHECKED.search(passage.text, left, right):
                continue
            yield at(passage, quoted(passage.text, claim.start(), claim.end()))
            given += 1
            break
        if given >= MOST:
            return


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence, looked for at most 400 characters away."""
    left = max(0, start - 400)
    for stop in _STOP.finditer(text, left, start):
        left = stop.end()
    stop_after = _STOP.search(text, end, min(len(text), end + 400))
    return left, stop_after.start() if stop_after else min(len(text), end + 400)


# -- answers that say nothing -----------------------------------------------------------

_EMPTY: Final = re.compile(
    r"\W*(?:n/?a|none|nil|no|yes|not applicable|no (?:\w+ )?(?:change|changes|concerns?|issues?|problems?|needs|update|updates|risk|dissent)|"
    r"(?:none|nothing|no issues|no concerns) (?:identified|noted|known|raised|reported|to report|new|of note)(?: by (?:any|all |the )?(?:agenc(?:y|ies)|panel|partners|anyone|members))?|(?:nothing|nobody|no one)(?: new| else| to add| to report)?|"
    r"(?:as|same as|see) (?:before|above|previous(?:ly)?|last (?:time|meeting|month|week|year|panel|review)|previous minutes|last minutes|report)|"
    r"unchanged|same|noted|discussed|considered|ongoing|on-?going|tbc|tba|stable|settled|fine|ok|okay|good|"
    r"(?:remains? )?(?:engaging|complying|compliant|motivated)(?: well)?|doing well|all (?:ok|good|fine)|"
    r"updated? (?:given|noted|provided)|(?:discussed|noted|considered) (?:and (?:agreed|noted|discussed)|at length|by (?:the )?(?:panel|all))|"
    r"no change since (?:the )?last (?:meeting|time|panel)|as discussed|standard)"
    r"(?: (?:at this (?:time|stage)|at present|currently|to report|since last time))?\W*\Z",
    re.IGNORECASE,
)  # fmt: skip

ANALYSIS: Final = frozenset(
    {"changes_since_last", "current_circumstances", "subject_view", "diversity_needs", "victim_issues", "potential_victims",
     "nature_of_harm", "who_at_risk", "imminence", "triggers", "protective_factors", "formulation", "desistance",
     "accommodation", "licence_conditions", "chair_summary", "offence_summary", "previous_relevant",
     "threshold_met", "reason_for_referral", "gaps", "resources_committed", "youth_considerations",
     "cppc_reason", "contributions.text", "after_eligibility", "subject_told", "victim_told", "holding_line"}
)  # fmt: skip
"""Where a reader needs to know what, who or when; reasons have rules of their own."""


def is_empty(text: str) -> bool:
    """Whether an answer says nothing that a reader could use."""
    return bool(_EMPTY.match(text)) if len(text) <= 80 else False


def boilerplate(context: Context) -> Iterator[Found]:
    """An answer that would fit any case: N/A, no change, as before."""
    nil = {r.id for r in context.meeting.live(e.Contribution) if r.nil_return is YesNo.YES}
    for passage in context.passages:
        if passage.field in ANALYSIS and is_empty(passage.text) and passage.entry not in nil:
            yield at(passage, f"“{passage.text.strip()}”")
