"""What others hold, read from a table into the record: shown as it was understood, then stored whole.

read = HeldEvents(Histories(record, clock, who))
understood = read.understand(grid, told)       # every line: what it comes to, or why it is refused
read.store(understood)                         # everything or nothing

Nothing here writes in a way of its own: a line is entered as by hand, through :class:`Annual` and
:class:`Histories`, so that the same rules refuse it and the same entries of the journal follow. A
file is stored whole or not at all, since a year counted from a part of it would look complete; lines
that somebody leaves out by their numbers are named, with the reason, in what is noted beside the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.grids import Grid
from panelkit.domain.headings import Holds
from panelkit.domain.held import HeldRow, LineOf, LineRefused, Origin, Status, Understood
from panelkit.domain.manual_figures import ASKED, QUARTERLY, QUARTERS, ManualFigure, of_quarter
from panelkit.domain.mapping import Mapped, Told, mapping_of
from panelkit.domain.outcomes import Outcome, OutcomeKind
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportYear
from panelkit.services.acting import acting
from panelkit.services.annual import Annual, Entry
from panelkit.services.histories import Happening, Histories

CODES: Final = MappingProxyType(
    {
        Holds.EVENTS: {str(kind): kind.label for kind in OutcomeKind},
        Holds.FIGURES: {
            asked.id: asked.label
            for asked in (*ASKED, *(of_quarter(n, one) for n in QUARTERS for one in QUARTERLY))
        },
    }
)
"""What a word of a file can be said to stand for."""
NOT_SAID: Final = Origin()


@acting(Act.FIGURES)
class HeldFigures:
    """Figures of a year that the record cannot know."""

    def __init__(self, annual: Annual) -> None:
        """They are entered by whoever ``annual`` works for."""
        self.annual = annual
        self.record = annual.record

    def understand(
        self, grid: Grid, told: Told, year: ReportYear | None = None, origin: Origin = NOT_SAID
    ) -> Understood[Entry]:
        """Every line with the figure that it would enter, beside the one that is there.

        ``year`` is that of every line where they do not say one. Nothing is written. Raises
        BadInput where ``told`` or ``origin`` says what cannot be.
        """
        told, where = told.checked(Holds.FIGURES, CODES[Holds.FIGURES]), origin.words(grid)
        mapped = mapping_of(grid, Holds.FIGURES, told)
        problems = (*mapped.problems, *_owed_of_figures(mapped, year))
        lines = () if problems else tuple(LineOf(mapped, told, line) for line in grid.lines)
        rows: dict[int, HeldRow[Entry]] = {}
        about: list[tuple[LineOf, ReportYear, str]] = []
        for line in lines:
            if left := origin.left_out(line.line):
                rows[line.number] = left
                continue
            try:
                about.append((line, line.year(year), line.figure()))
            except LineRefused as refused:
                rows[line.number] = HeldRow(line.number, Status.REFUSED, why=refused.why)
        twice = _twice(
            (line.number, (of, name), f"{name} of {of.label}") for line, of, name in about if name
        )
        for line, of, name in about:
            rows[line.number] = twice.get(line.number) or self._row(line, of, name, where)
        return Understood(
            grid=grid, mapped=mapped, problems=problems,
            rows=tuple(rows[number] for number in sorted(rows)),
        )  # fmt: skip

    def store(self, understood: Understood[Entry]) -> None:
        """Write it, in one transaction. Raises Refused where a line was not understood, StaleRecord
        where somebody entered one of the figures meanwhile.
        """
        _must_be_whole(understood)
        if understood.plans:
            self.annual.enter(understood.plans)

    def _row(self, line: LineOf, year: ReportYear, name: str, where: str) -> HeldRow[Entry]:
        if not name:
            why = "Nobody enters that: the record counts it, or no number can stand there."
            return HeldRow(line.number, Status.ASIDE, line.about, why=why)
        try:
            before, after = self.annual.to_enter(
                year, name, line.whole("value"), as_at=line.day("as_at"),
                source=_from(line.words("source"), where),
                reference=line.words("reference"), published=line.day("published"),
            )  # fmt: skip
        except LineRefused as refused:
            return HeldRow(line.number, Status.REFUSED, why=refused.why)
        except BadInput as wrong:
            why = f"{line.place('value')}: {wrong.message}"
            return HeldRow(line.number, Status.REFUSED, why=why)
        what, beside = f"{name} of {year.label}: {after.value}", _beside(after)
        if before is None:
            return HeldRow(line.number, Status.NEW, what, beside, plan=(before, after))
        was = _was(before)
        if _says_the_same(before, after):
            return HeldRow(line.number, Status.THERE, what, was=was)
        why = "Confirmed already: it waits for a second person again." if before.is_supplied else ""
        return HeldRow(line.number, Status.CHANGED, what, beside, was, why, (before, after))


@dataclass(frozen=True, slots=True)
class _Said:
    """What one line says of a case, before the record is asked."""

    case: str
    kind: OutcomeKind
    day: date
    note: str

    @property
    def words(self) -> str:
        return f"{self.case}: {self.kind.label} on {long_date(self.day)}"


@acting(Act.PLAN)
class HeldEvents:
    """What became of individuals, by the reference of their case."""

    def __init__(self, histories: Histories) -> None:
        """They are entered by whoever ``histories`` works for."""
        self.histories = histories
        self.record = histories.record

    def understand(
        self, grid: Grid, told: Told, origin: Origin = NOT_SAID
    ) -> Understood[Happening]:
        """Every line with the event that it would enter.

        A case that is not there and one that may not be opened are refused in the same words.
        Nothing is written. Raises BadInput where ``told`` or ``origin`` says what cannot be.
        """
        told, where = told.checked(Holds.EVENTS, CODES[Holds.EVENTS]), origin.words(grid)
        mapped = mapping_of(grid, Holds.EVENTS, told)
        rows: dict[int, HeldRow[Happening]] = {}
        about: dict[int, _Said] = {}
        for line in grid.lines if not mapped.problems else ():
            if left := origin.left_out(line):
                rows[line.number] = left
                continue
            try:
                about[line.number] = _said(LineOf(mapped, told, line), where)
            except LineRefused as refused:
                rows[line.number] = HeldRow(line.number, Status.REFUSED, why=refused.why)
        rows |= _twice((at, (s.case, s.kind, s.day), s.words) for at, s in about.items())
        rows |= self._in_order({at: said for at, said in about.items() if at not in rows})
        return Understood(
            grid=grid, mapped=mapped, problems=mapped.problems,
            rows=tuple(rows[number] for number in sorted(rows)),
        )  # fmt: skip

    def store(self, understood: Understood[Happening]) -> None:
        """Write it, in one transaction. Raises Refused where a line was not understood, StaleRecord
        where somebody entered one of the events meanwhile.
        """
        _must_be_whole(understood)
        if understood.plans:
            by_day = sorted(understood.plans, key=lambda one: one.event.day)
            self.histories.keep_happened(by_day)

    def _in_order(self, about: dict[int, _Said]) -> dict[int, HeldRow[Happening]]:
        """By day, whatever order the file has: a return ends the days in the community before it."""
        there = {case: self._events(case) for case in {said.case for said in about.values()}}
        last: dict[str, Happening] = {}
        found = {}
        for number, said in sorted(about.items(), key=lambda pair: (pair[1].day, pair[0])):
            row = self._row(number, said, there[said.case], last.get(said.case))
            if row.plan is not None:
                last[said.case] = row.plan
            found[number] = row
        return found

    def _events(self, ref: str) -> tuple[Outcome, ...]:
        case = self.record.find_case(ref)
        return self.record.events(case.id) if case else ()

    def _row(
        self, number: int, said: _Said, events: tuple[Outcome, ...], upon: Happening | None
    ) -> HeldRow[Happening]:
        same = [one for one in events if (one.kind, one.day) == (said.kind, said.day)]
        if any(one.is_live for one in same):
            return HeldRow(number, Status.THERE, said.words)
        if same:
            why = "It was entered and withdrawn: if it did happen, enter it by hand."
            return HeldRow(number, Status.WITHDRAWN, said.words, why=why)
        try:
            plan = self.histories.would_happen(said.case, said.kind, said.day, said.note, upon=upon)
        except (NotFound, BadInput, Refused) as wrong:
            return HeldRow(number, Status.REFUSED, said.words, why=wrong.message)
        return HeldRow(number, Status.NEW, said.words, f"Note: {said.note}", plan=plan)


def _said(line: LineOf, where: str) -> _Said:
    day = line.day("day")
    if day is None:
        raise line.refused("day", "is blank")
    note = _from(line.words("note"), where)
    return _Said(line.reference("case"), line.kind("kind"), day, note)


def _twice(keyed: Iterable[tuple[int, Any, str]]) -> dict[int, HeldRow[Any]]:
    """Lines that are about the same thing: which of them is meant, or whether it happened twice,
    nobody can say.
    """
    by_key: dict[Any, list[tuple[int, str]]] = defaultdict(list)
    for number, key, what in keyed:
        by_key[key].append((number, what))
    found: dict[int, HeldRow[Any]] = {}
    for lines in by_key.values():
        if len(lines) > 1:
            *first, last = (str(number) for number, _what in lines)
            why = f"Lines {', '.join(first)} and {last} are both about that."
            found |= {n: HeldRow(n, Status.REFUSED, what, why=why) for n, what in lines}
    return found


def _owed_of_figures(mapped: Mapped, year: ReportYear | None) -> Iterator[str]:
    """What a table of figures must say beside the numbers."""
    by_level = mapped.column("level") and mapped.column("category")
    if not (mapped.column("figure") or by_level):
        yield "No column is the figure, and none the level and the category: say which with --map."
    if year is None and mapped.column("year") is None:
        yield "No column is the report year: say it with --year."


def _says_the_same(before: ManualFigure, after: ManualFigure) -> bool:
    """Whether a figure that is there says all that the table does; its source may be another's."""
    pairs = (
        (before.as_at, after.as_at), (before.reference, after.reference),
        (before.published, after.published),
    )  # fmt: skip
    return before.value == after.value and all(not new or old == new for old, new in pairs)


def _beside(figure: ManualFigure) -> str:
    """Everything that is kept with a figure, in words."""
    said = (
        f"as at {long_date(figure.as_at)}" if figure.as_at else "",
        f"reference: {figure.reference}" if figure.reference else "",
        f"published on {long_date(figure.published)}" if figure.published else "",
        f"source: {figure.source}",
    )
    words = "; ".join(filter(None, said))
    return f"{words[:1].upper()}{words[1:]}"


def _was(before: ManualFigure) -> str:
    """``62, entered by Ruth Calloway, confirmed by Omar Okafor``."""
    seconded = f"confirmed by {before.confirmed_by}" if before.is_supplied else "not confirmed"
    return f"{before.value}, entered by {before.entered_by}, {seconded}"


def _from(words: str, where: str) -> str:
    """The words of a line as they are, with where they were read: ``by telephone (file r.csv)``."""
    return f"{words} ({where})" if words else where


def _must_be_whole(understood: Understood[Any]) -> None:
    if not understood.is_whole:
        raise Refused(
            f"{understood.grid.file} was not understood as a whole, and nothing of it was stored.",
            remedy="Correct the file, or say with --map and --word what it means.",
        )
