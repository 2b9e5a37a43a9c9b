"""Observation sheets: written without a word about the meeting, and read back to it.

``write`` before the meeting, ``read`` when the sheet comes back (nothing is stored), then
``take_in``. The observer answers; whoever is at the desk took the sheet in, and the journal
says so.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain import auditing as a
from panelkit.domain import observing
from panelkit.domain.audit_forms import Given, How
from panelkit.domain.auditing import Audit, AuditState, Mark
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.foreign import NotRead
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.sheet_numbers import new_number, printed
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.minute_taking import MinuteTaking
from panelkit.services.observations import Observations
from panelkit.store.record import NumberInUse, Sheet

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.lay_sheet_reading import FilledSheet

_HOUSE: Final = "minutes/house.docx"
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet, and where it went."""

    sheet: Sheet
    file: Written


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What would read differently in the record."""

    question: str
    """Blank for the remarks on the whole."""
    what: str
    """``answer``, ``comment`` or ``remarks``."""
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet that came back, read; nothing is stored yet."""

    path: Path
    sheet: Sheet
    meeting: Meeting
    filled: FilledSheet
    stored: Audit | None
    """The observation that is there already."""
    steps: tuple[Audit, ...]
    """From what is stored to what the sheet makes of it, finished."""
    not_read: tuple[NotRead, ...]
    changes: tuple[SheetChange, ...]
    why_not: str
    """Why it cannot be taken in; blank where it can."""

    @property
    def is_known(self) -> bool:
        """Whether the record says all of it already."""
        return self.stored is not None and self.steps[-1] == self.stored

    @property
    def replaces(self) -> bool:
        """Whether words or grades in the record would be others."""
        return self.stored is not None and not observing.is_untouched(self.stored)


@acting(Act.OBSERVE)
class LaySheets:
    """The verbs for sheets."""

    def __init__(self, taking: MinuteTaking) -> None:
        """The same record, area, clock and person; the house file that ships."""
        self.record = taking.needs_record()
        self.area = taking.area
        self.clock = taking.clock
        self.who = taking.who
        self._house = taking.templates / _HOUSE

    def _by(self) -> By:
        return By(self.who, self.clock())

    # -- out ---------------------------------------------------------------------------

    def write(
        self, meeting: Meeting, folder: Path, *, observer: str = "", form_id: str = ""
    ) -> WrittenSheet:
        """A sheet for one observer of one meeting, on the area's form unless another is named.

        ``observer`` is the lay adviser on the attendance list where there is exactly one.
        Raises Refused where nobody or several could be meant, or for whoever chaired,
        minuted or took part; NotFound, CannotWrite. Each sheet has a number of its own.
        """
        form = self._observations_of(observer).form(form_id)
        observer = " ".join(observer.split()) or _only_adviser(meeting)
        if why_not := self._observations_of(observer).why_not(meeting):
            raise Refused(why_not, remedy=Observations.rule)
        sheet = self._numbered(
            Sheet(number="", meeting_id=meeting.id, form=form, observer=observer)
        )
        from panelkit.documents.files import write_file
        from panelkit.documents.lay_sheet import LaySheet, write_sheet

        page = LaySheet(sheet.number, form)
        content = write_sheet(page, self._house.read_bytes())
        return WrittenSheet(sheet, write_file(folder / page.file_name, content))

    def _numbered(self, sheet: Sheet) -> Sheet:
        """The sheet with a number that no other has, in the record before it is in the world."""
        for _ in range(_TRIES):
            numbered = dataclasses.replace(sheet, number=new_number(secrets.randbelow))
            try:
                self.record.add_sheet(numbered, self._by(), command=new_id())
            except NumberInUse:
                continue
            return self.record.find_sheet(numbered.number)
        raise Refused("No free number was found for a sheet.", remedy="Try again.")

    def of(self, meeting: Meeting) -> tuple[Sheet, ...]:
        """The sheets of a meeting, oldest first; ``read_at`` says which came back."""
        return self.record.sheets(meeting.id)

    def _observations_of(self, observer: str) -> Observations:
        return Observations(self.record, self.area, self.clock, observer)

    # -- back --------------------------------------------------------------------------

    def read(self, path: Path) -> SheetRead:
        """What the sheet in the file at ``path`` says, and what it would change.

        Raises NotFound for a file or a number that is not here, BadInput for a file that is
        no sheet, is damaged or is not safe.
        """
        from panelkit.documents import import_guard
        from panelkit.documents.lay_sheet import LaySheet
        from panelkit.documents.lay_sheet_reading import read_sheet, sheet_number

        opened = import_guard.open_word(path)
        sheet = self.record.find_sheet(sheet_number(opened, path.name))
        meeting = self.record.load(sheet.meeting_id)
        filled = read_sheet(opened, LaySheet(sheet.number, sheet.form), path.name)
        stored = self._stored(sheet)
        by = By(sheet.observer, self.clock())
        start = stored or self._begun(meeting, sheet, by)
        unknown = tuple(_unknown(start, filled))
        steps = _steps(start, filled, by)
        return SheetRead(
            path=path, sheet=sheet, meeting=meeting, filled=filled, stored=stored, steps=steps,
            not_read=(*filled.not_read, *unknown), changes=tuple(_changes(start, steps[-1])),
            why_not=a.why_not_yet(meeting, sheet.form.kind)
            or self._observations_of(sheet.observer).why_not(meeting),
        )  # fmt: skip

    def take_in(self, read: SheetRead, *, replace: bool = False) -> Audit:
        """The observation as the sheet says it, finished; one that is known changes nothing.

        Raises Refused for a blank sheet, for somebody who may not observe, and where the
        record says otherwise already unless ``replace``; StaleRecord where that changed
        since the sheet was read.
        """
        if read.why_not:
            raise Refused(read.why_not, remedy=Observations.rule)
        if read.filled.is_blank:
            msg = f"Nothing could be read on sheet {printed(read.sheet.number)}."
            raise Refused(msg, remedy="Fill it in, or type it in by hand.")
        if read.stored is not None and read.is_known:
            return read.stored
        if read.replaces and read.changes and not replace:
            msg = f"Sheet {printed(read.sheet.number)} was read before and says otherwise now."
            raise Refused(msg, remedy="Look at the changes, then replace.")
        self.record.take_in_sheet(
            read.sheet, read.steps, self._by(), is_new=read.stored is None, command=new_id()
        )
        return self.record.find_audit(read.steps[-1].id)

    def _stored(self, sheet: Sheet) -> Audit | None:
        return next(
            (
                one for one in self.record.audits(sheet.meeting_id)
                if one.form.id == sheet.form.id and observing.same_person(one.auditor, sheet.observer)
            ),
            None,
        )  # fmt: skip

    @staticmethod
    def _begun(meeting: Meeting, sheet: Sheet, by: By) -> Audit:
        given = [Given(question=q.id, how=How.PERSON) for q in sheet.form.questions]
        return a.begun(new_id(), meeting, sheet.form, given, [new_id() for _ in given], by)


def _only_adviser(meeting: Meeting) -> str:
    names = observing.lay_advisers(meeting)
    if len(names) == 1:
        return names[0]
    how_many = "Several lay advisers are" if names else "No lay adviser is"
    msg = f"{how_many} on the list of {meeting.ref}."
    raise Refused(msg, remedy="Say with --for who is to fill in the sheet.")


def _steps(start: Audit, filled: FilledSheet, by: By) -> tuple[Audit, ...]:
    """Opened again where it is finished, filled in, finished; unchanged where nothing differs."""
    opened = a.reopened(start, by)
    answers = {key: option for key, option in filled.answers.items() if _offers(start, key, option)}
    marked = observing.handed_in(opened, answers, filled.comments, filled.remarks, by)
    if observing.is_untouched(marked) or (marked == opened and start.state is AuditState.FINISHED):
        return (start,)
    steps = [start]
    for step in (opened, marked, a.finished(marked, by)):
        if step != steps[-1]:
            steps.append(step)
    return tuple(steps)


def _offers(audit: Audit, question: str, option: str) -> bool:
    try:
        audit.form.question(question).option(option)
    except NotFound:
        return False
    return True


def _unknown(audit: Audit, filled: FilledSheet) -> Iterator[NotRead]:
    """What the observation in the record, on another version of the form, has no place for."""
    asked = {question.id for question in audit.form.questions}
    why = "The observation in the record is on another version of the form."
    for question, option in filled.answers.items():
        if not _offers(audit, question, option):
            yield NotRead(what=f"answer to {question}", why=why, words=option)
    for question, words in filled.comments.items():
        if question not in asked:
            yield NotRead(what=f"comment on {question}", why=why, words=words)


def _changes(before: Audit, after: Audit) -> Iterator[SheetChange]:
    for was, now in zip(before.marks, after.marks, strict=True):
        if was.chosen != now.chosen:
            yield SheetChange(now.question, "answer", _label(before, was), _label(after, now))
        if was.comment != now.comment:
            yield SheetChange(now.question, "comment", was.comment, now.comment)
    if before.remarks != after.remarks:
        yield SheetChange("", "remarks", before.remarks, after.remarks)


def _label(audit: Audit, mark: Mark) -> str:
    return a.label_of(audit.form, mark.question, mark.chosen)
