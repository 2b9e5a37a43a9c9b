"""What closed meetings leave to be entered in ViSOR or MAPPS, until somebody says that it was.

owing.owed()                                  # since the area's period, the oldest first
owing.sheet("WM-0143-3")                      # references and facts, in the order of typing
owing.done("WM-0143-3", ("level", "risk"), day)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain import updates as u
from panelkit.domain.area import Area
from panelkit.domain.chasing import renewed
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.plain_cells import plain_cell
from panelkit.domain.text import gate_line
from panelkit.domain.timescales import room_day
from panelkit.domain.updates import Entered, Owed, Update
from panelkit.domain.vocabulary import HELD
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.words import because
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written

BATCH: Final = 100
"""Meetings read together."""


@acting(Act.READ, done=Act.CHASE, undo=Act.CHASE)
class Owing:
    """Verbs over one record."""

    def __init__(self, record: Record, area: Area, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    def today(self) -> date:
        """The date on the room's clock."""
        return room_day(self.clock())

    def since(self) -> date:
        """The first day of which meetings are listed unless somebody says another."""
        return self.today() - timedelta(days=self.area.figure("updates_since_days"))

    # -- reading -----------------------------------------------------------------------

    def owed(self, since: date | None = None, *, also_done: bool = False) -> tuple[Owed, ...]:
        """Updates of meetings held since a day, the one that is due first at the top.

        Only those that nobody said were entered, unless ``also_done``.
        """
        ids = self.record.ended_between(since or self.since(), self.today())
        found: list[Owed] = []
        for at in range(0, len(ids), BATCH):
            part = ids[at : at + BATCH]
            done = self._done(part)
            for meeting in self.record.load_many(part).values():
                found += self._of(meeting, done)
        if not also_done:
            found = [one for one in found if one.entered is None]
        order = {one.key: place for place, one in enumerate(u.UPDATES)}
        return tuple(sorted(found, key=lambda o: (o.due, o.meeting_ref, order[o.update.key])))

    def of_meeting(self, ref: str) -> tuple[Owed, ...]:
        """All updates of one meeting, entered or not. Raises NotFound, Refused until it is closed."""
        meeting = self._ended(ref)
        return tuple(self._of(meeting, self._done([meeting.id])))

    def _ended(self, ref: str) -> Meeting:
        meeting = self.record.load(ref)
        if meeting.state not in HELD:
            msg = f"{meeting.ref} is {meeting.state.label}: nothing is entered of it before it is closed."
            raise Refused(msg)
        return meeting

    def _done(self, ids: Sequence[str]) -> dict[tuple[str, str], Entered]:
        return {(o.meeting_id, o.what): o for o in self.record.entered(ids) if o.is_live}

    def _of(self, meeting: Meeting, done: dict[tuple[str, str], Entered]) -> list[Owed]:
        due = u.due_on(meeting, self.area)
        owner = meeting.text("A17", "visor_update_owner").strip()
        return [
            Owed(
                meeting.id, meeting.ref, meeting.case.visor_ref, meeting.held_on, owner, update, due,
                done.get((meeting.id, update.key)),
            )
            for update in u.updates_of(self.area)
        ]  # fmt: skip

    # -- the sheet -----------------------------------------------------------------------

    def sheet(self, ref: str, keys: Sequence[str] = ()) -> tuple[tuple[str, str, str], ...]:
        """Section, field and value of what is still owed, or of the updates named.

        Raises NotFound, Refused until the meeting is closed, and where nothing is owed.
        """
        meeting = self._ended(ref)
        named = self._named(keys)
        owed = named or [o.update for o in self.of_meeting(ref) if o.entered is None]
        if not owed:
            raise Refused(f"Nothing of {meeting.ref} is owed any more.", remedy="Name an update to see its sheet.")  # fmt: skip
        return u.sheet(meeting, tuple(owed))

    def text(self, ref: str, keys: Sequence[str] = ()) -> str:
        """The sheet as plain text, a section after the other."""
        lines = [
            f"{self.area.marking}   To type into ViSOR or MAPPS   {gate_line(ref).text}",
            "References and facts of the record; no narrative, nothing restricted.",
        ]
        section = ""
        rows = self.sheet(ref, keys)
        wide = max(len(label) for _section, label, _value in rows)
        for title, label, value in rows:
            if title != section:
                lines += ["", title.upper()]
                section = title
            lines.append(f"  {label:<{wide}}  {' '.join(gate_line(value).text.split())}")
        return "\n".join(lines) + "\n"

    def csv(self, ref: str, keys: Sequence[str] = ()) -> bytes:
        """The sheet as a file of values; nothing in it begins as a formula would."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(("section", "field", "value"))
        for row in self.sheet(ref, keys):
            writer.writerow([plain_cell(words) for words in row])
        return out.getvalue().encode("utf-8-sig")

    def write(self, ref: str, target: Path, keys: Sequence[str] = ()) -> Written:
        """The sheet as a .txt or .csv file. Raises BadInput for another ending, CannotWrite."""
        from panelkit.documents.files import write_file

        ending = target.suffix.casefold()
        if ending not in (".txt", ".csv"):
            raise BadInput("An upload sheet is a .txt or a .csv file.")
        body = self.csv(ref, keys) if ending == ".csv" else self.text(ref, keys).encode("utf-8")
        return write_file(target, body)

    # -- done ----------------------------------------------------------------------------

    def _named(self, keys: Sequence[str]) -> list[Update]:
        known = {one.key: one for one in u.updates_of(self.area)}
        for key in keys:
            if key not in known:
                msg = f"There is no update {gate_line(key).text[:20]}."
                raise BadInput(msg, remedy=f"Say one of {', '.join(known)}.")
        return [one for key, one in known.items() if key in keys]

    def done(self, ref: str, keys: Sequence[str], on: date, done_by: str = "") -> tuple[Owed, ...]:
        """Somebody says that these were entered, all that is owed where none is named.

        Raises NotFound, Refused for one that was entered already, BadInput for a day before the
        meeting or still to come.
        """
        meeting = self._ended(ref)
        if not meeting.held_on <= on <= self.today():
            msg = f"{meeting.ref} was held on {long_date(meeting.held_on)}: it was entered then or later, and not after today."
            raise BadInput(msg)
        named = {one.key for one in self._named(keys)}
        there = self.of_meeting(ref)
        again = [one for one in there if one.update.key in named and one.entered is not None]
        if again:
            raise Refused(f"{again[0].update.title} of {meeting.ref} was {again[0].standing(on)}.")
        fresh = [
            Entered(
                id=new_id(), meeting_id=meeting.id, what=one.update.key, done_on=on,
                done_by=gate_line(done_by).text.strip() or self.who, typed_by=self.who,
                typed_at=self.clock(),
            )
            for one in there if one.entered is None and (not named or one.update.key in named)
        ]  # fmt: skip
        if not fresh:
            raise Refused(f"Nothing of {meeting.ref} is owed any more.")
        self.record.keep_chasing(
            [(None, one) for one in fresh], self._by(), command=new_id(), what="entered elsewhere"
        )
        return self.of_meeting(ref)

    def undo(self, ref: str, key: str, why: str) -> tuple[Owed, ...]:
        """It was not entered after all; what was said stays with the reason. Raises NotFound."""
        said = because(why)
        (update,) = self._named([key])
        for one in self.of_meeting(ref):
            if one.update is update and one.entered is not None:
                after = renewed(one.entered, self._by(), withdrawn=said)
                self.record.keep_chasing(
                    [(one.entered, after)], self._by(), command=new_id(), what="entered elsewhere"
                )
                return self.of_meeting(ref)
        raise NotFound(f"Nobody said that {update.title.lower()} of {gate_line(ref).text[:20]} was entered.")  # fmt: skip
