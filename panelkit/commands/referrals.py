"""Referrals: received, screened, linked, listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from panelkit.commands.codes import must_be_day, term_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.fields import long_date
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.wiring import Settings, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.services.referrals import Referrals


@contextmanager
def _referrals(settings: Settings) -> Iterator[Referrals]:
    from panelkit.services.referrals import Referrals

    with record_in_use(settings) as record:
        yield Referrals(record, settings.clock, who_works(settings, record))


def add(settings: Settings, *, day: str, organisation: str, agency: str, level: str) -> int:
    """A new referral; its reference is said."""
    on = must_be_day(day, "--on")
    of, asked = term_of(AgencyType, agency, "agency"), term_of(Level, level, "level")
    with _referrals(settings) as verbs:
        made = verbs.receive(on, organisation, of, asked)
    say(f"{made.ref}: {made.organisation} asks for {made.level_asked.label}.")
    say("No name is kept with it. What was decided: panelkit referral decide.")
    return 0


def decide(
    settings: Settings, ref: str, decision: str, *, because: str, day: str, level: str, words: str
) -> int:
    """What was decided of it."""
    what = term_of(Screened, decision, "decision")
    why, on = term_of(ScreenedBecause, because, "reason"), must_be_day(day, "--on")
    given = term_of(Level, level, "level") if level else None
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.decide(ref, what, why, on, level=given, words=words))


def undo(settings: Settings, ref: str, *, because: str) -> int:
    """The last decision taken back."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.undo(ref, because))


def case(settings: Settings, ref: str, case_ref: str) -> int:
    """The case that came of it, or none after all."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.led_to(ref, case_ref))


def withdraw(settings: Settings, ref: str, *, because: str) -> int:
    """One that never came."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.withdraw(ref, because))


def clear(settings: Settings, ref: str) -> int:
    """Its words emptied."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.without_words(ref))


def _said(verbs: Referrals, referral: Referral) -> int:
    _say_one(referral, verbs.case_refs([referral]))
    return 0


def every(settings: Settings, *, waiting: bool, as_json: bool) -> int:
    """All of them, or those that wait for an answer."""
    with _referrals(settings) as verbs:
        found: Sequence[Referral] = verbs.every()
        if waiting:
            found = [one for one in found if one.waits]
        refs = verbs.case_refs(found)
    if as_json:
        return say_json({"referrals": [_data(one, refs) for one in found]})
    for one in found:
        _say_one(one, refs)
    if not found:
        say("No referral is recorded." if not waiting else "No referral waits for an answer.")
    return 0


def _data(one: Referral, refs: dict[str, str]) -> dict[str, Any]:
    return {
        "ref": one.ref, "received_on": one.received_on.isoformat(), "organisation": one.organisation,
        "agency": str(one.agency), "level_asked": str(one.level_asked), "state": one.state,
        "case": refs.get(one.case_id, ""), "withdrawn": one.withdrawn,
        "screening": [
            {
                "decision": str(each.decision), "because": str(each.because),
                "decided_on": each.decided_on.isoformat(), "level_given": str(each.level_given or ""),
                "words": each.words, "withdrawn": each.withdrawn,
            }
            for each in one.screening
        ],
    }  # fmt: skip


def _say_one(one: Referral, refs: dict[str, str]) -> None:
    led = f", led to {refs[one.case_id]}" if one.case_id in refs else ""
    say(
        f"{one.ref}  {long_date(one.received_on)}  {one.organisation} ({one.agency.label}) asks for "
        f"{one.level_asked.label}: {one.state}{led}"
    )
    for each in one.screening:
        level = f" at {each.level_given.label}" if each.level_given else ""
        more = [each.words, f"Taken back: {each.withdrawn}" if each.withdrawn else ""]
        tail = "".join(f". {part}" for part in more if part)
        say(
            f"        {long_date(each.decided_on)}  {each.decision.label}{level}: "
            f"{each.because.label}{tail}"
        )
