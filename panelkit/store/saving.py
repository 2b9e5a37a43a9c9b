"""What changed between two values of a meeting, written where nobody else wrote meanwhile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.errors import NotFound, StaleRecord
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.spans import SpanKind
from panelkit.store import answers, cases, contents, convert, falls_due, following, standing
from panelkit.store.changes import Changes, Planned, Spot, is_orphan
from panelkit.store.contents import NumberTaken
from panelkit.store.engine import trying
from panelkit.store.keys import opened
from panelkit.store.tables import AGENDAS, MEETING

__all__ = ["NumberTaken", "Saving", "facts", "plan"]


class Saving:
    """One save, inside one transaction."""

    def __init__(
        self, connection: Connection, by: By, command: str, visit: str, *,
        told: frozenset[SpanKind] = frozenset(),
    ) -> None:  # fmt: skip
        """``visit`` is the stay in a field that the words were typed in; blank is this save.

        ``told`` are histories that come with the meeting, and do not follow from it.
        """
        self.connection = connection
        self.by = by
        self.command = command
        self.told = told
        self.changes = Changes(connection, visit or command)
        self._stored: tuple[tuple[AgendaItem, ...], str] = ((), "")
        """The agenda stored last, and its name: working a name out takes longer than all the rest."""

    def save(self, before: Meeting | None, after: Meeting) -> None:
        """Write the difference. Raises StaleRecord, NumberTaken; nothing is kept then."""
        self.gather(before, after)
        self.changes.write(self.by, self.command)

    def gather(self, before: Meeting | None, after: Meeting) -> None:
        """The same for one of many: the caller writes their journal rows together."""
        if before is None:
            self._insert_meeting(after)
        else:
            if before.case != after.case:
                self.changes.made += cases.update(self.connection, before.case, after.case)
            if facts(before) != facts(after):
                _update_meeting(self.changes, before, after)
            if before.agenda != after.agenda:
                self._take_agenda(before, after)
        answers.save(self.changes, before, after)
        contents.save(self.changes, before, after)
        standing.follow(self.changes, before, after)
        self.changes.made += following.follow(
            self.connection, before, after, self.by, told=self.told
        )
        falls_due.follow(self.connection, before, after)

    def _insert_meeting(self, meeting: Meeting) -> None:
        columns = {
            "id": meeting.id,
            "case_id": meeting.case.id,
            "agenda_id": self.agenda(meeting),
            **facts(meeting),
        }
        try:
            with trying(self.connection):
                self.connection.execute(MEETING.insert(), columns)
        except IntegrityError as failed:
            if is_orphan(failed):
                raise NotFound(f"Case {meeting.case.ref} is not in this record.") from None
            msg = f"{meeting.ref} was made by somebody else meanwhile."
            raise NumberTaken(msg, place=meeting.ref) from None
        self.note_new(meeting)

    def _take_agenda(self, before: Meeting, after: Meeting) -> None:
        """Another agenda, which a meeting takes once, as it opens; the journal has both by name."""
        old, new = self.agenda(before), self.agenda(after)
        self.changes.update(MEETING, {"id": after.id}, {"agenda_id": new})
        _note(self.changes, after, "agenda", old, new)

    def note_new(self, meeting: Meeting) -> None:
        """The journal row of a meeting that was not there before."""
        _note(self.changes, meeting, "state", "", str(meeting.state))

    def agenda(self, meeting: Meeting) -> str:
        """The agenda's name; its text is stored with the first meeting that opens with it."""
        if meeting.agenda is self._stored[0]:
            return self._stored[1]
        body = convert.agenda_text(meeting.agenda)
        name = convert.agenda_id(body)
        found = select(AGENDAS.c.id).where(AGENDAS.c.id == name)
        if self.connection.execute(found).first() is None:
            self.connection.execute(AGENDAS.insert(), {"id": name, "body": body})
        self._stored = (meeting.agenda, name)
        return name


def _update_meeting(changes: Changes, before: Meeting, after: Meeting) -> None:
    cases.must_be_next(before.revision, after.revision)
    old, new = facts(before), facts(after)
    columns = dict(new)
    if opened(changes.connection).login:
        # No login changes a state there by itself.
        del columns["state"]
    is_done = changes.update(MEETING, {"id": after.id, "revision": before.revision}, columns)
    if is_done and "state" not in columns and old["state"] != new["state"]:
        is_done = changes.move(after.id, (old["state"], new["state"]), after.revision)
    if not is_done:
        msg = f"{after.ref} was changed by somebody else meanwhile."
        raise StaleRecord(msg, place=after.ref)
    for name in new:
        if name != "revision" and old[name] != new[name]:
            _note(changes, after, name, str(old[name]), str(new[name]))


def _note(changes: Changes, meeting: Meeting, field: str, old: str, new: str) -> None:
    spot = Spot(meeting_id=meeting.id, entity="meeting", entity_id=meeting.id, field=field)
    changes.note(spot, old, new)


def plan(connection: Connection, before: Meeting, after: Meeting, visit: str) -> Planned | None:
    """What the save would write, worked out without writing or waiting; None where more changes than
    the meeting and its rows. Raises StaleRecord where somebody else wrote there already."""
    beside = falls_due.changes(before, after) or following.decides(before, after)
    if before.case != after.case or beside or before.agenda != after.agenda:
        return None
    changes = Planned(connection, visit)
    if facts(before) != facts(after):
        _update_meeting(changes, before, after)
    answers.save(changes, before, after)
    contents.save(changes, before, after)
    standing.follow(changes, before, after)
    return changes


def facts(meeting: Meeting) -> dict[str, Any]:
    """A meeting's own columns."""
    return {
        "number": meeting.number, "level": str(meeting.level), "kind": str(meeting.kind),
        "held_on": meeting.held_on.isoformat(), "state": str(meeting.state), "sitting": meeting.sitting,
        "slot": convert.time_text(meeting.slot), "booked_minutes": meeting.booked_minutes,
        "revision": meeting.revision,
    }  # fmt: skip
