"""What the board's quarterly report says on its few pages: sentences, drawings and grids.

Numbers about no person and no case. What is small and leaves the area came here withheld, and
nothing here is added up from what is not said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from panelkit.domain.report_year import ReportQuarter


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a drawing."""

    height: float | None
    """None where there is no number: then its words say why."""
    words: str
    """What stands over it."""


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one kind, one for each label."""

    name: str
    """Blank where a drawing has only one."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One series of bars, or several piled up."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    sums: tuple[Bar, ...] = ()
    """What stands over each pile; empty where there is one series alone."""

    @property
    def in_words(self) -> str:
        """Every number that is drawn, for whoever cannot see it."""
        each = "; ".join(self._at(place) for place in range(len(self.labels)))
        return f"{self.title}: {each}."

    def _at(self, place: int) -> str:
        parts = [
            f"{one.name} {_flat(one.bars[place])}".strip() for one in self.series
        ]  # fmt: skip
        whole = f" {_flat(self.sums[place])}, of them" if self.sums else ""
        return f"{self.labels[place]}{whole} {', '.join(parts)}"


def _flat(bar: Bar) -> str:
    return " ".join(bar.words.split())


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one block over the quarters."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """What is counted, and its value in each quarter, oldest first."""
    notes: tuple[str, ...] = ()
    """What is 0 throughout, what is not known, what is cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """How often one organisation came to the panels of one level."""

    organisation: str
    level: str
    points: tuple[str, ...]
    """Of each quarter, oldest first."""
    share: float | None
    """Of the last quarter, 0 to 1; None where there is none or it is withheld."""
    target: float | None
    """0 to 1; None where the area has none."""
    ring: str = ""
    """Whom to ring about it; blank where it reaches the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterlyPaper:
    """The report."""

    area: str
    quarter: ReportQuarter
    quarters: tuple[str, ...]
    """Labels, oldest first; the last is the quarter itself."""
    made_on: date
    outside: int
    """Fewer than this is withheld; 0 where the report stays in the area."""
    points: tuple[tuple[str, str], ...]
    """What to know first: a label and its sentences."""
    drawings: dict[str, tuple[Drawing, ...]]
    """By the section that they stand in."""
    attending: tuple[Attending, ...]
    """The lowest first."""
    attending_note: str
    grids: dict[str, Grid]
    """By section."""
    notes: tuple[str, ...]
    fiction: bool

    @property
    def is_so_far(self) -> bool:
        """Whether the quarter has not ended yet."""
        return self.made_on <= self.quarter.end


def compared(now: float, before: Sequence[float | None], *, so_far: bool = False) -> str:
    """``more than in any of the 3 quarters before (2, 0, 1)``, or what can be said truly.

    ``before`` is the oldest first; None is a quarter of which there is no number. A quarter that
    still runs (``so_far``) is neither more nor fewer than whole ones.
    """
    known = [number for number in before if number is not None]
    if not known:
        return "nothing before it is known to compare with"
    said = ", ".join(f"{number:g}" for number in known)
    quarters = "the quarter" if len(known) == 1 else f"the {len(known)} quarters"
    if len(known) < len(before):
        quarters += " known"
    if so_far:
        return f"so far; in {quarters} before {said}"
    each = "in" if len(known) == 1 else "in any of"
    if now > max(known):
        return f"more than {each} {quarters} before ({said})"
    if now < min(known):
        return f"fewer than {each} {quarters} before ({said})"
    if min(known) == max(known):
        return f"as many as in {quarters if len(known) == 1 else f'each of {quarters}'} before"
    return f"within what {quarters} before saw ({said})"
