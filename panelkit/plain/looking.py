"""Commands that only say something: guidance, what is owed, who is here, how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from panelkit.domain.completeness import Gap, stopping
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.presence import called
from panelkit.domain.running import elapsed, elapsed_at, planned_for
from panelkit.domain.vocabulary import Stops
from panelkit.opened.asking import last_time
from panelkit.opened.sharing import SHARING
from panelkit.plain import values
from panelkit.plain.begun import STATES
from panelkit.plain.room import room_lines
from panelkit.plain.steps import FieldStep
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import owed_words, said_of, sentence
from panelkit.services.clock import room_time

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

ELSEWHERE: Final[dict[str, str]] = {
    "minutes_life": "panelkit minutes writes the minutes. Their comments, approval and issue are done on the screens, panelkit.",
    "hand_over": "panelkit hand-over and panelkit receive take a meeting to another desk and back.",
    "timeline": "panelkit timeline says everything that happened in a case.",
    "level_history": "panelkit stats history says level, category and whereabouts of a case from day to day.",
}
"""Keys of the chair's screen for which a command of the command line is the plain way."""

_ORDER: Final = (Stops.CLOSING, Stops.APPROVAL, Stops.NOTHING)


def is_number(_talk: Talk, rest: str) -> bool:
    """Whether a number stands there, or nothing."""
    return not rest or rest.split(maxsplit=1)[0].isdecimal()


def guide(talk: Talk, _rest: str) -> None:
    """The item's guidance, and what the question itself says."""
    item = talk.item
    talk.voice.say(f"{item.code}, {item.title}.", item.guidance)
    if item.voice:
        talk.voice.say(f"Who speaks: {item.voice}.")
    talk.voice.say(*talk.step.guide(talk))
    talk.voice.say(
        "V in brackets was seen in a public source, R is recalled, I is ours. Type help for the commands."
    )


def say_again(talk: Talk, _rest: str) -> None:
    """What was said last, and not the question once more."""
    talk.voice.say(*talk.voice.last)
    talk.question_was_said()


def choices(talk: Talk, _rest: str) -> None:
    """Every choice of the question."""
    step = talk.step
    found = values.choices(step.field) if isinstance(step, FieldStep) else []
    talk.voice.say(*(found or ["This question has no list of choices."]))


def all_owed(talk: Talk) -> list[Gap]:
    """Everything owed: what stops closing first."""
    return sorted(talk.gaps, key=lambda gap: _ORDER.index(gap.stops))


def owed(talk: Talk, rest: str) -> None:
    """Each with a number; a number goes there. Raises NotTaken."""
    gaps = all_owed(talk)
    if rest:
        gap = numbered(gaps, rest)
        field = gap.field if gap.entry else gap.field.rpartition(".")[2]
        talk.trail.append((talk.current, talk.frames[0].at))
        talk.say_title_again()
        talk.go_to(gap.item, field, gap.entry)
        return
    closing, later = len(stopping(talk.gaps, Stops.CLOSING)), len(stopping(talk.gaps, Stops.APPROVAL))  # fmt: skip
    talk.voice.say(
        f"{owed_words(closing)} before closing, {later or 'nothing'} to be written up before approval."
    )
    for place, gap in enumerate(gaps, start=1):
        parked = f"parked: {said_of(gap.parked, is_open=False)}" if gap.parked else ""
        stops = parked or ("" if gap.stops is Stops.NOTHING else f"before {gap.stops.label}")
        message = gap.message.rstrip(".")
        talk.voice.say(f"{place}: {gap.item}, {message}{f', {stops}' if stops else ''}.")
    if gaps:
        talk.voice.say("Type owed and a number to go there, or park and a number.")


def numbered(gaps: list[Gap], rest: str) -> Gap:
    """What is owed under that number. Raises NotTaken."""
    first = rest.split(maxsplit=1)[0]
    if not first.isdecimal() or not 1 <= int(first) <= len(gaps):
        msg = f"Say which, 1 to {len(gaps)}; owed reads them." if gaps else "Nothing is owed."
        raise NotTaken(msg)
    return gaps[int(first) - 1]


def where(talk: Talk, _rest: str) -> None:
    """Which meeting, which question, how far it is, whether all is saved."""
    session, codes = talk.session, talk.codes()
    meeting = session.meeting
    place = f", {codes.index(talk.current) + 1} of {len(codes)}" if talk.current in codes else ""
    talk.voice.say(
        f"{meeting.ref}, {meeting.level.label} {meeting.kind.label}, meeting {meeting.number}, {long_date(meeting.held_on)}.",
        f"{talk.current}, {talk.item.title}{place}.",
        STATES.get(meeting.state, f"The meeting is {meeting.state.label}."),
        f"{owed_words(len(talk.owed_here(talk.current)))} here.",
    )
    if talk.form:
        talk.voice.say(f"In the form of {talk.form.called(talk)}.")
    saved = (
        f"Saved at {room_time(session.saved_at):%H:%M}." if session.saved_at else "All is saved."
    )
    talk.voice.say(
        f"NOT SAVED: {session.problem} {session.outgoing.words}" if session.problem else saved
    )
    if not talk.desk.encrypted:
        talk.voice.say("This record is NOT ENCRYPTED.")


def minutes(talk: Talk, _rest: str) -> None:
    """Minutes used and left."""
    meeting, now = talk.session.meeting, talk.desk.clock()
    used = int(elapsed(meeting, now).total_seconds() // 60)
    left = meeting.booked_minutes - used
    over = f"{left} left" if left >= 0 else f"{-left} over"
    here = int(elapsed_at(meeting, talk.current, now).total_seconds() // 60)
    talk.voice.say(
        f"It is {room_time(now):%H:%M}. {used} of {meeting.booked_minutes} minutes are used, {over}.",
        f"{talk.current}: {here} of {planned_for(meeting, talk.current)} minutes.",
    )


def who(talk: Talk, _rest: str) -> None:
    """Who is in the room, and who else has the meeting open."""
    talk.voice.say(*room_lines(talk))
    for each in talk.session.others:
        name = called(each, talk.desk.who)
        item = f" at {each.item}" if each.item else ""
        talk.voice.say(f"Open elsewhere: {said_of(name, is_open=False)}, {each.part.label}{item}.")


def last(talk: Talk, _rest: str) -> None:
    """What was recorded at this item last time."""
    if talk.previous is None:
        talk.voice.say("This is the first meeting of the case in this record.")
        return
    found = last_time(talk.previous, talk.current)
    talk.voice.say(f"{talk.previous.ref}, {long_date(talk.previous.held_on)}.")
    for label, text in found:
        talk.voice.say(sentence(f"{label}: {said_of(text, is_open=False)}".replace(" · ", ". ")))
    if not found:
        talk.voice.say("Nothing was recorded here.")


def is_document(_talk: Talk, rest: str) -> bool:
    """Whether a kind of document is named, or nothing."""
    from panelkit.services.minute_taking import KINDS

    return not rest or rest.strip().casefold() in {kind.id for kind in KINDS}


def documents(talk: Talk, rest: str) -> None:
    """Write one; without a name every kind is said. Raises NotTaken."""
    from panelkit.services.minute_taking import KINDS

    if not rest:
        for kind in KINDS:
            talk.voice.say(f"documents {kind.id}: {kind.title}. {kind.about}")
        return
    if not is_document(talk, rest):
        msg = "No document is called so; documents by itself says them all."
        raise NotTaken(msg)
    talk.session.flush()
    try:
        done = talk.desk.minute_taking.write_all(
            talk.session.meeting, rest.strip().casefold(), talk.desk.documents
        )
    except PanelkitError as failed:
        raise NotTaken(failed.sentence) from None
    for written in done:
        talk.voice.say(f"Written: {written.path} {written.note}".rstrip())


def elsewhere(talk: Talk, _rest: str) -> None:
    """What the command line does."""
    talk.voice.say(*ELSEWHERE.values())


def kept(talk: Talk, _rest: str) -> None:
    """Every line begun and not taken at this meeting."""
    found = talk.session.chairing.record.drafts(talk.session.meeting.id, talk.desk.who)
    for name, words in found.items():
        if words:
            shown = words.split("\n", 3)[-1] if name == "plain line" else words
            talk.voice.say(f"Begun and not taken, {name}: {said_of(shown, is_open=False)}")
    if not any(found.values()):
        talk.voice.say("No line begun waits at this meeting.")


def mask(talk: Talk, _rest: str) -> None:
    """On at once; off asks."""
    if not SHARING.on:
        SHARING.by_person = True
        talk.voice.say("Masked: what is not marked open is not said until mask is typed again.")
    elif talk.is_sure("Say everything again? Nobody else must hear or see this."):
        SHARING.by_person = SHARING.by_idleness = False
        talk.voice.say("The mask is off.")


def lock(talk: Talk, _rest: str) -> None:
    """Save and lock now."""
    talk.lock()
