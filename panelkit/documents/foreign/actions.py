"""Actions: in tables, in a column beside the discussion, in lines, in lists.

An owner is who the words name before "to" or "will", in brackets, behind a dash, or in a column
of its own; a date is the last one said. Whatever is not understood is named among the doubts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from panelkit.documents.foreign.outline import ACTION_LINE, Outline, Row, Rows, Section, Words
from panelkit.documents.foreign.people import Who, full_name, is_agency, is_person, who_is
from panelkit.domain.foreign import ForeignAction, Sure, Where, least
from panelkit.domain.said_dates import Said, find_time
from panelkit.domain.timescales import Calendar

LONGEST: Final = 1500
"""Letters of a line that is still read as an action; longer ones are prose."""
_NUMBERED: Final = re.compile(r"^\s*(?:[([]?[A-Z]?\d{1,3}(?:\.\d{1,3}){0,2}[)\].:]*|[a-z][).])\s+")
_OWNER: Final = re.compile(r"\b(?:action\s+owner|owner|by whom|responsible(?:\s+person)?|person responsible|lead|who|assigned to)\s*[:=–-]\s*([^\n;|]{2,80}?)(?=\s*(?:[\n;|]|$)|[.,]?\s+\(?(?:due|by when|when|deadline|timescale|target|complete)\b[^:\n]{0,12}[:=])", re.IGNORECASE)  # fmt: skip
_DUE: Final = re.compile(r"\b(?:due(?:\s+date)?|by when|when|deadline|timescale|target(?:\s+date)?|complete by)\s*[:=–-]\s*([^\n;|]{2,60}?)(?=\s*(?:[\n;|]|$)|[.,]?\s+\(?(?:owner|by whom|who|lead|responsible|assigned)\b[^:\n]{0,12}[:=])", re.IGNORECASE)  # fmt: skip
_TO: Final = re.compile(r"^(.{2,70}?)\s+(?:to|will|shall|agreed to|is to|are to|has agreed to|have agreed to|must)\s+(?=[a-z])(.+)$", re.DOTALL)  # fmt: skip
_COLON: Final = re.compile(r"^(.{2,60}?)\s*(?::|\s[–—-])\s+(.+)$", re.DOTALL)
_LAST: Final = re.compile(
    r"^(.+?)\s*(?:[([]([^()\[\]]{2,60})[)\]]|(?:\s[–—-]|[.;])\s([^–—.;]{2,60}))[\s.]*$", re.DOTALL
)
_LEADS: Final = re.compile(r"[\s,;:(\[–—-]*(?:\b(?:by|before|due(?:\s+(?:by|on|date))?|no later than|on or before|not later than|deadline|timescale|target(?:\s+date)?|for completion(?:\s+by)?|complete(?:d)? by|w/c|until|on|date|the|when|end of|close of play|latest)\b[\s:,–—-]*)*$", re.IGNORECASE)  # fmt: skip
_PASSIVE: Final = re.compile(r"^(.{4,}\bto be \w.{0,200}?)\s+by\s+([^.]{2,60})$", re.DOTALL)
_INSIDE: Final = re.compile(r"\(?\b(?:ACTIONS?|Action)(?:\s+(?:point|for))?\s*[:–—-]\s*([^()\n]{2,200}?)(?=\)|\s*$|\s+ACTION\b|(?<=[a-z\d])\.\s)[).]*")  # fmt: skip
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n")
_LONGEST_PROSE: Final = 20_000
_BECAME: Final = re.compile(
    r"\s*[–—:.(-]\s*(?=(?:now |this (?:is|was|has been) |has been )?(?:completed?|done|on-?going|outstanding|carried|c/f|not (?:yet )?(?:done|complete|started)|discharged|"
    r"update\b|closed|in progress|part(?:ly)?\b|no longer|superseded))",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(r"^\W*(?:none|nil|no (?:new |further |outstanding )?actions?\b.*|n/?a|not applicable)\W*$", re.IGNORECASE)  # fmt: skip
_VERB: Final = re.compile(r"^(?:to\s+)?[A-Z]?[a-z]+\b")
_FREE: Final = ("text", "owner", "organisation", "due")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the meeting while its actions are read."""

    held_on: date | None
    people: tuple[str, ...]
    calendar: Calendar


def actions_of(outline: Outline, setting: Setting) -> tuple[ForeignAction, ...]:
    """Every action of the document, in order."""
    found: list[ForeignAction] = []
    for section in outline.sections:
        earlier = section.topic.lists == "old_actions"
        for rows in section.lists:
            if rows.kind in ("actions", "discussion"):
                found += _table(rows, setting, earlier=earlier or _is_old(rows, section))
        found += _lines(section, setting, earlier=earlier)
    found.sort(key=lambda action: (action.where.paragraph, action.where.row))
    return tuple(_once(found))


def _is_old(rows: Rows, section: Section) -> bool:
    return "outcome" in rows.names and section.topic.item == "A4"


def _once(found: list[ForeignAction]) -> list[ForeignAction]:
    """Actions without those said twice: in the text, and in a list at the end."""
    seen: dict[tuple[str, bool], int] = {}
    kept: list[ForeignAction] = []
    for action in found:
        key = (" ".join(action.text.casefold().split()).strip("."), action.earlier)
        if key in seen and key[0]:
            before = kept[seen[key]]
            if len(action.places) > len(before.places):
                kept[seen[key]] = action
            continue
        seen[key] = len(kept)
        kept.append(action)
    return kept


# -- tables ----------------------------------------------------------------------------


def _table(rows: Rows, setting: Setting, *, earlier: bool) -> Iterator[ForeignAction]:
    for row in rows.rows:
        if rows.kind == "discussion":
            yield from _beside(row, setting)
            continue
        values = row.values if rows.names else _guessed(row.values, setting)
        for each in _split_rows(values):
            made = _row(each, row, rows, setting, earlier=earlier)
            if made is not None:
                yield made


def _split_rows(values: dict[str, str]) -> list[dict[str, str]]:
    """One row for each line, where action, owner and date have as many lines each."""
    counts = {
        len(values[name].split("\n")) for name in ("action", "owner", "due") if values.get(name)
    }
    if len(counts) != 1 or counts == {1} or not values.get("owner"):
        return [values]
    split = {name: text.split("\n") for name, text in values.items()}
    size = counts.pop()
    return [
        {
            name: lines[place] if len(lines) == size else "\n".join(lines)
            for name, lines in split.items()
        }
        for place in range(size)
    ]


def _row(
    values: dict[str, str], row: Row, rows: Rows, setting: Setting, *, earlier: bool
) -> ForeignAction | None:
    text = values.get("action", "").strip()
    if not text or _NOTHING.match(text):
        return None
    known = bool(rows.names)
    free = parse(text, setting)
    owner_words, due_words = values.get("owner", ""), values.get("due", "")
    inside = (
        find_time(owner_words, setting.held_on, setting.calendar)
        if owner_words and not due_words
        else None
    )
    who = (
        who_is(_without(owner_words, inside), setting.people)
        if owner_words
        else Who(free.owner, free.organisation)
    )
    time = find_time(due_words, setting.held_on, setting.calendar) if due_words else inside
    places = {"text"} | {
        name for name in ("owner", "organisation", "due", "outcome") if name in values
    }
    doubts = set() if known else {"text", "owner", "due"}
    due, said = (
        (time.day, due_words or time.words) if time else (free.due, due_words or free.due_words)
    )
    if (time and (not time.understood or not time.sure.holds)) or (due_words and time is None):
        doubts.add("due")
    if "due" not in values:
        doubts |= {"due"} & set(free.doubts) if not due_words and inside is None else set()
    return ForeignAction(
        text=free.text if free.text and "owner" not in values else _cleaned(text),
        owner=_owner(who), organisation=values.get("organisation", "") or who.organisation,
        due=due, due_words=said, earlier=earlier, outcome=values.get("outcome", ""),
        raw=" | ".join(value for value in values.values() if value), where=row.where,
        sure=rows.sure if known else Sure.GUESS,
        places=tuple(sorted(places | ({"due"} if due or said else set()) | ({"owner"} if _owner(who) or who.organisation else set()))),
        doubts=tuple(sorted(doubts)),
    )  # fmt: skip


def _owner(who: Who) -> str:
    """The person, or the words that stand where a person should, an agency apart."""
    return who.name or who.other


def _without(text: str, time: Said | None) -> str:
    if time is None:
        return text
    return f"{_LEADS.sub('', text[: time.start])} {text[time.end :]}"


def _guessed(values: dict[str, str], setting: Setting) -> dict[str, str]:
    """Columns without headings, told by what stands in them."""
    made: dict[str, str] = {}
    rest = []
    for text in values.values():
        time = find_time(text, setting.held_on, setting.calendar)
        if (
            "due" not in made
            and time is not None
            and time.day
            and len(text.split()) <= 6
            and not who_is(_without(text, time), setting.people).name
        ):
            made["due"] = text
        elif (
            "owner" not in made
            and len(text.split()) <= 8
            and (who := who_is(text, setting.people))
            and (who.name or who.organisation)
        ):
            made["owner"] = text
        else:
            rest.append(text)
    return {"action": max(rest, key=len, default=""), **made}


# -- beside a discussion ---------------------------------------------------------------


def _beside(row: Row, setting: Setting) -> Iterator[ForeignAction]:
    """The cell beside a discussion: whole actions, or only who and by when."""
    for text in _cell_actions(row.values["action"], setting):
        if _NOTHING.match(text):
            continue
        free = parse(text, setting)
        if free.text:
            yield replace(free, where=row.where, sure=Sure.SURE, raw=text)
            continue
        sentence = _sentence(row.beside, free)
        inside = parse(sentence, setting) if sentence else None
        said = inside.text if inside is not None and inside.text else sentence
        yield replace(
            free, text=_cleaned(said), where=row.where, sure=Sure.LIKELY,
            raw=f"{row.beside} | {text}" if len(row.beside) < 400 else text,
            doubts=tuple(sorted({*free.doubts, *([] if inside and inside.owner else ["text"])})),
        )  # fmt: skip


def _cell_actions(text: str, setting: Setting) -> list[str]:
    """The actions in one cell: lines, joined where one line alone says no more than who or when."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    made: list[str] = []
    for line in lines:
        free = parse(line, setting)
        alone = bool(free.text) or bool((free.owner or free.organisation) and free.due_words)
        if made and not alone and not ACTION_LINE.match(line):
            made[-1] = f"{made[-1]} {line}"
        else:
            made.append(line)
    return made


def _sentence(beside: str, free: ForeignAction) -> str:
    """The sentence of a discussion that names the owner of the action beside it."""
    sentences = [
        part.strip() for part in re.split(r"(?<=[.!?])\s+|\n", beside[:20_000]) if part.strip()
    ]
    words = [
        word
        for word in re.findall(r"[\w'’-]+", f"{free.owner} {free.organisation}")
        if len(word) > 2
    ]
    naming = [
        each
        for each in sentences
        if any(re.search(rf"\b{re.escape(word)}\b", each) for word in words)
    ]
    doing = [each for each in naming if re.search(r"\b(?:to|will|agreed|shall)\b", each)]
    return (doing or naming or [""])[-1]


# -- lines -----------------------------------------------------------------------------


def _lines(section: Section, setting: Setting, *, earlier: bool) -> Iterator[ForeignAction]:
    listing = section.topic.lists in ("actions", "old_actions")
    pending: ForeignAction | None = None
    before = ""
    for words in section.words:
        if pending is not None and (more := _continued(pending, words.text, setting)):
            pending = more
            continue
        found = [replace(made, earlier=earlier) for made in _inside(words, setting)]
        if not found and (made := _line(words, section, setting, before, listing=listing)):
            found = [replace(made, earlier=earlier)]
        before = words.text
        if found:
            if pending is not None:
                yield pending
            yield from found[:-1]
            pending = found[-1]
    if pending is not None:
        yield pending


def _inside(words: Words, setting: Setting) -> Iterator[ForeignAction]:
    """Actions marked within or at the end of a paragraph: ``... ask the landlord. ACTION: FA``."""
    text = words.text
    if len(text) > _LONGEST_PROSE or ACTION_LINE.match(text):
        return
    start = 0
    for found in _INSIDE.finditer(text):
        free = parse(found[1], setting)
        before = [part.strip(" (") for part in _SENTENCE.split(text[start : found.start()]) if part.strip(" (")]  # fmt: skip
        start = found.end()
        sentence = before[-1] if before else ""
        doubts = set(free.doubts)
        if not free.text and sentence:
            told = parse(sentence, setting)
            due = free if free.due_words else told
            doubts = (doubts - {"due"}) | ({"due"} & set(due.doubts))
            free = replace(free, text=told.text or _cleaned(sentence), due=due.due, due_words=due.due_words)  # fmt: skip
        yield replace(
            free, where=words.where, sure=Sure.LIKELY, raw=f"{sentence} {found[0]}".strip(),
            doubts=tuple(sorted(doubts)),
        )  # fmt: skip


def _continued(action: ForeignAction, text: str, setting: Setting) -> ForeignAction | None:
    """The action with what a further line says of it: ``Owner: ...``, ``Due: ...``."""
    owner, due = _OWNER.match(text), _DUE.match(text)
    if not owner and not due:
        return None
    free = parse(f"x {text}", setting)
    return replace(
        action, owner=free.owner or action.owner, organisation=free.organisation or action.organisation,
        due=free.due or action.due, due_words=free.due_words or action.due_words,
        raw=f"{action.raw}\n{text}", sure=least(Sure.LIKELY, *([action.sure] if action.sure.holds else [])), doubts=tuple(sorted(set(action.doubts) - ({"owner"} if owner else set()) - ({"due"} if due and free.due else set()))),
    )  # fmt: skip


def _line(
    words: Words, section: Section, setting: Setting, before: str, *, listing: bool
) -> ForeignAction | None:
    text = words.text.strip()
    marked = bool(ACTION_LINE.match(text))
    if len(text) > LONGEST or not (marked or listing) or _NOTHING.match(text) or text.endswith(":"):
        return None
    outcome = ""
    if section.topic.lists == "old_actions" and (became := _BECAME.search(text)):
        text, outcome = text[: became.start()], text[became.end() :].strip(" )")
    free = replace(parse(text, setting), outcome=outcome)
    if outcome:
        free = replace(free, places=(*free.places, "outcome"))
    if section.organisation and not free.organisation and not free.owner:
        free = replace(free, organisation=section.organisation)
    where = words.where
    if not free.text:
        if not marked:
            return None
        sentence = _sentence(before, free) or before
        free = replace(free, text=_cleaned(parse(sentence, setting).text or sentence), doubts=(*free.doubts, "text"))  # fmt: skip
        return replace(free, where=where, sure=Sure.LIKELY, raw=f"{sentence} | {text}")
    named = bool(free.owner or free.organisation or words.listed)
    doing = bool(_VERB_FIRST.match(free.text))
    telling = named or (doing and bool(free.due_words))
    if not (marked or telling or doing or _NUMBERED.match(text)):
        return None
    sure = Sure.SURE if marked else Sure.LIKELY if telling else Sure.GUESS
    return replace(
        free, where=where, sure=sure if not words.where.box else least(sure, Sure.LIKELY)
    )


# -- one action in words ---------------------------------------------------------------


def parse(text: str, setting: Setting) -> ForeignAction:
    """An action from free words: who, what, by when. What is not found is a doubt."""
    raw = text.strip()[:LONGEST]
    rest = _NUMBERED.sub("", ACTION_LINE.sub("", raw, count=1), count=1)
    owner, rest = _labelled(_OWNER, rest)
    due_words, rest = _labelled(_DUE, rest)
    rest, time = _time(rest, due_words, setting)
    who, rest = (who_is(owner, setting.people), rest) if owner else _who(rest, setting)
    doubts = []
    if not (who.name or who.organisation or who.other):
        doubts.append("owner")
    if time is None or not time.understood or not time.sure.holds:
        doubts.append("due")
    return ForeignAction(
        text=_cleaned(rest), owner=_owner(who), organisation=who.organisation,
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
    cut = _LEADS.search(head)
    led = cut is not None and cut[0].strip(" ,;:([–—-")
    last = not re.search(r"\w", tail) or _names(tail, setting)
    if led or last:
        head = head[: cut.start()] if cut else head
        ends = ")" if head.count("(") > head.count(")") else ""
        return f"{head.rstrip()}{ends} {tail.strip(' .,;:)]–—-')}".strip(), time
    return rest, replace(time, sure=Sure.GUESS)  # a date in the middle may be about anything


def _who(rest: str, setting: Setting) -> tuple[Who, str]:
    """Who is to act, and what remains to be done."""
    plain = rest.strip(" .;,")
    if _names(plain, setting):
        return who_is(plain, setting.people), ""
    for pattern in (_TO, _COLON):
        found = pattern.match(plain)
        if found and (_names(found[1], setting) or _collective(found[1])):
            inner = found[2]
            again = (
                _TO.match(f"x {inner}")
                if pattern is _COLON and inner.startswith(("to ", "will "))
                else None
            )
            return who_is(found[1], setting.people), again[2] if again else inner
    if (found := _PASSIVE.match(plain)) and _names(found[2], setting):
        return who_is(found[2], setting.people), found[1]
    if (found := _LAST.match(plain)) and _names(last := found[2] or found[3], setting):
        return who_is(last, setting.people), found[1]
    if (
        (found := _TO.match(plain))
        and len(found[1].split()) <= 3
        and found[1][:1].isupper()
        and not _VERB_FIRST.match(plain)
        and not found[2].startswith("be ")
    ):
        return Who(other=found[1].strip()), found[2]
    return Who(), rest


_VERB_FIRST: Final = re.compile(
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


def _cleaned(text: str) -> str:
    """The words of an action, without its number, its dash and its last full stop."""
    plain = _NUMBERED.sub("", ACTION_LINE.sub("", text.strip(), count=1), count=1)
    plain = re.sub(r"\s+([.,;])", r"\1", " ".join(plain.split())).strip(" .;,:|–—-")
    if plain.casefold().startswith("to ") and len(plain) > 3:
        plain = plain[3:]
    return plain[:1].upper() + plain[1:]
