"""Nobody types: saved and locked, and nothing further is said until the passphrase is right.

What stands on the terminal stays there: a line cannot be taken back. The lock says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from panelkit.domain.errors import PanelkitError
from panelkit.domain.idleness import Due, Patience, due
from panelkit.domain.vocabulary import MeetingState
from panelkit.opened.seconds import Seconds
from panelkit.plain.ending import Ended

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

ABOVE: Final = (
    "What was said before stands above on the terminal: clear it where others can read it."
)


class Resting:
    """The lock of one talk."""

    def __init__(
        self, talk: Talk, patience: Patience, seconds: Seconds, was_stopped: Callable[[], bool]
    ) -> None:
        """``seconds`` counts idleness; ``was_stopped`` says once that the program was stopped."""
        self._talk = talk
        self._patience = patience
        self._seconds = seconds
        self._was_stopped = was_stopped
        self._touched_at = seconds()
        self._touch = (0, "")
        talk.rests = self.rests
        talk.lock = self.lock

    def rests(self, line: str) -> bool:
        """Lock where it is time to; whether it was locked. ``line`` is what is typed so far."""
        touch = (self._talk.lines.count, line)
        session, stopped = self._talk.session, self._was_stopped()
        running = session.meeting.state is MeetingState.OPEN and session.pen is None
        idle = self._seconds() - self._touched_at
        if stopped or due(idle, running=running, patience=self._patience) is Due.LOCK:
            self.lock(line)
            return True
        if touch != self._touch:
            self._touch, self._touched_at = touch, self._seconds()
        return False

    def lock(self, line: str = "") -> None:
        """Save, then ask. Raises Ended with the line that was begun, and never with a passphrase."""
        talk = self._talk
        asks = talk.desk.opens_again
        talk.session.save_all()
        if not talk.lines.is_terminal:
            return
        safe = "Everything typed is saved." if talk.session.is_safe else "NOT SAVED: something typed could not be stored. Leave the computer on."  # fmt: skip
        if asks is None:
            talk.voice.say(f"Hidden: nobody is asked for a passphrase here. {safe} {ABOVE}", "Press Enter to go on.")  # fmt: skip
            self._answer(line)
        else:
            what = f"the {asks.asks_for} of {talk.desk.who}"
            talk.voice.say(f"Locked. {safe} {ABOVE}", f"Type {what}. It is not shown.")
            while True:
                try:
                    asks.open_again(self._answer(line))
                except PanelkitError as refused:
                    talk.voice.say(refused.sentence, f"Type {what}. It is not shown.")
                else:
                    break
            talk.voice.say("Open again.")
        self._touched_at = self._seconds()

    def _answer(self, line: str) -> str:
        def meanwhile(_secret: str) -> bool:
            self._talk.session.tick(time.monotonic())
            return False

        try:
            return self._talk.lines.secret(meanwhile)
        except Ended as ended:
            raise Ended(ended.number, line) from None
