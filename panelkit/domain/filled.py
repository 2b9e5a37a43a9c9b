"""What an empty record is filled with: cases with everything of them, and what is about no case."""

from __future__ import annotations

from dataclasses import dataclass

from panelkit.domain.auditing import Audit
from panelkit.domain.case import Case
from panelkit.domain.level_history import Spans
from panelkit.domain.manual_figures import ManualFigure
from panelkit.domain.meeting import Meeting
from panelkit.domain.minutes import Fact
from panelkit.domain.outcomes import Outcome
from panelkit.domain.put_off import PutOff
from panelkit.domain.referrals import Referral
from panelkit.domain.sitting import Sitting
from panelkit.domain.smb import BoardMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One case with everything of it; without one, what is about no case."""

    case: Case | None = None
    spans: Spans = ()
    events: tuple[Outcome, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    """Those that no case before this one was heard at."""
    meetings: tuple[Meeting, ...] = ()
    put_off: tuple[PutOff, ...] = ()
    minutes: tuple[tuple[str, Fact], ...] = ()
    """What happened to the minutes of a meeting, by its id."""
    audits: tuple[Audit, ...] = ()
    """Finished."""
    referrals: tuple[Referral, ...] = ()
    """With their numbers."""
    boards: tuple[BoardMeeting, ...] = ()
    figures: tuple[ManualFigure, ...] = ()
