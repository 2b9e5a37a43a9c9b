"""SMART: five tests of an action, each met or not, with what is missing in words.

Red below four, amber at four, green at five (audit notes, section 8). Words are read
with the area's own list of soft verbs; a figure, a frequency or a date in the same
sentence answers them, as at the minute taker's desk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.plain_words import Vague, vague_hints
from panelkit.domain.seen import EVERYTHING, Seen
from panelkit.domain.vocabulary import YesNo

LONGEST: Final = 4000
"""Characters of an action that are read; no action is longer."""

SOFT: Final = (
    "monitor", "liaise", "look into", "look at", "explore", "consider", "be aware", "keep under review",
    "keep an eye on", "continue", "support", "chase", "follow up", "discuss", "ensure", "try to",
    "encourage", "link in", "touch base", "reach out", "work with", "keep posted", "keep informed",
    "keep the chair posted", "keep the chair informed", "stay in touch", "progress", "pursue",
    "be mindful", "raise awareness", "give thought to", "think about", "engage with", "oversee", "gather intelligence",
)  # fmt: skip
"""Verbs of which nobody can say whether they were done (audit notes, section 8)."""

_SOFT: Final = (Vague("soft", SOFT, "", "figure"),)
_HEDGE: Final = (
    Vague("hedge", ("as appropriate", "if needed", "if necessary", "where possible", "if possible",
                    "as necessary", "as required", "when available", "where appropriate"), ""),
    Vague("nobody", ("relevant agency", "relevant agencies", "all agencies", "relevant partners",
                     "relevant professionals", "with partners", "with agencies", "other agencies", "all partners", "somebody", "someone"), ""),
    Vague("no time", ("asap", "as soon as possible", "in due course", "when possible", "soon",
                      "ongoing", "tbc", "tba"), "", "date"),
)  # fmt: skip

DONE: Final = frozenset(
    "visit submit serve install fit apply send write obtain complete refer arrest tell give deliver book "
    "test call ring telephone attend record add set upload sign interview file print post issue "
    "move collect hand return search check circulate arrange swab photograph copy enter "
    "forward register interrogate publish remove flag place put show swear lodge ask brief "
    "fix order pay translate draft prepare provide inspect download seize screen email "
    "notify inform report make agree hold read take confirm carry offer request change start "
    "open close meet see train change walk drive bring draw map".split()
)
"""Verbs that are plainly done or not done."""

_AND_DO: Final = re.compile(
    r"(?:[,;]\s*(?:and |then |also )*|\b(?:and|then) (?:then |also )?)(\w+)", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"\b[VDREMCvdremc]\d+(?:\.\d+)?\b")
_VERB: Final = re.compile(r"\w[\w'’-]*")
_SOMEBODY_TO: Final = re.compile(
    r"\A\s*(?:(?:the|all|both)\s+)?(?:\w[\w'’-]*\s+){1,6}?(?:to|will|should|must)\s+(\w[\w'’-]*)", re.IGNORECASE
)  # fmt: skip
_EMPTY: Final = re.compile(
    r"\W*(?:n/?a|none|nil|tbc|tba|done|completed?|yes|ok|same|as above|\.|-)?\W*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Score:
    """What an action scores, and why not more."""

    met: str
    """The letters that are met, of ``SMART``."""
    missing: tuple[str, ...]
    """A sentence for each letter that is not, and for a day that is not worked."""
    quoted: str = ""
    """Words that are the reason, where there are any."""
    unseen: str = ""
    """Letters that the document has no place for: neither met nor missed."""

    @property
    def points(self) -> int:
        """0 to 5."""
        return len(self.met)

    @property
    def of(self) -> int:
        """How many tests could be asked: 5 of a record of our own."""
        return 5 - len(self.unseen)


def smart(action: e.Action, meeting: Meeting, area: Area, seen: Seen = EVERYTHING) -> Score:
    """The five tests of one action set at this meeting.

    A test that fails only for want of a field that was not there to be filled is not seen.
    """
    vague = _vague_in(action.text)

    def shown(*fields: str) -> bool:
        return all(seen.field(action.kind, field, action.id) for field in fields)

    owner_shown = shown("owner")
    tests = (
        ("S", _specific(action, vague, owner_shown=owner_shown), True),
        ("M", _measurable(action, vague), shown("success_measure")),
        ("A", _accepted(action, meeting), shown("accepted") or (owner_shown and not action.owner.strip())),
        ("R", "" if action.risk or _names_a_reason(action.why) else "no risk it answers is named", shown("risk")),
        ("T", _timed(action, meeting), shown("due")),
    )  # fmt: skip
    missing = [said for _letter, said, is_shown in tests if said and is_shown]
    if action.due is not None and shown("due") and not area.calendar.is_working_day(action.due):
        missing.append(f"{long_date(action.due)} is not a working day")
    met = "".join(letter for letter, said, _shown in tests if not said)
    unseen = "".join(letter for letter, said, is_shown in tests if said and not is_shown)
    return Score(met, tuple(missing), vague, unseen)


def _vague_in(text: str) -> str:
    # The 3 of V3 is no figure.
    plain = _REFERENCE.sub("them", text[:LONGEST])
    hints = list(vague_hints(plain, (*_SOFT, *_HEDGE)))
    return min(hints, key=lambda hint: hint.start).quoted if hints else ""


def _specific(action: e.Action, vague: str, *, owner_shown: bool) -> str:
    text = action.text[:LONGEST].strip()
    if vague:
        return f"“{vague}” does not say what exactly"
    if len(text.split()) < 2:
        return "it does not say what exactly"
    if sum(verb.casefold() in DONE for verb in _AND_DO.findall(text)) > 2:
        return "it holds several actions in one"
    if owner_shown and _first_verb(text)[1] and not action.owner.strip():
        return "it names an agency and no person"
    return ""


def _measurable(action: e.Action, vague: str) -> str:
    if not _EMPTY.match(action.success_measure):
        return ""
    verb, _somebody = _first_verb(action.text[:LONGEST])
    return "" if verb in DONE and not vague else "no measure of how we will know"


def _first_verb(text: str) -> tuple[str, bool]:
    """The verb that says what is done, and whether somebody stands before it."""
    first = _VERB.search(text)
    if first is None or first[0].casefold() in DONE:
        return (first[0].casefold() if first else ""), False
    named = _SOMEBODY_TO.match(text)
    return (named[1].casefold(), True) if named else (first[0].casefold(), False)


def _accepted(action: e.Action, meeting: Meeting) -> str:
    owner = action.owner.strip()
    if not owner:
        return "no owner is named"
    people = [a for a in meeting.live(e.Attendance) if a.name == owner]
    if any(a.agency is not None and not a.agency.takes_part for a in people):
        return "lay advisers, observers and administrators own no action"
    if action.accepted is YesNo.YES:
        return ""
    there = any(a.status is not None and a.status.present for a in people)
    return "its owner has not accepted it" if there else "its owner was not there and has not accepted it"  # fmt: skip


def _names_a_reason(why: str) -> bool:
    return bool(re.search(r"\b[VDRE]\d|\brisk\b|\bprotect", why))


def _timed(action: e.Action, meeting: Meeting) -> str:
    if action.due is None:
        return "no date"
    following = meeting.day("A18", "next_review_date")
    if following is not None and action.due > following:
        return f"{long_date(action.due)} is after the next meeting"
    return ""
