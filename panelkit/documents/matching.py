"""A draft as it was written beside the file as it came back: what became of each line.

Words are found by their bookmark. Where an editor lost it (Word drops a bookmark whose whole
text is typed over), they are found by what stands around them. Nothing is guessed silently:
every finding says how it was made, and whatever fits nowhere is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from panelkit.documents.outline import BODY, Line
from panelkit.documents.word_lines import Aside, Read, ReadFile, squeezed

_ALIKE: Final = 0.5
"""How alike two texts must be to be taken for one that was edited."""
_MOST_PAIRS: Final = 2500
"""Texts on both sides of a gap, multiplied, that are still compared with each other."""


class How(StrEnum):
    """How words were found again."""

    MARK = "mark"
    """By their bookmark."""
    PLACE = "place"
    """The bookmark is gone; they stand alone where it was."""
    LIKENESS = "likeness"
    """The bookmark is gone, and several texts stand there: this is the likeliest."""
    GONE = "gone"
    """No longer in the file."""


@dataclass(frozen=True, slots=True)
class Edited:
    """Words of the record that read differently now."""

    line: Line
    now: str
    how: How
    pending: bool
    """Whether a tracked change in them was neither accepted nor rejected."""


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A fact, a heading or a label that was edited."""

    lines: tuple[Line, ...]
    """Several, where a whole row or section is gone."""
    now: str
    after: str
    """What was printed before it: the label of the row, the cell to its left."""


@dataclass(frozen=True, slots=True)
class Loose:
    """Something in the file that belongs to no line of the draft."""

    kind: str
    """``paragraph``, ``table``, ``comment``, ``text box``, ``picture``, ``footnote``."""
    text: str
    section: str
    at: str
    """The words it stands at or after."""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """Everything that differs."""

    edited: tuple[Edited, ...]
    overwritten: tuple[Overwritten, ...]
    loose: tuple[Loose, ...]


def match(written: Sequence[Line], file: ReadFile) -> Matched:
    """What differs between a draft as it was written and the file that came back."""
    return _Matching(written, file).result()


@dataclass(slots=True)
class _Stretch:
    """Words found by their bookmark."""

    number: int
    """Of the line as it was written."""
    texts: list[str] = field(default_factory=list)
    pending: bool = False
    label: str = ""
    """What stands where the label should; blank where it is right."""


class _Matching:
    def __init__(self, written: Sequence[Line], file: ReadFile) -> None:
        self.written = written
        self.file = file
        self.stretches: dict[str, _Stretch] = {}
        self.owner: dict[int, list[str]] = defaultdict(list)
        """Bookmarked words in a paragraph of the file, by its number."""
        self.by_place: dict[int, list[int]] = defaultdict(list)
        """Paragraphs taken for words whose bookmark is lost."""
        self.how: dict[int, How] = {}
        self.facts: dict[int, int] = {}
        """Which paragraph stands for which fact."""
        self.changed: dict[int, int] = {}
        """The same where it reads differently."""
        self.taken: set[int] = set()
        self._find_marked()

    # -- by bookmark -----------------------------------------------------------------

    def _find_marked(self) -> None:
        marks = {line.mark: number for number, line in enumerate(self.written) if line.mark}
        lines = self.file.lines
        ends = {name: number for number, line in enumerate(lines) for name in line.ends}
        for number, line in enumerate(lines):
            for name in line.starts:
                if name not in marks:
                    continue
                last = max(ends.get(name, number), number)
                here = [n for n in range(number, last + 1) if lines[n].place == line.place]
                self.stretches[name] = _Stretch(marks[name])
                for each in here:
                    self.owner[each].append(name)
        for number in sorted(self.owner):
            self._share(number)

    def _share(self, number: int) -> None:
        """Give the words of one paragraph to the bookmarks in it; nearly always one."""
        line, names = self.file.lines[number], self.owner[number]
        names.sort(key=lambda name: line.starts.get(name, 0))
        begins = [line.starts.get(name, 0) for name in names]
        for place, name in enumerate(names):
            stretch = self.stretches[name]
            until = begins[place + 1] if place + 1 < len(names) else len(line.text)
            text = line.text[begins[place] if place else 0 : until]
            if place + 1 < len(names):
                following = self.written[self.stretches[names[place + 1]].number].label
                text = text.removesuffix(f"{following} " if following else "")
            label = self.written[stretch.number].label
            if name in line.starts and label and place == 0:
                if text.startswith(f"{label} ") or text == label:
                    text = text[len(label) + 1 :]
                else:
                    before = line.starts[name]
                    stretch.label, text = text[:before] or "(deleted)", text[before:]
            stretch.texts.append(text)
            stretch.pending = stretch.pending or line.pending

    # -- by place --------------------------------------------------------------------

    def _ours(self) -> Iterator[tuple[tuple[str, str], int]]:
        """Keys of the lines as written; words whose bookmark is lost by their paragraphs."""
        for number, line in enumerate(self.written):
            if line.mark and line.mark in self.stretches:
                yield ("mark", line.mark), number
                continue
            parts = line.text.split(BODY) if line.mark and line.between == BODY else [line.text]
            for place, part in enumerate(parts):
                label = f"{line.label} " if line.mark and line.label and not place else ""
                if part.strip() or line.mark:
                    yield ("text", squeezed(label + part)), number

    def _theirs(self) -> Iterator[tuple[tuple[str, str], int]]:
        """Keys of the file's paragraphs; blank ones say nothing."""
        begun: set[str] = set()
        for number, line in enumerate(self.file.lines):
            names = self.owner.get(number, ())
            for name in names:
                if name not in begun:
                    begun.add(name)
                    yield ("mark", name), number
            if not names and line.text.strip():
                yield ("text", squeezed(line.text)), number

    def _align(self) -> None:
        ours, theirs = list(self._ours()), list(self._theirs())
        for a, b, c, d in _gaps([key for key, _ in ours], [key for key, _ in theirs]):
            if b - a == d - c and all(ours[a + n][0] == theirs[c + n][0] for n in range(b - a)):
                for n in range(b - a):
                    self._same(ours[a + n], theirs[c + n][1])
            else:
                self._gap(
                    [number for key, number in ours[a:b] if key[0] == "text"],
                    [number for key, number in theirs[c:d] if key[0] == "text"],
                )

    def _same(self, ours: tuple[tuple[str, str], int], theirs: int) -> None:
        key, number = ours
        if key[0] == "mark":
            return
        self.taken.add(theirs)
        if self.written[number].mark:
            self.by_place[number].append(theirs)
            self.how.setdefault(number, How.PLACE)
        else:
            self.facts[number] = theirs

    def _gap(self, ours: list[int], theirs: list[int]) -> None:
        """Lines that have no equal: pair those that can be the same, edited."""
        numbers = list(dict.fromkeys(ours))
        groups = self._groups(theirs)
        how = How.PLACE if len(numbers) == 1 else How.LIKENESS
        if len(numbers) == len(groups):
            pairs = list(zip(numbers, groups, strict=True))
        elif len(numbers) * len(groups) <= _MOST_PAIRS:
            pairs, how = self._alike(numbers, groups), How.LIKENESS
        else:
            pairs = []
        for number, group in pairs:
            self.taken.update(group)
            if self.written[number].mark:
                self.by_place[number] += group
                self.how[number] = how
            else:
                self.changed[number] = group[0]
                self.taken.difference_update(group[1:])

    def _groups(self, numbers: list[int]) -> list[list[int]]:
        """Paragraphs of one cell together; each of the others alone."""
        groups: list[list[int]] = []
        for number in numbers:
            place = self.file.lines[number].place
            if groups and place and self.file.lines[groups[-1][-1]].place == place:
                groups[-1].append(number)
            else:
                groups.append([number])
        return groups

    def _alike(self, numbers: list[int], groups: list[list[int]]) -> list[tuple[int, list[int]]]:
        pairs, begin = [], 0
        for number in numbers:
            best, score = -1, _ALIKE
            for place in range(begin, len(groups)):
                text = "\n".join(self.file.lines[n].text for n in groups[place])
                likeness = _likeness(self.written[number].text, text, score)
                if likeness > score:
                    best, score = place, likeness
            if best >= 0:
                pairs.append((number, groups[best]))
                begin = best + 1
        return pairs

    def _absorb(self) -> None:
        """A paragraph added in a cell beside words is part of them; likewise one added
        between two paragraphs of words whose bookmark is lost."""
        lines = self.file.lines
        for number, found in list(self.by_place.items()):
            for each in range(min(found), max(found) + 1):
                same = lines[each].place == lines[found[0]].place
                if same and each not in self.taken and each not in self.owner:
                    self.by_place[number].append(each)
                    self.taken.add(each)
        for number, line in enumerate(lines):
            before = self.owner.get(number - 1, ())
            loose = number not in self.taken and number not in self.owner
            if loose and line.place and before and lines[number - 1].place == line.place:
                self.owner[number] = [before[-1]]
                self.stretches[before[-1]].texts.append(line.text)
        for number in range(len(lines) - 2, -1, -1):
            line, after = lines[number], self.owner.get(number + 1, ())
            loose = number not in self.taken and number not in self.owner
            if loose and line.place and after and lines[number + 1].place == line.place:
                self.owner[number] = [after[0]]
                self.stretches[after[0]].texts.insert(0, line.text)

    # -- what is said ----------------------------------------------------------------

    def result(self) -> Matched:
        """Everything that differs, in the order of the draft."""
        self._align()
        self._absorb()
        return Matched(tuple(self._edited()), tuple(self._overwritten()), tuple(self._unplaced()))

    def _edited(self) -> Iterator[Edited]:
        for number, line in enumerate(self.written):
            if not line.mark:
                continue
            found = self.stretches.get(line.mark)
            if found:
                now, how, pending = line.between.join(found.texts), How.MARK, found.pending
            elif number in self.by_place:
                paragraphs = [self.file.lines[n] for n in sorted(set(self.by_place[number]))]
                now = line.between.join(read.text for read in paragraphs)
                if line.label:
                    now = now.removeprefix(f"{line.label} ")
                how, pending = self.how[number], any(read.pending for read in paragraphs)
            elif line.raw.strip():
                now, how, pending = "", How.GONE, False
            else:
                continue
            if now != line.text and now.strip() != line.text.strip():
                yield Edited(line, now.strip("\n"), how, pending)

    def _overwritten(self) -> Iterator[Overwritten]:
        run: list[int] = []
        for number, line in enumerate(self.written):
            stretch = self.stretches.get(line.mark) if line.mark else None
            if line.mark and not stretch and number not in self.by_place:
                continue  # words that are gone: told with the words, and part of no other run
            gone = not line.mark and number not in self.facts and number not in self.changed
            if run and not (gone and self.written[run[-1]].section == line.section):
                yield self._lost(run)
                run = []
            if gone:
                run.append(number)
            elif number in self.changed:
                now = self.file.lines[self.changed[number]].text
                yield Overwritten((line,), now, self._printed_before(number))
            elif stretch and stretch.label:
                label = Line(text=line.label, section=line.section)
                yield Overwritten((label,), stretch.label.strip(), self._printed_before(number))
        if run:
            yield self._lost(run)

    def _lost(self, run: list[int]) -> Overwritten:
        lines = tuple(self.written[number] for number in run)
        return Overwritten(lines, "", self._printed_before(run[0]))

    def _printed_before(self, number: int) -> str:
        return self.written[number - 1].text if number else ""

    def _unplaced(self) -> Iterator[Loose]:
        sections = self._sections()
        table: list[Read] = []
        start = 0
        for number, line in enumerate([*self.file.lines, Read()]):
            last = number == len(self.file.lines)
            loose = (
                not last
                and number not in self.taken
                and number not in self.owner
                and bool(line.text.strip())
            )
            if loose and line.place:
                start = start if table else number
                table.append(line)
                continue
            if table and (last or line.text.strip()):
                text = " | ".join(read.text for read in table)
                yield Loose("table", text, sections[start], self._before(start))
                table = []
            if loose:
                yield Loose("paragraph", line.text, sections[number], self._before(number))
        for aside in self.file.asides:
            yield self._aside(aside, sections)

    def _aside(self, aside: Aside, sections: list[str]) -> Loose:
        number = min(aside.line, len(sections) - 1)
        section = sections[number] if sections else ""
        at = aside.at or (self.file.lines[number].text if sections else "")
        return Loose(aside.kind, aside.text, section, at, aside.who)

    def _before(self, number: int) -> str:
        """The words that stand before a paragraph."""
        earlier = (self.file.lines[n].text for n in range(number - 1, -1, -1))
        return next((text for text in earlier if text.strip()), "")

    def _sections(self) -> list[str]:
        """The section of each paragraph of the file."""
        known = {place: number for number, place in self.facts.items()}
        known |= {place: number for number, place in self.changed.items()}
        found, section = [], ""
        for number in range(len(self.file.lines)):
            names = self.owner.get(number)
            if names:
                section = self.written[self.stretches[names[0]].number].section
            elif number in known:
                section = self.written[known[number]].section
            found.append(section)
        return found


def _likeness(a: str, b: str, least: float) -> float:
    matcher = SequenceMatcher(None, a[:2000], b[:2000], autojunk=False)
    if matcher.real_quick_ratio() <= least or matcher.quick_ratio() <= least:
        return 0.0
    return matcher.ratio()


Key = tuple[str, str]


def _gaps(ours: Sequence[Key], theirs: Sequence[Key]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of both sides that belong together: equal ones, and gaps between them.

    Keys that stand once on each side, in order, anchor the rest, so that the time taken
    does not grow with what somebody added.
    """
    here = there = 0
    for a, c in [*_anchors(ours, theirs), (len(ours), len(theirs))]:
        matcher = SequenceMatcher(None, ours[here:a], theirs[there:c], autojunk=False)
        for _tag, i, j, k, m in matcher.get_opcodes():
            yield here + i, here + j, there + k, there + m
        if a < len(ours):
            yield a, a + 1, c, c + 1
        here, there = a + 1, c + 1


def _anchors(ours: Sequence[Key], theirs: Sequence[Key]) -> list[tuple[int, int]]:
    counts, counts_there = Counter(ours), Counter(theirs)
    places = {key: place for place, key in enumerate(theirs) if counts_there[key] == 1}
    pairs = [
        (place, places[key]) for place, key in enumerate(ours) if counts[key] == 1 and key in places
    ]
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_ours, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1], ends[at : at + 1] = [place], [number]
    series, number = [], ends[-1] if ends else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]
