"""What an area keeps local against a change of guidance, laid over what its files say.

A value is kept as its file would say it, with its source and since when and why; words of an
agenda item are kept in the item, and its guidance says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from panelkit.areas.agenda import ITEM_WORDING, WORDING
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.errors import BadInput
from panelkit.domain.guidance import VALUES, Decision, read_value

WORDING_OF: Final[Mapping[str, frozenset[str]]] = {
    "item": ITEM_WORDING - {"fields"},
    "field": WORDING,
}
"""What of an agenda item and of a field an area may settle."""


def kept_values(kept: Mapping[str, Decision]) -> dict[str, dict[str, dict[str, Any]]]:
    """What is kept of the tables of values, as a file says it: table, key, value and source."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for place, one in kept.items():
        said = _as_in_a_file(place, one)
        if said is not None and not why_not_usable(place, one):
            table, key, setting = said
            found.setdefault(table, {})[key] = setting
    return found


def why_not_usable(place: str, one: Decision) -> str:
    """Why a value that is kept is one that no area file may say any more; blank where it may.

    Asked of what is kept only: it loads what checks a file, which takes a tenth of a second.
    """
    said = _as_in_a_file(place, one)
    if said is None:
        return ""
    from panelkit.areas.models import check

    table, key, setting = said
    try:
        check({"name": "kept", table: {key: setting}}, "What is kept local")
    except BadInput as refused:
        return refused.sentence
    return ""


def _as_in_a_file(place: str, one: Decision) -> tuple[str, str, dict[str, Any]] | None:
    """Table, key and setting; None for what is no value of a table."""
    table, _, key = place.partition(".")
    if table not in VALUES or not key or "." in key:
        return None
    # A rule of the audit that is new is kept out: it is off.
    value = read_value(one.was) if one.was else False
    return table, key, {"value": value, "source": one.kept_source}


def with_kept_words(
    agenda: tuple[AgendaItem, ...], kept: Mapping[str, Decision]
) -> tuple[AgendaItem, ...]:
    """The agenda with the words that are kept of its items and fields, where those are still there."""
    for place, one in kept.items():
        table, *names = place.split(".")
        if table == "agenda":
            agenda = tuple(
                _with_words(item, names[1:], one) if item.code == names[0] else item
                for item in agenda
            )
    return agenda


def _with_words(item: AgendaItem, names: list[str], one: Decision) -> AgendaItem:
    words = read_value(one.was)
    match names:
        case [name] if name in WORDING_OF["item"]:
            item = dataclasses.replace(item, **{name: words})
            what = name.replace("_", " ")
        case ["fields", key, name] if name in WORDING_OF["field"] and any(
            field.key == key for field in item.fields
        ):
            fields = (
                dataclasses.replace(field, **{name: words}) if field.key == key else field
                for field in item.fields
            )
            item = dataclasses.replace(item, fields=tuple(fields))
            what = f"{name} of {key.replace('_', ' ')}"
        case _:
            return item
    told = f"{what[:1].upper()}{what[1:]} {one.kept_words}."
    return dataclasses.replace(item, guidance=" ".join((item.guidance, told)).strip())
