"""What one open meeting has to send while a server does not answer, kept on this machine meanwhile.

The words stay in the session as well, which goes on trying; what is kept here is for the case that
the program ends first. It is taken up when the meeting is next opened, or the program next started.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from panelkit.domain.entries import BY_KIND, Entry
from panelkit.domain.errors import BadInput, NotSaved
from panelkit.domain.fields import fields_of, store_text
from panelkit.store.outbox import Outbox, Waiting

if TYPE_CHECKING:
    from panelkit.services.desk import Desk
    from panelkit.tui.sending import Sending
    from panelkit.tui.session import Session, Spot, Unsaved

UNSENT: Final = "unsent"
"""First word of the name of a passage that is to be stored; any other name is a draft's."""
PARENT: Final = "."
"""Under what an entry's parent is kept: no field is called so."""


class Outgoing:
    """One meeting's passages in the box; nothing for a record in a file."""

    def __init__(self, session: Session) -> None:
        """``session`` holds the words."""
        self._session = session
        self._lines: dict[str, Waiting] = {}
        """Drafts that the record could not take, by name."""
        self._underway: Waiting | None = None
        """The draft that an errand keeps."""

    @property
    def _box(self) -> Outbox | None:
        return self._session.chairing.record.outbox

    @property
    def is_kept(self) -> bool:
        """Whether what waits outlives the program."""
        return self._box is not None and self._box.is_kept

    @property
    def holds_all(self) -> bool:
        """Whether everything typed and not stored waits in a box that outlives the program."""
        return self.is_kept and all(
            held.box is not None and held.box.text == held.text
            for held in self._session.unsaved.values()
        )

    @property
    def is_sent_late(self) -> bool:
        """Whether the server is slow, and what waits for it outlives the program meanwhile."""
        return self.is_kept and self._session.sending.is_slow

    @property
    def head(self) -> str:
        """What stands before the problem in the banner."""
        return "SLOW" if self.is_sent_late else "NOT SAVED"

    @property
    def words(self) -> str:
        """What becomes of what is typed while it cannot be stored: a sentence for the banner."""
        if self._box is None:
            return "What you type is kept and tried again."
        count = len(self._session.unsaved)
        if self.holds_all and count:
            what = "1 passage waits" if count == 1 else f"{count} passages wait"
            return f"Go on typing: {what} on this machine, encrypted, and will be sent."
        if self.is_kept:
            return "Go on typing: it is kept on this machine, encrypted, and will be sent."
        return "Go on typing, and leave this open: it is NOT kept on this machine until it is sent."

    def keep(self, spot: Spot, held: Unsaved) -> None:
        """These words wait; where the disk does not take them, that is said and tried again."""
        if self._box is None:
            return
        session = self._session
        begun = session.pending.get(spot.entry)
        waiting = Waiting(
            session.meeting.id, session.chairing.who,
            f"{UNSENT} {spot.owner} {spot.field} {spot.entry}".rstrip(), held.text, held.base,
            held.command, _fields(begun) if begun is not None else {},
            held.box.id if held.box is not None else "", held.tried,
        )  # fmt: skip
        if held.box == waiting:
            return
        try:
            held.box = self._box.put(waiting)
        except NotSaved as failed:
            session.problem = failed.message

    def sent(self, held: Unsaved) -> None:
        """They are in the record."""
        if self._box is not None and held.box is not None:
            self._let_go(held.box)
            held.box = None

    def _let_go(self, waiting: Waiting) -> None:
        try:
            if self._box is not None:
                self._box.drop(waiting)
        except NotSaved:
            return  # taken up once more, it says what is stored already

    # -- drafts --------------------------------------------------------------------------

    def keep_line(self, line: str, words: str) -> bool:
        """A draft that the record could not take waits too. Whether it outlives the program."""
        if self._box is None:
            return False
        there = self._lines.get(line)
        waiting = Waiting(
            self._session.meeting.id, self._session.chairing.who, line, words,
            id=there.id if there else "",
        )  # fmt: skip
        try:
            self._lines[line] = self._box.put(waiting)
        except NotSaved:
            return False
        return self._box.is_kept

    def line_is_kept(self, line: str) -> None:
        """The record has it now."""
        there = self._lines.pop(line, None)
        if there is not None:
            self._let_go(there)

    def send_lines(self) -> None:
        """Drafts that waited go into the record; what it does not take waits on."""
        for line, waiting in list(self._lines.items()):
            if not self._session.keep_draft(line, waiting.text) or line in self._lines:
                return

    def send_a_line(self, sending: Sending) -> None:
        """The first draft that waits goes to a slow server by an errand."""
        record, session = self._session.chairing.record, self._session
        for line, waiting in self._lines.items():
            keeps = partial(
                record.set_draft, session.meeting.id, session.chairing.who, line, waiting.text
            )
            self._underway = waiting
            sending.keep(line, keeps)
            return

    def line_is_sent(self, line: str) -> None:
        """The record has it, as it was when the errand began."""
        sent = self._underway
        if sent is not None and self._lines.get(line) == sent:
            self.line_is_kept(line)

    # -- taking up -----------------------------------------------------------------------

    def take_up(self) -> None:
        """What waits for this meeting is typed again, or a draft of the record again.

        What is stored already is let go; over what somebody else wrote meanwhile nothing is put:
        the session asks.
        """
        session = self._session
        if self._box is None:
            return
        for waiting in self._box.waiting(session.chairing.who, session.meeting.id):
            mark, _, place = waiting.line.partition(" ")
            if mark == UNSENT:
                self._take_up_words(waiting, place)
            elif waiting.line not in self._lines:
                session.chairing.record.set_draft(
                    waiting.meeting_id, waiting.who, waiting.line, waiting.text
                )
                self._let_go(waiting)

    def _take_up_words(self, waiting: Waiting, place: str) -> None:
        from panelkit.tui.session import Spot, Unsaved

        session = self._session
        owner, _, rest = place.partition(" ")
        field, _, entry = rest.partition(" ")
        spot = Spot(owner, field, entry)
        if spot in session.unsaved:
            return
        if entry and session.entry(owner, entry) is None:
            begun = _begun(owner, entry, waiting.begun)
            if begun is None:
                return
            session.begin(begun)
        if session.field(spot) is None:
            return  # of another panelkit: it stays in the box
        if session.stored(spot) == waiting.text:
            self._let_go(waiting)
            return
        session.unsaved[spot] = Unsaved(
            waiting.text, 0.0, waiting.base, command=waiting.command,
            tried=(*(each for each in waiting.tried if each != waiting.text), waiting.text),
            box=waiting,
        )  # fmt: skip


def _fields(entry: Entry) -> dict[str, str]:
    found = {field.key: store_text(getattr(entry, field.key)) for field in fields_of(type(entry))}
    return {name: text for name, text in found.items() if text} | {PARENT: entry.parent}


def _begun(owner: str, entry_id: str, said: dict[str, str]) -> Entry | None:
    """The entry that was begun, as it was; None where this panelkit does not know its kind."""
    kind = BY_KIND.get(owner)
    if kind is None:
        return None
    entry = kind(id=entry_id, parent=said.get(PARENT, ""))
    for field in fields_of(kind):
        if field.key in said:
            try:
                entry = replace(entry, **{field.key: field.parse(said[field.key])})  # type: ignore[arg-type]
            except BadInput:
                continue
    return entry


def send_what_waits(desk: Desk) -> tuple[int, int]:
    """At a start: what was typed while the server was away is stored; how many were, and still wait.

    Where somebody else wrote there meanwhile, both texts are shown when the meeting is opened.
    """
    from panelkit.tui.session import Session

    record = desk.chairing.record
    if record.outbox is None:
        return 0, 0
    before = record.outbox.waiting(desk.who)
    for meeting_id in dict.fromkeys(each.meeting_id for each in before):
        try:
            Session(desk.chairing, desk.chairing.load(meeting_id)).flush()
        except Exception:  # noqa: BLE001, S112 - nothing that waits keeps the program from starting
            continue  # it waits on, and the home screen says so
    left = len(record.outbox.waiting(desk.who))
    return len(before) - left, left
