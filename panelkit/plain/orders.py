"""Every command, once: help, the manual and the tests read this list.

A command is a bare word, because a screen reader speaks it whole and a braille keyboard types it
without a chord; a sign before it (a slash, a colon) is read out or left out as the listener's
punctuation level has it. Where sentences are asked, a line is a command only when it is nothing
else, or after it was asked: see :func:`answer`. A backslash before a line makes it an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from panelkit.plain import (
    calling,
    course,
    looking,
    moving,
    practising,
    returning,
    rewriting,
    saying,
    values,
)
from panelkit.plain.room import MARKED, MARKS, find, mark
from panelkit.plain.steps import FieldStep, Step

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

Do = Callable[["Talk", str], None]
Reads = Callable[["Talk", str], bool]


def _never(_talk: Talk, rest: str) -> bool:
    return not rest


def _always(_talk: Talk, _rest: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Order:
    """One command."""

    words: tuple[str, ...]
    """What it is called; the first is the one that help says."""
    sentence: str
    """What it does."""
    do: Do
    """Does it, with what stands after the word."""
    reads: Reads = _never
    """Whether what stands after it can be meant for it: else the line is an answer."""
    takes: str = ""
    """What may stand after it, for help."""
    keys: tuple[str, ...] = ()
    """Keys of the chair's screen that do the same."""


def _marked(word: str) -> Do:
    return lambda talk, rest: mark(talk, word, rest)


def _no_sentence(talk: Talk, rest: str) -> bool:
    return not rest or not talk.step.free


def _somebody(talk: Talk, rest: str) -> bool:
    return find(talk, rest) is not None


ORDERS: Final[tuple[Order, ...]] = (
    Order(("?", "guide"), "Guidance for this item and this question.", looking.guide, keys=("guide",)),
    Order(("help", "commands"), "Every command.", lambda talk, _rest: tell_orders(talk), keys=("help", "leader")),
    Order(("say again", "repeat"), "Says the last lines again.", looking.say_again),
    Order(("next",), "The next question; Enter by itself does the same.", moving.following),
    Order(("back",), "The question before.", moving.before),
    Order(("next item",), "The next item of the agenda.", moving.next_item, keys=("next",)),
    Order(("back item",), "The item before.", moving.back_item, keys=("back",)),
    Order(("go",), "To an item, by its number or a word of it.", moving.go, moving.is_item, "an item, such as A13", ("jump", "read_back")),
    Order(("returned",), "To where you were before.", moving.returned, keys=("returned",)),
    Order(("done",), "Leaves a form.", moving.done),
    Order(("owed",), "What is owed, in sentences; with a number it goes there.", looking.owed, looking.is_number, "a number", ("owed",)),
    Order(("park",), "Parks what is owed under that number, with a reason that prints.", course.park, looking.is_number, "a number"),
    Order(("where",), "Which meeting, which item, how far, whether all is saved.", looking.where),
    Order(("time",), "Minutes used and left, of the meeting and of the item.", looking.minutes),
    Order(("who", "room"), "Who is in the room, whether that is enough, who else has this open.", looking.who, keys=("room",)),
    Order(("last",), "What was said at this item last time.", looking.last, keys=("last",)),
    Order(("note",), "A note, to this item or any: LHA i A11: flat falls through.", saying.note, _always, "your words", ("note",)),
    Order(("notes",), "Every note, and where it belongs.", saying.notes, looking.is_number, "a number", ("unplaced",)),
    Order(("action",), "An action in one line: Police: DI Shah: visit by 12 Jan > R2.", saying.action, _always, "your words", ("action",)),
    Order(("decision",), "A decision here: begun, or the one there is.", saying.decision, keys=("decision",)),
    Order(("read",), "Reads what stands in this field, sentence by sentence.", rewriting.read_out),
    Order(("over",), "Writes this field anew; what stood there is kept.", rewriting.over),
    Order(("change",), "Writes one sentence of this field anew, by its number.", rewriting.change, looking.is_number, "a number"),
    Order(("clear",), "Makes this field blank; what stood there is kept.", rewriting.clear),
    Order(("undo",), "Puts back what stood where your last answer went; again, what stood before that.", rewriting.undo),
    Order(("earlier",), "What stood in this field before; with a number it is put back.", rewriting.earlier, looking.is_number, "a number", ("earlier",)),
    Order(("history",), "Who changed this field, and when.", rewriting.history, keys=("history",)),
    Order(("choices",), "Every choice of this question, with its number.", looking.choices),
    Order(("confirm",), "What was carried into this field still holds; at the read-back, the chair confirms the line.", rewriting.confirm),
    Order(("confirm all",), "Everything carried at this item still holds; at the read-back, every line that waits for the chair.", rewriting.confirm_all, keys=("confirm_carried",)),
    Order(("withdrawn",), "What was withdrawn; with a number it is brought back.", saying.withdrawn, looking.is_number, "a number", ("withdrawn",)),
    *(
        Order((word,), MARKED[word], _marked(word), _somebody, "a number or a name")
        for word in MARKS
    ),
    Order(("all in",), "Everybody who is expected is in the room.", course.all_in),
    Order(("heard all",), "Everybody in the room has heard the statement.", course.heard),
    Order(("ring",), "Whom to ring for this meeting; with a number and what came of it, a line of the call log.", calling.ring, calling.is_attempt, "a number and coming", ("calls",)),
    Order(("returns",), "What returns of organisations say at this item; with a number and take, it is taken as from the return.", returning.returns, returning.is_line, "a number and take", ("returns",)),
    Order(("afterwards",), "What an emergency panel leaves owing, with its days.", calling.afterwards, keys=("afterwards",)),
    Order(("same people",), "The list of another meeting of this sitting, to be confirmed.", course.same_people, course.is_of_sitting, "a reference", ("same_people",)),
    Order(("restricted",), "Begins or ends a part that only some hear.", course.restricted, keys=("restricted",)),
    Order(("start", "resume", "go on"), "Starts the meeting, or goes on after a pause or a break.", course.go_on, keys=("pause",)),
    Order(("pause",), "Stops the clock, with a reason where there is one.", course.pause, _no_sentence, "a reason"),
    Order(("finish", "finish now"), "Time is gone: what must hold meanwhile, and when we go on.", course.finish, keys=("finish_now",)),
    Order(("close",), "What is owed before closing; then closes.", course.close, keys=("close",)),
    Order(("reopen",), "A closed meeting goes on, with a reason.", course.reopen, _no_sentence, "a reason"),
    Order(("next case",), "The next meeting of this sitting.", course.next_case, keys=("next_case",)),
    Order(("other meeting",), "To a meeting that runs beside this one.", course.other_meeting, course.is_beside, "a reference", keys=("other_meeting",)),
    Order(("documents",), "Writes a document; with its name.", looking.documents, looking.is_document, "a kind, such as full", ("documents",)),
    Order(("who says what",), "In a practice: what is said at this item, once more.", practising.said, keys=("app.practice_said",)),
    Order(("how am i doing",), "In a practice: what the record shows so far; with an item, all of it.", practising.how, practising.is_item, "an item, such as A7", ("app.practice_how",)),
    Order(("elsewhere",), "What is done by a command of the command line.", looking.elsewhere, keys=tuple(looking.ELSEWHERE)),
    Order(("kept",), "Lines that were begun and not taken.", looking.kept),
    Order(("mask",), "Hides every word that is not marked open, or shows them again.", looking.mask, keys=("app.mask",)),
    Order(("lock",), "Saves and locks until the passphrase is typed.", looking.lock, keys=("app.lock_now",)),
    Order(("leave", "quit"), "Saves and leaves; the meeting stays as it is.", moving.leave, keys=("leave",)),
)  # fmt: skip

BY_WORDS: Final = {words: order for order in ORDERS for words in order.words}
_LONGEST: Final = max(len(words.split()) for words in BY_WORDS)
_AS_TEXT: Final = re.compile(r"\\+")


def find_order(line: str) -> tuple[Order | None, str]:
    """The command that a line begins with, and what stands after it; the longest that fits."""
    parts = line.strip().split()
    for count in range(min(_LONGEST, len(parts)), 0, -1):
        order = BY_WORDS.get(" ".join(parts[:count]).casefold())
        if order is not None:
            return order, line.strip().split(None, count)[count] if len(parts) > count else ""
    return None, ""


def is_escaped(line: str) -> bool:
    """Whether a line is a command behind a backslash: an answer, without the first backslash."""
    found = _AS_TEXT.match(line)
    rest = line[found.end() :] if found else ""
    return found is not None and (rest.strip() == "" or find_order(rest)[0] is not None)


def answer(talk: Talk, line: str) -> None:
    """Take a line: a command, nothing, or an answer to the question that is open.

    ``in March he moved`` is an answer although ``in`` is a command: what stands after the word
    names nobody. A note or an action is said back and asked about before it is taken, so that a
    sentence that begins with its word is not filed elsewhere. Raises NotTaken.
    """
    step = talk.step
    if is_escaped(line):
        step.take(talk, line[1:])
        return
    if not line.strip():
        step.enter(talk)
        return
    order, rest = meant(talk, step, line)
    if order is None:
        step.take(talk, line)
        return
    talk.ask_again()
    order.do(talk, rest)


def meant(talk: Talk, step: Step, line: str) -> tuple[Order | None, str]:
    """The command that a line is meant for at that question, and what follows it; None for an
    answer. A choice that is called like a command is the choice.
    """
    if isinstance(step, FieldStep) and values.named(step.field, line) is not None:
        return None, ""
    order, rest = find_order(line)
    if order is not None and (not rest or order.reads(talk, rest)):
        return order, rest
    return None, ""


def tell_orders(talk: Talk) -> None:
    """Every command, one line each."""
    for order in ORDERS:
        called = ", or ".join(order.words)
        takes = f", with {order.takes}" if order.takes else ""
        talk.voice.say(f"{called}{takes}: {order.sentence}")
    contact = talk.area.accessibility_contact
    told = (
        f"tell {contact}" if contact else "tell your co-ordinator; the area file names nobody yet"
    )
    talk.voice.say(
        f"Where something here cannot be used with what you use: {told}.",
        "An answer that is a command's word is typed with a backslash before it. Words end with a "
        "full stop alone on a line; a line of your words that is a full stop alone is typed with a "
        "backslash before it.",
    )
