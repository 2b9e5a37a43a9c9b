"""What a record was able to show. A rule about anything else answers "not seen", never a fault.

Our own record shows everything: a blank in it is a blank. A document made elsewhere shows only
what it has a place for, and what was understood there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Which places and kinds of entry could be read; a blank in one of them is a real blank."""

    everything: bool = False
    """A record of our own: every place was there to be filled."""

    facts: frozenset[str] = frozenset()
    """Facts of the meeting itself: ``held_on``, ``level``, ``kind``, ``category``, ``ref``,
    ``marking``. What is not among them has a stand-in value that says nothing."""

    answers: frozenset[tuple[str, str]] = frozenset()
    """Fields of agenda items, as ``("A13", "disclosure_rationale")``."""

    kinds: frozenset[str] = frozenset()
    """Kinds of entry that the document lists, be the list empty."""

    columns: frozenset[tuple[str, str]] = frozenset()
    """Fields that the list of a kind has a place for, as ``("actions", "due")``."""

    unread: frozenset[tuple[str, str]] = frozenset()
    """Single fields of single entries, by id, where words stood that were not understood, or
    where what was taken from them is a guess."""

    def fact(self, name: str) -> bool:
        """Whether a fact of the meeting was read."""
        return self.everything or name in self.facts

    def answer(self, item: str, field: str) -> bool:
        """Whether the place of an answer was there to be read, blank or not."""
        return self.everything or (item, field) in self.answers

    def item(self, code: str) -> bool:
        """Whether any place of an agenda item was there to be read."""
        return self.everything or any(item == code for item, _field in self.answers)

    def lists(self, kind: str) -> bool:
        """Whether entries of a kind were listed, so that none means none."""
        return self.everything or kind in self.kinds

    def field(self, kind: str, field: str, entry_id: str = "") -> bool:
        """Whether a field of a kind was there to be read: for all its entries, or for one."""
        if self.everything:
            return True
        return (kind, field) in self.columns and (entry_id, field) not in self.unread

    def place(self, item: str, field: str, entry_id: str = "") -> bool:
        """Whether a finding may rest on a place, named as findings name it.

        ``imminence`` of an item, ``actions.due`` of an entry or of the kind, ``actions`` for the
        list itself; with no item, a fact of the meeting.
        """
        kind, _, name = field.partition(".")
        if name:
            return self.field(kind, name, entry_id)
        if not item and not entry_id:
            return self.fact(field)
        return field in self.kinds or self.answer(item, field)


EVERYTHING: Final = Seen(everything=True)
"""What a record of our own shows."""
