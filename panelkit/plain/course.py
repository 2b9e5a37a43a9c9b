"""Commands of the course of a meeting: the clock, who hears, finish now, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelkit.domain import entries as e
from panelkit.domain.attendance import present
from panelkit.domain.completeness import stopping
from panelkit.domain.dates import read_date
from panelkit.domain.fields import Field, FieldKind, long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.running import Interim
from panelkit.domain.vocabulary import Level, MeetingState, Stops
from panelkit.opened.asking import QUESTIONS, read_parking
from panelkit.plain import values
from panelkit.plain.looking import all_owed, numbered, owed
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import counted, listed, owed_words
from panelkit.services.chairing import open_restricted_part

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

_LEVEL = Field(key="level", label="Level meanwhile", kind=FieldKind.CHOICE, choices="Level")


def go_on(talk: Talk, _rest: str) -> None:
    """Start, go on or resume, whichever the meeting is waiting for."""
    chairing = talk.session.chairing
    steps = {
        MeetingState.PLANNED: chairing.start,
        MeetingState.PAUSED: chairing.go_on,
        MeetingState.PART_HEARD: chairing.resume,
    }
    step = steps.get(talk.session.meeting.state)
    if step is None:
        msg = f"The meeting is {talk.session.meeting.state.label}."
        raise NotTaken(msg)
    talk.do(step)
    code = talk.current if talk.current in talk.codes()[:2] else ""
    if code:
        talk.do(lambda m: chairing.move_to(m, code))


def pause(talk: Talk, rest: str) -> None:
    """The clock stands."""
    chairing = talk.session.chairing
    talk.do(lambda m: chairing.pause(m, rest))


def all_in(talk: Talk, _rest: str) -> None:
    """Everybody expected is here."""
    talk.do(talk.session.chairing.check_in_all)
    talk.voice.say("Everybody who was expected is in.")


def heard(talk: Talk, _rest: str) -> None:
    """Late joiners have heard the statement."""
    talk.do(talk.session.chairing.statement_repeated)
    talk.voice.say("Everybody in the room has heard the statement.")


def _of_sitting(talk: Talk) -> list[Meeting]:
    return talk.desk.caseload.same_sitting(talk.session.meeting)


def is_of_sitting(talk: Talk, rest: str) -> bool:
    """Whether it is the reference of another meeting of this sitting."""
    return rest.strip().casefold() in {m.ref.casefold() for m in _of_sitting(talk)}


def same_people(talk: Talk, rest: str) -> None:
    """The list of another meeting, each person still to be confirmed."""
    others = _of_sitting(talk)
    if not rest:
        for meeting in others:
            talk.voice.say(f"{meeting.ref}, {meeting.title}: {counted(len(present(meeting)), 'person', 'people')}.")  # fmt: skip
        talk.voice.say(
            "Type same people and a reference." if others else "No other meeting of this sitting."
        )
        return
    other = next(m for m in others if m.ref.casefold() == rest.strip().casefold())
    chairing = talk.session.chairing
    talk.do(lambda m: chairing.attendance_from(m, other))
    talk.voice.say(f"The list of {other.ref} is taken; all in confirms everybody.")


def restricted(talk: Talk, _rest: str) -> None:
    """Begin a restricted part, or end the one under way."""
    part, now, chairing = (
        open_restricted_part(talk.session.meeting), talk.desk.clock(), talk.session.chairing,
    )  # fmt: skip
    if part is None:
        talk.begin(e.RestrictedPart, started_at=now)
        return
    talk.do(lambda m: chairing.change(m, e.RestrictedPart, part.id, ended_at=now))
    talk.voice.say("The restricted part has ended.")


def park(talk: Talk, rest: str) -> None:
    """What is owed under that number stays open, with a reason that prints."""
    gap = numbered(all_owed(talk), rest or "0")
    if not gap.can_park:
        msg = f"{gap.message}: this cannot be parked."
        raise NotTaken(msg)
    text = talk.line(
        f"Park {gap.item}, {gap.message}. Type the reason, and until and a date where there is one; or press Enter to leave it."
    )
    if text:
        reason, day = read_parking(text, talk.session.meeting, talk.area)
        chairing = talk.session.chairing
        talk.do(lambda m: chairing.park(m, gap, reason, day))
        until = f", until {long_date(day)}" if day else ""
        talk.voice.say(f"Parked{until}: it prints as Not covered.")


def finish(talk: Talk, _rest: str) -> None:
    """Five questions, then the meeting is part heard. An answer that was begun waits."""
    session, said = talk.session, dict[str, str]()
    talk.voice.say("Finish now: the meeting is part heard after five answers. Type leave to go on instead.")  # fmt: skip
    for name, question in QUESTIONS:
        draft = f"finish {name}"
        kept = session.draft(draft)
        here = str(session.meeting.level) if name == "level" else kept
        how = f" Type {values.how(_LEVEL)}." if name == "level" else ""
        stands = f" Now: {values.shown(_LEVEL, here) if name == 'level' else here}. Press Enter to keep it." if here else ""  # fmt: skip
        line = talk.line(f"{question}{how}{stands}") or here
        if line.casefold() == "leave":
            talk.voice.say("The meeting goes on; what you answered waits.")
            return
        said[name] = str(values.chosen(_LEVEL, line)) if name == "level" and line else line
        if name != "level":
            session.keep_draft(draft, line)
    day = read_date(said["resume"], session.meeting.held_on, talk.area.calendar)
    if day.day is None:
        session.keep_draft("finish resume", "")
        raise NotTaken(
            f"When do we go on: {day.problem} Type finish again; the other answers wait."
        )
    interim = Interim(
        risk=said["risk"], level=Level(said["level"]) if said["level"] else None,
        actions=said["actions"], reason=said["reason"], resume_on=day.day,
    )  # fmt: skip
    talk.do(lambda m: session.chairing.finish_now(m, interim))
    for name, _question in QUESTIONS:
        if name != "level":
            session.keep_draft(f"finish {name}", "")


def close(talk: Talk, _rest: str) -> None:
    """What is owed is said; with nothing owed it closes, once somebody is sure."""
    session = talk.session
    if session.meeting.state is MeetingState.CLOSED:
        msg = "The meeting is closed. Type reopen and a reason to go on with it."
        raise NotTaken(msg)
    session.flush()
    count = len(stopping(talk.gaps, Stops.CLOSING))
    if count:
        owed(talk, "")
        raise NotTaken(f"{owed_words(count)} before this meeting closes.", code=1)
    later = len(stopping(talk.gaps, Stops.APPROVAL))
    sure = talk.line(
        f"Nothing is owed. {later} to be written up before approval. Type close to close the meeting, or press Enter to leave it open."
    )
    if sure.casefold() == "close":
        talk.do(session.chairing.close)


def reopen(talk: Talk, rest: str) -> None:
    """A meeting closed by mistake goes on."""
    reason = rest or talk.line("Reopen this meeting: why? Type the reason, or press Enter to leave it.")  # fmt: skip
    if reason:
        chairing = talk.session.chairing
        talk.do(lambda m: chairing.reopen(m, reason))


def next_case(talk: Talk, _rest: str) -> None:
    """The next meeting of this sitting; this one is paused or closed first."""
    talk.session.flush()
    if talk.session.meeting.state is MeetingState.OPEN:
        msg = "Pause or close this meeting first."
        raise NotTaken(msg)
    following = talk.desk.planning.next_after(talk.session.meeting)
    if following is None:
        msg = "This is the last meeting of the sitting."
        raise NotTaken(msg)
    talk.following, talk.is_over = following.ref, True


def _beside(talk: Talk) -> list[Meeting]:
    return talk.desk.caseload.to_open_beside(talk.session.meeting)


def is_beside(talk: Talk, rest: str) -> bool:
    """Whether it is the reference of a meeting that may be opened beside this one."""
    return rest.strip().casefold() in {m.ref.casefold() for m in _beside(talk)}


def other_meeting(talk: Talk, rest: str) -> None:
    """To a meeting beside this one; everything here is saved, and leaving there comes back."""
    found = _beside(talk)
    if not found:
        msg = "No other meeting of this sitting can be opened."
        raise NotTaken(msg)
    named = [m for m in found if m.ref.casefold() == rest.strip().casefold()]
    if not named:
        refs = listed(f"{m.ref}, {talk.desk.caseload.standing(m)}," for m in found)
        msg = f"Type other meeting and a reference: {refs}.".replace(",.", ".")
        raise NotTaken(msg)
    talk.session.flush()
    talk.following, talk.is_over = named[0].ref, True
