"""The eight tables of an annual report (statistics notes section 2 [V1]).

``ANNUAL`` is one list: to add a table is to add an entry. Everything else (reconciling, JSON,
CSV, who is behind a cell, what is still missing) walks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from panelkit.domain.fields import long_date
from panelkit.domain.manual_figures import ManualFigure
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.report_year import ReportYear
from panelkit.stats.counts import CATEGORIES, LEVELS, Counts, Place, count
from panelkit.stats.facts import Facts
from panelkit.stats.tables import (
    CANNOT_BE,
    MISSING,
    TOTAL,
    Cell,
    Status,
    Sum,
    Table,
    reconciled,
    totalled,
)

BY_CATEGORY: Final = (*(f"Category {number}" for number in CATEGORIES), TOTAL)
BY_LEVEL: Final = (*(f"Level {number}" for number in LEVELS), TOTAL)
NUMBER: Final = "Number"

Supplied = Mapping[str, ManualFigure]
"""Manual figures that two people stand for, by their id."""
Cells = dict[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualTable:
    """One table of the report."""

    id: str
    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    fill: Callable[[Counts, Supplied], Cells]
    """The cells that are no totals."""
    needs: tuple[str, ...] = ()
    """Manual figures that it is made of."""
    snapshot: bool = False
    """Of 31 March; else of the whole year. The two are never mixed (section 1)."""
    adds: bool = True
    once: Callable[[Mapping[str, str]], bool] = lambda _rules: False
    """Whether the rules of counting let somebody be in one cell only."""
    note: str = ""


def _people(counted: Mapping[Place, list[str]], *, events: bool = False) -> Cells:
    cells: Cells = {}
    for level in LEVELS:
        for category in CATEGORIES:
            there = counted.get((level, category), [])
            cases = tuple(dict.fromkeys(there))
            cells[f"Level {level}", f"Category {category}"] = Cell(
                len(cases), Status.COUNTED, cases, len(there) if events else None
            )
    return cells


def _manual(supplied: Supplied, figure: str) -> Cell:
    found = supplied.get(figure)
    return Cell(found.value, Status.MANUAL) if found is not None else MISSING


def _t1(counts: Counts, supplied: Supplied) -> Cells:
    return {
        ("Level 1", "Category 1"): _manual(supplied, "T1.L1.C1"),
        ("Level 1", "Category 2"): _manual(supplied, "T1.L1.C2"),
        ("Level 1", "Category 3"): CANNOT_BE,
        **_people(counts.snapshot),
    }


def _t7b(counts: Counts, _supplied: Supplied) -> Cells:
    returned = counts.returned.get(str(OutcomeKind.RETURNED_SHPO), {})
    cells: Cells = {}
    for level in LEVELS:
        there = [case for (held, _), cases in returned.items() if held == level for case in cases]
        cases = tuple(dict.fromkeys(there))
        cells[f"Level {level}", TOTAL] = Cell(len(cases), Status.COUNTED, cases, len(there))
    return cells


def _one(row: str, figure: str) -> Callable[[Counts, Supplied], Cells]:
    return lambda _counts, supplied: {(row, NUMBER): _manual(supplied, figure)}


def _t8(counts: Counts, supplied: Supplied) -> Cells:
    """Rounded half up: round() would take 2.5 down to 2."""
    population, level_one = supplied.get("T8.population"), supplied.get("T1.L1.C1")
    if population is None or level_one is None:
        return {("Rate per 100,000", NUMBER): MISSING}
    people = level_one.value + sum(
        len(cases) for (_, category), cases in counts.snapshot.items() if category == "1"
    )
    rate = (2 * people * 100_000 + population.value) // (2 * population.value)
    return {("Rate per 100,000", NUMBER): Cell(rate, Status.WORKED_OUT)}


_BREACH, _REVOKED, _SUBJECT = "Cautioned or convicted", "Revoked on application", "Became subject"

ANNUAL: Final = (
    AnnualTable(
        id="T1", title="MAPPA-eligible individuals", snapshot=True, once=lambda _: True,
        rows=("Level 1", *BY_LEVEL), columns=BY_CATEGORY, fill=_t1, needs=("T1.L1.C1", "T1.L1.C2"),
        note="Who lives in the community is counted; who is in prison or detained under the Mental Health Act is not. [V1]",
    ),
    AnnualTable(
        id="T2", title="Individuals managed at Level 2 and 3, by category",
        rows=BY_LEVEL, columns=BY_CATEGORY, fill=lambda counts, _: _people(counts.managed),
        once=lambda rules: rules["t2_count_rule"] == "highest",
    ),
    AnnualTable(
        id="T3", title="Category 1 cautioned or convicted for breach of notification requirements",
        rows=(_BREACH,), columns=(NUMBER,), fill=_one(_BREACH, "T3"), needs=("T3",),
    ),
    AnnualTable(
        id="T4", title="Category 1 whose lifetime notification was revoked on application",
        rows=(_REVOKED,), columns=(NUMBER,), fill=_one(_REVOKED, "T4"), needs=("T4",),
    ),
    AnnualTable(
        id="T5", title="Restrictive orders made for Category 1", adds=False,
        rows=("SHPO", "SHPO with foreign travel restriction", "Notification Order"), columns=(NUMBER,),
        fill=lambda _, supplied: {
            ("SHPO", NUMBER): _manual(supplied, "T5.SHPO"),
            ("SHPO with foreign travel restriction", NUMBER): _manual(supplied, "T5.SHPO-TRAVEL"),
            ("Notification Order", NUMBER): _manual(supplied, "T5.NO"),
        },
        needs=("T5.SHPO", "T5.SHPO-TRAVEL", "T5.NO"),
        note="The rows are entered one by one and never added: whether one is part of another is not stated. [V1]",
    ),
    AnnualTable(
        id="T6", title="Became subject to notification after breach of a Sexual Risk Order",
        rows=(_SUBJECT,), columns=(NUMBER,), fill=_one(_SUBJECT, "T6"), needs=("T6",),
    ),
    AnnualTable(
        id="T7a", title="Level 2 and 3 returned to custody for breach of licence",
        rows=BY_LEVEL, columns=BY_CATEGORY,
        fill=lambda counts, _: _people(
            counts.returned.get(str(OutcomeKind.RETURNED_LICENCE), {}), events=True
        ),
    ),
    AnnualTable(
        id="T7b", title="Level 2 and 3 returned to custody for breach of SHPO",
        rows=BY_LEVEL, columns=(TOTAL,), fill=_t7b,
    ),
    AnnualTable(
        id="T8", title="Individuals subject to notification requirements per 100,000 people aged 10 and over",
        rows=("Rate per 100,000",), columns=(NUMBER,), fill=_t8, needs=("T8.population", "T1.L1.C1"),
        snapshot=True,
    ),
)  # fmt: skip
"""Every table, as published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables of one year, every sum of them done twice."""

    year: ReportYear
    tables: Mapping[str, Table]
    sums: tuple[Sum, ...]
    counts: Counts
    not_supplied: tuple[str, ...]
    """Ids of manual figures that are missing, in the order of the tables."""
    notes: tuple[str, ...]
    """What must be known to read the tables, sentence by sentence; no case is named."""


def annual_tables(facts: Facts, supplied: Supplied, rules: Mapping[str, str]) -> Tables:
    """T1 to T8. Raises Refused where rows cannot be so, or where a table does not reconcile."""
    counts = count(facts, rules)
    tables = {spec.id: _table(spec, counts, supplied, facts.year, rules) for spec in ANNUAL}
    sums = tuple(found for table in tables.values() for found in reconciled(table))
    missing = dict.fromkeys(
        figure for spec in ANNUAL for figure in spec.needs if figure not in supplied
    )
    return Tables(
        year=facts.year, tables=MappingProxyType(tables), sums=sums, counts=counts,
        not_supplied=tuple(missing), notes=_notes(counts, supplied, rules),
    )  # fmt: skip


def _table(
    spec: AnnualTable, counts: Counts, supplied: Supplied, year: ReportYear,
    rules: Mapping[str, str],
) -> Table:  # fmt: skip
    cells = spec.fill(counts, supplied)
    if spec.adds:
        cells = totalled(cells, spec.rows, spec.columns)
    period = (
        f"on {long_date(year.end)}"
        if spec.snapshot
        else f"from {long_date(year.start)} to {long_date(year.end)}"
    )
    return Table(
        id=spec.id, title=spec.title, period=period, rows=spec.rows, columns=spec.columns,
        cells=MappingProxyType(cells), adds=spec.adds, once=spec.once(rules), note=spec.note,
    )  # fmt: skip


def _notes(counts: Counts, supplied: Supplied, rules: Mapping[str, str]) -> tuple[str, ...]:
    notes = ["Category 4 is in no table and no total: it is published nationally. [V1]"]
    if (population := supplied.get("T8.population")) is not None:
        told = [population.reference, population.source]
        if population.published:
            told.append(f"published on {long_date(population.published)}")
        notes.append(
            f"T8: the population aged 10 and over is {population.value} "
            f"({'; '.join(part for part in told if part)}). The figure may change."
        )
    people = (
        (counts.not_in_community,
         "T2: {} managed at Level 2 or 3 were in the community on no day of it and are "
         + ("counted." if rules["t2_custody"] == "all" else "not counted.")),
        (counts.unknown_snapshot,
         "T1: of {} at Level 2 or 3 on 31 March the record does not say where they were; they are not counted."),
        (counts.unknown_year,
         "T2: of {} managed at Level 2 or 3 the record does not say where they were; they are not counted."),
        (counts.outside,
         "T7: {} returned to custody were at neither level on the day and are not counted."),
        (counts.derived,
         "T2: of {} counted the level history was worked out from meetings and not entered as such."),
        (counts.unconfirmed,
         "T1, T2: of {} managed at Level 2 or 3 the category is still to be confirmed; they are not counted."),
        (counts.transferred, "T2: {} counted were transferred in or out."),
    )  # fmt: skip
    notes += [words.format(len(set(cases))) for cases, words in people if cases]
    return tuple(notes)
