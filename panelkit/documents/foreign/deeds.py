"""One action in words: who, what, by when. What is not understood is named among the doubts.

An owner is who the words name before "to" or "will", in brackets, or behind a dash; a date is
the last one said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from panelkit.documents.foreign.parts import ACTION_LINE
from panelkit.documents.foreign.people import Who, full_name, is_agency, is_person, who_is
from panelkit.domain.foreign import ForeignAction, Sure, Where
from panelkit.domain.said_dates import Said, find_time
from panelkit.domain.timescales import Calendar

LONGEST: Final = 1500
"""Letters of a line that is still read as an action; longer ones are prose."""
NUMBERED: Final = re.compile(r"^\s*(?:[([]?[A-Z]?\d{1,3}(?:\.\d{1,3}){0,2}[)\].:]*|[a-z][).])\s+")
OWNER: Final = re.compile(r"\b(?:action\s+owner|owner|by whom|responsible(?:\s+person)?|person responsible|lead|who|assigned to)\s*[:=–-]\s*([^\n;|]{2,80}?)(?=\s*(?:[\n;|]|$)|[.,]?\s+\(?(?:due|by when|when|deadline|timescale|target|complete)\b[^:\n]{0,12}[:=])", re.IGNORECASE)  # fmt: skip
DUE: Final = re.compile(r"\b(?:due(?:\s+date)?|by when|when|deadline|timescale|target(?:\s+date)?|complete by)\s*[:=–-]\s*([^\n;|]{2,60}?)(?=\s*(?:[\n;|]|$)|[.,]?\s+\(?(?:owner|by whom|who|lead|responsible|assigned)\b[^:\n]{0,12}[:=])", re.IGNORECASE)  # fmt: skip
_TO: Final = re.compile(r"^(.{2,70}?)\s+(?:to|will|shall|agreed to|is to|are to|has agreed to|have agreed to|must)\s+(?=[a-z])(.+)$", re.DOTALL)  # fmt: skip
_COLON: Final = re.compile(r"^(.{2,60}?)\s*(?::|\s[–—-])\s+(.+)$", re.DOTALL)
_LAST: Final = re.compile(
    r"^(.+?)\s*(?:[([]([^()\[\]]{2,60})[)\]]|(?:\s[–—-]|[.;])\s([^–—.;]{2,60}))[\s.]*$", re.DOTALL
)
LEADS: Final = re.compile(
    r"[\s,;:(\[–—-]*(?:\b(?:by|before|due|no|later|than|on|or|not|deadline|timescale|target|date|for|completion|completed?|"
    r"w/c|until|the|when|end|of|close|play|latest)\b[\s:,–—-]*)*$",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(r"\b(?:by|before|due|than|on|deadline|timescale|target|completion|completed?|w/c|until|latest)\b", re.IGNORECASE)  # fmt: skip
_PASSIVE: Final = re.compile(r"^(.{4,}\bto be \w.{0,200}?)\s+by\s+([^.]{2,60})$", re.DOTALL)
_FREE: Final = ("text", "owner", "organisation", "due")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the meeting while its actions are read."""

    held_on: date | None
    people: tuple[str, ...]
    calendar: Calendar
    bodies: tuple[str, ...] = ()
    """Organisations of the attendance list."""


def parse(text: str, setting: Setting) -> ForeignAction:
    """An action from free words: who, what, by when. What is not found is a doubt."""
    raw = text.strip()[:LONGEST]
    rest = NUMBERED.sub("", ACTION_LINE.sub("", raw, count=1), count=1)
    owner, rest = _labelled(OWNER, rest)
    due_words, rest = _labelled(DUE, rest)
    rest, time = _time(rest, due_words, setting)
    who, rest = (
        (who_is(owner, setting.people, setting.bodies), rest) if owner else _who(rest, setting)
    )
    doubts = []
    if not (who.name or who.organisation or who.other):
        doubts.append("owner")
    if time is None or not time.understood or not time.sure.holds:
        doubts.append("due")
    return ForeignAction(
        text=cleaned(rest), owner=owner_of(who), organisation=who.organisation,
        due=time.day if time else None, due_words=time.words if time else due_words, raw=raw,
        where=Where(), sure=Sure.LIKELY, places=_FREE, doubts=tuple(doubts),
    )  # fmt: skip


def _labelled(label: re.Pattern[str], text: str) -> tuple[str, str]:
    found = label.search(text)
    if not found:
        return "", text
    return found[1].strip(
        " .,"
    ), f"{text[: found.start()].rstrip(' ;|,–-(')} {text[found.end() :]}".strip()


def _time(rest: str, due_words: str, setting: Setting) -> tuple[str, Said | None]:
    """The words without what they say of the time, and that."""
    if due_words:
        return rest, find_time(due_words, setting.held_on, setting.calendar)
    time = find_time(rest, setting.held_on, setting.calendar)
    if time is None or (time.start == 0 and time.end == len(rest) and time.problem):
        return rest, None
    head, tail = rest[: time.start], rest[time.end :]
    cut = LEADS.search(head)
    led = cut is not None and bool(_LEADING.search(cut[0]))
    last = not re.search(r"\w", tail) or _names(tail, setting)
    if led or last:
        head = head[: cut.start()] if cut else head
        ends = ")" if head.count("(") > head.count(")") else ""
        left = tail.strip(" .,;:–—-")
        left = left.lstrip(")] .,;") if left[:1] in ")]" else left
        return f"{head.rstrip()}{ends} {left}".strip(), time
    return rest, replace(time, sure=Sure.GUESS)  # a date in the middle may be about anything


def _who(rest: str, setting: Setting) -> tuple[Who, str]:
    """Who is to act, and what remains to be done."""
    plain = rest.strip(" .;,")
    if _names(plain, setting):
        return who_is(plain, setting.people, setting.bodies), ""
    for pattern in (_TO, _COLON):
        found = pattern.match(plain)
        if found and (_names(found[1], setting) or _collective(found[1])):
            inner = found[2]
            again = (
                _TO.match(f"x {inner}")
                if pattern is _COLON and inner.startswith(("to ", "will "))
                else None
            )
            return who_is(found[1], setting.people, setting.bodies), again[2] if again else inner
    if (found := _PASSIVE.match(plain)) and _names(found[2], setting):
        return who_is(found[2], setting.people, setting.bodies), found[1]
    if (found := _LAST.match(plain)) and _names(last := found[2] or found[3], setting):
        return who_is(last, setting.people, setting.bodies), found[1]
    if (
        (found := _TO.match(plain))
        and len(found[1].split()) <= 3
        and found[1][:1].isupper()
        and not VERB_FIRST.match(plain)
        and not found[2].startswith("be ")
    ):
        return Who(other=found[1].strip()), found[2]
    return Who(), rest


VERB_FIRST: Final = re.compile(
    r"^(?:to|add|advise|agree|allocate|apply|arrange|ask|assess|attend|book|call|chase|check|circulate|clarify|close|"
    r"complete|confirm|consider|contact|continue|convene|discuss|disclose|draft|email|ensure|establish|explore|find|"
    r"follow|give|hold|identify|inform|install|invite|keep|liaise|look|make|meet|monitor|need|notify|obtain|offer|"
    r"organise|pass|plan|prepare|progress|provide|put|raise|record|refer|remove|report|request|research|review|search|"
    r"seek|send|serve|set|share|speak|submit|supply|support|take|tell|trace|update|upload|verify|visit|write)\b",
    re.IGNORECASE,
)


_ROLE: Final = re.compile(
    r"\b(?:officer|manager|lead|worker|chair|practitioner|co-?ordinator|nurse|psychiatrist|psychologist|social|head|"
    r"inspector|sergeant|constable|director|deputy|team|liaison|OM|VLO|SPO|COM|POM)s?\b",
    re.IGNORECASE,
)


def _names(text: str, setting: Setting) -> bool:
    """Whether a few words name persons or agencies and nothing else."""
    plain = text.strip(" .:;,")
    if not plain or len(plain.split()) > 10:
        return False
    if is_person(plain, setting.people) or is_agency(plain):
        return True
    parts = [part.strip() for part in re.split(r"[(),/&;]| and | [-–—] ", plain) if part.strip()]
    named = [
        part
        for part in parts
        if full_name(part, setting.people) or is_person(part) or is_agency(part)
    ]
    others = [part for part in parts if part not in named]
    return (
        bool(named)
        and len(parts) > 1
        and all(_ROLE.search(part) and len(part.split()) < 4 for part in others)
    )


def _collective(text: str) -> bool:
    return bool(re.fullmatch(r"(?:the\s+)?(?:all(?:\s+agencies|\s+partners)?|everyone|panel(?:\s+members)?|chair|co-?ordinator|mappa co-?ordinator|relevant agenc(?:y|ies)|offender manager|lead agency|minute taker|administrator)", text.strip(), re.IGNORECASE))  # fmt: skip


def cleaned(text: str) -> str:
    """The words of an action, without its number, its dash and its last full stop."""
    plain = NUMBERED.sub("", ACTION_LINE.sub("", text.strip(), count=1), count=1)
    plain = re.sub(r"\s+([.,;])", r"\1", " ".join(plain.split())).strip(" .;,:|–—-")
    if plain.casefold().startswith("to ") and len(plain) > 3:
        plain = plain[3:]
    return plain[:1].upper() + plain[1:]


def owner_of(who: Who) -> str:
    """The person, or the words that stand where a person should, an agency apart."""
    return who.name or who.other


def without(text: str, time: Said | None) -> str:
    if time is None:
        return text
    return f"{LEADS.sub('', text[: time.start])} {text[time.end :]}"
