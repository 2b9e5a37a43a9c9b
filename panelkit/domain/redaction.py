"""What a summary shares with the record: every name, and every run of words that betrays one.

Pure: texts in, findings out. It finds what is the same, letter for letter but for case and
punctuation; what was put in other words only a person can find, which is why a person reads
the whole text as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.case import Case
from panelkit.domain.fields import Field, FieldKind, fields_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import Sensitivity

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_PLAIN: Final = frozenset(
    "a an and are as at be been by for from had has have he her his if in is it its no not of on "
    "or she that the their them they this to under was were which who will with".split()
)
"""Words that betray nothing, alone or in twos and threes."""

_TYPED: Final = (
    FieldKind.WORDS,
    FieldKind.LINE,
    FieldKind.PERSON,
    FieldKind.ORGANISATION,
    FieldKind.ORGANISATIONS,
)
_TELLING_RUN: Final = 2
"""Words in a row, plain ones not counted, that make a run worth showing."""

_INITIALS: Final = 2
"""A part of a name no longer than this betrays nobody by itself."""


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Words of the record that were not written for an outsider."""

    place: str
    """Where they stand, as people call it: "Attendance: Name"."""
    text: str
    is_name: bool = False
    """Each part of a name betrays a person, so each is looked for alone."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that stand in the summary and in the record."""

    words: str
    """As the summary has them."""
    places: tuple[str, ...]
    """Where the record has them."""


def sensitive_texts(meeting: Meeting) -> tuple[Sensitive, ...]:
    """Everything a person typed that is not open, and every name and organisation, whichever it is."""
    return tuple(found for found in _every(meeting) if found.text.strip())


def _every(meeting: Meeting) -> Iterator[Sensitive]:
    yield from _described("The individual", fields_of(Case), meeting.case)
    for item in meeting.agenda:
        for field in item.fields:
            if _is_sensitive(field):
                name = field.kind is FieldKind.PERSON
                text = meeting.text(item.code, field.key)
                yield Sensitive(f"{item.code} {field.label}", text, name)
    for place, answer in meeting.answers.items():
        if meeting.field(*place) is None:
            yield Sensitive(place[0], answer.text)
    for kind in e.ENTRIES:
        for row in meeting.of(kind):
            yield from _described(kind.title, fields_of(kind), row)
            yield Sensitive(f"{kind.title}: withdrawn", row.withdrawn)


def _described(title: str, fields: Iterable[Field], holder: object) -> Iterator[Sensitive]:
    for field in fields:
        if _is_sensitive(field):
            value = getattr(holder, field.key)
            text = "\n".join(value) if isinstance(value, tuple) else str(value or "")
            name = field.kind is FieldKind.PERSON or field.key in ("name", "aliases")
            yield Sensitive(f"{title}: {field.label}", text, name)


def _is_sensitive(field: Field) -> bool:
    if field.kind not in _TYPED:
        return False
    named = field.kind in (FieldKind.PERSON, FieldKind.ORGANISATION, FieldKind.ORGANISATIONS)
    return named or field.sensitivity is not Sensitivity.OPEN


def shared(texts: Iterable[str], sensitive: Iterable[Sensitive]) -> tuple[Shared, ...]:
    """Each run of words of ``texts`` that ``sensitive`` holds too, longest first taken.

    A run counts from two telling words, or as one that is a part of a name, holds a digit,
    or is written with a capital inside a sentence of the record.
    """
    known = [_Known(each) for each in sensitive]
    ordinary = {word for each in known for word in each.lower}
    for each in known:
        each.alone -= ordinary & each.capital
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for text in texts:
        for run in _runs(text, known):
            words, places = found.setdefault(run.words.casefold(), (run.words, {}))
            places.update(dict.fromkeys(run.places))
            found[run.words.casefold()] = (words, places)
    return tuple(Shared(words, tuple(places)) for words, places in found.values())


class _Known:
    """One sensitive text, ready to be looked into."""

    def __init__(self, source: Sensitive) -> None:
        self.place = source.place
        marks = list(_WORD.finditer(source.text))
        self.words = [_plain(mark[0]) for mark in marks]
        self.joined = " " + " ".join(self.words) + " "
        self.lower = {mark[0] for mark in marks if mark[0].islower()}
        """Words that the record also writes small: a capital of theirs names nobody."""
        self.alone: set[str] = set()
        self.capital: set[str] = set()
        """Those of ``alone`` that stand there for their capital only."""
        for mark in marks:
            if _betrays(mark[0], source.text[: mark.start()], is_name=source.is_name):
                self.alone.add(_plain(mark[0]))
                if not source.is_name and mark[0][0].isupper():
                    self.capital.add(_plain(mark[0]))

    def holds(self, run: list[str]) -> bool:
        return f" {' '.join(run)} " in self.joined


def _betrays(word: str, before: str, *, is_name: bool) -> bool:
    """Whether one word alone can betray somebody or some place."""
    if any(character.isdigit() for character in word):
        return len(word) > 1
    if len(word) <= _INITIALS or _plain(word) in _PLAIN:
        return False
    starts = not before.strip() or before.rstrip()[-1:] in ".!?:;\n•-" or before.endswith("\n")
    return is_name or (word[0].isupper() and not starts)


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _runs(text: str, known: list[_Known]) -> Iterator[Shared]:
    marks = list(_WORD.finditer(text))
    words = [_plain(mark[0]) for mark in marks]
    start = 0
    while start < len(words):
        end, places = _longest(words, start, known)
        run = words[start:end]
        telling = sum(word not in _PLAIN for word in run)
        alone = [k.place for k in known if any(word in k.alone for word in run)]
        if telling >= _TELLING_RUN or alone:
            shown = " ".join(text[marks[start].start() : marks[end - 1].end()].split())
            yield Shared(shown, tuple(dict.fromkeys([*places, *alone])))
        start = max(end, start + 1)


def _longest(words: list[str], start: int, known: list[_Known]) -> tuple[int, list[str]]:
    holders = [each for each in known if each.holds(words[start : start + 1])]
    end = start + 1
    while end < len(words):
        longer = [each for each in holders if each.holds(words[start : end + 1])]
        if not longer:
            break
        holders, end = longer, end + 1
    return end, [each.place for each in holders]
