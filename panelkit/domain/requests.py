"""A request from outside: the log row, the words written for its summary, the check, the approval.

The words of a summary are written here, for the requester, and nowhere else: a summary
holds no text that was written in the record for the panel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panelkit.domain import entries as e
from panelkit.domain.fields import Field, FieldKind, choice, fields_of, show_text, spec
from panelkit.domain.fields import FieldKind as K
from panelkit.domain.meeting import Meeting
from panelkit.domain.request_words import Capacity, Ground, LegalBasis, RequestOutcome
from panelkit.domain.timescales import Calendar, add_months, add_working_days
from panelkit.domain.vocabulary import Sensitivity as S

MOST_LINES = 3
"""Lines that the reason may have."""

LETTERS_IN_A_LINE = 100
"""What counts as a line where nobody pressed Enter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request for the minutes of one meeting. A blank outcome is a request still open."""

    id: str
    meeting_id: str
    number: int = 0
    """Its place among the requests about this meeting."""
    revision: int = 1

    requester: str = spec("Who asks")
    capacity: Capacity | None = choice("In what capacity", Capacity, sensitivity=S.OPEN)
    reply_to: str = spec("Where the reply goes", K.WORDS)
    received_on: date | None = spec("Received on", K.DATE, sensitivity=S.OPEN)
    basis: LegalBasis | None = choice("Legal basis", LegalBasis, sensitivity=S.OPEN)
    basis_detail: str = spec("Basis in words: the order, the rule, the proceedings")
    due_on: date | None = spec("Answer due on", K.DATE, sensitivity=S.OPEN)
    reason: str = spec("Summary: why managed at this level (neutral, three lines at most)", K.WORDS)
    risk_factors: str = spec("Summary: risk factors that the individual already knows", K.WORDS)
    plan_summary: str = spec(
        "Summary: lawful, overt measures only (licence, orders, programmes)", K.WORDS
    )
    withheld: str = spec("What is withheld, in general words", K.WORDS)
    grounds: tuple[Ground, ...] = spec("Ground", K.CHOICES, choices="Ground", sensitivity=S.OPEN)
    owner_agency: str = spec("Agency to ask for its own information", K.WORDS, sensitivity=S.OPEN)
    outcome: RequestOutcome | None = choice("Outcome", RequestOutcome, sensitivity=S.OPEN)
    checked_by: str = spec("Redaction checked by", K.PERSON, sensitivity=S.OPEN)
    checked_at: datetime | None = spec("Redaction checked at", K.INSTANT, sensitivity=S.OPEN)
    checked_hash: str = spec("Hash of the text that was checked", sensitivity=S.OPEN)
    confirmed: str = spec("Words confirmed as fit to be sent", K.WORDS)
    approved_by: str = spec("Approved by the chair", K.PERSON, sensitivity=S.OPEN)
    approved_at: datetime | None = spec("Approved at", K.INSTANT, sensitivity=S.OPEN)
    issued_version: int | None = spec("Issued as version", K.NUMBER, sensitivity=S.OPEN)

    @property
    def ref(self) -> str:
        """``R1``: how people refer to it."""
        return f"R{self.number}"

    @property
    def is_issued(self) -> bool:
        """Whether its summary was issued: nothing of it changes any more."""
        return self.issued_version is not None


PROGRAM_FIELDS = frozenset(
    {
        "checked_by", "checked_at", "checked_hash", "confirmed",
        "approved_by", "approved_at", "issued_version",
    }
)  # fmt: skip
"""Fields that only the check, the approval and the issue write."""

FORM: tuple[Field, ...] = tuple(f for f in fields_of(Request) if f.key not in PROGRAM_FIELDS)
"""What a person writes, in the order asked."""

NEEDED = (
    "requester", "capacity", "received_on", "basis", "due_on",
    "reason", "risk_factors", "plan_summary", "withheld", "grounds",
)  # fmt: skip
"""What must be written before a summary can be checked."""

NEEDED_FOR_REPLY = ("requester", "capacity", "received_on", "basis", "due_on", "grounds")
"""What must be written before the requester is answered."""


def missing(request: Request, keys: tuple[str, ...] = NEEDED) -> tuple[str, ...]:
    """Labels of what is still blank, and of a reason that is too long."""
    labels = {f.key: f.label for f in fields_of(Request)}
    found = [labels[key] for key in keys if not _filled(getattr(request, key))]
    if request.basis is LegalBasis.OTHER and not request.basis_detail.strip():
        found.append(labels["basis_detail"])
    if "reason" in keys and lines_of(request.reason) > MOST_LINES:
        found.append(f"a reason of at most {MOST_LINES} lines")
    return tuple(found)


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value not in (None, ())


def lines_of(text: str) -> int:
    """How many lines a text takes: those typed, long ones counted as several."""
    return sum(-(-len(line) // LETTERS_IN_A_LINE) for line in text.strip().split("\n") if line)


def suggested_due(request: Request, calendar: Calendar) -> date | None:
    """When the answer is due by statute [R]: 20 working days, or a month; None where not known."""
    if request.received_on is None:
        return None
    if request.basis is LegalBasis.FOI:
        return add_working_days(request.received_on, 20, calendar)
    if request.basis is LegalBasis.ACCESS:
        return add_months(request.received_on, 1)
    return None


def prefilled(meeting: Meeting) -> dict[str, str]:
    """First words for a summary, from structured values only; a person reads and writes them."""
    decided = meeting.value("A3", "mappa_category") or meeting.case.category
    controls = dict.fromkeys(
        show_text(order.control)
        for order in meeting.live(e.Order)
        if order.control and order.made_on and not order.restricted_part
    )
    return {
        "reason": f"{show_text(decided)}. Managed at {meeting.level.label}.",
        "plan_summary": "\n".join(controls),
    }


def read(key: str, text: str) -> object:
    """The value that ``text`` stands for in a field of the form. Raises BadInput, KeyError."""
    described = next(f for f in FORM if f.key == key)
    value = described.parse(text)
    return value if value is not None or described.kind is not FieldKind.WORDS else ""
