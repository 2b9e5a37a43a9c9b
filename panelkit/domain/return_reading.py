"""What a return says, understood line by line; whatever is not understood is named with its place.

Nothing is guessed, and nothing that somebody wrote is dropped: words that fit nowhere are kept with
the return as what could not be placed. A blank is no answer, and no consent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from panelkit.domain import return_paper as p
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, FieldKind
from panelkit.domain.foreign import NotRead
from panelkit.domain.return_paper import RawAction, RawLine, RawReturn, ReturnQuestion
from panelkit.domain.returns import ROUND
from panelkit.domain.text import gate, gate_line
from panelkit.domain.vocabulary import ActionStatus, AgencyType, ReturnAnswer, YesNo

YES: Final = frozenset("yes y x ✓ ✔ ☒ ☑ true ja nil".split())
NO: Final = frozenset("no n none - – — ☐".split())
EVERYBODY: Final = frozenset(
    ("all", "everyone", "everybody", "all agencies", "any", "anybody", "yes", "the panel", "panel")
)
NOBODY: Final = frozenset(
    ("nobody", "none", "no", "no one", "us only", "only us", "us", "chair only")
)
_STANDS: Final = {
    "complete": ActionStatus.COMPLETE, "completed": ActionStatus.COMPLETE, "done": ActionStatus.COMPLETE,
    "yes": ActionStatus.COMPLETE, "part": ActionStatus.PART, "part done": ActionStatus.PART,
    "partly": ActionStatus.PART, "partly done": ActionStatus.PART, "in part": ActionStatus.PART,
    "ongoing": ActionStatus.PART, "in progress": ActionStatus.PART,
    "not started": ActionStatus.NOT_STARTED, "not done": ActionStatus.NOT_STARTED,
    "no": ActionStatus.NOT_STARTED, "superseded": ActionStatus.SUPERSEDED,
    "no longer needed": ActionStatus.NO_LONGER_NEEDED, "not needed": ActionStatus.NO_LONGER_NEEDED,
}  # fmt: skip
_A_DAY: Final = Field(label="Done on", kind=FieldKind.DATE)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, understood."""

    where: str
    place: str
    """The agenda item."""
    asked: str = ""
    text: str = ""
    about: str = ""
    """The action, such as ``2.4``."""
    status: ActionStatus | None = None
    done_on: date | None = None
    minuted: YesNo | None = None
    restricted_to: tuple[str, ...] = ()


@dataclass(slots=True)
class Understood:
    """A return, understood."""

    nil: bool = False
    report_only: bool = False
    attends: str = ""
    filled_by: str = ""
    told: list[Told] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def answer(self) -> ReturnAnswer | None:
        """Nil, or that it came back; None where nothing is answered in it."""
        if self.nil and not self.told:
            return ReturnAnswer.NIL
        words = any(one.words for one in self.not_read)
        said = self.told or self.attends or self.report_only or self.filled_by or words
        return ReturnAnswer.CAME if said else None

    @property
    def unread(self) -> str:
        """What could not be placed, to be kept with the return: each with where it stands."""
        lines = (f"{one.what}: {one.words} ({one.why})" for one in self.not_read if one.words)
        return "\n".join(lines)


def understood(
    raw: RawReturn, *, organisation: str, questions: Sequence[tuple[str, ReturnQuestion]],
    actions: Sequence[str], invited: Sequence[tuple[str, AgencyType]], items: Sequence[str],
    today: date,
) -> Understood:  # fmt: skip
    """What a form says, against what its organisation was asked.

    ``actions`` are the references of its open actions; ``invited`` those who may be named as having
    it; ``items`` the agenda's.
    """
    found = Understood(not_read=list(raw.not_read), notices=list(raw.notices))
    reading = _Reading(found, organisation, dict(questions), tuple(actions), tuple(invited), frozenset(items), today)  # fmt: skip
    for line in raw.lines:
        reading.line(line)
    for action in raw.actions:
        reading.action(action)
    if found.nil and found.told:
        found.nil = False
        found.notices.append(
            "It says that there is nothing to tell, and tells something: it is read as information."
        )
    replaced = sum(gate(text).replaced for text in _texts(raw))
    if replaced:
        found.notices.append(f"{replaced} characters that act on a screen became \ufffd.")
    return found


def _texts(raw: RawReturn) -> Iterator[str]:
    for line in raw.lines:
        yield from (line.answer, line.shared, line.minuted)
    for action in raw.actions:
        yield from (action.stands, action.words)


@dataclass(slots=True)
class _Reading:
    found: Understood
    organisation: str
    questions: dict[str, ReturnQuestion]
    actions: tuple[str, ...]
    invited: tuple[tuple[str, AgencyType], ...]
    items: frozenset[str]
    today: date
    seen: set[str] = field(default_factory=set)

    def line(self, line: RawLine) -> None:
        """One line of the first two tables."""
        answer = gate(line.answer).text.strip()
        if line.key in self.seen and answer:
            self._not_read(line.where, "The line stands there more than once.", answer)
            return
        self.seen.add(line.key)
        if (ours := dict(p.FIRST).get(line.key)) is not None:
            self._beside(line, ours)
        match line.key:
            case p.NIL:
                self.found.nil = self._yes(line.where, answer)
            case p.REPORT:
                self.found.report_only = self._yes(line.where, answer)
            case p.COMES:
                self.found.attends = answer
            case p.BY:
                self.found.filled_by = gate_line(answer).text.strip()
            case _:
                self._told(line, answer)

    def _beside(self, line: RawLine, ours: str) -> None:
        """Words in the other cells of a line that has one for its answer."""
        asked = line.asked if _plain(line.asked) != _plain(ours) else ""
        for words in (asked, line.minuted, line.shared):
            if words.strip():
                why = "The answer belongs in its own cell."
                self._not_read(f"{line.where}, beside", why, words)

    def _yes(self, where: str, answer: str) -> bool:
        plain = _plain(answer)
        if plain in YES:
            return True
        if answer and plain not in NO:
            self._not_read(where, "Neither yes nor no.", answer)
        return False

    def _told(self, line: RawLine, answer: str) -> None:
        if not answer:
            for what, words in (("minuting", line.minuted), ("who may have it", line.shared)):
                if words.strip():
                    self._not_read(f"{line.where}, {what}", "No answer stands beside it.", words)
            return
        question = self.questions.get(line.key)
        asked = gate_line(line.asked).text.strip()
        if question is not None and (not asked or _plain(asked) == _plain(question.ask)):
            place, asked = question.item, question.ask
        else:
            place = line.item if line.item in self.items else ROUND
            self.found.notices.append(
                f"{line.where}: its question is not one that is asked now; the answer is kept under the words of the file."
            )
        self.found.told.append(
            Told(
                line.where, place, asked, answer, minuted=self._minuted(line),
                restricted_to=self._shared(line),
            )
        )  # fmt: skip

    def _minuted(self, line: RawLine) -> YesNo | None:
        plain = _plain(line.minuted)
        if plain in YES:
            return YesNo.YES
        if plain in NO:
            return YesNo.NO
        if plain:
            self._not_read(
                f"{line.where}, minuting", "Neither yes nor no: it is taken as not said.",
                line.minuted,
            )  # fmt: skip
        return None

    def _shared(self, line: RawLine) -> tuple[str, ...]:
        """Who may have it: nobody named is everybody invited; whoever is named, and the giver."""
        plain = _plain(line.shared)
        if not plain or plain in EVERYBODY:
            return ()
        found, unknown = [self.organisation], []
        for part in _parts(line.shared):
            if _plain(part) in NOBODY or _plain(part) == _plain(self.organisation):
                continue
            meant = self._meant(part)
            if meant:
                found.append(meant)
            else:
                unknown.append(part)
        if unknown:
            self._not_read(
                f"{line.where}, who may have it",
                "It names none of those invited, or several: nobody else has it until somebody says who.",
                "; ".join(unknown),
            )
        return tuple(dict.fromkeys(found))

    def _meant(self, part: str) -> str:
        plain = _plain(part)
        exact = [n for n, code in self.invited if plain in (_plain(n), str(code).casefold(), code.label.casefold())]  # fmt: skip
        some = exact or [name for name, _code in self.invited if plain in _plain(name)]
        return some[0] if len(some) == 1 else ""

    def action(self, action: RawAction) -> None:
        """One line of the table of actions."""
        if action.is_blank:
            return
        said = " | ".join(w for w in (action.stands, action.done_on, action.words) if w.strip())
        ref = action.ref.strip()
        if ref not in self.actions:
            self._not_read(action.where, f"No open action of theirs is called {gate_line(ref).text[:20]}.", said)  # fmt: skip
            return
        if ref in self.seen:
            self._not_read(action.where, f"{ref} stands there more than once.", said)
            return
        self.seen.add(ref)
        text = gate(action.words).text.strip()
        status = _STANDS.get(_plain(action.stands).replace("_", " "))
        if action.stands.strip() and status is None:
            self._not_read(f"{action.where}, how it stands", f"None of: {p.STANDS}.", action.stands)
        on = self._day(action)
        self.found.told.append(
            Told(action.where, "A5", text=text, about=ref, status=status, done_on=on)
        )

    def _day(self, action: RawAction) -> date | None:
        if not action.done_on.strip():
            return None
        where = f"{action.where}, done on"
        try:
            day = _A_DAY.parse(action.done_on)
        except BadInput:
            self._not_read(where, "Not understood as a day with its year.", action.done_on)
            return None
        if not isinstance(day, date) or day > self.today:
            self._not_read(where, "The day is still to come.", action.done_on)
            return None
        return day

    def _not_read(self, what: str, why: str, words: str) -> None:
        self.found.not_read.append(NotRead(what=what, why=why, words=gate(words).text.strip()))


def _plain(words: str) -> str:
    return " ".join(gate_line(words).text.split()).casefold().strip(" .,;:!")


def _parts(words: str) -> list[str]:
    split = words.replace(" and ", ",").replace("\n", ",").replace(";", ",")
    return [part.strip() for part in split.split(",") if part.strip()]
