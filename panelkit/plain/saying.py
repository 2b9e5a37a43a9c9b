"""Notes, actions and decisions, each begun in one line from any question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.errors import PanelkitError
from panelkit.domain.quick import read_action, read_target
from panelkit.opened.asking import action_in_words, begun_action, begun_note, note_in_words
from panelkit.plain.steps import NUMBERED, FieldStep, one_of, restore, row_in_words
from panelkit.plain.voice import said_of, sentence

if TYPE_CHECKING:
    from panelkit.domain.meeting import Meeting
    from panelkit.plain.talk import Talk

AS_TEXT = "text"
"""Typed instead of Enter: the line is the answer to the question that was open."""


def _taken(talk: Talk, line: str, word: str, heard: str) -> str:
    """The line, once somebody has heard what it means; another where they typed another; blank
    where it is left, or was an answer after all.
    """
    step = talk.step
    also = f", {AS_TEXT} to make it the answer to {step.field.label}" if isinstance(step, FieldStep) and step.free else ""  # fmt: skip
    talk.session.keep_draft(word, line)
    said = talk.line(f"{heard} Press Enter to keep it{also}, drop to leave it, or type it anew.")
    if said.casefold() == "drop":
        talk.session.keep_draft(word, "")
        talk.voice.say("Left.")
        return ""
    if said.casefold() == AS_TEXT and also:
        talk.session.keep_draft(word, "")
        step.take(talk, f"{word} {line}")
        return ""
    return line if not said else f"\n{said}"


def _until_taken(talk: Talk, rest: str, word: str, hint: str, heard: object) -> str:
    line = rest or talk.line(hint)
    while line:
        taken = _taken(talk, line, word, heard(line))  # type: ignore[operator]
        if not taken.startswith("\n"):
            return taken
        line = taken[1:]
    return ""


def note(talk: Talk, rest: str) -> None:
    """A note in one line: to this meeting, to another that is open beside it, or to both."""
    others = talk.desk.caseload.beside(talk.session.meeting)
    hint = "Note. Type who, kind, item, a colon and the words, such as: LHA i A11: flat falls through. Or press Enter to leave it."

    def heard(line: str) -> str:
        to = read_target(line, talk.session.meeting, others)
        named = [f"{m.ref}: " if others else "" for m in to.meetings]
        meant = [_spoken(note_in_words(to.text, m)) for m in to.meetings]
        return sentence(*(a + b for a, b in zip(named, meant, strict=True)), to.problem)

    line = _until_taken(talk, rest, "note", hint, heard)
    if not line:
        return
    to = read_target(line, talk.session.meeting, others)
    left = [(m, why) for m in to.meetings if (why := _keep_note(talk, to.text, m))]
    waits = "" if not left else line if len(left) == len(to.meetings) else to.text
    talk.session.keep_draft("note", waits)
    for meeting, why in left:
        talk.voice.say(f"{why} The note for {meeting.ref} waits in the note line.")
    if not left:
        talk.voice.say("The note is kept.")


def _keep_note(talk: Talk, text: str, meeting: Meeting) -> str:
    """One note of one meeting; why it was not kept, blank where it was."""
    chairing, fresh = talk.session.chairing, begun_note(text, meeting)
    if meeting.id == talk.session.meeting.id:
        return talk.session.do(lambda m: chairing.add(m, fresh))
    try:
        chairing.add(chairing.load(meeting.id), fresh)
    except PanelkitError as failed:
        return failed.sentence
    return ""


def notes(talk: Talk, rest: str) -> None:
    """Every note, with where it belongs; a number opens it."""
    rows: list[e.Entry] = list(talk.session.meeting.live(e.Note))
    if rest:
        talk.open_form(e.Note, one_of(rows, rest.split(maxsplit=1)[0], "Notes").id)
        return
    for place, row in enumerate(rows, start=1):
        talk.voice.say(f"{place}: {row_in_words(row)}")
    talk.voice.say("Type notes and a number to open one." if rows else "There is no note.")


def action(talk: Talk, rest: str) -> None:
    """An action in one line; what is missing is asked, and whether its owner accepts it."""
    calendar = talk.area.calendar
    hint = "Action. Type agency, person, what and by when, such as: Police: DI Shah: visit the hostel by 12 Jan > R2. Or press Enter to leave it."

    def heard(line: str) -> str:
        said = read_action(line, talk.session.meeting, calendar)
        weak = [words for _letter, met, words in said.smart if not met]
        return sentence(
            _spoken(action_in_words(said, talk.session.meeting)),
            f"“{said.text}”",
            f"Not yet: {'; '.join(weak)}" if weak else "",
        )

    line = _until_taken(talk, rest, "action", hint, heard)
    if not line:
        return
    fresh = begun_action(read_action(line, talk.session.meeting, calendar))
    talk.do(lambda m: talk.session.chairing.add(m, fresh))
    talk.session.keep_draft("action", "")
    stored = talk.session.meeting.entry(e.Action, fresh.id)
    talk.voice.say(f"Action {stored.ref} is kept.")
    missing = tuple(key for key in ("owner", "organisation", "due") if not getattr(stored, key))
    talk.open_form(e.Action, fresh.id, (*missing, "success_measure", "accepted"))


def decision(talk: Talk, _rest: str) -> None:
    """The decision of this item; begun where there is none."""
    here = [d for d in talk.session.meeting.live(e.Decision) if d.at_item == talk.current]
    if here:
        talk.open_form(e.Decision, here[-1].id)
    else:
        talk.begin(e.Decision)


def withdrawn(talk: Talk, rest: str) -> None:
    """Everything withdrawn at this meeting; a number brings it back."""
    meeting = talk.session.meeting
    kinds = [kind for kind in e.ENTRIES if kind not in e.SOURCES]
    rows = [row for kind in kinds for row in meeting.of(kind) if row.withdrawn]
    if rest:
        found = NUMBERED.match(f"restore {rest}")
        restore(talk, one_of(rows, found[2] if found else None, "Withdrawn"))
        return
    for place, row in enumerate(rows, start=1):
        because = said_of(row.withdrawn, is_open=False)
        talk.voice.say(f"{place}: {row.item}, {sentence(name_of(row), f'because: {because}')}")
    talk.voice.say(
        "Type withdrawn and a number to bring one back." if rows else "Nothing was withdrawn."
    )


def _spoken(words: str) -> str:
    """Without the dots that a screen sets between parts: they are read aloud."""
    return words.replace(" · ", ", ").replace("?, ", " not known, ").rstrip("?")
