"""What is found most often: by matter, in how many meetings of how many, and what helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panelkit.audit import BY_ID, Finding, Severity
from panelkit.audit.matters import MATTERS, Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One matter in which meetings fall short."""

    matter: Matter
    found: int
    """Meetings with a finding."""
    red: int
    """Meetings with a red one."""
    of: int
    """Meetings that were read."""
    rules: tuple[tuple[str, int], ...]
    """Rules that found it, each with in how many meetings; most often first."""

    @property
    def is_suggestion(self) -> bool:
        """Whether only rules that read prose found it."""
        return all(BY_ID[rule].reads for rule, _times in self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defects:
    """Every matter that was found wanting, most often first."""

    of: int
    """Meetings that were read."""
    rows: tuple[Defect, ...]

    def top(self, many: int = 5) -> tuple[Defect, ...]:
        """The first few."""
        return self.rows[:many]


def tally(meetings: Iterable[Sequence[Finding]]) -> Defects:
    """Counts meetings, not findings: ten findings in one meeting are one meeting."""
    of = 0
    found: Counter[str] = Counter()
    red: Counter[str] = Counter()
    rules: Counter[tuple[str, str]] = Counter()
    for findings in meetings:
        of += 1
        found.update({finding.matter for finding in findings})
        red.update({f.matter for f in findings if f.severity is Severity.RED})
        rules.update({(finding.matter, finding.rule) for finding in findings})
    order = {matter: place for place, matter in enumerate(MATTERS)}
    ranked = sorted(found, key=lambda matter: (-found[matter], -red[matter], order[matter]))
    return Defects(
        of=of,
        rows=tuple(
            Defect(
                matter=MATTERS[matter], found=found[matter], red=red[matter], of=of,
                rules=tuple(
                    (rule, times) for (about, rule), times in rules.most_common() if about == matter
                ),
            )
            for matter in ranked
        ),
    )  # fmt: skip
