"""The histories of cases: shown, entered, corrected, worked out from meetings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from panelkit.commands.codes import must_be_day, term_of
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.spans import SpanKind, SpanReason
from panelkit.wiring import Settings, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.services.histories import Histories, History


@contextmanager
def _histories(settings: Settings) -> Iterator[Histories]:
    from panelkit.services.histories import Histories

    with record_in_use(settings) as record:
        yield Histories(record, settings.clock, who_works(settings, record))


def show(settings: Settings, case: str, *, as_json: bool) -> int:
    """What held of a case for how long, and what became of the individual."""
    with _histories(settings) as verbs:
        found = verbs.history(case)
    return _say(found, as_json=as_json)


def _say(found: History, *, as_json: bool = False) -> int:
    if as_json:
        return say_json(
            {
                "case": found.ref,
                "spans": [
                    {
                        "number": number, "kind": str(s.kind), "value": s.value,
                        "from": s.from_day.isoformat(), "to": s.to_day.isoformat() if s.to_day else None,
                        "reason": str(s.reason), "end_reason": str(s.end_reason or ""),
                        "derived": s.derived, "because": s.because, "withdrawn": s.withdrawn,
                    }
                    for number, s in enumerate(found.spans, 1)
                ],
                "events": [
                    {
                        "number": number, "kind": str(one.kind), "day": one.day.isoformat(),
                        "note": one.note, "withdrawn": one.withdrawn,
                    }
                    for number, one in enumerate(found.events, 1)
                ],
            }
        )  # fmt: skip
    say(found.ref)
    for number, span in enumerate(found.spans, 1):
        more = [
            span.reason.label, f"ended: {span.end_reason.label}" if span.end_reason else "",
            "worked out from meetings" if span.derived else "", span.because,
            f"withdrawn: {span.withdrawn}" if span.withdrawn else "",
        ]  # fmt: skip
        say(f"  {number:>3}  {span.words}. {'. '.join(part for part in more if part)}")
    for number, event in enumerate(found.events, 1):
        gone = f". Withdrawn: {event.withdrawn}" if event.withdrawn else ""
        say(f"  E{number:<2}  {event.words}{f'. {event.note}' if event.note else ''}{gone}")
    if not found.spans and not found.events:
        say("  Nothing is recorded yet.")
    return 0


def span(
    settings: Settings, case: str, kind: str, value: str, *, first: str, last: str, reason: str,
    because: str,
) -> int:  # fmt: skip
    """Something held from a day."""
    start, end = must_be_day(first, "--from"), day_of(last, "--to")
    of = term_of(SpanKind, kind, "history")
    why = term_of(SpanReason, reason, "reason") if reason else SpanReason.NOT_SAID
    with _histories(settings) as verbs:
        done = verbs.begin(case, of, value, start, last=end, reason=why, because=because)
    return _say(done)


def leave(settings: Settings, case: str, *, day: str, reason: str, because: str) -> int:
    """No level holds from a day on."""
    on, why = must_be_day(day, "--on"), term_of(SpanReason, reason, "reason")
    with _histories(settings) as verbs:
        return _say(verbs.leave(case, on, why, because))


def correct(
    settings: Settings, case: str, line: str, *, value: str, first: str, last: str, because: str,
    withdraw: bool,
) -> int:  # fmt: skip
    """One line as it should be, or withdrawn."""
    event, number = line[:1].casefold() == "e", line.lstrip("eE")
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise BadInput("A line is a number such as 2, an event E1.", remedy="See stats history.")
    changes: dict[str, Any] = {}
    if value:
        changes["value"] = value
    if first:
        changes["from_day"] = must_be_day(first, "--from")
    if last:
        changes["to_day"] = None if last == "open" else must_be_day(last, "--to")
        changes |= {} if changes["to_day"] else {"end_reason": None}
    if withdraw is bool(changes) or (event and not withdraw):
        msg = "Say --withdraw, or what is to be changed" if not event else "An event is withdrawn"
        raise BadInput(
            f"{msg}.", remedy="With --value, --from or --to." if not event else "With --withdraw."
        )
    with _histories(settings) as verbs:
        if event:
            return _say(verbs.did_not_happen(case, int(number), because))
        if withdraw:
            return _say(verbs.withdraw(case, int(number), because))
        return _say(verbs.correct(case, int(number), because, **changes))


def event(settings: Settings, case: str, kind: str, *, day: str, note: str) -> int:
    """What became of the individual on a day."""
    on, what = must_be_day(day, "--on"), term_of(OutcomeKind, kind, "event")
    with _histories(settings) as verbs:
        return _say(verbs.happened(case, what, on, note))


def derive(settings: Settings, *, as_json: bool) -> int:
    """Histories from meetings held before; exit 1 where a case was left as it was."""
    with _histories(settings) as verbs:
        done = verbs.derive()
    if as_json:
        say_json({"changed": list(done.changed), "problems": list(done.problems)})
    else:
        say(f"{len(done.changed)} histories were worked out from meetings, and are marked so.")
        for problem in done.problems:
            say(f"  {problem}")
    return 1 if done.problems else 0
