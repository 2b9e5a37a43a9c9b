"""Ringing round for an emergency panel, and what it leaves owing, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from panelkit.domain.calling import ToRing, call_word
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import CallOutcome, MeetingKind
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import listed, said_of, sentence
from panelkit.services.emergency import outcome_words

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

OUTCOMES: Final = {str(each).replace("_", " "): each for each in CallOutcome}
"""What is typed for what came of an attempt."""


def _split(rest: str) -> tuple[str, CallOutcome | None]:
    """Whom, and what came of it, where the line ends in one of its words."""
    plain = " ".join(rest.split())
    for words in sorted(OUTCOMES, key=len, reverse=True):
        if plain.casefold().endswith(f" {words}"):
            return plain[: -len(words) - 1], OUTCOMES[words]
    return plain, None


def _found(talk: Talk, whom: str) -> ToRing | None:
    rows = talk.desk.emergency.to_ring(talk.session.meeting)
    if whom.isdecimal():
        return rows[int(whom) - 1] if 1 <= int(whom) <= len(rows) else None
    return next((row for row in rows if row.key.casefold() == whom.casefold()), None)


def is_attempt(talk: Talk, rest: str) -> bool:
    """Whether an attempt is named, or nothing: else the line is an answer."""
    whom, outcome = _split(rest)
    return not rest or (outcome is not None and _found(talk, whom) is not None)


def ring(talk: Talk, rest: str) -> None:
    """Everybody to be rung; with a number and what came of it, one line more of the log. Raises
    NotTaken."""
    if not rest:
        _tell(talk)
        return
    whom, outcome = _split(rest)
    row = _found(talk, whom)
    if row is None or outcome is None:  # only where ring is typed as a command by itself
        msg = f"Type ring, a number, and {listed(OUTCOMES)}."
        raise NotTaken(msg)
    if not row.organisation:
        msg = f"{row.agency.label}: nobody has said which organisation. panelkit meeting ring takes its name."
        raise NotTaken(msg)
    emergency = talk.desk.emergency
    talk.do(lambda m: emergency.ring(m, row.organisation, row.agency, outcome, person=row.person))
    talk.voice.say(f"{row.organisation}: {outcome.label.lower()}, now.")


def _tell(talk: Talk) -> None:
    meeting = talk.session.meeting
    rows = talk.desk.emergency.to_ring(meeting)
    talk.voice.say(sentence(outcome_words(rows)))
    for number, row in enumerate(rows, start=1):
        name = row.organisation or f"{row.agency.label}, which organisation is not said"
        said = call_word(meeting, row.organisation) if row.last else "not rung"
        person = (row.last.person if row.last else "") or row.person
        needed = "needed" if row.needed else ""
        whom = f"ring {said_of(row.ring, is_open=False)}" if row.ring else ""
        talk.voice.say(
            sentence(", ".join(part for part in (f"{number}: {name}", said, needed, person, whom) if part))
        )  # fmt: skip
    talk.voice.say(f"Type ring, a number, and {listed(OUTCOMES)}.")


def afterwards(talk: Talk, _rest: str) -> None:
    """What the panel leaves owing, each with its day and its rule."""
    meeting = talk.session.meeting
    if meeting.kind is not MeetingKind.EMERGENCY:
        talk.voice.say("This is no emergency panel: nothing is owed after it beyond its gaps.")
        return
    today = talk.desk.caseload.today()
    for one in talk.desk.emergency.owed(meeting):
        if one.is_settled:
            on = f", {long_date(one.settled_on)}" if one.settled_on else ""
            state = f"settled, {said_of(one.settled_by, is_open=True) or one.shown_by}{on}"
        else:
            state = f"{'LATE, it was due' if one.is_late(today) else 'due'} {long_date(one.due)}"
        talk.voice.say(sentence(f"{one.what.label}: {one.words}, {state}", f"{one.rule}, {one.source}"))  # fmt: skip
    talk.voice.say("What came in is written down with panelkit meeting settle.")
