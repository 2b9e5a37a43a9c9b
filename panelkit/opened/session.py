"""One meeting open at one desk: its value, what is typed and not yet saved, who watches.

Words are saved within a second of being typed and at once on leaving a field; nothing
typed is dropped when saving fails. When somebody else changed a field that is being
typed in, both texts are kept and offered; neither is overwritten.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from panelkit.domain.entries import BY_KIND, Entry
from panelkit.domain.errors import (
    BadInput,
    NotAllowed,
    NotSaved,
    PanelkitError,
    PenElsewhere,
    StaleRecord,
    StoredAfterAll,
    Unanswered,
)
from panelkit.domain.fields import Field, fields_of, store_text
from panelkit.domain.holding import HandOver
from panelkit.domain.meeting import Meeting
from panelkit.domain.presence import Here, Part
from panelkit.domain.reached import Reached
from panelkit.opened.company import Company
from panelkit.opened.outgoing import Outgoing
from panelkit.opened.sending import Sending
from panelkit.opened.sharing import SHARING
from panelkit.services.chairing import Chairing, Kept, new_id
from panelkit.store.hurry import in_a_hurry
from panelkit.store.outbox import Waiting

Step = Callable[[Meeting], Meeting]
SAVE_AFTER = 0.7
"""Seconds from the first unsaved key to the save; the tick adds at most 0.25."""
CONFLICT = "conflict"
"""First word of the name of a draft that holds what was typed while somebody else wrote."""
UNREAD = "unread"
"""First word of the name of a draft that holds what the record could not take as it was typed."""
PARENT = "parent"
"""First word of the name of a draft that says what an entry begun while read-only hangs from."""
TIMES_OVERTAKEN = 3
"""How often one save is made anew at once, because somebody wrote beside it."""
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
    command: str = ""
    """Of the save that was tried with these words and not answered; another with other words."""
    tried: tuple[str, ...] = ()
    """Texts whose saves were not answered: where one of them is stored, it is this desk's own."""
    box: Waiting | None = None
    """As it waits on this machine, while a server does not answer."""


@dataclass(slots=True)
class Conflict:
    """A field that somebody else changed while it was being typed in.

    Until somebody chooses, what goes on being typed there is ``mine``.
    """

    spot: Spot
    theirs: str
    mine: str
    kept: str | None = None
    """What of ``mine`` is on disk."""


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
        self.conflicts: list[Conflict] = []
        self.pending: dict[str, Entry] = {}
        """Entries begun on a form and not yet stored; the first words store them."""
        self.own: dict[Spot, tuple[str, str]] = {}
        """What was typed and stored last in a place, and how the record holds it."""
        self.typed_at = 0.0
        """When somebody last typed in a field."""
        self.choosing = False
        """Whether somebody is being asked which of two texts is to stand."""
        self._editors: list[Callable[[], None]] = []
        self._unread: dict[Spot, str] = {}
        """Words kept on disk because the record could not take them."""
        self._begun: dict[str, str] = {}
        """Lines begun and not taken, as they were last read or kept."""
        self._visits: dict[Spot, str] = {}
        self._watchers: list[Callable[[], None]] = []
        self._retry_at = 0.0
        self._must_read = False
        """Whether others wrote what this desk has not read, because the server is slow."""
        self._overtakes = 0
        """How often in a row others were quicker with the save that is being made."""
        self._counter = chairing.record.change_counter(meeting.id)
        self._seen, _more = chairing.record.written_after(0, meeting.id)
        self.went: HandOver | None = self._last_hand_over(meeting)
        """The last file that went to another desk or came from one; None where none did."""
        self._beside: dict[Spot, str] = {}
        """Words kept beside the record while it is read-only, as they were kept."""
        self.outgoing = Outgoing(self)
        """What waits on this machine while a server does not answer."""
        self.sending = Sending(chairing.record)
        """What is sent meanwhile to a server that answers late."""
        self.company = Company(chairing)
        """Who else has the meeting open, and where."""
        self._take_up()

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

    def attend(self, hand_over: Callable[[], None]) -> None:
        """An editor is open: ``hand_over`` says what it holds, before anything is saved or read."""
        self._editors.append(hand_over)

    def dismiss(self, hand_over: Callable[[], None]) -> None:
        """It is gone."""
        if hand_over in self._editors:
            self._editors.remove(hand_over)

    def gather(self) -> None:
        """Take what editors hold and their messages have not yet reported.

        Between a key and the message that reports it lies a moment in which a save, or what
        somebody else wrote, would put older words over it.
        """
        for hand_over in list(self._editors):
            hand_over()

    # -- reading -------------------------------------------------------------------

    def field(self, spot: Spot) -> Field | None:
        """The description of a spot."""
        if not spot.entry:
            return self.meeting.field(spot.owner, spot.field)
        return next((f for f in fields_of(BY_KIND[spot.owner]) if f.key == spot.field), None)

    def text(self, spot: Spot) -> str:
        """What is there: typed and unsaved words before stored ones."""
        held, conflict = self.unsaved.get(spot), self.conflict_at(spot)
        if held:
            return held.text
        return conflict.mine if conflict else self.stored(spot)

    def conflict_at(self, spot: Spot) -> Conflict | None:
        """The choice that is open there, if one is."""
        return next((each for each in self.conflicts if each.spot == spot), None)

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

    @in_a_hurry
    def ensure(self, entry_id: str) -> str:
        """Store a begun entry now; the sentence to show where it is refused."""
        begun = self.pending.pop(entry_id, None)
        if begun is None:
            return ""
        refused = self.do(lambda found: self.chairing.add(found, begun))
        if refused and self.entry(begun.kind, entry_id) is not None:
            return ""  # it was stored before, and its answer lost
        if refused:
            self.pending[entry_id] = begun
        return refused

    @in_a_hurry
    def draft(self, line: str) -> str:
        """A one-line note or action begun and not taken, kept over a crash.

        While the record does not answer, as it was when it last did: the line opens all the same.
        """
        record = self.chairing.record
        try:
            self._begun[line] = record.draft(self.meeting.id, self.chairing.who, line)
        except NotSaved as failed:
            self.problem = self.problem or failed.message
        return self._begun.get(line, "")

    @in_a_hurry
    def keep_draft(self, line: str, words: str) -> bool:
        """Keep it; where it cannot be kept now, the save light says so. Whether it is kept."""
        self._begun[line] = words
        try:
            self.chairing.record.set_draft(self.meeting.id, self.chairing.who, line, words)
        except NotAllowed:
            return False  # whoever only reads begins nothing: the step itself says so
        except NotSaved as failed:
            self.problem = failed.message
            return self.outgoing.keep_line(line, words)
        self.outgoing.line_is_kept(line)
        return True

    def _last_hand_over(self, meeting: Meeting) -> HandOver | None:
        return next(reversed(self.chairing.record.hand_overs(meeting.id)), None)

    @property
    def pen(self) -> HandOver | None:
        """Why the meeting is read-only here; None where the pen is here."""
        return self.went if self.went is not None and self.went.is_elsewhere else None

    @property
    def part(self) -> Part:
        """What whoever sits here does at the meeting's record."""
        return Part.READING if self.pen is not None else self.chairing.part(self.meeting)

    @property
    def others(self) -> tuple[Here, ...]:
        """Who else has the meeting open, and at which item; another window of the same person too."""
        return self.company.others

    @property
    def masked(self) -> bool:
        """Whether what is not marked open is hidden: the program's one answer."""
        return SHARING.on

    @property
    def is_safe(self) -> bool:
        """Whether everything typed is on disk: stored, or kept beside the record until it can be."""
        away = not self.outgoing.holds_all
        return not (self.problem and away) and all(
            held.text in (self._unread.get(spot), self._beside.get(spot))
            or (held.box is not None and held.box.text == held.text and self.outgoing.is_kept)
            for spot, held in self.unsaved.items()
        )

    @property
    def is_kept_beside(self) -> bool:
        """Whether everything typed and not stored is kept for when the pen is back."""
        return self.pen is not None and all(
            self._beside.get(spot) == held.text for spot, held in self.unsaved.items()
        )

    # -- acting --------------------------------------------------------------------

    @in_a_hurry
    def do(self, step: Step) -> str:
        """Save what is typed, then take ``step``; the sentence to show where it is refused."""
        self.flush()
        if self.sending.is_under_way:
            return "What was typed is on its way to a slow server. Press again in a moment."
        try:
            self.meeting = step(self.meeting)
        except StoredAfterAll as told:
            self.reload()
            return told.sentence
        except StaleRecord:
            self.reload()
            return "Somebody else changed that meanwhile; it is shown as it is now. Try again."
        except NotSaved as refused:
            self.problem = refused.message
            self._publish()
            return f"{refused.message} {_undone(refused)}"
        except PanelkitError as refused:
            return refused.sentence
        self._saved()
        return ""

    def arrive(self, spot: Spot) -> None:
        """A person came to this field: what it holds is kept once for this visit."""
        self._visits[spot] = new_id()

    def typed(self, spot: Spot, text: str, now: float, base: str | None = None) -> None:
        """Keys were pressed; the words are held until they are saved.

        ``base`` is the stored text that the editor was filled from, where it may be older
        than what is stored by now: then nobody who typed has seen what is stored.
        """
        held, conflict = self.unsaved.get(spot), self.conflict_at(spot)
        base = self.stored(spot) if base is None else base
        self.typed_at = max(now, self.typed_at)
        if held:
            if held.text != text:
                held.text, held.command = text, ""
        elif conflict:
            conflict.mine = text
        elif text != self.stored(spot):
            self.unsaved[spot] = Unsaved(text=text, since=now, base=base)

    @in_a_hurry
    def tick(self, now: float) -> None:
        """Save what has waited long enough; look for what others changed."""
        self.gather()
        self._take_answer()
        due = [s for s, held in self.unsaved.items() if now - held.since >= SAVE_AFTER]
        if now < self._retry_at:
            for spot in due:
                self.outgoing.keep(spot, self.unsaved[spot])
        else:
            for spot in due:
                self._save(spot, now)
            for conflict in self.conflicts:
                self._keep_conflict(conflict)
        self._read_late()
        if self.sending.may_begin and not due:
            self.outgoing.send_a_line(self.sending)
        elif self.problem and not due and now >= self._retry_at:
            self._come_back(now)
        if not self.problem and not self.sending.is_slow and not self.sending.is_under_way:
            self._follow_others(now)

    def _follow_others(self, now: float) -> None:
        try:
            self.look()
            self.outgoing.send_lines()
            moved = self.company.tick(self.meeting, self.part, now)
        except NotSaved as failed:
            self.problem, self._retry_at = failed.message, now + RETRY_AFTER
            moved = True
        if moved:
            self._publish()

    def _come_back(self, now: float) -> None:
        """Nothing waits to be saved that would show whether it can be: the meeting is read."""
        if self.pen is not None or self.sending.is_slow or self.sending.is_under_way:
            return
        self._retry_at = now + RETRY_AFTER
        told, self.problem = self.problem, ""
        self.reload()
        if self.problem != told:
            self._publish()

    @in_a_hurry
    def save_overdue(self, spot: Spot, now: float) -> None:
        """A key came: what was typed before it may have waited long enough.

        On a machine that is short of time a timer comes late, and skips; a key does not.
        """
        held = self.unsaved.get(spot)
        if held and now - held.since >= SAVE_AFTER and now >= self._retry_at:
            self._save(spot, now)

    @in_a_hurry
    def look(self) -> None:
        """Take in what another program wrote since, if anything."""
        counter = self.chairing.record.change_counter(self.meeting.id)
        if counter == self._counter:
            return
        try:
            self._seen, is_changed = self.chairing.record.written_after(self._seen, self.meeting.id)
        except PanelkitError as failed:  # looked for again once it is reached
            self.problem = failed.message
            self._publish()
            return
        self._counter = counter
        self.company.look_again()
        if is_changed:  # that somebody opened a case is nothing to follow
            self.reload()

    @in_a_hurry
    def flush(self, spot: Spot | None = None) -> None:
        """Save everything typed, or one spot, now; what cannot be saved stays held."""
        self.gather()
        self._take_answer()
        for held in [spot] if spot else list(self.unsaved):
            self._save(held, 0.0)

    @in_a_hurry
    def save_all(self) -> None:
        """Make everything durable and tell nobody, for signals and faults.

        What is drawn may be what failed: no screen follows, and one place that fails does
        not keep the next from being saved.
        """
        watchers, self._watchers = self._watchers, []
        failed: list[Exception] = []
        try:
            for hand_over in list(self._editors):
                _attempt(hand_over, failed)
            for spot in list(self.unsaved):
                _attempt(partial(self._save_or_keep, spot), failed)
            for conflict in self.conflicts:
                _attempt(partial(self._keep_conflict, conflict), failed)
        finally:
            self._watchers = watchers
        if failed:
            raise failed[0]

    def _save_or_keep(self, spot: Spot) -> None:
        """Where saving itself is at fault, the words are kept beside the record's."""
        held = self.unsaved.get(spot)
        try:
            self._save(spot, 0.0)
        except Exception:
            if held is not None:
                self.keep_draft(_line(UNREAD, spot), held.text)
            raise

    @in_a_hurry
    def leave(self, spot: Spot) -> None:
        """A person left the field: saved at once."""
        self.flush(spot)
        self._visits.pop(spot, None)

    @in_a_hurry
    def settle(self, conflict: Conflict, text: str) -> None:
        """The person chose ``text`` after seeing both."""
        self.conflicts = [each for each in self.conflicts if each is not conflict]
        spot = conflict.spot
        if text != self.stored(spot):
            # Where a third text came meanwhile, nobody has seen it: that is a conflict again.
            self.unsaved[spot] = Unsaved(text=text, since=0.0, base=conflict.theirs)
            self._save(spot, 0.0)
        if spot not in self.unsaved and self.conflict_at(spot) is None:
            self.keep_draft(_line(CONFLICT, spot), "")
        self.own.pop(spot, None)  # the editor shows what stands now, in the record's own form
        self._publish()

    @in_a_hurry
    def reload(self) -> None:
        """The meeting as stored; a field being typed in that changed becomes a conflict."""
        self.gather()
        self._take_answer()
        if self.sending.is_slow or self.sending.is_under_way:
            self._must_read = True
            self._read_late()
            self.problem = self.problem or Reached.SLOWLY.words
            return
        try:
            found = self._read()
        except PanelkitError as failed:
            self.problem = failed.message
            return
        self._take_in(*found)

    def _read_late(self) -> None:
        """An errand reads it, where it must be read and one may begin."""
        if self._must_read and self.sending.may_begin:
            self.sending.read(self._read)

    def _read(self) -> tuple[Meeting, HandOver | None]:
        fresh = self.chairing.load(self.meeting.id)
        return fresh, self._last_hand_over(fresh)

    def _take_in(self, fresh: Meeting, went: HandOver | None) -> None:
        """The meeting as it is stored now."""
        self.meeting, self._must_read = fresh, False
        for entry in list(self.pending.values()):
            if any(row.id == entry.id for row in fresh.rows.get(entry.kind, ())):
                self.pending.pop(entry.id)  # it was stored after all, and its answer lost
        was, self.went = self.pen, went
        if was is not None and self.pen is None:
            self.problem = ""
            self._take_up()
        for spot, held in list(self.unsaved.items()):
            theirs = self.stored(spot)
            if theirs not in (held.base, held.text, *held.tried):
                self._conflict(spot, theirs, held.text)
        for conflict in self.conflicts:
            conflict.theirs = self.stored(conflict.spot)
        self._publish()

    # -- saving --------------------------------------------------------------------

    def _save(self, spot: Spot, now: float) -> None:
        held = self.unsaved.get(spot)
        if held is None:
            return
        theirs, tried = self.stored(spot), bool(held.tried)
        if theirs not in (held.base, held.text, *held.tried):
            self._conflict(spot, theirs, held.text)
            self._publish()
            return
        held.command = held.command or new_id()
        stores = self._storing(spot, held)
        if self.sending.is_slow or self.sending.is_under_way:
            self._send(spot, held, stores)
            return
        try:
            after = stores()
        except PanelkitError as failed:
            if isinstance(failed, Unanswered) and held.text not in held.tried:
                held.tried = (*held.tried, held.text)  # it may have come all the same
            self._not_stored(spot, held, failed, now)
        else:
            # Where it was sent before it may have been stored, and changed since by somebody else.
            self._has_stored(spot, held, held.text, after, again=tried)

    def _send(self, spot: Spot, held: Unsaved, stores: Callable[[], Meeting]) -> None:
        """The server answers late: the words wait on this machine, and an errand sends them."""
        self._read_late()  # others wrote there: nothing is sent over what was not seen
        begins, again = self.sending.may_begin, bool(held.tried)
        if begins and held.text not in held.tried:
            held.tried = (*held.tried, held.text)
        self.problem = Reached.SLOWLY.words
        self.outgoing.keep(spot, held)
        if begins:
            self.sending.send(spot, held, stores, again=again)
        self._publish()

    def _take_answer(self) -> None:
        """What came of an errand, where one is back."""
        came = self.sending.came()
        if came is None:
            return
        now = time.monotonic()
        if came.spot is not None and came.held is not None:
            if came.failed is not None:
                if self.unsaved.get(came.spot) is came.held:
                    self._not_stored(came.spot, came.held, came.failed, now)
            elif came.meeting is not None:
                self._has_stored(came.spot, came.held, came.text, came.meeting, again=came.again)
        elif came.meeting is not None:
            self._take_in(came.meeting, came.went)
        elif came.failed is not None:
            self.problem = came.failed.message
        else:
            self.outgoing.line_is_sent(came.text)

    def _not_stored(self, spot: Spot, held: Unsaved, failed: PanelkitError, now: float) -> None:
        if isinstance(failed, StaleRecord):
            self._overtaken(spot, now)
        elif isinstance(failed, NotSaved | PenElsewhere):
            self.problem = failed.message
            self._retry_at = now + RETRY_AFTER
            if isinstance(failed, PenElsewhere):
                self._keep_beside(spot, held.text)
            self.outgoing.keep(spot, held)
            self._publish()
        else:
            self._refused(spot, held, failed, now)

    def _has_stored(
        self, spot: Spot, held: Unsaved, text: str, after: Meeting, *, again: bool
    ) -> None:
        """``text`` is in the record, as it is ``after``; more may have been typed there since."""
        self.meeting = after
        self.pending.pop(spot.entry, None)
        if self.unsaved.get(spot) is held and held.text != text:
            held.base, held.tried = self.stored(spot), ()
            self.outgoing.keep(spot, held)
        else:
            self.unsaved.pop(spot, None)
            self.outgoing.sent(held)
        self.own[spot] = (text, self.stored(spot))
        if self._unread.pop(spot, ""):
            self.keep_draft(_line(UNREAD, spot), "")
        if self._beside.pop(spot, None) is not None:
            self.keep_draft(_line(CONFLICT, spot), "")
        self._saved()
        if again:
            self.reload()

    def _overtaken(self, spot: Spot, now: float) -> None:
        """Somebody else wrote first: this very field, which is a conflict now, or one beside it.

        Where it was beside, or this desk's own words whose storing it never heard of, they are
        stored over what is there now; where others keep writing, at the next tick.
        """
        self.reload()
        held = self.unsaved.get(spot)
        if held is None or self.problem:
            return
        if self._overtakes < TIMES_OVERTAKEN:
            self._overtakes += 1
            try:
                self._save(spot, now)
            finally:
                self._overtakes -= 1

    def _refused(self, spot: Spot, held: Unsaved, refused: PanelkitError, now: float) -> None:
        """The record cannot take it as it stands: kept beside it until it is mended."""
        if self._unread.get(spot) != held.text and self.keep_draft(_line(UNREAD, spot), held.text):
            self._unread[spot] = held.text
        if isinstance(refused, BadInput):
            told, held.problem = held.problem, refused.message
            if told != held.problem:
                self._publish()
            return
        self.problem = refused.message
        self._retry_at = now + RETRY_AFTER
        self._publish()

    def _storing(self, spot: Spot, held: Unsaved) -> Callable[[], Meeting]:
        """What stores these words in the meeting as it is now, whichever thread does it."""
        visit, text, command = self._visits.setdefault(spot, new_id()), held.text, held.command
        meeting, chairing, described = self.meeting, self.chairing, self.field(spot)
        begun = self.pending.get(spot.entry)

        def stores() -> Meeting:
            if not spot.entry:
                if (spot.owner, spot.field) == ("A2", "confidentiality_statement"):
                    return chairing.statement_given(meeting, text, command=command)
                return chairing.record_answer(
                    meeting, spot.owner, spot.field, text, visit=visit, command=command
                )
            if described is None:
                return meeting
            changes: dict[str, Any] = {spot.field: described.parse(text)}
            if begun is not None:
                return chairing.add(meeting, replace(begun, **changes), command=command)
            return chairing.change(
                meeting, BY_KIND[spot.owner], spot.entry, visit=visit, command=command, **changes
            )

        return stores

    def _conflict(self, spot: Spot, theirs: str, mine: str) -> None:
        # Kept on disk before it leaves memory: nobody has chosen yet, and the program may end.
        conflict = Conflict(spot, theirs, mine)
        self._keep_conflict(conflict)
        held = self.unsaved.pop(spot, None)
        if held is not None and conflict.kept is not None:
            self.outgoing.sent(held)
        self.conflicts.append(conflict)

    def keep_choice(self, conflict: Conflict, words: str) -> bool:
        """What stands in the editor of both texts; a crash there gives it back as mine. Of a choice that
        was made nothing is kept: it would be asked again."""
        if not any(each is conflict for each in self.conflicts):
            return False
        return self.keep_draft(_line(CONFLICT, conflict.spot), words)

    def _keep_conflict(self, conflict: Conflict) -> None:
        """What goes on being typed there is durable too."""
        mine = conflict.mine
        if mine != conflict.kept and self.keep_draft(_line(CONFLICT, conflict.spot), mine):
            conflict.kept = mine

    def _keep_beside(self, spot: Spot, text: str) -> None:
        """The meeting is at another desk: what is typed is on disk, and asked about later."""
        if self._beside.get(spot) != text:
            try:
                self.went = self._last_hand_over(self.meeting)
                self.chairing.record.set_draft(
                    self.meeting.id, self.chairing.who, _line(CONFLICT, spot), text
                )
            except NotSaved:
                return  # held in memory, and tried again
            begun = self.pending.get(spot.entry)
            if begun is not None and begun.parent:
                self.keep_draft(f"{PARENT} {spot.entry}", begun.parent)
            self._beside[spot] = text

    def _take_up(self) -> None:
        """Choices that were open when the program ended are open again; so is what was unread.

        They wait while the pen is at another desk.
        """
        if self.pen is not None:
            return
        self.outgoing.take_up()
        kept = self.chairing.record.drafts(self.meeting.id, self.chairing.who)
        self._begun |= kept
        for line, mine in kept.items():
            mark, _, place = line.partition(" ")
            owner, _, rest = place.partition(" ")
            field, _, entry = rest.partition(" ")
            spot = Spot(owner, field, entry)
            if mark not in (CONFLICT, UNREAD) or not mine or spot in self.unsaved:
                continue  # what is still being typed is stored by itself, or becomes a conflict
            if mark == CONFLICT and owner in BY_KIND:
                self._begin_again(spot, kept.get(f"{PARENT} {entry}", ""))
            if mine == self.stored(spot) or any(c.spot == spot for c in self.conflicts):
                continue
            if mark == CONFLICT:
                self.conflicts.append(Conflict(spot, self.stored(spot), mine, mine))
            elif not entry or self.entry(owner, entry) is not None:
                self._unread[spot] = mine
                self.unsaved[spot] = Unsaved(mine, 0.0, base=self.stored(spot))

    def _begin_again(self, spot: Spot, parent: str) -> None:
        """A form for something new was filled in while it could not be stored."""
        if self.entry(spot.owner, spot.entry) is None:
            self.begin(BY_KIND[spot.owner](id=spot.entry, parent=parent))

    def _saved(self) -> None:
        self.problem = ""
        self.saved_at = self.chairing.clock()
        self._publish()


def _line(mark: str, spot: Spot) -> str:
    return f"{mark} {spot.owner} {spot.field} {spot.entry}".rstrip()


def _undone(failed: NotSaved) -> str:
    """What is said of an act that a server did not take, or did not say that it took."""
    if isinstance(failed, Unanswered):
        return (
            "Whether that was done is not known yet; press again when it is back: it is done once."
        )
    return "That was not done; press again when it is back."


def _attempt(step: Callable[[], None], failed: list[Exception]) -> None:
    """Do it; an error is set aside, so that what follows is done too."""
    try:
        step()
    except Exception as error:  # noqa: BLE001 - raised by the caller once everything was tried
        failed.append(error)
