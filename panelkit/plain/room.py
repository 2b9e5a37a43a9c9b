"""Who is here: the list, and what became of each person, from any question of the meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain.attendance import in_room, quorum, stay_of
from panelkit.domain.quick import find_person
from panelkit.domain.vocabulary import AttendanceStatus
from panelkit.plain.steps import Step, one_of, restore, withdraw
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import sentence
from panelkit.services.clock import room_time

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

STATUS_WORDS: Final = {
    "deputy": AttendanceStatus.DEPUTY,
    "report": AttendanceStatus.REPORT_ONLY,
    "apologies": AttendanceStatus.APOLOGIES_NO_REPORT,
    "absent": AttendanceStatus.NO_RESPONSE,
}
"""What is said of somebody who is not simply in."""

HOW: Final = (
    "Type all in when everybody expected is here; in, out, deputy, report, apologies or absent with "
    "a number or a name; add, open, withdraw or restore; or press Enter to go on."
)


def room_lines(talk: Talk) -> list[str]:
    """How many are here, whether that is enough, then each person with a number."""
    meeting = talk.session.meeting
    people = meeting.of(e.Attendance)
    held = quorum(meeting, talk.area)
    live = meeting.live(e.Attendance)
    head = f"In the room: {len(in_room(meeting))} of {len(live)}. Quorate: {held.words}."
    return [head, *(f"{n}: {person_in_words(talk, p)}" for n, p in enumerate(people, start=1))]


def person_in_words(talk: Talk, person: e.Attendance) -> str:
    """Who it is and what became of them, in a sentence."""
    meeting = talk.session.meeting
    stay = stay_of(meeting, person)
    if person.withdrawn:
        state = "withdrawn"
    elif stay.in_room:
        state = "in"
        if meeting.text("A2", "confidentiality_statement") and not stay.heard_statement_at:
            state = "in, has not heard the statement"
    elif person.status is None:
        state = "expected"
    elif stay.left_at:
        state = f"left at {room_time(stay.left_at):%H:%M}"
    else:
        state = person.status.label.lower()
    role = person.meeting_role.label.lower() if person.meeting_role else person.role
    who = [person.name or "nobody named", person.organisation, role]
    return sentence(f"{', '.join(part for part in who if part)}: {state}")


def find(talk: Talk, words: str) -> e.Attendance | None:
    """Somebody on the list, by number, by name, or by a word of theirs that nobody else has."""
    people, plain = list(talk.session.meeting.of(e.Attendance)), words.strip().casefold()
    if plain.isdecimal():
        place = int(plain) - 1
        return people[place] if 0 <= place < len(people) else None
    if not plain:
        return None
    found = find_person(words, talk.session.meeting)
    said = [p for p in people if plain in f"{p.name}, {p.organisation}".casefold()]
    return found or (said[0] if len(said) == 1 else None)


def check_in(talk: Talk, person: e.Attendance) -> None:
    """In the room; after the statement it is heard again."""
    chairing = talk.session.chairing
    talk.do(lambda m: chairing.check_in(m, person.id))


def check_out(talk: Talk, person: e.Attendance) -> None:
    """Left."""
    chairing = talk.session.chairing
    talk.do(lambda m: chairing.check_out(m, person.id))


def _marked(status: AttendanceStatus) -> Callable[[Talk, e.Attendance], None]:
    def mark(talk: Talk, person: e.Attendance) -> None:
        chairing = talk.session.chairing
        talk.do(lambda m: chairing.change(m, e.Attendance, person.id, status=status))
        if status.present:
            check_in(talk, person)

    return mark


MARKS: Final[dict[str, Callable[[Talk, e.Attendance], None]]] = {
    "in": check_in,
    "out": check_out,
    **{word: _marked(status) for word, status in STATUS_WORDS.items()},
}
"""What a word before a person does."""


MARKED: Final[dict[str, str]] = {
    "in": "Somebody of the list is in the room.",
    "out": "Somebody left.",
    "deputy": "Somebody is here as a deputy.",
    "report": "Somebody is not here and sent a report.",
    "apologies": "Somebody sent apologies and no report.",
    "absent": "Nothing came from somebody.",
}
"""The same in words."""


def mark(talk: Talk, word: str, words: str) -> None:
    """``in 3``, ``out Sarwar``: done, and said back. Raises NotTaken."""
    person = find(talk, words)
    if person is None:
        msg = f"Who is {word}? Say a number of the list or a name; who reads the list."
        raise NotTaken(msg)
    MARKS[word](talk, person)
    now = talk.session.meeting.entry(e.Attendance, person.id)
    talk.voice.say(person_in_words(talk, now))


@dataclass(frozen=True, slots=True)
class RoomStep(Step):
    """The list at the start of a meeting."""

    @property
    def key(self) -> str:
        """The list."""
        return "attendance[]"

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """Everybody, and what may be typed."""
        return (*room_lines(talk), HOW)

    def take(self, talk: Talk, said: str) -> None:
        """What is no command of the whole meeting: invite, open, withdraw, restore."""
        word, _, rest = said.strip().partition(" ")
        word = word.casefold()
        if word == "add" and not rest:
            talk.begin(e.Attendance)
            return
        rows: list[e.Entry] = list(talk.session.meeting.of(e.Attendance))
        if word not in ("open", "withdraw", "restore"):
            raise NotTaken(HOW)
        found = find(talk, rest)
        row = found or one_of(rows, rest if rest.isdecimal() else None, "People")
        if word == "open":
            talk.open_form(e.Attendance, row.id)
        elif word == "withdraw":
            withdraw(talk, row)
        else:
            restore(talk, row)
