"""Files written from the record: remembered, so that an edited one is noticed and known."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain.errors import CannotWrite, NotFound, PanelkitError, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.services.clock import Clock
from panelkit.store.record import Draft, Record

if TYPE_CHECKING:
    from panelkit.documents.tree import Document

_MOST_COPIES: Final = 99


def new_draft_id() -> str:
    """24 hexadecimal digits that no other draft has."""
    return uuid.uuid4().hex[:24]


class Drafts:
    """What is known of the files of a meeting's minutes."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        self.record = record
        self.clock = clock
        self.who = who

    def remember(
        self,
        meeting: Meeting,
        kind: str,
        version: int,
        document: Document,
        house: bytes,
        draft_id: str,
        content: bytes,
        path: Path,
    ) -> None:
        """Keep what was written at ``path``. Raises CannotWrite where that fails: the file is
        there, and cannot be taken back."""
        from panelkit.documents import house_page, outline

        page = house_page.page_of(house, document)
        printed = outline.to_json(outline.outline(document, page)) if document.draft_id else ""
        draft = Draft(
            id=draft_id, meeting_id=meeting.id, kind=kind, version=version, at=None, who=self.who,
            sha256=hashlib.sha256(content).hexdigest(), path=str(path.absolute()), outline=printed,
        )  # fmt: skip
        by = By(self.who, self.clock())
        try:
            self.record.keep_written(draft, by, command=str(uuid.uuid4()))
        except PanelkitError as failed:
            msg = f"{path.name} was written, but the record did not take note of it."
            raise CannotWrite(msg, remedy="Do not edit it; write the draft again.") from failed

    def edited_since_written(self, meeting: Meeting) -> tuple[Path, ...]:
        """Files of the minutes that were edited where they were written, and whose changes
        nobody went through since. A file that is no longer there is not among them."""
        latest = {draft.path: draft for draft in self.record.written(meeting.id)}
        return tuple(Path(path) for path, draft in latest.items() if is_edited(Path(path), draft))

    def must_be_known(self, meeting: Meeting) -> None:
        """Raises Refused while a file was edited and its changes were not gone through."""
        edited = self.edited_since_written(meeting)
        if edited:
            names = ", ".join(path.name for path in edited)
            were = "was" if len(edited) == 1 else "were"
            msg = f"{names} {were} edited since panelkit wrote it, and the changes were not taken back."
            raise Refused(
                msg, remedy=f"Look with panelkit take-back {edited[0]}, then confirm and issue."
            )

    def free_name(self, meeting: Meeting, target: Path) -> Path:
        """``target``, or a numbered name beside it where that file was edited since it was
        written there: what somebody typed is never overwritten."""
        edited = {str(path) for path in self.edited_since_written(meeting)}
        if str(target.absolute()) not in edited:
            return target
        for number in range(2, _MOST_COPIES + 1):
            other = target.with_name(f"{target.stem} ({number}){target.suffix}")
            if str(other.absolute()) not in edited:
                return other
        msg = f"{target.name} was not written: that file and its copies were edited."
        raise CannotWrite(msg, remedy="Take them back, or choose another folder.")


def is_edited(path: Path, draft: Draft) -> bool:
    """Whether the file differs from what was written there and from what was gone through."""
    from panelkit.documents.import_guard import read_bytes

    try:
        sha256 = hashlib.sha256(read_bytes(path)).hexdigest()
    except NotFound:
        return False
    except PanelkitError:
        return path.is_file()  # it cannot be read or grew beyond bounds: somebody changed it
    return sha256 not in (draft.sha256, draft.taken_sha256)
