"""Who is counted where: one pass over the rows of a year, case by case.

Every rule that is followed here is one of ``domain.counting.RULES``; what the record does not
say is not counted and is listed, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.vocabulary import Category, CustodyStatus, Level
from panelkit.stats.facts import Facts, SpanRow, by_case, inside, on

LEVELS: Final = (str(Level.TWO), str(Level.THREE))
CATEGORIES: Final = ("1", "2", "3")
"""Those that area tables show: Category 4 is published nationally (section 2 [V1])."""

UNCONFIRMED: Final = str(Category.UNCONFIRMED)

Place = tuple[str, str]
"""A level and a category."""


@dataclass(slots=True)
class Counts:
    """Case ids by level and category, and what was not counted."""

    snapshot: dict[Place, list[str]] = field(default_factory=dict)
    managed: dict[Place, list[str]] = field(default_factory=dict)
    returned: dict[str, dict[Place, list[str]]] = field(default_factory=dict)
    """By kind of return; a case is in it as often as it was returned."""
    not_in_community: list[str] = field(default_factory=list)
    """Managed in the year and in the community on no day of it."""
    unknown_snapshot: list[str] = field(default_factory=list)
    """At Level 2 or 3 on 31 March, and the record does not say where."""
    unknown_year: list[str] = field(default_factory=list)
    """Managed in the year, and the record does not say where throughout."""
    outside: list[str] = field(default_factory=list)
    """Returned on a day on which no Level 2 or 3 was held."""
    derived: list[str] = field(default_factory=list)
    """Counted from a history that was worked out from meetings."""
    transferred: list[str] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)
    """Managed in the year, and the category is still to be confirmed."""


def count(facts: Facts, rules: Mapping[str, str]) -> Counts:
    """Everybody with a Level 2 or 3 in the year. Raises Wrong for rows that cannot be so."""
    levels = by_case(facts.levels, "level")
    categories = by_case(facts.categories, "category")
    places = by_case(facts.whereabouts, "whereabouts")
    community = {str(CustodyStatus.COMMUNITY)}
    if rules["at_large"] == "community":
        community.add(str(CustodyStatus.UNLAWFULLY_AT_LARGE))
    found, start, end = Counts(), facts.start, facts.end
    for case, rows in levels.items():
        mine = [
            row for row in rows if row.value in LEVELS and row.first <= end and row.last >= start
        ]
        if not mine:
            continue
        one = _Case(
            case, mine, categories.get(case, []), places.get(case, []), community, start, end, facts
        )
        _snapshot(one, found)
        _managed(one, found, rules)
    _returned(facts, levels, categories, found)
    return found


@dataclass(frozen=True, slots=True)
class _Case:
    id: str
    levels: list[SpanRow]
    categories: list[SpanRow]
    places: list[SpanRow]
    community: set[str]
    start: str
    end: str
    facts: Facts

    def category(self, day: str) -> str:
        return _category(self.id, self.categories, day, self.facts)


def _category(case: str, rows: list[SpanRow], day: str, facts: Facts) -> str:
    """That of the day; before the history of it begins its first, without one as last decided."""
    found = on(rows, day) or (rows[0] if rows and day < rows[0].first else None)
    return found.value if found else facts.category_now.get(case, "")


def _snapshot(one: _Case, found: Counts) -> None:
    day = one.end
    level, place = on(one.levels, day), on(one.places, day)
    category = one.category(day)
    if level is None or category not in CATEGORIES:
        return
    if place is None:
        found.unknown_snapshot.append(one.id)
    elif place.value in one.community:
        found.snapshot.setdefault((level.value, category), []).append(one.id)


def _managed(one: _Case, found: Counts, rules: Mapping[str, str]) -> None:
    start, end = one.start, one.end
    out = [row for row in one.levels if _was_out(one, row, start, end)]
    everybody = rules["t2_custody"] == "all"
    counted = one.levels if everybody else out
    last = min(one.levels[-1].last, end)
    if rules["t2_category"] == "last_hearing":
        last = one.facts.last_meeting.get(one.id, last)
    category = one.category(last)
    if category == UNCONFIRMED:
        found.unconfirmed.append(one.id)
    if category not in CATEGORIES:
        return
    if not out and all(_is_known(one, row, start, end) for row in one.levels):
        found.not_in_community.append(one.id)
    elif not counted:
        found.unknown_year.append(one.id)
    reached = sorted({row.value for row in counted})
    if rules["t2_count_rule"] == "highest":
        reached = reached[-1:]
    for level in reached:
        found.managed.setdefault((level, category), []).append(one.id)
    if any(row.derived for row in counted):
        found.derived.append(one.id)
    if any("transferred" in f"{row.reason} {row.end_reason}" for row in counted):
        found.transferred.append(one.id)


def _was_out(one: _Case, row: SpanRow, start: str, end: str) -> bool:
    first, last = max(row.first, start), min(row.last, end)
    for place in one.places:
        if place.first <= last and place.last >= first and place.value in one.community:
            return True
    return False


def _is_known(one: _Case, row: SpanRow, start: str, end: str) -> bool:
    """Whether the record says where the individual was throughout; its rows do not overlap."""
    first, last = max(row.first, start), min(row.last, end)
    mine = list(inside(one.places, first, last))
    return bool(mine) and mine[0].first <= first and mine[-1].last >= last


def _returned(
    facts: Facts, levels: dict[str, list[SpanRow]], categories: dict[str, list[SpanRow]],
    found: Counts,
) -> None:  # fmt: skip
    """In the order of days, so that the last return of somebody settles the category of a row."""
    last: dict[tuple[str, str, str], Place] = {}
    times: dict[tuple[str, str, str], int] = {}
    start, end = facts.start, facts.end
    for event in sorted(facts.events, key=lambda row: row.day):
        if not (start <= event.day <= end) or not OutcomeKind(event.kind).returns:
            continue
        level = on(levels.get(event.case, []), event.day)
        if level is None or level.value not in LEVELS:
            found.outside.append(event.case)
            continue
        who = (event.kind, level.value, event.case)
        category = _category(event.case, categories.get(event.case, []), event.day, facts)
        last[who] = (level.value, category)
        times[who] = times.get(who, 0) + 1
    for (kind, level_held, case), place in last.items():
        if place[1] in CATEGORIES:
            here = found.returned.setdefault(kind, {}).setdefault(place, [])
            here += [case] * times[kind, level_held, case]
