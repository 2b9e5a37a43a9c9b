"""Letters of feedback: composed from findings and finished audits, written as Word.

    feedback = Feedback(record, area, clock, choosing)
    for letter in feedback.letters(meeting): ...
    feedback.write(meeting, folder)

Nothing is stored. A pack needs no record, and has no audits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.audit.feedback import Told, letters
from panelkit.audit.forms import forms_for
from panelkit.audit.given import Looked
from panelkit.domain.area import Area
from panelkit.domain.audit_forms import FormKind
from panelkit.domain.auditing import Audit, why_not_yet
from panelkit.domain.errors import Refused
from panelkit.domain.feedback import Letter
from panelkit.domain.meeting import Meeting
from panelkit.domain.minutes import Happened
from panelkit.domain.people import Act
from panelkit.domain.referrals import Referral
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.audits import Audits
from panelkit.services.choosing import Choosing
from panelkit.services.clock import Clock
from panelkit.services.minute_taking import make_folder
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document

TEMPLATE: Final = "feedback"


@acting(Act.AUDIT)
class Feedback:
    """What a coordinator tells the people who held one meeting."""

    def __init__(self, record: Record | None, area: Area, clock: Clock, choosing: Choosing) -> None:
        """``choosing`` knows where templates are."""
        self.record = record
        self.area = area
        self.clock = clock
        self.choosing = choosing

    def letters(self, meeting: Meeting, earlier: Meeting | None = None) -> tuple[Letter, ...]:
        """A letter to the chair and one to the minute taker, as data.

        ``earlier`` is the meeting before it, else the one in the record. Raises Refused while
        there are no minutes.
        """
        if why_not := why_not_yet(meeting, FormKind.CASE):
            raise Refused(why_not, remedy="Letters are written once the meeting has closed.")
        issued_on: date | None = None
        audits: tuple[Audit, ...] = ()
        referrals: tuple[Referral, ...] = ()
        if self.record is not None:
            came = self.record.referrals()
            referrals = tuple(one for one in came if one.case_id == meeting.case.id)
            earlier = earlier or self.record.previous(meeting)
            audits = Audits(self.record, self.area, self.clock, who="").of(meeting)
            issued = [f for f in self.record.facts(meeting.id) if f.what is Happened.ISSUED]
            issued_on = min((fact.day for fact in issued), default=None)
        looked = Looked(meeting, self.area, earlier, issued_on, referrals)
        return letters(Told(looked, forms_for(self.area), audits))

    def template(self) -> Template:
        """The area's template of letters, as it is today. Raises BadInput."""
        return self.choosing.template(TEMPLATE, TEMPLATE, None)

    def compose(self, meeting: Meeting, letter: Letter) -> Document:
        """One letter as a typed tree."""
        from panelkit.documents.compose.feedback import compose_feedback

        return compose_feedback(
            letter, self.area, self.template(), reference=meeting.case.ref,
            today=room_day(self.clock()),
        )  # fmt: skip

    def text(self, meeting: Meeting, letter: Letter) -> str:
        """One letter as plain text, the same words."""
        from panelkit.documents import plain

        return plain.write(self.compose(meeting, letter))

    def word(self, meeting: Meeting, letter: Letter) -> bytes:
        """One letter as Word."""
        from panelkit.documents import word

        return word.write(self.compose(meeting, letter), self.template().house, now=self.clock())

    def write(
        self, meeting: Meeting, folder: Path, earlier: Meeting | None = None
    ) -> tuple[Written, ...]:
        """Both letters as Word files in ``folder``. Raises CannotWrite, Refused."""
        return self.write_these(meeting, self.letters(meeting, earlier), folder)

    def write_these(
        self, meeting: Meeting, letters: Sequence[Letter], folder: Path
    ) -> tuple[Written, ...]:
        """The same of letters that were composed already. Raises CannotWrite."""
        from panelkit.documents.files import write_file

        made = [(file_name(meeting, one), self.word(meeting, one)) for one in letters]
        make_folder(folder)
        return tuple(write_file(folder / name, content) for name, content in made)


def file_name(meeting: Meeting, letter: Letter) -> str:
    """``WM-0143_M3_20261118_feedback_chair.docx``: a reference, never a name."""
    from panelkit.documents.compose import file_stem

    stem = file_stem(meeting, 1).removesuffix("_v1")
    return f"{stem}_feedback_{letter.to}.docx"
