"""Minutes made elsewhere gone through question by question: for screen readers and scripts.

Every answer is kept at once: whoever stops, or is stopped, goes on at the same line the next time.
"""

from __future__ import annotations

from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import Field, FieldKind
from panelkit.domain.taking_on import (
    SHOWN,
    Choice,
    Group,
    HalfRead,
    ReadLine,
)
from panelkit.plain.ending import Ended
from panelkit.plain.reading import Lines
from panelkit.plain.voice import Voice, counted, listed, sentence
from panelkit.services.taking_on import TakingOn

_ORDERS: Final = (
    "yes confirms it, leave leaves it out, correct asks for each part, sure confirms all of this group "
    "that is sure, back returns to the line before, action or person adds one that was not read, "
    "again says it again, stop ends here: everything is kept."
)
_EMPTY: Final = "-"
"""Said where a part is to be empty."""


def go_through(verbs: TakingOn, half: HalfRead, lines: Lines, voice: Voice) -> int:
    """Ask about every line that nobody decided, then whether to store; 0 once it is stored.

    1 where it was left before; 2 where a line of a script was not understood; 128 and the signal's
    number where one came.
    """
    talk = _Going(verbs, half, lines, voice)
    try:
        return talk.run()
    except Ended as ended:
        voice.say("What was confirmed is kept.")
        return 128 + ended.number if ended.number else 1


class _NotTaken(Exception):
    """A script said what is no answer."""


class _Going:
    def __init__(self, verbs: TakingOn, half: HalfRead, lines: Lines, voice: Voice) -> None:
        self.verbs = verbs
        self.half = half
        self.lines = lines
        self.voice = voice
        self.done: list[str] = []
        """Lines decided in this run, the last last: ``back`` opens them again."""
        self.group: Group | None = None

    def run(self) -> int:
        """Every line, then the end."""
        half = self.half
        self.voice.say(
            f"{half.file}: {counted(len(half.lines), 'line')} read, {len(half.undecided)} to be confirmed.",
            *self.verbs.standing(half),
            "Type a question mark for the answers that can be given.",
        )
        try:
            while self.half.undecided:
                line = self.half.undecided[0]
                self._say(line)
                if not self._answered(line):
                    self.voice.say("Kept. The same command goes on here.")
                    return 1
            return self._end()
        except _NotTaken:
            return 2

    def _ask(self, prompt: str) -> str:
        self.voice.say(prompt)
        said = self.lines.read(lambda _begun: False).strip()
        self.voice.listen()
        return said

    def _say(self, line: ReadLine) -> None:
        if line.group is not self.group:
            self.group = line.group
            self.voice.say(f"{line.group.label}: {counted(len(self.half.of(line.group)), 'line')}.")
        kind = (
            line.fields[0].label if len(line.fields) == 1 else line.id.partition(".")[0].rstrip("s")
        )
        self.voice.say(sentence(f"{kind}: {line.words or 'nothing was read'}"))
        how = line.how if line.how not in line.where else ""
        told = [line.sure.label if line.was_read else "", line.where, how]
        self.voice.say(sentence(", ".join(filter(None, told))))
        if line.raw and " ".join(line.raw.split()) != line.words:
            self.voice.say(sentence(f"It stands there: {line.raw}"))
        for why in self.half.marks.get(line.id, ()):
            self.voice.say(sentence(f"Look at it: {why}"))

    def _answered(self, line: ReadLine) -> bool:
        """Whether somebody goes on; the line may be decided or not."""
        said = self._ask("Yes, leave or correct?").casefold()
        try:
            if said in ("y", "yes"):
                self._took(line, self.verbs.choose(self.half, [line.id], Choice.CONFIRMED))
            elif said in ("l", "leave"):
                self._took(line, self.verbs.choose(self.half, [line.id], Choice.LEFT))
            elif said in ("c", "correct"):
                self._took(
                    line, self.verbs.correct(self.half, line.id, self._values(line.fields, line))
                )
            elif said == "sure":
                self._sure(line.group)
            elif said == "back":
                self._back()
            elif said in ("action", "person"):
                self._add(e.Action if said == "action" else e.Attendance)
            elif said in ("stop", "q", "quit"):
                return False
            elif said == "?":
                self.voice.say(_ORDERS)
            elif said != "again":
                self._not_taken(f"That is no answer. {_ORDERS}")
        except PanelkitError as refused:
            self._not_taken(refused.sentence)
        return True

    def _not_taken(self, words: str) -> None:
        self.voice.say(words)
        if not self.lines.is_terminal:
            raise _NotTaken

    def _took(self, line: ReadLine, half: HalfRead) -> None:
        self.half = half
        self.done.append(line.id)
        self.voice.say(sentence(half.line(line.id).choice.label.capitalize()))

    def _sure(self, group: Group) -> None:
        before = self.half.undecided
        self.half = self.verbs.confirm_sure(self.half, group)
        count = len(before) - len(self.half.undecided)
        self.voice.say(f"{counted(count, 'line')} confirmed, no guess among them.")

    def _back(self) -> None:
        if not self.done:
            self.voice.say("That is the first line of today.")
            return
        self.half = self.verbs.choose(self.half, [self.done.pop()], Choice.OPEN)

    def _values(self, fields: tuple[Field, ...], line: ReadLine | None) -> dict[str, str]:
        values = {}
        for field in fields:
            stands = line.said(field.key) if line else ""
            now = f", now {stands}. Enter keeps it, {_EMPTY} empties it" if stands else ""
            some = f", {listed(str(each) for each in field.term)}" if field.kind is FieldKind.CHOICE else ""  # fmt: skip
            said = self._ask(f"{field.label}{some}{now}?")
            kept = line.values.get(field.key, "") if line else ""
            values[field.key] = "" if said == _EMPTY else said or kept
        return values

    def _add(self, kind: type[e.Entry]) -> None:
        fields = ReadLine(
            id=f"{kind.kind}.0", group=SHOWN[kind][0], what=kind.kind, values={}
        ).fields
        self.half = self.verbs.add(self.half, kind, self._values(fields, None))
        self.voice.say(f"{kind.title} added.")

    def _end(self) -> int:
        for each in self.half.not_read:
            self.voice.say(sentence(f"Not read: {each.what}, {each.where}", each.why, each.words))
        while True:
            for stops in self.verbs.stops(self.half):
                self.voice.say(sentence(f"Stops it: {stops.words}"))
            said = self._ask(
                "Every line is decided. Store the case now: yes, action, person or stop?"
            )
            try:
                if said.casefold() in ("y", "yes"):
                    meeting = self.verbs.take_on(self.half)
                    self.voice.say(
                        f"Stored: {meeting.ref}, held elsewhere. The next meeting of {meeting.case.ref} starts from it."
                    )
                    return 0
                if said.casefold() in ("action", "person"):
                    self._add(e.Action if said.casefold() == "action" else e.Attendance)
                elif said.casefold() in ("stop", "no", "n"):
                    self.voice.say("Kept, and not stored.")
                    return 1
                else:
                    self._not_taken("Say yes, action, person or stop.")
            except PanelkitError as refused:
                self._not_taken(refused.sentence)
