"""What a rule may look at: a meeting, its area, the meeting before, and the words of all of it.

Each view is made once and only when a rule asks for it, so that thirty rules over a full
meeting cost one walk through it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness import Gap, completeness, name_of
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.seen import EVERYTHING, Seen

PROSE: Final = frozenset({FieldKind.WORDS, FieldKind.LINE})
"""Kinds of field in which people write."""

NOT_READ: Final = frozenset({"comments", "notes", "amendments", "addenda", "corrections"})
"""Kinds that are not the minutes' own words: working notes, and what came later."""

NAMES: Final = frozenset({"spoc_contacted_at", "deputy_for", "statement_version", "platform"})
"""Fields that hold a name or a time and no sentence."""


RESTS_ON: Final = {
    "decisions.test_question": "decisions.question",
    "decisions.test_because": "decisions.because",
    "decisions.test_source": "decisions.because",
}
"""Tests of a decision that are about one field of it, by the name of their gap."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in one place."""

    item: str
    field: str
    """``imminence``, or ``actions.text`` in an entry."""
    text: str
    label: str
    """The place in words."""
    entry: str = ""
    carried: bool = False
    """Carried from last time and not confirmed: its words are answered for by that."""


@dataclass(frozen=True)
class Context:
    """One meeting, looked at."""

    meeting: Meeting
    area: Area
    earlier: Meeting | None = None
    """The meeting before this one of the same case, where there is one."""
    seen: Seen = EVERYTHING
    """What could be read of it; a rule says nothing of a place that was not there to be filled."""

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What the meeting owes, of what was seen; parked gaps print their reason and are no finding."""
        return tuple(
            gap
            for gap in completeness(self.meeting, self.area)
            if not gap.parked and self.was_seen(gap.item, gap.field, gap.entry)
        )

    def was_seen(self, item: str, field: str, entry: str = "") -> bool:
        """Whether a gap or a finding at this place rests on something that could be read."""
        return self.seen.place(item, RESTS_ON.get(field, field), entry)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of prose, in the order of the agenda."""
        return tuple(p for p in _passages(self.meeting) if p.text.strip())

    @cached_property
    def document(self) -> str:
        """All passages as one text, so that each pattern is run once."""
        return "\n\n".join(passage.text for passage in self.passages)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for passage in self.passages:
            starts.append(at)
            at += len(passage.text) + 2
        return starts

    def passage_at(self, offset: int) -> Passage:
        """The passage in which this character of the document stands."""
        return self.passages[bisect_right(self._starts, offset) - 1]

    def start_of(self, offset: int) -> int:
        """Where in the document the passage around ``offset`` begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    @cached_property
    def earlier_passages(self) -> tuple[Passage, ...]:
        """Passages of the meeting before."""
        if self.earlier is None:
            return ()
        return tuple(p for p in _passages(self.earlier) if p.text.strip())

    def label(self, item: str, key: str) -> str:
        """What people read beside a field; its key where the agenda does not have it."""
        described = self.meeting.field(item, key)
        return described.label if described else key


_PROSE_OF: Final[dict[str, tuple[str, ...]]] = {
    kind.kind: tuple(f.key for f in fields_of(kind) if f.kind in PROSE and f.key not in NAMES)
    for kind in e.ENTRIES
    if kind.kind not in NOT_READ
}
"""The fields of each kind in which people write sentences."""

_BY_ITEM: Final[dict[str, tuple[str, ...]]] = {
    item: tuple(kind.kind for kind in e.ENTRIES if kind.item == item and _PROSE_OF.get(kind.kind))
    for item in {kind.item for kind in e.ENTRIES}
}
"""Kinds with prose by the item they belong to."""


def _passages(meeting: Meeting) -> Iterator[Passage]:
    for item in meeting.agenda:
        for field in item.fields:
            if field.kind in PROSE and field.key not in NAMES:
                answer = meeting.answers.get((item.code, field.key))
                if answer is not None:
                    yield Passage(
                        item.code, field.key, answer.text, field.label, "", answer.is_unconfirmed
                    )
        for kind in _BY_ITEM.get(item.code, ()):
            for row in meeting.rows.get(kind, ()):
                if not row.withdrawn:
                    yield from _of_entry(meeting, row, item.code)
    for kind in _BY_ITEM.get("", ()):
        for row in meeting.rows.get(kind, ()):
            if not row.withdrawn:
                yield from _of_entry(meeting, row, getattr(row, "place", ""))


def _of_entry(meeting: Meeting, row: e.Entry, item: str) -> Iterator[Passage]:
    fields = _PROSE_OF[row.kind]
    if isinstance(row, e.Action) and row.set_at != meeting.number:
        # Its own words were answered for at the meeting that set it.
        fields, item = ("outcome", "reason_not_done"), "A5"
    name = ""
    for field in fields:
        text = getattr(row, field)
        if text:
            name = name or name_of(row)
            yield Passage(item, f"{row.kind}.{field}", text, name, row.id, row.is_unconfirmed)
