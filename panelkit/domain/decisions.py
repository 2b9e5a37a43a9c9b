"""Tests of a decision: would it stand up years later, judged on the process at the time?

One list; each test is lit when the record meets it. Sources: the probation literature's
list T1 to T10 and the public-law tests, with section numbers of the defensible-decision
notes [V]. A heuristic is marked so: it suggests, a person judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import organisations_present
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import DecisionType, EvidenceSide, Stops, View, YesNo


@dataclass(frozen=True, slots=True)
class DecisionTest:
    """One thing a defensible decision shows."""

    id: str
    label: str
    """A word or two for the line of lights."""
    missing: str
    """What to do while it is not met, as a sentence."""
    met: Callable[[Meeting, e.Decision, Area], bool]
    why: str
    """The test it comes from."""
    applies: frozenset[DecisionType] = frozenset(DecisionType)
    """Kinds of decision that it is asked of."""
    heuristic: bool = False
    """It reads prose and only suggests."""


def views_of(meeting: Meeting, decision: e.Decision) -> dict[str, View]:
    """The view of each organisation that has one recorded."""
    return {v.organisation: v.view for v in meeting.under(e.AgencyView, decision.id) if v.view}


def views_missing(meeting: Meeting, decision: e.Decision, area: Area) -> tuple[str, ...]:
    """Organisations present whose view of this decision is not recorded."""
    given = views_of(meeting, decision)
    return tuple(name for name in organisations_present(meeting, area) if name not in given)


def evidence_of(
    meeting: Meeting, decision: e.Decision, side: EvidenceSide
) -> tuple[e.Evidence, ...]:
    """Evidence pointing one way."""
    return tuple(x for x in meeting.under(e.Evidence, decision.id) if x.side is side)


def names_evidence(meeting: Meeting, decision: e.Decision) -> bool:
    """Whether the reason names a source: an organisation, an agency, or E1."""
    words = decision.because.casefold()
    if re.search(r"\be\d+\b", words):
        return True
    sources = {x.source for x in meeting.under(e.Evidence, decision.id)}
    sources |= {a.organisation for a in meeting.live(e.Attendance)}
    agencies = {a.agency for a in meeting.live(e.Attendance) if a.agency}
    for agency in agencies:
        sources |= {agency.label, str(agency)}
    named = (source.casefold() for source in sources if source)
    # A plain search first: the pattern would read a long reason once for every source.
    return any(
        source in words and re.search(rf"\b{re.escape(source)}\b", words) for source in named
    )


def _words(text: str) -> int:
    return len(text.split())


_LEVEL = frozenset({DecisionType.LEVEL})
_RIGHTS = frozenset({DecisionType.DISCLOSURE, DecisionType.RESTRICTION})
_RISK = frozenset({DecisionType.LEVEL, DecisionType.RISK_RMP, DecisionType.DISCLOSURE})

DECISION_TESTS: Final[tuple[DecisionTest, ...]] = (
    DecisionTest(
        "question",
        "question",
        "Say what had to be decided.",
        lambda m, d, a: bool(d.question.strip()),
        "T4: the decision is recorded",
    ),
    DecisionTest(
        "options",
        "options",
        "Record at least two options, no change among them.",
        lambda m, d, a: len(m.under(e.DecisionOption, d.id)) >= 2,
        "T1: all reasonable steps, the rejected ones too",
    ),
    DecisionTest(
        "evidence_for",
        "evidence",
        "Record the evidence for it, with its source.",
        lambda m, d, a: any(x.source.strip() for x in evidence_of(m, d, EvidenceSide.FOR)),
        "T3: information collected and evaluated",
    ),
    DecisionTest(
        "evidence_against",
        "against",
        "Record evidence against it, or who looked and found none.",
        lambda m, d, a: (
            bool(evidence_of(m, d, EvidenceSide.AGAINST)) or bool(d.none_against.strip())
        ),
        "T3: balance",
    ),
    DecisionTest(
        "unknowns",
        "unknowns",
        "Say what is not known and how it will be found out, or who found nothing unknown.",
        lambda m, d, a: bool(d.unknowns.strip()) or bool(evidence_of(m, d, EvidenceSide.UNKNOWN)),
        "T3: gaps listed",
    ),
    DecisionTest(
        "method",
        "method",
        "Name an assessment tool at A10, or say why none suits.",
        lambda m, d, a: bool(m.live(e.RiskTool)),
        "T2: reliable methods",
        _RISK,
    ),
    DecisionTest(
        "views",
        "views",
        "Record the view of every organisation present.",
        lambda m, d, a: not views_missing(m, d, a),
        "Group decisions: everyone is asked",
    ),
    DecisionTest(
        "asked",
        "asked",
        "Ask who sees it differently.",
        lambda m, d, a: d.asked_otherwise is YesNo.YES,
        "Group decisions: silence is not agreement",
    ),
    DecisionTest(
        "dissent",
        "dissent",
        "Say how the disagreement was handled, or to whom it goes.",
        lambda m, d, a: (
            View.DISAGREE not in views_of(m, d).values()
            or bool(d.dissent_handling.strip() or d.escalated_to.strip())
        ),
        "Different viewpoints are fairly reflected (guidance 13b)",
    ),
    DecisionTest(
        "because",
        "reason",
        "Give the reason in at least 25 words.",
        lambda m, d, a: _words(d.because) >= 25,
        "T10: grounded in evidence",
    ),
    DecisionTest(
        "source",
        "source",
        "Name in the reason the evidence it rests on.",
        lambda m, d, a: names_evidence(m, d),
        "T10: evidence, not assertion",
        heuristic=True,
    ),
    DecisionTest(
        "lower",
        "lower",
        "Say why the lower level is not enough.",
        lambda m, d, a: bool(d.lower_insufficient.strip()),
        "Lowest level that is still defensible (guidance ch.7)",
        _LEVEL,
    ),
    DecisionTest(
        "higher",
        "higher",
        "Say why the higher level is not needed.",
        lambda m, d, a: bool(d.higher_not_needed.strip()),
        "Lowest level that is still defensible (guidance ch.7)",
        _LEVEL,
    ),
    DecisionTest(
        "necessity",
        "necessary",
        "Say why it is necessary.",
        lambda m, d, a: bool(d.necessity.strip()),
        "Lawful, necessary, proportionate",
        _RIGHTS,
    ),
    DecisionTest(
        "proportionality",
        "proportion",
        "Say why it is proportionate, and which lesser option was tried.",
        lambda m, d, a: bool(d.proportionality.strip()),
        "Lawful, necessary, proportionate",
        _RIGHTS,
    ),
    DecisionTest(
        "basis",
        "basis",
        "Name the statute, order, guidance or protocol.",
        lambda m, d, a: bool(d.legal_basis.strip()),
        "T6: policy and procedure followed",
    ),
    DecisionTest(
        "power",
        "power",
        "Say whose power it is: the panel decides, or asks.",
        lambda m, d, a: d.power is not None,
        "Panels do not vote, recall or license",
    ),
    DecisionTest(
        "effects",
        "effects",
        "Say what it means for victims, the individual, and diversity.",
        lambda m, d, a: all(
            x.strip() for x in (d.victim_effect, d.subject_effect, d.diversity_effect)
        ),
        "Relevant matters taken into account",
    ),
    DecisionTest(
        "review",
        "review",
        "Name the event that reopens it and the date of review.",
        lambda m, d, a: (
            bool(d.review_trigger.strip())
            and (d.review_date is not None or d.type is DecisionType.EXIT)
        ),
        "T8: responds to escalation",
    ),
    DecisionTest(
        "told",
        "told",
        "Say who is told, by whom and by when.",
        lambda m, d, a: bool(m.under(e.Told, d.id)),
        "T5: communicated",
    ),
)
"""Every test, in the order of its light."""

STOPS: Final = Stops.APPROVAL
"""In the room a decision is one sentence; the rest is written up before approval."""


def tests_for(decision: e.Decision) -> tuple[DecisionTest, ...]:
    """The tests that are asked of this kind of decision."""
    kind = decision.type or DecisionType.OTHER
    return tuple(test for test in DECISION_TESTS if kind in test.applies)


def lights(
    meeting: Meeting, decision: e.Decision, area: Area
) -> tuple[tuple[DecisionTest, bool], ...]:
    """Each test with whether the record meets it."""
    return tuple((test, test.met(meeting, decision, area)) for test in tests_for(decision))
