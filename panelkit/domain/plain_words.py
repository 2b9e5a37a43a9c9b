"""Hints about the words of minutes: what a stranger could not follow, quoted, with a suggestion.

Nothing is ever changed for a hint, and none says that words are wrong: a person decides.
A hint is given only where the words themselves show it; a date, a figure, a source or a
name in the same sentence is taken as the answer. The lists are an area's own data. Every
text is read once by patterns that never look back, so that a megabyte takes under a second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MOST: Final = 100
"""Hints given for one text: more would not be read."""

GAP: Final = "..."
"""What a phrase of the phrase book leaves to be filled in."""


@dataclass(frozen=True, slots=True)
class Vague:
    """Phrases of one kind, with what to do about them."""

    kind: str
    """What the hint is called: ``no time``."""
    words: tuple[str, ...]
    suggestion: str
    unless: str = ""
    """What in the same sentence answers it: date, figure, source, who or quote; blank is nothing."""


@dataclass(frozen=True, slots=True)
class PlainRules:
    """What an area points out."""

    vague: tuple[Vague, ...] = ()
    acronyms: tuple[tuple[str, str], ...] = ()
    """Acronyms with what each stands for."""
    everyday: tuple[str, ...] = ()
    """Those that need no explanation to anybody."""
    longest_sentence: int = 40
    """Words in a sentence before it is said to run on."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing pointed out."""

    kind: str
    quoted: str
    """The words as they stand."""
    start: int
    """Where they stand in the text."""
    end: int
    suggestion: str


# The sign comes first, and what may not stand before it is looked at only there: most of a text
# is neither, and is passed over at once.
_SENTENCE_END: Final = re.compile(
    r"[.!?\n](?:(?<=\n)\n*|(?<!\n)(?<!\be\.g.)(?<!\bi\.e.)(?<!\bMr.)(?<!\bMrs.)(?<!\bMs.)(?<!\bDr.)(?<!\bNo.)(?<!\bpara.)['\"”’)]?(?=\s+[A-Z\"“‘(\d]|\s*\n|\s*$))"
)
_WORD: Final = re.compile(r"\w[\w'’\-]*")
_ACRONYM: Final = re.compile(r"(?<![\w-])[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]{0,8}(?![\w-])")
_ANSWERS: Final[Mapping[str, re.Pattern[str]]] = {
    "date": re.compile(
        r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{1,2}[/.]\d{1,2}[/.]\d{2}|\b\d{1,2}:\d{2}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|april|june|july|august|september|october|november|december|easter|christmas)\b|\b(?:first|second|third|last) week of\b",
        re.IGNORECASE,
    ),
    "figure": re.compile(
        r"\d|\b(?:once|twice|daily|weekly|fortnightly|monthly|every|each|nightly|one|two|three|four|five|six)\b",
        re.IGNORECASE,
    ),
    "source": re.compile(
        r"\b(?:said|says|told|reported|reports|according to|stated|states|records? show|confirmed|disclosed|(?:reply|letter|e-?mail|log|report) (?:of|dated))\b",
        re.IGNORECASE,
    ),
    "who": re.compile(r"\bby (?!\d|then\b|noon\b|the end\b|next\b|email\b|phone\b|post\b)\w", re.IGNORECASE),
    "quote": re.compile(r"[\"“”‘]"),
}  # fmt: skip
ANSWERS: Final = tuple(_ANSWERS)
"""What may stand in ``unless``."""


def hints(text: str, rules: PlainRules, known: frozenset[str] = frozenset()) -> tuple[Hint, ...]:
    """What to point out in ``text``, in reading order, at most ``MOST``.

    ``known`` are acronyms that were met earlier in the document: one is pointed out once.
    """
    ends = _sentence_ends(text)
    found = [
        *_gaps(text), *vague_hints(text, rules.vague),
        *long_sentences(text, rules.longest_sentence, ends), *acronym_hints(text, rules, known),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end)))[:MOST]


def acronyms_of(text: str) -> frozenset[str]:
    """Acronyms that stand in ``text``: after it they are no longer new to a reader."""
    return frozenset(acronym for acronym, _start, _explained in _met(text))


# -- each kind -------------------------------------------------------------------------


def _gaps(text: str) -> Iterator[Hint]:
    start = text.find(GAP)
    count = 0
    while start >= 0 and count < MOST:
        left = max(text.rfind("\n", 0, start) + 1, start - 24)
        yield Hint("gap", text[left : start + 3], start, start + 3, "Fill it in, or take it out.")
        start = text.find(GAP, start + 3)
        count += 1


def vague_hints(text: str, groups: tuple[Vague, ...]) -> Iterator[Hint]:
    """Phrases of ``groups``, each kind at most ``MOST`` times."""
    flat = _flattened(text)
    for group in groups:
        # A plain search first: the pattern is run only for phrases that are there.
        words = tuple(phrase for phrase in group.words if _flat(phrase) in flat)
        if not words:
            continue
        answer = _ANSWERS.get(group.unless)
        count = 0
        for found in _phrases(words).finditer(text):
            if answer is not None:
                left, right = _sentence(text, found)
                # "is said to" does not answer itself.
                if answer.search(text, left, found.start()) or answer.search(
                    text, found.end(), right
                ):
                    continue
            yield Hint(group.kind, found[0], found.start(), found.end(), group.suggestion)
            count += 1
            if count == MOST:
                break


def _sentence(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Bounds of the sentence; one without an end is looked through near the words only."""
    left, right = max(0, found.start() - 400), min(len(text), found.end() + 400)
    for end in _SENTENCE_END.finditer(text, left, found.start()):
        left = end.end()
    after = _SENTENCE_END.search(text, found.start(), right)
    return left, after.end() if after else right


def long_sentences(text: str, longest: int, ends: list[int] | None = None) -> Iterator[Hint]:
    """Sentences of more than ``longest`` words, at most ``MOST``."""
    left, given = 0, 0
    for right in [*(_sentence_ends(text) if ends is None else ends), len(text)]:
        words = sum(1 for _ in _WORD.finditer(text, left, right))
        if words > longest and given < MOST:
            start = left + len(text[left:right]) - len(text[left:right].lstrip())
            end = min(right, start + 60)
            yield Hint(
                "runs on", text[start:end].rstrip(), start, end,
                f"{words} words in one sentence: make two of it.",
            )  # fmt: skip
            given += 1
        left = right


def acronym_hints(text: str, rules: PlainRules, known: frozenset[str]) -> Iterator[Hint]:
    """Acronyms at their first use, where they are neither known nor written out."""
    stands_for = dict(rules.acronyms)
    met = set(known) | set(rules.everyday)
    for acronym, start, explained in _met(text):
        if acronym in met:
            continue
        met.add(acronym)
        words = stands_for.get(acronym, "")
        if explained or (words and words.casefold() in text.casefold()):
            continue
        if not words and not acronym.isupper():
            continue  # a name with a capital inside it, such as McKay
        suggestion = (
            f"At first use write: {words} ({acronym})."
            if words
            else "Write it out at first use, so that somebody who was not there can follow."
        )
        yield Hint("acronym", acronym, start, start + len(acronym), suggestion)


@lru_cache(maxsize=512)
def _met(text: str) -> tuple[tuple[str, int, bool], ...]:
    """Acronyms with where each first stands, and whether it is explained there."""
    first: dict[str, tuple[int, bool]] = {}
    shouted: Counter[str] = Counter()
    for found in _ACRONYM.finditer(text):
        acronym = found[0]
        if acronym in first or shouted[acronym] > 20:
            continue
        before, after = (
            text[max(0, found.start() - 2) : found.start()],
            text[found.end() : found.end() + 3],
        )
        # "Integrated care board (ICB)" or "ICB (integrated care board)".
        explained = (before.endswith("(") and after.startswith(")")) or (
            after.startswith(" (") and after[2:3].isalpha()
        )
        if _shouted(text, found.start(), found.end()):
            shouted[acronym] += 1
        else:
            first[acronym] = (found.start(), explained)
    return tuple((acronym, start, explained) for acronym, (start, explained) in first.items())


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words around it on its line are in capitals too: a heading, not an acronym."""
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    around = before.rpartition("\n")[2] + after.partition("\n")[0]
    letters = [c for c in around if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) * 10 > len(letters) * 7


@lru_cache(maxsize=4)
def _flattened(text: str) -> str:
    return text.casefold().replace("\n", " ")


@lru_cache(maxsize=1024)
def _flat(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words, whatever the spaces between them."""
    ranked = sorted(words, key=len, reverse=True)
    alternatives = "|".join(
        r"[ \n]".join(re.escape(part) for part in phrase.split()) for phrase in ranked
    )
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)" if words else r"(?!)", re.IGNORECASE)


def _sentence_ends(text: str) -> list[int]:
    return [found.end() for found in _SENTENCE_END.finditer(text)]
