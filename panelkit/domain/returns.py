"""Returns of organisations before a meeting: who was asked, who answered, what may be done with it.

What came back is a source beside the meeting. A line is taken into the record by one act of whoever
chairs or takes the minutes, *as from the return* and never as said in the room. A nil return is an
answer at A7 and nobody's presence; who is to come is expected and not here. What comes after the
meeting was closed stays beside it, for an addendum.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.occasion import report_by
from panelkit.domain.return_paper import ReturnQuestion
from panelkit.domain.vocabulary import (
    OVER,
    ActionStatus,
    AgencyType,
    MeetingRole,
    MeetingState,
    ReportStatus,
    ReturnAnswer,
    ReturnUse,
    YesNo,
)

ROUND: Final = "A7"
OLD_ACTIONS: Final = "A5"
NOT_SAID: Final = "not said at the meeting"
SOURCE: Final = "Return of "
"""How the source of what was taken from a return begins."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation on the list of a meeting, and how far its return is."""

    organisation: str
    agency: AgencyType
    one: e.AgencyReturn | None
    """Its return; None while it was not asked."""
    lines: int = 0
    """How many lines came back."""
    offered: int = 0
    """How many of them nobody took or set aside yet."""

    def is_late(self, today: date) -> bool:
        """Whether it is owed and its day is over."""
        one = self.one
        return one is not None and one.answer is None and one.due is not None and one.due < today

    def words(self, today: date) -> str:
        """``owed, 3 days left``, ``nil return, 10 March 2027``."""
        one = self.one
        if one is None:
            return "not asked"
        if one.answer is None:
            return f"owed, {days_words(one.due, today)}"
        on = f", {long_date(one.came_on)}" if one.came_on else ""
        late = ", after its day" if one.came_on and one.due and one.came_on > one.due else ""
        if one.late is YesNo.YES:
            late = ", after the meeting was closed"
        return f"{one.answer.label.lower()}{on}{late}"


def days_words(due: date | None, today: date) -> str:
    """``3 days left``, ``due today``, ``2 days late``."""
    if due is None:
        return "no day"
    days = (due - today).days
    if days == 0:
        return "due today"
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{many} left" if days > 0 else f"{many} late"


def to_ask(meeting: Meeting) -> tuple[tuple[str, AgencyType], ...]:
    """Organisations that are asked for a return: those invited that take part, once each."""
    found: dict[str, AgencyType] = {}
    for person in meeting.live(e.Attendance):
        if person.organisation.strip() and person.agency is not None and person.agency.takes_part:
            found.setdefault(person.organisation, person.agency)
    return tuple(found.items())


def return_of(meeting: Meeting, organisation: str) -> e.AgencyReturn | None:
    """The return that counts for an organisation; None where it was not asked and sent none."""
    wanted = organisation.strip().casefold()
    mine = [r for r in meeting.live(e.AgencyReturn) if r.organisation.strip().casefold() == wanted]
    return mine[-1] if mine else None


def standings(meeting: Meeting) -> tuple[Standing, ...]:
    """Every organisation that is asked, then any other that has a return."""
    names = dict(to_ask(meeting))
    for one in meeting.live(e.AgencyReturn):
        if one.agency is not None and not any(_same(one.organisation, name) for name in names):
            names[one.organisation] = one.agency
    found = []
    for name, agency in names.items():
        there = return_of(meeting, name)
        lines = meeting.under(e.ReturnLine, there.id) if there else ()
        may = there is not None and there.late is not YesNo.YES
        left = sum(line.use is None for line in lines) if may else 0
        found.append(Standing(name, agency, there, len(lines), left))
    return tuple(found)


def called(meeting: Meeting, words: str) -> Standing:
    """The organisation that ``words`` name: its name, a part of it, or its agency's code.

    Raises NotFound with the names there are, Refused where several are meant.
    """
    plain = " ".join(words.split()).casefold()
    every = standings(meeting)
    exact = [s for s in every if s.organisation.casefold() == plain]
    some = exact or [s for s in every if str(s.agency).casefold() == plain] or [
        s for s in every if plain and plain in s.organisation.casefold()
    ]  # fmt: skip
    names = "; ".join(s.organisation for s in (some or every))
    if not some:
        msg = f"No organisation called so is invited to {meeting.ref}."
        raise NotFound(msg, remedy=f"There are: {names}." if names else "Invite it at A1 first.")
    if len(some) > 1:
        raise Refused(f"Several are meant: {names}.", remedy="Say more of the name.")
    return some[0]


def due_for(meeting: Meeting, area: Area) -> date:
    """The day by which returns are asked for: as the invitation says of reports."""
    return report_by(meeting.held_on, area.figure("papers_working_days"), area.calendar)


def questions_for(meeting: Meeting, area: Area, agency: AgencyType) -> tuple[ReturnQuestion, ...]:
    """The area's questions for a kind of agency, in the order of the agenda."""
    order = {item.code: place for place, item in enumerate(meeting.agenda)}
    mine = [
        one
        for one in area.return_questions
        if one.item in order and (not one.agencies or agency in one.agencies)
    ]
    return tuple(sorted(mine, key=lambda one: order[one.item]))


def own_actions(meeting: Meeting, organisation: str) -> tuple[e.Action, ...]:
    """Actions of earlier meetings that this organisation owns, whatever became of them."""
    mine = (a for a in meeting.old_actions if a.is_live)
    return tuple(a for a in mine if _same(a.organisation, organisation))


def open_actions(meeting: Meeting, organisation: str) -> tuple[e.Action, ...]:
    """Those that are still to be done."""
    mine = own_actions(meeting, organisation)
    return tuple(a for a in mine if a.status is None or a.status.outstanding)


# -- steps -----------------------------------------------------------------------------------


def asked(meeting: Meeting, one: e.AgencyReturn, by: By) -> Meeting:
    """The meeting with a form that was written for an organisation.

    Raises Refused once the meeting is closed.
    """
    must_be_to_come(meeting)
    return meeting.add(one, by)


def must_be_to_come(meeting: Meeting) -> None:
    """Raises Refused for a meeting that was held and has ended."""
    if meeting.state in OVER:
        msg = f"{meeting.ref} is {meeting.state.label}: nobody is asked for a return any more."
        raise Refused(msg, remedy="What comes now is read in beside it, for an addendum.")


def came(
    meeting: Meeting, one: e.AgencyReturn, lines: tuple[e.ReturnLine, ...], by: By,
    new_ids: tuple[str, ...],
) -> Meeting:  # fmt: skip
    """The meeting with what an organisation answered; ``one`` has the answer in it.

    The return that was answered before is withdrawn and stays, with its lines; a form that waits is
    filled. A nil return is an answer at A7, and who is to come is expected at A1. A meeting that is
    closed takes it beside its record, and nothing else changes. ``new_ids`` are for what is added:
    one for A7, then one for each who is to come.
    """
    before = return_of(meeting, one.organisation)
    said = {
        "answer": one.answer, "came_on": one.came_on, "filled_by": one.filled_by,
        "attends": one.attends, "report_only": one.report_only, "late": one.late,
        "unread": one.unread, "file": one.file, "digest": one.digest,
    }  # fmt: skip
    if before is not None and before.answer is None:
        after = meeting.change(e.AgencyReturn, before.id, by, **said)
        kept = before.id
    else:
        after = meeting
        if before is not None:
            why = f"Replaced by the return read in on {long_date(one.came_on)}."
            after = after.withdraw(e.AgencyReturn, before.id, why, by)
            if one.late is not YesNo.YES:
                after = _nil_taken_back(after, before, by)
        after, kept = after.add(one, by), one.id
    for line in lines:
        after = after.add(dataclasses.replace(line, parent=kept), by)
    if one.late is YesNo.YES:
        return after
    after = _reported(after, one, before, by, has_lines=bool(lines))
    after = _nil_at_round(after, after.entry(e.AgencyReturn, kept), by, new_ids[0])
    return _expected(after, one, by, new_ids[1:])


def _nil_at_round(meeting: Meeting, one: e.AgencyReturn, by: By, new_id: str) -> Meeting:
    heard = any(_same(c.organisation, one.organisation) for c in meeting.live(e.Contribution))
    if one.answer is not ReturnAnswer.NIL or heard:
        return meeting
    told = e.Contribution(
        id=new_id, organisation=one.organisation, given_by=one.filled_by, nil_return=YesNo.YES,
        source=source_of(one),
    )  # fmt: skip
    return meeting.add(told, by)


def _nil_taken_back(meeting: Meeting, one: e.AgencyReturn, by: By) -> Meeting:
    """What a nil return said at A7 goes with it, unless somebody added words to it."""
    for told in meeting.live(e.Contribution):
        mine = _same(told.organisation, one.organisation) and told.source == source_of(one)
        if mine and told.nil_return is YesNo.YES and not told.text.strip():
            meeting = meeting.withdraw(
                e.Contribution, told.id, "Another return took its place.", by
            )
    return meeting


def _reported(
    meeting: Meeting, one: e.AgencyReturn, before: e.AgencyReturn | None, by: By, *,
    has_lines: bool,
) -> Meeting:  # fmt: skip
    """A return is the written report of its organisation; who only says who comes has sent none.

    What the return before it said of the report does not outlive it.
    """
    report = ReportStatus.RECEIVED if has_lines else None
    report = ReportStatus.NIL_RETURN if one.answer is ReturnAnswer.NIL else report
    for person in meeting.live(e.Attendance):
        if not _same(person.organisation, one.organisation):
            continue
        by_the_one_before = before is not None and person.report_on == before.came_on is not None
        if report is None and not by_the_one_before:
            continue
        meeting = meeting.change(
            e.Attendance, person.id, by, report=report, report_on=one.came_on if report else None,
            confirmed_by=person.confirmed_by,
        )  # fmt: skip
    return meeting


def _expected(meeting: Meeting, one: e.AgencyReturn, by: By, new_ids: tuple[str, ...]) -> Meeting:
    """Who is to come is on the list of A1, expected; nobody is in the room because a form says so."""
    ids = iter(new_ids)
    for name, role in comers(one.attends):
        mine = [a for a in meeting.live(e.Attendance) if _same(a.organisation, one.organisation)]
        if any(_same(a.name, name) for a in mine):
            continue
        unnamed = next((a for a in mine if not a.name.strip() and a.status is None), None)
        if unnamed is not None:
            meeting = meeting.change(
                e.Attendance, unnamed.id, by, name=name, role=role or unnamed.role,
                confirmed_by=unnamed.confirmed_by,
            )  # fmt: skip
        elif (new_id := next(ids, "")) and one.agency is not None:
            person = e.Attendance(
                id=new_id, name=name, role=role, organisation=one.organisation, agency=one.agency
            )
            meeting = meeting.add(person, by)
    return meeting


OFFICE: Final = (MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER, MeetingRole.COORDINATOR)
MOST_COMERS: Final = 8
"""People whom one return puts on the list; more is read as words."""


def comers(attends: str) -> tuple[tuple[str, str], ...]:
    """Who is to come: a name and a role each; what stands after the first comma is the role."""
    found = []
    for words in attends.splitlines():
        name, _, role = words.partition(",")
        if name.strip():
            found.append((" ".join(name.split()), " ".join(role.split())))
    return tuple(found[:MOST_COMERS])


def is_said_to_come(meeting: Meeting, person: e.Attendance) -> bool:
    """Whether the return of this person's organisation leaves them expected.

    Who sends a report instead is not, nor somebody else than those it names. Whoever chairs, minutes
    or co-ordinates comes as that.
    """
    if person.meeting_role in OFFICE:
        return True
    one = return_of(meeting, person.organisation)
    if one is None or one.answer is None or one.late is YesNo.YES:
        return True
    names = comers(one.attends)
    if names:
        return any(_same(name, person.name) for name, _role in names)
    return one.report_only is not YesNo.YES


# -- what is offered in the meeting -------------------------------------------------------------


def source_of(one: e.AgencyReturn) -> str:
    """How the record names it as a source: ``Return of 12 March 2027``."""
    return f"{SOURCE}{long_date(one.came_on)}"


def is_from_return(told: e.Contribution) -> bool:
    """Whether the record says that it came on a return, and was not said in the room."""
    return told.source.startswith(SOURCE)


def from_return(one: e.AgencyReturn, words: str) -> str:
    """Words as they are taken: where they are from, and that nobody said them in the room."""
    source = source_of(one)
    return f"From the {source[0].lower()}{source[1:]}, {NOT_SAID}: {words}"


def is_offered(meeting: Meeting, line: e.ReturnLine) -> bool:
    """Whether a line is still to be taken: of a return that counts, and not of one that came late."""
    one = owner_of(meeting, line)
    return (
        line.is_live and line.use is None and one is not None
        and one.is_live and one.late is not YesNo.YES
    )  # fmt: skip


def owner_of(meeting: Meeting, line: e.ReturnLine) -> e.AgencyReturn | None:
    """The return that a line is of."""
    return next((r for r in meeting.of(e.AgencyReturn) if r.id == line.parent), None)


def lines_at(meeting: Meeting, item: str) -> tuple[tuple[e.AgencyReturn, e.ReturnLine], ...]:
    """What returns that count say for an item, taken or not, in the order they were read in."""
    found = []
    for line in meeting.live(e.ReturnLine):
        one = owner_of(meeting, line) if line.place == item else None
        if one is not None and one.is_live and one.late is not YesNo.YES:
            found.append((one, line))
    return tuple(found)


def lines_of(meeting: Meeting, one: e.AgencyReturn) -> tuple[e.ReturnLine, ...]:
    """What one return says, in the order of its form."""
    return meeting.under(e.ReturnLine, one.id)


def taken(meeting: Meeting, line_id: str, by: By, new_id: str) -> Meeting:
    """One line taken into the record, as from the return.

    Of an action it is the agency's own word on how it stands; at A7, and wherever only some may
    have it, it is a contribution with that restriction; at any other item a note there. Raises
    NotFound, and Refused: unless the meeting runs, for a line that is taken, that may not be
    minuted, or whose giver did not say; for an action that has a status.
    """
    line = meeting.entry(e.ReturnLine, line_id)
    one = owner_of(meeting, line)
    if one is None:
        raise NotFound(f"That return is not in {meeting.ref}.")
    _must_be_takeable(meeting, one, line)
    if line.about:
        after, where = _action_settled(meeting, one, line, by), f"{OLD_ACTIONS}, {line.about}"
    elif line.place == ROUND or line.restricted_to:
        told = e.Contribution(
            id=new_id, organisation=line.organisation, given_by=one.filled_by,
            text=from_return(one, _answer(line)), source=source_of(one), is_new=YesNo.YES,
            restricted_to=line.restricted_to, minuting_agreed=YesNo.YES,
        )  # fmt: skip
        after, where = meeting.add(told, by), ROUND
    else:
        note = e.Note(
            id=new_id, place=line.place, speaker=line.organisation,
            text=from_return(one, _answer(line)),
        )  # fmt: skip
        after, where = meeting.add(note, by), line.place
    return after.change(e.ReturnLine, line_id, by, use=ReturnUse.TAKEN, taken_in=where)


def _answer(line: e.ReturnLine) -> str:
    """The answer with its question, so that it can be read by itself."""
    return f"{line.text} (asked: {line.asked})" if line.asked else line.text


def _must_be_takeable(meeting: Meeting, one: e.AgencyReturn, line: e.ReturnLine) -> None:
    if one.late is YesNo.YES:
        msg = f"It came after {meeting.ref} was closed: the panel did not know it."
        raise Refused(msg, remedy="It is for an addendum.")
    if not one.is_live or not line.is_live:
        raise Refused("Another return took its place.", remedy="Take the line of that one.")
    if meeting.state not in (MeetingState.OPEN, MeetingState.PAUSED):
        msg = f"{meeting.ref} is {meeting.state.label}: a line is taken while the panel meets."
        raise Refused(msg)
    if line.use is ReturnUse.TAKEN:
        raise Refused(f"It is taken already: {line.taken_in}.")
    if line.minuted is YesNo.NO:
        msg = f"{line.organisation} does not agree that this is minuted."
        raise Refused(msg, remedy="Hear it aloud; what they agree to is typed as said in the room.")
    if line.minuted is None and not line.about:
        msg = f"{line.organisation} did not say whether this may be minuted."
        raise Refused(msg, remedy="Ask; m says that they agree.")


def _action_settled(meeting: Meeting, one: e.AgencyReturn, line: e.ReturnLine, by: By) -> Meeting:
    action = next((a for a in meeting.old_actions if a.ref == line.about and a.is_live), None)
    if action is None:
        raise NotFound(f"Action {line.about} is not in {meeting.ref}.")
    if action.status is not None:
        msg = f"{line.about} has a status already: {action.status.label.lower()}."
        raise Refused(msg, remedy="Enter at A5 opens it; x sets this line aside.")
    if line.status is None:
        msg = f"The return does not say how {line.about} stands."
        raise Refused(msg, remedy="Ask at A5; c, p, n, s or x there says it.")
    words = line.text.strip() or f"{line.status.label}; no words were given."
    told = from_return(one, words)
    return meeting.change(
        e.Action, action.id, by, status=line.status,
        completed_on=line.done_on if line.status is ActionStatus.COMPLETE else None,
        carry_forward=YesNo.YES if line.status.outstanding else YesNo.NO,
        **{"reason_not_done" if line.status.outstanding else "outcome": told},
    )  # fmt: skip


def set_aside(meeting: Meeting, line_id: str, by: By) -> Meeting:
    """A line that is not taken: it stays in sight and is offered again when this is said again.

    Raises Refused for one that is taken.
    """
    line = meeting.entry(e.ReturnLine, line_id)
    if line.use is ReturnUse.TAKEN:
        raise Refused(f"It is taken already: {line.taken_in}.")
    use = None if line.use is ReturnUse.ASIDE else ReturnUse.ASIDE
    return meeting.change(e.ReturnLine, line_id, by, use=use)


def agreed(meeting: Meeting, line_id: str, by: By) -> Meeting:
    """The giver was asked, and agrees that this is minuted.

    Raises Refused where the return itself says no: what they agree to then is said in the room.
    """
    line = meeting.entry(e.ReturnLine, line_id)
    if line.minuted is YesNo.NO:
        msg = "The return says that this may not be minuted."
        raise Refused(msg, remedy="Hear it aloud; what they agree to is typed as said in the room.")
    return meeting.change(e.ReturnLine, line_id, by, minuted=YesNo.YES)


# -- after closing -------------------------------------------------------------------------------


def for_addendum(one: e.AgencyReturn) -> bool:
    """Whether a return came after closing and nobody made an addendum of it."""
    return one.is_live and one.late is YesNo.YES and not one.addendum


def as_addendum(meeting: Meeting, one: e.AgencyReturn, by: By, new_id: str) -> Meeting:
    """An addendum from a return that came after closing; who told the chair when, and whether it
    reopens a decision, are still to be said there.

    What only some may have, or may not be minuted, is counted and not said: an addendum prints in
    every copy. Raises Refused for any other return, and for one that has an addendum.
    """
    if not for_addendum(one):
        msg = (
            f"The return of {one.organisation} is not one that came after {meeting.ref} was closed."
        )
        if one.addendum:
            msg = f"There is an addendum of the return of {one.organisation} already."
        raise Refused(msg)
    lines = meeting.under(e.ReturnLine, one.id)
    open_ = [line for line in lines if _prints(line)]
    words = [_line_words(line) for line in open_]
    if one.answer is ReturnAnswer.NIL:
        words.append("Nothing to tell.")
    if len(open_) < len(lines):
        left = len(lines) - len(open_)
        words.append(
            f"{left} answer{'' if left == 1 else 's'} restricted, or not to be minuted: held in the record, and not printed."
        )
    row = e.Addendum(
        id=new_id, received_at=one.typed_at, from_whom=one.organisation,
        text=f"{source_of(one)}, after the meeting was closed.\n" + "\n".join(words),
    )  # fmt: skip
    after = meeting.add(row, by)
    return after.change(e.AgencyReturn, one.id, by, addendum=new_id)


def _prints(line: e.ReturnLine) -> bool:
    return not line.restricted_to and (line.minuted is YesNo.YES or bool(line.about))


def _line_words(line: e.ReturnLine) -> str:
    if line.about:
        state = line.status.label.lower() if line.status else "status not said"
        return f"Action {line.about}: {state}. {line.text}".strip()
    return _answer(line)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
