"""Who has which referral and case, and what each coordinator has to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from panelkit.commands.printing import say, say_json
from panelkit.domain import allocating as a
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.fields import long_date
from panelkit.services.clock import room_time
from panelkit.wiring import Settings, desk_in_use

if TYPE_CHECKING:
    from panelkit.domain.allocating import Load, Work
    from panelkit.services.allocating import Allocated, Allocating


@contextmanager
def _allocating(settings: Settings) -> Iterator[Allocating]:
    with desk_in_use(settings) as desk:
        yield desk.allocating


def allocate(settings: Settings, ref: str, name: str, *, nobody: bool, because: str) -> int:
    """Somebody has it from now on, or nobody."""
    if nobody == bool(name.strip()):
        raise BadInput("Say who has it from now on, or --nobody.")
    with _allocating(settings) as verbs:
        done = verbs.let_go(ref, because) if nobody else verbs.allocate(ref, name, because)
    say(f"{done.ref} went {done.moves[-1].words}.")
    return 0


def allocated(settings: Settings, ref: str, *, as_json: bool) -> int:
    """Who had one of them, from when on, and why that changed."""
    with _allocating(settings) as verbs:
        found = verbs.of(ref)
    if as_json:
        return say_json(_history(found))
    say(f"{found.ref} is with {found.holder or a.NOBODY}.")
    for move in found.moves:
        at = room_time(move.at) if move.at is not None else None
        when = f"{long_date(at.date())}, {at:%H:%M}" if at is not None else ""
        why = f": {move.because}" if move.because else ""
        say(f"        {when}  {move.words}, by {move.by}{why}")
    return 0


def _history(found: Allocated) -> dict[str, Any]:
    return {
        "ref": found.ref, "what": str(found.what), "with": found.holder,
        "steps": [
            {
                "from": move.before, "to": move.after, "at": move.at.isoformat() if move.at else "",
                "by": move.by, "because": move.because,
            }
            for move in found.moves
        ],
    }  # fmt: skip


def load(settings: Settings, name: str, *, as_json: bool) -> int:
    """What nobody has, then each coordinator by name; of one of them everything they have."""
    with _allocating(settings) as verbs:
        every, weeks = verbs.loads(), verbs.weeks()
    found = [one for one in every if a.same_name(one.name or a.NOBODY, name)] if name else every
    if name and not found and not a.same_name(name, a.NOBODY):
        msg = f"Nobody called {name} has anything, or is a coordinator of this record."
        raise NotFound(msg, remedy="See panelkit load.")
    if as_json:
        return say_json({"meetings_weeks": weeks, "loads": [_data(one) for one in found]})
    for one in found:
        say(f"{_title(one)}: {one.sentences(weeks)}")
        if name or not one.name:
            _say_works(one)
    if not found:
        say("Nothing is with nobody." if name else "Nothing waits and no case is worked on.")
    return 0


def _title(one: Load) -> str:
    if not one.name:
        return "WITH NOBODY"
    return one.name if one.is_coordinator else f"{one.name} (no coordinator of this record now)"


def _say_works(one: Load) -> None:
    for work in one.works:
        say(f"        {work.ref:<10} {_words(work, one)}")


def _words(work: Work, one: Load) -> str:
    if work.due is not None:
        late = "answer OVERDUE, was due" if work in one.late else "answer due"
        return f"{work.who} {work.words}, {late} {long_date(work.due)}"
    return ", ".join(part for part in (work.words, work.asks) if part)


def _data(one: Load) -> dict[str, Any]:
    return {
        "name": one.name, "coordinator": one.is_coordinator and bool(one.name), **one.counted,
        "works": [
            {
                "ref": work.ref, "what": str(work.what), "level": str(work.level or ""),
                "due": work.due.isoformat() if work.due else "", "words": work.words,
                "meetings": [day.isoformat() for day in work.meetings],
                "minutes_not_issued": work.minutes, "actions_overdue": work.overdue,
            }
            for work in one.works
        ],
    }  # fmt: skip


def again(settings: Settings, ref: str, earlier: str) -> int:
    """That two referrals are about the same individual, or are not after all."""
    with _allocating(settings) as verbs:
        later, before = verbs.again(ref, earlier)
    say(a.again_words(later.ref, before.ref if before is not None else ""))
    return 0
