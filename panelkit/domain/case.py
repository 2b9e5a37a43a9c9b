"""The case: the individual whom the arrangements are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.domain.fields import FieldKind as K
from panelkit.domain.fields import choice, spec
from panelkit.domain.timescales import age_on
from panelkit.domain.vocabulary import Category, YesNo
from panelkit.domain.vocabulary import Sensitivity as S

REF: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
"""What a local reference may be: letters, digits and single hyphens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who it is about. The reference goes into titles and file names, never the name."""

    id: str
    """A text UUID."""

    ref: str
    """Local reference, such as ``WM-0143``; unique in the record."""

    category: Category
    """As last decided; each meeting records its own at A3."""

    fiction: bool = False
    """Invented, for teaching and tests; printed on every page."""

    revision: int = 1
    """Counts changes."""

    name: str = spec("Name")
    aliases: str = spec("Aliases and nicknames")
    born: date | None = spec("Date of birth", K.DATE)
    gender: str = spec("Gender")
    ethnicity: str = spec("Ethnicity, in words")
    religion: str = spec("Religion or belief")
    language: str = spec("Language and interpreter")
    immigration_status: str = spec("Immigration status")
    pnc: str = spec("PNC")
    crn: str = spec("CRN")
    noms: str = spec("NOMS number")
    visor_ref: str = spec("ViSOR/MAPPS reference")
    address: str = spec("Current address, custody or hospital", K.WORDS)
    release_address: str = spec("Proposed release address", K.WORDS)
    release_address_approved: YesNo | None = choice("Release address approved", YesNo)
    legal_hold: YesNo | None = choice("Legal hold", YesNo, sensitivity=S.OPEN)

    def is_child_on(self, day: date) -> bool:
        """Under 18 on ``day``; False while the date of birth is not known."""
        return self.born is not None and age_on(self.born, day) < 18
