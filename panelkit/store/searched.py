"""What is searched: one list of tables and columns, and what people call each place.

Kinds of entry, cases and requests follow from their own descriptions; the rest is said here. Every
column of words of the schema is either in ``SEARCHED`` or in ``NOT_SEARCHED`` with a reason, which a
test walks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from panelkit.domain.case import Case
from panelkit.domain.entries import ENTRIES
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.people import Act
from panelkit.domain.requests import Request
from panelkit.domain.screening import TESTS, Check

WORDS: Final = (
    FieldKind.WORDS,
    FieldKind.LINE,
    FieldKind.PERSON,
    FieldKind.ORGANISATION,
    FieldKind.ORGANISATIONS,
)
"""Kinds of field that somebody types words into; what is chosen or counted is not searched."""
WITHDRAWN: Final = "Withdrawn because"
ANSWER: Final = "answer"
CASE: Final = "case"


@dataclass(frozen=True, slots=True)
class Searched:
    """One table whose words are found: a row of it is one place."""

    table: str
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    """What people call each column."""
    title: str
    """What people call a row."""
    key: tuple[str, ...] = ("id",)
    """Columns that name a row, in order."""
    through: str = "meeting"
    """What says of which case a row is: ``meeting``, ``audit``, ``referral``, or the row itself (``case``)."""
    day: str = ""
    """Column of the day that it is ordered by where no meeting says one; blank for none, the newest."""
    act: Act = Act.READ
    """Who may see it: whoever may do that."""
    item: str = ""
    """The agenda item where it is; blank where the row says it, or none has it."""

    def label(self, column: str) -> str:
        """What people call a column."""
        return self.labels[self.columns.index(column)]


def _described(kind: type[Any]) -> dict[str, str]:
    return {field.key: field.label for field in fields_of(kind) if field.kind in WORDS}


PROGRAMS_OWN: Final = frozenset({
    ("notes", "place"), ("notes", "written_in"), ("section_words", "section"), ("visits", "place"),
    ("parked", "place"), ("parked", "gate"), ("comments", "section"), ("amendments", "section"),
    ("amendments", "place"), ("actions", "origin"), ("decisions", "at_item"),
    ("request", "checked_hash"), ("hand_over", "body"), ("audit_mark", "evidence"),
})  # fmt: skip
"""Columns of searched tables that hold codes, hashes and copies of the program's own, and nothing that
somebody typed there: a hand-over's body is a whole meeting, the evidence of a mark is quoted."""


def _of_kind(table: str, kind: type[Any], title: str, **said: Any) -> Searched:
    found = {k: label for k, label in _described(kind).items() if (table, k) not in PROGRAMS_OWN}
    if table == CASE:
        found = {"ref": "Reference", **found}
    if table not in (CASE, "request"):
        found["withdrawn"] = WITHDRAWN
    return Searched(table, tuple(found), tuple(found.values()), title, **said)


_ENTRIES: Final = tuple(_of_kind(each.kind, each, each.title, item=each.item) for each in ENTRIES)


def _said(table: str, title: str, columns: dict[str, str], **said: Any) -> Searched:
    return Searched(table, tuple(columns), tuple(columns.values()), title, **said)


SEARCHED: Final[tuple[Searched, ...]] = (
    _of_kind(CASE, Case, "Case", through="case"),
    _said(ANSWER, "", {"text": ""}, key=("meeting_id", "item", "field")),
    *_ENTRIES,
    _of_kind("request", Request, "Request", act=Act.ANSWER),
    _said("life", "Life of the minutes", {"reason": "Reason"}),
    _said(
        "dispatch", "Copy of the minutes", {"name": "Recipient", "organisation": "Organisation"}
    ),
    _said("hand_over", "Hand-over", {"reason": "Why the pen was taken back"}, act=Act.CARRY),
    _said("put_off", "Day put off", {"words": "In words", "withdrawn": WITHDRAWN}),
    _said(
        "span", "History", {"because": "Because", "withdrawn": WITHDRAWN},
        through="case", day="from_day",
    ),
    _said(
        "outcome", "Event", {"note": "Note", "withdrawn": WITHDRAWN}, through="case", day="day"
    ),
    _said(
        "referral", "Referral",
        {
            "organisation": "Referred by", **{str(test): test.label for test in TESTS},
            "withdrawn": WITHDRAWN,
        },
        through="case", day="received_on",
    ),
    _said(
        "screening", "Decision on a referral",
        {
            "words": "In words", **{str(check): check.label for check in Check},
            "withdrawn": WITHDRAWN,
        },
        through="referral", day="decided_on",
    ),
    _said(
        "retention", "Keeping the case", {"because": "Because", "hold": "Held because"},
        key=("case_id",), through="case", act=Act.DISPOSE,
    ),
    _said(
        "escalation", "Escalation",
        {"to_whom": "To whom", "words": "In words", "answer": "Answer", "withdrawn": WITHDRAWN},
        through="case", day="made_on", act=Act.CHASE,
    ),
    _said("reminded", "Reminder", {"reply": "Reply"}, through="case", day="replied_on", act=Act.CHASE),
    _said("audit", "Audit", {"remarks": "Remarks"}, act=Act.AUDIT),
    _said(
        "audit_mark", "Audit", {"reason": "Reason", "comment": "Comment"},
        through="audit", act=Act.AUDIT,
    ),
)  # fmt: skip
"""Every place where words are found, in the order of the schema."""
BY_TABLE: Final = {each.table: each for each in SEARCHED}

NOT_SEARCHED: Final = {
    "agenda": "the program's and the area's own words",
    "audit_form": "the program's and the area's own words",
    "template": "the area's own words, of no case",
    "superseded": "words that no longer stand: the history of a field shows them",
    "disagreement": "both texts of a place; the one that was kept is found where it stands",
    "draft": "a line that somebody began and has not said yet",
    "written": "a document's outline: its words are found where they stand",
    "issued": "a document as it was sent, which never changes and is no current word",
    "disposal": "a tombstone: nothing of a case is left in it but its reference",
    "journal": "hashes, and no word",
    "command": "the program's own words",
    "care": "about copies and places of the record, and no case",
    "desk_position": "where somebody was",
    "here_now": "who is where at this moment",
    "half_read": "minutes made elsewhere that somebody goes through: found once they are stored",
    "sitting": "a day's list: its meetings are found by what is in them",
    "sent_out": "that something was sent for a sitting: no word of a case",
    "meeting": "nothing typed: its reference finds it",
    "lay_sheet": "names of who observed: the audit it leads to is found",
    "person": "who works with the record, of no case",
    "access": "who may open which case",
    "chain_key": "a key",
    "manual_figure": "a figure of a year, of no case",
    "published": "tables of a year, of no case",
    "board": "a meeting of the board, of no case",
    "at_board": "who came to the board, of no case",
    "reminder": "what was written for an organisation, of no one case: its replies are found",
    "baseline": "the program's and the area's own words",
    "agreed": "what an area decided of guidance and forms, of no case",
    "spoc": "an organisation's point of contact, of no case",
    "allocation": "who of the office has what, and why that changed: the list of who has what shows it",
    "referred_again": "that two referrals are about the same individual: nothing typed",
    "entered": "that something was entered elsewhere: nothing typed",
    "standing_action": "actions once more, as they stand: their words are found where they were said",
    "falls_due": "days that follow from the meetings",
}  # fmt: skip
"""Tables of which nothing is searched, and why."""


def places_of(may: Any) -> tuple[str, ...]:
    """Tables that are searched for somebody; ``may`` says of an act whether they do it."""
    return tuple(each.table for each in SEARCHED if may(each.act))
