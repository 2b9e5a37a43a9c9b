"""What hangs from a case beside its meetings, put together from two desks.

Histories, outcome events, referrals and their screening are merged field by field, as everything
else is (:mod:`panelkit.domain.merging`). Beyond that they must hang together: two levels never
hold on one day, an event counts once, a referral is answered once. What the other desk has and
cannot stand beside what is here comes in withdrawn, with the reason, and is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from panelkit.domain.merging import NEVER, Clash, Merged, Place, Things, Value, Values, merge

APART: Final = "It cannot stand beside what is in this record."
"""Why a row of the other desk is withdrawn here until somebody has chosen."""
TWICE: Final = "The same was typed at both desks."
"""Why one of two rows that say the same is withdrawn."""

Wrong = Callable[[Things], Iterable[str]]
"""Everything that cannot be so among these things, as sentences."""

_ORDER: Final = ("span", "outcome", "referral", "screening")


def merge_beside(base: Things | None, theirs: Things, mine: Things, wrong: Wrong) -> Merged:
    """Mine with what theirs changed since ``base``; with no base every difference is a clash.

    Nothing is dropped: a row is kept, or kept withdrawn with the reason.
    """
    theirs = _once(theirs, mine)
    merged = merge(base, theirs, mine)
    things, links = _linked(base or {}, theirs, mine, merged.things)
    clashes = [*merged.clashes, *links]
    before = frozenset(wrong(mine))
    if not frozenset(wrong(things)) <= before:
        things, clashes = _as_far_as_it_can_be(things, clashes, theirs, mine, wrong)
    taken = tuple(place for place, values in things.items() if values != mine.get(place))
    return Merged(things, tuple(clashes), (), taken)


def _once(theirs: Things, mine: Things) -> Things:
    """Theirs, without counting what was typed here in the same words, under another id."""
    here = {
        _content(place, values)
        for place, values in mine.items()
        if place not in theirs and not values.get("withdrawn")
    }
    return {
        place: _withdrawn(values, TWICE)
        if place not in mine and not values.get("withdrawn") and _content(place, values) in here
        else values
        for place, values in theirs.items()
    }


def _content(place: Place, values: Values) -> tuple[str, tuple[tuple[str, Value], ...]]:
    return place[0], tuple(sorted((n, v) for n, v in values.items() if n not in NEVER))


def _withdrawn(values: Values, why: str) -> Values:
    return {**values, "withdrawn": why, "revision": _revision(values) + 1}


def _revision(values: Values) -> int:
    found = values.get("revision")
    return found if isinstance(found, int) else 0


def _linked(
    base: Things, theirs: Things, mine: Things, merged: Mapping[Place, Values]
) -> tuple[dict[Place, Values], list[Clash]]:
    """The case that came of each referral: never let go of, nor taken, without being asked."""
    things, clashes = dict(merged), []
    for place in merged:
        if place[0] != "referral" or place not in mine:
            continue
        own = mine[place].get("case_id")
        if place not in theirs:
            if place in base:  # there it was taken from the case
                clashes.append(Clash(place, "case_id", "", own))
            continue
        other = theirs[place].get("case_id")
        if other == own:
            continue
        if not own and place not in base:  # the case was let go here, and comes again
            values = things[place]
            count = max(_revision(values), _revision(mine[place]) + 1)
            things[place] = {**values, "case_id": other, "revision": count}
        else:
            clashes.append(Clash(place, "case_id", other, own))
    return things, clashes


def _as_far_as_it_can_be(
    merged: Mapping[Place, Values], clashes: list[Clash], theirs: Things, mine: Things, wrong: Wrong
) -> tuple[dict[Place, Values], list[Clash]]:
    """Mine, with each group of changes that makes nothing wrong; for the others mine stands."""
    before = frozenset(wrong(mine))
    things: dict[Place, Values] = dict(mine)
    for places in _groups(merged, mine):
        tried = {**things, **{place: merged[place] for place in places}}
        if frozenset(wrong(tried)) <= before:
            things = tried
            continue
        clashes = [clash for clash in clashes if clash.place not in places]
        for place in places:
            things[place], found = _mine_stands(place, theirs, mine, merged[place])
            clashes += found
    return {place: things[place] for place in merged}, clashes


def _groups(merged: Mapping[Place, Values], mine: Things) -> list[list[Place]]:
    """What changes here, in the groups that stand or fall together."""
    groups: dict[tuple[int, Value], list[Place]] = {}
    for place, values in merged.items():
        if values != mine.get(place):
            by = {"span": "kind", "screening": "referral_id"}.get(place[0], "id")
            groups.setdefault((_ORDER.index(place[0]), values.get(by)), []).append(place)
    return [groups[key] for key in sorted(groups, key=str)]


def _mine_stands(
    place: Place, theirs: Things, mine: Things, merged: Values
) -> tuple[Values, list[Clash]]:
    if place in mine:
        other, own = theirs.get(place, mine[place]), mine[place]
        names = [name for name in own if name not in NEVER and own[name] != other.get(name)]
        return own, [Clash(place, name, other.get(name), own[name]) for name in names]
    if merged.get("withdrawn"):
        return merged, []
    return _withdrawn(merged, APART), [Clash(place, "withdrawn", "", APART)]
