"""The minutes as a reader has them, with what the audit found marked where it stands.

Nothing is stored. The words are those of the minutes as they print; a finding whose words
do not stand in them (something is missing) is marked at the label of its place, else at the
heading of its section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from panelkit.audit import Finding
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.services.acting import acting
from panelkit.services.auditing import Auditing
from panelkit.services.drafting import Drafting, SectionState
from panelkit.store.record import Record

QUOTED: Final = re.compile(r"“([^”]{2,400})”")
LONGEST: Final = 400
"""Characters of evidence that are looked for; more would have been cut anyway."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the minutes: a section, and characters of its text."""

    section: int
    """Its number, from 0."""
    start: int = 0
    end: int = 0
    """Past the last character; the same as ``start`` at a heading."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A finding, numbered as it is in the minutes, from 1."""

    number: int
    finding: Finding
    where: Where


@dataclass(frozen=True, slots=True)
class Minutes:
    """The whole, section by section, at one width."""

    sections: tuple[SectionState, ...]
    texts: tuple[str, ...]
    """Of each section, wrapped."""
    pointed: tuple[Pointed, ...]
    """In the order they stand."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """For each agenda item, the key of the section that most of it prints in."""

    def find(self, item: str, key: str, place: str, words: Iterable[str]) -> Where:
        """Where evidence stands: its words, else the label of its place, else a heading."""
        wanted = [each.strip(" …")[:LONGEST] for each in words]
        homes = self._sections(item, key)
        for section in homes:
            if found := _quoted_at(self.texts[section], place, wanted):
                return Where(section, *found)
        for section in homes if place else ():
            if (at := self.texts[section].find(place)) >= 0:
                return Where(section, at, at + len(place))
        return Where(homes[0] if homes else 0)

    def _sections(self, item: str, key: str) -> list[int]:
        """Sections it may stand in, the likeliest first."""
        kind = key.split(".", maxsplit=1)[0]
        views = [state.view for state in self.sections]
        exact = [n for n, view in enumerate(views) if (item, key) in view.places]
        of_kind = [n for n, view in enumerate(views) if "." in key and kind in view.kinds]
        of_item = Counter(
            {n: sum(code == item for code, _ in v.places) for n, v in enumerate(views)}
        )
        near = [n for n, many in of_item.most_common() if many]
        both = [n for n in of_kind if n in near]
        home = [n for n, view in enumerate(views) if view.key == self.homes.get(item)]
        rest = range(len(views)) if not item else ()
        return list(dict.fromkeys([*exact, *both, *home, *near, *of_kind, *rest]))


@acting(Act.AUDIT)
class Reading:
    """What an auditor reads."""

    def __init__(self, drafting: Drafting, auditing: Auditing) -> None:
        """Both over the same record."""
        self.drafting = drafting
        self.auditing = auditing

    @property
    def record(self) -> Record:
        """Where both read."""
        return self.drafting.record

    def minutes(self, meeting: Meeting, width: int) -> Minutes:
        """Every section that prints, wrapped to ``width`` cells, with what was found in it."""
        from panelkit.documents.plain import write_section

        gaps = self.drafting.chairing.gaps(meeting)
        printed = [s for s in self.drafting.sections(meeting, gaps) if s.view.section is not None]
        texts = [write_section(s.view.section, width=width) for s in printed if s.view.section]
        homes = self.drafting.homes(meeting, [s.view for s in printed])
        bare = Minutes(tuple(printed), tuple(texts), (), homes)
        placed = [
            (found, bare.find(found.item, found.field, found.place, quotes(found.evidence)))
            for found in self.auditing.audit(meeting).findings
        ]
        placed.sort(key=lambda pair: (pair[1].section, pair[1].start))
        pointed = tuple(Pointed(n, found, where) for n, (found, where) in enumerate(placed, 1))
        return replace(bare, pointed=pointed)


def quotes(evidence: str) -> list[str]:
    """The words that evidence quotes; none where it says what is missing."""
    return QUOTED.findall(evidence)


def _quoted_at(text: str, label: str, wanted: Sequence[str]) -> tuple[int, int] | None:
    """Where one of ``wanted`` stands in a wrapped text: after its label first, else anywhere."""
    at = max(text.find(label), 0) if label else 0
    for words in wanted:
        parts = [re.escape(part) for part in words.split()]
        if not parts:
            continue
        pattern = re.compile(r"\s+".join(parts))
        if found := pattern.search(text, at) or pattern.search(text):
            return found.span()
    return None
