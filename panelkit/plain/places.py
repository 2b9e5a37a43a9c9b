"""Where a talk is in its meeting: the item, the form over it, the question; what is owed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.completeness import Gap
from panelkit.domain.conditions import holds
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import Field
from panelkit.domain.meeting import Meeting
from panelkit.domain.running import may_open
from panelkit.domain.vocabulary import MeetingState, Sensitivity, Stops
from panelkit.opened.asking import begin_decision
from panelkit.opened.session import Session, Spot
from panelkit.plain.frames import FormFrame, Frame, ItemFrame
from panelkit.plain.steps import Step
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import Voice
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk


class Places:
    """What a talk knows of its place, and how it goes to another."""

    desk: Desk
    area: Area
    session: Session
    previous: Meeting | None
    voice: Voice

    def __init__(self, meeting: Meeting, place: tuple[str, str] | None) -> None:
        """At ``place``, an item and a question of it; at the first where there is none."""
        codes = [item.code for item in meeting.agenda]
        code = place[0] if place and place[0] in codes else codes[0]
        self.frames: list[Frame] = [ItemFrame(code=code, at=place[1] if place else "")]
        self.trail: list[tuple[str, str]] = []
        """Items and questions that were left for another, the last first to return to."""
        self.asked: tuple[int, str] | None = None
        """The question that was said; None where it is to be said."""
        self.titled = ""
        """The item whose title was said."""
        self._gaps: tuple[Gap, ...] = ()
        self._gaps_of: Meeting | None = None

    @property
    def _me(self) -> Talk:
        return cast("Talk", self)

    # -- what stands -------------------------------------------------------------------

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the meeting owes now."""
        if self._gaps_of is not self.session.meeting:
            self._gaps_of = self.session.meeting
            self._gaps = self.desk.chairing.gaps(self._gaps_of)
        return self._gaps

    @property
    def current(self) -> str:
        """Code of the item that is open."""
        first = self.frames[0]
        return first.code if isinstance(first, ItemFrame) else ""

    @property
    def item(self) -> AgendaItem:
        """The item that is open."""
        return self.session.meeting.item(self.current)

    @property
    def step(self) -> Step:
        """The question that is open."""
        return self.frames[-1].current(self._me)

    @property
    def form(self) -> FormFrame | None:
        """The form that is open; None at an item's own questions."""
        top = self.frames[-1]
        return top if isinstance(top, FormFrame) else None

    def form_says(self) -> tuple[str, ...]:
        """What the open form says of itself at its end."""
        return self.form.tests(self._me) if self.form else ()

    def codes(self) -> list[str]:
        """Items of this meeting, in the order of the agenda."""
        meeting = self.session.meeting
        return [item.code for item in meeting.agenda if holds(item.held, meeting, self.area)]

    def item_after(self, code: str, by: int = 1) -> AgendaItem | None:
        """The item after that one; None after the last."""
        codes = self.codes()
        place = codes.index(code) + by if code in codes else 0
        return self.session.meeting.item(codes[place]) if 0 <= place < len(codes) else None

    def owed_here(self, code: str) -> list[Gap]:
        """What an item owes before the meeting closes."""
        return [
            gap
            for gap in self.gaps
            if gap.item == code and gap.stops is Stops.CLOSING and not gap.parked
        ]

    def gap_at(self, spot: Spot) -> Gap | None:
        """What is owed in one field; None where nothing is."""
        field = f"{spot.owner}.{spot.field}" if spot.entry else spot.field
        here = (gap for gap in self.gaps if gap.stops is not Stops.NOTHING)
        if spot.entry:
            return next((g for g in here if g.entry == spot.entry and g.field in (field, spot.field)), None)  # fmt: skip
        return next((g for g in here if (g.item, g.field) == (spot.owner, field)), None)

    def carried_from(self, spot: Spot) -> str:
        """Where unconfirmed words came from; blank for any others."""
        if spot.entry:
            row = self.session.entry(spot.owner, spot.entry)
            return row.carried_from if row is not None and row.is_unconfirmed else ""
        answer = self.session.meeting.answers.get((spot.owner, spot.field))
        return answer.carried_from if answer is not None and answer.is_unconfirmed else ""

    def last_time(self, spot: Spot) -> str:
        """What the meeting before held in that field of an item; blank for an entry's."""
        if spot.entry or self.previous is None:
            return ""
        return self.previous.text(spot.owner, spot.field)

    def must_show(self, field: Field) -> None:
        """Raises NotTaken while the mask hides what would be answered."""
        if self.session.masked and field.sensitivity is not Sensitivity.OPEN:
            msg = f"{field.label} is hidden while masked: type mask first."
            raise NotTaken(msg)

    # -- moving ------------------------------------------------------------------------

    def forward(self) -> None:
        """The question after this one."""
        self.frames[-1].move(self._me, 1)

    def backward(self) -> None:
        """The question before this one; before the first of a form, out of it."""
        if self.frames[-1].move(self._me, -1):
            return
        if self.form:
            self.leave_form()
            return
        before = self.item_after(self.current, -1)
        if before is None:
            msg = "This is the first question."
            raise NotTaken(msg)
        self.go_to(before.code)

    def go_to(self, code: str, field: str = "", entry: str = "") -> None:
        """Open an item, and a field or an entry in it. Raises NotTaken before the statement."""
        self.session.flush()
        self._leave_forms()
        is_led = self.session.meeting.state is MeetingState.OPEN and self.session.pen is None
        if is_led and (refused := may_open(self.session.meeting, code)):
            raise NotTaken(refused)
        if is_led:
            chairing = self.session.chairing
            refused = self.session.do(lambda m: chairing.move_to(m, code))
            if refused:  # somebody else may move at the same moment
                self._me.do(lambda m: chairing.move_to(m, code))
        frame = ItemFrame(code=code)
        self.frames = [frame]
        self.titled = self.titled if self.titled == code else ""
        self.asked = None
        self.remember()
        lists = (f"{field}[]", f"{field.partition('.')[0]}[]") if not entry else ()
        if not frame.find(self._me, field, f"{field}_{entry}", *lists) and entry:
            self._open_entry(field, entry)

    def _open_entry(self, field: str, entry: str) -> None:
        """The form that a gap names, at the field it names."""
        kind = next((k for k in e.ENTRIES if any(r.id == entry for r in self.session.meeting.of(k))), None)  # fmt: skip
        if kind is None or (kind is e.Attendance and field == "statement_heard"):
            return
        self.open_form(kind, entry)
        self.frames[-1].find(self._me, field, f"{kind.kind}.{field}")

    def remember(self) -> None:
        """Leaving the program returns to this question."""
        step = self.frames[0].current(self._me)
        try:
            self.desk.chairing.remember_place(self.session.meeting, self.current, step.key)
        except PanelkitError as failed:
            # Where somebody was is a comfort, not the record.
            self.session.problem = self.session.problem or failed.message

    # -- forms -------------------------------------------------------------------------

    def begin(self, kind: type[e.Entry], parent: str = "", **facts: Any) -> None:
        """A form for something new; nothing is stored until something is said."""
        if self.session.pen is not None:
            raise NotTaken(self.session.pen.refusal(self.session.meeting.ref).sentence)
        if parent:
            self.ensure(parent)
        if kind is e.Decision:
            entry: e.Entry = begin_decision(self.session.meeting, self.current, self.desk.who)
        else:
            entry = kind(id=new_id(), parent=parent, **facts)
        self.session.begin(entry)
        self.open_form(kind, entry.id)

    def ensure(self, entry: str) -> None:
        """A begun entry is stored now. Raises NotTaken."""
        if refused := self.session.ensure(entry):
            raise NotTaken(refused)

    def open_form(self, kind: type[e.Entry], entry: str, only: tuple[str, ...] = ()) -> None:
        """The fields of one entry, one after another."""
        frame = FormFrame(kind=kind, entry=entry, only=only)
        self.frames.append(frame)
        self.asked = None
        row = frame.row(self._me)
        self.voice.say(f"{frame.called(self._me)[:1].upper()}{frame.called(self._me)[1:]}.")
        if row is not None and row.is_unconfirmed:
            self.voice.say(f"Carried from {row.carried_from}; a change confirms it.")

    def leave_form(self) -> None:
        """Back to what the form was opened from; what cannot be stored yet is kept and said."""
        form = self.form
        if form is None:
            msg = "No form is open: back goes to the question before."
            raise NotTaken(msg)
        self.session.flush()
        waiting = [spot for spot in self.session.unsaved if spot.entry == form.entry]
        if waiting and not self.session.problem:
            held = self.session.unsaved[waiting[0]]
            msg = f"{held.problem} Mend it, or clear the field, before going back."
            raise NotTaken(msg)
        if not waiting:  # what cannot be stored yet still needs the entry it belongs to
            self.session.pending.pop(form.entry, None)
        self.frames.pop()
        self.asked = None

    def _leave_forms(self) -> None:
        while self.form:
            self.leave_form()


def last_visited(meeting: Meeting) -> tuple[str, str] | None:
    """Where the meeting is, for somebody who was not in it here before."""
    visits = meeting.live(e.Visit)
    return (visits[-1].place, "") if visits else None
