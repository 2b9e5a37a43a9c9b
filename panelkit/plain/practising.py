"""Commands of a practice: what is said at an item, and how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelkit.domain.errors import PanelkitError
from panelkit.opened.practised import item_lines, summary_lines
from panelkit.opened.sharing import SHARING
from panelkit.plain.moving import items
from panelkit.plain.values import NotTaken

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk
    from panelkit.services.practising import Practising


def begin(talk: Talk) -> None:
    """Whose place the learner takes, and what is going on; nothing outside a practice."""
    practice = talk.desk.practice
    if practice is None:
        return
    scenario = practice.scenario
    talk.voice.say(
        f"This is a practice, attempt {practice.number}: everything in it is invented. Type nothing of a real case.",
        scenario.story,
        "To practise here:",
        *scenario.teaches,
        "Type who says what to hear again what people say at an item, and how am i doing whenever you like.",
    )


def tell(talk: Talk) -> None:
    """What is said at the item that was come to; nothing outside a practice."""
    if talk.desk.practice is not None:
        talk.voice.say(*(line.said for line in talk.desk.practice.said_at(talk.current)))


def _practice(talk: Talk) -> Practising:
    if talk.desk.practice is None:
        msg = "That is for a practice: panelkit practice opens one."
        raise NotTaken(msg)
    return talk.desk.practice


def said(talk: Talk, _rest: str) -> None:
    """What is said at this item, once more."""
    found = _practice(talk).said_at(talk.current)
    talk.voice.say(*([line.said for line in found] or ["Nobody says anything here."]))


def is_item(talk: Talk, rest: str) -> bool:
    """Whether an item is named, or nothing."""
    return not rest or bool(items(talk, rest))


def how(talk: Talk, rest: str) -> None:
    """What the record shows so far: in a few sentences, or of one item all of it."""
    practice = _practice(talk)
    if SHARING.on:
        msg = "What the record shows is not said while masked. Type mask first."
        raise NotTaken(msg)
    talk.session.flush()
    try:
        asked = practice.ask(talk.session.meeting)
    except PanelkitError as failed:
        raise NotTaken(failed.sentence) from None
    if rest:
        codes = items(talk, rest)
        for one in asked.items:
            if one.code in codes:
                talk.voice.say(*item_lines(one))
        return
    talk.voice.say(*summary_lines(asked))
    for one in asked.items:
        if one.missed:
            talk.voice.say(f"{one.code or 'The case'}, {one.title}: {one.figures}.")
    talk.voice.say("Type how am i doing and an item, such as A7, to hear all of it.")
