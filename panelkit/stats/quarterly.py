"""The quarterly report to the Strategic Management Board, as data (statistics notes section 5).

``MEASURES`` is one list: to add a figure is to add an entry. Four quarters stand side by side;
what the record cannot know says so and is never 0; in what leaves the area small numbers are
withheld, with others beside them, so that none can be worked out from the totals that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.vocabulary import MeetingRole
from panelkit.stats import quarter_counts as c
from panelkit.stats.quarter import Block, Given, Line, Measure, QuarterFacts, Shape, Standing
from panelkit.stats.suppress import withheld

B, S = Block, Shape
TOTAL: Final = "Total"
QUARTERS: Final = 4
_V1: Final = "Statistics notes section 5 [V1]"
_KPI: Final = "Quality notes section 6 [R]"


def _given(key: str, facts: QuarterFacts) -> Sequence[Given]:
    return facts.given.get(key, ())


def _key(key: str, block: Block, title: str, counts: str) -> Measure:
    """A key figure, counted as ``panelkit kpi`` counts it."""
    return Measure(
        id=key, block=block, title=title, counts=counts, source=f"Key figure {key}. {_KPI}",
        shape=S.SHARE, count=partial(_given, key), needs=f"given.{key}",
    )  # fmt: skip


MEASURES: Final = (
    Measure(id="REF-IN", block=B.REFERRALS, title="Received", counts="referrals received, by agency and level asked", source=f"Referrals. {_V1}", shape=S.TABLE, count=c.received, needs="referrals"),
    Measure(id="REF-OUT", block=B.REFERRALS, title="Screening decisions", counts="decisions made, by reason and decision", source=f"Screening of referrals. {_V1}", shape=S.TABLE, count=c.screened, needs="referrals"),
    Measure(id="REF-LEVEL", block=B.REFERRALS, title="Level asked and level given", counts="referrals accepted, by level asked and level given", source=f"Screening of referrals. {_V1}", shape=S.TABLE, count=c.levels_given, needs="referrals"),
    Measure(id="REF-DAYS", block=B.REFERRALS, title="Days to the answer", counts="calendar days from receipt to acceptance or rejection, the median", source=f"Screening of referrals. {_V1}; the median is ours [I]", shape=S.MEAN, count=c.days_to_answer, needs="referrals"),
    Measure(id="REF-TIME", block=B.REFERRALS, title="Answered in time", counts="referrals answered within the area's working days of receipt, of those answered in the quarter", source="Screening of referrals. Ours [I]", shape=S.SHARE, count=partial(_given, "REF-TIME"), needs="given.REF-TIME"),
    Measure(id="REF-WAIT", block=B.REFERRALS, title="Waiting for an answer", counts="referrals received and not answered by the last day", source="Screening of referrals. Ours [I]", shape=S.COUNTS, count=c.waiting, needs="referrals"),
    Measure(id="REF-CHANGED", block=B.REFERRALS, title="Changed afterwards", counts="referrals accepted whose case had another level, and referrals rejected that were accepted again, within the area's months, of those answered in the quarter that can be followed so far; it suggests and proves nothing", source="Screening of referrals, histories of cases. Ours [I]", shape=S.SHARE, count=partial(_given, "REF-CHANGED"), needs="given.REF-CHANGED"),
    Measure(id="CASE-OPEN", block=B.CASELOAD, title="Cases at Level 2 and 3", counts="cases at the level on the last day, wherever the individual was, by category; Category 4 is left out", source=f"Histories of cases. {_V1}", shape=S.TABLE, count=c.open_cases, needs="levels"),
    Measure(id="CASE-IN", block=B.CASELOAD, title="New, stepped up, stepped down", counts="levels that began", source=f"Histories of cases. {_V1}", shape=S.COUNTS, count=c.movements, needs="levels"),
    Measure(id="CASE-OUT", block=B.CASELOAD, title="Exits", counts="cases that left Level 2 or 3 with nothing after it, by reason", source=f"Histories of cases. {_V1}", shape=S.LIST, count=c.exits, needs="levels"),
    Measure(id="CASE-WEEKS", block=B.CASELOAD, title="Weeks at the level", counts="the median of cases at the level on the last day", source=f"Histories of cases. {_V1}", shape=S.MEAN, count=c.weeks_at_level, needs="levels"),
    Measure(id="CASE-YEAR", block=B.CASELOAD, title="More than twelve months at the level", counts="cases at the level for more than 365 days, of those at it on the last day", source=f"Histories of cases. {_V1}", shape=S.SHARE, count=c.over_a_year, needs="levels"),
    Measure(id="MEET-HELD", block=B.MEETINGS, title="Held", counts="meetings that were held and have ended, by level and kind", source=f"Meetings. {_V1}", shape=S.TABLE, count=c.held, needs="meetings"),
    Measure(id="MEET-CAUSE", block=B.MEETINGS, title="Emergency panels by cause", counts="emergency panels held, by the code at A1", source="A1 of the meeting; the codes are ours [I]", shape=S.LIST, count=c.causes, needs="meetings"),
    Measure(id="MEET-OFF", block=B.MEETINGS, title="Cancelled and postponed", counts="days planned for on which a meeting was not held, by reason", source=f"Days given up. {_V1}; the reasons are ours [I]", shape=S.TABLE, count=c.put_off, needs="put_off"),
    Measure(id="MEET-QUORUM", block=B.MEETINGS, title="Not quorate", counts="meetings that went on though not quorate, of all held", source=f"A1 of the meeting. {_V1}", shape=S.SHARE, count=c.inquorate, needs="meetings"),
    Measure(id="MEET-MODE", block=B.MEETINGS, title="How they were held", counts="meetings held, by the code at A1", source=f"A1 of the meeting. {_V1}", shape=S.LIST, count=c.modes, needs="meetings"),
    Measure(id="MEET-LENGTH", block=B.MEETINGS, title="Length in minutes", counts="mean minutes from start to end, of meetings of which both are recorded", source=f"A1 and A18 of the meeting. {_V1}", shape=S.MEAN, count=c.length, needs="meetings"),
    Measure(id="MEET-SITTING", block=B.MEETINGS, title="Cases of a sitting", counts="mean meetings of a sitting; those in none are left out", source=f"Sittings. {_V1}", shape=S.MEAN, count=c.per_sitting, needs="meetings"),
    _key("K-INIT", B.TIMELINESS, "First meetings in time", "first meetings held within the area's days of the acceptance, of those with a referral"),
    _key("K-REV3", B.TIMELINESS, "Reviews at Level 3 in time", "cases whose next meeting was held by the backstop, of cases with one due"),
    _key("K-REV2", B.TIMELINESS, "Reviews at Level 2 in time", "cases whose next meeting was held by the backstop, of cases with one due"),
    _key("K-MIN3", B.TIMELINESS, "Minutes of Level 3 in time", "meetings whose minutes were issued by the day they were due, of those due"),
    _key("K-MIN2", B.TIMELINESS, "Minutes of Level 2 in time", "meetings whose minutes were issued by the day they were due, of those due"),
    _key("K-ATT3", B.ATTENDANCE, "Attendance at Level 3", "meetings attended, of those an organisation was required at"),
    _key("K-ATT2", B.ATTENDANCE, "Attendance at Level 2", "meetings attended, of those an organisation was required at"),
    _key("K-REP", B.ATTENDANCE, "Report only", "absences for which a report or a nil return came, of an organisation's absences"),
    _key("K-SMB", B.ATTENDANCE, "Attendance at the board", "board meetings that an organisation attended, of those at which it is listed"),
    Measure(id="ATT-SPOC", block=B.ATTENDANCE, title="Escalations", counts="times that a single point of contact was rung, at meetings held", source=f"A1 of the meeting. {_V1}", shape=S.COUNTS, count=c.escalations, needs="meetings"),
    Measure(id="DEC-LEVEL", block=B.DECISIONS, title="Level decided", counts="meetings held, by what A15 decided", source=f"A15 of the meeting. {_V1}", shape=S.LIST, count=c.levels_decided, needs="meetings"),
    Measure(id="DEC-CONSIDERED", block=B.DECISIONS, title="Disclosure considered", counts="meetings at which it was considered, of all held", source=f"A13 of the meeting. {_V1}", shape=S.SHARE, count=c.disclosure_considered, needs="meetings"),
    Measure(id="DEC-DISC", block=B.DECISIONS, title="Disclosure decided", counts="meetings held, by what A13 decided", source=f"A13 of the meeting. {_V1}", shape=S.LIST, count=c.disclosures, needs="meetings"),
    Measure(id="DEC-WHOM", block=B.DECISIONS, title="Disclosed to whom, by type", counts="the record says to whom in words, and has no types", source=f"Not in the record. {_V1}", shape=S.MISSING),
    Measure(id="DEC-SCHEME", block=B.DECISIONS, title="DVDS and CSODS", counts="meetings that recorded a referral to a disclosure scheme", source=f"A13 of the meeting. {_V1}", shape=S.COUNTS, count=c.schemes, needs="meetings"),
    Measure(id="DEC-CPPC", block=B.DECISIONS, title="CPPC considered", counts="meetings at Level 3 at which it was considered, of those held", source=f"A15 of the meeting. {_V1}", shape=S.SHARE, count=c.cppc, needs="meetings"),
    Measure(id="DEC-DISSENT", block=B.DECISIONS, title="Dissent", counts="meetings at which an agency disagreed with a decision, or dissent is summed up", source=f"A15 and A16 of the meeting. {_V1}", shape=S.COUNTS, count=c.dissent, needs="meetings"),
    Measure(id="ACT-SET", block=B.ACTIONS, title="Set", counts="actions set at meetings held, by organisation", source=f"A16 of the meeting. {_V1}", shape=S.COUNTS, count=c.actions_set, needs="meetings"),
    _key("K-ACT", B.ACTIONS, "Completed on time", "actions completed by the day first set, of those due and recorded, by organisation"),
    Measure(id="ACT-LATE", block=B.ACTIONS, title="Late or not done", counts="actions not completed by the day first set, of those due and recorded, by organisation", source=f"As K-ACT. {_V1}", shape=S.SHARE, count=partial(_given, "ACT-LATE"), needs="given.ACT-LATE"),
    Measure(id="ACT-CARRIED", block=B.ACTIONS, title="Carried twice or more", counts="actions still to be done at a meeting held that were carried twice or more", source=f"A5 of the meeting. {_V1}", shape=S.COUNTS, count=c.carried_twice, needs="meetings"),
    Measure(id="ACT-SMART", block=B.ACTIONS, title="SMART", counts="actions set that meet all five tests, of all set", source=f"The audit's tests (quality notes section 8). {_V1}", shape=S.SHARE, count=partial(_given, "ACT-SMART"), needs="given.ACT-SMART"),
    Measure(id="AUD-DONE", block=B.QUALITY, title="Audits done", counts="finished audits of meetings held, by form", source=f"Audits. {_V1}", shape=S.COUNTS, count=lambda facts: {one.row: one.of for one in facts.given.get("AUD-DONE", ())}, needs="meetings"),
    Measure(id="AUD-MEAN", block=B.QUALITY, title="Mean by question", counts="mean score of each question that was answered, by form; codes have no mean", source=f"Audits. {_V1}", shape=S.MEAN, count=partial(_given, "AUD-MEAN"), needs="meetings"),
    Measure(id="AUD-DEFECTS", block=B.QUALITY, title="Top defects", counts="the matters that the audit's rules found most often in the last quarter: meetings with a finding, of meetings read", source=f"The audit's rules. {_V1}", shape=S.SHARE, count=partial(_given, "AUD-DEFECTS"), needs="given.AUD-DEFECTS"),
    Measure(id="OUT-EVENTS", block=B.OUTCOMES, title="Returns and further offences", counts="people, once for each kind of event recorded", source=f"Events of cases. {_V1}", shape=S.COUNTS, count=c.outcomes, needs="levels"),
    Measure(id="OUT-ORDERS", block=B.OUTCOMES, title="Orders made", counts="orders that a meeting recorded as made in the quarter, one once for each case; T5 of the annual report stays entered by hand", source="A11 of the meeting. Ours [I]", shape=S.COUNTS, count=c.orders, needs="meetings"),
    Measure(id="OUT-SFO", block=B.OUTCOMES, title="Serious Further Offences notified", counts="entered by hand", source=f"Probation. {_V1}", shape=S.MANUAL, manual="SFO"),
    Measure(id="OUT-SFO-REVIEW", block=B.OUTCOMES, title="SFO reviews", counts="entered by hand", source=f"Probation. {_V1}", shape=S.MANUAL, manual="SFO-REVIEW"),
    Measure(id="OUT-SCR", block=B.OUTCOMES, title="MAPPA serious case reviews", counts="entered by hand", source=f"Strategic Management Board. {_V1}", shape=S.MANUAL, manual="SCR"),
    Measure(id="DIV-AGE", block=B.DIVERSITY, title="Age", counts="cases at Level 2 and 3 on the last day, by age band", source=f"Case: date of birth. {_V1}; the bands are ours [I]", shape=S.LIST, count=c.ages, needs="levels"),
    Measure(id="DIV-SEX", block=B.DIVERSITY, title="Sex", counts="cases at Level 2 and 3 on the last day", source=f"Case: gender, in words. {_V1}", shape=S.LIST, count=c.sexes, needs="levels"),
    Measure(id="DIV-ETHNICITY", block=B.DIVERSITY, title="Ethnicity", counts="cases at Level 2 and 3 on the last day, by the census group that the words begin with", source=f"Case: ethnicity, in words. {_V1}", shape=S.LIST, count=c.ethnicities, needs="levels"),
    Measure(id="DIV-DISABILITY", block=B.DIVERSITY, title="Disability", counts="the record holds needs in words, and no such fact", source=f"Not in the record. {_V1}", shape=S.MISSING),
    Measure(id="WORK-CHAIR", block=B.WORKLOAD, title="Meetings of each chair", counts="the mean and the most; nobody is named and nobody compared", source=f"A1 of the meeting. {_V1}", shape=S.MEAN, count=c.workload(MeetingRole.CHAIR), needs="meetings"),
    Measure(id="WORK-TAKER", block=B.WORKLOAD, title="Meetings of each minute taker", counts="the mean and the most; nobody is named and nobody compared", source=f"A1 of the meeting. {_V1}", shape=S.MEAN, count=c.workload(MeetingRole.MINUTE_TAKER), needs="meetings"),
)  # fmt: skip
"""Every figure, in the order printed."""

BY_ID: Final = {measure.id: measure for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure with its lines, quarter by quarter."""

    measure: Measure
    lines: Mapping[ReportQuarter, tuple[Line, ...]]
    """Oldest quarter first; every quarter has the same rows, in the same order."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of its rows."""
        return tuple(line.row for line in next(iter(self.lines.values())))

    def name(self, row: str) -> str:
        """``Held: Level 2, Emergency``; the title alone where the row is called like it."""
        title = self.measure.title
        return title if row == title else f"{title}: {'all' if row == TOTAL else row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarterly:
    """Every figure of some quarters."""

    quarters: tuple[ReportQuarter, ...]
    """Oldest first; the last is the one that was asked for."""
    figures: tuple[Figure, ...]
    below: int
    """Fewer than this is withheld; 0 where it stays in the area."""
    notes: tuple[str, ...] = ()
    fiction: bool = False
    """Whether an invented case is in the record that was counted."""


def quarterly(facts: Sequence[QuarterFacts], *, below: int = 0) -> Quarterly:
    """Every figure of each quarter, oldest first. With ``below`` it may leave the area."""
    return Quarterly(
        quarters=tuple(one.quarter for one in facts), below=below,
        figures=tuple(_figure(measure, facts, below) for measure in MEASURES),
    )  # fmt: skip


def _figure(measure: Measure, facts: Sequence[QuarterFacts], below: int) -> Figure:
    known: dict[ReportQuarter, dict[str, Line] | None] = {}
    for one in facts:
        lines = _lines(measure, one, below)
        known[one.quarter] = None if lines is None else {line.row: line for line in lines}
    rows = _in_order([list(lines) for lines in known.values() if lines is not None])
    rows = rows or [measure.title]
    nothing = Line("", 0) if measure.shape in (S.TABLE, S.LIST, S.COUNTS) else Line("", None, standing=Standing.NOTHING)  # fmt: skip
    unknown = Standing.NOT_SUPPLIED if measure.shape is S.MANUAL else Standing.NOT_KNOWN
    return Figure(
        measure,
        {
            quarter: tuple(
                replace(nothing, row=row) if lines is not None and row not in lines
                else Line(row, None, standing=unknown) if lines is None
                else lines[row]
                for row in rows
            )
            for quarter, lines in known.items()
        },
    )  # fmt: skip


def _in_order(lists: Sequence[Sequence[str]]) -> list[str]:
    """Every row of any quarter once, in the order of the quarters' own; totals last."""
    rows = list(dict.fromkeys(row for rows in lists for row in rows))
    return [row for row in rows if row != TOTAL] + [row for row in rows if row == TOTAL]


def _lines(measure: Measure, facts: QuarterFacts, below: int) -> list[Line] | None:
    """Its lines; None where the record cannot know, or nobody supplied it."""
    if measure.shape is S.MISSING or not _is_known(measure, facts):
        return None
    if measure.shape is S.MANUAL:
        return list(_manual(measure, facts, below))
    found = measure.count(facts)
    if measure.shape is S.TABLE:
        return list(table_lines(found, below))
    if measure.shape is S.LIST:
        return list(list_lines(found, below))
    if measure.shape is S.COUNTS:
        return [_small(Line(row, value), value, below) for row, value in found.items()]
    is_share = measure.shape is S.SHARE
    return [line_of(one, is_share, below) for one in found]


def lines_of(measure: Measure, facts: QuarterFacts) -> list[Line] | None:
    """The lines of one measure alone, nothing withheld; None where nothing is known."""
    return _lines(measure, facts, 0)


def _is_known(measure: Measure, facts: QuarterFacts) -> bool:
    what, _, key = measure.needs.partition(".")
    return key in facts.given if what == "given" else facts.holds(measure.needs)


def _manual(measure: Measure, facts: QuarterFacts, below: int) -> Iterator[Line]:
    value = facts.manual.get(measure.manual)
    if value is None:
        yield Line(measure.title, None, standing=Standing.NOT_SUPPLIED)
    else:
        yield _small(Line(measure.title, value, standing=Standing.MANUAL), value, below)


def line_of(given: Given, is_share: bool, below: int) -> Line:  # noqa: FBT001  a fact, not a switch
    """A share or a mean as a line; withheld where it is of fewer than ``below``."""
    if not given.known:
        return Line(given.row, None, standing=Standing.NOT_KNOWN, is_share=is_share)
    if not given.of or given.value is None:
        return Line(given.row, None, standing=Standing.NOTHING, is_share=is_share)
    return _small(Line(given.row, given.value, given.of, is_share=is_share), given.of, below)


def _small(line: Line, number: int, below: int) -> Line:
    hidden = replace(line, value=None, of=None, standing=Standing.WITHHELD)
    return hidden if 0 < number < below else line


def list_lines(counts: Mapping[str, int], below: int) -> Iterator[Line]:
    """Counts by row, with their sum."""
    cells = {(row, ""): value for row, value in counts.items()}
    hidden, _rows, _columns, grand = withheld(cells, below)
    for row, value in counts.items():
        yield _shown(Line(row, value), (row, "") in hidden)
    yield _shown(Line(TOTAL, sum(counts.values())), grand)


def table_lines(cells: Mapping[tuple[str, str], int], below: int) -> Iterator[Line]:
    """Counts by row and column, row by row, each with its sum; then the sums of the columns."""
    hidden, rows, columns, grand = withheld(cells, below)
    names = dict.fromkeys(row for row, _column in cells)
    across = dict.fromkeys(column for _row, column in cells)
    for row in names:
        for column in across:
            yield _shown(Line(f"{row}, {column}", cells[row, column]), (row, column) in hidden)
        total = sum(cells[row, column] for column in across)
        yield _shown(Line(f"{row}, {TOTAL}", total), row in rows)
    for column in across:
        total = sum(cells[row, column] for row in names)
        yield _shown(Line(f"{TOTAL}, {column}", total), column in columns)
    yield _shown(Line(TOTAL, sum(cells.values())), grand)


def _shown(line: Line, hidden: bool) -> Line:  # noqa: FBT001  a fact, not a switch
    return replace(line, value=None, standing=Standing.WITHHELD) if hidden else line


# -- for other programs -------------------------------------------------------------------

CSV_COLUMNS: Final = ("quarter", "block", "figure", "row", "value", "of", "percent", "status")


def csv_rows(report: Quarterly) -> Iterator[tuple[str, ...]]:
    """A row for each line of each quarter, heading first; no person, case or date of birth."""
    yield CSV_COLUMNS
    for figure in report.figures:
        for quarter, lines in figure.lines.items():
            for line in lines:
                yield (
                    quarter.label, str(figure.measure.block), figure.measure.id, _plain(line.row),
                    f"{line.value:g}" if line.value is not None else line.shown,
                    "" if line.of is None else str(line.of),
                    "" if line.percent is None else f"{line.percent:g}", str(line.standing),
                )  # fmt: skip


def _plain(row: str) -> str:
    """A row's name, never one that begins as a formula would (RV15): some are typed by people."""
    return f"'{row}" if row[:1] in "=+-@\t\r" else row


def as_data(report: Quarterly) -> dict[str, Any]:
    """The same as an object, each measure with what it counts and where that comes from."""
    return {
        "quarters": [quarter.label for quarter in report.quarters],
        "withheld_below": report.below,
        "notes": list(report.notes),
        "fiction": report.fiction,
        "figures": [
            {
                "id": one.measure.id, "block": str(one.measure.block), "title": one.measure.title,
                "counts": one.measure.counts, "source": one.measure.source,
                "rows": [
                    {
                        "row": row,
                        "quarters": {
                            quarter.label: _value(lines[place]) for quarter, lines in one.lines.items()
                        },
                    }
                    for place, row in enumerate(one.rows)
                ],
            }
            for one in report.figures
        ],
    }  # fmt: skip


def _value(line: Line) -> dict[str, Any]:
    return {
        "value": line.value, "of": line.of, "percent": line.percent, "status": str(line.standing),
        "words": line.shown,
    }  # fmt: skip
