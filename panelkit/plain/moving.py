"""Commands that go to another question, another item, or out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelkit.plain.values import NotTaken
from panelkit.plain.voice import listed

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk


def following(talk: Talk, _rest: str) -> None:
    """As Enter by itself."""
    talk.step.enter(talk)


def before(talk: Talk, _rest: str) -> None:
    """The question before."""
    talk.backward()


def next_item(talk: Talk, _rest: str) -> None:
    """The item after."""
    _step(talk, 1, "This is the last item.")


def back_item(talk: Talk, _rest: str) -> None:
    """The item before."""
    _step(talk, -1, "This is the first item.")


def _step(talk: Talk, by: int, there_is_none: str) -> None:
    found = talk.item_after(talk.current, by)
    if found is None:
        raise NotTaken(there_is_none)
    _go(talk, found.code)


def _go(talk: Talk, code: str) -> None:
    talk.trail.append((talk.current, talk.frames[0].at))
    talk.say_title_again()
    talk.go_to(code)


def items(talk: Talk, words: str) -> list[str]:
    """Codes of the items that ``words`` may mean: a number, or a word of a title."""
    plain, codes = words.strip().casefold(), talk.codes()
    exact = [code for code in codes if plain in (code.casefold(), code.casefold()[1:])]
    if exact or not plain:
        return exact[:1]
    meeting = talk.session.meeting
    short = [code for code in codes if meeting.item(code).short.casefold().startswith(plain)]
    return short or [code for code in codes if plain in meeting.item(code).title.casefold()]


def is_item(talk: Talk, rest: str) -> bool:
    """Whether it is an item's number or its short name; where no sentence is asked, anything."""
    plain, meeting = rest.strip().casefold(), talk.session.meeting
    found = items(talk, rest)
    exact = [plain in (c.casefold(), c.casefold()[1:], meeting.item(c).short.casefold()) for c in found]  # fmt: skip
    return any(exact) or not talk.step.free


def go(talk: Talk, rest: str) -> None:
    """To an item; without a word every item is said."""
    if not rest.strip():
        meeting = talk.session.meeting
        for code in talk.codes():
            owed = len(talk.owed_here(code))
            talk.voice.say(f"{code}, {meeting.item(code).title}{f', {owed} owed' if owed else ''}.")
        return
    found = items(talk, rest)
    if len(found) != 1:
        which = f"Which one, {listed(found)}?" if found else "No item is called so."
        msg = f"{which} Type go and a number, such as go A13; go by itself says them all."
        raise NotTaken(msg)
    _go(talk, found[0])


def returned(talk: Talk, _rest: str) -> None:
    """Where somebody was before they went elsewhere."""
    if not talk.trail:
        msg = "You have not been elsewhere."
        raise NotTaken(msg)
    code, key = talk.trail.pop()
    talk.say_title_again()
    talk.go_to(code, key)


def done(talk: Talk, _rest: str) -> None:
    """Out of a form."""
    talk.leave_form()


def leave(talk: Talk, _rest: str) -> None:
    """Out of the program, with everything saved or kept."""
    talk.session.flush()
    session = talk.session
    if session.unsaved and not session.is_safe and talk.lines.is_terminal:
        held = next(iter(session.unsaved.values()))
        problem = held.problem or "Something typed here is not saved yet; it is tried again."
        if not talk.is_sure(f"{problem} Leave all the same? What is not saved would be lost."):
            return
    talk.is_over = True
