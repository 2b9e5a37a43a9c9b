"""The talk of one meeting: asks a question, takes an answer, saves it at once, goes on.

Over the same session as a screen: words are saved as they are typed, conflicts are kept and
asked about, and what cannot be saved waits where a screen's words wait.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, Final

from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.completeness import Gap
from panelkit.domain.conditions import holds
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import Field
from panelkit.domain.meeting import Meeting
from panelkit.domain.running import may_open
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import MeetingState, Sensitivity, Stops
from panelkit.opened.asking import begin_decision
from panelkit.opened.session import Session, Spot
from panelkit.opened.speech import said
from panelkit.plain.begun import Begun
from panelkit.plain.ending import Ended
from panelkit.plain.frames import FormFrame, Frame, ItemFrame
from panelkit.plain.reading import Lines
from panelkit.plain.steps import Step
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import Voice, counted, said_of, sentences
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk

LAST_LINE: Final = re.compile(r"\\+\.")
"""A full stop alone that belongs to the words: one backslash before it is taken off."""


class Talk:
    """One meeting, question by question."""

    def __init__(self, desk: Desk, meeting: Meeting, voice: Voice, lines: Lines) -> None:
        """``meeting`` is as loaded; answers come from ``lines``."""
        self.desk = desk
        self.area = desk.area
        self.session = Session(desk.chairing, meeting)
        self.previous = desk.chairing.previous(meeting)
        self.voice = voice
        self.lines = lines
        self.begun = Begun(self)
        self.rests: Callable[[str], bool] = lambda _line: False
        """Called while nobody types, with what is on the line; whether something was said. The lock
        puts itself here."""
        self.lock: Callable[[], None] = lambda: None
        """Locks now."""
        self.following = ""
        """The meeting to open next; blank for none."""
        place = desk.chairing.place(meeting) or last_visited(meeting)
        codes = [item.code for item in meeting.agenda]
        code = place[0] if place and place[0] in codes else codes[0]
        self.frames: list[Frame] = [ItemFrame(code=code, at=place[1] if place else "")]
        self.trail: list[tuple[str, str]] = []
        """Items and questions that were left for another, the last first to return to."""
        self.answered: Spot | None = None
        """Where the last answer went; None before the first."""
        self.undone: tuple[Spot, list[str]] | None = None
        """What stood in a field before, still to be undone to."""
        self.is_over = False
        self.has_ended = False
        """Whether no further line comes."""
        self._asked: tuple[int, str] | None = None
        self._reminds_of: tuple[int, str] | None = None
        self._titled = ""
        self._gaps: tuple[Gap, ...] = ()
        self._gaps_of: Meeting | None = None
        self._line_said = ""
        """The answer to a question of its own, until it is taken."""
        self._writing: Callable[[str], None] | None = None
        """Takes what is on the line while words are written; None at any other time."""

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
        return self.frames[-1].current(self)

    @property
    def form(self) -> FormFrame | None:
        """The form that is open; None at an item's own questions."""
        top = self.frames[-1]
        return top if isinstance(top, FormFrame) else None

    def form_says(self) -> tuple[str, ...]:
        """What the open form says of itself at its end."""
        return self.form.tests(self) if self.form else ()

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

    # -- the loop ----------------------------------------------------------------------

    def go_on(self) -> None:
        """Ask and take until somebody leaves. Raises Ended, and NotTaken of a script's line."""
        from panelkit.plain.conflicts import settle
        from panelkit.plain.orders import answer

        while not self.is_over:
            settle(self)
            self.begun.tell_news()
            self._say_question()
            line = self.read()
            try:
                answer(self, line)
            except NotTaken as refused:
                self.refuse(refused)
            self.begun.line_is_whole()

    def refuse(self, refused: NotTaken) -> None:
        """Say why; a script ends here, since its next line would answer another question."""
        if not self.lines.is_terminal:
            raise refused
        self.voice.say(refused.sentence)

    def _say_question(self) -> None:
        if not self.form and self._titled != self.current:
            self._titled = self.current
            self._say_title()
        step = self.step
        asked = (id(self.frames[-1]), step.key)
        if asked != self._asked:
            self._asked = asked
            lines = step.ask(self)
            self.voice.say(*(lines[-1:] if asked == self._reminds_of else lines))
        self._reminds_of = None

    def _say_title(self) -> None:
        codes = self.codes()
        place = f", item {codes.index(self.current) + 1} of {len(codes)}" if self.current in codes else ""  # fmt: skip
        self.voice.say(f"{self.item.code}, {self.item.title}{place}.")
        words = said(self.item, self.session, hide=lambda text: said_of(text, is_open=False))
        self.voice.say(f"Say: {words}")

    def ask_again(self) -> None:
        """The end of the open question is said once more before the next answer."""
        self._reminds_of, self._asked = self._asked, None

    def question_was_said(self) -> None:
        """It was said by whoever was asked to."""
        self._asked = (id(self.frames[-1]), self.step.key)

    def say_title_again(self) -> None:
        """The item's title and what to say, too."""
        self._titled = ""
        self._asked = None

    # -- reading -----------------------------------------------------------------------

    def read(self) -> str:
        """The next line. Raises Ended."""
        line = self.lines.read(self._meanwhile, self.begun.take_line())
        self.voice.listen()
        return line

    def line(self, question: str) -> str:
        """The answer to a question of its own, on one line; blank leaves it."""
        self.voice.say(question)
        self.begun.is_aside = True
        self._line_said = gate(self.read()).text.strip()
        self.begun.is_aside = False
        return self._line_said

    def is_sure(self, question: str) -> bool:
        """Whether somebody says yes."""
        return self.line(f"{question} Type yes, or press Enter to leave it.").casefold() in (
            "y",
            "yes",
        )

    def _meanwhile(self, line: str) -> bool:
        now = time.monotonic()
        if self._writing is not None:
            self._writing(line)
        else:
            self.begun.keep(line, now)
        self.session.company.at(self.current)
        self.session.tick(now)
        if not self.rests(line):
            return False
        self.voice.say(*(self.step.ask(self) if self._writing is None else ("Go on writing.",)))
        return True

    # -- answering ---------------------------------------------------------------------

    def do(self, step: Callable[[Meeting], Meeting]) -> None:
        """Take a step on the record. Raises NotTaken, in the sentence of the refusal."""
        said, self._line_said = self._line_said, ""
        refused = self.session.do(step)
        if not refused:
            return
        if said and self.begun.keep_answer(said):
            refused = f"{refused} What you typed is kept: type kept to hear it."
        raise NotTaken(refused)

    def put(self, spot: Spot, text: str) -> None:
        """``text`` in a field, saved. Raises NotTaken where a script's is not saved."""
        self.note_answer(spot)
        self.session.typed(spot, text, time.monotonic())
        self.session.leave(spot)
        self._must_be_saved(spot)

    def note_answer(self, spot: Spot) -> None:
        """The last answer is there: what undo puts back is what stood there before."""
        self.answered, self.undone = spot, None

    def _must_be_saved(self, spot: Spot) -> None:
        held = self.session.unsaved.get(spot)
        if held is not None and held.problem:
            raise NotTaken(held.problem)
        waits = held is not None or self.session.conflict_at(spot) is not None
        if waits and not self.lines.is_terminal:
            problem = self.session.problem or "Somebody else changed that meanwhile."
            raise NotTaken(problem)

    def write(self, spot: Spot, first: str, before: str = "", after: str = "") -> None:
        """Words from ``first`` on, until a full stop alone; saved as they are typed, with what
        stands ``before`` and ``after`` them.
        """
        written: list[str] = []

        def put(line: str = "") -> None:
            lines = [*written, line] if line.strip() not in ("", ".", "\\") else written
            text = before + "\n".join(lines) + after
            self.session.typed(spot, gate(text).text, time.monotonic())

        line: str | None = first
        self._writing = put
        try:
            while line != ".":
                written.append(_not_last(line or ""))
                put()
                if len(written) == 1 and self.lines.is_terminal:
                    self.voice.say("Writing.")  # so that nobody believes it was a command
                line = self.read()
        except Ended as ended:
            put(ended.begun)  # it is part of these words, and no line of its own
            raise Ended(ended.number, "") from None
        finally:
            self._writing = None
        self.note_answer(spot)
        self.session.leave(spot)
        self._must_be_saved(spot)
        text = self.session.text(spot)
        self.voice.say(f"{self.saved(spot)}, {counted(len(sentences(text)), 'sentence')}.")
        self.tell_replaced(gate("\n".join(written)).replaced)

    def saved(self, spot: Spot) -> str:
        """What became of the words there: saved, or kept until they can be."""
        if spot in self.session.unsaved:
            return "Kept, not saved yet"
        return "Kept, not saved" if self.session.conflict_at(spot) else "Saved"

    def tell_replaced(self, count: int) -> None:
        """That control characters were made visible, where any were."""
        if count:
            were = "control character was" if count == 1 else "control characters were"
            self.voice.say(f"{count} {were} made visible as \ufffd; nothing was dropped.")

    # -- moving ------------------------------------------------------------------------

    def forward(self) -> None:
        """The question after this one."""
        self.frames[-1].move(self, 1)

    def backward(self) -> None:
        """The question before this one; before the first of a form, out of it."""
        if self.frames[-1].move(self, -1):
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
                self.do(lambda m: chairing.move_to(m, code))
        frame = ItemFrame(code=code)
        self.frames = [frame]
        self._titled = self._titled if self._titled == code else ""
        self._asked = None
        self.remember()
        lists = (f"{field}[]", f"{field.partition('.')[0]}[]") if not entry else ()
        if not frame.find(self, field, f"{field}_{entry}", *lists) and entry:
            self._open_entry(field, entry)

    def _open_entry(self, field: str, entry: str) -> None:
        """The form that a gap names, at the field it names."""
        kind = next((k for k in e.ENTRIES if any(r.id == entry for r in self.session.meeting.of(k))), None)  # fmt: skip
        if kind is None or (kind is e.Attendance and field == "statement_heard"):
            return
        self.open_form(kind, entry)
        self.frames[-1].find(self, field, f"{kind.kind}.{field}")

    def remember(self) -> None:
        """Leaving the program returns to this question."""
        step = self.frames[0].current(self)
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
        self._asked = None
        row = frame.row(self)
        self.voice.say(f"{frame.called(self)[:1].upper()}{frame.called(self)[1:]}.")
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
        self._asked = None

    def _leave_forms(self) -> None:
        while self.form:
            self.leave_form()


def _not_last(line: str) -> str:
    """A line as it was typed; a full stop alone is typed with a backslash before it."""
    return line[1:] if LAST_LINE.fullmatch(line) else line


def last_visited(meeting: Meeting) -> tuple[str, str] | None:
    """Where the meeting is, for somebody who was not in it here before."""
    visits = meeting.live(e.Visit)
    return (visits[-1].place, "") if visits else None
