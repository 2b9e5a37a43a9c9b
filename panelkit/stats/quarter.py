"""One quarter's facts, and the shapes that a figure of it may have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NamedTuple

from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.spans import OPEN
from panelkit.stats.facts import SpanRow

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""As ``store.quarterly.rows_of`` gives them."""


class Block(StrEnum):
    """The blocks of the board's report (statistics notes section 5 [V1])."""

    REFERRALS = "Referrals"
    CASELOAD = "Caseload"
    MEETINGS = "Meetings"
    TIMELINESS = "Timeliness"
    ATTENDANCE = "Attendance"
    DECISIONS = "Decisions"
    ACTIONS = "Actions"
    QUALITY = "Quality"
    OUTCOMES = "Outcomes"
    DIVERSITY = "Diversity"
    WORKLOAD = "Workload"


class Standing(StrEnum):
    """Where a value comes from, or why there is none."""

    COUNTED = "counted"
    MANUAL = "manual"
    NOT_KNOWN = "not_known"
    NOT_SUPPLIED = "not_supplied"
    NOTHING = "nothing_to_count"
    WITHHELD = "withheld"


SHOWN: Final = {
    Standing.NOT_KNOWN: "not known",
    Standing.NOT_SUPPLIED: "not supplied",
    Standing.NOTHING: "nothing to count",
    Standing.WITHHELD: "*",
}
"""What is printed in place of a value; never a blank, and never 0."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of one figure in one quarter."""

    row: str
    value: float | None
    of: int | None = None
    """How many it rests on, where it is a share or a mean."""
    standing: Standing = Standing.COUNTED
    is_share: bool = False

    @property
    def percent(self) -> float | None:
        """Of a share; None else, and where there is nothing to count."""
        if not self.is_share or self.value is None or not self.of:
            return None
        return round(100 * self.value / self.of, 1)

    @property
    def shown(self) -> str:
        """``8 of 11 (73 %)``, ``12``, ``4.5 (n 6)``, or why there is none."""
        if self.value is None:
            return SHOWN[self.standing]
        value = f"{self.value:g}" if self.value == int(self.value) else f"{self.value:.1f}"
        if self.is_share:
            return f"{value} of {self.of} ({self.percent:.0f} %)"
        return value if self.of is None else f"{value} (n {self.of})"


class Shape(StrEnum):
    """How a figure is built, and so how it is kept from saying too much."""

    TABLE = "table"
    """Counts by row and column, added up."""
    LIST = "list"
    """Counts by row, added up."""
    COUNTS = "counts"
    """Counts by row that are no parts of one whole."""
    SHARE = "share"
    """Met, of how many."""
    MEAN = "mean"
    """A mean or a median, of how many."""
    MANUAL = "manual"
    """Entered by one person and confirmed by another."""
    MISSING = "missing"
    """What no record can know."""


class MeetingRow(NamedTuple):
    """A meeting that was held."""

    id: str
    case: str
    level: str
    kind: str
    day: str
    sitting: str


class Given(NamedTuple):
    """A share or a mean that is counted elsewhere (key figures, audits)."""

    row: str
    value: float | None
    of: int
    known: bool = True
    """False where there was something to count and the record does not say of any of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFacts:
    """Everything of one quarter. Days are ISO text: they compare as they are."""

    quarter: ReportQuarter
    meetings: Sequence[MeetingRow] = ()
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By meeting, what its answers say; ``written`` for words."""
    dissent: frozenset[str] = frozenset()
    """Meetings at which an agency disagreed with a decision."""
    spoc: Sequence[str] = ()
    """The meeting of each escalation to a single point of contact."""
    office: Sequence[tuple[str, str, str]] = ()
    """Meeting, chair or minute taker, name."""
    actions: Sequence[str] = ()
    """The organisation of each action set."""
    carried: frozenset[tuple[Any, ...]] = frozenset()
    referrals: Sequence[tuple[str, str, str, str]] = ()
    """Id, received on, agency, level asked; also those of earlier quarters."""
    screening: Sequence[tuple[str, str, str, str, str]] = ()
    """Referral, decision, reason, decided on, level given; also those of earlier quarters."""
    put_off: Sequence[tuple[str, str]] = ()
    """Kind and reason."""
    events: Sequence[tuple[str, str]] = ()
    """Case and kind."""
    orders: Sequence[str] = ()
    levels: Mapping[str, Sequence[SpanRow]] = field(default_factory=dict)
    categories: Mapping[str, Sequence[SpanRow]] = field(default_factory=dict)
    people: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    """By case: category, born, gender, ethnicity."""
    since: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Sequence[Given]] = field(default_factory=dict)
    """By measure."""
    manual: Mapping[str, int] = field(default_factory=dict)
    """Figures of the quarter that two people stand for."""
    today: str = OPEN

    start: str = field(init=False)
    """Its first day."""
    end: str = field(init=False)
    """Its last day, or today while it runs: what is counted as on a day is as on this one."""
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What several figures need, worked out once."""

    def __post_init__(self) -> None:
        """The days as text, once: they are compared with every row."""
        object.__setattr__(self, "start", self.quarter.start.isoformat())
        object.__setattr__(self, "end", min(self.quarter.end.isoformat(), self.today))

    def holds(self, what: str) -> bool:
        """Whether the record holds anything of a kind by the end of the quarter."""
        return not what or "" < self.since.get(what, "") <= self.end

    def inside(self, day: str) -> bool:
        """Whether a day is in the quarter."""
        return self.start <= day <= self.end


Count = Callable[[QuarterFacts], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of the board's report: to add one is to add an entry to ``MEASURES``."""

    id: str
    block: Block
    title: str
    counts: str
    """What is counted of what, in words."""
    source: str
    """Where in the record it comes from, and how sure the definition is."""
    shape: Shape
    count: Count = lambda _facts: ()
    """For a table, counts by (row, column); for a list and for counts, by row; else ``Given``s."""
    needs: str = ""
    """What the record must hold by the end of the quarter for it to be known."""
    manual: str = ""
    """The figure that is entered by hand."""


def facts_of(
    rows: Rows, quarters: Sequence[ReportQuarter], today: str, given: Mapping[ReportQuarter, Any],
    manual: Mapping[ReportQuarter, Mapping[str, int]],
) -> tuple[QuarterFacts, ...]:  # fmt: skip
    """The rows dealt out to their quarters: each row is looked at once, and once more in its own."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for meeting, key, text in rows["answer"]:
        said[meeting][key] = text
    meetings = [MeetingRow(*row) for row in rows["meeting"]]
    day_of = {meeting.id: meeting.day for meeting in meetings}
    levels, categories = by_case(rows["level"]), by_case(rows["category"])
    people = {row[0]: row[1:] for row in rows["person"]}
    deal = _Dealer(quarters)
    dealt = {
        "meeting": deal((m.day, m) for m in meetings),
        "dissent": deal((day_of[row[0]], row[0]) for row in rows["dissent"]),
        "spoc": deal((day_of[row[0]], row[0]) for row in rows["spoc"]),
        "office": deal((day_of[row[0]], row) for row in rows["office"]),
        "action": deal((day_of[row[0]], row[1]) for row in rows["action"]),
        "carried": deal((day_of[row[0]], row[1:]) for row in rows["carried"]),
        "put_off": deal((row[0], row[1:3]) for row in rows["put_off"]),
        "event": deal((row[2], row[:2]) for row in rows["event"]),
        "order": deal((row[2], row[1] or "") for row in rows["order"]),
    }
    return tuple(
        QuarterFacts(
            quarter=quarter, meetings=dealt["meeting"][quarter], said=said,
            dissent=frozenset(dealt["dissent"][quarter]), spoc=dealt["spoc"][quarter],
            office=dealt["office"][quarter], actions=dealt["action"][quarter],
            carried=frozenset(dealt["carried"][quarter]), referrals=rows["referral"],
            screening=rows["screening"], put_off=dealt["put_off"][quarter],
            events=dealt["event"][quarter], orders=dealt["order"][quarter], levels=levels,
            categories=categories, people=people,
            since=dict(rows["since"]),
            given=given.get(quarter, {}), manual=manual.get(quarter, {}), today=today,
        )
        for quarter in quarters
    )  # fmt: skip


def by_case(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[SpanRow]]:
    """Spans of each case, in order of days."""
    found: dict[str, list[SpanRow]] = {}
    for case, value, first, last, reason, end_reason in rows:
        span = SpanRow(case, value, first, last or OPEN, reason=reason, end_reason=end_reason)
        found.setdefault(case, []).append(span)
    return found


class _Dealer:
    def __init__(self, quarters: Sequence[ReportQuarter]) -> None:
        self.ends = [(q.start.isoformat(), q.end.isoformat(), q) for q in quarters]

    def __call__(self, rows: Iterable[tuple[str, Any]]) -> dict[ReportQuarter, list[Any]]:
        found: dict[ReportQuarter, list[Any]] = {quarter: [] for _s, _e, quarter in self.ends}
        for day, row in rows:
            for start, end, quarter in self.ends:
                if start <= day <= end:
                    found[quarter].append(row)
        return found
