"""Actions: in tables, in a column beside the discussion, in lines, in lists.

An owner is who the words name before "to" or "will", in brackets, behind a dash, or in a column
of its own; a date is the last one said. Whatever is not understood is named among the doubts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from panelkit.documents.foreign.deeds import (
    DUE,
    LONGEST,
    NUMBERED,
    OWNER,
    VERB_FIRST,
    Setting,
    cleaned,
    owner_of,
    parse,
    without,
)
from panelkit.documents.foreign.parts import ACTION_LINE, Outline, Row, Rows, Section, Words
from panelkit.documents.foreign.people import Who, who_is
from panelkit.domain.foreign import ForeignAction, Sure, least
from panelkit.domain.said_dates import find_time

_INSIDE: Final = re.compile(r"\(?\b(?:ACTIONS?|Action)(?:\s+(?:point|for))?\s*[:–—-]\s*([^()\n]{2,200}?)(?=\)|\s*$|\s+ACTION\b|(?<=[a-z\d])\.\s)[).]*")  # fmt: skip
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n")
_LONGEST_PROSE: Final = 20_000
MOST: Final = 2000
"""Lines under one heading that are read as actions."""
_BECAME: Final = re.compile(
    r"\s*[–—:.(-]\s*(?=(?:now |this (?:is|was|has been) |has been )?(?:completed?|done|on-?going|outstanding|carried|c/f|not (?:yet )?(?:done|complete|started)|discharged|"
    r"update\b|closed|in progress|part(?:ly)?\b|no longer|superseded))",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(r"^\W*(?:none|nil|no (?:new |further |outstanding )?actions?\b.*|carried forward\b.*|(?:all )?to note|noted|n/?a|not applicable)\W*$", re.IGNORECASE)  # fmt: skip


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
    return bool({"outcome", "status"} & set(rows.names)) and section.topic.item == "A4"


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
        who_is(without(owner_words, inside), setting.people, setting.bodies)
        if owner_words
        else Who(free.owner, free.organisation)
    )
    time = find_time(due_words, setting.held_on, setting.calendar) if due_words else inside
    places = {"text"} | {
        name for name in ("owner", "organisation", "due", "outcome", "status") if name in values
    }
    doubts = set() if known else {"text", "owner", "due"}
    if not known and time is None and not (free.owner or free.organisation or who.name):
        return None
    due, said = (
        (time.day, due_words or time.words) if time else (free.due, due_words or free.due_words)
    )
    if (time and (not time.understood or not time.sure.holds)) or (due_words and time is None):
        doubts.add("due")
    if "due" not in values:
        doubts |= {"due"} & set(free.doubts) if not due_words and inside is None else set()
    return ForeignAction(
        text=free.text if free.text and "owner" not in values else cleaned(text),
        owner=owner_of(who), organisation=values.get("organisation", "") or who.organisation,
        due=due, due_words=said, earlier=earlier, outcome=values.get("outcome", ""), status=values.get("status", ""),
        raw=" | ".join(value for value in values.values() if value), where=row.where,
        sure=rows.sure if known else Sure.GUESS,
        places=tuple(sorted(places | ({"due"} if due or said else set()) | ({"owner"} if owner_of(who) or who.organisation else set()))),
        doubts=tuple(sorted(doubts)),
    )  # fmt: skip


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
            and not who_is(without(text, time), setting.people, setting.bodies).name
        ):
            made["due"] = text
        elif (
            "owner" not in made
            and len(text.split()) <= 8
            and (who := who_is(text, setting.people, setting.bodies))
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
        if inside is not None and not free.due_words and inside.due_words:
            kept = (set(free.doubts) - {"due"}) | ({"due"} & set(inside.doubts))
            free = replace(free, due=inside.due, due_words=inside.due_words, doubts=tuple(kept))
        yield replace(
            free, text=cleaned(said), where=row.where, sure=Sure.LIKELY,
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
    words = re.findall(r"\b[A-Z]{2,4}\b", free.raw) + [
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
    for words in section.words[:MOST] if listing else section.words:
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
            free = replace(free, text=told.text or cleaned(sentence), due=due.due, due_words=due.due_words)  # fmt: skip
        yield replace(
            free, where=words.where, sure=Sure.LIKELY, raw=f"{sentence} {found[0]}".strip(),
            doubts=tuple(sorted(doubts)),
        )  # fmt: skip


def _continued(action: ForeignAction, text: str, setting: Setting) -> ForeignAction | None:
    """The action with what a further line says of it: ``Owner: ...``, ``Due: ...``."""
    owner, due = OWNER.match(text), DUE.match(text)
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
        free = replace(free, text=cleaned(parse(sentence, setting).text or sentence), doubts=(*free.doubts, "text"))  # fmt: skip
        return replace(free, where=where, sure=Sure.LIKELY, raw=f"{sentence} | {text}")
    named = bool(free.owner or free.organisation or words.listed)
    doing = bool(VERB_FIRST.match(free.text))
    telling = named or (doing and bool(free.due_words))
    if not (marked or telling or doing or NUMBERED.match(text)):
        return None
    sure = Sure.SURE if marked else Sure.LIKELY if telling else Sure.GUESS
    return replace(
        free, where=where, sure=sure if not words.where.box else least(sure, Sure.LIKELY)
    )
