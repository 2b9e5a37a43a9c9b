"""Small pieces that every section is built from, and what was printed of the record.

Whatever no section prints by name is printed at the end, so that nothing recorded is
lost; the source remembers what it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Column, Facts, Paragraph, Pieces, Placed, Table, parts_of
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness import Gap
from panelkit.domain.fields import Field, long_date, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.minutes import Fact
from panelkit.domain.sharing import NOTHING_HELD, WITHHELD, Held
from panelkit.domain.spots import WRITTEN, Spot, described, words_in
from panelkit.domain.timescales import Deadline
from panelkit.domain.vocabulary import YesNo

E = TypeVar("E", bound=e.Entry)
NOT_RECORDED: Final = "Not recorded"
CHAIR_FIRST: Final = "Chair"
"""Who opens an item that names no voice: the chair reads its question."""
EMPTY: Final = "–"
"""What stands in a cell of a table where nothing was written, so that it is heard as one."""
LONDON: Final = ZoneInfo("Europe/London")


def clock_time(instant: datetime | None) -> str:
    """The time that the room's clock showed; blank for None."""
    return instant.astimezone(LONDON).strftime("%H:%M") if instant else ""


def printed(value: Any) -> str:
    """A value as minutes print it: dates in words, times as the room's clock showed them."""
    if isinstance(value, Placed):
        return value
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return f"{long_date(local.date())}, {local:%H:%M}"
    if isinstance(value, date | time):
        return show_text(value)
    return show_text(value)


@dataclass(slots=True)
class Source:
    """One meeting to be printed, and which of its words have been."""

    meeting: Meeting
    area: Area
    template: Template
    gaps: tuple[Gap, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    history: tuple[Fact, ...] = ()
    held: Held = NOTHING_HELD
    """What this copy does not say."""
    used: set[tuple[str, str]] = field(default_factory=set)
    """Answers that a section printed."""
    kinds: set[str] = field(default_factory=set)
    """Kinds of content that a section printed."""

    # -- answers -------------------------------------------------------------------

    def text(self, item: str, key: str) -> Placed:
        """An answer as it is printed, with its place in the record; blank where blank."""
        self.used.add((item, key))
        if (item, key) in self.held.places:
            return Placed(WITHHELD, Spot(item, "", key), editable=False)
        raw = self.meeting.text(item, key)
        field_ = self.meeting.field(item, key)
        shown = printed(field_.parse(raw)) if field_ and raw.strip() else raw
        words = field_ is not None and field_.kind in WRITTEN
        return Placed(shown if raw.strip() else "", Spot(item, "", key), raw=raw, editable=words)

    def answer(self, item: str, key: str, *, blank: str | None = None) -> str:
        """The same with, under it, where it was carried from; a blank one says so.

        ``blank`` is what a blank one prints, else :meth:`blank` says it.
        """
        text = self.text(item, key)
        if not text:
            shown = self.blank(item, key) if blank is None else blank
            return text.shown_as(shown)
        answer = self.meeting.answers[item, key]
        if not answer.carried_from:
            return text
        stamp = (
            f"confirmed current by {answer.confirmed_by}"
            if answer.confirmed_by
            else "not confirmed"
        )
        return Pieces(text, f"[Carried from {answer.carried_from}; {stamp}]")

    def label(self, item: str, key: str) -> str:
        """The field's label, as this meeting's agenda has it."""
        described = self.meeting.field(item, key)
        return described.label if described else key.replace("_", " ").capitalize()

    def facts(
        self, places: Iterable[tuple[str, str]], *, alt: str, blanks: bool = True
    ) -> list[Block]:
        """Labels with answers; a blank one says so, or is left out."""
        rows = []
        for item, key in places:
            if self.meeting.field(item, key) is None:
                continue
            if blanks or self.meeting.text(item, key).strip():
                rows.append((self.label(item, key), self.answer(item, key)))
            self.used.add((item, key))
        return [Facts(tuple(rows), alt)] if rows else []

    def blank(self, item: str, key: str) -> str:
        """What stands where nothing was recorded: the reason it was parked, else that it was not."""
        for gap in self.gaps:
            if gap.item == item and gap.field == key and gap.parked:
                until = f" (until {long_date(gap.parked_until)})" if gap.parked_until else ""
                return f"Not covered: {gap.parked}{until}"
        return NOT_RECORDED

    def parked(self, item: str) -> list[Block]:
        """Gates of an item left open that are not one field."""
        keys = {f.key for a in self.meeting.agenda if a.code == item for f in a.fields}
        lines = []
        for gap in self.gaps:
            if gap.item == item and gap.parked and gap.field not in keys:
                until = f" (until {long_date(gap.parked_until)})" if gap.parked_until else ""
                lines.append(f"{gap.message}. Not covered: {gap.parked}{until}")
        return [Paragraph("\n".join(lines), "warning")] if lines else []

    # -- typed content -----------------------------------------------------------------

    def rows(self, kind: type[E]) -> tuple[E, ...]:
        """Every entry of a kind, in order."""
        self.kinds.add(kind.kind)
        return self.meeting.of(kind)

    def table(
        self,
        kind: type[E],
        columns: Sequence[tuple[Column, Callable[[E], str]]],
        rows: Sequence[E],
        *,
        alt: str,
        caption: str = "",
    ) -> list[Block]:
        """Rows under headings; a withdrawn one says so and a carried one where from."""
        self.kinds.add(kind.kind)
        if not rows:
            return []
        body = []
        for row in rows:
            if row.id in self.held.entries:
                wide = max(range(len(columns)), key=lambda place: columns[place][0].share)
                body.append(tuple(WITHHELD if n == wide else EMPTY for n in range(len(columns))))
                continue
            view: Any = AsPrinted(self.meeting, row)
            cells = [or_blank(cell(view), EMPTY) for _column, cell in columns]
            notes = [note for note in (self.stamp(row), self.restriction(row)) if note]
            if notes:
                widest = max(range(len(columns)), key=lambda place: columns[place][0].share)
                stamps = [f"[{note}]" for note in notes]
                there = "" if cells[widest] == EMPTY else cells[widest]
                cells[widest] = pieces(there, *stamps)
            body.append(tuple(cells))
        return [Table(tuple(column for column, _cell in columns), tuple(body), alt, caption)]

    def stamp(self, row: e.Entry) -> str:
        """Withdrawn, or carried, in words; blank for what is neither."""
        if row.withdrawn:
            return f"Withdrawn: {row.withdrawn}"
        if row.carried_from and not isinstance(row, e.Action | e.Attendance):
            current = (
                f"confirmed current by {row.confirmed_by}" if row.confirmed_by else "not confirmed"
            )
            return f"Carried from {row.carried_from}; {current}"
        return ""

    def restriction(self, row: e.Entry) -> str:
        """Who alone may have it, where it was said in a restricted part."""
        part = next(
            (p for p in self.meeting.of(e.RestrictedPart) if p.id == row.restricted_part), None
        )
        named = getattr(row, "restricted_to", ()) or (part.staying if part else ())
        return f"Restricted to: {'; '.join(named)}" if named else ""


class AsPrinted:
    """An entry whose texts know which field of the record they are.

    Stands for the entry wherever a cell is made from it, so that a cell that is one field
    can be found again in a file somebody edited.
    """

    __slots__ = ("_fields", "_row", "_words")

    def __init__(self, meeting: Meeting, row: e.Entry) -> None:
        self._row = row
        self._fields = described(row.kind) if row.id else {}
        self._words = words_in(meeting, row)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._row, name)
        if value.__class__ is not str or name not in self._fields:
            return value
        spot = Spot(self._row.kind, self._row.id, name)
        return Placed(value, spot, editable=name in self._words)


def placed(meeting: Meeting, row: e.Entry, field_: Field, blank: str = "") -> str:
    """One field of an entry as it is printed, with its place; ``blank`` prints for a blank."""
    value = getattr(row, field_.key)
    shown = printed(value)
    if not row.id:
        return shown or blank
    raw = value if isinstance(value, str) else shown
    spot = Spot(row.kind, row.id, field_.key)
    return Placed(shown or blank, spot, raw=raw, editable=field_.key in words_in(meeting, row))


def or_blank(text: str, blank: str) -> str:
    """``text``, or what a blank prints; a blank field keeps its place."""
    if text:
        return text
    return text.shown_as(blank) if isinstance(text, Placed) else blank


def pieces(*parts: str) -> Pieces:
    """Texts under each other, each with its own place; parts of parts are taken apart."""
    return Pieces(*(each for part in parts for each in parts_of(part)))


def labelled(label: str, text: str) -> str:
    """A label and a text in one paragraph; blank where the text is."""
    if not text:
        return ""
    return text.labelled(label) if isinstance(text, Placed) else f"{label}{text}"


def detail(meeting: Meeting, row: e.Entry, *skip: str) -> Pieces:
    """Every described field of an entry that is not blank, labelled, one a line."""
    lines = []
    for described_field in described(row.kind).values():
        if described_field.key in skip or getattr(row, described_field.key) in (None, "", ()):
            continue
        text = placed(meeting, row, described_field)
        lines.append(labelled(f"{described_field.label}: ", text))
    return Pieces(*lines)


def told(value: YesNo | None) -> str:
    """Yes, No, or that it was not answered: blank is never No."""
    return value.label if value else NOT_RECORDED


def column(heading: str, share: float = 1.0, *, keep: bool = False, strong: bool = False) -> Column:
    """A column of a table."""
    return Column(heading, share, keep, strong)


def labelled_fields(
    meeting: Meeting, row: e.Entry, chosen: Sequence[Field]
) -> tuple[tuple[str, str], ...]:
    """Label and value for the fields of an entry that hold something."""
    found = ((f.label, placed(meeting, row, f)) for f in chosen)
    return tuple((label, value) for label, value in found if value)


def joined(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, with facts that follow one another as one table."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Facts) and isinstance(last, Facts):
            found[-1] = Facts((*last.rows, *block.rows), last.alt)
        else:
            found.append(block)
    return found
