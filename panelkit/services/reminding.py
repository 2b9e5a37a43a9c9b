"""Reminders: what one organisation is asked about its own open actions, written, sent, answered.

ready = reminding.ready("Harrowmere Housing")
done = reminding.write(ready, Path("r.xlsx"))       # recorded with the digest of its bytes
reminding.sent(done.reminder.ref, day)              # a person says so: the program sends nothing
reminding.take_back(Path("r.xlsx"))                 # what came back is read into the record
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain import chasing as c
from panelkit.domain import entries as e
from panelkit.domain.action_filter import ActionFilter, Term
from panelkit.domain.area import Area
from panelkit.domain.chasing import Chased, Reminded, Reminder, ReminderKind
from panelkit.domain.errors import BadInput, PanelkitError, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.reminder_paper import NIL, ReminderLine, ReminderPaper, Replied
from panelkit.domain.sharing import held_back
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import OVER
from panelkit.services.across import action_named
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.chasing import Chasing
from panelkit.services.choosing import Choosing
from panelkit.services.minute_taking import make_folder
from panelkit.services.words import line
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.tree import Document

TEMPLATE: Final = "reminder"
ENDINGS: Final = {".docx": ReminderKind.WORD, ".xlsx": ReminderKind.WORKBOOK}
LARGEST: Final = 20_000_000
"""Bytes of a workbook that is read back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One action that may stand in a reminder."""

    chased: Chased
    set_on: str
    """When it was set; blank where that meeting is not in this record."""
    words: bool
    """Whether its words may be told: the area says so, and the meeting that set it is known."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What a reminder to one organisation would hold."""

    organisation: str
    asked: tuple[Asked, ...]
    withheld: tuple[Chased, ...]
    """Its actions that were set where it was not in the room: said by voice, never in a file."""


@dataclass(frozen=True, slots=True)
class Done:
    """A reminder that was written."""

    reminder: Reminder
    file: Written
    actions: tuple[str, ...]


@acting(Act.CHASE, ready=Act.READ, every=Act.READ, find=Act.READ, actions_of=Act.READ)
class Reminding:
    """Verbs over one record."""

    def __init__(self, chasing: Chasing, choosing: Choosing) -> None:
        """``choosing`` knows where templates are."""
        self.chasing = chasing
        self.record: Record = chasing.record
        self.area: Area = chasing.area
        self.choosing = choosing

    def _by(self) -> By:
        return By(self.chasing.who, self.chasing.clock())

    # -- reading -----------------------------------------------------------------------

    def every(self, organisation: str = "") -> tuple[Reminder, ...]:
        """Every reminder, the oldest first; or those to one organisation."""
        plain = organisation.strip().casefold()
        every = self.record.reminders()
        return tuple(one for one in every if not plain or one.organisation.casefold() == plain)

    def find(self, ref: str) -> Reminder:
        """``RM-3FA9C2``. Raises NotFound, BadInput where several begin so."""
        every = self.record.reminders()
        return c.called(ref, "RM-", every, "reminder", "panelkit reminder list")

    def actions_of(self, reminder: Reminder) -> tuple[Reminded, ...]:
        """What it asked about; what is hidden from whoever asks is not among them."""
        return self.record.reminded(reminder.id)

    def ready(self, words: str) -> Ready:
        """What a reminder to this organisation would hold: its own open actions and no other's.

        One that was set, or said again, in a restricted part without them is withheld; one of a
        meeting that is not closed yet is not asked about. Raises
        NotFound, BadInput for a name that is none or several.
        """
        name = self.chasing.organisation(words)
        wanted = ActionFilter((Term("who", name.casefold()),))
        mine = [
            one for one in self.chasing.listed(wanted).found
            if one.action.organisation.strip().casefold() == name.casefold()
            and (one.action.set_at != one.meeting_number or one.meeting_state in OVER)
        ]  # fmt: skip
        asked, withheld = [], []
        for one in mine:
            last = self.record.load(one.meeting_id)
            carrying = [
                m for m in (*self.record.earlier(last), last) if _row_of(m, one) is not None
            ]
            if any(_is_held(m, one, name) for m in carrying):
                withheld.append(one)
                continue
            first = carrying[0]
            known = first.number == one.action.set_at
            asked.append(
                Asked(
                    one, long_date(first.held_on) if known else "",
                    known and self.area.reminder_words == "actions",
                )
            )  # fmt: skip
        return Ready(name, tuple(asked), tuple(withheld))

    # -- writing -------------------------------------------------------------------------

    def write(self, ready: Ready, target: Path) -> Done:
        """The reminder as a Word file or a workbook, by its ending; recorded once it is on the disk.

        Raises Refused where there is nothing to ask, BadInput for another ending, CannotWrite; where
        it cannot be recorded the file is taken away again. A file that is there is left alone.
        """
        return self._write(ready, free_name(target), new_id())

    def _write(self, ready: Ready, target: Path, new: str) -> Done:
        from panelkit.documents.files import write_file

        kind = ENDINGS.get(target.suffix.casefold())
        if kind is None:
            raise BadInput("A reminder is a .docx or a .xlsx file.")
        if not ready.asked:
            msg = f"{ready.organisation} has no open action that may be told in a file."
            raise Refused(msg, remedy="Chase by voice what was set in a restricted part." if ready.withheld else "")  # fmt: skip
        by = self._by()
        paper = self._paper(ready, f"RM-{c.short(new)}")
        body = self._bytes(paper, kind)
        written = write_file(target, body)
        reminder = Reminder(
            id=new, organisation=ready.organisation, kind=kind, written_at=by.at, written_by=by.name,
            file=written.path.name, sha256=hashlib.sha256(body).hexdigest(), typed_by=by.name,
            typed_at=by.at,
        )  # fmt: skip
        rows = [
            Reminded(
                id=new_id(), reminder_id=new, case_id=one.chased.case_id, set_at=one.chased.action.set_at,
                number=one.chased.action.number, due=one.chased.action.current_due, typed_by=by.name,
                typed_at=by.at,
            )
            for one in ready.asked
        ]  # fmt: skip
        try:
            self.record.keep_chasing(
                [(None, reminder), *((None, row) for row in rows)], by, command=new_id(),
                what="reminder written",
            )  # fmt: skip
        except PanelkitError:
            with suppress(OSError):
                written.path.unlink()
            raise
        return Done(reminder, written, tuple(one.chased.ref for one in ready.asked))

    def write_into(self, ready: Ready, folder: Path, kind: ReminderKind) -> Done:
        """The same in a folder, called by its own reference: no organisation is in a file's name.
        Raises as :meth:`write`.
        """
        ending = next(end for end, each in ENDINGS.items() if each is kind)
        make_folder(folder)
        new = new_id()
        return self._write(ready, folder / f"reminder_RM-{c.short(new)}{ending}", new)

    def document(self, ready: Ready) -> Document:
        """The letter as a typed tree, before it is written."""
        from panelkit.documents.compose.reminder import compose_reminder

        template = self.choosing.template(TEMPLATE, TEMPLATE, None)
        return compose_reminder(self._paper(ready, "RM-"), template)

    def _bytes(self, paper: ReminderPaper, kind: ReminderKind) -> bytes:
        now = self.chasing.clock()
        if kind is ReminderKind.WORKBOOK:
            from panelkit.documents import reminder_workbook

            return reminder_workbook.write(paper, now=now)
        from panelkit.documents import word
        from panelkit.documents.compose.reminder import compose_reminder

        template = self.choosing.template(TEMPLATE, TEMPLATE, None)
        return word.write(compose_reminder(paper, template), template.house, now=now)

    def _paper(self, ready: Ready, ref: str) -> ReminderPaper:
        today = self.chasing.today()
        return ReminderPaper(
            ref=ref, organisation=ready.organisation, area=self.area.name, marking=self.area.marking,
            made_on=today, lines=tuple(_line(one, today) for one in ready.asked),
            fiction=all(one.chased.fiction for one in ready.asked),
        )  # fmt: skip

    # -- sent, answered -------------------------------------------------------------------

    def sent(self, ref: str, on: date) -> Reminder:
        """Whoever works says that they sent it, on a day. Raises NotFound, BadInput."""
        before, today = self.find(ref), self.chasing.today()
        if not room_day(before.written_at) <= on <= today:
            msg = f"{before.ref} was written on {long_date(room_day(before.written_at))}: it was sent then or later, and not after today."
            raise BadInput(msg)
        return self._changed(before, [], sent_on=on, sent_by=self.chasing.who)

    def nothing_to_report(self, ref: str, said_by: str) -> Reminder:
        """The organisation answered that it has nothing to report; said of every action of it that
        was not answered. Raises NotFound, BadInput without who said so.
        """
        before, teller = self.find(ref), line(said_by)
        if not teller:
            raise BadInput("Say who said that there is nothing to report.")
        rows = [row for row in self.actions_of(before) if not row.reply]
        return self._answered(before, [(row, NIL, teller) for row in rows], nil=True)

    def take_back(self, path: Path) -> tuple[Reminder, tuple[Replied, ...]]:
        """What an organisation wrote into its workbook, kept beside each action; all of it or none.

        Nothing becomes of an action by it: a person records that. Raises BadInput with the place,
        NotFound, Refused where nothing is answered.
        """
        from panelkit.documents import reminder_workbook

        found = reminder_workbook.read(_read(path), path.name)
        if not found:
            raise Refused(
                f"Nothing is answered in {path.name}.", remedy="A blank row is no answer."
            )
        if len({one.reminder for one in found}) != 1:
            raise BadInput(f"{path.name} holds rows of more than one reminder.")
        reminder = self.find(found[0].reminder)
        rows = {row.key: row for row in self.actions_of(reminder)}
        cases = self.record.refs_of([row.case_id for row in rows.values()])
        keys = {f"{cases[row.case_id]} {row.set_at}.{row.number}": row for row in rows.values() if row.case_id in cases}  # fmt: skip
        told: list[tuple[Reminded, str, str]] = []
        for one in found:
            case_ref, set_at, number = action_named(one.ref)
            row = keys.get(f"{case_ref} {set_at}.{number}")
            if row is None:
                msg = f"{path.name}, line {one.line}: {reminder.ref} did not ask about {one.ref}."
                raise BadInput(msg, remedy="Nothing was taken.")
            if any(row is each for each, _reply, _by in told):
                raise BadInput(f"{path.name}, line {one.line}: {one.ref} stands there twice.")
            told.append((row, line(one.reply), line(one.by)))
        nil = len(told) == len(rows) and all(reply == NIL for _row, reply, _by in told)
        return self._answered(reminder, told, nil=nil), found

    def _answered(
        self, before: Reminder, told: list[tuple[Reminded, str, str]], *, nil: bool
    ) -> Reminder:
        today = self.chasing.today()
        rows = [
            (row, c.renewed(row, self._by(), reply=reply, replied_by=by, replied_on=today))
            for row, reply, by in told
            if (row.reply, row.replied_by) != (reply, by)
        ]
        return self._changed(before, rows, replied_on=today, nil_return=nil)

    def _changed(
        self, before: Reminder, rows: list[tuple[Reminded, Reminded]], **changes: object
    ) -> Reminder:
        after = c.renewed(before, self._by(), **changes)
        self.record.keep_chasing(
            [(before, after), *rows], self._by(), command=new_id(), what="reminder"
        )
        return after


def free_name(target: Path) -> Path:
    """The name, or the next that is free: what was written before was recorded with its digest."""
    number, path = 2, target
    while path.exists():
        path = target.with_stem(f"{target.stem}_{number}")
        number += 1
    return path


def _row_of(meeting: Meeting, one: Chased) -> e.Action | None:
    place = (one.action.set_at, one.action.number)
    return next((a for a in meeting.of(e.Action) if (a.set_at, a.number) == place), None)


def _is_held(meeting: Meeting, one: Chased, organisation: str) -> bool:
    row = _row_of(meeting, one)
    return row is not None and row.id in held_back(meeting, organisation).entries


def _line(asked: Asked, today: date) -> ReminderLine:
    one, action = asked.chased, asked.chased.action
    days = tuple(dict.fromkeys(log.on for log in one.log if log.what == "reminder"))
    due = action.current_due
    return ReminderLine(
        ref=one.ref, set_on=asked.set_on or f"meeting {action.set_at}",
        due=long_date(due) if due else "no date", standing=one.standing(today),
        before=c.days_in_words(days) if days else "",
        words=action.text if asked.words else "", owner=action.owner if asked.words else "",
    )  # fmt: skip


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is larger than any reminder that comes back.")
        return path.read_bytes()
    except OSError as failed:
        msg = f"{path.name} cannot be read: {failed.strerror or 'no right to'}."
        raise BadInput(msg) from None
