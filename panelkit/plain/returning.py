"""What returns of organisations say at an item, and how far they are, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain.return_words import allows, line_words
from panelkit.domain.returns import lines_at
from panelkit.domain.vocabulary import ReturnUse
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import listed, said_of, sentence

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

ACTS: Final = ("take", "aside", "agree")
"""What is typed for a line: taken as from the return, set aside, or its giver agrees to minuting."""


def _rows(talk: Talk) -> tuple[tuple[e.AgencyReturn, e.ReturnLine], ...]:
    return lines_at(talk.session.meeting, talk.item.code)


def _split(talk: Talk, rest: str) -> tuple[e.ReturnLine | None, str]:
    """The line that a number names, and what is to be done with it."""
    number, _, act = " ".join(rest.split()).casefold().partition(" ")
    rows = _rows(talk)
    found = number.isdecimal() and 1 <= int(number) <= len(rows)
    return (rows[int(number) - 1][1] if found else None), act


def is_line(talk: Talk, rest: str) -> bool:
    """Whether a line and an act are named, or nothing: else the line is an answer."""
    line, act = _split(talk, rest)
    return not rest or (line is not None and act in ACTS)


def returns(talk: Talk, rest: str) -> None:
    """What returns say at this item; with a number and an act, that is done with the line. Raises
    NotTaken."""
    if not rest:
        _tell(talk)
        return
    line, act = _split(talk, rest)
    if line is None or act not in ACTS:  # only where it is typed as a command by itself
        raise NotTaken(f"Type returns, a number, and {listed(ACTS)}.")
    verbs = talk.desk.return_taking
    do = {"take": verbs.take, "aside": verbs.set_aside, "agree": verbs.agree}[act]
    talk.do(lambda m: do(m, line.id))
    after = talk.session.meeting.entry(e.ReturnLine, line.id)
    if act == "agree":
        talk.voice.say("They agree that it is minuted.")
    elif after.use is ReturnUse.TAKEN:
        talk.voice.say(f"Taken into {after.taken_in}, as from the return and not as said here.")
    else:
        talk.voice.say("Set aside." if after.use else "Offered again.")


def _tell(talk: Talk) -> None:
    rows = _rows(talk)
    for number, (one, line) in enumerate(rows, start=1):
        state = {ReturnUse.TAKEN: f"taken into {line.taken_in}", ReturnUse.ASIDE: "set aside"}
        word = state[line.use] if line.use is not None else "not taken"
        words = said_of(line_words(one, line), is_open=False)
        allowed = (
            "" if line.about else said_of(allows(line.minuted, line.restricted_to), is_open=False)
        )
        head = f"{number}: {said_of(line.organisation, is_open=True)}, {word}"
        talk.voice.say(
            sentence(", ".join(part for part in (head, allowed) if part)), sentence(words)
        )
    if rows:
        talk.voice.say(f"Type returns, a number, and {listed(ACTS)}.")
    else:
        talk.voice.say("No return says anything at this item.")
    talk.voice.say("Who was asked and who answered: panelkit return list.")
