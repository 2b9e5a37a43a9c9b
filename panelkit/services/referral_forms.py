"""Referral forms written and read back, and the letter that answers a referral.

read = forms.read(Path("referral.docx"))     # nothing is kept
forms.take_in(read)                          # all that is in it, or nothing
forms.letter("R-0012", folder)               # the program sends nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.referral_form import HEADINGS, FormRead, ReadReferral
from panelkit.domain.referrals import Came, Referral, Screened, Screening
from panelkit.domain.timescales import add_working_days, room_day
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.choosing import Choosing
from panelkit.services.minute_taking import make_folder
from panelkit.services.referral_checks import must_be_new_there
from panelkit.services.referrals import Referrals

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.tree import Document

FORM: Final = "referral_form"
LETTER: Final = "referral_letter"
FORM_FILE: Final = "referral_form.docx"


@acting(Act.PLAN, blank=Act.READ, headings=Act.READ)
class ReferralForms:
    """Verbs over one record."""

    def __init__(self, referrals: Referrals, area: Area, choosing: Choosing) -> None:
        """``choosing`` knows where templates are."""
        self.referrals = referrals
        self.record = referrals.record
        self.clock = referrals.clock
        self.area = area
        self.choosing = choosing

    def _today(self) -> date:
        return room_day(self.clock())

    # -- the form ------------------------------------------------------------------------

    def blank(self, target: Path) -> Written:
        """The form with nothing filled in, in ``target`` or under its own name in that folder.

        Raises BadInput for another ending than ``.docx``, CannotWrite.
        """
        return _written(target, FORM_FILE, self._blank())

    def headings(self) -> str:
        """The first line of a CSV file of referrals."""
        return ",".join(HEADINGS)

    def _blank(self) -> bytes:
        from panelkit.documents.compose.referrals import compose_form

        return self._word(compose_form(self.area, self.choosing.template(FORM, FORM, None)), FORM)

    def _word(self, document: Document, template: str) -> bytes:
        from panelkit.documents import word

        house = self.choosing.template(template, template, None).house
        return word.write(document, house, now=self.clock())

    # -- read in ---------------------------------------------------------------------------

    def read(self, path: Path, received: date | None = None) -> FormRead:
        """What the file at ``path`` says, looked at against this record; nothing is kept.

        ``received`` is the day it came, where a referral of it says none; today unless said.
        Raises NotFound, BadInput for a file that is no form and no such table, is damaged or is
        not safe.
        """
        from panelkit.documents.referral_reading import read_referrals

        today = self._today()
        day = received or today
        if day > today:
            raise BadInput(f"{long_date(day)} is still to come.")
        found = read_referrals(path, self.area, today, day, blank=self._blank)
        there: dict[tuple[object, ...], str] = {}
        for one in self.referrals.every():
            if one.is_live:
                there.setdefault(_alike(one), one.ref)
        rows = tuple(self._against_record(found.rows, there))
        return replace(found, rows=rows, command=new_id())

    def _against_record(
        self, rows: tuple[ReadReferral, ...], there: dict[tuple[object, ...], str]
    ) -> Iterator[ReadReferral]:
        for row in rows:
            came = row.came
            if came is None:
                yield row
                continue
            looked = self._about(row, came)
            key = (came.organisation.casefold(), came.level, came.received_on)
            if key in there:
                same = f"{there[key]} came from the same organisation on the same day for the same level: is it this one?"
                looked = replace(looked, notices=(*looked.notices, same))
            there.setdefault(key, row.where or "this form")
            yield looked

    def _about(self, row: ReadReferral, came: Came) -> ReadReferral:
        """What the record says against it, named at the case's own place."""
        if not came.about:
            return row
        try:
            must_be_new_there(self.record, came, self._today())
        except PanelkitError as wrong:
            place = f"{row.where}, case" if row.where else "“Reference of the case”"
            return row.against(place, wrong.sentence)
        note = "This record knows the case: link it with the referral once that is accepted."
        return replace(row, notices=(*row.notices, note))

    def take_in(self, read: FormRead) -> tuple[Referral, ...]:
        """Every referral of a file that was read, each with its own reference; all or none.

        Raises Refused where something in it is wrong, naming the first place; what
        :meth:`Referrals.receive` raises, where the record changed since it was read.
        """
        if not read.is_whole:
            first = next((wrong for row in read.rows for wrong in row.wrong), None)
            where = f" {first.place}: {first.why}" if first else ""
            raise Refused(f"{read.name} is not taken in.{where}", remedy="Correct it, and read it again. Nothing was kept.")  # fmt: skip
        came = [row.came for row in read.rows if row.came is not None]
        return self.referrals.receive_all(came, read.command)

    # -- the letter ------------------------------------------------------------------------

    def letter(self, ref: str, target: Path) -> Written:
        """The answer to a referral in Word, in ``target`` or under the referral's reference in that
        folder: about the decision that answered it, else about what was asked for last.

        Raises NotFound, Refused for one that is not screened yet, BadInput for another ending
        than ``.docx``, CannotWrite.
        """
        referral = self.referrals.find(ref)
        return _written(target, f"{referral.ref}_letter.docx", self._word(self._letter(referral), LETTER))  # fmt: skip

    def document(self, ref: str) -> Document:
        """The letter as a typed tree, before it is written. Raises as :meth:`letter`."""
        return self._letter(self.referrals.find(ref))

    def _letter(self, referral: Referral) -> Document:
        from panelkit.documents.compose.referrals import Letter, compose_letter

        said = _answer(referral)
        today, calendar = self._today(), self.area.calendar
        letter = Letter(
            information_by=add_working_days(
                today, self.area.figure("referral_information_working_days"), calendar
            ),
            challenge_by=add_working_days(
                today, self.area.figure("referral_challenge_working_days"), calendar
            ),
            contact=self.area.referral_contact, fiction=self._is_fiction(referral),
        )  # fmt: skip
        template = self.choosing.template(LETTER, LETTER, None)
        return compose_letter(referral, said, letter, self.area, template, today=today)

    def _is_fiction(self, referral: Referral) -> bool:
        if referral.case_id:
            ref = self.record.refs_of([referral.case_id]).get(referral.case_id, "")
            with suppress(NotFound):
                return self.record.case(ref).fiction
        return self.record.is_invented()


def _alike(one: Referral) -> tuple[object, ...]:
    return (one.organisation.casefold(), one.level_asked, one.received_on)


def _answer(referral: Referral) -> Screening:
    if not referral.is_live:
        raise Refused(f"{referral.ref} was withdrawn: there is nothing to answer.")
    live = [one for one in referral.screening if one.is_live]
    if not live:
        raise Refused(f"{referral.ref} is not screened yet.", remedy="Say first what was decided.")
    settled = referral.settled
    return settled or next(one for one in reversed(live) if one.decision is Screened.MORE_INFORMATION)  # fmt: skip


def _written(target: Path, name: str, content: bytes) -> Written:
    from panelkit.documents.files import write_file

    if target.is_dir():
        target = target / name
    elif not target.suffix:
        make_folder(target)
        target = target / name
    elif target.suffix.casefold() != ".docx":
        raise BadInput("It is written as a .docx file.", remedy="Name one, or a folder.")
    return write_file(target, content)
