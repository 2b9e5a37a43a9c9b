"""What a pack may hold, as pydantic models made from the descriptions in the domain.

A field added to a kind, to an agenda item or to the case is part of the format at once.
The models check and document; they convert nothing (see ``reader``). Building them takes
a moment, so it happens on first use.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from types import GenericAlias
from typing import Annotated, Any, Final, Literal, cast

from pydantic import AwareDatetime, BaseModel, ConfigDict, create_model
from pydantic import Field as Said

from panelkit.domain import vocabulary as v
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.entries import BY_KIND, ENTRIES, Entry
from panelkit.domain.fields import Field, FieldKind, fields_of

REF: Final = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
ID: Final = r"^[A-Za-z0-9-]{1,64}$"
TIME: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"

PATTERNS: Final = {
    REF: 'letters, digits and hyphens, such as "WM-0143"',
    ID: "at most 64 letters, digits and hyphens",
    TIME: 'a time such as "10:30", in quotation marks',
}
"""What each pattern asks for, in words."""

EARLIER_STATES: Final = v.OVER
"""An earlier meeting is over."""

STATES: Final = tuple(
    s for s in v.MeetingState if s not in (v.MeetingState.APPROVED, v.MeetingState.ISSUED)
)
"""The meeting of a pack is not approved: a pack carries the record, not an approval."""

Time = Annotated[str, Said(pattern=TIME)]
Number = Annotated[int, Said(ge=0, le=1_000_000)]
Id = Annotated[str, Said(pattern=ID)]


class Table(BaseModel):
    """A table of a pack: nothing converted, nothing unknown, nothing repeated in errors."""

    model_config = ConfigDict(
        strict=True, extra="forbid", hide_input_in_errors=True, protected_namespaces=()
    )


class Common(Table):
    """Keys that every entry may have. All are optional; the program fills them in.

    What is left out is None in the model, which TOML itself cannot say.
    """

    id: Id = Said("", title="Id", description="Derived where it is left out.")
    number: Annotated[int, Said(ge=1, le=1_000_000)] = Said(
        0, title="Number", description="Its place among its kind; the next one where left out."
    )
    withdrawn: str = Said("", title="Withdrawn", description="The reason; the entry prints so.")
    carried_from: str = Said(
        "", title="Carried from", description="Reference and date of the meeting it comes from."
    )
    confirmed_by: str = Said(
        "", title="Confirmed by", description="Who confirmed a carried entry as current."
    )
    read_back: Literal["confirmed", "to_be_confirmed"] = Said(
        default=cast("Any", None), title="Read back", description="What the chair said at A16."
    )
    restricted_part: Annotated[int, Said(ge=1, le=1_000_000)] = Said(
        0, title="Restricted part", description="Number of the part in which it was said."
    )
    typed_by: str = Said("", title="Typed by", description="Who typed it.")
    typed_at: AwareDatetime = Said(
        default=cast("Any", None), title="Typed at", description="When, with its time zone."
    )
    revision: Annotated[int, Said(ge=1, le=1_000_000_000)] = Said(
        1, title="Revision", description="Counts changes; written by the program."
    )


COMMON: Final = tuple(Common.model_fields)
"""The common keys, by name."""


def type_of(field: Field) -> Any:
    """What may stand in a pack for a field of this kind."""
    match field.kind:
        case FieldKind.CHOICE:
            return literal(*field.term)
        case FieldKind.CHOICES:
            return several(literal(*field.term))
        case FieldKind.DATE:
            return date
        case FieldKind.TIME:
            return Time
        case FieldKind.INSTANT:
            return AwareDatetime
        case FieldKind.NUMBER:
            return Number
        case FieldKind.ORGANISATIONS:
            return list[str]
        case _:
            return str


def literal(*terms: object) -> Any:
    """One of these values, as text."""
    return Literal[tuple(str(term) for term in terms)]


def several(kind: Any) -> Any:
    """A list of these."""
    return GenericAlias(list, (kind,))


def _described(field: Field, kind: Any = None) -> tuple[Any, Any]:
    words = " ".join(part for part in (field.ask, field.why) if part)
    if field.choices:
        words = f"{words} {labels(field)}".strip()
    said: Any = Said(None, title=field.label, description=words or None)
    return (kind or type_of(field), said)


def labels(field: Field) -> str:
    """What each choice means: ``yes: Yes; no: No``."""
    return "; ".join(f"{term}: {term.label}" for term in field.term)


@lru_cache(maxsize=64)
def _with_origin(kind: Any) -> type[Table]:
    """An answer as a table: its words, and where they come from."""
    text = str if kind is str else kind | str
    return create_model(
        "Answer",
        __base__=Table,
        __doc__="An answer with where it comes from. Text is as it was typed.",
        text=(text, Said(title="Answer")),
        carried_from=(str, Said("", title="Carried from")),
        confirmed_by=(str, Said("", title="Confirmed by")),
        typed_by=(str, Said("", title="Typed by")),
        typed_at=(AwareDatetime, Said(None, title="Typed at")),
        revision=(Annotated[int, Said(ge=1, le=1_000_000_000)], Said(1, title="Revision")),
    )


@lru_cache(maxsize=8)
def answers_model(agenda: tuple[AgendaItem, ...]) -> type[Table]:
    """``[answers.A1]`` and on: one table for each item of the agenda that has fields."""
    items: dict[str, Any] = {}
    for item in agenda:
        fields: dict[str, Any] = {}
        for field in item.fields:
            kind = type_of(field)
            fields[field.key] = _described(field, kind | _with_origin(kind))
        if fields:
            model = create_model(item.code, __base__=Table, __doc__=item.title, **fields)
            items[item.code] = (model, Said(None, title=f"{item.code} {item.title}"))
    return create_model("Answers", __base__=Table, __doc__="Answers by agenda item.", **items)


def entry_model(kind: type[Entry]) -> Any:
    """One entry of a kind, with the kinds that hang from it nested in it."""
    return _entry_model(kind.kind)


@lru_cache(maxsize=64)
def _entry_model(key: str) -> type[Table]:
    kind = BY_KIND[key]
    fields: dict[str, Any] = {field.key: _described(field) for field in fields_of(kind)}
    for child in children_of(kind):
        fields[child.kind] = (several(entry_model(child)), Said(None, title=child.title))
    doc = (kind.__doc__ or kind.title).strip()
    return create_model(kind.__name__, __base__=Common, __doc__=doc, **fields)


def children_of(kind: type[Entry]) -> tuple[type[Entry], ...]:
    """The kinds that hang from ``kind``."""
    return tuple(entry for entry in ENTRIES if entry.follows == kind.kind)


def top_kinds() -> tuple[type[Entry], ...]:
    """The kinds that stand by themselves, in the order in which they are written."""
    return tuple(entry for entry in ENTRIES if not entry.follows)


def _meeting_model(name: str, states: tuple[v.MeetingState, ...]) -> type[Table]:
    return create_model(
        name,
        __base__=Table,
        __doc__="The meeting's own facts.",
        number=(
            Annotated[int, Said(ge=1, le=10_000)],
            Said(title="Number", description="Counts the meetings of the case."),
        ),
        level=(Literal[2, 3], Said(title="Level", description="Level 1 has no formal meeting.")),
        kind=(literal(*v.MeetingKind), Said(title="Kind")),
        held_on=(date, Said(title="Held on")),
        state=(literal(*states), Said(str(states[0]), title="State")),
        slot=(Time, Said(None, title="Booked at")),
        booked_minutes=(
            Annotated[int, Said(ge=1, le=1440)],
            Said(50, title="Minutes booked"),
        ),
        id=(Id, Said("", title="Id", description="Derived where it is left out.")),
        sitting=(Id, Said("", title="Id of the sitting")),
        revision=(Annotated[int, Said(ge=1, le=1_000_000_000)], Said(1, title="Revision")),
    )


def case_model() -> type[Table]:
    """``[case]``: the individual; every described field of the case."""
    fields: dict[str, Any] = {field.key: _described(field) for field in fields_of(Case)}
    return create_model(
        "Case",
        __base__=Table,
        __doc__="The individual whom the arrangements are about.",
        ref=(
            Annotated[str, Said(pattern=REF, max_length=40)],
            Said(title="Reference", description="Letters, digits and hyphens; never a name."),
        ),
        category=(
            literal(*v.Category),
            Said(title="Category", description="; ".join(f"{c}: {c.label}" for c in v.Category)),
        ),
        id=(Id, Said("", title="Id", description="Derived where it is left out.")),
        revision=(Annotated[int, Said(ge=1, le=1_000_000_000)], Said(1, title="Revision")),
        **fields,
    )


@lru_cache(maxsize=8)
def pack_model(agenda: tuple[AgendaItem, ...]) -> type[Table]:
    """A whole pack, for meetings held by ``agenda``."""
    from panelkit.packs import beside

    content: dict[str, Any] = {"answers": (answers_model(agenda), Said(None, title="Answers"))}
    for kind in top_kinds():
        content[kind.kind] = (several(entry_model(kind)), Said(None, title=kind.title))
    content |= beside.fields_of_meeting()
    earlier = create_model(
        "Earlier",
        __base__=Table,
        __doc__="An earlier meeting of the same case.",
        meeting=(_meeting_model("EarlierMeeting", EARLIER_STATES), Said(title="Meeting")),
        **content,
    )
    return create_model(
        "Pack",
        __base__=Table,
        __doc__="One meeting of a MAPPA panel, with the earlier ones of its case.",
        format=(Literal[1], Said(title="Format", description="Always 1.")),
        fiction=(bool, Said(default=False, title="Fiction", description="Invented throughout.")),
        case=(case_model(), Said(title="Case")),
        meeting=(_meeting_model("Meeting", STATES), Said(title="Meeting")),
        **content,
        **beside.fields_of_pack(),
        earlier=(several(earlier), Said(None, title="Earlier meetings, oldest first")),
    )
