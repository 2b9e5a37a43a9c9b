"""Risk, plan, victims and what each agency said at an invented meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from panelkit.domain import entries as e
from panelkit.domain.conditions import rated_groups
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    AgencyType,
    Category,
    ControlType,
    DisclosureDecision,
    InfoType,
    Pillar,
    RiskGroup,
    RiskOfSeriousHarm,
    VictimStatus,
    YesNo,
)
from panelkit.fiction.histories import new_id

if TYPE_CHECKING:
    from panelkit.fiction.attendance import There
    from panelkit.fiction.course import Held
    from panelkit.fiction.minutes import Minutes

TOOL: Final = 0.92
"""Meetings at which an assessment tool is named."""
ORDER_MADE: Final = 0.05
"""That an order was made since the last meeting."""
RATED_AS_BEFORE: Final = 0.85
FACT: Final = 0.85
"""Of what agencies say; the rest is professional opinion."""
_NEW_ORDERS: Final = (ControlType.SHPO, ControlType.RO, ControlType.NMO, ControlType.SPO)
_OWNERS: Final = {
    AgencyType.POL: Pillar.MONITORING_CONTROL, AgencyType.VLO: Pillar.VICTIM_SAFETY,
}  # fmt: skip
"""Whose measure a pillar is; the others are the lead agency's."""

Typed = dict[str, Any]
"""Who typed it, and when."""


def plan(minutes: Minutes, meeting: Meeting, held: Held, people: There, typed: Typed) -> Iterator[tuple[str, tuple[e.Entry, ...]]]:  # fmt: skip
    """Rows by kind, all of them words."""
    yield e.Contribution.kind, tuple(_contributions(minutes, people, typed))
    yield e.RiskRating.kind, tuple(_ratings(minutes, meeting, typed))
    yield e.RiskTool.kind, tuple(_tools(minutes, held, typed))
    for kind, make in (
        (e.Measure, _measures),
        (e.Contingency, _contingency),
        (e.VictimIssue, _victims),
    ):
        yield kind.kind, carried(minutes, kind, typed) or tuple(make(minutes, people, typed))


def carried(minutes: Minutes, kind: type[e.Entry], typed: Typed) -> tuple[Any, ...]:
    """Rows of the last meeting, confirmed at this one."""
    last = minutes.last
    if last is None:
        return ()
    stamp = f"{last.ref}, {long_date(last.held_on)}"
    return tuple(
        replace(
            row, id=new_id(minutes.chance), carried_from=stamp, confirmed_by=typed["typed_by"], **typed
        )
        for row in last.live(kind)
    )  # fmt: skip


def disclosures(minutes: Minutes, meeting: Meeting, typed: Typed) -> Iterator[e.Disclosure]:
    """To whom, where somebody is or may be told."""
    decided = meeting.chosen("A13", "disclosure_decision", DisclosureDecision)
    if decided is None or not decided.reaches_somebody:
        return
    words, chance = minutes.words, minutes.chance
    yield e.Disclosure(
        id=new_id(chance), number=1, to_whom=words("disclosure", "to_whom"),
        what=words("disclosure", "what"), protects=words("disclosure", "protects"),
        by_whom=minutes.cast.officer.name,
        by_when=meeting.held_on + timedelta(days=chance.randint(2, 14)), subject_first=YesNo.YES,
        risk_to_subject=words("disclosure", "risk_to_subject"), undertaking=YesNo.YES,
        recipient_must=words("disclosure", "must"), **typed,
    )  # fmt: skip


def orders(minutes: Minutes, held: Held, typed: Typed) -> Iterator[e.Order]:
    """Those of the last meeting, and seldom one that was made since."""
    there = carried(minutes, e.Order, typed)
    yield from there
    last, category, chance = minutes.last, minutes.cast.case.category, minutes.chance
    if last is None and category in (Category.ONE, Category.TWO):
        # A licence is no order that is made: its day is not asked for.
        yield _order(minutes, 1, ControlType.LIC, None, typed)
    elif last is not None and chance.random() < ORDER_MADE:
        fits = _NEW_ORDERS if category is Category.ONE else _NEW_ORDERS[1:]
        made = last.held_on + (held.day - last.held_on) // 2
        yield _order(minutes, len(there) + 1, chance.choice(fits), made, typed)


def _order(
    minutes: Minutes, number: int, control: ControlType, made: date | None, typed: Typed
) -> e.Order:
    return e.Order(
        id=new_id(minutes.chance), number=number, control=control, made_on=made,
        ends_on=made + timedelta(days=365 * 5) if made else None,
        terms=minutes.words("narrative", "terms"), **typed,
    )  # fmt: skip


def _contributions(minutes: Minutes, people: There, typed: Typed) -> Iterator[e.Contribution]:
    for number, (one, name) in enumerate(people.came, 1):
        fact = minutes.chance.random() < FACT
        yield e.Contribution(
            id=new_id(minutes.chance), number=number, organisation=one.name, given_by=name,
            text=minutes.words("contribution", str(one.agency)),
            source=minutes.words("narrative", "source"),
            info_type=InfoType.FACT if fact else InfoType.PROFESSIONAL_OPINION,
            is_new=YesNo.YES if fact else YesNo.NO, third_party=YesNo.NO, **typed,
        )  # fmt: skip


def _ratings(minutes: Minutes, meeting: Meeting, typed: Typed) -> Iterator[e.RiskRating]:
    """The group that the offence is of as high as the whole; the others below it."""
    chance, words = minutes.chance, minutes.words
    overall = meeting.chosen("A10", "overall_rosh", RiskOfSeriousHarm) or RiskOfSeriousHarm.HIGH
    before = {r.group: r.level for r in minutes.last.live(e.RiskRating)} if minutes.last else {}
    of_children = minutes.cast.case.category is Category.ONE
    first = RiskGroup.CHILDREN if of_children else RiskGroup.KNOWN_ADULT
    for number, group in enumerate(rated_groups(meeting), 1):
        last = before.get(group)
        lower = list(RiskOfSeriousHarm)[chance.randint(0, max(0, overall.rank - 1))]
        level = overall if group is first else lower
        if last is not None and last.rank <= overall.rank and chance.random() < RATED_AS_BEFORE:
            level = last
        why = words("rating", "same" if last in (None, level) else "moved")
        more = words("narrative", "imminence" if group is first else "protective")
        yield e.RiskRating(
            id=new_id(chance), number=number, group=group, last=last, level=level,
            because=f"{why} {more}", **typed,
        )  # fmt: skip


def _tools(minutes: Minutes, held: Held, typed: Typed) -> Iterator[e.RiskTool]:
    chance, words = minutes.chance, minutes.words
    if chance.random() < TOOL:
        yield e.RiskTool(
            id=new_id(chance), number=1, tool=words("tool", str(minutes.cast.case.category)),
            result=words("tool", "result"), on=held.day - timedelta(days=chance.randint(10, 80)),
            assessor=minutes.cast.officer.name, **typed,
        )  # fmt: skip


def _measures(minutes: Minutes, people: There, typed: Typed) -> Iterator[e.Measure]:
    cast, words = minutes.cast, minutes.words
    owners = {_OWNERS[one.agency]: (one, n) for one, n in people.came if one.agency in _OWNERS}
    for number, pillar in enumerate(Pillar, 1):
        organisation, owner = owners.get(pillar, (cast.lead, cast.officer.name))
        yield e.Measure(
            id=new_id(minutes.chance), number=number, pillar=pillar,
            text=words("measure", str(pillar)),
            risk=tuple(group for group in RiskGroup if group is not RiskGroup.SELF),
            organisation=organisation.name, owner=owner, start=words("measure", "start"),
            standard=words("measure", "standard"), **typed,
        )  # fmt: skip


def _contingency(minutes: Minutes, _people: There, typed: Typed) -> Iterator[e.Contingency]:
    words = minutes.words
    yield e.Contingency(
        id=new_id(minutes.chance), number=1, trigger=words("contingency", "trigger"),
        response=words("contingency", "response"), who=words("contingency", "who"),
        within=words("contingency", "within"), **typed,
    )  # fmt: skip


def _victims(minutes: Minutes, _people: There, typed: Typed) -> Iterator[e.VictimIssue]:
    words, chance = minutes.words, minutes.chance
    yield e.VictimIssue(
        id=new_id(chance), number=1, relationship=words("victim", "relationship"),
        vcs_status=chance.choice((VictimStatus.OPTED_IN, VictimStatus.DECLINED)),
        view=words("victim", "view"), safety_measure=words("measure", "victim_safety"),
        owner=minutes.cast.officer.name, **typed,
    )  # fmt: skip
