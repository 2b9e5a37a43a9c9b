"""What one organisation supplied, meeting by meeting: for its subject access requests.

    found = Supplied(record)
    found.alike("Harrowmere Police")              # how it is spelt in the record, shown first
    found.by(("Harrowmere Police",), None, None)  # what those names supplied

Only what the record itself attributes to the organisation, or to a person listed for it at
that meeting. What was typed without saying from whom it came cannot be known, and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain.fields import fields_of, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import ReportStatus
from panelkit.services.acting import acting

if TYPE_CHECKING:
    from panelkit.store.record import Record

FROM: Final[dict[str, tuple[str, ...]]] = {
    "contributions": ("organisation", "given_by"), "notes": ("speaker",), "evidence": ("source",),
    "views": ("organisation",), "interests": ("declared_by",), "tools": ("assessor",),
    "amendments": ("asked_by",), "calls": ("organisation", "person"),
    "return_lines": ("organisation",), "agency_returns": ("organisation", "filled_by"),
}  # fmt: skip
"""Which fields of each kind say from whom it came: an organisation, or a person."""

NOT_FROM: Final[dict[str, str]] = {
    "attendance": "who was there; its written report is listed by itself",
    "actions": "what an organisation is to do, not what it told",
    "restricted_parts": "who stayed", "victims": "who looks after a safety measure",
    "measures": "who does it", "disclosures": "who is to tell", "decisions": "who decided",
    "told": "who is to tell", "recipients": "who has a copy",
    "transfers": "who asks another area, and what that decided",
    "settled": "that something came, not what it says",
}  # fmt: skip
"""Kinds with organisations or people in them that say something else; a test walks all."""

ALIKE: Final = 80
"""Of 100, from which two names are shown as the same organisation spelt otherwise."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as the record has it."""

    name: str
    times: int
    """In how many meetings."""
    score: float
    """How alike it is to what was asked, of 100."""

    @property
    def is_same(self) -> bool:
        """But for capitals and spaces."""
        return self.score >= 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was supplied."""

    kind: str
    title: str
    entry: str
    said_by: str
    """From whom, as the record says it."""
    parts: tuple[tuple[str, str], ...]
    """Label and text of each field that holds something."""
    typed_by: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMeeting:
    """What was supplied to one meeting."""

    ref: str
    meeting_id: str
    case_id: str
    held_on: date
    people: tuple[str, ...]
    """Who is listed for the organisation there."""
    items: tuple[Item, ...]
    unattributed: int
    """Texts of this meeting that do not say from whom they came."""


@acting(Act.ANSWER)
class Supplied:
    """Reads one record."""

    def __init__(self, record: Record) -> None:
        """Nothing is written."""
        self.record = record

    def _meetings(self) -> list[Meeting]:
        ids = [summary.id for summary in reversed(self.record.meetings())]
        return list(self.record.load_many(ids).values())

    def names(self) -> dict[str, int]:
        """Every organisation that the record names as a source, with in how many meetings.

        Names that differ in capitals and spaces only are one, spelt as most often.
        """
        counted: Counter[str] = Counter()
        spelt: dict[str, Counter[str]] = {}
        for meeting in self._meetings():
            names = _organisations(meeting)
            counted.update({_plain(name) for name in names})
            for name in names:
                spelt.setdefault(_plain(name), Counter())[name] += 1
        best = {
            plain: max(sorted(each), key=lambda name, each=each: (each[name], *_tidy(name)))  # type: ignore[misc]
            for plain, each in spelt.items()
        }
        return {best[plain]: counted[plain] for plain in sorted(counted)}

    def alike(self, asked: str) -> tuple[Spelling, ...]:
        """Names that are the one asked for, or are spelt much like it; the nearest first."""
        from rapidfuzz import fuzz, utils

        found = []
        for name, times in self.names().items():
            if _plain(name) == _plain(asked):
                score = 100.0
            else:
                # The same words in another order are one name; a shared place name is not.
                score = fuzz.token_sort_ratio(name, asked, processor=utils.default_process)
                score = min(99.0, score)
            if score >= ALIKE:
                found.append(Spelling(name, times, score))
        return tuple(sorted(found, key=lambda each: (-each.score, each.name)))

    def by(
        self, names: Sequence[str], start: date | None, end: date | None
    ) -> tuple[OfMeeting, ...]:
        """What these names supplied to meetings held in a period, oldest meeting first."""
        wanted = {_plain(name) for name in names}
        found = []
        for meeting in self._meetings():
            if (start and meeting.held_on < start) or (end and meeting.held_on > end):
                continue
            one = _of_meeting(meeting, wanted)
            if one.items or one.people:
                found.append(one)
        return tuple(sorted(found, key=lambda one: (one.held_on, one.ref)))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _tidy(name: str) -> tuple[bool, int]:
    """Of two spellings as often used, the one without odd spaces and with its capitals."""
    return name == " ".join(name.split()), sum(letter.isupper() for letter in name)


def _organisations(meeting: Meeting) -> set[str]:
    names = {row.organisation for row in meeting.of(e.Attendance)}
    names |= {row.organisation for row in meeting.of(e.Contribution)}
    names |= {row.speaker for row in meeting.of(e.Note)}
    names |= {row.source for row in meeting.of(e.Evidence)}
    names |= {row.organisation for row in meeting.of(e.AgencyView)}
    return {name for name in names if name.strip()}


def _of_meeting(meeting: Meeting, wanted: set[str]) -> OfMeeting:
    mine = [row for row in meeting.of(e.Attendance) if _plain(row.organisation) in wanted]
    people = tuple(dict.fromkeys(row.name for row in mine if row.name.strip()))
    named = wanted | {_plain(name) for name in people}
    items = [item for row in mine if (item := _report(row)) is not None]
    for kind, fields in FROM.items():
        for row in meeting.of(e.BY_KIND[kind]):
            said = [str(getattr(row, key)) for key in fields if getattr(row, key)]
            if any(_plain(name) in named for name in said):
                items.append(_item(row, fields, ", ".join(said)))
    return OfMeeting(
        ref=meeting.ref, meeting_id=meeting.id, case_id=meeting.case.id, held_on=meeting.held_on,
        people=people, items=tuple(items), unattributed=sum(1 for _ in _unattributed(meeting)),
    )  # fmt: skip


def _report(row: e.Attendance) -> Item | None:
    if row.report not in (ReportStatus.RECEIVED, ReportStatus.NIL_RETURN):
        return None
    on = show_text(row.report_on) or "not recorded"
    return Item(
        kind=row.kind, title="Written report", entry=row.id, typed_by=row.typed_by,
        said_by=", ".join(part for part in (row.name, row.organisation) if part),
        parts=(("Report", row.report.label), ("Received on", on)),
        withdrawn=bool(row.withdrawn),
    )  # fmt: skip


def _item(row: e.Entry, fields: tuple[str, ...], said_by: str) -> Item:
    parts = tuple(
        (field.label, text)
        for field in fields_of(type(row))
        if field.key not in fields and (text := show_text(getattr(row, field.key)))
    )
    return Item(
        kind=row.kind, title=row.title, entry=row.id, said_by=said_by, parts=parts,
        typed_by=row.typed_by, withdrawn=bool(row.withdrawn),
    )  # fmt: skip


def _unattributed(meeting: Meeting) -> Iterator[str]:
    """Sentences that people wrote without saying from whom they came."""
    for place, answer in meeting.answers.items():
        field = meeting.field(*place)
        if answer.text.strip() and field is not None and field.is_prose:
            yield answer.text
    for note in meeting.of(e.Note):
        if not note.speaker.strip():
            yield note.text
    for words in meeting.of(e.SectionWords):
        if words.text.strip():
            yield words.text
