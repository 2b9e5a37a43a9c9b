"""Figures of the annual report that the record cannot know, and so never invents.

Each is entered with its source by one person and confirmed by a second; until then the tables
say "not supplied", never 0 (statistics notes section 3 [V1]).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.report_year import ReportYear

MOST: Final = 100_000_000
"""More people than live here: a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that somebody outside the record supplies."""

    id: str
    table: str
    label: str
    supplier: str
    """Who holds it (statistics notes section 3)."""
    least: int = 0
    """The smallest it can be; a population is never zero."""


ASKED: Final = (
    Asked("T1.L1.C1", "T1", "Level 1, Category 1, on 31 March", "Police: ViSOR caseload"),
    Asked("T1.L1.C2", "T1", "Level 1, Category 2, on 31 March", "Probation caseload"),
    Asked("T3", "T3", "Category 1 cautioned or convicted for breach of notification", "Police: ViSOR, court results"),
    Asked("T4", "T4", "Category 1 whose lifetime notification was revoked on application", "Police: ViSOR"),
    Asked("T5.SHPO", "T5", "Sexual Harm Prevention Orders made", "Police: ViSOR, court results"),
    Asked("T5.SHPO-TRAVEL", "T5", "Sexual Harm Prevention Orders with foreign travel restriction", "Police: ViSOR, court results"),
    Asked("T5.NO", "T5", "Notification Orders made", "Police: ViSOR, court results"),
    Asked("T6", "T6", "Became subject to notification after breach of a Sexual Risk Order", "Police: ViSOR, court results"),
    Asked("T8.population", "T8", "Population aged 10 and over", "Office for National Statistics", least=1),
)  # fmt: skip
"""Every one of them; the tables, the manual and the list of what is missing follow."""

QUARTERLY: Final = (
    Asked("SFO", "OUT-SFO", "Serious Further Offences notified in the quarter", "Probation"),
    Asked("SFO-REVIEW", "OUT-SFO-REVIEW", "SFO reviews begun in the quarter", "Probation"),
    Asked("SCR", "OUT-SCR", "MAPPA serious case reviews commissioned in the quarter", "Strategic Management Board"),
)  # fmt: skip
"""Those of each quarter, called ``Q3.SFO`` in their year (statistics notes section 5 [V1])."""

BY_ID: Final = MappingProxyType({asked.id: asked for asked in ASKED})


def asked_of(name: str) -> Asked:
    """The figure of that name, in whichever letters. Raises BadInput, naming them all."""
    for asked in (*ASKED, *(of_quarter(number, one) for number in QUARTERS for one in QUARTERLY)):
        if asked.id.casefold() == name.strip().casefold():
            return asked
    known = ", ".join((*(a.id for a in ASKED), *(of_quarter(1, a).id for a in QUARTERLY)))
    raise BadInput("No figure of that name is entered by hand.", remedy=f"They are {known}.")


QUARTERS: Final = (1, 2, 3, 4)


def of_quarter(number: int, asked: Asked) -> Asked:
    """A quarterly figure under the name that it has in its year: ``Q3.SFO``."""
    return replace(asked, id=f"Q{number}.{asked.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualFigure:
    """One figure of one year, with where it comes from and who answers for it."""

    id: str
    year: ReportYear
    figure: str
    value: int
    source: str
    """Where it comes from, in words; printed beside the tables."""
    as_at: date | None = None
    """The day for which it holds."""
    reference: str = ""
    """What the source calls it: ``mid-2021 estimate``."""
    published: date | None = None
    """When the source was published."""
    entered_by: str
    entered_id: str
    """Who that is: the person, or the claimed name where there are no passphrases."""
    entered_at: datetime
    confirmed_by: str = ""
    confirmed_id: str = ""
    confirmed_at: datetime | None = None
    revision: int = 1

    @property
    def is_supplied(self) -> bool:
        """Whether two people stand for it: only then is it printed."""
        return bool(self.confirmed_id)

    def confirmed(self, by: str, by_id: str, at: datetime) -> ManualFigure:
        """The same, with the second person. Raises Refused for whoever entered it."""
        if self.is_supplied:
            raise Refused(f"{self.confirmed_by} confirmed {self.figure} already.")
        if by_id == self.entered_id:
            msg = f"{self.entered_by} entered {self.figure}: a second person confirms it."
            raise Refused(msg, remedy="Ask somebody else to look at the source.")
        return replace(
            self, confirmed_by=by, confirmed_id=by_id, confirmed_at=at, revision=self.revision + 1
        )


def number_of(asked: Asked, words: str) -> int:
    """The number that ``words`` give for a figure. Raises BadInput, naming the figure."""
    if re.fullmatch(r"[0-9]{1,9}", words.strip()) is None or int(words) > MOST:
        msg = f"{asked.id} is a whole number, written with digits alone, such as 3638."
        raise BadInput(msg)
    value = int(words)
    if value < asked.least:
        raise BadInput(f"{asked.id} is {asked.least} or more: {asked.label.lower()}.")
    return value
