r"""What somebody looks for, read from what they typed, and whether words hold it.

    asked = read('O\'Brien "harrow road" -closed', still_typing=True)
    found = match(asked, ["D. O’Brien", "Moved to Harrow Road"])

Every word has to be there; ``"words in quotes"`` have to stand together; ``-word`` must not be
there; a word that ends in ``*``, and the last one while somebody types, may go on. Anything at all
may be typed: what is no word is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from panelkit.domain.folding import Word, words_in

MOST: Final = 24
"""Words and phrases of a question that are looked for; whoever types more is told."""
BEGINNING: Final = 2
"""Letters from which on an unfinished word is looked for as the beginning of others."""

_PART: Final = re.compile(
    r"""(?P<not>(?<!\S)[-−–])?(?:["“”](?P<phrase>[^"“”]*)(?P<closed>["“”]|\Z)|(?P<run>[^\s"“”]+))"""
)


@dataclass(frozen=True, slots=True)
class Group:
    """A word, or words that stand together."""

    words: tuple[str, ...]
    """Folded."""
    is_open: bool = False
    """Whether the last of them may go on."""
    without: bool = False
    """Whether it must not be there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question."""

    groups: tuple[Group, ...]
    cut: bool = False
    """Whether more was typed than is looked for."""

    @property
    def wanted(self) -> tuple[Group, ...]:
        """Those that have to be there."""
        return tuple(group for group in self.groups if not group.without)

    @property
    def unwanted(self) -> tuple[Group, ...]:
        """Those that must not."""
        return tuple(group for group in self.groups if group.without)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing: then nothing is looked for."""
        return not self.wanted


def read(typed: str, *, still_typing: bool = False) -> Asked:
    """The question in what was typed; ``still_typing`` lets the last word go on."""
    found = list(_PART.finditer(typed))
    groups: dict[Group, None] = {}
    for part in found:
        is_last = part is found[-1] and part.end() == len(typed)
        group = _group(part, may_go_on=still_typing and is_last)
        if group is not None:
            groups[group] = None
    kept = tuple(groups)
    return Asked(kept[:MOST], cut=len(kept) > MOST)


def _group(part: re.Match[str], *, may_go_on: bool) -> Group | None:
    said = part["run"] if part["run"] is not None else part["phrase"]
    words = tuple(word.folded for word in words_in(said))
    if not words:
        return None
    without = part["not"] is not None
    if part["run"] is None:
        goes_on = may_go_on and not part["closed"]
    else:
        goes_on = said.endswith("*") or may_go_on
    # After a full stop or a bracket the word before it is whole.
    goes_on = goes_on and (said.endswith("*") or any(words_in(said[-1:])))
    is_open = goes_on and not (without and not said.endswith("*"))
    return Group(words, is_open and len(words[-1]) >= BEGINNING, without)


# -- whether words hold it ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """Where an answer is in several texts of one place."""

    text: int
    """Which of them holds most of it."""
    marks: tuple[tuple[int, int], ...]
    """First and past-the-last character of each word found there, in order."""
    focus: int
    """Which of the marks is the best to look at first."""
    together: bool
    """Whether the words stand there one after another, as they were typed."""
    whole: bool
    """Whether each is there as a whole word, and not only as the beginning of one."""


def match(asked: Asked, texts: Sequence[str]) -> Match | None:
    """Whether ``texts``, taken together, answer the question; None where they do not."""
    if asked.is_empty:
        return None
    read_so = [list(words_in(text)) for text in texts]
    if any(_spots(group, words) for group in asked.unwanted for words in read_so):
        return None
    found: list[dict[int, list[int]]] = []
    for group in asked.wanted:
        spots = {n: at for n, words in enumerate(read_so) if (at := _spots(group, words))}
        if not spots:
            return None
        found.append(spots)
    best = max(range(len(texts)), key=lambda n: (sum(n in spots for spots in found), -n))
    joined = _joined(asked.wanted)
    together = next(
        ((n, at[0]) for n, words in enumerate(read_so) if (at := _spots(joined, words))), None
    )
    best = together[0] if together else best
    marks = {
        (words.start, words.end)
        for group, spots in zip(asked.wanted, found, strict=True)
        for at in spots.get(best, ())
        for words in read_so[best][at : at + len(group.words)]
    }
    whole = all(_is_whole(group, spots, read_so) for group, spots in zip(asked.wanted, found, strict=True))  # fmt: skip
    ordered = tuple(sorted(marks))
    first = read_so[best][together[1]] if together else None
    focus = ordered.index((first.start, first.end)) if first else 0
    return Match(best, ordered, focus, together is not None, whole)


def _joined(groups: Sequence[Group]) -> Group:
    words = tuple(word for group in groups for word in group.words)
    return Group(words, groups[-1].is_open)


def _spots(group: Group, words: Sequence[Word]) -> list[int]:
    """Where in ``words`` the group begins."""
    size = len(group.words)
    first = group.words[0]
    last = group.words[-1]
    found = []
    for at in range(len(words) - size + 1):
        if size > 1 and words[at].folded != first:
            continue
        end = words[at + size - 1].folded
        if not (end == last or (group.is_open and end.startswith(last))):
            continue
        if all(words[at + n].folded == group.words[n] for n in range(size - 1)):
            found.append(at)
    return found


def _is_whole(group: Group, spots: dict[int, list[int]], texts: Sequence[Sequence[Word]]) -> bool:
    after = len(group.words) - 1
    return not group.is_open or any(
        texts[n][at + after].folded == group.words[-1] for n, found in spots.items() for at in found
    )


# -- what is shown of it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some words of a text on one line, with what was looked for marked."""

    words: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, marks: Sequence[tuple[int, int]], width: int, focus: int = 0) -> Snippet:
    """At most ``width`` characters of ``text`` around one of its ``marks``."""
    line = text.replace("\n", " ").replace("\t", " ")
    at, past = marks[focus] if marks else (0, 0)
    start = 0
    if len(line) > width and at > width // 3:
        wanted = min(at - width // 4, len(line) - width + 2)
        start = line.rfind(" ", 0, wanted + 1) + 1
        if past - start > width - 4:  # the word before it is very long
            start = max(wanted, past - width + 4)
    before = "… " if start else ""
    end = len(line)
    if end - start + len(before) > width:
        room = start + width - len(before) - 2
        end = max(line.rfind(" ", start, room + 1), min(past, room))
    after = " …" if end < len(line) else ""
    moved = len(before) - start
    kept = tuple(
        (max(a, start) + moved, min(b, end) + moved) for a, b in marks if a < end and b > start
    )
    return Snippet(f"{before}{line[start:end]}{after}", kept)


def marked(found: Snippet) -> str:
    """Its words with what was looked for «so», for where nothing can be set bold."""
    out, at = [], 0
    for start, end in found.marks:
        out += [found.words[at:start], "«", found.words[start:end], "»"]
        at = end
    return "".join([*out, found.words[at:]])
