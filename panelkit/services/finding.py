"""Finding anything that is kept, by the words in which it was typed.

    page = Finding(record, clock, who).find('harrow "housing officer" -closed')
    page.found[0].ref, page.found[0].place, page.found[0].snippet.words

What the screens would not show somebody is not found: neither counted nor hinted at. Results are the
newest places that hold every word; among them those where the words stand together, as they were
typed, come before others, and whole words before beginnings of words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from panelkit.domain import asking
from panelkit.domain.asking import Asked, Snippet
from panelkit.domain.entries import BY_KIND
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.fields import Field, FieldKind, long_date, show_text
from panelkit.domain.meeting import By
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.people import Act
from panelkit.domain.spans import SpanKind
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.opening import Opening
from panelkit.store.findable import Held, Search
from panelkit.store.record import Record
from panelkit.store.searched import ANSWER, BY_TABLE, CASE
from panelkit.store.searched_sql import NEWEST_DOC
from panelkit.store.searching import Found

WINDOW: Final = 200
"""Places that are put in order at once, the newest first; older ones are asked for by ``below``."""
HOW: Final = "a search"
"""What the journal says a meeting was opened by."""
SEARCHED: Final = "searched"
"""The journal's word for it, of the whole record: that somebody searched, never for what."""
MEETING: Final = "meeting"
"""What leads to a meeting by its reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One place where the words stand."""

    ref: str
    """The meeting's reference; of a case without a meeting the case's, blank for a referral of none."""
    meeting_id: str
    """Blank where there is no meeting."""
    case_id: str
    held_on: date | None
    """Of the meeting, or the day of what happened between meetings; None where there is none."""
    place: str
    """The item and what stands there: ``A16 Actions: Action 2.4``, the item as the rail calls it."""
    label: str
    """What people call the field."""
    snippet: Snippet
    withdrawn: bool
    """Whether what is found was withdrawn: it prints as such."""
    table: str
    """The kind of place; ``meeting`` for one that was found by its reference."""
    item: str
    """Code of the agenda item; blank where it has none."""
    field: str
    entry: str
    """Id of the entry; blank for an answer and for what is no entry."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was found, best first, and where to go on."""

    found: tuple[Result, ...]
    asked: Asked
    below: int
    """For what is older; 0 where there is no more."""

    @property
    def words(self) -> str:
        """How much it is: ``3 places``, ``the newest 200 places, and there are older ones``."""
        number = len(self.found)
        if self.below:
            return f"the newest {number} places, and there are older ones"
        return f"{number} {'place' if number == 1 else 'places'}"


@acting(Act.READ)
class Finding:
    """Looks for words, over one record, as one person."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``who`` looks; it is they who are noted."""
        self.record = record
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who looks, now."""
        return By(self.who, self.clock())

    def find(
        self, typed: str, *, still_typing: bool = False, width: int = 100, case_ref: str = "",
        below: int = NEWEST_DOC,
    ) -> Page:  # fmt: skip
        """The places that hold what was typed; ``still_typing`` lets the last word go on.

        ``width`` is of a snippet, in characters. ``below`` is where an earlier page ended. Whatever
        is typed is a question: what is no word is passed over. Raises NotFound for a ``case_ref``
        that is no case which whoever looks may open.
        """
        asked = asking.read(typed, still_typing=still_typing)
        case_id = self._case(case_ref) if case_ref else ""
        looked = self.record.search(asked, most=WINDOW, below=below, case_id=case_id)
        ranked = [each for one in looked.found if (each := _ranked(one, looked, asked, width))]
        ranked.sort(key=lambda each: each[0])
        by_name: list[Result] = []
        if below >= NEWEST_DOC and not case_ref:
            by_name = [_by_name(held) for held in self.record.called(typed)]
        return Page((*by_name, *(result for _rank, result in ranked)), asked, looked.below)

    def _case(self, case_ref: str) -> str:
        for ref in (case_ref, case_ref.upper()):
            case = self.record.find_case(ref)
            if case is not None:
                return case.id
        msg = f"There is no case {case_ref} in this record."
        raise NotFound(msg, remedy="See panelkit list.")

    def note_search(self) -> str:
        """That somebody searched is journaled, once for each sitting at the search: who, when, and
        neither the words nor how much was found. Why it could not be written; blank where it was.

        The words are left out because they are case text themselves, often a name, and would
        outlive the disposal of what they found.
        """
        from panelkit.domain.errors import PanelkitError

        try:
            self.record.note_of_record(SEARCHED, self.by(), command=new_id())
        except PanelkitError as failed:
            return failed.message
        return ""

    def note_shown(self, shown: Iterable[Result], *, already: set[str] | None = None) -> str:
        """That words of these meetings were shown is journaled, one row for each meeting, as when
        it is opened; those in ``already`` are left out, and put in. Blank where it was written.
        """
        seen = set() if already is None else already
        fresh = {
            each.meeting_id or each.case_id: (each.meeting_id, each.case_id)
            for each in shown
            if each.case_id and (each.meeting_id or each.case_id) not in seen
        }
        if not fresh:
            return ""
        problem = Opening(self.record, self.clock, self.who).note(list(fresh.values()), HOW)
        if not problem:
            seen.update(fresh)
        return problem


def must_ask(page: Page) -> None:
    """Raises BadInput for a question without a word that has to be there."""
    if page.asked.is_empty and not page.found:
        raise BadInput(
            "There is no word to look for.",
            remedy='Words that must be there; "words together"; -word for one that must not.',
        )


# -- one result --------------------------------------------------------------------------------


def _by_name(held: Held) -> Result:
    return Result(
        ref=held.ref, meeting_id=held.id, case_id=held.case_id, held_on=held.held_on,
        place="The meeting", label="Reference", snippet=Snippet(held.ref, ()), withdrawn=False,
        table=MEETING, item="", field="", entry="",
    )  # fmt: skip


def _ranked(
    one: Found, looked: Search, asked: Asked, width: int
) -> tuple[tuple[bool, bool, int], Result] | None:
    """A result with its rank; None where the words that stand there now are no answer."""
    found = asking.match(asked, one.texts)
    if found is None:
        return None
    place = BY_TABLE[one.hit.place]
    column = place.columns[found.text]
    case_id = one.hit.case_id
    held = looked.meetings.get(one.meeting_id or looked.last_of.get(case_id, ""))
    if one.meeting_id and held is None:
        return None  # its meeting is not there for whoever looks
    day = _day_of(one, held)
    said, marks = one.texts[found.text], found.marks
    described = _field_of(one, held)
    if described is not None and described.kind not in _AS_TYPED:
        said, marks = _shown(described, said), ()
    label = (
        described.label if described is not None else place.label(column) or str(one.row["field"])
    )
    item = _item_of(one)
    result = Result(
        ref=held.ref if held else looked.case_refs.get(case_id, ""),
        meeting_id=held.id if held else "", case_id=case_id, held_on=day,
        place=_called(one, item, held), label=label, snippet=asking.snippet(said, marks, width, found.focus if marks else 0),
        withdrawn="withdrawn" in place.columns and bool(one.texts[place.columns.index("withdrawn")]),
        table=place.table, item=item, field=str(one.row["field"]) if place.table == ANSWER else column,
        entry=one.hit.row_id if place.table in BY_KIND else "",
    )  # fmt: skip
    newest = date.max if place.table == CASE else day or date.min
    return (not found.together, not found.whole, -newest.toordinal()), result


_AS_TYPED: Final = (
    FieldKind.WORDS, FieldKind.LINE, FieldKind.PERSON, FieldKind.ORGANISATION,
    FieldKind.ORGANISATIONS,
)  # fmt: skip


def _field_of(one: Found, held: Held | None) -> Field | None:
    """The description of an answer's field, as the meeting's own agenda has it."""
    if one.hit.place != ANSWER or held is None:
        return None
    item, key = one.row["item"], one.row["field"]
    fields = (f for each in held.agenda if each.code == item for f in each.fields)
    return next((field for field in fields if field.key == key), None)


def _shown(described: Field, said: str) -> str:
    try:
        return show_text(described.parse(said))
    except BadInput:
        return said  # written under another agenda: it stands as it was typed


def _day_of(one: Found, held: Held | None) -> date | None:
    place = BY_TABLE[one.hit.place]
    if place.day:
        try:
            return date.fromisoformat(str(one.row[place.day])[:10])
        except ValueError:
            return None
    return held.held_on if held else None


def _item_of(one: Found) -> str:
    if one.hit.place == ANSWER:
        return str(one.row["item"])
    return BY_TABLE[one.hit.place].item or str(one.row.get("place", "") or "")


def _called(one: Found, item: str, held: Held | None) -> str:
    """The place in plain words: the agenda item, then what stands there."""
    titles = (each.short for each in held.agenda if each.code == item) if held else ()
    title = next(iter(titles), "")
    at = f"{item} {title}".strip()
    what = _what(one)
    return f"{at}: {what}" if at and what else at or what


def _what(one: Found) -> str:
    place, row = BY_TABLE[one.hit.place], one.row
    number = str(row.get("number", "") or "")
    kind = BY_KIND.get(place.table)
    if kind is not None:
        if place.table == "actions":
            number = f"{row['set_at']}.{number}"
        section = str(row.get("section", "") or "")
        return f"{kind.title} {kind.prefix}{number}" + (f", {section}" if section else "")
    match place.table:
        case "request":
            return f"{place.title} R{number}"
        case "span":
            return f"{place.title}: {_term(SpanKind, row['kind'])}"
        case "outcome":
            return f"{place.title}: {_term(OutcomeKind, row['kind'])}"
        case "dispatch":
            return f"{place.title}, version {row['version']}, copy {row['copy_number']}"
        case "put_off":
            return f"{place.title}: {_on(row['planned_for'])}"
        case "audit_mark":
            return f"{place.title}, question {number}"
        case "referral":
            return f"{place.title} {number}"
        case _:
            return place.title


def _term(kind: Any, value: object) -> str:
    try:
        return str(kind(str(value)).label)
    except ValueError:
        return str(value)


def _on(day: object) -> str:
    try:
        return long_date(date.fromisoformat(str(day)))
    except ValueError:
        return str(day)
