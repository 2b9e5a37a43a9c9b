"""A planned meeting cancelled or postponed, and why an emergency panel was called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from panelkit.commands.codes import must_be_day, term_of
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import Refused
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOff, PutOffReason, is_cancelled
from panelkit.domain.vocabulary import EmergencyCause, MeetingKind
from panelkit.services.acting import must_may
from panelkit.wiring import Settings, area_of, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.services.putting_off import PuttingOff


@contextmanager
def _putting_off(settings: Settings) -> Iterator[PuttingOff]:
    from panelkit.services.putting_off import PuttingOff

    with record_in_use(settings) as record:
        yield PuttingOff(record, settings.clock, who_works(settings, record))


def cancel(settings: Settings, ref: str, *, reason: str, day: str, words: str) -> int:
    """It is not held."""
    why, on = term_of(PutOffReason, reason, "reason"), day_of(day, "--on")
    with _putting_off(settings) as verbs:
        return _say(ref, verbs.cancel(ref, why, on, words))


def postpone(settings: Settings, ref: str, *, to: str, reason: str, day: str, words: str) -> int:
    """It is held on a later day."""
    new, why = must_be_day(to, "--to"), term_of(PutOffReason, reason, "reason")
    on = day_of(day, "--on")
    with _putting_off(settings) as verbs:
        return _say(ref, verbs.postpone(ref, new, why, on, words))


def undo(settings: Settings, ref: str, number: int, *, because: str) -> int:
    """A line taken back."""
    with _putting_off(settings) as verbs:
        return _say(ref, verbs.undo(ref, number, because))


def days(settings: Settings, ref: str, *, as_json: bool) -> int:
    """The days on which it was not held."""
    with _putting_off(settings) as verbs:
        meeting, found = verbs.of(ref)
    if not as_json:
        state = "cancelled" if is_cancelled(meeting, found) else meeting.state.label
        say(f"{meeting.ref}  {meeting.title}  {long_date(meeting.held_on)}  {state}")
        return _say("", found)
    return say_json(
        {
            "ref": meeting.ref, "held_on": meeting.held_on.isoformat(),
            "cancelled": is_cancelled(meeting, found),
            "put_off": [
                {
                    "number": number, "kind": str(one.kind), "reason": str(one.reason),
                    "decided_on": one.decided_on.isoformat(), "words": one.words,
                    "planned_for": one.planned_for.isoformat(),
                    "new_day": one.new_day.isoformat() if one.new_day else None,
                    "withdrawn": one.withdrawn,
                }
                for number, one in enumerate(found, 1)
            ],
        }
    )  # fmt: skip


def _say(ref: str, found: Sequence[PutOff]) -> int:
    if ref:
        say(ref)
    for number, one in enumerate(found, 1):
        more = [one.words, f"Taken back: {one.withdrawn}" if one.withdrawn else ""]
        say(f"  {number}  {one.words_of_it}{''.join(f'. {part}' for part in more if part)}")
    if not found:
        say("  It was not put off.")
    return 0


def cause(settings: Settings, ref: str, code: str) -> int:
    """Why an emergency panel was called, as A1 of the meeting has it."""
    from panelkit.services.chairing import Chairing

    why = term_of(EmergencyCause, code, "cause")
    with record_in_use(settings) as record:
        area, _agenda = area_of(settings, record)
        must_may(record, Act.RECORD)
        verbs = Chairing(record, area, settings.clock, who_works(settings, record))
        meeting = verbs.load(ref)
        if meeting.kind is not MeetingKind.EMERGENCY:
            raise Refused(f"{meeting.ref} is no emergency panel: it is {meeting.kind.label}.")
        verbs.record_answer(meeting, "A1", "emergency_cause", str(why))
    say(f"{meeting.ref}: {why.label}. What happened is said in its words, at A1.")
    return 0
