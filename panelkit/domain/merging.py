"""Two desks wrote in the same meeting: what only one side changed is kept, the rest is shown.

Everything that stands in a meeting is a *thing* (an answer, an entry, its own facts, its
case, a request, a copy) with named values, as it is stored. The base is the state that both
sides began with. Nothing is ever dropped: a value is kept, or it is in a clash with both
texts. Decisions are never put together from two sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Value = str | int | None
Values = Mapping[str, Value]
Place = tuple[str, str]
"""Kind and id: ``("answer", "A6.index_offence")``, ``("actions", "<id>")``."""
Things = Mapping[Place, Values]

STAMPS: Final = frozenset({"revision", "typed_by", "typed_at"})
"""Say who wrote and when: they follow the words."""
NEVER: Final = frozenset(
    {"id", "meeting_id", "case_id", "agenda_id", "number", "copy_number", *STAMPS}
)
"""Not compared as content."""
FOLLOWS_TEXT: Final = ("carried_from", "confirmed_by")
"""Of an answer: where its words came from, and who confirmed them, go with the words."""
QUIET: Final = frozenset({"confirmed_by", "carried_from", "read_back"})
"""Never worth a question: see :func:`_quietly`."""
WHOLE: Final = frozenset({"decisions", "options", "views"})
"""Kinds that are not put together from two sides: every difference is shown."""
AFTER_APPROVAL: Final = frozenset(
    {
        "recipients", "amendments", "addenda", "settled", "agency_returns", "return_lines", "request",
        "dispatch", "put_off",
    }
)  # fmt: skip
"""Kinds that are no part of the approved text."""
UNSEEN: Final = frozenset(
    {
        "presence", "parts", "pauses", "visits", "put_off", "calls", "settled", "agency_returns",
        "return_lines",
    }
)  # fmt: skip
"""Kinds whose numbers nobody sees: they say how the meeting ran, and are told apart by time or by
their order."""
FROZEN: Final = ("approved", "issued")
"""States of a meeting in which its text is settled."""
LATE: Final = "Typed at another desk after the minutes were approved; no part of their text."
"""Why an entry is withdrawn that only the side without approved minutes has."""
TO_CONFIRM: Final = "to_be_confirmed"
CONFIRMED: Final = "confirmed"


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that both sides changed, differently; the merged thing holds one of the two."""

    place: Place
    field: str
    theirs: Value
    mine: Value


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A thing that has another number than the side had that made it."""

    place: Place
    was: int
    now: int
    theirs: bool
    """Whether it was made at the other desk."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands after two sides were put together."""

    things: dict[Place, Values]
    clashes: tuple[Clash, ...]
    renumbered: tuple[Renumbered, ...]
    taken: tuple[Place, ...]
    """Things that are new or other than on this side."""


def merge(base: Things | None, theirs: Things, mine: Things) -> Merged:
    """Mine with what theirs changed since ``base``; with no base every difference is a clash."""
    frozen = _frozen_side(base or {}, theirs, mine)
    things: dict[Place, Values] = {}
    clashes: list[Clash] = []
    for place in dict.fromkeys((*mine, *theirs)):
        was = (base or {}).get(place)
        lacks = "theirs" if place not in theirs else "mine" if place not in mine else ""
        if lacks and lacks == frozen and place[0] == "answer":
            here = theirs.get(place) or mine[place]
            blank = {**here, "text": "", "carried_from": "", "confirmed_by": "", "revision": 0}
            things[place], found = _one(
                place, blank, theirs.get(place, blank), mine.get(place, blank), frozen
            )
            clashes += found
        elif place not in theirs:
            things[place] = _late(place, mine[place], was, late=frozen == "theirs")
        elif place not in mine:
            things[place] = _late(place, theirs[place], was, late=frozen == "mine")
        else:
            side = frozen if place[0] not in AFTER_APPROVAL else ""
            things[place], found = _one(place, was, theirs[place], mine[place], side)
            clashes += found
    things, renumbered = _numbered(things, base or {}, theirs, mine)
    taken = tuple(p for p, values in things.items() if values != mine.get(p))
    return Merged(things, tuple(clashes), renumbered, taken)


def _frozen_side(base: Things, theirs: Things, mine: Things) -> str:
    """The side whose minutes were approved since, where the other's were not; blank for neither.

    Where they were approved before, the side without has had the approval withdrawn.
    """
    if _is_frozen(base) or _is_frozen(theirs) is _is_frozen(mine):
        return ""
    return "theirs" if _is_frozen(theirs) else "mine"


def _is_frozen(things: Things) -> bool:
    return any(kind == "meeting" and v.get("state") in FROZEN for (kind, _), v in things.items())


def _late(place: Place, values: Values, was: Values | None, *, late: bool) -> Values:
    """What only one side has. Beside approved minutes it stays, withdrawn, with the reason."""
    if late and was is None and place[0] not in AFTER_APPROVAL and values.get("withdrawn") == "":
        return {**values, "withdrawn": LATE, "revision": _revision(values) + 1}
    return values


def _one(
    place: Place, base: Values | None, theirs: Values, mine: Values, frozen: str
) -> tuple[Values, list[Clash]]:
    names = [name for name in dict.fromkeys((*mine, *theirs)) if name not in NEVER]
    differ = [name for name in names if theirs.get(name) != mine.get(name)]
    if not differ:
        return _stamped(mine, mine, theirs, base, changed=False), []
    unknown = base is None
    was = base or {}
    by_them = {n for n in differ if unknown or theirs.get(n) != was.get(n)}
    by_me = {n for n in differ if unknown or mine.get(n) != was.get(n)}
    ask = by_them & by_me
    if place[0] in WHOLE and by_them and by_me:
        ask = set(differ)
    if frozen:
        # Words of approved minutes are not replaced by what the other desk wrote meanwhile.
        ask |= by_me if frozen == "theirs" else by_them
    result = dict(mine)
    clashes = []
    keep = theirs if frozen == "theirs" else mine
    for name in differ:
        if name in QUIET:
            continue
        if name in ask:
            result[name] = _kept(name, keep, theirs, mine)
            clashes.append(Clash(place, name, theirs.get(name), mine.get(name)))
        else:
            result[name] = theirs.get(name) if name in by_them else mine.get(name)
    they_wrote, i_wrote = bool(by_them - QUIET), bool(by_me - QUIET)
    _quietly(place, result, was, theirs, mine, they_wrote=they_wrote, i_wrote=i_wrote)
    changed = any(result.get(name) != mine.get(name) for name in names)
    return _stamped(result, mine, theirs, base, changed=changed), clashes


def _kept(name: str, keep: Values, theirs: Values, mine: Values) -> Value:
    """What stands while nobody has chosen. What was withdrawn by either stays withdrawn."""
    if name == "withdrawn":
        return keep.get(name) or mine.get(name) or theirs.get(name)
    return keep.get(name)


def _quietly(
    place: Place, result: dict[str, Value], base: Values, theirs: Values, mine: Values,
    *, they_wrote: bool, i_wrote: bool,
) -> None:  # fmt: skip
    """Marks that are not asked about: a chair's word covers only what the chair saw."""
    if place[0] == "answer" and theirs.get("text") != mine.get("text"):
        source = theirs if result.get("text") == theirs.get("text") else mine
        for name in FOLLOWS_TEXT:
            result[name] = source.get(name)
    else:
        for name in FOLLOWS_TEXT:
            if name in mine and mine.get(name) == base.get(name):
                result[name] = theirs.get(name)
    if "read_back" not in mine:
        return
    said = {theirs.get("read_back"), mine.get("read_back")}
    if len(said) == 1 and not (they_wrote and i_wrote):
        return
    if mine.get("read_back") == base.get("read_back") and not i_wrote:
        result["read_back"] = theirs.get("read_back")
    elif theirs.get("read_back") == base.get("read_back") and not they_wrote:
        result["read_back"] = mine.get("read_back")
    elif said & {CONFIRMED, TO_CONFIRM}:
        result["read_back"] = TO_CONFIRM


def _stamped(
    result: Values, mine: Values, theirs: Values, base: Values | None, *, changed: bool
) -> Values:
    """Who typed it: whoever's words stand; of two, the later. A change counts the revision up."""
    if not changed:
        return result
    stamped = dict(result)
    first, second = _revision(mine), _revision(theirs)
    stamped["revision"] = max(first + 1, second)
    mine_same = base is not None and all(
        mine.get(name) == base.get(name) for name in mine if name not in NEVER
    )
    source = theirs if mine_same else max(mine, theirs, key=lambda v: str(v.get("typed_at") or ""))
    for name in ("typed_by", "typed_at"):
        if name in mine:
            stamped[name] = source.get(name)
    return stamped


def _revision(values: Values) -> int:
    found = values.get("revision")
    return found if isinstance(found, int) else 0


# -- numbers ---------------------------------------------------------------------------------


def _numbered(
    things: dict[Place, Values], base: Things, theirs: Things, mine: Things
) -> tuple[dict[Place, Values], tuple[Renumbered, ...]]:
    """No number twice: what both have goes first, then what this side made, then theirs."""
    result: dict[Place, Values] = {}
    renumbered = []
    used: dict[tuple[str, Value, Value], set[int]] = {}
    highest: dict[tuple[str, Value, Value], int] = {}
    for side in (things, theirs, mine):
        for place, values in side.items():
            name = _number_of(place, values)
            if name:
                group = _group(place, values)
                highest[group] = max(highest.get(group, 0), _int(values[name]))
    order = sorted(things, key=lambda p: (p not in mine or p not in theirs) + (p not in mine))
    for place in order:
        values = things[place]
        name = _number_of(place, values)
        if not name:
            result[place] = values
            continue
        group = _group(place, values)
        wanted = _wanted(place, name, base, theirs, mine)
        number = wanted
        if number in used.setdefault(group, set()):
            number = highest[group] = highest[group] + 1
        used[group].add(number)
        shown = _int(mine[place][name]) if place in mine else wanted
        if number != shown and place[0] not in UNSEEN:
            renumbered.append(Renumbered(place, shown, number, place not in mine))
        if number != values[name]:
            count = max(_revision(values), _revision(mine.get(place, {})) + 1)
            values = {**values, name: number, "revision": count}
        result[place] = values
    return {place: result[place] for place in things}, tuple(renumbered)


def _wanted(place: Place, name: str, base: Things, theirs: Things, mine: Things) -> int:
    if place not in mine:
        return _int(theirs[place][name])
    own = _int(mine[place][name])
    if place in theirs and place in base and own == _int(base[place].get(name)):
        return _int(theirs[place][name])
    return own


def _number_of(place: Place, values: Values) -> str:
    """Under which name a thing is numbered; blank for what is not numbered here."""
    if place[0] in ("meeting", "case", "answer", "referral"):
        return ""  # a referral's number is its record's, not its case's
    return "copy_number" if place[0] == "dispatch" else "number" if "number" in values else ""


def _group(place: Place, values: Values) -> tuple[str, Value, Value]:
    """What shares one row of numbers: a kind; actions by the meeting that set them."""
    return (place[0], values.get("set_at"), values.get("version") if place[0] == "dispatch" else "")


def _int(value: Value) -> int:
    return value if isinstance(value, int) else 0
