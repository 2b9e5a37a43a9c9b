"""Commands on what stands in a field: heard by sentence, written anew, undone, confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import Field, FieldKind, long_date
from panelkit.domain.vocabulary import Sensitivity
from panelkit.opened.session import Spot
from panelkit.plain import values
from panelkit.plain.readback import ReadOut
from panelkit.plain.steps import FieldStep
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import counted, said_of, sentence, sentences, spans
from panelkit.services.clock import room_time

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk


def field_step(talk: Talk) -> FieldStep:
    """The field that is open. Raises NotTaken at any other question, and where it is masked."""
    step = talk.step
    if not isinstance(step, FieldStep):
        msg = "That is for a field; this question is none."
        raise NotTaken(msg)
    talk.must_show(step.field)
    return step


def _words(talk: Talk) -> FieldStep:
    step = field_step(talk)
    if step.field.kind is not FieldKind.WORDS:
        msg = "That is for words of several lines: type the new answer to this question instead."
        raise NotTaken(msg)
    return step


def read_out(talk: Talk, _rest: str) -> None:
    """Sentence by sentence, each with its number."""
    step = field_step(talk)
    found = sentences(values.shown(step.field, talk.session.text(step.spot)))
    for place, each in enumerate(found, start=1):
        talk.voice.say(f"{place}: {each}")
    if not found:
        talk.voice.say("Nothing stands here.")
    elif step.field.kind is FieldKind.WORDS:
        talk.voice.say("Type change and a number to write one of them anew.")


def over(talk: Talk, _rest: str) -> None:
    """The whole field anew."""
    step = _words(talk)
    talk.write(step.spot, _first(talk, "Write it anew."))
    talk.forward()


def change(talk: Talk, rest: str) -> None:
    """One sentence anew; every other character stays as it is."""
    step = _words(talk)
    text = talk.session.text(step.spot)
    found = spans(text)
    if not rest or not 1 <= int(rest.split(maxsplit=1)[0]) <= len(found):
        msg = f"Say which sentence, 1 to {len(found)}." if found else "Nothing stands here."
        raise NotTaken(msg)
    start, end = found[int(rest.split(maxsplit=1)[0]) - 1]
    first = _first(talk, f"Instead of: {text[start:end]}")
    talk.write(step.spot, first, before=text[:start], after=text[end:])


def _first(talk: Talk, head: str) -> str:
    talk.voice.say(f"{head} Type the words, and a full stop alone on the last line.")
    first = talk.read()
    if first in ("", "."):
        msg = "Nothing was typed: it stands as it was."
        raise NotTaken(msg)
    return first


def clear(talk: Talk, _rest: str) -> None:
    """Blank again, which is never No."""
    step = field_step(talk)
    talk.put(step.spot, "")
    talk.voice.say("Blank now. Type undo to put it back.")


def undo(talk: Talk, _rest: str) -> None:
    """What stood where the last answer went, one visit at a time; without one, in this field."""
    session = talk.session
    session.flush()
    spot = talk.answered or field_step(talk).spot
    field = session.field(spot)
    if field is None:
        msg = "What was answered last is no longer there."
        raise NotTaken(msg)
    talk.must_show(field)
    undone = talk.undone
    if undone is None:
        # What is put back is a visit of its own: what stands now is kept once.
        undone = (spot, [kept.text for kept in session.earlier(spot)])
        session.arrive(spot)
    before = undone[1]
    while before and before[-1] == session.stored(spot):
        before.pop()
    if not before:
        msg = f"{field.label}: nothing else stood here before."
        raise NotTaken(msg)
    talk.put(spot, before.pop())
    talk.undone = undone
    _say_now(talk, spot, field)


def earlier(talk: Talk, rest: str) -> None:
    """Everything that stood here before, the newest first; a number puts it back."""
    step = field_step(talk)
    session = talk.session
    session.flush()
    now = session.stored(step.spot)
    found = [kept for kept in reversed(session.earlier(step.spot)) if kept.text != now]
    if rest and 1 <= int(rest.split(maxsplit=1)[0]) <= len(found):
        session.arrive(step.spot)
        talk.put(step.spot, found[int(rest.split(maxsplit=1)[0]) - 1].text)
        _say_now(talk, step.spot, step.field)
        return
    for place, kept in enumerate(found, start=1):
        at = room_time(kept.typed_at) if kept.typed_at else None
        when = f"{long_date(at.date())} {at:%H:%M}" if at else "time not kept"
        checked = "" if kept.checked else ", NOT AS JOURNALED"
        shown = values.shown(step.field, kept.text) or "blank"
        talk.voice.say(f"{place}: {when}, {kept.typed_by}{checked}: {shown}")
    talk.voice.say(
        "Type earlier and a number to put it back." if found else "Nothing else stood here before."
    )


def history(talk: Talk, _rest: str) -> None:
    """Who changed this field and when, the newest first."""
    step = field_step(talk)
    session, spot = talk.session, step.spot
    session.flush()
    try:
        found = session.chairing.field_history(session.meeting, spot.owner, spot.field, spot.entry)
    except PanelkitError as failed:
        raise NotTaken(failed.sentence) from None
    talk.voice.say(f"{step.field.label}: {counted(len(found), 'change')}.")
    for each in reversed(found):
        at = room_time(each.at) if each.at else None
        when = f"{long_date(at.date())} {at:%H:%M}" if at else "time not kept"
        words = "the words were not kept" if each.text is None else each.text or "blank"
        shown = values.shown(step.field, words) if each.text else words
        now = ", as it is now" if each.stands else ""
        talk.voice.say(
            sentence(f"{when}, {each.who or 'not kept'}, {each.known.label}{now}", shown)
        )


def confirm(talk: Talk, _rest: str) -> None:
    """Carried words still hold; at the read-back, the chair confirms the line."""
    step = talk.step
    if isinstance(step, ReadOut):
        step.take(talk, "confirm")
        return
    spot = field_step(talk).spot
    if not talk.carried_from(spot):
        msg = "Nothing was carried into this field that waits to be confirmed."
        raise NotTaken(msg)
    chairing = talk.session.chairing
    if spot.entry:
        _confirm_entry(talk, spot)
    else:
        talk.do(lambda m: chairing.confirm_answer(m, spot.owner, spot.field))
    talk.voice.say("Confirmed.")
    talk.forward()


def _confirm_entry(talk: Talk, spot: Spot) -> None:
    from panelkit.domain.entries import BY_KIND

    chairing = talk.session.chairing
    talk.do(
        lambda m: chairing.change(m, BY_KIND[spot.owner], spot.entry, confirmed_by=talk.desk.who)
    )


def confirm_all(talk: Talk, _rest: str) -> None:
    """Everything carried at this item, or every line of the read-back that waits."""
    chairing, waiting = talk.session.chairing, _waiting(talk)
    for kind, entry in waiting:
        talk.do(lambda m, kind=kind, entry=entry: chairing.read_back(m, kind, entry))  # type: ignore[misc]
    talk.do(lambda m: chairing.confirm_item(m, talk.current))
    more = f" {counted(len(waiting), 'line')} confirmed by the chair." if waiting else ""
    talk.voice.say(f"Everything carried at {talk.current} is confirmed.{more}")


def _waiting(talk: Talk) -> list[tuple[type, str]]:
    steps = talk.frames[0].steps(talk)
    outs = [step for step in steps if isinstance(step, ReadOut)]
    meeting = talk.session.meeting
    return [
        (step.kind, step.entry)
        for step in outs
        if meeting.entry(step.kind, step.entry).read_back == "to_be_confirmed"
    ]


def _say_now(talk: Talk, spot: Spot, field: Field) -> None:
    is_open = field.sensitivity is Sensitivity.OPEN
    text = said_of(values.shown(field, talk.session.text(spot)), is_open=is_open)
    talk.voice.say(f"{field.label}, put back: {text or 'blank'}")
