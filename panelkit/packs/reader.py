"""From a pack to a meeting.

Reading twice gives the same meeting: what has no id gets one derived from the case, the
meeting, the kind and the number. Every text passes the gate; what the gate replaced is
counted, so that the person can be told. Errors name the file and the place, and never
repeat what is written there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from panelkit import tomlfile
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.beside import Beside
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, fields_of, store_text
from panelkit.domain.meeting import Answer, Meeting, Place
from panelkit.domain.vocabulary import Category, Level, MeetingKind, MeetingState
from panelkit.packs.lines import line_of, with_line
from panelkit.packs.rows import read_rows
from panelkit.packs.values import Values, derived_id


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack held."""

    meeting: Meeting

    earlier: tuple[Meeting, ...] = ()
    """Earlier meetings of the case, oldest first."""

    beside: Beside = Beside()
    """Histories, events and referrals of the case, and days its meetings were put off."""

    replaced: int = 0
    """How many control characters became a visible U+FFFD; the person is told."""

    replaced_in: tuple[str, ...] = ()
    """The dotted keys in which that happened."""


def read_pack(
    path: Path, agenda: tuple[AgendaItem, ...] = AGENDA, *, today: date = date.max
) -> Pack:
    """The meeting in the file at ``path``, held by ``agenda``, with its earlier ones.

    Raises BadInput, with the place, for a file that cannot be read, for an unknown key
    and for a value that may not stand where it stands; for an event or a decision after ``today``.
    """
    return parse_pack(tomlfile.read_text(path), tomlfile.shown(path), agenda, today=today)


def parse_pack(
    text: str, name: str, agenda: tuple[AgendaItem, ...] = AGENDA, *, today: date = date.max
) -> Pack:
    """The same from text; ``name`` is what messages call it."""
    data = tomlfile.parse_toml(text, name)
    with with_line(text, name):
        return _read(data, name, agenda, today, lambda place: line_of(text, place))


def _read(
    data: dict[str, Any], name: str, agenda: tuple[AgendaItem, ...], today: date,
    line: Callable[[str], int | None],
) -> Pack:  # fmt: skip
    from pydantic import ValidationError

    from panelkit.packs.beside import read_beside
    from panelkit.packs.models import PATTERNS, pack_model

    try:
        checked = pack_model(agenda).model_validate(data).model_dump(exclude_unset=True)
    except ValidationError as wrong:
        # "from None": pydantic's error holds what the file says.
        raise tomlfile.refused(wrong, data, name, PATTERNS) from None
    values = Values(name)
    case = _case(checked["case"], values, fiction=checked.get("fiction", False))
    meeting = _meeting(checked, case, agenda, values, "")
    earlier: list[Meeting] = []
    for place, tables in enumerate(checked.get("earlier", []), start=1):
        one = _meeting(tables, case, agenda, values, f"earlier.{place}.")
        _must_follow(one, earlier, meeting, values, f"earlier.{place}.meeting.number")
        earlier.append(one)
    held = [
        ("", meeting, checked),
        *(
            (f"earlier.{place}.", one, tables)
            for place, (one, tables) in enumerate(
                zip(earlier, checked.get("earlier", []), strict=True), start=1
            )
        ),
    ]
    beside = read_beside(checked, case, held, values, today, line)
    return Pack(meeting, tuple(earlier), beside, values.replaced, tuple(values.replaced_in))


def _must_follow(
    one: Meeting, before: list[Meeting], last: Meeting, values: Values, place: str
) -> None:
    if one.number >= last.number:
        raise values.wrong(
            place, f"must be below {last.number}, the number of this pack's own meeting"
        )
    if before and one.number <= before[-1].number:
        raise values.wrong(place, "must be above the one before it", "Put the oldest first.")


def _case(data: dict[str, Any], values: Values, *, fiction: bool) -> Case:
    return Case(
        id=data.get("id") or derived_id(data["ref"]),
        ref=data["ref"],
        category=Category(data["category"]),
        fiction=fiction,
        revision=data.get("revision", 1),
        **values.described(data, fields_of(Case), "case"),
    )


def _meeting(
    data: dict[str, Any],
    case: Case,
    agenda: tuple[AgendaItem, ...],
    values: Values,
    prefix: str,
) -> Meeting:
    facts = data["meeting"]
    default = MeetingState.CLOSED if prefix else MeetingState.PLANNED
    bare = Meeting(
        id=facts.get("id") or derived_id(case.ref, facts["number"]),
        case=case,
        number=facts["number"],
        level=Level(str(facts["level"])),
        kind=MeetingKind(facts["kind"]),
        held_on=facts["held_on"],
        state=MeetingState(facts.get("state", default)),
        sitting=facts.get("sitting", ""),
        slot=time.fromisoformat(facts["slot"]) if "slot" in facts else None,
        booked_minutes=facts.get("booked_minutes", 50),
        revision=facts.get("revision", 1),
        agenda=agenda,
        answers=MappingProxyType(_answers(data.get("answers", {}), agenda, values, prefix)),
    )
    rows = read_rows(data, bare, values, prefix)
    return dataclasses.replace(bare, rows=MappingProxyType(rows))


def _answers(
    data: dict[str, Any], agenda: tuple[AgendaItem, ...], values: Values, prefix: str
) -> dict[Place, Answer]:
    found = [
        _answer(item.code, field, data[item.code][field.key], values, f"{prefix}answers")
        for item in agenda
        for field in item.fields
        if field.key in data.get(item.code, {})
    ]
    return {answer.place: answer for answer in found}


def _answer(item: str, field: Field, raw: Any, values: Values, prefix: str) -> Answer:
    place = f"{prefix}.{item}.{field.key}"
    if not isinstance(raw, dict):
        return Answer(item=item, field=field.key, text=store_text(values.value(field, raw, place)))
    written = raw["text"]
    if isinstance(written, str):
        # As it was typed ("12 January 2027"); checked as if it were typed now.
        text = values.text(written, f"{place}.text")
        try:
            field.parse(text)
        except BadInput:
            raise values.wrong(f"{place}.text", f"must be {field.allowed}") from None
    else:
        text = store_text(values.value(field, written, f"{place}.text"))
    return Answer(
        item=item,
        field=field.key,
        text=text,
        revision=raw.get("revision", 1),
        typed_by=values.text(raw.get("typed_by", ""), f"{place}.typed_by"),
        typed_at=values.instant(raw.get("typed_at"), f"{place}.typed_at"),
        carried_from=values.text(raw.get("carried_from", ""), f"{place}.carried_from"),
        confirmed_by=values.text(raw.get("confirmed_by", ""), f"{place}.confirmed_by"),
    )
