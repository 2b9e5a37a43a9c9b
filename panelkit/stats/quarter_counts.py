"""What is counted for the board, block by block: pure functions over one quarter's facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from functools import lru_cache
from statistics import fmean, median
from typing import Final

from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.put_off import PutOffKind, PutOffReason
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.spans import ENDS, OPEN, SpanReason
from panelkit.domain.timescales import age_on
from panelkit.domain.vocabulary import (
    AgencyType,
    ControlType,
    DisclosureDecision,
    EmergencyCause,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingRole,
    Mode,
    Term,
    YesNo,
)
from panelkit.stats.counts import CATEGORIES, LEVELS, UNCONFIRMED
from panelkit.stats.facts import SpanRow, on
from panelkit.stats.quarter import Given, MeetingRow, QuarterFacts

Table = dict[tuple[str, str], int]
List = dict[str, int]
NOT_RECORDED: Final = "Not recorded"
OTHERWISE: Final = "In other words"
_LEVEL: Final = {str(level): level.label for level in Level}
_YEAR: Final = 365
"""Days at a level after which a case is a long one."""


def empty(rows: Sequence[str], columns: Sequence[str]) -> Table:
    """Each cell at 0: what is known and did not happen is a real zero."""
    return {(row, column): 0 for row in rows for column in columns}


def _labels(kind: type[Term], *more: str) -> List:
    return dict.fromkeys((*(member.label for member in kind), *more), 0)


@lru_cache(maxsize=1024)
def _member(kind: type[Term], text: str) -> Term | None:
    """The term that an answer names, by value or label; None for a blank or another's words."""
    plain = text.strip().casefold()
    return next((m for m in kind if plain in (str(m).casefold(), m.label.casefold())), None)


# -- referrals -------------------------------------------------------------------------


def received(facts: QuarterFacts) -> Table:
    """Agency type by level asked."""
    mine = [row for row in facts.referrals if facts.inside(row[1])]
    agencies = [agency.label for agency in AgencyType if str(agency) in {row[2] for row in mine}]
    found = empty(agencies, [_LEVEL[level] for level in LEVELS])
    for _id, _day, agency, level in mine:
        found[AgencyType[agency].label, _LEVEL[level]] += 1
    return found


def screened(facts: QuarterFacts) -> Table:
    """Reason by decision, of decisions made in the quarter. One that was accepted at another level is
    accepted: which level was given is counted beside it."""
    columns = [one.label for one in Screened if one is not Screened.ANOTHER_LEVEL]
    found = empty([one.label for one in ScreenedBecause], columns)
    for _id, decision, because, day, _level in facts.screening:
        if facts.inside(day):
            said = Screened(decision)
            counted = Screened.ACCEPTED if said.accepts else said
            found[ScreenedBecause(because).label, counted.label] += 1
    return found


def levels_given(facts: QuarterFacts) -> Table:
    """Level asked by level given, of referrals accepted in the quarter."""
    asked = {row[0]: row[3] for row in facts.referrals}
    found = empty(
        [f"{_LEVEL[level]} asked" for level in LEVELS], [f"{_LEVEL[n]} given" for n in LEVELS]
    )
    for referral, decision, _why, day, given in facts.screening:
        if Screened(decision).accepts and facts.inside(day) and referral in asked:
            found[f"{_LEVEL[asked[referral]]} asked", f"{_LEVEL[given]} given"] += 1
    return found


def days_to_answer(facts: QuarterFacts) -> Iterator[Given]:
    """Calendar days from receipt to the answer, the median of those answered in the quarter."""
    came = {row[0]: row[1] for row in facts.referrals}
    took = [
        (date.fromisoformat(day) - date.fromisoformat(came[referral])).days
        for referral, decision, _why, day, _level in facts.screening
        if Screened(decision).settles and facts.inside(day) and referral in came
    ]
    yield Given("Median days", median(took) if took else None, len(took))


def waiting(facts: QuarterFacts) -> List:
    """Received by the end of the quarter and not answered by then."""
    settled = {
        referral for referral, decision, _why, day, _level in facts.screening
        if Screened(decision).settles and day <= facts.end
    }  # fmt: skip
    still = [row for row in facts.referrals if row[1] <= facts.end and row[0] not in settled]
    return {"Waiting": len(still)}


# -- caseload --------------------------------------------------------------------------


def _open_at_end(facts: QuarterFacts) -> Sequence[tuple[str, SpanRow]]:
    """Cases at Level 2 or 3 on the last day, Category 4 left out as in every area table."""
    if "open" not in facts.kept:
        there = ((case, on(spans, facts.end)) for case, spans in facts.levels.items())
        facts.kept["open"] = [
            (case, held) for case, held in there
            if held is not None and held.value in LEVELS and category(facts, case) in CATEGORIES
        ]  # fmt: skip
    found: Sequence[tuple[str, SpanRow]] = facts.kept["open"]
    return found


def to_be_confirmed(facts: QuarterFacts) -> int:
    """Cases at Level 2 or 3 on the last day whose category is still to be confirmed: they are in no
    figure of the caseload, which is by category."""
    there = ((case, on(spans, facts.end)) for case, spans in facts.levels.items())
    return sum(
        held is not None and held.value in LEVELS and category(facts, case) == UNCONFIRMED
        for case, held in there
    )


def category(facts: QuarterFacts, case: str) -> str:
    """That of the last day of the quarter; as last decided where the history says nothing."""
    held = on(facts.categories.get(case, ()), facts.end)
    return held.value if held else facts.people.get(case, ("",))[0]


def open_cases(facts: QuarterFacts) -> Table:
    """Level by category."""
    found = empty([_LEVEL[n] for n in LEVELS], [f"Category {n}" for n in CATEGORIES])
    for case, held in _open_at_end(facts):
        found[_LEVEL[held.value], f"Category {category(facts, case)}"] += 1
    return found


def movements(facts: QuarterFacts) -> List:
    """Levels that began in the quarter, by what came before; a past that the record does not have
    (``before_record``) is no beginning and is counted by itself, so that a caseload that grows by
    it is explained."""
    found = dict.fromkeys(
        ("New at Level 2", "New at Level 3", "Stepped up to Level 2", "Stepped up to Level 3",
         "Stepped down to Level 2", "Stepped down to Level 1",
         "At Level 2 before the record began", "At Level 3 before the record began"), 0,
    )  # fmt: skip
    for case, spans in facts.levels.items():
        if category(facts, case) not in CATEGORIES:
            continue
        for before, span in zip((None, *spans), spans, strict=False):
            if not facts.inside(span.first):
                continue
            follows = before is not None and _next_day(before.last) == span.first
            if span.reason == SpanReason.BEFORE_RECORD:
                name = f"At {_LEVEL[span.value]} before the record began"
            elif before is None or not follows:
                name = f"New at {_LEVEL[span.value]}"
            else:
                way = "up" if before.value < span.value else "down"
                name = f"Stepped {way} to {_LEVEL[span.value]}"
            if name in found:
                found[name] += 1
    return found


def _next_day(day: str) -> str:
    return (
        "" if day == OPEN else date.fromordinal(date.fromisoformat(day).toordinal() + 1).isoformat()
    )


def exits(facts: QuarterFacts) -> List:
    """Cases of which a Level 2 or 3 ended in the quarter and nothing followed, by reason."""
    found = {reason.label: 0 for reason in SpanReason if reason in ENDS}
    for case, spans in facts.levels.items():
        if category(facts, case) not in CATEGORIES:
            continue
        starts = {span.first for span in spans}
        for span in spans:
            left = span.value in LEVELS and span.last != OPEN and facts.inside(span.last)
            if left and _next_day(span.last) not in starts:
                reason = SpanReason(span.end_reason) if span.end_reason else SpanReason.NOT_SAID
                found[reason.label] = found.get(reason.label, 0) + 1
    return found


def _days_at_level(facts: QuarterFacts, level: str) -> list[int]:
    end = date.fromisoformat(facts.end)
    return [
        (end - date.fromisoformat(held.first)).days
        for _case, held in _open_at_end(facts) if held.value == level
    ]  # fmt: skip


def weeks_at_level(facts: QuarterFacts) -> Iterator[Given]:
    """The median of cases at a level on the last day."""
    for level in LEVELS:
        days = _days_at_level(facts, level)
        yield Given(_LEVEL[level], round(median(days) / 7, 1) if days else None, len(days))


def over_a_year(facts: QuarterFacts) -> Iterator[Given]:
    """Those that were at it for more than twelve months, of cases at a level on the last day."""
    for level in LEVELS:
        days = _days_at_level(facts, level)
        yield Given(_LEVEL[level], sum(each > _YEAR for each in days), len(days))


# -- meetings --------------------------------------------------------------------------


def held(facts: QuarterFacts) -> Table:
    """Level by kind."""
    found = empty(
        [_LEVEL[level] for level in LEVELS], [kind.label.capitalize() for kind in MeetingKind]
    )
    for meeting in facts.meetings:
        found[_LEVEL[meeting.level], MeetingKind(meeting.kind).label.capitalize()] += 1
    return found


def put_off(facts: QuarterFacts) -> Table:
    """Reason by cancelled or postponed, of days that were planned for in the quarter."""
    found = empty([one.label for one in PutOffReason], [one.label for one in PutOffKind])
    for kind, reason in facts.put_off:
        found[PutOffReason(reason).label, PutOffKind(kind).label] += 1
    return found


def _answers(
    facts: QuarterFacts, key: str, of: type[Term],
    which: Callable[[MeetingRow], bool] = lambda _meeting: True,
) -> List:  # fmt: skip
    """How often each code was answered; what was not recorded is said and is no code."""
    found = _labels(of, NOT_RECORDED)
    for meeting in facts.meetings:
        if which(meeting):
            member = _member(of, facts.said.get(meeting.id, {}).get(key, ""))
            found[member.label if member else NOT_RECORDED] += 1
    return found


def causes(facts: QuarterFacts) -> List:
    """Of emergency panels held."""
    return _answers(
        facts, "emergency_cause", EmergencyCause, lambda m: m.kind == MeetingKind.EMERGENCY
    )


def modes(facts: QuarterFacts) -> List:
    """How meetings were held."""
    return _answers(facts, "mode", Mode)


def inquorate(facts: QuarterFacts) -> Iterator[Given]:
    """Meetings that went on though not quorate, for which A1 holds a reason."""
    without = sum(
        "quoracy_override_reason" in facts.said.get(meeting.id, {}) for meeting in facts.meetings
    )
    yield Given("Not quorate", without, len(facts.meetings))


def length(facts: QuarterFacts) -> Iterator[Given]:
    """Mean minutes from the actual start to the actual end, of meetings of which both are known."""
    for level in LEVELS:
        took = [
            minutes for meeting in facts.meetings if meeting.level == level
            and (minutes := _minutes(facts.said.get(meeting.id, {}))) is not None
        ]  # fmt: skip
        yield Given(_LEVEL[level], round(fmean(took), 1) if took else None, len(took))


def _minutes(said: Mapping[str, str]) -> int | None:
    try:
        began, ended = (time.fromisoformat(said[key]) for key in ("actual_start", "actual_end"))
    except (KeyError, ValueError):
        return None
    took = (ended.hour - began.hour) * 60 + ended.minute - began.minute
    return took if took > 0 else None


def per_sitting(facts: QuarterFacts) -> Iterator[Given]:
    """Mean meetings of a sitting; those that were in none are left out."""
    sittings = Counter(meeting.sitting for meeting in facts.meetings if meeting.sitting)
    mean = round(fmean(sittings.values()), 1) if sittings else None
    yield Given("Meetings of a sitting", mean, len(sittings))


def escalations(facts: QuarterFacts) -> List:
    """How often a single point of contact was rung because nobody came."""
    return {"Single point of contact rung": len(facts.spoc)}


# -- decisions -------------------------------------------------------------------------


def levels_decided(facts: QuarterFacts) -> List:
    """What A15 decided."""
    return _answers(facts, "level_decision", LevelDecision)


def disclosure_considered(facts: QuarterFacts) -> Iterator[Given]:
    """Of all meetings held."""
    yes = sum(
        _member(YesNo, facts.said.get(m.id, {}).get("disclosure_considered", "")) is YesNo.YES
        for m in facts.meetings
    )
    yield Given("Disclosure considered", yes, len(facts.meetings))


def disclosures(facts: QuarterFacts) -> List:
    """What A13 decided."""
    return _answers(facts, "disclosure_decision", DisclosureDecision)


def schemes(facts: QuarterFacts) -> List:
    """Meetings that recorded a referral to DVDS or CSODS."""
    found = sum("scheme_referral" in facts.said.get(m.id, {}) for m in facts.meetings)
    return {"DVDS or CSODS": found}


def cppc(facts: QuarterFacts) -> Iterator[Given]:
    """Of meetings at Level 3."""
    third = [meeting for meeting in facts.meetings if meeting.level == Level.THREE]
    yes = sum(
        _member(YesNo, facts.said.get(m.id, {}).get("cppc_considered", "")) is YesNo.YES
        for m in third
    )
    yield Given("CPPC considered", yes, len(third))


def dissent(facts: QuarterFacts) -> List:
    """Meetings at which an agency disagreed, or dissent was summed up at A16."""
    summed = {m.id for m in facts.meetings if "dissent_summary" in facts.said.get(m.id, {})}
    return {"Meetings with dissent": len(summed | facts.dissent)}


# -- actions, outcomes, diversity, workload -----------------------------------------------


def actions_set(facts: QuarterFacts) -> List:
    """By organisation."""
    return dict(sorted(Counter(name or NOT_RECORDED for name in facts.actions).items()))


def carried_twice(facts: QuarterFacts) -> List:
    """Actions still to be done that were carried twice or more; each once."""
    return {"Carried twice or more": len(facts.carried)}


def outcomes(facts: QuarterFacts) -> List:
    """People, each once for a kind of event."""
    found = _labels(OutcomeKind)
    for kind, people in Counter(kind for _case, kind in set(facts.events)).items():
        found[OutcomeKind(kind).label] = people
    return found


def orders(facts: QuarterFacts) -> List:
    """Orders that A11 of a meeting says were made in the quarter, one once for each case."""
    found: List = {}
    for control in facts.orders:
        member = _member(ControlType, control)
        name = member.label if member else NOT_RECORDED
        found[name] = found.get(name, 0) + 1
    return found


BANDS: Final = (
    (18, "Under 18"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"), (65, "50 to 64"),
    (200, "65 and over"),
)  # fmt: skip
"""Age bands, each by the age that it ends before [I]."""
SEX: Final = {
    "male": "Male", "m": "Male", "man": "Male", "female": "Female", "f": "Female", "woman": "Female",
}  # fmt: skip
ETHNIC_GROUPS: Final = ("Asian", "Black", "Mixed", "White", "Other")
"""The five groups of the census, by the first word [R]; the record keeps it in words."""


def ages(facts: QuarterFacts) -> List:
    """At Level 2 and 3 on the last day, by age on it."""
    found = dict.fromkeys((*(label for _age, label in BANDS), NOT_RECORDED), 0)
    end = date.fromisoformat(facts.end)
    for case, _held in _open_at_end(facts):
        born = facts.people.get(case, ("", "", "", ""))[1]
        age = age_on(date.fromisoformat(born), end) if born else None
        label = next((name for most, name in BANDS if age is not None and age < most), NOT_RECORDED)
        found[label] += 1
    return found


def sexes(facts: QuarterFacts) -> List:
    """At Level 2 and 3 on the last day."""
    return _in_words(facts, 2, ("Male", "Female"), lambda words: SEX.get(words, ""))


def ethnicities(facts: QuarterFacts) -> List:
    """At Level 2 and 3 on the last day, by the first word of what the record says."""

    def group(words: str) -> str:
        first = re.split(r"[^a-z]+", words, maxsplit=1)[0]
        return first.capitalize() if first.capitalize() in ETHNIC_GROUPS else ""

    return _in_words(facts, 3, ETHNIC_GROUPS, group)


def _in_words(
    facts: QuarterFacts, place: int, known: Sequence[str], group: Callable[[str], str]
) -> List:
    found = dict.fromkeys((*known, OTHERWISE, NOT_RECORDED), 0)
    for case, _held in _open_at_end(facts):
        words = (facts.people.get(case, ("", "", "", ""))[place] or "").strip().casefold()
        found[(group(words) or OTHERWISE) if words else NOT_RECORDED] += 1
    return found


def workload(role: MeetingRole) -> Callable[[QuarterFacts], Iterator[Given]]:
    """Meetings of each chair or minute taker: the mean and the most, and nobody's name."""

    def count(facts: QuarterFacts) -> Iterator[Given]:
        each = Counter(name for _meeting, what, name in facts.office if what == role and name)
        mean = round(fmean(each.values()), 1) if each else None
        yield Given("Mean of each", mean, len(each))
        yield Given("Most of one", max(each.values(), default=None), len(each))

    return count
