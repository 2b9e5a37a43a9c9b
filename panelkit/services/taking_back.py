"""What was edited in Word comes back into the record: seen word by word, then taken or not.

The words of the minutes are the record's own words, so an edit in a draft is an edit of
the record. Nothing is stored that nobody accepted, nothing the file holds goes unsaid, and
nothing that changed in the record meanwhile is overwritten without both texts being seen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain.entries import Note
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.spots import (
    Spot,
    as_field,
    may_change,
    name_of,
    text_at,
    way_to_correct,
    with_text,
)
from panelkit.domain.text import gate
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.drafts import Drafts
from panelkit.store.record import Draft, Record

if TYPE_CHECKING:
    from panelkit.documents.import_guard import Opened
    from panelkit.documents.matching import Edited, Loose, Matched

_DRAFT: Final = "pk_draft_"
_WORDS: Final = re.compile(r"pk_([0-9a-f]{12})_\d+")


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the record that read differently in the file."""

    number: int
    """Counts the changes from 1, in the order of the document."""
    spot: Spot
    section: str
    """Heading of the section they stand in."""
    place: str
    """What the field is called."""
    was: str
    """What the field held when the draft was written."""
    now: str
    """What the file says; blank where the words are no longer in it."""
    record_now: str | None
    """What the record holds meanwhile, where that is neither; else None."""
    look: str
    """Why *accept all* leaves it for a person to look at; blank where it does not."""
    barred: str
    """Why this person cannot accept it; blank where they can."""
    pending: bool
    """Whether a tracked change in it was neither accepted nor rejected."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An edit of a generated fact, a heading or a label."""

    section: str
    was: str
    now: str
    remedy: str
    """How to correct it in the record."""
    after: str = ""
    """What is printed before it: the label of its row, the cell to its left."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What the file holds and no field of the record does."""

    kind: str
    section: str
    text: str
    at: str
    """The words it stands at or after."""
    who: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """An edited file, read."""

    meeting: Meeting
    draft: Draft
    path: Path
    sha256: str
    changes: tuple[Change, ...]
    refused: tuple[NotTaken, ...]
    unplaced: tuple[Unplaced, ...]
    notices: tuple[str, ...]
    """What must be known first: an older draft, marks that stand twice."""

    @property
    def ref(self) -> str:
        """The meeting's reference."""
        return self.meeting.ref

    @property
    def is_clean(self) -> bool:
        """Whether nothing in the file differs from what was written."""
        return not (self.changes or self.refused or self.unplaced)

    def ready(self) -> tuple[int, ...]:
        """Numbers of the changes that *accept all* takes."""
        return tuple(c.number for c in self.changes if not c.look and not c.barred)


@acting(Act.DRAFT)
class TakingBack:
    """The verbs for an edited draft."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else who they say they are."""
        self.record = record
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    # -- reading -----------------------------------------------------------------------

    def read(self, path: Path, *, expected: Meeting | None = None) -> TakeBack:
        """What was changed in the file at ``path``; nothing is stored.

        ``expected`` is the meeting the person is at, where there is one. Raises BadInput for
        a file that is no Word file or is not safe, NotFound for one that was not written
        from this record, Refused for another meeting's.
        """
        from panelkit.documents import import_guard, matching, outline, word_lines

        file = import_guard.open_word(path)
        draft = self._draft_of(file, path.name)
        meeting = self.record.load(draft.meeting_id)
        if expected is not None and expected.id != meeting.id:
            msg = f"{path.name} is a draft of {meeting.ref}, not of {expected.ref}."
            raise Refused(msg, remedy=f"Open it at {meeting.ref}.")
        lines = word_lines.read_lines(file)
        found = matching.match(outline.from_json(draft.outline), lines)
        return TakeBack(
            meeting=meeting,
            draft=draft,
            path=path,
            sha256=hashlib.sha256(file.content).hexdigest(),
            changes=tuple(self._changes(meeting, found)),
            refused=tuple(self._refused(meeting, found)),
            unplaced=tuple(_unplaced(each) for each in found.loose),
            notices=tuple(self._notices(meeting, draft, bool(lines.twice))),
        )

    def _draft_of(self, file: Opened, name: str) -> Draft:
        """The draft whose marks the file carries: by its title, else by its words."""
        from panelkit.documents.word_lines import bookmark_names

        names = bookmark_names(file)
        for mark in names:
            if mark.startswith(_DRAFT):
                return self._known(mark.removeprefix(_DRAFT), name)
        stems = [found[1] for mark in names if (found := _WORDS.fullmatch(mark))]
        if stems:
            return self._known(max(set(stems), key=stems.count), name)
        msg = f"{name} carries no mark of a draft that panelkit wrote."
        raise NotFound(msg, remedy="Write a draft with panelkit minutes and edit that.")

    def _known(self, draft_id: str, name: str) -> Draft:
        try:
            draft = self.record.find_written(draft_id)
        except NotFound:
            msg = f"{name} is a draft, but it was not written from this record."
            raise NotFound(msg, remedy="Take it back at the desk that wrote it.") from None
        if not draft.outline:
            msg = f"{name} is not a draft."
            raise Refused(msg, remedy="Approved minutes are corrected by an amendment.")
        return draft

    def _notices(self, meeting: Meeting, draft: Draft, twice: bool) -> Iterator[str]:  # noqa: FBT001
        drafts = [each for each in self.record.written(meeting.id) if each.kind == draft.kind]
        after = [each.id for each in drafts].index(draft.id) + 1
        if after < len(drafts):
            newer = len(drafts) - after
            said = "a newer one was" if newer == 1 else f"{newer} newer ones were"
            yield (
                f"This is an older draft: {said} written since. "
                "Changes are shown against the draft that this file was made from."
            )
        if twice:
            yield "Some passages were copied within the file: the first of each counts."

    def _changes(self, meeting: Meeting, found: Matched) -> Iterator[Change]:
        number = 0
        texts: dict[Spot, set[str]] = {}
        for edit in found.edited:
            if edit.line.spot:
                now = as_field(meeting, edit.line.spot, edit.now)
                texts.setdefault(edit.line.spot, set()).add(now)
        seen: set[tuple[Spot, str]] = set()
        for edit in found.edited:
            spot = edit.line.spot
            if spot is None or text_at(meeting, spot) is None:
                continue
            now = as_field(meeting, spot, edit.now)
            here = text_at(meeting, spot)
            if now in (here, edit.line.raw) or (spot, now) in seen:
                continue
            seen.add((spot, now))
            number += 1
            moved = here if here != edit.line.raw else None
            yield Change(
                number=number, spot=spot, section=edit.line.section, place=name_of(meeting, spot),
                was=edit.line.raw, now=now, record_now=moved, pending=edit.pending,
                look=_look(edit, moved, now, len(texts[spot])), barred=self._barred(meeting, spot),
            )  # fmt: skip

    def _barred(self, meeting: Meeting, spot: Spot) -> str:
        try:
            meeting.must_be_open_to_change()
        except Refused as refused:
            return refused.sentence
        return may_change(meeting, spot, self.who)

    def _refused(self, meeting: Meeting, found: Matched) -> Iterator[NotTaken]:
        for fact in found.overwritten:
            first, several = fact.lines[0], len(fact.lines) > 1
            was = " · ".join(line.text for line in fact.lines)
            if not fact.now and several:
                remedy = "No longer in the file; the record keeps it."
            else:
                remedy = way_to_correct(meeting, first.spot, first.section)
            yield NotTaken(first.section, was, fact.now, remedy, fact.after)
        for edit in found.edited:
            line, spot = edit.line, edit.line.spot
            if spot is not None and text_at(meeting, spot) is None:
                yield NotTaken(
                    line.section, line.raw, edit.now, "It was withdrawn from the record since."
                )

    # -- storing -----------------------------------------------------------------------

    def accept(
        self, back: TakeBack, numbers: Collection[int], *, keep_tray: bool = False
    ) -> Meeting:
        """Store the changes with these numbers as revisions, all or none, and note that the
        file was gone through. Returns the meeting as it is then.

        ``keep_tray`` makes each text of the tray a note, to be placed and written up like any
        other; one that is a note already is not made twice.

        Raises Refused for one that this person may not make, and once the meeting is
        approved; StaleRecord where a field changed since the file was read; NotSaved.
        """
        by, after = self.by(), back.meeting
        unknown = set(numbers) - {change.number for change in back.changes}
        if unknown:
            msg = f"There is no change {min(unknown)}."
            raise NotFound(msg, remedy=f"They are numbered 1 to {len(back.changes)}.")
        chosen = [change for change in back.changes if change.number in set(numbers)]
        spots = [change.spot for change in chosen]
        if len(spots) != len(set(spots)):
            msg = "Two of these changes are to the same field."
            raise Refused(msg, remedy="Accept one of them.")
        for change in chosen:
            if change.barred:
                raise Refused(f"Change {change.number}: {change.barred}")
            after = with_text(after, change.spot, change.now, by)
        if keep_tray:
            after = _with_notes(after, back.unplaced, by)
        self.record.take_back(back.meeting, after, back.draft.id, back.sha256, by, command=new_id())
        return after

    # -- files edited since they were written --------------------------------------------

    def edited_since_written(self, meeting: Meeting) -> tuple[Path, ...]:
        """Files of the minutes that were edited where they were written, and whose changes
        nobody went through since. A file that is gone or cannot be read is not among them."""
        return Drafts(self.record, self.clock, self.who).edited_since_written(meeting)


def _look(edit: Edited, moved: str | None, now: str, texts: int) -> str:
    """Why a change is not taken without being looked at by itself."""
    if moved is not None:
        return "the record changed since this draft was written"
    if texts > 1:
        return "this field was changed in two places, to different words"
    if edit.how == "gone":
        return "no longer in the file"
    if not now.strip():
        return "nothing is left of it"
    if edit.how == "likeness":
        return "its bookmark is gone; found by likeness"
    return ""


def _with_notes(meeting: Meeting, tray: tuple[Unplaced, ...], by: By) -> Meeting:
    """The meeting with a note for every text of the tray. Raises Refused once approved."""
    for each in tray:
        text = gate(f"{each.who}: {each.text}" if each.who else each.text).text
        if text.strip() and text not in {note.text for note in meeting.of(Note)}:
            meeting = meeting.add(Note(id=new_id(), text=text), by)
    return meeting


def _unplaced(loose: Loose) -> Unplaced:
    return Unplaced(loose.kind, loose.section, loose.text, loose.at, loose.who)
