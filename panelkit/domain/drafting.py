"""From notes to prose: a note becomes a sentence to start from, and says where it was written up.

The note itself is never changed: it is kept beside the words, marked as written up.
"""

from __future__ import annotations

from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.plain_words import GAP
from panelkit.domain.vocabulary import InfoType, YesNo

_OPENERS: Final = frozenset(
    "The A An He She They It This That There No Nobody His Her Their We Our These Those".split()
)
"""First words that lose their capital inside a sentence; any other may be a name."""

_VERBS: Final = {
    InfoType.PROFESSIONAL_OPINION: "gave the professional opinion that",
    InfoType.INTELLIGENCE: "shared intelligence that",
    InfoType.SELF_REPORT: "passed on, as told by the individual, that",
}


def as_prose(note: e.Note) -> str:
    """``Housing said that the flat falls through on 1 June.``: a start, to be edited."""
    words = " ".join(note.text.split())
    first, space, rest = words.partition(" ")
    if first in _OPENERS:
        words = first.lower() + space + rest
    verb = _VERBS.get(note.info_type, "said that") if note.info_type else "said that"
    end = "" if words.endswith((".", "!", "?")) else "."
    return f"{note.speaker or GAP} {verb} {words}{end}"


def joined(words: str, sentence: str) -> str:
    """``sentence`` after what stands there, with the space between them."""
    if not words.strip():
        return sentence
    return words + ("" if words.endswith(("\n", " ")) else " ") + sentence


def words_at(meeting: Meeting, owner: str, field: str, entry: str) -> str:
    """What stands in an answer (``entry`` blank) or in a field of an entry."""
    if not entry:
        return meeting.text(owner, field)
    return next((getattr(r, field) for r in meeting.rows.get(owner, ()) if r.id == entry), "")


def write_up(
    meeting: Meeting, note_id: str, owner: str, field: str, entry: str, text: str, by: By
) -> Meeting:
    """``text`` in that place, and the note marked as written up there, in one step.

    Raises Refused for a note of a restricted part, whose words would print in every copy,
    unless the place belongs to the same part; else as the changes themselves do.
    """
    note = meeting.entry(e.Note, note_id)
    kind = e.BY_KIND.get(owner)
    held = meeting.entry(kind, entry).restricted_part if entry and kind else ""
    if note.restricted_part and held != note.restricted_part:
        msg = "This note was taken in a restricted part: its words would print in every copy."
        raise Refused(msg, remedy="Write it up in an entry of that part.")
    if kind and entry:
        after = meeting.change(kind, entry, by, **{field: text})
        place = f"{owner}.{meeting.entry(kind, entry).number}.{field}"
    else:
        after, place = meeting.answer(owner, field, text, by), f"{owner}.{field}"
    return after.change(e.Note, note_id, by, settled=YesNo.YES, written_in=place)


def waiting_again(meeting: Meeting, note_id: str, by: By) -> Meeting:
    """The note is not written up after all."""
    return meeting.change(e.Note, note_id, by, settled=None, written_in="")
