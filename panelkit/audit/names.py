"""Victims by name, where the record should say V1.

Names are learned only where the record itself shows that a word is one: in the victim
part, in brackets after a relationship, before an age, or as a first name with a surname
that acts. Everybody who was invited, every organisation, the individual, and every place
in an address is known and is never taken for a victim. What was learned is then looked
for in all the minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from panelkit.audit.context import Context
from panelkit.audit.finding import Found
from panelkit.audit.words import at, quoted
from panelkit.domain import entries as e
from panelkit.domain.fields import FieldKind, fields_of

_NAME: Final = r"[A-Z][a-z]{2,20}(?:['’-][A-Z][a-z]{2,20})?"
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_ACTS: Final = (
    r"(?:has|is|was|had|will|lives?|moved|rang|called|says?|said|told|wants?|asked|asks|reported|reports|does|did|went|feels?|"
    r"attends?|stays?|works?|wishes|opted|declined|left|thinks?|believes?|fears?)\b"
)
_WHERE: Final = r"(?<!\b[Ii]n )(?<!\bat )(?<!\bto )(?<!\bof )(?<!\bnear )(?<!\bfrom )(?<!\binto )"
_FULL: Final = re.compile(rf"{_WHERE}(?<![A-Za-z] )(?<!\w)({_NAME}) ({_NAME})(?:['’]s)? {_ACTS}")
_FULL_INSIDE: Final = re.compile(rf"(?<=[a-z,;] )(?<!\b[Ii]n )(?<!\bat )(?<!\bto )(?<!\bof )(?<!\bnear )(?<!\bfrom )({_NAME}) ({_NAME})(?:['’]s)? {_ACTS}")  # fmt: skip
_AGED: Final = re.compile(rf"(?<!\w)({_NAME})(?: \(\d{{1,2}}\)|, aged \d|,? \d{{1,2}} years old)")
_CUE: Final = re.compile(
    rf"\b(?:partner|ex-partner|ex|wife|husband|daughter|son|sister|brother|mother|father|niece|nephew|girlfriend|boyfriend|victim|child)(?:,? | \()({_NAME})\b(?! (?:City|County|Council|Police|Trust|Road|Street|Court|Park|Town))"
)
_BRACKET: Final = re.compile(rf"\(({_NAME})(?: {_NAME})?\)")

NO_NAMES: Final = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday christmas easter victim victims contact scheme domestic violence "
    "disclosure crown court magistrates restraining order detective sergeant constable inspector superintendent "
    "probation police children child family liaison officer the she her they this that there both all mother "
    "father sister brother son daughter partner former current ex new any some none not risk level act section "
    "sexual harm prevention independent adviser advisor service social care school nursery primary team manager "
    "mr mrs ms miss dr british english welsh scottish irish polish god bank holiday house street road council "
    "city county home office board parole multi agency conference referral since until after before when while "
    "source adult harrow licence and with whose who wales england scotland safeguarding housing health mental "
    "hospital surgery station academy university college centre church club hotel lodge farm close avenue lane drive village "
    "north south east west great little upper lower saint park town green hill bridge force unit trust agency group project "
    "chief superintendents officer officers doctor nurse professor judge recorder councillor deaf muslim sikh hindu jewish christian catholic quaker black white asian indian pakistani".split()
)
"""Words with a capital that are no one's name."""

HEARD_IN: Final = ("victims.relationship", "victims.view", "victims.safety_measure")
ASKED_IN: Final = ("victim_issues", "potential_victims", "children_referral", "victim_told", "victim_requested_conditions")  # fmt: skip
"""Fields of A9 in which a name is learned."""


def victim_names(context: Context) -> Iterator[Found]:
    """Passages that name a victim whom the record shows by name."""
    learned = learned_names(context)
    if not learned:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(learned)))})(?!\w)")
    for passage in context.passages:
        found = pattern.search(passage.text)
        if found is not None:
            yield at(passage, quoted(passage.text, found.start(), found.end()))


def learned_names(context: Context) -> frozenset[str]:
    """Words that the record itself shows to be names of victims or of others in the victim part."""
    known: frozenset[str] | None = None
    names: set[str] = set()
    for passage in context.passages:
        if passage.item != "A9" or passage.field not in (*HEARD_IN, *ASKED_IN):
            continue
        candidates = set(_candidates(passage.text[:100_000], passage.field))
        if candidates and known is None:
            known = _known(context)
        names |= {name for name in candidates if known and name.casefold() not in known}
        if len(names) > 50:
            break
    return frozenset(names)


def _candidates(text: str, field: str) -> Iterator[str]:
    for pattern in (_FULL, _FULL_INSIDE, _AGED, _CUE):
        for found in pattern.finditer(text):
            # "Sergeant Whelan" and "Thornwick Hospital" are no victims.
            if not NO_NAMES & {part.casefold() for part in found.groups() if part}:
                yield from (part for part in found.groups() if part)
    if field == "victims.relationship":
        yield from (found[1] for found in _BRACKET.finditer(text))


def _known(context: Context) -> frozenset[str]:
    """Every word that names somebody or something else."""
    meeting = context.meeting
    texts = [getattr(meeting.case, f.key) for f in fields_of(type(meeting.case)) if f.kind in (FieldKind.LINE, FieldKind.WORDS)]  # fmt: skip
    texts += [name for name, _agency in context.area.organisations]
    for row in meeting.live(e.Attendance):
        texts += [row.name, row.organisation, row.role, row.deputy_for]
    texts += [row.owner for row in meeting.of(e.Action)] + [
        row.organisation for row in meeting.of(e.Action)
    ]
    texts += [row.given_by for row in meeting.of(e.Contribution)]
    texts += [row.owner for row in meeting.of(e.Measure)] + [
        row.owner for row in meeting.of(e.VictimIssue)
    ]
    texts += [row.organisation for row in meeting.of(e.Recipient)]
    texts += [answer.text for (_item, key), answer in meeting.answers.items() if key in ("lead_agency", "lead_officer", "visor_update_owner", "index_offence", "accommodation", "platform")]  # fmt: skip
    words = {word.casefold() for text in texts for word in _WORD.findall(text[:20_000])}
    return (
        frozenset(words | {word.removesuffix("'s").removesuffix("’s") for word in words}) | NO_NAMES
    )
