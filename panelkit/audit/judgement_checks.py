"""What the record shows of the panel's judgement: risk, plan, rights, disclosure, victims, diversity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from panelkit.audit.context import Context
from panelkit.audit.finding import Found, Severity
from panelkit.audit.owed import owed
from panelkit.audit.words import is_empty
from panelkit.domain import conditions as c
from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.vocabulary import Change, ControlType, DisclosureDecision, YesNo

READ: Final = 20_000
"""Characters of one field that are read for a pattern."""


def risk(context: Context) -> Iterator[Found]:
    """Every group rated, who, what and when said, on tools that are not old."""
    yield from owed(context, "risk")


_LEVEL: Final = r"(?:low|medium|high|very high)"
_CIRCULAR: Final = re.compile(
    rf"\W*(?:(?:it |risk |this |rating )?(?:remains?|stays?|still|is|continues(?: to be)?|assessed as|kept|rated)(?: (?:at|as|to be))?(?: the same| unchanged| {_LEVEL}(?: risk)?)?"
    rf"|{_LEVEL}(?: risk)?|(?:as |because (?:he|she) is )?(?:a )?{_LEVEL} risk(?: individual| offender)?|(?:due to|owing to) (?:the )?(?:level of )?risks?(?: to \w+)?|because of (?:the )?(?:level of )?risk"
    rf"|unchanged|no (?:change|changes)|same(?: as (?:before|last time))?|as (?:before|above|previously|last time))"
    rf"(?: (?:at this time|since last time|from last (?:time|meeting)|(?:due|owing) to (?:the )?(?:level of )?risks?(?: to \w+)?|as per \w+))?\W*\Z",
    re.IGNORECASE,
)  # fmt: skip
_FACT: Final = re.compile(
    r"\d|\b(?:because|since|after|following|when|said|says|reported|reports|told|tests?|records?|checked|arrest\w*|convict\w*|"
    r"assessment|source|seen|moved|contact|breach\w*|visit\w*)\b",
    re.IGNORECASE,
)


def rating_reasons(context: Context) -> Iterator[Found]:
    """Each rating says why, and a rating that moved says what moved it."""
    yield from owed(context, "rating_reasons")
    for row in context.meeting.live(e.RiskRating):
        because = row.because.strip()[:READ]
        if not because:
            continue
        place: dict[str, Any] = {
            "item": "A10",
            "field": "ratings.because",
            "entry": row.id,
            "place": name_of(row),
        }
        if _CIRCULAR.match(because) or is_empty(because):
            yield Found(
                evidence=f"“{because}” gives no reason",
                advice="Say what the rating rests on: who found what, when.", **place,
            )  # fmt: skip
        elif row.change in (Change.UP, Change.DOWN) and not _FACT.search(because) and len(because.split()) < 8:  # fmt: skip
            was, now = (row.last.label, row.level.label) if row.last and row.level else ("", "")
            yield Found(
                evidence=f"{was} to {now.lower()}: “{because}”",
                advice="Say what changed since last time, and who says so.", **place,
            )  # fmt: skip


def plan(context: Context) -> Iterator[Found]:
    """Each high risk is answered by a measure, and the plan is not called adequate without."""
    meeting = context.meeting
    yield from owed(context, "plan")
    open_groups = c.groups_without_measure(meeting)
    if open_groups and meeting.value("A11", "rmp_adequate") is YesNo.YES:
        named = ", ".join(group.label.lower() for group in open_groups)
        yield Found(
            item="A11", field="rmp_adequate", place="Does the plan answer the risks?",
            evidence=f"“Yes”, while no measure answers the high risk to: {named}",
            advice="Add the measure, or answer no and say what is missing.",
        )  # fmt: skip


_NO_STANDARD: Final = re.compile(
    r"\W*(?:regular(?:ly)?|frequent(?:ly)?|routine(?:ly)?|ongoing|on-?going|tbc|tba|as (?:required|needed|necessary|appropriate|before|directed)|"
    r"when (?:available|possible|needed|required)|as and when|(?:at )?random(?:ly)?|if (?:needed|required|necessary)|continu(?:e|es|ing|ous|ed)|periodic(?:ally)?|standard|usual|soon|in due course|"
    r"n/?a|various|appropriate|adequate|robust)\W*\Z",
    re.IGNORECASE,
)  # fmt: skip
_STANDARD_TERMS: Final = re.compile(
    r"\W*(?:the )?(?:standard|usual|normal|all|as (?:before|above|per licence)|see licence|additional|licence|conditions?|plus|and|with|some|extra|special|\W)+\Z",
    re.IGNORECASE,
)


def pillars(context: Context) -> Iterator[Found]:
    """Four pillars or a reason, a contingency, the conditions, and measures one can check."""
    meeting = context.meeting
    yield from owed(context, "pillars")
    for row in meeting.live(e.Measure):
        vague = [f"{label} “{text.strip()}”" for label, text in (("start", row.start), ("standard", row.standard)) if text.strip() and _NO_STANDARD.match(text[:READ])]  # fmt: skip
        if not row.owner.strip():
            vague.append("no person named")
        if vague and not row.is_unconfirmed:
            yield Found(
                item="A11", field="measures.standard", entry=row.id, place=name_of(row),
                evidence="; ".join(vague), severity=Severity.AMBER,
                advice="Say who, how often, from when, so that it can be checked.",
            )  # fmt: skip
    for order in meeting.live(e.Order):
        if order.control is not ControlType.LIC and order.terms.strip() == "":
            continue
        if not order.terms.strip() or _STANDARD_TERMS.match(order.terms[:READ]):
            yield Found(
                item="A11", field="orders.terms", entry=order.id, place=name_of(order),
                evidence=f"“{order.terms.strip()}”" if order.terms.strip() else "No terms",
                advice="Write the terms out: whoever enforces them has only these minutes.",
                severity=Severity.AMBER,
            )  # fmt: skip


_NO_GROUND: Final = re.compile(
    r"\b(?:on|to be on) the safe side\b|\bjust in case\b|\bas a precaution\b|\bfor good measure\b|\bbelt and braces\b",
    re.IGNORECASE,
)


def restrictions(context: Context) -> Iterator[Found]:
    """Each restriction is lawful, necessary, proportionate, and the least that works."""
    yield from owed(context, "restrictions")
    for row in context.meeting.live(e.Restriction):
        words = " ".join((row.measure[:READ], row.necessary[:READ]))
        for key, text in (("necessary", row.necessary), ("lesser_rejected", row.lesser_rejected)):
            if text.strip() and (is_empty(text) or _CIRCULAR.match(text[:200])):
                yield Found(
                    item="A12", field=f"restrictions.{key}", entry=row.id, place=name_of(row),
                    evidence=f"“{text.strip()}”", advice="Say which fact makes it necessary, and which milder step fails.",
                )  # fmt: skip
        ground = _NO_GROUND.search(words)
        if ground and row.necessary.strip():
            yield Found(
                item="A12", field="restrictions.measure", entry=row.id, place=name_of(row),
                evidence=f"“{ground[0]}” is no ground", advice="Say which fact makes it necessary.",
            )  # fmt: skip


_TEST_WORDS: Final = frozenset(
    "not no none required necessary necessity needed need proportionate proportionality appropriate considered consider "
    "disclosure disclosures disclose disclosed at this time stage present currently current the is it to be and or on "
    "under kept keep review reviewed met test applied assessment risk risks level panel agreed agree by all of in was were "
    "decision made further any has have been for discussed members agencies meeting there nobody one anyone as a deemed "
    "felt that will continue continues remain remains lawful reasonable grounds criteria threshold information "
    "circumstances case general wider now yet still an after discussion third party parties public anybody justified "
    "outside with would relevant issues concerns noted said so does do given but unchanged before again".split()
)
"""What can be said of the test without saying who was weighed."""
_TOKEN: Final = re.compile(r"[^\W_]+")


def _names_somebody(said: str) -> bool:
    return any(word.casefold() not in _TEST_WORDS for word in _TOKEN.findall(said[:2000]))


def disclosure(context: Context) -> Iterator[Found]:
    """Who was considered is named, whatever was decided; s.327A where it applies."""
    meeting = context.meeting
    yield from owed(context, "disclosure")
    decided = meeting.chosen("A13", "disclosure_decision", DisclosureDecision)
    said = meeting.text("A13", "disclosure_rationale").strip()[:READ]
    if not said or decided is None:
        return
    place: dict[str, Any] = {"item": "A13", "field": "disclosure_rationale", "place": "Because"}
    if decided in (DisclosureDecision.NO_DISCLOSURE, DisclosureDecision.DEFER) and not _names_somebody(said):  # fmt: skip
        yield Found(
            evidence=f"“{said[:200]}” names nobody who was considered",
            advice="Name the person or group that was weighed, and why not.", **place,
        )  # fmt: skip
    elif len(said.split()) < 5:
        yield Found(
            evidence=f"“{said}” is no reason",
            advice="Say why it is necessary, and to protect whom.", **place,
        )  # fmt: skip


def victims(context: Context) -> Iterator[Found]:
    """Victim issues answered, each victim with a measure and an owner, none of them lost."""
    meeting = context.meeting
    owing = {found.entry: found for found in owed(context, "victims") if found.entry}
    yield from (found for found in owed(context, "victims") if not found.entry)
    for row in meeting.live(e.VictimIssue):
        found = owing.get(row.id)
        lacking = [found.evidence] if found else []
        if not row.owner.strip():
            lacking.append("no owner")
        if row.safety_measure.strip() and is_empty(row.safety_measure):
            lacking.append(f"safety measure “{row.safety_measure.strip()}”")
        if lacking:
            yield Found(
                item="A9", field="victims.safety_measure", entry=row.id, place=name_of(row),
                evidence="; ".join(lacking), advice="What keeps this person safe, and who sees to it?",
            )  # fmt: skip
    if context.earlier is None:
        return
    here = {row.number for row in meeting.of(e.VictimIssue)}
    for row in context.earlier.live(e.VictimIssue):
        if row.number not in here:
            yield Found(
                item="A9", field="victims.vanished", place=f"Victim {row.ref}",
                evidence=f"{row.ref} ({row.relationship.strip() or 'no relationship recorded'}) was recorded last time and is not mentioned",
                advice="Carry the victim forward, or withdraw the line with the reason.",
            )  # fmt: skip


def diversity(context: Context) -> Iterator[Found]:
    """Needs that change something in the plan, and none that was known is lost."""
    meeting = context.meeting
    yield from owed(context, "diversity")
    needs, changes = (meeting.text("A8", key).strip() for key in ("diversity_needs", "adjustments"))
    if needs and not is_empty(needs) and changes and is_empty(changes):
        yield Found(
            item="A8", field="adjustments", place="What that changes in the plan",
            evidence=f"“{changes}”, beside the need “{needs[:120]}”",
            advice="Say what is done differently because of it.",
        )  # fmt: skip
    known = context.earlier.text("A8", "diversity_needs").strip() if context.earlier else ""
    if known and not is_empty(known) and (not needs or is_empty(needs)):
        yield Found(
            item="A8", field="diversity_needs", place="Needs found",
            evidence=f"Last time “{known[:160]}”, now {f'“{needs}”' if needs else 'nothing'}",
            advice="A need does not end because nobody mentions it.",
        )  # fmt: skip
