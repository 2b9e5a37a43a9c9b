"""The talk of one meeting: asks a question, takes an answer, saves it at once, goes on.

Over the same session as a screen: words are saved as they are typed, conflicts are kept and
asked about, and what cannot be saved waits where a screen's words wait.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Final

from panelkit.domain.meeting import Meeting
from panelkit.domain.text import gate
from panelkit.opened.session import Session, Spot
from panelkit.opened.speech import said
from panelkit.plain import practising
from panelkit.plain.begun import Begun
from panelkit.plain.ending import Ended
from panelkit.plain.places import Places, last_visited
from panelkit.plain.reading import Lines
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import Voice, counted, said_of, sentences
from panelkit.services.desk import Desk

LAST_LINE: Final = re.compile(r"\\+\.")
"""A full stop alone that belongs to the words: one backslash before it is taken off."""


class Talk(Places):
    """One meeting, question by question."""

    def __init__(self, desk: Desk, meeting: Meeting, voice: Voice, lines: Lines) -> None:
        """``meeting`` is as loaded; answers come from ``lines``."""
        super().__init__(meeting, desk.chairing.place(meeting) or last_visited(meeting))
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
        self.answered: Spot | None = None
        """Where the last answer went; None before the first."""
        self.undone: tuple[Spot, list[str]] | None = None
        """What stood in a field before, still to be undone to."""
        self.is_over = False
        self.has_ended = False
        """Whether no further line comes."""
        self._reminds_of: tuple[int, str] | None = None
        self._line_said = ""
        """The answer to a question of its own, until it is taken."""
        self._writing: Callable[[str], None] | None = None
        """Takes what is on the line while words are written; None at any other time."""

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
        if not self.form and self.titled != self.current:
            self.titled = self.current
            self._say_title()
        step = self.step
        asked = (id(self.frames[-1]), step.key)
        if asked != self.asked:
            self.asked = asked
            lines = step.ask(self)
            self.voice.say(*(lines[-1:] if asked == self._reminds_of else lines))
        self._reminds_of = None

    def _say_title(self) -> None:
        codes = self.codes()
        place = f", item {codes.index(self.current) + 1} of {len(codes)}" if self.current in codes else ""  # fmt: skip
        self.voice.say(f"{self.item.code}, {self.item.title}{place}.")
        words = said(self.item, self.session, hide=lambda text: said_of(text, is_open=False))
        self.voice.say(f"Say: {words}")
        practising.tell(self)

    def ask_again(self) -> None:
        """The end of the open question is said once more before the next answer."""
        self._reminds_of, self.asked = self.asked, None

    def question_was_said(self) -> None:
        """It was said by whoever was asked to."""
        self.asked = (id(self.frames[-1]), self.step.key)

    def say_title_again(self) -> None:
        """The item's title and what to say, too."""
        self.titled = ""
        self.asked = None

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


def _not_last(line: str) -> str:
    """A line as it was typed; a full stop alone is typed with a backslash before it."""
    return line[1:] if LAST_LINE.fullmatch(line) else line
