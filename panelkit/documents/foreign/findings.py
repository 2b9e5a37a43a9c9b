"""Facts of the meeting, risk ratings and decisions, each with the words they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from panelkit.documents.foreign.parts import Outline, Pair, Section, Words
from panelkit.documents.foreign.people import PERSON, name_in
from panelkit.domain.foreign import ForeignDecision, ForeignRating, Found, Sure, Where
from panelkit.domain.foreign_sense import BECAUSE, risk_of, split_reason
from panelkit.domain.said_dates import find_dates
from panelkit.domain.timescales import Calendar
from panelkit.domain.vocabulary import RiskGroup

LEVEL: Final = re.compile(r"\b(?:mappa\s+)?l(?:evel\s*)?([123]|one|two|three)\b", re.IGNORECASE)
CATEGORY: Final = re.compile(r"\bcat(?:egory)?\.?\s*([1-4]|one|two|three|four)\b", re.IGNORECASE)
KIND: Final = re.compile(
    r"\b(initial|first|review|emergency|urgent|extraordinary)\b", re.IGNORECASE
)
MARKING: Final = re.compile(
    r"\b(OFFICIAL\s*[-–:]?\s*SENSITIVE|OFFICIAL|RESTRICTED|CONFIDENTIAL|SECRET)\b"
)
_NUMBERS: Final = {"one": "1", "two": "2", "three": "3", "four": "4"}
_KINDS: Final = {"first": "initial", "urgent": "emergency", "extraordinary": "emergency"}
_TIME: Final = re.compile(
    r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\s*(am|pm)?|\b(1[0-2]|[1-9])\s*(am|pm)\b", re.IGNORECASE
)
_REF: Final = re.compile(r"[A-Z]{1,6}[ /-]?\d[\w/-]{1,15}|\d{2,4}/\d[\w/-]{0,15}")
_TOP: Final = 15
"""Lines of the beginning in which the title of the minutes is looked for."""
GROUPS: Final[tuple[tuple[re.Pattern[str], RiskGroup], ...]] = (
    (re.compile(r"\bchild", re.IGNORECASE), RiskGroup.CHILDREN),
    (re.compile(r"\bstaff|professional", re.IGNORECASE), RiskGroup.STAFF),
    (re.compile(r"\bprisoner|inmate", re.IGNORECASE), RiskGroup.PRISONERS),
    (re.compile(r"\bself|suicide", re.IGNORECASE), RiskGroup.SELF),
    (re.compile(r"\bknown|partner|adult|victim", re.IGNORECASE), RiskGroup.KNOWN_ADULT),
    (re.compile(r"\bpublic", re.IGNORECASE), RiskGroup.PUBLIC),
)
_RATED: Final = re.compile(
    r"^\s*(?:risk (?:to|of serious harm to)\s+)?(?P<who>children|the public|public|known adults?|adults?|staff|prisoners|other prisoners|self)"
    r"\s*(?:[:=–—-]|is|are|:\s*-)?\s*(?:assessed as\s*)?(?P<level>very[ -]high|high|medium|low)\b\W*(?P<why>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DECIDED: Final = re.compile(r"^\s*(?:\(?D?\d{1,2}(?:\.\d{1,2})?[).:]?\s+)?decision\s*(?:no\.?\s*)?\d{0,2}\s*[:–—-]\s*(.+)$|^\s*D\d{1,2}\s*[:.–—-]\s*(.+)$", re.IGNORECASE | re.DOTALL)  # fmt: skip
_PROSE: Final = re.compile(r"\b(?:it was|the (?:panel|meeting|chair)|all|panel members|members|agencies)\s+(?:\w+\s+)?(?:decided|resolved|agreed)\s+(?:that|to|not)\b", re.IGNORECASE)  # fmt: skip
_NO_DECISION: Final = frozenset({"A1", "A2", "A4", "A5", "A7"})
"""Items at which "it was agreed" speaks of procedure or of what somebody else did."""
_REASON_LINE: Final = re.compile(
    r"^\s*(?:rationale|reasons?|because)\s*[:–—-]\s*(.+)$", re.IGNORECASE | re.DOTALL
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n")


def facts_of(
    outline: Outline, calendar: Calendar, headers: tuple[str, ...]
) -> tuple[tuple[Found, ...], tuple[tuple[str, str, Found], ...]]:
    """Facts of the meeting, and answers that stand at a label of their own."""
    facts: list[Found] = list(_markings(outline, headers))
    held_on = _held_on(outline, calendar)
    facts += [held_on] if held_on else []
    day = held_on.day if held_on else None
    facts += _title(outline)
    facts += _chairing(outline)
    answers: list[tuple[str, str, Found]] = []
    for section in outline.sections:
        for pair in section.pairs:
            if "." in pair.key:
                item, _, field = pair.key.partition(".")
                answers.append((item, field, _found(pair.key, pair.value, pair)))
            elif pair.key != "held_on":
                facts += _from_pair(pair, day, calendar)
        if section.topic.item == "A18" and not section.topic.field:
            facts += _next(section, day, calendar)
    return tuple(facts), tuple(answers)


def _found(key: str, value: str, pair: Pair, sure: Sure = Sure.SURE) -> Found:
    return Found(
        key=key, value=value, raw=pair.value, where=pair.where, sure=sure, how=f'beside "{pair.label}"'
    )  # fmt: skip


def _markings(outline: Outline, headers: tuple[str, ...]) -> Iterator[Found]:
    for text in headers:
        if found := MARKING.search(text):
            yield Found(key="marking", value=found[1], raw=text[:80], where=Where(), sure=Sure.SURE, how="in the header or footer")  # fmt: skip
    for words in [words for section in outline.sections[:3] for words in section.words][:_TOP]:
        if (found := MARKING.search(words.text)) and len(words.text) < 80:
            yield Found(key="marking", value=found[1], raw=words.text, where=words.where, sure=Sure.LIKELY, how="at the top")  # fmt: skip


def _held_on(outline: Outline, calendar: Calendar) -> Found | None:
    """The date of the meeting: beside its label, or in the title."""
    for section in outline.sections:
        for pair in section.pairs:
            if pair.key != "held_on":
                continue
            said = find_dates(pair.value, None, calendar)
            if said and said[0].day:
                top = section.topic.item in ("", "A1", "A3")
                plain = "meeting" in pair.label.casefold() or top
                return _found("held_on", said[0].day.isoformat(), pair, Sure.SURE if plain else Sure.LIKELY)  # fmt: skip
    for words in _top(outline):
        said = find_dates(words.text, None, calendar)
        if (
            said
            and said[0].day
            and not re.search(r"birth|DOB|d\.o\.b|next", words.text, re.IGNORECASE)
        ):
            telling = re.search(
                r"\bheld\b|\bmeeting\b|\bminutes\b|\bpanel\b", words.text, re.IGNORECASE
            )
            return Found(
                key="held_on", value=said[0].day.isoformat(), raw=words.text[:200], where=words.where,
                sure=Sure.LIKELY if telling else Sure.GUESS, how="in the first lines",
            )  # fmt: skip
    return None


def _top(outline: Outline) -> list[Words]:
    lines = [
        Words(section.heading, section.where) if part is None else part
        for section in outline.sections[:4]
        if section.topic.item in ("", "A1", "A2", "A3")
        for part in (None, *section.words)
    ]
    return [line for line in lines if line.text][:_TOP]


def _title(outline: Outline) -> Iterator[Found]:
    """Level, kind and category as the title says them."""
    for words in _top(outline):
        if len(words.text) > 160 or not re.search(r"\bmapp?a?\b|\bminutes\b|\bpanel\b", words.text, re.IGNORECASE):  # fmt: skip
            continue
        for key, value in _terms(words.text):
            yield Found(key=key, value=value, raw=words.text, where=words.where, sure=Sure.LIKELY, how="in the title")  # fmt: skip


_CHAIRING: Final = re.compile(r"\(\s*chair(?:person|man|woman|ing)?\s*\)|\s*[,–-]\s*chair\b(?! of)|\s+(?:chaired|was in the chair|took the chair|chairing)\b|\s+\(.{0,40}\bchair\)", re.IGNORECASE)  # fmt: skip


def _chairing(outline: Outline) -> Iterator[Found]:
    """``Ruth Calloway (chair) welcomed everyone``."""
    for section in outline.sections:
        if section.topic.item not in ("", "A1", "A2"):
            continue
        for words in section.words[:30]:
            found = _CHAIRING.search(words.text[:300])
            before = words.text[max(found.start() - 60, 0) : found.start()].strip() if found else ""
            if led := re.match(
                r"(?:the meeting was )?chaired by\s+(.{4,60})", words.text, re.IGNORECASE
            ):
                before = name_in(led[1]) if led[1].startswith(name_in(led[1])) else ""
            names = [each for each in PERSON.findall(before) if before.endswith(each)]
            if names and name_in(names[-1]):
                yield Found(key="chair", value=names[-1], raw=words.text[:200], where=words.where, sure=Sure.LIKELY, how="in words")  # fmt: skip


def _terms(text: str) -> Iterator[tuple[str, str]]:
    if len(levels := {_figure(each) for each in LEVEL.findall(text)}) == 1:
        yield "level", levels.pop()
    if found := CATEGORY.search(text):
        yield "category", _figure(found[1])
    if len(kinds := {_KINDS.get(k.casefold(), k.casefold()) for k in KIND.findall(text)}) == 1:
        yield "kind", kinds.pop()


def _figure(word: str) -> str:
    return _NUMBERS.get(word.casefold(), word)


def _from_pair(pair: Pair, held_on: date | None, calendar: Calendar) -> Iterator[Found]:
    value = pair.value.strip()
    if pair.key in ("level", "category", "level_category", "kind"):
        yield from _term_pair(pair, value)
    elif pair.key in ("next", "born"):
        said = find_dates(value, held_on if pair.key == "next" else None, calendar)
        if said and said[0].day:
            yield _found(pair.key, said[0].day.isoformat(), pair, said[0].sure)
        else:
            yield _found(f"{pair.key}_words", value, pair)
    elif pair.key in ("start", "end"):
        times = [_clock(found) for found in _TIME.finditer(value)]
        if times:
            yield _found(pair.key, times[0], pair)
        if pair.key == "start" and len(times) > 1:
            yield _found("end", times[1], pair, Sure.LIKELY)
    elif pair.key in ("chair", "minute_taker"):
        yield _found(pair.key, name_in(value) or value.split("\n")[0][:80], pair, Sure.SURE if name_in(value) else Sure.LIKELY)  # fmt: skip
    elif pair.key == "marking":
        found = MARKING.search(value.upper())
        yield _found("marking", found[1] if found else value[:60], pair)
    elif pair.key == "ref":
        found = _REF.search(value)
        yield _found("ref", found[0] if found else value.split("\n")[0][:40], pair, Sure.SURE if found else Sure.LIKELY)  # fmt: skip
    elif value:
        yield _found(pair.key, value.split("\n")[0][:200], pair)


def _term_pair(pair: Pair, value: str) -> Iterator[Found]:
    figure = re.match(r"^\s*([1-4])\b", value)
    if figure and pair.key in ("level", "category"):
        yield _found(pair.key, figure[1], pair)
        return
    if pair.key == "level_category" and (
        two := re.match(r"^\s*([1-4])\s*[/,&-]\s*([1-4])\s*$", value)
    ):
        first = (
            "category"
            if pair.label.casefold().find("cat") < pair.label.casefold().find("level")
            else "level"
        )
        second = "level" if first == "category" else "category"
        yield _found(first, two[1], pair, Sure.LIKELY)
        yield _found(second, two[2], pair, Sure.LIKELY)
        return
    for key, term in _terms(value):
        yield _found(key, term, pair)


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    half = (found[3] or found[5] or "").casefold()
    if half == "pm" and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}"


def _next(section: Section, held_on: date | None, calendar: Calendar) -> Iterator[Found]:
    for words in section.words[:6]:
        for said in find_dates(words.text, held_on, calendar)[:1]:
            if said.day and held_on and said.day > held_on:
                yield Found(key="next", value=said.day.isoformat(), raw=words.text[:200], where=words.where, sure=Sure.LIKELY, how=f'under "{section.heading}"')  # fmt: skip
                return


# -- risk ------------------------------------------------------------------------------


def ratings_of(outline: Outline) -> tuple[ForeignRating, ...]:
    """Risk to each group, the first that is said of it."""
    found: dict[RiskGroup, ForeignRating] = {}
    for section in outline.sections:
        for rating in _ratings(section):
            found.setdefault(rating.group, rating)
    return tuple(found.values())


def _ratings(section: Section) -> Iterator[ForeignRating]:
    for rows in section.lists:
        if rows.kind != "risk":
            continue
        for row in rows.rows:
            texts = list(row.values.values())
            who = row.values.get("group", texts[0])
            said = row.values.get("level", texts[1] if len(texts) > 1 else "")
            group, level = group_of(who), risk_of(said)
            if group and level:
                because = row.values.get(
                    "because", texts[2] if len(texts) > 2 and not rows.names else ""
                )
                yield ForeignRating(group=group, level=level, because=because, raw=row.raw, where=row.where, sure=rows.sure)  # fmt: skip
    if section.topic.item != "A10":
        return
    for words in section.words:
        found = _RATED.match(words.text[:1000])
        if (
            not found
            or not (group := group_of(found["who"]))
            or not (level := risk_of(found["level"]))
        ):
            continue
        because = BECAUSE.sub("", found["why"].strip(" .()–—-"), count=1)
        yield ForeignRating(group=group, level=level, because=because, raw=words.text, where=words.where, sure=Sure.LIKELY)  # fmt: skip


def group_of(text: str) -> RiskGroup | None:
    """Which group words name; None where none or more than one kind."""
    return next((group for words, group in GROUPS if words.search(text[:200])), None)


# -- decisions -------------------------------------------------------------------------


def decisions_of(outline: Outline) -> tuple[ForeignDecision, ...]:
    """Every decision: in a table, under its heading, after "Decision:", in a sentence."""
    found: list[ForeignDecision] = []
    for section in outline.sections:
        for rows in section.lists:
            if rows.kind == "decisions":
                for row in rows.rows:
                    texts = list(row.values.values())
                    text = row.values.get("decision", max(texts, key=len, default=""))
                    places = tuple({"decision": "decision", "because": "because", "decided_by": "decided_by"}[n] for n in row.values if n in ("decision", "because", "decided_by"))  # fmt: skip
                    if text:
                        found.append(ForeignDecision(text=text, because=row.values.get("because", ""), decided_by=row.values.get("decided_by", ""), item=section.topic.item, raw=row.raw, where=row.where, sure=rows.sure, places=places))  # fmt: skip
        found += _said_decisions(section)
    return tuple(found)


def _said_decisions(section: Section) -> Iterator[ForeignDecision]:
    listing = section.topic.lists == "decisions"
    acting = section.topic.lists in ("actions", "old_actions")
    pending: ForeignDecision | None = None
    for words in section.words:
        text = words.text.strip()
        if pending is not None and (reason := _REASON_LINE.match(text)):
            pending = _with_reason(pending, reason[1], text)
            continue
        made = None
        if len(text) <= 4000 and not acting:
            if marked := _DECIDED.match(text):
                made = _decision((marked[1] or marked[2]).strip(), words, section, Sure.SURE)
            elif listing and not text.endswith(":") and len(text.split()) > 2:
                made = _decision(text, words, section, Sure.LIKELY)
            elif _PROSE.search(text) and not listing and section.topic.item not in _NO_DECISION:
                sentence = next(part for part in _SENTENCE.split(text) if _PROSE.search(part) or part == text)  # fmt: skip
                made = _decision(sentence, words, section, Sure.LIKELY)
        if made is not None:
            if pending is not None:
                yield pending
            pending = made
    if pending is not None:
        yield pending


def _decision(text: str, words: Words, section: Section, sure: Sure) -> ForeignDecision:
    said, because = split_reason(text)
    return ForeignDecision(
        text=said, because=because, item=section.topic.item, raw=words.text,
        where=words.where, sure=sure, places=("decision", "because"),
    )  # fmt: skip


def _with_reason(decision: ForeignDecision, reason: str, text: str) -> ForeignDecision:
    return ForeignDecision(
        text=decision.text, because=f"{decision.because} {reason}".strip(), item=decision.item,
        raw=f"{decision.raw}\n{text}", where=decision.where, sure=decision.sure, places=decision.places,
    )  # fmt: skip
