"""What is begun and not yet taken, and what became of what was: kept, and said between questions.

A line that somebody is typing is kept beside the record within a second, as screens keep a line
begun, and stands on the line again when the meeting is next opened. Words of a field need
nothing here: they are saved into the field as they are typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain.vocabulary import MeetingState
from panelkit.opened.session import SAVE_AFTER
from panelkit.plain.frames import FormFrame

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

LINE: Final = "plain line"
"""Name of the draft that holds the line begun, and where: item, forms, question, words."""
ASIDE: Final = "plain answer"
"""Name of the draft that holds what was typed to a question of its own, such as why: it must not
stand on the line of another question."""


class Begun:
    """The line begun of one talk, and what was last said of saving."""

    def __init__(self, talk: Talk) -> None:
        """Nothing is begun."""
        self._talk = talk
        self._kept = ""
        self._kept_at = 0.0
        self._on_line = ""
        self.is_aside = False
        """Whether a question of its own is open, over the one of the agenda."""
        self._kept_aside = ""
        self._told = ""
        self._state = talk.session.meeting.state
        self._pen = ""

    # -- the line begun ----------------------------------------------------------------

    def keep(self, line: str, now: float) -> None:
        """``line`` is being typed: kept once it has stood for a moment."""
        kept = self._kept_aside if self.is_aside else self._kept
        if line == kept or (line and now - self._kept_at < SAVE_AFTER):
            return
        self.keep_now(line)
        self._kept_at = now

    def keep_now(self, line: str) -> None:
        """Kept, or forgotten where it is blank."""
        talk = self._talk
        if self.is_aside:
            if line != self._kept_aside and talk.session.keep_draft(ASIDE, line):
                self._kept_aside = line
            return
        if line == self._kept:
            return
        forms = " ".join(
            f"{frame.kind.kind}/{frame.entry}"
            for frame in talk.frames
            if isinstance(frame, FormFrame)
        )
        words = "\n".join([talk.current, forms, talk.step.key, line]) if line else ""
        if talk.session.keep_draft(LINE, words):
            self._kept = line

    def keep_answer(self, words: str) -> bool:
        """An answer of its own was refused: it waits, whatever is answered next."""
        self._kept_aside = ""
        return self._talk.session.keep_draft(ASIDE, words)

    def line_is_whole(self) -> None:
        """Enter was pressed: it is taken by whoever asked."""
        self.keep_now("")
        if self._kept_aside and self._talk.session.keep_draft(ASIDE, ""):
            self._kept_aside = ""

    def take_line(self) -> str:
        """What stands on the next line before anything is typed."""
        line, self._on_line = self._on_line, ""
        return line

    def take_up(self) -> None:
        """A line that was begun when the program ended stands on the line again, where it was."""
        talk = self._talk
        aside = self._kept_aside = talk.session.draft(ASIDE)
        if aside and not talk.session.masked:
            talk.voice.say(f"You had begun to answer a question of its own: {aside}")
        kept = talk.session.draft(LINE)
        if not kept:
            return
        code, forms, key, line = [*kept.split("\n", 3), "", "", ""][:4]
        self._kept = line
        if code not in talk.codes():
            talk.voice.say("A line that was begun waits: type kept to hear it.")
            return
        if code != talk.current:
            talk.go_to(code)
        for each in forms.split():
            kind, _, entry = each.partition("/")
            if kind not in e.BY_KIND or talk.session.entry(kind, entry) is None:
                break
            talk.open_form(e.BY_KIND[kind], entry)
        else:
            talk.frames[-1].find(talk, key)
        if not talk.lines.is_terminal:  # a script's first line is its own
            talk.voice.say("A line that was begun waits: type kept to hear it.")
            return
        self._on_line = line
        talk.voice.say(
            "You had begun to type when the program ended. What you typed stands on the line: go "
            "on typing, press Enter to take it, or Control U to clear it."
        )

    # -- what became of it ---------------------------------------------------------------

    def tell_news(self) -> None:
        """Said once, between two questions: whether all is saved, and what others did."""
        talk, session = self._talk, self._talk.session
        if session.problem != self._told:
            self._told = session.problem
            told = f"NOT SAVED: {session.problem} {session.outgoing.words}"
            talk.voice.say(told if session.problem else "Everything typed is saved again.")
        pen = session.pen.refusal(session.meeting.ref).sentence if session.pen is not None else ""
        if pen != self._pen:
            self._pen = pen
            talk.voice.say(pen or "The pen is back: this meeting can be written in again.")
        state = session.meeting.state
        if state is not self._state:
            self._state = state
            talk.voice.say(STATES.get(state, f"The meeting is {state.label}."))


STATES: Final = {
    MeetingState.PLANNED: "Not started: type start to start the meeting and its clock.",
    MeetingState.OPEN: "The meeting is running.",
    MeetingState.PAUSED: "Paused: the clock stands. Type go on.",
    MeetingState.PART_HEARD: "Part heard. Type resume: the statement and attendance are taken again.",
    MeetingState.ELSEWHERE: "Held elsewhere: its minutes were made there, and nothing is changed here. The next meeting starts from it.",
    MeetingState.CLOSED: "Closed. Words can still be written up until approval; reopen with a reason goes on.",
}
"""What is said of how far a meeting is."""
