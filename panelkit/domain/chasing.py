"""Actions across meetings: each once, as the last meeting that has it says, with where it comes from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Protocol, TypeVar

from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By
from panelkit.domain.text import gate_line
from panelkit.domain.updates import Entered
from panelkit.domain.vocabulary import Level, MeetingState, Term, YesNo

NO_DAY: Final = "9999-12-31"
"""How an action without a date is put in order: after all that have one."""


def is_open(action: e.Action) -> bool:
    """Whether nobody has said that it is done, or no longer to be done. Withdrawn ones are not open."""
    return action.is_live and (action.status is None or action.status.outstanding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased:
    """One action of one case, as it stands."""

    case_id: str
    case_ref: str
    fiction: bool
    meeting_id: str
    """The last meeting that has it."""
    meeting_number: int
    meeting_state: MeetingState
    held_on: date
    level: Level
    action: e.Action
    """Its entry in that meeting."""
    log: tuple[Logged, ...] = ()
    """What was done about it, oldest first."""

    @property
    def key(self) -> str:
        """What it is called in the record, whichever meeting carries it."""
        return key_of(self.case_id, self.action.set_at, self.action.number)

    @property
    def ref(self) -> str:
        """``WM-0143 2.4``: what people call it when they speak of several cases."""
        return f"{self.case_ref} {self.action.ref}"

    @property
    def meeting_ref(self) -> str:
        """The meeting that it is opened at."""
        return f"{self.case_ref}-{self.meeting_number}"

    @property
    def origin(self) -> str:
        """The meeting that set it."""
        return f"{self.case_ref}-{self.action.set_at}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return is_open(self.action)

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its day is past."""
        due = self.action.current_due
        return self.is_open and due is not None and due < today

    def standing(self, today: date) -> str:
        """How it stands, in a few words."""
        status = self.action.status
        if not self.is_open:
            return status.label.lower() if status else "withdrawn"
        due = self.action.current_due
        if due is None:
            return "no date"
        if due < today:
            days = (today - due).days
            return f"{days} day{'' if days == 1 else 's'} late"
        return "due today" if due == today else "open"

    @property
    def reminded(self) -> str:
        """``reminded on 3 and 17 November 2026``; blank where no reminder was written."""
        days = tuple(dict.fromkeys(one.on for one in self.log if one.what == "reminder"))
        return f"reminder written on {days_in_words(days)}" if days else ""


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of what was done about an action or an organisation."""

    on: date
    what: str
    """``reminder``, ``reply`` or ``escalation``."""
    words: str
    """A sentence, as lists show it."""


def key_of(case_id: str, set_at: int, number: int) -> str:
    """An action keeps its number: case, meeting that set it, number there."""
    return f"{case_id}:{set_at}.{number}"


def short(of: str) -> str:
    """Six letters of an id, enough to call it by."""
    return of.replace("-", "")[:6].upper()


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def called(ref: str, mark: str, every: Iterable[N], what: str, listed_by: str) -> N:
    """The one of ``every`` that ``ref`` begins like: ``E-3FA9C2``, with or without its ``mark``.

    Raises NotFound, which says the command that it is ``listed_by``; BadInput where several begin so.
    """
    plain, said = ref.strip().upper().removeprefix(mark), gate_line(ref).text[:20]
    found = [one for one in every if plain and short(one.id).startswith(plain)]
    if not found:
        raise NotFound(f"There is no {what} {said} in this record.", remedy=f"See {listed_by}.")
    if len(found) > 1:
        raise BadInput(f"{said} is several.", remedy="Say more of it.")
    return found[0]


def days_in_words(days: tuple[date, ...]) -> str:
    """``3 and 17 November 2026``; the month and year once where they are the same."""
    said = [long_date(day) for day in days]
    for place in range(len(days) - 1):
        this, after = days[place], days[place + 1]
        if (this.year, this.month) == (after.year, after.month):
            said[place] = str(this.day)
        elif this.year == after.year:
            said[place] = said[place].rpartition(" ")[0]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


R = TypeVar("R", "Reminder", "Reminded", "Escalation", "Spoc", Entered)


def renewed(value: R, by: By, **changes: Any) -> R:
    """Its next revision, changed by whoever acts."""
    return dataclasses.replace(
        value, typed_by=by.name, typed_at=by.at, revision=value.revision + 1, **changes
    )


# -- reminders ---------------------------------------------------------------------------------


class ReminderKind(Term):
    """What was written."""

    WORD = "word", "Letter"
    WORKBOOK = "workbook", "Workbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One file that asks one organisation about its open actions. It holds nothing of a case itself."""

    id: str
    organisation: str
    kind: ReminderKind
    written_at: datetime
    written_by: str
    file: str
    """The name of the file, without its folder."""
    sha256: str
    """Of the bytes of that file."""
    sent_on: date | None = None
    """When somebody says that they sent it; the program sends nothing."""
    sent_by: str = ""
    replied_on: date | None = None
    """When a reply was read back, or the organisation said that it has nothing to report."""
    nil_return: bool = False
    """Whether the organisation replied that it has nothing to report."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def ref(self) -> str:
        """``RM-3FA9C2``: the beginning of its id, since nobody may count past what they see."""
        return f"RM-{short(self.id)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """One action that a reminder asked about, and what was answered."""

    id: str
    reminder_id: str
    case_id: str
    set_at: int
    number: int
    due: date | None = None
    """Its date when the reminder was written."""
    reply: str = ""
    """Restricted: the organisation's words."""
    replied_by: str = ""
    replied_on: date | None = None
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def key(self) -> str:
        """The action's name in the record."""
        return key_of(self.case_id, self.set_at, self.number)


# -- escalation --------------------------------------------------------------------------------


class About(Term):
    """What was escalated."""

    ACTION = "action", "An action"
    MEETING = "meeting", "A meeting that was missed"
    ATTENDANCE = "attendance", "Attendance over a period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Somebody was told, by whom and when, and what they answered."""

    id: str
    organisation: str
    about: About
    case_id: str = ""
    """Blank where it is about attendance in general."""
    set_at: int = 0
    """The number of the meeting that set the action, or that was missed; 0 for attendance."""
    number: int = 0
    """The action's number at that meeting; 0 where it is about no action."""
    to_whom: str
    """An office or a role; who that is stands with the contact, and in no document."""
    made_on: date
    made_by: str
    words: str = ""
    """Restricted: what was said."""
    answer: str = ""
    """Restricted: what was answered."""
    answered_on: date | None = None
    withdrawn: str = ""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def ref(self) -> str:
        """``E-3FA9C2``."""
        return f"E-{short(self.id)}"

    @property
    def is_live(self) -> bool:
        """Whether it stands."""
        return not self.withdrawn

    @property
    def key(self) -> str:
        """The action's name in the record; blank where it is about none."""
        return key_of(self.case_id, self.set_at, self.number) if self.about is About.ACTION else ""

    @property
    def sentence(self) -> str:
        """As lists say it."""
        said = (
            f"{self.ref} escalated to {self.to_whom} on {long_date(self.made_on)} by {self.made_by}"
        )
        if self.words:
            said += f": {self.words}"
        if self.answered_on is None:
            return f"{said}. Not answered yet."
        return f"{said}. Answered on {long_date(self.answered_on)}: {self.answer}"


def must_be_right(new: Escalation, today: date) -> None:
    """Raises BadInput for one without to whom, or on a day that is still to come."""
    if not new.to_whom:
        raise BadInput("Say to whom it was escalated.", remedy="An office or a role.")
    if not new.organisation:
        raise BadInput("Say which organisation it is about.")
    if new.made_on > today:
        raise BadInput(f"{long_date(new.made_on)} is still to come.")


def must_answer(before: Escalation, answer: str, on: date, today: date) -> None:
    """Raises BadInput for no answer or a day before it was escalated, Refused where it was withdrawn."""
    if not before.is_live:
        raise Refused(f"{before.ref} was withdrawn: {before.withdrawn}")
    if not answer:
        raise BadInput("Say what was answered.")
    if not before.made_on <= on <= today:
        msg = f"{before.ref} is of {long_date(before.made_on)}: the answer came then or later, and not after today."
        raise BadInput(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoc:
    """An organisation's single point of contact. How to reach them is printed in no document."""

    id: str
    organisation: str
    name: str
    contact: str = ""
    """Restricted: telephone or secure e-mail."""
    since: date | None = None
    withdrawn: str = ""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether they are it still."""
        return not self.withdrawn


# -- what became of one, said between meetings ---------------------------------------------------


def between_words(words: str, told_by: str, on: date) -> str:
    """How an outcome that was told between meetings is written into the action."""
    return f"{words.rstrip('.')}. Told between meetings by {told_by} on {long_date(on)}."


def must_be_settled_here(one: Chased) -> None:
    """Raises Refused where the record holds no place for an outcome between meetings.

    An action is answered at the meeting after the one that set it (A5): until that is planned
    there is nothing to write in, and what a closed meeting recorded is not changed afterwards.
    """
    if not one.is_open:
        raise Refused(f"{one.ref} is {one.standing(date.max)} already.")
    if one.meeting_state is MeetingState.PLANNED and one.action.set_at != one.meeting_number:
        return
    if one.meeting_state in (MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD):
        msg = f"{one.meeting_ref} is being held: what became of {one.action.ref} is recorded there."
        raise Refused(msg, remedy="Open the meeting.")
    msg = f"{one.meeting_ref} is {one.meeting_state.label}, and {one.case_ref} has no next meeting planned: what became of {one.action.ref} is recorded at that one."
    raise Refused(msg, remedy="Start the next meeting; the action comes with it.")


def accepted_words(action: e.Action) -> str:
    """Whether its owner accepted it; blank is not No."""
    if action.accepted is YesNo.YES:
        return "accepted"
    return "not accepted" if action.accepted is YesNo.NO else "not asked"


@dataclass(frozen=True, slots=True)
class Page:
    """Actions that a filter found, in order of their dates."""

    found: tuple[Chased, ...] = ()
    more: bool = False
    """Whether there are more than were asked for."""
    who: tuple[str, ...] = field(default=())
    """Organisations that the ``@`` words were taken to mean."""
