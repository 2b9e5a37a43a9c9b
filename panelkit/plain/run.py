"""A meeting from its greeting to its end, over lines; another one beside it, and back."""

from __future__ import annotations

from collections.abc import Callable

from panelkit.domain.errors import NotAllowed, PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.idleness import Patience
from panelkit.domain.people import Act
from panelkit.opened.outgoing import send_what_waits
from panelkit.opened.seconds import Seconds, seconds_passed
from panelkit.opened.sharing import SHARING
from panelkit.plain import practising
from panelkit.plain.begun import STATES
from panelkit.plain.ending import Ended
from panelkit.plain.reading import Lines
from panelkit.plain.resting import Resting
from panelkit.plain.talk import Talk
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import Voice, counted
from panelkit.services.desk import Desk
from panelkit.services.opening import Opening


def hold(
    desk: Desk, ref: str, lines: Lines, voice: Voice, complain: Callable[[str], object], *,
    patience: Patience | None = None, seconds: Seconds = seconds_passed,
    was_stopped: Callable[[], bool] = lambda: False,
) -> int:  # fmt: skip
    """Lead the meeting called ``ref`` until somebody leaves; the code that the program ends with.

    0 where it was left, or a script's lines have ended; 1 where a script would close a meeting
    that owes something; 2 where a line of a script was not taken, or not saved; 128 and the
    signal's number where one came. ``complain`` is told why a script ended. Raises NotFound,
    NotAllowed.
    """
    if why := desk.why_not(Act.READ):
        raise NotAllowed(why)
    SHARING.forget()
    sent, _left = send_what_waits(desk)
    if sent:
        voice.say(f"{counted(sent, 'passage')} typed while the server was away: sent.")
    behind: list[str] = []
    while True:
        talk = Talk(desk, desk.caseload.find(ref), voice, lines)
        Resting(talk, patience or Patience(), seconds, was_stopped)
        code = _lead(talk, complain)
        if talk.following:
            behind.append(talk.session.meeting.ref)
            ref = talk.following
        elif behind and code == 0 and not talk.has_ended:
            ref = behind.pop()
        else:
            return code


def _lead(talk: Talk, complain: Callable[[str], object]) -> int:
    code = 0
    try:
        _greet(talk)
        talk.go_on()
    except NotTaken as refused:
        code = refused.code
        complain(f"line {talk.lines.count}: {refused.sentence}")
    except Ended as ended:
        talk.has_ended = True
        talk.begun.keep_now(ended.begun)
        code = 128 + ended.number if ended.number else 0
    return _save(talk, code, complain)


def _greet(talk: Talk) -> None:
    """Whose meeting, how far it is, how to get help; then where somebody was."""
    desk, meeting = talk.desk, talk.session.meeting
    talk.voice.say(
        f"{desk.area.marking}.",
        f"{meeting.ref}, {meeting.level.label} {meeting.kind.label}, meeting {meeting.number}, {long_date(meeting.held_on)}. You are {desk.who_said}.",
        *([] if desk.encrypted else ["This record is NOT ENCRYPTED."]),
        STATES.get(meeting.state, f"The meeting is {meeting.state.label}."),
        "Type a question mark for guidance, help for the commands.",
    )
    problem = Opening(desk.caseload.record, desk.clock, desk.who).note([meeting], "the meeting")
    if problem:
        talk.voice.say(f"This opening is not journaled: {problem}")
    practising.begin(talk)
    talk.begun.take_up()


def _save(talk: Talk, code: int, complain: Callable[[str], object]) -> int:
    """Everything typed is stored, or kept beside the record; what is neither is said."""
    session = talk.session
    try:
        session.save_all()
        talk.remember()
    except PanelkitError as failed:
        complain(failed.sentence)
    finally:
        session.company.stop(leave=not session.problem)
    if session.is_safe:
        talk.voice.say("Everything typed is saved or kept. Goodbye." if not talk.following else "")
        return code
    complain("the last words typed could not be saved")
    return code or 2
