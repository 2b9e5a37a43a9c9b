"""One meeting open at one desk: its value, what is typed and not yet saved, who watches.

Words are saved within a second of being typed and at once on leaving a field; nothing
typed is dropped when saving fails. When somebody else changed a field that is being
typed in, both texts are kept and offered; neither is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from panelkit.domain.entries import BY_KIND, Entry
from panelkit.domain.errors import BadInput, NotSaved, PanelkitError, PenElsewhere, StaleRecord
from panelkit.domain.fields import Field, FieldKind, fields_of, store_text
from panelkit.domain.holding import HandOver
from panelkit.domain.meeting import Meeting
from panelkit.services.chairing import Chairing, Kept, new_id

Step = Callable[[Meeting], Meeting]
SAVE_AFTER = 0.7
"""Seconds from the first unsaved key to the save; the tick adds at most 0.25."""
CONFLICT = "conflict"
"""First word of the name of a draft that holds what was typed while somebody else wrote."""
PARENT = "parent"
"""First word of the name of a draft that says what an entry begun while read-only hangs from."""
RETRY_AFTER = 2.0
"""Seconds between tries while the record cannot be written."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One editable place: a field of an agenda item, or of an entry."""

    owner: str
    """Agenda item code, or the kind of entry."""
    field: str
    entry: str = ""
    """Id of the entry; blank for an answer."""


@dataclass(slots=True)
class Unsaved:
    """Words typed and not yet durable."""

    text: str
    since: float
    base: str
    """What the field held when the first of these keys was pressed."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody else changed while it was being typed in."""

    spot: Spot
    theirs: str
    mine: str


class Session:
    """The meeting as this desk sees it."""

    def __init__(self, chairing: Chairing, meeting: Meeting) -> None:
        """``meeting`` is as loaded."""
        self.chairing = chairing
        self.meeting = meeting
        self.unsaved: dict[Spot, Unsaved] = {}
        self.saved_at: datetime | None = None
        self.problem = ""
        """Why the last save failed; blank while all is well."""
        self.masked = False
        self.conflicts: list[Conflict] = []
        self.pending: dict[str, Entry] = {}
        """Entries begun on a form and not yet stored; the first words store them."""
        self._visits: dict[Spot, str] = {}
        self._watchers: list[Callable[[], None]] = []
        self._retry_at = 0.0
        self._counter = chairing.record.change_counter()
        self.went: HandOver | None = self._last_hand_over(meeting)
        """The last file that went to another desk or came from one; None where none did."""
        self._beside: dict[Spot, str] = {}
        """Words kept beside the record while it is read-only, as they were kept."""
        self._take_up_conflicts()

    # -- watching ------------------------------------------------------------------

    def watch(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` after every change of the meeting or of the save light."""
        self._watchers.append(callback)

    def unwatch(self, callback: Callable[[], None]) -> None:
        """Stop calling it."""
        if callback in self._watchers:
            self._watchers.remove(callback)

    def _publish(self) -> None:
        for callback in list(self._watchers):
            callback()

    # -- reading -------------------------------------------------------------------

    def field(self, spot: Spot) -> Field | None:
        """The description of a spot."""
        if not spot.entry:
            return self.meeting.field(spot.owner, spot.field)
        return next((f for f in fields_of(BY_KIND[spot.owner]) if f.key == spot.field), None)

    def text(self, spot: Spot) -> str:
        """What is there: typed and unsaved words before stored ones."""
        held = self.unsaved.get(spot)
        return held.text if held else self.stored(spot)

    def stored(self, spot: Spot) -> str:
        """What the record holds there; blank where the entry is not there."""
        if not spot.entry:
            return self.meeting.text(spot.owner, spot.field)
        row = self.entry(spot.owner, spot.entry)
        return store_text(getattr(row, spot.field)) if row else ""

    def earlier(self, spot: Spot) -> tuple[Kept, ...]:
        """What stood there before, oldest first."""
        return self.chairing.earlier(self.meeting, spot.owner, spot.field, spot.entry)

    def entry(self, kind: str, entry_id: str) -> Entry | None:
        """An entry by id, begun ones too; None where it is not there."""
        stored = (row for row in self.meeting.rows.get(kind, ()) if row.id == entry_id)
        return next(stored, self.pending.get(entry_id))

    def begin(self, entry: Entry) -> None:
        """A form for a new entry was opened; nothing is stored until something is said."""
        self.pending[entry.id] = entry

    def ensure(self, entry_id: str) -> str:
        """Store a begun entry now; the sentence to show where it is refused."""
        begun = self.pending.pop(entry_id, None)
        if begun is None:
            return ""
        refused = self.do(lambda found: self.chairing.add(found, begun))
        if refused:
            self.pending[entry_id] = begun
        return refused

    def draft(self, line: str) -> str:
        """A one-line note or action begun and not taken, kept over a crash."""
        record = self.chairing.record
        return record.draft(self.meeting.id, self.chairing.who, line)

    def keep_draft(self, line: str, words: str) -> None:
        """Keep it; where it cannot be kept now, the save light says so."""
        try:
            self.chairing.record.set_draft(self.meeting.id, self.chairing.who, line, words)
        except NotSaved as failed:
            self.problem = failed.message

    def _last_hand_over(self, meeting: Meeting) -> HandOver | None:
        return next(reversed(self.chairing.record.hand_overs(meeting.id)), None)

    @property
    def pen(self) -> HandOver | None:
        """Why the meeting is read-only here; None where the pen is here."""
        return self.went if self.went is not None and self.went.is_elsewhere else None

    @property
    def is_kept_beside(self) -> bool:
        """Whether everything typed and not stored is kept for when the pen is back."""
        return self.pen is not None and all(
            self._beside.get(spot) == held.text for spot, held in self.unsaved.items()
        )

    # -- acting --------------------------------------------------------------------

    def do(self, step: Step) -> str:
        """Save what is typed, then take ``step``; the sentence to show where it is refused."""
        self.flush()
        try:
            self.meeting = step(self.meeting)
        except StaleRecord:
            self.reload()
            return "Somebody else changed that meanwhile; it is shown as it is now. Try again."
        except PanelkitError as refused:
            if isinstance(refused, NotSaved):
                self.problem = refused.message
                self._publish()
            return refused.sentence
        self._saved()
        return ""

    def arrive(self, spot: Spot) -> None:
        """A person came to this field: what it holds is kept once for this visit."""
        self._visits[spot] = new_id()

    def typed(self, spot: Spot, text: str, now: float) -> None:
        """Keys were pressed; the words are held until they are saved."""
        held = self.unsaved.get(spot)
        if held:
            held.text = text
        elif text != self.stored(spot):
            self.unsaved[spot] = Unsaved(text=text, since=now, base=self.stored(spot))

    def tick(self, now: float) -> None:
        """Save what has waited long enough; look for what others changed."""
        due = [s for s, held in self.unsaved.items() if now - held.since >= SAVE_AFTER]
        if due and now >= self._retry_at:
            for spot in due:
                self._save(spot, now)
        if not self.problem:
            self.look()

    def look(self) -> None:
        """Take in what another program wrote since, if anything."""
        counter = self.chairing.record.change_counter()
        if counter != self._counter:
            self._counter = counter
            self.reload()

    def flush(self, spot: Spot | None = None) -> None:
        """Save everything typed, or one spot, now; what cannot be saved stays held."""
        for held in [spot] if spot else list(self.unsaved):
            if held in self.unsaved:
                self._save(held, 0.0)

    def leave(self, spot: Spot) -> None:
        """A person left the field: saved at once."""
        self.flush(spot)
        self._visits.pop(spot, None)

    def settle(self, conflict: Conflict, text: str) -> None:
        """The person chose ``text`` after seeing both."""
        if conflict in self.conflicts:
            self.conflicts.remove(conflict)
        if text != self.stored(conflict.spot):
            self.unsaved[conflict.spot] = Unsaved(
                text=text, since=0.0, base=self.stored(conflict.spot)
            )
            self.flush(conflict.spot)
        if conflict.spot not in self.unsaved:
            self.keep_draft(_conflict_line(conflict.spot), "")
        self._publish()

    def reload(self) -> None:
        """The meeting as stored; a field being typed in that changed becomes a conflict."""
        try:
            fresh = self.chairing.load(self.meeting.id)
        except PanelkitError as failed:
            self.problem = failed.message
            return
        self.meeting = fresh
        was, self.went = self.pen, self._last_hand_over(fresh)
        if was is not None and self.pen is None:
            self.problem = ""
            self._take_up_conflicts()
        for spot, held in list(self.unsaved.items()):
            theirs = self.stored(spot)
            if theirs not in (held.base, held.text):
                self._conflict(spot, theirs, held.text)
        self._publish()

    # -- saving --------------------------------------------------------------------

    def _save(self, spot: Spot, now: float) -> None:
        held = self.unsaved[spot]
        if any(conflict.spot == spot for conflict in self.conflicts):
            return
        try:
            self.meeting = self._stored(spot, held.text)
        except BadInput as wrong:
            held.problem = wrong.message
            self._publish()
        except StaleRecord as stale:
            text = held.text
            self._conflict(spot, stale.theirs, text)
            self.reload()
        except PanelkitError as failed:
            self.problem = failed.message
            self._retry_at = now + RETRY_AFTER
            if isinstance(failed, PenElsewhere):
                self._keep_beside(spot, held.text)
            self._publish()
        else:
            self.unsaved.pop(spot, None)
            if self._beside.pop(spot, None) is not None:
                self.keep_draft(_conflict_line(spot), "")
            self._saved()

    def _stored(self, spot: Spot, text: str) -> Meeting:
        visit = self._visits.setdefault(spot, new_id())
        if not spot.entry:
            if (spot.owner, spot.field) == ("A2", "confidentiality_statement"):
                return self.chairing.statement_given(self.meeting, text)
            return self.chairing.record_answer(
                self.meeting, spot.owner, spot.field, text, visit=visit
            )
        described = self.field(spot)
        if described is None:
            return self.meeting
        changes: dict[str, Any] = {spot.field: described.parse(text)}
        begun = self.pending.get(spot.entry)
        if begun is not None:
            added = self.chairing.add(self.meeting, replace(begun, **changes))
            self.pending.pop(spot.entry, None)
            return added
        return self.chairing.change(
            self.meeting, BY_KIND[spot.owner], spot.entry, visit=visit, **changes
        )

    def _conflict(self, spot: Spot, theirs: str, mine: str) -> None:
        # Kept on disk before it leaves memory: nobody has chosen yet, and the program may end.
        self.keep_draft(_conflict_line(spot), mine)
        self.unsaved.pop(spot, None)
        self.conflicts.append(Conflict(spot, theirs, mine))

    def _keep_beside(self, spot: Spot, text: str) -> None:
        """The meeting is at another desk: what is typed is on disk, and asked about later."""
        self.went = self._last_hand_over(self.meeting)
        if self._beside.get(spot) != text:
            try:
                self.chairing.record.set_draft(
                    self.meeting.id, self.chairing.who, _conflict_line(spot), text
                )
            except NotSaved:
                return  # held in memory, and tried again
            begun = self.pending.get(spot.entry)
            if begun is not None and begun.parent:
                self.keep_draft(f"{PARENT} {spot.entry}", begun.parent)
            self._beside[spot] = text

    def _take_up_conflicts(self) -> None:
        """Choices that were open when the program ended are open again, once the pen is here."""
        if self.pen is not None:
            return
        kept = self.chairing.record.drafts(self.meeting.id, self.chairing.who)
        for line, mine in kept.items():
            mark, _, place = line.partition(" ")
            owner, _, rest = place.partition(" ")
            field, _, entry = rest.partition(" ")
            spot = Spot(owner, field, entry)
            if spot in self.unsaved:
                continue  # still being typed: it is stored by itself, or becomes a conflict
            if mark == CONFLICT and mine and spot.owner in BY_KIND:
                self._begin_again(spot, kept.get(f"{PARENT} {spot.entry}", ""))
            if mark == CONFLICT and mine and mine != self.stored(spot):
                self.conflicts.append(Conflict(spot, self.stored(spot), mine))

    def _begin_again(self, spot: Spot, parent: str) -> None:
        """A form for something new was filled in while it could not be stored."""
        if self.entry(spot.owner, spot.entry) is None:
            self.begin(BY_KIND[spot.owner](id=spot.entry, parent=parent))

    def _saved(self) -> None:
        self.problem = ""
        self.saved_at = self.chairing.clock()
        self._counter = self.chairing.record.change_counter()
        self._publish()


def _conflict_line(spot: Spot) -> str:
    return f"{CONFLICT} {spot.owner} {spot.field} {spot.entry}".rstrip()


def is_one_line(field: Field) -> bool:
    """Whether a field is typed on one line."""
    return field.kind is not FieldKind.WORDS
