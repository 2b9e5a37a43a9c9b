"""Everything a screen may ask, in one value: the services, the area, the clock, who works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from panelkit.domain.area import Area
from panelkit.services.caseload import Caseload
from panelkit.services.chairing import Chairing
from panelkit.services.clock import Clock
from panelkit.services.minute_taking import MinuteTaking
from panelkit.services.taking_back import TakingBack


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one desk, over one record."""

    caseload: Caseload
    chairing: Chairing
    minute_taking: MinuteTaking
    taking_back: TakingBack
    area: Area
    clock: Clock
    who: str
    encrypted: bool
    """Whether the record is encrypted; the top line says so when it is not."""
    demo: bool
    """Whether it holds the demonstration."""
    documents: Path
    """Where documents are written unless somebody says otherwise."""
