"""Returns of organisations before a meeting: forms written, read back, taken into the record.

returns = Returns(record, area, clock, who, choosing)
done = returns.write("WM-0143-3", Path("forms"))     # a form for each organisation invited
read = returns.read(Path("return.docx"))              # what it says; nothing is kept
returns.keep(read)                                    # kept beside the meeting, all of it
"""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain import return_paper as p
from panelkit.domain import returns as r
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.return_paper import RawReturn, ReturnPaper
from panelkit.domain.return_reading import Understood, understood
from panelkit.domain.returns import Standing
from panelkit.domain.sharing import held_back
from panelkit.domain.sheet_numbers import new_number, printed
from panelkit.domain.text import gate_line
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import HELD, ReturnAnswer, YesNo
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.minute_taking import make_folder
from panelkit.services.reminding import free_name
from panelkit.services.stepping import saved
from panelkit.services.words import line
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document
    from panelkit.services.choosing import Choosing

TEMPLATE: Final = "return"
WORD, WORKBOOK = ".docx", ".xlsx"
KINDS: Final = (WORD, WORKBOOK)
"""Both forms of one return have one number: an organisation answers in either."""
LARGEST: Final = 20_000_000
"""Bytes of a file that is read back."""


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A form that was written for one organisation."""

    one: e.AgencyReturn
    files: tuple[Written, ...]
    withheld: int
    """Open actions of it that were set where it was not in the room: not in the form."""


@dataclass(frozen=True, slots=True)
class FormsWritten:
    """What was written for a meeting."""

    meeting: Meeting
    forms: tuple[WrittenForm, ...]
    answered: tuple[str, ...]
    """Organisations that have answered already: no form was written for them."""


@dataclass(frozen=True, slots=True)
class ReturnRead:
    """What a file says; nothing of it is kept yet."""

    path: Path
    meeting: Meeting
    one: e.AgencyReturn
    """The form that it fills, as the record has it."""
    found: Understood
    digest: str

    @property
    def is_known(self) -> bool:
        """Whether this very file was read in before, and counts."""
        return self.one.is_live and self.one.answer is not None and self.one.digest == self.digest

    @property
    def is_answered(self) -> bool:
        """Whether another answer of this organisation counts."""
        there = r.return_of(self.meeting, self.one.organisation)
        return there is not None and there.answer is not None

    @property
    def is_late(self) -> bool:
        """Whether the meeting was closed before it came."""
        return self.meeting.state in HELD


@acting(
    Act.CHASE, listed=Act.READ, called=Act.READ, reminder=Act.READ, document=Act.READ,
    addendum=Act.RECORD,
)  # fmt: skip
class Returns:
    """Verbs over one record."""

    def __init__(
        self, record: Record, area: Area, clock: Clock, who: str, choosing: Choosing
    ) -> None:
        """``choosing`` knows where templates are."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who
        self.choosing = choosing

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    def today(self) -> date:
        """The date on the room's clock."""
        return room_day(self.clock())

    # -- what there is --------------------------------------------------------------------

    def listed(self, meeting: Meeting) -> tuple[Standing, ...]:
        """Every organisation that is asked, and how far its return is."""
        return r.standings(meeting)

    def called(self, meeting: Meeting, words: str) -> Standing:
        """The organisation that words name. Raises NotFound, Refused where several are meant."""
        return r.called(meeting, words)

    def reminder(self, meeting: Meeting, organisation: str) -> str:
        """Words for whoever reminds an organisation; by reference, nothing of the case in them.

        Raises NotFound, Refused for one that was not asked or has answered.
        """
        one = r.called(meeting, organisation).one
        if one is None:
            raise Refused(f"{line(organisation)} was not asked.", remedy="Write its form first.")
        if one.answer is not None:
            raise Refused(f"{one.organisation} has answered: {one.answer.label.lower()}.")
        due = f"was asked for by {long_date(one.due)}" if one.due else "was asked for"
        return (
            f"Return {printed(one.sheet)} for MAPPA meeting {meeting.ref}, held on "
            f"{long_date(meeting.held_on)}, {due} and has not come back. Please fill in the form "
            "that you were sent and send it by the secure route that it came by. If you hold "
            "nothing new, write yes in line N: a nil return is an answer. Say also who comes."
        )

    # -- out ------------------------------------------------------------------------------

    def write(
        self, ref: str, folder: Path, *, organisation: str = "", kinds: Sequence[str] = KINDS
    ) -> FormsWritten:
        """A form for each organisation invited that has not answered, or for one; as Word, as a
        workbook, or both under one number.

        A form that was written before is written again under its number. Nothing is sent. Raises
        NotFound, Refused where there is nobody to ask, who is asked has answered, or the meeting is
        closed; CannotWrite. Where it cannot be recorded, the files are taken away again.
        """
        meeting = self.record.load(ref)
        r.must_be_to_come(meeting)
        wanted = [r.called(meeting, organisation)] if organisation else list(r.standings(meeting))
        answered = tuple(s.organisation for s in wanted if s.one is not None and s.one.answer)
        to_write = [s for s in wanted if s.one is None or s.one.answer is None]
        if organisation and answered:
            raise Refused(f"{answered[0]} has answered.", remedy="Read another file in with --replace.")  # fmt: skip
        if not to_write:
            msg = f"Nobody is to be asked for a return to {meeting.ref}."
            raise Refused(msg, remedy="" if answered else "Invite organisations at A1 first.")
        by = self.by()
        due = r.due_for(meeting, self.area)
        fresh = [
            dataclasses.replace(s.one, due=due) if s.one else self._fresh(meeting, s, by)
            for s in to_write
        ]
        make_folder(folder)
        made: list[Written] = []
        try:
            forms = tuple(self._write_one(meeting, one, folder, kinds, made) for one in fresh)
            after = self._step(meeting, lambda m: _asked(m, fresh, by))
        except PanelkitError:
            for file in made:
                with suppress(OSError):
                    file.path.unlink()
            raise
        return FormsWritten(after, forms, answered)

    def _fresh(self, meeting: Meeting, standing: Standing, by: By) -> e.AgencyReturn:
        return e.AgencyReturn(
            id=new_id(), organisation=standing.organisation, agency=standing.agency,
            sheet=new_number(secrets.randbelow), asked_on=self.today(), asked_by=by.name,
            due=r.due_for(meeting, self.area),
        )  # fmt: skip

    def _write_one(
        self, meeting: Meeting, one: e.AgencyReturn, folder: Path, kinds: Sequence[str],
        made: list[Written],
    ) -> WrittenForm:  # fmt: skip
        from panelkit.documents import return_workbook, word
        from panelkit.documents.compose.returns import compose_return, own_words
        from panelkit.documents.files import write_file

        paper, withheld = self._paper(meeting, one)
        template = self._template()
        document = compose_return(paper, template)
        now, first = self.clock(), len(made)
        for kind in kinds:
            if kind == WORD:
                body = word.write(document, template.house, now=now)
            elif kind == WORKBOOK:
                body = return_workbook.write(paper, own_words(document), now=now)
            else:
                raise BadInput("A return is a .docx or a .xlsx file.")
            name = f"return_{meeting.ref}_{printed(one.sheet)}{kind}"
            made.append(write_file(free_name(folder / name), body))
        return WrittenForm(one, tuple(made[first:]), withheld)

    def _template(self) -> Template:
        return self.choosing.template(TEMPLATE, TEMPLATE, None)

    def document(self, meeting: Meeting, organisation: str) -> Document:
        """The form of one organisation as a typed tree, as it would be written now."""
        from panelkit.documents.compose.returns import compose_return

        standing = r.called(meeting, organisation)
        one = standing.one or self._fresh(meeting, standing, self.by())
        return compose_return(self._paper(meeting, one)[0], self._template())

    def _paper(self, meeting: Meeting, one: e.AgencyReturn) -> tuple[ReturnPaper, int]:
        with_words = self.area.return_words in ("actions", "names")
        own = r.open_actions(meeting, one.organisation)
        withheld = self._withheld(meeting, one.organisation) if own else set()
        may = [a for a in own if (a.set_at, a.number) not in withheld]
        case = meeting.case
        born = f", born {long_date(case.born)}" if case.born else ""
        paper = ReturnPaper(
            number=printed(one.sheet), ref=meeting.ref,
            about=f"{meeting.level.label} {meeting.kind.label}, {long_date(meeting.held_on)}",
            subject=f"{case.name}{born}" if self.area.return_words == "names" else "",
            organisation=one.organisation, area=self.area.name, marking=self.area.marking,
            made_on=self.today(), due=one.due or r.due_for(meeting, self.area),
            questions=self._questions(meeting, one),
            actions=tuple(
                p.AskedAction(
                    a.ref, f"meeting {a.set_at}", long_date(a.current_due) or "no date",
                    a.text if with_words else "", a.owner if with_words else "",
                )
                for a in may
            ),
            fiction=case.fiction,
        )  # fmt: skip
        return paper, len(own) - len(may)

    def _questions(
        self, meeting: Meeting, one: e.AgencyReturn
    ) -> tuple[tuple[str, p.ReturnQuestion], ...]:
        if one.agency is None:
            return ()
        mine = r.questions_for(meeting, self.area, one.agency)
        return tuple((f"Q{number}", each) for number, each in enumerate(mine, 1))

    def _withheld(self, meeting: Meeting, organisation: str) -> set[tuple[int, int]]:
        """Actions that were set, or said again, in a restricted part without them: those are said by
        voice, never in a file."""
        found: set[tuple[int, int]] = set()
        for each in (*self.record.earlier(meeting), meeting):
            held = held_back(each, organisation).entries
            found |= {(a.set_at, a.number) for a in each.of(e.Action) if a.id in held}
        return found

    # -- back ------------------------------------------------------------------------------

    def read(self, path: Path) -> ReturnRead:
        """What a file that came back says; nothing of it is kept.

        Raises NotFound for a file, a meeting or a form that is not here; BadInput, with the place and
        what to do, for a file that is no return, is damaged or is not safe.
        """
        from panelkit.documents import import_guard

        kind = path.suffix.casefold()
        if kind not in KINDS:
            msg = f"{path.name} is neither a Word file nor a workbook."
            raise BadInput(msg, remedy="Ask for the form, filled in and saved as .docx or .xlsx.")
        content = import_guard.read_bytes(path, ending=f"{WORD} or {WORKBOOK}", largest=LARGEST)
        raw, meeting, one = (
            self._word(content, path.name) if kind == WORD else self._workbook(content, path.name)
        )
        found = understood(
            raw, organisation=one.organisation, questions=self._questions(meeting, one),
            actions=[a.ref for a in r.own_actions(meeting, one.organisation)],
            invited=r.to_ask(meeting), items=[item.code for item in meeting.agenda],
            today=self.today(),
        )  # fmt: skip
        return ReturnRead(path, meeting, one, found, hashlib.sha256(content).hexdigest())

    def _word(self, content: bytes, name: str) -> tuple[RawReturn, Meeting, e.AgencyReturn]:
        from panelkit.documents import return_form_reading
        from panelkit.documents.compose.returns import compose_return, own_words
        from panelkit.documents.import_guard import opened

        file = opened(content, name)
        whose = return_form_reading.whose(file, name)
        meeting, one = self._form(whose.ref, whose.number, name)
        own = own_words(compose_return(self._paper(meeting, one)[0], self._template()))
        return return_form_reading.read(file, whose, own), meeting, one

    def _workbook(self, content: bytes, name: str) -> tuple[RawReturn, Meeting, e.AgencyReturn]:
        from panelkit.documents import return_workbook

        raw = return_workbook.read(content, name)
        return (raw, *self._form(raw.ref, raw.number, name))

    def _form(self, ref: str, number: str, name: str) -> tuple[Meeting, e.AgencyReturn]:
        """The meeting and the form that a file says it is. Raises NotFound."""
        meeting = self.record.find(ref)
        if meeting is None:
            msg = f"{name} is a return to {gate_line(ref).text[:24]}, which is not in this record."
            raise NotFound(msg, remedy="See that its reference is as it was sent.")
        forms = [one for one in meeting.of(e.AgencyReturn) if one.sheet == number]
        if not forms:
            msg = f"{name} is form {printed(number)}, which was not written for {meeting.ref}."
            raise NotFound(msg, remedy="See that its number is as it was sent.")
        live = [one for one in forms if one.is_live]
        return meeting, (live or forms)[-1]

    def keep(self, read: ReturnRead, *, replace: bool = False) -> Meeting:
        """Keep what a file says, all of it: what was understood as lines, the rest as what could not
        be placed. The same file again changes nothing.

        Raises Refused where nothing is answered in it, and where the organisation has answered
        already unless ``replace``: then what it said before stays, withdrawn.
        """
        if read.is_known:
            return read.meeting
        answer = read.found.answer
        if answer is None:
            msg = f"Nothing is answered in {read.path.name}."
            raise Refused(msg, remedy="A blank form is no answer; ask, or say nil for them.")
        found = read.found
        one = e.AgencyReturn(
            id=new_id(), organisation=read.one.organisation, agency=read.one.agency,
            sheet=read.one.sheet, asked_on=read.one.asked_on, asked_by=read.one.asked_by,
            due=read.one.due, answer=answer, came_on=self.today(), filled_by=found.filled_by,
            attends=found.attends, report_only=YesNo.YES if found.report_only else None,
            unread=found.unread, file=gate_line(read.path.name).text[:120], digest=read.digest,
        )  # fmt: skip
        lines = tuple(
            e.ReturnLine(
                id=new_id(), organisation=one.organisation, place=told.place, asked=told.asked,
                text=told.text, about=told.about, status=told.status, done_on=told.done_on,
                minuted=told.minuted, restricted_to=told.restricted_to,
            )
            for told in found.told
        )  # fmt: skip
        return self._came(read.meeting, one, lines, replace=replace)

    def nil(
        self, meeting: Meeting, organisation: str, *, said_by: str = "", on: date | None = None,
        replace: bool = False,
    ) -> Meeting:  # fmt: skip
        """An organisation said, otherwise than on its form, that it holds nothing to tell.

        Raises NotFound, BadInput for a day to come, Refused as :meth:`keep`.
        """
        standing = r.called(meeting, organisation)
        day = on or self.today()
        if day > self.today():
            raise BadInput(f"{long_date(day)} is still to come.")
        before = standing.one
        one = e.AgencyReturn(
            id=new_id(), organisation=standing.organisation, agency=standing.agency,
            sheet=before.sheet if before else "", asked_on=before.asked_on if before else None,
            asked_by=before.asked_by if before else "", due=before.due if before else None,
            answer=ReturnAnswer.NIL, came_on=day, filled_by=line(said_by),
        )  # fmt: skip
        return self._came(meeting, one, (), replace=replace)

    def _came(
        self, meeting: Meeting, one: e.AgencyReturn, lines: tuple[e.ReturnLine, ...], *,
        replace: bool,
    ) -> Meeting:  # fmt: skip
        ids = tuple(new_id() for _ in range(1 + r.MOST_COMERS))
        by = self.by()

        def came(found: Meeting) -> Meeting:
            there = r.return_of(found, one.organisation)
            if there is not None and there.answer is not None and not replace:
                on = f" on {long_date(there.came_on)}" if there.came_on else ""
                msg = f"{one.organisation} has answered{on}: {there.answer.label.lower()}."
                raise Refused(
                    msg, remedy="With --replace this takes its place; what was said before stays, withdrawn."
                )  # fmt: skip
            late = YesNo.YES if found.state in HELD else None
            return r.came(found, dataclasses.replace(one, late=late), lines, by, ids)

        return self._step(meeting, came)

    # -- afterwards ------------------------------------------------------------------------

    def addendum(self, meeting: Meeting, organisation: str) -> Meeting:
        """An addendum from a return that came after closing. Raises NotFound, Refused."""
        made = new_id()

        def added(found: Meeting) -> Meeting:
            one = r.called(found, organisation).one
            if one is None or one.answer is None:
                raise Refused(f"There is no return of {line(organisation)} to {found.ref}.")
            return r.as_addendum(found, one, self.by(), made)

        return self._step(meeting, added)

    def _step(self, meeting: Meeting, step: Callable[[Meeting], Meeting]) -> Meeting:
        return saved(self.record, meeting, step, self.by(), "return")


def _asked(meeting: Meeting, forms: Sequence[e.AgencyReturn], by: By) -> Meeting:
    """Those that are new are added; of the others the day follows the meeting's."""
    there = {one.id for one in meeting.of(e.AgencyReturn)}
    for one in forms:
        if one.id in there:
            meeting = meeting.change(e.AgencyReturn, one.id, by, due=one.due)
        else:
            meeting = r.asked(meeting, one, by)
    return meeting
