"""Which file of the record a Word file is: by its bytes, else by its words and what its foot says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from panelkit.domain.errors import Refused
from panelkit.domain.fields import long_date
from panelkit.domain.heads import printed_in
from panelkit.services.clock import room_time
from panelkit.services.verifying import Answered, Verifying, hash_of

if TYPE_CHECKING:
    from datetime import datetime

    from panelkit.store.issued import Issued
    from panelkit.store.record import Copy, Draft

_LOCKED: Final = b"\xd0\xcf\x11\xe0"
_FOOTERS: Final = re.compile(r"word/footer\d*\.xml")


@dataclass(frozen=True, slots=True)
class _Words:
    """A Word file as it is read."""

    lines: tuple[str, ...]
    foot: str


class FilesKnown:
    """Looks a file up in one record."""

    def __init__(self, verifying: Verifying) -> None:
        """Over the same record."""
        self.verifying = verifying
        self.record = verifying.record

    def answer(self, content: bytes, name: str, password: str = "") -> Answered:
        """Which file it is. Raises BadInput, and Refused for one that a password closes."""
        if content.startswith(_LOCKED):
            from panelkit.documents.protect import opened

            if not password:
                msg = f"{name} has a password, or is an old .doc file."
                raise Refused(msg, remedy="Add --password, or save it from Word as .docx.")
            content = opened(content, password)
        hashed = hash_of(content)
        found = self.record.issued_with(hashed)
        if found:
            return self._as_issued(found[-1])
        copy = self.record.copy_with(hashed)
        if copy is not None:
            return self._as_copy(copy)
        draft = self.record.written_with(hashed)
        if draft is not None:
            return self._as_written(draft)
        return self._unknown(_read(content, name), name)

    # -- exactly as it was -----------------------------------------------------------------------

    def _as_issued(self, found: Issued) -> Answered:
        named = self.verifying.named(found)
        if found.id in self.record.verify().issued_wrong:
            said = f"This is {named} as the record holds it, and the record's own is not as it was issued."
            return Answered.no(said)
        lines = [f"This is {named}, exactly as it was issued{_by(found.who, found.at)}."]
        newer = max(
            (i.version for i in self.record.issued(found.meeting_id) if i.kind == found.kind),
            default=found.version,
        )
        if newer > found.version:
            lines.append(f"A later version was issued: version {newer}.")
        return Answered.yes(*lines)

    def _as_copy(self, copy: Copy) -> Answered:
        to = ", ".join(part for part in (copy.name, copy.organisation) if part)
        sent = f"sent{_by(copy.sent_by, copy.sent_at)}" if copy.sent_at else "not marked as sent"
        named = f"copy {copy.copy_number} of {self.verifying.ref(copy.meeting_id)}"
        written = f"exactly as it was written{_by(copy.written_by, copy.written_at)}"
        return Answered.yes(
            f"This is {named}, version {copy.version}, for {to}, {written}; {sent}."
        )

    def _as_written(self, draft: Draft) -> Answered:
        written = f"exactly as it was written{_by(draft.who, draft.at)}"
        named = f"{self.verifying.ref(draft.meeting_id)}, version {draft.version}"
        if draft.outline:
            said = f"This is a draft of the minutes of {named}, {written}. It was never issued."
            return Answered.no(said)
        return Answered.yes(f"This is a reprint of the minutes of {named}, {written}.")

    # -- something else --------------------------------------------------------------------------

    def _unknown(self, read: _Words, name: str) -> Answered:
        lines = [f"{name} is not, byte for byte, any file that this record wrote."]
        nearest = self._nearest(read)
        if nearest is not None:
            found, differing = nearest
            named = self.verifying.named(found)
            if differing:
                places = (
                    "1 paragraph differs" if differing == 1 else f"{differing} paragraphs differ"
                )
                lines.append(f"It is nearest to {named}: {places}.")
            else:
                lines.append(
                    f"Its words are those of {named} as it was issued: it was saved again since. "
                    "Its look, comments and hidden text were not compared."
                )
        head = printed_in(read.foot)
        if head:
            lines.append(f"Its foot says: {head}.")
            lines += self.verifying.head(head).lines
        else:
            lines.append("Its foot prints no head of a journal.")
        return Answered.no(*lines)

    def _nearest(self, read: _Words) -> tuple[Issued, int] | None:
        """The issued document that its foot names with the fewest paragraphs that differ."""
        near: list[tuple[int, Issued]] = []
        for meeting in self.record.meetings():
            case, _, number = meeting.ref.rpartition("-")
            if f"{case} · meeting {number}" not in read.foot:
                continue
            for found in self.record.issued(meeting.id):
                own = _read(self.record.issued_body(found.id), "the issued file").lines
                near.append((_differing(own, read.lines), found))
        if not near:
            return None
        differing, found = min(near, key=lambda pair: pair[0])
        return found, differing


def _differing(own: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many paragraphs one has and the other has not, whichever has more."""
    from collections import Counter

    mine, theirs = Counter(own), Counter(other)
    differing = max((mine - theirs).total(), (theirs - mine).total())
    return differing or int(own != other)


def _read(content: bytes, name: str) -> _Words:
    from panelkit.documents import import_guard, word_lines

    opened = import_guard.opened(content, name)
    feet = import_guard.more_parts(opened, name, _FOOTERS)
    foot = " ".join(str(text) for root in feet.values() for text in root.itertext())
    lines = (line.text.strip() for line in word_lines.read_lines(opened).lines)
    return _Words(tuple(line for line in lines if line), " ".join(foot.split()))


def _by(who: str, at: datetime | None) -> str:
    if at is None:
        return f" by {who}" if who else ""
    local = room_time(at)
    return f" on {long_date(local.date())} at {local:%H:%M} by {who}"
