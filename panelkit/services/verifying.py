"""Whether a record, a printed head and a file are what they say: and if not, what is wrong.

    found = Verifying(record, memory).everything()
    found.wrong[0].sentence        # "Journal entry 17 of 3 March 2026 10:04 is not as it was written."

Nothing here says that somebody meant it. What cannot be known is said as well.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from panelkit.domain import spots
from panelkit.domain.fields import long_date
from panelkit.domain.heads import heard, spoken
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.services.acting import acting
from panelkit.services.clock import room_time
from panelkit.services.minute_taking import KINDS

if TYPE_CHECKING:
    from panelkit.services.remembering import Found, Memory
    from panelkit.store.heads import Head
    from panelkit.store.issued import Issued
    from panelkit.store.journal import Checked
    from panelkit.store.record import Record

_TITLES: Final = {kind.id: kind.title for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is not as it was, in words."""

    what: str
    """``journal``, ``head``, ``pages``, ``issued``, ``copy``, ``template``, ``words``, ``index`` or
    ``list``."""
    where: str
    """An entry's number, a document, a template, a place in a meeting."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look through the whole record found."""

    checked: Checked
    head: Head | None
    remembered: Found | None
    """None where nothing is remembered on this machine."""
    wrong: tuple[Wrong, ...]

    @property
    def is_good(self) -> bool:
        """Nothing is wrong in any of it."""
        return not self.wrong

    @property
    def first_wrong(self) -> int | None:
        """The first journal entry that is missing or not as it was, by chain or remembered head."""
        if self.checked.first_wrong is not None or self.remembered is None:
            return self.checked.first_wrong
        # The chain itself is whole: what is known is where it parts from what was remembered.
        return self.remembered.standing.first_wrong if self.remembered.is_alarm else None


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether something is as it was; the first line says it."""

    is_good: bool
    lines: tuple[str, ...]

    @classmethod
    def yes(cls, *lines: str) -> Answered:
        """It is as it was."""
        return cls(is_good=True, lines=lines)

    @classmethod
    def no(cls, *lines: str) -> Answered:
        """It is not, or cannot be known."""
        return cls(is_good=False, lines=lines)


@acting(Act.COPY)
class Verifying:
    """Looks through one record."""

    def __init__(self, record: Record, memory: Memory | None = None) -> None:
        """``memory`` is what is remembered of it on this machine."""
        self.record = record
        self.memory = memory

    def everything(self) -> Verified:
        """The chain, the remembered head, issued documents, their templates, all words."""
        checked = self.record.verify()
        remembered = self.memory.check(self.record) if self.memory else None
        wrong = [
            *_journal(checked), *_remembered(remembered), *_pages(checked),
            *(self._issued(each) for each in checked.issued_wrong),
            *(self._copy(each) for each in checked.copies_wrong),
            *(self._template(each) for each in checked.templates_wrong),
            *(self._words(each) for each in checked.words_wrong), *self._index(), *self._lists(),
        ]  # fmt: skip
        return Verified(checked, self.record.newest_head(), remembered, tuple(wrong))

    def _index(self) -> list[Wrong]:
        """On a server its own check says it: panelkit db check."""
        if self.record.is_on_server:
            return []
        from panelkit.services.indexing import differs

        said = differs(self.record.lag())
        sentence = f"The index of the search lags: {said}. panelkit db index makes it anew."
        return [Wrong("index", "search", sentence)] if said else []

    def _lists(self) -> list[Wrong]:
        """As the index: on a server, whoever is bound by its rules cannot count what is not shown."""
        if self.record.is_on_server:
            return []
        said = self.record.wrong_lists().words
        sentence = f"{said} panelkit db index makes the lists anew."
        return [Wrong("list", "lists", sentence)] if said else []

    # -- what is wrong, in words ---------------------------------------------------------------

    def _issued(self, issued_id: str) -> Wrong:
        found = self.record.issued_called(issued_id)
        if found is None:
            meeting_id, at = self.record.issued_noted(issued_id)
            ref = self.ref(meeting_id)
            gone = f"A document of {ref} that was issued{_at(at)} is no longer in the record."
            return Wrong("issued", ref, gone)
        named = self.named(found)
        return Wrong("issued", named, f"{named} is not as it was issued{_on(found.at)}.")

    def named(self, found: Issued) -> str:
        """``WM-0143-3, Minutes, version 2``."""
        title = _TITLES.get(found.kind, found.kind)
        return f"{self.ref(found.meeting_id)}, {title}, version {found.version}"

    def ref(self, meeting_id: str) -> str:
        """What people call a meeting, where it is there and can be read."""
        meeting = self._meeting(meeting_id)
        return meeting.ref if meeting else "a meeting that is not here or cannot be read"

    def _meeting(self, meeting_id: str) -> Meeting | None:
        try:
            return self.record.find(meeting_id)
        except (ValueError, KeyError, TypeError, LookupError):
            # Somebody wrote past the program what no meeting can hold.
            return None

    def _copy(self, copy_id: str) -> Wrong:
        copy = self.record.copy_called(copy_id)
        if copy is None:
            gone = "A registered copy that the journal knows is no longer in the register."
            return Wrong("copy", copy_id, gone)
        named = f"copy {copy.copy_number} of {self.ref(copy.meeting_id)}, version {copy.version}"
        said = f"The register of {named}: its recipient or its file is not as it was journaled."
        return Wrong("copy", named, said)

    def _template(self, sha256: str) -> Wrong:
        from panelkit.domain.errors import NotFound

        try:
            kept = self.record.template(sha256)
        except NotFound:
            gone = "A template that documents were issued with is no longer in the record."
            return Wrong("template", sha256[:12], gone)
        named = f"{kept.template_id} version {kept.version}"
        said = f"The kept template {named} is not as it was when documents were issued with it."
        return Wrong("template", named, said)

    def _words(self, place: str) -> Wrong:
        meeting_id, entity, entity_id, field = place.split(" ", 3)
        meeting = self._meeting(meeting_id)
        if meeting is None:
            ref = self.ref(meeting_id)
            return Wrong("words", ref, f"Words of {ref} are not as the journal has them.")
        named = place_called(meeting, entity, entity_id, field)
        where = f"{meeting.ref} {named}"
        return Wrong("words", where, f"{where}: the words are not as the journal has them.")

    # -- a head that was printed, a file -------------------------------------------------------

    def head(self, said: str) -> Answered:
        """Whether the chain runs through a printed head. Raises BadInput for one that is none."""
        digits, number = heard(said)
        checked = self.record.verify()
        if checked.first_wrong is not None:
            return Answered.no(*(each.sentence for each in _journal(checked)))
        here = self.record.entry_with(digits)
        if here is None:
            held = f"The journal has {checked.entries} entries."
            return Answered.no(f"No entry of this record's journal has that head. {held}")
        later = checked.entries - here.seq
        if number is not None and number != here.seq:
            said = f"That head is entry {here.seq}{_at(here.at)}, and not entry {number}."
            return Answered.no(said, "Ask for it to be read out again.")
        went = f"{later} {'entry' if later == 1 else 'entries'} came after it"
        return Answered.yes(
            f"The journal runs through {spoken(here.hash, here.seq)}{_at(here.at)}: {went}."
        )

    def file(self, content: bytes, name: str, password: str = "") -> Answered:
        """Which file of this record this is, and whether it is as it was issued.

        Raises BadInput for what is no Word file, Refused for one that a password closes.
        """
        from panelkit.services.files_known import FilesKnown

        return FilesKnown(self).answer(content, name, password)


def hash_of(content: bytes) -> str:
    """What documents are known by."""
    return hashlib.sha256(content).hexdigest()


def place_called(meeting: Meeting, entity: str, entity_id: str, field: str) -> str:
    """What people call a place of the journal: ``A6 Brief facts``, ``Action 4: What``."""
    if entity == "answer":
        item, _, name = entity_id.partition(".")
        return spots.name_of(meeting, spots.Spot(item, "", name))
    return spots.name_of(meeting, spots.Spot(entity, entity_id, field))


def _pages(checked: Checked) -> list[Wrong]:
    if not checked.pages_wrong:
        return []
    many = "page is" if checked.pages_wrong == 1 else "pages are"
    said = f"{checked.pages_wrong} {many} not as written: the disk, or somebody, changed the file. Take the last copy."
    return [Wrong("pages", str(checked.pages_wrong), said)]


def _journal(checked: Checked) -> list[Wrong]:
    seq = checked.first_wrong
    if seq is None:
        return []
    where = f"entry {seq}"
    if checked.why == "missing":
        said = f"Journal entry {seq} is missing; the one before it was made{_at(checked.wrong_at)}."
        if seq == 1:
            said = "The journal does not begin with entry 1."
    elif checked.why == "unreadable":
        said = f"Journal entry {seq} cannot be read; the one before it was made{_at(checked.wrong_at)}."
    else:
        said = f"Journal entry {seq}, which says it was made{_at(checked.wrong_at)}, is not as it was written."
    return [Wrong("journal", where, said)]


def _remembered(found: Found | None) -> list[Wrong]:
    if found is None or not found.is_alarm:
        return []
    return [Wrong("head", f"entry {found.standing.first_wrong}", found.sentence)]


def _at(instant: str) -> str:
    try:
        return _on(datetime.fromisoformat(instant))
    except ValueError:
        return " at no time that can be read"


def _on(at: datetime | None) -> str:
    if at is None or at.tzinfo is None:
        return ""
    local = room_time(at)
    return f" on {long_date(local.date())} at {local:%H:%M}"
