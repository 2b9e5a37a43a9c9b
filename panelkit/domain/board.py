"""What the one page for the Strategic Management Board says, in words and numbers.

No person and no case is in it. What a number rests on stands beside it; what is not recorded
says so, and where the page leaves the area a share of too few is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One key figure of everybody together."""

    id: str
    title: str
    words: str
    """``73 % (8 of 11 meetings)``, or why there is none."""
    percent: float | None
    """None where there is none, or where it is withheld."""
    target: int | None
    reached: bool | None
    """None where there is no figure or no target."""
    note: str = ""
    """What else must be known: how many of the organisations reach it, what is not recorded."""
    source: str = ""
    """Of the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """One question over the quarters."""

    question: str
    """With its id and its scale: ``K5.1 (1 to 4) Are the minutes clear?``."""
    points: tuple[str, ...]
    """``3.2 (n 6)`` for each quarter, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWorkOn:
    """One matter in which meetings fall short."""

    title: str
    words: str
    """``7 of 12 meetings``, or that it is withheld."""
    percent: float | None
    advice: str
    is_suggestion: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReport:
    """The page."""

    start: date
    end: date
    outside: int
    """Fewer than this is withheld; 0 where the page stays in the area."""
    sampled: tuple[str, ...]
    """What was audited of what, and how it was drawn, in sentences."""
    headlines: tuple[Headline, ...]
    not_recorded: tuple[str, ...]
    """Key figures of which the record holds nothing."""
    quarters: tuple[str, ...]
    trends: tuple[TrendLine, ...]
    trends_of: int
    """Questions that were answered; those shown are the lowest."""
    coded: tuple[str, ...]
    """Scottish codes, counted, in sentences."""
    defects: tuple[ToWorkOn, ...]
    well: tuple[str, ...]
    """Matters on which nothing was found in any meeting, those that keep people safe first."""
    read: int
    """Meetings that the rules read."""
    fiction: bool
